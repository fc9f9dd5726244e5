#include "pictures.h"

/* The signature's mask on a picture of this size, spread over the whole of it. */
static float *
cover(int width, int height, double em, const guint8 *secret, const FgVariation *variation, double *scale)
{
    FgMarkSpec spec = signature_spec();
    FgLettering lettering;
    g_autoptr(GBytes) block = NULL;
    letter(&spec, em, &lettering, &block);
    FgShape shape = fg_text_shape(&lettering);
    *scale = fg_place_scale(&spec, &shape, width, height);
    double margin = spec.margin * MIN(width, height);
    FgBox box = fg_place_box(spec.place, margin, shape.width * *scale, shape.height * *scale, width, height);
    FgDrawing drawing = {
        .lettering = &lettering, .shape = shape, .name = spec.name, .secret = secret, .variation = variation};
    FgFrame frame = fg_frame_new(box.x, box.y, *scale, 0);
    g_autoptr(FgMask) mask = fg_cover(&drawing, &frame, width, height);
    float *whole = g_new0(float, (gsize)width *(gsize)height);
    for (int y = 0; y < mask->rect.height; y++)
        memcpy(whole + (gsize)(mask->rect.y + y) * (gsize)width + mask->rect.x,
               mask->cover + (gsize)y * (gsize)mask->rect.width, (gsize)mask->rect.width * sizeof(float));
    return whole;
}

/* Means over squares of factor x factor. */
static float *
halve(const float *mask, int width, int height, int factor)
{
    float *small = g_new0(float, (gsize)(width / factor) * (gsize)(height / factor));
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            small[(gsize)(y / factor) * (gsize)(width / factor) + (gsize)(x / factor)] +=
                mask[(gsize)y * (gsize)width + (gsize)x] / (float)(factor * factor);
    return small;
}

static double
correlation(const float *a, const float *b, gsize count)
{
    double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0, n = (double)count;
    for (gsize i = 0; i < count; i++) {
        sa += (double)a[i];
        sb += (double)b[i];
        saa += (double)a[i] * (double)a[i];
        sbb += (double)b[i] * (double)b[i];
        sab += (double)a[i] * (double)b[i];
    }
    return (sab - sa * sb / n) / sqrt((saa - sa * sa / n) * (sbb - sb * sb / n));
}

static void
the_ink_covers_what_the_letters_enclose(void **state)
{
    (void)state;
    double scale;
    g_autofree float *mask = cover(2048, 1360, 96, secret_one, &fg_variation_none, &scale);
    FgMarkSpec spec = signature_spec();
    FgLettering lettering;
    g_autoptr(GBytes) block = NULL;
    letter(&spec, 96, &lettering, &block);
    double inside = 0, covered = 0;
    for (gsize i = 0; i < lettering.distance_length; i++)
        inside += lettering.distance[i] >= 128;
    for (gsize i = 0; i < 2048 * 1360; i++)
        covered += (double)mask[i];
    assert_near(covered / (inside * scale * scale / (96 * 96)), 1, 0.03);
}

static void
two_sizes_of_one_photo_coincide(void **state)
{
    (void)state;
    double scale;
    g_autofree float *large = cover(2048, 1360, 96, secret_one, &fg_variation_single, &scale);
    g_autofree float *small = cover(1024, 680, 51, secret_one, &fg_variation_single, &scale);
    g_autofree float *shrunk = halve(large, 2048, 1360, 2);
    double same = correlation(shrunk, small, 1024 * 680);
    if (same <= 0.97)
        fail_msg("the correlation is %g", same);
}

static void
two_photos_do_not(void **state)
{
    (void)state;
    double scale;
    g_autofree float *one = cover(2048, 1360, 96, secret_one, &fg_variation_single, &scale);
    g_autofree float *two = cover(2048, 1360, 96, secret_two, &fg_variation_single, &scale);
    double same = correlation(one, two, 2048 * 1360);
    assert_true(same > 0.5 && same < 0.93);
}

static void
without_variation_all_photos_are_alike(void **state)
{
    (void)state;
    double scale;
    g_autofree float *one = cover(1024, 680, 60, secret_one, &fg_variation_none, &scale);
    g_autofree float *two = cover(1024, 680, 60, secret_two, &fg_variation_none, &scale);
    assert_memory_equal(one, two, 1024 * 680 * sizeof(float));
}

static void
thin_strokes_are_spread_until_they_can_be_seen(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec();
    spec.text = (char *)"l";
    FgLettering lettering;
    g_autoptr(GBytes) block = NULL;
    letter(&spec, 90, &lettering, &block);
    FgDrawing drawing = {.lettering = &lettering,
                         .shape = fg_text_shape(&lettering),
                         .name = spec.name,
                         .secret = secret_one,
                         .variation = &fg_variation_none};
    FgFrame frame = fg_frame_new(20.3, 10, 8, 0); /* a stem of 0.7 px */
    g_autoptr(FgMask) mask = fg_cover(&drawing, &frame, 60, 40);
    float row = 0;
    for (int x = 0; x < mask->rect.width; x++)
        row += mask->cover[(gsize)(mask->rect.height / 2) * (gsize)mask->rect.width + (gsize)x];
    assert_near(row, 1.2, 0.15);
}

static void
every_letter_is_told_apart(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec();
    FgLettering lettering;
    g_autoptr(GBytes) block = NULL;
    letter(&spec, 96, &lettering, &block);
    FgDrawing drawing = {.lettering = &lettering,
                         .shape = fg_text_shape(&lettering),
                         .name = spec.name,
                         .secret = secret_one,
                         .variation = &fg_variation_single};
    FgFrame frame = fg_frame_new(20, 20, 32, 0);
    g_autoptr(FgMask) mask = fg_cover(&drawing, &frame, 600, 100);
    guint seen[64] = {0};
    assert_int_equal(lettering.n_clusters, 18);
    for (gsize i = 0; i < (gsize)mask->rect.width * (gsize)mask->rect.height; i++)
        seen[mask->cluster[i]] += mask->cover[i] > 0.5f;
    for (guint i = 0; i < lettering.n_clusters; i++)
        assert_true(seen[i] > 20);
}

static void
a_drawing_outside_the_picture_covers_nothing(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec();
    FgLettering lettering;
    g_autoptr(GBytes) block = NULL;
    letter(&spec, 50, &lettering, &block);
    FgDrawing drawing = {.lettering = &lettering,
                         .shape = fg_text_shape(&lettering),
                         .name = spec.name,
                         .secret = secret_one,
                         .variation = &fg_variation_single};
    FgFrame outside = fg_frame_new(700, 20, 32, 0), partly = fg_frame_new(-100, -10, 32, -24);
    assert_null(fg_cover(&drawing, &outside, 600, 100));
    drawing.variation = &fg_variation_tile;
    g_autoptr(FgMask) mask = fg_cover(&drawing, &partly, 600, 100);
    assert_non_null(mask);
    assert_true(mask->rect.x == 0 && mask->rect.y == 0);
}

/* Left half one colour or two, right half clear. */
static FgRaster *
logo_of(guint8 second)
{
    FgRaster *raster = fg_raster_new(80, 80, 4);
    for (int y = 0; y < 80; y++)
        for (int x = 0; x < 40; x++) {
            guint8 *at = raster->data + (gsize)y * raster->stride + (gsize)x * 4;
            at[0] = y < 40 ? 200 : second;
            at[1] = at[2] = 30;
            at[3] = 255;
        }
    return raster;
}

static void
a_logo_of_one_colour_is_a_shape_and_one_of_two_keeps_them(void **state)
{
    (void)state;
    g_autofree FgLight *light = fg_light_new();
    g_autoptr(FgRaster) plain = logo_of(200), two = logo_of(60), full = grey(10, 10, 4, 128);
    g_autoptr(FgLogo) shape = fg_logo_new(plain, light, 8), picture = fg_logo_new(two, light, 8);
    g_autoptr(FgLogo) opaque = fg_logo_new(full, light, 8);
    assert_false(shape->coloured);
    assert_true(picture->coloured);
    assert_true(opaque->coloured);

    FgDrawing drawing = {.logo = picture,
                         .shape = fg_logo_shape(two),
                         .name = "seal",
                         .secret = secret_one,
                         .variation = &fg_variation_none};
    FgFrame frame = fg_frame_new(10, 10, 8, 0); /* 34 px wide */
    g_autoptr(FgMask) mask = fg_cover(&drawing, &frame, 100, 100);
    double covered = 0;
    for (gsize i = 0; i < (gsize)mask->rect.width * (gsize)mask->rect.height; i++)
        covered += (double)mask->cover[i];
    assert_near(covered, 34 * 34 / 2.0, 20);
    gsize upper = (gsize)(18 - mask->rect.y) * (gsize)mask->rect.width + (gsize)(18 - mask->rect.x);
    assert_near(mask->colour[3 * upper], light->linear[200], 1e-3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ink_covers_what_the_letters_enclose),
        cmocka_unit_test(two_sizes_of_one_photo_coincide),
        cmocka_unit_test(two_photos_do_not),
        cmocka_unit_test(without_variation_all_photos_are_alike),
        cmocka_unit_test(thin_strokes_are_spread_until_they_can_be_seen),
        cmocka_unit_test(every_letter_is_told_apart),
        cmocka_unit_test(a_drawing_outside_the_picture_covers_nothing),
        cmocka_unit_test(a_logo_of_one_colour_is_a_shape_and_one_of_two_keeps_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
