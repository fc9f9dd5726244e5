#include "plan/plan_private.h"
#include "support/fixtures.h"

static void
makes(const FgRecipe *recipe, guint32 width, guint32 height, int expected_width, int expected_height)
{
    FgSize size = {0};
    assert_true(fg_plan_size(recipe, width, height, &size));
    assert_int_equal(size.width, expected_width);
    assert_int_equal(size.height, expected_height);
    assert_int_equal(size.crop, recipe->crop);
}

static void
leaves_out(const FgRecipe *recipe, guint32 width, guint32 height)
{
    FgSize size;
    assert_false(fg_plan_size(recipe, width, height, &size));
}

static void
the_long_edge_is_the_longer_side(void **state)
{
    (void)state;
    const FgRecipe recipe = {.long_edge = 2048};
    makes(&recipe, 6000, 4000, 2048, 1365);
    makes(&recipe, 4000, 6000, 1365, 2048);
    makes(&recipe, 3000, 3000, 2048, 2048);
    makes(&recipe, 2048, 1000, 2048, 1000);
    leaves_out(&recipe, 2047, 1000);
}

static void
sides_round_half_up_and_are_at_least_one(void **state)
{
    (void)state;
    const FgRecipe half = {.long_edge = 50};
    makes(&half, 100, 5, 50, 3);   /* 2.5 */
    makes(&half, 100, 3, 50, 2);   /* 1.5 */
    makes(&half, 1000, 49, 50, 2); /* 2.45 */
    makes(&half, 10000, 1, 50, 1);
    const FgRecipe large = {.long_edge = 65500};
    makes(&large, G_MAXUINT32, G_MAXUINT32 / 2, 65500, 32750);
}

static void
a_width_or_a_height_alone_decides(void **state)
{
    (void)state;
    const FgRecipe width = {.width = 800}, height = {.height = 600};
    makes(&width, 1600, 3000, 800, 1500);
    leaves_out(&width, 799, 3000);
    makes(&height, 1600, 3000, 320, 600);
    leaves_out(&height, 3000, 599);
}

static void
a_box_without_crop_holds_the_photo(void **state)
{
    (void)state;
    const FgRecipe box = {.width = 800, .height = 600};
    makes(&box, 1600, 1200, 800, 600);
    makes(&box, 1600, 800, 800, 400);
    makes(&box, 1000, 2000, 300, 600);
    makes(&box, 800, 10, 800, 10);
    makes(&box, 700, 600, 700, 600);
    leaves_out(&box, 799, 599);
}

static void
a_box_with_crop_is_filled(void **state)
{
    (void)state;
    const FgRecipe square = {.width = 480, .height = 480, .crop = FG_CROP_ATTENTION};
    makes(&square, 6000, 4000, 480, 480);
    makes(&square, 480, 480, 480, 480);
    const FgRecipe wide = {.width = 1600, .height = 900, .crop = FG_CROP_CENTRE};
    makes(&wide, 1600, 5000, 1600, 900);
}

static void
a_box_larger_than_the_photo_keeps_its_shape_inside(void **state)
{
    (void)state;
    const FgRecipe square = {.width = 480, .height = 480, .crop = FG_CROP_ATTENTION};
    makes(&square, 600, 300, 300, 300);
    makes(&square, 300, 600, 300, 300);
    const FgRecipe wide = {.width = 1600, .height = 900, .crop = FG_CROP_CENTRE};
    makes(&wide, 800, 800, 800, 450);
    makes(&wide, 3000, 450, 800, 450);
    makes(&wide, 1, 1, 1, 1);
    makes(&wide, 101, 5000, 101, 57); /* 56.8 */
    /* Never outside the photo, whatever the rounding. */
    for (guint32 width = 1; width < 60; width++) {
        for (guint32 height = 1; height < 60; height++) {
            FgSize size;
            assert_true(fg_plan_size(&wide, width, height, &size));
            assert_in_range(size.width, 1, width);
            assert_in_range(size.height, 1, height);
        }
    }
}

/* ---- All sizes of one photo. ---- */

static FgProfile *
profile_of(FgRecipe *recipes, guint count)
{
    FgProfile *profile = g_new0(FgProfile, 1);
    profile->recipes = g_ptr_array_new();
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(profile->recipes, &recipes[i]);
    return profile;
}

/* "large 1600x1067, medium 1280x853" */
static void
gives(FgRecipe *recipes, guint count, guint32 width, guint32 height, const char *expected)
{
    FgProfile *profile = profile_of(recipes, count);
    g_autoptr(GArray) sizes = fg_plan_sizes(profile, width, height);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < sizes->len; i++) {
        const FgSizedRecipe *sized = &g_array_index(sizes, FgSizedRecipe, i);
        g_string_append_printf(text, "%s%s %dx%d%s", i > 0 ? ", " : "", sized->recipe->name,
                               sized->size.width, sized->size.height, sized->size.crop ? " cut" : "");
    }
    assert_string_equal(text->str, expected);
    g_ptr_array_unref(profile->recipes);
    g_free(profile);
}

static FgRecipe gallery[] = {
    {.name = (char *)"large", .long_edge = 2048},
    {.name = (char *)"medium", .long_edge = 1280},
    {.name = (char *)"thumb", .width = 480, .height = 480, .crop = FG_CROP_ATTENTION},
};

static void
a_large_photo_gets_every_entry(void **state)
{
    (void)state;
    gives(gallery, 3, 6000, 4000, "large 2048x1365, medium 1280x853, thumb 480x480 cut");
}

static void
the_smallest_entry_that_is_too_large_is_made_at_the_photos_size(void **state)
{
    (void)state;
    gives(gallery, 3, 1600, 1067, "large 1600x1067, medium 1280x854, thumb 480x480 cut");
    gives(gallery, 3, 1000, 700, "medium 1000x700, thumb 480x480 cut");
    FgRecipe twisted[] = {
        {.name = (char *)"small", .long_edge = 900},
        {.name = (char *)"huge", .long_edge = 4000},
        {.name = (char *)"wide", .width = 2500},
        {.name = (char *)"tall", .height = 1900},
    };
    /* 4000/1600, 2500/1600 and 1900/1067: the width is the smallest. */
    gives(twisted, 4, 1600, 1067, "small 900x600, wide 1600x1067");
}

static void
an_equal_width_is_not_made_twice(void **state)
{
    (void)state;
    gives(gallery, 3, 2048, 1000, "large 2048x1000, medium 1280x625, thumb 480x480 cut");
    gives(gallery, 3, 1280, 900, "medium 1280x900, thumb 480x480 cut");
    gives(gallery, 3, 480, 700, "thumb 480x480 cut");
    gives(gallery, 3, 300, 400, "thumb 300x300 cut");
    gives(gallery, 3, 400, 300, "medium 400x300, thumb 300x300 cut");
}

static void
a_single_entry_is_always_made(void **state)
{
    (void)state;
    FgRecipe archive[] = {{.name = (char *)"archive", .long_edge = 65500}};
    gives(archive, 1, 6000, 4000, "archive 6000x4000");
    gives(archive, 1, 1, 1, "archive 1x1");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_long_edge_is_the_longer_side),
        cmocka_unit_test(sides_round_half_up_and_are_at_least_one),
        cmocka_unit_test(a_width_or_a_height_alone_decides),
        cmocka_unit_test(a_box_without_crop_holds_the_photo),
        cmocka_unit_test(a_box_with_crop_is_filled),
        cmocka_unit_test(a_box_larger_than_the_photo_keeps_its_shape_inside),
        cmocka_unit_test(a_large_photo_gets_every_entry),
        cmocka_unit_test(the_smallest_entry_that_is_too_large_is_made_at_the_photos_size),
        cmocka_unit_test(an_equal_width_is_not_made_twice),
        cmocka_unit_test(a_single_entry_is_always_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
