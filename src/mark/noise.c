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

static void
spline(float t, float weight[4])
{
    float u = 1 - t, t2 = t * t, t3 = t2 * t;
    weight[0] = u * u * u / 6;
    weight[1] = (3 * t3 - 6 * t2 + 4) / 6;
    weight[2] = (-3 * t3 + 3 * t2 + 3 * t + 1) / 6;
    weight[3] = t3 / 6;
}

/* The lattice square and the place in it, kept within the nodes that there are. */
static int
locate(double x, double origin, double step, int count, float *fraction)
{
    double at = CLAMP((x - origin) / step, 1.0, count - 3.001);
    int square = (int)at;
    *fraction = (float)(at - square);
    return square - 1;
}

float
fg_noise_at(const FgNoise *noise, double x, double y)
{
    float across[4], down[4], tx, ty;
    int column = locate(x, noise->left, noise->step, noise->columns, &tx);
    int row = locate(y, noise->top, noise->step, noise->rows, &ty);
    spline(tx, across);
    spline(ty, down);
    const float *at = noise->nodes + (gsize)row * (gsize)noise->columns + (gsize)column;
    float sum = 0;
    for (int j = 0; j < 4; j++, at += noise->columns)
        sum += down[j] * (across[0] * at[0] + across[1] * at[1] + across[2] * at[2] + across[3] * at[3]);
    return CLAMP(sum, -2.0f, 2.0f);
}
