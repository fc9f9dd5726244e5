#include "sandbox/sandbox_private.h"

#include <sched.h>
#include <string.h>

#define MOST_INHERITED                                                                                       \
    (G_GUINT64_CONSTANT(1) << 30) /* where there is no /proc: no process of ours begins with more */

/* How much of the machine is ours: what the kernel has, less what control groups (version 2, or 1) withhold.
 * A group is bound by its ancestors too, and a container may not see above its own. */

static gboolean
read_text(const char *root, const char *path, const char *name, char **text)
{
    g_autofree char *file = g_build_filename(root, path, name, NULL);
    return g_file_get_contents(file, text, NULL, NULL);
}

/* A whole number at the start of a file; FALSE for "max", -1 and no file. */
static gboolean
read_number(const char *root, const char *path, const char *name, guint64 *number)
{
    g_autofree char *text = NULL;
    if (!read_text(root, path, name, &text) || !g_ascii_isdigit(text[0]))
        return FALSE;
    *number = g_ascii_strtoull(text, NULL, 10);
    return TRUE;
}

/* The number after `key` in lines of "key number". */
static guint64
find_number(const char *text, const char *key)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gsize length = strlen(key);
    for (char **line = lines; *line; line++)
        if (g_str_has_prefix(*line, key) && ((*line)[length] == ' ' || (*line)[length] == ':'))
            return g_ascii_strtoull(g_strchug(*line + length + 1), NULL, 10);
    return 0;
}

/* The folder of our group under a controller's mount: "" names version 2. NULL when there is none. */
static char *
group_of(const char *root, const char *controller)
{
    g_autofree char *text = NULL;
    if (!read_text(root, "proc/self", "cgroup", &text))
        return NULL;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, ":", 3);
        if (g_strv_length(fields) != 3)
            continue;
        g_auto(GStrv) names = g_strsplit(fields[1], ",", -1);
        gboolean ours = *controller ? g_strv_contains((const char *const *)names, controller) : !*fields[1];
        if (ours)
            return g_build_filename("sys/fs/cgroup", controller, fields[2], NULL);
    }
    return NULL;
}

/* Calls `look` for the group and each of its ancestors up to the mount. */
static void
climb(const char *root, const char *controller,
      void (*look)(const char *root, const char *group, gpointer data), gpointer data)
{
    g_autofree char *group = group_of(root, controller);
    while (group && g_str_has_prefix(group, "sys/fs/cgroup")) {
        look(root, group, data);
        char *parent = g_path_get_dirname(group);
        g_free(group);
        group = parent;
    }
}

static void
lower_processors(guint64 quota, guint64 period, guint *processors)
{
    if (quota > 0 && period > 0)
        *processors = (guint)MAX(MIN((guint64)*processors, (quota + period - 1) / period), 1);
}

static void
look_at_cpu(const char *root, const char *group, gpointer processors)
{
    g_autofree char *text = NULL;
    if (read_text(root, group, "cpu.max", &text)) {
        g_auto(GStrv) words = g_strsplit(g_strstrip(text), " ", 2);
        if (g_strv_length(words) == 2)
            lower_processors(g_ascii_strtoull(words[0], NULL, 10), g_ascii_strtoull(words[1], NULL, 10),
                             processors);
    }
    guint64 quota, period;
    if (read_number(root, group, "cpu.cfs_quota_us", &quota) &&
        read_number(root, group, "cpu.cfs_period_us", &period))
        lower_processors(quota, period, processors);
}

guint
fg_machine_quota(const char *root, guint processors)
{
    climb(root, "", look_at_cpu, &processors);
    climb(root, "cpu", look_at_cpu, &processors);
    return processors;
}

/* What a group may still take. Files that are only cached can be given back. */
static void
lower_memory(const char *root, const char *group, const char *limit, const char *used, const char *cached,
             guint64 *memory)
{
    guint64 most, now;
    if (!read_number(root, group, limit, &most) || !read_number(root, group, used, &now))
        return;
    g_autofree char *stat = NULL;
    guint64 back = read_text(root, group, "memory.stat", &stat) ? find_number(stat, cached) : 0;
    now -= MIN(now, back);
    *memory = MIN(*memory, most - MIN(most, now));
}

static void
look_at_memory(const char *root, const char *group, gpointer memory)
{
    lower_memory(root, group, "memory.max", "memory.current", "inactive_file", memory);
    lower_memory(root, group, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file",
                 memory);
}

guint64
fg_machine_memory(const char *root)
{
    guint64 memory = G_GUINT64_CONSTANT(1) << 30; /* where there is no /proc */
    g_autofree char *text = NULL;
    if (read_text(root, "proc", "meminfo", &text))
        memory = find_number(text, "MemAvailable") * 1024;
    climb(root, "", look_at_memory, &memory);
    climb(root, "memory", look_at_memory, &memory);
    return memory;
}

guint64
fg_machine_addresses(const char *root)
{
    guint64 pages;
    return read_number(root, "proc/self", "statm", &pages) ? pages * (guint64)sysconf(_SC_PAGESIZE)
                                                           : MOST_INHERITED;
}

guint64
fg_address_space(void)
{
    return fg_machine_addresses("/");
}

guint
fg_machine_processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
    return fg_machine_quota("/", count > 0 ? (guint)count : g_get_num_processors());
}

guint64
fg_machine_free_memory(void)
{
    return fg_machine_memory("/") / 2;
}
