/* test_tag.c: rights written into originals, judged by exiftool. */
#include "amend/amend_private.h"
#include "support/fixtures.h"

#include <fcntl.h>
#include <string.h>

static const char rights[] = "rights:\n"
                             "  creator: Ariane Desprès\n"
                             "  aliases: [A. Desprès]\n"
                             "  copyright: \"© {year} {creator}. Tous droits réservés.\"\n"
                             "  credit: Studio Desprès\n"
                             "  web_statement: https://example.org/droits\n"
                             "  year: 2020\n"
                             "derivatives: [{ name: large, long_edge: 2048, formats: [jpeg] }]\n";

/* Cameras with maker notes of many makers, their offsets absolute and relative. */
static const char *const cameras[] = {
    "photos/exif-samples__Canon_DIGITAL_IXUS_400.jpg",
    "photos/exif-samples__fujifilm-finepix40i.jpg",
    "photos/metadata-extractor-images__Olympus_C2040Z.jpg",
    "photos/metadata-extractor-images__Nikon_E885.jpg",
    "photos/metadata-extractor-images__Pentax_Optio_330.jpg",
    "photos/metadata-extractor-images__Panasonic_DMC-LC40.jpg",
    "photos/metadata-extractor-images__Minolta_DiMAGE_X.jpg",
    "photos/exif-samples__sony-powershota5.jpg",
    "photos/metadata-extractor-images__Apple_iPhone_5.jpg",
    "photos/exif-samples__kodak-dc210.jpg",
    "photos/exif-samples__sanyo-vpcg250.jpg",
    "photos/metadata-extractor-images__IMG_2927.HEIC",
    "photos/imagemeta__sunrise.avif",
    "photos/metadata-extractor-images__HTC_Desire.webp",
    "photos/libavif__paris_icc_exif_xmp.png",
    "photos/exifr__002.tiff",
};

static FgProfile *
our_profile(void)
{
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "ours.yaml", NULL);
    g_autoptr(GBytes) yaml = g_bytes_new_static(rights, sizeof rights - 1);
    g_autoptr(GError) error = NULL;
    fg_spill(path, yaml);
    FgProfile *profile = fg_profile_load(path, NULL, &error);
    if (!profile)
        fail_msg("%s", error->message);
    return profile;
}

/* A copy of a file of the corpus in a folder of its own; NULL without the corpus. */
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

static FgAmended
tag(const char *path, const FgProfile *profile, gboolean force)
{
    FgAmendOptions options = {.profile = profile, .in_place = TRUE, .force_rights = force};
    FgAmendResult result;
    g_autoptr(GError) error = NULL;
    if (!fg_tag_file(path, "x", &options, &result, &error))
        fail_msg("%s: %s", path, error->message);
    FgAmended status = result.status;
    fg_amend_result_clear(&result);
    return status;
}

/* Every tag of camera and maker, each with its group; NULL without exiftool. */
static char *
maker_tags(const char *path)
{
    int status;
    char *said = fg_witness(&status, "exiftool", "-a", "-G1", "-u", "-s", "-MakerNotes:all", "-ExifIFD:all",
                            "-GPS:all", "-IFD1:all", "-IFD0:Make", "-IFD0:Model", "--ThumbnailOffset",
                            "--PreviewImageStart", path, NULL);
    return status == 127 ? NULL : said;
}

static char *
digest_of(const char *path)
{
    g_autoptr(GBytes) bytes = fg_slurp(path);
    g_autoptr(FgContainer) container = fg_container_read(bytes, NULL);
    assert_non_null(container);
    return fg_container_picture_digest(container);
}

static void
maker_notes_read_as_before_and_the_picture_is_the_same(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = our_profile();
    for (guint i = 0; i < G_N_ELEMENTS(cameras); i++) {
        g_autofree char *path = copy_of(cameras[i]);
        if (!path)
            skip();
        g_autofree char *tags_before = maker_tags(path), *before = digest_of(path);
        assert_int_equal(tag(path, profile, TRUE), FG_AMENDED);
        g_autofree char *tags_after = maker_tags(path), *after = digest_of(path);
        assert_string_equal(before, after);
        if (tags_before)
            assert_string_equal(tags_before, tags_after);
        assert_int_equal(tag(path, profile, FALSE), FG_AS_IT_WAS);
    }
}

static void
every_carrier_says_the_same(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = our_profile();
    for (guint i = 0; i < G_N_ELEMENTS(cameras); i++) {
        g_autofree char *path = copy_of(cameras[i]);
        if (!path)
            skip();
        tag(path, profile, TRUE);
        int status;
        g_autofree char *exif = fg_witness(&status, "exiftool", "-s3", "-EXIF:Artist", path, NULL);
        if (status == 127)
            skip();
        g_autofree char *xmp = fg_witness(&status, "exiftool", "-s3", "-XMP:Credit", path, NULL);
        assert_string_equal(exif, "Ariane Desprès\n");
        assert_string_equal(xmp, "Studio Desprès\n");
        g_autofree char *notice = fg_witness(&status, "exiftool", "-s3", "-XMP:Rights", path, NULL);
        assert_true(g_str_has_prefix(notice, "© ") &&
                    g_str_has_suffix(notice, " Ariane Desprès. Tous droits réservés.\n"));
        if (!g_str_has_suffix(path, ".jpg"))
            continue;
        g_autofree char *iptc = fg_witness(&status, "exiftool", "-s3", "-IPTC:CopyrightNotice", path, NULL);
        assert_string_equal(iptc, notice);
        g_autofree char *warnings =
            fg_witness(&status, "exiftool", "-s3", "-a", "-IPTCDigest", "-CurrentIPTCDigest", path, NULL);
        g_auto(GStrv) digests = g_strsplit(warnings, "\n", 2);
        g_strchomp(digests[1]);
        assert_string_equal(digests[0], digests[1]);
    }
}

static void
other_datasets_stay_beside_ours(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = our_profile();
    g_autofree char *path = copy_of("photos/iptc-xmp__IPTC-PhotometadataRef-Std2024.1.jpg");
    if (!path)
        skip();
    int status;
    g_autofree char *before =
        fg_witness(&status, "exiftool", "-s3", "-sep", "|", "-IPTC:Keywords", "-IPTC:City", path, NULL);
    if (status == 127)
        skip();
    assert_true(strlen(before) > 1);
    tag(path, profile, TRUE);
    g_autofree char *after =
        fg_witness(&status, "exiftool", "-s3", "-sep", "|", "-IPTC:Keywords", "-IPTC:City", path, NULL);
    assert_string_equal(before, after);
}

static void
the_notice_of_another_is_not_overwritten_unless_forced(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = our_profile();
    g_autofree char *path = copy_of("photos/iptc-xmp__IPTC-PhotometadataRef-Std2024.1.jpg");
    if (!path)
        skip();
    FgAmendOptions options = {.profile = profile, .in_place = TRUE};
    FgAmendResult result;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) before = fg_slurp(path);
    assert_false(fg_tag_file(path, "x", &options, &result, &error));
    assert_int_equal(error->code, FG_ERROR_FOREIGN);
    fg_amend_result_clear(&result);
    g_autoptr(GBytes) after = fg_slurp(path);
    assert_true(g_bytes_equal(before, after));
    assert_int_equal(tag(path, profile, TRUE), FG_AMENDED);
}

static void
times_and_mode_stay_and_the_backup_is_the_original(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = our_profile();
    g_autofree char *path = copy_of(cameras[0]);
    if (!path)
        skip();
    g_autofree char *backup = g_strconcat(path, ".orig", NULL);
    g_autoptr(GBytes) original = fg_slurp(path);
    struct stat before, after;
    assert_int_equal(chmod(path, 0640), 0);
    const struct timespec times[2] = {{1000000000, 0}, {1000000000, 123456789}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_int_equal(stat(path, &before), 0);
    FgAmendOptions options = {.profile = profile, .in_place = TRUE, .backup = TRUE, .force_rights = TRUE};
    for (guint i = 0; i < 2; i++) {
        FgAmendResult result;
        assert_true(fg_tag_file(path, "x", &options, &result, NULL));
        fg_amend_result_clear(&result);
    }
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    assert_int_equal(before.st_mode, after.st_mode);
    g_autoptr(GBytes) kept = fg_slurp(backup);
    assert_true(g_bytes_equal(original, kept));
}

static void
a_folder_gets_the_file_below_its_path_and_a_dry_run_nothing(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = our_profile();
    g_autofree char *path = copy_of(cameras[0]), *folder = fg_scratch();
    if (!path)
        skip();
    g_autofree char *expected = g_build_filename(folder, "alps", "one.jpg", NULL);
    FgAmendOptions options = {.profile = profile, .out = folder, .force_rights = TRUE, .dry_run = TRUE};
    FgAmendResult result;
    assert_true(fg_tag_file(path, "alps/one.jpg", &options, &result, NULL));
    assert_string_equal(result.path, expected);
    assert_false(g_file_test(expected, G_FILE_TEST_EXISTS));
    fg_amend_result_clear(&result);
    options.dry_run = FALSE;
    assert_true(fg_tag_file(path, "alps/one.jpg", &options, &result, NULL));
    assert_true(g_file_test(expected, G_FILE_TEST_EXISTS));
    fg_amend_result_clear(&result);
}

static void
metadata_that_no_longer_fits_leaves_the_file_untouched(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = our_profile();
    g_autofree char *path = copy_of(cameras[0]);
    if (!path)
        skip();
    /* A maker note of nearly a whole segment: notice and creator do not fit behind it. */
    g_autoptr(GBytes) file = fg_slurp(path);
    g_autofree guint8 *note = g_malloc0(65400);
    g_autoptr(GBytes) value = g_bytes_new(note, 65400);
    FgTiffTag row = {0xc000, 7, value};
    g_autoptr(GBytes) exif = fg_tiff_amend(NULL, &row, 1, NULL);
    FgDress dress = {.exif = exif};
    g_autoptr(GBytes) full = fg_container_dress(file, FG_FORMAT_JPEG, &dress, NULL);
    assert_non_null(full);
    fg_spill(path, full);
    FgAmendOptions options = {.profile = profile, .in_place = TRUE};
    FgAmendResult result;
    g_autoptr(GError) error = NULL;
    assert_false(fg_tag_file(path, "x", &options, &result, &error));
    assert_int_equal(error->code, FG_ERROR_OVERSIZE);
    g_autoptr(GBytes) after = fg_slurp(path);
    assert_true(g_bytes_equal(full, after));
}

static void
a_place_to_write_to_must_be_said(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = our_profile();
    FgAmendOptions options = {.profile = profile};
    FgAmendResult result;
    g_autoptr(GError) error = NULL;
    assert_false(fg_tag_file("nothing.jpg", "nothing.jpg", &options, &result, &error));
    assert_int_equal(error->code, FG_ERROR_USAGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        corpus_unit_test(maker_notes_read_as_before_and_the_picture_is_the_same),
        corpus_unit_test(every_carrier_says_the_same),
        corpus_unit_test(other_datasets_stay_beside_ours),
        corpus_unit_test(the_notice_of_another_is_not_overwritten_unless_forced),
        corpus_unit_test(times_and_mode_stay_and_the_backup_is_the_original),
        corpus_unit_test(a_folder_gets_the_file_below_its_path_and_a_dry_run_nothing),
        corpus_unit_test(metadata_that_no_longer_fits_leaves_the_file_untouched),
        cmocka_unit_test(a_place_to_write_to_must_be_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
