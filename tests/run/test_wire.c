#include "run/run_private.h"
#include "support/fixtures.h"

/* Over the border and back: through bytes, as between two processes. */
static GVariant *
cross(GVariant *value)
{
    g_autoptr(GVariant) sunk = g_variant_ref_sink(value);
    g_autoptr(GBytes) bytes = g_variant_get_data_as_bytes(sunk);
    return g_variant_ref_sink(g_variant_new_from_bytes(g_variant_get_type(sunk), bytes, FALSE));
}

static void
facts_cross_whole(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->title = g_strdup("Titre");
    facts->headline = g_strdup("h");
    facts->caption = g_strdup("© été");
    facts->alt = g_strdup("a");
    facts->extended_alt = g_strdup("b");
    facts->keywords = g_strdupv((char *[]){(char *)"one", (char *)"two", NULL});
    g_strlcpy(facts->date, "2026-05-01T10:11:12", sizeof facts->date);
    facts->make = g_strdup("make");
    facts->model = g_strdup("model");
    facts->lens = g_strdup("lens");
    facts->exposure_time = (FgRational){1, 250};
    facts->f_number = (FgRational){28, 10};
    facts->focal_length = (FgRational){50, 1};
    facts->iso = 400;
    facts->country = g_strdup("France");
    facts->country_code = g_strdup("FR");
    facts->state = g_strdup("Isère");
    facts->city = g_strdup("Grenoble");
    facts->digital_source = g_strdup("compositeWithTrainedAlgorithmicMedia");
    g_autoptr(GVariant) wire = cross(fg_wire_facts(facts));
    g_autoptr(FgFacts) again = fg_wire_facts_read(wire);
    g_autoptr(GVariant) second = cross(fg_wire_facts(again));
    assert_true(g_variant_equal(wire, second));
    assert_string_equal(again->caption, "© été");
    assert_string_equal(again->keywords[1], "two");
    assert_string_equal(again->date, "2026-05-01T10:11:12");
    assert_int_equal(again->focal_length.numerator, 50);
    assert_int_equal(again->iso, 400);
    assert_string_equal(again->city, "Grenoble");
}

static void
rights_cross_whole(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = fg_rights_new();
    rights->creators = g_strdupv((char *[]){(char *)"Jane", NULL});
    rights->copyright = g_strdup("© Jane");
    g_ptr_array_add(rights->terms, fg_lang_text_new("fr", "interdit"));
    g_ptr_array_add(rights->other_constraints, fg_lang_text_new("en", "ask"));
    const FgLicensor licensor = {.name = (char *)"Cartus", .email = (char *)"a@b.c"};
    g_ptr_array_add(rights->licensors, fg_licensor_dup(&licensor));
    rights->contact.city = g_strdup("Lyon");
    rights->year = 2026;
    g_autoptr(GVariant) wire = cross(fg_wire_rights(rights));
    g_autoptr(FgRights) again = fg_wire_rights_read(wire);
    assert_string_equal(again->creators[0], "Jane");
    assert_null(again->aliases);
    assert_null(again->owner);
    assert_string_equal(((FgLangText *)again->terms->pdata[0])->text, "interdit");
    assert_string_equal(((FgLangText *)again->other_constraints->pdata[0])->lang, "en");
    assert_string_equal(((FgLicensor *)again->licensors->pdata[0])->email, "a@b.c");
    assert_null(((FgLicensor *)again->licensors->pdata[0])->url);
    assert_string_equal(again->contact.city, "Lyon");
    assert_int_equal(again->year, 2026);
}

static void
text_that_is_not_utf8_crosses_repaired(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->title = g_strdup("a\xff");
    g_autoptr(GVariant) wire = cross(fg_wire_facts(facts));
    assert_true(g_variant_is_normal_form(wire));
    g_autoptr(FgFacts) again = fg_wire_facts_read(wire);
    assert_string_equal(again->title, "a\xef\xbf\xbd");
}

static void
members_of_another_type_or_length_are_passed_over(void **state)
{
    (void)state;
    g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);
    g_variant_dict_insert(&dict, "title", "u", 7);
    g_variant_dict_insert(&dict, "date", "s", "a date that is longer than any date can be");
    g_variant_dict_insert(&dict, "exposure", "s", "long");
    g_variant_dict_insert(&dict, "unknown", "s", "?");
    g_autoptr(GVariant) wire = cross(g_variant_dict_end(&dict));
    g_autoptr(FgFacts) facts = fg_wire_facts_read(wire);
    assert_null(facts->title);
    assert_string_equal(facts->date, "");
    assert_int_equal(facts->exposure_time.denominator, 0);
}

static void
a_child_cannot_stop_the_run_or_steer_the_terminal(void **state)
{
    (void)state;
    for (guint32 code = 0; code < FG_N_ERRORS + 3u; code++) {
        g_autoptr(GVariant) wire = cross(g_variant_new(FG_PAYLOAD_ERROR, code, "a\x1b[2J"));
        g_autoptr(GError) error = fg_payload_error_read(wire);
        assert_true(error->code >= 0 && error->code < FG_N_ERRORS);
        assert_int_not_equal(fg_error_exit_code((FgErrorCode)error->code), 3);
        assert_string_equal(error->message, "a\\x1B[2J");
    }
    g_autoptr(GError) own = g_error_new(FG_ERROR, FG_ERROR_MALFORMED, "cut");
    g_autoptr(GVariant) wire = cross(fg_payload_error(own));
    g_autoptr(GError) again = fg_payload_error_read(wire);
    assert_true(g_error_matches(again, FG_ERROR, FG_ERROR_MALFORMED));
}

static void
a_raster_crosses_and_lies_about_it_do_not(void **state)
{
    (void)state;
    g_autoptr(FgRaster) raster = fg_raster_new(3, 2, 4);
    for (int i = 0; i < 3; i++)
        raster->data[raster->stride + (gsize)i * 4] = (guint8)(10 + i);
    g_autoptr(GBytes) bytes = fg_wire_raster(raster);
    FgRaster view;
    assert_true(fg_wire_raster_view(bytes, &view, NULL));
    assert_int_equal(view.width, 3);
    assert_int_equal(view.height, 2);
    assert_int_equal(view.data[view.stride + 8], 12);
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(bytes, 0, g_bytes_get_size(bytes) - 1);
    assert_false(fg_wire_raster_view(cut, &view, NULL));
    static const guint32 lies[] = {0, 0x10000, 0x40000000, 0xffffffff};
    for (gsize i = 0; i < G_N_ELEMENTS(lies); i++) {
        gsize length;
        guint8 *data = g_bytes_unref_to_data(g_bytes_ref(bytes), &length);
        memcpy(data, &lies[i], 4);
        g_autoptr(GBytes) lie = g_bytes_new_take(data, length);
        assert_false(fg_wire_raster_view(lie, &view, NULL));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_cross_whole),
        cmocka_unit_test(rights_cross_whole),
        cmocka_unit_test(text_that_is_not_utf8_crosses_repaired),
        cmocka_unit_test(members_of_another_type_or_length_are_passed_over),
        cmocka_unit_test(a_child_cannot_stop_the_run_or_steer_the_terminal),
        cmocka_unit_test(a_raster_crosses_and_lies_about_it_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
