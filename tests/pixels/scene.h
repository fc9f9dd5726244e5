/* scene.h: what a photo looks like to a scaler and a codec. */
#ifndef FG_TESTS_SCENE_H
#define FG_TESTS_SCENE_H

#include "pixels/pixels_private.h"

#include <math.h>

/* Soft light, soft colours, and detail in luma. */
static FgRaster *
scene(int width, int height)
{
    FgRaster *raster = fg_raster_new(width, height, 3);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            guint8 *pixel = raster->data + (gsize)y * raster->stride + (gsize)x * 3;
            double light = 120 + 60 * sin(x / 23.0) * cos(y / 31.0) + 12 * sin(x * 0.9) * sin(y * 0.7);
            pixel[0] = (guint8)CLAMP(light + 30 * sin(x / 40.0), 0, 255);
            pixel[1] = (guint8)CLAMP(light + 10 * cos(y / 50.0), 0, 255);
            pixel[2] = (guint8)CLAMP(light + 30 * cos((x + y) / 45.0), 0, 255);
        }
    return raster;
}

#endif
