/* djpeg.h: a JPEG as djpeg sees it, and how like it another picture is. */
#ifndef FG_TESTS_DJPEG_H
#define FG_TESTS_DJPEG_H

#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <math.h>
#include <string.h>

/* The whole picture as djpeg sees it. */
static FgRaster *
witnessed(GBytes *file, const char *folder, int width, int height)
{
    g_autofree char *in = g_build_filename(folder, "in.jpg", NULL);
    g_autofree char *out = g_build_filename(folder, "out.ppm", NULL);
    fg_spill(in, file);
    int status;
    g_free(fg_witness(&status, "djpeg", "-outfile", out, in, NULL));
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    g_autoptr(GBytes) ppm = fg_slurp(out);
    FgRaster *raster = fg_raster_new(width, height, 3);
    gsize length, samples = raster->stride * (gsize)height;
    const guint8 *data = g_bytes_get_data(ppm, &length);
    assert_true(length > samples);
    memcpy(raster->data, data + (length - samples), samples);
    return raster;
}

/* Peak signal to noise, in dB; 99 when there is none. */
static double
likeness(const FgRaster *one, const FgRaster *other)
{
    assert_int_equal(one->width, other->width);
    assert_int_equal(one->height, other->height);
    gsize samples = one->stride * (gsize)one->height;
    double sum = 0;
    for (gsize i = 0; i < samples; i++)
        sum += (one->data[i] - other->data[i]) * (one->data[i] - other->data[i]);
    return sum > 0 ? 10 * log10(255.0 * 255 * (double)samples / sum) : 99;
}

#endif
