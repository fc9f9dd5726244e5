#include "base/base.h"
#include "base/sweep.h"
#include "support/fixtures.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

static GBytes *
text_bytes(const char *text)
{
    return g_bytes_new(text, strlen(text));
}

static guint
count_entries(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    guint count = 0;
    while (g_dir_read_name(folder))
        count++;
    return count;
}

static void
a_file_is_put_in_place_whole_and_alone(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a.txt", NULL);
    g_autoptr(GBytes) first = text_bytes("first"), second = text_bytes("second, longer");
    g_autoptr(GError) error = NULL;
    assert_true(fg_file_replace(path, first, 0644, &error));
    assert_true(fg_file_replace(path, second, 0644, &error));
    g_autoptr(GBytes) found = fg_slurp(path);
    assert_true(g_bytes_equal(found, second));
    assert_int_equal(count_entries(folder), 1);
}

static void
the_mode_is_masked_by_the_umask(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a", NULL);
    g_autoptr(GBytes) bytes = text_bytes("x");
    mode_t before = umask(027);
    assert_true(fg_file_replace(path, bytes, 0644, NULL));
    umask(before);
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
}

static void
a_name_of_255_bytes_can_be_written(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *name = g_strnfill(255, 'n');
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GBytes) bytes = text_bytes("x");
    g_autoptr(GError) error = NULL;
    assert_true(fg_file_replace(path, bytes, 0644, &error));
    assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
}

static void
a_failure_leaves_nothing_and_the_former_file(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "taken", NULL);
    g_autofree char *inside = g_build_filename(path, "file", NULL);
    assert_int_equal(g_mkdir(path, 0755), 0);
    g_autoptr(GBytes) bytes = text_bytes("x");
    assert_true(fg_file_replace(inside, bytes, 0644, NULL));
    g_autoptr(GError) error = NULL, nowhere = NULL;
    assert_false(fg_file_replace(path, bytes, 0644, &error)); /* A folder stands there. */
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_TARGET));
    assert_int_equal(count_entries(folder), 1);
    assert_true(g_file_test(inside, G_FILE_TEST_IS_REGULAR));
    assert_false(fg_file_replace("/nonexistent/x", bytes, 0644, &nowhere));
    assert_true(g_error_matches(nowhere, FG_ERROR, FG_ERROR_TARGET));
}

static void
only_a_regular_file_is_read(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *fifo = g_build_filename(folder, "fifo", NULL);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    struct stat info;
    g_autoptr(GError) pipe = NULL, device = NULL, directory = NULL, absent = NULL;
    assert_int_equal(fg_file_open(fifo, 0, &info, &pipe), -1); /* and does not block */
    assert_true(g_error_matches(pipe, FG_ERROR, FG_ERROR_UNREADABLE));
    assert_int_equal(fg_file_open("/dev/zero", 0, &info, &device), -1);
    assert_true(g_error_matches(device, FG_ERROR, FG_ERROR_UNREADABLE));
    assert_null(fg_file_read(folder, 0, &directory));
    assert_true(g_error_matches(directory, FG_ERROR, FG_ERROR_UNREADABLE));
    g_autofree char *missing = g_build_filename(folder, "missing", NULL);
    assert_null(fg_file_read(missing, 0, &absent));
    assert_true(g_error_matches(absent, FG_ERROR, FG_ERROR_UNREADABLE));
}

static void
a_file_over_the_ceiling_is_not_read(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a", NULL);
    g_autoptr(GBytes) bytes = text_bytes("12345");
    fg_spill(path, bytes);
    g_autoptr(GError) error = NULL;
    assert_null(fg_file_read(path, 4, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_LIMIT));
    g_autoptr(GBytes) found = fg_file_read(path, 5, NULL);
    assert_true(g_bytes_equal(found, bytes));
}

static void
small_large_empty_and_piped_files_are_read_alike(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a", NULL);
    for (gsize size = 0; size <= ((gsize)17 << 20); size = size ? size * 17 : (gsize)1 << 20) {
        g_autoptr(GBytes) bytes = g_bytes_new_take(g_malloc0(MAX(size, 1)), size);
        fg_spill(path, bytes);
        g_autoptr(GBytes) found = fg_file_read(path, 0, NULL);
        assert_true(g_bytes_equal(found, bytes));
    }
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "piped", 5), 5);
    close(ends[1]);
    g_autoptr(GBytes) found = fg_file_read_fd(ends[0], NULL);
    close(ends[0]);
    g_autoptr(GBytes) expected = text_bytes("piped");
    assert_true(g_bytes_equal(found, expected));
}

static void
a_sweep_takes_left_overs_and_nothing_else(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    static const char *const names[] = {
        ".fg-0123456789abcdef.tmp", /* left over */
        ".fg-fedcba9876543210.tmp", /* being written by another process */
        ".fg-0123456789abcdeg.tmp", ".fg-0123456789abcdef.jpg", "photo.tmp", ".filigrane",
    };
    g_autoptr(GBytes) bytes = text_bytes("x");
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        fg_spill(path, bytes);
        assert_int_equal(fg_file_is_temporary(names[i]), i < 2);
    }
    g_autofree char *busy = g_build_filename(folder, names[1], NULL);
    int fd = open(busy, O_WRONLY | O_CLOEXEC);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    fg_folder_sweep(folder, FALSE, NULL);
    assert_int_equal(count_entries(folder), G_N_ELEMENTS(names) - 1);
    assert_true(g_file_test(busy, G_FILE_TEST_EXISTS));
    close(fd);
    fg_folder_sweep(folder, FALSE, NULL);
    assert_false(g_file_test(busy, G_FILE_TEST_EXISTS));
    fg_folder_sweep("/nonexistent", FALSE, NULL);
}

static void
a_folder_is_made_with_its_parents(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *deep = g_build_filename(folder, "a", "b", "c", NULL);
    assert_true(fg_folder_make(deep, NULL));
    assert_true(fg_folder_make(deep, NULL));
    g_autofree char *file = g_build_filename(folder, "file", NULL);
    g_autofree char *below = g_build_filename(file, "x", NULL);
    g_autoptr(GBytes) bytes = text_bytes("x");
    fg_spill(file, bytes);
    g_autoptr(GError) error = NULL;
    assert_false(fg_folder_make(below, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_TARGET));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_put_in_place_whole_and_alone),
        cmocka_unit_test(the_mode_is_masked_by_the_umask),
        cmocka_unit_test(a_name_of_255_bytes_can_be_written),
        cmocka_unit_test(a_failure_leaves_nothing_and_the_former_file),
        cmocka_unit_test(only_a_regular_file_is_read),
        cmocka_unit_test(a_file_over_the_ceiling_is_not_read),
        cmocka_unit_test(small_large_empty_and_piped_files_are_read_alike),
        cmocka_unit_test(a_sweep_takes_left_overs_and_nothing_else),
        cmocka_unit_test(a_folder_is_made_with_its_parents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
