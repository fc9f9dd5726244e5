#include "support/fixtures.h"

#include <string.h>

#include <glib/gstdio.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static gboolean leaks_tolerated;

void
fg_tolerate_leaks(void)
{
    leaks_tolerated = TRUE;
}

/* The leak checker asks this before it looks. */
int __lsan_is_turned_off(void);

__attribute__((visibility("default"))) int
__lsan_is_turned_off(void)
{
    return leaks_tolerated;
}

char *
fg_source_path(const char *below)
{
    const char *top = g_getenv("FG_SOURCE_DIR");
    return g_build_filename(top ? top : ".", below, NULL);
}

char *
fg_corpus_path(const char *below)
{
    const char *corpus = g_getenv("FG_CORPUS");
    g_autofree char *beside = fg_source_path("../shared/corpus");
    char *path = g_build_filename(corpus ? corpus : beside, below, NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return path;
    g_free(path);
    return NULL;
}

gboolean
fg_has_corpus(void)
{
    g_autofree char *path = fg_corpus_path(".");
    return path != NULL;
}

void
fg_bind_by_modes(gboolean bound)
{
    const guint32 overriding = 1u << CAP_DAC_OVERRIDE | 1u << CAP_DAC_READ_SEARCH;
    struct __user_cap_header_struct self = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
    assert_int_equal(syscall(SYS_capget, &self, sets), 0);
    sets[0].effective = bound ? sets[0].effective & ~overriding : sets[0].permitted;
    assert_int_equal(syscall(SYS_capset, &self, sets), 0);
}

static GPtrArray *scratches;

static void
remove_tree(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;
    while (folder && (name = g_dir_read_name(folder))) {
        g_autofree char *entry = g_build_filename(path, name, NULL);
        if (g_file_test(entry, G_FILE_TEST_IS_DIR) && !g_file_test(entry, G_FILE_TEST_IS_SYMLINK))
            remove_tree(entry);
        else
            g_unlink(entry);
    }
    g_rmdir(path);
}

static pid_t scratch_owner;

static void
remove_scratches(void)
{
    if (getpid() != scratch_owner)
        return; /* A forked child must not clear its parent's folders. */
    g_ptr_array_foreach(scratches, (GFunc)(void (*)(void))remove_tree, NULL);
    g_ptr_array_unref(scratches);
}

char *
fg_scratch(void)
{
    if (!scratches) {
        scratches = g_ptr_array_new_with_free_func(g_free);
        scratch_owner = getpid();
        atexit(remove_scratches);
    }
    char *path = g_dir_make_tmp("filigrane-XXXXXX", NULL);
    assert_non_null(path);
    g_ptr_array_add(scratches, g_strdup(path));
    return path;
}

char *
fg_witness(int *status, ...)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    va_list list;
    va_start(list, status);
    for (char *word; (word = va_arg(list, char *));)
        g_ptr_array_add(words, word);
    va_end(list);
    g_ptr_array_add(words, NULL);

    char *output = NULL;
    int wait_status = 0;
    if (!g_spawn_sync(NULL, (char **)words->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                      NULL, NULL, &output, NULL, &wait_status, NULL)) {
        *status = 127;
        return NULL;
    }
    *status = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128;
    return output;
}

GBytes *
fg_slurp(const char *path)
{
    char *data = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(path, &data, &length, NULL));
    return g_bytes_new_take(data, length);
}

void
fg_spill(const char *path, GBytes *bytes)
{
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    assert_true(g_file_set_contents(path, data, (gssize)length, NULL));
}

void
fg_assert_holds(const char *path, const char *text)
{
    g_autoptr(GBytes) found = fg_slurp(path);
    assert_int_equal(g_bytes_get_size(found), strlen(text));
    assert_memory_equal(g_bytes_get_data(found, NULL), text, strlen(text));
}

gboolean
fg_bytes_hold(GBytes *bytes, const char *text)
{
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    return memmem(data, length, text, strlen(text)) != NULL;
}
