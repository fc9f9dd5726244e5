/* test_xmp_merge.c: our rights in packets of others, judged by exiftool. */
#include <string.h>

#include "metadata/metadata.h"
#include "support/fixtures.h"

#define HEAD                                                                                                 \
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"                                     \
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "                                                        \
    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
#define TAIL "</rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>"
#define NAMES                                                                                                \
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\""  \
    " xmlns:lr=\"http://ns.adobe.com/lightroom/1.0/\" xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\""

static FgRights *
our_rights(void)
{
    static const char *const creators[] = {"Élodie Desprès", NULL};
    FgRights *rights = fg_rights_new();
    rights->creators = g_strdupv((char **)creators);
    rights->copyright = g_strdup("© 2026 Élodie Desprès");
    rights->credit = g_strdup("Desprès & Fils");
    return rights;
}

static GBytes *
merged(const char *packet, GError **error)
{
    g_autoptr(FgRights) rights = our_rights();
    FgStatement statement = {.rights = rights, .format = FG_FORMAT_JPEG, .srgb = TRUE};
    g_autoptr(GBytes) theirs = packet ? g_bytes_new(packet, strlen(packet)) : NULL;
    return fg_xmp_merge(theirs, &statement, FALSE, error);
}

/* What exiftool reads of these tags; skips the test without it. */
static char *
exiftool(GBytes *packet, const char *first, const char *second, const char *third)
{
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "x.xmp", NULL);
    int status;
    fg_spill(path, packet);
    char *said = fg_witness(&status, "exiftool", "-s3", "-a", first, second, third, path, NULL);
    if (status == 127)
        skip();
    return said;
}

static void
assert_fixed(GBytes *packet)
{
    g_autofree char *text = g_strndup(g_bytes_get_data(packet, NULL), g_bytes_get_size(packet));
    g_autoptr(GBytes) again = merged(text, NULL);
    assert_non_null(again);
    assert_true(g_bytes_equal(packet, again));
}

static void
properties_in_both_forms_are_replaced_and_others_stay(void **state)
{
    (void)state;
    g_autoptr(GBytes) packet = merged(
        HEAD
        "<rdf:Description rdf:about=\"uuid:4711\"" NAMES
        " photoshop:Credit=\"Somebody\" photoshop:City=\"Grenoble\">\n"
        "  <dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">(c) Somebody</rdf:li></rdf:Alt></dc:rights>\n"
        "  <tiff:Artist>Somebody</tiff:Artist>\n"
        "  "
        "<lr:hierarchicalSubject><rdf:Bag><rdf:li>Alpes|Chartreuse</rdf:li></rdf:Bag></"
        "lr:hierarchicalSubject>\n"
        "</rdf:Description>\n" TAIL,
        NULL);
    assert_non_null(packet);
    assert_null(memmem(g_bytes_get_data(packet, NULL), g_bytes_get_size(packet), "Somebody", 8));
    g_autofree char *rights = exiftool(packet, "-XMP:Rights", "-XMP:Creator", "-XMP:Credit");
    assert_string_equal(rights, "© 2026 Élodie Desprès\nÉlodie Desprès\nDesprès & Fils\n");
    g_autofree char *others = exiftool(packet, "-XMP:City", "-XMP:HierarchicalSubject", "-XMP:About");
    assert_string_equal(others, "Grenoble\nAlpes|Chartreuse\nuuid:4711\n");
    assert_fixed(packet);
}

static void
a_file_without_a_packet_gets_ours(void **state)
{
    (void)state;
    g_autoptr(GBytes) packet = merged(NULL, NULL),
                      empty = merged("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>", NULL);
    assert_true(g_bytes_equal(packet, empty));
    assert_fixed(empty);
}

static void
packets_that_are_no_xmp_are_refused(void **state)
{
    (void)state;
    static const char *const packets[] = {
        "no XML at all",
        HEAD "<rdf:Description rdf:about=\"\">" TAIL,
        "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><rdf:RDF "
        "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>",
    };
    for (guint i = 0; i < G_N_ELEMENTS(packets); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(merged(packets[i], &error));
        assert_int_equal(error->code, FG_ERROR_UNREADABLE);
    }
}

static void
rights_without_a_field_are_told_apart_from_all_else(void **state)
{
    (void)state;
    static const char packet[] =
        HEAD "<rdf:Description rdf:about=\"uuid:4711\" xmlns:cc=\"http://creativecommons.org/ns#\""
             " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" cc:attributionName=\"Ariane\" "
             "photoshop:City=\"Grenoble\">"
             "<cc:license rdf:resource=\"https://creativecommons.org/licenses/by/4.0/\"/><!-- Le Sappey -->"
             "<photoshop:Country>France</photoshop:Country></rdf:Description>" TAIL;
    g_autoptr(GBytes) theirs = g_bytes_new_static(packet, sizeof packet - 1);
    g_autoptr(GBytes) rest = fg_xmp_rights(theirs, NULL);
    assert_non_null(rest);
    g_autofree char *text = g_strndup(g_bytes_get_data(rest, NULL), g_bytes_get_size(rest));
    assert_non_null(strstr(text, "licenses/by/4.0"));
    assert_non_null(strstr(text, ">Ariane<"));
    static const char *const gone[] = {"Grenoble", "France", "Sappey", "4711"};
    for (guint i = 0; i < G_N_ELEMENTS(gone); i++)
        assert_null(strstr(text, gone[i]));
    g_autofree char *said = exiftool(rest, "-XMP-cc:License", "-XMP-cc:AttributionName", "-XMP:City");
    assert_string_equal(said, "https://creativecommons.org/licenses/by/4.0/\nAriane\n");
    g_autoptr(GBytes) again = fg_xmp_rights(rest, NULL);
    assert_true(g_bytes_equal(rest, again));
}

/* libxml2 has no bound of its own where large packets are let in; what walks over a tree calls itself. */
static void
elements_too_deep_are_refused(void **state)
{
    (void)state;
    static const guint depths[] = {200, 300, 2000};
    for (guint i = 0; i < G_N_ELEMENTS(depths); i++) {
        g_autoptr(GString) packet = g_string_new(HEAD "<rdf:Description rdf:about=\"\"" NAMES "><dc:rights>");
        for (guint k = 0; k < depths[i]; k++)
            g_string_append(packet, "<a>");
        for (guint k = 0; k < depths[i]; k++)
            g_string_append(packet, "</a>");
        g_string_append(packet, "</dc:rights></rdf:Description>" TAIL);
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) block = merged(packet->str, &error);
        assert_int_equal(block == NULL, depths[i] > 256);
        assert_true(block || g_error_matches(error, FG_ERROR, FG_ERROR_UNREADABLE));
        g_autoptr(GBytes) theirs = g_bytes_new(packet->str, packet->len);
        g_autoptr(GBytes) kept = fg_xmp_rights(theirs, NULL);
        assert_true(depths[i] <= 256 || !kept);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(properties_in_both_forms_are_replaced_and_others_stay),
        cmocka_unit_test(a_file_without_a_packet_gets_ours),
        cmocka_unit_test(rights_without_a_field_are_told_apart_from_all_else),
        cmocka_unit_test(packets_that_are_no_xmp_are_refused),
        cmocka_unit_test(elements_too_deep_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
