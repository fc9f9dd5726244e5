/* journal: what was done before. The manifest (filigrane.json) is for whoever builds a site; the state
 * (.filigrane/state) is for the next run and may be deleted at any time. The manifest holds no time;
 * neither holds an absolute path, a host name or personal data: the state knows files by size, change times
 * and inode, folders by a digest. */
#ifndef FG_JOURNAL_H
#define FG_JOURNAL_H

#include "run/run.h"

#include <sys/stat.h>

typedef struct FgJournal FgJournal;

/* Opens what lies in an output folder. A missing state is empty; a damaged or foreign one is rebuilt, not
 * trusted. A filigrane.json of an unknown major version is FG_ERROR_MANIFEST; one that is no manifest counts
 * as empty and is kept aside when the new one is written; one that the state knows by size, times and inode
 * or by its digest is not read yet. With n > 0 it is the journal of shard k of n, which also knows what this
 * shard did before, and to which what is no manifest is FG_ERROR_MANIFEST, too. */
FgJournal *fg_journal_open(const char *out, guint k, guint n, GError **error);
void fg_journal_free(FgJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgJournal, fg_journal_free)

/* Why filigrane.json is no manifest, with its name, or NULL. */
const char *fg_journal_damage(const FgJournal *journal);

/* The digest of all but the photo's content that decides a photo's bytes: profile, planned texts, sizes and
 * paths, key check value, fonts and versions. The caller frees. */
char *fg_journal_recipe_digest(const FgPlanned *planned, const char *profile_digest, const char *environment);

/* True when a file of this source, size, times and inode was done before: it need not be looked into to say
 * that it is a photo. */
gboolean fg_journal_knows(const FgJournal *journal, const char *source, const struct stat *info);

/* True when pictures were made of a file of this name, or would have been. */
gboolean fg_journal_has(const FgJournal *journal, const char *source);

/* Says under which circumstances this run makes files: a digest of all that is the same for all photos
 * (profile, key, versions, options). To be called before the two functions below. */
void fg_journal_begin(FgJournal *journal, const char *circumstances);

/* The short cut of a run in which nothing changed: the former outcome as UNCHANGED (the caller's) if the last
 * run was under the same circumstances and neither the photo nor a sidecar nor a file of it has changed
 * since, by size, times and inode; else NULL. It needs no plan: of the photo only path, source and stat are
 * looked at. It must be asked before the photo is probed, so that a sidecar that changes later is noticed. */
FgOutcome *fg_journal_settled(FgJournal *journal, const FgPhoto *photo);

/* Reads the manifest if it has not been read. To be called unless all photos of the run are settled. An entry
 * that is not as it was written counts as changed: its photo is done again. FG_ERROR_MANIFEST. */
gboolean fg_journal_read(FgJournal *journal, GError **error);

/* If nothing that matters changed and all files are there and whole, the former outcome as UNCHANGED (the
 * caller's); else NULL. Trusts size, mtime, ctime and inode, else compares SHA-256. */
FgOutcome *fg_journal_unchanged(FgJournal *journal, const FgPlanned *planned, const char *recipe_digest);

/* Takes an outcome in: DONE and UNCHANGED replace the photo's entry, DECLINED takes it away; FAILED goes into
 * `failed` and leaves a former entry as it is. */
void fg_journal_add(FgJournal *journal, const FgPlanned *planned, const FgOutcome *outcome,
                    const char *recipe_digest);

/* ---- Whose the files are ---- */

/* Says of pictures (of FgProduct) that they are ours, before they get their names: when this returns, their
 * paths and digests are in .filigrane/made for good. FG_ERROR_SPACE, FG_ERROR_OUTPUT. */
gboolean fg_journal_announce(FgJournal *journal, const GPtrArray *products, GError **error);

/* Drops from .filigrane/made what is not needed any more, when there is much of it or files were removed.
 * FG_ERROR_SPACE, FG_ERROR_OUTPUT. */
gboolean fg_journal_trim_made(FgJournal *journal, gboolean pruned, GError **error);

/* Does manifest, state or `made`, of this run or of any shard, name this path below the output folder? */
gboolean fg_journal_names(FgJournal *journal, const char *path);

/* What stands at a path below the output folder where something does: what we put there; another thing at a
 * path of ours; or something at a path that was never ours. */
typedef enum { FG_STANDS_OURS, FG_STANDS_CHANGED, FG_STANDS_STRANGER } FgStanding;
FgStanding fg_journal_standing(FgJournal *journal, const char *path);

/* The notice that was written into the picture at a path, NULL when none is known. Borrowed. */
const char *fg_journal_notice(FgJournal *journal, const char *path);

/* Is the path below the output folder that of a source of any run into it, gone or not? */
gboolean fg_journal_is_source(const FgJournal *journal, const char *path);

/* ---- What is gone ---- */

/* By what a run decides that a photo is gone and a file may go. */
typedef struct {
    const char *const *folders; /* NULL-terminated: the folder INPUTs in which this run found photos */
    /* Whether a source below one of them is certainly not there any more. */
    gboolean (*is_gone)(const char *folder, const char *source, gpointer data);
    /* Whether a file of a photo that is gone, named below the output folder, must stay nevertheless. */
    gboolean (*is_spared)(const char *path, gpointer data);
    gpointer data;
} FgGone;

/* Forgets the failures of photos that are gone: they are not in the plan, and `gone` says so, or nothing is
 * known of their folder any more. */
void fg_journal_forget_failures(FgJournal *journal, const FgPlan *plan, const FgGone *gone);

/* Removes the files that manifest or state name and that are no longer made: of photos that are gone, and of
 * photos of which the plan makes other files now. A photo of which no state tells is not gone. Returns their
 * number in *removed. FG_ERROR_OUTPUT. */
gboolean fg_journal_prune(FgJournal *journal, const FgPlan *plan, const FgGone *gone, guint *removed,
                          GError **error);

/* The files, as paths below the output folder in byte order, of photos that are gone, as above; with `all`
 * those, too, that fg_journal_prune would remove once the plan is carried out. *photos (may be NULL) is the
 * number of photos that are gone and left any. The caller unrefs. */
GPtrArray *fg_journal_left_over(FgJournal *journal, const FgPlan *plan, const FgGone *gone, gboolean all,
                                guint *photos);

/* True when neither manifest nor state told of any photo. */
gboolean fg_journal_is_new(const FgJournal *journal);

/* Says whether a shard has done all of its photos; until then fg_journal_merge refuses its part. TRUE at
 * first. */
void fg_journal_set_finished(FgJournal *journal, gboolean finished);

/* Writes manifest and state whole; a shard writes its part of both. Writes nothing when nothing changed. May
 * be called while the run goes on. */
gboolean fg_journal_save(FgJournal *journal, const FgPlan *plan, GError **error);

/* The file that a run locks while it writes into a folder, and that of shard k of n. The caller frees. */
char *fg_journal_lock_path(const char *out, guint k, guint n);

/* Joins the parts of all shards in a folder into its manifest and removes them with the shards' lock files.
 * FG_ERROR_MANIFEST when a part is missing or two of them differ in profile, version or number of shards. */
gboolean fg_journal_merge(const char *out, GError **error);

/* How many derivatives the manifest names for the photos of the plan. */
guint fg_journal_count_files(const FgJournal *journal, const FgPlan *plan);

#endif
