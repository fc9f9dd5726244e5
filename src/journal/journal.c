/* journal.c: takes outcomes in, knows what is unchanged, and writes both files. */
#include "journal/journal_private.h"

#include <string.h>

static void
set_text(char **field, const char *text)
{
    if (!g_strcmp0(*field, text))
        return;
    g_free(*field);
    *field = g_strdup(text);
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
