/* colour.c: everything to sRGB, by Little CMS, on the small raster that comes out of the scaler.
 *
 * Relative colorimetric with black point compensation, as photo editors do by default. A profile that can't
 * be used, or that belongs to other samples than these, counts as none: untagged is sRGB, untagged grey has
 * its curve. Only CMYK means nothing without a profile; there a common press profile that libvips brings
 * along stands in. */
#include "pixels/pixels_private.h"

#include <string.h>

/* Grey as RGB, alpha kept. */
static FgRaster *
spread(const FgRaster *grey)
{
    FgRaster *raster = fg_raster_new(grey->width, grey->height, grey->bands + 2);
    for (int y = 0; y < grey->height; y++) {
        const guint8 *from = grey->data + (gsize)y * grey->stride;
        guint8 *to = raster->data + (gsize)y * raster->stride;
        for (int x = 0; x < grey->width; x++, from += grey->bands, to += raster->bands) {
            memset(to, from[0], 3);
            if (grey->bands == 2)
                to[3] = from[1];
        }
    }
    return raster;
}

FgRaster *
fg_colour_to_srgb(FgRaster *taken, const FgHead *head, GError **error)
{
    g_autoptr(FgRaster) raster = taken;
    gboolean rgb = head->space == FG_SPACE_RGB, grey = head->space == FG_SPACE_GREY;
    if (rgb && (!head->icc || fg_colour_is_srgb(head->icc)))
        return g_steal_pointer(&raster);

    const gboolean bright = rgb && (head->light.hdr == FG_HDR_PQ || head->light.hdr == FG_HDR_HLG);
    FgRaster *converted =
        bright ? fg_colour_by_light(raster, head) : fg_colour_by_profile(raster, head, head->icc);
    if (!converted && grey)
        return spread(raster);
    if (!converted && rgb)
        return g_steal_pointer(&raster);
    if (!converted) {
        g_autoptr(GBytes) press = fg_vips_press_profile();
        converted = fg_colour_by_profile(raster, head, press);
    }
    return converted ? converted : fg_throw_null(error, FG_ERROR_COLOUR, "its CMYK can't be converted");
}
