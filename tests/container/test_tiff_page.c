/* Which page of a TIFF is its picture. */
#include "container/build.h"

typedef struct {
    guint16 tag, value;
} Row;

/* Little-endian pages of SHORTs, one after the other. */
static void
add_page(GByteArray *out, const Row *rows, guint count, gboolean last)
{
    add_number(out, count, 2, FALSE);
    for (guint i = 0; i < count; i++) {
        add_number(out, rows[i].tag, 2, FALSE);
        add_number(out, 3, 2, FALSE);
        add_number(out, 1, 4, FALSE);
        add_number(out, rows[i].value, 4, FALSE);
    }
    add_number(out, last ? 0 : out->len + 4, 4, FALSE);
}

static void
the_first_page_that_is_no_smaller_one_counts(void **state)
{
    (void)state;
    static const Row reduced[] = {{254, 1}, {256, 24}, {257, 16}, {273, 8}};
    static const Row old[] = {{255, 2}, {256, 24}, {257, 16}, {273, 8}};
    static const Row mask[] = {{254, 4}, {256, 96}, {257, 64}, {273, 8}};
    static const Row full[] = {{256, 96}, {257, 64}, {258, 16}, {273, 8}, {277, 4}, {338, 0}, {339, 3}};
    GByteArray *out = g_byte_array_new();
    add(out, BYTES("II*\0\x08\0\0\0"));
    add_page(out, reduced, G_N_ELEMENTS(reduced), FALSE);
    add_page(out, old, G_N_ELEMENTS(old), FALSE);
    add_page(out, mask, G_N_ELEMENTS(mask), FALSE);
    add_page(out, full, G_N_ELEMENTS(full), TRUE);
    g_autoptr(GBytes) file = done(out);
    FgTiffPage page;
    assert_true(fg_tiff_page(file, &page));
    assert_int_equal(page.number, 3);
    assert_int_equal(page.width, 96);
    assert_int_equal(page.height, 64);
    assert_int_equal(page.bits, 16);
    assert_int_equal(page.format, 3);
    assert_int_equal(page.samples, 4);
    assert_int_equal(page.extra, 1);
    assert_int_equal(page.alpha, -1);
}

static void
the_first_of_all_is_taken_where_all_are_smaller_ones(void **state)
{
    (void)state;
    static const Row first[] = {{254, 1}, {256, 24}, {257, 16}, {273, 8}, {277, 2}, {338, 2}};
    static const Row second[] = {{254, 1}, {256, 12}, {257, 8}, {273, 8}};
    GByteArray *out = g_byte_array_new();
    add(out, BYTES("II*\0\x08\0\0\0"));
    add_page(out, first, G_N_ELEMENTS(first), FALSE);
    add_page(out, second, G_N_ELEMENTS(second), TRUE);
    g_autoptr(GBytes) file = done(out);
    FgTiffPage page;
    assert_true(fg_tiff_page(file, &page));
    assert_int_equal(page.number, 0);
    assert_int_equal(page.alpha, 1);
    g_autoptr(GBytes) other = g_bytes_new_static(BYTES("II*\0\xff\0\0\0"));
    assert_false(fg_tiff_page(other, &page));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_page_that_is_no_smaller_one_counts),
        cmocka_unit_test(the_first_of_all_is_taken_where_all_are_smaller_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
