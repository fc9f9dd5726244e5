#include "base/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/files.h"
#include "base/record.h"
#include "base/throw.h"

#define TRIES 100
#define CHUNK (256 * 1024)

static void
close_descriptor(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void
fg_draft_clear(FgDraft *draft)
{
    if (draft->name[0])
        unlinkat(draft->folder, draft->name, 0);
    fg_record_remove(draft);
    draft->name[0] = '\0';
    close_descriptor(&draft->file);
    close_descriptor(&draft->folder);
}

/* ---- Beginning ---- */

gboolean
fg_draft_name(char name[FG_DRAFT_NAME + 1])
{
    guint64 number;
    if (getrandom(&number, sizeof number, 0) != sizeof number)
        return FALSE;
    g_snprintf(name, FG_DRAFT_NAME + 1, FG_DRAFT_PREFIX "%016" G_GINT64_MODIFIER "x" FG_DRAFT_SUFFIX, number);
    return TRUE;
}

const char *
fg_descriptor_path(int file, char path[FG_DESCRIPTOR_PATH])
{
    g_snprintf(path, FG_DESCRIPTOR_PATH, "/proc/self/fd/%d", file);
    return path;
}

/* Makes the file and takes its lock, which tells a sweeper that it is no left-over. A sweeper may come
 * between the two: then the name is gone. Returns 0, EAGAIN when another name is to be tried, or what went
 * wrong. */
static int
make_locked(FgDraft *draft, mode_t mode)
{
    draft->file =
        openat(draft->folder, draft->name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (draft->file < 0)
        return errno == EEXIST || errno == EINTR ? EAGAIN : errno;
    struct stat info;
    if (flock(draft->file, LOCK_EX) != 0 || (fstat(draft->file, &info) == 0 && info.st_nlink > 0))
        return 0; /* A file system without locks has no sweeper of ours on another machine to fear. */
    close_descriptor(&draft->file);
    return EAGAIN;
}

static gboolean
open_folder(FgDraft *draft, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    draft->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return draft->folder >= 0 || fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't open the folder");
}

gboolean
fg_draft_begin(FgDraft *draft, const char *path, mode_t mode, GError **error)
{
    if (!open_folder(draft, path, error))
        return FALSE;
    int failure = EAGAIN;
    for (guint tries = 0; tries < TRIES && failure == EAGAIN; tries++)
        failure = fg_draft_name(draft->name) ? make_locked(draft, mode) : EAGAIN;
    if (failure == 0)
        return TRUE;
    draft->name[0] = '\0'; /* It may be another process's. */
    return fg_throw_errno(error, FG_ERROR_OUTPUT, failure, "can't make a file");
}

/* A file without a name gets one by its descriptor's path, so that there has to be such a path. */
static gboolean
make_nameless(FgDraft *draft, mode_t mode)
{
    char self[FG_DESCRIPTOR_PATH];
    draft->file = openat(draft->folder, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, mode);
    if (draft->file >= 0 && access(fg_descriptor_path(draft->file, self), F_OK) == 0) {
        flock(draft->file, LOCK_EX);
        return TRUE;
    }
    close_descriptor(&draft->file);
    return FALSE;
}

gboolean
fg_draft_begin_apart(FgDraft *draft, const char *path, mode_t mode, GError **error)
{
    if (!open_folder(draft, path, error))
        return FALSE;
    if (make_nameless(draft, mode))
        return TRUE;
    int failure = EAGAIN;
    for (guint tries = 0; tries < TRIES && failure == EAGAIN; tries++) {
        failure = fg_record_begin(draft, TRUE);
        if (failure == 0 && (failure = make_locked(draft, mode)) != 0)
            fg_record_remove(draft);
    }
    return failure == 0 || fg_throw_errno(error, FG_ERROR_OUTPUT, failure, "can't make a file");
}

gboolean
fg_draft_begin_nameless(FgDraft *draft, GError **error)
{
    draft->file = memfd_create("filigrane", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    return draft->file >= 0 || fg_throw_errno(error, FG_ERROR_INTERNAL, errno, "can't make a file in memory");
}

/* ---- Filling ---- */

gboolean
fg_draft_write(FgDraft *draft, const void *data, gsize length, GError **error)
{
    const guint8 *bytes = data;
    for (gsize done = 0; done < length;) {
        ssize_t count = write(draft->file, bytes + done, length - done);
        if (count < 0 && errno != EINTR)
            return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be written");
        done += count > 0 ? (gsize)count : 0;
    }
    return TRUE;
}

/* Where the kernel can't copy between these two files, as from one file system to another. */
static gboolean
copy_by_hand(FgDraft *draft, int from, guint64 offset, guint64 length, GError **error)
{
    g_autofree guint8 *chunk = g_malloc(CHUNK);
    while (length > 0) {
        ssize_t count = pread(from, chunk, MIN(length, CHUNK), (off_t)offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "can't be read");
        if (count == 0)
            return fg_throw(error, FG_ERROR_UNREADABLE, "became shorter while it was read");
        if (!fg_draft_write(draft, chunk, (gsize)count, error))
            return FALSE;
        offset += (guint64)count;
        length -= (guint64)count;
    }
    return TRUE;
}

gboolean
fg_draft_copy(FgDraft *draft, int from, guint64 offset, guint64 length, GError **error)
{
    off_t at = (off_t)offset;
    while (length > 0) {
        ssize_t count = copy_file_range(from, &at, draft->file, NULL, length, 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EIO || errno == EFBIG))
            return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be written");
        if (count <= 0) /* Some file systems say 0 for what they can't do. */
            return copy_by_hand(draft, from, (guint64)at, length, error);
        length -= (guint64)count;
    }
    return TRUE;
}

/* ---- Reading again ---- */

/* A second descriptor of a file in memory shares the right to write, so that this right ends for all. */
static int
seal(const FgDraft *draft)
{
    const int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
    return fcntl(draft->file, F_ADD_SEALS, seals) == 0 ? fcntl(draft->file, F_DUPFD_CLOEXEC, 0) : -1;
}

int
fg_draft_reader(const FgDraft *draft, GError **error)
{
    char self[FG_DESCRIPTOR_PATH];
    int file = draft->name[0]       ? openat(draft->folder, draft->name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
               : draft->folder >= 0 ? open(fg_descriptor_path(draft->file, self), O_RDONLY | O_CLOEXEC)
                                    : seal(draft);
    if (file < 0)
        fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be read again");
    return file;
}

/* ---- Ending ---- */

/* Where the file system can't rename without replacing, a last look must do. */
static int
rename_new(const FgDraft *draft, const char *name)
{
    struct stat info;
    if (renameat2(draft->folder, draft->name, draft->folder, name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (fstatat(draft->folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return -1;
    }
    return errno == ENOENT ? renameat(draft->folder, draft->name, draft->folder, name) : -1;
}

static gboolean
place(FgDraft *draft, const char *path, gboolean fresh, GError **error)
{
    g_autofree char *name = g_path_get_basename(path);
    if (fsync(draft->file) != 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be synced");
    if ((fresh ? rename_new(draft, name) : renameat(draft->folder, draft->name, draft->folder, name)) != 0)
        return fg_throw_errno(error, fresh && errno == EEXIST ? FG_ERROR_CLASH : FG_ERROR_OUTPUT, errno,
                              "can't be put in place");
    draft->name[0] = '\0';
    int file = draft->file;
    draft->file = -1;
    if (close(file) != 0 && errno != EINTR)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be closed");
    return TRUE;
}

gboolean
fg_draft_place(FgDraft *draft, const char *path, GError **error)
{
    return place(draft, path, FALSE, error);
}

gboolean
fg_draft_place_new(FgDraft *draft, const char *path, GError **error)
{
    return place(draft, path, TRUE, error);
}

gboolean
fg_draft_settle(const FgDraft *draft, GError **error)
{
    if (fsync(draft->folder) != 0 && errno != EINVAL) /* Some file systems don't sync folders. */
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't sync the folder");
    return TRUE;
}

gboolean
fg_file_is_temporary(const char *name)
{
    const gsize before = strlen(FG_DRAFT_PREFIX), after = strlen(FG_DRAFT_SUFFIX);
    return strlen(name) == FG_DRAFT_NAME && g_str_has_prefix(name, FG_DRAFT_PREFIX) &&
           g_str_has_suffix(name, FG_DRAFT_SUFFIX) &&
           strspn(name + before, "0123456789abcdef") == FG_DRAFT_NAME - before - after;
}
