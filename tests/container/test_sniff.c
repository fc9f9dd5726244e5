/* What a file is, by its first bytes. */
#include "container/build.h"

static void
assert_sniff(const void *data, gsize length, FgFormat expected)
{
    assert_string_equal(fg_format_name(fg_sniff(data, length)), fg_format_name(expected));
}

#define SNIFF(literal, format) assert_sniff(literal, sizeof(literal) - 1, format)

static void
photos_are_told_by_their_first_bytes(void **state)
{
    (void)state;
    SNIFF("\xFF\xD8\xFF\xE0\0\x10JFIF", FG_FORMAT_JPEG);
    SNIFF("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", FG_FORMAT_PNG);
    SNIFF("RIFF\x10\0\0\0WEBPVP8 ", FG_FORMAT_WEBP);
    SNIFF("\0\0\0\x1C"
          "ftypavif\0\0\0\0avifmif1miaf",
          FG_FORMAT_AVIF);
    SNIFF("\0\0\0\x1C"
          "ftypmif1\0\0\0\0mif1miafavif",
          FG_FORMAT_AVIF);
    SNIFF("\0\0\0\x18"
          "ftypheic\0\0\0\0mif1heic",
          FG_FORMAT_HEIC);
    SNIFF("\0\0\0\x18"
          "ftypmif1\0\0\0\0mif1heic",
          FG_FORMAT_HEIC);
    SNIFF("\0\0\0\x0CJXL \r\n\x87\n", FG_FORMAT_JXL);
    SNIFF("\xFF\x0A\xFA\x1F", FG_FORMAT_JXL);
    SNIFF("II*\0\x08\0\0\0\0\0", FG_FORMAT_TIFF);
    SNIFF("MM\0*\0\0\0\x08\0\0", FG_FORMAT_TIFF);
    SNIFF("MM\0+\0\x08\0\0", FG_FORMAT_TIFF);
}

static void
other_kinds_are_named_for_the_summary(void **state)
{
    (void)state;
    SNIFF("GIF89a", FG_FORMAT_GIF);
    SNIFF("BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", FG_FORMAT_BMP);
    SNIFF("8BPS\0\1", FG_FORMAT_PSD);
    SNIFF("\0\0\0\x14"
          "ftypisom\0\0\2\0isom",
          FG_FORMAT_VIDEO);
    SNIFF("\0\0\0\x14"
          "ftypqt  \0\0\0\0qt  ",
          FG_FORMAT_VIDEO);
    SNIFF("RIFF\x10\0\0\0"
          "AVI LIST",
          FG_FORMAT_VIDEO);
    SNIFF("%PDF-1.7\n", FG_FORMAT_PDF);
    SNIFF("<svg xmlns=\"http://www.w3.org/2000/svg\">", FG_FORMAT_SVG);
    SNIFF("\xEF\xBB\xBF\n<?xml version=\"1.0\"?>\n<!-- x --><svg>", FG_FORMAT_SVG);
    SNIFF("qoif\0\0\0\x10", FG_FORMAT_OTHER);
}

static void
camera_raw_files_are_no_tiff(void **state)
{
    (void)state;
    SNIFF("II*\0\x10\0\0\0CR\x02\0", FG_FORMAT_RAW);
    SNIFF("\0\0\0\x18"
          "ftypcrx \0\0\0\1crx isom",
          FG_FORMAT_RAW);
    SNIFF("FUJIFILMCCD-RAW 0201", FG_FORMAT_RAW);
    SNIFF("IIRO\x08\0\0\0", FG_FORMAT_RAW);
    SNIFF("IIU\0\x18\0\0\0", FG_FORMAT_RAW);
    /* One entry: DNGVersion; then a thumbnail with sub-directories, as Nikon and Sony begin. */
    SNIFF("II*\0\x08\0\0\0\x01\0\x12\xC6\x01\0\x04\0\0\0\x01\x04\0\0\0\0\0\0", FG_FORMAT_RAW);
    SNIFF("MM\0*\0\0\0\x08\0\x02\0\xFE\0\x04\0\0\0\x01\0\0\0\x01\x01\x4A\0\x04\0\0\0\x02\0\0\0\x40\0\0\0\0",
          FG_FORMAT_RAW);
}

static void
what_is_no_picture_is_unknown(void **state)
{
    (void)state;
    SNIFF("", FG_FORMAT_UNKNOWN);
    SNIFF("\xFF\xD8", FG_FORMAT_UNKNOWN);
    SNIFF("hello, world", FG_FORMAT_UNKNOWN);
    SNIFF("<html><body>", FG_FORMAT_UNKNOWN);
    SNIFF("BMW is no bitmap, whatever its letters", FG_FORMAT_UNKNOWN);
    SNIFF("\0\0\0\x0C"
          "ftyp",
          FG_FORMAT_UNKNOWN);
    SNIFF("RIFF\x10\0\0\0WAVE", FG_FORMAT_UNKNOWN);
}

static void
every_format_has_a_name_that_finds_it_again(void **state)
{
    (void)state;
    for (guint i = FG_FORMAT_UNKNOWN + 1; i < FG_N_FORMATS; i++)
        assert_int_equal(fg_format_from_name(fg_format_name((FgFormat)i)), i);
    assert_int_equal(fg_format_from_name("jpg"), FG_FORMAT_UNKNOWN);
    assert_string_equal(fg_format_extension(FG_FORMAT_JPEG), "jpg");
    assert_string_equal(fg_format_title(FG_FORMAT_RAW), "RAW");
    assert_true(fg_format_is_photo(FG_FORMAT_HEIC));
    assert_true(fg_format_is_photo(FG_FORMAT_JXL));
    assert_false(fg_format_is_photo(FG_FORMAT_RAW));
}

static void
what_is_written_has_all_that_its_table_asks_for(void **state)
{
    (void)state;
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = FG_FORMAT_UNKNOWN; i < FG_N_FORMATS; i++) {
        const FgFormatTraits *format = fg_format_traits((FgFormat)i);
        assert_true(format->name && format->title && format->extension);
        assert_true(!format->written || format->read);
        assert_true(!format->lossy || format->written);
        assert_true(!format->source || format->mime);
        assert_true(!format->shown || format->mime);
        assert_true(!format->photo || format->read);
        if (format->written)
            g_string_append_printf(names, "|%s", format->name);
    }
    assert_string_equal(names->str, fg_format_words);
    assert_string_equal(fg_format_traits(FG_FORMAT_WEBP)->mime, "image/webp");
    assert_int_equal(fg_format_traits(FG_FORMAT_WEBP)->largest_side, 16383);
}

static void
a_photo_is_known_by_each_of_its_endings(void **state)
{
    (void)state;
    static const char *const names[] = {"a.jpg",  "a.JPEG", "a.jpe",  "a.jfif", "a.jif", "a.png",  "a.webp",
                                        "a.avif", "a.heic", "a.heif", "a.hif",  "a.tif", "a.TIFF", "a.jxl"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        assert_true(fg_sniff_photo(names[i], "pointer", 7));
    assert_false(fg_sniff_photo("a.jpegs", "pointer", 7));
    assert_false(fg_sniff_photo("a.gif", "pointer", 7));
    assert_false(fg_sniff_photo("jpeg", "pointer", 7));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(photos_are_told_by_their_first_bytes),
        cmocka_unit_test(other_kinds_are_named_for_the_summary),
        cmocka_unit_test(camera_raw_files_are_no_tiff),
        cmocka_unit_test(what_is_no_picture_is_unknown),
        cmocka_unit_test(every_format_has_a_name_that_finds_it_again),
        cmocka_unit_test(what_is_written_has_all_that_its_table_asks_for),
        cmocka_unit_test(a_photo_is_known_by_each_of_its_endings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
