/* test_audit.c: a process that was taken over can't have its file put in the place of the old one.
 * wraps: fg_metadata_read fg_container_read */
#include "amend/amend_private.h"
#include "metadata/blocks.h"
#include "metadata/stating.h"

#include <string.h>
#include <unistd.h>

FgMetadata *__real_fg_metadata_read(const FgContainer *container);
FgMetadata *__wrap_fg_metadata_read(const FgContainer *container);

FgContainer *__real_fg_container_read(GBytes *file, GError **error);
FgContainer *__wrap_fg_container_read(GBytes *file, GError **error);

/* How often blocks were read in this process, and how often the old file was, of which these are the bytes.
 */
static guint readings, old_readings;
static GBytes *old_bytes;

FgContainer *
__wrap_fg_container_read(GBytes *file, GError **error)
{
    old_readings += old_bytes && g_bytes_equal(file, old_bytes) ? 1 : 0;
    return __real_fg_container_read(file, error);
}

FgMetadata *
__wrap_fg_metadata_read(const FgContainer *container)
{
    readings++;
    return __real_fg_metadata_read(container);
}

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

static gboolean
audit(GBytes *file, const FgAmendOptions *options, const FgAmendment *amendment, GError **error)
{
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    gsize length;
    const void *data = g_bytes_get_data(file, &length);
    assert_true(fg_draft_begin_nameless(&draft, NULL) && fg_draft_write(&draft, data, length, NULL));
    return fg_amend_audit(&draft, "x.jpg", options, amendment, error);
}

static void
assert_refused(GBytes *file, const FgAmendOptions *options, const FgAmendment *amendment, const char *words)
{
    g_autoptr(GError) error = NULL;
    assert_false(audit(file, options, amendment, &error));
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
    assert_true(audit(file, &options, &amendment, NULL));
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
    assert_false(audit(cut, &options, &amendment, &error));
    g_autoptr(GBytes) text = g_bytes_new_static("no picture", 10);
    assert_refused(text, &options, &amendment, "can't be read");
    g_autoptr(GBytes) tiff = fg_tiff_amend(NULL, NULL, 0, NULL);
    assert_refused(tiff, &options, &amendment, "TIFF");
}

/* Whoever holds the old file and the draft reads no block of either, for which libraries are needed. */
static void
blocks_are_read_behind_walls_alone(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(FALSE);
    g_autofree char *path = spill_jpeg(gps, NULL, NULL), *out = fg_scratch();
    g_autoptr(GBytes) file = fg_slurp(path);
    g_auto(FgAmendment) amendment = unchanged(path);
    FgAmendOptions options = {.out = out};
    g_autoptr(FgAmendReader) reader = fg_amend_reader_new(&options);
    options.reader = reader;
    FgAmendResult result;
    readings = 0;
    assert_refused(file, &options, &amendment, "location.gps");
    old_bytes = file;
    for (guint i = 0; i < 2; i++) { /* The second time, there is a file in its place. */
        assert_true(fg_scrub_file(path, "x.jpg", &options, &result, NULL));
        fg_amend_result_clear(&result);
    }
    old_bytes = NULL;
    assert_int_equal(readings, 0);
    assert_int_equal(old_readings, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scrub_that_leaves_the_place_is_refused),
        cmocka_unit_test(a_tag_without_the_rights_is_refused),
        cmocka_unit_test(a_picture_of_new_bytes_is_refused),
        cmocka_unit_test(a_file_that_is_cut_or_of_another_kind_is_refused),
        cmocka_unit_test(blocks_are_read_behind_walls_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
