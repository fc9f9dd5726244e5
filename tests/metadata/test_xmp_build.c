/* What xmp_build.c writes, read by exiftool, exiv2 and xmllint. */
#include "metadata/stating.h"

static GBytes *
build(const FgRights *rights, const FgFacts *facts)
{
    const FgStatement statement = statement_of(rights, facts, FG_FORMAT_JPEG);
    g_autoptr(GError) error = NULL;
    GBytes *xmp = fg_xmp_build(&statement, &error);
    assert_null(error);
    return xmp;
}

static char *
packet_of(const FgRights *rights, const FgFacts *facts)
{
    g_autoptr(GBytes) xmp = build(rights, facts);
    return g_strndup(g_bytes_get_data(xmp, NULL), g_bytes_get_size(xmp));
}

static char *
spill(const FgRights *rights, const FgFacts *facts)
{
    g_autoptr(GBytes) xmp = build(rights, facts);
    return spill_jpeg(NULL, xmp, NULL);
}

static void
exiftool_reads_the_rights_back(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autofree char *path = spill(rights, NULL);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_said(said, "XMP-dc:Rights", "© 2026 Christian Allegret. Tous droits réservés.");
    FgJson *creators = fg_json_get(said, "XMP-dc:Creator");
    assert_int_equal(fg_json_length(creators), 2);
    assert_string_equal(fg_json_string_value(fg_json_at(creators, 0)), "Christian Allegret");
    assert_string_equal(fg_json_string_value(fg_json_at(creators, 1)), "Zoé; Studio \"Z\"");
    assert_said(said, "XMP-photoshop:AuthorsPosition", "Photographe");
    assert_said(said, "XMP-photoshop:Credit", "Photo Allegret");
    assert_said(said, "XMP-photoshop:Source", "Fonds Allegret");
    assert_said(said, "XMP-photoshop:Instructions", "Ne pas recadrer <sans> accord & avis");
    assert_true(fg_json_get_boolean(said, "XMP-xmpRights:Marked", FALSE));
    assert_said(said, "XMP-xmpRights:WebStatement", "https://www.example.com/mentions?a=1&b=2");
    assert_said(said, "XMP-iptcExt:DigitalSourceType",
                "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture");
    FgJson *owner = fg_json_at(fg_json_get(said, "XMP-plus:CopyrightOwner"), 0);
    assert_said(owner, "CopyrightOwnerName", "Sarl Cartus");
    FgJson *licensor = fg_json_at(fg_json_get(said, "XMP-plus:Licensor"), 0);
    assert_said(licensor, "LicensorName", "Sarl Cartus");
    assert_said(licensor, "LicensorURL", "https://www.example.com");
    assert_said(licensor, "LicensorEmail", "contact@example.com");
    assert_said(licensor, "LicensorID", "PLUS-1");
    assert_validates(path);
}

static void
exiftool_reads_the_contact_back(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    rights->contact.region = g_strdup("Isère");
    rights->contact.phone = g_strdup("+33 4 00 00 00 00");
    g_autofree char *path = spill(rights, NULL);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    FgJson *contact = fg_json_get(said, "XMP-iptcCore:CreatorContactInfo");
    assert_said(contact, "CiAdrExtadr", "22 av de la grande chartreuse");
    assert_said(contact, "CiAdrCity", "Saint-Laurent-du-Pont");
    assert_said(contact, "CiAdrRegion", "Isère");
    /* exiftool prints these two as bare numbers where they look like one. */
    assert_int_equal(fg_json_get_integer(contact, "CiAdrPcode", 0), 38380);
    assert_said(contact, "CiTelWork", "+33 4 00 00 00 00");
    assert_said(contact, "CiAdrCtry", "France");
    assert_said(contact, "CiEmailWork", "contact@example.com");
    assert_said(contact, "CiUrlWork", "https://www.example.com");
}

static void
terms_stand_under_x_default_and_their_own_language(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autofree char *packet = packet_of(rights, NULL);
    assert_non_null(strstr(packet, "<xmpRights:UsageTerms><rdf:Alt>"
                                   "<rdf:li xml:lang=\"x-default\">Toute reproduction est interdite.</rdf:li>"
                                   "<rdf:li xml:lang=\"fr\">Toute reproduction est interdite.</rdf:li>"
                                   "<rdf:li xml:lang=\"en\">Any reproduction is forbidden.</rdf:li>"
                                   "</rdf:Alt></xmpRights:UsageTerms>"));
    g_autofree char *path = spill(rights, NULL);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_said(said, "XMP-xmpRights:UsageTerms", "Toute reproduction est interdite.");
    assert_said(said, "XMP-xmpRights:UsageTerms-fr", "Toute reproduction est interdite.");
    assert_said(said, "XMP-xmpRights:UsageTerms-en", "Any reproduction is forbidden.");
}

static void
terms_that_were_read_from_a_file_keep_their_x_default(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_ptr_array_add(rights->terms, fg_lang_text_new("en", "Forbidden."));
    g_ptr_array_add(rights->terms, fg_lang_text_new("x-default", "Interdit."));
    g_ptr_array_add(rights->terms, fg_lang_text_new("EN", "Twice."));
    g_autofree char *packet = packet_of(rights, NULL);
    assert_non_null(strstr(packet, "<rdf:Alt><rdf:li xml:lang=\"x-default\">Interdit.</rdf:li>"
                                   "<rdf:li xml:lang=\"en\">Forbidden.</rdf:li></rdf:Alt>"));
}

static void
exiftool_reads_the_facts_back(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    g_autofree char *path = spill(rights, facts);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_said(said, "XMP-dc:Title", "La dent de Crolles");
    assert_said(said, "XMP-dc:Description", "Vue du col, \"au petit matin\"");
    assert_said(said, "XMP-photoshop:Headline", "Neige tardive");
    assert_said(said, "XMP-photoshop:DateCreated", "2026:05:01 06:07:08");
    assert_said(said, "XMP-iptcCore:AltTextAccessibility", "Une montagne enneigée");
    assert_said(said, "XMP-iptcCore:ExtDescrAccessibility",
                "Une montagne enneigée sous un ciel clair, une forêt devant.");
    FgJson *keywords = fg_json_get(said, "XMP-dc:Subject");
    assert_int_equal(fg_json_length(keywords), 2);
    FgJson *place = fg_json_at(fg_json_get(said, "XMP-iptcExt:LocationShown"), 0);
    assert_said(place, "City", "Crolles");
    assert_said(place, "ProvinceState", "Isère");
    assert_said(place, "CountryName", "France");
    assert_said(place, "CountryCode", "FRA");
    assert_validates(path);
}

static void
the_date_is_cut_as_it_is_kept(void **state)
{
    (void)state;
    static const struct {
        guint keep;
        const char *expected;
    } cases[] = {
        {FG_KEEP_YEAR, "<photoshop:DateCreated>2026</photoshop:DateCreated>"},
        {FG_KEEP_DAY | FG_KEEP_YEAR, "<photoshop:DateCreated>2026-05-01</photoshop:DateCreated>"},
        {FG_KEEP_DATE, "<photoshop:DateCreated>2026-05-01T06:07:08</photoshop:DateCreated>"},
    };
    g_autoptr(FgRights) rights = reference_rights();
    g_autoptr(FgFacts) facts = full_facts();
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FgFacts) kept = fg_facts_kept(facts, cases[i].keep);
        g_autofree char *packet = packet_of(rights, kept);
        assert_non_null(strstr(packet, cases[i].expected));
    }
}

static void
a_reservation_brings_its_sentences(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autofree char *path = spill(rights, NULL);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_said(said, "XMP-plus:OtherConstraints-en",
                "Text and data mining and AI training rights reserved (Art. 4(3) Directive (EU) 2019/790).");
    assert_non_null(fg_json_get_string(said, "XMP-plus:OtherConstraints-fr"));
    assert_string_equal(fg_json_get_string(said, "XMP-plus:OtherConstraints"),
                        fg_json_get_string(said, "XMP-plus:OtherConstraints-fr"));
    g_autofree char *packet = packet_of(rights, NULL);
    assert_non_null(
        strstr(packet, "<plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED</plus:DataMining>"));
}

static void
the_key_of_data_mining_becomes_its_address(void **state)
{
    (void)state;
    static const struct {
        const char *key, *uri;
        gboolean reserves;
    } cases[] = {
        {"unspecified", "DMI-UNSPECIFIED", FALSE},
        {"allowed", "DMI-ALLOWED", FALSE},
        {"prohibited-aimltraining", "DMI-PROHIBITED-AIMLTRAINING", TRUE},
        {"prohibited-genaimltraining", "DMI-PROHIBITED-GENAIMLTRAINING", TRUE},
        {"prohibited-exceptsearchengineindexing", "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING", TRUE},
        {"prohibited-seeconstraint", "DMI-PROHIBITED-SEECONSTRAINT", TRUE},
        {"prohibited-seelinkedrightsexpr", "DMI-PROHIBITED", TRUE},
        {"prohibited-bysomethingnew", "DMI-PROHIBITED", TRUE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FgRights) rights = reference_rights();
        rights->data_mining = g_strdup(cases[i].key);
        g_autofree char *packet = packet_of(rights, NULL);
        g_autofree char *expected = g_strdup_printf(
            "<plus:DataMining>http://ns.useplus.org/ldf/vocab/%s</plus:DataMining>", cases[i].uri);
        assert_non_null(strstr(packet, expected));
        assert_int_equal(strstr(packet, "plus:OtherConstraints") != NULL, cases[i].reserves);
    }
}

static void
a_key_that_nobody_knows_is_not_written(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    rights->data_mining = g_strdup("perhaps");
    g_autofree char *packet = packet_of(rights, NULL);
    assert_null(strstr(packet, "DataMining"));
}

static void
constraints_that_are_stated_are_not_replaced(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_ptr_array_add(rights->other_constraints, fg_lang_text_new("de", "Nur auf Anfrage."));
    g_autofree char *packet = packet_of(rights, NULL);
    assert_non_null(strstr(packet, "<plus:OtherConstraints><rdf:Alt>"
                                   "<rdf:li xml:lang=\"x-default\">Nur auf Anfrage.</rdf:li>"
                                   "<rdf:li xml:lang=\"de\">Nur auf Anfrage.</rdf:li></rdf:Alt>"));
}

static void
a_generated_picture_is_not_called_a_photograph(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->digital_source = g_strdup("trainedAlgorithmicMedia");
    g_autoptr(FgFacts) kept = fg_facts_kept(facts, 0);
    g_autofree char *packet = packet_of(rights, kept);
    assert_non_null(strstr(packet, "digitalsourcetype/trainedAlgorithmicMedia<"));
    assert_null(strstr(packet, "digitalCapture"));
}

static void
a_creator_alone_makes_a_notice_and_an_owner(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = fg_rights_new();
    rights->creators = g_strdupv((char *[]){"Jane Doe", NULL});
    g_autofree char *packet = packet_of(rights, NULL);
    assert_non_null(strstr(packet, "<rdf:li xml:lang=\"x-default\">© Jane Doe</rdf:li>"));
    assert_non_null(strstr(packet, "<plus:CopyrightOwnerName>Jane Doe</plus:CopyrightOwnerName>"));
    assert_non_null(strstr(packet, "<xmpRights:Marked>True</xmpRights:Marked>"));
}

static void
the_packet_is_well_formed_whatever_the_text(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    rights->credit = g_strdup("</rdf:li>]]>&amp;<!--\"'\x01\x1F\r\nline\ttab \xEF\xBF\xBF e\xCC\x81");
    g_ptr_array_add(rights->terms, fg_lang_text_new("\"><x", "no & <never>"));
    g_autoptr(GBytes) xmp = build(rights, NULL);
    g_autofree char *folder = fg_scratch();
    g_autofree char *packet = g_build_filename(folder, "packet.xmp", NULL);
    fg_spill(packet, xmp);
    int status;
    g_autofree char *output = fg_witness(&status, "xmllint", "--nonet", "--noout", packet, NULL);
    if (status != 127 && status != 0)
        fail_msg("xmllint: %s", output);

    g_autofree char *path = spill_jpeg(NULL, xmp, NULL);
    g_autoptr(FgJson) said = read_by_exiftool(path);
    assert_said(said, "XMP-photoshop:Credit", "</rdf:li>]]>&amp;<!--\"'\nline\ttab  é");
}

static void
only_the_namespaces_in_use_are_declared(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autofree char *packet = packet_of(rights, NULL);
    assert_non_null(strstr(packet, "xmlns:dc="));
    assert_non_null(strstr(packet, "xmlns:xmpRights="));
    assert_non_null(strstr(packet, "xmlns:plus="));
    assert_null(strstr(packet, "xmlns:photoshop="));
    assert_null(strstr(packet, "xmlns:Iptc4xmp"));
    assert_null(strstr(packet, "xmptk"));
    assert_true(
        g_str_has_prefix(packet, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"));
    assert_true(g_str_has_suffix(packet, "\n<?xpacket end=\"r\"?>"));
}

static void
exiv2_finds_the_same_properties(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autofree char *path = spill(rights, NULL);
    int status;
    g_autofree char *output = fg_witness(&status, "exiv2", "-PXkv", path, NULL);
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    static const char *const expected[][2] = {
        {"Xmp.xmpRights.Marked", "True"},
        {"Xmp.photoshop.Credit", "Photo Allegret"},
        {"Xmp.xmpRights.WebStatement", "https://www.example.com/mentions\\?a=1&b=2"},
        {"Xmp.plus.Licensor\\[1\\]/plus:LicensorURL", "https://www.example.com"},
        {"Xmp.plus.DataMining", "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_autofree char *pattern = g_strdup_printf("(?m)^%s +%s$", expected[i][0], expected[i][1]);
        assert_true(g_regex_match_simple(pattern, output, 0, 0));
    }
}

static void
a_fourth_licensor_is_left_out(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    for (guint i = 0; i < 4; i++) {
        g_autofree char *name = g_strdup_printf("Agence %u", i + 1);
        const FgLicensor licensor = {.name = name};
        g_ptr_array_add(rights->licensors, fg_licensor_dup(&licensor));
    }
    g_autofree char *packet = packet_of(rights, NULL);
    assert_non_null(strstr(packet, "Agence 3"));
    assert_null(strstr(packet, "Agence 4"));
}

static void
a_packet_beyond_a_segment_is_refused(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_ptr_array_add(rights->terms, fg_lang_text_new("fr", NULL));
    FgLangText *terms = g_ptr_array_index(rights->terms, 0);
    terms->text = g_strnfill(40000, 'x'); /* stands in the packet twice */
    const FgStatement statement = statement_of(rights, NULL, FG_FORMAT_AVIF);
    g_autoptr(GError) error = NULL;
    assert_null(fg_xmp_build(&statement, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_OVERSIZE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exiftool_reads_the_rights_back),
        cmocka_unit_test(exiftool_reads_the_contact_back),
        cmocka_unit_test(terms_stand_under_x_default_and_their_own_language),
        cmocka_unit_test(terms_that_were_read_from_a_file_keep_their_x_default),
        cmocka_unit_test(exiftool_reads_the_facts_back),
        cmocka_unit_test(the_date_is_cut_as_it_is_kept),
        cmocka_unit_test(a_reservation_brings_its_sentences),
        cmocka_unit_test(the_key_of_data_mining_becomes_its_address),
        cmocka_unit_test(a_key_that_nobody_knows_is_not_written),
        cmocka_unit_test(constraints_that_are_stated_are_not_replaced),
        cmocka_unit_test(a_generated_picture_is_not_called_a_photograph),
        cmocka_unit_test(a_creator_alone_makes_a_notice_and_an_owner),
        cmocka_unit_test(the_packet_is_well_formed_whatever_the_text),
        cmocka_unit_test(only_the_namespaces_in_use_are_declared),
        cmocka_unit_test(exiv2_finds_the_same_properties),
        cmocka_unit_test(a_fourth_licensor_is_left_out),
        cmocka_unit_test(a_packet_beyond_a_segment_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
