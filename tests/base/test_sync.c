/* test_sync.c: what comes to the disk when a folder is made.
 * wraps: fsync mkdir */
#include "base/base.h"
#include "support/fixtures.h"

#include <errno.h>
#include <sys/stat.h>

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode);

static GString
    *calls; /* a letter for each call: the last one of the folder's name, in capitals when it is made */
static char *scratch;
static gboolean fails;

static char
letter_of(const struct stat *info)
{
    static const char *const names[] = {"", "a", "a/b"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(scratch, names[i], NULL);
        struct stat there;
        if (stat(path, &there) == 0 && there.st_ino == info->st_ino)
            return "sab"[i];
    }
    return '?';
}

int
__wrap_fsync(int fd)
{
    struct stat info;
    assert_int_equal(fstat(fd, &info), 0);
    g_string_append_c(calls, letter_of(&info));
    if (!fails)
        return __real_fsync(fd);
    errno = EIO;
    return -1;
}

int
__wrap_mkdir(const char *path, mode_t mode)
{
    int result = __real_mkdir(path, mode);
    struct stat info;
    if (result == 0 && stat(path, &info) == 0)
        g_string_append_c(calls, g_ascii_toupper(letter_of(&info)));
    return result;
}

static void
each_folder_that_is_made_is_synced_into_the_one_above(void **state)
{
    (void)state;
    g_autofree char *root = scratch = fg_scratch(), *deep = g_build_filename(root, "a", "b", NULL);
    g_autoptr(GString) log = calls = g_string_new(NULL);
    assert_true(fg_folder_make(deep, NULL));
    assert_string_equal(log->str, "AsBa");
    assert_true(fg_folder_make(deep, NULL));
    assert_string_equal(log->str, "AsBa");
}

static void
a_folder_that_may_not_stay_is_not_made(void **state)
{
    (void)state;
    g_autofree char *root = scratch = fg_scratch(), *deep = g_build_filename(root, "a", "b", NULL);
    g_autoptr(GString) log = calls = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    fails = TRUE;
    assert_false(fg_folder_make(deep, &error));
    fails = FALSE;
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_OUTPUT));
    assert_string_equal(log->str, "As");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_that_may_not_stay_is_not_made),
        cmocka_unit_test(each_folder_that_is_made_is_synced_into_the_one_above),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
