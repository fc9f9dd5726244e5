#include <string.h>

#include "plan/plan_private.h"
#include "support/fixtures.h"

static void
is_named(const char *pattern, const char *stem, FgFormat format, const char *expected)
{
    const FgSize size = {2048, 1365, FG_CROP_NONE};
    g_autofree char *name = fg_plan_output_name(pattern, stem, "large", &size, format);
    assert_string_equal(name, expected);
}

static void
a_name_is_made_of_its_fields(void **state)
{
    (void)state;
    is_named("{stem}-{width}.{ext}", "dent", FG_FORMAT_JPEG, "dent-2048.jpg");
    is_named("{stem}-{width}.{ext}", "dent", FG_FORMAT_WEBP, "dent-2048.webp");
    is_named("{name}_{stem}_{height}.{ext}", "dent", FG_FORMAT_AVIF, "large_dent_1365.avif");
    is_named("{{{stem}}}.{ext}", "dent", FG_FORMAT_PNG, "{dent}.png");
    /* A stem is bytes, and its braces are no fields. */
    is_named("{stem}.{ext}", "a{width}\xff", FG_FORMAT_JPEG, "a{width}\xff.jpg");
}

static void
a_stem_ends_before_the_last_point(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"a.jpg", "a"},  {"x/y/a.b.jpg", "a.b"}, {"noext", "noext"},
                                           {".a", ".a"},    {"x.y/noext", "noext"}, {"x/.a.jpg", ".a"},
                                           {"a..jpg", "a."}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *stem = fg_photo_stem(cases[i][0]);
        assert_string_equal(stem, cases[i][1]);
    }
}

static void
folders_below_the_input_stay(void **state)
{
    (void)state;
    g_autofree char *below = fg_plan_output_path("chartreuse/nord/dent.jpg", "dent-2048.jpg");
    g_autofree char *top = fg_plan_output_path("dent.jpg", "dent-2048.jpg");
    assert_string_equal(below, "chartreuse/nord/dent-2048.jpg");
    assert_string_equal(top, "dent-2048.jpg");
}

static void
has_id(const char *source, const char *date, const char *expected, gsize length)
{
    g_autoptr(FgPhoto) photo = fg_photo_new("x", source);
    photo->facts = fg_facts_new();
    g_strlcpy(photo->facts->date, date, sizeof photo->facts->date);
    g_autoptr(GBytes) id = fg_plan_id(photo);
    assert_int_equal(g_bytes_get_size(id), length);
    assert_memory_equal(g_bytes_get_data(id, NULL), expected, length);
}

static void
a_photo_is_known_by_its_stem_and_its_capture_time(void **state)
{
    (void)state;
    has_id("x/dent.jpg", "2026-05-01T12:30:00",
           "dent\0"
           "2026-05-01T12:30:00",
           24);
    has_id("dent.heic", "", "dent\0", 5);
    /* Less than a time is none, and a name is the same name in both forms of Unicode. */
    has_id("dent.jpg", "2026-05-01", "dent\0", 5);
    has_id("e\xcc\x81.jpg", "", "\xc3\xa9\0", 3);
    g_autoptr(FgPhoto) unread = fg_photo_new("x", "a.jpg");
    g_autoptr(GBytes) id = fg_plan_id(unread);
    assert_int_equal(g_bytes_get_size(id), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_made_of_its_fields),
        cmocka_unit_test(a_stem_ends_before_the_last_point),
        cmocka_unit_test(folders_below_the_input_stay),
        cmocka_unit_test(a_photo_is_known_by_its_stem_and_its_capture_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
