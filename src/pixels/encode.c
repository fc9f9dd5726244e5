/* encode.c: the encoders. None of them writes metadata; that is put on afterwards. */
#include "pixels/pixels_private.h"

typedef struct {
    /* Of luma and colour differences; rgba is where the alpha is, or NULL. NULL: it is made of RGB alone. */
    GBytes *(*of_planes)(const FgPlanes *planes, const FgRaster *rgba, const FgEncoding *encoding,
                         GError **error);
    /* Of RGB or RGBA. NULL: of the planes that are made of it. */
    GBytes *(*of_rgb)(const FgRaster *raster, const FgEncoding *encoding, GError **error);
    gboolean opaque;   /* has no alpha */
    FgModules modules; /* that it takes */
} Encoder;

static GBytes *
jpeg_of_planes(const FgPlanes *planes, const FgRaster *rgba G_GNUC_UNUSED, const FgEncoding *encoding,
               GError **error)
{
    return fg_encode_jpeg(planes, encoding, error);
}

static int
webp_method(const FgEncoding *encoding)
{
    return encoding->effort < 0 ? 4 : encoding->effort;
}

static GBytes *
webp_of_planes(const FgPlanes *planes, const FgRaster *rgba G_GNUC_UNUSED, const FgEncoding *encoding,
               GError **error)
{
    return fg_encode_webp_planes(planes, encoding->quality, webp_method(encoding), error);
}

static GBytes *
webp_of_rgb(const FgRaster *raster, const FgEncoding *encoding, GError **error)
{
    return fg_encode_webp(raster, encoding->quality, webp_method(encoding), error);
}

static GBytes *
avif_of_planes(const FgPlanes *planes, const FgRaster *rgba, const FgEncoding *encoding, GError **error)
{
    return fg_encode_avif(planes, rgba, encoding->quality, encoding->effort < 0 ? 1 : encoding->effort,
                          error);
}

static GBytes *
png_of_rgb(const FgRaster *raster, const FgEncoding *encoding G_GNUC_UNUSED, GError **error)
{
    return fg_encode_png(raster, error);
}

static GBytes *
jxl_of_rgb(const FgRaster *raster, const FgEncoding *encoding, GError **error)
{
    return fg_encode_jxl(raster, encoding->quality, encoding->effort < 0 ? 4 : encoding->effort, error);
}

static const Encoder encoders[FG_N_FORMATS] = {
    [FG_FORMAT_JPEG] = {.of_planes = jpeg_of_planes, .opaque = TRUE},
    [FG_FORMAT_PNG] = {.of_rgb = png_of_rgb},
    [FG_FORMAT_WEBP] = {.of_planes = webp_of_planes, .of_rgb = webp_of_rgb},
    [FG_FORMAT_AVIF] = {.of_planes = avif_of_planes, .modules = FG_MODULE_HEIF},
    [FG_FORMAT_JXL] = {.of_rgb = jxl_of_rgb, .modules = FG_MODULE_JXL},
};

FgModules
fg_modules_to_write(FgFormat format)
{
    return encoders[format].modules;
}

static gboolean
keeps_full_chroma(const FgPlanes *planes, const FgEncoding *encoding)
{
    if (fg_format_traits(encoding->format)->halves_colour || encoding->chroma == FG_CHROMA_420)
        return FALSE;
    return encoding->chroma == FG_CHROMA_444 || fg_chroma_is_fine(planes);
}

/* The formats that are made of planes. */
static GBytes *
encode_chroma(const FgPlanes *planes, const FgRaster *rgba, const FgEncoding *encoding, GError **error)
{
    const Encoder *encoder = &encoders[encoding->format];
    if (planes->halved || keeps_full_chroma(planes, encoding))
        return encoder->of_planes(planes, rgba, encoding, error);
    g_autoptr(FgRaster) blueness = fg_plane_halve(planes->plane[1]);
    g_autoptr(FgRaster) redness = fg_plane_halve(planes->plane[2]);
    const FgPlanes halved = {planes->width, planes->height, TRUE, {planes->plane[0], blueness, redness}};
    return encoder->of_planes(&halved, rgba, encoding, error);
}

GBytes *
fg_encode_planes(const FgPlanes *planes, const FgEncoding *encoding, GError **error)
{
    if (encoders[encoding->format].of_planes)
        return encode_chroma(planes, NULL, encoding, error);
    g_autoptr(FgRaster) rgb = fg_planes_to_rgb(planes);
    return fg_encode(rgb, encoding, error);
}

GBytes *
fg_encode(const FgRaster *raster, const FgEncoding *encoding, GError **error)
{
    g_assert(raster->bands == 3 || raster->bands == 4);
    const Encoder *encoder = &encoders[encoding->format];
    if (encoder->of_rgb)
        return encoder->of_rgb(raster, encoding, error);
    if (!encoder->of_planes)
        return fg_throw_null(error, FG_ERROR_ENCODE, "%s is not a format that is written",
                             fg_format_name(encoding->format));
    const gboolean alpha = raster->bands == 4;
    g_autoptr(FgRaster) flat = alpha && encoder->opaque ? fg_raster_flatten(raster) : NULL;
    g_autoptr(FgPlanes) planes = fg_planes_of_rgb(flat ? flat : raster);
    return encode_chroma(planes, alpha && !encoder->opaque ? raster : NULL, encoding, error);
}
