#include "metadata/blocks.h"

#define UTF8_DECLARED "\x1b%G"

typedef struct {
    guint8 record, number;
    const char *text;
} Said;

static GBytes *
iim_of(const Said *said, guint count)
{
    GByteArray *out = g_byte_array_new();
    for (guint i = 0; i < count; i++)
        put_dataset(out, said[i].record, said[i].number, said[i].text, strlen(said[i].text));
    return g_byte_array_free_to_bytes(out);
}

static FgMetadata *
read_iim(const Said *said, guint count)
{
    return read_block(FG_FORMAT_TIFF, FG_PART_IIM, iim_of(said, count));
}

static FgMetadata *
read_bytes(const char *bytes, gsize length)
{
    return read_block(FG_FORMAT_TIFF, FG_PART_IIM, g_bytes_new_static(bytes, length));
}

static void
declared_utf8_is_read(void **state)
{
    (void)state;
    const Said said[] = {{1, 90, UTF8_DECLARED},
                         {2, 80, "Élodie"},
                         {2, 80, "Zoé"},
                         {2, 116, "© 2026 Élodie"},
                         {2, 110, "Photo Élodie"}};
    g_autoptr(FgMetadata) metadata = read_iim(said, G_N_ELEMENTS(said));
    assert_string_equal(metadata->iptc.notice, "© 2026 Élodie");
    assert_string_equal(metadata->iptc.creators[1], "Zoé");
    assert_string_equal(metadata->iptc.credit, "Photo Élodie");
    assert_null(find(metadata, "encoding.iim-undeclared-utf8"));
}

static void
undeclared_utf8_is_read_and_told(void **state)
{
    (void)state;
    const Said said[] = {{2, 116, "© 2026 Élodie"}};
    g_autoptr(FgMetadata) metadata = read_iim(said, 1);
    assert_string_equal(metadata->iptc.notice, "© 2026 Élodie");
    assert_string_equal(where_of(metadata, "encoding.iim-undeclared-utf8"), "iptc:2:116");
}

static void
latin1_without_a_declaration_is_read(void **state)
{
    (void)state;
    const Said said[] = {{2, 116, "\xa9 2026 \xc9lodie"}};
    g_autoptr(FgMetadata) metadata = read_iim(said, 1);
    assert_string_equal(metadata->iptc.notice, "© 2026 Élodie");
    assert_null(find(metadata, "encoding.iim-undeclared-utf8"));
}

static void
extended_lengths_are_followed(void **state)
{
    (void)state;
    static const char bytes[] = "\x1c\2\x74\x80\4\0\0\0\7Example\x1c\2\x5a\0\5Paris";
    g_autoptr(FgMetadata) metadata = read_bytes(bytes, sizeof bytes - 1);
    assert_string_equal(metadata->iptc.notice, "Example");
    assert_string_equal(value_of(metadata, "location.text"), "Paris");
    assert_null(find(metadata, "structure.malformed"));
}

static void
padding_is_no_fault_and_garbage_is(void **state)
{
    (void)state;
    static const char padded[] = "\x1c\2\x50\0\4Jane\0\0\x1c\2\x5a\0\5Paris\0\0\0\0\0\0";
    g_autoptr(FgMetadata) metadata = read_bytes(padded, sizeof padded - 1);
    assert_string_equal(value_of(metadata, "location.text"), "Paris");
    assert_null(find(metadata, "structure.malformed"));
    static const char garbage[] = "\x1c\2\x50\0\4Jane??\x1c\2\x5a\0\5Paris";
    g_autoptr(FgMetadata) second = read_bytes(garbage, sizeof garbage - 1);
    assert_string_equal(value_of(second, "location.text"), "Paris");
    assert_non_null(find(second, "structure.malformed"));
}

static void
a_length_past_the_end_still_gives_what_is_there(void **state)
{
    (void)state;
    static const char bytes[] = "\x1c\2\x5a\x7f\xffParis";
    g_autoptr(FgMetadata) metadata = read_bytes(bytes, sizeof bytes - 1);
    assert_string_equal(value_of(metadata, "location.text"), "Paris");
    assert_non_null(find(metadata, "structure.malformed"));
}

static void
swapped_longs_of_tiff_are_turned_round(void **state)
{
    (void)state;
    static const char bytes[] = "\0\x5a\2\x1c"
                                "raP\5"
                                "\0\0si";
    g_autoptr(FgMetadata) metadata = read_bytes(bytes, sizeof bytes - 1);
    assert_string_equal(value_of(metadata, "location.text"), "Paris");
}

static void
every_place_and_person_is_found(void **state)
{
    (void)state;
    const Said said[] = {{2, 27, "A"},  {2, 90, "B"},   {2, 92, "C"},  {2, 95, "D"},  {2, 100, "FRA"},
                         {2, 101, "F"}, {2, 103, "J1"}, {2, 118, "H"}, {2, 122, "I"}, {2, 186, "doc"}};
    static const char *const ids[] = {"location.text", "location.text", "location.text", "location.text",
                                      "location.text", "location.text", "workflow.id",   "personal.contact",
                                      "personal.name", "id.document"};
    g_autoptr(FgMetadata) metadata = read_iim(said, G_N_ELEMENTS(said));
    for (guint i = 0; i < G_N_ELEMENTS(said); i++) {
        g_autofree char *where = g_strdup_printf("iptc:%u:%u", said[i].record, said[i].number);
        assert_true(has_personal(metadata, where, said[i].text));
        assert_non_null(find(metadata, ids[i]));
    }
    assert_string_equal(metadata->facts->city, "B");
    assert_string_equal(metadata->facts->country, "F");
}

static void
date_and_time_are_put_together(void **state)
{
    (void)state;
    const Said said[] = {{2, 55, "20260501"}, {2, 60, "101112+0200"}};
    g_autoptr(FgMetadata) metadata = read_iim(said, 2);
    assert_string_equal(metadata->facts->date, "2026-05-01T10:11:12");
    assert_non_null(find(metadata, "time.precise"));
    assert_non_null(find(metadata, "time.zone"));
    g_autoptr(FgMetadata) day = read_iim(said, 1);
    assert_string_equal(day->facts->date, "2026-05-01");
    assert_null(find(day, "time.precise"));
}

static FgMetadata *
read_irb(guint16 id, GBytes *taken)
{
    GByteArray *out = g_byte_array_new();
    put_resource(out, id, taken);
    g_bytes_unref(taken);
    return read_block(FG_FORMAT_JPEG, FG_PART_IRB, g_byte_array_free_to_bytes(out));
}

static void
a_photoshop_thumbnail_is_found(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata = read_irb(0x040c, g_bytes_new_take(g_malloc0(40), 40));
    assert_string_equal(where_of(metadata, "preview.embedded"), "iptc:IRB/0x040C");
}

static void
copies_of_exif_and_xmp_in_resources_are_searched(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) exif = read_irb(0x0422, gps_block(TRUE));
    assert_string_equal(where_of(exif, "location.gps"), "iptc:IRB/0x0422/GPS/0x0002");
    assert_false(exif->exif.present);
    g_autoptr(FgMetadata) xmp = read_irb(0x0424, packet("photoshop:City=\"Paris\"", ""));
    assert_string_equal(value_of(xmp, "location.text"), "Paris");
    assert_null(xmp->facts->city);
}

static void
the_copyright_flag_and_url_are_read(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) flag = read_irb(0x040a, g_bytes_new_static("\1", 1));
    assert_int_equal(flag->marked, 1);
    g_autoptr(FgMetadata) url = read_irb(0x040b, g_bytes_new_static("https://example.com/c", 21));
    assert_string_equal(url->rights->web_statement, "https://example.com/c");
}

static void
the_digest_is_compared(void **state)
{
    (void)state;
    const Said said[] = {{2, 116, "Jane"}};
    g_autoptr(GBytes) iim = iim_of(said, 1);
    guint8 digest[16];
    gsize length;
    const void *data = g_bytes_get_data(iim, &length);
    fg_md5(data, length, digest);
    for (int changed = 0; changed < 2; changed++) {
        digest[0] ^= (guint8)changed;
        g_autoptr(GBytes) stored = g_bytes_new(digest, sizeof digest);
        GByteArray *out = g_byte_array_new();
        put_resource(out, 0x0404, iim);
        put_resource(out, 0x0425, stored);
        g_autoptr(FgMetadata) metadata =
            read_block(FG_FORMAT_JPEG, FG_PART_IRB, g_byte_array_free_to_bytes(out));
        assert_int_equal(find(metadata, "iptc.digest-mismatch") != NULL, changed);
        assert_null(find(metadata, "iptc.digest-missing"));
    }
    GByteArray *out = g_byte_array_new();
    put_resource(out, 0x0404, iim);
    g_autoptr(FgMetadata) metadata = read_block(FG_FORMAT_JPEG, FG_PART_IRB, g_byte_array_free_to_bytes(out));
    assert_non_null(find(metadata, "iptc.digest-missing"));
}

static void
a_resource_that_lies_is_read_as_far_as_it_goes(void **state)
{
    (void)state;
    static const char lie[] = "8BIM\4\4\0\0\xff\xff\xff\xff\x1c\2\x5a\0\5Paris";
    g_autoptr(FgMetadata) metadata =
        read_block(FG_FORMAT_JPEG, FG_PART_IRB, g_bytes_new_static(lie, sizeof lie - 1));
    assert_string_equal(value_of(metadata, "location.text"), "Paris");
    assert_non_null(find(metadata, "structure.malformed"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declared_utf8_is_read),
        cmocka_unit_test(undeclared_utf8_is_read_and_told),
        cmocka_unit_test(latin1_without_a_declaration_is_read),
        cmocka_unit_test(extended_lengths_are_followed),
        cmocka_unit_test(padding_is_no_fault_and_garbage_is),
        cmocka_unit_test(a_length_past_the_end_still_gives_what_is_there),
        cmocka_unit_test(swapped_longs_of_tiff_are_turned_round),
        cmocka_unit_test(every_place_and_person_is_found),
        cmocka_unit_test(date_and_time_are_put_together),
        cmocka_unit_test(a_photoshop_thumbnail_is_found),
        cmocka_unit_test(copies_of_exif_and_xmp_in_resources_are_searched),
        cmocka_unit_test(the_copyright_flag_and_url_are_read),
        cmocka_unit_test(the_digest_is_compared),
        cmocka_unit_test(a_resource_that_lies_is_read_as_far_as_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
