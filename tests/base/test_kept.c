/* test_kept.c: which names are those of files that tag and scrub keep. */
#include "base/kept.h"
#include "support/fixtures.h"

static void
backups_and_saved_files_are_known_by_their_names(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        gboolean kept;
    } names[] = {
        {"a.jpg.orig", TRUE},  {"a.jpg.1.orig", TRUE},  {"in/a.jpg.12.orig", TRUE}, {"a.jpg.saved", TRUE},
        {"a.jpg", FALSE},      {".orig", FALSE},        {"in/.saved", FALSE},       {"orig", FALSE},
        {"a.orig.jpg", FALSE}, {"a.orig/a.jpg", FALSE}, {"a.jpg.ORIG", FALSE},      {"", FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        assert_int_equal(fg_name_is_kept(names[i].path), names[i].kept);
}

static void
a_kept_file_names_the_one_that_it_is_kept_for(void **state)
{
    (void)state;
    g_autofree char *plain = fg_kept_for("in/a.jpg.1.orig", FALSE),
                    *numbered = fg_kept_for("in/a.jpg.1.orig", TRUE);
    assert_string_equal(plain, "in/a.jpg.1");
    assert_string_equal(numbered, "in/a.jpg");
    assert_null(fg_kept_for("a.jpg", FALSE));
    assert_null(fg_kept_for("a.jpg.orig", TRUE));
    assert_null(fg_kept_for(".1.orig", TRUE));
}

static void
the_names_for_a_file_are_counted_up(void **state)
{
    (void)state;
    g_autofree char *first = fg_kept_name("a.jpg", FG_KEPT_BACKUP, 0),
                    *next = fg_kept_name("a.jpg", FG_KEPT_SAVED, 2);
    assert_string_equal(first, "a.jpg.orig");
    assert_string_equal(next, "a.jpg.2.saved");
    assert_true(fg_name_is_kept(first) && fg_name_is_kept(next));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(backups_and_saved_files_are_known_by_their_names),
        cmocka_unit_test(a_kept_file_names_the_one_that_it_is_kept_for),
        cmocka_unit_test(the_names_for_a_file_are_counted_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
