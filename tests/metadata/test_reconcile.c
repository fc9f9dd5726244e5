#include "metadata/blocks.h"

#define LONG_NAME "Maximilienne de la Chartreuse et du Grand Som"

typedef enum { NO_DIGEST, GOOD_DIGEST, OLD_DIGEST } Digest;

/* A JPEG whose three carriers say what they are given; NULL: nothing. */
static FgMetadata *
read_three(const char *exif, const char *iim, const char *xmp, guint8 dataset, guint16 tag,
           const char *property, Digest digest)
{
    FgContainer *container = bare_container(FG_FORMAT_JPEG);
    if (exif) {
        const Entry entries[] = {{tag, 2, (guint32)strlen(exif) + 1, exif, (guint32)strlen(exif) + 1}};
        const Ifd ifds[] = {IFD(entries)};
        add_part(container, FG_PART_EXIF, NULL, tiff_block(FALSE, ifds, 1, 0));
    }
    if (iim) {
        GByteArray *sets = g_byte_array_new(), *irb = g_byte_array_new();
        put_dataset(sets, 1, 90, "\x1b%G", 3);
        put_dataset(sets, 2, dataset, iim, strlen(iim));
        guint8 sum[16];
        fg_md5(sets->data, sets->len, sum);
        sum[0] ^= digest == OLD_DIGEST;
        g_autoptr(GBytes) block = g_byte_array_free_to_bytes(sets);
        g_autoptr(GBytes) stored = g_bytes_new(sum, sizeof sum);
        put_resource(irb, 0x0404, block);
        if (digest != NO_DIGEST)
            put_resource(irb, 0x0425, stored);
        add_part(container, FG_PART_IRB, NULL, g_byte_array_free_to_bytes(irb));
    }
    if (xmp) {
        g_autofree char *inner = g_strdup_printf("<%s>%s</%s>", property, xmp, property);
        add_part(container, FG_PART_XMP, NULL, packet("", inner));
    }
    FgMetadata *metadata = fg_metadata_read(container);
    free_bare(container);
    return metadata;
}

static FgMetadata *
read_notices(const char *exif, const char *iim, const char *xmp, Digest digest)
{
    return read_three(exif, iim, xmp, 116, 0x8298, "dc:rights", digest);
}

static void
exif_wins_where_it_speaks(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata = read_notices("© E", "© I", "© X", GOOD_DIGEST);
    assert_string_equal(metadata->rights->copyright, "© E");
    assert_non_null(find(metadata, "copyright.conflict"));
}

static void
xmp_wins_over_an_untouched_iptc_block(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) untouched = read_notices(NULL, "© I", "© X", GOOD_DIGEST);
    assert_string_equal(untouched->rights->copyright, "© X");
    g_autoptr(FgMetadata) unknown = read_notices(NULL, "© I", "© X", NO_DIGEST);
    assert_string_equal(unknown->rights->copyright, "© X");
    g_autoptr(FgMetadata) touched = read_notices(NULL, "© I", "© X", OLD_DIGEST);
    assert_string_equal(touched->rights->copyright, "© I");
    assert_non_null(find(touched, "iptc.digest-mismatch"));
}

static void
a_truncated_iptc_text_does_not_win(void **state)
{
    (void)state;
    g_autoptr(GString) whole = g_string_new("© 2026 ");
    while (whole->len < 200)
        g_string_append(whole, "Jane Example and all her heirs, ");
    g_autofree char *cut = fg_text_cut(whole->str, 128);
    g_autoptr(FgMetadata) metadata = read_notices(NULL, cut, whole->str, OLD_DIGEST);
    g_autofree char *trimmed = fg_text_trimmed(whole->str);
    assert_string_equal(metadata->rights->copyright, trimmed);
    assert_non_null(find(metadata, "copyright.truncated"));
    assert_null(find(metadata, "copyright.conflict"));
}

static void
the_same_notice_in_other_words_agrees(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata = read_notices("(c) 2026 Jane Example", "Copyright 2026  JANE example",
                                                  "© 2026 Jane Example.", NO_DIGEST);
    assert_null(find(metadata, "copyright.conflict"));
    assert_null(find(metadata, "copyright.partial"));
    assert_null(find(metadata, "copyright.missing"));
}

static void
a_carrier_without_a_notice_is_told(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata = read_notices(NULL, "© Jane", "© Jane", NO_DIGEST);
    assert_string_equal(where_of(metadata, "copyright.partial"), "exif:IFD0/0x8298");
    g_autoptr(FgMetadata) none = read_notices(NULL, NULL, NULL, NO_DIGEST);
    assert_non_null(find(none, "copyright.missing"));
    assert_null(find(none, "copyright.partial"));
}

static void
creators_may_be_cut_by_iptc_but_not_differ(void **state)
{
    (void)state;
    g_autofree char *cut = fg_text_cut(LONG_NAME, 32);
    g_autoptr(FgMetadata) same = read_three(LONG_NAME, cut, LONG_NAME, 80, 0x013b, "dc:creator", NO_DIGEST);
    assert_null(find(same, "creator.conflict"));
    g_autoptr(FgMetadata) other = read_three("Jane", "John", "Jane", 80, 0x013b, "dc:creator", NO_DIGEST);
    assert_string_equal(where_of(other, "creator.conflict"), "iptc:2:80");
    g_autoptr(FgMetadata) accents =
        read_three("Elodie DESPRES", NULL, "Élodie Desprès", 80, 0x013b, "dc:creator", NO_DIGEST);
    assert_null(find(accents, "creator.conflict"));
}

static void
placeholders_are_told(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) stock = read_notices(NULL, NULL, "Copyright", NO_DIGEST);
    assert_non_null(find(stock, "copyright.placeholder"));
    g_autoptr(FgMetadata) nobody = read_notices(NULL, NULL, "© 2020. All rights reserved.", NO_DIGEST);
    assert_non_null(find(nobody, "copyright.no-owner-name"));
}

/* Whether a notice of 2021 counts as later than what a JPEG states in its carriers; NULL: no such carrier. */
static gboolean
is_later(guint16 tag, const char *exif, guint8 dataset, const char *iim, const char *xmp)
{
    g_autofree char *notice = g_strconcat("<dc:rights>© 2021 Jane, 12345</dc:rights>", xmp, NULL);
    FgContainer *container = bare_container(FG_FORMAT_JPEG);
    if (exif) {
        const Entry entries[] = {{tag, 2, (guint32)strlen(exif) + 1, exif, (guint32)strlen(exif) + 1}};
        const Ifd ifds[] = {IFD(entries)};
        add_part(container, FG_PART_EXIF, NULL, tiff_block(FALSE, ifds, 1, 0));
    }
    if (iim) {
        GByteArray *sets = g_byte_array_new(), *irb = g_byte_array_new();
        put_dataset(sets, 2, dataset, iim, strlen(iim));
        g_autoptr(GBytes) block = g_byte_array_free_to_bytes(sets);
        put_resource(irb, 0x0404, block);
        add_part(container, FG_PART_IRB, NULL, g_byte_array_free_to_bytes(irb));
    }
    add_part(container, FG_PART_XMP, NULL, packet("", notice));
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    free_bare(container);
    const FgFinding *finding = find(metadata, "copyright.year-future");
    if (finding)
        assert_string_equal(finding->message,
                            "The year of the copyright notice lies after the photo's own dates.");
    return finding != NULL;
}

static void
a_notice_later_than_every_date_of_the_file_is_told(void **state)
{
    (void)state;
    assert_false(is_later(0, NULL, 0, NULL, NULL));
    assert_true(is_later(0x9003, "2020:05:01 10:11:12", 0, NULL, NULL));
    assert_true(is_later(0x0132, "2020:05:01 10:11:12", 0, NULL, NULL));
    assert_false(is_later(0x9004, "2021:01:01 00:00:00", 0, NULL, NULL));
    assert_false(is_later(0x9003, "0000:00:00 00:00:00", 0, NULL, NULL));
    assert_true(is_later(0, NULL, 55, "20201231", NULL));
    assert_false(is_later(0, NULL, 62, "20210101", NULL));
    assert_true(is_later(0, NULL, 0, NULL, "<photoshop:DateCreated>2020</photoshop:DateCreated>"));
}

static void
the_latest_date_of_the_file_counts_not_those_of_others(void **state)
{
    (void)state;
    static const char *const own[] = {"xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate",
                                      "exif:DateTimeDigitized"};
    for (guint i = 0; i < G_N_ELEMENTS(own); i++) {
        g_autofree char *later = g_strdup_printf("<%s>2021-01-01T00:00:00Z</%s>", own[i], own[i]);
        assert_false(is_later(0x9003, "2019:05:01 10:11:12", 55, "20200101", later));
    }
    static const char history[] = "<xmpMM:DerivedFrom rdf:parseType='Resource'>"
                                  "<xmp:ModifyDate>2030-01-01</xmp:ModifyDate></xmpMM:DerivedFrom>";
    assert_true(is_later(0x9003, "2020:05:01 10:11:12", 0, NULL, history));
}

static void
text_decoded_twice_is_told(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata = read_notices(NULL, NULL, "Â© 2020 Ã‰lodie Ã©", NO_DIGEST);
    assert_non_null(find(metadata, "encoding.mojibake"));
    g_autoptr(FgMetadata) sound = read_notices(NULL, NULL, "© 2020 Élodie Â", NO_DIGEST);
    assert_null(find(sound, "encoding.mojibake"));
}

static void
what_a_generator_made_stays_told(void **state)
{
    (void)state;
    static const char *const schemes[] = {"http", "https"};
    for (guint i = 0; i < G_N_ELEMENTS(schemes); i++) {
        g_autofree char *attribute =
            g_strdup_printf("Iptc4xmpExt:DigitalSourceType=\"%s://cv.iptc.org/newscodes/"
                            "digitalsourcetype/trainedAlgorithmicMedia\"",
                            schemes[i]);
        g_autoptr(FgMetadata) metadata = read_block(FG_FORMAT_PNG, FG_PART_XMP, packet(attribute, ""));
        assert_string_equal(metadata->facts->digital_source, "trainedAlgorithmicMedia");
        assert_non_null(find(metadata, "ai.source-type"));
    }
}

static void
dates_are_read_in_every_form(void **state)
{
    (void)state;
    const struct {
        const char *text, *date;
    } cases[] = {
        {"2026:05:01 10:11:12", "2026-05-01T10:11:12"},
        {"2026-05-01T10:11:12.345+02:00", "2026-05-01T10:11:12"},
        {"2026-05-01T10:11Z", "2026-05-01T10:11:00"},
        {"20260501T101112", "2026-05-01T10:11:12"},
        {"2026-05-01", "2026-05-01"},
        {"2026-05", "2026"},
        {"2026", "2026"},
        {"20260000", "2026"},
        {"2026:05:01 99:99:99", "2026-05-01"},
        {"0000:00:00 00:00:00", ""},
        {"    :  :     :  :  ", ""},
        {"", ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        char date[20];
        assert_int_equal(fg_date_parse(cases[i].text, date), cases[i].date[0] != '\0');
        assert_string_equal(date, cases[i].date);
    }
}

static void
coordinates_in_a_text_are_known_from_other_numbers(void **state)
{
    (void)state;
    static const char *const places[] = {
        "45.1234, 5.7123",    "lat=41.140891 lon=17.596853", "taken at -33.85678,151.21530 by me",
        "+41.1408+017.5968/", "43°49'12\"N 5°30'E",          "N 43° 49.123' W",
    };
    static const char *const others[] = {
        "",
        "f/2.8, 1.2500, 400",
        "0.3119, 0.2085, 0.1130",
        "200.1234, 5.7123",
        "12345.6789, 1.2345",
        "20° Celsius",
        "version 45.1234",
        "1.5000 then many words and after 2.5000",
        "192.168.1234.5678",
    };
    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
        if (!fg_text_has_coordinates(places[i]))
            fail_msg("%s is a place", places[i]);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (fg_text_has_coordinates(others[i]))
            fail_msg("%s is no place", others[i]);
}

static void
a_text_that_spells_coordinates_is_found_and_not_kept(void **state)
{
    (void)state;
    static const char place[] = "lat=45.381234 lon=5.784321", said[] = "Crolles";
    g_autoptr(FgMetadata) exif = read_three(place, NULL, NULL, 120, 0x010e, "dc:description", NO_DIGEST);
    assert_null(exif->facts->caption);
    assert_non_null(find(exif, "location.gps"));
    g_autoptr(FgMetadata) iptc = read_three(NULL, place, NULL, 5, 0x010e, "dc:title", NO_DIGEST);
    assert_null(iptc->facts->title);
    assert_non_null(find(iptc, "location.gps"));
    g_autoptr(FgMetadata) xmp = read_three(NULL, NULL, place, 105, 0x010e, "photoshop:Headline", NO_DIGEST);
    assert_null(xmp->facts->headline);
    assert_non_null(find(xmp, "location.gps"));
    g_autoptr(FgMetadata) fine = read_three(said, NULL, NULL, 120, 0x010e, "dc:description", NO_DIGEST);
    assert_string_equal(fine->facts->caption, said);
}

static void
a_list_loses_only_what_spells_coordinates(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->keywords =
        g_strdupv((char *[]){"45.381234, 5.784321", "alps", "45.381234 N 5.784321 E", "snow", NULL});
    fg_facts_drop_coordinates(facts);
    assert_int_equal(g_strv_length(facts->keywords), 2);
    assert_string_equal(facts->keywords[0], "alps");
    assert_string_equal(facts->keywords[1], "snow");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exif_wins_where_it_speaks),
        cmocka_unit_test(xmp_wins_over_an_untouched_iptc_block),
        cmocka_unit_test(a_truncated_iptc_text_does_not_win),
        cmocka_unit_test(the_same_notice_in_other_words_agrees),
        cmocka_unit_test(a_carrier_without_a_notice_is_told),
        cmocka_unit_test(creators_may_be_cut_by_iptc_but_not_differ),
        cmocka_unit_test(placeholders_are_told),
        cmocka_unit_test(a_notice_later_than_every_date_of_the_file_is_told),
        cmocka_unit_test(the_latest_date_of_the_file_counts_not_those_of_others),
        cmocka_unit_test(text_decoded_twice_is_told),
        cmocka_unit_test(what_a_generator_made_stays_told),
        cmocka_unit_test(dates_are_read_in_every_form),
        cmocka_unit_test(coordinates_in_a_text_are_known_from_other_numbers),
        cmocka_unit_test(a_text_that_spells_coordinates_is_found_and_not_kept),
        cmocka_unit_test(a_list_loses_only_what_spells_coordinates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
