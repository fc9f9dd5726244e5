/* journal.c: takes outcomes in, knows what is unchanged, and writes both files. */
#include "journal/journal_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

FgJournal *
fg_journal_new(const char *out, guint k, guint n)
{
    FgJournal *journal = g_new0(FgJournal, 1);
    journal->out = g_strdup(out);
    journal->k = k;
    journal->n = n;
    journal->made = -1;
    GDestroyNotify free_json = (GDestroyNotify)fg_json_free;
    journal->photos = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_json);
    journal->failed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_json);
    journal->states = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)fg_state_free);
    journal->folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    journal->sidecars = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    journal->touched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return journal;
}

void
fg_journal_free(FgJournal *journal)
{
    if (!journal)
        return;
    g_free(journal->out);
    g_hash_table_unref(journal->photos);
    g_hash_table_unref(journal->failed);
    g_hash_table_unref(journal->states);
    g_hash_table_unref(journal->touched);
    g_hash_table_unref(journal->folders);
    g_hash_table_unref(journal->sidecars);
    g_free(journal->sha256);
    g_free(journal->head);
    g_free(journal->damage);
    g_free(journal->circumstances);
    g_free(journal->last_folder);
    g_free(journal->last_digest);
    fg_claims_free(journal->claims);
    if (journal->made >= 0)
        close(journal->made);
    g_free(journal);
}

/* Is the manifest the one that the state tells of, and nothing in it that a run might have to forget? */
static gboolean
manifest_is_known(const FgJournal *journal, const char *path)
{
    FgStamp now;
    if (!journal->sha256 || !fg_stamp_take(path, &now) ||
        (!fg_stamp_equal(&journal->manifest, &now) && !fg_file_has_digest(path, journal->sha256)))
        return FALSE;
    GHashTableIter iter;
    gpointer state;
    g_hash_table_iter_init(&iter, journal->states);
    while (g_hash_table_iter_next(&iter, NULL, &state))
        if (((const FgState *)state)->failed)
            return FALSE;
    return TRUE;
}

FgJournal *
fg_journal_open(const char *out, guint k, guint n, GError **error)
{
    g_autoptr(FgJournal) journal = fg_journal_new(out, k, n);
    g_autofree char *manifest = fg_manifest_path(out, 0, 0), *state = fg_state_path(out, 0, 0);
    fg_state_load(journal, state);
    journal->unread = TRUE;
    if (!n && manifest_is_known(journal, manifest))
        return g_steal_pointer(&journal);
    return fg_journal_read(journal, error) ? g_steal_pointer(&journal) : NULL;
}

gboolean
fg_journal_read(FgJournal *journal, GError **error)
{
    if (!journal->unread)
        return TRUE;
    g_autofree char *manifest = fg_manifest_path(journal->out, 0, 0);
    g_autoptr(GError) fault = NULL;
    if (!fg_manifest_load(journal, manifest, NULL, &fault)) {
        if (journal->n || journal->newer || !g_error_matches(fault, FG_ERROR, FG_ERROR_MANIFEST)) {
            g_propagate_error(error, g_steal_pointer(&fault));
            return FALSE;
        }
        journal->damage = g_strdup(fault->message);
    }
    if (journal->n) {
        g_autofree char *part = fg_manifest_path(journal->out, journal->k, journal->n);
        g_autofree char *state = fg_state_path(journal->out, journal->k, journal->n);
        if (!fg_manifest_load(journal, part, NULL, error))
            return FALSE;
        fg_state_load(journal, state);
    }
    journal->unread = FALSE;
    fg_journal_reconcile(journal);
    return TRUE;
}

const char *
fg_journal_damage(const FgJournal *journal)
{
    return journal->damage;
}

void
fg_journal_reconcile(FgJournal *journal)
{
    GHashTableIter iter;
    gpointer source, value;
    g_hash_table_iter_init(&iter, journal->states);
    while (g_hash_table_iter_next(&iter, &source, &value)) {
        FgState *state = value;
        const FgJson *entry = g_hash_table_lookup(journal->photos, source);
        g_autofree char *digest = entry ? fg_manifest_entry_digest(entry) : NULL;
        if (g_strcmp0(digest, state->entry))
            g_clear_pointer(&state->recipe, g_free);
        state->failed = g_hash_table_contains(journal->failed, source);
    }
}

/* ---- Taking in ---- */

static void
set_text(char **field, const char *text)
{
    if (!g_strcmp0(*field, text))
        return;
    g_free(*field);
    *field = g_strdup(text);
}

const char *
fg_journal_folder_of(FgJournal *journal, const FgPhoto *photo)
{
    g_autofree char *folder = fg_photo_folder(photo);
    if (g_strcmp0(folder, journal->last_folder)) {
        g_free(journal->last_digest);
        journal->last_digest = fg_folder_digest(journal->out, folder);
        g_free(journal->last_folder);
        journal->last_folder = g_steal_pointer(&folder);
    }
    return journal->last_digest;
}

static FgState *
state_of(FgJournal *journal, const FgPlanned *planned, const char *source)
{
    FgState *state = g_hash_table_lookup(journal->states, source);
    if (!state) {
        state = fg_state_new();
        g_hash_table_insert(journal->states, g_strdup(source), state);
    }
    set_text(&state->folder, fg_journal_folder_of(journal, planned->photo));
    return state;
}

static void
take_done(FgJournal *journal, FgState *state, const FgPlanned *planned, const FgOutcome *outcome,
          const char *recipe)
{
    const FgPhoto *photo = planned->photo;
    g_free(state->recipe);
    state->recipe = g_strdup(recipe);
    state->stamp = (FgStamp){photo->size, photo->mtime_ns, photo->ctime_ns, photo->inode};
    for (guint i = 0; i < outcome->products->len; i++)
        fg_state_set_file(state, journal->out, ((const FgProduct *)outcome->products->pdata[i])->path);
    g_ptr_array_set_size(state->measures, 0);
    fg_measures_copy(state->measures, outcome->measures);
}

/* Of a photo that failed after some of its files were written, the former entry would tell of files that are
 * no longer there. */
static void
check_entry(FgJournal *journal, const char *source)
{
    const FgJson *entry = g_hash_table_lookup(journal->photos, source);
    const FgJson *derivatives = entry ? fg_json_get(entry, "derivatives") : NULL;
    for (gsize i = 0; i < fg_json_length(derivatives); i++) {
        const FgJson *file = fg_json_at(derivatives, i);
        g_autofree char *path = g_build_filename(journal->out, fg_json_get_string(file, "path"), NULL);
        if (!fg_file_has_digest(path, fg_json_get_string(file, "sha256"))) {
            fg_journal_drop_entry(journal, source);
            return;
        }
    }
}

void
fg_journal_add(FgJournal *journal, const FgPlanned *planned, const FgOutcome *outcome,
               const char *recipe_digest)
{
    if (journal->unread) { /* All is settled: there is nothing new to know. */
        g_assert(outcome->status == FG_UNCHANGED);
        return;
    }
    g_autofree char *source = fg_source_key(planned->photo);
    FgState *state = state_of(journal, planned, source);
    g_hash_table_add(journal->touched, g_strdup(source));
    if (outcome->status == FG_FAILED) {
        if (!g_strcmp0(outcome->stage, "write"))
            check_entry(journal, source);
        g_hash_table_replace(journal->failed, g_steal_pointer(&source),
                             fg_manifest_failure(planned, outcome));
        return;
    }
    g_hash_table_remove(journal->failed, source);
    set_text(&state->circumstances, journal->circumstances);
    set_text(&state->sidecars, g_hash_table_lookup(journal->sidecars, source));
    if (outcome->status == FG_DECLINED) {
        g_hash_table_remove(journal->photos, source);
    } else if (outcome->status == FG_DONE) {
        take_done(journal, state, planned, outcome, recipe_digest);
        g_hash_table_replace(journal->photos, g_steal_pointer(&source), fg_manifest_entry(outcome));
    }
}

/* ---- Folders and sources ---- */

/* The part of a path that its source is below: "shoot/" of "shoot/a/x.jpg" with source "a/x.jpg". */
char *
fg_photo_folder(const FgPhoto *photo)
{
    gsize whole = strlen(photo->path), below = strlen(photo->source);
    if (below > whole || !g_str_equal(photo->path + whole - below, photo->source) || whole == below)
        return g_strdup(".");
    return g_strndup(photo->path, whole - below);
}

static gsize
common_steps(char **a, char **b)
{
    gsize n = 0;
    while (a[n] && b[n] && g_str_equal(a[n], b[n]))
        n++;
    return n;
}

char *
fg_folder_digest(const char *out, const char *folder)
{
    g_autofree char *real_out = realpath(out, NULL), *real_folder = realpath(folder, NULL);
    g_auto(GStrv) from = g_strsplit(real_out ? real_out : out, "/", -1);
    g_auto(GStrv) to = g_strsplit(real_folder ? real_folder : folder, "/", -1);
    gsize common = common_steps(from, to);
    g_autoptr(GString) way = g_string_new(NULL);
    for (gsize i = common; from[i]; i++)
        g_string_append(way, "../");
    for (gsize i = common; to[i]; i++)
        g_string_append_printf(way, "%s/", to[i]);
    char *digest = fg_sha256_hex(way->str, way->len);
    digest[16] = '\0';
    return digest;
}

static gint
compare_sources(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
fg_sources_sorted(GHashTable *table)
{
    GPtrArray *sources = g_ptr_array_sized_new(g_hash_table_size(table));
    GHashTableIter iter;
    gpointer source;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &source, NULL))
        g_ptr_array_add(sources, source);
    g_ptr_array_sort(sources, compare_sources);
    return sources;
}

guint
fg_journal_count_files(const FgJournal *journal, const FgPlan *plan)
{
    guint count = 0;
    for (guint i = 0; i < plan->photos->len; i++) {
        g_autofree char *source = fg_source_key(((const FgPlanned *)plan->photos->pdata[i])->photo);
        const FgJson *entry = g_hash_table_lookup(journal->photos, source);
        const FgState *state = g_hash_table_lookup(journal->states, source);
        if (journal->unread)
            count += state ? state->n_named : 0;
        else if (entry)
            count += (guint)fg_json_length(fg_json_get(entry, "derivatives"));
    }
    return count;
}

/* ---- Saving ---- */

/* Writes a file where it differs from what is there. */
static gboolean
put_file(const char *path, GBytes *wanted, GError **error)
{
    g_autoptr(GBytes) there = fg_file_read(path, 0, NULL);
    if ((there && g_bytes_equal(there, wanted)) || fg_file_replace(path, wanted, 0666, error))
        return TRUE;
    g_autofree char *name = g_path_get_basename(path);
    return g_prefix_error(error, "%s: ", name), FALSE;
}

/* What is no manifest may still tell a person what was in it. */
static gboolean
keep_damaged(FgJournal *journal, const char *manifest, const char *folder, GError **error)
{
    g_autofree char *aside = g_build_filename(folder, "filigrane.json.damaged", NULL);
    if (!journal->damage)
        return TRUE;
    if (g_rename(manifest, aside) != 0 && errno != ENOENT)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "%s can't be kept aside", "filigrane.json");
    g_clear_pointer(&journal->damage, g_free);
    return TRUE;
}

gboolean
fg_journal_put(FgJournal *journal, const char *manifest, GHashTable *only, GError **error)
{
    g_autofree char *manifest_path = fg_manifest_path(journal->out, journal->k, journal->n);
    g_autofree char *state_path = fg_state_path(journal->out, journal->k, journal->n);
    g_autofree char *folder = g_path_get_dirname(state_path);
    g_autoptr(GBytes) text = g_bytes_new(manifest, strlen(manifest));
    if (!fg_folder_make(folder, error) || !keep_damaged(journal, manifest_path, folder, error) ||
        !put_file(manifest_path, text, error))
        return FALSE;
    g_free(journal->sha256);
    journal->sha256 = fg_sha256_hex(manifest, strlen(manifest));
    fg_stamp_take(manifest_path, &journal->manifest);
    GHashTableIter iter;
    gpointer source, state;
    g_hash_table_iter_init(&iter, journal->states);
    while (g_hash_table_iter_next(&iter, &source, &state)) {
        fg_state_take_entry(state, g_hash_table_lookup(journal->photos, source));
        ((FgState *)state)->failed = g_hash_table_contains(journal->failed, source);
    }
    g_autoptr(GBytes) bytes = fg_state_write(journal, only);
    return put_file(state_path, bytes, error);
}

gboolean
fg_journal_is_new(const FgJournal *journal)
{
    return g_hash_table_size(journal->photos) == 0 && g_hash_table_size(journal->states) == 0;
}

void
fg_journal_set_finished(FgJournal *journal, gboolean finished)
{
    journal->unfinished = !finished;
}

/* What a part says of its run, so that parts of two runs are not joined. */
static FgJson *
shard_json(const FgJournal *journal, const FgProfile *profile)
{
    if (!journal->n)
        return NULL;
    g_autofree char *digest = fg_profile_digest(profile);
    FgJson *shard = fg_json_object();
    fg_json_set(shard, "k", fg_json_integer(journal->k));
    fg_json_set(shard, "n", fg_json_integer(journal->n));
    fg_json_set(shard, "version", fg_json_string(fg_version()));
    fg_json_set(shard, "digest", fg_json_string(digest));
    if (journal->unfinished)
        fg_json_set(shard, "unfinished", fg_json_boolean(TRUE));
    return shard;
}

gboolean
fg_journal_save(FgJournal *journal, const FgPlan *plan, GError **error)
{
    g_autoptr(FgRights) written = fg_rights_as_written(plan->profile->rights);
    g_autoptr(FgJson) rights = fg_manifest_rights(written);
    g_autofree char *told = fg_json_print(rights);
    g_autofree char *head = g_strconcat(plan->profile->name, "\n", told, NULL);
    g_autofree char *digest = fg_sha256_hex(head, strlen(head));
    if (journal->unread && !g_strcmp0(journal->head, digest))
        return TRUE;
    if (!fg_journal_read(journal, error))
        return FALSE;
    g_free(journal->head);
    journal->head = g_steal_pointer(&digest);
    GHashTable *only = journal->n ? journal->touched : NULL;
    g_autofree char *manifest =
        fg_manifest_print(journal, plan->profile->name, rights, shard_json(journal, plan->profile), only);
    return fg_journal_put(journal, manifest, only, error);
}
