#include "djpeg.h"
#include "pixels/pixels_private.h"
#include "scene.h"

#include <string.h>

/* What the pixels of one photo are held in. */
typedef enum { RGB, FULL, HALVED, N_KINDS } Kind;

static GBytes *
photo(int width, int height)
{
    const FgEncoding encoding = {FG_FORMAT_JPEG, 97, 0, FG_CHROMA_444, FALSE};
    g_autoptr(FgRaster) raster = scene(width, height);
    GBytes *file = fg_encode(raster, &encoding, NULL);
    assert_non_null(file);
    return file;
}

/* The photo in half its size. */
static FgPixels *
photographed(int width, int height, int orientation, Kind kind)
{
    g_autoptr(GBytes) file = photo(width * 2, height * 2);
    const FgSize size = {orientation < 5 ? width : height, orientation < 5 ? height : width, FG_CROP_NONE};
    g_autoptr(FgImage) image = fg_image_open(file, FG_FORMAT_JPEG, orientation, &size, NULL);
    assert_non_null(image);
    FgPixels *pixels = kind == RGB ? fg_pixels_of_rgb(fg_image_render(image, &size, NULL))
                                   : fg_image_pixels(image, &size, kind == HALVED, NULL);
    assert_int_equal(fg_pixels_width(pixels), size.width);
    assert_int_equal(fg_pixels_height(pixels), size.height);
    return pixels;
}

/* A copy of all of it. */
static FgRaster *
shown(FgPixels *pixels)
{
    const FgRect all = {0, 0, fg_pixels_width(pixels), fg_pixels_height(pixels)};
    FgRaster *copy = fg_raster_dup(fg_pixels_lend(pixels, all));
    fg_pixels_take_back(pixels);
    return copy;
}

static void
a_photo_looks_alike_in_planes_however_it_is_turned(void **state G_GNUC_UNUSED)
{
    const int sizes[][2] = {{200, 150}, {201, 150}, {200, 151}, {151, 201}};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (int orientation = 1; orientation <= 8; orientation++) {
            g_autoptr(FgPixels) rgb = photographed(sizes[i][0], sizes[i][1], orientation, RGB);
            g_autoptr(FgPixels) full = photographed(sizes[i][0], sizes[i][1], orientation, FULL);
            g_autoptr(FgPixels) halved = photographed(sizes[i][0], sizes[i][1], orientation, HALVED);
            g_autoptr(FgRaster) expected = shown(rgb), one = shown(full), other = shown(halved);
            assert_true(likeness(one, expected) == 99);
            assert_true(likeness(other, expected) > 42);
        }
}

static void
smaller_sizes_of_a_photo_look_alike(void **state G_GNUC_UNUSED)
{
    const FgSize sizes[] = {{301, 203, FG_CROP_NONE},
                            {200, 151, FG_CROP_NONE},
                            {97, 61, FG_CROP_NONE},
                            {120, 120, FG_CROP_CENTRE},
                            {81, 33, FG_CROP_ATTENTION}};
    for (Kind kind = FULL; kind < N_KINDS; kind++) {
        g_autoptr(FgPixels) rgb = photographed(301, 203, 1, RGB);
        g_autoptr(FgPixels) planes = photographed(301, 203, 1, kind);
        for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
            g_autoptr(FgPixels) expected = fg_pixels_size(rgb, &sizes[i], NULL);
            g_autoptr(FgPixels) found = fg_pixels_size(planes, &sizes[i], NULL);
            g_autoptr(FgRaster) one = shown(found), other = shown(expected);
            assert_true(likeness(one, other) > 40);
        }
        const FgSize larger = {302, 203, FG_CROP_NONE};
        g_autoptr(GError) error = NULL;
        assert_null(fg_pixels_size(planes, &larger, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_INTERNAL));
    }
}

/* Each format as its witness shows it. */
static FgRaster *
decoded(GBytes *file, FgFormat format, int width, int height)
{
    g_autofree char *folder = fg_scratch();
    if (format == FG_FORMAT_JPEG)
        return witnessed(file, folder, width, height);
    g_autofree char *in = g_build_filename(folder, format == FG_FORMAT_AVIF ? "in.avif" : "in", NULL);
    g_autofree char *png = g_build_filename(folder, "out.png", NULL);
    fg_spill(in, file);
    int status;
    g_free(format == FG_FORMAT_WEBP ? fg_witness(&status, "dwebp", "-quiet", in, "-o", png, NULL)
                                    : fg_witness(&status, "heif-convert", in, png, NULL));
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    g_autoptr(GBytes) bytes = fg_slurp(png);
    const FgSize size = {width, height, FG_CROP_NONE};
    g_autoptr(FgImage) image = fg_image_open(bytes, FG_FORMAT_PNG, 1, &size, NULL);
    return fg_image_render(image, &size, NULL);
}

static void
every_format_shows_the_same_picture_made_of_planes(void **state G_GNUC_UNUSED)
{
    const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    const int sizes[][2] = {{320, 240}, {201, 151}};
    for (gsize i = 0; i < G_N_ELEMENTS(formats) * G_N_ELEMENTS(sizes); i++) {
        const FgFormat format = formats[i / 2];
        const int width = sizes[i % 2][0], height = sizes[i % 2][1];
        double quality[N_KINDS];
        for (Kind kind = 0; kind < N_KINDS; kind++) {
            g_autoptr(FgPixels) pixels = photographed(width, height, 1, kind);
            const FgEncoding encoding = {format, 90, -1, FG_CHROMA_420, FALSE};
            g_autoptr(GBytes) file = fg_pixels_encode(pixels, &encoding, NULL);
            assert_non_null(file);
            g_autoptr(FgRaster) found = decoded(file, format, width, height), expected = shown(pixels);
            quality[kind] = likeness(found, expected);
        }
        assert_true(quality[RGB] > 33);
        assert_true(quality[FULL] > quality[RGB] - 0.2);
        assert_true(quality[HALVED] > quality[RGB] - 0.4);
    }
}

static void
a_png_of_planes_shows_what_they_show(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgPixels) pixels = photographed(97, 61, 1, FULL);
    const FgEncoding encoding = {FG_FORMAT_PNG, 100, -1, FG_CHROMA_AUTO, FALSE};
    g_autoptr(GBytes) file = fg_pixels_encode(pixels, &encoding, NULL);
    const FgSize size = {97, 61, FG_CROP_NONE};
    g_autoptr(FgImage) image = fg_image_open(file, FG_FORMAT_PNG, 1, &size, NULL);
    g_autoptr(FgRaster) found = fg_image_render(image, &size, NULL), expected = shown(pixels);
    assert_true(likeness(found, expected) == 99);
}

static void
pictures_of_a_few_pixels_are_written_whole(void **state G_GNUC_UNUSED)
{
    for (int n = 0; n < 34; n++)
        for (Kind kind = FULL; kind < N_KINDS; kind++) {
            const int width = n % 17 + 1, height = n < 17 ? 1 + n * 5 % 17 : 18 - width;
            g_autoptr(FgPixels) pixels = photographed(width, height, 1, kind);
            for (int effort = 0; effort <= 1; effort++) {
                FgEncoding encoding = {FG_FORMAT_JPEG, 97, effort, FG_CHROMA_420, n % 2};
                g_autoptr(GBytes) file = fg_pixels_encode(pixels, &encoding, NULL);
                g_autoptr(FgRaster) found = decoded(file, FG_FORMAT_JPEG, width, height);
                g_autoptr(FgRaster) expected = shown(pixels);
                assert_true(likeness(found, expected) > 35);
            }
        }
}

static void
what_is_drawn_on_a_loan_is_in_the_picture(void **state G_GNUC_UNUSED)
{
    for (Kind kind = 0; kind < N_KINDS; kind++) {
        g_autoptr(FgPixels) pixels = photographed(201, 151, 1, kind);
        g_autoptr(FgRaster) before = shown(pixels);
        FgRaster *loan = fg_pixels_lend(pixels, (FgRect){151, 101, 49, 49});
        for (int y = 110; y < 140; y++)
            memset(loan->data + (gsize)y * loan->stride + 160 * 3, 220, 30 * 3);
        fg_pixels_take_back(pixels);
        g_autoptr(FgRaster) after = shown(pixels);
        for (int y = 0; y < 151; y++)
            for (int x = 0; x < 201; x++) {
                const guint8 *was = before->data + (gsize)y * before->stride + x * 3;
                const guint8 *is = after->data + (gsize)y * after->stride + x * 3;
                gboolean drawn = x >= 160 && x < 190 && y >= 110 && y < 140;
                assert_memory_equal(is, drawn ? (const guint8 *)"\334\334\334" : was, 3);
            }
    }
}

static void
a_placeholder_is_a_tiny_webp(void **state G_GNUC_UNUSED)
{
    for (Kind kind = 0; kind < N_KINDS; kind++) {
        g_autoptr(FgPixels) pixels = photographed(300, 200, 1, kind);
        g_autofree char *uri = fg_pixels_placeholder(pixels, NULL);
        assert_non_null(uri);
        assert_true(g_str_has_prefix(uri, "data:image/webp;base64,"));
        assert_true(strlen(uri) < 600);
        gsize length;
        g_autofree guint8 *webp = g_base64_decode(uri + strlen("data:image/webp;base64,"), &length);
        assert_true(length > 16);
        assert_memory_equal(webp, "RIFF", 4);
        assert_memory_equal(webp + 8, "WEBPVP8 ", 8);
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
        cmocka_unit_test(a_photo_looks_alike_in_planes_however_it_is_turned),
        cmocka_unit_test(smaller_sizes_of_a_photo_look_alike),
        cmocka_unit_test(every_format_shows_the_same_picture_made_of_planes),
        cmocka_unit_test(a_png_of_planes_shows_what_they_show),
        cmocka_unit_test(pictures_of_a_few_pixels_are_written_whole),
        cmocka_unit_test(what_is_drawn_on_a_loan_is_in_the_picture),
        cmocka_unit_test(a_placeholder_is_a_tiny_webp),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
