#include "pixels/quantise_private.h"
#include "support/fixtures.h"

static void
a_higher_quality_never_has_a_larger_step(void **state G_GNUC_UNUSED)
{
    for (int chroma = 0; chroma <= 1; chroma++)
        for (int quality = 1; quality < 100; quality++) {
            FgSteps coarse, fine;
            fg_steps(&coarse, quality, chroma);
            fg_steps(&fine, quality + 1, chroma);
            for (int i = 0; i < FG_BLOCK; i++)
                assert_true(fine.step[i] >= 1 && fine.step[i] <= coarse.step[i]);
        }
}

static void
the_highest_quality_keeps_every_step_of_one(void **state G_GNUC_UNUSED)
{
    for (int chroma = 0; chroma <= 1; chroma++) {
        FgSteps steps;
        fg_steps(&steps, 100, chroma);
        for (int i = 0; i < FG_BLOCK; i++)
            assert_int_equal(steps.step[i], 1);
    }
}

static void
finer_detail_and_colour_are_kept_more_coarsely(void **state G_GNUC_UNUSED)
{
    FgSteps luma, chroma;
    fg_steps(&luma, 82, FALSE);
    fg_steps(&chroma, 82, TRUE);
    for (int i = 0; i < FG_BLOCK; i++) {
        assert_true(chroma.step[i] > luma.step[i]);
        if (i % 8 < 7)
            assert_true(luma.step[i] <= luma.step[i + 1]);
        if (i < 56)
            assert_true(luma.step[i] <= luma.step[i + 8]);
    }
    assert_true(luma.step[63] > 2 * luma.step[0]);
}

static void
a_step_is_64_of_its_64ths(void **state G_GNUC_UNUSED)
{
    for (int quality = 1; quality <= 100; quality++) {
        FgSteps steps;
        fg_steps(&steps, quality, FALSE);
        for (int i = 0; i < FG_BLOCK; i++) {
            guint32 product = steps.reciprocal[i] * steps.step[i] * FG_COEFFICIENT_ONE;
            assert_in_range(product, (64 << 15) * 0.998, (64 << 15) * 1.002);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_higher_quality_never_has_a_larger_step),
        cmocka_unit_test(the_highest_quality_keeps_every_step_of_one),
        cmocka_unit_test(finer_detail_and_colour_are_kept_more_coarsely),
        cmocka_unit_test(a_step_is_64_of_its_64ths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
