#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/draft.h"
#include "base/text.h"
#include "base/throw.h"

#define MAP_FROM ((goffset)16 << 20) /* Below, a copy is as fast as a map and safe from a shrinking file. */
#define STREAM_CEILING ((gsize)1 << 30) /* Of a pipe, whose length nobody knows. */

/* ---- Reading ---- */

int
fg_file_open(const char *path, guint64 ceiling, struct stat *info, GError **error)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "can't be opened");
        return -1;
    }
    if (fstat(fd, info) != 0)
        fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "can't be looked at");
    else if (!S_ISREG(info->st_mode))
        fg_throw(error, FG_ERROR_UNREADABLE, "is no regular file");
    else if (ceiling > 0 && (guint64)info->st_size > ceiling)
        fg_throw(error, FG_ERROR_LIMIT, "has %" G_GUINT64_FORMAT " bytes, the limit is %" G_GUINT64_FORMAT,
                 (guint64)info->st_size, ceiling);
    else
        return fd;
    close(fd);
    return -1;
}

/* Up to `length` bytes from the start, less when the file has shrunk. */
static GBytes *
read_regular(int fd, gsize length, GError **error)
{
    guint8 *data = g_try_malloc(MAX(length, 1));
    if (!data)
        return fg_throw_null(error, FG_ERROR_MEMORY, "%" G_GSIZE_FORMAT " bytes don't fit into memory",
                             length);
    gsize done = 0;
    while (done < length) {
        ssize_t count = pread(fd, data + done, length - done, (off_t)done);
        if (count == 0)
            break;
        if (count < 0 && errno != EINTR) {
            int errnum = errno;
            g_free(data);
            fg_throw_errno(error, FG_ERROR_UNREADABLE, errnum, "can't be read");
            return NULL;
        }
        done += count > 0 ? (gsize)count : 0;
    }
    return g_bytes_new_take(data, done);
}

static GBytes *
read_stream(int fd, GError **error)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    guint8 chunk[16 * 1024];
    for (;;) {
        ssize_t count = read(fd, chunk, sizeof chunk);
        if (count == 0)
            return g_byte_array_free_to_bytes(g_steal_pointer(&all));
        if (count > 0)
            g_byte_array_append(all, chunk, (guint)count);
        else if (errno != EINTR) {
            fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "can't be read");
            return NULL;
        }
        if (all->len > STREAM_CEILING)
            return fg_throw_null(error, FG_ERROR_LIMIT, "has over %" G_GSIZE_FORMAT " bytes", STREAM_CEILING);
    }
}

GBytes *
fg_file_read_fd(int fd, GError **error)
{
    struct stat info;
    if (fstat(fd, &info) != 0) {
        fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "can't be looked at");
        return NULL;
    }
    if (!S_ISREG(info.st_mode))
        return read_stream(fd, error);
    if (fd != STDIN_FILENO && info.st_size >= MAP_FROM) {
        g_autoptr(GMappedFile) map = g_mapped_file_new_from_fd(fd, FALSE, NULL);
        if (map)
            return g_mapped_file_get_bytes(map);
    }
    return read_regular(fd, (gsize)info.st_size, error);
}

GBytes *
fg_file_read(const char *path, guint64 ceiling, GError **error)
{
    struct stat info;
    int fd = fg_file_open(path, ceiling, &info, error);
    if (fd < 0)
        return NULL;
    GBytes *bytes = read_regular(fd, (gsize)info.st_size, error);
    close(fd);
    return bytes;
}

char *
fg_file_sha256(const char *path, GError **error)
{
    struct stat info;
    int fd = fg_file_open(path, 0, &info, error);
    if (fd < 0)
        return NULL;
    char *digest = fg_sha256_hex_fd(fd, error);
    close(fd);
    return digest;
}

/* ---- Writing ---- */

static gboolean
place(FgDraft *draft, const char *path, GBytes *bytes, mode_t mode, GError **error)
{
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    return fg_draft_begin(draft, path, mode, error) && fg_draft_write(draft, data, length, error) &&
           fg_draft_place(draft, path, error);
}

gboolean
fg_file_place(const char *path, GBytes *bytes, mode_t mode, GError **error)
{
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    return place(&draft, path, bytes, mode, error);
}

gboolean
fg_file_place_new(const char *path, GBytes *bytes, mode_t mode, GError **error)
{
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    return fg_draft_begin(&draft, path, mode, error) && fg_draft_write(&draft, data, length, error) &&
           fg_draft_place_new(&draft, path, error);
}

gboolean
fg_file_replace(const char *path, GBytes *bytes, mode_t mode, GError **error)
{
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    return place(&draft, path, bytes, mode, error) && fg_draft_settle(&draft, error);
}

gboolean
fg_folder_sync(const char *path, GError **error)
{
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    draft.folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (draft.folder < 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't open the folder");
    return fg_draft_settle(&draft, error);
}

/* A new name is sure to be there after a power cut when its folder was synced; one that we may not read can't
 * be. On failure errno says why, here and below. */
static gboolean
sync_above(const char *parent)
{
    int folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return TRUE;
    int errnum = fsync(folder) == 0 ? 0 : errno;
    close(folder);
    errno = errnum;
    return errnum == 0 || errnum == EINVAL; /* Some file systems don't sync folders. */
}

static gboolean
make_folder(const char *path)
{
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        return TRUE;
    g_autofree char *parent = g_path_get_dirname(path);
    if (!make_folder(parent))
        return FALSE;
    if (mkdir(path, 0755) == 0)
        return sync_above(parent);
    int errnum = errno;
    if (errnum == EEXIST && g_file_test(path, G_FILE_TEST_IS_DIR))
        return sync_above(parent);
    errno = errnum;
    return FALSE;
}

gboolean
fg_folder_make(const char *path, GError **error)
{
    if (make_folder(path))
        return TRUE;
    int errnum = errno;
    g_autofree char *printable = fg_text_printable(path);
    return fg_throw_errno(error, FG_ERROR_OUTPUT, errnum, "can't make the folder %s", printable);
}

gboolean
fg_folder_takes_files(const char *path, GError **error)
{
    if (access(path, W_OK | X_OK) == 0)
        return TRUE;
    int errnum = errno;
    g_autofree char *parent = g_path_get_dirname(path), *shown = fg_text_printable(path);
    if (errnum == ENOENT && !g_str_equal(parent, path))
        return fg_folder_takes_files(parent, error);
    return fg_throw_errno(error, FG_ERROR_OUTPUT, errnum, "the folder %s takes no files", shown);
}
