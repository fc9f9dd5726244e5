/* The life of FgRights. */
#include "metadata/stating.h"

static GBytes *
packet(const FgRights *rights)
{
    const FgStatement statement = statement_of(rights, NULL, FG_FORMAT_JPEG);
    return fg_xmp_build(&statement, NULL);
}

static void
new_rights_state_nothing(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = fg_rights_new();
    assert_null(rights->creators);
    assert_null(rights->copyright);
    assert_null(rights->contact.email);
    assert_int_equal(rights->year, 0);
    assert_int_equal(rights->terms->len, 0);
    assert_int_equal(rights->licensors->len, 0);
    assert_int_equal(rights->other_constraints->len, 0);
}

static void
a_copy_states_the_same_and_is_its_own(void **state)
{
    (void)state;
    FgRights *rights = full_rights();
    rights->year = 2026;
    rights->aliases = g_strdupv((char *[]){"Photo Allegret", NULL});
    rights->tdm_policy = g_strdup("https://www.example.com/tdm.json");
    g_autoptr(GBytes) before = packet(rights);
    g_autoptr(FgRights) copy = fg_rights_dup(rights);
    fg_rights_free(rights);

    g_autoptr(GBytes) after = packet(copy);
    assert_true(g_bytes_equal(before, after));
    assert_int_equal(copy->year, 2026);
    assert_string_equal(copy->aliases[0], "Photo Allegret");
    assert_string_equal(copy->tdm_policy, "https://www.example.com/tdm.json");
    g_ptr_array_add(copy->terms, fg_lang_text_new("de", "Verboten."));
    assert_int_equal(copy->terms->len, 3);
}

static void
rights_without_lists_can_be_copied(void **state)
{
    (void)state;
    const FgRights bare = {.owner = (char *)"Jane Doe"};
    g_autoptr(FgRights) copy = fg_rights_dup(&bare);
    assert_string_equal(copy->owner, "Jane Doe");
    assert_non_null(copy->terms);
}

static void
nothing_can_be_freed(void **state)
{
    (void)state;
    fg_rights_free(NULL);
    fg_lang_text_free(NULL);
    fg_licensor_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_rights_state_nothing),
        cmocka_unit_test(a_copy_states_the_same_and_is_its_own),
        cmocka_unit_test(rights_without_lists_can_be_copied),
        cmocka_unit_test(nothing_can_be_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
