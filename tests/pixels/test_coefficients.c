#include "pixels/quantise_private.h"
#include "support/fixtures.h"

#include <math.h>
#include <string.h>

static FgRaster *
noise(int width, int height)
{
    FgRaster *plane = fg_raster_new(width, height, 1);
    guint32 state = 7;
    for (int i = 0; i < width * height; i++) {
        state = state * 1664525 + 1013904223;
        plane->data[i] = (guint8)(state >> 24);
    }
    return plane;
}

/* T.81, A.3.3, word for word. */
static double
transformed(const FgRaster *plane, int u, int v)
{
    double sum = 0;
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 8; x++)
            sum += (plane->data[(gsize)y * plane->stride + (gsize)x] - 128) *
                   cos((2 * x + 1) * u * G_PI / 16) * cos((2 * y + 1) * v * G_PI / 16);
    return sum * (u ? 1 : G_SQRT2 / 2) * (v ? 1 : G_SQRT2 / 2) / 4;
}

static void
a_block_is_transformed_as_the_standard_says(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) plane = noise(8, 8);
    gint16 block[1][FG_BLOCK];
    fg_coefficients(plane, 0, block);
    for (int v = 0; v < 8; v++)
        for (int u = 0; u < 8; u++) {
            double found = (double)block[0][v * 8 + u] / FG_COEFFICIENT_ONE;
            assert_true(fabs(found - transformed(plane, u, v)) < 0.3);
        }
}

static void
black_and_white_reach_the_ends_of_the_range(void **state G_GNUC_UNUSED)
{
    for (int white = 0; white <= 1; white++) {
        int level = white ? 255 : 0;
        g_autoptr(FgRaster) plane = fg_raster_new(8, 8, 1);
        memset(plane->data, level, 64);
        gint16 block[1][FG_BLOCK];
        fg_coefficients(plane, 0, block);
        assert_true(ABS(block[0][0] - (level - 128) * 8 * FG_COEFFICIENT_ONE) <= 8);
        for (int i = 1; i < FG_BLOCK; i++)
            assert_int_equal(block[0][i], 0);
    }
}

static void
the_last_sample_is_repeated_beyond_the_edges(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) small = noise(11, 13);
    g_autoptr(FgRaster) large = fg_raster_new(16, 16, 1);
    for (int y = 0; y < 16; y++)
        for (int x = 0; x < 16; x++)
            large->data[y * 16 + x] = small->data[MIN(y, 12) * 11 + MIN(x, 10)];
    assert_int_equal(fg_plane_blocks(11), 2);
    assert_int_equal(fg_plane_blocks(16), 2);
    assert_int_equal(fg_plane_blocks(17), 3);
    for (int row = 0; row < 2; row++) {
        gint16 found[2][FG_BLOCK], expected[2][FG_BLOCK];
        fg_coefficients(small, row, found);
        fg_coefficients(large, row, expected);
        assert_memory_equal(found, expected, sizeof found);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_is_transformed_as_the_standard_says),
        cmocka_unit_test(black_and_white_reach_the_ends_of_the_range),
        cmocka_unit_test(the_last_sample_is_repeated_beyond_the_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
