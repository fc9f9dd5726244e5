#include "base/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/kept.h"
#include "base/record.h"
#include "base/throw.h"

#define TRIES 100

/* ---- Is it still the same file? ---- */

static gboolean
is_same_time(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/* What a file holds; its third time changes also when it gets another name. */
static gboolean
is_same_content(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           is_same_time(&a->st_mtim, &b->st_mtim);
}

static gboolean
is_same(const struct stat *a, const struct stat *b)
{
    return is_same_content(a, b) && is_same_time(&a->st_ctim, &b->st_ctim);
}

/* Whether another process has the file open to write, and so may still change what we compared. A lease is
 * given for a file that nobody has, and is given back at once; not every file system has them, and not
 * everybody may ask. Should somebody open the file in between, the signal is one that changes nothing. */
gboolean
fg_file_is_being_written(int file)
{
    fcntl(file, F_SETSIG, SIGURG);
    if (fcntl(file, F_SETLEASE, F_RDLCK) != 0)
        return errno == EAGAIN;
    fcntl(file, F_SETLEASE, F_UNLCK);
    return FALSE;
}

static gboolean
check_at(const FgFormer *former, int folder, const char *name, GError **error)
{
    struct stat there, open;
    if (fstatat(folder, name, &there, AT_SYMLINK_NOFOLLOW) != 0 || there.st_dev != former->info.st_dev ||
        there.st_ino != former->info.st_ino)
        return fg_throw(error, FG_ERROR_UNREADABLE,
                        "was replaced while it was read; run the same command again");
    if (fstat(former->file, &open) != 0 || !is_same(&there, &former->info) || !is_same(&open, &former->info))
        return fg_throw(error, FG_ERROR_UNREADABLE, "changed while it was read; run the same command again");
    if (fg_file_is_being_written(former->file))
        return fg_throw(error, FG_ERROR_UNREADABLE, "another program is writing to it; close it there first");
    return TRUE;
}

gboolean
fg_former_check(const FgFormer *former, const char *path, GError **error)
{
    return check_at(former, AT_FDCWD, path, error);
}

/* ---- Names ---- */

static gboolean
is_unknown(int errnum)
{
    return errnum == EINVAL || errnum == ENOSYS || errnum == EOPNOTSUPP;
}

/* Never over anything; where the system has no such call, a check comes before. */
static int
rename_to_free(int folder, const char *from, const char *to)
{
    struct stat info;
    if (renameat2(folder, from, folder, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (!is_unknown(errno))
        return errno;
    if (fstatat(folder, to, &info, AT_SYMLINK_NOFOLLOW) == 0)
        return EEXIST;
    return renameat(folder, from, folder, to) == 0 ? 0 : errno;
}

char *
fg_keep_as(int folder, const char *name, const char *file, const char *kind)
{
    int failure = EEXIST;
    for (guint number = 0; number < FG_KEPT_MOST && failure == EEXIST; number++) {
        g_autofree char *kept = fg_kept_name(file, kind, number);
        failure = rename_to_free(folder, name, kept);
        if (failure == 0)
            return g_steal_pointer(&kept);
    }
    errno = failure;
    return NULL;
}

static gboolean
throw_place(int errnum, GError **error)
{
    return fg_throw_errno(error, FG_ERROR_OUTPUT, errnum, "can't be put in place");
}

static gboolean
throw_taken(GError **error)
{
    return fg_throw(error, FG_ERROR_UNREADABLE, "another program wrote a file of this name meanwhile");
}

/* A draft that has no name gets one. */
static int
link_draft(const FgDraft *draft, const char *name)
{
    char self[FG_DESCRIPTOR_PATH];
    const char *path = fg_descriptor_path(draft->file, self);
    return linkat(AT_FDCWD, path, draft->folder, name, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

/* ---- Taking a free name ---- */

static gboolean
take_free_name(FgDraft *draft, const char *name, GError **error)
{
    int failure = draft->name[0] ? rename_to_free(draft->folder, draft->name, name) : link_draft(draft, name);
    if (failure == EEXIST)
        return throw_taken(error);
    if (failure != 0)
        return throw_place(failure, error);
    fg_record_remove(draft);
    draft->name[0] = '\0';
    return TRUE;
}

/* ---- Exchanging names ---- */

static char *
digest_of(int file, GError **error)
{
    return lseek(file, 0, SEEK_SET) == 0 ? fg_sha256_hex_fd(file, error) : NULL;
}

static gboolean
record_both(const FgDraft *draft, const FgFormer *former, const char *name, GError **error)
{
    g_autofree char *ours = digest_of(draft->file, error);
    g_autofree char *theirs = ours ? digest_of(former->file, error) : NULL;
    return theirs && fg_record_write(draft, ours, theirs, name, error);
}

/* The draft has a temporary name and a record then. */
static gboolean
make_ready(FgDraft *draft, const FgFormer *former, const char *name, GError **error)
{
    if (draft->record >= 0)
        return record_both(draft, former, name, error) &&
               (fsync(draft->record) == 0 ||
                fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be synced"));
    int failure = EAGAIN;
    for (guint tries = 0; tries < TRIES && (failure == EAGAIN || failure == EEXIST); tries++) {
        fg_record_remove(draft);
        failure = fg_record_begin(draft, FALSE);
        if (failure == 0 && !record_both(draft, former, name, error))
            return FALSE;
        if (failure == 0)
            failure = link_draft(draft, draft->name);
    }
    return failure == 0 || fg_throw_errno(error, FG_ERROR_OUTPUT, failure, "can't make a file");
}

static gboolean
is_draft(const FgDraft *draft, const char *name)
{
    struct stat there, ours;
    return fstatat(draft->folder, name, &there, AT_SYMLINK_NOFOLLOW) == 0 && fstat(draft->file, &ours) == 0 &&
           there.st_dev == ours.st_dev && there.st_ino == ours.st_ino;
}

/* What the draft's name holds now is not ours: it gets a name that is seen. Where it can't have one it stays,
 * with the record, by which the next run finds it. */
static void
save(FgDraft *draft, const char *name, char **saved)
{
    char *kept = fg_keep_as(draft->folder, draft->name, name, FG_KEPT_SAVED);
    if (kept)
        fg_record_remove(draft);
    else if (draft->record >= 0)
        close(draft->record);
    draft->record = -1;
    draft->name[0] = '\0';
    if (saved)
        *saved = kept;
    else
        g_free(kept);
}

/* Another program was there between the last look and the exchange: its file gets its name back, unless it
 * has come again meanwhile, whose last word then counts. */
static gboolean
swap_back(FgDraft *draft, const char *name, char **saved, GError **error)
{
    if (is_draft(draft, name))
        renameat2(draft->folder, draft->name, draft->folder, name, RENAME_EXCHANGE);
    if (!is_draft(draft, draft->name))
        save(draft, name, saved);
    return fg_throw(error, FG_ERROR_UNREADABLE,
                    "another program wrote to it meanwhile; run the same command again");
}

static gboolean
exchange(FgDraft *draft, const FgFormer *former, const char *name, char **saved, GError **error)
{
    if (renameat2(draft->folder, draft->name, draft->folder, name, RENAME_EXCHANGE) != 0) {
        if (!is_unknown(errno))
            return errno == ENOENT ? fg_throw(error, FG_ERROR_UNREADABLE, "was removed while it was read")
                                   : throw_place(errno, error);
        if (renameat(draft->folder, draft->name, draft->folder, name) != 0)
            return throw_place(errno, error);
        fg_record_remove(draft);
        return TRUE;
    }
    struct stat out, open;
    if (fstatat(draft->folder, draft->name, &out, AT_SYMLINK_NOFOLLOW) != 0 ||
        fstat(former->file, &open) != 0 || fg_file_is_being_written(former->file) ||
        !is_same_content(&out, &former->info) || !is_same_content(&open, &former->info))
        return swap_back(draft, name, saved, error);
    if (unlinkat(draft->folder, draft->name, 0) != 0 && errno != ENOENT)
        return throw_place(errno, error);
    fg_record_remove(draft);
    return TRUE;
}

gboolean
fg_draft_swap(FgDraft *draft, const char *path, const FgFormer *former, char **saved, GError **error)
{
    g_autofree char *name = g_path_get_basename(path);
    if (saved)
        *saved = NULL;
    if (fsync(draft->file) != 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be synced");
    if (!former)
        return take_free_name(draft, name, error);
    if (!make_ready(draft, former, name, error) || !check_at(former, draft->folder, name, error) ||
        !exchange(draft, former, name, saved, error))
        return FALSE;
    close(draft->file);
    draft->file = -1;
    return TRUE;
}
