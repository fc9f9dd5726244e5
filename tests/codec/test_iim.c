/* test_iim.c: IPTC datasets, whole and broken, and their character sets. */
#include "codec/codec.h"
#include "support/fixtures.h"

#include <string.h>

#define CURSOR(text) fg_cursor(text, sizeof(text) - 1, FG_BIG_ENDIAN)

static void
datasets_are_found_behind_what_is_none(void **state)
{
    (void)state;
    FgWalk walk = fg_walk_over(CURSOR("\0\0\x1c\x02\x05\0\x02"
                                      "Hi"
                                      "x"
                                      "\x1c\x02\x78\x80\x04\0\0\0\x03"
                                      "abc"
                                      "\x1c\x02\x74\0\x20"
                                      "(c) A"));
    FgIimSet set;
    assert_true(fg_iim_next(&walk, &set));
    assert_int_equal(set.number, 5);
    assert_true(fg_is_sound(&walk.flaws)); /* zeros are padding */
    assert_true(fg_iim_next(&walk, &set));
    assert_int_equal(set.number, 0x78);
    assert_memory_equal(set.value.data, "abc", 3);
    assert_int_equal(walk.flaws.strays, 1);
    assert_int_equal(walk.flaws.first, 9);
    assert_true(fg_iim_next(&walk, &set));
    assert_int_equal(set.value.length, 5);
    assert_int_equal(walk.flaws.cut, 1);
    assert_false(fg_iim_next(&walk, &set));
}

static void
a_block_without_a_dataset_is_empty(void **state)
{
    (void)state;
    assert_false(fg_iim_has_any(CURSOR("")));
    assert_false(fg_iim_has_any(CURSOR("\0\0\0\0\0\0")));
    assert_false(fg_iim_has_any(CURSOR("\x1c\x02")));
    assert_true(fg_iim_has_any(CURSOR("\x1c\x02\x05\0\0")));
    FgWalk walk = fg_walk(NULL);
    FgIimSet set;
    assert_false(fg_iim_next(&walk, &set));
}

static void
what_is_written_reads_back(void **state)
{
    (void)state;
    g_autoptr(GByteArray) out = g_byte_array_new();
    fg_iim_put(out, 2, 116, "\xc2\xa9", 2);
    assert_int_equal(out->len, 7);
    assert_memory_equal(out->data, "\x1c\x02\x74\0\x02\xc2\xa9", 7);
}

static void
a_block_of_swapped_longs_is_turned(void **state)
{
    (void)state;
    g_autoptr(GBytes) swapped = g_bytes_new_static("\0\x05\x02\x1c"
                                                   "\0iH\x02",
                                                   8);
    g_autoptr(GBytes) right = fg_iim_unswapped(swapped);
    assert_memory_equal(g_bytes_get_data(right, NULL), "\x1c\x02\x05\0\x02Hi", 8);
    g_autoptr(GBytes) again = fg_iim_unswapped(right);
    assert_ptr_equal(g_bytes_get_data(again, NULL), g_bytes_get_data(right, NULL));
}

static void
texts_are_read_in_the_set_that_is_declared(void **state)
{
    (void)state;
    static const struct {
        const char *escape;
        gsize length;
        FgIimCharset charset;
        const char *data;
        gsize size;
        const char *text;
    } rows[] = {
        {"\x1b%G", 3, FG_IIM_UTF8, "caf\xc3\xa9", 5, "café"},
        {"\x1b-A", 3, FG_IIM_LATIN1, "caf\xe9", 4, "café"},
        {"\x1b%/L", 4, FG_IIM_UTF16, "\0c\0\xe9", 4, "cé"},
        {"\x1b%/F", 4, FG_IIM_UTF32, "\0\0\0c\0\0\0\xe9", 8, "cé"},
        {"\x1b$B", 3, FG_IIM_JIS, "\x1b$B$\"\x1b(B", 8, "あ"},
        {"", 0, FG_IIM_UNDECLARED, "caf\xe9", 4, "café"},
        {"\x1bz", 2, FG_IIM_OTHER, "x", 1, "x"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GByteArray) iim = g_byte_array_new();
        fg_iim_put(iim, 1, 90, rows[i].escape, rows[i].length);
        fg_iim_put(iim, 2, 116, rows[i].data, rows[i].size);
        const FgCursor block = fg_cursor(iim->data, iim->len, FG_BIG_ENDIAN);
        assert_int_equal(fg_iim_charset(block), rows[i].charset);
        FgWalk walk = fg_walk_over(block);
        FgIimSet set;
        assert_true(fg_iim_next(&walk, &set) && fg_iim_next(&walk, &set));
        g_autofree char *text = fg_iim_text(&set, rows[i].charset, NULL);
        assert_string_equal(text, rows[i].text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(datasets_are_found_behind_what_is_none),
        cmocka_unit_test(a_block_without_a_dataset_is_empty),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(a_block_of_swapped_longs_is_turned),
        cmocka_unit_test(texts_are_read_in_the_set_that_is_declared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
