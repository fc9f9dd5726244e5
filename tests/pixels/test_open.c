#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <string.h>

/* Detail all over, so that no cut of a file leaves its picture whole. */
static FgRaster *
picture(int width, int height)
{
    FgRaster *raster = fg_raster_new(width, height, 3);
    guint32 noise = 1;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width * 3; x++) {
            noise = noise * 1664525 + 1013904223;
            raster->data[(gsize)y * raster->stride + (gsize)x] =
                (guint8)((guint32)(x + y * 2) / 8 + (noise >> 28));
        }
    return raster;
}

static GBytes *
encoded(const FgRaster *raster, FgFormat format)
{
    FgEncoding encoding = {format, 90, -1, FG_CHROMA_420, FALSE};
    GBytes *bytes = fg_encode(raster, &encoding, NULL);
    assert_non_null(bytes);
    return bytes;
}

/* The picture in a format that we do not write, by a witness; NULL when there is none. */
static GBytes *
converted(GBytes *png, const char *extension, const char *option)
{
    g_autofree char *folder = fg_scratch();
    g_autofree char *in = g_build_filename(folder, "in.png", NULL);
    g_autofree char *name = g_strconcat("out.", extension, NULL);
    g_autofree char *out = g_build_filename(folder, name, NULL);
    fg_spill(in, png);
    int status;
    g_autofree char *said = NULL;
    if (g_str_equal(extension, "heic"))
        said = fg_witness(&status, "heif-enc", in, "-o", out, NULL);
    else {
        g_autofree char *target = g_strconcat(out, option, NULL);
        said = fg_witness(&status, "vips", "copy", in, target, NULL);
    }
    return status == 0 && g_file_test(out, G_FILE_TEST_EXISTS) ? fg_slurp(out) : NULL;
}

static FgRaster *
rendered(GBytes *file, FgFormat format, int orientation, const FgSize *size, GError **error)
{
    g_autoptr(FgImage) image = fg_image_open(file, format, orientation, size, error);
    return image ? fg_image_render(image, size, error) : NULL;
}

static guint64
difference(const FgRaster *one, const FgRaster *other)
{
    assert_int_equal(one->width, other->width);
    assert_int_equal(one->height, other->height);
    guint64 sum = 0;
    for (int y = 0; y < one->height; y++)
        for (gsize x = 0; x < (gsize)one->width * 3; x++)
            sum += (guint64)ABS(one->data[(gsize)y * one->stride + x] -
                                other->data[(gsize)y * other->stride + x]);
    return sum * 100 / ((gsize)one->width * (gsize)one->height * 3); /* hundredths of a step */
}

static void
what_is_asked_for_comes_out_exactly(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(301, 200);
    const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    const FgSize sizes[] = {{301, 200, FG_CROP_NONE},   {151, 100, FG_CROP_NONE},
                            {1, 1, FG_CROP_NONE},       {100, 100, FG_CROP_ATTENTION},
                            {300, 200, FG_CROP_CENTRE}, {40, 90, FG_CROP_CENTRE}};
    for (gsize f = 0; f < G_N_ELEMENTS(formats); f++) {
        g_autoptr(GBytes) file = encoded(raster, formats[f]);
        for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++) {
            g_autoptr(FgRaster) out = rendered(file, formats[f], 1, &sizes[s], NULL);
            assert_non_null(out);
            assert_int_equal(out->width, sizes[s].width);
            assert_int_equal(out->height, sizes[s].height);
            assert_int_equal(out->bands, 3);
        }
    }
}

static void
a_decoded_picture_is_the_encoded_one(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(301, 200);
    FgSize whole = {301, 200, FG_CROP_NONE};
    g_autoptr(GBytes) png = encoded(raster, FG_FORMAT_PNG);
    g_autoptr(FgRaster) same = rendered(png, FG_FORMAT_PNG, 1, &whole, NULL);
    assert_int_equal(difference(same, raster), 0);
    const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    for (gsize f = 0; f < G_N_ELEMENTS(formats); f++) {
        g_autoptr(GBytes) file = encoded(raster, formats[f]);
        g_autoptr(FgRaster) near = rendered(file, formats[f], 1, &whole, NULL);
        assert_true(difference(near, raster) < 700);
    }
}

static void
the_same_photo_gives_the_same_bytes_twice(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(640, 427);
    FgSize size = {200, 133, FG_CROP_NONE};
    const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    for (gsize f = 0; f < G_N_ELEMENTS(formats); f++) {
        g_autoptr(GBytes) file = encoded(raster, formats[f]);
        g_autoptr(FgImage) image = fg_image_open(file, formats[f], 6, &size, NULL);
        FgSize upright = {133, 200, FG_CROP_NONE};
        g_autoptr(FgRaster) once = fg_image_render(image, &upright, NULL);
        g_autoptr(FgRaster) again = fg_image_render(image, &upright, NULL);
        assert_memory_equal(once->data, again->data, once->stride * 200);
    }
}

static void
a_jpeg_is_decoded_at_a_fraction_when_that_is_enough(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(801, 600);
    g_autoptr(GBytes) file = encoded(raster, FG_FORMAT_JPEG);
    const struct {
        int orientation;
        FgSize wanted;
        int width, height;
    } cases[] = {
        {1, {801, 600, FG_CROP_NONE}, 801, 600},   {1, {402, 301, FG_CROP_NONE}, 801, 600},
        {1, {400, 300, FG_CROP_NONE}, 401, 300},   {6, {300, 401, FG_CROP_NONE}, 300, 401},
        {1, {150, 150, FG_CROP_CENTRE}, 201, 150}, {8, {75, 100, FG_CROP_NONE}, 75, 101},
        {1, {10, 10, FG_CROP_CENTRE}, 101, 75},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FgImage) image =
            fg_image_open(file, FG_FORMAT_JPEG, cases[i].orientation, &cases[i].wanted, NULL);
        assert_int_equal(fg_image_width(image), cases[i].width);
        assert_int_equal(fg_image_height(image), cases[i].height);
        g_autoptr(FgRaster) out = fg_image_render(image, &cases[i].wanted, NULL);
        assert_int_equal(out->width, cases[i].wanted.width);
        assert_int_equal(out->height, cases[i].wanted.height);
    }
}

static void
a_fraction_looks_like_the_whole(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(800, 600);
    g_autoptr(GBytes) file = encoded(raster, FG_FORMAT_JPEG);
    FgSize small = {190, 143, FG_CROP_NONE};
    g_autoptr(FgRaster) fraction = rendered(file, FG_FORMAT_JPEG, 1, &small, NULL);
    g_autoptr(FgRaster) whole = fg_raster_size(raster, &small, NULL);
    assert_true(difference(fraction, whole) < 200);
}

static void
each_orientation_of_the_corpus_looks_alike(void **state G_GNUC_UNUSED)
{
    g_autofree char *first = fg_corpus_path("photos/exif-orientation-examples__Landscape_1.jpg");
    if (!first)
        skip();
    FgSize size = {300, 200, FG_CROP_NONE};
    g_autoptr(GBytes) upright_file = fg_slurp(first);
    g_autoptr(FgRaster) upright = rendered(upright_file, FG_FORMAT_JPEG, 1, &size, NULL);
    for (int orientation = 2; orientation <= 8; orientation++) {
        g_autofree char *name =
            g_strdup_printf("photos/exif-orientation-examples__Landscape_%d.jpg", orientation);
        g_autofree char *path = fg_corpus_path(name);
        g_autoptr(GBytes) file = fg_slurp(path);
        g_autoptr(FgRaster) turned = rendered(file, FG_FORMAT_JPEG, orientation, &size, NULL);
        assert_non_null(turned);
        assert_true(difference(turned, upright) < 500);
    }
}

/* Every cut but the last few bytes, which may hold no pixel: those are for the container to see. */
static void
assert_cuts_are_refused(GBytes *file, FgFormat format)
{
    gsize length = g_bytes_get_size(file);
    FgSize size = {100, 66, FG_CROP_NONE};
    for (gsize percent = 10; percent <= 90; percent += 10) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(file, 0, length * percent / 100);
        g_autoptr(GError) error = NULL;
        g_autoptr(FgRaster) out = rendered(cut, format, 1, &size, &error);
        assert_null(out);
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
    }
}

static void
a_photo_cut_anywhere_is_refused(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(300, 200);
    const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    for (gsize f = 0; f < G_N_ELEMENTS(formats); f++) {
        g_autoptr(GBytes) file = encoded(raster, formats[f]);
        assert_cuts_are_refused(file, formats[f]);
    }
}

static void
a_cut_photo_of_another_program_is_refused(void **state G_GNUC_UNUSED)
{
    const struct {
        const char *extension, *option;
        FgFormat format;
    } kinds[] = {
        {"tif", "", FG_FORMAT_TIFF},
        {"tif", "[compression=deflate,tile]", FG_FORMAT_TIFF},
        {"tif", "[compression=jpeg]", FG_FORMAT_TIFF},
        {"tif", "[compression=lzw]", FG_FORMAT_TIFF},
        {"png", "[interlace]", FG_FORMAT_PNG},
        {"jpg", "[interlace]", FG_FORMAT_JPEG},
        {"webp", "[lossless]", FG_FORMAT_WEBP},
        {"heic", "", FG_FORMAT_HEIC},
    };
    g_autoptr(FgRaster) raster = picture(300, 200);
    g_autoptr(GBytes) png = encoded(raster, FG_FORMAT_PNG);
    gsize tried = 0;
    for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++) {
        g_autoptr(GBytes) file = converted(png, kinds[k].extension, kinds[k].option);
        if (!file)
            continue;
        tried++;
        FgSize size = {100, 66, FG_CROP_NONE};
        g_autoptr(FgRaster) whole = rendered(file, kinds[k].format, 1, &size, NULL);
        assert_non_null(whole);
        assert_cuts_are_refused(file, kinds[k].format);
    }
    if (tried < G_N_ELEMENTS(kinds))
        skip();
}

static void
a_jpeg_cut_in_its_scan_and_closed_again_is_refused(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(300, 200);
    g_autoptr(GBytes) file = encoded(raster, FG_FORMAT_JPEG);
    gsize length;
    const guint8 *data = g_bytes_get_data(file, &length);
    g_autofree guint8 *closed = g_memdup2(data, length / 2 + 2);
    closed[length / 2] = 0xFF;
    closed[length / 2 + 1] = 0xD9;
    g_autoptr(GBytes) cut = g_bytes_new_take(g_steal_pointer(&closed), length / 2 + 2);
    g_autoptr(GError) error = NULL;
    FgSize size = {300, 200, FG_CROP_NONE};
    g_autoptr(FgRaster) out = rendered(cut, FG_FORMAT_JPEG, 1, &size, &error);
    assert_null(out);
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
}

static void
a_few_bytes_before_the_end_of_a_jpeg_are_forgiven(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(300, 200);
    g_autoptr(GBytes) file = encoded(raster, FG_FORMAT_JPEG);
    gsize length;
    const guint8 *data = g_bytes_get_data(file, &length);
    g_autoptr(GByteArray) padded = g_byte_array_new();
    g_byte_array_append(padded, data, (guint)length - 2);
    g_byte_array_append(padded, (const guint8[]){0, 0, 0, 0, 0xFF, 0xD9}, 6);
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(g_steal_pointer(&padded));
    FgSize size = {300, 200, FG_CROP_NONE};
    g_autoptr(FgRaster) out = rendered(bytes, FG_FORMAT_JPEG, 1, &size, NULL);
    assert_non_null(out);
}

static void
a_bit_that_fell_over_in_a_png_is_refused_every_time(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(100, 66);
    g_autoptr(GBytes) file = encoded(raster, FG_FORMAT_PNG);
    gsize length;
    const guint8 *data = g_bytes_get_data(file, &length);
    g_autofree guint8 *damaged = g_memdup2(data, length);
    damaged[length / 2] ^= 0x10;
    g_autoptr(GBytes) bytes = g_bytes_new_take(g_steal_pointer(&damaged), length);
    FgSize size = {50, 33, FG_CROP_NONE};
    for (int run = 0; run < 50; run++) {
        g_autoptr(FgRaster) out = rendered(bytes, FG_FORMAT_PNG, 1, &size, NULL);
        assert_null(out);
    }
}

static void
more_pixels_than_there_are_is_a_fault_of_ours(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(30, 20);
    FgSize size = {31, 20, FG_CROP_NONE};
    g_autoptr(GError) error = NULL;
    assert_null(fg_raster_size(raster, &size, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_INTERNAL));
}

static void
no_other_loader_can_be_reached(void **state G_GNUC_UNUSED)
{
    const char svg[] =
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    g_autoptr(GBytes) bytes = g_bytes_new_static(svg, sizeof svg - 1);
    for (int format = FG_FORMAT_UNKNOWN; format < FG_N_FORMATS; format++) {
        g_autoptr(GError) error = NULL;
        assert_null(fg_image_open(bytes, (FgFormat)format, 1, NULL, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED) ||
                    g_error_matches(error, FG_ERROR, FG_ERROR_UNSUPPORTED));
    }
}

static void
the_sound_photos_of_the_corpus_all_open(void **state G_GNUC_UNUSED)
{
    /* Cut or damaged by those who made them, or of a kind that nobody's browser reads. */
    const char *const refused[] = {"Pillow__ultrahdr.jpg", "libjpeg-turbo__monkey12.jpg",
                                   "metadata-extractor-images__1cbb1bb37d62c44f67374cd451643dc4.jpg",
                                   "metadata-extractor-images__b4103df93880fc5677c2a081e4bfc712.jpg", NULL};
    g_autofree char *folder = fg_corpus_path("photos");
    if (!folder)
        skip();
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autoptr(GBytes) file = fg_slurp(path);
        FgFormat format = fg_sniff(g_bytes_get_data(file, NULL), g_bytes_get_size(file));
        if (!fg_format_is_photo(format) || g_strv_contains(refused, name))
            continue;
        FgSize tiny = {1, 1, FG_CROP_NONE};
        g_autoptr(GError) error = NULL;
        g_autoptr(FgRaster) out = rendered(file, format, 1, &tiny, &error);
        if (error)
            print_error("%s: %s\n", name, error->message);
        assert_non_null(out);
    }
}

static int
start(void **state G_GNUC_UNUSED)
{
    return fg_pixels_init(NULL) ? 0 : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_for_comes_out_exactly),
        cmocka_unit_test(a_decoded_picture_is_the_encoded_one),
        cmocka_unit_test(the_same_photo_gives_the_same_bytes_twice),
        cmocka_unit_test(a_jpeg_is_decoded_at_a_fraction_when_that_is_enough),
        cmocka_unit_test(a_fraction_looks_like_the_whole),
        corpus_unit_test(each_orientation_of_the_corpus_looks_alike),
        cmocka_unit_test(a_photo_cut_anywhere_is_refused),
        cmocka_unit_test(a_cut_photo_of_another_program_is_refused),
        cmocka_unit_test(a_jpeg_cut_in_its_scan_and_closed_again_is_refused),
        cmocka_unit_test(a_few_bytes_before_the_end_of_a_jpeg_are_forgiven),
        cmocka_unit_test(a_bit_that_fell_over_in_a_png_is_refused_every_time),
        cmocka_unit_test(more_pixels_than_there_are_is_a_fault_of_ours),
        cmocka_unit_test(no_other_loader_can_be_reached),
        corpus_unit_test(the_sound_photos_of_the_corpus_all_open),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
