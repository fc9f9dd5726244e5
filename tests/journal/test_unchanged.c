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
    g_autoptr(FgJournal) journal = shoot_open(settled->shoot, 0, 0);
    fg_journal_begin(journal, "now");
    g_autoptr(FgOutcome) before = fg_journal_settled(journal, settled->photo);
    const FgPlan *plan = shoot_plan(settled->shoot);
    g_autoptr(FgOutcome) outcome = shoot_do(settled->shoot, plan->photos->pdata[0]);
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
a_failure_is_tried_again(void **state)
{
    Settled *settled = *state;
    g_autoptr(FgJournal) journal = shoot_open(settled->shoot, 0, 0);
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
        cmocka_unit_test_setup_teardown(a_failure_is_tried_again, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
