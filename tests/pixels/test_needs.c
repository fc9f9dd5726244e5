/* test_needs.c: what a process must load for a photo. */
#include "pixels/pixels.h"
#include "support/fixtures.h"

static void
a_jpeg_takes_nothing_unless_it_is_in_cmyk(void **state)
{
    (void)state;
    for (guint bands = 0; bands <= 3; bands++)
        assert_int_equal(fg_modules_to_read(FG_FORMAT_JPEG, bands), FG_MODULES_NONE);
    assert_int_equal(fg_modules_to_read(FG_FORMAT_JPEG, 4), FG_MODULE_VIPS);
}

static void
every_other_photo_takes_its_decoder(void **state)
{
    (void)state;
    assert_int_equal(fg_modules_to_read(FG_FORMAT_PNG, 3), FG_MODULE_VIPS);
    assert_int_equal(fg_modules_to_read(FG_FORMAT_TIFF, 1), FG_MODULE_VIPS);
    assert_int_equal(fg_modules_to_read(FG_FORMAT_WEBP, 0), FG_MODULE_VIPS);
    assert_int_equal(fg_modules_to_read(FG_FORMAT_HEIC, 3), FG_MODULE_HEIF);
    assert_int_equal(fg_modules_to_read(FG_FORMAT_AVIF, 4), FG_MODULE_HEIF);
    assert_int_equal(fg_modules_to_read(FG_FORMAT_JXL, 3), FG_MODULE_JXL);
}

static void
only_avif_and_jpeg_xl_take_more_to_be_written(void **state)
{
    (void)state;
    assert_int_equal(fg_modules_to_write(FG_FORMAT_AVIF), FG_MODULE_HEIF);
    assert_int_equal(fg_modules_to_write(FG_FORMAT_JXL), FG_MODULE_JXL);
    assert_int_equal(fg_modules_to_write(FG_FORMAT_JPEG), FG_MODULES_NONE);
    assert_int_equal(fg_modules_to_write(FG_FORMAT_WEBP), FG_MODULES_NONE);
    assert_int_equal(fg_modules_to_write(FG_FORMAT_PNG), FG_MODULES_NONE);
}

static void
what_is_told_of_versions_is_the_same_each_time(void **state)
{
    (void)state;
    g_autofree char *once = fg_modules_identity(), *again = fg_modules_identity();
    assert_string_equal(once, again);
    assert_non_null(strstr(once, "libpng"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_jpeg_takes_nothing_unless_it_is_in_cmyk),
        cmocka_unit_test(every_other_photo_takes_its_decoder),
        cmocka_unit_test(only_avif_and_jpeg_xl_take_more_to_be_written),
        cmocka_unit_test(what_is_told_of_versions_is_the_same_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
