/* encode.c: one door to four encoders. None of them writes metadata; that is put on afterwards. */
#include "pixels/pixels_private.h"

static GBytes *
encode_as_it_is(const FgPlanes *planes, const FgRaster *rgba, const FgEncoding *encoding, GError **error)
{
    switch (encoding->format) {
    case FG_FORMAT_JPEG:
        return fg_encode_jpeg(planes, encoding, error);
    case FG_FORMAT_WEBP:
        return fg_encode_webp_planes(planes, encoding->quality, encoding->effort < 0 ? 4 : encoding->effort,
                                     error);
    default:
        return fg_encode_avif(planes, rgba, encoding->quality, encoding->effort < 0 ? 1 : encoding->effort,
                              error);
    }
}

static gboolean
keeps_full_chroma(const FgPlanes *planes, const FgEncoding *encoding)
{
    if (encoding->format == FG_FORMAT_WEBP || encoding->chroma == FG_CHROMA_420)
        return FALSE;
    return encoding->chroma == FG_CHROMA_444 || fg_chroma_is_fine(planes);
}

/* The formats that are made of planes. */
static GBytes *
encode_chroma(const FgPlanes *planes, const FgRaster *rgba, const FgEncoding *encoding, GError **error)
{
    if (planes->halved || keeps_full_chroma(planes, encoding))
        return encode_as_it_is(planes, rgba, encoding, error);
    g_autoptr(FgRaster) blueness = fg_plane_halve(planes->plane[1]);
    g_autoptr(FgRaster) redness = fg_plane_halve(planes->plane[2]);
    const FgPlanes halved = {planes->width, planes->height, TRUE, {planes->plane[0], blueness, redness}};
    return encode_as_it_is(&halved, rgba, encoding, error);
}

GBytes *
fg_encode_planes(const FgPlanes *planes, const FgEncoding *encoding, GError **error)
{
    if (encoding->format == FG_FORMAT_JPEG || encoding->format == FG_FORMAT_WEBP ||
        encoding->format == FG_FORMAT_AVIF)
        return encode_chroma(planes, NULL, encoding, error);
    g_autoptr(FgRaster) rgb = fg_planes_to_rgb(planes);
    return fg_encode(rgb, encoding, error);
}

static GBytes *
encode_flat_jpeg(const FgRaster *raster, const FgEncoding *encoding, GError **error)
{
    g_autoptr(FgRaster) flat = raster->bands == 4 ? fg_raster_flatten(raster) : NULL;
    g_autoptr(FgPlanes) planes = fg_planes_of_rgb(flat ? flat : raster);
    return encode_chroma(planes, NULL, encoding, error);
}

static GBytes *
encode_avif(const FgRaster *raster, const FgEncoding *encoding, GError **error)
{
    g_autoptr(FgPlanes) planes = fg_planes_of_rgb(raster);
    return encode_chroma(planes, raster->bands == 4 ? raster : NULL, encoding, error);
}

GBytes *
fg_encode(const FgRaster *raster, const FgEncoding *encoding, GError **error)
{
    g_assert(raster->bands == 3 || raster->bands == 4);
    switch (encoding->format) {
    case FG_FORMAT_JPEG:
        return encode_flat_jpeg(raster, encoding, error);
    case FG_FORMAT_WEBP:
        return fg_encode_webp(raster, encoding->quality, encoding->effort < 0 ? 4 : encoding->effort, error);
    case FG_FORMAT_AVIF:
        return encode_avif(raster, encoding, error);
    case FG_FORMAT_PNG:
        return fg_encode_png(raster, error);
    default:
        return fg_throw_null(error, FG_ERROR_ENCODE, "%s is not a format that is written",
                             fg_format_name(encoding->format));
    }
}
