/* ycc.c: the planes of a JPEG as RGB: BT.601 over the full range, as JFIF says. */
#include "pixels/fixed_private.h"
#include "pixels/pixels_private.h"

/* What colour differences weigh. */
typedef struct {
    gint16 red_of_red, green_of_blue, green_of_red, blue_of_blue;
} Weights;

#define WEIGHT(number) ((gint16)((number)*FG_WEIGHT_ONE + ((number) < 0 ? -0.5 : 0.5)))
static const Weights bt601 = {WEIGHT(1.402), WEIGHT(-0.344136), WEIGHT(-0.714136), WEIGHT(1.772)};

/* Pixels at a time, whose samples are interleaved in a second go: each of the two is what compilers know how
 * to do with vectors. */
#define STRETCH 256

typedef struct {
    guint8 red[STRETCH], green[STRETCH], blue[STRETCH];
} Stretch;

WIDE static void
convert(const guint8 *restrict luma, const guint8 *restrict blueness, const guint8 *restrict redness,
        int width, const Weights *weights, Stretch *restrict to)
{
    const Weights of = *weights;
    for (int x = 0; x < width; x++) {
        gint16 bright = (gint16)(luma[x] << FG_RESULT_BITS);
        gint16 blue = (gint16)((blueness[x] - 128) * (1 << FG_FINE_BITS));
        gint16 red = (gint16)((redness[x] - 128) * (1 << FG_FINE_BITS));
        to->red[x] = fg_sample((gint16)(bright + fg_share(red, of.red_of_red)));
        to->green[x] =
            fg_sample((gint16)(bright + fg_share(blue, of.green_of_blue) + fg_share(red, of.green_of_red)));
        to->blue[x] = fg_sample((gint16)(bright + fg_share(blue, of.blue_of_blue)));
    }
}

WIDE static void
interleave(const Stretch *restrict from, int width, guint8 *restrict rgb)
{
    for (int x = 0; x < width; x++) {
        rgb[3 * x] = from->red[x];
        rgb[3 * x + 1] = from->green[x];
        rgb[3 * x + 2] = from->blue[x];
    }
}

FgRaster *
fg_planes_to_rgb(const FgRaster *luma, const FgRaster *blueness, const FgRaster *redness)
{
    FgRaster *raster = fg_raster_bare(luma->width, luma->height, 3);
    for (int y = 0; y < raster->height; y++)
        for (int x = 0; x < raster->width; x += STRETCH) {
            Stretch stretch;
            int width = MIN(STRETCH, raster->width - x);
            gsize at = (gsize)y * luma->stride + (gsize)x;
            convert(luma->data + at, blueness->data + at, redness->data + at, width, &bt601, &stretch);
            interleave(&stretch, width, raster->data + (gsize)y * raster->stride + (gsize)x * 3);
        }
    return raster;
}
