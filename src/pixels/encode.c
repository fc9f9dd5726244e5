/* encode.c: one door to four encoders. None of them writes metadata; that is put on afterwards. */
#include "pixels/pixels_private.h"

static gboolean
full_chroma(const FgRaster *raster, FgChroma chroma)
{
    return chroma == FG_CHROMA_444 || (chroma == FG_CHROMA_AUTO && fg_chroma_is_fine(raster));
}

static GBytes *
encode_flat_jpeg(const FgRaster *raster, const FgEncoding *encoding, GError **error)
{
    g_autoptr(FgRaster) flat = raster->bands == 4 ? fg_raster_flatten(raster) : NULL;
    const FgRaster *opaque = flat ? flat : raster;
    return fg_encode_jpeg(opaque, encoding, full_chroma(opaque, encoding->chroma), error);
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
        return fg_encode_avif(raster, encoding->quality, encoding->effort < 0 ? 1 : encoding->effort,
                              full_chroma(raster, encoding->chroma), error);
    case FG_FORMAT_PNG:
        return fg_encode_png(raster, error);
    default:
        return fg_throw_null(error, FG_ERROR_ENCODE, "%s is not a format that is written",
                             fg_format_name(encoding->format));
    }
}
