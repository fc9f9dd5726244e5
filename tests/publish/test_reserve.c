/* Room that is kept back for the manifest. */
#include <sys/stat.h>
#include <unistd.h>

#include "publish/publish_private.h"
#include "support/fixtures.h"

static FgPlan *
plan_of(guint photos)
{
    FgPlan *plan = g_new0(FgPlan, 1);
    plan->photos = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < photos; i++)
        g_ptr_array_add(plan->photos, g_new0(FgPlanned, 1));
    return plan;
}

static void
plan_free(FgPlan *plan)
{
    g_ptr_array_unref(plan->photos);
    g_free(plan);
}

static void
room_is_kept_without_a_name_and_given_back(void **state)
{
    (void)state;
    g_autofree char *out = fg_scratch();
    FgPlan *plan = plan_of(100);
    int fd = fg_reserve_take(out, plan);
    plan_free(plan);
    if (fd < 0)
        skip(); /* This file system has no files without a name. */
    struct stat info;
    assert_int_equal(fstat(fd, &info), 0);
    assert_true(info.st_blocks * 512 >= 300000);
    g_autoptr(GDir) folder = g_dir_open(out, 0, NULL);
    assert_null(g_dir_read_name(folder));
    int child = dup(fd); /* as a worker would have it */
    fg_reserve_release(fd);
    assert_int_equal(fstat(child, &info), 0);
    assert_int_equal(info.st_blocks, 0);
    close(child);
}

static void
a_folder_that_is_not_there_is_no_failure(void **state)
{
    (void)state;
    FgPlan *plan = plan_of(1);
    assert_int_equal(fg_reserve_take("/nonexistent/folder", plan), -1);
    fg_reserve_release(-1);
    plan_free(plan);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(room_is_kept_without_a_name_and_given_back),
        cmocka_unit_test(a_folder_that_is_not_there_is_no_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
