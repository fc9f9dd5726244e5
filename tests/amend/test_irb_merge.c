/* test_irb_merge.c: our datasets among those of others. */
#include "amend/amend_private.h"
#include "support/fixtures.h"

#include <string.h>

/* Ours: UTF-8, and a notice. */
static const char ours[] = "8BIM\x04\x04\0\0\0\0\0\x12\x1c\x01\x5a\0\x03\x1b%G\x1c\x02\x74\0\x05"
                           "(c) A"
                           "8BIM\x04\x0a\0\0\0\0\0\x01\x01\0";

/* Theirs: a guide line before, a city in Latin-1 and another notice, and a resource of their own behind. */
static const char theirs[] = "8BIM\x04\x08\0\0\0\0\0\x03grd\0"
                             "8BIM\x04\x04\0\0\0\0\0\x17\x1c\x02\x5a\0\x08S\xe9"
                             "chilie\x1c\x02\x74\0\x05(c) B\0"
                             "MeSa\x07\xd0\x01p\0\0\0\x02pp";

static GBytes *
block(const char *data, gsize size)
{
    return g_bytes_new_static(data, size - 1);
}

static gboolean
holds(GBytes *bytes, const char *needle, gsize length)
{
    return memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), needle, length) != NULL;
}

static void
their_datasets_become_utf8_and_their_resources_stay(void **state)
{
    (void)state;
    g_autoptr(GBytes) mine = block(ours, sizeof ours), old = block(theirs, sizeof theirs);
    g_autoptr(GBytes) merged = fg_irb_merge(old, NULL, mine);
    assert_true(holds(merged, "Séchilie", strlen("Séchilie")));
    assert_true(holds(merged, "(c) A", 5));
    assert_false(holds(merged, "(c) B", 5));
    assert_true(holds(merged, "8BIM\x04\x08\0\0\0\0\0\x03grd", 15));
    assert_true(holds(merged, "MeSa\x07\xd0\x01p\0\0\0\x02pp", 14));
    g_autoptr(GBytes) again = fg_irb_merge(merged, NULL, mine);
    assert_true(g_bytes_equal(merged, again));
}

static void
the_digest_is_that_of_the_block(void **state)
{
    (void)state;
    g_autoptr(GBytes) mine = block(ours, sizeof ours);
    g_autoptr(GBytes) merged = fg_irb_merge(NULL, NULL, mine);
    guint8 digest[FG_MD5_SIZE];
    fg_md5(ours + 12, 18, digest);
    assert_true(holds(merged, (const char *)digest, sizeof digest));
}

static void
a_block_outside_of_the_resources_is_taken_in(void **state)
{
    (void)state;
    g_autoptr(GBytes) mine = block(ours, sizeof ours);
    g_autoptr(GBytes) iim = g_bytes_new_static(theirs + 28, 23);
    g_autoptr(GBytes) merged = fg_irb_merge(NULL, iim, mine);
    assert_true(holds(merged, "Séchilie", strlen("Séchilie")));
}

static void
broken_resources_end_where_they_break(void **state)
{
    (void)state;
    g_autoptr(GBytes) mine = block(ours, sizeof ours);
    for (gsize cut = 0; cut < sizeof theirs - 1; cut++) {
        g_autoptr(GBytes) old = g_bytes_new_static(theirs, cut);
        g_autoptr(GBytes) merged = fg_irb_merge(old, NULL, mine);
        g_autoptr(GBytes) again = fg_irb_merge(merged, NULL, mine);
        assert_true(holds(merged, "(c) A", 5));
        assert_true(g_bytes_equal(merged, again));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(their_datasets_become_utf8_and_their_resources_stay),
        cmocka_unit_test(the_digest_is_that_of_the_block),
        cmocka_unit_test(a_block_outside_of_the_resources_is_taken_in),
        cmocka_unit_test(broken_resources_end_where_they_break),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
