/* state.c: .filigrane/state.json, by which the next run knows without reading it what has not changed. */
#include "journal/journal_private.h"

#include <string.h>
#include <sys/stat.h>

#define STATE_VERSION 1
#define STATE_CEILING ((guint64)1 << 30)

FgState *
fg_state_new(void)
{
    FgState *state = g_new0(FgState, 1);
    state->files = g_ptr_array_new();
    return state;
}

static void
state_file_free(gpointer data)
{
    FgStateFile *file = data;
    g_free(file->path);
    g_free(file);
}

void
fg_state_free(FgState *state)
{
    g_free(state->folder);
    g_free(state->recipe);
    g_free(state->circumstances);
    g_free(state->sidecars);
    g_ptr_array_set_free_func(state->files, state_file_free);
    g_ptr_array_unref(state->files);
    fg_json_free(state->measures);
    g_free(state);
}

char *
fg_state_path(const char *out, guint k, guint n)
{
    g_autofree char *name = n ? g_strdup_printf("state.%u-of-%u.json", k, n) : g_strdup("state.json");
    return g_build_filename(out, ".filigrane", name, NULL);
}

gboolean
fg_stamp_take(const char *path, FgStamp *stamp)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return FALSE;
    const gint64 second = 1000000000;
    stamp->size = info.st_size;
    stamp->mtime_ns = (gint64)info.st_mtim.tv_sec * second + info.st_mtim.tv_nsec;
    stamp->ctime_ns = (gint64)info.st_ctim.tv_sec * second + info.st_ctim.tv_nsec;
    stamp->inode = info.st_ino;
    return TRUE;
}

gboolean
fg_stamp_equal(const FgStamp *a, const FgStamp *b)
{
    return a->size == b->size && a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns &&
           a->inode == b->inode;
}

const FgStateFile *
fg_state_find_file(const FgState *state, const char *path)
{
    for (guint i = 0; i < state->files->len; i++) {
        const FgStateFile *file = state->files->pdata[i];
        if (g_str_equal(file->path, path))
            return file;
    }
    return NULL;
}

static void
set_stamp(FgState *state, const char *path, const FgStamp *stamp)
{
    FgStateFile *file = (FgStateFile *)(guintptr)fg_state_find_file(state, path);
    if (!file) {
        file = g_new0(FgStateFile, 1);
        file->path = g_strdup(path);
        g_ptr_array_add(state->files, file);
    }
    file->stamp = *stamp;
}

void
fg_state_set_file(FgState *state, const char *out, const char *path)
{
    g_autofree char *whole = g_build_filename(out, path, NULL);
    FgStamp stamp = {0};
    fg_stamp_take(whole, &stamp); /* Without one the file is compared by its digest. */
    set_stamp(state, path, &stamp);
}

/* ---- Reading ---- */

static FgStamp
read_stamp(const FgJson *object)
{
    return (FgStamp){
        .size = fg_json_get_integer(object, "size", 0),
        .mtime_ns = fg_json_get_integer(object, "mtime", 0),
        .ctime_ns = fg_json_get_integer(object, "ctime", 0),
        .inode = (guint64)fg_json_get_integer(object, "inode", 0),
    };
}

static FgState *
read_state(const FgJson *object)
{
    FgState *state = fg_state_new();
    state->folder = g_strdup(fg_json_get_string(object, "folder"));
    state->recipe = g_strdup(fg_json_get_string(object, "recipe"));
    state->circumstances = g_strdup(fg_json_get_string(object, "circumstances"));
    state->sidecars = g_strdup(fg_json_get_string(object, "sidecars"));
    state->stamp = read_stamp(object);
    const FgJson *files = fg_json_get(object, "files");
    for (gsize i = 0; i < fg_json_length(files); i++) {
        const FgJson *file = fg_json_at(files, i);
        const char *path = fg_json_get_string(file, "path");
        FgStamp stamp = read_stamp(file);
        if (path && fg_path_is_below(path))
            set_stamp(state, path, &stamp);
    }
    FgJson *measures = fg_json_get(object, "measures");
    state->measures = fg_json_is_array(measures) ? fg_json_ref(measures) : NULL;
    return state;
}

void
fg_state_load(FgJournal *journal, const char *path)
{
    g_autoptr(GBytes) bytes = fg_file_read(path, STATE_CEILING, NULL);
    if (!bytes)
        return;
    gsize length;
    const void *text = g_bytes_get_data(bytes, &length);
    g_autoptr(FgJson) document = fg_json_parse(text, length, NULL);
    FgJson *photos = document ? fg_json_get(document, "photos") : NULL;
    if (!fg_json_is_object(photos) || fg_json_get_integer(document, "state", 0) != STATE_VERSION)
        return;
    const char *source;
    FgJson *object;
    for (void *at = NULL; (at = fg_json_next(photos, at, &source, &object));)
        if (fg_json_is_object(object))
            g_hash_table_replace(journal->states, g_strdup(source), read_state(object));
}

/* ---- Writing ---- */

static void
write_stamp(FgJson *object, const FgStamp *stamp)
{
    fg_json_set(object, "size", fg_json_integer(stamp->size));
    fg_json_set(object, "mtime", fg_json_integer(stamp->mtime_ns));
    fg_json_set(object, "ctime", fg_json_integer(stamp->ctime_ns));
    fg_json_set(object, "inode", fg_json_integer((gint64)stamp->inode));
}

static FgJson *
state_json(const FgState *state)
{
    FgJson *object = fg_json_object();
    fg_json_set(object, "folder", fg_json_string(state->folder));
    if (state->recipe) {
        fg_json_set(object, "recipe", fg_json_string(state->recipe));
        fg_json_set(object, "circumstances", fg_json_string(state->circumstances));
        fg_json_set(object, "sidecars", fg_json_string(state->sidecars));
        write_stamp(object, &state->stamp);
    }
    FgJson *files = fg_json_array();
    for (guint i = 0; i < state->files->len; i++) {
        const FgStateFile *file = state->files->pdata[i];
        FgJson *item = fg_json_object();
        fg_json_set(item, "path", fg_json_string(file->path));
        write_stamp(item, &file->stamp);
        fg_json_add(files, item);
    }
    fg_json_set(object, "files", files);
    if (state->measures)
        fg_json_set(object, "measures", fg_json_ref(state->measures));
    return object;
}

char *
fg_state_print(const FgJournal *journal, GHashTable *only)
{
    g_autoptr(FgJson) document = fg_json_object();
    FgJson *photos = fg_json_object();
    g_autoptr(GPtrArray) sources = fg_sources_sorted(journal->states);
    for (guint i = 0; i < sources->len; i++)
        if (!only || g_hash_table_contains(only, sources->pdata[i]))
            fg_json_set(photos, sources->pdata[i],
                        state_json(g_hash_table_lookup(journal->states, sources->pdata[i])));
    fg_json_set(document, "state", fg_json_integer(STATE_VERSION));
    fg_json_set(document, "photos", photos);
    return fg_json_print(document);
}
