#include "base/base.h"
#include "support/fixtures.h"

#define MIB ((gsize)1 << 20)

static GBytes *
opened(GBytes *packed, gsize ceiling, GError **error)
{
    gsize length;
    const void *data = g_bytes_get_data(packed, &length);
    return fg_brotli_open(data, length, ceiling, error);
}

static GBytes *
packed_zeros(gsize length)
{
    g_autofree guint8 *zeros = g_malloc0(length);
    return fg_brotli_pack(zeros, length);
}

static void
what_was_packed_comes_back(void **state)
{
    (void)state;
    g_autoptr(GBytes) packed = fg_brotli_pack("Le Sappey, Le Sappey", 20);
    g_autoptr(GBytes) plain = opened(packed, 20, NULL);
    assert_int_equal(g_bytes_get_size(plain), 20);
    assert_memory_equal(g_bytes_get_data(plain, NULL), "Le Sappey, Le Sappey", 20);
    g_autoptr(GBytes) empty = fg_brotli_pack(NULL, 0), nothing = opened(empty, 0, NULL);
    assert_int_equal(g_bytes_get_size(nothing), 0);
}

/* A stream that Brotli's own program wrote: `printf 'a box' | brotli -c`. */
static void
a_stream_of_another_writer_is_opened(void **state)
{
    (void)state;
    g_autoptr(GBytes) plain = fg_brotli_open("\x0f\x02\x80"
                                             "a box\x03",
                                             9, 100, NULL);
    assert_int_equal(g_bytes_get_size(plain), 5);
    assert_memory_equal(g_bytes_get_data(plain, NULL), "a box", 5);
}

static void
the_ceiling_and_the_ratio_are_kept(void **state)
{
    (void)state;
    g_autoptr(GError) high = NULL, dense = NULL;
    g_autoptr(GBytes) a_mib = packed_zeros(MIB), two_mib = packed_zeros(2 * MIB);
    g_autoptr(GBytes) fine = opened(a_mib, MIB, NULL);
    assert_int_equal(g_bytes_get_size(fine), MIB); /* of a few bytes: the ratio counts above it alone */
    assert_null(opened(a_mib, MIB - 1, &high));
    assert_true(g_error_matches(high, FG_ERROR, FG_ERROR_LIMIT));
    assert_null(opened(two_mib, 16 * MIB, &dense));
    assert_true(g_error_matches(dense, FG_ERROR, FG_ERROR_LIMIT));
}

static void
a_cut_stream_and_bytes_behind_one_are_malformed(void **state)
{
    (void)state;
    g_autoptr(GBytes) packed = fg_brotli_pack("a comment that is longer", 24);
    gsize length;
    const guint8 *data = g_bytes_get_data(packed, &length);
    g_autoptr(GByteArray) more = g_byte_array_new();
    g_byte_array_append(more, data, (guint)length);
    g_byte_array_append(more, (const guint8 *)"4711", 4);
    for (gsize cut = 0; cut < length; cut++) {
        g_autoptr(GError) error = NULL;
        assert_null(fg_brotli_open(data, cut, 100, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
    }
    g_autoptr(GError) behind = NULL;
    assert_null(fg_brotli_open(more->data, more->len, 100, &behind));
    assert_true(g_error_matches(behind, FG_ERROR, FG_ERROR_MALFORMED));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_comes_back),
        cmocka_unit_test(a_stream_of_another_writer_is_opened),
        cmocka_unit_test(the_ceiling_and_the_ratio_are_kept),
        cmocka_unit_test(a_cut_stream_and_bytes_behind_one_are_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
