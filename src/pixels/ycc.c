/* ycc.c: the planes of a JPEG as RGB and back (BT.601 over the full range, as JFIF says), and their mean
 * colour. */
#include "pixels/fixed_private.h"
#include "pixels/pixels_private.h"

#include <string.h>

/* Pixels at a time, an even number. Their samples stand apart here, and are interleaved in a second go: each
 * of the two is what compilers know how to do with vectors. */
#define STRETCH 256

/* Red, green, blue; or luma, blueness, redness. */
typedef struct {
    guint8 of[3][STRETCH];
} Stretch;

/* ---- To RGB ---- */

/* What colour differences weigh. */
typedef struct {
    gint16 red_of_red, green_of_blue, green_of_red, blue_of_blue;
} Weights;

#define WEIGHT(number) ((gint16)((number)*FG_WEIGHT_ONE + ((number) < 0 ? -0.5 : 0.5)))
static const Weights bt601 = {WEIGHT(1.402), WEIGHT(-0.344136), WEIGHT(-0.714136), WEIGHT(1.772)};

WIDE static void
to_rgb(const guint8 *restrict luma, const guint8 *restrict blueness, const guint8 *restrict redness,
       int width, const Weights *weights, Stretch *restrict to)
{
    const Weights of = *weights;
    for (int x = 0; x < width; x++) {
        gint16 bright = (gint16)(luma[x] << FG_RESULT_BITS);
        gint16 blue = (gint16)((blueness[x] - 128) * (1 << FG_FINE_BITS));
        gint16 red = (gint16)((redness[x] - 128) * (1 << FG_FINE_BITS));
        to->of[0][x] = fg_sample((gint16)(bright + fg_share(red, of.red_of_red)));
        to->of[1][x] =
            fg_sample((gint16)(bright + fg_share(blue, of.green_of_blue) + fg_share(red, of.green_of_red)));
        to->of[2][x] = fg_sample((gint16)(bright + fg_share(blue, of.blue_of_blue)));
    }
}

WIDE static void
interleave(const Stretch *restrict from, int width, guint8 *restrict rgb)
{
    for (int x = 0; x < width; x++) {
        rgb[3 * x] = from->of[0][x];
        rgb[3 * x + 1] = from->of[1][x];
        rgb[3 * x + 2] = from->of[2][x];
    }
}

/* Each sample twice. */
WIDE static void
spread(const guint8 *restrict samples, int width, guint8 *restrict to)
{
    for (int x = 0; x < width / 2; x++)
        to[2 * x] = to[2 * x + 1] = samples[x];
    if (width % 2)
        to[width - 1] = samples[width / 2];
}

/* The sample of a plane that belongs to a pixel. */
static guint8 *
sample_at(const FgPlanes *planes, int number, int x, int y)
{
    const FgRaster *plane = planes->plane[number];
    int halved = number > 0 && planes->halved;
    return plane->data + (gsize)(y >> halved) * plane->stride + (gsize)(x >> halved);
}

/* What the planes show from a pixel on. */
static void
show(const FgPlanes *planes, int x, int y, int width, Stretch *rgb)
{
    const guint8 *colours[2] = {sample_at(planes, 1, x, y), sample_at(planes, 2, x, y)};
    guint8 room[2][STRETCH];
    for (int i = 0; i < 2 && planes->halved; i++) {
        spread(colours[i], width, room[i]);
        colours[i] = room[i];
    }
    to_rgb(sample_at(planes, 0, x, y), colours[0], colours[1], width, &bt601, rgb);
}

static guint8 *
pixel_at(const FgRaster *raster, int x, int y)
{
    return raster->data + (gsize)y * raster->stride + (gsize)x * (gsize)raster->bands;
}

void
fg_planes_show(const FgPlanes *planes, FgRect rect, FgRaster *rgb)
{
    for (int y = rect.y; y < rect.y + rect.height; y++)
        for (int x = rect.x, end = rect.x + rect.width; x < end; x += STRETCH) {
            Stretch stretch;
            int width = MIN(STRETCH, end - x);
            show(planes, x, y, width, &stretch);
            interleave(&stretch, width, pixel_at(rgb, x, y));
        }
}

FgRaster *
fg_planes_to_rgb(const FgPlanes *planes)
{
    FgRaster *rgb = fg_raster_bare(planes->width, planes->height, 3);
    fg_planes_show(planes, (FgRect){0, 0, planes->width, planes->height}, rgb);
    return rgb;
}

/* ---- From RGB ---- */

#define SHARE_BITS 16
#define SHARE(number) ((gint32)((number) * (1 << SHARE_BITS) + ((number) < 0 ? -0.5 : 0.5)))

/* Red, green and blue apart, of pixels of 3 or 4 bands. */
INLINE void
split_bands(const guint8 *restrict pixels, int bands, int width, Stretch *restrict to)
{
    for (int x = 0; x < width; x++) {
        to->of[0][x] = pixels[bands * x];
        to->of[1][x] = pixels[bands * x + 1];
        to->of[2][x] = pixels[bands * x + 2];
    }
}

WIDE static void
split(const guint8 *pixels, int bands, int width, Stretch *to)
{
    if (bands == 3)
        split_bands(pixels, 3, width, to);
    else
        split_bands(pixels, 4, width, to);
}

/* A colour difference can round to 256. */
INLINE guint8
difference(gint32 sum)
{
    return (guint8)MIN(((sum + (1 << (SHARE_BITS - 1))) >> SHARE_BITS) + 128, 255);
}

WIDE static void
to_planes(const Stretch *restrict rgb, int width, Stretch *restrict to)
{
    for (int x = 0; x < width; x++) {
        gint32 red = rgb->of[0][x], green = rgb->of[1][x], blue = rgb->of[2][x];
        gint32 luma = SHARE(0.299) * red + SHARE(0.587) * green + SHARE(0.114) * blue;
        to->of[0][x] = (guint8)((luma + (1 << (SHARE_BITS - 1))) >> SHARE_BITS);
        to->of[1][x] = difference(SHARE(-0.168736) * red + SHARE(-0.331264) * green + SHARE(0.5) * blue);
        to->of[2][x] = difference(SHARE(0.5) * red + SHARE(-0.418688) * green + SHARE(-0.081312) * blue);
    }
}

FgPlanes *
fg_planes_of_rgb(const FgRaster *rgb)
{
    FgPlanes *planes = fg_planes_new(rgb->width, rgb->height, FALSE);
    for (int y = 0; y < rgb->height; y++)
        for (int x = 0; x < rgb->width; x += STRETCH) {
            Stretch stretch, samples;
            int width = MIN(STRETCH, rgb->width - x);
            split(pixel_at(rgb, x, y), rgb->bands, width, &stretch);
            to_planes(&stretch, width, &samples);
            for (int i = 0; i < 3; i++)
                memcpy(sample_at(planes, i, x, y), samples.of[i], (gsize)width);
        }
    return planes;
}

/* ---- Halves ---- */

/* The mean of 2x2 samples; a half goes up and down in turns. Of an odd width, the last samples are met twice.
 */
WIDE static void
halve(const guint8 *restrict upper, const guint8 *restrict lower, int width, guint8 *restrict to)
{
    for (int x = 0; x < width / 2; x++)
        to[x] = (guint8)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 1 + x % 2) / 4);
    if (width % 2)
        to[width / 2] = (guint8)((upper[width - 1] + lower[width - 1] + 1) / 2);
}

FgRaster *
fg_plane_halve(const FgRaster *plane)
{
    FgRaster *half = fg_raster_bare((plane->width + 1) / 2, (plane->height + 1) / 2, 1);
    for (int y = 0; y < half->height; y++)
        halve(pixel_at(plane, 0, 2 * y), pixel_at(plane, 0, MIN(2 * y + 1, plane->height - 1)), plane->width,
              pixel_at(half, 0, y));
    return half;
}

/* ---- Back from RGB, where it has changed ---- */

/* A row's stretch as it is now, and which of its pixels differ from what the planes show. */
typedef struct {
    Stretch rgb, samples;
    guint8 changed[STRETCH];
} News;

WIDE static guint8
compare(const Stretch *restrict one, const Stretch *restrict other, int width, guint8 *restrict changed)
{
    guint8 any = 0;
    for (int x = 0; x < width; x++) {
        changed[x] = (one->of[0][x] != other->of[0][x]) | (one->of[1][x] != other->of[1][x]) |
                     (one->of[2][x] != other->of[2][x]);
        any |= changed[x];
    }
    return any;
}

/* Which 2x2 pixels have changed ones among them. */
WIDE static void
join_pairs(const guint8 *restrict upper, const guint8 *restrict lower, int width, guint8 *restrict changed)
{
    for (int x = 0; x < width / 2; x++)
        changed[x] = upper[2 * x] | upper[2 * x + 1] | lower[2 * x] | lower[2 * x + 1];
    if (width % 2)
        changed[width / 2] = upper[width - 1] | lower[width - 1];
}

WIDE static void
replace(const guint8 *restrict news, const guint8 *restrict changed, int width, guint8 *restrict samples)
{
    for (int x = 0; x < width; x++)
        samples[x] = changed[x] ? news[x] : samples[x];
}

static gboolean
look(const FgPlanes *planes, const FgRaster *rgb, int x, int y, int width, News *news)
{
    Stretch before;
    split(pixel_at(rgb, x, y), rgb->bands, width, &news->rgb);
    show(planes, x, y, width, &before);
    return compare(&news->rgb, &before, width, news->changed);
}

/* Replaces halved colours, a row of which belongs to two of pixels. */
static void
take_halves(FgPlanes *planes, int x, int y, int width, const News *upper, const News *lower)
{
    guint8 changed[STRETCH / 2], samples[STRETCH / 2];
    join_pairs(upper->changed, lower->changed, width, changed);
    for (int i = 1; i < 3; i++) {
        halve(upper->samples.of[i], lower->samples.of[i], width, samples);
        replace(samples, changed, (width + 1) / 2, sample_at(planes, i, x, y));
    }
}

/* Two rows of pixels, or the last one alone. */
static void
take_stretch(FgPlanes *planes, const FgRaster *rgb, int x, int y, int width, int rows)
{
    News news[2];
    gboolean any = FALSE;
    for (int row = 0; row < rows; row++)
        any |= look(planes, rgb, x, y + row, width, &news[row]);
    if (!any)
        return;
    for (int row = 0; row < rows; row++) {
        to_planes(&news[row].rgb, width, &news[row].samples);
        for (int i = 0; i < (planes->halved ? 1 : 3); i++)
            replace(news[row].samples.of[i], news[row].changed, width, sample_at(planes, i, x, y + row));
    }
    if (planes->halved)
        take_halves(planes, x, y, width, &news[0], &news[rows - 1]);
}

void
fg_planes_take(FgPlanes *planes, FgRect rect, const FgRaster *rgb)
{
    g_assert(rect.x % 2 == 0 && rect.y % 2 == 0);
    for (int y = rect.y, bottom = rect.y + rect.height; y < bottom; y += 2)
        for (int x = rect.x, end = rect.x + rect.width; x < end; x += STRETCH)
            take_stretch(planes, rgb, x, y, MIN(STRETCH, end - x), MIN(2, bottom - y));
}

static guint8
mean_of(const FgRaster *plane)
{
    guint64 sum = 0, count = (guint64)plane->width * (guint64)plane->height;
    for (int y = 0; y < plane->height; y++) {
        const guint8 *row = plane->data + (gsize)y * plane->stride;
        guint32 part = 0;
        for (int x = 0; x < plane->width; x++)
            part += row[x];
        sum += part;
    }
    return (guint8)((sum + count / 2) / count);
}

/* RGB is a sum of the planes, so that the mean of one is that of the others. */
char *
fg_planes_mean_colour(const FgPlanes *planes)
{
    g_autoptr(FgPlanes) mean = fg_planes_new(1, 1, FALSE);
    for (int i = 0; i < 3; i++)
        mean->plane[i]->data[0] = mean_of(planes->plane[i]);
    g_autoptr(FgRaster) pixel = fg_planes_to_rgb(mean);
    return fg_raster_mean_colour(pixel);
}
