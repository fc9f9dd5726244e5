#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <math.h>
#include <string.h>

/* Something like a photograph: clouds of all sizes, softer the smaller they are, and a ridge before them. */
static double
cloud(int x, int y, int size)
{
    double value[2][2];
    int left = x / size, top = y / size;
    for (int j = 0; j < 2; j++)
        for (int i = 0; i < 2; i++) {
            guint32 seed = (guint32)(left + i) * 73856093u ^ (guint32)(top + j) * 19349663u ^ (guint32)size;
            seed = (seed ^ seed >> 13) * 1274126177u;
            value[j][i] = (double)(seed >> 16 & 0xFFFF) / 32768 - 1;
        }
    double u = (double)(x % size) / size, v = (double)(y % size) / size;
    return (value[0][0] * (1 - u) + value[0][1] * u) * (1 - v) +
           (value[1][0] * (1 - u) + value[1][1] * u) * v;
}

static FgRaster *
photograph(int width, int height)
{
    FgRaster *raster = fg_raster_new(width, height, 3);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            double light = 0;
            for (int size = 64; size >= 2; size /= 2)
                light += cloud(x, y, size) * (2 + size * 0.6);
            gboolean ridge = y > height / 2 + 20 * cloud(x, 0, 32);
            double colour[3] = {ridge ? 60 : 150, ridge ? 80 : 170, ridge ? 50 : 210};
            for (int band = 0; band < 3; band++)
                raster->data[(gsize)y * raster->stride + (gsize)(x * 3 + band)] =
                    (guint8)CLAMP(colour[band] + light + 6 * cloud(x + 999 * band, y, 16), 0, 255);
        }
    return raster;
}

static GBytes *
encoded(const FgRaster *raster, int quality, int effort, FgChroma chroma, gboolean progressive)
{
    FgEncoding encoding = {FG_FORMAT_JPEG, quality, effort, chroma, progressive};
    GError *error = NULL;
    GBytes *bytes = fg_encode(raster, &encoding, &error);
    assert_null(error);
    return bytes;
}

/* The signal to noise ratio in dB of what djpeg, which must not even warn, makes of it. */
static double
ratio(const FgRaster *raster, GBytes *bytes)
{
    g_autofree char *folder = fg_scratch();
    g_autofree char *path = g_build_filename(folder, "a.jpg", NULL), *ppm = g_strconcat(path, ".ppm", NULL);
    fg_spill(path, bytes);
    int status;
    g_free(fg_witness(&status, "djpeg", "-outfile", ppm, path, NULL));
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    g_autoptr(GBytes) decoded = fg_slurp(ppm);
    gsize length, size = (gsize)raster->width * (gsize)raster->height * 3;
    const guint8 *data = g_bytes_get_data(decoded, &length);
    assert_true(length > size);
    data += length - size;
    double sum = 0;
    for (int y = 0; y < raster->height; y++)
        for (int x = 0; x < raster->width * 3; x++)
            sum += pow((double)*data++ - raster->data[(gsize)y * raster->stride + (gsize)x], 2);
    return 10 * log10(65025 / (sum / (double)size));
}

static void
effort_saves_bytes_and_the_picture_is_no_worse(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = photograph(323, 241);
    for (int quality = 50; quality <= 95; quality += 15)
        for (int kind = 0; kind < 4; kind++) {
            FgChroma chroma = kind & 1 ? FG_CHROMA_444 : FG_CHROMA_420;
            g_autoptr(GBytes) plain = encoded(raster, quality, 0, chroma, kind & 2);
            g_autoptr(GBytes) thrifty = encoded(raster, quality, 1, chroma, kind & 2);
            assert_true(g_bytes_get_size(thrifty) < g_bytes_get_size(plain));
            assert_true(ratio(raster, thrifty) > ratio(raster, plain) - 0.25);
        }
}

static void
passes_save_bytes_and_change_no_pixel(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = photograph(1024, 768);
    for (int effort = 0; effort <= 1; effort++) {
        g_autoptr(GBytes) whole = encoded(raster, 82, effort, FG_CHROMA_420, FALSE);
        g_autoptr(GBytes) passes = encoded(raster, 82, effort, FG_CHROMA_420, TRUE);
        assert_true(g_bytes_get_size(passes) < g_bytes_get_size(whole));
        assert_true(ratio(raster, passes) == ratio(raster, whole));
    }
}

static void
pictures_of_every_odd_size_are_read_without_a_warning(void **state G_GNUC_UNUSED)
{
    const int sides[] = {1, 2, 7, 8, 9, 15, 16, 17, 33};
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(sides); j++) {
            g_autoptr(FgRaster) raster = photograph(sides[i], sides[j]);
            gboolean odd = (i + j) % 2;
            FgChroma chroma = odd ? FG_CHROMA_420 : FG_CHROMA_444;
            g_autoptr(GBytes) bytes = encoded(raster, 90, 1, chroma, i % 2);
            assert_true(ratio(raster, bytes) > 20);
        }
}

static void
the_largest_levels_of_all_fit_the_format(void **state G_GNUC_UNUSED)
{
    for (int period = 1; period <= 8; period *= 2) {
        g_autoptr(FgRaster) checks = fg_raster_new(64, 64, 3);
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++)
                memset(checks->data + (gsize)y * checks->stride + x * 3,
                       (x / period + y / period) % 2 ? 255 : 0, 3);
        for (int passes = 0; passes <= 1; passes++) {
            g_autoptr(GBytes) bytes = encoded(checks, 100, 1, FG_CHROMA_444, passes);
            assert_true(ratio(checks, bytes) > 45);
        }
    }
}

static void
effort_gives_the_same_bytes_twice_and_others_than_none(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = photograph(200, 150);
    g_autoptr(GBytes) once = encoded(raster, 82, 1, FG_CHROMA_AUTO, FALSE);
    g_autoptr(GBytes) again = encoded(raster, 82, 1, FG_CHROMA_AUTO, FALSE);
    g_autoptr(GBytes) none = encoded(raster, 82, 0, FG_CHROMA_AUTO, FALSE);
    g_autoptr(GBytes) standard = encoded(raster, 82, -1, FG_CHROMA_AUTO, FALSE);
    assert_true(g_bytes_equal(once, again));
    assert_false(g_bytes_equal(once, none));
    assert_true(g_bytes_equal(none, standard));
}

/* The markers of all segments up to the first pixels, in hexadecimal. */
static char *
segments(GBytes *bytes)
{
    GString *markers = g_string_new(NULL);
    FgCursor at = fg_cursor_bytes(bytes, FG_BIG_ENDIAN);
    guint16 marker = 0, length;
    assert_true(fg_cursor_u16(&at, &marker) && marker == 0xFFD8);
    while (marker != 0xFFDA) {
        assert_true(fg_cursor_u16(&at, &marker) && fg_cursor_u16(&at, &length));
        assert_true(fg_cursor_skip(&at, length - 2u));
        g_string_append_printf(markers, " %04X", marker);
    }
    return g_string_free(markers, FALSE);
}

static void
effort_adds_no_segment(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = photograph(64, 64);
    for (int passes = 0; passes <= 1; passes++) {
        g_autoptr(GBytes) plain = encoded(raster, 82, 0, FG_CHROMA_420, passes);
        g_autoptr(GBytes) thrifty = encoded(raster, 82, 1, FG_CHROMA_420, passes);
        g_autofree char *expected = segments(plain), *found = segments(thrifty);
        assert_string_equal(found, expected);
    }
}

static void
a_picture_that_is_too_wide_for_the_format_is_an_error(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = fg_raster_new(65536, 1, 3);
    for (int effort = 0; effort <= 1; effort++) {
        FgEncoding encoding = {FG_FORMAT_JPEG, 82, effort, FG_CHROMA_420, FALSE};
        g_autoptr(GError) error = NULL;
        assert_null(fg_encode(raster, &encoding, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_ENCODE));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effort_saves_bytes_and_the_picture_is_no_worse),
        cmocka_unit_test(passes_save_bytes_and_change_no_pixel),
        cmocka_unit_test(pictures_of_every_odd_size_are_read_without_a_warning),
        cmocka_unit_test(the_largest_levels_of_all_fit_the_format),
        cmocka_unit_test(effort_gives_the_same_bytes_twice_and_others_than_none),
        cmocka_unit_test(effort_adds_no_segment),
        cmocka_unit_test(a_picture_that_is_too_wide_for_the_format_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
