#include "base/base.h"
#include "support/fixtures.h"

static GByteArray *
example(void)
{
    GByteArray *record = g_byte_array_new();
    fg_put_le32(record, 7);
    fg_ipc_put_text(record, "été");
    fg_ipc_put_text(record, NULL);
    fg_ipc_put_texts(record, (const char *const[]){"one", "", NULL});
    fg_ipc_put_texts(record, NULL);
    fg_ipc_put_double(record, -0.25);
    return record;
}

static gboolean
read_example(const void *data, gsize length)
{
    FgCursor at = fg_cursor(data, length, FG_LITTLE_ENDIAN);
    guint32 number;
    double real;
    g_autofree char *text = NULL, *none = NULL;
    g_auto(GStrv) texts = NULL, empty = NULL;
    if (!fg_ipc_get_choice(&at, 8, &number) || !fg_ipc_get_some_text(&at, &text) ||
        !fg_ipc_get_text(&at, &none) || !fg_ipc_get_texts(&at, &texts) || !fg_ipc_get_texts(&at, &empty) ||
        !fg_cursor_double(&at, &real))
        return FALSE;
    assert_int_equal(number, 7);
    assert_string_equal(text, "été");
    assert_null(none);
    assert_int_equal(g_strv_length(texts), 2);
    assert_string_equal(texts[1], "");
    assert_null(empty);
    assert_true(real == -0.25);
    return fg_cursor_left(&at) == 0;
}

static void
what_was_put_is_got(void **state)
{
    (void)state;
    g_autoptr(GByteArray) record = example();
    assert_true(read_example(record->data, record->len));
}

static void
a_record_that_is_cut_is_none(void **state)
{
    (void)state;
    g_autoptr(GByteArray) record = example();
    for (gsize length = 0; length < record->len; length++) {
        g_autofree guint8 *cut = g_memdup2(record->data, length); /* The sanitizer sees its end. */
        assert_false(read_example(cut, length));
    }
}

static void
numbers_out_of_range_and_texts_without_an_end_are_refused(void **state)
{
    (void)state;
    static const guint8 eight[] = {8, 0, 0, 0}, open_text[] = {2, 0, 0, 0, 'a', 'b'},
                        long_text[] = {0xff, 0xff, 0xff, 0xff, 'a', 0},
                        many[] = {0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0};
    guint32 number;
    FgCursor at = fg_cursor(eight, sizeof eight, FG_LITTLE_ENDIAN);
    assert_false(fg_ipc_get_choice(&at, 8, &number));
    char *text = (char *)(guintptr) "before";
    at = fg_cursor(open_text, sizeof open_text, FG_LITTLE_ENDIAN);
    assert_false(fg_ipc_get_text(&at, &text));
    assert_null(text);
    at = fg_cursor(long_text, sizeof long_text, FG_LITTLE_ENDIAN);
    assert_false(fg_ipc_get_text(&at, &text));
    char **texts;
    at = fg_cursor(many, sizeof many, FG_LITTLE_ENDIAN);
    assert_false(fg_ipc_get_texts(&at, &texts));
    assert_null(texts);
}

static void
bytes_that_are_no_utf8_come_repaired(void **state)
{
    (void)state;
    g_autoptr(GByteArray) record = g_byte_array_new();
    fg_ipc_put_text(record, "a\xff");
    FgCursor at = fg_cursor(record->data, record->len, FG_LITTLE_ENDIAN), again = at;
    g_autofree char *text = NULL;
    assert_true(fg_ipc_get_text(&at, &text));
    assert_string_equal(text, "a\xef\xbf\xbd");
    const char *bytes;
    assert_true(fg_ipc_get_bytes(&again, &bytes));
    assert_string_equal(bytes, "a\xff");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_got),
        cmocka_unit_test(a_record_that_is_cut_is_none),
        cmocka_unit_test(numbers_out_of_range_and_texts_without_an_end_are_refused),
        cmocka_unit_test(bytes_that_are_no_utf8_come_repaired),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
