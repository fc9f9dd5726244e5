/* What exif_build.c writes, read by exiftool and exiv2. */
#include "metadata/stating.h"

#include <locale.h>

static GBytes *
build(const FgRights *rights, const FgFacts *facts, FgFormat format)
{
    const FgStatement statement = statement_of(rights, facts, format);
    g_autoptr(GError) error = NULL;
    GBytes *exif = fg_exif_build(&statement, &error);
    assert_null(error);
    return exif;
}

static void
the_canonical_block_has_272_bytes(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autoptr(GBytes) exif = build(rights, NULL, FG_FORMAT_JPEG);
    assert_int_equal(g_bytes_get_size(exif), 272);
}

static void
exiftool_reads_every_tag_back(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    g_autoptr(GBytes) exif = build(rights, facts, FG_FORMAT_JPEG);
    g_autofree char *path = spill_jpeg(exif, NULL, NULL);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_said(said, "IFD0:Copyright", "© 2026 Christian Allegret. Tous droits réservés.");
    assert_said(said, "IFD0:Artist", "Christian Allegret; \"Zoé; Studio \"\"Z\"\"\"");
    assert_said(said, "IFD0:ImageDescription", "Vue du col, \"au petit matin\"");
    assert_said(said, "IFD0:Make", "Fujifilm");
    assert_said(said, "IFD0:Model", "X-T5");
    assert_said(said, "ExifIFD:LensModel", "XF 16-55 f/2.8");
    assert_said(said, "ExifIFD:DateTimeOriginal", "2026:05:01 06:07:08");
    assert_said(said, "ExifIFD:ExifVersion", "0232");
    assert_int_equal(fg_json_get_integer(said, "ExifIFD:ISO", 0), 400);
    assert_int_equal(fg_json_get_integer(said, "ExifIFD:FocalLength", 0), 35);
    assert_int_equal(fg_json_get_integer(said, "ExifIFD:ColorSpace", 0), 1);
    assert_int_equal(fg_json_get_integer(said, "ExifIFD:ExifImageWidth", 0), NAKED_WIDTH);
    assert_int_equal(fg_json_get_integer(said, "ExifIFD:ExifImageHeight", 0), NAKED_HEIGHT);
    assert_int_equal(fg_json_get_integer(said, "IFD0:Orientation", 0), 1);
    assert_int_equal(fg_json_get_integer(said, "IFD0:YCbCrPositioning", 0), 1);
    assert_validates(path);
}

static void
exiv2_reads_the_exposure_as_it_was(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    g_autoptr(GBytes) exif = build(rights, facts, FG_FORMAT_JPEG);
    g_autofree char *path = spill_jpeg(exif, NULL, NULL);
    int status;
    g_autofree char *output = fg_witness(&status, "exiv2", "-PEkv", path, NULL);
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    static const char *const expected[][2] = {
        {"Exif.Photo.ExposureTime", "1/250"},
        {"Exif.Photo.FNumber", "56/10"},
        {"Exif.Photo.FocalLength", "35/1"},
        {"Exif.Image.Copyright", "© 2026 Christian Allegret. Tous droits réservés."},
    };
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_autofree char *pattern = g_strdup_printf("(?m)^%s +%s$", expected[i][0], expected[i][1]);
        assert_true(g_regex_match_simple(pattern, output, 0, 0));
    }
}

/* Exactly the tags of docs/spec/metadata.md §1.8, and no maker note, thumbnail, GPS or interoperability
 * directory. */
static void
without_kept_facts_there_are_fourteen_tags(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autoptr(GBytes) exif = build(rights, NULL, FG_FORMAT_JPEG);
    g_autofree char *path = spill_jpeg(exif, NULL, NULL);
    int status;
    g_autofree char *output = fg_witness(&status, "exiv2", "-PEk", path, NULL);
    if (status == 127)
        skip();
    g_auto(GStrv) keys = g_strsplit(g_strstrip(output), "\n", -1);
    assert_int_equal(g_strv_length(keys), 14);
    for (guint i = 0; keys[i]; i++)
        assert_true(g_str_has_prefix(keys[i], "Exif.Image.") || g_str_has_prefix(keys[i], "Exif.Photo."));
}

static void
only_jpeg_says_where_its_chroma_lies(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autoptr(GBytes) jpeg = build(rights, NULL, FG_FORMAT_JPEG);
    static const FgFormat others[] = {FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GBytes) other = build(rights, NULL, others[i]);
        assert_int_equal(g_bytes_get_size(jpeg) - g_bytes_get_size(other), 12);
    }
}

static void
a_day_or_a_year_invents_no_time(void **state)
{
    (void)state;
    static const guint groups[] = {FG_KEEP_DAY, FG_KEEP_YEAR, 0};
    g_autoptr(FgRights) rights = reference_rights();
    g_autoptr(FgFacts) facts = full_facts();
    for (guint i = 0; i < G_N_ELEMENTS(groups); i++) {
        g_autoptr(FgFacts) kept = fg_facts_kept(facts, groups[i]);
        g_autoptr(GBytes) exif = build(rights, kept, FG_FORMAT_JPEG);
        assert_int_equal(g_bytes_get_size(exif), 272);
    }
}

static void
a_date_that_is_none_is_not_written(void **state)
{
    (void)state;
    static const char *const dates[] = {"0000-00-00T00:00:00", "2026-13-01T00:00:00", "2026-05-01T25:00:00",
                                        "2026-02-30T00:00:00", "2026:05:01 06:07:08"};
    g_autoptr(FgRights) rights = reference_rights();
    for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autoptr(FgFacts) facts = fg_facts_new();
        g_strlcpy(facts->date, dates[i], sizeof facts->date);
        g_autoptr(GBytes) exif = build(rights, facts, FG_FORMAT_JPEG);
        assert_int_equal(g_bytes_get_size(exif), 272);
    }
}

static void
a_speed_beyond_a_short_is_said_as_its_largest(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->iso = 102400;
    g_autoptr(GBytes) exif = build(rights, facts, FG_FORMAT_JPEG);
    g_autofree char *path = spill_jpeg(exif, NULL, NULL);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_int_equal(fg_json_get_integer(said, "ExifIFD:ISO", 0), 65535);
}

static void
the_locale_changes_no_byte(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    g_autoptr(GBytes) before = build(rights, facts, FG_FORMAT_JPEG);
    if (!setlocale(LC_ALL, "fr_FR.UTF-8") && !setlocale(LC_ALL, "de_DE.UTF-8"))
        setlocale(LC_ALL, "");
    g_autoptr(GBytes) after = build(rights, facts, FG_FORMAT_JPEG);
    setlocale(LC_ALL, "C");
    assert_true(g_bytes_equal(before, after));
}

static void
a_caption_beyond_a_segment_is_refused(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    static const gsize lengths[] = {65400, 70000};
    for (guint i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autoptr(FgFacts) facts = fg_facts_new();
        facts->caption = g_strnfill(lengths[i], 'x');
        const FgStatement statement = statement_of(rights, facts, FG_FORMAT_JPEG);
        g_autoptr(GError) error = NULL;
        assert_null(fg_exif_build(&statement, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_OVERSIZE));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_canonical_block_has_272_bytes),
        cmocka_unit_test(exiftool_reads_every_tag_back),
        cmocka_unit_test(exiv2_reads_the_exposure_as_it_was),
        cmocka_unit_test(without_kept_facts_there_are_fourteen_tags),
        cmocka_unit_test(only_jpeg_says_where_its_chroma_lies),
        cmocka_unit_test(a_day_or_a_year_invents_no_time),
        cmocka_unit_test(a_date_that_is_none_is_not_written),
        cmocka_unit_test(a_speed_beyond_a_short_is_said_as_its_largest),
        cmocka_unit_test(the_locale_changes_no_byte),
        cmocka_unit_test(a_caption_beyond_a_segment_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
