/* When a file is somebody else's by its notice, its creators or its terms. */
#include "metadata/metadata_private.h"
#include "support/fixtures.h"

/* Whether a file that states these three is another's than Christian Allegret's. */
static gboolean
is_foreign(const char *notice, const char *owner, const char *creator)
{
    g_autoptr(FgRights) ours = fg_rights_new();
    ours->creators = g_strdupv((char *[]){"Christian Allégret", NULL});
    ours->owner = g_strdup("Sarl Cartus");
    ours->aliases = g_strdupv((char *[]){"Photo Allegret", "C. Allegret", "", NULL});
    g_autoptr(FgRights) found = fg_rights_new();
    found->copyright = g_strdup(notice);
    found->owner = g_strdup(owner);
    if (creator)
        found->creators = g_strdupv((char *[]){(char *)creator, NULL});
    return fg_rights_is_foreign(ours, found);
}

static void
our_own_notice_is_not_foreign(void **state)
{
    (void)state;
    assert_false(is_foreign("© 2026 Christian Allégret", NULL, NULL));
    assert_false(is_foreign("(c) CHRISTIAN  ALLEGRET, tous droits", NULL, NULL));
    assert_false(is_foreign("© Sarl Cartus 2020", NULL, NULL));
    assert_false(is_foreign("©Photo Allegret/Getty", "Getty Images", NULL));
    assert_false(is_foreign("All rights reserved", "SARL CARTUS", NULL));
    assert_false(is_foreign("All rights reserved", NULL, "C. Allegret"));
}

static void
another_owners_notice_is_foreign(void **state)
{
    (void)state;
    assert_true(is_foreign("© 2026 Jane Doe", NULL, NULL));
    assert_true(is_foreign("All rights reserved", NULL, NULL));
    assert_true(is_foreign(NULL, "Getty Images", NULL));
    assert_true(is_foreign("© 2020 Getty Images", "Getty Images", "Christian Allegret"));
    assert_true(is_foreign("© C. Allegretti", NULL, NULL));
    assert_true(is_foreign("© Sarl Cartus2", NULL, NULL));
}

static void
a_file_that_says_nothing_is_nobodys(void **state)
{
    (void)state;
    assert_false(is_foreign(NULL, NULL, NULL));
    assert_false(is_foreign("", "", NULL));
    assert_false(is_foreign("Copyright (c)", NULL, NULL));
}

static void
without_a_name_of_ours_nothing_is_foreign(void **state)
{
    (void)state;
    g_autoptr(FgRights) ours = fg_rights_new();
    g_autoptr(FgRights) found = fg_rights_new();
    found->copyright = g_strdup("© Jane Doe");
    assert_false(fg_rights_is_foreign(ours, found));
}

static void
a_name_in_a_script_without_case_needs_no_gap(void **state)
{
    (void)state;
    g_autoptr(FgRights) ours = fg_rights_new();
    ours->owner = g_strdup("山田太郎");
    g_autoptr(FgRights) found = fg_rights_new();
    found->copyright = g_strdup("©山田太郎写真事務所");
    assert_false(fg_rights_is_foreign(ours, found));
}

static void
a_creator_is_ours_in_whatever_order_and_dress(void **state)
{
    (void)state;
    static const char *const ours[] = {"CHRISTIAN ALLEGRET",
                                       "Allégret, Christian",
                                       "Photo by Christian Allegret",
                                       "© Christian Allegret",
                                       "Christian Allegret / Sarl Cartus",
                                       "Christian Allegret, photographe",
                                       "photo allegret"};
    for (guint i = 0; i < G_N_ELEMENTS(ours); i++)
        assert_false(is_foreign(NULL, NULL, ours[i]));
}

static void
a_placeholder_is_nobody(void **state)
{
    (void)state;
    static const char *const nobody[] = {"Picasa", "picasa 3.0",       "OWNER", "Owner's Name", "unknown",
                                         "-",      "NIKON CORPORATION"};
    for (guint i = 0; i < G_N_ELEMENTS(nobody); i++)
        assert_false(is_foreign(NULL, NULL, nobody[i]));
}

static void
another_creator_is_foreign_even_beside_our_notice(void **state)
{
    (void)state;
    assert_true(is_foreign(NULL, NULL, "Jean Dupont"));
    assert_true(is_foreign("© Sarl Cartus", NULL, "Jean Dupont"));
    assert_true(is_foreign(NULL, NULL, "Christian Allegret & Jean Dupont"));
    assert_true(is_foreign(NULL, NULL, "Christian"));
}

static void
each_carrier_counts_and_a_cut_by_line_is_whole(void **state)
{
    (void)state;
    g_autoptr(FgRights) ours = fg_rights_new();
    ours->creators = g_strdupv((char *[]){"Marie-Antoinette de Saint-Laurent du Pont", NULL});
    g_autoptr(FgRights) found = fg_rights_new();
    found->creators = g_strdupv((char *[]){"Marie-Antoinette de Saint-Laurent du Pont", NULL});
    found->named = g_strdupv(
        (char *[]){"Marie-Antoinette de Saint-Laurent du Pont", "Marie-Antoinette de Saint-Lauren", NULL});
    assert_false(fg_rights_is_foreign(ours, found));
    g_free(found->named[1]);
    found->named[1] = g_strdup("Jean Dupont");
    g_auto(GStrv) foreign = fg_rights_foreign_creators(ours, found);
    assert_int_equal(g_strv_length(foreign), 1);
    assert_string_equal(foreign[0], "Jean Dupont");
}

static void
terms_are_anothers_when_nobody_is_named_and_they_are_not_ours(void **state)
{
    (void)state;
    g_autoptr(FgRights) ours = fg_rights_new();
    ours->creators = g_strdupv((char *[]){"Jane Doe", NULL});
    ours->web_statement = g_strdup("https://jane.example/");
    g_autoptr(FgRights) found = fg_rights_new();
    assert_false(fg_rights_has_terms_of_others(ours, found));
    found->web_statement = g_strdup("https://jane.example/");
    assert_false(fg_rights_has_terms_of_others(ours, found));
    g_ptr_array_add(found->terms, fg_lang_text_new("en", "Editorial use only"));
    assert_true(fg_rights_has_terms_of_others(ours, found));
    found->creators = g_strdupv((char *[]){"Picasa", NULL});
    assert_true(fg_rights_has_terms_of_others(ours, found));
    found->copyright = g_strdup("© Jane Doe");
    assert_false(fg_rights_has_terms_of_others(ours, found));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_own_notice_is_not_foreign),
        cmocka_unit_test(another_owners_notice_is_foreign),
        cmocka_unit_test(a_file_that_says_nothing_is_nobodys),
        cmocka_unit_test(without_a_name_of_ours_nothing_is_foreign),
        cmocka_unit_test(a_name_in_a_script_without_case_needs_no_gap),
        cmocka_unit_test(a_creator_is_ours_in_whatever_order_and_dress),
        cmocka_unit_test(a_placeholder_is_nobody),
        cmocka_unit_test(another_creator_is_foreign_even_beside_our_notice),
        cmocka_unit_test(each_carrier_counts_and_a_cut_by_line_is_whole),
        cmocka_unit_test(terms_are_anothers_when_nobody_is_named_and_they_are_not_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
