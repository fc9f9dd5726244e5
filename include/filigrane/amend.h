/* amend.h: tag and scrub: files rewritten without touching a pixel. */
#ifndef FILIGRANE_AMEND_H
#define FILIGRANE_AMEND_H

#include "filigrane/profile.h"

G_BEGIN_DECLS

/* A process of its own that reads files nobody can vouch for: it opens nothing, reaches nothing, and takes
 * only the file in hand with it should it die. */
typedef struct FgAmendReader FgAmendReader;

typedef struct {
    FgAmendReader *reader;     /* NULL: files are read in this process */
    const FgProfile *profile;  /* tag: whose rights; scrub: NULL */
    guint keep;                /* scrub: groups that stay, from fg_amend_group */
    gboolean force_rights;     /* tag: over another owner's notice */
    gboolean drop_credentials; /* tag: a C2PA manifest goes, since it would fit no longer */
    gboolean in_place, backup, dry_run;
    const char *out; /* folder, "-" for standard output, or NULL with in_place */
} FgAmendOptions;

typedef enum { FG_AMENDED, FG_AS_IT_WAS } FgAmended;

typedef struct {
    FgAmended status;
    char *path;         /* written to */
    GPtrArray *removed; /* scrub: of const char *, finding ids */
    GPtrArray *notes;   /* of char *, what a person is to be told, also when it failed; NULL for none */
    char **creators;    /* tag, on FG_ERROR_FOREIGN: the creators that are none of the profile's; or NULL */
} FgAmendResult;

FG_API void fg_amend_result_clear(FgAmendResult *result);

/* For files with these very options, which must stay as they are until it is freed. Starts nothing yet. */
FG_API FgAmendReader *fg_amend_reader_new(const FgAmendOptions *options);

/* After the last file: makes sure that what was put in place is there under its name after a power cut, too.
 * A folder is synced once for all its files, since a file's bytes are synced before it gets its name: until
 * then the name stands for the old file or for the new one, and both are whole. FG_ERROR_OUTPUT. */
FG_API gboolean fg_amend_reader_finish(FgAmendReader *reader, GError **error);
FG_API void fg_amend_reader_free(FgAmendReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgAmendReader, fg_amend_reader_free)

/* The bit of a group of privacy.keep by its name; 0 for none. */
FG_API guint fg_amend_group(const char *name);

typedef struct {
    const char *path, *below; /* as below */
} FgAmendInput;

/* Before the first of many files that go to options->out: FG_ERROR_CLASH when one would be written over
 * another, or two would become one, names told apart as by the least discerning file system. */
FG_API gboolean fg_amend_check_places(const FgAmendInput *inputs, gsize count, const FgAmendOptions *options,
                                      GError **error);

/* `path` is the file, "-" standard input; `below` is its path below the folder it was found in (its base name
 * for a file given by name), used under options->out. Nothing is written on failure, by a dry run, or in
 * place when nothing changes. What a killed run left in the folder is removed first, once for a reader.
 *
 * In place the file keeps owner, group, mode, access list, times and its user.* attributes: FG_ERROR_PATH
 * when it can't, or no backup can be made. FG_ERROR_UNREADABLE also when another program wrote to it
 * meanwhile, which then has the last word. Below options->out a file is written over only if it has the same
 * bytes, or says itself, in its attribute user.filigrane.made, that the same command made it of this file:
 * FG_ERROR_CLASH.
 *
 * FG_ERROR_USAGE without a place to write to, FG_ERROR_MALFORMED for a file that
 * is cut short or damaged, FG_ERROR_OVERSIZE, FG_ERROR_WORKER when its reader died of it; tag:
 * FG_ERROR_RIGHTS, FG_ERROR_FOREIGN, FG_ERROR_SIGNED unless drop_credentials; scrub: FG_ERROR_AUDIT when
 * something would stay. */
FG_API gboolean fg_tag_file(const char *path, const char *below, const FgAmendOptions *options,
                            FgAmendResult *result, GError **error);
FG_API gboolean fg_scrub_file(const char *path, const char *below, const FgAmendOptions *options,
                              FgAmendResult *result, GError **error);

G_END_DECLS

#endif
