/* The parts of shards, and their joining. */
#include "journal/shoot.h"

/* A shard that does the photos whose place in the plan has its turn. */
static void
run_shard(Shoot *shoot, guint k, guint n)
{
    g_autoptr(FgJournal) journal = shoot_read(shoot, k, n);
    const FgPlan *plan = shoot_plan(shoot);
    for (guint i = 0; i < plan->photos->len; i++) {
        const FgPlanned *planned = plan->photos->pdata[i];
        if (i % n + 1 != k)
            continue;
        g_autoptr(FgOutcome) outcome = fg_journal_unchanged(journal, planned, "recipe");
        if (!outcome)
            outcome = shoot_do(shoot, planned);
        fg_journal_add(journal, planned, outcome, "recipe");
    }
    assert_true(fg_journal_save(journal, plan, NULL));
}

static Shoot *
shoot_of_three(void)
{
    Shoot *shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_add(shoot, shoot->in, "b.jpg", "b");
    shoot_add(shoot, shoot->in, "c.jpg", "c");
    return shoot;
}

static void
all_parts_together_are_the_manifest_of_one_run(void **state)
{
    (void)state;
    g_autoptr(Shoot) whole = shoot_of_three(), parted = shoot_of_three();
    shoot_run(whole, NULL, "env");
    run_shard(parted, 2, 2);
    run_shard(parted, 1, 2);
    assert_false(exists(parted->out, "filigrane.json"));
    assert_true(exists(parted->out, "filigrane.1-of-2.json"));
    g_autoptr(GError) error = NULL;
    assert_true(fg_journal_merge(parted->out, &error));
    g_autofree char *expected = read_text(whole->out, "filigrane.json");
    g_autofree char *joined = read_text(parted->out, "filigrane.json");
    assert_string_equal(joined, expected);
    assert_false(exists(parted->out, "filigrane.1-of-2.json"));
    assert_false(exists(parted->out, ".filigrane/state.2-of-2"));
}

static void
a_missing_part_is_named(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_of_three();
    run_shard(shoot, 1, 3);
    run_shard(shoot, 3, 3);
    g_autoptr(GError) error = NULL;
    assert_false(fg_journal_merge(shoot->out, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MANIFEST));
    assert_non_null(strstr(error->message, "part 2 of 3"));
    assert_true(exists(shoot->out, "filigrane.1-of-3.json"));
}

static void
a_folder_without_parts_or_with_those_of_two_runs_is_refused(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_of_three();
    assert_false(fg_journal_merge(shoot->out, NULL));
    run_shard(shoot, 1, 1);
    run_shard(shoot, 1, 2);
    g_autoptr(GError) error = NULL;
    assert_false(fg_journal_merge(shoot->out, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MANIFEST));
}

static void
parts_of_different_profiles_are_refused(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_of_three();
    run_shard(shoot, 1, 2);
    shoot->profile->quality.level[FG_FORMAT_JPEG] = 31;
    run_shard(shoot, 2, 2);
    g_autoptr(GError) error = NULL;
    assert_false(fg_journal_merge(shoot->out, &error));
    assert_non_null(strstr(error->message, "profile"));
}

static void
entries_of_former_runs_stay(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    g_autofree char *other = g_build_filename(shoot->top, "other", NULL);
    shoot_add(shoot, other, "z.jpg", "z");
    shoot_run(shoot, NULL, "env");
    g_ptr_array_set_size(shoot->photos, 0);
    g_clear_pointer(&shoot->plan, fg_plan_free);
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    run_shard(shoot, 1, 1);
    assert_true(fg_journal_merge(shoot->out, NULL));
    g_autofree char *photos = shoot_sources(shoot, "photos");
    assert_string_equal(photos, "a.jpg z.jpg");
}

static void
a_shard_that_is_run_again_does_nothing(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_of_three();
    run_shard(shoot, 1, 2);
    g_autoptr(FgJournal) journal = shoot_read(shoot, 1, 2);
    g_autoptr(FgOutcome) outcome = fg_journal_unchanged(journal, shoot_planned(shoot, "a.jpg"), "recipe");
    assert_non_null(outcome);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_parts_together_are_the_manifest_of_one_run),
        cmocka_unit_test(a_missing_part_is_named),
        cmocka_unit_test(a_folder_without_parts_or_with_those_of_two_runs_is_refused),
        cmocka_unit_test(parts_of_different_profiles_are_refused),
        cmocka_unit_test(entries_of_former_runs_stay),
        cmocka_unit_test(a_shard_that_is_run_again_does_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
