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
    GBytes *icc; /* the profile of these samples, or NULL */
} FgHead;

void fg_head_clear(FgHead *head);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgHead, fg_head_clear)

/* ---- scale.c: separable Lanczos-3 in fixed point, fed with rows from top to bottom. ---- */

typedef struct FgScaler FgScaler;

/* Takes rows of `width` 8-bit pixels, `height` of them; gives a raster of the other size. With `alpha`,
 * colours are weighted by the last band, so that what is transparent does not bleed. */
FgScaler *fg_scaler_new(int width, int height, int bands, gboolean alpha, int out_width, int out_height);
/* The same for a plane of one band, of whose samples the picture covers `across` by `down`: the last ones may
 * reach over its border. Other than above, the result may be larger. */
FgScaler *fg_scaler_new_plane(int width, int height, double across, double down, int out_width,
                              int out_height);
void fg_scaler_push(FgScaler *scaler, const guint8 *row);
/* The result, once all rows are in; the caller's. */
FgRaster *fg_scaler_take(FgScaler *scaler);
void fg_scaler_free(FgScaler *scaler);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgScaler, fg_scaler_free)

/* A whole raster through a scaler. */
FgRaster *fg_scale(const FgRaster *raster, gboolean alpha, int width, int height);

/* ---- Decoders. `head` reads no pixel; `render` gives the picture that it speaks of in another size, at most
 * its own divided by `shrink`: 1, and for a JPEG also 2, 4, 8, rounding up. ---- */

typedef struct {
    gboolean (*head)(GBytes *file, FgHead *head, GError **error); /* `head` has the format */
    FgRaster *(*render)(GBytes *file, const FgHead *head, int shrink, int width, int height, GError **error);
} FgDecoder;

extern const FgDecoder fg_jpeg_decoder; /* JPEG, by libjpeg */
extern const FgDecoder fg_heif_decoder; /* HEIC and AVIF, by libheif */
extern const FgDecoder fg_vips_decoder; /* PNG, TIFF and WebP, by libvips */

/* ---- colour.c ---- */

/* Brings a raster whose samples are what `head` says to sRGB, 3 or 4 bands. Takes the raster.
 * FG_ERROR_COLOUR. */
FgRaster *fg_colour_to_srgb(FgRaster *taken, const FgHead *head, GError **error);

/* A profile for HEIF and AVIF that name their colours by ITU-T H.273 code points; NULL when that is sRGB or
 * unknown. */
GBytes *fg_colour_from_cicp(int primaries, int transfer);

/* True for a profile that leaves the colours of a grid where sRGB has them, to within one 8-bit step. */
gboolean fg_colour_is_srgb(GBytes *icc);

/* ---- raster.c, turn.c, attention.c, chroma.c, ycc.c ---- */

/* A raster all of whose samples the caller will write. */
FgRaster *fg_raster_bare(int width, int height, int bands);

/* Bakes in an EXIF orientation, 1..8. Takes the raster. */
FgRaster *fg_raster_turn(FgRaster *taken, int orientation);

/* The part of a raster that begins at x, y. */
FgRaster *fg_raster_cut(const FgRaster *raster, int x, int y, int width, int height);

/* Where a window of this size shows most of what draws the eye. */
void fg_attention(const FgRaster *raster, int width, int height, int *x, int *y);

/* Three planes of one size, luma and the differences of blue and red, as JPEG has them, in RGB. */
FgRaster *fg_planes_to_rgb(const FgRaster *luma, const FgRaster *blueness, const FgRaster *redness);

/* True when halved chroma would visibly wash out strong colour edges. */
gboolean fg_chroma_is_fine(const FgRaster *raster);

/* ---- Encoders: one file each. `full_chroma` is decided already; 3 bands for JPEG. ---- */

GBytes *fg_encode_jpeg(const FgRaster *raster, const FgEncoding *encoding, gboolean full_chroma,
                       GError **error);
GBytes *fg_encode_webp(const FgRaster *raster, int quality, int method, GError **error);
GBytes *fg_encode_avif(const FgRaster *raster, int quality, int effort, gboolean full_chroma, GError **error);
GBytes *fg_encode_png(const FgRaster *raster, GError **error);

#endif
