/* profile: YAML in, a frozen FgProfile out. Every setting is a row of one table (schema.c) that parses,
 * checks, explains and documents it. */
#ifndef FG_PROFILE_H
#define FG_PROFILE_H

#include "base/base.h"
#include "filigrane/profile.h"
#include "mark/mark.h"
#include "metadata/metadata.h"
#include "pixels/pixels.h"

/* One entry of `derivatives`: a recipe that makes one size of a photo in some formats. */
typedef struct {
    char *name;
    int long_edge;     /* 0 when width or height say it */
    int width, height; /* 0: free */
    FgCrop crop;
    GArray *formats; /* of FgFormat, at least one, no twins */
    char **marks;    /* names, NULL-terminated; NULL: all marks of the profile */
} FgRecipe;

#define FG_QUALITY_TWIN 101 /* no pixels are encoded, but the JPEG of the same derivative */

typedef struct {
    int level[FG_N_FORMATS];  /* 1..100, of those that are lossy; of JPEG XL also FG_QUALITY_TWIN */
    int effort[FG_N_FORMATS]; /* likewise */
    FgChroma chroma;
    gboolean progressive;
} FgQuality;

typedef struct {
    guint64 pixels, bytes, memory;
    guint seconds;          /* of CPU; wall ten times that */
    guint64 exif, xmp, icc; /* bytes of metadata blocks; 0: no limit but the container's */
} FgLimits;

struct FgProfile {
    gint refs;
    char *name;
    FgRights *rights;
    guint keep;         /* FgKeep bits */
    GPtrArray *marks;   /* of FgMarkSpec, in the order of the file */
    GPtrArray *recipes; /* of FgRecipe, in the order of the file */
    FgQuality quality;
    FgLimits limits;
    char *output_name; /* "{stem}-{width}.{ext}" */
    gboolean assumed;  /* nobody named it */
    gboolean beside;   /* ./filigrane.yaml is there, was not read, and this one has no rights.creator */
    char *
        *idle_marks; /* names: stated by the file that was named or by --set, and on no derivative; or NULL */
    GHashTable
        *places; /* of settings that can be wrong only when they are tried: "marks.a.font" -> "p.yaml:3:9" */
};

/* Where a font or a logo was named, "p.yaml:3:9"; NULL where it is the default. Borrowed. */
const char *fg_profile_place(const FgProfile *profile, const char *path);

const FgMarkSpec *fg_profile_mark(const FgProfile *profile, const char *name); /* NULL for none */

/* Whether files of this format are among those that a recipe makes. */
gboolean fg_recipe_makes(const FgRecipe *recipe, FgFormat format);

FgEncoding fg_profile_encoding(const FgProfile *profile, FgFormat format);

/* SHA-256 hex over everything in the profile that can change a byte of output. */
char *fg_profile_digest(const FgProfile *profile);

/* The fields of one photo for texts in braces. NULL or 0: absent. */
typedef struct {
    const char *creator, *owner, *title, *caption, *stem, *camera;
    const char *year; /* four digits, or NULL */
    const char *date; /* "YYYY-MM-DD", or NULL */
    int width, height;
    const char *name, *ext; /* of output.name only */
} FgFields;

/* Expands "{creator}", "{{" and "}}" as docs/spec/contract.md §8.5 says: an absent {year} goes with one
 * space beside it; any other absent field ends the text before it, trailing punctuation trimmed. May give "".
 * The caller frees. */
char *fg_fields_expand(const char *text, const FgFields *fields);

/* ---- The rights of a profile as one photo gets them (rights_for_photo.c) ---- */

/* A photo's fields, and the memory behind them. */
typedef struct {
    FgFields fields;
    char *creator, *stem, *camera;
    char year[5], date[11];
} FgPhotoFields;

/* Of a photo with these rights (the profile's or its own), of all that it says of itself (may be NULL) and
 * what of that is kept; texts of the three are borrowed. */
void fg_photo_fields_init(FgPhotoFields *own, const FgProfile *profile, const FgRights *rights,
                          const FgFacts *facts, const FgFacts *kept, const char *stem);
void fg_photo_fields_clear(FgPhotoFields *own);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgPhotoFields, fg_photo_fields_clear)

/* The profile's rights for a photo that says this of itself (may be NULL): its notice without {fields}, its
 * digital source never less than the photo says of a generator. The year is that of the photo, else the
 * profile's; `year` (NULL: none) stands in its place. The caller frees. FG_ERROR_RIGHTS when nothing is left
 * of the notice. */
FgRights *fg_rights_for(const FgProfile *profile, const FgFacts *facts, const char *stem, const char *year,
                        GError **error);

/* "b.tar" of "a/b.tar.jpg": the base name without its extension, as bytes. The caller frees. */
char *fg_photo_stem(const char *path);

/* The stems that the photo may have had of which this file was made: as output.name has it for each
 * derivative, and that of the file itself, as `tag` leaves it; FG_ANY_STEM alone for "" and "-", which are no
 * names. The caller frees. */
char **fg_profile_stems(const FgProfile *profile, const char *path, guint32 width, guint32 height,
                        FgFormat format);

/* Checks the names of the fields in a text. FG_ERROR_PROFILE names the unknown one and those that there are.
 */
gboolean fg_fields_check(const char *text, GError **error);

/* True when a text has a field that depends on the photo (so that its glyphs can't be checked at load). */
gboolean fg_fields_vary(const char *text);

/* Checks output.name: known fields ({stem} {name} {width} {height} {ext}), no '/', not empty, ends in
 * ".{ext}". */
gboolean fg_output_pattern_check(const char *pattern, GError **error);

#endif
