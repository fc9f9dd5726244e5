#include "check/check_private.h"
#include "support/fixtures.h"

#include <string.h>

/* A landscape of hills of light and dark that the seed decides, under a sky. */
static FgRaster *
landscape(int width, int height, guint seed)
{
    FgRaster *raster = fg_raster_new(width, height, 3);
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    enum { HILLS = 40 };
    double x[HILLS], y[HILLS], size[HILLS], light[HILLS];
    for (int i = 0; i < HILLS; i++) {
        x[i] = g_rand_double(rand);
        y[i] = g_rand_double(rand);
        size[i] = g_rand_double_range(rand, 0.03, 0.12);
        light[i] = g_rand_double_range(rand, -90, 90);
    }
    for (int row = 0; row < height; row++)
        for (int column = 0; column < width; column++) {
            double value = 200 - 120 * (double)row / height;
            for (int i = 0; i < HILLS; i++) {
                double dx = (double)column / width - x[i], dy = (double)row / height - y[i];
                if (dx * dx + dy * dy < size[i] * size[i])
                    value += light[i];
            }
            guint8 *pixel = raster->data + (gsize)row * raster->stride + 3 * column;
            pixel[0] = pixel[1] = pixel[2] = (guint8)CLAMP(value, 0, 255);
        }
    return raster;
}

static void
assert_same(const FgRaster *first, const FgRaster *second)
{
    double likeness = fg_scene_likeness(first, second);
    if (likeness < FG_SCENE_SAME)
        fail_msg("a likeness of %.3f", likeness);
}

static void
a_smaller_one_shows_the_same(void **state)
{
    (void)state;
    g_autoptr(FgRaster) large = landscape(160, 107, 1), small = landscape(60, 40, 1);
    assert_same(large, small);
}

static void
another_one_does_not(void **state)
{
    (void)state;
    g_autoptr(FgRaster) one = landscape(160, 107, 1);
    for (guint seed = 2; seed < 12; seed++) {
        g_autoptr(FgRaster) other = landscape(160, 107, seed);
        assert_true(fg_scene_likeness(one, other) < FG_SCENE_SAME);
    }
}

static void
a_mark_over_it_does_not_hide_it(void **state)
{
    (void)state;
    g_autoptr(FgRaster) plain = landscape(160, 107, 3), marked = landscape(160, 107, 3);
    for (int row = 45; row < 60; row++)
        for (int column = 30; column < 130; column += 2)
            memset(marked->data + (gsize)row * marked->stride + 3 * column, 255, 3);
    assert_same(plain, marked);
}

static void
a_turned_one_shows_the_same(void **state)
{
    (void)state;
    g_autoptr(FgRaster) upright = landscape(150, 100, 4), turned = fg_raster_new(100, 150, 3);
    for (int row = 0; row < 100; row++)
        for (int column = 0; column < 150; column++)
            memcpy(turned->data + (gsize)column * turned->stride + 3 * (99 - row),
                   upright->data + (gsize)row * upright->stride + 3 * column, 3);
    assert_same(upright, turned);
}

static void
black_bars_and_cut_sides_do_not_hide_it(void **state)
{
    (void)state;
    g_autoptr(FgRaster) whole = landscape(160, 107, 5), barred = fg_raster_new(160, 120, 3),
                        cut = fg_raster_new(142, 107, 3);
    memset(barred->data, 0, barred->stride * 120);
    for (int row = 0; row < 107; row++) {
        memcpy(barred->data + (gsize)(row + 6) * barred->stride, whole->data + (gsize)row * whole->stride,
               480);
        memcpy(cut->data + (gsize)row * cut->stride, whole->data + (gsize)row * whole->stride + 27, 426);
    }
    assert_same(whole, barred);
    assert_same(whole, cut);
}

static void
a_picture_of_nothing_is_like_no_other(void **state)
{
    (void)state;
    g_autoptr(FgRaster) grey = fg_raster_new(1, 1, 3), plain = fg_raster_new(160, 107, 3);
    memset(grey->data, 128, 3);
    memset(plain->data, 128, plain->stride * 107);
    assert_true(fg_scene_likeness(grey, plain) < FG_SCENE_SAME);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_smaller_one_shows_the_same),
        cmocka_unit_test(another_one_does_not),
        cmocka_unit_test(a_mark_over_it_does_not_hide_it),
        cmocka_unit_test(a_turned_one_shows_the_same),
        cmocka_unit_test(black_bars_and_cut_sides_do_not_hide_it),
        cmocka_unit_test(a_picture_of_nothing_is_like_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
