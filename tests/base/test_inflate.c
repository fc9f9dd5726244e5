#include "base/base.h"
#include "support/fixtures.h"

static GBytes *
noise(gsize length)
{
    guint8 *data = g_malloc(length);
    guint32 seed = 1;
    for (gsize i = 0; i < length; i++)
        data[i] = (guint8)((seed = seed * 1664525u + 1013904223u) >> 24);
    return g_bytes_new_take(data, length);
}

static void
what_was_deflated_comes_back(void **state)
{
    (void)state;
    g_autoptr(GBytes) plain = noise(300000);
    gsize length;
    const void *data = g_bytes_get_data(plain, &length);
    g_autoptr(GBytes) packed = fg_deflate(data, length);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) again =
        fg_inflate(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed), length, &error);
    assert_null(error);
    assert_true(g_bytes_equal(plain, again));
}

static void
nothing_deflates_to_a_stream_that_holds_nothing(void **state)
{
    (void)state;
    g_autoptr(GBytes) packed = fg_deflate(NULL, 0);
    assert_true(g_bytes_get_size(packed) > 0);
    g_autoptr(GBytes) again = fg_inflate(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed), 0, NULL);
    assert_non_null(again);
    assert_int_equal(g_bytes_get_size(again), 0);
}

static void
a_bomb_stops_at_the_ceiling(void **state)
{
    (void)state;
    gsize length = (gsize)32 << 20;
    g_autofree guint8 *zeros = g_malloc0(length);
    g_autoptr(GBytes) packed = fg_deflate(zeros, length);
    g_autoptr(GError) error = NULL;
    assert_null(fg_inflate(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed), length - 1, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_LIMIT));
}

static void
a_cut_or_damaged_stream_is_malformed(void **state)
{
    (void)state;
    g_autoptr(GBytes) plain = noise(5000), packed = fg_deflate(g_bytes_get_data(plain, NULL), 5000);
    gsize length;
    g_autofree guint8 *data = g_bytes_unref_to_data(g_bytes_ref(packed), &length);
    g_autoptr(GError) cut = NULL, damaged = NULL, empty = NULL;
    assert_null(fg_inflate(data, length - 1, 100000, &cut));
    assert_true(g_error_matches(cut, FG_ERROR, FG_ERROR_MALFORMED));
    data[length - 1] ^= 1; /* in the checksum */
    assert_null(fg_inflate(data, length, 100000, &damaged));
    assert_true(g_error_matches(damaged, FG_ERROR, FG_ERROR_MALFORMED));
    assert_null(fg_inflate(NULL, 0, 100, &empty));
    assert_true(g_error_matches(empty, FG_ERROR, FG_ERROR_MALFORMED));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_deflated_comes_back),
        cmocka_unit_test(nothing_deflates_to_a_stream_that_holds_nothing),
        cmocka_unit_test(a_bomb_stops_at_the_ceiling),
        cmocka_unit_test(a_cut_or_damaged_stream_is_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
