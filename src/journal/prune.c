/* prune.c: removes the files that are no longer made. A file goes only when manifest or state named it, it
 * lies in the output folder itself, and no entry that stays names it too. */
#include "journal/journal_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static GHashTable *
new_set(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static GHashTable *
planned_sources(const FgPlan *plan)
{
    GHashTable *sources = new_set();
    for (guint i = 0; i < plan->photos->len; i++) {
        const FgPlanned *planned = plan->photos->pdata[i];
        g_hash_table_add(sources, fg_text_utf8(planned->photo->source, -1, NULL));
    }
    return sources;
}

/* The folders of a run by the digests that states have of them. */
static GHashTable *
walked_folders(const FgJournal *journal, const FgGone *gone)
{
    GHashTable *walked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; gone->folders && gone->folders[i]; i++)
        g_hash_table_replace(walked, fg_folder_digest(journal->out, gone->folders[i]),
                             (gpointer)(guintptr)gone->folders[i]);
    return walked;
}

/* The sources of a table that are gone and not in the plan. `lost`: also those of which no state tells where
 * they were. */
static GPtrArray *
gone_of(const FgJournal *journal, GHashTable *table, const FgPlan *plan, const FgGone *gone, gboolean lost)
{
    g_autoptr(GHashTable) planned = planned_sources(plan), walked = walked_folders(journal, gone);
    GPtrArray *sources = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer source;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &source, NULL)) {
        if (g_hash_table_contains(planned, source))
            continue;
        const FgState *state = g_hash_table_lookup(journal->states, source);
        gboolean known = state && state->folder;
        const char *folder = known ? g_hash_table_lookup(walked, state->folder) : NULL;
        if (known ? folder && gone->is_gone(folder, source, gone->data) : lost)
            g_ptr_array_add(sources, g_strdup(source));
    }
    return sources;
}

void
fg_journal_forget_failures(FgJournal *journal, const FgPlan *plan, const FgGone *gone)
{
    if (!gone->folders || !gone->folders[0])
        return;
    g_autoptr(GPtrArray) sources = gone_of(journal, journal->failed, plan, gone, TRUE);
    for (guint i = 0; i < sources->len; i++)
        g_hash_table_remove(journal->failed, sources->pdata[i]);
}

static void
add_paths(GHashTable *set, const FgJson *entry)
{
    const FgJson *derivatives = fg_json_get(entry, "derivatives");
    for (gsize i = 0; i < fg_json_length(derivatives); i++)
        g_hash_table_add(set, g_strdup(fg_json_get_string(fg_json_at(derivatives, i), "path")));
}

/* Does the folder of a file lie in the output folder when all links are followed? */
static gboolean
lies_in(const char *out, const char *whole)
{
    g_autofree char *folder = g_path_get_dirname(whole);
    g_autofree char *real_out = realpath(out, NULL), *real_folder = realpath(folder, NULL);
    if (!real_out || !real_folder)
        return FALSE;
    gsize length = strlen(real_out);
    return g_str_has_prefix(real_folder, real_out) &&
           (real_folder[length] == '\0' || real_folder[length] == '/');
}

/* Folders that have become empty go with their last file; rmdir refuses all others. */
static void
remove_empty_folders(const char *out, const char *path)
{
    g_autofree char *below = g_path_get_dirname(path);
    while (!g_str_equal(below, ".")) {
        g_autofree char *whole = g_build_filename(out, below, NULL);
        if (rmdir(whole) != 0)
            return;
        char *parent = g_path_get_dirname(below);
        g_free(below);
        below = parent;
    }
}

/* ---- What would be removed ---- */

static void
add_planned(GHashTable *set, const FgPlanned *planned)
{
    for (guint d = 0; d < planned->derivatives->len; d++) {
        const FgDerivative *derivative = planned->derivatives->pdata[d];
        for (guint o = 0; o < derivative->outputs->len; o++)
            g_hash_table_add(set, g_strdup(((const FgOutput *)derivative->outputs->pdata[o])->path));
    }
}

/* Sources that are gone, as a set. While the manifest is unread, the states tell all that it holds. */
static GHashTable *
gone_sources(const FgJournal *journal, const FgPlan *plan, const FgGone *gone)
{
    GHashTable *set = new_set(), *const tables[] = {journal->photos, journal->states};
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++) {
        g_autoptr(GPtrArray) sources = gone_of(journal, tables[t], plan, gone, FALSE);
        for (guint i = 0; i < sources->len; i++)
            g_hash_table_add(set, g_strdup(sources->pdata[i]));
    }
    return set;
}

/* The paths that stay: of a photo that is planned those that the plan makes, of any other that is not gone
 * those of its entry. */
static GHashTable *
paths_that_stay(const FgJournal *journal, const FgPlan *plan, GHashTable *gone_ones)
{
    GHashTable *stay = new_set();
    g_autoptr(GHashTable) left = new_set(); /* whose entry does not count */
    for (guint i = 0; i < plan->photos->len; i++) {
        const FgPlanned *planned = plan->photos->pdata[i];
        if (planned->error || !planned->derivatives)
            continue;
        add_planned(stay, planned);
        g_hash_table_add(left, fg_source_key(planned->photo));
    }
    GHashTableIter iter;
    gpointer source, value;
    g_hash_table_iter_init(&iter, journal->unread ? journal->states : journal->photos);
    while (g_hash_table_iter_next(&iter, &source, &value)) {
        if (g_hash_table_contains(left, source) || g_hash_table_contains(gone_ones, source))
            continue;
        const FgState *state = value;
        if (!journal->unread)
            add_paths(stay, value);
        for (guint i = 0; journal->unread && i < state->n_named; i++)
            g_hash_table_add(stay, g_strdup(((const FgStateFile *)state->files->pdata[i])->path));
    }
    return stay;
}

/* Adds those of a photo's files that are there and do not stay. */
static gboolean
add_left(FgJournal *journal, const char *source, GHashTable *stay, const FgGone *gone, GPtrArray *paths)
{
    g_autoptr(GHashTable) files = new_set();
    const FgState *state = g_hash_table_lookup(journal->states, source);
    for (guint i = 0; state && i < state->files->len; i++)
        g_hash_table_add(files, g_strdup(((const FgStateFile *)state->files->pdata[i])->path));
    const FgJson *entry = g_hash_table_lookup(journal->photos, source);
    if (entry)
        add_paths(files, entry);
    guint before = paths->len;
    GHashTableIter iter;
    gpointer path;
    g_hash_table_iter_init(&iter, files);
    while (g_hash_table_iter_next(&iter, &path, NULL)) {
        g_autofree char *whole = g_build_filename(journal->out, path, NULL);
        if (g_hash_table_add(stay, g_strdup(path)) && lies_in(journal->out, whole) &&
            g_file_test(whole, G_FILE_TEST_IS_REGULAR | G_FILE_TEST_IS_SYMLINK) &&
            !gone->is_spared(path, gone->data))
            g_ptr_array_add(paths, g_strdup(path));
    }
    return paths->len > before;
}

static gint
compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
fg_journal_left_over(FgJournal *journal, const FgPlan *plan, const FgGone *gone, gboolean all, guint *photos)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) gone_ones = gone_sources(journal, plan, gone);
    guint count = 0;
    if (all || g_hash_table_size(gone_ones) > 0) {
        g_autoptr(GHashTable) stay = paths_that_stay(journal, plan, gone_ones);
        GHashTableIter iter;
        gpointer source;
        g_hash_table_iter_init(&iter, gone_ones);
        while (g_hash_table_iter_next(&iter, &source, NULL))
            count += add_left(journal, source, stay, gone, paths) ? 1 : 0;
        g_hash_table_iter_init(&iter, journal->states);
        while (all && g_hash_table_iter_next(&iter, &source, NULL))
            add_left(journal, source, stay, gone, paths);
    }
    g_ptr_array_sort(paths, compare_paths);
    if (photos)
        *photos = count;
    return paths;
}

/* ---- Removing ---- */

static gboolean
remove_file(const FgJournal *journal, const char *path, guint *removed, GError **error)
{
    g_autofree char *whole = g_build_filename(journal->out, path, NULL);
    if (!lies_in(journal->out, whole))
        return TRUE;
    if (unlink(whole) == 0) {
        (*removed)++;
        remove_empty_folders(journal->out, path);
        return TRUE;
    }
    return errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG || errno == EISDIR ||
           errno == EPERM || fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "%s can't be removed", path);
}

/* Is a path another spelling of one that stays, on a file system without case? */
static gboolean
is_spelled_otherwise(const FgJournal *journal, GHashTable *named, const char *path)
{
    g_autofree char *key = fg_text_fold(path, TRUE);
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, named);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        g_autofree char *other = strlen(name) == strlen(path) ? fg_text_fold(name, TRUE) : NULL;
        if (!g_strcmp0(key, other) && fg_paths_are_one(journal->out, path, name))
            return TRUE;
    }
    return FALSE;
}

/* Removes of one photo the files that no entry names, and forgets them. What must stay is
 * looked at again by the next run. */
static gboolean
remove_unnamed(const FgJournal *journal, FgState *state, GHashTable *named, const FgGone *gone,
               guint *removed, GError **error)
{
    for (guint i = state->files->len; i-- > 0;) {
        FgStateFile *file = state->files->pdata[i];
        if (g_hash_table_contains(named, file->path) || gone->is_spared(file->path, gone->data))
            continue;
        if (!is_spelled_otherwise(journal, named, file->path) &&
            !remove_file(journal, file->path, removed, error))
            return FALSE;
        g_ptr_array_remove_index(state->files, i);
    }
    return TRUE;
}

void
fg_journal_drop_entry(FgJournal *journal, const char *source)
{
    g_autoptr(GHashTable) paths = new_set();
    const FgJson *entry = g_hash_table_lookup(journal->photos, source);
    FgState *state = g_hash_table_lookup(journal->states, source);
    if (!state) {
        state = fg_state_new();
        g_hash_table_insert(journal->states, g_strdup(source), state);
    }
    if (entry)
        add_paths(paths, entry);
    GHashTableIter iter;
    gpointer path;
    g_hash_table_iter_init(&iter, paths);
    while (g_hash_table_iter_next(&iter, &path, NULL))
        fg_state_set_file(state, journal->out, path);
    g_hash_table_remove(journal->photos, source);
    g_hash_table_remove(journal->failed, source);
}

gboolean
fg_journal_prune(FgJournal *journal, const FgPlan *plan, const FgGone *gone, guint *removed, GError **error)
{
    *removed = 0;
    if (!fg_journal_read(journal, error))
        return FALSE;
    fg_journal_claim(journal);
    g_autoptr(GPtrArray) entries = gone_of(journal, journal->photos, plan, gone, FALSE);
    g_autoptr(GPtrArray) states = gone_of(journal, journal->states, plan, gone, FALSE);
    for (guint i = 0; i < entries->len; i++)
        fg_journal_drop_entry(journal, entries->pdata[i]);
    for (guint i = 0; i < states->len; i++)
        fg_journal_drop_entry(journal, states->pdata[i]);
    fg_journal_forget_failures(journal, plan, gone);

    g_autoptr(GHashTable) named = new_set();
    GHashTableIter iter;
    gpointer source, value;
    g_hash_table_iter_init(&iter, journal->photos);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        add_paths(named, value);
    g_hash_table_iter_init(&iter, journal->states);
    while (g_hash_table_iter_next(&iter, &source, &value)) {
        FgState *state = value;
        if (!remove_unnamed(journal, state, named, gone, removed, error))
            return FALSE;
        if (!state->files->len && !g_hash_table_contains(journal->photos, source) &&
            !g_hash_table_contains(journal->failed, source))
            g_hash_table_iter_remove(&iter);
    }
    return TRUE;
}
