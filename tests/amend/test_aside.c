/* test_aside.c: what is made behind walls is what is made without. */
#include "amend/amend_private.h"
#include "metadata/blocks.h"
#include "metadata/stating.h"

#include <string.h>

/* The file as it is after a scrub, with a reader or without. */
static GBytes *
scrubbed(const char *path, gboolean aside, char **removed)
{
    g_autofree char *out = fg_scratch(), *target = g_build_filename(out, "x.jpg", NULL);
    FgAmendOptions options = {.out = out};
    g_autoptr(FgAmendReader) reader = aside ? fg_amend_reader_new(&options) : NULL;
    options.reader = reader;
    FgAmendResult result;
    g_autoptr(GError) error = NULL;
    if (!fg_scrub_file(path, "x.jpg", &options, &result, &error))
        fail_msg("%s", error->message);
    g_ptr_array_add(result.removed, NULL);
    *removed = g_strjoinv(" ", (char **)result.removed->pdata);
    fg_amend_result_clear(&result);
    return fg_slurp(target);
}

static void
walls_change_nothing_in_what_is_made(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(FALSE);
    g_autofree char *path = spill_jpeg(gps, NULL, NULL), *first = NULL, *second = NULL;
    g_autoptr(GBytes) here = scrubbed(path, FALSE, &first), aside = scrubbed(path, TRUE, &second);
    assert_true(g_bytes_equal(here, aside));
    assert_string_equal(first, second);
    assert_non_null(strstr(first, "location.gps"));
}

static void
a_file_that_cannot_be_read_does_not_end_the_others(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(FALSE);
    g_autofree char *path = spill_jpeg(gps, NULL, NULL), *folder = g_path_get_dirname(path);
    g_autofree char *bad = g_build_filename(folder, "bad.jpg", NULL);
    assert_true(g_file_set_contents(bad, "\xff\xd8\xff\xe1", 4, NULL));
    FgAmendOptions options = {.in_place = TRUE};
    g_autoptr(FgAmendReader) reader = fg_amend_reader_new(&options);
    options.reader = reader;
    FgAmendResult result;
    g_autoptr(GError) error = NULL;
    assert_false(fg_scrub_file(bad, "bad.jpg", &options, &result, &error));
    assert_int_equal(error->code, FG_ERROR_MALFORMED);
    fg_amend_result_clear(&result);
    g_clear_error(&error);
    static const FgAmended expected[] = {FG_AMENDED, FG_AS_IT_WAS};
    for (guint i = 0; i < 2; i++) {
        assert_true(fg_scrub_file(path, "x.jpg", &options, &result, &error));
        assert_int_equal(result.status, expected[i]);
        fg_amend_result_clear(&result);
    }
    assert_true(fg_amend_reader_finish(reader, &error));
}

static void
files_of_several_folders_are_all_put_in_place(void **state)
{
    (void)state;
    g_autofree char *out = fg_scratch();
    g_autoptr(GBytes) gps = gps_block(FALSE);
    g_autofree char *path = spill_jpeg(gps, NULL, NULL);
    FgAmendOptions options = {.out = out};
    g_autoptr(FgAmendReader) reader = fg_amend_reader_new(&options);
    options.reader = reader;
    static const char *const below[] = {"a/1.jpg", "a/2.jpg", "b/1.jpg", "a/3.jpg"};
    for (guint i = 0; i < G_N_ELEMENTS(below); i++) {
        FgAmendResult result;
        assert_true(fg_scrub_file(path, below[i], &options, &result, NULL));
        assert_true(g_file_test(result.path, G_FILE_TEST_EXISTS));
        fg_amend_result_clear(&result);
    }
    g_autoptr(GError) error = NULL;
    assert_true(fg_amend_reader_finish(reader, &error) && fg_amend_reader_finish(reader, &error));
    g_autofree char *folder = g_build_filename(out, "a", NULL);
    g_autoptr(GDir) open = g_dir_open(folder, 0, NULL);
    guint count = 0;
    while (g_dir_read_name(open))
        count++;
    assert_int_equal(count, 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walls_change_nothing_in_what_is_made),
        cmocka_unit_test(a_file_that_cannot_be_read_does_not_end_the_others),
        cmocka_unit_test(files_of_several_folders_are_all_put_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
