/* life.c: a journal, made and freed. */
#include "journal/journal_private.h"

#include <unistd.h>

void
fg_claims_free(FgClaims *claims)
{
    if (!claims)
        return;
    g_clear_pointer(&claims->folded, g_hash_table_unref);
    g_hash_table_unref(claims->paths);
    g_free(claims);
}

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
