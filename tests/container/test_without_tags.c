/* Tags taken out of a further EXIF block where it stands. */
#include "container/build.h"

#include <string.h>

#define COPYRIGHT 0x8298

/* Model "cam" in the entry, a notice of 5 bytes apart from it, no further directory. */
#define BLOCK                                                                                                \
    "II*\0\x08\0\0\0\x02\0\x10\x01\x02\0\x04\0\0\0cam\0\x98\x82\x02\0\x05\0\0\0\x26\0\0\0\0\0\0\0(c)X\0"

static const guint16 tags[] = {COPYRIGHT};

static gboolean
holds(GBytes *file, const char *bytes, gsize length)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(file, &size);
    return memmem(data, size, bytes, length) != NULL;
}

static void
a_further_block_loses_the_tag_alone_and_the_first_nothing(void **state)
{
    (void)state;
    g_autoptr(GByteArray) before = g_byte_array_new(), after = g_byte_array_new();
    add_chunk(before, "eXIf", BYTES(BLOCK));
    add_chunk(after, "eXIf", BYTES(BLOCK));
    g_autoptr(GBytes) file = build_png(before, after);
    g_autoptr(FgContainer) container = read_ok(file);
    g_autoptr(GBytes) thinned = fg_container_without_tags(container, tags, G_N_ELEMENTS(tags));
    assert_int_equal(g_bytes_get_size(thinned), g_bytes_get_size(file));
    g_autoptr(FgContainer) again = read_ok(thinned);
    assert_sound(again); /* the checksums of its chunks, too */
    guint blocks = 0;
    for (guint i = 0; i < again->parts->len; i++) {
        const FgPart *part = again->parts->pdata[i];
        if (part->kind != FG_PART_EXIF)
            continue;
        assert_true(holds(part->bytes, BYTES("cam")));
        assert_int_equal(holds(part->bytes, BYTES("(c)X")), blocks == 0);
        assert_int_equal(holds(part->bytes, BYTES("\x98\x82")), blocks == 0);
        blocks++;
    }
    assert_int_equal(blocks, 2);
}

static void
a_file_with_one_block_is_the_same(void **state)
{
    (void)state;
    g_autoptr(GByteArray) before = g_byte_array_new();
    add_chunk(before, "eXIf", BYTES(BLOCK));
    g_autoptr(GBytes) file = build_png(before, NULL);
    g_autoptr(FgContainer) container = read_ok(file);
    g_autoptr(GBytes) thinned = fg_container_without_tags(container, tags, G_N_ELEMENTS(tags));
    assert_true(g_bytes_equal(thinned, file));
}

/* A pointer to an Exif directory at 26 that has the notice, whose bytes stand behind it. */
#define BELOW                                                                                                \
    "II*\0\x08\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x1a\0\0\0\0\0\0\0"                                              \
    "\1\0\x98\x82\2\0\5\0\0\0\x2c\0\0\0\0\0\0\0(c)X\0"

static void
the_exif_directory_of_a_block_loses_it_too(void **state)
{
    (void)state;
    g_autoptr(GBytes) below = g_bytes_new_static(BYTES(BELOW)), first = g_bytes_new_static(BYTES(BLOCK));
    g_autoptr(GBytes) thinned = fg_exif_without_tags(below, tags, G_N_ELEMENTS(tags));
    assert_int_equal(g_bytes_get_size(thinned), g_bytes_get_size(below));
    assert_false(holds(thinned, BYTES("(c)X")));
    assert_false(holds(thinned, BYTES("\x98\x82")));
    assert_true(holds(thinned, BYTES("\x69\x87")));
    g_autoptr(GBytes) same = fg_exif_without_tags(first, tags, G_N_ELEMENTS(tags));
    assert_ptr_equal(same, first);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_further_block_loses_the_tag_alone_and_the_first_nothing),
        cmocka_unit_test(a_file_with_one_block_is_the_same),
        cmocka_unit_test(the_exif_directory_of_a_block_loses_it_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
