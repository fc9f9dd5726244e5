#include "base/base.h"
#include "support/fixtures.h"

static const guint8 bytes[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09};

static void
integers_come_in_both_byte_orders(void **state)
{
    (void)state;
    FgCursor big = fg_cursor(bytes, sizeof bytes, FG_BIG_ENDIAN), little = big;
    little.endian = FG_LITTLE_ENDIAN;
    guint16 two;
    guint32 four;
    guint64 eight;
    FgCursor at = big;
    assert_true(fg_cursor_u16(&at, &two) && two == 0x0102);
    assert_true(fg_cursor_u24(&at, &four) && four == 0x030405);
    at = big;
    assert_true(fg_cursor_u32(&at, &four) && four == 0x01020304);
    at = big;
    assert_true(fg_cursor_u64(&at, &eight) && eight == G_GUINT64_CONSTANT(0x0102030405060708));
    at = little;
    assert_true(fg_cursor_u16(&at, &two) && two == 0x0201);
    assert_true(fg_cursor_u24(&at, &four) && four == 0x050403);
    at = little;
    assert_true(fg_cursor_u64(&at, &eight) && eight == G_GUINT64_CONSTANT(0x0807060504030201));
}

static void
a_reader_that_finds_too_little_stays_where_it_was(void **state)
{
    (void)state;
    FgCursor at = fg_cursor(bytes, 3, FG_BIG_ENDIAN);
    guint32 four = 77;
    assert_false(fg_cursor_u32(&at, &four));
    assert_int_equal(at.offset, 0);
    assert_int_equal(four, 77);
    guint8 one;
    assert_true(fg_cursor_skip(&at, 3));
    assert_false(fg_cursor_u8(&at, &one));
    assert_int_equal(fg_cursor_left(&at), 0);
}

static void
an_absurd_length_does_not_wrap(void **state)
{
    (void)state;
    FgCursor at = fg_cursor(bytes, sizeof bytes, FG_BIG_ENDIAN), taken;
    assert_true(fg_cursor_skip(&at, 4));
    assert_false(fg_cursor_skip(&at, G_MAXUINT64 - 2));
    assert_false(fg_cursor_take(&at, G_MAXUINT64, &taken));
    assert_false(fg_cursor_seek(&at, G_MAXUINT64));
    assert_int_equal(at.offset, 4);
    assert_true(fg_cursor_seek(&at, sizeof bytes));
    assert_false(fg_cursor_seek(&at, sizeof bytes + 1));
}

static void
a_part_is_walked_alone(void **state)
{
    (void)state;
    FgCursor at = fg_cursor(bytes, sizeof bytes, FG_LITTLE_ENDIAN), part;
    assert_true(fg_cursor_skip(&at, 2));
    assert_true(fg_cursor_take(&at, 3, &part));
    assert_int_equal(at.offset, 5);
    guint16 two;
    assert_true(fg_cursor_u16(&part, &two) && two == 0x0403);
    assert_false(fg_cursor_u16(&part, &two));
    assert_true(fg_cursor_take(&at, 4, &at));
    assert_int_equal(fg_cursor_left(&at), 4);
    assert_true(fg_cursor_match(&at, "\x06\x07", 2));
    assert_false(fg_cursor_match(&at, "\x06\x07", 2));
    assert_true(fg_cursor_peek(&at, "\x08", 1));
    assert_false(fg_cursor_peek(&at, "\x08\x09\x0a", 3));
}

static void
a_slice_shares_the_bytes_of_the_whole(void **state)
{
    (void)state;
    g_autoptr(GBytes) whole = g_bytes_new_static(bytes, sizeof bytes);
    FgCursor at = fg_cursor_bytes(whole, FG_BIG_ENDIAN), part;
    assert_true(fg_cursor_skip(&at, 3) && fg_cursor_take(&at, 4, &part) && fg_cursor_skip(&part, 1));
    g_autoptr(GBytes) slice = fg_cursor_slice(&part, whole);
    gsize length;
    const guint8 *data = g_bytes_get_data(slice, &length);
    assert_int_equal(length, 3);
    assert_ptr_equal(data, bytes + 4);
}

static void
no_bytes_are_a_fine_whole(void **state)
{
    (void)state;
    FgCursor at = fg_cursor(NULL, 0, FG_BIG_ENDIAN), part;
    assert_true(fg_cursor_take(&at, 0, &part));
    assert_true(fg_cursor_match(&at, "", 0));
    g_autoptr(GBytes) whole = g_bytes_new(NULL, 0);
    g_autoptr(GBytes) slice = fg_cursor_slice(&part, whole);
    assert_int_equal(g_bytes_get_size(slice), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_come_in_both_byte_orders),
        cmocka_unit_test(a_reader_that_finds_too_little_stays_where_it_was),
        cmocka_unit_test(an_absurd_length_does_not_wrap),
        cmocka_unit_test(a_part_is_walked_alone),
        cmocka_unit_test(a_slice_shares_the_bytes_of_the_whole),
        cmocka_unit_test(no_bytes_are_a_fine_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
