/* test_scrub.c: what scrub takes out, and what it leaves, judged by exiftool over real files. */
#include "amend/amend_private.h"
#include "support/fixtures.h"

#include <string.h>

static gboolean
scrub(const char *path, guint keep, const char *out, const char *below, FgAmendResult *result, GError **error)
{
    FgAmendOptions options = {.keep = keep, .in_place = !out, .out = out};
    return fg_scrub_file(path, below, &options, result, error);
}

static char *
copy_of(const char *below)
{
    g_autofree char *path = fg_corpus_path(below);
    if (!path)
        return NULL;
    g_autofree char *folder = fg_scratch(), *name = g_path_get_basename(path);
    g_autoptr(GBytes) bytes = fg_slurp(path);
    char *copy = g_build_filename(folder, name, NULL);
    fg_spill(copy, bytes);
    return copy;
}

static gboolean
is_for_us(const char *path)
{
    g_autofree char *data = NULL;
    gsize length;
    if (!g_file_get_contents(path, &data, &length, NULL))
        return FALSE;
    FgFormat format = fg_sniff(data, MIN(length, 4096));
    return fg_format_is_photo(format) || format == FG_FORMAT_JXL;
}

static char *
digest_of(const char *path)
{
    g_autoptr(GBytes) bytes = fg_slurp(path);
    g_autoptr(FgContainer) container = fg_container_read(bytes, NULL);
    return container ? fg_container_picture_digest(container) : NULL;
}

/* Scrubs all photos of the corpus into a folder, each twice. Returns the folder; NULL without the corpus. */
static char *
scrubbed_corpus(guint *done)
{
    g_autofree char *from = fg_corpus_path("photos");
    if (!from)
        return NULL;
    char *out = fg_scratch();
    g_autoptr(GDir) folder = g_dir_open(from, 0, NULL);
    for (const char *name; (name = g_dir_read_name(folder));) {
        g_autofree char *path = g_build_filename(from, name, NULL),
                        *target = g_build_filename(out, name, NULL);
        FgAmendResult first, second;
        g_autoptr(GError) error = NULL;
        if (!is_for_us(path))
            continue;
        if (!scrub(path, 0, out, name, &first, &error)) {
            print_message("%s: %s\n", name, error->message);
            assert_true(error->code == FG_ERROR_UNSUPPORTED || error->code == FG_ERROR_MALFORMED);
            fg_amend_result_clear(&first);
            continue;
        }
        (*done)++;
        g_autofree char *before = digest_of(path), *after = digest_of(target);
        assert_string_equal(before, after);
        if (!scrub(target, 0, NULL, name, &second, &error))
            fail_msg("%s, again: %s", name, error->message);
        if (second.status != FG_AS_IT_WAS)
            fail_msg("%s: the second scrub changes it again", name);
        fg_amend_result_clear(&first);
        fg_amend_result_clear(&second);
    }
    return out;
}

static void
no_location_is_left_in_any_photo_of_the_corpus(void **state)
{
    (void)state;
    guint done = 0;
    g_autofree char *out = scrubbed_corpus(&done);
    if (!out)
        skip();
    print_message("%u photos\n", done);
    assert_true(done > 100);
    int status;
    g_autofree char *said =
        fg_witness(&status, "exiftool", "-q", "-q", "-a", "-G1", "-ee3", "-r", "-s", "-GPS:all", "-XMP:*GPS*",
                   "-*GPS*", "-*Serial*", "-MakerNotes:all", "-IFD1:all", "-XMP-drone-dji:all",
                   "-*PersonInImage*", "-OwnerName", "-*ThumbnailImage", "-*PreviewImage",
                   "--IFD0:PreviewImage", "-HistoryAction", "-UserComment", out, NULL);
    if (status != 127)
        assert_string_equal(said, "");
}

static void
rights_profile_and_orientation_stay(void **state)
{
    (void)state;
    static const char *const files[] = {
        "photos/iptc-xmp__IPTC-PhotometadataRef-Std2024.1.jpg",
        "photos/libavif__paris_icc_exif_xmp.avif",
        "photos/libavif__paris_icc_exif_xmp.png",
        "photos/exif-orientation-examples__Landscape_6.jpg",
        "photos/immich__samsung-one-ui-6.heic",
        "photos/Pillow__hopper_orientation_4.webp",
        "photos/exifr__002.tiff",
    };
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = copy_of(files[i]);
        if (!path)
            skip();
        int status;
        g_autofree char *before =
            fg_witness(&status, "exiftool", "-s3", "-f", "-XMP-photoshop:Credit", "-XMP-xmpRights:UsageTerms",
                       "-ICC_Profile:ProfileDescription", "-XMP-plus:LicensorURL", path, NULL);
        if (status == 127)
            skip();
        g_autofree char *turned =
            fg_witness(&status, "exiftool", "-s3", "-n", "-EXIF:Orientation", path, NULL);
        g_autofree char *notice = fg_witness(&status, "exiftool", "-s3", "-EXIF:Copyright", path, NULL);
        FgAmendResult result;
        g_autoptr(GError) error = NULL;
        if (!scrub(path, 0, NULL, "x", &result, &error))
            fail_msg("%s: %s", path, error->message);
        fg_amend_result_clear(&result);
        g_autofree char *after =
            fg_witness(&status, "exiftool", "-s3", "-f", "-XMP-photoshop:Credit", "-XMP-xmpRights:UsageTerms",
                       "-ICC_Profile:ProfileDescription", "-XMP-plus:LicensorURL", path, NULL);
        assert_string_equal(before, after);
        g_autofree char *turn = fg_witness(&status, "exiftool", "-s3", "-n", "-EXIF:Orientation", path, NULL);
        /* None, and the upright one, are the same. */
        assert_string_equal(*turned ? turned : "1\n", *turn ? turn : "1\n");
        g_autofree char *kept = fg_witness(&status, "exiftool", "-s3", "-EXIF:Copyright", path, NULL);
        if (*notice)
            assert_string_equal(notice, kept);
    }
}

static void
groups_that_are_kept_stay_and_others_go(void **state)
{
    (void)state;
    g_autofree char *path = copy_of("photos/metadata-extractor-images__Apple_iPhone_5.jpg");
    if (!path)
        skip();
    FgAmendResult result;
    int status;
    g_autofree char *before =
        fg_witness(&status, "exiftool", "-s3", "-EXIF:Model", "-EXIF:ExposureTime", path, NULL);
    if (status == 127)
        skip();
    guint keep = fg_amend_group("camera") | fg_amend_group("exposure");
    assert_true(scrub(path, keep, NULL, "x", &result, NULL));
    g_autofree char *after =
        fg_witness(&status, "exiftool", "-s3", "-EXIF:Model", "-EXIF:ExposureTime", path, NULL);
    assert_true(strlen(before) > 4);
    assert_string_equal(before, after);
    g_autofree char *gone = fg_witness(&status, "exiftool", "-s3", "-EXIF:DateTimeOriginal", "-GPS:all",
                                       "-MakerNotes:all", path, NULL);
    assert_string_equal(gone, "");
    gboolean location = FALSE;
    for (guint i = 0; i < result.removed->len; i++)
        location |= strcmp(result.removed->pdata[i], "location.gps") == 0;
    assert_true(location);
    fg_amend_result_clear(&result);
    assert_int_equal(fg_amend_group("nonsense"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        corpus_unit_test(no_location_is_left_in_any_photo_of_the_corpus),
        corpus_unit_test(rights_profile_and_orientation_stay),
        corpus_unit_test(groups_that_are_kept_stay_and_others_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
