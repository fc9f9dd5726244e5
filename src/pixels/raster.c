/* raster.c: pictures as plain bytes: made, copied, flattened, cut, and summed up in one colour. */
#include "pixels/pixels_private.h"

#include <string.h>

FgRaster *
fg_raster_bare(int width, int height, int bands)
{
    g_assert(width > 0 && height > 0 && bands > 0 && bands <= 4);
    FgRaster *raster = g_new0(FgRaster, 1);
    raster->width = width;
    raster->height = height;
    raster->bands = bands;
    raster->stride = (gsize)width * (gsize)bands;
    raster->data = g_malloc_n((gsize)height, raster->stride);
    return raster;
}

FgRaster *
fg_raster_new(int width, int height, int bands)
{
    FgRaster *raster = fg_raster_bare(width, height, bands);
    memset(raster->data, 0, (gsize)height * raster->stride);
    return raster;
}

FgRaster *
fg_raster_dup(const FgRaster *raster)
{
    return fg_raster_cut(raster, 0, 0, raster->width, raster->height);
}

void
fg_raster_free(FgRaster *raster)
{
    if (!raster)
        return;
    g_free(raster->data);
    g_free(raster);
}

FgRaster *
fg_raster_cut(const FgRaster *raster, int x, int y, int width, int height)
{
    g_assert(x >= 0 && y >= 0 && x + width <= raster->width && y + height <= raster->height);
    FgRaster *part = fg_raster_bare(width, height, raster->bands);
    const guint8 *from = raster->data + (gsize)y * raster->stride + (gsize)x * (gsize)raster->bands;
    for (int row = 0; row < height; row++)
        memcpy(part->data + (gsize)row * part->stride, from + (gsize)row * raster->stride, part->stride);
    return part;
}

/* A sample over white, rounded. */
static inline guint8
over_white(guint8 sample, guint8 alpha)
{
    unsigned sum = (unsigned)sample * alpha + 255u * (255u - alpha);
    return (guint8)((sum + 127u) / 255u);
}

FgRaster *
fg_raster_flatten(const FgRaster *raster)
{
    if (raster->bands != 4)
        return fg_raster_dup(raster);
    FgRaster *flat = fg_raster_new(raster->width, raster->height, 3);
    for (int y = 0; y < raster->height; y++) {
        const guint8 *from = raster->data + (gsize)y * raster->stride;
        guint8 *to = flat->data + (gsize)y * flat->stride;
        for (int x = 0; x < raster->width; x++, from += 4, to += 3)
            for (int band = 0; band < 3; band++)
                to[band] = over_white(from[band], from[3]);
    }
    return flat;
}

char *
fg_raster_mean_colour(const FgRaster *raster)
{
    g_assert(raster->bands >= 3);
    guint64 sum[3] = {0};
    for (int y = 0; y < raster->height; y++) {
        const guint8 *pixel = raster->data + (gsize)y * raster->stride;
        for (int x = 0; x < raster->width; x++, pixel += raster->bands)
            for (int band = 0; band < 3; band++)
                sum[band] += raster->bands == 4 ? over_white(pixel[band], pixel[3]) : pixel[band];
    }
    guint64 count = (guint64)raster->width * (guint64)raster->height;
    guint mean[3];
    for (int band = 0; band < 3; band++)
        mean[band] = (guint)((sum[band] + count / 2) / count);
    return g_strdup_printf("#%02x%02x%02x", mean[0], mean[1], mean[2]);
}

void
fg_head_clear(FgHead *head)
{
    g_clear_pointer(&head->icc, g_bytes_unref);
}
