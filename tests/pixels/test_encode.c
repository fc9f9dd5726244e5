#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <string.h>

/* A soft landscape of colours, with alpha when asked. */
static FgRaster *
picture(int bands)
{
    FgRaster *raster = fg_raster_new(160, 120, bands);
    for (int y = 0; y < 120; y++)
        for (int x = 0; x < 160; x++) {
            guint8 *pixel = raster->data + (gsize)y * raster->stride + x * bands;
            pixel[0] = (guint8)(40 + x);
            pixel[1] = (guint8)(60 + y + x % 5);
            pixel[2] = (guint8)(200 - y / 2);
            if (bands == 4)
                pixel[3] = x < 80 ? 255 : 64;
        }
    return raster;
}

static GBytes *
encoded(const FgRaster *raster, FgFormat format, FgChroma chroma, gboolean progressive)
{
    FgEncoding encoding = {
        .format = format, .quality = 85, .effort = -1, .chroma = chroma, .progressive = progressive};
    GError *error = NULL;
    GBytes *bytes = fg_encode(raster, &encoding, &error);
    assert_null(error);
    assert_non_null(bytes);
    return bytes;
}

static char *
spilled(GBytes *bytes, const char *name)
{
    g_autofree char *folder = fg_scratch();
    char *path = g_build_filename(folder, name, NULL);
    fg_spill(path, bytes);
    return path;
}

static char *
tag(const char *path, const char *name)
{
    int status;
    char *text = fg_witness(&status, "exiftool", "-s3", name, path, NULL);
    if (status == 127)
        skip();
    return g_strchomp(text);
}

static void
every_format_is_the_same_twice(void **state G_GNUC_UNUSED)
{
    for (guint format = 0; format < FG_N_FORMATS; format++)
        for (int bands = 3; fg_format_traits((FgFormat)format)->written && bands <= 4; bands++) {
            g_autoptr(FgRaster) raster = picture(bands);
            g_autoptr(GBytes) once = encoded(raster, (FgFormat)format, FG_CHROMA_AUTO, FALSE);
            g_autoptr(GBytes) again = encoded(raster, (FgFormat)format, FG_CHROMA_AUTO, FALSE);
            assert_true(g_bytes_equal(once, again));
            gsize length;
            const void *data = g_bytes_get_data(once, &length);
            assert_int_equal(fg_sniff(data, length), format);
        }
}

/* Of each row of the table: what its encoder makes, its reader finds whole and its writer leaves as it is. */
static void
every_format_is_read_back_by_its_own_reader(void **state G_GNUC_UNUSED)
{
    guint written = 0;
    for (guint format = 0; format < FG_N_FORMATS; format++) {
        if (!fg_format_traits((FgFormat)format)->written)
            continue;
        g_autoptr(FgRaster) raster = picture(3);
        g_autoptr(GBytes) file = encoded(raster, (FgFormat)format, FG_CHROMA_AUTO, FALSE);
        g_autoptr(FgContainer) container = fg_container_read(file, NULL);
        assert_non_null(container);
        assert_true(container->width == 160 && container->height == 120 && container->complete);
        assert_int_equal(container->faults->len, 0);
        assert_true(fg_container_verify(container, NULL));
        const FgDress bare = {NULL};
        g_autoptr(GBytes) dressed = fg_container_dress(file, (FgFormat)format, &bare, NULL);
        assert_non_null(dressed);
        g_autoptr(FgContainer) again = fg_container_read(dressed, NULL);
        g_autofree char *before = fg_container_picture_digest(container);
        g_autofree char *after = fg_container_picture_digest(again);
        assert_string_equal(before, after);
        written++;
    }
    assert_in_range(written, 4, FG_N_FORMATS);
}

/* The witness decodes to PPM; the mean difference from what was encoded says that it is the same picture. */
static void
assert_decodes_alike(const FgRaster *raster, const char *ppm_path)
{
    g_autoptr(GBytes) ppm = fg_slurp(ppm_path);
    gsize length, size = (gsize)raster->width * (gsize)raster->height * 3;
    const guint8 *data = g_bytes_get_data(ppm, &length);
    assert_in_range(length, size + 9, size + 80); /* the header of a PPM, with or without a comment */
    assert_memory_equal(data, "P6\n", 3);
    data += length - size;
    guint64 sum = 0;
    for (gsize i = 0; i < size; i++)
        sum += (guint64)ABS(data[i] - raster->data[i]);
    assert_true(sum < size * 3);
}

static void
djpeg_reads_the_jpeg(void **state G_GNUC_UNUSED)
{
    for (int progressive = 0; progressive <= 1; progressive++) {
        g_autoptr(FgRaster) raster = picture(3);
        g_autoptr(GBytes) bytes = encoded(raster, FG_FORMAT_JPEG, FG_CHROMA_444, progressive);
        g_autofree char *path = spilled(bytes, "a.jpg"), *ppm = g_strconcat(path, ".ppm", NULL);
        int status;
        g_autofree char *out = fg_witness(&status, "djpeg", "-outfile", ppm, path, NULL);
        if (status == 127)
            skip();
        assert_int_equal(status, 0);
        assert_decodes_alike(raster, ppm);
        g_autofree char *process = tag(path, "-EncodingProcess");
        assert_string_equal(process,
                            progressive ? "Progressive DCT, Huffman coding" : "Baseline DCT, Huffman coding");
    }
}

static void
a_jpeg_holds_jfif_at_72_dpi_and_no_other_segment_of_data(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(3);
    g_autoptr(GBytes) bytes = encoded(raster, FG_FORMAT_JPEG, FG_CHROMA_AUTO, FALSE);
    FgCursor at = fg_cursor_bytes(bytes, FG_BIG_ENDIAN);
    const guint8 jfif[] = {0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 1, 0, 72, 0, 72, 0, 0};
    assert_true(fg_cursor_match(&at, jfif, sizeof jfif));
    guint16 marker = 0, length;
    while (fg_cursor_u16(&at, &marker) && marker != 0xFFDA) {
        assert_true(marker == 0xFFDB || marker == 0xFFC4 || marker == 0xFFC0); /* tables and the frame */
        assert_true(fg_cursor_u16(&at, &length) && fg_cursor_skip(&at, length - 2u));
    }
    assert_int_equal(marker, 0xFFDA);
}

static void
dwebp_reads_the_webp(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(3);
    g_autoptr(GBytes) bytes = encoded(raster, FG_FORMAT_WEBP, FG_CHROMA_AUTO, FALSE);
    g_autofree char *path = spilled(bytes, "a.webp"), *ppm = g_strconcat(path, ".ppm", NULL);
    int status;
    g_autofree char *out = fg_witness(&status, "dwebp", "-quiet", "-ppm", path, "-o", ppm, NULL);
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    assert_decodes_alike(raster, ppm);
}

static void
a_webp_keeps_its_alpha_exactly(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(4);
    g_autoptr(GBytes) bytes = encoded(raster, FG_FORMAT_WEBP, FG_CHROMA_AUTO, FALSE);
    g_autofree char *path = spilled(bytes, "a.webp"), *pam = g_strconcat(path, ".pam", NULL);
    int status;
    g_autofree char *out = fg_witness(&status, "dwebp", "-quiet", "-pam", path, "-o", pam, NULL);
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    g_autoptr(GBytes) decoded = fg_slurp(pam);
    gsize length;
    const guint8 *data = g_bytes_get_data(decoded, &length);
    data += length - 160 * 120 * 4;
    for (gsize i = 3; i < 160 * 120 * 4; i += 4)
        assert_int_equal(data[i], raster->data[i]);
}

static void
pngcheck_finds_four_kinds_of_chunk(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(4);
    g_autoptr(GBytes) bytes = encoded(raster, FG_FORMAT_PNG, FG_CHROMA_AUTO, FALSE);
    g_autofree char *path = spilled(bytes, "a.png");
    int status;
    g_autofree char *out = fg_witness(&status, "pngcheck", "-v", path, NULL);
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    assert_non_null(strstr(out, "32-bit RGB+alpha"));
    g_auto(GStrv) lines = g_strsplit(out, "\n", -1);
    for (char **line = lines; *line; line++) {
        const char *chunk = strstr(*line, "chunk ");
        if (chunk)
            assert_true(strncmp(chunk + 6, "IHDR", 4) == 0 || strncmp(chunk + 6, "sRGB", 4) == 0 ||
                        strncmp(chunk + 6, "IDAT", 4) == 0 || strncmp(chunk + 6, "IEND", 4) == 0);
    }
}

static void
a_png_loses_nothing(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(4);
    g_autoptr(GBytes) bytes = encoded(raster, FG_FORMAT_PNG, FG_CHROMA_AUTO, FALSE);
    g_autofree char *path = spilled(bytes, "a.png"), *raw = g_strconcat(path, ".raw", NULL);
    int status;
    g_autofree char *out = fg_witness(&status, "vips", "rawsave", path, raw, NULL);
    if (status == 127)
        skip();
    g_autoptr(GBytes) pixels = fg_slurp(raw);
    assert_int_equal(g_bytes_get_size(pixels), raster->stride * 120);
    assert_memory_equal(g_bytes_get_data(pixels, NULL), raster->data, raster->stride * 120);
}

static void
heif_convert_reads_the_avif_and_its_colours_are_named(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(3);
    g_autoptr(GBytes) bytes = encoded(raster, FG_FORMAT_AVIF, FG_CHROMA_AUTO, FALSE);
    g_autofree char *path = spilled(bytes, "a.avif"), *png = g_strconcat(path, ".png", NULL);
    g_autofree char *ppm = g_strconcat(path, ".ppm", NULL);
    int status;
    g_autofree char *converted = fg_witness(&status, "heif-convert", path, png, NULL);
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    g_autofree char *saved = fg_witness(&status, "vips", "ppmsave", png, ppm, NULL);
    if (status == 127)
        skip();
    assert_decodes_alike(raster, ppm);

    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    const guint8 nclx[] = {'c', 'o', 'l', 'r', 'n', 'c', 'l', 'x', 0, 1, 0, 13, 0, 6, 0x80}; /* full range */
    assert_non_null(memmem(data, length, nclx, sizeof nclx));
}

static void
an_avif_keeps_its_alpha(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(4);
    g_autoptr(GBytes) bytes = encoded(raster, FG_FORMAT_AVIF, FG_CHROMA_AUTO, FALSE);
    g_autofree char *path = spilled(bytes, "a.avif");
    int status;
    g_autofree char *info = fg_witness(&status, "heif-info", path, NULL);
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    assert_non_null(strstr(info, "alpha channel: yes"));
}

static void
effort_reaches_the_encoders(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(3);
    const struct {
        FgFormat format;
        int standard;
    } kinds[] = {{FG_FORMAT_AVIF, 1}, {FG_FORMAT_WEBP, 4}};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        FgEncoding encoding = {kinds[i].format, 85, -1, FG_CHROMA_420, FALSE};
        g_autoptr(GBytes) untold = fg_encode(raster, &encoding, NULL);
        encoding.effort = kinds[i].standard;
        g_autoptr(GBytes) standard = fg_encode(raster, &encoding, NULL);
        encoding.effort = 0;
        g_autoptr(GBytes) low = fg_encode(raster, &encoding, NULL);
        assert_true(g_bytes_equal(untold, standard));
        assert_false(g_bytes_equal(untold, low));
    }
}

static void
soft_colours_get_half_chroma_and_red_letters_on_blue_full(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) soft = picture(3);
    g_autoptr(FgRaster) letters = picture(3);
    for (int y = 20; y < 60; y++)
        for (int x = 20; x < 100; x++)
            memcpy(letters->data + (gsize)y * letters->stride + x * 3,
                   x % 7 < 3 ? (guint8[]){230, 20, 20} : (guint8[]){20, 20, 230}, 3);
    g_autoptr(GBytes) half = encoded(soft, FG_FORMAT_JPEG, FG_CHROMA_AUTO, FALSE);
    g_autoptr(GBytes) full = encoded(letters, FG_FORMAT_JPEG, FG_CHROMA_AUTO, FALSE);
    g_autofree char *half_path = spilled(half, "a.jpg"), *full_path = spilled(full, "b.jpg");
    g_autofree char *half_chroma = tag(half_path, "-YCbCrSubSampling");
    g_autofree char *full_chroma = tag(full_path, "-YCbCrSubSampling");
    assert_string_equal(half_chroma, "YCbCr4:2:0 (2 2)");
    assert_string_equal(full_chroma, "YCbCr4:4:4 (1 1)");
}

static void
what_is_too_large_for_webp_is_an_error(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = fg_raster_new(20000, 1, 3);
    FgEncoding encoding = {FG_FORMAT_WEBP, 80, -1, FG_CHROMA_AUTO, FALSE};
    g_autoptr(GError) error = NULL;
    assert_null(fg_encode(raster, &encoding, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_ENCODE));
}

static void
a_format_that_is_not_written_is_an_error(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = picture(3);
    FgEncoding encoding = {FG_FORMAT_HEIC, 80, -1, FG_CHROMA_AUTO, FALSE};
    g_autoptr(GError) error = NULL;
    assert_null(fg_encode(raster, &encoding, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_ENCODE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_is_the_same_twice),
        cmocka_unit_test(every_format_is_read_back_by_its_own_reader),
        cmocka_unit_test(djpeg_reads_the_jpeg),
        cmocka_unit_test(a_jpeg_holds_jfif_at_72_dpi_and_no_other_segment_of_data),
        cmocka_unit_test(dwebp_reads_the_webp),
        cmocka_unit_test(a_webp_keeps_its_alpha_exactly),
        cmocka_unit_test(pngcheck_finds_four_kinds_of_chunk),
        cmocka_unit_test(a_png_loses_nothing),
        cmocka_unit_test(heif_convert_reads_the_avif_and_its_colours_are_named),
        cmocka_unit_test(an_avif_keeps_its_alpha),
        cmocka_unit_test(effort_reaches_the_encoders),
        cmocka_unit_test(soft_colours_get_half_chroma_and_red_letters_on_blue_full),
        cmocka_unit_test(what_is_too_large_for_webp_is_an_error),
        cmocka_unit_test(a_format_that_is_not_written_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
