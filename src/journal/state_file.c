/* state_file.c: .filigrane/state, by which the next run knows without reading it what has not changed.
 *
 * A line that names the form, the SHA-256 of all that follows, and then, little-endian: the stamp and the
 * digests of the manifest that goes with it, and each photo. A text stands after its length and one, so that
 * zero is no text; a list after the number of its members. It is no JSON since it is read by every run, and
 * the manifest then mostly need not be. */
#include "journal/journal_private.h"

#include <math.h>
#include <string.h>

#define STATE_CEILING ((guint64)1 << 30)
static const char signature[] = "filigrane state 2\n";
enum { SIGNATURE = sizeof signature - 1 };

char *
fg_state_path(const char *out, guint k, guint n)
{
    g_autofree char *name = n ? g_strdup_printf("state.%u-of-%u", k, n) : g_strdup("state");
    return g_build_filename(out, ".filigrane", name, NULL);
}

char *
fg_journal_lock_path(const char *out, guint k, guint n)
{
    g_autofree char *name = n ? g_strdup_printf("lock.%u-of-%u", k, n) : g_strdup("lock");
    return g_build_filename(out, ".filigrane", name, NULL);
}

/* ---- Reading ---- */

static gboolean
get_text(FgCursor *at, char **text)
{
    guint32 length;
    FgCursor bytes;
    g_clear_pointer(text, g_free);
    if (!fg_cursor_u32(at, &length) || !fg_cursor_take(at, length ? length - 1 : 0, &bytes))
        return FALSE;
    *text = length ? g_strndup((const char *)bytes.data, bytes.length) : NULL;
    return TRUE;
}

static gboolean
get_stamp(FgCursor *at, FgStamp *stamp)
{
    guint64 size, mtime, ctime;
    if (!fg_cursor_u64(at, &size) || !fg_cursor_u64(at, &mtime) || !fg_cursor_u64(at, &ctime) ||
        !fg_cursor_u64(at, &stamp->inode))
        return FALSE;
    stamp->size = (gint64)size;
    stamp->mtime_ns = (gint64)mtime;
    stamp->ctime_ns = (gint64)ctime;
    return TRUE;
}

static gboolean
get_file(FgCursor *at, FgState *state)
{
    FgStateFile *file = g_new0(FgStateFile, 1);
    g_ptr_array_add(state->files, file);
    return get_text(at, &file->path) && file->path && fg_path_is_below(file->path) &&
           get_stamp(at, &file->stamp);
}

static gboolean
get_removed(FgCursor *at, FgState *state)
{
    g_autofree char *id = NULL;
    if (!get_text(at, &id))
        return FALSE;
    fg_removed_add(state->removed, id);
    return TRUE;
}

static gboolean
get_measure(FgCursor *at, FgState *state)
{
    FgMeasure *measure = g_new0(FgMeasure, 1);
    g_ptr_array_add(state->measures, measure);
    guint32 tone = 0;
    gboolean whole = get_text(at, &measure->name) && get_text(at, &measure->derivative) &&
                     fg_cursor_double(at, &measure->visibility) &&
                     fg_cursor_double(at, &measure->worst_glyph) && fg_cursor_u32(at, &tone);
    measure->tone = (FgTone)tone;
    return whole && measure->name && measure->derivative && tone <= FG_TONE_DARK &&
           isfinite(measure->visibility) && isfinite(measure->worst_glyph);
}

static gboolean
get_list(FgCursor *at, FgState *state, gboolean (*get)(FgCursor *at, FgState *state))
{
    guint32 count;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    while (count > 0 && get(at, state))
        count--;
    return count == 0;
}

static gboolean
get_state(FgCursor *at, FgState *state)
{
    guint32 failed = 0;
    gboolean whole = get_text(at, &state->folder) && get_text(at, &state->recipe) &&
                     get_stamp(at, &state->stamp) && get_text(at, &state->circumstances) &&
                     get_text(at, &state->sidecars) && get_text(at, &state->entry) &&
                     fg_cursor_u32(at, &state->n_named) && fg_cursor_u32(at, &failed) &&
                     get_list(at, state, get_file) && get_list(at, state, get_removed) &&
                     get_list(at, state, get_measure) && state->n_named <= state->files->len;
    state->failed = failed != 0;
    return whole;
}

gboolean
fg_state_read(FgJournal *journal, const void *data, gsize length)
{
    guint8 digest[FG_SHA256_SIZE];
    FgCursor at = fg_cursor(data, length, FG_LITTLE_ENDIAN);
    gsize head = SIGNATURE + sizeof digest;
    if (length < head || !fg_cursor_match(&at, signature, SIGNATURE))
        return FALSE;
    fg_sha256((const guint8 *)data + head, length - head, digest);
    if (!fg_cursor_match(&at, digest, sizeof digest) || !get_stamp(&at, &journal->manifest) ||
        !get_text(&at, &journal->sha256) || !get_text(&at, &journal->head))
        return FALSE;
    while (fg_cursor_left(&at) > 0) {
        g_autofree char *source = NULL;
        FgState *state = fg_state_new();
        if (!get_text(&at, &source) || !source || !get_state(&at, state)) {
            fg_state_free(state);
            return FALSE;
        }
        g_hash_table_replace(journal->states, g_steal_pointer(&source), state);
    }
    return TRUE;
}

void
fg_state_load(FgJournal *journal, const char *path)
{
    g_autoptr(GBytes) bytes = fg_file_read(path, STATE_CEILING, NULL);
    gsize length;
    const void *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    if (data)
        fg_state_read(journal, data, length);
}

/* ---- Writing ---- */

static void
put_number(GByteArray *to, guint32 number)
{
    number = GUINT32_TO_LE(number);
    g_byte_array_append(to, (const guint8 *)&number, sizeof number);
}

static void
put_long(GByteArray *to, guint64 number)
{
    number = GUINT64_TO_LE(number);
    g_byte_array_append(to, (const guint8 *)&number, sizeof number);
}

static void
put_double(GByteArray *to, double value)
{
    guint64 bits;
    memcpy(&bits, &value, sizeof bits);
    put_long(to, bits);
}

static void
put_text(GByteArray *to, const char *text)
{
    guint length = text ? (guint)strlen(text) : 0;
    put_number(to, text ? length + 1 : 0);
    g_byte_array_append(to, (const guint8 *)text, length);
}

static void
put_stamp(GByteArray *to, const FgStamp *stamp)
{
    put_long(to, (guint64)stamp->size);
    put_long(to, (guint64)stamp->mtime_ns);
    put_long(to, (guint64)stamp->ctime_ns);
    put_long(to, stamp->inode);
}

static void
put_state(GByteArray *to, const FgState *state)
{
    put_text(to, state->folder);
    put_text(to, state->recipe);
    put_stamp(to, &state->stamp);
    put_text(to, state->circumstances);
    put_text(to, state->sidecars);
    put_text(to, state->entry);
    put_number(to, state->n_named);
    put_number(to, state->failed ? 1 : 0);
    put_number(to, state->files->len);
    for (guint i = 0; i < state->files->len; i++) {
        const FgStateFile *file = state->files->pdata[i];
        put_text(to, file->path);
        put_stamp(to, &file->stamp);
    }
    put_number(to, state->removed->len);
    for (guint i = 0; i < state->removed->len; i++)
        put_text(to, state->removed->pdata[i]);
    put_number(to, state->measures->len);
    for (guint i = 0; i < state->measures->len; i++) {
        const FgMeasure *measure = state->measures->pdata[i];
        put_text(to, measure->name);
        put_text(to, measure->derivative);
        put_double(to, measure->visibility);
        put_double(to, measure->worst_glyph);
        put_number(to, (guint32)measure->tone);
    }
}

GBytes *
fg_state_write(const FgJournal *journal, GHashTable *only)
{
    guint8 digest[FG_SHA256_SIZE] = {0};
    const guint head = SIGNATURE + sizeof digest;
    GByteArray *file = g_byte_array_new();
    g_byte_array_append(file, (const guint8 *)signature, SIGNATURE);
    g_byte_array_append(file, digest, sizeof digest);
    put_stamp(file, &journal->manifest);
    put_text(file, journal->sha256);
    put_text(file, journal->head);
    g_autoptr(GPtrArray) sources = fg_sources_sorted(journal->states);
    for (guint i = 0; i < sources->len; i++) {
        if (only && !g_hash_table_contains(only, sources->pdata[i]))
            continue;
        put_text(file, sources->pdata[i]);
        put_state(file, g_hash_table_lookup(journal->states, sources->pdata[i]));
    }
    fg_sha256(file->data + head, file->len - head, file->data + SIGNATURE);
    return g_byte_array_free_to_bytes(file);
}
