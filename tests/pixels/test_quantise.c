#include "pixels/quantise_private.h"
#include "support/fixtures.h"

#include <math.h>
#include <string.h>

#define BIT (1 << 20)

/* Steps of 10 everywhere, so that hand-made coefficients read easily. */
static FgSteps
tens(void)
{
    FgSteps steps;
    for (int i = 0; i < FG_BLOCK; i++) {
        steps.step[i] = 10;
        steps.reciprocal[i] = ((64 << 15) + 80) / 160;
    }
    return steps;
}

/* Prices as a photograph has them: an early end and short runs are cheap. */
static FgPrices
usual_prices(void)
{
    FgPrices prices = {.end = 2 * BIT};
    for (int bits = 0; bits < 16; bits++)
        for (int zeros = 0; zeros < FG_BLOCK; zeros++)
            prices.level[bits][zeros] =
                (zeros / 16 * 11 + MIN(16, 2 + zeros % 16 + bits) + bits) * (gint64)BIT;
    return prices;
}

/* The place of the k-th coefficient in the order of T.81, figure A.6, walked on the diagonals. */
static int
place(int k)
{
    for (int diagonal = 0; diagonal < 15; diagonal++)
        for (int i = 0; i <= diagonal; i++) {
            int v = diagonal % 2 ? i : diagonal - i, u = diagonal - v;
            if (u < 8 && v < 8 && k-- == 0)
                return v * 8 + u;
        }
    return -1;
}

static int
bits_of(int level)
{
    int bits = 0;
    for (level = ABS(level); level; level >>= 1)
        bits++;
    return bits;
}

/* What a block of levels costs: the bits of its codes, one after the other as T.81 F.1.2.2 writes them. */
static double
bits_spent(const int levels[FG_BLOCK], const FgPrices *prices)
{
    double bits = 0;
    int zeros = 0;
    for (int k = 1; k < FG_BLOCK; k++) {
        if (!levels[k]) {
            zeros++;
            continue;
        }
        bits += (double)prices->level[bits_of(levels[k])][zeros] / BIT;
        zeros = 0;
    }
    return bits + (zeros ? (double)prices->end / BIT : 0);
}

/* ... and what the eye sees of it: 16 bits for a step's error squared, less where more goes on. */
static double
whole_cost(const gint16 *block, const int levels[FG_BLOCK], const FgPrices *prices)
{
    double energy = 0, error = 0;
    for (int k = 1; k < FG_BLOCK; k++) {
        double size = (double)block[place(k)] / 16;
        energy += size * size;
        error += pow(size / 10 - levels[k], 2);
    }
    return bits_spent(levels, prices) + 16 * 1448 / (1448 + energy / 63) * error;
}

/* The least that any choice of levels costs, each being its nearest one, the largest of a bit less, or 0. */
static double
least_cost(const gint16 *block, int levels[FG_BLOCK], int k, const FgPrices *prices)
{
    for (; k < FG_BLOCK; k++) {
        int nearest = (int)lrint((double)block[place(k)] / 160);
        if (!nearest)
            continue;
        int less = (1 << (bits_of(nearest) - 1)) - 1;
        int choices[3] = {nearest, nearest < 0 ? -less : less, 0};
        double least = HUGE_VAL;
        for (int i = 0; i < 3; i++) {
            levels[k] = choices[i];
            least = MIN(least, least_cost(block, levels, k + 1, prices));
        }
        levels[k] = 0;
        return least;
    }
    return whole_cost(block, levels, prices);
}

static void
no_other_way_through_a_block_is_cheaper(void **state G_GNUC_UNUSED)
{
    FgSteps steps = tens();
    FgPrices prices = usual_prices();
    guint32 random = 1;
    for (int round = 0; round < 300; round++) {
        gint16 block[FG_BLOCK] = {0}, original[FG_BLOCK];
        for (int i = 0; i < 7; i++) { /* some large, most near a step, at places far and near */
            random = random * 1664525 + 1013904223;
            int reach = i < 2 ? 900 : 300;
            block[place(1 + (int)(random >> 26) * 62 / 63)] =
                (gint16)((int)(random >> 8 & 0xFFFF) % reach - reach / 2);
        }
        memcpy(original, block, sizeof block);
        fg_quantise(block, &steps, &prices);
        int chosen[FG_BLOCK], trial[FG_BLOCK] = {0};
        for (int k = 0; k < FG_BLOCK; k++)
            chosen[k] = block[place(k)];
        double least = least_cost(original, trial, 1, &prices), cost = whole_cost(original, chosen, &prices);
        assert_true(cost < least * 1.001 + 0.2); /* coefficients are weighed in 64ths of a step */
    }
}

static void
a_weak_coefficient_far_out_is_not_worth_its_bits(void **state G_GNUC_UNUSED)
{
    FgSteps steps = tens();
    FgPrices prices = usual_prices();
    gint16 block[FG_BLOCK] = {[0] = 500 * 16, [1] = -31 * 16};
    block[place(40)] = 6 * 16; /* rounds to 1 */
    fg_quantise(block, &steps, &prices);
    assert_int_equal(block[0], 50);
    assert_int_equal(block[1], -3);
    assert_int_equal(block[place(40)], 0);
}

static void
a_strong_coefficient_far_out_stays(void **state G_GNUC_UNUSED)
{
    FgSteps steps = tens();
    FgPrices prices = usual_prices();
    gint16 block[FG_BLOCK] = {0};
    block[place(40)] = -52 * 16;
    block[FG_BLOCK - 1] = 41 * 16;
    fg_quantise(block, &steps, &prices);
    assert_int_equal(block[place(40)], -5);
    assert_int_equal(block[FG_BLOCK - 1], 4);
}

static void
free_codes_leave_plain_rounding(void **state G_GNUC_UNUSED)
{
    FgSteps steps = tens();
    const FgPrices free = {.end = 0};
    gint16 block[FG_BLOCK], rounded[FG_BLOCK];
    for (int i = 0; i < FG_BLOCK; i++) {
        int sign = i % 2 ? -1 : 1, size = i * 37 % 90;
        size += size % 10 == 5; /* a half would be as near to either */
        block[i] = (gint16)(sign * size * 16);
        rounded[i] = (gint16)(sign * ((size + 5) / 10));
    }
    fg_quantise(block, &steps, &free);
    assert_memory_equal(block, rounded, sizeof block);
}

static void
codes_are_counted_as_they_are_written(void **state G_GNUC_UNUSED)
{
    FgSteps steps = tens();
    FgCounts counts = {{0}};
    gint16 block[FG_BLOCK] = {0};
    block[place(1)] = 70 * 16;   /* 7: three bits after no zero */
    block[place(36)] = -12 * 16; /* 1 after 34 zeros: twice 16, and two */
    fg_quantise_count(&counts, block, &steps);
    assert_int_equal(counts.codes[0x03], 1);
    assert_int_equal(counts.codes[0xF0], 2);
    assert_int_equal(counts.codes[0x21], 1);
    assert_int_equal(counts.codes[0x00], 1);
    memset(block, 0, sizeof block);
    block[FG_BLOCK - 1] = 10 * 16; /* 62 zeros before it, and no end needed */
    fg_quantise_count(&counts, block, &steps);
    assert_int_equal(counts.codes[0xF0], 5);
    assert_int_equal(counts.codes[0xE1], 1);
    assert_int_equal(counts.codes[0x00], 1);
}

static void
a_code_costs_the_logarithm_of_its_rarity_and_its_bits(void **state G_GNUC_UNUSED)
{
    FgCounts counts;
    for (int code = 0; code < 256; code++)
        counts.codes[code] = code < 2 ? 25499 : 99; /* of 2 * 25500 + 254 * 100 */
    FgPrices prices;
    fg_quantise_price(&prices, &counts);
    double total = 2 * 25500 + 254 * 100;
    double common = log2(total / 25500), rare = log2(total / 100);
    assert_true(fabs((double)prices.end / BIT - common) < 1e-4);
    assert_true(fabs((double)prices.level[1][0] / BIT - common - 1) < 1e-4);
    assert_true(fabs((double)prices.level[5][3] / BIT - rare - 5) < 1e-4);
    assert_true(fabs((double)prices.level[5][35] / BIT - 3 * rare - 5) < 1e-4); /* after two codes of 16 */
}

static void
no_code_is_shorter_than_a_bit_or_longer_than_sixteen(void **state G_GNUC_UNUSED)
{
    FgCounts counts = {{[0] = G_GUINT64_CONSTANT(1) << 40}};
    FgPrices prices;
    fg_quantise_price(&prices, &counts);
    assert_int_equal(prices.end, BIT);
    assert_int_equal(prices.level[0][1], 16 * BIT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_other_way_through_a_block_is_cheaper),
        cmocka_unit_test(a_weak_coefficient_far_out_is_not_worth_its_bits),
        cmocka_unit_test(a_strong_coefficient_far_out_stays),
        cmocka_unit_test(free_codes_leave_plain_rounding),
        cmocka_unit_test(codes_are_counted_as_they_are_written),
        cmocka_unit_test(a_code_costs_the_logarithm_of_its_rarity_and_its_bits),
        cmocka_unit_test(no_code_is_shorter_than_a_bit_or_longer_than_sixteen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
