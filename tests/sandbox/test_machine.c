#include "sandbox/sandbox_private.h"
#include "support/fixtures.h"

/* A root folder of a machine that exists only here. */
static void
say(const char *root, const char *path, const char *text)
{
    g_autofree char *file = g_build_filename(root, path, NULL), *folder = g_path_get_dirname(file);
    assert_true(fg_folder_make(folder, NULL));
    assert_true(g_file_set_contents(file, text, -1, NULL));
}

static void
without_groups_all_is_ours(void **state)
{
    (void)state;
    g_autofree char *root = fg_scratch();
    say(root, "proc/meminfo", "MemTotal:  100 kB\nMemFree: 10 kB\nMemAvailable:   64000 kB\n");
    assert_int_equal(fg_machine_quota(root, 8), 8);
    assert_int_equal(fg_machine_memory(root), 64000 * 1024);
}

static void
a_quota_of_version_2_is_rounded_up_and_inherited(void **state)
{
    (void)state;
    g_autofree char *root = fg_scratch();
    say(root, "proc/self/cgroup", "0::/jobs/one\n");
    say(root, "sys/fs/cgroup/jobs/one/cpu.max", "max 100000\n");
    assert_int_equal(fg_machine_quota(root, 8), 8);
    say(root, "sys/fs/cgroup/jobs/cpu.max", "250000 100000\n");
    assert_int_equal(fg_machine_quota(root, 8), 3);
    say(root, "sys/fs/cgroup/jobs/one/cpu.max", "50000 100000\n");
    assert_int_equal(fg_machine_quota(root, 8), 1);
}

static void
a_quota_of_version_1_counts_too(void **state)
{
    (void)state;
    g_autofree char *root = fg_scratch();
    say(root, "proc/self/cgroup", "4:memory:/m\n3:cpu,cpuacct:/c\n");
    say(root, "sys/fs/cgroup/cpu/c/cpu.cfs_quota_us", "-1\n");
    say(root, "sys/fs/cgroup/cpu/c/cpu.cfs_period_us", "100000\n");
    assert_int_equal(fg_machine_quota(root, 4), 4);
    say(root, "sys/fs/cgroup/cpu/c/cpu.cfs_quota_us", "200000\n");
    assert_int_equal(fg_machine_quota(root, 4), 2);
}

static void
a_limit_of_memory_counts_without_what_is_only_cached(void **state)
{
    (void)state;
    g_autofree char *root = fg_scratch();
    say(root, "proc/meminfo", "MemAvailable: 1000000 kB\n");
    say(root, "proc/self/cgroup", "0::/\n");
    say(root, "sys/fs/cgroup/memory.max", "1000000\n");
    say(root, "sys/fs/cgroup/memory.current", "900000\n");
    say(root, "sys/fs/cgroup/memory.stat", "anon 300000\ninactive_file 600000\n");
    assert_int_equal(fg_machine_memory(root), 700000);
    say(root, "sys/fs/cgroup/memory.max", "max\n");
    assert_int_equal(fg_machine_memory(root), 1000000 * 1024);
    say(root, "sys/fs/cgroup/memory.max", "100000\n");
    assert_int_equal(fg_machine_memory(root), 0);
}

static void
this_machine_has_a_processor_and_memory(void **state)
{
    (void)state;
    assert_true(fg_machine_processors() >= 1);
    assert_true(fg_machine_free_memory() > 0);
}

/* A process must not be left with less room because nobody can tell what it began with. */
static void
without_proc_a_process_is_taken_for_a_large_one(void **state)
{
    (void)state;
    g_autofree char *root = fg_scratch();
    assert_int_equal(fg_machine_addresses(root), G_GUINT64_CONSTANT(1) << 30);
    say(root, "proc/self/statm", "1000 200 100 1 0 300 0\n");
    assert_int_equal(fg_machine_addresses(root), 1000 * sysconf(_SC_PAGESIZE));
    assert_true(fg_address_space() > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_groups_all_is_ours),
        cmocka_unit_test(a_quota_of_version_2_is_rounded_up_and_inherited),
        cmocka_unit_test(a_quota_of_version_1_counts_too),
        cmocka_unit_test(a_limit_of_memory_counts_without_what_is_only_cached),
        cmocka_unit_test(without_proc_a_process_is_taken_for_a_large_one),
        cmocka_unit_test(this_machine_has_a_processor_and_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
