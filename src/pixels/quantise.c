/* quantise.c: levels for a block of coefficients, as the shortest way through it.
 *
 * Each coefficient that plain rounding leaves is a place where the way may halt, at its rounded level or at
 * the largest one of a bit less; between two halts all is zero. A halt pays for its code and for what it
 * changes, the zeros between pay for what they change, and the end pays for the code that ends a block. */
#include "pixels/quantise_private.h"

#define PRICE_BITS 20

/* A step's error squared is worth up to DEAR bits; half of that in a block whose coefficients have BUSY as
 * their mean square, since the eye sees less where much goes on. */
#define DEAR 16
#define BUSY 1448

/* Place of the coefficients in the order of T.81, figure A.6. */
static const guint8 zigzag[FG_BLOCK] = {
    0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48,
    41, 34, 27, 20, 13, 6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23,
    30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
};

#define CODE_END 0x00
#define CODE_ZEROS 0xF0 /* 16 of them */

/* The coefficients without their signs, in 64ths of a step. */
static void
measure(guint32 sizes[FG_BLOCK], const gint16 *block, const FgSteps *steps)
{
    for (int i = 0; i < FG_BLOCK; i++)
        sizes[i] = ((guint32)ABS(block[i]) * steps->reciprocal[i] + (1 << 14)) >> 15;
}

static inline guint32
nearest(guint32 size)
{
    return (size + 32) >> 6;
}

static inline int
bits_of(guint32 level)
{
    return level ? 32 - __builtin_clz(level) : 0;
}

void
fg_quantise_count(FgCounts *counts, const gint16 block[FG_BLOCK], const FgSteps *steps)
{
    guint32 sizes[FG_BLOCK];
    measure(sizes, block, steps);
    int zeros = 0;
    for (int k = 1; k < FG_BLOCK; k++) {
        guint32 level = nearest(sizes[zigzag[k]]);
        if (!level) {
            zeros++;
            continue;
        }
        counts->codes[CODE_ZEROS] += (guint64)zeros / 16;
        counts->codes[zeros % 16 * 16 + bits_of(level)]++;
        zeros = 0;
    }
    counts->codes[CODE_END] += zeros > 0;
}

/* log2 in 2^-PRICE_BITS: the logarithm's bits come out one by one as the number is squared. */
static gint64
logarithm(guint64 number)
{
    int whole = 63 - __builtin_clzll(number);
    gint64 result = whole;
    guint64 rest = whole > 31 ? number >> (whole - 31) : number << (31 - whole); /* 1..2, 31 bits behind */
    for (int i = 0; i < PRICE_BITS; i++) {
        rest = rest * rest >> 31;
        result *= 2;
        if (rest >> 32) {
            rest >>= 1;
            result++;
        }
    }
    return result;
}

void
fg_quantise_price(FgPrices *prices, const FgCounts *counts)
{
    const gint64 one = (gint64)1 << PRICE_BITS;
    guint64 total = 0;
    for (int code = 0; code < 256; code++)
        total += counts->codes[code] + 1;
    gint64 codes[256];
    for (int code = 0; code < 256; code++) {
        gint64 length = logarithm(total) - logarithm(counts->codes[code] + 1);
        codes[code] = CLAMP(length, one, 16 * one) + code % 16 * one;
    }
    for (int bits = 0; bits < 16; bits++)
        for (int zeros = 0; zeros < FG_BLOCK; zeros++)
            prices->level[bits][zeros] = zeros / 16 * codes[CODE_ZEROS] + codes[zeros % 16 * 16 + bits];
    prices->end = codes[CODE_END];
}

/* What a 64th of a step, squared, costs in this block. */
static gint64
dearness(const gint16 *block)
{
    const gint64 busy = (gint64)BUSY * (FG_BLOCK - 1) * FG_COEFFICIENT_ONE * FG_COEFFICIENT_ONE;
    gint64 energy = 0;
    for (int i = 1; i < FG_BLOCK; i++)
        energy += (gint64)block[i] * block[i];
    return ((gint64)DEAR << (PRICE_BITS - 12)) * busy / (busy + energy);
}

/* The halts of all ways, and of each the cheapest way to it: from which halt before, at which level, and its
 * cost beyond what zeros from the start to here would have cost. The first halt is the DC coefficient. */
typedef struct {
    int count;
    int place[FG_BLOCK], from[FG_BLOCK];
    guint32 level[FG_BLOCK];
    gint64 cost[FG_BLOCK];
    gint64 least[FG_BLOCK]; /* of the costs up to here */
} Ways;

/* The cheapest way to a halt at `place` by these prices. It mostly comes from a near one; the search ends
 * where none of those left would do even if its code were free. */
static gint64
cheapest(const Ways *ways, int place, const gint64 *prices, int *from)
{
    gint64 least = G_MAXINT64;
    for (int i = ways->count - 1; i >= 0 && ways->least[i] < least; i--) {
        gint64 cost = ways->cost[i] + prices[place - ways->place[i] - 1];
        if (cost < least) {
            least = cost;
            *from = i;
        }
    }
    return least;
}

/* Adds the halt of a coefficient of this size that would be worth `zero` to drop. */
static void
reach(Ways *ways, int place, guint32 size, gint64 dear, gint64 zero, const FgPrices *prices)
{
    int halt = ways->count;
    ways->place[halt] = place;
    ways->cost[halt] = G_MAXINT64;
    guint32 level = nearest(size);
    for (int bits = bits_of(level), least = MAX(bits - 1, 1); bits >= least; bits--) {
        gint64 off = (gint64)size - 64 * (gint64)level;
        int from = 0;
        gint64 cost = cheapest(ways, place, prices->level[bits], &from) + off * off * dear - zero;
        if (cost < ways->cost[halt]) {
            ways->cost[halt] = cost;
            ways->from[halt] = from;
            ways->level[halt] = level;
        }
        level = (1u << (bits - 1)) - 1;
    }
    ways->least[halt] = MIN(ways->least[halt - 1], ways->cost[halt]);
    ways->count++;
}

/* The halt after which all is best zero. */
static int
last_halt(const Ways *ways, const FgPrices *prices)
{
    int best = 0;
    gint64 least = G_MAXINT64;
    for (int i = 0; i < ways->count; i++) {
        gint64 cost = ways->cost[i] + (ways->place[i] < FG_BLOCK - 1 ? prices->end : 0);
        if (cost < least) {
            least = cost;
            best = i;
        }
    }
    return best;
}

void
fg_quantise(gint16 block[FG_BLOCK], const FgSteps *steps, const FgPrices *prices)
{
    Ways ways;
    ways.count = 1;
    ways.place[0] = 0;
    ways.cost[0] = ways.least[0] = 0;
    gint64 dear = dearness(block);
    guint32 sizes[FG_BLOCK];
    measure(sizes, block, steps);
    for (int k = 1; k < FG_BLOCK; k++) {
        guint32 size = sizes[zigzag[k]];
        if (nearest(size))
            reach(&ways, k, size, dear, (gint64)size * size * dear, prices);
    }
    gint16 levels[FG_BLOCK] = {(gint16)nearest(sizes[0])};
    for (int i = last_halt(&ways, prices); i > 0; i = ways.from[i])
        levels[zigzag[ways.place[i]]] = (gint16)ways.level[i];
    for (int i = 0; i < FG_BLOCK; i++)
        block[i] = block[i] < 0 ? (gint16)-levels[i] : levels[i];
}
