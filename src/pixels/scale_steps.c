/* scale_steps.c: the two steps of the scaler, in 16-bit fixed point. */
#include "pixels/scale_private.h"

#include <string.h>

/* ---- The first step: rows against each other ---- */

/* Samples weighed at a time: those of all lanes stay in the first-level cache. */
#define BLOCK 512

WIDE static void
add_rows(gint16 *restrict sums, const gint16 *restrict a, const gint16 *restrict b, const gint16 *restrict c,
         const gint16 *restrict d, const gint16 *weights, gsize length)
{
    const gint16 for_a = weights[0], for_b = weights[1], for_c = weights[2], for_d = weights[3];
    for (gsize i = 0; i < length; i++)
        sums[i] = (gint16)(sums[i] + fg_share(a[i], for_a) + fg_share(b[i], for_b) + fg_share(c[i], for_c) +
                           fg_share(d[i], for_d));
}

/* Makes sums fine samples again, none darker than black or brighter than white. */
WIDE static void
refine(gint16 *sums, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        gint16 bounded = MIN(MAX(sums[i], 0), FG_WHITE);
        sums[i] = (gint16)(bounded << (FG_FINE_BITS - FG_RESULT_BITS));
    }
}

/* Weighs a block of samples to a result row. Weights of nothing make the taps a multiple of four, and meet
 * whatever comes next. */
static void
weigh_block(const FgKernel *kernel, int row, const gint16 *const *rows, gsize from, gsize length,
            gint16 *sums)
{
    const gint16 *weights = kernel->weights + (gsize)row * (gsize)kernel->reach;
    memset(sums, 0, length * sizeof *sums);
    for (int tap = 0; tap < kernel->count[row]; tap += FG_TAPS_AT_ONCE)
        add_rows(sums, rows[tap] + from, rows[tap + 1] + from, rows[tap + 2] + from, rows[tap + 3] + from,
                 weights + tap, length);
    refine(sums, length);
}

typedef gint16 Eight __attribute__((vector_size(8 * sizeof(gint16))));

/* Eight samples of eight rows become eight columns: three times, the halves are zipped. */
INLINE void
stand_up_eight(const gint16 *rows, gint16 *columns)
{
    Eight from[8], to[8];
    for (int i = 0; i < 8; i++)
        memcpy(&from[i], rows + i * BLOCK, sizeof from[i]);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 4; i++) {
            to[2 * i] = __builtin_shufflevector(from[i], from[i + 4], 0, 8, 1, 9, 2, 10, 3, 11);
            to[2 * i + 1] = __builtin_shufflevector(from[i], from[i + 4], 4, 12, 5, 13, 6, 14, 7, 15);
        }
        memcpy(from, to, sizeof from);
    }
    for (int i = 0; i < 8; i++)
        memcpy(columns + i * FG_LANES, &from[i], sizeof from[i]);
}

WIDE static void
stand_up(const gint16 *rows, gsize length, gint16 *columns)
{
    for (gsize i = 0; i < length; i += 8)
        for (int lane = 0; lane < FG_LANES; lane += 8)
            stand_up_eight(rows + lane * BLOCK + i, columns + i * FG_LANES + lane);
}

void
fg_weigh_rows(const FgKernel *kernel, const FgGroup *group, gint16 *columns)
{
    gint16 sums[FG_LANES][BLOCK];
    for (gsize from = 0; from < group->length; from += BLOCK) {
        gsize length = MIN(BLOCK, group->length - from);
        for (int lane = 0; lane < FG_LANES; lane++) {
            int row = group->lanes[lane];
            weigh_block(kernel, row, group->rows + kernel->first[row] - group->start, from, length,
                        sums[lane]);
        }
        stand_up(sums[0], length, columns + from * FG_LANES);
    }
}

/* ---- The second step: along the rows ---- */

typedef gint16 Lanes __attribute__((vector_size(FG_LANES * sizeof(gint16))));

INLINE void
add_share(Lanes *sums, const gint16 *fine, gint16 weight)
{
    gint16 shares[FG_LANES];
    for (int lane = 0; lane < FG_LANES; lane++)
        shares[lane] = fg_share(fine[lane], weight);
    Lanes all;
    memcpy(&all, shares, sizeof all);
    *sums += all;
}

/* Every pixel takes the same number of steps, the last ones of some by weights of nothing: a branch that
 * can't be foretold costs more than they do. */
INLINE void
weigh_pixels(const FgKernel *kernel, const gint16 *columns, int bands, int start, int end, gint16 *sums)
{
    const int most = kernel->most;
    for (int x = start; x < end; x++) {
        const gint16 *weights = kernel->weights + (gsize)x * (gsize)kernel->reach;
        for (int band = 0; band < bands; band++, sums += FG_LANES) {
            const gint16 *from = columns + ((gsize)kernel->first[x] * (gsize)bands + (gsize)band) * FG_LANES;
            Lanes sum = {0};
            for (int tap = 0; tap < most; tap++, from += bands * FG_LANES)
                add_share(&sum, from, weights[tap]);
            memcpy(sums, &sum, sizeof sum);
        }
    }
}

/* The same code for each number of bands, which it knows then. */
WIDE static void
weigh_stretch(const FgKernel *kernel, const gint16 *columns, int bands, int start, int end, gint16 *sums)
{
    switch (bands) {
    case 1:
        weigh_pixels(kernel, columns, 1, start, end, sums);
        break;
    case 3:
        weigh_pixels(kernel, columns, 3, start, end, sums);
        break;
    default:
        weigh_pixels(kernel, columns, bands, start, end, sums);
    }
}

WIDE static void
round_all(const gint16 *restrict sums, gsize length, guint8 *restrict samples)
{
    for (gsize i = 0; i < length; i++)
        samples[i] = fg_sample(sums[i]);
}

typedef guint8 Sixteen __attribute__((vector_size(FG_LANES)));

/* Sixteen columns become sixteen samples of sixteen rows: four times, the halves are zipped. */
WIDE static void
lie_down(const guint8 *columns, Sixteen *rows)
{
    Sixteen from[FG_LANES], to[FG_LANES];
    memcpy(from, columns, sizeof from);
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 8; i++) {
            to[2 * i] = __builtin_shufflevector(from[i], from[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5,
                                                21, 6, 22, 7, 23);
            to[2 * i + 1] = __builtin_shufflevector(from[i], from[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12,
                                                    28, 13, 29, 14, 30, 15, 31);
        }
        memcpy(from, to, sizeof from);
    }
    memcpy(rows, from, sizeof from);
}

/* Lays `length` columns down into as many samples of each row. */
static void
lay_down(const guint8 *columns, gsize length, int lanes, guint8 *rows, gsize stride)
{
    Sixteen samples[FG_LANES];
    for (; length >= FG_LANES; length -= FG_LANES, columns += FG_LANES * FG_LANES, rows += FG_LANES) {
        lie_down(columns, samples);
        for (int lane = 0; lane < lanes; lane++)
            memcpy(rows + (gsize)lane * stride, &samples[lane], FG_LANES);
    }
    for (gsize i = 0; i < length; i++)
        for (int lane = 0; lane < lanes; lane++)
            rows[(gsize)lane * stride + i] = columns[i * FG_LANES + (gsize)lane];
}

/* Pixels at a time, so that what is between the steps stays in the first-level cache. */
#define STRETCH 64

void
fg_weigh_columns(const FgKernel *kernel, const gint16 *columns, int bands, int width, int lanes, guint8 *rows,
                 gsize stride)
{
    gint16 sums[STRETCH * 4 * FG_LANES];
    guint8 samples[STRETCH * 4 * FG_LANES];
    for (int start = 0; start < width; start += STRETCH) {
        int end = MIN(start + STRETCH, width);
        gsize length = (gsize)(end - start) * (gsize)bands;
        weigh_stretch(kernel, columns, bands, start, end, sums);
        round_all(sums, length * FG_LANES, samples);
        lay_down(samples, length, lanes, rows + (gsize)start * (gsize)bands, stride);
    }
}
