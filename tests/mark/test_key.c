#include "pictures.h"

static void
the_generator_is_xoshiro256_starstar(void **state)
{
    (void)state;
    /* The first numbers from the state 1, 2, 3, 4, as its authors' code gives them. */
    static const guint64 expected[] = {11520, 0, 1509978240, G_GUINT64_CONSTANT(1215971899390074240)};
    FgRandom random = {{1, 2, 3, 4}};
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++)
        assert_true(fg_random_next(&random) == expected[i]);
}

static void
each_field_mark_number_and_photo_draws_its_own_numbers(void **state)
{
    (void)state;
    FgRandom randoms[] = {fg_random(secret_one, "a", "warp", 0), fg_random(secret_one, "a", "warp", 1),
                          fg_random(secret_one, "a", "glyph", 0), fg_random(secret_one, "b", "warp", 0),
                          fg_random(secret_two, "a", "warp", 0)};
    FgRandom again = fg_random(secret_one, "a", "warp", 0);
    guint64 first[G_N_ELEMENTS(randoms)];
    for (gsize i = 0; i < G_N_ELEMENTS(randoms); i++)
        first[i] = fg_random_next(&randoms[i]);
    assert_true(fg_random_next(&again) == first[0]);
    for (gsize i = 0; i < G_N_ELEMENTS(randoms); i++)
        for (gsize k = 0; k < i; k++)
            assert_true(first[i] != first[k]);
}

static void
the_seed_is_the_hmac_of_the_label(void **state)
{
    (void)state;
    guint8 digest[FG_SHA256_SIZE];
    fg_hmac_sha256(secret_one, FG_PHOTO_SECRET_SIZE, "signature/ink/3", 15, digest);
    guint64 seed = 0;
    for (int i = 7; i >= 0; i--)
        seed = seed << 8 | digest[i];
    FgRandom random = fg_random(secret_one, "signature", "ink", 3);
    assert_true(random.state[0] == fg_mix(seed + G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)));
}

static void
uniform_numbers_fill_their_range(void **state)
{
    (void)state;
    FgRandom random = fg_random(secret_one, "a", "b", 0);
    double low = 1, high = -1, sum = 0;
    for (int i = 0; i < 100000; i++) {
        double value = fg_random_uniform(&random);
        low = MIN(low, value);
        high = MAX(high, value);
        sum += value;
    }
    assert_true(low >= -1 && low < -0.999 && high <= 1 && high > 0.999);
    assert_near(sum / 100000, 0, 0.01);
}

static void
normal_numbers_have_unit_variance_and_end_at_two(void **state)
{
    (void)state;
    FgRandom random = fg_random(secret_one, "a", "b", 0);
    double square = 0, most = 0;
    for (int i = 0; i < 100000; i++) {
        double value = fg_normal(fg_random_next(&random));
        square += value * value;
        double clipped = fabs(fg_random_normal(&random));
        most = MAX(most, clipped);
    }
    assert_near(square / 100000, 1, 0.02);
    assert_near(most, 2, 1e-9);
}

static void
noise_has_unit_rms_and_varies_over_its_reach(void **state)
{
    (void)state;
    g_autoptr(FgNoise) noise = fg_noise_new(fg_random(secret_one, "a", "b", 0), 60, 60, 0.5);
    double square = 0, near = 0, far = 0;
    int count = 0;
    for (double y = 1; y < 59; y += 0.31)
        for (double x = 1; x < 58; x += 0.31, count++) {
            double here = (double)fg_noise_at(noise, x, y);
            square += here * here;
            near += here * (double)fg_noise_at(noise, x + 0.05, y);
            far += here * (double)fg_noise_at(noise, x + 2, y);
        }
    assert_near(sqrt(square / count), 1, 0.06); /* the clip at 2 takes a little */
    assert_true(near / square > 0.97);
    assert_true(fabs(far / square) < 0.05);
}

static void
a_place_has_the_same_noise_whatever_box_was_asked(void **state)
{
    (void)state;
    g_autoptr(FgNoise) small = fg_noise_new(fg_random(secret_one, "a", "b", 0), 5, 1, 0.5);
    g_autoptr(FgNoise) large = fg_noise_new(fg_random(secret_one, "a", "b", 0), 40, 7.7, 0.5);
    for (double x = -0.9; x < 5.9; x += 0.17)
        assert_near(fg_noise_at(small, x, 0.4), fg_noise_at(large, x, 0.4), 0);
}

static void
a_grid_has_the_noise_of_its_places(void **state)
{
    (void)state;
    g_autoptr(FgNoise) noise = fg_noise_new(fg_random(secret_one, "a", "b", 0), 5, 2, 0.5);
    const FgGrid grid = {-1.5, -1.5, 0.07, 120, 70}; /* beyond all that was asked for, too */
    g_autofree float *values = g_new(float, (gsize)grid.width *(gsize)grid.height * 3);
    fg_noise_grid(noise, &grid, values + 1, 3);
    for (int y = 0; y < grid.height; y++)
        for (int x = 0; x < grid.width; x++)
            assert_near(values[(y * grid.width + x) * 3 + 1],
                        fg_noise_at(noise, grid.left + x * grid.step, grid.top + y * grid.step), 1e-5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_is_xoshiro256_starstar),
        cmocka_unit_test(each_field_mark_number_and_photo_draws_its_own_numbers),
        cmocka_unit_test(the_seed_is_the_hmac_of_the_label),
        cmocka_unit_test(uniform_numbers_fill_their_range),
        cmocka_unit_test(normal_numbers_have_unit_variance_and_end_at_two),
        cmocka_unit_test(noise_has_unit_rms_and_varies_over_its_reach),
        cmocka_unit_test(a_place_has_the_same_noise_whatever_box_was_asked),
        cmocka_unit_test(a_grid_has_the_noise_of_its_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
