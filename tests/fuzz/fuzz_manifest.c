/* fuzz_manifest.c: any manifest: what is taken from it stays in the folder, and it reads again as it is
 * written. room: journal */
#include "journal/journal_private.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The manifest as it would be written after reading it, or NULL when it is none. */
static char *
read_and_print(const void *data, size_t size)
{
    g_autoptr(FgJournal) journal = fg_journal_open("/nonexistent", 0, 0, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(FgJson) head = fg_manifest_read(journal, bytes, NULL), none = fg_json_object();
    GHashTableIter iter;
    gpointer entry;
    g_hash_table_iter_init(&iter, journal->photos);
    while (g_hash_table_iter_next(&iter, NULL, &entry)) {
        g_autoptr(FgOutcome) outcome = fg_manifest_outcome(entry);
        for (guint i = 0; i < outcome->products->len; i++)
            g_assert(fg_path_is_below(((const FgProduct *)outcome->products->pdata[i])->path));
        FgState *state = fg_state_new();
        fg_state_take_entry(state, entry);
        g_assert(state->n_named <= state->files->len);
        fg_state_free(state);
    }
    return head ? fg_manifest_print(journal, "p", none, NULL, NULL) : NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *first = read_and_print(data, size);
    g_autofree char *again = first ? read_and_print(first, strlen(first)) : NULL;
    g_assert(!g_strcmp0(first, again));
    return 0;
}
