#include "check/published.h"

static void
put_file(const char *folder, const char *name, GBytes *bytes)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0755), 0);
    fg_spill(path, bytes);
}

static void
assert_found(const char *folder, gboolean recurse, const char *const *expected)
{
    const char *const paths[] = {folder, NULL};
    g_autoptr(GPtrArray) found = fg_check_find(paths, recurse, NULL);
    assert_non_null(found);
    for (guint i = 0; i < found->len; i++) {
        const char *below = (const char *)g_ptr_array_index(found, i) + strlen(folder) + 1;
        if (!expected[i])
            fail_msg("%s was not to be found", below);
        assert_string_equal(below, expected[i]);
    }
    assert_null(expected[found->len]);
}

static void
a_folder_stands_for_its_photos_by_content_and_name_in_byte_order(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autoptr(GBytes) photo = naked_picture(FG_FORMAT_JPEG);
    g_autoptr(GBytes) text = g_bytes_new_static("text", 4);
    static const char *const photos[] = {"b.jpg",        "B.jpg",   "a.txt",       "sub/z.jpg",
                                         "\xc3\xa9.jpg", "sub.jpg", ".hidden.jpg", ".folder/x.jpg"};
    for (guint i = 0; i < G_N_ELEMENTS(photos); i++)
        put_file(folder, photos[i], photo);
    put_file(folder, "liar.jpg", text); /* told as unreadable */
    put_file(folder, "text.txt", text);
    assert_found(folder, TRUE,
                 (const char *const[]){"B.jpg", "a.txt", "b.jpg", "liar.jpg", "sub/z.jpg", "sub.jpg",
                                       "\xc3\xa9.jpg", NULL});
    assert_found(
        folder, FALSE,
        (const char *const[]){"B.jpg", "a.txt", "b.jpg", "liar.jpg", "sub.jpg", "\xc3\xa9.jpg", NULL});
}

static void
links_lead_nowhere(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autofree char *outside = fg_scratch();
    g_autoptr(GBytes) photo = naked_picture(FG_FORMAT_PNG);
    put_file(folder, "in.png", photo);
    put_file(outside, "out.png", photo);
    const char *const links[][2] = {{outside, "folder"}, {folder, "loop"}, {"in.png", "twin.png"}};
    for (guint i = 0; i < G_N_ELEMENTS(links); i++) {
        g_autofree char *path = g_build_filename(folder, links[i][1], NULL);
        assert_int_equal(symlink(links[i][0], path), 0);
    }
    g_autofree char *fifo = g_build_filename(folder, "fifo.png", NULL);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_found(folder, TRUE, (const char *const[]){"in.png", NULL});
}

static void
what_can_not_be_opened_is_not_passed_over(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autoptr(GBytes) photo = naked_picture(FG_FORMAT_PNG);
    put_file(folder, "closed.png", photo);
    put_file(folder, "closed/in.png", photo);
    g_autofree char *file = g_build_filename(folder, "closed.png", NULL);
    g_autofree char *below = g_build_filename(folder, "closed", NULL);
    assert_int_equal(chmod(file, 0), 0);
    assert_int_equal(chmod(below, 0), 0);
    fg_bind_by_modes(TRUE);
    assert_found(folder, TRUE, (const char *const[]){"closed", "closed.png", NULL});
    const FgCheckOptions options = {0};
    g_autoptr(FgCheck) check = fg_check_file(below, &options);
    fg_bind_by_modes(FALSE);
    assert_int_equal(check->verdict, FG_UNREADABLE);
    assert_int_equal(chmod(below, 0755), 0);
}

static void
what_is_named_is_taken_as_it_is(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autoptr(GBytes) text = g_bytes_new_static("text", 4);
    put_file(folder, "no-photo.txt", text);
    g_autofree char *named = g_build_filename(folder, "no-photo.txt", NULL);
    const char *const paths[] = {named, "-", named, NULL};
    g_autoptr(GPtrArray) found = fg_check_find(paths, TRUE, NULL);
    assert_int_equal(found->len, 3);
    assert_string_equal(g_ptr_array_index(found, 0), named);
    assert_string_equal(g_ptr_array_index(found, 1), "-");
}

static void
a_path_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    const char *const paths[] = {"/nowhere/at\nall.jpg", NULL};
    g_autoptr(GError) error = NULL;
    assert_null(fg_check_find(paths, TRUE, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PATH));
    assert_non_null(strstr(error->message, "\\x0Aall.jpg"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_stands_for_its_photos_by_content_and_name_in_byte_order),
        cmocka_unit_test(links_lead_nowhere),
        cmocka_unit_test(what_can_not_be_opened_is_not_passed_over),
        cmocka_unit_test(what_is_named_is_taken_as_it_is),
        cmocka_unit_test(a_path_that_is_not_there_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
