/* lock.c: one run at a time writes into an output folder; the shards of one run write together. */
#include "publish/publish_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

enum { TICK_MS = 200, TRIES = 100 };

struct FgRunLock {
    char *out, *state; /* the output folder and .filigrane in it */
    char *made;        /* the topmost folder that was made for the lock, or NULL */
    int whole, part;   /* descriptors, or -1 */
    gboolean fresh;    /* the file of `whole` was not there before */
    gboolean kept;
    guint k, n;
};

/* ---- Folders and files ---- */

static char *
first_missing(const char *path)
{
    g_autofree char *parent = g_path_get_dirname(path);
    if (access(path, F_OK) == 0 || errno != ENOENT)
        return NULL;
    char *above = g_str_equal(parent, path) ? NULL : first_missing(parent);
    return above ? above : g_strdup(path);
}

static gboolean
make_folders(FgRunLock *lock, GError **error)
{
    g_autofree char *shown = fg_text_printable(lock->out);
    if (!lock->made)
        lock->made = first_missing(lock->state);
    if (fg_folder_make(lock->state, NULL))
        return TRUE;
    return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "the folder %s takes no files", shown);
}

/* NFS locks for writing only what is open for writing; a file of another member of a group may be open to be
 * read alone, which does elsewhere. */
static int
open_file(const char *path, gboolean *made)
{
    const int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    int fd = open(path, O_RDWR | flags);
    if (fd < 0 && errno == ENOENT) {
        fd = open(path, O_RDWR | O_CREAT | O_EXCL | flags, 0666);
        *made = fd >= 0;
    }
    return fd < 0 && (errno == EACCES || errno == EROFS) ? open(path, O_RDONLY | flags) : fd;
}

/* ---- Waiting ---- */

static void
tell_of_no_lock(const FgPublishing *publish, const char *path, int errnum)
{
    if (errnum == EROFS) /* Nothing can be written there at all. */
        return;
    g_autofree char *shown = fg_text_printable(path);
    fg_publish_note(publish, TRUE,
                    "%s can't be locked (%s): let no other run write into this folder meanwhile", shown,
                    g_strerror(errnum));
}

static gboolean
wait_for(const FgPublishing *publish, int fd, int how, const char *path, GError **error)
{
    g_autofree char *shown = fg_text_printable(path);
    const gint *interrupted = publish->options->interrupted;
    gboolean told = FALSE;
    while (flock(fd, how | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            tell_of_no_lock(publish, path, errno);
            return TRUE;
        }
        if (!told)
            fg_publish_note(publish, TRUE, "another run writes into this folder: waiting for %s", shown);
        told = TRUE;
        if (interrupted && g_atomic_int_get(interrupted))
            return fg_throw(error, FG_ERROR_INTERRUPTED, "interrupted");
        poll(NULL, 0, TICK_MS); /* Not in flock: a signal just before it would be waited for in vain. */
    }
    return TRUE;
}

/* A file that its last holder has removed locks nobody out. */
static gboolean
is_removed(int fd)
{
    struct stat info;
    return fstat(fd, &info) != 0 || info.st_nlink == 0;
}

/* Opens and locks one file. *held stays -1 without an error where that can't be done. */
static gboolean
take(const FgPublishing *publish, FgRunLock *lock, const char *path, int how, int *held, GError **error)
{
    int errnum = ENOENT;
    for (guint tries = 0; tries < TRIES; tries++) {
        gboolean made = FALSE;
        if (!make_folders(lock, error))
            return FALSE;
        *held = open_file(path, &made);
        errnum = errno;
        if (*held < 0 && errnum != ENOENT && errnum != EEXIST) /* Either: it came or went meanwhile. */
            break;
        if (*held < 0)
            continue;
        if (!wait_for(publish, *held, how, path, error))
            return FALSE;
        if (!is_removed(*held)) {
            lock->fresh = lock->fresh || made;
            return TRUE;
        }
        close(*held);
        *held = -1;
    }
    tell_of_no_lock(publish, path, errnum);
    return TRUE;
}

FgRunLock *
fg_run_lock_take(const FgPublishing *publish, GError **error)
{
    const FgPublishOptions *options = publish->options;
    g_autoptr(FgRunLock) lock = g_new0(FgRunLock, 1);
    lock->out = g_strdup(options->out);
    lock->state = g_build_filename(options->out, ".filigrane", NULL);
    lock->whole = lock->part = -1;
    lock->k = options->shard;
    lock->n = options->shards;
    g_autofree char *whole = fg_journal_lock_path(options->out, 0, 0);
    g_autofree char *part = fg_journal_lock_path(options->out, lock->k, lock->n);
    if (!take(publish, lock, whole, lock->n ? LOCK_SH : LOCK_EX, &lock->whole, error) ||
        (lock->n && !take(publish, lock, part, LOCK_EX, &lock->part, error)))
        return NULL;
    return g_steal_pointer(&lock);
}

gboolean
fg_run_lock_is_held(const char *out)
{
    g_autofree char *path = fg_journal_lock_path(out, 0, 0);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return FALSE;
    gboolean held = flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    close(fd);
    return held;
}

/* ---- Ending ---- */

void
fg_run_lock_keep(FgRunLock *lock)
{
    lock->kept = TRUE;
}

/* A run that did nothing leaves nothing: not even the folders that the lock needed. */
static void
undo(const FgRunLock *lock)
{
    if (lock->kept || !lock->fresh || lock->whole < 0 || flock(lock->whole, LOCK_EX | LOCK_NB) != 0)
        return;
    for (guint part = 0; part < 2; part++) {
        g_autofree char *path = fg_journal_lock_path(lock->out, part * lock->k, part * lock->n);
        unlink(path);
    }
    g_autofree char *folder = g_strdup(lock->made ? lock->state : NULL);
    while (folder && rmdir(folder) == 0 && !g_str_equal(folder, lock->made)) {
        char *parent = g_path_get_dirname(folder);
        g_free(folder);
        folder = parent;
    }
}

void
fg_run_lock_free(FgRunLock *lock)
{
    if (!lock)
        return;
    undo(lock);
    if (lock->part >= 0)
        close(lock->part);
    if (lock->whole >= 0)
        close(lock->whole);
    g_free(lock->out);
    g_free(lock->state);
    g_free(lock->made);
    g_free(lock);
}
