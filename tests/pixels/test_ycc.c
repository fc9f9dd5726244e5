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
    g_autoptr(FgPlanes) planes = fg_planes_new(256, 1, FALSE);
    for (int y = 0; y < 256; y++)
        planes->plane[0]->data[y] = (guint8)y;
    for (int cb = 0; cb < 256; cb += 3)
        for (int cr = 0; cr < 256; cr += 3) {
            memset(planes->plane[1]->data, cb, 256);
            memset(planes->plane[2]->data, cr, 256);
            g_autoptr(FgRaster) rgb = fg_planes_to_rgb(planes);
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
every_sample_is_within_a_step_of_what_jfif_says(void **state G_GNUC_UNUSED)
{
    for (int bands = 3; bands <= 4; bands++) {
        g_autoptr(FgRaster) rgb = fg_raster_new(256, 1, bands);
        for (int green = 0; green < 256; green += 3)
            for (int blue = 0; blue < 256; blue += 3) {
                for (int red = 0; red < 256; red++)
                    memcpy(rgb->data + red * bands, (guint8[]){(guint8)red, (guint8)green, (guint8)blue, 9},
                           (gsize)bands);
                g_autoptr(FgPlanes) planes = fg_planes_of_rgb(rgb);
                for (int red = 0; red < 256; red++) {
                    double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
                    double blueness = (blue - luma) / 1.772 + 128, redness = (red - luma) / 1.402 + 128;
                    assert_true(fabs(planes->plane[0]->data[red] - luma) < 0.51);
                    assert_true(fabs(planes->plane[1]->data[red] - MIN(blueness, 255)) < 0.51);
                    assert_true(fabs(planes->plane[2]->data[red] - MIN(redness, 255)) < 0.51);
                }
            }
    }
}

static void
grey_stays_grey(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgPlanes) planes = fg_planes_new(301, 5, FALSE);
    for (int i = 0; i < 301 * 5; i++)
        planes->plane[0]->data[i] = (guint8)(i * 7);
    for (int i = 1; i < 3; i++)
        memset(planes->plane[i]->data, 128, 301 * 5);
    g_autoptr(FgRaster) rgb = fg_planes_to_rgb(planes);
    assert_int_equal(rgb->bands, 3);
    for (int i = 0; i < 301 * 5 * 3; i++)
        assert_int_equal(rgb->data[i], planes->plane[0]->data[i / 3]);
    g_autoptr(FgPlanes) again = fg_planes_of_rgb(rgb);
    for (int i = 0; i < 3; i++)
        assert_memory_equal(again->plane[i]->data, planes->plane[i]->data, 301 * 5);
}

/* Noise in planes: many of these colours are none of RGB, so that a way there and back would change them. */
static FgPlanes *
noise(int width, int height, gboolean halved)
{
    FgPlanes *planes = fg_planes_new(width, height, halved);
    guint32 state = 5;
    for (int i = 0; i < 3; i++)
        for (gsize at = 0; at < planes->plane[i]->stride * (gsize)planes->plane[i]->height; at++) {
            state = state * 1664525 + 1013904223;
            planes->plane[i]->data[at] = (guint8)(state >> 24);
        }
    return planes;
}

static FgPlanes *
copied(const FgPlanes *planes)
{
    FgPlanes *same = g_new0(FgPlanes, 1);
    *same = (FgPlanes){planes->width, planes->height, planes->halved, {NULL, NULL, NULL}};
    for (int i = 0; i < 3; i++)
        same->plane[i] = fg_raster_dup(planes->plane[i]);
    return same;
}

static const int sizes[][2] = {{1, 1}, {2, 2}, {3, 2}, {2, 3}, {17, 5}, {16, 9}, {600, 7}, {513, 4}};

static void
a_halved_colour_is_that_of_all_its_pixels(void **state G_GNUC_UNUSED)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(FgPlanes) halved = noise(sizes[i][0], sizes[i][1], TRUE);
        g_autoptr(FgPlanes) full = noise(sizes[i][0], sizes[i][1], FALSE);
        memcpy(full->plane[0]->data, halved->plane[0]->data, full->plane[0]->stride * (gsize)full->height);
        for (int plane = 1; plane < 3; plane++)
            for (int y = 0; y < full->height; y++)
                for (int x = 0; x < full->width; x++)
                    full->plane[plane]->data[y * full->width + x] =
                        halved->plane[plane]->data[y / 2 * halved->plane[plane]->width + x / 2];
        g_autoptr(FgRaster) one = fg_planes_to_rgb(halved), other = fg_planes_to_rgb(full);
        assert_memory_equal(one->data, other->data, one->stride * (gsize)one->height);
        for (int plane = 1; plane < 3; plane++) {
            g_autoptr(FgRaster) half = fg_plane_halve(full->plane[plane]);
            assert_int_equal(half->width, halved->plane[plane]->width);
            assert_int_equal(half->height, halved->plane[plane]->height);
            assert_memory_equal(half->data, halved->plane[plane]->data, half->stride * (gsize)half->height);
        }
    }
}

static void
halving_makes_a_plane_neither_brighter_nor_darker(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgPlanes) planes = noise(600, 400, FALSE);
    const FgRaster *plane = planes->plane[1];
    g_autoptr(FgRaster) half = fg_plane_halve(plane);
    gint64 before = 0, after = 0;
    for (int i = 0; i < 600 * 400; i++)
        before += plane->data[i];
    for (int i = 0; i < 300 * 200; i++)
        after += half->data[i] * 4;
    assert_true(ABS(after - before) < 600 * 400 / 50);
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 300; x++) {
            const guint8 *at = plane->data + y * 2 * 600 + x * 2;
            double mean = (at[0] + at[1] + at[600] + at[601]) / 4.0;
            assert_true(fabs(half->data[y * 300 + x] - mean) < 0.76);
        }
}

static void
what_was_not_drawn_on_stays_as_it_was(void **state G_GNUC_UNUSED)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (int halved = 0; halved <= 1; halved++) {
            const FgRect all = {0, 0, sizes[i][0], sizes[i][1]};
            g_autoptr(FgPlanes) planes = noise(all.width, all.height, halved), before = copied(planes);
            g_autoptr(FgRaster) rgb = fg_planes_to_rgb(planes);
            fg_planes_take(planes, all, rgb);
            for (int plane = 0; plane < 3; plane++)
                assert_memory_equal(planes->plane[plane]->data, before->plane[plane]->data,
                                    before->plane[plane]->stride * (gsize)before->plane[plane]->height);
        }
}

static void
a_pixel_that_was_drawn_on_changes_alone(void **state G_GNUC_UNUSED)
{
    const int places[][2] = {{0, 0}, {1, 0}, {255, 2}, {256, 3}, {512, 6}, {511, 5}};
    for (int halved = 0; halved <= 1; halved++)
        for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
            const int x = places[i][0], y = places[i][1];
            g_autoptr(FgPlanes) planes = noise(513, 7, halved), before = copied(planes);
            g_autoptr(FgRaster) rgb = fg_planes_to_rgb(planes);
            guint8 *pixel = rgb->data + (gsize)y * rgb->stride + x * 3;
            const guint8 colour[3] = {(guint8)(pixel[0] ^ 128), (guint8)(pixel[1] ^ 128),
                                      (guint8)(pixel[2] ^ 128)};
            memcpy(pixel, colour, 3);
            fg_planes_take(planes, (FgRect){0, 0, 513, 7}, rgb);
            for (int plane = 0; plane < 3; plane++) {
                int half = plane > 0 && halved, stride = (int)planes->plane[plane]->stride;
                for (int at = 0; at < stride * planes->plane[plane]->height; at++)
                    if (at != (y >> half) * stride + (x >> half))
                        assert_int_equal(planes->plane[plane]->data[at], before->plane[plane]->data[at]);
            }
            double luma = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
            assert_true(fabs(planes->plane[0]->data[y * 513 + x] - luma) < 0.51);
        }
}

static void
only_the_window_is_shown_and_taken(void **state G_GNUC_UNUSED)
{
    for (int halved = 0; halved <= 1; halved++) {
        const FgRect window = {4, 2, 300, 5};
        g_autoptr(FgPlanes) planes = noise(400, 20, halved), before = copied(planes);
        g_autoptr(FgRaster) whole = fg_planes_to_rgb(planes), rgb = fg_raster_new(400, 20, 3);
        memset(rgb->data, 77, rgb->stride * 20);
        fg_planes_show(planes, window, rgb);
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 400; x++) {
                gboolean inside = x >= 4 && x < 304 && y >= 2 && y < 7;
                guint8 *pixel = rgb->data + (gsize)y * rgb->stride + x * 3;
                const guint8 *shown = whole->data + (pixel - rgb->data), untouched[3] = {77, 77, 77};
                assert_memory_equal(pixel, inside ? shown : untouched, 3);
                memset(pixel, 200, 3);
            }
        fg_planes_take(planes, window, rgb);
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 400; x++) {
                gboolean inside = x >= 4 && x < 304 && y >= 2 && y < 7;
                gsize at = (gsize)y * 400 + (gsize)x;
                assert_int_equal(planes->plane[0]->data[at], inside ? 200 : before->plane[0]->data[at]);
            }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_colour_is_within_a_step_of_what_jfif_says),
        cmocka_unit_test(every_sample_is_within_a_step_of_what_jfif_says),
        cmocka_unit_test(grey_stays_grey),
        cmocka_unit_test(a_halved_colour_is_that_of_all_its_pixels),
        cmocka_unit_test(halving_makes_a_plane_neither_brighter_nor_darker),
        cmocka_unit_test(what_was_not_drawn_on_stays_as_it_was),
        cmocka_unit_test(a_pixel_that_was_drawn_on_changes_alone),
        cmocka_unit_test(only_the_window_is_shown_and_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
