/* The digest over everything but the photo's own bytes that decides what its files will be. */
#include "journal/journal.h"
#include "metadata/filling.h"

static char *
digest_of(FgRights *rights, FgFacts *facts)
{
    const FgPhoto photo = {.format = FG_FORMAT_JPEG, .orientation = 1};
    const FgPlanned planned = {.photo = &photo, .rights = rights, .kept = facts};
    return fg_journal_recipe_digest(&planned, "profile", "environment");
}

/* Fills one field after the other, each of which must give a digest that none before it had. */
static void
assert_all_told(const FgField *fields, gpointer base, FgRights *rights, FgFacts *facts)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_add(seen, digest_of(rights, facts));
    for (; fields->key; fields++) {
        if (fields->kind == FG_KIND_CONTACT)
            continue;
        fill_field(fields, base);
        if (!g_hash_table_add(seen, digest_of(rights, facts)))
            fail_msg("%s is not in the digest", fields->key);
    }
}

static void
every_right_and_every_fact_is_in_the_digest(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = fg_rights_new();
    g_autoptr(FgFacts) facts = fg_facts_new();
    assert_all_told(fg_right_fields, rights, rights, facts);
    assert_all_told(fg_fact_fields, facts, rights, facts);
}

static void
every_text_of_a_licensor_is_in_the_digest(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = fg_rights_new();
    FgLicensor *licensor = g_new0(FgLicensor, 1);
    g_ptr_array_add(rights->licensors, licensor);
    assert_all_told(fg_licensor_fields, licensor, rights, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_right_and_every_fact_is_in_the_digest),
        cmocka_unit_test(every_text_of_a_licensor_is_in_the_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
