/* Pictures that are given to all. */
#include "metadata/metadata_private.h"
#include "support/fixtures.h"

static gboolean
is_open(void (*state_it)(FgRights *rights))
{
    g_autoptr(FgRights) rights = fg_rights_new();
    state_it(rights);
    return fg_rights_are_open(rights);
}

static void
nothing(FgRights *rights)
{
    rights->copyright = g_strdup("© Jane Doe");
    rights->web_statement = g_strdup("https://jane.example/creativecommons.org");
}

static void
lookalike(FgRights *rights)
{
    rights->web_statement = g_strdup("https://creativecommons.org.example/licenses/by/4.0/");
}

static void
unmarked(FgRights *rights)
{
    rights->marked = FG_MARKED_FALSE;
}

static void
licensed(FgRights *rights)
{
    rights->cc_license = g_strdup("https://creativecommons.org/licenses/by/4.0/");
}

static void
linked(FgRights *rights)
{
    rights->web_statement = g_strdup("http://www.creativecommons.org/licenses/by/4.0/");
}

static void
worded(FgRights *rights)
{
    g_ptr_array_add(rights->terms, fg_lang_text_new("en", "Public Domain, see site"));
}

static void
listed(FgRights *rights)
{
    rights->copyright_status = g_strdup("http://ns.useplus.org/ldf/vocab/CS-PUD");
}

static void
each_form_counts_and_no_likeness_does(void **state)
{
    (void)state;
    assert_false(is_open(nothing));
    assert_false(is_open(lookalike));
    assert_true(is_open(unmarked));
    assert_true(is_open(licensed));
    assert_true(is_open(linked));
    assert_true(is_open(worded));
    assert_true(is_open(listed));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_form_counts_and_no_likeness_does)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
