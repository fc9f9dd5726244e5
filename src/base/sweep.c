#include "base/sweep.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/files.h"
#include "base/kept.h"
#include "base/record.h"
#include "base/swap.h"

typedef struct {
    int folder;
    gboolean originals;
    GPtrArray *saved;
} Sweep;

/* A regular file of which nobody else has the lock; -1: none. A file system without locks has no other
 * process of ours to fear. */
static int
open_idle(const Sweep *sweep, const char *name)
{
    struct stat info;
    int file = openat(sweep->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file >= 0 && fstat(file, &info) == 0 && S_ISREG(info.st_mode) &&
        (flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) && fstat(file, &info) == 0 &&
        info.st_nlink > 0)
        return file;
    if (file >= 0)
        close(file);
    return -1;
}

static gboolean
is_there(const Sweep *sweep, const char *name)
{
    struct stat info;
    return fstatat(sweep->folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

static void
save(const Sweep *sweep, const char *name, const char *file)
{
    /* The temporary name without its dot, where nothing tells a better one. */
    g_autofree char *stem = g_strndup(name + 1, strlen(name) - 1 - strlen(FG_DRAFT_SUFFIX));
    char *kept = fg_keep_as(sweep->folder, name, file ? file : stem, FG_KEPT_SAVED);
    if (kept && sweep->saved)
        g_ptr_array_add(sweep->saved, kept);
    else
        g_free(kept);
}

static gboolean
holds_either(int file, const FgRecord *record)
{
    g_autofree char *digest = fg_sha256_hex_fd(file, NULL);
    return digest && !fg_file_is_being_written(file) &&
           (strcmp(digest, record->draft) == 0 || strcmp(digest, record->former) == 0);
}

static void
sweep_draft(const Sweep *sweep, const char *name, const FgRecord *record)
{
    int file = openat(sweep->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat info;
    gboolean ours = file >= 0 && fstat(file, &info) == 0 && S_ISREG(info.st_mode) &&
                    (info.st_size == 0 || record->state == FG_RECORD_WRITING ||
                     (record->state == FG_RECORD_WHOLE && holds_either(file, record)));
    if (ours)
        unlinkat(sweep->folder, name, 0);
    else
        save(sweep, name, record->name);
    if (file >= 0)
        close(file);
}

static void
sweep_record(const Sweep *sweep, const char *name)
{
    char draft[FG_DRAFT_NAME + 1];
    int file = open_idle(sweep, name);
    if (file < 0)
        return;
    g_auto(FgRecord) record = fg_record_read(file);
    fg_record_draft(name, draft);
    if (is_there(sweep, draft))
        sweep_draft(sweep, draft, &record);
    if (record.state != FG_RECORD_FOREIGN && !is_there(sweep, draft))
        unlinkat(sweep->folder, name, 0);
    close(file);
}

static void
sweep_alone(const Sweep *sweep, const char *name)
{
    char record[FG_DRAFT_NAME + 1];
    struct stat info;
    fg_record_name(name, record);
    int file = is_there(sweep, record) ? -1 : open_idle(sweep, name);
    if (file < 0)
        return;
    if (!sweep->originals || (fstat(file, &info) == 0 && info.st_size == 0))
        unlinkat(sweep->folder, name, 0);
    else
        save(sweep, name, NULL);
    close(file);
}

void
fg_folder_sweep(const char *path, gboolean originals, GPtrArray *saved)
{
    Sweep sweep = {
        .folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), .originals = originals, .saved = saved};
    g_autoptr(GDir) folder = sweep.folder >= 0 ? g_dir_open(path, 0, NULL) : NULL;
    for (const char *name; folder && (name = g_dir_read_name(folder));) {
        if (fg_name_is_record(name))
            sweep_record(&sweep, name);
        else if (fg_file_is_temporary(name))
            sweep_alone(&sweep, name);
    }
    if (sweep.folder >= 0)
        close(sweep.folder);
}
