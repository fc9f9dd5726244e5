/* journal_private.h: what the files of this room share. */
#ifndef FG_JOURNAL_PRIVATE_H
#define FG_JOURNAL_PRIVATE_H

#include "journal/journal.h"

/* What tells that a file is the same without reading it. */
typedef struct {
    gint64 size, mtime_ns, ctime_ns;
    guint64 inode;
} FgStamp;

typedef struct {
    char *path; /* below the output folder */
    FgStamp stamp;
} FgStateFile;

/* What the next run wants to know of a photo. */
typedef struct {
    char *folder; /* the digest of the folder that `source` is below, or NULL */
    char *recipe; /* NULL for a photo that was never done, or whose entry is not the one that we wrote */
    FgStamp stamp;
    GPtrArray *files;    /* of FgStateFile: all that were made and not removed, also what the manifest no
                            longer names */
    GPtrArray *measures; /* of FgMeasure */
    char *circumstances, *sidecars; /* of the last run that looked at it, or NULL */
    /* Of the manifest as it was last written: */
    char *entry;        /* the digest of the photo's entry, or NULL when there was none */
    guint n_named;      /* so many of `files`, from the first on, are those that the entry names */
    GPtrArray *removed; /* of const char *, static */
    gboolean failed;
} FgState;

/* Which files of the output folder are ours (claims.c). */
typedef struct {
    GHashTable *paths;  /* path -> Claim */
    GHashTable *folded; /* path without case -> path, borrowed; NULL until it is asked for */
} FgClaims;

struct FgJournal {
    char *out;
    guint k, n;                      /* a shard, or 0 */
    gboolean unread;                 /* the manifest is the one that the state tells of, and was left alone */
    FgStamp manifest;                /* of the manifest that the state tells of */
    char *sha256, *head;             /* and its digest, and that of what it says of all photos, or NULL */
    GHashTable *photos;              /* source -> FgJson, an entry of the manifest */
    GHashTable *failed;              /* source -> FgJson */
    GHashTable *states;              /* source -> FgState */
    GHashTable *touched;             /* sources that this run added, as a set */
    gboolean newer;                  /* the manifest is of a major version that is not known here */
    char *damage;                    /* why the manifest is none and waits to be kept aside, or NULL */
    gboolean unfinished;             /* the run goes on, or ended early */
    char *circumstances;             /* of this run, or NULL */
    GHashTable *folders;             /* path -> whether there may be sidecars in it */
    GHashTable *sidecars;            /* source -> what fg_journal_settled saw of its sidecars */
    int made;                        /* open for appending, or -1 */
    FgClaims *claims;                /* what is ours, or NULL until it is asked for */
    char *last_folder, *last_digest; /* Most photos are below one folder, whose digest is dear. */
};

/* ---- folders.c ---- */

/* True when a path names something below a folder and nothing else: no "..", no "/" at the start. */
gboolean fg_path_is_below(const char *path);

/* The digest of the folder that a photo's source is below, as seen from the output folder, so that both can
 * move together. */
char *fg_folder_digest(const char *out, const char *folder);
char *fg_photo_folder(const FgPhoto *photo);

/* Sources of a table in byte order; free the container only. */
GPtrArray *fg_sources_sorted(GHashTable *table);

/* The digest of the folder that a photo's source is below; borrowed, until the next call. */
const char *fg_journal_folder_of(FgJournal *journal, const FgPhoto *photo);

/* Adds the id of a kind of finding to a list of static ids; one that is not known, or NULL, is left out. */
void fg_removed_add(GPtrArray *removed, const char *id);

/* ---- life.c ---- */

void fg_claims_free(FgClaims *claims);

/* One that has read nothing. */
FgJournal *fg_journal_new(const char *out, guint k, guint n);

/* ---- open.c ---- */

/* Believes of the states only what agrees with the manifest that was read. */
void fg_journal_reconcile(FgJournal *journal);

/* ---- unchanged.c ---- */

gboolean fg_file_has_digest(const char *path, const char *sha256);

/* JSON holds UTF-8 alone; a name that is none is known by what JSON makes of it. The caller frees. */
char *fg_source_key(const FgPhoto *photo);

/* ---- manifest.c ---- */

/* Names of files in the output folder; the caller frees. A shard has its own. */
char *fg_manifest_path(const char *out, guint k, guint n);

/* Reads a manifest's photos and failures into the tables, over what is there. A missing file is none. *head
 * (may be NULL) is the document, the caller's. */
gboolean fg_manifest_load(FgJournal *journal, const char *path, FgJson **head, GError **error);

/* The same of the bytes of one; returns the document, the caller's. FG_ERROR_MANIFEST. */
FgJson *fg_manifest_read(FgJournal *journal, GBytes *bytes, GError **error);

/* An entry for each outcome. */
FgJson *fg_manifest_entry(const FgOutcome *outcome);
FgJson *fg_manifest_failure(const FgPlanned *planned, const FgOutcome *outcome);

/* The former outcome that an entry tells of. */
FgOutcome *fg_manifest_outcome(const FgJson *entry);

/* What a manifest says of all photos. */
FgJson *fg_manifest_rights(const FgRights *rights);

/* The whole document; `shard` is taken and may be NULL, `rights` is not. With `only` (a set of sources, may
 * be NULL) it has no other photos. */
char *fg_manifest_print(const FgJournal *journal, const char *profile, FgJson *rights, FgJson *shard,
                        GHashTable *only);

/* The digest of an entry of the manifest. The caller frees. */
char *fg_manifest_entry_digest(const FgJson *entry);

/* ---- state.c ---- */

FgState *fg_state_new(void);
void fg_state_free(FgState *state);
void fg_state_file_free(gpointer file);

FgStamp fg_stamp_of(const struct stat *info);

/* The stamp of a file; FALSE when it is not there or no regular file. */
gboolean fg_stamp_take(const char *path, FgStamp *stamp);
gboolean fg_stamp_equal(const FgStamp *a, const FgStamp *b);

/* Remembers a file of a photo with its stamp of now. */
void fg_state_set_file(FgState *state, const char *out, const char *path);
FgStateFile *fg_state_find_file(const FgState *state, const char *path);

/* Takes over what an entry of the manifest says, NULL for none. */
void fg_state_take_entry(FgState *state, const FgJson *entry);

/* Copies of measures, of FgMeasure. */
void fg_measures_copy(GPtrArray *to, const GPtrArray *from);

/* ---- sidecars.c ---- */

/* What there is of sidecars beside a photo, under each name that one may have: texts that differ when any of
 * them does. The caller frees. */
char *fg_journal_sidecars(FgJournal *journal, const char *path);

/* ---- prune.c ---- */

/* An entry that goes leaves its files to its state, so that they are removed like all others. */
void fg_journal_drop_entry(FgJournal *journal, const char *source);

/* ---- state_file.c ---- */

char *fg_state_path(const char *out, guint k, guint n);

/* Reads a state over what is there. One that is missing, damaged or of another form says nothing. */
void fg_state_load(FgJournal *journal, const char *path);

/* The same of bytes; FALSE when they are none. What was read up to a fault stays. */
gboolean fg_state_read(FgJournal *journal, const void *data, gsize length);

/* The whole file. With `only` (a set of sources, may be NULL) it has no other photos. */
GBytes *fg_state_write(const FgJournal *journal, GHashTable *only);

/* ---- made.c ---- */

char *fg_made_path(const char *out, guint k, guint n);

/* A line for a picture. */
void fg_made_put(GString *to, const char *sha256, const char *path);

/* Calls `each` for every line that is whole, in order; a file that is missing has none. */
typedef void (*FgMadeLine)(const char *path, const char *sha256, gpointer data);
void fg_made_read(GBytes *bytes, FgMadeLine each, gpointer data);
void fg_made_load(const char *path, FgMadeLine each, gpointer data);

/* Adds the lines of a shard. FG_ERROR_SPACE, FG_ERROR_OUTPUT. */
gboolean fg_made_join(FgJournal *journal, guint k, guint n, GError **error);

/* ---- claims.c ---- */

/* Gathers anew what is ours. It is done by whoever asks first, and kept, so that what is dropped from the
 * journal meanwhile is still known to have been ours. */
void fg_journal_claim(FgJournal *journal);

/* Are two names below the output folder one file, as on a file system without case? */
gboolean fg_paths_are_one(const char *out, const char *one, const char *other);

/* ---- put.c ---- */

/* Writes the manifest, then the state that tells of it, each where it differs from what is there. */
gboolean fg_journal_put(FgJournal *journal, const char *manifest, GHashTable *only, GError **error);

#endif
