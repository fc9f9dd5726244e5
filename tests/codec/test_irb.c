/* test_irb.c: Photoshop resources, whole and broken. */
#include "codec/codec.h"
#include "support/fixtures.h"

#include <string.h>

/* A guide line with a name, bytes of nobody, and two blocks of datasets of which the last claims too much. */
static const char resources[] = "MeSa\x07\xd0\x01p\0\0\0\x03ppp\0"
                                "?8BIM\x04\x04\0\0\0\0\0\x02\x1c\x02"
                                "8BIM\x04\x04\0\0\0\0\0\x40rest";

static void
resources_are_found_behind_what_is_none(void **state)
{
    (void)state;
    g_autoptr(GBytes) irb = g_bytes_new_static(resources, sizeof resources - 1);
    FgWalk walk = fg_walk(irb);
    FgIrbResource resource;
    assert_true(fg_irb_next(&walk, &resource));
    assert_int_equal(resource.id, 0x07d0);
    assert_int_equal(resource.value.length, 3);
    assert_int_equal(resource.head.length, 8);
    assert_true(fg_is_sound(&walk.flaws));
    assert_true(fg_irb_next(&walk, &resource));
    assert_int_equal(resource.id, FG_IRB_IIM);
    assert_int_equal(walk.flaws.strays, 1);
    assert_int_equal(walk.flaws.first, 16);
    assert_true(fg_irb_next(&walk, &resource));
    assert_memory_equal(resource.value.data, "rest", 4);
    assert_int_equal(resource.value.length, 4);
    assert_int_equal(walk.flaws.cut, 1);
    assert_false(fg_irb_next(&walk, &resource));
}

static void
the_first_of_a_number_is_found(void **state)
{
    (void)state;
    g_autoptr(GBytes) irb = g_bytes_new_static(resources, sizeof resources - 1);
    FgIrbResource resource;
    assert_true(fg_irb_find(irb, FG_IRB_IIM, &resource));
    assert_int_equal(resource.value.length, 2);
    assert_false(fg_irb_find(irb, FG_IRB_DIGEST, &resource));
    assert_false(fg_irb_find(NULL, FG_IRB_IIM, &resource));
}

static void
what_is_written_reads_back_and_is_padded(void **state)
{
    (void)state;
    g_autoptr(GByteArray) out = g_byte_array_new();
    g_autoptr(GBytes) irb = g_bytes_new_static(resources, sizeof resources - 1);
    FgIrbResource resource;
    assert_true(fg_irb_find(irb, 0x07d0, &resource));
    fg_irb_put(out, FG_IRB_FLAG, "\1", 1);
    fg_irb_put_as_is(out, &resource);
    static const char expected[] = "8BIM\x04\x0a\0\0\0\0\0\x01\x01\0"
                                   "MeSa\x07\xd0\x01p\0\0\0\x03ppp";
    assert_int_equal(out->len, sizeof expected);
    assert_memory_equal(out->data, expected, sizeof expected);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resources_are_found_behind_what_is_none),
        cmocka_unit_test(the_first_of_a_number_is_found),
        cmocka_unit_test(what_is_written_reads_back_and_is_padded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
