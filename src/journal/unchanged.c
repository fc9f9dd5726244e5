/* unchanged.c: what need not be done again. */
#include "journal/journal_private.h"

#include <string.h>
#include <sys/stat.h>

char *
fg_source_key(const FgPhoto *photo)
{
    return fg_text_utf8(photo->source, -1, NULL);
}

gboolean
fg_file_has_digest(const char *path, const char *sha256)
{
    g_autofree char *digest = fg_file_sha256(path, NULL);
    return digest && g_str_equal(digest, sha256);
}

static gboolean
photo_is_same(FgState *state, const FgPhoto *photo, const char *sha256)
{
    FgStamp now = {photo->size, photo->mtime_ns, photo->ctime_ns, photo->inode};
    if (fg_stamp_equal(&state->stamp, &now))
        return TRUE;
    if (!fg_file_has_digest(photo->path, sha256))
        return FALSE;
    state->stamp = now;
    return TRUE;
}

static gboolean
file_is_whole(const FgJournal *journal, FgState *state, const FgJson *derivative)
{
    const char *path = fg_json_get_string(derivative, "path");
    const FgStateFile *file = fg_state_find_file(state, path);
    g_autofree char *whole = g_build_filename(journal->out, path, NULL);
    FgStamp now;
    if (!file || !fg_stamp_take(whole, &now))
        return FALSE;
    if (fg_stamp_equal(&file->stamp, &now))
        return TRUE;
    if (!fg_file_has_digest(whole, fg_json_get_string(derivative, "sha256")))
        return FALSE;
    fg_state_set_file(state, journal->out, path);
    return TRUE;
}

FgOutcome *
fg_journal_unchanged(FgJournal *journal, const FgPlanned *planned, const char *recipe_digest)
{
    g_autofree char *source = fg_source_key(planned->photo);
    const FgJson *entry = g_hash_table_lookup(journal->photos, source);
    FgState *state = g_hash_table_lookup(journal->states, source);
    if (!entry || !state || !state->recipe || planned->error || !g_str_equal(state->recipe, recipe_digest))
        return NULL;
    if (!photo_is_same(state, planned->photo, fg_json_get_string(entry, "sha256")))
        return NULL;
    const FgJson *derivatives = fg_json_get(entry, "derivatives");
    for (gsize i = 0; i < fg_json_length(derivatives); i++)
        if (!file_is_whole(journal, state, fg_json_at(derivatives, i)))
            return NULL;
    FgOutcome *outcome = fg_manifest_outcome(entry);
    fg_measures_copy(outcome->measures, state->measures);
    return outcome;
}

/* ---- The short cut ---- */

void
fg_journal_begin(FgJournal *journal, const char *circumstances)
{
    g_free(journal->circumstances);
    journal->circumstances = g_strdup(circumstances);
}

static gboolean
files_are_settled(const FgJournal *journal, const FgState *state)
{
    for (guint i = 0; i < state->n_named; i++) {
        const FgStateFile *file = state->files->pdata[i];
        g_autofree char *whole = g_build_filename(journal->out, file->path, NULL);
        FgStamp now;
        if (!fg_stamp_take(whole, &now) || !fg_stamp_equal(&file->stamp, &now))
            return FALSE;
    }
    return TRUE;
}

/* What a state alone tells of an outcome: enough for whoever is told of an unchanged photo. */
static FgOutcome *
settled_outcome(const char *source, const FgState *state)
{
    FgOutcome *outcome = fg_outcome_new(source);
    outcome->status = FG_UNCHANGED;
    for (guint i = 0; i < state->n_named; i++) {
        FgProduct *product = g_new0(FgProduct, 1);
        product->path = g_strdup(((const FgStateFile *)state->files->pdata[i])->path);
        g_ptr_array_add(outcome->products, product);
    }
    g_ptr_array_extend(outcome->removed, state->removed, NULL, NULL);
    fg_measures_copy(outcome->measures, state->measures);
    return outcome;
}

gboolean
fg_journal_knows(const FgJournal *journal, const char *source, const struct stat *info)
{
    g_autofree char *key = fg_text_utf8(source, -1, NULL);
    const FgState *state = g_hash_table_lookup(journal->states, key);
    FgStamp now = fg_stamp_of(info);
    return state && state->recipe && fg_stamp_equal(&state->stamp, &now);
}

gboolean
fg_journal_has(const FgJournal *journal, const char *source)
{
    g_autofree char *key = fg_text_utf8(source, -1, NULL);
    return g_hash_table_contains(journal->states, key) || g_hash_table_contains(journal->photos, key);
}

FgOutcome *
fg_journal_settled(FgJournal *journal, const FgPhoto *photo)
{
    char *source = fg_source_key(photo), *sidecars = fg_journal_sidecars(journal, photo->path);
    g_hash_table_replace(journal->sidecars, source, sidecars);
    const FgState *state = g_hash_table_lookup(journal->states, source);
    FgStamp now = {photo->size, photo->mtime_ns, photo->ctime_ns, photo->inode};
    if (!state || !state->recipe || !state->entry || state->failed || !journal->circumstances ||
        g_strcmp0(state->circumstances, journal->circumstances) || g_strcmp0(state->sidecars, sidecars) ||
        g_strcmp0(state->folder, fg_journal_folder_of(journal, photo)) ||
        !fg_stamp_equal(&state->stamp, &now) || !files_are_settled(journal, state))
        return NULL;
    return settled_outcome(source, state);
}
