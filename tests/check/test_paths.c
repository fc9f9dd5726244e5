#include "check/published.h"

#include <sys/stat.h>

static void
collect(FgCheck *check, gpointer data)
{
    g_ptr_array_add(data, check);
}

static void
free_check(gpointer check)
{
    fg_check_free(check);
}

/* A folder with a photo, a text, a photo in a folder, and a link. */
static char *
folder_of_photos(void)
{
    g_autoptr(FgRights) rights = reference_rights();
    g_autofree char *photo = spill_published(rights, NULL, FG_FORMAT_JPEG);
    g_autoptr(GBytes) bytes = fg_file_read(photo, 0, NULL);
    char *folder = fg_scratch();
    static const char *const names[] = {"b.jpg", "sub/a.jpg"};
    g_autofree char *sub = g_build_filename(folder, "sub", NULL),
                    *text = g_build_filename(folder, "c.txt", NULL);
    g_autofree char *link = g_build_filename(folder, "d.jpg", NULL);
    assert_int_equal(mkdir(sub, 0755), 0);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        fg_spill(path, bytes);
    }
    assert_true(g_file_set_contents(text, "no photo", -1, NULL));
    assert_int_equal(symlink("b.jpg", link), 0);
    return folder;
}

static GPtrArray *
check_paths(char *const *paths, guint *files, GError **error)
{
    static const FgCheckOptions options = {0};
    g_autoptr(GPtrArray) checks = g_ptr_array_new_with_free_func(free_check);
    return fg_check_paths(paths, &options, collect, checks, files, error) ? g_steal_pointer(&checks) : NULL;
}

static void
assert_check(const GPtrArray *checks, guint index, const char *end, FgVerdict verdict)
{
    const FgCheck *check = g_ptr_array_index(checks, index);
    assert_true(g_str_has_suffix(check->path, end));
    assert_int_equal(check->verdict, verdict);
}

static void
a_folder_stands_for_its_photos_and_a_named_file_for_itself(void **state)
{
    (void)state;
    g_autofree char *folder = folder_of_photos(), *text = g_build_filename(folder, "c.txt", NULL);
    char *paths[] = {text, folder, NULL};
    guint files;
    g_autoptr(GPtrArray) checks = check_paths(paths, &files, NULL);
    assert_non_null(checks);
    assert_int_equal(files, 3);
    assert_int_equal(checks->len, 3);
    assert_check(checks, 0, "/c.txt", FG_UNREADABLE);
    assert_check(checks, 1, "/b.jpg", FG_PASS);
    assert_check(checks, 2, "/sub/a.jpg", FG_PASS);
}

static void
what_is_not_there_is_told_in_its_place_when_another_is(void **state)
{
    (void)state;
    g_autofree char *folder = folder_of_photos(), *photo = g_build_filename(folder, "b.jpg", NULL);
    char first[] = "/nowhere/1.jpg", last[] = "/nowhere/2.jpg";
    char *paths[] = {first, photo, last, NULL};
    guint files;
    g_autoptr(GPtrArray) checks = check_paths(paths, &files, NULL);
    assert_non_null(checks);
    assert_int_equal(checks->len, 3);
    assert_check(checks, 0, "/1.jpg", FG_UNREADABLE);
    assert_check(checks, 1, "/b.jpg", FG_PASS);
    assert_check(checks, 2, "/2.jpg", FG_UNREADABLE);
}

static void
when_nothing_is_there_the_first_is_named(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    char first[] = "/nowhere/1.jpg", last[] = "/nowhere/2.jpg";
    char *paths[] = {first, last, NULL};
    guint files;
    assert_null(check_paths(paths, &files, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PATH));
    assert_non_null(strstr(error->message, "1.jpg"));
}

static void
a_large_file_in_a_folder_that_is_no_photo_is_left_out(void **state)
{
    (void)state;
    static const FgCheckOptions options = {.max_bytes = 10};
    g_autofree char *folder = folder_of_photos();
    char *paths[] = {folder, NULL};
    g_autoptr(GPtrArray) checks = g_ptr_array_new_with_free_func(free_check);
    guint files;
    assert_true(fg_check_paths(paths, &options, collect, checks, &files, NULL));
    assert_int_equal(checks->len, 2); /* Photos that are too large are told. */
    assert_check(checks, 0, "/b.jpg", FG_UNREADABLE);
    assert_check(checks, 1, "/sub/a.jpg", FG_UNREADABLE);
}

static void
a_folder_without_photos_is_no_file(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    char *paths[] = {folder, NULL};
    guint files;
    g_autoptr(GPtrArray) checks = check_paths(paths, &files, NULL);
    assert_non_null(checks);
    assert_int_equal(files, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_stands_for_its_photos_and_a_named_file_for_itself),
        cmocka_unit_test(what_is_not_there_is_told_in_its_place_when_another_is),
        cmocka_unit_test(when_nothing_is_there_the_first_is_named),
        cmocka_unit_test(a_large_file_in_a_folder_that_is_no_photo_is_left_out),
        cmocka_unit_test(a_folder_without_photos_is_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
