/* When notices are the same, and when a text claims. */
#include "metadata/metadata_private.h"
#include "support/fixtures.h"

static void
notices_that_differ_in_dress_only_are_equal(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"© 2026 Élodie Desprès", "© 2026 Élodie Desprès"},
        {"© 2026 Élodie Desprès", "© 2026 E\xCC\x81lodie Despre\xCC\x80s"},
        {"© 2026 Jane Doe", "(c) 2026 Jane Doe"},
        {"© 2026 Jane Doe", "(C) 2026 Jane Doe"},
        {"© 2026 Jane Doe", "Copyright © 2026 Jane Doe"},
        {"© 2026 Jane Doe", "Copyright (c) 2026 Jane Doe"},
        {"© 2026 Jane Doe", "COPYRIGHT 2026 JANE DOE"},
        {"© 2026 Jane Doe", "Copyright: 2026 Jane Doe"},
        {"© 2026 Jane Doe", "Copr. 2026 Jane Doe"},
        {"© 2026 Jane Doe", "©2026 Jane Doe."},
        {"© 2026 Jane Doe", "  ©  2026\tJane\nDoe "},
        {"", "  "},
    };
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (!fg_notice_equal(pairs[i][0], pairs[i][1]))
            fail_msg("\"%s\" differs from \"%s\"", pairs[i][0], pairs[i][1]);
        assert_true(fg_notice_equal(pairs[i][1], pairs[i][0]));
    }
}

static void
notices_that_say_something_else_differ(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"© 2026 Jane Doe", "© 2025 Jane Doe"},
        {"© 2026 Jane Doe", "2026 Jane Doe"},
        {"© 2026 Élodie", "© 2026 Elodie"},
        {"Copyrights reserved", "© s reserved"},
        {"© 2026 Jane Doe", "© 2026 Jane Doe, all rights reserved"},
        {"© 2026 Jane Doe", ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (fg_notice_equal(pairs[i][0], pairs[i][1]))
            fail_msg("\"%s\" equals \"%s\"", pairs[i][0], pairs[i][1]);
    assert_false(fg_notice_equal("© Jane Doe", NULL));
    assert_false(fg_notice_equal(NULL, ""));
    assert_true(fg_notice_equal(NULL, NULL));
}

static void
a_year_in_a_pattern_matches_any_or_none(void **state)
{
    (void)state;
    static const struct {
        const char *notice, *pattern;
        gboolean matches;
    } cases[] = {
        {"© 2026 Jane Doe. All rights.", "© {year} Jane Doe. All rights.", TRUE},
        {"© 1999 Jane Doe. All rights.", "© {year} Jane Doe. All rights.", TRUE},
        {"© Jane Doe. All rights.", "© {year} Jane Doe. All rights.", TRUE},
        {"(c) 2026 jane doe, all rights", "© {year} Jane Doe, all rights.", TRUE},
        {"© Jane Doe", "© Jane Doe {year}", TRUE},
        {"© Jane Doe 2026", "© Jane Doe {year}.", TRUE},
        {"© Jane Doe, all rights", "© Jane Doe {year}, all rights", TRUE},
        {"2026 Jane, 2026", "{year} Jane, {year}", TRUE},
        {"© Jane Doe", "© Jane Doe", TRUE},
        {"© 202 Jane Doe", "© {year} Jane Doe", FALSE},
        {"© 20266 Jane Doe", "© {year} Jane Doe", FALSE},
        {"© year Jane Doe", "© {year} Jane Doe", FALSE},
        {"© 2026 John Doe", "© {year} Jane Doe", FALSE},
        {"2026 Jane, 2025", "{year} Jane, {year}", FALSE},
        {"© 2026 Jane Doe", "© Jane Doe", FALSE},
        {"©", "© {year} Jane Doe", FALSE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        if (fg_notice_matches(cases[i].notice, cases[i].pattern) != cases[i].matches)
            fail_msg("\"%s\" against \"%s\"", cases[i].notice, cases[i].pattern);
    assert_false(fg_notice_matches(NULL, "© {year} Jane Doe"));
    assert_true(fg_notice_matches(NULL, NULL));
}

static void
a_notice_cut_by_iptc_is_known_as_such(void **state)
{
    (void)state;
    assert_true(fg_notice_is_cut("0123456789", "0123456789abc", 10));
    assert_true(fg_notice_is_cut("012345678", "012345678é", 10));     /* the letter did not fit */
    assert_true(fg_notice_is_cut("0123", "0123            abc", 10)); /* its blanks were trimmed */
    assert_false(fg_notice_is_cut("01234", "0123456789abc", 10));
    assert_false(fg_notice_is_cut("0123456789", "0123456789", 10));
    assert_false(fg_notice_is_cut("012345678x", "0123456789abc", 10));
}

static void
a_text_with_the_sign_in_any_spelling_claims(void **state)
{
    (void)state;
    static const char *const claims[] = {"© Jane", "(c) Jane", "Copyright Jane", "IMG_1 · © Jane"};
    for (guint i = 0; i < G_N_ELEMENTS(claims); i++)
        assert_true(fg_text_claims(claims[i]));
    assert_false(fg_text_claims("Jane Doe"));
    assert_false(fg_text_claims("Copyrighted"));
}

static void
what_programs_leave_before_a_notice_is_taken_away(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"\xEF\xBB\xBF© Jane", "© Jane"},
        {" \xEF\xBB\xBF \xEF\xBB\xBF© Jane ", "© Jane"},
        {"ï»¿© Jane", "© Jane"},
        {"x-default", NULL},
        {"lang=\"x-default\" © Jane", "© Jane"},
        {"X-Default\t© Jane", "© Jane"},
        {"x-defaults of Jane", "x-defaults of Jane"},
        {"\xEF\xBB\xBF", NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *stated = fg_notice_stated(cases[i][0]);
        if (g_strcmp0(stated, cases[i][1]) != 0)
            fail_msg("%s: %s", cases[i][0], stated ? stated : "nothing");
    }
}

static void
a_doubled_text_is_known_and_said_once(void **state)
{
    (void)state;
    g_autofree char *name = fg_text_undoubled("Jane Doe (Jane Doe, ASCII, 9 components, 9 bytes)");
    assert_string_equal(name, "Jane Doe");
    assert_null(fg_text_undoubled("Jane Doe (Jane Doe)"));
    assert_null(fg_text_undoubled("Jane (Jane, ASCII artist)"));
    assert_true(fg_notice_is_mangled("(c) 2021 Jane ((c) 2021 Jane (Photographer) - [None"));
    assert_true(fg_notice_is_mangled("(c) Jane (Photographer) - [None] (Editor)"));
    assert_false(fg_notice_is_mangled("(c) Jane Doe (Photographer)"));
    assert_false(fg_notice_is_mangled("(c) 2021 Jane (Jane Doe)"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notices_that_differ_in_dress_only_are_equal),
        cmocka_unit_test(notices_that_say_something_else_differ),
        cmocka_unit_test(a_year_in_a_pattern_matches_any_or_none),
        cmocka_unit_test(a_notice_cut_by_iptc_is_known_as_such),
        cmocka_unit_test(a_text_with_the_sign_in_any_spelling_claims),
        cmocka_unit_test(what_programs_leave_before_a_notice_is_taken_away),
        cmocka_unit_test(a_doubled_text_is_known_and_said_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
