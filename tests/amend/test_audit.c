/* test_audit.c: a process that was taken over can't have its file put in the place of the old one. */
#include "amend/amend_private.h"
#include "metadata/blocks.h"
#include "metadata/stating.h"

#include <string.h>
#include <unistd.h>

/* A photo that tells a place, opened, with pieces that say it stays as it is. */
static FgAmendment
unchanged(const char *path)
{
    FgAmendment amendment = {0};
    amendment.old = fg_file_open(path, 0, &amendment.info, NULL);
    assert_true(amendment.old >= 0);
    amendment.pieces = fg_pieces_same((guint64)amendment.info.st_size);
    return amendment;
}

static void
assert_refused(GBytes *file, const FgAmendOptions *options, const FgAmendment *amendment, const char *words)
{
    g_autoptr(GError) error = NULL;
    assert_false(fg_amend_audit(file, "x.jpg", options, amendment, &error));
    assert_int_equal(error->code, FG_ERROR_AUDIT);
    if (!strstr(error->message, words))
        fail_msg("%s", error->message);
}

static void
a_scrub_that_leaves_the_place_is_refused(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(FALSE);
    g_autofree char *path = spill_jpeg(gps, NULL, NULL);
    g_autoptr(GBytes) file = fg_slurp(path);
    g_auto(FgAmendment) amendment = unchanged(path);
    const FgAmendOptions options = {.in_place = TRUE};
    assert_refused(file, &options, &amendment, "location.gps");
}

static void
a_tag_without_the_rights_is_refused(void **state)
{
    (void)state;
    g_autofree char *path = spill_jpeg(NULL, NULL, NULL);
    g_autoptr(GBytes) file = fg_slurp(path);
    g_auto(FgAmendment) amendment = unchanged(path);
    g_autoptr(FgRights) rights = fg_rights_new();
    char *creators[] = {(char *)"Ariane", NULL};
    rights->creators = g_strdupv(creators);
    FgProfile profile = {.rights = rights};
    const FgAmendOptions options = {.in_place = TRUE, .profile = &profile};
    assert_refused(file, &options, &amendment, "EXIF");
}

static void
a_picture_of_new_bytes_is_refused(void **state)
{
    (void)state;
    g_autofree char *path = spill_jpeg(NULL, NULL, NULL);
    g_autoptr(GBytes) file = fg_slurp(path);
    g_auto(FgAmendment) amendment = unchanged(path);
    const FgAmendOptions options = {.in_place = TRUE};
    assert_true(fg_amend_audit(file, "x.jpg", &options, &amendment, NULL));
    FgPiece *piece = &g_array_index(amendment.pieces.pieces, FgPiece, 0);
    piece->length--;
    const FgPiece fresh = {FALSE, 0, piece->length, 1};
    g_array_append_val(amendment.pieces.pieces, fresh);
    assert_refused(file, &options, &amendment, "picture");
}

static void
a_file_that_is_cut_or_of_another_kind_is_refused(void **state)
{
    (void)state;
    g_autofree char *path = spill_jpeg(NULL, NULL, NULL);
    g_autoptr(GBytes) file = fg_slurp(path);
    g_auto(FgAmendment) amendment = unchanged(path);
    const FgAmendOptions options = {.in_place = TRUE};
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(file, 0, g_bytes_get_size(file) - 2);
    g_autoptr(GError) error = NULL;
    assert_false(fg_amend_audit(cut, "x.jpg", &options, &amendment, &error));
    g_autoptr(GBytes) text = g_bytes_new_static("no picture", 10);
    assert_refused(text, &options, &amendment, "can't be read");
    g_autoptr(GBytes) tiff = fg_tiff_amend(NULL, NULL, 0, NULL);
    assert_refused(tiff, &options, &amendment, "TIFF");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scrub_that_leaves_the_place_is_refused),
        cmocka_unit_test(a_tag_without_the_rights_is_refused),
        cmocka_unit_test(a_picture_of_new_bytes_is_refused),
        cmocka_unit_test(a_file_that_is_cut_or_of_another_kind_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
