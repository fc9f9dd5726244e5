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
    char *recipe; /* NULL for a photo that was never done */
    FgStamp stamp;
    GPtrArray *files; /* of FgStateFile: all that were made and not removed, also what the manifest no longer
                         names */
    FgJson *measures; /* an array, or NULL */
    char *circumstances, *sidecars; /* of the last run that looked at it, or NULL */
} FgState;

struct FgJournal {
    char *out;
    guint k, n;                      /* a shard, or 0 */
    GHashTable *photos;              /* source -> FgJson, an entry of the manifest */
    GHashTable *failed;              /* source -> FgJson */
    GHashTable *states;              /* source -> FgState */
    GHashTable *touched;             /* sources that this run added, as a set */
    char *circumstances;             /* of this run, or NULL */
    GHashTable *sidecars;            /* source -> what fg_journal_settled saw of its sidecars */
    char *last_folder, *last_digest; /* Most photos are below one folder, whose digest is dear. */
};

/* ---- unchanged.c ---- */

/* JSON holds UTF-8 alone; a name that is none is known by what JSON makes of it. The caller frees. */
char *fg_source_key(const FgPhoto *photo);

/* ---- manifest.c ---- */

/* Names of files in the output folder; the caller frees. A shard has its own. */
char *fg_manifest_path(const char *out, guint k, guint n);

/* Reads a manifest's photos and failures into the tables, over what is there. A missing file is none. *head
 * (may be NULL) is the document, the caller's. */
gboolean fg_manifest_load(FgJournal *journal, const char *path, FgJson **head, GError **error);

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

/* True when a path names something below a folder and nothing else: no "..", no "/" at the start. */
gboolean fg_path_is_below(const char *path);

/* ---- state.c ---- */

FgState *fg_state_new(void);
void fg_state_free(FgState *state);
char *fg_state_path(const char *out, guint k, guint n);
void fg_state_load(FgJournal *journal, const char *path);
char *fg_state_print(const FgJournal *journal, GHashTable *only);

/* The stamp of a file; FALSE when it is not there or no regular file. */
gboolean fg_stamp_take(const char *path, FgStamp *stamp);
gboolean fg_stamp_equal(const FgStamp *a, const FgStamp *b);

/* Remembers a file of a photo with its stamp of now. */
void fg_state_set_file(FgState *state, const char *out, const char *path);
const FgStateFile *fg_state_find_file(const FgState *state, const char *path);

/* The digest of the folder that a photo's source is below, as seen from the output folder, so that both can
 * move together. */
char *fg_folder_digest(const char *out, const char *folder);
char *fg_photo_folder(const FgPhoto *photo);

/* Sources of a table in byte order; free the container only. */
GPtrArray *fg_sources_sorted(GHashTable *table);

/* Writes a text where it differs from what is there. */
gboolean fg_journal_put(const char *path, const char *text, GError **error);

#endif
