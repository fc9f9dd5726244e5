/* test_shrink.c: files that somebody cuts short while they are read.
 * wraps: pread read */
#include "base/base.h"
#include "support/fixtures.h"

#include <fcntl.h>
#include <unistd.h>

#define LARGE ((gsize)17 << 20) /* more than is mapped where mapping is allowed */
#define LEFT 4096

ssize_t __real_pread(int fd, void *data, size_t length, off_t offset);
ssize_t __wrap_pread(int fd, void *data, size_t length, off_t offset);
ssize_t __real_read(int fd, void *data, size_t length);
ssize_t __wrap_read(int fd, void *data, size_t length);

static const char *victim; /* to be cut when it is read next */

static void
cut(void)
{
    if (victim)
        assert_int_equal(truncate(victim, LEFT), 0);
    victim = NULL;
}

ssize_t
__wrap_pread(int fd, void *data, size_t length, off_t offset)
{
    cut();
    return __real_pread(fd, data, length, offset);
}

ssize_t
__wrap_read(int fd, void *data, size_t length)
{
    cut();
    return __real_read(fd, data, length);
}

static char *
large_file(void)
{
    g_autofree char *folder = fg_scratch();
    char *path = g_build_filename(folder, "a", NULL);
    g_autoptr(GBytes) bytes = g_bytes_new_take(g_strnfill(LARGE, 'a'), LARGE);
    fg_spill(path, bytes);
    return path;
}

/* Touches every byte. */
static void
holds(GBytes *found, gsize length)
{
    gsize size;
    const char *text = g_bytes_get_data(found, &size);
    assert_int_equal(size, length);
    for (gsize i = 0; i < size; i++)
        if (text[i] != 'a')
            fail();
}

static void
a_file_that_shrinks_after_it_was_read_is_as_it_was_read(void **state)
{
    (void)state;
    g_autofree char *path = large_file();
    g_autoptr(GBytes) found = fg_file_read(path, 0, NULL);
    assert_int_equal(truncate(path, 0), 0);
    holds(found, LARGE);
}

static void
a_file_that_shrinks_while_it_is_read_is_short(void **state)
{
    (void)state;
    g_autofree char *path = large_file();
    victim = path;
    g_autoptr(GBytes) found = fg_file_read(path, 0, NULL);
    holds(found, LEFT);
}

static void
standard_input_may_shrink_too(void **state)
{
    (void)state;
    g_autofree char *path = large_file();
    int before = dup(STDIN_FILENO), fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    close(fd);
    g_autoptr(GBytes) found = fg_file_read_fd(STDIN_FILENO, NULL);
    if (before >= 0)
        dup2(before, STDIN_FILENO);
    close(before);
    assert_int_equal(truncate(path, 0), 0);
    holds(found, LARGE);
}

static void
the_digest_of_a_shrinking_file_is_of_what_was_left(void **state)
{
    (void)state;
    g_autofree char *path = large_file(), *text = g_strnfill(LARGE, 'a');
    g_autofree char *whole = fg_file_sha256(path, NULL), *expected = fg_sha256_hex(text, LARGE);
    assert_string_equal(whole, expected);
    victim = path;
    g_autofree char *cut_short = fg_file_sha256(path, NULL), *left = fg_sha256_hex(text, LEFT);
    assert_string_equal(cut_short, left);
    g_autoptr(GError) error = NULL;
    assert_null(fg_file_sha256("/nonexistent/a", &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_UNREADABLE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_shrinks_after_it_was_read_is_as_it_was_read),
        cmocka_unit_test(a_file_that_shrinks_while_it_is_read_is_short),
        cmocka_unit_test(standard_input_may_shrink_too),
        cmocka_unit_test(the_digest_of_a_shrinking_file_is_of_what_was_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
