/* test_roll_off.c: what is brighter than white comes down to it, and nothing else changes (ITU-R BT.2390). */
#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <math.h>

static void
assert_near(double found, double expected, double tolerance)
{
    if (fabs(found - expected) > tolerance)
        fail_msg("%g is not %g", found, expected);
}

static void
signals_are_light(void **state)
{
    (void)state;
    assert_near(fg_hdr_light(FG_HDR_PQ, 0.5806888810416109), 1, 1e-9); /* 203 cd/m² (BT.2408) */
    assert_near(fg_hdr_light(FG_HDR_PQ, 1), 10000 / 203.0, 1e-9);
    assert_near(fg_hdr_light(FG_HDR_PQ, 0), 0, 1e-12);
    assert_near(fg_hdr_light(FG_HDR_HLG, 0.75), 1, 0.001);
    assert_near(fg_hdr_light(FG_HDR_HLG, 1), 1 / 0.265, 1e-6);
}

static void
nothing_changes_below_the_knee_and_the_peak_is_white(void **state)
{
    (void)state;
    static const guint32 peaks[] = {0, 204, 250, 400, 600, 1000, 1600, 4000, 10000, G_MAXUINT32};
    for (guint i = 0; i < G_N_ELEMENTS(peaks); i++) {
        const FgRollOff curve = fg_roll_off(peaks[i]);
        const double peak = MIN(peaks[i] ? peaks[i] : 1000, 10000) / 203.0;
        for (double light = 0; light <= 0.5; light += 0.05)
            assert_near(fg_roll_off_gain(&curve, light), 1, 0);
        assert_near(peak * fg_roll_off_gain(&curve, peak), 1, 1e-6);
        assert_near(2 * peak * fg_roll_off_gain(&curve, 2 * peak), 1, 1e-6);
    }
}

static void
brighter_is_never_darker(void **state)
{
    (void)state;
    static const guint32 peaks[] = {204, 400, 1000, 1500, 4000, 10000};
    for (guint i = 0; i < G_N_ELEMENTS(peaks); i++) {
        const FgRollOff curve = fg_roll_off(peaks[i]);
        double before = 0, white = 0;
        for (double light = 0; light < 60; light += 0.01) {
            const double now = light * fg_roll_off_gain(&curve, light);
            assert_true(now >= before - 1e-9 && now <= 1 + 1e-9);
            white = now < 0.999 ? light : white;
            before = now;
        }
        /* White is not reached long before the peak. */
        assert_true(white > 0.2 * peaks[i] / 203);
    }
}

static void
a_source_that_is_not_brighter_is_cut_at_white(void **state)
{
    (void)state;
    const FgRollOff curve = fg_roll_off(203), dark = fg_roll_off(1);
    assert_near(fg_roll_off_gain(&curve, 0.99), 1, 0);
    assert_near(fg_roll_off_gain(&curve, 4), 0.25, 1e-12);
    assert_near(fg_roll_off_gain(&dark, 1), 1, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signals_are_light),
        cmocka_unit_test(nothing_changes_below_the_knee_and_the_peak_is_white),
        cmocka_unit_test(brighter_is_never_darker),
        cmocka_unit_test(a_source_that_is_not_brighter_is_cut_at_white),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
