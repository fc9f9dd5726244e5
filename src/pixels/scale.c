/* scale.c: separable Lanczos-3, fed with rows from top to bottom, so that every processor agrees.
 *
 * Rows are first weighed against each other over their whole width, in integers; what comes of it, far fewer
 * rows, is then filtered along itself, in floats. Two result rows are made at a time, their samples side by
 * side, so that one vector holds a pixel of both: each source sample and each weight is fetched once for the
 * two. Weights have 14 bits after the point. */
#include "pixels/pixels_private.h"

#include <math.h>
#include <string.h>

/* Compiled twice where the processor may know wider vectors. Both give the same bytes: integers are exact,
 * and floats are multiplied and added one by one in the order written, never fused. */
#if defined(__x86_64__) && defined(__ELF__) && !defined(FG_SANITIZED)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

#define LOBES 3
#define WEIGHT_BITS 14
#define WEIGHT_ONE (1 << WEIGHT_BITS)

/* Which samples make a result sample, and how much of each. */
typedef struct {
    int reach;       /* room for weights of each result sample */
    int most;        /* source samples that any of them has */
    int *first;      /* first source sample */
    int *count;      /* source samples, 1..most */
    gint16 *weights; /* `reach` for each, adding up to WEIGHT_ONE, zero from `count` on */
    float *shares;   /* the same, adding up to 1 */
} Kernel;

/* All bands of a pixel of two rows, summed side by side. */
#define PAIR 2
#define LANES (4 * PAIR)
typedef float Lanes __attribute__((vector_size(LANES * sizeof(float))));

struct FgScaler {
    int width, height, bands;
    gboolean alpha;
    Kernel across, down;
    gsize samples; /* in a source row */
    int kept;      /* how many of the last source rows are at hand */
    guint8 *ring;  /* room for them */
    const guint8 **rows;
    int rows_in, rows_out;
    float
        *line; /* two rows after the first step, sample by sample, and zeros for weights of nothing to meet */
    FgRaster *out;
};

/* sin(pi x) for any x, from additions and multiplications alone: the C library's sine may differ from one
 * processor to the next in its last bit. */
static double
sine_of_pi(double x)
{
    static const double series[] = {-1.0 / 6,        1.0 / 120,        -1.0 / 5040,         1.0 / 362880,
                                    -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000};
    gint64 whole = (gint64)floor(x + 0.5);
    double t = (x - (double)whole) * G_PI;
    double square = t * t, sum = 0;
    for (gsize n = G_N_ELEMENTS(series); n-- > 0;)
        sum = (sum + series[n]) * square;
    sum = t + t * sum;
    return whole % 2 == 0 ? sum : -sum;
}

static double
lanczos(double x)
{
    x = fabs(x);
    if (x < 1e-9)
        return 1;
    if (x >= LOBES)
        return 0;
    return LOBES * sine_of_pi(x) * sine_of_pi(x / LOBES) / (G_PI * G_PI * x * x);
}

/* Rounds weights so that they add up to one exactly: what is over goes to the largest. */
static void
fix_weights(const double *exact, int count, gint16 *weights)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += exact[i];
    int rest = WEIGHT_ONE, largest = 0;
    for (int i = 0; i < count; i++) {
        weights[i] = (gint16)floor(exact[i] / sum * WEIGHT_ONE + 0.5);
        rest -= weights[i];
        if (weights[i] > weights[largest])
            largest = i;
    }
    weights[largest] = (gint16)(weights[largest] + rest);
}

/* Drops weights of nothing at both ends: at the same size, one is left. */
static void
trim(Kernel *kernel, int index)
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

static void
kernel_init(Kernel *kernel, int from, int to)
{
    double step = (double)from / to, spread = MAX(step, 1.0);
    double support = LOBES * spread;
    kernel->reach = MIN(from, 2 * (int)ceil(support) + 2);
    kernel->most = 0;
    kernel->first = g_new(int, (gsize)to);
    kernel->count = g_new(int, (gsize)to);
    gsize room = (gsize)to * (gsize)kernel->reach;
    kernel->weights = g_new0(gint16, room);
    g_autofree double *exact = g_new(double, (gsize)kernel->reach);
    for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * step - 0.5;
        int low = (int)ceil(centre - support), high = (int)floor(centre + support);
        int first = CLAMP(low, 0, from - 1), last = CLAMP(high, 0, from - 1);
        memset(exact, 0, (gsize)kernel->reach * sizeof *exact);
        /* Beyond the border, the border's own sample goes on. */
        for (int at = low; at <= high; at++)
            exact[CLAMP(at, first, last) - first] += lanczos((at - centre) / spread);
        kernel->first[i] = first;
        kernel->count[i] = last - first + 1;
        fix_weights(exact, kernel->count[i], kernel->weights + (gsize)i * (gsize)kernel->reach);
        trim(kernel, i);
    }
    kernel->shares = g_new(float, room);
    for (gsize i = 0; i < room; i++)
        kernel->shares[i] = (float)kernel->weights[i] * (1.0f / WEIGHT_ONE);
}

static void
kernel_clear(Kernel *kernel)
{
    g_free(kernel->first);
    g_free(kernel->count);
    g_free(kernel->weights);
    g_free(kernel->shares);
}

/* The last row of the pair that begins with a result row. */
static int
partner(const FgScaler *scaler, int row)
{
    return MIN(row + PAIR, scaler->out->height) - 1;
}

/* Which source row is the first that a pair does not need any more. */
static int
end_of_pair(const FgScaler *scaler, int row)
{
    const Kernel *down = &scaler->down;
    int second = partner(scaler, row);
    return MAX(down->first[row] + down->count[row], down->first[second] + down->count[second]);
}

static int
start_of_pair(const FgScaler *scaler, int row)
{
    const Kernel *down = &scaler->down;
    return MIN(down->first[row], down->first[partner(scaler, row)]);
}

FgScaler *
fg_scaler_new(int width, int height, int bands, gboolean alpha, int out_width, int out_height)
{
    FgScaler *scaler = g_new0(FgScaler, 1);
    scaler->width = width;
    scaler->height = height;
    scaler->bands = bands;
    scaler->alpha = alpha;
    kernel_init(&scaler->across, width, out_width);
    kernel_init(&scaler->down, height, out_height);
    scaler->samples = (gsize)width * (gsize)bands;
    scaler->out = fg_raster_new(out_width, out_height, bands);
    for (int row = 0; row < out_height; row += PAIR)
        scaler->kept = MAX(scaler->kept, end_of_pair(scaler, row) - start_of_pair(scaler, row));
    scaler->ring = g_malloc_n((gsize)scaler->kept, scaler->samples);
    scaler->rows = g_new0(const guint8 *, (gsize)scaler->kept);
    scaler->line = g_new0(float, PAIR *(scaler->samples + (gsize)(scaler->across.most * bands)) + LANES);
    return scaler;
}

void
fg_scaler_free(FgScaler *scaler)
{
    if (!scaler)
        return;
    kernel_clear(&scaler->across);
    kernel_clear(&scaler->down);
    g_free(scaler->ring);
    g_free(scaler->rows);
    g_free(scaler->line);
    fg_raster_free(scaler->out);
    g_free(scaler);
}

/* Colours times alpha, so that they weigh what they show. */
static void
premultiply(guint8 *to, const guint8 *from, int width, int bands)
{
    for (int x = 0; x < width; x++, from += bands, to += bands) {
        unsigned alpha = from[bands - 1];
        for (int band = 0; band < bands - 1; band++)
            to[band] = (guint8)((from[band] * alpha + 127u) / 255u);
        to[bands - 1] = (guint8)alpha;
    }
}

static void
unpremultiply(guint8 *row, int width, int bands)
{
    for (int x = 0; x < width; x++, row += bands) {
        unsigned alpha = row[bands - 1];
        for (int band = 0; band < bands - 1; band++)
            row[band] = (guint8)(alpha ? MIN(255u, (row[band] * 255u + alpha / 2) / alpha) : 0);
    }
}

/* Samples weighed at a time: their sums stay in the first-level cache. */
#define BLOCK 1024

/* What two source rows give to two result rows. */
WIDE static void
add_rows(gint32 *restrict sums, gint32 *restrict sums_below, const guint8 *restrict upper,
         const guint8 *restrict lower, const gint16 weights[4], gsize length)
{
    const gint16 a = weights[0], b = weights[1], c = weights[2], d = weights[3];
    for (gsize i = 0; i < length; i++) {
        sums[i] += (gint16)upper[i] * a + (gint16)lower[i] * b;
        sums_below[i] += (gint16)upper[i] * c + (gint16)lower[i] * d;
    }
}

/* Exact: a sum has fewer than 24 bits. */
WIDE static void
to_line(float *restrict line, const gint32 *restrict sums, const gint32 *restrict sums_below, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        line[PAIR * i] = (float)sums[i] * (1.0f / WEIGHT_ONE);
        line[PAIR * i + 1] = (float)sums_below[i] * (1.0f / WEIGHT_ONE);
    }
}

static gint16
weight_of(const Kernel *kernel, int index, int at)
{
    int tap = at - kernel->first[index];
    return tap >= 0 && tap < kernel->count[index]
               ? kernel->weights[(gsize)index * (gsize)kernel->reach + (gsize)tap]
               : 0;
}

/* Weighs rows into scaler->line, for two result rows. */
static void
weigh_rows(FgScaler *scaler, int row)
{
    const Kernel *down = &scaler->down;
    int start = start_of_pair(scaler, row), end = end_of_pair(scaler, row), below = partner(scaler, row);
    gint32 sums[PAIR][BLOCK];
    for (gsize from = 0; from < scaler->samples; from += BLOCK) {
        gsize length = MIN(BLOCK, scaler->samples - from);
        memset(sums, 0, sizeof sums);
        for (int at = start; at < end; at += 2) {
            int next = MIN(at + 1, end - 1);
            const gint16 weights[] = {weight_of(down, row, at), at < next ? weight_of(down, row, next) : 0,
                                      weight_of(down, below, at),
                                      at < next ? weight_of(down, below, next) : 0};
            add_rows(sums[0], sums[1], scaler->rows[at % scaler->kept] + from,
                     scaler->rows[next % scaler->kept] + from, weights, length);
        }
        to_line(scaler->line + PAIR * from, sums[0], sums[1], length);
    }
}

/* Rounds and bounds all samples at once. */
static inline void
to_samples(const Lanes *sums, guint8 *to, guint8 *below, int bands)
{
    typedef gint32 Whole __attribute__((vector_size(LANES * sizeof(gint32))));
    typedef guint8 Samples __attribute__((vector_size(LANES)));
    Whole whole = __builtin_convertvector(*sums + 0.5f, Whole);
    whole &= ~(whole >> 31);
    whole |= (255 - whole) >> 31;
    Samples samples = __builtin_convertvector(whole, Samples);
    for (int band = 0; band < bands; band++) {
        to[band] = samples[PAIR * band];
        below[band] = samples[PAIR * band + 1];
    }
}

/* Filters scaler->line along itself. Every pixel takes the same number of steps, the last ones of some by
 * weights of nothing: a branch that can't be foretold costs more than they do. */
static inline __attribute__((always_inline)) void
weigh_pixels(const FgScaler *scaler, guint8 *to, guint8 *below, int bands)
{
    const Kernel *kernel = &scaler->across;
    int width = scaler->out->width, most = kernel->most;
    for (int x = 0; x < width; x++, to += bands, below += bands) {
        const float *from = scaler->line + (gsize)kernel->first[x] * (gsize)(PAIR * bands);
        const float *shares = kernel->shares + (gsize)x * (gsize)kernel->reach;
        Lanes sums = {0};
        for (int tap = 0; tap < most; tap++, from += PAIR * bands) {
            Lanes pixels;
            memcpy(&pixels, from, sizeof pixels);
            sums += pixels * shares[tap];
        }
        to_samples(&sums, to, below, bands);
    }
}

/* The same code for each number of bands, which it knows then. */
WIDE static void
weigh_columns(const FgScaler *scaler, guint8 *to, guint8 *below)
{
    switch (scaler->bands) {
    case 1:
        weigh_pixels(scaler, to, below, 1);
        break;
    case 3:
        weigh_pixels(scaler, to, below, 3);
        break;
    default:
        weigh_pixels(scaler, to, below, scaler->bands);
    }
}

static void
emit_rows(FgScaler *scaler)
{
    FgRaster *out = scaler->out;
    int row = scaler->rows_out, last = partner(scaler, row);
    guint8 *to = out->data + (gsize)row * out->stride, *below = out->data + (gsize)last * out->stride;
    weigh_rows(scaler, row);
    weigh_columns(scaler, to, below);
    for (int at = row; scaler->alpha && at <= last; at++)
        unpremultiply(out->data + (gsize)at * out->stride, out->width, out->bands);
    scaler->rows_out = last + 1;
}

/* Takes a row that stays where it is for as long as it is needed. */
static void
take_row(FgScaler *scaler, const guint8 *row)
{
    g_assert(scaler->rows_in < scaler->height);
    scaler->rows[scaler->rows_in++ % scaler->kept] = row;
    while (scaler->rows_out < scaler->out->height && end_of_pair(scaler, scaler->rows_out) <= scaler->rows_in)
        emit_rows(scaler);
}

guint8 *
fg_scaler_room(const FgScaler *scaler)
{
    return scaler->ring + (gsize)(scaler->rows_in % scaler->kept) * scaler->samples;
}

void
fg_scaler_push(FgScaler *scaler, const guint8 *row)
{
    guint8 *room = fg_scaler_room(scaler);
    if (scaler->alpha)
        premultiply(room, row, scaler->width, scaler->bands);
    else if (row != room)
        memcpy(room, row, scaler->samples);
    take_row(scaler, room);
}

FgRaster *
fg_scaler_take(FgScaler *scaler)
{
    g_assert(scaler->rows_in == scaler->height && scaler->rows_out == scaler->out->height);
    return g_steal_pointer(&scaler->out);
}

FgRaster *
fg_scale(const FgRaster *raster, gboolean alpha, int width, int height)
{
    if (width == raster->width && height == raster->height)
        return fg_raster_dup(raster);
    g_autoptr(FgScaler) scaler =
        fg_scaler_new(raster->width, raster->height, raster->bands, alpha, width, height);
    for (int y = 0; y < raster->height; y++) {
        const guint8 *row = raster->data + (gsize)y * raster->stride;
        if (alpha)
            fg_scaler_push(scaler, row);
        else
            take_row(scaler, row);
    }
    return fg_scaler_take(scaler);
}
