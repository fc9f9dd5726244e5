/* What a PNG says of its colours. */
#include "container/build.h"

static GByteArray *
begun(guint8 kind)
{
    GByteArray *out = g_byte_array_new();
    const guint8 header[] = {0, 0, 0, 1, 0, 0, 0, 1, 8, kind, 0, 0, 0};
    add(out, BYTES("\x89PNG\r\n\x1A\n"));
    add_chunk(out, "IHDR", header, sizeof header);
    return out;
}

static FgPngColour
read_colour(GByteArray *taken)
{
    FgPngColour colour;
    g_autoptr(GBytes) file = done(taken);
    assert_true(fg_png_colour(file, &colour));
    return colour;
}

static void
each_chunk_is_read(void **state)
{
    (void)state;
    GByteArray *out = begun(4), *primaries = g_byte_array_new();
    for (guint i = 1; i <= 8; i++)
        add_number(primaries, i * 1000, 4, TRUE);
    add_chunk(out, "cICP", BYTES("\x09\x10\x00\x00"));
    add_chunk(out, "sRGB", BYTES("\0"));
    add_chunk(out, "gAMA", BYTES("\x00\x00\xB1\x8F"));
    add_chunk(out, "cHRM", primaries->data, primaries->len);
    add_chunk(out, "iCCP", BYTES("a\0\0"));
    FgPngColour colour = read_colour(out);
    assert_true(colour.grey && colour.has_cicp && colour.narrow && colour.has_srgb && colour.has_icc);
    assert_int_equal(colour.primaries, 9);
    assert_int_equal(colour.transfer, 16);
    assert_true(colour.has_gamma);
    assert_int_equal(colour.gamma, 45455);
    assert_true(colour.has_primaries);
    assert_int_equal(colour.chromaticities[7], 8000);
    g_byte_array_unref(primaries);
}

static void
what_makes_no_sense_counts_as_not_said(void **state)
{
    (void)state;
    GByteArray *out = begun(2);
    add_chunk(out, "cICP", BYTES("\x09\x10\x01\x01")); /* a matrix */
    add_chunk(out, "gAMA", BYTES("\0\0\0\0"));
    add_chunk(out, "cHRM", BYTES("\0\0\x10"));
    FgPngColour colour = read_colour(out);
    assert_false(colour.grey || colour.has_cicp || colour.has_gamma || colour.has_primaries || colour.narrow);
}

static void
what_stands_behind_the_data_does_not_count(void **state)
{
    (void)state;
    GByteArray *out = begun(2);
    add_chunk(out, "IDAT", BYTES("x"));
    add_chunk(out, "gAMA", BYTES("\0\x01\x86\xA0"));
    assert_false(read_colour(out).has_gamma);
    FgPngColour colour;
    g_autoptr(GBytes) other = g_bytes_new_static(BYTES("II*\0"));
    assert_false(fg_png_colour(other, &colour));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_chunk_is_read),
        cmocka_unit_test(what_makes_no_sense_counts_as_not_said),
        cmocka_unit_test(what_stands_behind_the_data_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
