/* Turns an antialiased shape into signed distances. Each pixel that the outline crosses says, from its
 * coverage and the slope around it, where in it the outline lies; these points are then handed on from
 * neighbour to neighbour, forward and backward, and every pixel keeps the nearest (Danielsson's sequential
 * scan). */
#include "pixels/lettering_private.h"

#include <math.h>

#define FAR 1e6f
#define HALF_PIECE 0.5f /* px: half the length of outline that a pixel speaks for */

/* A piece of the outline: its middle (FAR when none is known) and its unit normal. */
typedef struct {
    float x, y;
    float nx, ny;
} Point;

typedef struct {
    const guint8 *coverage;
    gsize stride;
    int width, height;
} Shape;

static float
inside(const Shape *shape, int x, int y)
{
    if (x < 0 || y < 0 || x >= shape->width || y >= shape->height)
        return 0;
    return (float)shape->coverage[(gsize)y * shape->stride + (gsize)x] / 255.0f;
}

static gboolean
is_edge(const Shape *shape, int x, int y)
{
    float here = inside(shape, x, y);
    if (here > 0 && here < 1)
        return TRUE;
    /* A sharp step between two pixels has no grey one. */
    return here >= 1 && (inside(shape, x - 1, y) <= 0 || inside(shape, x + 1, y) <= 0 ||
                         inside(shape, x, y - 1) <= 0 || inside(shape, x, y + 1) <= 0);
}

/* The distance from a pixel's centre to a straight outline of unit normal (nx, ny) that leaves the share
 * `here` of the pixel inside: positive when the centre lies outside. */
static float
offset_in_pixel(float nx, float ny, float here)
{
    float a = MAX(fabsf(nx), fabsf(ny)), b = MIN(fabsf(nx), fabsf(ny));
    float corner = b / (2 * a); /* the share that a line through a corner cuts off */
    if (here < corner)
        return (a + b) / 2 - sqrtf(2 * a * b * here);
    if (here <= 1 - corner)
        return (0.5f - here) * a;
    return sqrtf(2 * a * b * (1 - here)) - (a + b) / 2;
}

static Point
edge_point(const Shape *s, int x, int y)
{
    float gx = inside(s, x + 1, y - 1) - inside(s, x - 1, y - 1) +
               1.4142135f * (inside(s, x + 1, y) - inside(s, x - 1, y)) + inside(s, x + 1, y + 1) -
               inside(s, x - 1, y + 1);
    float gy = inside(s, x - 1, y + 1) - inside(s, x - 1, y - 1) +
               1.4142135f * (inside(s, x, y + 1) - inside(s, x, y - 1)) + inside(s, x + 1, y + 1) -
               inside(s, x + 1, y - 1);
    float length = sqrtf(gx * gx + gy * gy);
    if (length <= 0)
        return (Point){(float)x, (float)y, 0, 0};
    float d = offset_in_pixel(gx / length, gy / length, inside(s, x, y));
    return (Point){(float)x + gx / length * d, (float)y + gy / length * d, gx / length, gy / length};
}

static float
square(float x, float y)
{
    return x * x + y * y;
}

/* From a pixel's centre to the piece, not to its middle alone. */
static float
distance_to(const Point *piece, int x, int y)
{
    float dx = (float)x - piece->x, dy = (float)y - piece->y;
    if (piece->nx == 0 && piece->ny == 0)
        return sqrtf(square(dx, dy));
    float along = fabsf(dy * piece->nx - dx * piece->ny), off = dx * piece->nx + dy * piece->ny;
    return sqrtf(square(off, MAX(along - HALF_PIECE, 0.0f)));
}

static void
offer(Point *mine, const Point *theirs, int x, int y)
{
    if (theirs->x < FAR &&
        square(theirs->x - (float)x, theirs->y - (float)y) < square(mine->x - (float)x, mine->y - (float)y))
        *mine = *theirs;
}

/* One scan over the rows in the direction `step`: from the row before, then along the row both ways. */
static void
scan(Point *points, int width, int height, int step)
{
    for (int n = 0; n < height; n++) {
        int y = step > 0 ? n : height - 1 - n;
        Point *row = points + (gsize)y * (gsize)width;
        if (n > 0) {
            const Point *before = row - step * width;
            for (int x = 0; x < width; x++)
                for (int k = MAX(x - 1, 0); k <= MIN(x + 1, width - 1); k++)
                    offer(&row[x], &before[k], x, y);
        }
        for (int x = 1; x < width; x++)
            offer(&row[x], &row[x - 1], x, y);
        for (int x = width - 2; x >= 0; x--)
            offer(&row[x], &row[x + 1], x, y);
    }
}

void
fg_distance_field(const guint8 *coverage, int width, int height, gsize stride, double spread,
                  guint8 *distance)
{
    Shape shape = {coverage, stride, width, height};
    g_autofree Point *points = g_new(Point, (gsize)width * (gsize)height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            points[(gsize)y * (gsize)width + (gsize)x] =
                is_edge(&shape, x, y) ? edge_point(&shape, x, y) : (Point){FAR, FAR, 0, 0};
    scan(points, width, height, 1);
    scan(points, width, height, -1);
    float scale = 127.0f / (float)spread;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            gsize at = (gsize)y * (gsize)width + (gsize)x;
            float d = distance_to(&points[at], x, y);
            d = inside(&shape, x, y) >= 0.5f ? d : -d;
            distance[at] = (guint8)(128.5f + CLAMP(d * scale, -128.0f, 127.0f));
        }
}
