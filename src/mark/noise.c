/* White normal numbers on a lattice, smoothed by the uniform cubic B-spline: its bell is what a Gaussian of
 * half the reach would give, without a second pass. */
#include "mark/mark_private.h"

#include <math.h>

#define NODES_A_REACH (1 / 0.9) /* the spline's standard deviation is 0.577 nodes */
#define SPLINE_RMS 0.479        /* of unit white noise under the spline, mean over the plane */
#define AROUND 1.0              /* ems */

FgNoise *
fg_noise_new(FgRandom random, double width, double height, double reach)
{
    FgNoise *noise = g_new0(FgNoise, 1);
    guint64 seed = fg_random_next(&random);
    noise->step = reach / NODES_A_REACH;
    int before = (int)ceil(AROUND / noise->step) + 1;
    noise->left = noise->top = -before * noise->step;
    noise->columns = before + (int)ceil((width + AROUND) / noise->step) + 4;
    noise->rows = before + (int)ceil((height + AROUND) / noise->step) + 4;
    noise->nodes = g_new(float, (gsize)noise->columns *(gsize)noise->rows);
    float *node = noise->nodes;
    for (int y = 0; y < noise->rows; y++)
        for (int x = 0; x < noise->columns; x++) {
            guint64 place = (guint64)(guint32)y << 32 | (guint32)x;
            *node++ = (float)(fg_normal(fg_mix(seed ^ fg_mix(place + 1))) / SPLINE_RMS);
        }
    return noise;
}

void
fg_noise_free(FgNoise *noise)
{
    if (noise)
        g_free(noise->nodes);
    g_free(noise);
}

/* Between which nodes a place lies along one axis, and what each of them weighs there. */
typedef struct {
    int first;
    float weight[4];
} Taps;

/* Kept within the nodes that there are. */
static Taps
taps_at(double x, double origin, double step, int count)
{
    double at = CLAMP((x - origin) / step, 1.0, count - 3.001);
    int square = (int)at;
    float t = (float)(at - square), u = 1 - t, t2 = t * t, t3 = t2 * t;
    return (Taps){square - 1,
                  {u * u * u / 6, (3 * t3 - 6 * t2 + 4) / 6, (-3 * t3 + 3 * t2 + 3 * t + 1) / 6, t3 / 6}};
}

static float
weigh(const float *nodes, gsize apart, const float weight[4])
{
    return weight[0] * nodes[0] + weight[1] * nodes[apart] + weight[2] * nodes[2 * apart] +
           weight[3] * nodes[3 * apart];
}

float
fg_noise_at(const FgNoise *noise, double x, double y)
{
    Taps across = taps_at(x, noise->left, noise->step, noise->columns);
    Taps down = taps_at(y, noise->top, noise->step, noise->rows);
    const gsize columns = (gsize)noise->columns;
    const float *nodes = noise->nodes + (gsize)down.first * columns + (gsize)across.first;
    float line[4];
    for (int i = 0; i < 4; i++)
        line[i] = weigh(nodes + i, columns, down.weight);
    return CLAMP(weigh(line, 1, across.weight), -2.0f, 2.0f);
}

/* All places of a row meet the same four rows of nodes, all of a column the same weights. */
void
fg_noise_grid(const FgNoise *noise, const FgGrid *grid, float *values, gsize apart)
{
    const gsize columns = (gsize)noise->columns;
    g_autofree Taps *across = g_new(Taps, (gsize)grid->width);
    g_autofree float *line = g_new(float, columns);
    for (int x = 0; x < grid->width; x++)
        across[x] = taps_at(grid->left + x * grid->step, noise->left, noise->step, noise->columns);
    for (int y = 0; y < grid->height; y++) {
        Taps down = taps_at(grid->top + y * grid->step, noise->top, noise->step, noise->rows);
        const float *nodes = noise->nodes + (gsize)down.first * columns;
        for (gsize i = 0; i < columns; i++)
            line[i] = weigh(nodes + i, columns, down.weight);
        for (int x = 0; x < grid->width; x++, values += apart) {
            float value = weigh(line + across[x].first, 1, across[x].weight);
            *values = CLAMP(value, -2.0f, 2.0f);
        }
    }
}
