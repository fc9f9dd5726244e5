/* journal: what was done before. The manifest (filigrane.json) is for whoever builds a site; the state
 * (.filigrane/state.json) is for the next run and may be deleted at any time. Neither holds a time, an absolute path, a
 * host name or personal data. */
#ifndef FG_JOURNAL_H
#define FG_JOURNAL_H

#include "run/run.h"

typedef struct FgJournal FgJournal;

/* Opens what lies in an output folder. A missing state is empty; a damaged or foreign one is rebuilt, not trusted. A manifest of an
 * unknown major version is FG_ERROR_MANIFEST. */
FgJournal *fg_journal_open(const char *out, GError **error);
void fg_journal_free(FgJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgJournal, fg_journal_free)

/* The digest of all but the photo's content that decides a photo's bytes: profile, planned texts, sizes and paths, key
 * check value, fonts and versions. The caller frees. */
char *fg_journal_recipe_digest(const FgPlanned *planned, const char *profile_digest, const char *environment);

/* If nothing that matters changed and all files are there and whole, the former outcome as UNCHANGED (the caller's);
 * else NULL. Trusts size, mtime, ctime and inode, else compares SHA-256. */
FgOutcome *fg_journal_unchanged(FgJournal *journal, const FgPlanned *planned, const char *recipe_digest);

/* Takes an outcome in: DONE and UNCHANGED replace the photo's entry; FAILED goes into `failed` and leaves a former entry
 * as it is. */
void fg_journal_add(FgJournal *journal, const FgPlanned *planned, const FgOutcome *outcome, const char *recipe_digest);

/* Removes the files that manifest or state name and that are no longer made: the source is gone from the walked folder
 * (sources with the prefix of a folder INPUT that are not in the plan), or the plan makes other paths for it. Returns
 * their number in *removed. */
gboolean fg_journal_prune(FgJournal *journal, const FgPlan *plan, guint *removed, GError **error);

/* Writes state and manifest whole. Writes nothing when nothing changed. */
gboolean fg_journal_save(FgJournal *journal, const FgPlan *plan, GError **error);

/* A shard's part, and the joining of all parts (CONTRACT.md, --shard and --merge). */
gboolean fg_journal_save_part(FgJournal *journal, const FgPlan *plan, guint k, guint n, GError **error);
gboolean fg_journal_merge(const char *out, GError **error);

#endif
