/* test_cbor.c: items of CBOR, whole and broken (RFC 8949, appendices A and F). */
#include "codec/codec.h"
#include "support/fixtures.h"

#include <string.h>

#define CURSOR(text) fg_cursor(text, sizeof(text) - 1, FG_BIG_ENDIAN)

static void
lengths_are_read_in_all_their_widths(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        gsize length;
        FgCborKind kind;
        guint64 number;
    } rows[] = {
        {"\x17", 1, FG_CBOR_UNSIGNED, 23},
        {"\x18\x18", 2, FG_CBOR_UNSIGNED, 24},
        {"\x18\xff", 2, FG_CBOR_UNSIGNED, 255},
        {"\x19\x01\x00", 3, FG_CBOR_UNSIGNED, 256},
        {"\x1a\x00\x01\x00\x00", 5, FG_CBOR_UNSIGNED, 65536},
        {"\x1b\x00\x00\x00\x01\x00\x00\x00\x00", 9, FG_CBOR_UNSIGNED, G_GUINT64_CONSTANT(1) << 32},
        {"\x38\x63", 2, FG_CBOR_NEGATIVE, 99},
        {"\xf9\x3c\x00", 3, FG_CBOR_SIMPLE, 0x3c00},
        {"\xf6", 1, FG_CBOR_SIMPLE, 22},
        {"\x43\x01\x02\x03", 4, FG_CBOR_BYTES, 3},
        {"\x82\x01\x61\x61", 4, FG_CBOR_ARRAY, 2},
        {"\xa1\x61\x61\x80", 4, FG_CBOR_MAP, 1},
        {"\xd8\x20\x61\x61", 4, FG_CBOR_TAG, 32},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        FgCursor at = fg_cursor(rows[i].bytes, rows[i].length, FG_BIG_ENDIAN);
        FgCbor item;
        assert_true(fg_cbor_next(&at, &item));
        assert_int_equal(item.kind, rows[i].kind);
        assert_int_equal(item.number, rows[i].number);
        assert_int_equal(fg_cursor_left(&at), 0);
    }
}

static void
an_item_that_does_not_end_is_none(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        gsize length;
    } rows[] = {
        {"\x18", 1},                                          /* without its number */
        {"\x1c", 1},                                          /* reserved */
        {"\x43\x01", 2},                                      /* cut */
        {"\x5b\xff\xff\xff\xff\xff\xff\xff\xff", 9},          /* 2^64 - 1 bytes */
        {"\x9b\x10\x00\x00\x00\x00\x00\x00\x00\x01", 10},     /* 2^60 items */
        {"\xbb\x80\x00\x00\x00\x00\x00\x00\x00\x01\x01", 11}, /* 2^63 pairs, which is 0 items if it wraps */
        {"\xa1\x61\x61", 3},                                  /* a key without its value */
        {"\xbf\x61\x61\xff", 4},                              /* the same, ended */
        {"\x9f\x01", 2},                                      /* without a break */
        {"\x7f\x41\x61\xff", 4},                              /* bytes in a text */
        {"\x7f\x7f\xff\xff", 4},                              /* an open string in one */
        {"\xff", 1},                                          /* a break of nothing */
        {"\xdf\x01", 2},                                      /* an open tag */
        {"\xc1", 1},                                          /* a tag of nothing */
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        FgCursor at = fg_cursor(rows[i].bytes, rows[i].length, FG_BIG_ENDIAN);
        FgCbor item;
        assert_false(fg_cbor_next(&at, &item));
        assert_int_equal(at.offset, 0);
    }
}

static void
items_in_items_have_an_end(void **state)
{
    (void)state;
    char deep[FG_CBOR_DEPTH + 2];
    memset(deep, '\x81', sizeof deep - 1);
    deep[sizeof deep - 1] = 0;
    FgCbor item;
    FgCursor fits = fg_cursor(deep + 1, sizeof deep - 1, FG_BIG_ENDIAN),
             exceeds = fg_cursor(deep, sizeof deep, FG_BIG_ENDIAN);
    assert_true(fg_cbor_next(&fits, &item));
    assert_false(fg_cbor_next(&exceeds, &item));
}

static void
a_map_is_walked_by_its_body(void **state)
{
    (void)state;
    FgCursor at = CURSOR("\xbf\x61"
                         "a\x01\x61"
                         "b\x9f\x02\x03\xff\xff\x05");
    FgCbor map, key, value;
    assert_true(fg_cbor_next(&at, &map) && map.open && map.kind == FG_CBOR_MAP);
    assert_int_equal(fg_cursor_left(&at), 1);
    FgCursor in = map.body;
    assert_true(fg_cbor_next(&in, &key) && fg_cbor_next(&in, &value));
    assert_true(fg_cbor_is(&key, "a") && value.number == 1);
    assert_true(fg_cbor_next(&in, &key) && fg_cbor_next(&in, &value));
    assert_true(fg_cbor_is(&key, "b") && value.kind == FG_CBOR_ARRAY);
    assert_int_equal(fg_cursor_left(&value.body), 2);
    assert_int_equal(fg_cursor_left(&in), 0);
    assert_false(fg_cbor_is(&key, "bc"));
}

static void
a_text_comes_whole_or_not_at_all(void **state)
{
    (void)state;
    FgCursor at = CURSOR("\xc1\xd8\x20\x63"
                         "abc"
                         "\x7f\x61"
                         "d\x60\x62"
                         "ef\xff"
                         "\x61\xff\x43"
                         "abc");
    FgCbor item;
    assert_true(fg_cbor_next(&at, &item));
    g_autofree char *tagged = fg_cbor_text(&item, 10);
    assert_string_equal(tagged, "abc");
    assert_null(fg_cbor_text(&item, 2));
    assert_true(fg_cbor_next(&at, &item));
    g_autofree char *pieces = fg_cbor_text(&item, 10);
    assert_string_equal(pieces, "def");
    assert_true(fg_cbor_next(&at, &item));
    assert_null(fg_cbor_text(&item, 10)); /* no UTF-8 */
    assert_true(fg_cbor_next(&at, &item));
    assert_null(fg_cbor_text(&item, 10)); /* bytes */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_read_in_all_their_widths),
        cmocka_unit_test(an_item_that_does_not_end_is_none),
        cmocka_unit_test(items_in_items_have_an_end),
        cmocka_unit_test(a_map_is_walked_by_its_body),
        cmocka_unit_test(a_text_comes_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
