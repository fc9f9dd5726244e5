/* attention.c: where to crop. A small map says how much each place draws the eye: detail, strong colour,
 * skin; the window is put where it holds most of it, what lies in its middle counting double. Integers only.
 */
#include "pixels/pixels_private.h"

#include <string.h>

#define MAP_SIDE 96

static inline int
luma(const guint8 *pixel)
{
    return (54 * pixel[0] + 183 * pixel[1] + 19 * pixel[2]) >> 8;
}

/* Skin of any shade keeps a narrow range of hues: red over green over blue, in bounded shares. */
static gboolean
is_skin(const guint8 *pixel)
{
    int red = pixel[0], green = pixel[1], blue = pixel[2], sum = red + green + blue;
    if (sum < 120 || sum > 690)
        return FALSE;
    int red_share = red * 1000 / sum, green_share = green * 1000 / sum;
    return red_share > 370 && red_share < 520 && green_share > 270 && green_share < 350 && red > green &&
           green > blue;
}

static int
interest(const FgRaster *map, int x, int y)
{
    const guint8 *pixel = map->data + (gsize)y * map->stride + (gsize)x * (gsize)map->bands;
    int detail = 0;
    if (x > 0 && y > 0 && x < map->width - 1 && y < map->height - 1)
        detail = ABS(4 * luma(pixel) - luma(pixel - map->bands) - luma(pixel + map->bands) -
                     luma(pixel - map->stride) - luma(pixel + map->stride));
    int high = MAX(pixel[0], MAX(pixel[1], pixel[2])), low = MIN(pixel[0], MIN(pixel[1], pixel[2]));
    int sum = MIN(detail, 160) + (high - low) / 4 + (is_skin(pixel) ? 90 : 0);
    return map->bands == 4 ? sum * pixel[3] / 255 : sum;
}

/* The start of the best window of `span` over `length` sums; of equals, the one nearest the middle. */
static int
best_start(const gint64 *sums, int length, int span)
{
    int best = (length - span) / 2, middle = best;
    gint64 most = -1;
    for (int start = 0; start + span <= length; start++) {
        gint64 total = 0;
        for (int i = 0; i < span; i++) {
            int from_edge = MIN(i, span - 1 - i);
            total += sums[start + i] * (span + 2 * from_edge);
        }
        if (total > most || (total == most && ABS(start - middle) < ABS(best - middle))) {
            most = total;
            best = start;
        }
    }
    return best;
}

/* From a place in the map to one in the picture, at most `room`. */
static int
to_picture(int start, int map_length, int length, int room)
{
    return CLAMP((int)(((gint64)start * length + map_length / 2) / map_length), 0, room);
}

void
fg_attention(const FgRaster *raster, int width, int height, int *x, int *y)
{
    int longest = MAX(raster->width, raster->height), side = MIN(MAP_SIDE, longest);
    int map_width = MAX(1, (int)((gint64)raster->width * side / longest));
    int map_height = MAX(1, (int)((gint64)raster->height * side / longest));
    g_autoptr(FgRaster) map = fg_scale(raster, raster->bands == 4, map_width, map_height);
    g_autofree gint64 *columns = g_new0(gint64, (gsize)map_width);
    g_autofree gint64 *rows = g_new0(gint64, (gsize)map_height);
    for (int at_y = 0; at_y < map_height; at_y++)
        for (int at_x = 0; at_x < map_width; at_x++) {
            int value = interest(map, at_x, at_y);
            columns[at_x] += value;
            rows[at_y] += value;
        }
    int span_x = CLAMP((int)((gint64)width * map_width / raster->width), 1, map_width);
    int span_y = CLAMP((int)((gint64)height * map_height / raster->height), 1, map_height);
    *x = to_picture(best_start(columns, map_width, span_x), map_width, raster->width, raster->width - width);
    *y =
        to_picture(best_start(rows, map_height, span_y), map_height, raster->height, raster->height - height);
}
