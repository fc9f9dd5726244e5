/* test_credentials.c: what a store of Content Credentials tells of a generator, of the files that the fuzz
 * target starts from. */
#include "support/fixtures.h"
#include "support/one_part.h"

static FgMetadata *
read_store(FgFormat format, const char *name, gsize cut)
{
    g_autofree char *path =
        g_build_filename(g_getenv("FG_SOURCE_DIR"), "tests", "fuzz", "corpus", "credentials", name, NULL);
    g_autoptr(GBytes) whole = fg_slurp(path);
    g_autoptr(GBytes) bytes = g_bytes_new_from_bytes(whole, 0, cut ? cut : g_bytes_get_size(whole));
    return read_one_part(format, FG_PART_C2PA, bytes);
}

static gboolean
has(const FgMetadata *metadata, const char *id)
{
    for (guint i = 0; i < metadata->findings->len; i++)
        if (g_str_equal(((const FgFinding *)metadata->findings->pdata[i])->id, id))
            return TRUE;
    return FALSE;
}

static void
the_active_manifest_makes_a_picture_and_earlier_ones_its_parts(void **state)
{
    (void)state;
    static const struct {
        FgFormat format;
        const char *name, *source;
    } rows[] = {
        {FG_FORMAT_PNG, "loose", "trainedAlgorithmicMedia"},
        {FG_FORMAT_JPEG, "json", "trainedAlgorithmicMedia"},
        {FG_FORMAT_WEBP, "store", "compositeWithTrainedAlgorithmicMedia"},
        {FG_FORMAT_AVIF, "iso", "compositeWithTrainedAlgorithmicMedia"},
        {FG_FORMAT_JXL, "body", "compositeWithTrainedAlgorithmicMedia"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(FgMetadata) metadata = read_store(rows[i].format, rows[i].name, 0);
        assert_int_equal(metadata->facts->credentials, FG_CREDENTIALS_TELL);
        assert_string_equal(metadata->facts->digital_source, rows[i].source);
        assert_string_equal(metadata->rights->digital_source, rows[i].source);
        assert_false(has(metadata, "c2pa.unreadable"));
        assert_true(has(metadata, "ai.source-type"));
    }
}

static void
what_cannot_be_read_is_told(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) compressed = read_store(FG_FORMAT_JPEG, "compressed", 0);
    assert_int_equal(compressed->facts->credentials, FG_CREDENTIALS_UNREAD);
    assert_true(has(compressed, "c2pa.unreadable"));
    for (gsize cut = 40; cut < 290; cut += 10) {
        g_autoptr(FgMetadata) metadata = read_store(FG_FORMAT_JPEG, "loose", cut);
        assert_true(has(metadata, "c2pa.unreadable"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_active_manifest_makes_a_picture_and_earlier_ones_its_parts),
        cmocka_unit_test(what_cannot_be_read_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
