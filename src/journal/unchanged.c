/* unchanged.c: what need not be done again. */
#include "journal/journal_private.h"

#include <string.h>
#include <sys/stat.h>

char *
fg_source_key(const FgPhoto *photo)
{
    return fg_text_utf8(photo->source, -1, NULL);
}

static gboolean
has_digest(const char *path, const char *sha256)
{
    g_autoptr(GBytes) bytes = fg_file_read(path, 0, NULL);
    if (!bytes)
        return FALSE;
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    g_autofree char *digest = fg_sha256_hex(data, size);
    return g_str_equal(digest, sha256);
}

static gboolean
photo_is_same(FgState *state, const FgPhoto *photo, const char *sha256)
{
    FgStamp now = {photo->size, photo->mtime_ns, photo->ctime_ns, photo->inode};
    if (fg_stamp_equal(&state->stamp, &now))
        return TRUE;
    if (!has_digest(photo->path, sha256))
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
    if (!has_digest(whole, fg_json_get_string(derivative, "sha256")))
        return FALSE;
    fg_state_set_file(state, journal->out, path);
    return TRUE;
}

static void
read_measures(const FgJson *measures, FgOutcome *outcome)
{
    for (gsize i = 0; measures && i < fg_json_length(measures); i++) {
        const FgJson *object = fg_json_at(measures, i);
        const char *visibility = fg_json_get_string(object, "visibility");
        const char *worst = fg_json_get_string(object, "worst_glyph");
        FgMeasure *measure = g_new0(FgMeasure, 1);
        measure->name = g_strdup(fg_json_get_string(object, "name"));
        measure->derivative = g_strdup(fg_json_get_string(object, "derivative"));
        measure->visibility = visibility ? g_ascii_strtod(visibility, NULL) : 0;
        measure->worst_glyph = worst ? g_ascii_strtod(worst, NULL) : 0;
        measure->tone = (FgTone)fg_json_get_integer(object, "tone", 0);
        g_ptr_array_add(outcome->measures, measure);
    }
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
    read_measures(state->measures, outcome);
    return outcome;
}

/* ---- The short cut ---- */

void
fg_journal_begin(FgJournal *journal, const char *circumstances)
{
    g_free(journal->circumstances);
    journal->circumstances = g_strdup(circumstances);
}

/* What there is of sidecars beside a photo, under each name that one may have. */
static char *
look_at_sidecars(const char *path)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    int stem = dot && dot > (slash ? slash + 1 : path) ? (int)(dot - path) : (int)strlen(path);
    GString *seen = g_string_new(NULL);
    for (guint i = 0; i < 4; i++) {
        g_autofree char *name = i < 2 ? g_strconcat(path, i ? ".XMP" : ".xmp", NULL)
                                      : g_strdup_printf("%.*s%s", stem, path, i == 2 ? ".xmp" : ".XMP");
        FgStamp stamp;
        if (fg_stamp_take(name, &stamp))
            g_string_append_printf(seen,
                                   "%u:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT
                                   ":%" G_GUINT64_FORMAT ";",
                                   i, stamp.size, stamp.mtime_ns, stamp.ctime_ns, stamp.inode);
    }
    return g_string_free(seen, FALSE);
}

static gboolean
files_are_settled(const FgJournal *journal, const FgState *state, const FgJson *entry)
{
    const FgJson *derivatives = fg_json_get(entry, "derivatives");
    for (gsize i = 0; i < fg_json_length(derivatives); i++) {
        const char *path = fg_json_get_string(fg_json_at(derivatives, i), "path");
        const FgStateFile *file = fg_state_find_file(state, path);
        g_autofree char *whole = g_build_filename(journal->out, path, NULL);
        FgStamp now;
        if (!file || !fg_stamp_take(whole, &now) || !fg_stamp_equal(&file->stamp, &now))
            return FALSE;
    }
    return TRUE;
}

FgOutcome *
fg_journal_settled(FgJournal *journal, const FgPhoto *photo)
{
    char *source = fg_source_key(photo), *sidecars = look_at_sidecars(photo->path);
    g_hash_table_replace(journal->sidecars, source, sidecars);
    const FgJson *entry = g_hash_table_lookup(journal->photos, source);
    const FgState *state = g_hash_table_lookup(journal->states, source);
    FgStamp now = {photo->size, photo->mtime_ns, photo->ctime_ns, photo->inode};
    if (!entry || !state || !state->recipe || !journal->circumstances ||
        g_strcmp0(state->circumstances, journal->circumstances) || g_strcmp0(state->sidecars, sidecars) ||
        !fg_stamp_equal(&state->stamp, &now) || g_hash_table_contains(journal->failed, source) ||
        !files_are_settled(journal, state, entry))
        return NULL;
    FgOutcome *outcome = fg_manifest_outcome(entry);
    read_measures(state->measures, outcome);
    return outcome;
}
