/* claims.c: which files in the output folder are ours: those that manifest, state or `made` name, of this run
 * or of any shard. */
#include "journal/journal_private.h"

#include <string.h>

#include <glib/gstdio.h>

/* What is known of a path that is ours. */
typedef struct {
    GPtrArray *digests; /* of char *: SHA-256 of what we put there at one time or another */
    GArray *stamps;     /* of FgStamp */
    char *notice;       /* that was written into it, or NULL */
} Claim;

static void
claim_free(gpointer data)
{
    Claim *claim = data;
    g_ptr_array_unref(claim->digests);
    g_array_unref(claim->stamps);
    g_free(claim->notice);
    g_free(claim);
}

/* ---- Gathering ---- */

static Claim *
claim_of(FgClaims *claims, const char *path)
{
    Claim *claim = g_hash_table_lookup(claims->paths, path);
    if (!claim) {
        claim = g_new0(Claim, 1);
        claim->digests = g_ptr_array_new_with_free_func(g_free);
        claim->stamps = g_array_new(FALSE, FALSE, sizeof(FgStamp));
        g_hash_table_insert(claims->paths, g_strdup(path), claim);
    }
    return claim;
}

static void
add_digest(const char *path, const char *sha256, gpointer data)
{
    g_ptr_array_add(claim_of(data, path)->digests, g_strdup(sha256));
}

static void
add_notice(Claim *claim, const char *notice)
{
    if (!claim->notice)
        claim->notice = g_strdup(notice);
}

static void
add_entries(FgClaims *claims, GHashTable *photos)
{
    GHashTableIter iter;
    gpointer entry;
    g_hash_table_iter_init(&iter, photos);
    while (g_hash_table_iter_next(&iter, NULL, &entry)) {
        const FgJson *derivatives = fg_json_get(entry, "derivatives");
        for (gsize i = 0; i < fg_json_length(derivatives); i++) {
            const FgJson *derivative = fg_json_at(derivatives, i);
            Claim *claim = claim_of(claims, fg_json_get_string(derivative, "path"));
            g_ptr_array_add(claim->digests, g_strdup(fg_json_get_string(derivative, "sha256")));
            add_notice(claim, fg_json_get_string(entry, "notice"));
        }
    }
}

static void
add_states(FgClaims *claims, GHashTable *states, GHashTable *photos)
{
    GHashTableIter iter;
    gpointer source, value;
    g_hash_table_iter_init(&iter, states);
    while (g_hash_table_iter_next(&iter, &source, &value)) {
        const FgState *state = value;
        const FgJson *entry = g_hash_table_lookup(photos, source);
        for (guint i = 0; i < state->files->len; i++) {
            const FgStateFile *file = state->files->pdata[i];
            Claim *claim = claim_of(claims, file->path);
            g_array_append_val(claim->stamps, file->stamp);
            add_notice(claim, entry ? fg_json_get_string(entry, "notice") : NULL);
        }
    }
}

/* "NAME.3-of-8SUFFIX" to 3 and 8. */
static gboolean
is_part(const char *name, const char *start, guint *k, guint *n)
{
    return g_str_has_prefix(name, start) && sscanf(name + strlen(start), "%4u-of-%4u", k, n) == 2 &&
           *k >= 1 && *k <= *n;
}

/* What the shards of a run left that were not joined yet, or are at work now. */
static void
add_parts(FgClaims *claims, const char *out, const char *below, const char *start)
{
    g_autofree char *path = g_build_filename(out, below, NULL);
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;
    guint k, n;
    while (folder && (name = g_dir_read_name(folder))) {
        if (!is_part(name, start, &k, &n))
            continue;
        g_autoptr(FgJournal) part = fg_journal_new(out, k, n);
        g_autofree char *manifest = fg_manifest_path(out, k, n), *state = fg_state_path(out, k, n),
                        *made = fg_made_path(out, k, n);
        fg_manifest_load(part, manifest, NULL, NULL);
        fg_state_load(part, state);
        add_entries(claims, part->photos);
        add_states(claims, part->states, part->photos);
        fg_made_load(made, add_digest, claims);
    }
}

static FgClaims *
gather(const FgJournal *journal)
{
    FgClaims *claims = g_new0(FgClaims, 1);
    claims->paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, claim_free);
    add_entries(claims, journal->photos);
    add_states(claims, journal->states, journal->photos);
    g_autofree char *made = fg_made_path(journal->out, 0, 0);
    fg_made_load(made, add_digest, claims);
    add_parts(claims, journal->out, ".", "filigrane.");
    add_parts(claims, journal->out, ".filigrane", "made.");
    return claims;
}

void
fg_journal_claim(FgJournal *journal)
{
    fg_claims_free(journal->claims);
    journal->claims = gather(journal);
}

/* ---- Asking ---- */

gboolean
fg_paths_are_one(const char *out, const char *one, const char *other)
{
    g_autofree char *first = g_build_filename(out, one, NULL), *second = g_build_filename(out, other, NULL);
    struct stat a, b;
    return lstat(first, &a) == 0 && lstat(second, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static const Claim *
find_folded(const FgJournal *journal, const char *path)
{
    FgClaims *claims = journal->claims;
    if (!claims->folded) {
        claims->folded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        GHashTableIter iter;
        gpointer name;
        g_hash_table_iter_init(&iter, claims->paths);
        while (g_hash_table_iter_next(&iter, &name, NULL))
            if (g_utf8_validate(name, -1, NULL))
                g_hash_table_replace(claims->folded, fg_text_fold(name, TRUE), name);
    }
    g_autofree char *key = g_utf8_validate(path, -1, NULL) ? fg_text_fold(path, TRUE) : NULL;
    const char *twin = key ? g_hash_table_lookup(claims->folded, key) : NULL;
    return twin && fg_paths_are_one(journal->out, path, twin) ? g_hash_table_lookup(claims->paths, twin)
                                                              : NULL;
}

static const Claim *
find(FgJournal *journal, const char *path)
{
    if (!journal->claims)
        fg_journal_claim(journal);
    const Claim *claim = g_hash_table_lookup(journal->claims->paths, path);
    return claim ? claim : find_folded(journal, path);
}

gboolean
fg_journal_names(FgJournal *journal, const char *path)
{
    return find(journal, path) != NULL;
}

const char *
fg_journal_notice(FgJournal *journal, const char *path)
{
    const Claim *claim = find(journal, path);
    return claim ? claim->notice : NULL;
}

FgStanding
fg_journal_standing(FgJournal *journal, const char *path)
{
    const Claim *claim = find(journal, path);
    g_autofree char *whole = g_build_filename(journal->out, path, NULL);
    FgStamp now;
    if (!claim)
        return FG_STANDS_STRANGER;
    if (!fg_stamp_take(whole, &now))
        return FG_STANDS_CHANGED;
    for (guint i = 0; i < claim->stamps->len; i++)
        if (fg_stamp_equal(&g_array_index(claim->stamps, FgStamp, i), &now))
            return FG_STANDS_OURS;
    g_autofree char *digest = claim->digests->len ? fg_file_sha256(whole, NULL) : NULL;
    for (guint i = 0; digest && i < claim->digests->len; i++)
        if (g_str_equal(digest, claim->digests->pdata[i]))
            return FG_STANDS_OURS;
    return FG_STANDS_CHANGED;
}

gboolean
fg_journal_is_source(const FgJournal *journal, const char *path)
{
    g_autofree char *folder = g_strdup(journal->out);
    for (const char *rest = path;;) {
        g_autofree char *source = fg_text_utf8(rest, -1, NULL), *digest = NULL;
        const FgState *state = g_hash_table_lookup(journal->states, source);
        if (state && state->folder)
            digest = fg_folder_digest(journal->out, folder);
        if (digest && g_str_equal(digest, state->folder))
            return TRUE;
        const char *slash = strchr(rest, '/');
        if (!slash)
            return FALSE;
        g_autofree char *step = g_strndup(rest, (gsize)(slash - rest));
        char *below = g_build_filename(folder, step, NULL);
        g_free(folder);
        folder = below;
        rest = slash + 1;
    }
}
