/* turn.c: bakes an EXIF orientation into a raster (EXIF 2.32, tag 0x0112). */
#include "pixels/pixels_private.h"

#include <string.h>

/* How the result is walked through the source: the first result pixel, and the steps in bytes to the right
 * and down. */
typedef struct {
    gssize start, right, down;
} Walk;

static Walk
walk_of(const FgRaster *raster, int orientation)
{
    gssize x = raster->bands, y = (gssize)raster->stride;
    gssize last_x = (raster->width - 1) * x, last_y = (raster->height - 1) * y;
    const Walk walks[] = {
        {0, x, y},                 /* 1: as it is */
        {last_x, -x, y},           /* 2: mirrored */
        {last_x + last_y, -x, -y}, /* 3: half a turn */
        {last_y, x, -y},           /* 4: upside down, mirrored */
        {0, y, x},                 /* 5: transposed */
        {last_y, -y, x},           /* 6: a quarter turn clockwise */
        {last_x + last_y, -y, -x}, /* 7: transposed the other way */
        {last_x, y, -x},           /* 8: a quarter turn back */
    };
    return walks[orientation - 1];
}

FgRaster *
fg_raster_turn(FgRaster *taken, int orientation)
{
    if (orientation <= 1 || orientation > 8)
        return taken;
    g_autoptr(FgRaster) raster = taken;
    gboolean swapped = orientation >= 5;
    FgRaster *turned = fg_raster_bare(swapped ? raster->height : raster->width,
                                      swapped ? raster->width : raster->height, raster->bands);
    Walk walk = walk_of(raster, orientation);
    for (int y = 0; y < turned->height; y++) {
        const guint8 *from = raster->data + walk.start + y * walk.down;
        guint8 *to = turned->data + (gsize)y * turned->stride;
        for (int x = 0; x < turned->width; x++, from += walk.right, to += turned->bands)
            for (int band = 0; band < turned->bands; band++)
                to[band] = from[band];
    }
    return turned;
}
