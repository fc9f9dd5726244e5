/* put.c: manifest and state as they are written. */
#include "journal/journal_private.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

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
