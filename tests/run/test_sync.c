/* In which order the files of a photo come to the disk.
 * wraps: fsync renameat renameat2 */
#include "run/heard.h"

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_renameat(int from, const char *old, int to, const char *new);
int __wrap_renameat(int from, const char *old, int to, const char *new);
int __real_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags);

static GString
    *calls; /* f: a file is synced, n: it gets its name, d: the folder is synced, t: the photo is told */

int
__wrap_fsync(int fd)
{
    struct stat info;
    assert_int_equal(fstat(fd, &info), 0);
    g_string_append_c(calls, S_ISDIR(info.st_mode) ? 'd' : 'f');
    return __real_fsync(fd);
}

int
__wrap_renameat(int from, const char *old, int to, const char *new)
{
    g_string_append_c(calls, 'n');
    return __real_renameat(from, old, to, new);
}

int
__wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    g_string_append_c(calls, 'n');
    return __real_renameat2(from, old, to, new, flags);
}

static void
hear_end(const FgPlanned *planned, FgOutcome *outcome, gpointer data)
{
    (void)planned;
    (void)data;
    if (outcome)
        g_string_append_c(calls, 't');
}

static void
each_file_is_synced_before_its_name_and_the_folder_once_before_the_photo_is_told(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, NULL);
    FgRunOptions options = options_for(out);
    options.jobs = 1;
    g_autoptr(GString) log = calls = g_string_new(NULL);
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear_end, NULL, NULL));
    assert_string_equal(log->str, "d" /* A folder was made for them. */
                                  "fnfnfnfndt"
                                  "fnfnfnfndt"
                                  "fnfnfnfndt");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_file_is_synced_before_its_name_and_the_folder_once_before_the_photo_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
