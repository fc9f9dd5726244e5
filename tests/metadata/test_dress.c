/* Our blocks in files of all four formats, judged by exiftool and the formats' own tools. */
#include "metadata/stating.h"

static const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};

static FgOwnedDress *
dress_of(const FgRights *rights, const FgFacts *facts, FgFormat format)
{
    const FgStatement statement = statement_of(rights, facts, format);
    g_autoptr(GError) error = NULL;
    FgOwnedDress *owned = fg_metadata_dress(&statement, &error);
    assert_null(error);
    return owned;
}

/* A finished file; the caller frees the path. */
static char *
spill(const FgRights *rights, const FgFacts *facts, FgFormat format)
{
    g_autoptr(FgOwnedDress) owned = dress_of(rights, facts, format);
    g_autoptr(GBytes) naked = naked_picture(format);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) file = fg_container_dress(naked, format, &owned->dress, &error);
    assert_null(error);
    g_autofree char *folder = fg_scratch();
    g_autofree char *name = g_strconcat("photo.", fg_format_extension(format), NULL);
    char *path = g_build_filename(folder, name, NULL);
    fg_spill(path, file);
    return path;
}

static void
each_format_gets_the_carriers_it_has(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(FgOwnedDress) owned = dress_of(rights, NULL, formats[i]);
        assert_non_null(owned->dress.exif);
        assert_non_null(owned->dress.xmp);
        assert_null(owned->dress.icc);
        assert_int_equal(owned->dress.irb != NULL, formats[i] == FG_FORMAT_JPEG);
        assert_int_equal(owned->dress.texts != NULL, formats[i] == FG_FORMAT_PNG);
    }
}

static void
exiftool_reads_the_same_rights_from_every_format(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *path = spill(rights, facts, formats[i]);
        g_autoptr(FgJson) said = read_by_exiftool(path);
        assert_said(said, "IFD0:Copyright", rights->copyright);
        assert_said(said, "XMP-dc:Rights", rights->copyright);
        assert_said(said, "XMP-dc:Description", facts->caption);
        assert_said(said, "XMP-xmpRights:WebStatement", rights->web_statement);
        assert_said(said, "ExifIFD:LensModel", facts->lens);
        assert_int_equal(fg_json_get_integer(said, "IFD0:Orientation", 0), 1);
        assert_null(fg_json_get(said, "ExifTool:Warning"));
        assert_null(fg_json_get(said, "ExifTool:Error"));
    }
}

static void
exiftool_validates_every_format(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *path = spill(rights, facts, formats[i]);
        assert_validates(path);
    }
}

/* No place, serial number, maker note or thumbnail: only groups and tags of ours. */
static void
exiftool_finds_no_group_that_is_not_ours(void **state)
{
    (void)state;
    static const char *const ours[] = {
        "SourceFile",   "ExifTool:", "System:",        "File:",          "JFIF:",      "PNG:",
        "PNG-pHYs:",    "RIFF:",     "Meta:",          "QuickTime:",     "Composite:", "IFD0:",
        "ExifIFD:",     "XMP-dc:",   "XMP-photoshop:", "XMP-xmpRights:", "XMP-plus:",  "XMP-iptcCore:",
        "XMP-iptcExt:", "IPTC:",     "Photoshop:",     "IPTC2:",
    };
    g_autoptr(FgRights) rights = full_rights();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *path = spill(rights, NULL, formats[i]);
        g_autoptr(FgJson) said = read_by_exiftool(path);
        const char *key;
        FgJson *value;
        for (void *at = NULL; (at = fg_json_next(said, at, &key, &value));) {
            gboolean known = FALSE;
            for (guint k = 0; k < G_N_ELEMENTS(ours) && !known; k++)
                known = g_str_has_prefix(key, ours[k]);
            if (!known)
                fail_msg("%s in %s", key, path);
        }
    }
}

static void
a_png_shows_its_notice_to_programs_that_know_only_png(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autofree char *path = spill(rights, NULL, FG_FORMAT_PNG);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_said(said, "PNG:Copyright", rights->copyright);
    assert_said(said, "PNG:Author", "Christian Allegret; \"Zoé; Studio \"\"Z\"\"\"");
}

static void
a_tool_of_each_format_finds_it_sound(void **state)
{
    (void)state;
    static const char *const tools[][2] = {
        {"djpeg", "-fast"}, {"pngcheck", "-q"}, {"webpinfo", "-quiet"}, {"heif-info", "-d"}};
    g_autoptr(FgRights) rights = full_rights();
    guint asked = 0;
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *path = spill(rights, NULL, formats[i]);
        int status;
        g_autofree char *output = fg_witness(&status, tools[i][0], tools[i][1], path, NULL);
        if (status == 127)
            continue;
        if (status != 0)
            fail_msg("%s: %s", tools[i][0], output);
        asked++;
    }
    if (asked == 0)
        skip();
}

static void
the_same_statement_gives_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *one = spill(rights, facts, formats[i]);
        g_autofree char *two = spill(rights, facts, formats[i]);
        g_autoptr(GBytes) first = fg_slurp(one);
        g_autoptr(GBytes) second = fg_slurp(two);
        assert_true(g_bytes_equal(first, second));
    }
}

static void
rights_that_state_nothing_give_no_png_text(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = fg_rights_new();
    g_autoptr(FgOwnedDress) owned = dress_of(rights, NULL, FG_FORMAT_PNG);
    assert_null(owned->dress.texts);
}

static void
what_does_not_fit_one_format_fits_none(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->caption = g_strnfill(66000, 'x');
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        const FgStatement statement = statement_of(rights, facts, formats[i]);
        g_autoptr(GError) error = NULL;
        assert_null(fg_metadata_dress(&statement, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_OVERSIZE));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_format_gets_the_carriers_it_has),
        cmocka_unit_test(exiftool_reads_the_same_rights_from_every_format),
        cmocka_unit_test(exiftool_validates_every_format),
        cmocka_unit_test(exiftool_finds_no_group_that_is_not_ours),
        cmocka_unit_test(a_png_shows_its_notice_to_programs_that_know_only_png),
        cmocka_unit_test(a_tool_of_each_format_finds_it_sound),
        cmocka_unit_test(the_same_statement_gives_the_same_bytes),
        cmocka_unit_test(rights_that_state_nothing_give_no_png_text),
        cmocka_unit_test(what_does_not_fit_one_format_fits_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
