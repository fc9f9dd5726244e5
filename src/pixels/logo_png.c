/* logo_png.c: logos of pixels, in sRGB. */
#include "pixels/logo_private.h"
#include "pixels/pixels_private.h"

#include <png.h>
#include <string.h>

#define MOST_PNG_SIDE 16384
#define MOST_PNG_PIXELS (64 * 1024 * 1024)

/* Shrinks to at most `side` by the mean of the samples under each new one, weighted by alpha. */
static FgRaster *
shrink(const FgRaster *from, int side)
{
    double factor = (double)MAX(from->width, from->height) / side;
    int width = MAX(1, (int)(from->width / factor + 0.5)),
        height = MAX(1, (int)(from->height / factor + 0.5));
    FgRaster *to = fg_raster_new(width, height, 4);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int left = (int)((gint64)x * from->width / width), top = (int)((gint64)y * from->height / height);
            int right = (int)((gint64)(x + 1) * from->width / width);
            int bottom = (int)((gint64)(y + 1) * from->height / height);
            guint64 sum[4] = {0}, count = (guint64)(right - left) * (guint64)(bottom - top);
            for (int j = top; j < bottom; j++)
                for (int i = left; i < right; i++) {
                    const guint8 *at = from->data + (gsize)j * from->stride + (gsize)i * 4;
                    for (int k = 0; k < 3; k++)
                        sum[k] += (guint64)at[k] * at[3];
                    sum[3] += at[3];
                }
            guint8 *out = to->data + (gsize)y * to->stride + (gsize)x * 4;
            for (int k = 0; k < 3; k++)
                out[k] = (guint8)(sum[3] ? (sum[k] + sum[3] / 2) / sum[3] : 0);
            out[3] = (guint8)((sum[3] + count / 2) / count);
        }
    return to;
}

/* libpng's simplified interface catches its own longjmp and clears up after itself. */
static FgRaster *
read_samples(GBytes *file, GError **error)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(file, &length);
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, data, length))
        return fg_throw_null(error, FG_ERROR_LOGO, "the logo is a damaged PNG: %s", image.message);
    if (image.width > MOST_PNG_SIDE || image.height > MOST_PNG_SIDE ||
        (guint64)image.width * image.height > MOST_PNG_PIXELS) {
        guint width = image.width, height = image.height;
        png_image_free(&image);
        return fg_throw_null(error, FG_ERROR_LOGO, "the logo has %u x %u pixels", width, height);
    }
    image.format = PNG_FORMAT_RGBA;
    image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB; /* as with 8 bits, and not linear, where nothing is stated */
    g_autoptr(FgRaster) raster = fg_raster_new((int)image.width, (int)image.height, 4);
    if (!png_image_finish_read(&image, NULL, raster->data, (png_int_32)raster->stride, NULL))
        return fg_throw_null(error, FG_ERROR_LOGO, "the logo is a damaged PNG: %s", image.message);
    return g_steal_pointer(&raster);
}

/* The same file without chunks of colour, so that its samples come as they are. */
static GBytes *
without_colour(GBytes *file)
{
    static const char kinds[] = "cICP iCCP sRGB gAMA cHRM ";
    FgCursor at = fg_cursor_bytes(file, FG_BIG_ENDIAN), chunk;
    GByteArray *out = g_byte_array_new();
    guint32 length;
    g_byte_array_append(out, at.data, 8);
    fg_cursor_skip(&at, 8);
    for (FgCursor next = at; fg_cursor_u32(&next, &length); at = next) {
        char kind[5] = {0};
        if (fg_cursor_take(&next, 4, &chunk))
            memcpy(kind, chunk.data, 4);
        if (!fg_cursor_skip(&next, (guint64)length + 4))
            break;
        if (strlen(kind) < 4 || !strstr(kinds, kind))
            g_byte_array_append(out, at.data + at.offset, (guint)(next.offset - at.offset));
    }
    g_byte_array_append(out, at.data + at.offset, (guint)fg_cursor_left(&at));
    return g_byte_array_free_to_bytes(out);
}

/* Red and alpha of RGBA. */
static FgRaster *
grey_of(const FgRaster *rgba)
{
    FgRaster *grey = fg_raster_new(rgba->width, rgba->height, 2);
    for (int y = 0; y < rgba->height; y++) {
        const guint8 *from = rgba->data + (gsize)y * rgba->stride;
        guint8 *to = grey->data + (gsize)y * grey->stride;
        for (int x = 0; x < rgba->width; x++, from += 4, to += 2) {
            to[0] = from[0];
            to[1] = from[3];
        }
    }
    return grey;
}

/* Gamma alone is what libpng minds itself; a profile, code points and primaries are for Little CMS. */
static GBytes *
profile_of(GBytes *file, const FgPngColour *colour)
{
    GBytes *icc = NULL;
    if (fg_colour_of_png(colour, FALSE, &icc) || !colour->has_icc)
        return icc;
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    const FgPart *part = container ? fg_container_find(container, FG_PART_ICC) : NULL;
    return part && part->bytes ? g_bytes_ref(part->bytes) : NULL;
}

/* A profile that can't be used counts as none, as with photos. */
static FgRaster *
read_stated(GBytes *file, const FgPngColour *colour, GError **error)
{
    g_autoptr(GBytes) bare = without_colour(file), icc = profile_of(file, colour);
    g_autoptr(FgRaster) raster = read_samples(bare, error);
    if (!raster || !icc)
        return g_steal_pointer(&raster);
    gsize length;
    const void *data = g_bytes_get_data(icc, &length);
    const gboolean by_grey = colour->grey && fg_icc_is_of(data, length, FG_SPACE_GREY);
    const FgHead head = {.alpha = TRUE, .space = by_grey ? FG_SPACE_GREY : FG_SPACE_RGB};
    g_autoptr(FgRaster) grey = by_grey ? grey_of(raster) : NULL;
    FgRaster *converted = fg_colour_by_profile(grey ? grey : raster, &head, icc);
    return converted ? converted : g_steal_pointer(&raster);
}

FgRaster *
fg_logo_png(GBytes *file, int side, GError **error)
{
    FgPngColour colour = {0};
    fg_png_colour(file, &colour);
    gboolean stated = colour.has_cicp || colour.has_icc || (colour.has_primaries && !colour.has_srgb);
    g_autoptr(FgRaster) raster = stated ? read_stated(file, &colour, error) : read_samples(file, error);
    if (!raster)
        return NULL;
    return MAX(raster->width, raster->height) > side ? shrink(raster, side) : g_steal_pointer(&raster);
}
