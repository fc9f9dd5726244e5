/* pixels_private.h: what the files of this room share.
 *
 * A photo passes as rows: a decoder pushes them into a scaler, which holds only the few that its filter
 * needs, and the small raster that comes out is then brought to sRGB, turned and cropped. So no decoded photo
 * is ever held whole, but by a codec that can't do otherwise. */
#ifndef FG_PIXELS_PRIVATE_H
#define FG_PIXELS_PRIVATE_H

#include "pixels/pixels.h"

/* What the bytes of a decoded row mean. */
typedef enum {
    FG_SPACE_RGB,
    FG_SPACE_GREY,
    FG_SPACE_CMYK,          /* 255 is full ink */
    FG_SPACE_CMYK_INVERTED, /* 0 is full ink, as Adobe writes it into JPEG */
} FgSpace;

typedef struct {
    FgFormat format;
    int width, height; /* as stored, before orientation */
    int bands;         /* 1..4, alpha included */
    gboolean alpha;    /* the last band is straight alpha */
    FgSpace space;
    GBytes *icc;        /* the profile of these samples, or NULL */
    gboolean stated;    /* the file says what its colours are, by a profile or in another way */
    gboolean deep;      /* more than 8 bits: the decoder brings them to sRGB itself, and `icc` is NULL */
    gboolean adobe_rgb; /* what colours of a deep picture are that are not stated */
    gboolean planes;    /* a JPEG whose RGB is in luma and two colour differences */
    FgBrightness
        light; /* PQ or HLG: samples of these curves, and `icc` is a profile of their light; else none */
    gboolean narrow; /* of which 16 is black and 235 the brightest */
} FgHead;

void fg_head_clear(FgHead *head);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgHead, fg_head_clear)

/* ---- scale.c: separable Lanczos-3 in fixed point, fed with rows from top to bottom. ---- */

typedef struct FgScaler FgScaler;

/* Takes rows of `width` 8-bit pixels, `height` of them; gives a raster of the other size. With `alpha`,
 * colours are weighted by the last band, so that what is transparent does not bleed. */
FgScaler *fg_scaler_new(int width, int height, int bands, gboolean alpha, int out_width, int out_height);
/* The same for a plane of one band, of whose samples the picture covers `across` by `down`: the last ones may
 * reach over its border. Other than above, the result may be larger. `soft`: it is averaged as far as that
 * goes before it is weighed, as colours are when they are halved, and which is faster. */
FgScaler *fg_scaler_new_plane(int width, int height, double across, double down, int out_width,
                              int out_height, gboolean soft);
void fg_scaler_push(FgScaler *scaler, const guint8 *row);
/* The result, once all rows are in; the caller's. */
FgRaster *fg_scaler_take(FgScaler *scaler);
void fg_scaler_free(FgScaler *scaler);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgScaler, fg_scaler_free)

/* A whole raster, or plane, through a scaler. */
FgRaster *fg_scale(const FgRaster *raster, gboolean alpha, int width, int height);
FgRaster *fg_scale_plane(const FgRaster *plane, double across, double down, int width, int height);

/* ---- planes.c: a picture as JPEG has it, BT.601 over the full range (JFIF 1.02). ---- */

/* Luma and the differences of blue and red, rasters of one band. `halved` colours have one sample in the
 * middle of 2x2 pixels; the last ones may reach over the border. */
typedef struct {
    int width, height;
    gboolean halved;
    FgRaster *plane[3];
} FgPlanes;

FgPlanes *fg_planes_new(int width, int height, gboolean halved);
void fg_planes_free(FgPlanes *planes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgPlanes, fg_planes_free)

/* How many samples a plane has along a side, and how much longer than the side they are, all in all. */
int fg_plane_samples(int pixels, gboolean halved);
double fg_plane_reach(int pixels, gboolean halved);

/* The same picture in another size, its colours halved or not. */
FgPlanes *fg_planes_scale(const FgPlanes *planes, int width, int height, gboolean halved);

/* Bakes in an EXIF orientation. Takes the planes. With halved ones, ask whether it can be done. */
FgPlanes *fg_planes_turn(FgPlanes *taken, int orientation);
gboolean fg_planes_may_turn(int width, int height, int orientation);

char *fg_planes_mean_colour(const FgPlanes *planes);

/* ---- ycc.c ---- */

FgPlanes *fg_planes_of_rgb(const FgRaster *rgb); /* without an alpha, not halved */
FgRaster *fg_planes_to_rgb(const FgPlanes *planes);
FgRaster *fg_plane_halve(const FgRaster *plane);

/* Fills a rectangle of a raster of 3 bands, of the planes' size; and takes back which of its pixels are
 * others now. Samples of all other pixels stay what they are. What is taken back begins at even pixels. */
void fg_planes_show(const FgPlanes *planes, FgRect rect, FgRaster *rgb);
void fg_planes_take(FgPlanes *planes, FgRect rect, const FgRaster *rgb);

/* ---- Decoders. `head` reads no pixel; `render` gives the picture that it speaks of in another size, at most
 * its own divided by `shrink`: 1, and for a JPEG also 2, 4, 8, rounding up. ---- */

typedef struct {
    gboolean (*head)(GBytes *file, FgHead *head, GError **error); /* `head` has the format */
    FgRaster *(*render)(GBytes *file, const FgHead *head, int shrink, int width, int height, GError **error);
} FgDecoder;

extern const FgDecoder fg_jpeg_decoder; /* JPEG, by libjpeg */
extern const FgDecoder fg_heif_decoder; /* HEIC and AVIF, by libheif */
extern const FgDecoder fg_jxl_decoder;  /* JPEG XL, by libjxl */
extern const FgDecoder fg_vips_decoder; /* PNG, TIFF and WebP, by libvips */

/* The same picture of a JPEG whose head speaks of planes, in these. */
FgPlanes *fg_jpeg_planes(GBytes *file, int shrink, int width, int height, gboolean halved, GError **error);

/* ---- versions.c ---- */

/* The names and versions of the libraries that are always there, by turns. */
GStrv fg_linked_versions(void);

/* ---- What stands in a module (modules/modules.h), beside three of the decoders ---- */

gboolean fg_vips_start(GError **error);
gboolean fg_heif_start(GError **error);

/* The profile of a common press, for CMYK that has none of its own; NULL when libvips was not loaded, or was
 * built without. The caller unrefs. */
GBytes *fg_vips_press_profile(void);

const char *fg_vips_version(void);
const char *fg_heif_version(void);
const char *fg_jxl_version(void);
const char *fg_pango_version(void);
const char *fg_cairo_version(void);
const char *fg_rsvg_version(void);

/* ---- colour.c ---- */

/* Brings a raster whose samples are what `head` says to sRGB, 3 or 4 bands. Takes the raster.
 * FG_ERROR_COLOUR. */
FgRaster *fg_colour_to_srgb(FgRaster *taken, const FgHead *head, GError **error);

/* transform.c: the raster by a profile of such samples, in 3 or 4 bands; NULL when it is none or can't be
 * used. */
FgRaster *fg_colour_by_profile(const FgRaster *raster, const FgHead *head, GBytes *icc);

/* The same of PQ and HLG, brought down to white. NULL without such a profile. */
FgRaster *fg_colour_by_light(const FgRaster *raster, const FgHead *head);

/* roll_off.c: the light of a signal from 0 to 1, in units of diffuse white, which PQ and HLG go beyond. */
double fg_hdr_light(FgHdr hdr, double signal);

/* What brings light down to white, of a source whose peak is `peak` cd/m² (0: it does not say). All members
 * are signals of PQ, the last three as parts of the first; a peak of 0: nothing is over white. */
typedef struct {
    double peak, knee, white, slope;
} FgRollOff;

FgRollOff fg_roll_off(guint32 peak);

/* The factor, 1 at most, for all colours of a pixel whose brightest has this light. */
double fg_roll_off_gain(const FgRollOff *curve, double light);

/* Light from 0 to 1 as a sample of 16 bits by sRGB's curve. */
guint16 fg_srgb_sample(double light);

/* stated.c: a profile for HEIF and AVIF that name their colours by ITU-T H.273 code points; NULL when that is
 * sRGB or unknown. */
GBytes *fg_colour_from_cicp(int primaries, int transfer);

/* Of linear light in these primaries (ITU-T H.273; 1: those of sRGB), and Adobe RGB (1998). */
GBytes *fg_colour_linear(int primaries);
GBytes *fg_colour_adobe_rgb(void);

#define FG_DEEP_VALUES 65536 /* of 16 bits */

/* Whether a PNG states its colours otherwise than by an ICC profile, or says something that goes before it;
 * then *icc is a profile of them as RGB, NULL for sRGB. `straight`: of samples that have been through the
 * table below, 16-bit ones as they would be by sRGB's curve: Little CMS is exact with curves like it alone.
 */
gboolean fg_colour_of_png(const FgPngColour *colour, gboolean straight, GBytes **icc);
void fg_colour_straighten(const FgPngColour *colour, guint16 table[FG_DEEP_VALUES]);

/* Whether a profile speaks of samples like these, by the signature of its header (ICC.1, 7.2.6). */
gboolean fg_icc_is_of(const void *icc, gsize length, FgSpace space);

/* True for a profile that leaves the colours of a grid where sRGB has them, to within one 8-bit step. */
gboolean fg_colour_is_srgb(GBytes *icc);

/* ---- size.c, raster.c, turn.c, attention.c, chroma.c ---- */

/* The size to which the whole picture is scaled before it is cut to `size`. */
void fg_size_cover(int width, int height, const FgSize *size, int *cover_width, int *cover_height);

/* Cuts a covering raster to `size`. Takes the raster. */
FgRaster *fg_raster_crop(FgRaster *taken, const FgSize *size);

/* Whether a size can be made of this one without enlarging it. FG_ERROR_INTERNAL. */
gboolean fg_size_fits(const FgSize *size, int width, int height, GError **error);

/* A raster all of whose samples the caller will write. */
FgRaster *fg_raster_bare(int width, int height, int bands);

/* Bakes in an EXIF orientation, 1..8. Takes the raster. */
FgRaster *fg_raster_turn(FgRaster *taken, int orientation);

/* The part of a raster that begins at x, y. */
FgRaster *fg_raster_cut(const FgRaster *raster, int x, int y, int width, int height);

/* Where a window of this size shows most of what draws the eye. */
void fg_attention(const FgRaster *raster, int width, int height, int *x, int *y);

/* True when halved colours would visibly wash out strong edges of theirs. */
gboolean fg_chroma_is_fine(const FgPlanes *planes);

/* Both take what they make a picture of. */
FgPixels *fg_pixels_of_rgb(FgRaster *taken);
FgPixels *fg_pixels_of_planes(FgPlanes *taken);

/* The mean colour over white, "#rrggbb". */
char *fg_raster_mean_colour(const FgRaster *raster);

/* ---- Encoders: encode.c decides for 4:2:0 or 4:4:4, one file each does it. ---- */

GBytes *fg_encode_planes(const FgPlanes *planes, const FgEncoding *encoding, GError **error);

GBytes *fg_encode_jxl(const FgRaster *raster, int quality, int effort, GError **error);
GBytes *fg_encode_jpeg(const FgPlanes *planes, const FgEncoding *encoding, GError **error);
GBytes *fg_encode_webp(const FgRaster *raster, int quality, int method, GError **error);
/* Of halved planes. */
GBytes *fg_encode_webp_planes(const FgPlanes *planes, int quality, int method, GError **error);
/* `rgba`, when it is not NULL, has the alpha. */
GBytes *fg_encode_avif(const FgPlanes *planes, const FgRaster *rgba, int quality, int effort, GError **error);
GBytes *fg_encode_png(const FgRaster *raster, GError **error);

#endif
