#include "mark/mark_private.h"

#include <math.h>

#define SIGMA 8.0 /* px at a short edge of 1360 */
#define CELLS_A_SIGMA 1.6
#define REACH 4 /* of the kernel, cells: two and a half sigma */
#define FIELDS 5

/* Lightness, its square and the three colours, summed over the pixels of a cell. */
typedef struct {
    float field[FIELDS];
} Sums;

G_STATIC_ASSERT(sizeof(Sums) == sizeof(FgLocal));

/* In large cells every second pixel of every second row tells enough. */
static Sums
look(const FgRaster *raster, const FgLight *light, int left, int top, int cell)
{
    Sums sums = {{0}};
    int step = cell >= 4 ? 2 : 1, count = 0;
    int right = MIN(left + cell, raster->width), bottom = MIN(top + cell, raster->height);
    for (int y = top; y < bottom; y += step)
        for (int x = left; x < right; x += step) {
            guint8 over[3];
            fg_pixel_over_white(raster->data + (gsize)y * raster->stride + (gsize)x * (gsize)raster->bands,
                                raster->bands, over);
            float r = light->linear[over[0]], g = light->linear[over[1]], b = light->linear[over[2]];
            float lightness = fg_lightness(light, fg_linear_luminance(r, g, b));
            sums.field[0] += lightness;
            sums.field[1] += lightness * lightness;
            sums.field[2] += r;
            sums.field[3] += g;
            sums.field[4] += b;
            count++;
        }
    for (int i = 0; i < FIELDS; i++)
        sums.field[i] /= (float)count;
    return sums;
}

/* Weights 1, w, w^4, w^9 ... of a Gaussian: w = exp(-1 / (2 sigma^2)) for sigma = 1.6 cells. */
static void
kernel(float weight[REACH + 1])
{
    const double w = 0.8225775623986646;
    double sum = 0, power[REACH + 1];
    for (int i = 0; i <= REACH; i++) {
        power[i] = 1;
        for (int k = 0; k < i * i; k++)
            power[i] *= w;
        sum += i == 0 ? 1 : 2 * power[i];
    }
    for (int i = 0; i <= REACH; i++)
        weight[i] = (float)(power[i] / sum);
}

/* Smooths along rows (`down` 0) or columns (1); at the ends the last cell goes on. */
static void
smooth(const Sums *from, Sums *to, int columns, int rows, int down, const float weight[REACH + 1])
{
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < columns; x++) {
            Sums sum = {{0}};
            for (int k = -REACH; k <= REACH; k++) {
                int i = down ? x : CLAMP(x + k, 0, columns - 1), j = down ? CLAMP(y + k, 0, rows - 1) : y;
                const float *at = from[(gsize)j * (gsize)columns + (gsize)i].field, w = weight[ABS(k)];
                for (int n = 0; n < FIELDS; n++)
                    sum.field[n] += w * at[n];
            }
            to[(gsize)y * (gsize)columns + (gsize)x] = sum;
        }
}

static void
blur(Sums *cells, int columns, int rows)
{
    g_autofree Sums *other = g_new(Sums, (gsize)columns * (gsize)rows);
    float weight[REACH + 1];
    kernel(weight);
    smooth(cells, other, columns, rows, 0, weight);
    smooth(other, cells, columns, rows, 1, weight);
}

/* Where to look, in cells that begin at multiples of their side. */
static void
lay_cells(FgGround *ground, FgRect rect, int width, int height)
{
    double sigma = SIGMA * MIN(width, height) / 1360;
    ground->cell = MAX(1, (int)(sigma / CELLS_A_SIGMA + 0.5));
    int around = REACH * ground->cell;
    int left = MAX(rect.x - around, 0) / ground->cell * ground->cell;
    int top = MAX(rect.y - around, 0) / ground->cell * ground->cell;
    int right = MIN(rect.x + rect.width + around, width);
    int bottom = MIN(rect.y + rect.height + around, height);
    ground->rect = (FgRect){left, top, right - left, bottom - top};
    ground->columns = (right - left + ground->cell - 1) / ground->cell;
    ground->rows = (bottom - top + ground->cell - 1) / ground->cell;
}

/* The last cells may be cut by the picture's border, but not by the rectangle's. */
FgRect
fg_ground_reach(FgRect rect, int width, int height)
{
    FgGround ground;
    lay_cells(&ground, rect, width, height);
    const int left = ground.rect.x, top = ground.rect.y;
    return (FgRect){left, top, MIN(ground.columns * ground.cell, width - left),
                    MIN(ground.rows * ground.cell, height - top)};
}

FgGround *
fg_ground_new(const FgRaster *raster, const FgLight *light, FgRect rect)
{
    FgGround *ground = g_new0(FgGround, 1);
    lay_cells(ground, rect, raster->width, raster->height);
    gsize count = (gsize)ground->columns * (gsize)ground->rows;
    g_autofree Sums *sums = g_new(Sums, count);
    for (int y = 0; y < ground->rows; y++)
        for (int x = 0; x < ground->columns; x++)
            sums[(gsize)y * (gsize)ground->columns + (gsize)x] =
                look(raster, light, ground->rect.x + x * ground->cell, ground->rect.y + y * ground->cell,
                     ground->cell);
    blur(sums, ground->columns, ground->rows);
    ground->cells = g_new(FgLocal, count);
    for (gsize i = 0; i < count; i++) {
        const float *f = sums[i].field;
        ground->cells[i] = (FgLocal){f[0], sqrtf(MAX(f[1] - f[0] * f[0], 0.0f)), {f[2], f[3], f[4]}};
    }
    return ground;
}

void
fg_ground_free(FgGround *ground)
{
    if (ground)
        g_free(ground->cells);
    g_free(ground);
}

static float
mix(float a, float b, float t)
{
    return a + (b - a) * t;
}

static FgLocal
between(const FgLocal *a, const FgLocal *b, float t)
{
    return (FgLocal){mix(a->lightness, b->lightness, t),
                     mix(a->spread, b->spread, t),
                     {mix(a->colour[0], b->colour[0], t), mix(a->colour[1], b->colour[1], t),
                      mix(a->colour[2], b->colour[2], t)}};
}

FgLocal
fg_ground_at(const FgGround *ground, double x, double y)
{
    double u = CLAMP((x - ground->rect.x) / ground->cell - 0.5, 0.0, ground->columns - 1.0);
    double v = CLAMP((y - ground->rect.y) / ground->cell - 0.5, 0.0, ground->rows - 1.0);
    int i = (int)u, j = (int)v;
    int right = MIN(i + 1, ground->columns - 1), down = MIN(j + 1, ground->rows - 1);
    const FgLocal *row = ground->cells + (gsize)j * (gsize)ground->columns;
    const FgLocal *next = ground->cells + (gsize)down * (gsize)ground->columns;
    FgLocal above = between(&row[i], &row[right], (float)(u - i));
    FgLocal below = between(&next[i], &next[right], (float)(u - i));
    return between(&above, &below, (float)(v - j));
}

double
fg_ground_unrest(const FgGround *ground, FgRect rect, double visibility)
{
    double spread = 0, bright = 0, dark = 0, count = 0;
    for (int y = rect.y + ground->cell / 2; y < rect.y + rect.height; y += ground->cell)
        for (int x = rect.x + ground->cell / 2; x < rect.x + rect.width; x += ground->cell) {
            FgLocal local = fg_ground_at(ground, x, y);
            spread += local.spread;
            bright += local.lightness + visibility > 98;
            dark += local.lightness - visibility < 2;
            count++;
        }
    return count > 0 ? (spread + 300 * MIN(bright, dark)) / count : 0;
}
