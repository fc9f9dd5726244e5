/* pictures.h: grounds to draw on, and marks to draw, for the tests of this room. */
#ifndef FG_TEST_PICTURES_H
#define FG_TEST_PICTURES_H

#include "mark/mark_private.h"
#include "support/fixtures.h"

#include <math.h>
#include <string.h>

static inline void
assert_near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("%g is not within %g of %g", found, tolerance, expected);
}

static const guint8 secret_one[FG_PHOTO_SECRET_SIZE] = "one photo's secret: 32 bytes....";
static const guint8 secret_two[FG_PHOTO_SECRET_SIZE] = "another photo's secret, as long.";

static inline FgMarkSpec
signature_spec(void)
{
    static char *fonts[] = {(char *)"DejaVu Sans", NULL};
    return (FgMarkSpec){.name = (char *)"signature",
                        .text = (char *)"© Christian Allegret",
                        .fonts = fonts,
                        .place = FG_PLACE_BOTTOM_RIGHT,
                        .size = 0.27,
                        .margin = 0.025,
                        .visibility = 18,
                        .vary = TRUE};
}

static inline FgMarkSpec
veil_spec(void)
{
    FgMarkSpec spec = signature_spec();
    spec.name = (char *)"veil";
    spec.place = FG_PLACE_TILED;
    spec.size = 0.22;
    spec.angle = 24;
    spec.visibility = 5;
    return spec;
}

/* The lettering of a spec; the block keeps what the view points to. */
static inline void
letter(const FgMarkSpec *spec, double em, FgLettering *view, GBytes **block)
{
    g_autoptr(GError) error = NULL;
    *block = fg_lettering_set(spec->text, (const char *const *)spec->fonts, spec->bold, em, &error);
    if (!*block || !fg_lettering_view(*block, view, &error))
        fail_msg("%s", error->message);
}

static inline FgRaster *
grey(int width, int height, int bands, guint8 level)
{
    FgRaster *raster = fg_raster_new(width, height, bands);
    memset(raster->data, level, raster->stride * (gsize)height);
    for (gsize i = 3; bands == 4 && i < raster->stride * (gsize)height; i += 4)
        raster->data[i] = 255;
    return raster;
}

/* Independent levels from `low` to `high`. */
static inline FgRaster *
grainy(int width, int height, guint low, guint high)
{
    FgRaster *raster = fg_raster_new(width, height, 3);
    FgRandom random = fg_random(secret_two, "ground", "grain", 0);
    for (gsize i = 0; i < raster->stride * (gsize)height; i += 3)
        memset(raster->data + i, (int)(low + fg_random_next(&random) % (high - low + 1)), 3);
    return raster;
}

/* Vertical bars, black and white. */
static inline FgRaster *
barred(int width, int height, int bar)
{
    FgRaster *raster = fg_raster_new(width, height, 3);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            memset(raster->data + (gsize)y * raster->stride + (gsize)x * 3, x / bar % 2 ? 255 : 0, 3);
    return raster;
}

static inline FgMarkReport
draw_one(FgRaster *raster, const FgMarkSpec *spec, const guint8 *secret)
{
    FgLettering lettering;
    g_autoptr(GBytes) block = NULL;
    letter(spec, fg_mark_lettering_em(spec, raster->width, raster->height), &lettering, &block);
    FgMark mark = {.spec = spec, .lettering = &lettering};
    FgMarkReport report;
    g_autoptr(GError) error = NULL;
    if (!fg_mark_draw(raster, &mark, 1, secret, &report, &error))
        fail_msg("%s", error->message);
    return report;
}

static inline gboolean
same_bytes(const FgRaster *a, const FgRaster *b)
{
    for (int y = 0; y < a->height; y++)
        if (memcmp(a->data + (gsize)y * a->stride, b->data + (gsize)y * b->stride,
                   (gsize)a->width * (gsize)a->bands) != 0)
            return FALSE;
    return TRUE;
}

#endif
