/* Whole runs over photos of 8 x 8 pixels. */
#include <glib/gstdio.h>
#include <string.h>

#include "container/build.h"
#include "filigrane/publish.h"
#include "run/run.h"

typedef struct {
    char *top, *in, *out;
    FgProfile *profile;
    FgPublishOptions options;
    FgPublishTotals totals;
    GString *story; /* all that the listener heard */
} House;

static FgProfile *
load(const char *top, const char *text)
{
    g_autofree char *path = g_build_filename(top, "p.yaml", NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(GError) error = NULL;
    FgProfile *profile = fg_profile_load(path, NULL, &error);
    if (!profile)
        fail_msg("%s", error->message);
    return profile;
}

static void
put_photo(const House *house, const char *name, const char *comment)
{
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xFE, comment, strlen(comment), NULL, 0);
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autofree char *path = g_build_filename(house->in, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    g_mkdir_with_parents(folder, 0755);
    fg_spill(path, file);
}

static House *
house_new(void)
{
    House *house = g_new0(House, 1);
    house->top = fg_scratch();
    house->in = g_build_filename(house->top, "in", NULL);
    house->out = g_build_filename(house->top, "out", NULL);
    house->story = g_string_new(NULL);
    house->profile =
        load(house->top, "rights: { creator: Jane, copyright: \"(c) {creator}\" }\n"
                         "marks: {}\n"
                         "derivatives: [{ name: large, long_edge: 100, formats: [jpeg, webp] }]\n");
    g_mkdir(house->in, 0755);
    put_photo(house, "b.jpg", "b");
    put_photo(house, "a/a.jpg", "a");
    house->options.profile = house->profile;
    house->options.out = house->out;
    house->options.jobs = 2;
    return house;
}

static void
house_free(House *house)
{
    fg_publish_totals_clear(&house->totals);
    fg_profile_unref(house->profile);
    g_string_free(house->story, TRUE);
    g_free(house->top);
    g_free(house->in);
    g_free(house->out);
    g_free(house);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(House, house_free)

static void
hear_outcome(const FgOutcome *outcome, gpointer data)
{
    g_string_append_printf(((House *)data)->story, "%s %s; ", outcome->source,
                           fg_status_name(outcome->status));
}

static void
hear_planned(const char *source, const char *path, int width, int height, gpointer data)
{
    g_string_append_printf(((House *)data)->story, "%s makes %s (%dx%d); ", source, path, width, height);
}

static gboolean
publish(House *house, GError **error)
{
    const FgPublishListener listener = {.outcome = hear_outcome, .planned = hear_planned};
    const char *const inputs[] = {house->in, NULL};
    if (!house->options.inputs)
        house->options.inputs = inputs;
    g_string_truncate(house->story, 0);
    fg_publish_totals_clear(&house->totals);
    gboolean fine = fg_publish(&house->options, &listener, house, &house->totals, error);
    if (house->options.inputs == inputs)
        house->options.inputs = NULL;
    return fine;
}

static void
publish_ok(House *house)
{
    g_autoptr(GError) error = NULL;
    if (!publish(house, &error))
        fail_msg("%s", error->message);
}

static gboolean
is_there(const House *house, const char *name)
{
    g_autofree char *path = g_build_filename(house->out, name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

static GBytes *
slurp(const House *house, const char *name)
{
    g_autofree char *path = g_build_filename(house->out, name, NULL);
    return fg_slurp(path);
}

static void
photos_become_files_and_a_manifest(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new();
    publish_ok(house);
    assert_string_equal(house->story->str, "a/a.jpg done; b.jpg done; ");
    assert_int_equal(house->totals.done, 2);
    assert_int_equal(house->totals.files, 4);
    assert_int_equal(house->totals.files_whole, 4);
    g_autoptr(GBytes) webp = slurp(house, "a/a-8.webp"), jpeg = slurp(house, "b-8.jpg");
    assert_int_equal(fg_sniff(g_bytes_get_data(webp, NULL), g_bytes_get_size(webp)), FG_FORMAT_WEBP);
    assert_int_equal(fg_sniff(g_bytes_get_data(jpeg, NULL), g_bytes_get_size(jpeg)), FG_FORMAT_JPEG);
    g_autofree char *path = g_build_filename(house->out, "b-8.jpg", NULL);
    int status;
    g_autofree char *notice = fg_witness(&status, "exiftool", "-s3", "-XMP-dc:Rights", path, NULL);
    if (status != 127)
        assert_string_equal(notice, "(c) Jane\n");
}

static void
a_second_run_writes_nothing(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new();
    publish_ok(house);
    g_autofree char *path = g_build_filename(house->out, "a", "a-8.jpg", NULL);
    GStatBuf before, after;
    g_stat(path, &before);
    g_autoptr(GBytes) manifest = slurp(house, "filigrane.json");
    publish_ok(house);
    assert_string_equal(house->story->str, "a/a.jpg unchanged; b.jpg unchanged; ");
    assert_int_equal(house->totals.unchanged, 2);
    assert_int_equal(house->totals.files, 0);
    assert_int_equal(house->totals.files_whole, 4);
    g_stat(path, &after);
    assert_int_equal(before.st_ino, after.st_ino);
    g_autoptr(GBytes) manifest_again = slurp(house, "filigrane.json");
    assert_same_bytes(manifest, manifest_again);
    house->options.force = TRUE;
    publish_ok(house);
    assert_int_equal(house->totals.done, 2);
    g_autoptr(GBytes) manifest_forced = slurp(house, "filigrane.json");
    assert_same_bytes(manifest, manifest_forced);
}

static void
outcomes_come_in_the_order_of_the_plan(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new();
    publish_ok(house);
    put_photo(house, "a/b.jpg", "new");
    put_photo(house, "c.jpg", "new too");
    publish_ok(house);
    assert_string_equal(house->story->str, "a/a.jpg unchanged; a/b.jpg done; b.jpg unchanged; c.jpg done; ");
}

static void
one_broken_photo_fails_alone_and_keeps_what_it_had(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new();
    publish_ok(house);
    g_autofree char *path = g_build_filename(house->in, "b.jpg", NULL);
    assert_true(g_file_set_contents(path, "\xFF\xD8\xFF\xE0", 4, NULL));
    publish_ok(house);
    assert_string_equal(house->story->str, "a/a.jpg unchanged; b.jpg failed; ");
    assert_int_equal(house->totals.failed, 1);
    assert_true(is_there(house, "b-8.jpg"));
    g_autoptr(GBytes) manifest = slurp(house, "filigrane.json");
    g_autoptr(FgJson) json =
        fg_json_parse(g_bytes_get_data(manifest, NULL), g_bytes_get_size(manifest), NULL);
    assert_int_equal(fg_json_length(fg_json_get(json, "photos")), 2);
    assert_int_equal(fg_json_length(fg_json_get(json, "failed")), 1);
}

static void
a_file_given_by_name_that_is_no_photo_fails(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new();
    g_autofree char *path = g_build_filename(house->in, "notes.txt", NULL);
    assert_true(g_file_set_contents(path, "hello", 5, NULL));
    const char *const inputs[] = {path, NULL};
    house->options.inputs = inputs;
    publish_ok(house);
    assert_string_equal(house->story->str, "notes.txt failed; ");
    assert_true(is_there(house, "filigrane.json"));
}

static void
a_dry_run_tells_and_writes_nothing(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new();
    house->options.dry_run = TRUE;
    publish_ok(house);
    assert_string_equal(house->story->str, "a/a.jpg makes a/a-8.jpg (8x8); a/a.jpg makes a/a-8.webp (8x8); "
                                           "b.jpg makes b-8.jpg (8x8); b.jpg makes b-8.webp (8x8); ");
    assert_false(g_file_test(house->out, G_FILE_TEST_EXISTS));
}

static void
pruning_needs_a_folder_and_no_shard(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new();
    publish_ok(house);
    g_autofree char *path = g_build_filename(house->in, "b.jpg", NULL);
    const char *const inputs[] = {path, NULL};
    house->options.prune = TRUE;
    house->options.inputs = inputs;
    g_autoptr(GError) error = NULL;
    assert_false(publish(house, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_USAGE));
    house->options.inputs = NULL;
    house->options.shard = house->options.shards = 1;
    assert_false(publish(house, NULL));
    house->options.shard = house->options.shards = 0;
    g_unlink(path);
    publish_ok(house);
    assert_int_equal(house->totals.pruned, 2);
    assert_false(is_there(house, "b-8.jpg"));
    assert_true(is_there(house, "a/a-8.jpg"));
}

static void
shards_make_each_photo_once_and_join(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new(), whole = house_new();
    for (guint i = 0; i < 4; i++) {
        g_autofree char *name = g_strdup_printf("%u.jpg", i);
        put_photo(house, name, name);
        put_photo(whole, name, name);
    }
    guint done = 0;
    for (house->options.shards = 3; house->options.shard < 3;) {
        house->options.shard++;
        publish_ok(house);
        done += house->totals.done;
        assert_int_equal(house->totals.photos, house->totals.done);
    }
    assert_int_equal(done, 6);
    const FgPublishOptions merge = {.out = house->out};
    assert_true(fg_publish_merge(&merge, NULL, NULL, NULL));
    publish_ok(whole);
    g_autoptr(GBytes) joined = slurp(house, "filigrane.json"), expected = slurp(whole, "filigrane.json");
    assert_same_bytes(joined, expected);
    house->options.shard = house->options.shards = 0;
    publish_ok(house);
    assert_int_equal(house->totals.unchanged, 6);
}

static void
failures_stop_the_run_when_asked_to(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new();
    g_autofree char *path = g_build_filename(house->in, "a", "0.jpg", NULL);
    assert_true(g_file_set_contents(path, "\xFF\xD8\xFF\xE0", 4, NULL));
    house->options.max_failures = 1;
    house->options.jobs = 1;
    publish_ok(house);
    assert_string_equal(house->story->str, "a/0.jpg failed; ");
    g_autoptr(GBytes) manifest = slurp(house, "filigrane.json");
    assert_non_null(strstr(g_bytes_get_data(manifest, NULL), "0.jpg"));
}

static void
an_original_is_never_written_over(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new();
    g_clear_pointer(&house->profile, fg_profile_unref);
    house->profile = load(house->top, "rights: { creator: Jane, copyright: \"(c) {creator}\" }\n"
                                      "marks: {}\n"
                                      "derivatives: [{ name: large, long_edge: 100, formats: [jpeg] }]\n"
                                      "output: { name: \"{stem}.{ext}\" }\n");
    house->options.profile = house->profile;
    g_autofree char *path = g_build_filename(house->in, "b.jpg", NULL);
    g_autoptr(GBytes) before = fg_slurp(path);
    const char *const inputs[] = {path, NULL};
    house->options.inputs = inputs;
    house->options.out = house->in;
    g_autoptr(GError) error = NULL;
    assert_false(publish(house, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_CLASH));
    g_autoptr(GBytes) after = fg_slurp(path);
    assert_same_bytes(before, after);
}

static void
an_interrupted_run_keeps_what_was_finished(void **state)
{
    (void)state;
    g_autoptr(House) house = house_new();
    publish_ok(house);
    put_photo(house, "c.jpg", "c");
    const gint interrupted = 15;
    house->options.interrupted = &interrupted;
    g_autoptr(GError) error = NULL;
    assert_false(publish(house, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_INTERRUPTED));
    g_autoptr(GBytes) manifest = slurp(house, "filigrane.json");
    g_autoptr(FgJson) json =
        fg_json_parse(g_bytes_get_data(manifest, NULL), g_bytes_get_size(manifest), NULL);
    assert_int_equal(fg_json_length(fg_json_get(json, "photos")), 2);
    house->options.interrupted = NULL;
    publish_ok(house);
    assert_string_equal(house->story->str, "a/a.jpg unchanged; b.jpg unchanged; c.jpg done; ");
}

int
main(void)
{
    g_setenv("FILIGRANE_KEY", "000102030405060708090a0b0c0d0e0f", TRUE);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(photos_become_files_and_a_manifest),
        cmocka_unit_test(a_second_run_writes_nothing),
        cmocka_unit_test(outcomes_come_in_the_order_of_the_plan),
        cmocka_unit_test(one_broken_photo_fails_alone_and_keeps_what_it_had),
        cmocka_unit_test(a_file_given_by_name_that_is_no_photo_fails),
        cmocka_unit_test(a_dry_run_tells_and_writes_nothing),
        cmocka_unit_test(pruning_needs_a_folder_and_no_shard),
        cmocka_unit_test(shards_make_each_photo_once_and_join),
        cmocka_unit_test(failures_stop_the_run_when_asked_to),
        cmocka_unit_test(an_original_is_never_written_over),
        cmocka_unit_test(an_interrupted_run_keeps_what_was_finished),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
