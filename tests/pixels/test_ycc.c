#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <math.h>
#include <string.h>

static int
near(double sample)
{
    return (int)floor(CLAMP(sample, 0, 255) + 0.5);
}

static void
every_colour_is_within_a_step_of_what_jfif_says(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) luma = fg_raster_new(256, 1, 1);
    g_autoptr(FgRaster) blueness = fg_raster_new(256, 1, 1);
    g_autoptr(FgRaster) redness = fg_raster_new(256, 1, 1);
    for (int y = 0; y < 256; y++)
        luma->data[y] = (guint8)y;
    for (int cb = 0; cb < 256; cb += 3)
        for (int cr = 0; cr < 256; cr += 3) {
            memset(blueness->data, cb, 256);
            memset(redness->data, cr, 256);
            g_autoptr(FgRaster) rgb = fg_planes_to_rgb(luma, blueness, redness);
            for (int y = 0; y < 256; y++) {
                const guint8 *pixel = rgb->data + y * 3;
                assert_in_range(pixel[0] + 1 - near(y + 1.402 * (cr - 128)), 0, 2);
                assert_in_range(pixel[1] + 1 - near(y - 0.344136286 * (cb - 128) - 0.714136286 * (cr - 128)),
                                0, 2);
                assert_in_range(pixel[2] + 1 - near(y + 1.772 * (cb - 128)), 0, 2);
            }
        }
}

static void
grey_stays_grey(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) luma = fg_raster_new(301, 5, 1);
    g_autoptr(FgRaster) neutral = fg_raster_new(301, 5, 1);
    memset(neutral->data, 128, 301 * 5);
    for (int i = 0; i < 301 * 5; i++)
        luma->data[i] = (guint8)(i * 7);
    g_autoptr(FgRaster) rgb = fg_planes_to_rgb(luma, neutral, neutral);
    assert_int_equal(rgb->bands, 3);
    for (int i = 0; i < 301 * 5 * 3; i++)
        assert_int_equal(rgb->data[i], luma->data[i / 3]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_colour_is_within_a_step_of_what_jfif_says),
        cmocka_unit_test(grey_stays_grey),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
