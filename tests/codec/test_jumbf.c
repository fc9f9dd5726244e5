/* test_jumbf.c: descriptions of superboxes, whole and broken. */
#include "codec/codec.h"
#include "support/fixtures.h"

#include <string.h>

#define TYPE "\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71"
#define OPEN(text) fg_jumbf_open(fg_cursor(text, sizeof(text) - 1, FG_BIG_ENDIAN), &super)

static void
a_description_says_kind_and_label(void **state)
{
    (void)state;
    FgJumbf super;
    assert_true(OPEN("\0\0\0\x1ejumdc2pa" TYPE "\x03"
                     "c2pa\0rest"));
    assert_int_equal(super.kind, FG_FOURCC('c', '2', 'p', 'a'));
    assert_true(fg_jumbf_is(&super, "c2pa"));
    assert_int_equal(fg_cursor_left(&super.content), 4);
    assert_true(OPEN("\0\0\0\x42jumdcbor" TYPE "\x0f"
                     "a__2\0\0\0\0\1"
                     "0123456789abcdef0123456789abcdef"));
    assert_true(fg_jumbf_is(&super, "a"));
    assert_int_equal(fg_cursor_left(&super.content), 0);
}

static void
another_type_or_no_label_is_read_as_none(void **state)
{
    (void)state;
    FgJumbf super;
    assert_true(OPEN("\0\0\0\x19jumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x72\0"));
    assert_int_equal(super.kind, 0);
    assert_false(fg_jumbf_is(&super, "c2pa"));
    assert_int_equal(fg_cursor_left(&super.label), 0);
}

static void
a_description_must_be_whole(void **state)
{
    (void)state;
    FgJumbf super;
    assert_false(OPEN("\0\0\0\x1djumdc2pa" TYPE "\x03"
                      "c2pa\0")); /* the label's end lies behind */
    assert_false(OPEN("\0\0\0\x1djumdc2pa" TYPE "\x07"
                      "abc\0"));                             /* no room for the id */
    assert_false(OPEN("\0\0\0\x40jumdc2pa" TYPE "\x03c\0")); /* beyond its parent */
    assert_false(OPEN("\0\0\0\x18jumdc2pa" TYPE));           /* no toggles */
    assert_false(OPEN("\0\0\0\x1djumbc2pa" TYPE "\x03"
                      "abc\0")); /* no description at all */
}

static void
only_a_number_follows_a_name(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        gboolean is;
    } rows[] = {{"c2pa.actions", TRUE},    {"c2pa.actions__1", TRUE},  {"c2pa.actions__12", TRUE},
                {"c2pa.actions__", FALSE}, {"c2pa.actions.v2", FALSE}, {"c2pa.actions__a", FALSE},
                {"c2pa.action", FALSE}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        FgJumbf super = {.label = fg_cursor(rows[i].label, strlen(rows[i].label), FG_BIG_ENDIAN)};
        assert_int_equal(fg_jumbf_is(&super, "c2pa.actions"), rows[i].is);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_description_says_kind_and_label),
        cmocka_unit_test(another_type_or_no_label_is_read_as_none),
        cmocka_unit_test(a_description_must_be_whole),
        cmocka_unit_test(only_a_number_follows_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
