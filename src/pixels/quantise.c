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

/* Without its sign, in 64ths of a step. */
static inline guint32
magnitude(const gint16 *block, const FgSteps *steps, int place)
{
    return ((guint32)ABS(block[place]) * steps->reciprocal[place] + (1 << 14)) >> 15;
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
    int zeros = 0;
    for (int k = 1; k < FG_BLOCK; k++) {
        guint32 level = nearest(magnitude(block, steps, zigzag[k]));
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
    guint64 total = 0;
    for (int code = 0; code < 256; code++)
        total += counts->codes[code] + 1;
    gint64 one = (gint64)1 << PRICE_BITS;
    for (int code = 0; code < 256; code++) {
        gint64 length = logarithm(total) - logarithm(counts->codes[code] + 1);
        prices->codes[code] = CLAMP(length, one, 16 * one) + code % 16 * one;
    }
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

/* A place on the way: where it is, from which halt it is best reached, with which level, at what cost. */
typedef struct {
    int place, from;
    guint32 level;
    gint64 cost;
    gint64 skipped; /* the cost of all zeros up to and with this place, had they been taken */
} Halt;

/* Finds the cheapest way to a halt from those before it. `skipped` is the cost of zeros up to it. */
static void
reach(Halt *halts, int count, guint32 size, gint64 dear, gint64 skipped, const FgPrices *prices)
{
    Halt *halt = &halts[count];
    halt->cost = G_MAXINT64;
    guint32 level = nearest(size);
    int bits = bits_of(level), choices = bits > 1 ? 2 : 1;
    for (int choice = 0; choice < choices; choice++) {
        gint64 off = (gint64)size - 64 * (gint64)level;
        gint64 error = off * off * dear;
        for (int from = 0; from < count; from++) {
            const Halt *before = &halts[from];
            int zeros = halt->place - before->place - 1;
            gint64 cost = before->cost + skipped - before->skipped + error +
                          zeros / 16 * prices->codes[CODE_ZEROS] + prices->codes[zeros % 16 * 16 + bits];
            if (cost < halt->cost) {
                halt->cost = cost;
                halt->from = from;
                halt->level = level;
            }
        }
        bits--;
        level = (1u << bits) - 1;
    }
}

/* The halt at which a way ends best, all after it being zero. */
static int
last_halt(const Halt *halts, int count, gint64 skipped, const FgPrices *prices)
{
    int best = 0;
    gint64 least = G_MAXINT64;
    for (int i = 0; i < count; i++) {
        gint64 cost = halts[i].cost + skipped - halts[i].skipped +
                      (halts[i].place < FG_BLOCK - 1 ? prices->codes[CODE_END] : 0);
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
    Halt halts[FG_BLOCK] = {{.place = 0}};
    int count = 1;
    gint64 skipped = 0, dear = dearness(block);
    gint16 levels[FG_BLOCK] = {(gint16)nearest(magnitude(block, steps, 0))};
    for (int k = 1; k < FG_BLOCK; k++) {
        guint32 size = magnitude(block, steps, zigzag[k]);
        gint64 zero = (gint64)size * size * dear;
        if (nearest(size)) {
            halts[count].place = k;
            halts[count].skipped = skipped + zero;
            reach(halts, count, size, dear, skipped, prices);
            count++;
        }
        skipped += zero;
    }
    for (int i = last_halt(halts, count, skipped, prices); i > 0; i = halts[i].from)
        levels[zigzag[halts[i].place]] = (gint16)halts[i].level;
    for (int i = 0; i < FG_BLOCK; i++)
        block[i] = block[i] < 0 ? (gint16)-levels[i] : levels[i];
}
