/* test_xmp_join.c: several packets of a file as one. */
#include "metadata/blocks.h"

#include <string.h>

static GBytes *
join(const char *first, const char *second, const char *attributes)
{
    FgContainer *container = bare_container(FG_FORMAT_WEBP);
    add_part(container, FG_PART_XMP, NULL, packet("", first));
    if (second)
        add_part(container, FG_PART_XMP, NULL, packet(attributes, second));
    g_autoptr(GError) error = NULL;
    GBytes *joined = fg_metadata_xmp(container, &error);
    assert_null(error);
    free_bare(container);
    return joined;
}

static void
one_packet_is_itself_and_none_is_none(void **state)
{
    (void)state;
    g_autoptr(GBytes) alone = join("<xmp:Rating>4</xmp:Rating>", NULL, ""),
                      same = packet("", "<xmp:Rating>4</xmp:Rating>");
    assert_true(g_bytes_equal(alone, same));
    FgContainer *container = bare_container(FG_FORMAT_WEBP);
    g_autoptr(GError) error = NULL;
    assert_null(fg_metadata_xmp(container, &error));
    assert_null(error);
    free_bare(container);
}

static void
properties_and_items_are_added_and_none_is_lost(void **state)
{
    (void)state;
    g_autoptr(GBytes) joined = join(
        "<photoshop:Headline>Le col</photoshop:Headline>"
        "<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>"
        "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">© A</rdf:li></rdf:Alt></dc:rights>",
        "<xmp:Rating>4</xmp:Rating><photoshop:Headline>Autre</photoshop:Headline>"
        "<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>sky</rdf:li></rdf:Bag></dc:subject>"
        "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">© B</rdf:li><rdf:li xml:lang=\"fr\">© C</rdf:li>"
        "</rdf:Alt></dc:rights>",
        "photoshop:Credit=\"Agence\"");
    const char *const there[] = {"Le col",   "4</xmp:Rating>", ">sea<", ">sky<",
                                 "© A; © B", "\"fr\">© C",     "Agence"};
    for (gsize i = 0; i < G_N_ELEMENTS(there); i++)
        if (!fg_bytes_hold(joined, there[i]))
            fail_msg("no %s", there[i]);
    assert_false(fg_bytes_hold(joined, "Autre"));
    const char *first =
        g_strstr_len(g_bytes_get_data(joined, NULL), (gssize)g_bytes_get_size(joined), ">sea<");
    assert_null(strstr(first + 1, ">sea<"));
}

static void
an_attribute_is_added_to(void **state)
{
    (void)state;
    FgContainer *container = bare_container(FG_FORMAT_WEBP);
    add_part(container, FG_PART_XMP, NULL, packet("photoshop:Credit=\"A\"", ""));
    add_part(container, FG_PART_XMP, NULL, packet("", "<photoshop:Credit>B</photoshop:Credit>"));
    g_autoptr(GBytes) joined = fg_metadata_xmp(container, NULL);
    free_bare(container);
    assert_true(fg_bytes_hold(joined, "\"A; B\""));
}

static void
a_packet_that_is_none_is_an_error(void **state)
{
    (void)state;
    FgContainer *container = bare_container(FG_FORMAT_WEBP);
    add_part(container, FG_PART_XMP, NULL, packet("", "<xmp:Rating>4</xmp:Rating>"));
    add_part(container, FG_PART_XMP, NULL, g_bytes_new_static("<x><y></x>", 10));
    g_autoptr(GError) error = NULL;
    assert_null(fg_metadata_xmp(container, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_UNREADABLE));
    free_bare(container);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_packet_is_itself_and_none_is_none),
        cmocka_unit_test(properties_and_items_are_added_and_none_is_lost),
        cmocka_unit_test(an_attribute_is_added_to),
        cmocka_unit_test(a_packet_that_is_none_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
