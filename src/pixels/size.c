/* size.c: a picture brought to a size, and cut to its shape. */
#include "pixels/pixels_private.h"

void
fg_size_cover(int width, int height, const FgSize *size, int *cover_width, int *cover_height)
{
    *cover_width = size->width;
    *cover_height = size->height;
    if (size->crop == FG_CROP_NONE)
        return;
    gint64 by_width = (gint64)size->width * height, by_height = (gint64)size->height * width;
    if (by_width > by_height)
        *cover_height = MAX(size->height, (int)((by_width + width / 2) / width));
    else
        *cover_width = MAX(size->width, (int)((by_height + height / 2) / height));
}

gboolean
fg_size_fits(const FgSize *size, int width, int height, GError **error)
{
    if (size->width >= 1 && size->height >= 1 && size->width <= width && size->height <= height)
        return TRUE;
    return fg_throw(error, FG_ERROR_INTERNAL, "%dx%d can't be made of %dx%d", size->width, size->height,
                    width, height);
}

FgRaster *
fg_raster_crop(FgRaster *taken, const FgSize *size)
{
    if (taken->width == size->width && taken->height == size->height)
        return taken;
    g_autoptr(FgRaster) whole = taken;
    int x = (whole->width - size->width) / 2, y = (whole->height - size->height) / 2;
    if (size->crop == FG_CROP_ATTENTION)
        fg_attention(whole, size->width, size->height, &x, &y);
    return fg_raster_cut(whole, x, y, size->width, size->height);
}

FgRaster *
fg_raster_size(const FgRaster *raster, const FgSize *size, GError **error)
{
    int width, height;
    if (!fg_size_fits(size, raster->width, raster->height, error))
        return NULL;
    fg_size_cover(raster->width, raster->height, size, &width, &height);
    return fg_raster_crop(fg_scale(raster, raster->bands == 4, width, height), size);
}
