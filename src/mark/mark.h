/* mark: where a visible mark stands, how light or dark it is, how its strokes vary, and the blend itself.
 *
 * Works on FgRaster only, in its own rectangles: bytes outside them never change. docs/spec/marks.md §3 gives
 * the formulas; lengths there are for a short edge of 1360 px and scale with it. All randomness comes from a
 * 32-byte photo secret, HMAC-SHA256(key, photo id), from which each field derives its own seed by label;
 * every size of one photo varies alike. */
#ifndef FG_MARK_H
#define FG_MARK_H

#include "base/base.h"
#include "pixels/pixels.h"

typedef enum {
#define PLACE(id, ...) FG_PLACE_##id,
#include "mark/places.def"
    FG_N_PLACES
} FgPlace;

/* What the rows of places.def say of a place. */
typedef struct {
    const char *name;    /* "bottom-right" */
    double across, down; /* shares of the room beside the mark's box, within the margins */
    double begins;       /* share of the height at which the box begins instead; 0: `down` says it */
    double widest;       /* of a mark, as a share of the picture's width; 0: as most */
    gboolean calmer;     /* the other corner of that side, where it is clearly calmer */
    gboolean tiles;      /* all over the picture, drawn last since they avoid all others */
    gboolean large;      /* on no small picture (docs/spec/contract.md §8.3) */
    const char *size, *visibility; /* as a profile writes them, where the profile leaves them out; or NULL */
} FgPlaceTraits;

const FgPlaceTraits *fg_place_traits(FgPlace place);
const char *fg_place_name(FgPlace place);
gboolean fg_place_from_name(const char *name, FgPlace *place);

/* All names in order, with '|' between. An address that is known when a table is compiled. */
extern const char fg_place_words[]; /* each name behind a '|' */
#define FG_PLACE_NAMES (fg_place_words + 1)

typedef enum { FG_TONE_AUTO, FG_TONE_LIGHT, FG_TONE_DARK } FgTone;

/* A mark as the profile states it. */
typedef struct {
    char *name;   /* "signature" */
    char *text;   /* with {fields}; NULL for a logo */
    char *logo;   /* absolute path; NULL for a text */
    char **fonts; /* names or files, NULL-terminated */
    FgPlace place;
    double size;   /* share of the short edge, 0.27; text: width of the line; logo: side of a square of equal
                      area */
    double margin; /* share of the short edge */
    double angle;  /* degrees, tiled only */
    double visibility; /* L* step */
    FgTone tone;
    gboolean vary;
    gboolean bold;
} FgMarkSpec;

FgMarkSpec *fg_mark_spec_dup(const FgMarkSpec *spec);
void fg_mark_spec_free(FgMarkSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgMarkSpec, fg_mark_spec_free)

#define FG_MARK_LEAST_LONG_EDGE 320 /* px: a smaller picture carries no mark */

/* What the size rules of docs/spec/contract.md §8.3 make of a mark on a picture: FALSE when it is not drawn
 * at all. Pure. `fitted` is a shallow copy whose strings belong to `spec`. */
gboolean fg_mark_fit(const FgMarkSpec *spec, int width, int height, FgMarkSpec *fitted);

/* One mark, ready to draw: a spec and its drawing. */
typedef struct {
    const FgMarkSpec *spec;
    const FgLettering *lettering; /* for a text */
    const FgRaster *logo;         /* for a logo */
} FgMark;

typedef struct {
    double visibility;       /* the measured mean step in L* over the strokes */
    double worst_glyph;      /* the smallest mean step of one glyph */
    FgTone tone;             /* light or dark */
    int x, y, width, height; /* the rectangle; for tiles the whole picture */
    gboolean drawn; /* FALSE, and all else 0: its letters would be under 9 px high at the largest size that
                       the picture allows, no stroke of it lies in the picture, or another mark of a small
                       picture stands there */
} FgMarkReport;

/* The rectangle that all these marks lie in, with what they look at around them: no pixel outside of it is
 * read or written when they are drawn on a picture of this size. Specs are fitted ones. Empty for none. */
FgRect fg_mark_reach(const FgMark *marks, gsize n, int width, int height);

#define FG_PHOTO_SECRET_SIZE 32

/* Draws marks in order, but tiles last, since they avoid all others. Specs are fitted ones (fg_mark_fit).
 * `reports` has room for n. A mark whose measured step stays outside 0.67..1.5 of the asked one on every tone
 * is FG_ERROR_MARK with the figure. On a picture with alpha the tone is that over white, and the mark raises
 * alpha to its coverage. Deterministic. */
gboolean fg_mark_draw(FgRaster *raster, const FgMark *marks, gsize n,
                      const guint8 secret[FG_PHOTO_SECRET_SIZE], FgMarkReport *reports, GError **error);

/* The em in px at which lettering is best set for a picture: about three times the size that it is drawn at,
 * one of few values so that one lettering serves many photos and sizes. A field in the spec's text counts as
 * a few letters. */
double fg_mark_lettering_em(const FgMarkSpec *spec, int width, int height);

#define FG_MARK_LEAST_CAP 9.0 /* px: smaller capitals can't be read */

/* The height in px of the capitals that a lettering gets on a picture; 0 when there is no room for it. The
 * spec is a fitted one. */
double fg_mark_cap(const FgMarkSpec *spec, const FgLettering *lettering, int width, int height);

/* A text in two lines of about one length, broken where it has a blank, or anywhere between the signs of a
 * script without blanks. NULL when it can't be broken, or is in lines already; the caller frees. */
char *fg_mark_two_lines(const char *text);

/* The `side` to ask of fg_logo_draw for a picture: enough samples for every shape of logo, and one of few
 * values. */
int fg_mark_logo_side(const FgMarkSpec *spec, int width, int height);

#endif
