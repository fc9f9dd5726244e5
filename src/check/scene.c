/* scene.c: do two pictures show the same scene, whatever their size, compression, tone or mark?
 *
 * Both become a small square of light and dark. What a scene is lies between its large shades, which most
 * landscapes share (sky above, ground below), and its fine detail, which a thumbnail does not have: so the
 * square is blurred twice, and the difference of the two correlated. A camera's thumbnail may have black
 * bars, be cut to another shape, or lie on its side; each of these is tried. */
#include "check/check_private.h"

#include <math.h>

#define SIDE FG_SCENE_SIDE
#define FINE 1   /* radius of the box that blurs detail away */
#define COARSE 7 /* of the one that blurs all but the large shades */
#define PASSES 2 /* of a box, which make it round enough */
#define DARK 24  /* a bar is darker than this all along */

typedef struct {
    int left, top, width, height;
} Area;

static int
luma_at(const FgRaster *raster, int x, int y)
{
    const guint8 *pixel = raster->data + (gsize)y * raster->stride + (gsize)x * (gsize)raster->bands;
    return (54 * pixel[0] + 183 * pixel[1] + 19 * pixel[2]) >> 8;
}

static gboolean
is_dark(const FgRaster *raster, int x, int y, int across, int down, int length)
{
    for (int i = 0; i < length; i++)
        if (luma_at(raster, x + i * across, y + i * down) > DARK)
            return FALSE;
    return TRUE;
}

/* The picture without bars that a camera puts above and below, or beside it; at most a third of it. */
static Area
without_bars(const FgRaster *raster)
{
    int width = raster->width, height = raster->height, x = 0, y = 0;
    while (y < height / 6 && is_dark(raster, 0, y, 1, 0, width) &&
           is_dark(raster, 0, height - 1 - y, 1, 0, width))
        y++;
    while (x < width / 6 && is_dark(raster, x, 0, 0, 1, height) &&
           is_dark(raster, width - 1 - x, 0, 0, 1, height))
        x++;
    return (Area){x, y, width - 2 * x, height - 2 * y};
}

/* The middle of an area, of the shape of another one. */
static Area
cut_to_shape(Area area, Area shape)
{
    Area cut = area;
    if ((gint64)area.width * shape.height > (gint64)shape.width * area.height)
        cut.width = MAX(1, (int)((gint64)area.height * shape.width / shape.height));
    else
        cut.height = MAX(1, (int)((gint64)area.width * shape.height / shape.width));
    cut.left += (area.width - cut.width) / 2;
    cut.top += (area.height - cut.height) / 2;
    return cut;
}

/* The mean of what falls into each cell, at least one pixel. */
static void
shrink(const FgRaster *raster, Area area, float *cells)
{
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            int left = x * area.width / SIDE, right = MAX(left + 1, (x + 1) * area.width / SIDE);
            int top = y * area.height / SIDE, bottom = MAX(top + 1, (y + 1) * area.height / SIDE);
            int sum = 0;
            for (int row = top; row < bottom; row++)
                for (int column = left; column < right; column++)
                    sum += luma_at(raster, area.left + column, area.top + row);
            cells[y * SIDE + x] = (float)sum / (float)((right - left) * (bottom - top));
        }
}

/* A box along one axis: `step` from cell to cell, `line` from line to line. Edges repeat. */
static void
blur_lines(float *cells, int radius, int step, int line)
{
    float copy[SIDE];
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++)
            copy[j] = cells[i * line + j * step];
        for (int j = 0; j < SIDE; j++) {
            float sum = 0;
            for (int k = j - radius; k <= j + radius; k++)
                sum += copy[CLAMP(k, 0, SIDE - 1)];
            cells[i * line + j * step] = sum / (float)(2 * radius + 1);
        }
    }
}

static void
blur(float *cells, int radius)
{
    for (int pass = 0; pass < PASSES; pass++) {
        blur_lines(cells, radius, 1, SIDE);
        blur_lines(cells, radius, SIDE, 1);
    }
}

/* A picture whose light and dark differ by less than a step of 8 bits or so has nothing to be known by. */
static void
normalise(FgScene *scene)
{
    double mean = 0, power = 0;
    for (int i = 0; i < SIDE * SIDE; i++)
        mean += (double)scene->cell[i] / (SIDE * SIDE);
    for (int i = 0; i < SIDE * SIDE; i++)
        power += ((double)scene->cell[i] - mean) * ((double)scene->cell[i] - mean);
    double length = sqrt(power);
    for (int i = 0; i < SIDE * SIDE; i++)
        scene->cell[i] = length > 0.5 * SIDE ? (float)(((double)scene->cell[i] - mean) / length) : 0;
}

static FgScene
scene_of(const FgRaster *raster, Area area)
{
    FgScene scene, shades;
    shrink(raster, area, scene.cell);
    blur(scene.cell, FINE);
    shades = scene;
    blur(shades.cell, COARSE);
    for (int i = 0; i < SIDE * SIDE; i++)
        scene.cell[i] -= shades.cell[i];
    normalise(&scene);
    return scene;
}

/* The best of the four quarter turns. */
static double
correlate(const FgScene *first, const FgScene *second)
{
    double sums[4] = {0};
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            double value = (double)first->cell[y * SIDE + x];
            sums[0] += value * (double)second->cell[y * SIDE + x];
            sums[1] += value * (double)second->cell[x * SIDE + (SIDE - 1 - y)];
            sums[2] += value * (double)second->cell[(SIDE - 1 - y) * SIDE + (SIDE - 1 - x)];
            sums[3] += value * (double)second->cell[(SIDE - 1 - x) * SIDE + y];
        }
    return MAX(MAX(sums[0], sums[1]), MAX(sums[2], sums[3]));
}

double
fg_scene_likeness(const FgRaster *first, const FgRaster *second)
{
    Area one = without_bars(first), other = without_bars(second);
    const FgScene left = scene_of(first, one), right = scene_of(second, other);
    double best = correlate(&left, &right);
    Area upright = other, sideways = {0, 0, other.height, other.width};
    const Area shapes[] = {upright, sideways};
    for (guint i = 0; i < G_N_ELEMENTS(shapes); i++) {
        const FgScene cut = scene_of(first, cut_to_shape(one, shapes[i]));
        best = MAX(best, correlate(&cut, &right));
    }
    const Area turned[] = {one, {0, 0, one.height, one.width}};
    for (guint i = 0; i < G_N_ELEMENTS(turned); i++) {
        const FgScene cut = scene_of(second, cut_to_shape(other, turned[i]));
        best = MAX(best, correlate(&left, &cut));
    }
    return best;
}
