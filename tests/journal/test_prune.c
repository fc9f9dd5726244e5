/* What --prune removes, and what it must not. */
#include "journal/shoot.h"

#include <unistd.h>

/* What a run finds out of its INPUTs and of what stands in the output folder. */
typedef struct {
    const char *there, *spared;
} World;

static gboolean
is_gone(const char *folder, const char *source, gpointer data)
{
    assert_true(g_path_is_absolute(folder));
    return g_strcmp0(source, ((const World *)data)->there) != 0;
}

static gboolean
is_spared(const char *path, gpointer data)
{
    return !g_strcmp0(path, ((const World *)data)->spared);
}

static guint
prune_in(Shoot *shoot, const char *folder, World world)
{
    g_autoptr(FgJournal) journal = shoot_read(shoot, 0, 0);
    const FgPlan *plan = shoot_plan(shoot);
    const char *const folders[] = {folder, NULL};
    const FgGone gone = {folders, is_gone, is_spared, &world};
    g_autoptr(GPtrArray) paths = fg_journal_left_over(journal, plan, &gone, TRUE, NULL);
    guint removed = 0;
    g_autoptr(GError) error = NULL;
    if (!fg_journal_prune(journal, plan, &gone, &removed, &error))
        fail_msg("%s", error->message);
    assert_true(fg_journal_save(journal, plan, NULL));
    assert_int_equal(paths->len, removed);
    return removed;
}

static guint
prune(Shoot *shoot, const char *folder)
{
    return prune_in(shoot, folder, (World){NULL, NULL});
}

static void
the_files_of_a_photo_that_is_gone_go(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_add(shoot, shoot->in, "sub/b.jpg", "b");
    shoot_run(shoot, NULL, "env");
    g_ptr_array_remove_index(shoot->photos, 1);
    assert_int_equal(prune(shoot, shoot->in), 3);
    g_autofree char *photos = shoot_sources(shoot, "photos");
    assert_string_equal(photos, "a.jpg");
    assert_true(exists(shoot->out, "a-200.jpg"));
    assert_false(exists(shoot->out, "sub"));
    assert_int_equal(prune(shoot, shoot->in), 0);
}

static void
without_a_state_nothing_counts_as_gone(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_add(shoot, shoot->in, "b.jpg", "b");
    shoot_run(shoot, NULL, "env");
    g_autofree char *memory = g_build_filename(shoot->out, ".filigrane", "state", NULL);
    g_unlink(memory);
    g_ptr_array_remove_index(shoot->photos, 1);
    assert_int_equal(prune(shoot, shoot->in), 0);
    assert_true(exists(shoot->out, "b-200.jpg"));
}

static void
a_photo_that_may_be_there_is_not_gone(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_add(shoot, shoot->in, "b.jpg", "b");
    shoot_run(shoot, NULL, "env");
    g_ptr_array_set_size(shoot->photos, 0);
    assert_int_equal(prune_in(shoot, shoot->in, (World){"b.jpg", NULL}), 3);
    g_autofree char *photos = shoot_sources(shoot, "photos");
    assert_string_equal(photos, "b.jpg");
    assert_true(exists(shoot->out, "b-200.jpg"));
    assert_false(exists(shoot->out, "a-200.jpg"));
}

static void
what_is_spared_stays_and_is_asked_for_again(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_run(shoot, NULL, "env");
    g_ptr_array_set_size(shoot->photos, 0);
    assert_int_equal(prune_in(shoot, shoot->in, (World){NULL, "a-200.jpg"}), 2);
    assert_true(exists(shoot->out, "a-200.jpg"));
    assert_int_equal(prune(shoot, shoot->in), 1);
    assert_false(exists(shoot->out, "a-200.jpg"));
}

static void
files_of_another_input_stay(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    g_autofree char *other = g_build_filename(shoot->top, "other", NULL);
    shoot_add(shoot, other, "b.jpg", "b");
    shoot_run(shoot, NULL, "env");
    g_ptr_array_remove_index(shoot->photos, 1);
    assert_int_equal(prune(shoot, shoot->in), 0);
    assert_true(exists(shoot->out, "b-200.jpg"));
}

static void
files_that_the_profile_no_longer_makes_go(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_run(shoot, NULL, "env");
    g_clear_pointer(&shoot->plan, fg_plan_free);
    g_ptr_array_remove_index(shoot->profile->recipes, 1);
    shoot_run(shoot, NULL, "env");
    assert_true(exists(shoot->out, "a-100.jpg"));
    assert_int_equal(prune(shoot, shoot->in), 1);
    assert_false(exists(shoot->out, "a-100.jpg"));
    assert_true(exists(shoot->out, "a-200.jpg"));
}

static void
a_photo_that_fails_loses_nothing(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_run(shoot, NULL, "env");
    shoot_run(shoot, "a.jpg", "other env");
    assert_int_equal(prune(shoot, shoot->in), 0);
    assert_true(exists(shoot->out, "a-100.jpg"));
}

static void
nothing_outside_the_output_folder_is_touched(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    write_text(shoot->top, "precious/x.jpg", "mine");
    g_autofree char *precious = g_build_filename(shoot->top, "precious", NULL);
    g_autofree char *link = g_build_filename(shoot->out, "link", NULL);
    assert_int_equal(symlink(precious, link), 0);
    write_text(
        shoot->out, "filigrane.json",
        "{\"filigrane\": 1, \"photos\": [{\"source\": \"gone.jpg\", \"sha256\": \"0\", \"derivatives\": ["
        "{\"name\": \"a\", \"path\": \"link/x.jpg\", \"format\": \"jpeg\", \"sha256\": \"0\"}]},"
        "{\"source\": \"gone2.jpg\", \"sha256\": \"0\", \"derivatives\": ["
        "{\"name\": \"a\", \"path\": \"../precious/x.jpg\", \"format\": \"jpeg\", \"sha256\": \"0\"}]}]}");
    assert_int_equal(prune(shoot, shoot->in), 0);
    assert_true(exists(precious, "x.jpg"));
}

static void
a_file_that_another_photo_makes_now_stays(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_run(shoot, NULL, "env");
    /* The same stem in another format: the same paths. */
    g_ptr_array_set_size(shoot->photos, 0);
    g_clear_pointer(&shoot->plan, fg_plan_free);
    shoot_add(shoot, shoot->in, "a.png", "a as png");
    shoot_run(shoot, NULL, "env");
    assert_int_equal(prune(shoot, shoot->in), 0);
    assert_true(exists(shoot->out, "a-200.jpg"));
    g_autofree char *photos = shoot_sources(shoot, "photos");
    assert_string_equal(photos, "a.png");
}

static void
failures_of_photos_that_are_gone_are_forgotten(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_add(shoot, shoot->in, "b.jpg", "b");
    shoot_run(shoot, "b.jpg", "env");
    g_ptr_array_remove_index(shoot->photos, 1);
    g_autoptr(FgJournal) journal = shoot_read(shoot, 0, 0);
    const char *const folders[] = {shoot->in, NULL};
    World world = {NULL, NULL};
    const FgGone gone = {folders, is_gone, is_spared, &world};
    fg_journal_forget_failures(journal, shoot_plan(shoot), &gone);
    assert_true(fg_journal_save(journal, shoot->plan, NULL));
    g_autofree char *failed = shoot_sources(shoot, "failed");
    assert_string_equal(failed, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_files_of_a_photo_that_is_gone_go),
        cmocka_unit_test(without_a_state_nothing_counts_as_gone),
        cmocka_unit_test(a_photo_that_may_be_there_is_not_gone),
        cmocka_unit_test(what_is_spared_stays_and_is_asked_for_again),
        cmocka_unit_test(files_of_another_input_stay),
        cmocka_unit_test(files_that_the_profile_no_longer_makes_go),
        cmocka_unit_test(a_photo_that_fails_loses_nothing),
        cmocka_unit_test(nothing_outside_the_output_folder_is_touched),
        cmocka_unit_test(a_file_that_another_photo_makes_now_stays),
        cmocka_unit_test(failures_of_photos_that_are_gone_are_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
