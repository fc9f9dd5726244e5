/* publish_private.h: what the files of this room share. */
#ifndef FG_PUBLISH_PRIVATE_H
#define FG_PUBLISH_PRIVATE_H

#include "filigrane/publish.h"
#include "journal/journal.h"
#include "run/run.h"
#include "sandbox/sandbox.h"

/* ---- find.c ---- */

typedef struct {
    GPtrArray *photos;  /* of FgPhoto */
    GPtrArray *folders; /* of char *, NULL-terminated: the INPUTs that are folders, as given */
    GPtrArray
        *living; /* the same, but for those in which no photo was seen, as of a disk that is not mounted */
    gboolean unreadable; /* a part of a folder could not be read; it is among the photos, so that it fails by
                            name */
    guint empty_inputs;
    GPtrArray *set_aside; /* of char *: folders below an INPUT that publish filled, and that are not walked */
} FgFound;

/* Told of each file that is no photo, with its kind, and of remarks; `is_known` says of a file that it is a
 * photo, so that it is not opened to see; `was_published` that pictures were made of a file of this name, so
 * that it is taken, and fails, when it is no photo any more. All but `data` may be NULL. */
typedef struct {
    void (*skipped)(const char *path, const char *kind, gpointer data);
    void (*note)(const char *text, gboolean warning, gpointer data);
    gboolean (*is_known)(const char *source, const struct stat *info, gpointer data);
    gboolean (*was_published)(const char *source, gpointer data);
    gpointer data;
} FgFindListener;

/* Finds the photos that the inputs stand for, as docs/spec/contract.md §3.1 says. FG_ERROR_PATH for an input
 * that is not there or is the output folder. */
FgFound *fg_find(const char *const *inputs, const char *out, gboolean recurse, const FgFindListener *listener,
                 GError **error);
void fg_found_free(FgFound *found);

/* The errors of fg_find that can be told before a folder is walked or the output folder made. */
gboolean fg_find_check(const char *const *inputs, const char *out, GError **error);

/* Is a folder one that publish filled? What lies in it was published already. */
gboolean fg_find_is_published(const char *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgFound, fg_found_free)

/* ---- key.c ---- */

typedef struct {
    GBytes *secret;
    gboolean derived; /* from the rights: whoever knows them knows the key */
    gboolean exposed; /* the file can be read by others */
} FgKey;

/* FILIGRANE_KEY, else filigrane/key in the user's config folder, else a digest of the rights.
 * FG_ERROR_PROFILE for one that is not hexadecimal or shorter than 16 bytes. */
gboolean fg_key_find(const FgRights *rights, FgKey *key, GError **error);
void fg_key_clear(FgKey *key);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgKey, fg_key_clear)

/* Where the key file is, or would be; the caller frees. */
char *fg_key_path(void);

/* What says without telling the key whether it is the same: hex, the caller frees. */
char *fg_key_check_value(const FgKey *key);

/* ---- environment.c ---- */

/* A digest of what lies outside photo and profile and decides bytes: the key's check value, all versions and
 * the fonts. FG_ERROR_MEMORY. */
char *fg_publish_environment(const FgKey *key, FgDrawings *drawings, GError **error);

/* The same with all else that decides for all photos alike what becomes of them: the profile with its limits,
 * and whether other owners' notices stop a photo. */
char *fg_publish_circumstances(const char *environment, const FgPublishOptions *options);

/* The number of the shard, from 1 on, that a source falls to. */
guint fg_publish_shard_of(const char *source, guint shards);

/* ---- marks.c ---- */

/* fg_publish_check_marks, with the drawings of a run over this profile. */
gboolean fg_publish_try_marks(const FgProfile *profile, FgDrawings *drawings, GError **error);

/* ---- reserve.c ---- */

/* Keeps room in the output folder for manifest and state; -1 where that can't be done. */
int fg_reserve_take(const char *out, const FgPlan *plan);
void fg_reserve_release(int fd);

/* ---- publish.c ---- */

typedef struct FgRunLock FgRunLock;

/* One run. */
typedef struct {
    const FgPublishOptions *options;
    const FgPublishListener *listener;
    gpointer data;
    FgPublishTotals *totals;

    FgRunLock *lock; /* NULL in a dry run */
    FgFound *found;
    FgPlan *plan;
    FgKey key;
    FgJournal *journal;
    FgOutcome **unchanged; /* one a photo, or NULL */
    char **recipes;        /* one a photo */
    guint next;            /* photos that were told of, or passed over */
    guint done;            /* photos that were told of */
    guint jobs;            /* photos in hand at a time, at most */
    guint begun;           /* photos that were taken in hand */
    FgDrawings *drawings;  /* one for all of the run, so that fonts are opened once */
    char *environment;     /* of fg_publish_environment */
    gboolean *taken;       /* one a photo: the journal has its outcome already; NULL before the work */
    gint64 next_save;      /* monotonic, in µs */
    GPtrArray
        *by_inode; /* the photos found, borrowed, in the order of their inodes; NULL until it is asked for */
    GHashTable
        *expected; /* path below the output folder -> struct stat of what stands there and may be replaced */
} FgPublishing;

/* ---- lock.c ---- */

/* The lock of an output folder, for as long as a run lasts: .filigrane/lock, held alone by a run over all
 * photos and by a merge, and together by shards, each of which holds a file of its own alone. Makes the
 * folder. Where another run holds it, says so and waits; where the file system has no locks, says so and goes
 * on. FG_ERROR_INTERRUPTED; FG_ERROR_OUTPUT, FG_ERROR_TARGET and FG_ERROR_SPACE when there can be no folder.
 */
FgRunLock *fg_run_lock_take(const FgPublishing *publish, GError **error);

/* What was made for the lock stays: from here on something is done. Without it the files and folders that the
 * lock made go with it. */
void fg_run_lock_keep(FgRunLock *lock);
void fg_run_lock_free(FgRunLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgRunLock, fg_run_lock_free)

/* True while another run holds it; nothing is made or held for the answer. */
gboolean fg_run_lock_is_held(const char *out);

/* ---- save.c ---- */

/* Before the work. `reading` is how long it took to read what was there, in µs. */
void fg_publish_begin_saving(FgPublishing *publish, gint64 reading);

/* The `placed` of FgRunOptions: takes the outcome into the journal, and saves that from time to time. */
gboolean fg_publish_hear_placed(guint id, const FgOutcome *outcome, gpointer data, GError **error);

/* ---- strangers.c ---- */

/* Looks at what stands where the files of the plan would. FG_ERROR_CLASH where that is a photo of this run,
 * or, of a photo that is wanted, something that is not ours: all such files are named. What was ours and was
 * changed is told. */
gboolean fg_publish_check_outputs(FgPublishing *publish, const gboolean *wanted, GError **error);

/* For FgRunOptions, and for FgGone; `data` is the FgPublishing. */
gboolean fg_publish_may_replace(const char *path, const struct stat *there, gpointer data);
gboolean fg_publish_announce(const GPtrArray *products, gpointer data, GError **error);
gboolean fg_publish_is_spared(const char *path, gpointer data);

/* ---- among.c ---- */

/* FG_ERROR_CLASH when the output folder lies below an INPUT and holds photos that are not ours: they are left
 * out of the walk, so that they would be neither published nor told. */
gboolean fg_publish_check_among(FgPublishing *publish, GError **error);

/* For FgGone: is a source certainly not there any more? */
gboolean fg_publish_is_gone(const char *folder, const char *source, gpointer data);

/* ---- tell.c ---- */

void fg_publish_note(const FgPublishing *publish, gboolean warning, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* The same, and a file that is no photo, as fg_find tells them. */
void fg_publish_tell_note(const char *text, gboolean warning, gpointer data);
void fg_publish_tell_skipped(const char *path, const char *kind, gpointer data);

/* Tells of the unchanged photos before a place in the plan, so that all outcomes come in its order. */
void fg_publish_tell_unchanged_before(FgPublishing *publish, guint end);

/* The FgRunListener. */
void fg_publish_hear_run(const FgPlanned *planned, FgOutcome *outcome, gpointer data);

/* Tells of the files that a run would write, and of the photos that would fail before they are tried. */
void fg_publish_dry_run(FgPublishing *publish, const gboolean *wanted);

/* ---- notes.c ---- */

void fg_publish_tell_of_key(const FgPublishing *publish);
void fg_publish_tell_of_walls(const FgPublishing *publish);
void fg_publish_tell_of_profile(const FgPublishing *publish);
void fg_publish_tell_of_idle_marks(const FgPublishing *publish);

#endif
