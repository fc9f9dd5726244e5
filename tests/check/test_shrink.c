/* test_shrink.c: a file that somebody cuts short while it is checked.
 * wraps: pread */
#include "check/check_private.h"
#include "support/fixtures.h"

#include <string.h>
#include <unistd.h>

#define LARGE ((gsize)17 << 20) /* more than is mapped where mapping is allowed */

ssize_t __real_pread(int fd, void *data, size_t length, off_t offset);
ssize_t __wrap_pread(int fd, void *data, size_t length, off_t offset);

static const char *victim; /* to be cut when it is read next */

ssize_t
__wrap_pread(int fd, void *data, size_t length, off_t offset)
{
    if (victim)
        assert_int_equal(truncate(victim, 2), 0);
    victim = NULL;
    return __real_pread(fd, data, length, offset);
}

static void
a_large_file_that_shrinks_ends_no_process_of_a_caller(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a.jpg", NULL);
    char *text = g_strnfill(LARGE, ' ');
    memcpy(text, "\xff\xd8", 2);
    g_autoptr(GBytes) bytes = g_bytes_new_take(text, LARGE);
    fg_spill(path, bytes);
    victim = path;
    const FgCheckOptions options = {0};
    g_autoptr(FgCheck) check = fg_check_file(path, &options);
    assert_null(victim);
    assert_int_equal(check->verdict, FG_UNREADABLE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_file_that_shrinks_ends_no_process_of_a_caller),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
