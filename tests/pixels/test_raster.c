#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <string.h>

static void
each_orientation_turns_as_exif_says(void **state G_GNUC_UNUSED)
{
    /* Stored as 2x3:  a b    Upright, read by rows: */
    /*                 c d */
    /*                 e f */
    const char *const upright[] = {"abcdef", "badcfe", "fedcba", "efcdab",
                                   "acebdf", "ecafdb", "fdbeca", "bdface"};
    for (int orientation = 1; orientation <= 8; orientation++) {
        FgRaster *stored = fg_raster_new(2, 3, 1);
        memcpy(stored->data, "abcdef", 6);
        g_autoptr(FgRaster) turned = fg_raster_turn(stored, orientation);
        assert_int_equal(turned->width, orientation >= 5 ? 3 : 2);
        assert_int_equal(turned->height, orientation >= 5 ? 2 : 3);
        assert_memory_equal(turned->data, upright[orientation - 1], 6);
    }
}

static void
alpha_is_flattened_on_white(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = fg_raster_new(3, 1, 4);
    memcpy(raster->data, (guint8[]){10, 20, 30, 255, 10, 20, 30, 0, 0, 0, 0, 128}, 12);
    g_autoptr(FgRaster) plain = fg_raster_flatten(raster);
    assert_int_equal(plain->bands, 3);
    assert_memory_equal(plain->data, ((guint8[]){10, 20, 30, 255, 255, 255, 127, 127, 127}), 9);
}

static void
the_mean_colour_is_rounded(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = fg_raster_new(2, 1, 3);
    memcpy(raster->data, (guint8[]){0, 107, 255, 1, 108, 255}, 6);
    g_autofree char *colour = fg_raster_mean_colour(raster);
    assert_string_equal(colour, "#016cff");
}

static void
attention_finds_the_one_thing_in_an_empty_picture(void **state G_GNUC_UNUSED)
{
    for (int turn = 0; turn < 2; turn++) {
        g_autoptr(FgRaster) raster = fg_raster_new(turn ? 200 : 600, turn ? 600 : 200, 3);
        memset(raster->data, 128, raster->stride * (gsize)raster->height);
        int left = turn ? 80 : 440, top = turn ? 440 : 80;
        for (int y = top; y < top + 40; y++)
            for (int x = left; x < left + 40; x++)
                memcpy(raster->data + (gsize)y * raster->stride + x * 3,
                       (x / 4 + y / 4) % 2 ? (guint8[]){230, 40, 20} : (guint8[]){20, 40, 230}, 3);
        FgSize square = {200, 200, FG_CROP_ATTENTION};
        int x, y;
        fg_attention(raster, square.width, square.height, &x, &y);
        assert_in_range(turn ? y : x, 320, 400);
        assert_int_equal(turn ? x : y, 0);
    }
}

static void
attention_stays_in_the_middle_of_a_picture_without_any(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = fg_raster_new(600, 200, 3);
    memset(raster->data, 128, raster->stride * 200);
    int x, y;
    fg_attention(raster, 200, 200, &x, &y);
    assert_in_range(x, 190, 210);
    assert_int_equal(y, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_orientation_turns_as_exif_says),
        cmocka_unit_test(alpha_is_flattened_on_white),
        cmocka_unit_test(the_mean_colour_is_rounded),
        cmocka_unit_test(attention_finds_the_one_thing_in_an_empty_picture),
        cmocka_unit_test(attention_stays_in_the_middle_of_a_picture_without_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
