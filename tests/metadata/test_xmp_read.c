#include "metadata/blocks.h"

static FgMetadata *
read_packet(const char *attributes, const char *inner)
{
    return read_block(FG_FORMAT_WEBP, FG_PART_XMP, packet(attributes, inner));
}

static FgMetadata *
read_text(const char *text, gsize length)
{
    return read_block(FG_FORMAT_WEBP, FG_PART_XMP, g_bytes_new(text, length));
}

static void
elements_attributes_and_resources_say_the_same(void **state)
{
    (void)state;
    const struct {
        const char *attributes, *inner;
    } forms[] = {
        {"xmpRights:WebStatement=\"https://example.com/r\"", ""},
        {"", "<xmpRights:WebStatement>https://example.com/r</xmpRights:WebStatement>"},
        {"", "<xmpRights:WebStatement rdf:resource=\"https://example.com/r\"/>"},
        {"", "<xmpRights:WebStatement><![CDATA[https://example.com/r]]></xmpRights:WebStatement>"},
        {"", "<xmpRights:WebStatement rdf:parseType=\"Resource\"><rdf:value>https://example.com/r</rdf:value>"
             "</xmpRights:WebStatement>"},
        {"", "<xmpRights:WebStatement>https://<!-- a remark -->example.com/r</xmpRights:WebStatement>"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autoptr(FgMetadata) metadata = read_packet(forms[i].attributes, forms[i].inner);
        assert_non_null(metadata->rights->web_statement);
        assert_string_equal(metadata->rights->web_statement, "https://example.com/r");
        assert_null(find(metadata, "xmp.malformed"));
    }
}

static void
structures_are_read_in_every_form(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "<plus:Licensor><rdf:Seq><rdf:li "
        "rdf:parseType=\"Resource\"><plus:LicensorName>Jane</plus:LicensorName>"
        "<plus:LicensorURL>https://example.com</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>",
        "<plus:Licensor><rdf:Seq><rdf:li><rdf:Description><plus:LicensorName>Jane</plus:LicensorName>"
        "<plus:LicensorURL "
        "rdf:resource=\"https://example.com\"/></rdf:Description></rdf:li></rdf:Seq></plus:Licensor>",
        "<plus:Licensor><rdf:Seq><rdf:li><rdf:Description plus:LicensorName=\"Jane\" "
        "plus:LicensorURL=\"https://example.com\"/></rdf:li></rdf:Seq></plus:Licensor>",
        "<plus:Licensor><rdf:Seq><rdf:li plus:LicensorName=\"Jane\" "
        "plus:LicensorURL=\"https://example.com\"/>"
        "</rdf:Seq></plus:Licensor>",
    };
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autoptr(FgMetadata) metadata = read_packet("", forms[i]);
        assert_int_equal(metadata->rights->licensors->len, 1);
        const FgLicensor *licensor = g_ptr_array_index(metadata->rights->licensors, 0);
        assert_string_equal(licensor->name, "Jane");
        assert_string_equal(licensor->url, "https://example.com");
    }
}

static void
the_default_language_counts_wherever_it_stands(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata =
        read_packet("", "<dc:rights><rdf:Alt><rdf:li xml:lang=\"en\">All rights</rdf:li><rdf:li "
                        "xml:lang=\"x-default\">Tous droits"
                        "</rdf:li></rdf:Alt></dc:rights><xmpRights:UsageTerms><rdf:Alt><rdf:li "
                        "xml:lang=\"x-default\">Non</rdf:li>"
                        "<rdf:li xml:lang=\"fr\">Non</rdf:li><rdf:li "
                        "xml:lang=\"en\">No</rdf:li></rdf:Alt></xmpRights:UsageTerms>");
    assert_string_equal(metadata->xmp.notice, "Tous droits");
    assert_int_equal(metadata->rights->terms->len, 2);
    const FgLangText *first = g_ptr_array_index(metadata->rights->terms, 0);
    assert_string_equal(first->lang, "fr");
    assert_string_equal(first->text, "Non");
}

static void
every_unicode_form_is_read(void **state)
{
    (void)state;
    g_autofree char *text = packet_text("photoshop:City=\"Saint-Étienne\"", "");
    static const char *const forms[] = {"UTF-8",    "UTF-16LE", "UTF-16BE", "UTF-32LE",
                                        "UTF-32BE", "UTF-16",   "UTF-32"};
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        gsize length;
        g_autofree char *encoded = g_convert(text, -1, forms[i], "UTF-8", NULL, &length, NULL);
        g_autoptr(FgMetadata) metadata = read_text(encoded, length);
        assert_string_equal(value_of(metadata, "location.text"), "Saint-Étienne");
        assert_null(find(metadata, "xmp.malformed"));
    }
}

static void
latin1_in_a_packet_is_read_and_told(void **state)
{
    (void)state;
    g_autofree char *text = packet_text("photoshop:City=\"Crémieu, \xc9tienne\"", "");
    g_autoptr(FgMetadata) metadata = read_text(text, strlen(text));
    assert_string_equal(value_of(metadata, "location.text"), "Crémieu, Étienne");
    assert_non_null(find(metadata, "xmp.malformed"));
}

static void
a_nul_in_a_packet_hides_nothing(void **state)
{
    (void)state;
    g_autofree char *text = packet_text("", "<dc:a>1</dc:a><photoshop:City>Paris</photoshop:City>");
    gsize length = strlen(text);
    *strstr(text, "1</dc:a>") = '\0';
    g_autoptr(FgMetadata) metadata = read_text(text, length);
    assert_string_equal(value_of(metadata, "location.text"), "Paris");
}

static void
a_dtd_is_never_read(void **state)
{
    (void)state;
    g_autofree char *body =
        packet_text("", "<dc:rights>&secret;</dc:rights><photoshop:City>Paris</photoshop:City>");
    g_autofree char *text =
        g_strconcat("<!DOCTYPE r [<!ENTITY secret SYSTEM \"file:///etc/hostname\"><!ENTITY b \"bbbb\">]>",
                    strstr(body, "<x:xmpmeta"), NULL);
    g_autoptr(FgMetadata) metadata = read_text(text, strlen(text));
    assert_null(metadata->xmp.notice);
    assert_non_null(find(metadata, "xmp.malformed"));
    /* What its names give away is told all the same. */
    assert_non_null(find(metadata, "location.text"));
}

static void
a_broken_packet_gives_what_can_be_read(void **state)
{
    (void)state;
    g_autofree char *whole = packet_text("exif:GPSLatitude=\"41,8.45N\"", "<dc:title><rdf:Alt><rdf:li>Cut");
    *strstr(whole, "</rdf:Description>") = '\0';
    g_autoptr(FgMetadata) metadata = read_text(whole, strlen(whole));
    assert_non_null(find(metadata, "xmp.malformed"));
    assert_non_null(find(metadata, "location.gps"));
}

static void
deep_nesting_ends(void **state)
{
    (void)state;
    g_autoptr(GString) inner = g_string_new(NULL);
    for (guint i = 0; i < 4000; i++)
        g_string_append(inner, "<dc:a>");
    for (guint i = 0; i < 4000; i++)
        g_string_append(inner, "</dc:a>");
    g_autoptr(FgMetadata) metadata = read_packet("", inner->str);
    assert_non_null(find(metadata, "xmp.malformed"));
}

static void
personal_properties_are_found(void **state)
{
    (void)state;
    const struct {
        const char *attributes, *inner, *id, *value;
    } cases[] = {
        {"exif:GPSLatitude=\"41,8.45N\"", "", "location.gps", "41,8.45N"},
        {"exif:GPSAltitude=\"100/1\"", "", "location.sensor", "100/1"},
        {"photoshop:City=\"Paris\"", "", "location.text", "Paris"},
        {"Iptc4xmpCore:Location=\"Quai\"", "", "location.text", "Quai"},
        {"drone-dji:GpsLongtitude=\"+5.7\"", "", "location.gps", "+5.7"},
        {"drone-dji:FlightYawDegree=\"12\"", "", "location.sensor", "12"},
        {"drone-dji:DroneSerialNumber=\"D1\"", "", "serial.body", "D1"},
        {"aux:SerialNumber=\"123\"", "", "serial.body", "123"},
        {"aux:LensSerialNumber=\"9\"", "", "serial.lens", "9"},
        {"aux:OwnerName=\"Marie\"", "", "personal.owner", "Marie"},
        {"photoshop:CaptionWriter=\"Paul\"", "", "personal.name", "Paul"},
        {"xmp:CreatorTool=\"Tool 1\"", "", "personal.software", "Tool 1"},
        {"xmpMM:DocumentID=\"xmp.did:1\"", "", "id.document", "xmp.did:1"},
        {"crs:RawFileName=\"a.raf\"", "", "history.raw", "a.raf"},
        {"GCamera:MotionPhoto=\"1\"", "", "trailing.motion", "1"},
        {"xmp:CreateDate=\"2026-05-01T10:11:12+02:00\"", "", "time.zone", "2026-05-01T10:11:12+02:00"},
        {"my:CameraSerialNumber=\"77\"", "", "serial.body", "77"},
        {"my:note=\"seen at 45.12345, 5.71234\"", "", "location.gps", "seen at 45.12345, 5.71234"},
        {"", "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Zoé</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>",
         "personal.person", "Zoé"},
        {"", "<Iptc4xmpExt:AIPromptInformation>a cat</Iptc4xmpExt:AIPromptInformation>", "personal.prompt",
         "a cat"},
        {"", "<xmpMM:History><rdf:Seq><rdf:li>saved by Paul</rdf:li></rdf:Seq></xmpMM:History>",
         "history.edit", "saved by Paul"},
        {"",
         "<mwg-rs:Regions rdf:parseType=\"Resource\"><mwg-rs:RegionList><rdf:Bag><rdf:li "
         "rdf:parseType=\"Resource\"><mwg-rs:Name>Zoé</mwg-rs:Name></rdf:li></rdf:Bag></mwg-rs:RegionList>"
         "</mwg-rs:Regions>",
         "personal.person", "Zoé"},
        {"",
         "<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li rdf:parseType=\"Resource\"><Iptc4xmpExt:City>Lyon"
         "</Iptc4xmpExt:City><exif:GPSLatitude>45.1</exif:GPSLatitude></rdf:li></rdf:Bag>"
         "</Iptc4xmpExt:LocationCreated>",
         "location.gps", "45.1"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FgMetadata) metadata = read_packet(cases[i].attributes, cases[i].inner);
        const char *value = value_of(metadata, cases[i].id);
        if (!value)
            fail_msg("%s%s is no %s", cases[i].attributes, cases[i].inner, cases[i].id);
        assert_string_equal(value, cases[i].value);
    }
}

static void
places_are_named_as_a_person_knows_them(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata = read_packet(
        "photoshop:City=\"Paris\" my:x=\"1\"",
        "<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType=\"Resource\"><Iptc4xmpExt:City>Lyon"
        "</Iptc4xmpExt:City></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>");
    assert_true(has_personal(metadata, "xmp:photoshop:City", "Paris"));
    assert_true(has_personal(metadata, "xmp:Iptc4xmpExt:LocationShown/Iptc4xmpExt:City", "Lyon"));
    assert_string_equal(where_of(metadata, "xmp.unknown-namespace"), "xmp:http://example.com/mine/");
    assert_string_equal(metadata->facts->city, "Lyon");
}

static void
an_embedded_picture_is_decoded_and_looked_into(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(FALSE);
    gsize length;
    const guint8 *block = g_bytes_get_data(gps, &length);
    g_autofree char *base64 = g_base64_encode(block, length);
    g_autofree char *inner = g_strconcat("<xmpGImg:image>", base64, "</xmpGImg:image>", NULL);
    g_autoptr(FgMetadata) metadata = read_packet("", inner);
    assert_non_null(find(metadata, "preview.embedded"));
    assert_non_null(find(metadata, "location.gps"));
}

static void
extended_xmp_is_merged_when_it_is_named(void **state)
{
    (void)state;
    for (int named = 0; named < 2; named++) {
        FgContainer *container = bare_container(FG_FORMAT_JPEG);
        add_part(container, FG_PART_XMP_EXTENDED, "0123456789ABCDEF0123456789ABCDEF",
                 packet("exif:GPSLatitude=\"41,8N\"", "<dc:rights>Jane</dc:rights>"));
        add_part(container, FG_PART_XMP, NULL,
                 packet(named ? "xmpNote:HasExtendedXMP=\"0123456789abcdef0123456789abcdef\"" : "", ""));
        g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
        free_bare(container);
        assert_non_null(find(metadata, "location.gps"));
        assert_non_null(find(metadata, "xmp.extended"));
        assert_int_equal(metadata->xmp.notice != NULL, named);
    }
}

static void
data_mining_is_judged(void **state)
{
    (void)state;
#define PLUS "http://ns.useplus.org/ldf/vocab/"
    const struct {
        const char *value, *id, *key;
    } cases[] = {
        {PLUS "DMI-PROHIBITED", NULL, "prohibited"},
        {PLUS "DMI-ALLOWED", "tdm.allowed", "allowed"},
        {PLUS "DMI-UNSPECIFIED", "tdm.unreserved", "unspecified"},
        {PLUS "DMI-PROHIBITED-AIMLTRAINING", "tdm.partial", "prohibited-aimltraining"},
        {PLUS "DMI-PROHIBITED-SEECONSTRAINT", "tdm.incomplete", "prohibited-seeconstraint"},
        {"https://ns.useplus.org/ldf/vocab/DMI-PROHIBITED", "tdm.malformed", "prohibited"},
        {"DMI-PROHIBITED", "tdm.malformed", "prohibited"},
        {"no", "tdm.malformed", NULL},
    };
    static const char *const ids[] = {"tdm.allowed", "tdm.unreserved", "tdm.partial", "tdm.incomplete",
                                      "tdm.malformed"};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *attribute = g_strdup_printf("plus:DataMining=\"%s\"", cases[i].value);
        g_autoptr(FgMetadata) metadata = read_packet(attribute, "");
        assert_string_equal(metadata->data_mining, cases[i].value);
        assert_int_equal(g_strcmp0(metadata->rights->data_mining, cases[i].key), 0);
        for (guint j = 0; j < G_N_ELEMENTS(ids); j++)
            assert_int_equal(find(metadata, ids[j]) != NULL, g_strcmp0(ids[j], cases[i].id) == 0);
    }
}

static void
a_sidecar_wins_where_it_speaks(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->title = g_strdup("Old");
    facts->caption = g_strdup("Kept");
    g_autoptr(GBytes) sidecar =
        packet("", "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">New</rdf:li></rdf:Alt>"
                   "</dc:title><dc:subject><rdf:Bag><rdf:li>snow</rdf:li></rdf:Bag></dc:subject>");
    assert_true(fg_metadata_apply_sidecar(facts, sidecar, NULL));
    assert_string_equal(facts->title, "New");
    assert_string_equal(facts->caption, "Kept");
    assert_string_equal(facts->keywords[0], "snow");
    g_autoptr(GBytes) other = g_bytes_new_static("not XMP", 7);
    g_autoptr(GError) error = NULL;
    assert_false(fg_metadata_apply_sidecar(facts, other, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
}

/* A packet with `count` keywords before `last`. */
static FgMetadata *
read_long(guint count, const char *last)
{
    g_autoptr(GString) inner = g_string_new("<dc:subject><rdf:Bag>");
    for (guint i = 0; i < count; i++)
        g_string_append_printf(inner, "<rdf:li>keyword %u</rdf:li>", i);
    g_string_append_printf(inner, "</rdf:Bag></dc:subject>%s", last);
    return read_packet("", inner->str);
}

static void
a_list_that_is_longer_than_any_honest_one_ends_early(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) honest = read_long(1000, ""), endless = read_long(100000, "");
    assert_int_equal(g_strv_length(honest->facts->keywords), 1000);
    assert_int_equal(g_strv_length(endless->facts->keywords), 4096);
    assert_non_null(find(endless, "structure.oversize"));
}

static void
a_place_at_the_end_of_a_long_packet_is_found(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata = read_long(700000, "<exif:GPSLatitude>45,11.5N</exif:GPSLatitude>");
    assert_non_null(find(metadata, "location.gps"));
    assert_null(find(metadata, "xmp.malformed"));
}

static void
what_adobes_readers_take_is_read_and_told(void **state)
{
    (void)state;
    g_autoptr(GBytes) sound =
        packet("", "<exif:TIFF/EPStandardID>7</exif:TIFF/EPStandardID>"
                   "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">\302\251 Jane</rdf:li></rdf:Alt>"
                   "</dc:rights>");
    gsize length;
    const char *text = g_bytes_get_data(sound, &length);
    g_autofree char *longer = g_strdup_printf("%.*sli></rdf:Seq><exif:GPSLatitude>1</x>", (int)length, text);
    g_autoptr(FgMetadata) odd = read_block(FG_FORMAT_JPEG, FG_PART_XMP, g_bytes_ref(sound));
    g_autoptr(FgMetadata) behind =
        read_block(FG_FORMAT_JPEG, FG_PART_XMP, g_bytes_new(longer, strlen(longer)));
    assert_string_equal(odd->rights->copyright, "\302\251 Jane");
    assert_string_equal(find(odd, "xmp.malformed")->message, "The XMP packet has names that XML forbids.");
    assert_string_equal(behind->rights->copyright, "\302\251 Jane");
    assert_non_null(find(behind, "location.gps"));
    assert_null(find(odd, "location.gps"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_attributes_and_resources_say_the_same),
        cmocka_unit_test(structures_are_read_in_every_form),
        cmocka_unit_test(the_default_language_counts_wherever_it_stands),
        cmocka_unit_test(every_unicode_form_is_read),
        cmocka_unit_test(latin1_in_a_packet_is_read_and_told),
        cmocka_unit_test(a_nul_in_a_packet_hides_nothing),
        cmocka_unit_test(a_dtd_is_never_read),
        cmocka_unit_test(a_broken_packet_gives_what_can_be_read),
        cmocka_unit_test(deep_nesting_ends),
        cmocka_unit_test(personal_properties_are_found),
        cmocka_unit_test(places_are_named_as_a_person_knows_them),
        cmocka_unit_test(an_embedded_picture_is_decoded_and_looked_into),
        cmocka_unit_test(extended_xmp_is_merged_when_it_is_named),
        cmocka_unit_test(data_mining_is_judged),
        cmocka_unit_test(a_list_that_is_longer_than_any_honest_one_ends_early),
        cmocka_unit_test(a_place_at_the_end_of_a_long_packet_is_found),
        cmocka_unit_test(what_adobes_readers_take_is_read_and_told),
        cmocka_unit_test(a_sidecar_wins_where_it_speaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
