/* test_encode_jxl.c: JPEG XL with loss, and the twin of a JPEG; both are read again by our decoder and by
 * djxl. */
#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <string.h>

enum { WIDTH = 160, HEIGHT = 120 };

static FgRaster *
picture(int bands)
{
    FgRaster *raster = fg_raster_new(WIDTH, HEIGHT, bands);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            guint8 *pixel = raster->data + (gsize)y * raster->stride + x * bands;
            pixel[0] = (guint8)(40 + x);
            pixel[1] = (guint8)(60 + y);
            pixel[2] = (guint8)(200 - y / 2);
            if (bands == 4)
                pixel[3] = x < WIDTH / 2 ? 255 : 64;
        }
    return raster;
}

static FgRaster *
decoded(GBytes *file)
{
    const FgSize size = {WIDTH, HEIGHT, FG_CROP_NONE};
    GError *error = NULL;
    g_autoptr(FgImage) image = fg_image_open(file, FG_FORMAT_JXL, 1, NULL, &error);
    assert_null(error);
    FgRaster *raster = fg_image_render(image, &size, &error);
    assert_null(error);
    return raster;
}

static void
what_is_encoded_is_decoded_much_as_it_was(void **state G_GNUC_UNUSED)
{
    for (int bands = 3; bands <= 4; bands++) {
        const FgEncoding encoding = {.format = FG_FORMAT_JXL, .quality = 90, .effort = -1};
        g_autoptr(FgRaster) raster = picture(bands);
        g_autoptr(GBytes) file = fg_encode(raster, &encoding, NULL);
        g_autoptr(FgRaster) again = decoded(file);
        assert_int_equal(again->bands, bands);
        for (int y = 2; y < HEIGHT; y += 7)
            for (int x = 3; x < WIDTH; x += 7)
                for (int band = 0; band < bands; band++) {
                    const gsize at = (gsize)(x * bands + band);
                    assert_in_range(again->data[(gsize)y * again->stride + at] + 16,
                                    raster->data[(gsize)y * raster->stride + at] + 4,
                                    raster->data[(gsize)y * raster->stride + at] + 28);
                }
    }
}

static void
djxl_has_the_very_jpeg_back_from_its_twin(void **state G_GNUC_UNUSED)
{
    const FgEncoding encoding = {.format = FG_FORMAT_JPEG, .quality = 85, .effort = -1};
    g_autoptr(FgRaster) raster = picture(3);
    g_autoptr(GBytes) jpeg = fg_encode(raster, &encoding, NULL);
    g_autoptr(GBytes) twin = fg_jxl_twin(jpeg, 4, NULL);
    assert_non_null(twin);
    assert_true(g_bytes_get_size(twin) < g_bytes_get_size(jpeg));
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a.jxl", NULL);
    g_autofree char *back = g_build_filename(folder, "a.jpg", NULL);
    fg_spill(path, twin);
    int status;
    g_autofree char *said = fg_witness(&status, "djxl", path, back, NULL);
    if (status == 127)
        skip();
    g_autoptr(GBytes) again = fg_slurp(back);
    assert_true(g_bytes_equal(again, jpeg));
}

static void
a_twin_of_what_is_no_jpeg_is_an_error(void **state G_GNUC_UNUSED)
{
    g_autoptr(GBytes) nothing = g_bytes_new_static("\xff\xd8\xff\xd9", 4);
    g_autoptr(GError) error = NULL;
    assert_null(fg_jxl_twin(nothing, 4, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_ENCODE));
}

/* Wherever it is cut. */
static void
a_picture_that_is_cut_short_is_no_picture(void **state G_GNUC_UNUSED)
{
    const FgEncoding encoding = {.format = FG_FORMAT_JXL, .quality = 90, .effort = -1};
    const FgSize size = {WIDTH, HEIGHT, FG_CROP_NONE};
    g_autoptr(FgRaster) raster = picture(3);
    g_autoptr(GBytes) file = fg_encode(raster, &encoding, NULL);
    for (gsize length = g_bytes_get_size(file) - 1; length > 32; length -= length / 3) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(file, 0, length);
        g_autoptr(GError) error = NULL;
        g_autoptr(FgImage) image = fg_image_open(cut, FG_FORMAT_JXL, 1, NULL, &error);
        g_autoptr(FgRaster) none = image ? fg_image_render(image, &size, &error) : NULL;
        assert_null(none);
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_encoded_is_decoded_much_as_it_was),
        cmocka_unit_test(djxl_has_the_very_jpeg_back_from_its_twin),
        cmocka_unit_test(a_twin_of_what_is_no_jpeg_is_an_error),
        cmocka_unit_test(a_picture_that_is_cut_short_is_no_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
