/* raster.c: drawn logos on their way from process to process: width, height, bands and a zero, 32-bit
 * little-endian, then the rows without gaps. */
#include "run/run_private.h"

#include <string.h>

#define RASTER_HEAD 16
#define LARGEST_SIDE 8192

GBytes *
fg_raster_pack(const FgRaster *raster)
{
    GByteArray *bytes = g_byte_array_new();
    const guint32 head[4] = {GUINT32_TO_LE((guint32)raster->width), GUINT32_TO_LE((guint32)raster->height),
                             GUINT32_TO_LE((guint32)raster->bands), 0};
    g_byte_array_append(bytes, (const guint8 *)head, sizeof head);
    for (int y = 0; y < raster->height; y++)
        g_byte_array_append(bytes, raster->data + (gsize)y * raster->stride,
                            (guint)(raster->width * raster->bands));
    return g_byte_array_free_to_bytes(bytes);
}

gboolean
fg_raster_unpack(GBytes *bytes, FgRaster *view, GError **error)
{
    FgCursor at = fg_cursor_bytes(bytes, FG_LITTLE_ENDIAN);
    guint32 width, height, bands, zero;
    if (!fg_cursor_u32(&at, &width) || !fg_cursor_u32(&at, &height) || !fg_cursor_u32(&at, &bands) ||
        !fg_cursor_u32(&at, &zero) || width < 1 || height < 1 || width > LARGEST_SIDE ||
        height > LARGEST_SIDE || bands != 4 || fg_cursor_left(&at) != (gsize)width * height * bands)
        return fg_throw(error, FG_ERROR_LOGO, "a drawn logo is not what it should be");
    *view = (FgRaster){.width = (int)width,
                       .height = (int)height,
                       .bands = (int)bands,
                       .stride = (gsize)width * bands,
                       .data = (guint8 *)(guintptr)at.data + RASTER_HEAD};
    return TRUE;
}
