#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <string.h>

static FgRaster *
flat(int width, int height, int bands, const guint8 *pixel)
{
    FgRaster *raster = fg_raster_new(width, height, bands);
    for (gsize i = 0; i < raster->stride * (gsize)height; i++)
        raster->data[i] = pixel[i % (gsize)bands];
    return raster;
}

/* A picture with detail at every scale, the same each time. */
static FgRaster *
texture(int width, int height)
{
    FgRaster *raster = fg_raster_new(width, height, 3);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            guint8 *pixel = raster->data + (gsize)y * raster->stride + x * 3;
            pixel[0] = (guint8)((x * x / 97 + y * 3) & 0xFF);
            pixel[1] = (guint8)((x / 7 * 31 ^ y / 5 * 17) & 0xFF);
            pixel[2] = (guint8)(x * 255 / width);
        }
    return raster;
}

static void
a_flat_picture_stays_flat_at_every_size(void **state G_GNUC_UNUSED)
{
    const guint8 pixel[] = {3, 254, 100};
    g_autoptr(FgRaster) raster = flat(97, 61, 3, pixel);
    const int sizes[][2] = {{97, 61}, {96, 60}, {50, 61}, {13, 7}, {9, 40}, {1, 1}, {97, 1}};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(FgRaster) scaled = fg_scale(raster, FALSE, sizes[i][0], sizes[i][1]);
        assert_int_equal(scaled->width, sizes[i][0]);
        assert_int_equal(scaled->height, sizes[i][1]);
        for (gsize at = 0; at < scaled->stride * (gsize)scaled->height; at++)
            assert_int_equal(scaled->data[at], pixel[at % 3]);
    }
}

static void
rows_pushed_at_the_same_size_come_out_as_they_were(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = texture(83, 41);
    g_autoptr(FgScaler) scaler = fg_scaler_new(83, 41, 3, FALSE, 83, 41);
    for (int y = 0; y < 41; y++)
        fg_scaler_push(scaler, raster->data + (gsize)y * raster->stride);
    g_autoptr(FgRaster) out = fg_scaler_take(scaler);
    assert_memory_equal(out->data, raster->data, raster->stride * 41);
}

static void
a_fine_grating_becomes_even_grey(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = fg_raster_new(400, 40, 1);
    for (gsize i = 0; i < 400 * 40; i++)
        raster->data[i] = i % 2 ? 255 : 0;
    g_autoptr(FgRaster) scaled = fg_scale(raster, FALSE, 90, 9);
    for (gsize y = 0; y < 9; y++)
        for (gsize x = 2; x < 88; x++)
            assert_in_range(scaled->data[y * scaled->stride + x], 124, 131);
}

static void
a_coarse_edge_stays_sharp(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = fg_raster_new(400, 4, 1);
    for (gsize i = 0; i < 400 * 4; i++)
        raster->data[i] = i % 400 < 200 ? 0 : 255;
    g_autoptr(FgRaster) scaled = fg_scale(raster, FALSE, 100, 1);
    assert_in_range(scaled->data[48], 0, 40);
    assert_in_range(scaled->data[51], 215, 255);
}

static void
a_transparent_colour_does_not_bleed(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = fg_raster_new(64, 64, 4);
    for (gsize i = 0; i < 64 * 64; i++)
        memcpy(raster->data + i * 4, i / 64 < 32 ? (guint8[]){200, 10, 10, 255} : (guint8[]){0, 255, 0, 0},
               4);
    g_autoptr(FgRaster) scaled = fg_scale(raster, TRUE, 9, 9);
    for (gsize i = 0; i < 9 * 9; i++) {
        const guint8 *pixel = scaled->data + i * 4;
        if (pixel[3] > 8) {
            assert_in_range(pixel[0], 180, 220);
            assert_in_range(pixel[1], 0, 25);
        }
    }
    assert_int_equal(scaled->data[3], 255);
    assert_int_equal(scaled->data[(9 * 9 - 1) * 4 + 3], 0);
}

/* The mean step, in hundredths, between our result and that of libvips; -1 without it. */
static int
step_from_libvips(const FgRaster *raster, const char *scale, int width, int height)
{
    g_autofree char *folder = fg_scratch();
    g_autofree char *in = g_build_filename(folder, "in.png", NULL);
    g_autofree char *small = g_build_filename(folder, "small.raw", NULL);
    g_autoptr(GBytes) png = fg_encode_png(raster, NULL);
    fg_spill(in, png);
    int status;
    g_free(fg_witness(&status, "vips", "resize", in, small, scale, NULL));
    if (status != 0)
        return -1;
    g_autoptr(GBytes) raw = fg_slurp(small);
    g_autoptr(FgRaster) scaled = fg_scale(raster, FALSE, width, height);
    gsize length, sum = 0;
    const guint8 *theirs = g_bytes_get_data(raw, &length);
    assert_int_equal(length, width * height * 3);
    for (gsize i = 0; i < length; i++)
        sum += (gsize)ABS(theirs[i] - scaled->data[i]);
    return (int)(sum * 100 / length);
}

/* A texture made to be hard. */
static void
scaling_agrees_with_libvips(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = texture(600, 400);
    int half = step_from_libvips(raster, "0.5", 300, 200), tenth = step_from_libvips(raster, "0.1", 60, 40);
    if (half < 0 || tenth < 0)
        skip();
    assert_in_range(half, 0, 150);
    assert_in_range(tenth, 0, 150);
}

static void
a_plane_that_reaches_over_the_border_keeps_its_place(void **state G_GNUC_UNUSED)
{
    /* A ramp in samples of two pixels; of the last one, half is beyond a picture of 199. */
    g_autoptr(FgScaler) scaler = fg_scaler_new_plane(100, 1, 99.5, 1, 199, 1, FALSE);
    guint8 ramp[100];
    for (int i = 0; i < 100; i++)
        ramp[i] = (guint8)(20 + 2 * i);
    fg_scaler_push(scaler, ramp);
    g_autoptr(FgRaster) out = fg_scaler_take(scaler);
    for (int x = 8; x < 190; x++)
        assert_in_range(out->data[x] * 2, 39 + 2 * x - 2, 39 + 2 * x + 2);
}

static void
a_soft_plane_has_the_light_of_a_sharp_one(void **state G_GNUC_UNUSED)
{
    const int sizes[][2] = {{97, 61}, {64, 41}, {48, 30}, {33, 60}, {31, 20}, {13, 9}, {7, 1}};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        const int width = sizes[i][0], height = sizes[i][1];
        g_autoptr(FgScaler) flat_one = fg_scaler_new_plane(97, 61, 97, 61, width, height, TRUE);
        g_autoptr(FgScaler) soft = fg_scaler_new_plane(97, 61, 97, 61, width, height, TRUE);
        g_autoptr(FgScaler) sharp = fg_scaler_new_plane(97, 61, 97, 61, width, height, FALSE);
        for (int y = 0; y < 61; y++) {
            guint8 row[97], level[97];
            memset(level, 203, sizeof level);
            for (int x = 0; x < 97; x++)
                row[x] = (guint8)(20 + x * 2 + y / 3);
            fg_scaler_push(flat_one, level);
            fg_scaler_push(soft, row);
            fg_scaler_push(sharp, row);
        }
        g_autoptr(FgRaster) flat_out = fg_scaler_take(flat_one);
        g_autoptr(FgRaster) one = fg_scaler_take(soft), other = fg_scaler_take(sharp);
        for (int at = 0; at < width * height; at++) {
            assert_int_equal(flat_out->data[at], 203);
            assert_in_range(one->data[at] + 4 - other->data[at], 0, 8);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flat_picture_stays_flat_at_every_size),
        cmocka_unit_test(rows_pushed_at_the_same_size_come_out_as_they_were),
        cmocka_unit_test(a_fine_grating_becomes_even_grey),
        cmocka_unit_test(a_coarse_edge_stays_sharp),
        cmocka_unit_test(a_transparent_colour_does_not_bleed),
        cmocka_unit_test(scaling_agrees_with_libvips),
        cmocka_unit_test(a_plane_that_reaches_over_the_border_keeps_its_place),
        cmocka_unit_test(a_soft_plane_has_the_light_of_a_sharp_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
