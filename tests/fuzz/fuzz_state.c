/* fuzz_state.c: any state with the right digest: what is taken from it stays in the folder, and it is written
 * as it was read.
 * room: journal */
#include "journal/journal_private.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FgJournal *
read_state(GBytes *bytes)
{
    FgJournal *journal = fg_journal_open("/nonexistent", 0, 0, NULL);
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    fg_state_read(journal, data, length);
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, journal->states);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const FgState *state = value;
        g_assert(state->n_named <= state->files->len);
        for (guint i = 0; i < state->files->len; i++)
            g_assert(fg_path_is_below(((const FgStateFile *)state->files->pdata[i])->path));
        for (guint i = 0; i < state->measures->len; i++) {
            const FgMeasure *measure = state->measures->pdata[i];
            g_assert(measure->name && measure->derivative && measure->tone <= FG_TONE_DARK);
        }
    }
    return journal;
}

/* The bytes as the body of a state, with its head. */
static GBytes *
with_head(const uint8_t *data, size_t size)
{
    static const char signature[] = "filigrane state 2\n";
    guint8 digest[FG_SHA256_SIZE];
    GByteArray *file = g_byte_array_new();
    fg_sha256(data, size, digest);
    g_byte_array_append(file, (const guint8 *)signature, sizeof signature - 1);
    g_byte_array_append(file, digest, sizeof digest);
    g_byte_array_append(file, data, (guint)size);
    return g_byte_array_free_to_bytes(file);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) file = with_head(data, size);
    g_autoptr(FgJournal) journal = read_state(file);
    g_autoptr(GBytes) written = fg_state_write(journal, NULL);
    g_autoptr(FgJournal) again = read_state(written);
    g_autoptr(GBytes) same = fg_state_write(again, NULL);
    g_assert(g_bytes_equal(written, same));
    g_assert(g_hash_table_size(journal->states) == g_hash_table_size(again->states));
    return 0;
}
