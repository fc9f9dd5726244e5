/* encode_ppx.c: PPX: the samples as they are. */
#include "pixels/pixels_private.h"

static void
put_u32(GByteArray *out, guint32 value)
{
    const guint32 big = GUINT32_TO_BE(value);
    g_byte_array_append(out, (const guint8 *)&big, sizeof big);
}

GBytes *
fg_encode_ppx(const FgRaster *raster, const FgEncoding *encoding G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
    const guint row = (guint)raster->width * (guint)raster->bands;
    const guint8 bands = (guint8)raster->bands;
    GByteArray *out = g_byte_array_new();
    g_byte_array_append(out, (const guint8 *)"PPX1HEAD", 8);
    put_u32(out, 9);
    put_u32(out, (guint32)raster->width);
    put_u32(out, (guint32)raster->height);
    g_byte_array_append(out, &bands, 1);
    g_byte_array_append(out, (const guint8 *)"PIXL", 4);
    put_u32(out, row * (guint32)raster->height);
    for (int y = 0; y < raster->height; y++)
        g_byte_array_append(out, raster->data + (gsize)y * raster->stride, row);
    return g_byte_array_free_to_bytes(out);
}
