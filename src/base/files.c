#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/text.h"
#include "base/throw.h"

#define MAP_FROM ((goffset)16 << 20) /* Below, a copy is as fast as a map and safe from a shrinking file. */
#define STREAM_CEILING ((gsize)1 << 30) /* Of a pipe, whose length nobody knows. */
#define TEMPORARY_PREFIX ".fg-"         /* and 16 hex digits, and: */
#define TEMPORARY_SUFFIX ".tmp"
#define TEMPORARY_LENGTH 24

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
    if (info.st_size >= MAP_FROM) {
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
    GBytes *bytes = fg_file_read_fd(fd, error);
    close(fd);
    return bytes;
}

/* ---- Writing ---- */

/* A file that is being written under a temporary name. The writer holds a lock on it, which tells a sweeper
 * in another process that it is no left-over. */
typedef struct {
    int folder, file;
    char name[TEMPORARY_LENGTH + 1]; /* empty once it is in place */
} Draft;

static void
draft_clear(Draft *draft)
{
    if (draft->name[0])
        unlinkat(draft->folder, draft->name, 0);
    if (draft->file >= 0)
        close(draft->file);
    if (draft->folder >= 0)
        close(draft->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Draft, draft_clear)

/* Makes the file and takes its lock. A sweeper may come between the two: then the name is gone and another is
 * made. */
static gboolean
draft_begin(Draft *draft, const char *folder, mode_t mode, GError **error)
{
    draft->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (draft->folder < 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't open the folder");
    for (int tries = 0; tries < 100; tries++) {
        guint64 number;
        if (getrandom(&number, sizeof number, 0) != sizeof number)
            continue;
        g_snprintf(draft->name, sizeof draft->name,
                   TEMPORARY_PREFIX "%016" G_GINT64_MODIFIER "x" TEMPORARY_SUFFIX, number);
        draft->file =
            openat(draft->folder, draft->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (draft->file < 0) {
            int errnum = errno;
            draft->name[0] = 0;
            if (errnum == EEXIST || errnum == EINTR)
                continue;
            return fg_throw_errno(error, FG_ERROR_OUTPUT, errnum, "can't make a file");
        }
        struct stat info;
        if (flock(draft->file, LOCK_EX) != 0 || (fstat(draft->file, &info) == 0 && info.st_nlink > 0))
            return TRUE; /* A file system without locks has no sweeper of ours on another machine to fear. */
        close(draft->file);
        draft->file = -1;
    }
    return fg_throw(error, FG_ERROR_OUTPUT, "can't make a file: no free name");
}

static gboolean
draft_fill(Draft *draft, GBytes *bytes, GError **error)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    for (gsize done = 0; done < length;) {
        ssize_t count = write(draft->file, data + done, length - done);
        if (count < 0 && errno != EINTR)
            return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be written");
        done += count > 0 ? (gsize)count : 0;
    }
    return TRUE;
}

/* Mode, owner and times of a former file. The owner may not be ours to give; then no bit may borrow his
 * rights. */
static gboolean
draft_resemble(Draft *draft, const struct stat *like, GError **error)
{
    mode_t mode = like->st_mode & 07777;
    if (fchown(draft->file, like->st_uid, like->st_gid) != 0)
        mode &= 0777;
    const struct timespec times[2] = {like->st_atim, like->st_mtim};
    if (fchmod(draft->file, mode) != 0 || futimens(draft->file, times) != 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't take over mode and times");
    return TRUE;
}

/* Sync, close, rename: in this order a name never points to half a file, even after a power cut. */
static gboolean
draft_place(Draft *draft, const char *name, GError **error)
{
    if (fsync(draft->file) != 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be synced");
    if (renameat(draft->folder, draft->name, draft->folder, name) != 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be put in place");
    draft->name[0] = 0;
    int file = draft->file;
    draft->file = -1;
    if (close(file) != 0 && errno != EINTR)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be closed");
    return TRUE;
}

/* Only then the new name is sure to survive a power cut, too. */
static gboolean
sync_names(int folder, GError **error)
{
    if (fsync(folder) != 0 && errno != EINVAL) /* Some file systems don't sync folders. */
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't sync the folder");
    return TRUE;
}

static gboolean
place(Draft *draft, const char *path, GBytes *bytes, mode_t mode, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    return draft_begin(draft, folder, mode, error) && draft_fill(draft, bytes, error) &&
           draft_place(draft, name, error);
}

gboolean
fg_file_place(const char *path, GBytes *bytes, mode_t mode, GError **error)
{
    g_auto(Draft) draft = {.folder = -1, .file = -1};
    return place(&draft, path, bytes, mode, error);
}

gboolean
fg_file_replace(const char *path, GBytes *bytes, mode_t mode, GError **error)
{
    g_auto(Draft) draft = {.folder = -1, .file = -1};
    return place(&draft, path, bytes, mode, error) && sync_names(draft.folder, error);
}

gboolean
fg_file_rewrite(const char *path, GBytes *bytes, GError **error)
{
    /* A link stays a link: the file that it names is the one to replace. */
    char *resolved = realpath(path, NULL);
    if (!resolved)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be found");
    g_autofree char *target = g_strdup(resolved);
    free(resolved);
    struct stat like;
    if (stat(target, &like) != 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be looked at");
    g_autofree char *folder = g_path_get_dirname(target);
    g_autofree char *name = g_path_get_basename(target);
    g_auto(Draft) draft = {.folder = -1, .file = -1};
    return draft_begin(&draft, folder, 0600, error) && draft_fill(&draft, bytes, error) &&
           draft_resemble(&draft, &like, error) && draft_place(&draft, name, error) &&
           sync_names(draft.folder, error);
}

gboolean
fg_folder_sync(const char *path, GError **error)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't open the folder");
    gboolean fine = sync_names(folder, error);
    close(folder);
    return fine;
}

gboolean
fg_folder_make(const char *path, GError **error)
{
    if (g_mkdir_with_parents(path, 0755) == 0)
        return TRUE;
    int errnum = errno;
    g_autofree char *printable = fg_text_printable(path);
    return fg_throw_errno(error, FG_ERROR_OUTPUT, errnum, "can't make the folder %s", printable);
}

/* ---- What a killed run left ---- */

gboolean
fg_file_is_temporary(const char *name)
{
    if (strlen(name) != TEMPORARY_LENGTH || !g_str_has_prefix(name, TEMPORARY_PREFIX) ||
        !g_str_has_suffix(name, TEMPORARY_SUFFIX))
        return FALSE;
    gsize digits = strlen(TEMPORARY_PREFIX);
    return strspn(name + digits, "0123456789abcdef") == TEMPORARY_LENGTH - digits - strlen(TEMPORARY_SUFFIX);
}

void
fg_folder_sweep(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;
    while (folder && (name = g_dir_read_name(folder))) {
        if (!fg_file_is_temporary(name))
            continue;
        g_autofree char *file = g_build_filename(path, name, NULL);
        int fd = open(file, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0)
            continue;
        struct stat info;
        if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && flock(fd, LOCK_EX | LOCK_NB) == 0)
            unlink(file);
        close(fd);
    }
}
