#include "pixels/pixels_private.h"
#include "support/fixtures.h"

#include <lcms2.h>
#include <string.h>

/* A chart of soft steps through all of RGB, so that neither codec nor interpolation blurs the comparison. */
static FgRaster *
chart(void)
{
    FgRaster *raster = fg_raster_new(128, 128, 3);
    for (int y = 0; y < 128; y++)
        for (int x = 0; x < 128; x++) {
            guint8 *pixel = raster->data + (gsize)y * raster->stride + x * 3;
            pixel[0] = (guint8)(x / 16 * 36);
            pixel[1] = (guint8)(y / 16 * 36);
            pixel[2] = (guint8)(((x / 16) ^ (y / 16)) * 36);
        }
    return raster;
}

typedef struct {
    char *folder, *chart;
} Bench;

static Bench
bench_new(void)
{
    Bench bench = {.folder = fg_scratch()};
    bench.chart = g_build_filename(bench.folder, "chart.png", NULL);
    g_autoptr(FgRaster) raster = chart();
    g_autoptr(GBytes) png = fg_encode_png(raster, NULL);
    fg_spill(bench.chart, png);
    return bench;
}

static void
bench_clear(Bench *bench)
{
    g_free(bench->folder);
    g_free(bench->chart);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bench, bench_clear)

static char *
bench_path(const Bench *bench, const char *name)
{
    return g_build_filename(bench->folder, name, NULL);
}

/* Runs `vips` with these words; FALSE when it is missing or refuses. */
static gboolean
vips(const char *one, const char *two, const char *three, const char *four, const char *five, const char *six)
{
    int status;
    g_autofree char *out = fg_witness(&status, "vips", one, two, three, four, five, six, NULL);
    return status == 0;
}

static FgRaster *
opened(const char *path)
{
    g_autoptr(GBytes) file = fg_slurp(path);
    FgFormat format = fg_sniff(g_bytes_get_data(file, NULL), g_bytes_get_size(file));
    g_autoptr(GError) error = NULL;
    g_autoptr(FgImage) image = fg_image_open(file, format, 1, NULL, &error);
    assert_null(error);
    FgSize size = {fg_image_width(image), fg_image_height(image), FG_CROP_NONE};
    FgRaster *raster = fg_image_render(image, &size, &error);
    assert_null(error);
    return raster;
}

/* The mean difference between our pixels and those of a raw file, in hundredths of a step. */
static guint64
difference(const FgRaster *raster, const char *raw_path)
{
    g_autoptr(GBytes) raw = fg_slurp(raw_path);
    gsize length;
    const guint8 *theirs = g_bytes_get_data(raw, &length);
    assert_int_equal(length, raster->stride * (gsize)raster->height);
    guint64 sum = 0;
    for (gsize i = 0; i < length; i++)
        sum += (guint64)ABS(theirs[i] - raster->data[i]);
    return sum * 100 / length;
}

/* libvips brings `path` to sRGB by the profile in it, and must come out where we do. */
static void
assert_agrees(const Bench *bench, const char *path, guint64 hundredths)
{
    g_autofree char *reference = bench_path(bench, "reference.v"), *raw = bench_path(bench, "reference.raw");
    if (!vips("icc_transform", path, reference, "srgb", "--embedded", "--black-point-compensation") ||
        !vips("rawsave", reference, raw, NULL, NULL, NULL))
        skip();
    g_autoptr(FgRaster) ours = opened(path);
    assert_true(difference(ours, raw) <= hundredths);
}

static GBytes *
saved_profile(cmsHPROFILE profile)
{
    cmsUInt32Number length = 0;
    assert_true(cmsSaveProfileToMem(profile, NULL, &length));
    guint8 *data = g_malloc(length);
    cmsSaveProfileToMem(profile, data, &length);
    cmsCloseProfile(profile);
    return g_bytes_new_take(data, length);
}

static GBytes *
rgb_profile(cmsCIExyYTRIPLE primaries, double gamma)
{
    const cmsCIExyY d65 = {0.3127, 0.3290, 1};
    cmsToneCurve *curve = cmsBuildGamma(NULL, gamma), *curves[] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&d65, &primaries, curves);
    cmsFreeToneCurve(curve);
    return saved_profile(profile);
}

static const cmsCIExyYTRIPLE adobe = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
static const cmsCIExyYTRIPLE display_p3 = {{0.68, 0.32, 1}, {0.265, 0.69, 1}, {0.15, 0.06, 1}};

/* The chart, tagged with a profile that it was converted to, as a photo of this extension. */
static void
check_profile(GBytes *profile, const char *name, guint64 hundredths)
{
    g_auto(Bench) bench = bench_new();
    g_autofree char *icc = bench_path(&bench, "profile.icc"), *photo = bench_path(&bench, name);
    fg_spill(icc, profile);
    if (!vips("icc_transform", bench.chart, photo, icc, NULL, NULL))
        skip();
    assert_agrees(&bench, photo, hundredths);

    g_autoptr(FgRaster) before = chart(), after = opened(photo);
    guint64 sum = 0;
    for (gsize i = 0; i < after->stride * (gsize)after->height; i++)
        sum += (guint64)ABS(before->data[i] - after->data[i]);
    assert_true(sum < after->stride * (gsize)after->height * 2); /* and back where it began */
}

static void
display_p3_becomes_srgb(void **state G_GNUC_UNUSED)
{
    g_autoptr(GBytes) profile = rgb_profile(display_p3, 2.2);
    check_profile(profile, "p3.png", 50);
}

static void
adobe_rgb_becomes_srgb(void **state G_GNUC_UNUSED)
{
    g_autoptr(GBytes) profile = rgb_profile(adobe, 2.19921875);
    check_profile(profile, "adobe.tif", 50);
}

static void
a_prophoto_of_the_corpus_becomes_srgb(void **state G_GNUC_UNUSED)
{
    g_autofree char *path = fg_corpus_path("photos/sharp__prophoto.png");
    if (!path)
        skip();
    g_auto(Bench) bench = bench_new();
    assert_agrees(&bench, path, 50);
}

static void
cmyk_with_a_profile_becomes_srgb(void **state G_GNUC_UNUSED)
{
    g_auto(Bench) bench = bench_new();
    g_autofree char *photo = bench_path(&bench, "cmyk.tif"), *jpeg = bench_path(&bench, "cmyk.jpg[Q=98]");
    if (!vips("icc_transform", bench.chart, photo, "cmyk", NULL, NULL) ||
        !vips("copy", photo, jpeg, NULL, NULL, NULL))
        skip();
    assert_agrees(&bench, photo, 100);
    *strchr(jpeg, '[') = '\0';
    assert_agrees(&bench, jpeg, 150);
}

static void
cmyk_without_a_profile_is_no_negative(void **state G_GNUC_UNUSED)
{
    g_autofree char *path = fg_corpus_path("photos/Pillow__pil_sample_cmyk.jpg");
    if (!path)
        skip();
    g_auto(Bench) bench = bench_new();
    g_autofree char *reference = bench_path(&bench, "reference.v"),
                    *raw = bench_path(&bench, "reference.raw");
    if (!vips("icc_transform", path, reference, "srgb", "--input-profile=cmyk",
              "--black-point-compensation") ||
        !vips("rawsave", reference, raw, NULL, NULL, NULL))
        skip();
    g_autoptr(FgRaster) ours = opened(path);
    assert_int_equal(ours->bands, 3);
    assert_true(difference(ours, raw) < 300);
}

static void
grey_and_sixteen_bits_and_lab_become_srgb(void **state G_GNUC_UNUSED)
{
    const struct {
        const char *name, *space;
        guint64 hundredths;
    } kinds[] = {{"grey16.png", "grey16", 60}, {"rgb16.png", "rgb16", 60}, {"rgb16.tif", "rgb16", 60},
                 {"grey.png", "b-w", 60},      {"grey.jpg", "b-w", 200},   {"lab.tif", "lab", 200},
                 {"scrgb.tif", "scrgb", 100}};
    g_auto(Bench) bench = bench_new();
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *photo = bench_path(&bench, kinds[i].name);
        g_autofree char *reference = bench_path(&bench, "reference.v"),
                        *raw = bench_path(&bench, "reference.raw");
        if (!vips("colourspace", bench.chart, photo, kinds[i].space, NULL, NULL) ||
            !vips("colourspace", photo, reference, "srgb", NULL, NULL) ||
            !vips("rawsave", reference, raw, NULL, NULL, NULL))
            skip();
        g_autoptr(FgRaster) ours = opened(photo);
        assert_int_equal(ours->bands, 3);
        assert_true(difference(ours, raw) <= kinds[i].hundredths);
    }
}

static void
untagged_is_srgb_to_the_byte(void **state G_GNUC_UNUSED)
{
    g_auto(Bench) bench = bench_new();
    g_autoptr(FgRaster) before = chart(), after = opened(bench.chart);
    assert_memory_equal(after->data, before->data, before->stride * 128);
}

static void
a_profile_that_is_srgb_by_another_name_changes_no_byte(void **state G_GNUC_UNUSED)
{
    g_autoptr(GBytes) srgb = saved_profile(cmsCreate_sRGBProfile());
    g_autoptr(GBytes) wide = rgb_profile(adobe, 2.19921875);
    g_autoptr(GBytes) near =
        rgb_profile((cmsCIExyYTRIPLE){{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}}, 1.8);
    assert_true(fg_colour_is_srgb(srgb));
    assert_false(fg_colour_is_srgb(wide));
    assert_false(fg_colour_is_srgb(near));
}

static void
a_profile_that_is_rubbish_counts_as_none(void **state G_GNUC_UNUSED)
{
    FgHead head = {.width = 128, .height = 128, .bands = 3, .space = FG_SPACE_RGB};
    g_autoptr(GBytes) rubbish = g_bytes_new_static("not a profile, though long enough to be read as one", 51);
    head.icc = rubbish;
    g_autoptr(FgRaster) before = chart();
    g_autoptr(FgRaster) after = fg_colour_to_srgb(chart(), &head, NULL);
    assert_memory_equal(after->data, before->data, before->stride * 128);
    g_autoptr(GBytes) press = saved_profile(cmsCreateLab4Profile(NULL));
    head.icc = press; /* sound, but of other samples */
    g_autoptr(FgRaster) still = fg_colour_to_srgb(chart(), &head, NULL);
    assert_memory_equal(still->data, before->data, before->stride * 128);
}

static void
code_points_for_p3_say_what_the_profile_says(void **state G_GNUC_UNUSED)
{
    assert_null(fg_colour_from_cicp(1, 13));
    assert_null(fg_colour_from_cicp(2, 2));
    FgHead head = {.width = 128, .height = 128, .bands = 3, .space = FG_SPACE_RGB};
    g_autoptr(GBytes) p3 = fg_colour_from_cicp(12, 13);
    assert_non_null(p3);
    head.icc = p3;
    FgRaster *one = fg_raster_new(2, 1, 3);
    memcpy(one->data, (guint8[]){234, 51, 35, 128, 128, 128}, 6); /* sRGB's own red, as P3 has it; grey */
    g_autoptr(FgRaster) red = fg_colour_to_srgb(one, &head, NULL);
    const guint8 wanted[] = {255, 0, 0, 128, 128, 128};
    for (int i = 0; i < 6; i++)
        assert_in_range(red->data[i] + 256, wanted[i] + 256 - 3, wanted[i] + 256 + 3);
}

static int
start(void **state G_GNUC_UNUSED)
{
    return fg_pixels_init(NULL) ? 0 : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(display_p3_becomes_srgb),
        cmocka_unit_test(adobe_rgb_becomes_srgb),
        corpus_unit_test(a_prophoto_of_the_corpus_becomes_srgb),
        cmocka_unit_test(cmyk_with_a_profile_becomes_srgb),
        corpus_unit_test(cmyk_without_a_profile_is_no_negative),
        cmocka_unit_test(grey_and_sixteen_bits_and_lab_become_srgb),
        cmocka_unit_test(untagged_is_srgb_to_the_byte),
        cmocka_unit_test(a_profile_that_is_srgb_by_another_name_changes_no_byte),
        cmocka_unit_test(a_profile_that_is_rubbish_counts_as_none),
        cmocka_unit_test(code_points_for_p3_say_what_the_profile_says),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
