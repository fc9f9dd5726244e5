/* open.c: what a folder remembers of former runs. */
#include "journal/journal_private.h"

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
