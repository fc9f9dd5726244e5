/* kernel.c: the weights of Lanczos-3, the same on every processor. */
#include "pixels/scale_private.h"

#include <math.h>
#include <string.h>

#define LOBES 3

/* sin(pi x) sin(pi x / 3) over pi² x² / 3, by one sine, since sin(3 a) is sin(a) (3 - 4 sin²(a)); and that
 * from additions and multiplications alone: the C library's sine may differ from one processor to the next in
 * its last bit. */
static double
lanczos(double x)
{
    static const double series[] = {-1.0 / 6,        1.0 / 120,        -1.0 / 5040,         1.0 / 362880,
                                    -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000};
    x = fabs(x);
    if (x < 1e-9)
        return 1;
    if (x >= LOBES)
        return 0;
    double turn = x / LOBES, angle = MIN(turn, 1 - turn) * G_PI, square = angle * angle, sum = 0;
    for (gsize n = G_N_ELEMENTS(series); n-- > 0;)
        sum = (sum + series[n]) * square;
    double sine = angle + angle * sum;
    return LOBES * sine * sine * (3 - 4 * sine * sine) / (G_PI * G_PI * x * x);
}

static gint16
rounded(double weight)
{
    return (gint16)((int)(weight + (FG_WEIGHT_ONE * 2 + 0.5)) - FG_WEIGHT_ONE * 2);
}

/* Rounds weights so that they add up to one exactly: what is over goes to the largest. */
static void
fix_weights(const double *exact, int count, gint16 *weights)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += exact[i];
    int rest = FG_WEIGHT_ONE, largest = 0;
    for (int i = 0; i < count; i++) {
        weights[i] = rounded(exact[i] / sum * FG_WEIGHT_ONE);
        rest -= weights[i];
        if (weights[i] > weights[largest])
            largest = i;
    }
    weights[largest] = (gint16)(weights[largest] + rest);
}

/* Drops weights of nothing at both ends: at the same size, one is left. */
static void
trim(FgKernel *kernel, int index)
{
    gint16 *weights = kernel->weights + (gsize)index * (gsize)kernel->reach;
    int start = 0, end = kernel->count[index];
    while (weights[start] == 0)
        start++;
    while (weights[end - 1] == 0)
        end--;
    memmove(weights, weights + start, (gsize)(end - start) * sizeof *weights);
    memset(weights + (end - start), 0, (gsize)start * sizeof *weights);
    kernel->first[index] += start;
    kernel->count[index] = end - start;
    kernel->most = MAX(kernel->most, end - start);
}

/* After how many results the source samples lie around them as they did, and how many samples further on. */
typedef struct {
    int results, samples;
} Period;

static Period
period_of(double span, int to)
{
    int samples = (int)span, rest = samples, common = to;
    if (samples != span)
        return (Period){to, samples};
    while (rest > 0) {
        int left = common % rest;
        common = rest;
        rest = left;
    }
    return (Period){to / common, samples / common};
}

/* Weighs the samples around `centre`; beyond the border, the border's own sample goes on. Away from borders a
 * result of one period before had the same weights. */
static void
weigh(FgKernel *kernel, int index, double centre, double spread, int from, Period period, double *exact)
{
    int low = (int)ceil(centre - LOBES * spread), high = (int)floor(centre + LOBES * spread);
    int first = CLAMP(low, 0, from - 1), last = CLAMP(high, 0, from - 1), before = index - period.results;
    gint16 *weights = kernel->weights + (gsize)index * (gsize)kernel->reach;
    if (before >= 0 && low >= period.samples && high < from) {
        memcpy(weights, weights - (gsize)period.results * (gsize)kernel->reach,
               (gsize)kernel->reach * sizeof *weights);
        kernel->first[index] = kernel->first[before] + period.samples;
        kernel->count[index] = kernel->count[before];
        return;
    }
    memset(exact, 0, (gsize)kernel->reach * sizeof *exact);
    for (int at = low; at <= high; at++)
        exact[CLAMP(at, first, last) - first] += lanczos((at - centre) / spread);
    kernel->first[index] = first;
    kernel->count[index] = last - first + 1;
    fix_weights(exact, kernel->count[index], weights);
    trim(kernel, index);
}

void
fg_kernel_init(FgKernel *kernel, int from, double span, int to)
{
    double step = span / to, spread = MAX(step, 1.0);
    int taps = MIN(from, 2 * (int)ceil(LOBES * spread) + 2);
    kernel->reach = (taps + FG_TAPS_AT_ONCE - 1) / FG_TAPS_AT_ONCE * FG_TAPS_AT_ONCE;
    kernel->most = 0;
    kernel->first = g_new(int, (gsize)to);
    kernel->count = g_new(int, (gsize)to);
    kernel->weights = g_new0(gint16, (gsize)to * (gsize)kernel->reach);
    g_autofree double *exact = g_new(double, (gsize)kernel->reach);
    const Period period = period_of(span, to);
    for (int i = 0; i < to; i++)
        weigh(kernel, i, (i + 0.5) * step - 0.5, spread, from, period, exact);
}

void
fg_kernel_clear(FgKernel *kernel)
{
    g_free(kernel->first);
    g_free(kernel->count);
    g_free(kernel->weights);
}
