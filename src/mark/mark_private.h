/* mark_private.h: what the files of this room share.
 *
 *     spec -> size and place (FgFrame) -> coverage (FgMask) -> strokes over their ground -> pixels
 *
 * A drawing is measured in ems: of its letters, or for a logo in what the em of a signature of its weight
 * would be. A frame sets it on a picture. Everything keyed is drawn in ems too, so that all sizes of a photo
 * vary alike. No function of the C library's whose last bit may depend on the processor (exp, log, sin, pow)
 * takes part. */
#ifndef FG_MARK_PRIVATE_H
#define FG_MARK_PRIVATE_H

#include "mark/mark.h"

/* ---- key.c: xoshiro256** (Blackman and Vigna), seeded by HMAC-SHA256(secret, "mark/field/n"). ---- */

typedef struct {
    guint64 state[4];
} FgRandom;

FgRandom fg_random(const guint8 *secret, const char *mark, const char *field, guint64 n);
guint64 fg_random_next(FgRandom *random);
double fg_random_uniform(FgRandom *random); /* -1..1 */
double fg_random_normal(FgRandom *random);  /* unit variance, clipped to +-2 */

/* Mixes 64 bits (the finaliser of splitmix64). */
guint64 fg_mix(guint64 bits);
/* A normal number, unit variance, from 64 random bits; not clipped. */
double fg_normal(guint64 bits);

/* ---- noise.c: smooth unit-rms noise over the plane; a node's value depends on seed and indices alone. ----
 */

typedef struct {
    double step, left, top; /* ems */
    int columns, rows;
    float *nodes;
} FgNoise;

/* Noise of correlation length `reach` that can be asked for within a box of ems that begins at (0, 0), and
 * one em around. */
FgNoise *fg_noise_new(FgRandom random, double width, double height, double reach);
void fg_noise_free(FgNoise *noise);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgNoise, fg_noise_free)
float fg_noise_at(const FgNoise *noise, double x, double y); /* clipped to +-2 */

/* Places in upright rows, ems. */
typedef struct {
    double left, top, step;
    int width, height;
} FgGrid;

/* The same at all of them, row by row, each value `apart` from the one before. */
void fg_noise_grid(const FgNoise *noise, const FgGrid *grid, float *values, gsize apart);

/* ---- place.c: pure geometry. ---- */

/* px: on a smaller picture only the signature is drawn, at any size of letter that the width allows, and
 * marks give way to each other. */
#define FG_SMALL_LONG_EDGE 640

typedef struct {
    double x, y, width, height; /* px */
} FgBox;

/* A similarity: a drawing's (x, y) in ems lies at (left + cos x - sin y, top + sin x + cos y) px. */
typedef struct {
    double left, top, cos, sin;
} FgFrame;

void fg_turn(double degrees, double *cosine, double *sine);
FgFrame fg_frame_new(double left, double top, double scale, double degrees);
double fg_frame_scale(const FgFrame *frame); /* px an em */
void fg_frame_out(const FgFrame *frame, double x, double y, double *px, double *py);
void fg_frame_in(const FgFrame *frame, double px, double py, double *x, double *y);

/* The whole pixels that a box of ems touches, `around` px more, clipped to the picture (possibly empty). */
FgRect fg_frame_rect(const FgFrame *frame, FgBox ems, double around, int width, int height);
FgRect fg_box_rect(FgBox box, double around, int width, int height);
gboolean fg_rects_meet(FgRect a, FgRect b);

/* What a drawing is to the rules of size. */
typedef struct {
    double width, height; /* ems */
    double cap;           /* height of a capital, ems; 0 for a logo */
} FgShape;

/* Px an em at which a shape is drawn; 0 when its letters would be too small to read. */
double fg_place_scale(const FgMarkSpec *spec, const FgShape *shape, int width, int height);

/* Where a box of this size stands at one of the fixed places (FG_PLACE_AUTO: bottom right). */
FgBox fg_place_box(FgPlace place, double margin, double box_width, double box_height, int width, int height);

/* ---- light.c: sRGB (IEC 61966-2-1) and CIELAB lightness by tables. ---- */

typedef struct {
    float linear[256];     /* of a sample */
    float threshold[257];  /* where encoding steps from level n - 1 to n */
    guint8 level[4097];    /* the level at n / 4096 */
    float lightness[1026]; /* L* at n / 1024 */
} FgLight;

FgLight *fg_light_new(void);
float fg_lightness(const FgLight *light, float luminance);
float fg_luminance(float lightness); /* the inverse */
guint8 fg_light_encode(const FgLight *light, float linear);
static inline float
fg_linear_luminance(float r, float g, float b)
{
    return 0.2126f * r + 0.7152f * g + 0.0722f * b;
}

/* A pixel as it looks over white, in 0..255 of sRGB. */
void fg_pixel_over_white(const guint8 *pixel, int bands, guint8 over[3]);

/* ---- ground.c: what lies under a mark: local mean and spread of lightness, and colour, under a Gaussian.
 * ---- */

typedef struct {
    float lightness, spread; /* L*: mean, standard deviation */
    float colour[3];         /* mean, linear */
} FgLocal;

typedef struct {
    FgRect rect; /* px of the picture */
    int cell;    /* px */
    int columns, rows;
    FgLocal *cells;
} FgGround;

/* Looks at the picture around `rect`; the Gaussian is 8 px at a short edge of 1360. */
FgGround *fg_ground_new(const FgRaster *raster, const FgLight *light, FgRect rect);
/* What it looks at. */
FgRect fg_ground_reach(FgRect rect, int width, int height);
void fg_ground_free(FgGround *ground);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgGround, fg_ground_free)
FgLocal fg_ground_at(const FgGround *ground, double x, double y);

/* Mean spread over a rectangle plus 3 for each per cent of it where a step of `visibility` has no room: the
 * calmer, the lower. */
double fg_ground_unrest(const FgGround *ground, FgRect rect, double visibility);

/* ---- coverage.c, logo.c: how much of each pixel a drawing covers. ---- */

typedef struct {
    FgRect rect;
    float *cover;     /* 0..1 */
    guint16 *cluster; /* of the letter that covers most */
    float *colour;    /* linear RGB of a logo in colours; NULL: the tone law gives the colour */
} FgMask;

FgMask *fg_mask_new(FgRect rect, gboolean coloured);
void fg_mask_free(FgMask *mask);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgMask, fg_mask_free)

/* How a drawing may vary: all zero for a mark that does not. */
typedef struct {
    double glyph; /* share of the full jitter of size, turn, place and tracking of a letter */
    double warp;  /* largest displacement, ems */
    double ink;   /* rms change of a stroke's edge, ems */
} FgVariation;

extern const FgVariation fg_variation_single, fg_variation_tile, fg_variation_none;

/* A logo made ready for a scale: premultiplied linear light, about two samples a px. */
typedef struct {
    int width, height;
    float *samples;    /* r g b a */
    gboolean coloured; /* FALSE: one colour on a transparent ground */
} FgLogo;

/* The em of a logo, as a share of the side of the square of equal area. */
#define FG_LOGO_EMS 4.25

FgShape fg_text_shape(const FgLettering *lettering);
FgShape fg_logo_shape(const FgRaster *raster);
FgLogo *fg_logo_new(const FgRaster *raster, const FgLight *light, double scale);
void fg_logo_free(FgLogo *logo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgLogo, fg_logo_free)

/* One drawing of a mark: of `lettering` or of `logo`. `n` tells the tiles of one mark apart. */
typedef struct {
    const FgLettering *lettering;
    const FgLogo *logo;
    FgShape shape;
    const char *name;
    const guint8 *secret;
    guint64 n;
    const FgVariation *variation;
} FgDrawing;

/* The pixels that a drawing may touch. */
FgRect fg_cover_reach(const FgShape *shape, const FgVariation *variation, const FgFrame *frame, int width,
                      int height);

/* NULL when nothing of it lies in the picture. */
FgMask *fg_cover(const FgDrawing *drawing, const FgFrame *frame, int width, int height);
/* The two halves of it. */
void fg_cover_text(FgMask *mask, const FgDrawing *drawing, const FgFrame *frame, const float *bend);
void fg_cover_logo(FgMask *mask, const FgDrawing *drawing, const FgFrame *frame, const float *bend);

/* ---- tone.c: constant visibility. ---- */

/* How a mark is toned. */
typedef struct {
    double visibility; /* L* */
    FgTone tone;
    double tint;  /* the largest share of the place's own hue in a light veil */
    double grain; /* rms share of the step; 0: smooth */
} FgToning;

typedef struct {
    double sum, count;  /* of steps over the pixels of the strokes */
    double worst_glyph; /* G_MAXDOUBLE when no letter was large enough to say */
    double light;       /* pixels that took the light tone */
} FgMeasured;

/* Blends a mask in, choosing its tone and strength so that the step which is measured afterwards is the asked
 * one. */
FgMeasured fg_tone(FgRaster *raster, const FgMask *mask, const FgGround *ground, const FgLight *light,
                   const FgDrawing *drawing, const FgFrame *frame, const FgToning *toning);

/* A veil for one place: linear colour and opacity that lift (or lower) its lightness by `step`. */
void fg_veil(const FgLocal *local, double step, gboolean lighter, double tint, float veil[3], float *opacity);

/* ---- tiles.c ---- */

/* Calls `each` with the frame and number of every tile of the lattice that touches the picture and none of
 * the `taken` rectangles. `scale` in px an em. */
typedef void (*FgTileFunc)(const FgFrame *frame, guint64 n, gpointer data);
void fg_tiles(const FgMarkSpec *spec, const FgShape *shape, double scale, const guint8 *secret, int width,
              int height, const FgRect *taken, gsize n_taken, FgTileFunc each, gpointer data);

#endif
