#include "base/base.h"
#include "support/fixtures.h"

static void
a_document_prints_in_the_order_it_was_built(void **state)
{
    (void)state;
    g_autoptr(FgJson) object = fg_json_object();
    fg_json_set(object, "zebra", fg_json_integer(G_MAXINT64));
    fg_json_set(object, "ape", fg_json_number(18.123456789));
    fg_json_set(object, "list", fg_json_strings((const char *const[]){"é", "b", NULL}));
    fg_json_set(object, "none", fg_json_string(NULL));
    fg_json_set(object, "yes", fg_json_boolean(TRUE));
    fg_json_set(object, "empty", fg_json_strings(NULL));
    g_autofree char *line = fg_json_print(object);
    assert_string_equal(line,
                        "{\"zebra\":9223372036854775807,\"ape\":18.1235,\"list\":[\"é\",\"b\"],\"none\":null,"
                        "\"yes\":true,\"empty\":[]}");
}

static void
pretty_print_indents_by_two_and_ends_its_line(void **state)
{
    (void)state;
    g_autoptr(FgJson) object = fg_json_object();
    fg_json_set(object, "a", fg_json_integer(1));
    g_autofree char *text = fg_json_print_pretty(object);
    assert_string_equal(text, "{\n  \"a\": 1\n}\n");
}

static void
text_cannot_steer_a_terminal_or_break_the_encoding(void **state)
{
    (void)state;
    g_autoptr(FgJson) value = fg_json_string("a\x1b[31m\x7f\xc2\x9b\xe2\x80\xae\xff\"\\z");
    g_autofree char *text = fg_json_print(value);
    assert_string_equal(text, "\"a\\u001B[31m\\u007F\\u009B\\u202E\xef\xbf\xbd\\\"\\\\z\"");
    g_autoptr(FgJson) again = fg_json_parse(text, strlen(text), NULL);
    assert_null(again); /* A document is an object or an array. */
}

static void
a_number_that_is_none_is_null(void **state)
{
    (void)state;
    g_autoptr(FgJson) value = fg_json_number(0.0 / 0.0);
    g_autofree char *text = fg_json_print(value);
    assert_string_equal(text, "null");
}

static void
what_was_printed_is_read_again(void **state)
{
    (void)state;
    const char *text = "{\"a\":{\"b\":[1,\"two\",true]},\"c\":\"d\"}";
    g_autoptr(GError) error = NULL;
    g_autoptr(FgJson) root = fg_json_parse(text, strlen(text), &error);
    assert_null(error);
    assert_true(fg_json_is_object(root));
    FgJson *list = fg_json_get(fg_json_get(root, "a"), "b");
    assert_true(fg_json_is_array(list));
    assert_int_equal(fg_json_length(list), 3);
    assert_true(fg_json_is_string(fg_json_at(list, 1)));
    assert_string_equal(fg_json_string_value(fg_json_at(list, 1)), "two");
    assert_string_equal(fg_json_get_string(root, "c"), "d");
    assert_int_equal(fg_json_get_integer(root, "c", -1), -1);
    assert_int_equal(fg_json_get_boolean(root, "missing", TRUE), TRUE);
    assert_null(fg_json_get_string(root, "a"));
    assert_null(fg_json_at(list, 3));

    const char *key;
    FgJson *value;
    g_autoptr(GString) keys = g_string_new(NULL);
    for (void *at = NULL; (at = fg_json_next(root, at, &key, &value));)
        g_string_append(keys, key);
    assert_string_equal(keys->str, "ac");
}

static void
a_broken_document_is_named_by_line_and_column(void **state)
{
    (void)state;
    static const char *const broken[] = {"",         "{",          "[1,]",         "{\"a\":1,\"a\":2}",
                                         "\"text\"", "[\"\xff\"]", "[\"\\u0000\"]"};
    for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(fg_json_parse(broken[i], strlen(broken[i]), &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MANIFEST));
        assert_true(g_str_has_prefix(error->message, "line "));
    }
}

static void
a_document_a_million_deep_is_refused(void **state)
{
    (void)state;
    g_autofree char *deep = g_strnfill(1000000, '[');
    g_autoptr(GError) error = NULL;
    assert_null(fg_json_parse(deep, 1000000, &error));
    assert_non_null(error);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_prints_in_the_order_it_was_built),
        cmocka_unit_test(pretty_print_indents_by_two_and_ends_its_line),
        cmocka_unit_test(text_cannot_steer_a_terminal_or_break_the_encoding),
        cmocka_unit_test(a_number_that_is_none_is_null),
        cmocka_unit_test(what_was_printed_is_read_again),
        cmocka_unit_test(a_broken_document_is_named_by_line_and_column),
        cmocka_unit_test(a_document_a_million_deep_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
