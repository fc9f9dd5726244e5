/* picture.c: what a photo is between its decoder and its encoders. */
#include "pixels/pixels_private.h"

/* Either planes or RGB. */
struct FgPixels {
    FgPlanes *planes;
    FgRaster *rgb;
    FgRaster *lent; /* the window of the planes, in a raster of their size */
    FgRect window;
};

FgPixels *
fg_pixels_of_rgb(FgRaster *taken)
{
    FgPixels *pixels = g_new0(FgPixels, 1);
    pixels->rgb = taken;
    return pixels;
}

FgPixels *
fg_pixels_of_planes(FgPlanes *taken)
{
    FgPixels *pixels = g_new0(FgPixels, 1);
    pixels->planes = taken;
    return pixels;
}

void
fg_pixels_free(FgPixels *pixels)
{
    if (!pixels)
        return;
    fg_planes_free(pixels->planes);
    fg_raster_free(pixels->rgb);
    fg_raster_free(pixels->lent);
    g_free(pixels);
}

int
fg_pixels_width(const FgPixels *pixels)
{
    return pixels->planes ? pixels->planes->width : pixels->rgb->width;
}

int
fg_pixels_height(const FgPixels *pixels)
{
    return pixels->planes ? pixels->planes->height : pixels->rgb->height;
}

/* A part of a picture may begin between the pixels that share a colour, so that one is cut from RGB. */
FgPixels *
fg_pixels_size(const FgPixels *pixels, const FgSize *size, GError **error)
{
    const FgPlanes *planes = pixels->planes;
    if (planes && size->crop == FG_CROP_NONE)
        return fg_size_fits(size, planes->width, planes->height, error)
                   ? fg_pixels_of_planes(fg_planes_scale(planes, size->width, size->height, planes->halved))
                   : NULL;
    g_autoptr(FgRaster) whole = planes ? fg_planes_to_rgb(planes) : NULL;
    FgRaster *sized = fg_raster_size(whole ? whole : pixels->rgb, size, error);
    return sized ? fg_pixels_of_rgb(sized) : NULL;
}

FgRaster *
fg_pixels_lend(FgPixels *pixels, FgRect window)
{
    g_assert(!pixels->lent);
    if (pixels->rgb)
        return pixels->rgb;
    const int width = pixels->planes->width, height = pixels->planes->height;
    const int left = window.x & ~1, right = MIN((window.x + window.width + 1) & ~1, width);
    const int top = window.y & ~1, bottom = MIN((window.y + window.height + 1) & ~1, height);
    pixels->window = (FgRect){left, top, right - left, bottom - top};
    pixels->lent = fg_raster_bare(width, height, 3);
    fg_planes_show(pixels->planes, pixels->window, pixels->lent);
    return pixels->lent;
}

void
fg_pixels_take_back(FgPixels *pixels)
{
    if (pixels->lent)
        fg_planes_take(pixels->planes, pixels->window, pixels->lent);
    g_clear_pointer(&pixels->lent, fg_raster_free);
}

GBytes *
fg_pixels_encode(const FgPixels *pixels, const FgEncoding *encoding, GError **error)
{
    return pixels->planes ? fg_encode_planes(pixels->planes, encoding, error)
                          : fg_encode(pixels->rgb, encoding, error);
}

char *
fg_pixels_mean_colour(const FgPixels *pixels)
{
    return pixels->planes ? fg_planes_mean_colour(pixels->planes) : fg_raster_mean_colour(pixels->rgb);
}

/* Wide enough to show the light of a picture, small enough to stand in a page. */
#define PLACEHOLDER_SIDE 28

static FgRaster *
tiny_rgb(const FgPixels *pixels)
{
    const int full_width = fg_pixels_width(pixels), full_height = fg_pixels_height(pixels);
    const int longest = MAX(full_width, full_height), side = MIN(PLACEHOLDER_SIDE, longest);
    const int width = MAX(1, (full_width * side + longest / 2) / longest);
    const int height = MAX(1, (full_height * side + longest / 2) / longest);
    if (pixels->planes) {
        g_autoptr(FgPlanes) planes = fg_planes_scale(pixels->planes, width, height, FALSE);
        return fg_planes_to_rgb(planes);
    }
    g_autoptr(FgRaster) tiny = fg_scale(pixels->rgb, pixels->rgb->bands == 4, width, height);
    return fg_raster_flatten(tiny);
}

char *
fg_pixels_placeholder(const FgPixels *pixels, GError **error)
{
    g_autoptr(FgRaster) tiny = tiny_rgb(pixels);
    g_autoptr(GBytes) webp = fg_encode_webp(tiny, 50, 6, error);
    if (!webp)
        return NULL;
    gsize length;
    const guint8 *data = g_bytes_get_data(webp, &length);
    g_autofree char *text = g_base64_encode(data, length);
    return g_strconcat("data:image/webp;base64,", text, NULL);
}
