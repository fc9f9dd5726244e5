/* When manifest and state are written while a run goes on.
 * wraps: g_get_monotonic_time */
#include "journal/shoot.h"
#include "publish/publish_private.h"

static gint64 now, step; /* what the clock says, and what goes by with each look at it */

/* Seen from outside, since the linker takes GLib's own calls for calls of it. */
__attribute__((visibility("default"))) gint64 __wrap_g_get_monotonic_time(void);
gint64
__wrap_g_get_monotonic_time(void)
{
    now += step;
    return now;
}

typedef struct {
    Shoot *shoot;
    FgPublishOptions options;
    FgPublishing publish;
} Work;

static Work *
work_new(guint photos, guint shards)
{
    Work *work = g_new0(Work, 1);
    work->shoot = shoot_new();
    for (guint i = 0; i < photos; i++) {
        g_autofree char *name = g_strdup_printf("%u.jpg", i);
        shoot_add(work->shoot, work->shoot->in, name, name);
    }
    work->options = (FgPublishOptions){.out = work->shoot->out, .shard = shards ? 1 : 0, .shards = shards};
    work->publish.options = &work->options;
    work->publish.plan = shoot_plan(work->shoot);
    work->publish.recipes = g_new0(char *, photos + 1);
    work->publish.unchanged = g_new0(FgOutcome *, photos + 1);
    for (guint i = 0; i < photos; i++)
        work->publish.recipes[i] = g_strdup("recipe");
    work->publish.journal = shoot_read(work->shoot, work->options.shard, shards);
    return work;
}

static void
work_free(Work *work)
{
    for (guint i = 0; i < work->publish.plan->photos->len; i++)
        fg_outcome_free(work->publish.unchanged[i]);
    g_free(work->publish.unchanged);
    g_strfreev(work->publish.recipes);
    g_free(work->publish.taken);
    fg_journal_free(work->publish.journal);
    shoot_free(work->shoot);
    g_free(work);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Work, work_free)

static void
make(Work *work, guint id)
{
    g_autoptr(FgOutcome) outcome = shoot_do(work->shoot, work->publish.plan->photos->pdata[id]);
    g_autoptr(GError) error = NULL;
    if (!fg_publish_hear_placed(id, outcome, &work->publish, &error))
        fail_msg("%s", error->message);
}

static void
expect_saved(const Work *work, const char *sources)
{
    g_autofree char *found = shoot_sources(work->shoot, "photos");
    assert_string_equal(found, sources);
}

static void
a_new_folder_has_its_manifest_from_the_first_photo_on(void **state)
{
    (void)state;
    step = 0;
    g_autoptr(Work) work = work_new(3, 0);
    fg_publish_begin_saving(&work->publish, 0);
    make(work, 2);
    expect_saved(work, "2.jpg");
    make(work, 0);
    expect_saved(work, "2.jpg"); /* No time has gone by. */
    now += 10 * G_USEC_PER_SEC;
    make(work, 1);
    expect_saved(work, "0.jpg 1.jpg 2.jpg");
}

static void
what_takes_long_is_written_seldom(void **state)
{
    (void)state;
    const gint64 second = G_USEC_PER_SEC;
    step = second; /* So long each saving takes. */
    g_autoptr(Work) work = work_new(4, 0);
    fg_publish_begin_saving(&work->publish, 0);
    make(work, 0);
    now += 47 * second;
    make(work, 1);
    expect_saved(work, "0.jpg");
    now += 2 * second;
    make(work, 2);
    expect_saved(work, "0.jpg 1.jpg 2.jpg");
}

static void
a_folder_that_took_long_to_read_is_not_written_at_once(void **state)
{
    (void)state;
    const gint64 second = G_USEC_PER_SEC;
    step = 0;
    g_autoptr(Work) work = work_new(3, 0);
    g_autofree char *recipe = g_strdup("recipe");
    g_autoptr(FgOutcome) outcome = shoot_do(work->shoot, work->publish.plan->photos->pdata[0]);
    fg_journal_add(work->publish.journal, work->publish.plan->photos->pdata[0], outcome, recipe);
    assert_true(fg_journal_save(work->publish.journal, work->publish.plan, NULL));
    fg_publish_begin_saving(&work->publish, 2 * second);
    now += 99 * second;
    make(work, 1);
    expect_saved(work, "0.jpg");
    now += second;
    make(work, 2);
    expect_saved(work, "0.jpg 1.jpg 2.jpg");
}

static void
the_part_of_a_shard_keeps_what_was_found_done_and_says_that_it_is_not_finished(void **state)
{
    (void)state;
    step = 0;
    g_autoptr(Work) work = work_new(2, 1);
    work->publish.unchanged[0] = shoot_do(work->shoot, work->publish.plan->photos->pdata[0]);
    fg_journal_add(work->publish.journal, work->publish.plan->photos->pdata[0], work->publish.unchanged[0],
                   "recipe");
    work->publish.unchanged[0]->status = FG_UNCHANGED;
    fg_publish_begin_saving(&work->publish, 0);
    now += 10 * G_USEC_PER_SEC;
    make(work, 1);
    g_autoptr(GError) error = NULL;
    assert_false(fg_journal_merge(work->shoot->out, &error));
    assert_non_null(strstr(error->message, "part 1 of 1 is not finished"));
    fg_journal_set_finished(work->publish.journal, TRUE);
    assert_true(fg_journal_save(work->publish.journal, work->publish.plan, NULL));
    assert_true(fg_journal_merge(work->shoot->out, NULL));
    expect_saved(work, "0.jpg 1.jpg");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_folder_has_its_manifest_from_the_first_photo_on),
        cmocka_unit_test(what_takes_long_is_written_seldom),
        cmocka_unit_test(a_folder_that_took_long_to_read_is_not_written_at_once),
        cmocka_unit_test(the_part_of_a_shard_keeps_what_was_found_done_and_says_that_it_is_not_finished),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
