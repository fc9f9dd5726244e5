/* test_bmff.c: boxes, whole and cut. */
#include "codec/codec.h"
#include "support/fixtures.h"

#include <string.h>

#define CURSOR(text) fg_cursor(text, sizeof(text) - 1, FG_BIG_ENDIAN)

static void
sizes_are_narrow_wide_or_up_to_the_end(void **state)
{
    (void)state;
    FgCursor at = CURSOR("\0\0\0\x0a"
                         "freeab"
                         "\0\0\0\x01"
                         "uuid\0\0\0\0\0\0\0\x12"
                         "cd"
                         "\0\0\0\0"
                         "mdatrest");
    FgBox box;
    static const guint64 offsets[] = {0, 10, 28}, lengths[] = {10, 18, 12};
    static const char *const bodies[] = {"ab", "cd", "rest"};
    for (guint i = 0; i < 3; i++) {
        assert_true(fg_box_next(&at, &box));
        assert_int_equal(box.span.offset, offsets[i]);
        assert_int_equal(box.span.length, lengths[i]);
        assert_int_equal(fg_cursor_left(&box.body), strlen(bodies[i]));
        assert_true(fg_cursor_peek(&box.body, bodies[i], strlen(bodies[i])));
    }
    assert_false(fg_box_next(&at, &box));
    assert_int_equal(fg_cursor_left(&at), 0);
}

static void
a_cut_box_can_be_opened_and_is_no_next_one(void **state)
{
    (void)state;
    FgCursor at = CURSOR("\0\0\0\x40jumbbody");
    FgBox box;
    assert_false(fg_box_next(&at, &box));
    assert_int_equal(at.offset, 0);
    assert_true(fg_box_open(&at, &box));
    assert_int_equal(fg_cursor_left(&box.body), 4);
    assert_int_equal(box.span.length, 12);
    assert_int_equal(fg_cursor_left(&at), 0);
}

static void
a_box_smaller_than_its_header_is_none(void **state)
{
    (void)state;
    static const char *const none[] = {"\0\0\0\7free", "\0\0\0\1free\0\0\0\0\0\0\0\x0f", "\0\0\0\1free",
                                       "\0\0\0"};
    static const gsize lengths[] = {8, 16, 8, 3};
    for (guint i = 0; i < G_N_ELEMENTS(none); i++) {
        FgCursor at = fg_cursor(none[i], lengths[i], FG_BIG_ENDIAN);
        FgBox box;
        assert_false(fg_box_next(&at, &box));
        assert_false(fg_box_open(&at, &box));
        assert_int_equal(at.offset, 0);
    }
}

static void
what_is_written_reads_back(void **state)
{
    (void)state;
    g_autoptr(GByteArray) out = g_byte_array_new();
    guint outer = fg_box_begin(out, FG_FOURCC('i', 'p', 'r', 'p'));
    guint inner = fg_box_begin_full(out, FG_FOURCC('i', 'p', 'm', 'a'), 1, 0xabcdef);
    fg_put_text(out, "x");
    fg_box_end(out, inner);
    fg_box_end(out, outer);
    FgCursor at = fg_cursor(out->data, out->len, FG_BIG_ENDIAN);
    FgBox box, full;
    assert_true(fg_box_next(&at, &box));
    assert_true(fg_box_next(&box.body, &full));
    guint8 version;
    guint32 flags;
    assert_true(fg_box_full(&full.body, &version, &flags));
    assert_int_equal(version, 1);
    assert_int_equal(flags, 0xabcdef);
    assert_true(fg_cursor_peek(&full.body, "x", 1));
    g_autofree char *name = fg_box_name(full.type), *odd = fg_box_name(FG_FOURCC(0xa9, 'x', 'y', 'z'));
    assert_string_equal(name, "ipma");
    assert_string_equal(odd, "?xyz");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_narrow_wide_or_up_to_the_end),
        cmocka_unit_test(a_cut_box_can_be_opened_and_is_no_next_one),
        cmocka_unit_test(a_box_smaller_than_its_header_is_none),
        cmocka_unit_test(what_is_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
