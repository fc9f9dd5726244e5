/* state.c: what is remembered of one photo. */
#include "journal/journal_private.h"

static void
measure_free(gpointer data)
{
    FgMeasure *measure = data;
    g_free(measure->name);
    g_free(measure->derivative);
    g_free(measure);
}

FgState *
fg_state_new(void)
{
    FgState *state = g_new0(FgState, 1);
    state->files = g_ptr_array_new_with_free_func(fg_state_file_free);
    state->measures = g_ptr_array_new_with_free_func(measure_free);
    state->removed = g_ptr_array_new();
    return state;
}

void
fg_state_file_free(gpointer data)
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
    g_free(state->entry);
    g_ptr_array_unref(state->files);
    g_ptr_array_unref(state->measures);
    g_ptr_array_unref(state->removed);
    g_free(state);
}

FgStamp
fg_stamp_of(const struct stat *info)
{
    const gint64 second = 1000000000;
    return (FgStamp){
        .size = info->st_size,
        .mtime_ns = (gint64)info->st_mtim.tv_sec * second + info->st_mtim.tv_nsec,
        .ctime_ns = (gint64)info->st_ctim.tv_sec * second + info->st_ctim.tv_nsec,
        .inode = info->st_ino,
    };
}

gboolean
fg_stamp_take(const char *path, FgStamp *stamp)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return FALSE;
    *stamp = fg_stamp_of(&info);
    return TRUE;
}

gboolean
fg_stamp_equal(const FgStamp *a, const FgStamp *b)
{
    return a->size == b->size && a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns &&
           a->inode == b->inode;
}

FgStateFile *
fg_state_find_file(const FgState *state, const char *path)
{
    for (guint i = 0; i < state->files->len; i++) {
        FgStateFile *file = state->files->pdata[i];
        if (g_str_equal(file->path, path))
            return file;
    }
    return NULL;
}

static FgStateFile *
find_or_add(FgState *state, const char *path)
{
    FgStateFile *file = fg_state_find_file(state, path);
    if (!file) {
        file = g_new0(FgStateFile, 1);
        file->path = g_strdup(path);
        g_ptr_array_add(state->files, file);
    }
    return file;
}

void
fg_state_set_file(FgState *state, const char *out, const char *path)
{
    g_autofree char *whole = g_build_filename(out, path, NULL);
    FgStamp stamp = {0};
    fg_stamp_take(whole, &stamp); /* Without one the file is compared by its digest. */
    find_or_add(state, path)->stamp = stamp;
}

/* Moves a file of a photo to a place among its files; one that is not remembered has no stamp. */
static void
move_file(FgState *state, const char *path, guint to)
{
    FgStateFile *file = find_or_add(state, path);
    guint from;
    g_ptr_array_find(state->files, file, &from);
    g_ptr_array_insert(state->files, (gint)MIN(to, from), g_ptr_array_steal_index(state->files, from));
}

void
fg_state_take_entry(FgState *state, const FgJson *entry)
{
    g_free(state->entry);
    state->entry = entry ? fg_manifest_entry_digest(entry) : NULL;
    g_ptr_array_set_size(state->removed, 0);
    const FgJson *removed = fg_json_get(entry, "removed"), *derivatives = fg_json_get(entry, "derivatives");
    for (gsize i = 0; i < fg_json_length(removed); i++)
        fg_removed_add(state->removed, fg_json_string_value(fg_json_at(removed, i)));
    for (guint i = 0; i < fg_json_length(derivatives); i++)
        move_file(state, fg_json_get_string(fg_json_at(derivatives, i), "path"), i);
    state->n_named = MIN((guint)fg_json_length(derivatives), state->files->len);
}

void
fg_measures_copy(GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++) {
        FgMeasure *measure = g_memdup2(from->pdata[i], sizeof *measure);
        measure->name = g_strdup(measure->name);
        measure->derivative = g_strdup(measure->derivative);
        g_ptr_array_add(to, measure);
    }
}
