#include "mark/mark_private.h"

#include <math.h>

#define PITCH_X 1.55 /* of a tile's width */
#define PITCH_Y 0.62
#define LEAST_PITCH_Y 1.9 /* of a tile's height */
#define SHIFT 0.07        /* jitter of a node, of the pitch */
#define TURN 2.5          /* degrees */
#define SIZE 0.06
#define CLEARANCE 0.5 /* ems between a tile and another mark */

/* Whether a tile, wider by the clearance, and an upright rectangle overlap: apart along an axis of either is
 * apart. */
static gboolean
tile_meets(const FgFrame *frame, const FgShape *shape, FgRect rect)
{
    FgBox box = {-CLEARANCE, -CLEARANCE, shape->width + 2 * CLEARANCE, shape->height + 2 * CLEARANCE};
    FgRect around = fg_frame_rect(frame, box, 0, G_MAXINT16, G_MAXINT16);
    if (!fg_rects_meet(around, rect))
        return FALSE;
    double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
    for (int corner = 0; corner < 4; corner++) {
        double x, y;
        fg_frame_in(frame, rect.x + (corner & 1 ? rect.width : 0), rect.y + (corner & 2 ? rect.height : 0),
                    &x, &y);
        left = MIN(left, x);
        right = MAX(right, x);
        top = MIN(top, y);
        bottom = MAX(bottom, y);
    }
    return left < box.x + box.width && box.x < right && top < box.y + box.height && box.y < bottom;
}

/* The frame of the tile at a node: its middle lies on the node, give or take. */
static FgFrame
tile_frame(const FgMarkSpec *spec, const FgShape *shape, double scale, double x, double y, FgRandom *random)
{
    double degrees = -spec->angle;
    if (spec->vary) {
        degrees += TURN * fg_random_uniform(random);
        scale *= 1 + SIZE * fg_random_uniform(random);
    }
    FgFrame frame = fg_frame_new(0, 0, scale, degrees);
    double middle_x, middle_y;
    fg_frame_out(&frame, shape->width / 2, shape->height / 2, &middle_x, &middle_y);
    frame.left = x - middle_x;
    frame.top = y - middle_y;
    return frame;
}

void
fg_tiles(const FgMarkSpec *spec, const FgShape *shape, double scale, const guint8 *secret, int width,
         int height, const FgRect *taken, gsize n_taken, FgTileFunc each, gpointer data)
{
    double pitch_x = PITCH_X * shape->width * scale;
    double pitch_y = MAX(PITCH_Y * shape->width, LEAST_PITCH_Y * shape->height) * scale;
    FgRandom origin = fg_random(secret, spec->name, "tiles", 0);
    double start_x = spec->vary ? fg_random_uniform(&origin) / 2 : 0;
    double start_y = spec->vary ? fg_random_uniform(&origin) / 2 : 0;
    FgFrame lattice = fg_frame_new(width / 2.0, height / 2.0, 1, -spec->angle);
    double radius = sqrt((double)width * width + (double)height * height) / 2 + shape->width * scale;
    int columns = (int)ceil(radius / pitch_x) + 1, rows = (int)ceil(radius / pitch_y) + 1;
    for (int j = -rows; j <= rows; j++)
        for (int i = -columns; i <= columns; i++) {
            /* A tile's number depends on its place in the lattice alone, which starts at the middle. */
            guint64 n = 1 + (guint64)(j + 4096) * 8192 + (guint64)(i + 4096);
            FgRandom random = fg_random(secret, spec->name, "tile", n);
            double x = i + (j & 1 ? 0.5 : 0) + start_x, y = j + start_y, px, py;
            if (spec->vary) {
                x += SHIFT * fg_random_uniform(&random);
                y += SHIFT * fg_random_uniform(&random);
            }
            fg_frame_out(&lattice, x * pitch_x, y * pitch_y, &px, &py);
            FgFrame frame = tile_frame(spec, shape, scale, px, py, &random);
            FgRect rect = fg_frame_rect(&frame, (FgBox){0, 0, shape->width, shape->height}, 0, width, height);
            gboolean free = rect.width > 0 && rect.height > 0;
            for (gsize k = 0; k < n_taken && free; k++)
                free = !tile_meets(&frame, shape, taken[k]);
            if (free)
                each(&frame, n, data);
        }
}
