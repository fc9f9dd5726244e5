/* What a second run knows of the first. */
#include "journal/shoot.h"

static void
a_second_run_does_nothing_and_leaves_the_bytes_alone(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "b.jpg", "b");
    shoot_add(shoot, shoot->in, "a/c.jpg", "c");
    assert_int_equal(shoot_run(shoot, NULL, "env"), 2);
    g_autofree char *manifest = read_text(shoot->out, "filigrane.json");
    g_autoptr(GBytes) memory = read_bytes(shoot->out, ".filigrane/state");
    g_autofree char *path = g_build_filename(shoot->out, "filigrane.json", NULL);
    GStatBuf before, after;
    g_stat(path, &before);
    assert_int_equal(shoot_run(shoot, NULL, "env"), 0);
    g_stat(path, &after);
    g_autofree char *manifest_again = read_text(shoot->out, "filigrane.json");
    g_autoptr(GBytes) memory_again = read_bytes(shoot->out, ".filigrane/state");
    assert_string_equal(manifest, manifest_again);
    assert_true(g_bytes_equal(memory, memory_again));
    assert_int_equal(before.st_ino, after.st_ino);
}

static void
an_unchanged_outcome_says_what_the_first_run_said(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    const FgPlan *plan = shoot_plan(shoot);
    const FgPlanned *planned = plan->photos->pdata[0];
    g_autoptr(FgJournal) first = shoot_read(shoot, 0, 0);
    g_autoptr(FgOutcome) done = shoot_do(shoot, planned);
    FgMeasure *measure = g_new0(FgMeasure, 1);
    *measure = (FgMeasure){g_strdup("veil"), g_strdup("large"), 5.25, 4.5, (FgTone)1};
    g_ptr_array_add(done->measures, measure);
    fg_journal_add(first, planned, done, "recipe");
    assert_true(fg_journal_save(first, plan, NULL));

    g_autoptr(FgJournal) second = shoot_read(shoot, 0, 0);
    g_autoptr(FgOutcome) same = fg_journal_unchanged(second, planned, "recipe");
    assert_non_null(same);
    assert_int_equal(same->status, FG_UNCHANGED);
    assert_string_equal(same->sha256, done->sha256);
    assert_string_equal(same->colour, "#102030");
    assert_int_equal(same->products->len, 3);
    const FgProduct *product = same->products->pdata[1];
    assert_string_equal(product->path, "a-200.webp");
    assert_int_equal(product->format, FG_FORMAT_WEBP);
    assert_int_equal(product->height, 150);
    assert_string_equal(same->removed->pdata[0], "location.gps");
    const FgMeasure *measured = same->measures->pdata[0];
    assert_string_equal(measured->derivative, "large");
    assert_true(measured->visibility == 5.25 && measured->worst_glyph == 4.5);
    assert_null(fg_journal_unchanged(second, planned, "another recipe"));
}

static void
whatever_matters_makes_a_photo_be_done_again(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    FgPhoto *photo = shoot_add(shoot, shoot->in, "a.jpg", "one");
    shoot_run(shoot, NULL, "env");
    assert_int_equal(shoot_run(shoot, NULL, "another key"), 1);
    write_text(shoot->in, "a.jpg", "two");
    shoot_stat(photo);
    assert_int_equal(shoot_run(shoot, NULL, "another key"), 1);
    write_text(shoot->out, "a-100.jpg", "damaged");
    assert_int_equal(shoot_run(shoot, NULL, "another key"), 1);
    g_autofree char *path = g_build_filename(shoot->out, "a-200.webp", NULL);
    g_unlink(path);
    assert_int_equal(shoot_run(shoot, NULL, "another key"), 1);
    photo->facts->caption = g_strdup("from a sidecar");
    shoot->profile->keep |= FG_KEEP_CAPTION;
    assert_int_equal(shoot_run(shoot, NULL, "another key"), 1);
    assert_int_equal(shoot_run(shoot, NULL, "another key"), 0);
}

static void
a_copied_folder_is_known_by_its_content(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    FgPhoto *photo = shoot_add(shoot, shoot->in, "a.jpg", "same");
    shoot_run(shoot, NULL, "env");
    /* New files with the same bytes: other inodes and times. */
    write_text(shoot->in, "a.jpg", "same");
    write_text(shoot->out, "a-100.jpg", "same");
    photo->mtime_ns += 1;
    photo->inode += 1;
    assert_int_equal(shoot_run(shoot, NULL, "env"), 0);
}

static void
a_photo_that_now_fails_keeps_its_files_and_entry(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_add(shoot, shoot->in, "b.jpg", "b");
    shoot_run(shoot, NULL, "env");
    shoot_run(shoot, "a.jpg", "env");
    g_autofree char *photos = shoot_sources(shoot, "photos"), *failed = shoot_sources(shoot, "failed");
    assert_string_equal(photos, "a.jpg b.jpg");
    assert_string_equal(failed, "a.jpg");
    assert_true(exists(shoot->out, "a-200.jpg"));
    shoot_run(shoot, NULL, "env");
    g_autofree char *failed_no_more = shoot_sources(shoot, "failed");
    assert_string_equal(failed_no_more, "");
}

static void
entries_of_other_inputs_stay(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_run(shoot, NULL, "env");
    g_ptr_array_set_size(shoot->photos, 0);
    g_clear_pointer(&shoot->plan, fg_plan_free);
    g_autofree char *other = g_build_filename(shoot->top, "other", NULL);
    shoot_add(shoot, other, "B.jpg", "b");
    shoot_run(shoot, NULL, "env");
    g_autofree char *photos = shoot_sources(shoot, "photos");
    assert_string_equal(photos, "B.jpg a.jpg");
}

static void
a_damaged_or_missing_state_is_rebuilt(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_run(shoot, NULL, "env");
    static const char *const states[] = {"", "{}", "filigrane state 1\n", "filigrane state 2\n",
                                         "filigrane state 2\n0123456789abcdef0123456789abcdef and no more"};
    for (gsize i = 0; i < G_N_ELEMENTS(states); i++) {
        write_text(shoot->out, ".filigrane/state", states[i]);
        assert_int_equal(shoot_run(shoot, NULL, "env"), 1);
        assert_int_equal(shoot_run(shoot, NULL, "env"), 0);
    }
}

static void
an_entry_that_was_edited_is_done_again(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_add(shoot, shoot->in, "b.jpg", "b");
    shoot_run(shoot, NULL, "env");
    g_autofree char *manifest = read_text(shoot->out, "filigrane.json");
    assert_int_equal(shoot_edit(shoot, "filigrane.json", "\"a-100.jpg\"", "\"a.jpg\""), 1);
    assert_int_equal(shoot_run(shoot, NULL, "env"), 1);
    g_autofree char *mended = read_text(shoot->out, "filigrane.json");
    assert_string_equal(mended, manifest);
    assert_int_equal(shoot_run(shoot, NULL, "env"), 0);
}

static void
an_edit_of_a_photo_that_is_not_in_the_run_is_noticed_later(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_add(shoot, shoot->in, "b.jpg", "b");
    shoot_run(shoot, NULL, "env");
    g_autoptr(FgPhoto) first = g_ptr_array_steal_index(shoot->photos, 0);
    assert_int_equal(shoot_edit(shoot, "filigrane.json", "\"a-100.jpg\"", "\"a.jpg\""), 1);
    assert_int_equal(shoot_run(shoot, NULL, "env"), 0);
    g_ptr_array_add(shoot->photos, g_steal_pointer(&first));
    assert_int_equal(shoot_run(shoot, NULL, "env"), 1);
}

static void
what_was_edited_for_all_photos_is_put_right(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_run(shoot, NULL, "env");
    g_autofree char *manifest = read_text(shoot->out, "filigrane.json");
    assert_int_equal(shoot_edit(shoot, "filigrane.json", "ask first", "take it"), 1);
    assert_int_equal(shoot_run(shoot, NULL, "env"), 0);
    g_autofree char *mended = read_text(shoot->out, "filigrane.json");
    assert_string_equal(mended, manifest);
}

static void
what_is_no_manifest_is_kept_aside_and_one_of_another_version_is_refused(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    assert_int_equal(shoot_run(shoot, NULL, "env"), 1);
    g_autofree char *manifest = read_text(shoot->out, "filigrane.json");
    static const char *const texts[] = {"not json", "[]", "", "{\"name\": \"package\"}"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        write_text(shoot->out, "filigrane.json", texts[i]);
        g_autoptr(GError) error = NULL;
        g_autoptr(FgJournal) journal = fg_journal_open(shoot->out, 0, 0, &error);
        assert_null(error);
        assert_non_null(strstr(fg_journal_damage(journal), "filigrane.json"));
        assert_null(fg_journal_open(shoot->out, 1, 2, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MANIFEST));
        assert_int_equal(shoot_run(shoot, NULL, "env"), 1);
        g_autofree char *anew = read_text(shoot->out, "filigrane.json");
        g_autofree char *aside = read_text(shoot->out, ".filigrane/filigrane.json.damaged");
        assert_string_equal(anew, manifest);
        assert_string_equal(aside, texts[i]);
    }
    write_text(shoot->out, "filigrane.json", "{\"filigrane\": 2}");
    g_autoptr(GError) error = NULL;
    assert_null(fg_journal_open(shoot->out, 0, 0, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MANIFEST));
    assert_non_null(strstr(error->message, "filigrane.json"));
}

static void
neither_file_tells_where_the_photos_lie(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_add(shoot, shoot->in, "b.jpg", "b");
    shoot_run(shoot, "b.jpg", "env");
    g_autofree char *manifest = read_text(shoot->out, "filigrane.json");
    g_autoptr(GBytes) memory = read_bytes(shoot->out, ".filigrane/state");
    gsize length;
    const void *bytes = g_bytes_get_data(memory, &length);
    assert_null(strstr(manifest, shoot->top));
    assert_null(memmem(bytes, length, shoot->top, strlen(shoot->top)));
    assert_non_null(memmem(bytes, length, "b.jpg", 5));
    assert_non_null(strstr(manifest, "\"b.jpg is cut\""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_run_does_nothing_and_leaves_the_bytes_alone),
        cmocka_unit_test(an_unchanged_outcome_says_what_the_first_run_said),
        cmocka_unit_test(whatever_matters_makes_a_photo_be_done_again),
        cmocka_unit_test(a_copied_folder_is_known_by_its_content),
        cmocka_unit_test(a_photo_that_now_fails_keeps_its_files_and_entry),
        cmocka_unit_test(entries_of_other_inputs_stay),
        cmocka_unit_test(a_damaged_or_missing_state_is_rebuilt),
        cmocka_unit_test(an_entry_that_was_edited_is_done_again),
        cmocka_unit_test(an_edit_of_a_photo_that_is_not_in_the_run_is_noticed_later),
        cmocka_unit_test(what_was_edited_for_all_photos_is_put_right),
        cmocka_unit_test(what_is_no_manifest_is_kept_aside_and_one_of_another_version_is_refused),
        cmocka_unit_test(neither_file_tells_where_the_photos_lie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
