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
    g_autoptr(GBytes) merged = fg_irb_merge(old, NULL, mine, FALSE);
    assert_true(holds(merged, "Séchilie", strlen("Séchilie")));
    assert_true(holds(merged, "(c) A", 5));
    assert_false(holds(merged, "(c) B", 5));
    assert_true(holds(merged, "8BIM\x04\x08\0\0\0\0\0\x03grd", 15));
    assert_true(holds(merged, "MeSa\x07\xd0\x01p\0\0\0\x02pp", 14));
    g_autoptr(GBytes) again = fg_irb_merge(merged, NULL, mine, FALSE);
    assert_true(g_bytes_equal(merged, again));
}

static void
the_digest_is_that_of_the_block(void **state)
{
    (void)state;
    g_autoptr(GBytes) mine = block(ours, sizeof ours);
    g_autoptr(GBytes) merged = fg_irb_merge(NULL, NULL, mine, FALSE);
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
    g_autoptr(GBytes) merged = fg_irb_merge(NULL, iim, mine, FALSE);
    assert_true(holds(merged, "Séchilie", strlen("Séchilie")));
}

/* Two blocks, as of two APP13 segments: the first one empty or not, a keyword in both, the notice in the
 * second, and bytes between the resources that are of neither. */
static void
all_blocks_are_joined_and_no_dataset_is_lost(void **state)
{
    (void)state;
    static const char two[] = "8BIM\x04\x04\0\0\0\0\0\x0f\x1c\x02\x19\0\x03sea\x1c\x02\x69\0\x02Hi\0"
                              "?8BIM\x04\x04\0\0\0\0\0\x23\x1c\x02\x19\0\x03sea\x1c\x02\x19\0\x03sky"
                              "\x1c\x02\x6e\0\x02Me\x1c\x02\x69\0\x02Yo\0\0\0\0\0\0"
                              "8BIM\x03\xed\0\0\0\0\0\x02rs";
    static const char joined[] =
        "\x1c\x02\x19\0\x03sea\x1c\x02\x19\0\x03sky\x1c\x02\x69\0\x02Hi\x1c\x02\x69\0\x02Yo"
        "\x1c\x02\x6e\0\x02Me";
    static const char *const heads[] = {"", "8BIM\x04\x04\0\0\0\0\0\0"};
    static const gsize lengths[] = {0, 12};
    g_autoptr(GBytes) mine = block(ours, sizeof ours);
    for (gsize i = 0; i < 2; i++) {
        GByteArray *bytes = g_byte_array_new();
        g_byte_array_append(bytes, (const guint8 *)heads[i], (guint)lengths[i]);
        g_byte_array_append(bytes, (const guint8 *)two, sizeof two - 1);
        g_autoptr(GBytes) old = g_byte_array_free_to_bytes(bytes);
        g_autoptr(GBytes) merged = fg_irb_merge(old, NULL, mine, FALSE);
        assert_true(holds(merged, joined, sizeof joined - 1));
        assert_true(holds(merged, "8BIM\x03\xed\0\0\0\0\0\x02rs", 14));
        g_autoptr(GBytes) again = fg_irb_merge(merged, NULL, mine, FALSE);
        assert_true(g_bytes_equal(merged, again));
    }
}

static void
wide_texts_become_utf8(void **state)
{
    (void)state;
    static const char wide[] =
        "8BIM\x04\x04\0\0\0\0\0\x12\x1c\x01\x5a\0\x04\x1b%/L\x1c\x02\x5a\0\x04\0S\0\xe9";
    g_autoptr(GBytes) mine = block(ours, sizeof ours), old = block(wide, sizeof wide);
    g_autoptr(GBytes) merged = fg_irb_merge(old, NULL, mine, FALSE);
    assert_true(holds(merged, "\x1c\x02\x5a\0\x03Sé", 8));
}

static void
broken_resources_end_where_they_break(void **state)
{
    (void)state;
    g_autoptr(GBytes) mine = block(ours, sizeof ours);
    for (gsize cut = 0; cut < sizeof theirs - 1; cut++) {
        g_autoptr(GBytes) old = g_bytes_new_static(theirs, cut);
        g_autoptr(GBytes) merged = fg_irb_merge(old, NULL, mine, FALSE);
        g_autoptr(GBytes) again = fg_irb_merge(merged, NULL, mine, FALSE);
        assert_true(holds(merged, "(c) A", 5));
        assert_true(g_bytes_equal(merged, again));
    }
}

/* Of two blocks of a PNG the first claims more than it has: what follows is no part of its last resource. */
static void
a_cut_block_does_not_run_into_the_next(void **state)
{
    (void)state;
    static const char cut[] = "8BIM\x04\x08\0\0\0\0\0\x40grd";
    g_autoptr(GBytes) one = block(cut, sizeof cut), two = block(theirs, sizeof theirs);
    FgPart parts[] = {{.kind = FG_PART_IRB, .bytes = one}, {.kind = FG_PART_IRB, .bytes = two}};
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_ptr_array_add(list, &parts[0]);
    g_ptr_array_add(list, &parts[1]);
    const FgContainer container = {.format = FG_FORMAT_PNG, .parts = list};
    g_autoptr(GBytes) all = fg_irb_of(&container);
    FgIrbResource resource;
    assert_true(fg_irb_find(all, FG_IRB_IIM, &resource));
    assert_true(fg_irb_find(all, 0x07d0, &resource));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(their_datasets_become_utf8_and_their_resources_stay),
        cmocka_unit_test(the_digest_is_that_of_the_block),
        cmocka_unit_test(a_block_outside_of_the_resources_is_taken_in),
        cmocka_unit_test(all_blocks_are_joined_and_no_dataset_is_lost),
        cmocka_unit_test(wide_texts_become_utf8),
        cmocka_unit_test(broken_resources_end_where_they_break),
        cmocka_unit_test(a_cut_block_does_not_run_into_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
