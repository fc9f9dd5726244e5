/* run: carries a plan out, a process a photo, and hands back outcomes in plan order.
 *
 * Processes: the parent holds paths and writes files, and never decodes. A *prober* reads headers and
 * metadata. A *typesetter* owns the fonts, a *draughtsman* draws logos; both answer one question at a time. A
 * *zygote* loads what the photos take and forks one *worker* a photo, never reused. The plan is inherited by
 * fork, so that a job is a number and a few descriptors; a worker returns finished files through shared
 * memory and never sees a path it could write to. */
#ifndef FG_RUN_H
#define FG_RUN_H

#include <sys/stat.h>

#include "plan/plan.h"

typedef enum { FG_DONE, FG_UNCHANGED, FG_DECLINED, FG_FAILED } FgStatus;
const char *fg_status_name(FgStatus status); /* "done" */

/* A file that was made. */
typedef struct {
    char *name; /* of the recipe */
    char *path; /* below the output folder */
    FgFormat format;
    gboolean twin; /* a JPEG XL for archives: no page shows it */
    int width, height;
    guint64 bytes;
    char *sha256;
    char **marks; /* names, NULL-terminated */
} FgProduct;

typedef struct {
    char *name;       /* of the mark */
    char *derivative; /* name of the recipe */
    double visibility, worst_glyph;
    FgTone tone;
} FgMeasure;

/* What became of one photo; all that the manifest, a report or a proof page wants to know of it. */
typedef struct FgOutcome {
    char *source;
    FgStatus status;
    const char *stage; /* of a failure: "read", "probe", "rights", "plan", "decode", "size", "mark", "encode",
                          "dress", "audit", "write", "worker" */
    GError *error;     /* of a failure */
    char *sha256;      /* of the source */
    guint32 width, height; /* after orientation */
    char *notice, *title, *caption, *alt, *date;
    char *colour, *placeholder;
    FgHdr hdr;           /* of the source */
    GPtrArray *removed;  /* of const char *, interned, sorted */
    GPtrArray *products; /* of FgProduct */
    GPtrArray *measures; /* of FgMeasure */
    GPtrArray *warnings; /* of char * */
    double cpu_seconds;
    guint64 peak_bytes;
} FgOutcome;

FgOutcome *fg_outcome_new(const char *source);
void fg_outcome_free(FgOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgOutcome, fg_outcome_free)
void fg_product_free(FgProduct *product);

/* Reads the headers of all photos in a process of their own and fills in each FgPhoto (of `photos`); a photo
 * that can't be read gets its error and stage. Fails as a whole only when no process can be had. `tick` (may
 * be NULL) is called after each photo. */
gboolean fg_probe(GPtrArray *photos, const FgLimits *limits, void (*tick)(gsize done, gpointer data),
                  gpointer data, GError **error);

/* ---- drawings.c, fonts.c: letterings and logos, drawn by processes that start when they are needed, and
 * kept.
 * ---- */

typedef struct FgDrawings FgDrawings;
/* For the marks of this profile, which is borrowed. */
FgDrawings *fg_drawings_new(const FgProfile *profile);
void fg_drawings_free(FgDrawings *drawings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgDrawings, fg_drawings_free)

/* Before any work: sets the lettering of all marks whose text does not depend on the photo, and draws all
 * logos, so that a missing font, glyph or logo is found while nothing is done. FG_ERROR_FONT, FG_ERROR_LOGO,
 * FG_ERROR_MODULE.
 */
gboolean fg_drawings_check(FgDrawings *drawings, GError **error);

/* What the fonts of the profile's marks are on this machine: a value for each list of fonts, another one when
 * a text could look another way. FG_ERROR_MEMORY when the process that has the fonts died, as fontconfig does
 * without memory. Free with g_strfreev. */
char **fg_drawings_font_identities(FgDrawings *drawings, GError **error);

/* The families of all installed fonts, in order; likewise. */
char **fg_drawings_font_names(FgDrawings *drawings, GError **error);

typedef struct {
    const char *out;    /* the output folder */
    guint jobs;         /* photos at a time, >= 1 */
    guint64 memory;     /* budget in bytes for all workers */
    guint max_failures; /* 0: no limit */
    const guint8 *key;  /* for variation, best of fg_secret_take; it never leaves the parent */
    gsize key_length;
    const gint *interrupted; /* set by a signal handler; checked between events */
    FgDrawings *drawings;    /* of the plan's profile; NULL: the run has its own */
    /* Is told of each photo by its number in the plan as soon as its files are in place, in any order, before
     * the listener, with the listener's data. FALSE with an error ends the run. May be NULL. */
    gboolean (*placed)(guint id, const FgOutcome *outcome, gpointer data, GError **error);
    /* Both may be NULL. `announce` is told of a photo's files (of FgProduct) before the first of them gets
     * its name, and may refuse, which ends the run or fails the photo as its error says. `may_replace` is
     * asked of what stands at the path of a file, just before it is replaced; what it denies fails the photo.
     */
    gboolean (*announce)(const GPtrArray *products, gpointer data, GError **error);
    gboolean (*may_replace)(const char *path, const struct stat *there, gpointer data);
    gpointer data; /* of both */
} FgRunOptions;

/* Is told of each photo when its work starts (outcome NULL, any order) and of each outcome in plan order. */
typedef void (*FgRunListener)(const FgPlanned *planned, FgOutcome *outcome, gpointer data);

/* Makes the photos of `plan` for which wanted[i] is TRUE; the others are skipped without an outcome. Files of
 * a photo are put in place only when all of them passed the audit; a former file of a failing photo stays.
 * Errors of a photo go into its outcome; the function fails only when the work can't go on (FG_ERROR_SPACE,
 * FG_ERROR_OUTPUT, FG_ERROR_MEMORY, FG_ERROR_INTERRUPTED). After `max_failures` failures it returns TRUE, and
 * they are delivered. In both cases every photo whose files are in place has been delivered, still in plan
 * order, and no other. */
gboolean fg_run(const FgPlan *plan, const gboolean *wanted, const FgRunOptions *options,
                FgRunListener listener, gpointer data, GError **error);

#endif
