/* check.c: one file, for a program. */
#include "check/check_private.h"

#include <string.h>

const char *
fg_verdict_name(FgVerdict verdict)
{
    static const char *const names[] = {"pass", "fail", "unreadable"};
    g_assert(verdict < G_N_ELEMENTS(names));
    return names[verdict];
}

FgCheck *
fg_check_file(const char *path, const FgCheckOptions *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) file = strcmp(path, "-") == 0 ? fg_file_read_fd(STDIN_FILENO, &error)
                                                    : fg_file_read(path, fg_check_ceiling(options), &error);
    return file ? fg_check_bytes(path, file, options) : fg_check_unreadable(fg_check_new(path), error);
}
