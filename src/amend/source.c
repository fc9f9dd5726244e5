/* source.c: the file that is to be amended, or standard input. */
#include "amend/amend_private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

gboolean
fg_amend_is_standard(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

static gboolean
check_options(const char *path, const FgAmendOptions *options, GError **error)
{
    if (!options->in_place && !options->out)
        return fg_throw(error, FG_ERROR_USAGE, "say where to write: --in-place, -o DIR or -o -");
    if (options->in_place && options->out)
        return fg_throw(error, FG_ERROR_USAGE, "--in-place and -o exclude each other");
    if (options->in_place && fg_amend_is_standard(path))
        return fg_throw(error, FG_ERROR_USAGE, "standard input can't be rewritten in place");
    return TRUE;
}

/* A stream can be read only once, and its end is no process's to wait for. */
static int
open_standard(GError **error)
{
    g_autoptr(GBytes) bytes = fg_file_read_fd(STDIN_FILENO, error);
    return bytes ? fg_sealed_file(bytes, error) : -1;
}

int
fg_amend_open(const char *path, const FgAmendOptions *options, struct stat *info, GError **error)
{
    if (!check_options(path, options, error))
        return -1;
    if (!fg_amend_is_standard(path))
        return fg_file_open(path, FG_AMEND_CEILING, info, error);
    int fd = open_standard(error);
    if (fd < 0 || fstat(fd, info) == 0)
        return fd;
    fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "standard input can't be read");
    close(fd);
    return -1;
}
