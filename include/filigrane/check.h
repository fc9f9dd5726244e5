/* check.h: a file's copyright tag, its rights, and what it leaks. Decodes no pixel. */
#ifndef FILIGRANE_CHECK_H
#define FILIGRANE_CHECK_H

#include "filigrane/profile.h"

G_BEGIN_DECLS

typedef enum { FG_PASS, FG_FAIL, FG_UNREADABLE } FgVerdict;
FG_API const char *fg_verdict_name(FgVerdict verdict);

typedef struct {
    const FgProfile *profile; /* NULL: none */
    gboolean strict;          /* warnings count as errors */
    gboolean previews;        /* compare embedded previews with the picture; fg_check_files only */
    guint64 max_bytes;        /* 0: 4 GiB */
} FgCheckOptions;

/* What was found in one file. All strings UTF-8; lists never NULL; absent text is NULL. */
typedef struct {
    char *path;            /* as given */
    const char *format;    /* "jpeg"; NULL when unknown */
    guint32 width, height; /* as stored */
    const char *hdr;       /* "gain-map", "pq", "hlg"; NULL: it is not HDR */
    FgRights *rights;      /* never NULL */
    gint marked;           /* 1, 0, -1 unknown */
    char *data_mining;     /* as the file has it */
    char *source_exif, *source_iptc, *source_xmp, *source_png; /* each carrier's notice */
    GPtrArray *personal;                                       /* of FgPersonal */
    GPtrArray *findings;                                       /* of FgFinding, worst first */
    FgVerdict verdict;
    char *page; /* of a site: the first that names the file; else NULL */
    guint line; /* where in that page, from 1 */
} FgCheck;

/* Checks one file in this process, which reads all of it into memory, so that one that shrinks meanwhile is
 * cut short and no more; "-" is standard input. Never fails: what can't be read has the verdict FG_UNREADABLE
 * and a finding file.unreadable. */
FG_API FgCheck *fg_check_file(const char *path, const FgCheckOptions *options);
FG_API void fg_check_free(FgCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgCheck, fg_check_free)

/* Checks files in a process of their own, which opens nothing, reaches nothing, and takes only the file in
 * hand with it should it die: that one is FG_UNREADABLE. The listener gets each check, which is its own now,
 * in the order of the paths (NULL-terminated). Fails only when no process can be had. */
typedef void (*FgCheckListener)(FgCheck *check, gpointer data);
FG_API gboolean fg_check_files(char *const *paths, const FgCheckOptions *options, FgCheckListener listener,
                               gpointer data, GError **error);

/* The same for all that a list of paths stands for, as fg_check_find says; a path that is not there is
 * FG_UNREADABLE among the others, and FG_ERROR_PATH when none is there. *files becomes the number of files.
 */
FG_API gboolean fg_check_paths(char *const *paths, const FgCheckOptions *options, FgCheckListener listener,
                               gpointer data, guint *files, GError **error);

/* Checks every picture that the pages and style sheets below `dir` name in src, srcset, <picture>, poster,
 * CSS url() or JSON-LD: a photo that is there as fg_check_files does, one that is not there has the finding
 * site.missing. `base_url` (may be NULL) is where the folder is served: addresses on that host are local too.
 * The listener gets the missing ones first; *elsewhere (may be NULL) becomes the number of pictures on other
 * hosts, which nobody looked at. FG_ERROR_PATH when there is no such folder or no page in it, FG_ERROR_USAGE
 * when base_url is no http or https address. */
FG_API gboolean fg_check_site(const char *dir, const char *base_url, const FgCheckOptions *options,
                              FgCheckListener listener, gpointer data, guint *elsewhere, GError **error);

/* The files that a list of paths stands for: a file itself, a folder the photos in it by content, in byte
 * order of names, without links out of it and what tag and scrub keep (NAME.orig, NAME.1.orig, NAME.saved,
 * beside NAME). FG_ERROR_PATH for a path that is not there. Free with g_ptr_array_unref. */
FG_API GPtrArray *fg_check_find(const char *const *paths, gboolean recurse, GError **error);

/* True for the name of what tag and scrub keep of a file: NAME.orig, NAME.1.orig, NAME.saved. */
FG_API gboolean fg_check_is_kept(const char *path);

G_END_DECLS

#endif
