/* place.c: where an amended file comes from and goes to: over itself, into a folder, or to standard output.
 */
#include "amend/amend_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INPUT_CEILING ((guint64)4 << 30)

static gboolean
is_standard(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

int
fg_amend_open(const char *path, const FgAmendOptions *options, GError **error)
{
    struct stat info;
    gboolean fine = TRUE;
    if (!options->in_place && !options->out)
        fine = fg_throw(error, FG_ERROR_USAGE, "say where to write: --in-place, -o DIR or -o -");
    else if (options->in_place && options->out)
        fine = fg_throw(error, FG_ERROR_USAGE, "--in-place and -o exclude each other");
    else if (options->in_place && is_standard(path))
        fine = fg_throw(error, FG_ERROR_USAGE, "standard input can't be rewritten in place");
    if (!fine)
        return -1;
    int fd = is_standard(path) ? dup(STDIN_FILENO) : fg_file_open(path, INPUT_CEILING, &info, error);
    if (fd < 0 && is_standard(path))
        fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "standard input can't be read");
    return fd;
}

static gboolean
write_standard(GBytes *bytes, GError **error)
{
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, data, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't write to standard output");
        data += written;
        length -= (gsize)written;
    }
    return TRUE;
}

/* The rewrite gives the name to a new file, so that a second name for the old one keeps it with all it has. A
 * backup that is there already is of the true original, and stays. */
static gboolean
keep_backup(const char *path, GBytes *before, GError **error)
{
    g_autofree char *backup = g_strconcat(path, ".orig", NULL);
    struct stat info;
    if (lstat(backup, &info) == 0 || link(path, backup) == 0)
        return TRUE;
    if (errno == EEXIST)
        return TRUE;
    if (stat(path, &info) != 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't keep a backup");
    return fg_file_replace(backup, before, info.st_mode & 0777, error);
}

/* Through a symbolic link the file that it names is rewritten, not the link. */
static gboolean
put_in_place(const char *path, const FgAmendOptions *options, GBytes *before, GBytes *after, GError **error)
{
    char *real = realpath(path, NULL);
    if (!real)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't find the file again");
    gboolean done =
        (!options->backup || keep_backup(real, before, error)) && fg_file_rewrite(real, after, error);
    free(real);
    return done;
}

static gboolean
put_in_folder(const char *path, const char *target, GBytes *after, GError **error)
{
    struct stat source = {0}, there;
    mode_t mode = 0644;
    if (!is_standard(path) && stat(path, &source) == 0) {
        mode = source.st_mode & 0777;
        if (stat(target, &there) == 0 && there.st_dev == source.st_dev && there.st_ino == source.st_ino)
            return fg_throw(error, FG_ERROR_CLASH, "the output is the file itself; --in-place rewrites it");
    }
    g_autofree char *folder = g_path_get_dirname(target);
    return fg_folder_make(folder, error) && fg_file_replace(target, after, mode, error);
}

gboolean
fg_amend_put(const char *path, const char *below, const FgAmendOptions *options, GBytes *before,
             GBytes *after, FgAmendResult *result, GError **error)
{
    gboolean same = g_bytes_equal(before, after);
    result->status = same ? FG_AS_IT_WAS : FG_AMENDED;
    result->path = options->in_place || is_standard(options->out)
                       ? g_strdup(options->in_place ? path : "-")
                       : g_build_filename(options->out, below, NULL);
    if (options->dry_run || (options->in_place && same))
        return TRUE;
    if (options->in_place)
        return put_in_place(path, options, before, after, error);
    if (is_standard(options->out))
        return write_standard(after, error);
    return put_in_folder(path, result->path, after, error);
}

gboolean
fg_amend_check_whole(const FgContainer *container, GError **error)
{
    if (container->complete)
        return TRUE;
    return fg_container_verify(container, error)
               ? fg_throw(error, FG_ERROR_MALFORMED, "the file is cut short")
               : FALSE;
}

/* The compressed picture of a container, piece by piece. */
typedef struct {
    const FgContainer *container;
    guint next; /* part */
    const guint8 *at;
    gsize left;
} Picture;

static void
find_piece(Picture *picture)
{
    const guint8 *file = g_bytes_get_data(picture->container->file, NULL);
    while (picture->left == 0 && picture->next < picture->container->parts->len) {
        const FgPart *part = picture->container->parts->pdata[picture->next++];
        if (part->kind != FG_PART_PICTURE || part->name)
            continue;
        picture->at = file + part->offset;
        picture->left = part->length;
    }
}

/* Byte for byte, however the two are cut into pieces. */
static gboolean
is_same_picture(const FgContainer *before, const FgContainer *after)
{
    Picture a = {.container = before}, b = {.container = after};
    for (;;) {
        find_piece(&a);
        find_piece(&b);
        gsize length = MIN(a.left, b.left);
        if (length == 0)
            return a.left == b.left;
        if (memcmp(a.at, b.at, length) != 0)
            return FALSE;
        a.at += length;
        b.at += length;
        a.left -= length;
        b.left -= length;
    }
}

gboolean
fg_amend_check_picture(const FgContainer *before, const FgContainer *after, GError **error)
{
    if (before->width == after->width && before->height == after->height && is_same_picture(before, after))
        return TRUE;
    return fg_throw(error, FG_ERROR_INTERNAL, "the picture would not be the same");
}

void
fg_amend_result_clear(FgAmendResult *result)
{
    g_clear_pointer(&result->path, g_free);
    g_clear_pointer(&result->removed, g_ptr_array_unref);
}

guint
fg_amend_group(const char *name)
{
    return fg_keep_from_name(name);
}
