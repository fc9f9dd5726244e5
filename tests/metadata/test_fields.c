/* What the loops over filigrane/fields.def do with each field. */
#include "metadata/filling.h"

static const FgField *const tables[] = {fg_right_fields, fg_licensor_fields, fg_fact_fields};

static void
every_key_is_one_row_s_and_every_kind_has_a_value(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        for (const FgField *field = tables[i]; field->key; field++) {
            for (const FgField *other = tables[i]; other != field; other++)
                assert_string_not_equal(field->key, other->key);
            assert_true(!field->vocabulary || field->kind == FG_KIND_TEXT);
            assert_true(!(field->iim.limit > 0) || field->iim.number > 0);
            assert_true(tables[i] != fg_fact_fields || field->keep != 0);
        }
}

static void
assert_equal(const FgField *fields, gconstpointer a, gconstpointer b)
{
    for (; fields->key; fields++)
        if (!fg_field_equal(fields, a, b))
            fail_msg("%s differs", fields->key);
}

static void
a_copy_has_every_field_and_each_is_compared(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = filled_rights(), copy = fg_rights_dup(rights), nothing = fg_rights_new();
    g_autoptr(FgFacts) facts = filled_facts(), same = fg_facts_dup(facts), none = fg_facts_new();
    assert_equal(fg_right_fields, rights, copy);
    assert_equal(fg_fact_fields, facts, same);
    for (const FgField *field = fg_right_fields; field->key; field++)
        if (field->kind != FG_KIND_CONTACT) {
            assert_false(fg_field_is_empty(field, rights));
            assert_true(fg_field_is_empty(field, nothing));
            assert_false(fg_field_equal(field, rights, nothing));
        }
    for (const FgField *field = fg_fact_fields; field->key; field++) {
        assert_false(fg_field_equal(field, facts, none));
        fg_field_clear(field, same);
        assert_true(fg_field_is_empty(field, same));
    }
}

static void
each_group_lets_its_fields_pass_and_no_other(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = filled_facts();
    for (guint bit = 0; fg_keep_names()[bit]; bit++) {
        g_autoptr(FgFacts) kept = fg_facts_kept(facts, 1u << bit);
        for (const FgField *field = fg_fact_fields; field->key; field++)
            assert_int_equal(!fg_field_is_empty(field, kept),
                             (field->keep & (1u << bit | FG_KEEP_ALWAYS)) != 0);
    }
    g_autoptr(FgFacts) kept = fg_facts_kept(facts, 0);
    assert_string_equal(kept->date, "");
    assert_string_equal(kept->ai_system, "ai_system");
    assert_null(kept->ai_prompt);
}

static void
every_field_crosses_to_another_process(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = filled_rights();
    g_autoptr(FgFacts) facts = filled_facts();
    g_autoptr(GByteArray) record = g_byte_array_new();
    fg_rights_pack(record, rights);
    fg_facts_pack(record, facts);
    FgCursor at = fg_cursor(record->data, record->len, FG_LITTLE_ENDIAN);
    g_autoptr(FgRights) rights_again = fg_rights_unpack(&at);
    g_autoptr(FgFacts) facts_again = rights_again ? fg_facts_unpack(&at) : NULL;
    assert_non_null(facts_again);
    assert_int_equal(fg_cursor_left(&at), 0);
    assert_equal(fg_right_fields, rights, rights_again);
    assert_equal(fg_fact_fields, facts, facts_again);
}

static void
a_record_that_is_cut_or_lies_is_none(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = filled_rights();
    g_autoptr(GByteArray) record = g_byte_array_new();
    fg_rights_pack(record, rights);
    for (guint length = 0; length < record->len; length++) {
        FgCursor at = fg_cursor(record->data, length, FG_LITTLE_ENDIAN);
        g_autoptr(FgRights) cut = fg_rights_unpack(&at);
        assert_null(cut);
    }
    g_autoptr(FgFacts) facts = filled_facts();
    g_autoptr(GByteArray) dated = g_byte_array_new();
    fg_facts_pack(dated, facts);
    guint8 *date = memmem(dated->data, dated->len, "2026-05", 7);
    date[-4]--; /* its length */
    FgCursor lie = fg_cursor(dated->data, dated->len, FG_LITTLE_ENDIAN);
    assert_null(fg_facts_unpack(&lie));
    /* Others within others would be followed without end. */
    fg_rights_add_other(rights->others->pdata[0], rights);
    g_byte_array_set_size(record, 0);
    fg_rights_pack(record, rights);
    FgCursor at = fg_cursor(record->data, record->len, FG_LITTLE_ENDIAN);
    assert_null(fg_rights_unpack(&at));
}

static void
a_text_that_is_no_utf8_crosses_repaired(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->title = g_strdup("a\xff");
    g_strlcpy(facts->date, "2026\xff", sizeof facts->date);
    g_autoptr(GByteArray) record = g_byte_array_new();
    fg_facts_pack(record, facts);
    FgCursor at = fg_cursor(record->data, record->len, FG_LITTLE_ENDIAN);
    g_autoptr(FgFacts) again = fg_facts_unpack(&at);
    assert_string_equal(again->title, "a\xef\xbf\xbd");
    assert_string_equal(again->date, "2026\xef\xbf\xbd");
}

static void
json_has_the_fields_of_its_use_in_their_order(void **state)
{
    (void)state;
    static const char *const members[] = {
        "{\"creator\":[\"creator\",\"2\"]", ",\"credit\":\"credit\"", ",\"terms\":{\"fr\":\"terms\"}",
        ",\"web_statement\":\"web_statement\"",
        ",\"licensor\":[{\"name\":\"name\",\"url\":\"url\",\"email\":\"email\"}]"};
    g_autoptr(FgRights) rights = filled_rights();
    g_autoptr(FgJson) check = fg_json_object();
    fg_rights_to_json(check, rights, FG_JSON_CHECK);
    g_autofree char *text = fg_json_print(check);
    const char *at = text;
    for (guint i = 0; i < G_N_ELEMENTS(members) && at; i++)
        if (!(at = strstr(at, members[i])))
            fail_msg("%s is not in its place in %s", members[i], text);
    g_autoptr(FgJson) manifest = fg_json_object();
    fg_rights_to_json(manifest, rights, FG_JSON_MANIFEST);
    assert_string_equal(fg_json_get_string(manifest, "data_mining"),
                        "http://ns.useplus.org/ldf/vocab/DMI-DATA_MINING");
    assert_string_equal(fg_json_get_string(fg_json_get(manifest, "contact"), "postal_code"),
                        "contact.postal_code");
    assert_null(fg_json_get(manifest, "job_title"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_one_row_s_and_every_kind_has_a_value),
        cmocka_unit_test(a_copy_has_every_field_and_each_is_compared),
        cmocka_unit_test(each_group_lets_its_fields_pass_and_no_other),
        cmocka_unit_test(every_field_crosses_to_another_process),
        cmocka_unit_test(a_record_that_is_cut_or_lies_is_none),
        cmocka_unit_test(a_text_that_is_no_utf8_crosses_repaired),
        cmocka_unit_test(json_has_the_fields_of_its_use_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
