/* What iptc_build.c writes, read by exiftool and exiv2. */
#include "metadata/stating.h"

static GBytes *
build(const FgRights *rights, const FgFacts *facts)
{
    const FgStatement statement = statement_of(rights, facts, FG_FORMAT_JPEG);
    g_autoptr(GError) error = NULL;
    GBytes *irb = fg_iptc_build(&statement, &error);
    assert_null(error);
    return irb;
}

static char *
spill(const FgRights *rights, const FgFacts *facts)
{
    g_autoptr(GBytes) irb = build(rights, facts);
    return spill_jpeg(NULL, NULL, irb);
}

static void
exiftool_reads_every_dataset_back(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    g_autofree char *path = spill(rights, facts);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_said(said, "IPTC:ObjectName", "La dent de Crolles");
    assert_said(said, "IPTC:Headline", "Neige tardive");
    assert_said(said, "IPTC:Caption-Abstract", "Vue du col, \"au petit matin\"");
    assert_said(said, "IPTC:By-lineTitle", "Photographe");
    assert_said(said, "IPTC:Credit", "Photo Allegret");
    assert_said(said, "IPTC:Source", "Fonds Allegret");
    assert_said(said, "IPTC:SpecialInstructions", "Ne pas recadrer <sans> accord & avis");
    assert_said(said, "IPTC:CopyrightNotice", "© 2026 Christian Allegret. Tous droits réservés.");
    assert_said(said, "IPTC:DateCreated", "2026:05:01");
    assert_int_equal(fg_json_get_integer(said, "Photoshop:CopyrightFlag", 0), 1);
    FgJson *keywords = fg_json_get(said, "IPTC:Keywords");
    assert_int_equal(fg_json_length(keywords), 2);
    assert_string_equal(fg_json_string_value(fg_json_at(keywords, 1)), "neige");
    FgJson *by_lines = fg_json_get(said, "IPTC:By-line");
    assert_int_equal(fg_json_length(by_lines), 2);
    assert_string_equal(fg_json_string_value(fg_json_at(by_lines, 1)), "Zoé; Studio \"Z\"");
    assert_validates(path);
}

/* A place, a time, a job number or a third person's name are in no dataset of ours. */
static void
nothing_else_is_in_the_block(void **state)
{
    (void)state;
    static const char *const allowed[] = {
        "Envelope.ModelVersion",    "Envelope.CharacterSet", "Application2.RecordVersion",
        "Application2.ObjectName",  "Application2.Keywords", "Application2.SpecialInstructions",
        "Application2.DateCreated", "Application2.Byline",   "Application2.BylineTitle",
        "Application2.Headline",    "Application2.Credit",   "Application2.Source",
        "Application2.Copyright",   "Application2.Caption",  NULL,
    };
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    g_autofree char *path = spill(rights, facts);
    int status;
    g_autofree char *output = fg_witness(&status, "exiv2", "-PIk", path, NULL);
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    g_auto(GStrv) keys = g_strsplit(g_strstrip(output), "\n", -1);
    assert_int_equal(g_strv_length(keys), 16);
    for (guint i = 0; keys[i]; i++) {
        const char *key = g_strstrip(keys[i]);
        assert_true(g_str_has_prefix(key, "Iptc."));
        assert_true(g_strv_contains(allowed, key + strlen("Iptc.")));
    }
}

static void
the_digest_is_that_of_the_block(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autofree char *path = spill(rights, NULL);
    int status;
    g_autofree char *output = fg_witness(&status, "exiftool", "-s3", "-Photoshop:IPTCDigest",
                                         "-File:CurrentIPTCDigest", path, NULL);
    if (status == 127)
        skip();
    g_auto(GStrv) lines = g_strsplit(g_strstrip(output), "\n", -1);
    assert_int_equal(g_strv_length(lines), 2);
    assert_int_equal(strlen(lines[0]), 32);
    assert_string_equal(lines[0], lines[1]);
}

static void
a_value_is_cut_at_a_character_within_its_limit(void **state)
{
    (void)state;
    /* Thirty-one bytes and then a letter of two, where 32 are allowed. */
    g_autoptr(FgRights) rights = reference_rights();
    rights->credit = g_strdup("0123456789012345678901234567890éa");
    g_autofree char *path = spill(rights, NULL);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_said(said, "IPTC:Credit", "0123456789012345678901234567890");
    assert_validates(path);
}

static void
a_year_alone_gives_no_date(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autoptr(FgFacts) facts = full_facts();
    g_autoptr(FgFacts) kept = fg_facts_kept(facts, FG_KEEP_YEAR);
    g_autoptr(GBytes) with_year = build(rights, kept);
    g_autoptr(GBytes) without = build(rights, NULL);
    assert_true(g_bytes_equal(with_year, without));
}

static void
a_photo_without_notice_carries_no_flag(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = fg_rights_new();
    g_autofree char *path = spill(rights, NULL);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_null(fg_json_get(said, "Photoshop:CopyrightFlag"));
    assert_null(fg_json_get(said, "IPTC:CopyrightNotice"));
}

static void
too_many_keywords_are_refused(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->keywords = g_new0(char *, 2001);
    for (guint i = 0; i < 2000; i++)
        facts->keywords[i] = g_strnfill(60, 'k');
    const FgStatement statement = statement_of(rights, facts, FG_FORMAT_JPEG);
    g_autoptr(GError) error = NULL;
    assert_null(fg_iptc_build(&statement, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_OVERSIZE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exiftool_reads_every_dataset_back),
        cmocka_unit_test(nothing_else_is_in_the_block),
        cmocka_unit_test(the_digest_is_that_of_the_block),
        cmocka_unit_test(a_value_is_cut_at_a_character_within_its_limit),
        cmocka_unit_test(a_year_alone_gives_no_date),
        cmocka_unit_test(a_photo_without_notice_carries_no_flag),
        cmocka_unit_test(too_many_keywords_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
