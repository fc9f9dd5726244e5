/* plan: which photo becomes which files. Pure: opens no file, reads no clock, asks no library; the same
 * photos and profile give the same plan. Clashes die here. */
#ifndef FG_PLAN_H
#define FG_PLAN_H

#include "profile/profile.h"

/* What is known of one photo before it is decoded (run/probe fills it in). */
typedef struct {
    char *path;   /* to open, as given or found */
    char *source; /* below its INPUT, with '/', as the manifest names it */
    gint64 size, mtime_ns, ctime_ns;
    guint64 inode;
    /* From the header, in the sandbox. */
    FgFormat format;
    guint32 width, height; /* after orientation */
    guint8 orientation;    /* to bake in: 1..8 (1 for HEIF and AVIF) */
    guint8 bands;          /* as stored; 0 unknown */
    gboolean progressive;
    gboolean adobe_rgb; /* by DCF, where the file does not state its colours otherwise */
    FgHdr hdr;
    gboolean endless;   /* it has no end mark; whether all of it is there shows when it is decoded */
    FgFacts *facts;     /* of the photo, sidecar applied, everything */
    FgRights *rights;   /* as found, reconciled */
    GPtrArray *removed; /* of const char *, interned: finding ids of personal data in it, sorted */
    GError *error;      /* why it can't be planned, or NULL */
    const char *stage;  /* where the error arose: "read", "probe", "rights" */
} FgPhoto;

FgPhoto *fg_photo_new(const char *path, const char *source);
void fg_photo_free(FgPhoto *photo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgPhoto, fg_photo_free)

/* A file to be made. */
typedef struct {
    FgFormat format;
    char *path;    /* below the output folder, with '/' */
    gboolean twin; /* a JPEG XL made of the JPEG of the same derivative */
} FgOutput;

/* A mark on one size. */
typedef struct {
    const FgMarkSpec *spec; /* the profile's */
    FgMarkSpec fitted;      /* after the size rules; strings borrowed from spec */
    char *text;             /* expanded, or NULL for a logo */
} FgPlannedMark;

/* One size of one photo, in some formats: drawn once, encoded for each output. */
typedef struct {
    const FgRecipe *recipe;
    FgSize size;
    GPtrArray *marks;   /* of FgPlannedMark; tiles last, since they avoid the others */
    GPtrArray *outputs; /* of FgOutput, in the order of the recipe */
} FgDerivative;

typedef struct {
    const FgPhoto *photo; /* borrowed from the caller of fg_plan_new */
    FgRights *rights;     /* what is written in all its files, resolved once */
    FgFacts *kept;        /* what is kept, likewise */
    gboolean own_rights;  /* the profile has no creator: the photo keeps its own */
    GBytes *id; /* for variation: NFC(stem), a zero byte, time or nothing (docs/spec/contract.md §8.4) */
    GPtrArray *derivatives; /* of FgDerivative, largest first; recipes know their own order */
    GError *error;          /* fails without being tried (rights missing, foreign, over a limit), or NULL */
    const char *stage;
    guint64 memory;          /* estimated bytes to decode and make it */
    GPtrArray *warnings;     /* of char * */
    gboolean open;           /* own_rights, and given to all: no mark may claim it */
    char **foreign_creators; /* that it is refused for; or NULL */
} FgPlanned;

typedef struct {
    const FgProfile *profile;
    GPtrArray *photos; /* of FgPlanned, sorted by source */
} FgPlan;

typedef struct {
    gboolean force_rights;
    const char *out; /* the output folder, so that no output can be an input; NULL: not looked at */
} FgPlanOptions;

/* Plans all photos (of FgPhoto; borrowed, must outlive the plan); a file that is there twice is planned once.
 * FG_ERROR_CLASH names two photos whose files would share one path, or a photo that would be overwritten, and
 * the way out. */
FgPlan *fg_plan_new(const FgProfile *profile, GPtrArray *photos, const FgPlanOptions *options,
                    GError **error);
void fg_plan_free(FgPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgPlan, fg_plan_free)

/* The size that a recipe makes of a width x height photo; FALSE when it would be enlarged. Rounds half up, at
 * least 1. A cropped box that is larger than the photo becomes the largest box of its shape inside. */
gboolean fg_plan_size(const FgRecipe *recipe, guint32 width, guint32 height, FgSize *size);

/* "{stem}-{width}.{ext}" expanded for one file. The caller frees. */
char *fg_plan_output_name(const char *pattern, const char *stem, const char *name, const FgSize *size,
                          FgFormat format);

#endif
