#include "run/run_private.h"
#include "support/fixtures.h"

static FgCursor
over(const GByteArray *record)
{
    return fg_cursor(record->data, record->len, FG_LITTLE_ENDIAN);
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
    g_autoptr(GByteArray) record = g_byte_array_new(), second = g_byte_array_new();
    fg_put_facts(record, facts);
    FgCursor at = over(record);
    g_autoptr(FgFacts) again = fg_get_facts(&at);
    assert_int_equal(fg_cursor_left(&at), 0);
    fg_put_facts(second, again);
    assert_int_equal(record->len, second->len);
    assert_memory_equal(record->data, second->data, record->len);
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
    g_autoptr(GByteArray) record = g_byte_array_new();
    fg_put_rights(record, rights);
    FgCursor at = over(record);
    g_autoptr(FgRights) again = fg_get_rights(&at);
    assert_int_equal(fg_cursor_left(&at), 0);
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
    g_autoptr(GByteArray) record = g_byte_array_new();
    fg_put_facts(record, facts);
    FgCursor at = over(record);
    g_autoptr(FgFacts) again = fg_get_facts(&at);
    assert_string_equal(again->title, "a\xef\xbf\xbd");
}

static void
a_record_that_is_cut_or_has_another_date_is_none(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = fg_facts_new();
    g_autoptr(FgRights) rights = fg_rights_new();
    facts->title = g_strdup("title");
    rights->creators = g_strdupv((char *[]){(char *)"Jane", NULL});
    g_autoptr(GByteArray) record = g_byte_array_new(), stated = g_byte_array_new();
    fg_put_facts(record, facts);
    fg_put_rights(stated, rights);
    for (gsize cut = 0; cut < record->len; cut++) {
        FgCursor at = fg_cursor(record->data, cut, FG_LITTLE_ENDIAN);
        assert_null(fg_get_facts(&at));
    }
    for (gsize cut = 0; cut < stated->len; cut++) {
        FgCursor at = fg_cursor(stated->data, cut, FG_LITTLE_ENDIAN);
        assert_null(fg_get_rights(&at));
    }
    g_autoptr(GByteArray) long_date = g_byte_array_new();
    for (int i = 0; i < 13; i++)
        fg_ipc_put_text(long_date, NULL);
    fg_ipc_put_texts(long_date, NULL);
    fg_ipc_put_text(long_date, "a date that is longer than any date can be");
    for (int i = 0; i < 7; i++)
        fg_ipc_put_u32(long_date, 0);
    FgCursor at = over(long_date);
    assert_null(fg_get_facts(&at));
}

static void
a_raster_crosses_and_lies_about_it_do_not(void **state)
{
    (void)state;
    g_autoptr(FgRaster) raster = fg_raster_new(3, 2, 4);
    for (int i = 0; i < 3; i++)
        raster->data[raster->stride + (gsize)i * 4] = (guint8)(10 + i);
    g_autoptr(GBytes) bytes = fg_raster_pack(raster);
    FgRaster view;
    assert_true(fg_raster_unpack(bytes, &view, NULL));
    assert_int_equal(view.width, 3);
    assert_int_equal(view.height, 2);
    assert_int_equal(view.data[view.stride + 8], 12);
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(bytes, 0, g_bytes_get_size(bytes) - 1);
    assert_false(fg_raster_unpack(cut, &view, NULL));
    static const guint32 lies[] = {0, 0x10000, 0x40000000, 0xffffffff};
    for (gsize i = 0; i < G_N_ELEMENTS(lies); i++) {
        gsize length;
        guint8 *data = g_bytes_unref_to_data(g_bytes_ref(bytes), &length);
        memcpy(data, &lies[i], 4);
        g_autoptr(GBytes) lie = g_bytes_new_take(data, length);
        assert_false(fg_raster_unpack(lie, &view, NULL));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_cross_whole),
        cmocka_unit_test(rights_cross_whole),
        cmocka_unit_test(text_that_is_not_utf8_crosses_repaired),
        cmocka_unit_test(a_record_that_is_cut_or_has_another_date_is_none),
        cmocka_unit_test(a_raster_crosses_and_lies_about_it_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
