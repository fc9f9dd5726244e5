/* The short cut of a run in which nothing changed. */
#include "journal/shoot.h"

typedef struct {
    Shoot *shoot;
    FgPhoto *photo;
} Settled;

static gboolean
is_settled(const Settled *settled, const char *circumstances)
{
    g_autoptr(FgJournal) journal = shoot_open(settled->shoot, 0, 0);
    fg_journal_begin(journal, circumstances);
    g_autoptr(FgOutcome) outcome = fg_journal_settled(journal, settled->photo);
    if (outcome)
        assert_int_equal(outcome->products->len, 3);
    return outcome != NULL;
}

/* A run that looks before it works, as publish does. */
static void
run(const Settled *settled)
{
    shoot_stat(settled->photo);
    g_autoptr(FgJournal) journal = shoot_read(settled->shoot, 0, 0);
    fg_journal_begin(journal, "now");
    g_autoptr(FgOutcome) before = fg_journal_settled(journal, settled->photo);
    const FgPlan *plan = shoot_plan(settled->shoot);
    g_autoptr(FgOutcome) outcome = shoot_do(settled->shoot, plan->photos->pdata[0]);
    FgMeasure *measure = g_new0(FgMeasure, 1);
    *measure = (FgMeasure){g_strdup("veil"), g_strdup("large"), 5.25, 4.5, (FgTone)1};
    g_ptr_array_add(outcome->measures, measure);
    fg_journal_add(journal, plan->photos->pdata[0], outcome, "recipe");
    assert_true(fg_journal_save(journal, plan, NULL));
}

static int
set_up(void **state)
{
    Settled *settled = g_new0(Settled, 1);
    settled->shoot = shoot_new();
    settled->photo = shoot_add(settled->shoot, settled->shoot->in, "a/x.jpg", "x");
    run(settled);
    *state = settled;
    return 0;
}

static int
tear_down(void **state)
{
    Settled *settled = *state;
    shoot_free(settled->shoot);
    g_free(settled);
    return 0;
}

static void
it_is_taken_only_under_the_same_circumstances(void **state)
{
    assert_true(is_settled(*state, "now"));
    assert_false(is_settled(*state, "with another key"));
    assert_false(is_settled(*state, NULL));
}

static void
a_sidecar_that_comes_changes_or_goes_ends_it(void **state)
{
    Settled *settled = *state;
    static const char *const names[] = {"a/x.xmp", "a/x.XMP", "a/x.jpg.xmp", "a/x.jpg.XMP"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        write_text(settled->shoot->in, names[i], "<x/>");
        assert_false(is_settled(settled, "now"));
        run(settled);
        assert_true(is_settled(settled, "now"));
        write_text(settled->shoot->in, names[i], "<longer/>");
        assert_false(is_settled(settled, "now"));
        g_autofree char *path = g_build_filename(settled->shoot->in, names[i], NULL);
        run(settled);
        g_unlink(path);
        assert_false(is_settled(settled, "now"));
        run(settled);
    }
}

static void
a_photo_that_was_touched_ends_it(void **state)
{
    Settled *settled = *state;
    settled->photo->mtime_ns++;
    assert_false(is_settled(settled, "now"));
}

static void
a_file_that_was_touched_or_lost_ends_it(void **state)
{
    Settled *settled = *state;
    write_text(settled->shoot->out, "a/x-100.jpg", "other");
    assert_false(is_settled(settled, "now"));
    run(settled);
    assert_true(is_settled(settled, "now"));
    g_autofree char *path = g_build_filename(settled->shoot->out, "a/x-200.webp", NULL);
    g_unlink(path);
    assert_false(is_settled(settled, "now"));
}

static void
a_manifest_that_was_edited_ends_it(void **state)
{
    Settled *settled = *state;
    assert_int_equal(shoot_edit(settled->shoot, "filigrane.json", "#102030", "#102031"), 1);
    assert_false(is_settled(settled, "now"));
    run(settled);
    assert_true(is_settled(settled, "now"));
    g_autofree char *path = g_build_filename(settled->shoot->out, "filigrane.json", NULL);
    g_unlink(path);
    assert_false(is_settled(settled, "now"));
}

static void
a_manifest_that_was_copied_does_not(void **state)
{
    Settled *settled = *state;
    assert_int_equal(shoot_edit(settled->shoot, "filigrane.json", "#102030", "#102030"), 1);
    assert_true(is_settled(settled, "now"));
}

static void
another_profile_of_the_same_settings_is_named_all_the_same(void **state)
{
    Settled *settled = *state;
    g_autoptr(FgJournal) journal = shoot_open(settled->shoot, 0, 0);
    fg_journal_begin(journal, "now");
    g_autoptr(FgOutcome) outcome = fg_journal_settled(journal, settled->photo);
    assert_non_null(outcome);
    fg_journal_add(journal, settled->shoot->plan->photos->pdata[0], outcome, NULL);
    assert_int_equal(fg_journal_count_files(journal, settled->shoot->plan), 3);
    g_autofree char *former = g_steal_pointer(&settled->shoot->profile->name);
    settled->shoot->profile->name = g_strdup("renamed");
    assert_true(fg_journal_save(journal, settled->shoot->plan, NULL));
    g_autoptr(FgJson) manifest = shoot_manifest(settled->shoot);
    assert_string_equal(fg_json_get_string(manifest, "profile"), "renamed");
    assert_int_equal(fg_json_length(fg_json_get(manifest, "photos")), 1);
    assert_true(is_settled(settled, "now"));
}

static void
its_outcome_says_what_the_run_said(void **state)
{
    Settled *settled = *state;
    g_autoptr(FgJournal) journal = shoot_open(settled->shoot, 0, 0);
    fg_journal_begin(journal, "now");
    g_autoptr(FgOutcome) outcome = fg_journal_settled(journal, settled->photo);
    assert_non_null(outcome);
    static const char *const paths[] = {"a/x-200.jpg", "a/x-200.webp", "a/x-100.jpg"};
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++)
        assert_string_equal(((const FgProduct *)outcome->products->pdata[i])->path, paths[i]);
    assert_int_equal(outcome->status, FG_UNCHANGED);
    assert_int_equal(outcome->removed->len, 1);
    assert_string_equal(outcome->removed->pdata[0], "location.gps");
    const FgMeasure *measure = outcome->measures->pdata[0];
    assert_string_equal(measure->derivative, "large");
    assert_true(measure->visibility == 5.25 && measure->worst_glyph == 4.5 && measure->tone == 1);
}

static void
a_failure_is_tried_again(void **state)
{
    Settled *settled = *state;
    g_autoptr(FgJournal) journal = shoot_read(settled->shoot, 0, 0);
    const FgPlanned *planned = settled->shoot->plan->photos->pdata[0];
    g_autoptr(FgOutcome) outcome = shoot_fail(planned);
    fg_journal_add(journal, planned, outcome, "recipe");
    assert_true(fg_journal_save(journal, settled->shoot->plan, NULL));
    assert_false(is_settled(settled, "now"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_taken_only_under_the_same_circumstances, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_sidecar_that_comes_changes_or_goes_ends_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_photo_that_was_touched_ends_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_was_touched_or_lost_ends_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_manifest_that_was_edited_ends_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_manifest_that_was_copied_does_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_profile_of_the_same_settings_is_named_all_the_same, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(its_outcome_says_what_the_run_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failure_is_tried_again, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
