#include "pictures.h"

static void
lightness_is_that_of_cielab(void **state)
{
    (void)state;
    g_autofree FgLight *light = fg_light_new();
    for (int i = 0; i <= 2000; i++) {
        double y = i / 2000.0;
        double truth = y > 216.0 / 24389 ? 116 * cbrt(y) - 16 : y * 24389 / 27;
        assert_near((double)fg_lightness(light, (float)y), truth, 0.02);
        assert_near((double)fg_luminance((float)truth), y, 1e-5);
    }
}

static void
srgb_is_that_of_the_standard_and_comes_back(void **state)
{
    (void)state;
    g_autofree FgLight *light = fg_light_new();
    for (int i = 0; i < 256; i++) {
        double v = i / 255.0, truth = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
        assert_near((double)light->linear[i], truth, 1e-7);
        assert_int_equal(fg_light_encode(light, light->linear[i]), i);
    }
    for (int i = 0; i <= 10000; i++) {
        double y = i / 10000.0, v = y <= 0.0031308 ? y * 12.92 : 1.055 * pow(y, 1 / 2.4) - 0.055;
        assert_near(fg_light_encode(light, (float)y), v * 255, 0.502);
    }
    assert_int_equal(fg_light_encode(light, -3), 0);
    assert_int_equal(fg_light_encode(light, 7), 255);
}

static void
a_veil_reaches_its_step_exactly_on_every_ground(void **state)
{
    (void)state;
    g_autofree FgLight *light = fg_light_new();
    for (int level = 20; level <= 80; level += 4) {
        float y = fg_luminance((float)level);
        const float colours[][3] = {{y, y, y}, {y * 1.6f, y * 0.8f, y * 1.2f}, {y * 0.5f, y, y * 2.4f}};
        for (gsize i = 0; i < G_N_ELEMENTS(colours); i++)
            for (int lighter = 0; lighter <= 1; lighter++) {
                const float *c = colours[i];
                float ground = fg_linear_luminance(c[0], c[1], c[2]), veil[3], opacity;
                FgLocal local = {fg_lightness(light, ground), 0, {c[0], c[1], c[2]}};
                fg_veil(&local, 12, lighter, 0.5, veil, &opacity);
                float after =
                    ground * (1 - opacity) + fg_linear_luminance(veil[0], veil[1], veil[2]) * opacity;
                double step = (double)(fg_lightness(light, after) - local.lightness);
                assert_near(step, lighter ? 12 : -12, 0.1);
                assert_true(opacity >= 0 && opacity <= 0.95f);
            }
    }
}

static void
a_light_veil_takes_the_hue_of_dark_places_only(void **state)
{
    (void)state;
    float veil[3], opacity;
    FgLocal dark = {20, 0, {0.01f, 0.03f, 0.09f}}, bright = {80, 0, {0.5f, 0.57f, 0.7f}};
    fg_veil(&dark, 18, TRUE, 0.5, veil, &opacity);
    assert_true(veil[2] > veil[0] + 0.3f);
    fg_veil(&bright, 18, TRUE, 0.5, veil, &opacity);
    assert_true(veil[2] - veil[0] < 0.01f);
}

/* Steps of single pixels under full strokes, from what the raster was and is. */
static void
largest_and_mean(const FgRaster *before, const FgRaster *after, double *most, double *mean)
{
    g_autofree FgLight *light = fg_light_new();
    double sum = 0, count = 0;
    *most = 0;
    for (gsize i = 0; i < before->stride * (gsize)before->height; i += 3) {
        const guint8 *a = before->data + i, *b = after->data + i;
        if (memcmp(a, b, 3) == 0)
            continue;
        double step =
            fabs((double)(fg_lightness(light, fg_linear_luminance(light->linear[a[0]], light->linear[a[1]],
                                                                  light->linear[a[2]])) -
                          fg_lightness(light, fg_linear_luminance(light->linear[b[0]], light->linear[b[1]],
                                                                  light->linear[b[2]]))));
        *most = MAX(*most, step);
        sum += step;
        count++;
    }
    *mean = sum / count;
}

static void
the_grain_never_breaks_the_ceiling(void **state)
{
    (void)state;
    g_autoptr(FgRaster) before = grey(2048, 1360, 3, 110), after = grey(2048, 1360, 3, 110);
    FgMarkSpec spec = signature_spec();
    draw_one(after, &spec, secret_one);
    double most, mean;
    largest_and_mean(before, after, &most, &mean);
    assert_true(most <= 18 * 1.39 + 0.5);
    assert_true(mean > 10 && mean < 18); /* with the edges, which are partly covered */
}

static void
the_step_is_the_same_from_night_to_snow(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec();
    for (int level = 0; level <= 255; level += 15) {
        g_autoptr(FgRaster) raster = grey(1400, 1000, 3, (guint8)level);
        FgMarkReport report = draw_one(raster, &spec, secret_one);
        assert_near(report.visibility, 18, 2);
        assert_true(report.worst_glyph > 12);
        assert_int_equal(report.tone, level > 200 ? FG_TONE_DARK : FG_TONE_LIGHT);
    }
}

static void
restless_ground_takes_a_larger_step(void **state)
{
    (void)state;
    g_autoptr(FgRaster) calm = grey(2048, 1360, 3, 110), rough = grainy(2048, 1360, 40, 180);
    FgMarkSpec spec = signature_spec();
    double smooth = draw_one(calm, &spec, secret_one).visibility,
           masked = draw_one(rough, &spec, secret_one).visibility;
    assert_true(masked > smooth + 2 && masked < 27);
}

static void
bars_of_black_and_white_still_show_it(void **state)
{
    (void)state;
    static const int widths[] = {7, 20, 40, 90, 300};
    FgMarkSpec spec = signature_spec();
    for (gsize i = 0; i < G_N_ELEMENTS(widths); i++) {
        g_autoptr(FgRaster) raster = barred(2048, 1360, widths[i]);
        FgMarkReport report = draw_one(raster, &spec, secret_one);
        assert_true(report.visibility >= 12 && report.visibility <= 27);
        assert_true(report.worst_glyph > 6);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lightness_is_that_of_cielab),
        cmocka_unit_test(srgb_is_that_of_the_standard_and_comes_back),
        cmocka_unit_test(a_veil_reaches_its_step_exactly_on_every_ground),
        cmocka_unit_test(a_light_veil_takes_the_hue_of_dark_places_only),
        cmocka_unit_test(the_grain_never_breaks_the_ceiling),
        cmocka_unit_test(the_step_is_the_same_from_night_to_snow),
        cmocka_unit_test(restless_ground_takes_a_larger_step),
        cmocka_unit_test(bars_of_black_and_white_still_show_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
