#include "pictures.h"

/* The middle of each tile, relative to the picture. */
typedef struct {
    FgShape shape;
    int width, height;
    GArray *numbers; /* of guint64 */
    GArray *middles; /* of double, x y */
    GArray *frames;  /* of FgFrame */
} Tiles;

static void
note(const FgFrame *frame, guint64 n, gpointer data)
{
    Tiles *tiles = data;
    double middle[2];
    fg_frame_out(frame, tiles->shape.width / 2, tiles->shape.height / 2, &middle[0], &middle[1]);
    middle[0] /= tiles->width;
    middle[1] /= tiles->height;
    g_array_append_val(tiles->numbers, n);
    g_array_append_vals(tiles->middles, middle, 2);
    g_array_append_val(tiles->frames, *frame);
}

static Tiles
lay(const FgMarkSpec *spec, int width, int height, const guint8 *secret, const FgRect *taken, gsize n_taken)
{
    Tiles tiles = {.shape = {.width = 11.4, .height = 1, .cap = 0.73},
                   .width = width,
                   .height = height,
                   .numbers = g_array_new(FALSE, FALSE, sizeof(guint64)),
                   .middles = g_array_new(FALSE, FALSE, sizeof(double)),
                   .frames = g_array_new(FALSE, FALSE, sizeof(FgFrame))};
    double scale = fg_place_scale(spec, &tiles.shape, width, height);
    fg_tiles(spec, &tiles.shape, scale, secret, width, height, taken, n_taken, note, &tiles);
    return tiles;
}

static void
clear(Tiles *tiles)
{
    g_array_unref(tiles->numbers);
    g_array_unref(tiles->middles);
    g_array_unref(tiles->frames);
}

static void
a_quarter_of_the_picture_keeps_a_whole_text(void **state)
{
    (void)state;
    FgMarkSpec spec = veil_spec();
    Tiles tiles = lay(&spec, 2048, 1360, secret_one, NULL, 0);
    assert_in_range(tiles.frames->len, 30, 70);
    for (int y = 0; y <= 680; y += 85)
        for (int x = 0; x <= 1024; x += 64) {
            gboolean whole = FALSE;
            for (guint i = 0; i < tiles.frames->len && !whole; i++) {
                FgBox box = {0, 0, tiles.shape.width, tiles.shape.height};
                FgRect rect = fg_frame_rect(&g_array_index(tiles.frames, FgFrame, i), box, 0, 2048, 1360);
                whole = rect.x >= x && rect.y >= y && rect.x + rect.width <= x + 1024 &&
                        rect.y + rect.height <= y + 680;
            }
            assert_true(whole);
        }
    clear(&tiles);
}

static void
all_sizes_of_a_photo_have_their_tiles_in_the_same_places(void **state)
{
    (void)state;
    FgMarkSpec spec = veil_spec();
    Tiles large = lay(&spec, 2048, 1360, secret_one, NULL, 0),
          small = lay(&spec, 1280, 850, secret_one, NULL, 0);
    guint common = 0;
    for (guint i = 0; i < large.numbers->len; i++)
        for (guint k = 0; k < small.numbers->len; k++)
            if (g_array_index(large.numbers, guint64, i) == g_array_index(small.numbers, guint64, k)) {
                common++;
                for (guint axis = 0; axis < 2; axis++)
                    assert_near(g_array_index(large.middles, double, 2 * i + axis),
                                g_array_index(small.middles, double, 2 * k + axis), 1e-6);
            }
    assert_true(common + 1 >= MAX(large.numbers->len, small.numbers->len));
    clear(&large);
    clear(&small);
}

static void
another_photo_has_them_elsewhere(void **state)
{
    (void)state;
    FgMarkSpec spec = veil_spec();
    Tiles one = lay(&spec, 2048, 1360, secret_one, NULL, 0),
          two = lay(&spec, 2048, 1360, secret_two, NULL, 0);
    assert_true(fabs(g_array_index(one.middles, double, 0) - g_array_index(two.middles, double, 0)) > 0.01);
    clear(&one);
    clear(&two);
    spec.vary = FALSE;
    one = lay(&spec, 2048, 1360, secret_one, NULL, 0);
    two = lay(&spec, 2048, 1360, secret_two, NULL, 0);
    assert_near(g_array_index(one.middles, double, 0), g_array_index(two.middles, double, 0), 0);
    clear(&one);
    clear(&two);
}

static void
tiles_stay_off_the_signature(void **state)
{
    (void)state;
    FgMarkSpec spec = veil_spec();
    FgRect taken[] = {{1646, 1290, 368, 36}, {300, 200, 500, 300}};
    Tiles all = lay(&spec, 2048, 1360, secret_one, NULL, 0),
          some = lay(&spec, 2048, 1360, secret_one, taken, 2);
    assert_true(some.frames->len < all.frames->len);
    for (guint i = 0; i < some.frames->len; i++) {
        const FgFrame *frame = &g_array_index(some.frames, FgFrame, i);
        for (double x = 0; x <= some.shape.width; x += 0.25)
            for (double y = 0; y <= some.shape.height; y += 0.25)
                for (gsize k = 0; k < 2; k++) {
                    double px, py;
                    fg_frame_out(frame, x, y, &px, &py);
                    assert_false(px >= taken[k].x && px <= taken[k].x + taken[k].width && py >= taken[k].y &&
                                 py <= taken[k].y + taken[k].height);
                }
    }
    clear(&all);
    clear(&some);
}

static void
they_rise_by_the_angle_that_is_asked(void **state)
{
    (void)state;
    FgMarkSpec spec = veil_spec();
    static const double angles[] = {0, 24, -30, 90};
    for (gsize k = 0; k < G_N_ELEMENTS(angles); k++) {
        spec.angle = angles[k];
        Tiles tiles = lay(&spec, 1500, 1000, secret_one, NULL, 0);
        assert_true(tiles.frames->len > 20);
        for (guint i = 0; i < tiles.frames->len; i++) {
            const FgFrame *frame = &g_array_index(tiles.frames, FgFrame, i);
            assert_near(atan2(-frame->sin, frame->cos) * 180 / G_PI, angles[k], 2.51);
        }
        clear(&tiles);
    }
}

static void
each_tile_chooses_its_own_tone(void **state)
{
    (void)state;
    g_autoptr(FgRaster) raster = fg_raster_new(1500, 1000, 3);
    for (int y = 0; y < 1000; y++)
        memset(raster->data + (gsize)y * raster->stride, y < 500 ? 252 : 6, raster->stride);
    FgMarkSpec spec = veil_spec();
    FgMarkReport report = draw_one(raster, &spec, secret_one);
    assert_near(report.visibility, 5, 1.2);
    int darker = 0, lighter = 0;
    for (int y = 0; y < 1000; y++)
        for (gsize i = 0; i < raster->stride; i++) {
            int step = raster->data[(gsize)y * raster->stride + i] - (y < 500 ? 252 : 6);
            darker += y < 480 && step < -3;
            lighter += y > 520 && step > 3;
            assert_false((y < 480 && step > 0) || (y > 520 && step < 0));
        }
    assert_true(darker > 5000 && lighter > 5000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quarter_of_the_picture_keeps_a_whole_text),
        cmocka_unit_test(all_sizes_of_a_photo_have_their_tiles_in_the_same_places),
        cmocka_unit_test(another_photo_has_them_elsewhere),
        cmocka_unit_test(tiles_stay_off_the_signature),
        cmocka_unit_test(they_rise_by_the_angle_that_is_asked),
        cmocka_unit_test(each_tile_chooses_its_own_tone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
