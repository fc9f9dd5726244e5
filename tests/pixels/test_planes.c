#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <math.h>
#include <string.h>

/* Each plane a slope, across in luma, down in the others, so that a sample's value says where it stands. */
static double
slope(int plane, double x, double y, int width, int height)
{
    return 20 + 200 * (plane == 0 ? x / width : plane == 1 ? y / height : (x / width + y / height) / 2);
}

static FgPlanes *
slopes(int width, int height, gboolean halved)
{
    FgPlanes *planes = fg_planes_new(width, height, halved);
    for (int i = 0; i < 3; i++) {
        FgRaster *plane = planes->plane[i];
        int density = halved && i > 0 ? 2 : 1;
        for (int y = 0; y < plane->height; y++)
            for (int x = 0; x < plane->width; x++)
                plane->data[(gsize)y * plane->stride + (gsize)x] =
                    (guint8)floor(slope(i, (x + 0.5) * density, (y + 0.5) * density, width, height) + 0.5);
    }
    return planes;
}

static void
assert_slopes(const FgPlanes *planes)
{
    for (int i = 0; i < 3; i++) {
        const FgRaster *plane = planes->plane[i];
        int density = planes->halved && i > 0 ? 2 : 1;
        assert_int_equal(plane->width, (planes->width + density - 1) / density);
        assert_int_equal(plane->height, (planes->height + density - 1) / density);
        for (int y = 4; y < plane->height - 4; y++)
            for (int x = 4; x < plane->width - 4; x++) {
                double expected =
                    slope(i, (x + 0.5) * density, (y + 0.5) * density, planes->width, planes->height);
                assert_true(fabs(plane->data[(gsize)y * plane->stride + (gsize)x] - expected) < 1.1);
            }
    }
}

static void
every_sample_stands_in_the_middle_of_its_pixels(void **state G_GNUC_UNUSED)
{
    const int from[][2] = {{400, 300}, {401, 300}, {400, 301}, {399, 301}};
    const int to[][2] = {{400, 300}, {399, 299}, {301, 201}, {200, 150}, {133, 99}, {64, 47}, {39, 29}};
    for (gsize i = 0; i < G_N_ELEMENTS(from); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(to); j++)
            for (int kind = 0; kind < 4; kind++) {
                g_autoptr(FgPlanes) large = slopes(from[i][0], from[i][1], kind & 1);
                g_autoptr(FgPlanes) small = fg_planes_scale(large, to[j][0], to[j][1], kind & 2);
                assert_int_equal(small->width, to[j][0]);
                assert_int_equal(small->height, to[j][1]);
                assert_slopes(small);
            }
}

static void
the_same_size_is_the_same_picture(void **state G_GNUC_UNUSED)
{
    for (int kind = 0; kind < 4; kind++) {
        g_autoptr(FgPlanes) planes = slopes(kind & 1 ? 97 : 96, 61, kind & 2);
        g_autoptr(FgPlanes) same = fg_planes_scale(planes, planes->width, 61, planes->halved);
        for (int i = 0; i < 3; i++)
            assert_memory_equal(planes->plane[i]->data, same->plane[i]->data,
                                planes->plane[i]->stride * (gsize)planes->plane[i]->height);
    }
}

static void
a_turned_picture_shows_what_its_turned_rgb_shows(void **state G_GNUC_UNUSED)
{
    for (int orientation = 1; orientation <= 8; orientation++)
        for (int halved = 0; halved <= 1; halved++) {
            FgPlanes *planes = slopes(50, 34, halved);
            g_autoptr(FgRaster) rgb = fg_raster_turn(fg_planes_to_rgb(planes), orientation);
            g_autoptr(FgPlanes) turned = fg_planes_turn(planes, orientation);
            g_autoptr(FgRaster) shown = fg_planes_to_rgb(turned);
            assert_int_equal(shown->width, rgb->width);
            assert_memory_equal(shown->data, rgb->data, rgb->stride * (gsize)rgb->height);
        }
}

static void
halves_of_an_odd_side_are_not_turned(void **state G_GNUC_UNUSED)
{
    assert_true(fg_planes_may_turn(51, 34, 1));
    assert_true(fg_planes_may_turn(50, 34, 6));
    assert_false(fg_planes_may_turn(51, 34, 6));
    assert_false(fg_planes_may_turn(50, 33, 3));
}

static void
the_mean_colour_is_that_of_the_picture(void **state G_GNUC_UNUSED)
{
    for (int halved = 0; halved <= 1; halved++) {
        g_autoptr(FgPlanes) planes = fg_planes_new(30, 20, halved);
        memset(planes->plane[0]->data, 100, 300);
        memset(planes->plane[0]->data + 300, 140, 300);
        memset(planes->plane[1]->data, 128, planes->plane[1]->stride * (gsize)planes->plane[1]->height);
        memset(planes->plane[2]->data, 148, planes->plane[2]->stride * (gsize)planes->plane[2]->height);
        g_autofree char *colour = fg_planes_mean_colour(planes);
        assert_string_equal(colour, "#946a78"); /* 120 + 1.402 * 20, 120 - 0.714 * 20, 120 */
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_stands_in_the_middle_of_its_pixels),
        cmocka_unit_test(the_same_size_is_the_same_picture),
        cmocka_unit_test(a_turned_picture_shows_what_its_turned_rgb_shows),
        cmocka_unit_test(halves_of_an_odd_side_are_not_turned),
        cmocka_unit_test(the_mean_colour_is_that_of_the_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
