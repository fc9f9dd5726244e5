/* test_tiff_ifd.c: directories as cameras and programs write them, and as nobody should. */
#include "codec/codec.h"
#include "support/fixtures.h"

#include <string.h>

typedef struct {
    guint16 tag, type;
    guint32 count, value;
} Raw;

/* A stream whose first directory lies at 8; what a value points to, the caller appends. */
static GByteArray *
stream_of(FgEndian endian, guint claimed, const Raw *raws, guint count, guint32 next)
{
    GByteArray *out = g_byte_array_new();
    fg_put_text(out, endian == FG_BIG_ENDIAN ? "MM" : "II");
    fg_put_u16(out, endian, 42);
    fg_put_u32(out, endian, 8);
    fg_put_u16(out, endian, claimed);
    for (guint i = 0; i < count; i++) {
        fg_put_u16(out, endian, raws[i].tag);
        fg_put_u16(out, endian, raws[i].type);
        fg_put_u32(out, endian, raws[i].count);
        fg_put_u32(out, endian, raws[i].value);
    }
    fg_put_u32(out, endian, next);
    return out;
}

static FgTiff
opened(const GByteArray *bytes)
{
    FgTiff tiff;
    assert_true(fg_tiff_open(fg_cursor(bytes->data, bytes->len, FG_BIG_ENDIAN), &tiff));
    return tiff;
}

static void
each_entry_is_handed_out_with_its_flaw(void **state)
{
    (void)state;
    static const Raw raws[] = {{0x0100, FG_TIFF_LONG, 1, 640},
                               {0x010F, FG_TIFF_ASCII, 4, 0x41424300},
                               {0x0110, FG_TIFF_ASCII, 6, 62},
                               {0x0111, FG_TIFF_ASCII, 600, 62},
                               {0x0112, 77, 1, 0},
                               {0, 0, 0, 0},
                               {0x0113, FG_TIFF_LONG, 0xFFFFFFFF, 0}};
    static const FgIfdFlaw flaws[] = {FG_IFD_SOUND,   FG_IFD_SOUND,   FG_IFD_SOUND,  FG_IFD_OUTSIDE,
                                      FG_IFD_UNKNOWN, FG_IFD_PADDING, FG_IFD_OUTSIDE};
    for (guint order = 0; order < 2; order++) {
        g_autoptr(GByteArray) bytes = stream_of((FgEndian)order, 7, raws, 7, 0);
        fg_put_text(bytes, "camera");
        const FgTiff tiff = opened(bytes);
        FgIfdWalk walk;
        FgIfdEntry entry;
        assert_true(fg_ifd_begin(&tiff, tiff.first, &walk));
        for (guint i = 0; i < 7; i++) {
            assert_true(fg_ifd_next(&walk, &entry));
            assert_int_equal(entry.tag, raws[i].tag);
            assert_int_equal(entry.flaw, flaws[i]);
        }
        assert_false(fg_ifd_next(&walk, &entry));
        assert_int_equal(walk.flaws.outside, 2);
        assert_int_equal(walk.flaws.unknown, 1);
        assert_int_equal(walk.flaws.cut, 0);
        assert_int_equal(walk.flaws.first, 10 + 3 * 12);
        assert_false(fg_is_sound(&walk.flaws));
    }
}

static void
numbers_are_read_in_both_orders_and_all_widths(void **state)
{
    (void)state;
    for (guint order = 0; order < 2; order++) {
        const guint32 half = order == FG_BIG_ENDIAN ? 7u << 16 : 7;
        const Raw raws[] = {{1, FG_TIFF_SHORT, 1, half},
                            {2, FG_TIFF_LONG, 1, 70000},
                            {3, 13, 1, 80000},
                            {4, FG_TIFF_RATIONAL, 1, 74},
                            {5, FG_TIFF_ASCII, 1, 0}};
        g_autoptr(GByteArray) bytes = stream_of((FgEndian)order, 5, raws, 5, 0);
        fg_put_u32(bytes, (FgEndian)order, 72);
        fg_put_u32(bytes, (FgEndian)order, 1);
        const FgTiff tiff = opened(bytes);
        g_autoptr(FgIfdTable) table = fg_ifd_table(&tiff, tiff.first);
        assert_int_equal(fg_ifd_first(table, 1, 0), 7);
        assert_int_equal(fg_ifd_first(table, 2, 0), 70000);
        assert_int_equal(fg_ifd_first(table, 3, 0), 80000);
        assert_int_equal(fg_ifd_first(table, 5, 9), 9);
        assert_int_equal(fg_ifd_first(table, 6, 9), 9);
        guint32 numerator, denominator;
        assert_true(fg_ifd_rational(fg_ifd_look_up(table, 4), 0, &numerator, &denominator));
        assert_int_equal(numerator, 72);
        assert_int_equal(denominator, 1);
        assert_false(fg_ifd_rational(fg_ifd_look_up(table, 4), 1, &numerator, &denominator));
    }
}

/* The walk reads what is there, and says that it was not all; who wants to write it again gets nothing. */
static void
a_cut_table_is_walked_to_its_end_and_is_no_table(void **state)
{
    (void)state;
    static const Raw raws[] = {{1, FG_TIFF_LONG, 1, 5}, {2, FG_TIFF_LONG, 1, 6}};
    g_autoptr(GByteArray) bytes = stream_of(FG_LITTLE_ENDIAN, 9, raws, 2, 99);
    const FgTiff tiff = opened(bytes);
    FgIfdWalk walk;
    FgIfdEntry entry;
    guint seen = 0;
    assert_true(fg_ifd_begin(&tiff, tiff.first, &walk));
    while (fg_ifd_next(&walk, &entry))
        seen++;
    assert_int_equal(seen, 2);
    assert_int_equal(walk.flaws.cut, 1);
    assert_int_equal(fg_ifd_following(&walk), 0);
    assert_true(fg_ifd_find(&tiff, tiff.first, 2, &entry));
    assert_null(fg_ifd_table(&tiff, tiff.first));
}

static void
a_table_beyond_the_ceiling_is_no_table(void **state)
{
    (void)state;
    g_autofree Raw *raws = g_new0(Raw, FG_IFD_CEILING + 1);
    for (guint i = 0; i <= FG_IFD_CEILING; i++)
        raws[i] = (Raw){(guint16)i, FG_TIFF_LONG, 1, i};
    g_autoptr(GByteArray) all = stream_of(FG_BIG_ENDIAN, FG_IFD_CEILING, raws, FG_IFD_CEILING, 7);
    g_autoptr(GByteArray) more = stream_of(FG_BIG_ENDIAN, FG_IFD_CEILING + 1, raws, FG_IFD_CEILING + 1, 7);
    const FgTiff whole = opened(all), beyond = opened(more);
    g_autoptr(FgIfdTable) table = fg_ifd_table(&whole, whole.first);
    assert_non_null(table);
    assert_int_equal(table->next, 7);
    FgIfdWalk walk;
    assert_true(fg_ifd_begin(&beyond, beyond.first, &walk));
    assert_int_equal(walk.flaws.beyond, 1);
    assert_int_equal(walk.left, FG_IFD_CEILING);
    assert_null(fg_ifd_table(&beyond, beyond.first));
}

static void
the_first_sound_entry_of_a_tag_counts(void **state)
{
    (void)state;
    static const Raw raws[] = {{0x8298, FG_TIFF_ASCII, 900, 50},
                               {0x8298, FG_TIFF_ASCII, 4, 0x003141A9},
                               {0x8298, FG_TIFF_ASCII, 4, 0x003241A9}};
    g_autoptr(GByteArray) bytes = stream_of(FG_LITTLE_ENDIAN, 3, raws, 3, 0);
    const FgTiff tiff = opened(bytes);
    FgIfdEntry entry;
    assert_true(fg_ifd_find(&tiff, tiff.first, 0x8298, &entry));
    assert_memory_equal(entry.value.data,
                        "\xA9"
                        "A1",
                        4);
    assert_false(fg_ifd_find(&tiff, tiff.first, 0x013B, &entry));
}

static void
headers_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char *const none[] = {"", "II*", "II*\0\1\0\0", "IM*\0\1\0\0\0",
                                       "II+\0\4\0\0\0\0\0\0\0\0\0\0\0"};
    static const gsize lengths[] = {0, 3, 7, 8, 16};
    FgTiff tiff;
    for (guint i = 0; i < G_N_ELEMENTS(none); i++)
        assert_false(fg_tiff_open(fg_cursor(none[i], lengths[i], FG_BIG_ENDIAN), &tiff));
    g_autoptr(GBytes) panasonic = g_bytes_new_static("IIU\0\x08\0\0\0", 8);
    assert_true(fg_tiff_open(fg_cursor_bytes(panasonic, FG_BIG_ENDIAN), &tiff));
    assert_int_equal(tiff.magic, 0x55);
    assert_false(fg_tiff_open_plain(panasonic, &tiff));
    FgIfdWalk walk;
    g_autoptr(GByteArray) bytes = stream_of(FG_BIG_ENDIAN, 0, NULL, 0, 0);
    const FgTiff empty = opened(bytes);
    assert_false(fg_ifd_begin(&empty, 7, &walk)); /* over the header */
    assert_false(fg_ifd_begin(&empty, G_MAXUINT64, &walk));
    assert_true(fg_ifd_begin(&empty, 8, &walk));
}

static void
bigtiff_has_wide_counts_and_offsets(void **state)
{
    (void)state;
    static const guint8 big[] = {'M', 'M', 0, 43, 0, 8, 0, 0, 0, 0,  0, 0, 0, 0, 0, 16, 0, 0,
                                 0,   0,   0, 0,  0, 1, 1, 0, 0, 16, 0, 0, 0, 0, 0, 0,  0, 1,
                                 0,   0,   0, 1,  0, 0, 0, 2, 0, 0,  0, 0, 0, 0, 0, 0};
    FgTiff tiff;
    assert_true(fg_tiff_open(fg_cursor(big, sizeof big, FG_LITTLE_ENDIAN), &tiff));
    assert_true(tiff.big);
    g_autoptr(FgIfdTable) table = fg_ifd_table(&tiff, tiff.first);
    assert_int_equal(table->entries->len, 1);
    assert_true(fg_ifd_first(table, 0x0100, 0) == ((guint64)1 << 32 | 2));
}

/* What is written reads back; a value of four bytes stands in its entry. */
static void
rows_are_written_in_order_with_their_values_behind(void **state)
{
    (void)state;
    for (guint order = 0; order < 2; order++) {
        const FgEndian endian = (FgEndian)order;
        g_autoptr(GByteArray) out = stream_of(endian, 0, NULL, 0, 0);
        g_byte_array_set_size(out, 9); /* an odd end */
        g_autoptr(GArray) rows = fg_ifd_rows_new();
        fg_ifd_add(rows, 0x8298, FG_TIFF_ASCII, 12, g_bytes_new_static("hello world", 12));
        fg_ifd_add(rows, 0x013B, FG_TIFF_ASCII, 4, g_bytes_new_static("abc", 4));
        fg_ifd_add(rows, 0x013B, FG_TIFF_ASCII, 4, g_bytes_new_static("not", 4)); /* there is one */
        guint link;
        const guint32 begin = fg_ifd_put(out, endian, rows, 0, &link);
        assert_int_equal(begin, 10);
        fg_store_u32(out->data + 4, endian, begin);
        fg_store_u32(out->data + link, endian, 77);
        const FgTiff tiff = opened(out);
        g_autoptr(FgIfdTable) table = fg_ifd_table(&tiff, tiff.first);
        assert_int_equal(table->next, 77);
        assert_int_equal(table->entries->len, 2);
        const FgIfdEntry *artist = &g_array_index(table->entries, FgIfdEntry, 0);
        const FgIfdEntry *notice = &g_array_index(table->entries, FgIfdEntry, 1);
        assert_false(artist->apart);
        assert_memory_equal(artist->value.data, "abc", 4);
        assert_true(notice->apart);
        assert_int_equal(notice->offset % 2, 0);
        assert_memory_equal(notice->value.data, "hello world", 12);
    }
}

static void
values_are_turned_into_another_order(void **state)
{
    (void)state;
    const Raw raws[] = {{1, FG_TIFF_SHORT, 2, 0x00010002}, {2, FG_TIFF_RATIONAL, 1, 50}};
    g_autoptr(GByteArray) bytes = stream_of(FG_BIG_ENDIAN, 2, raws, 2, 0);
    g_byte_array_set_size(bytes, 50);
    fg_put_be32(bytes, 0x01020304);
    fg_put_be32(bytes, 0x05060708);
    const FgTiff tiff = opened(bytes);
    g_autoptr(FgIfdTable) table = fg_ifd_table(&tiff, tiff.first);
    g_autoptr(GBytes) halves = fg_ifd_value_in(fg_ifd_look_up(table, 1), FG_LITTLE_ENDIAN);
    g_autoptr(GBytes) ratio = fg_ifd_value_in(fg_ifd_look_up(table, 2), FG_LITTLE_ENDIAN);
    g_autoptr(GBytes) same = fg_ifd_value_in(fg_ifd_look_up(table, 1), FG_BIG_ENDIAN);
    assert_memory_equal(g_bytes_get_data(halves, NULL), "\1\0\2\0", 4);
    assert_memory_equal(g_bytes_get_data(ratio, NULL), "\4\3\2\1\10\7\6\5", 8);
    assert_memory_equal(g_bytes_get_data(same, NULL), "\0\1\0\2", 4);
}

static gboolean
is_notice(const FgIfdEntry *entry, gpointer data)
{
    (void)data;
    return entry->tag == 0x8298;
}

static void
entries_go_where_they_stand(void **state)
{
    (void)state;
    static const Raw raws[] = {{1, FG_TIFF_LONG, 1, 5},
                               {0x8298, FG_TIFF_ASCII, 4, 0x00414141},
                               {0x8298, FG_TIFF_ASCII, 4, 0x00424242},
                               {0x9000, FG_TIFF_LONG, 1, 6}};
    for (guint order = 0; order < 2; order++) {
        g_autoptr(GByteArray) bytes = stream_of((FgEndian)order, 4, raws, 4, 70);
        fg_put_text(bytes, "behind");
        const FgTiff tiff = opened(bytes);
        assert_int_equal(fg_ifd_thin(&tiff, bytes->data, tiff.first, is_notice, NULL), 2);
        g_autoptr(FgIfdTable) table = fg_ifd_table(&tiff, tiff.first);
        assert_int_equal(table->next, 70);
        assert_int_equal(table->entries->len, 2);
        assert_int_equal(fg_ifd_first(table, 0x9000, 0), 6);
        assert_memory_equal(bytes->data + bytes->len - 6, "behind", 6);
        assert_null(memmem(bytes->data, bytes->len, "AAA", 3));
        assert_null(memmem(bytes->data, bytes->len, "BBB", 3));
    }
}

static void
entries_go_from_a_cut_table_too(void **state)
{
    (void)state;
    static const Raw raws[] = {{1, FG_TIFF_LONG, 1, 5}, {0x8298, FG_TIFF_ASCII, 4, 0x00414141}};
    g_autoptr(GByteArray) bytes = stream_of(FG_LITTLE_ENDIAN, 40, raws, 2, 0);
    const FgTiff tiff = opened(bytes);
    assert_int_equal(fg_ifd_thin(&tiff, bytes->data, tiff.first, is_notice, NULL), 39);
    FgIfdEntry entry;
    assert_true(fg_ifd_find(&tiff, tiff.first, 1, &entry));
    assert_false(fg_ifd_find(&tiff, tiff.first, 0x8298, &entry));
}

/* A maker note that a program moved without its values. */
static void
a_moved_directory_tells_how_far(void **state)
{
    (void)state;
    const Raw raws[] = {{1, FG_TIFF_ASCII, 8, 1026}, {2, FG_TIFF_ASCII, 8, 1034}};
    g_autoptr(GByteArray) bytes = stream_of(FG_LITTLE_ENDIAN, 2, raws, 2, 0);
    fg_put_text(bytes, "serial01serial02");
    FgTiff tiff = opened(bytes);
    assert_true(fg_ifd_is_likely(&tiff, 8));
    assert_false(fg_ifd_is_likely(&tiff, 20));
    tiff.bias = fg_ifd_bias(&tiff, 8, 8, bytes->len);
    assert_int_equal(tiff.bias, 38 - 1026);
    FgIfdEntry entry;
    assert_true(fg_ifd_find(&tiff, 8, 2, &entry));
    assert_memory_equal(entry.value.data, "serial02", 8);
}

static void
a_number_of_any_type_is_a_real_one(void **state)
{
    (void)state;
    static const Raw raws[] = {{1, FG_TIFF_FLOAT, 1, 0x3FC00000},
                               {2, FG_TIFF_DOUBLE, 1, 98},
                               {3, FG_TIFF_SLONG, 1, (guint32)-5},
                               {4, FG_TIFF_SRATIONAL, 1, 106},
                               {5, FG_TIFF_RATIONAL, 1, 114},
                               {6, FG_TIFF_FLOAT, 1, 0x7FC00000},
                               {7, FG_TIFF_LONG, 1, 7}};
    static const double values[] = {1.5, -2.25, -5, -0.5, 0, 0, 7};
    static const gboolean numbers[] = {TRUE, TRUE, TRUE, TRUE, FALSE, FALSE, TRUE};
    for (guint order = 0; order < 2; order++) {
        const FgEndian endian = (FgEndian)order;
        g_autoptr(GByteArray) bytes = stream_of(endian, 7, raws, 7, 0);
        assert_int_equal(bytes->len, 98);
        fg_put_u32(bytes, endian, endian == FG_BIG_ENDIAN ? 0xC0020000 : 0);
        fg_put_u32(bytes, endian, endian == FG_BIG_ENDIAN ? 0 : 0xC0020000);
        fg_put_u32(bytes, endian, (guint32)-1);
        fg_put_u32(bytes, endian, 2);
        fg_put_u32(bytes, endian, 1);
        fg_put_u32(bytes, endian, 0);
        const FgTiff tiff = opened(bytes);
        for (guint i = 0; i < G_N_ELEMENTS(raws); i++) {
            FgIfdEntry entry;
            double value = 0;
            assert_true(fg_ifd_find(&tiff, tiff.first, raws[i].tag, &entry));
            assert_int_equal(fg_ifd_real(&entry, 0, &value), numbers[i]);
            assert_true(!numbers[i] || (value > values[i] - 1e-9 && value < values[i] + 1e-9));
            assert_false(fg_ifd_real(&entry, 1, &value));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_entry_is_handed_out_with_its_flaw),
        cmocka_unit_test(numbers_are_read_in_both_orders_and_all_widths),
        cmocka_unit_test(a_cut_table_is_walked_to_its_end_and_is_no_table),
        cmocka_unit_test(a_table_beyond_the_ceiling_is_no_table),
        cmocka_unit_test(the_first_sound_entry_of_a_tag_counts),
        cmocka_unit_test(headers_that_are_none_are_refused),
        cmocka_unit_test(bigtiff_has_wide_counts_and_offsets),
        cmocka_unit_test(rows_are_written_in_order_with_their_values_behind),
        cmocka_unit_test(values_are_turned_into_another_order),
        cmocka_unit_test(entries_go_where_they_stand),
        cmocka_unit_test(entries_go_from_a_cut_table_too),
        cmocka_unit_test(a_moved_directory_tells_how_far),
        cmocka_unit_test(a_number_of_any_type_is_a_real_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
