#include "pixels/quantise_private.h"
#include "support/fixtures.h"

#include <math.h>
#include <string.h>

static FgRaster *
noise(int width, int height)
{
    FgRaster *raster = fg_raster_new(width, height, 3);
    guint32 state = 7;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width * 3; x++) {
            state = state * 1664525 + 1013904223;
            raster->data[(gsize)y * raster->stride + (gsize)x] = (guint8)(state >> 24);
        }
    return raster;
}

static FgRaster *
flat(int width, int height, const guint8 colour[3])
{
    FgRaster *raster = fg_raster_new(width, height, 3);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            memcpy(raster->data + (gsize)y * raster->stride + x * 3, colour, 3);
    return raster;
}

/* JFIF's Y, Cb or Cr of a pixel, rounded as in a file, less 128. */
static double
sample(const guint8 *pixel, int component)
{
    const double shares[3][3] = {
        {0.299, 0.587, 0.114}, {-0.168735892, -0.331264108, 0.5}, {0.5, -0.418687589, -0.081312411}};
    const double *share = shares[component];
    double value = share[0] * pixel[0] + share[1] * pixel[1] + share[2] * pixel[2];
    return MIN(floor(value + 0.5), component ? 127 : 255) - (component ? 0 : 128);
}

/* T.81, A.3.3, word for word. */
static double
transformed(const FgRaster *raster, int component, int u, int v)
{
    double sum = 0;
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 8; x++)
            sum += sample(raster->data + (gsize)y * raster->stride + x * 3, component) *
                   cos((2 * x + 1) * u * G_PI / 16) * cos((2 * y + 1) * v * G_PI / 16);
    return sum * (u ? 1 : G_SQRT2 / 2) * (v ? 1 : G_SQRT2 / 2) / 4;
}

static void
a_block_is_transformed_as_the_standard_says(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = noise(8, 8);
    for (int component = 0; component < 3; component++) {
        FgPlane plane = {component, FALSE};
        gint16 block[1][FG_BLOCK];
        fg_coefficients(raster, &plane, 0, block);
        for (int v = 0; v < 8; v++)
            for (int u = 0; u < 8; u++) {
                double found = (double)block[0][v * 8 + u] / FG_COEFFICIENT_ONE;
                assert_true(fabs(found - transformed(raster, component, u, v)) < 0.3);
            }
    }
}

static void
black_and_white_reach_the_ends_of_the_range(void **state G_GNUC_UNUSED)
{
    const FgPlane luma = {0, FALSE};
    for (int white = 0; white <= 1; white++) {
        guint8 level = white ? 255 : 0;
        g_autoptr(FgRaster) raster = flat(8, 8, (guint8[]){level, level, level});
        gint16 block[1][FG_BLOCK];
        fg_coefficients(raster, &luma, 0, block);
        assert_true(ABS(block[0][0] - (level - 128) * 8 * FG_COEFFICIENT_ONE) <= 8);
        for (int i = 1; i < FG_BLOCK; i++)
            assert_int_equal(block[0][i], 0);
    }
}

static void
the_last_pixel_is_repeated_beyond_the_edges(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) small = noise(11, 5);
    g_autoptr(FgRaster) large = fg_raster_new(16, 16, 3);
    for (int y = 0; y < 16; y++)
        for (int x = 0; x < 16; x++)
            memcpy(large->data + (gsize)y * large->stride + x * 3,
                   small->data + (gsize)MIN(y, 4) * small->stride + MIN(x, 10) * 3, 3);
    for (int component = 0; component < 3; component++)
        for (int halved = 0; halved <= (component > 0); halved++) {
            FgPlane plane = {component, halved};
            int across = fg_plane_blocks(&plane, 11);
            assert_int_equal(across, halved ? 1 : 2);
            assert_int_equal(fg_plane_blocks(&plane, 5), 1);
            gint16 found[2][FG_BLOCK], expected[2][FG_BLOCK];
            fg_coefficients(small, &plane, 0, found);
            fg_coefficients(large, &plane, 0, expected);
            assert_memory_equal(found, expected, (gsize)across * sizeof *found);
        }
}

static void
halved_chroma_is_the_mean_of_four_pixels(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) checks = fg_raster_new(16, 16, 3);
    const guint8 colours[2][3] = {{200, 40, 0}, {20, 80, 100}};
    for (int y = 0; y < 16; y++)
        for (int x = 0; x < 16; x++)
            memcpy(checks->data + (gsize)y * checks->stride + x * 3, colours[(x + y) % 2], 3);
    g_autoptr(FgRaster) mean = flat(16, 16, (guint8[]){110, 60, 50});
    for (int component = 1; component < 3; component++) {
        FgPlane plane = {component, TRUE};
        gint16 found[1][FG_BLOCK], expected[1][FG_BLOCK];
        fg_coefficients(checks, &plane, 0, found);
        fg_coefficients(mean, &plane, 0, expected);
        assert_memory_equal(found, expected, sizeof found);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_is_transformed_as_the_standard_says),
        cmocka_unit_test(black_and_white_reach_the_ends_of_the_range),
        cmocka_unit_test(the_last_pixel_is_repeated_beyond_the_edges),
        cmocka_unit_test(halved_chroma_is_the_mean_of_four_pixels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
