/* scale.c: separable Lanczos-3, fed with rows from top to bottom, in fixed point so that every processor
 * agrees.
 *
 * Rows are first weighed against each other over their whole width, which is where the time goes and which
 * the compiler turns into vector code; each finished row, far fewer of them, is then filtered along itself.
 * Weights have 14 bits after the point, rows between the two steps 6. */
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
    int *first;      /* first source sample */
    int *count;      /* source samples, 1..reach */
    gint16 *weights; /* `reach` for each, adding up to WEIGHT_ONE */
    float *shares;   /* the same, adding up to 1 */
} Kernel;

/* All bands of a pixel, summed side by side. */
#define LANES 4
typedef float Lanes __attribute__((vector_size(LANES * sizeof(float))));

struct FgScaler {
    int width, height, bands;
    gboolean alpha;
    Kernel across, down;
    gsize samples; /* in a source row */
    guint8 *ring;  /* the last down.reach rows */
    int rows_in, rows_out;
    float *line; /* one row after the first step, and room to read a whole vector at its last pixel */
    FgRaster *out;
};

/* sin(pi x) for any x, from additions and multiplications alone: the C library's sine may differ from one
 * processor to the next in its last bit. */
static double
sine_of_pi(double x)
{
    double whole = floor(x + 0.5);
    double t = (x - whole) * G_PI;
    double square = t * t;
    double sum = t, term = t;
    for (int n = 1; n <= 9; n++) {
        term *= -square / ((2 * n) * (2 * n + 1));
        sum += term;
    }
    return fmod(whole, 2) == 0 ? sum : -sum;
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
    kernel->first[index] += start;
    kernel->count[index] = end - start;
}

static void
kernel_init(Kernel *kernel, int from, int to)
{
    double step = (double)from / to, spread = MAX(step, 1.0);
    double support = LOBES * spread;
    kernel->reach = MIN(from, 2 * (int)ceil(support) + 2);
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
    scaler->ring = g_malloc_n((gsize)scaler->down.reach, scaler->samples);
    scaler->line = g_new0(float, scaler->samples + LANES);
    scaler->out = fg_raster_new(out_width, out_height, bands);
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
    g_free(scaler->line);
    fg_raster_free(scaler->out);
    g_free(scaler);
}

static guint8 *
ring_row(const FgScaler *scaler, int row)
{
    return scaler->ring + (gsize)(row % scaler->down.reach) * scaler->samples;
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

/* Two rows at once, so that the sums are loaded and stored half as often. */
WIDE static void
add_rows(gint32 *restrict sums, const guint8 *restrict upper, const guint8 *restrict lower,
         gint16 upper_weight, gint16 lower_weight, gsize length)
{
    for (gsize i = 0; i < length; i++)
        sums[i] += (gint16)upper[i] * upper_weight + (gint16)lower[i] * lower_weight;
}

/* Exact: a sum has fewer than 24 bits. */
WIDE static void
to_line(float *restrict line, const gint32 *restrict sums, gsize length)
{
    for (gsize i = 0; i < length; i++)
        line[i] = (float)sums[i] * (1.0f / WEIGHT_ONE);
}

/* Weighs rows into scaler->line. */
static void
weigh_rows(FgScaler *scaler, int index)
{
    int first = scaler->down.first[index], count = scaler->down.count[index];
    const gint16 *weights = scaler->down.weights + (gsize)index * (gsize)scaler->down.reach;
    gint32 sums[BLOCK];
    for (gsize start = 0; start < scaler->samples; start += BLOCK) {
        gsize length = MIN(BLOCK, scaler->samples - start);
        memset(sums, 0, sizeof sums);
        for (int tap = 0; tap < count; tap += 2) {
            gboolean pair = tap + 1 < count;
            const guint8 *upper = ring_row(scaler, first + tap) + start;
            const guint8 *lower = pair ? ring_row(scaler, first + tap + 1) + start : upper;
            add_rows(sums, upper, lower, weights[tap], pair ? weights[tap + 1] : 0, length);
        }
        to_line(scaler->line + start, sums, length);
    }
}

/* Rounds and bounds all bands of a pixel at once. */
static inline void
to_samples(Lanes sums, guint8 *to, int bands)
{
    typedef gint32 Whole __attribute__((vector_size(LANES * sizeof(gint32))));
    Whole whole = __builtin_convertvector(sums + 0.5f, Whole);
    whole &= ~(whole >> 31);
    whole |= (255 - whole) >> 31;
    for (int band = 0; band < bands; band++)
        to[band] = (guint8)whole[band];
}

/* Filters scaler->line along itself. */
WIDE static void
weigh_columns(const FgScaler *scaler, guint8 *to)
{
    const Kernel *kernel = &scaler->across;
    int bands = scaler->bands;
    for (int x = 0; x < scaler->out->width; x++, to += bands) {
        const float *from = scaler->line + (gsize)kernel->first[x] * (gsize)bands;
        const float *shares = kernel->shares + (gsize)x * (gsize)kernel->reach;
        Lanes sums = {0};
        for (int tap = 0; tap < kernel->count[x]; tap++, from += bands) {
            Lanes pixel;
            memcpy(&pixel, from, sizeof pixel);
            sums += pixel * shares[tap];
        }
        to_samples(sums, to, bands);
    }
}

static void
emit_row(FgScaler *scaler)
{
    FgRaster *out = scaler->out;
    guint8 *to = out->data + (gsize)scaler->rows_out * out->stride;
    weigh_rows(scaler, scaler->rows_out);
    weigh_columns(scaler, to);
    if (scaler->alpha)
        unpremultiply(to, out->width, out->bands);
    scaler->rows_out++;
}

void
fg_scaler_push(FgScaler *scaler, const guint8 *row)
{
    g_assert(scaler->rows_in < scaler->height);
    guint8 *kept = ring_row(scaler, scaler->rows_in);
    if (scaler->alpha)
        premultiply(kept, row, scaler->width, scaler->bands);
    else
        memcpy(kept, row, scaler->samples);
    scaler->rows_in++;
    const Kernel *down = &scaler->down;
    while (scaler->rows_out < scaler->out->height &&
           down->first[scaler->rows_out] + down->count[scaler->rows_out] <= scaler->rows_in)
        emit_row(scaler);
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
    for (int y = 0; y < raster->height; y++)
        fg_scaler_push(scaler, raster->data + (gsize)y * raster->stride);
    return fg_scaler_take(scaler);
}
