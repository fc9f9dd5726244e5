/* merge.c: joins what the shards of one run wrote, each alone, into one manifest and one state. */
#include "journal/journal_private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define MOST_SHARDS 9999u

/* "filigrane.3-of-8.json" to 3 and 8, and nothing else. */
static gboolean
parse_name(const char *name, guint *k, guint *n)
{
    char *end;
    if (!g_str_has_prefix(name, "filigrane."))
        return FALSE;
    guint64 first = g_ascii_strtoull(name + strlen("filigrane."), &end, 10);
    if (!g_str_has_prefix(end, "-of-"))
        return FALSE;
    guint64 second = g_ascii_strtoull(end + strlen("-of-"), &end, 10);
    if (first < 1 || first > second || second > MOST_SHARDS)
        return FALSE;
    *k = (guint)first;
    *n = (guint)second;
    g_autofree char *again = g_strdup_printf("filigrane.%u-of-%u.json", *k, *n);
    return g_str_equal(name, again);
}

/* The number of shards whose parts lie in a folder. */
static gboolean
count_shards(const char *out, guint *shards, GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(out, 0, NULL);
    if (!folder)
        return fg_throw(error, FG_ERROR_PATH, "%s is no folder that can be read", out);
    const char *name;
    guint k, n;
    *shards = 0;
    while ((name = g_dir_read_name(folder))) {
        if (!parse_name(name, &k, &n))
            continue;
        if (*shards && *shards != n)
            return fg_throw(error, FG_ERROR_MANIFEST,
                            "%s holds parts of %u shards and parts of %u: remove those of the other run", out,
                            *shards, n);
        *shards = n;
    }
    return *shards || fg_throw(error, FG_ERROR_PATH,
                               "%s holds no part of any shard: publish with --shard K/N into it first", out);
}

static const char *
shard_text(const FgJson *head, const char *key)
{
    const FgJson *shard = fg_json_get(head, "shard");
    const char *text = fg_json_is_object(shard) ? fg_json_get_string(shard, key) : NULL;
    return text ? text : "";
}

/* Reads part k over the journal; the first part's head is kept in *first, and all others must agree with it.
 */
static gboolean
join_part(FgJournal *journal, guint k, guint n, FgJson **first, GError **error)
{
    g_autofree char *path = fg_manifest_path(journal->out, k, n);
    g_autoptr(FgJson) head = NULL;
    if (!fg_manifest_load(journal, path, &head, error))
        return FALSE;
    if (!head)
        return fg_throw(error, FG_ERROR_MANIFEST, "part %u of %u is missing in %s", k, n, journal->out);
    const FgJson *shard = fg_json_get(head, "shard");
    if (!fg_json_is_object(shard) || fg_json_get_integer(shard, "n", 0) != n ||
        fg_json_get_integer(shard, "k", 0) != k)
        return fg_throw(error, FG_ERROR_MANIFEST, "part %u of %u does not say that it is one", k, n);
    if (fg_json_get_boolean(shard, "unfinished", FALSE))
        return fg_throw(error, FG_ERROR_MANIFEST,
                        "part %u of %u is not finished: run that shard again, it goes on from there", k, n);
    if (!*first) {
        *first = g_steal_pointer(&head);
        return TRUE;
    }
    if (strcmp(shard_text(*first, "version"), shard_text(head, "version")))
        return fg_throw(error, FG_ERROR_MANIFEST, "parts 1 and %u were made by versions %s and %s", k,
                        shard_text(*first, "version"), shard_text(head, "version"));
    if (strcmp(shard_text(*first, "digest"), shard_text(head, "digest")))
        return fg_throw(error, FG_ERROR_MANIFEST, "parts 1 and %u were made with different profiles", k);
    return TRUE;
}

static gboolean
write_joined(FgJournal *journal, const FgJson *first, GError **error)
{
    FgJson *rights = fg_json_get(first, "rights");
    g_autoptr(FgJson) none = fg_json_object();
    g_autofree char *manifest = fg_manifest_print(journal, fg_json_get_string(first, "profile"),
                                                  fg_json_is_object(rights) ? rights : none, NULL, NULL);
    return fg_journal_put(journal, manifest, NULL, error);
}

static gboolean
remove_part(const char *path, GError **error)
{
    return g_unlink(path) == 0 || errno == ENOENT ||
           fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "%s can't be removed", path);
}

gboolean
fg_journal_merge(const char *out, GError **error)
{
    guint n = 0;
    if (!count_shards(out, &n, error))
        return FALSE;
    g_autoptr(FgJournal) journal = fg_journal_open(out, 0, 0, error);
    if (!journal || !fg_journal_read(journal, error))
        return FALSE;
    if (fg_journal_damage(journal))
        return fg_throw(error, FG_ERROR_MANIFEST, "%s", fg_journal_damage(journal));
    g_clear_pointer(&journal->head, g_free); /* The parts say their own. */
    g_autoptr(FgJson) first = NULL;
    for (guint k = 1; k <= n; k++) {
        g_autofree char *state = fg_state_path(out, k, n);
        if (!join_part(journal, k, n, &first, error))
            return FALSE;
        fg_state_load(journal, state);
    }
    fg_journal_reconcile(journal);
    for (guint k = 1; k <= n; k++)
        if (!fg_made_join(journal, k, n, error))
            return FALSE;
    if (!write_joined(journal, first, error))
        return FALSE;
    for (guint k = 1; k <= n; k++) {
        g_autofree char *manifest = fg_manifest_path(out, k, n), *state = fg_state_path(out, k, n),
                        *lock = fg_journal_lock_path(out, k, n), *made = fg_made_path(out, k, n);
        if (!remove_part(manifest, error) || !remove_part(state, error) || !remove_part(made, error) ||
            !remove_part(lock, error))
            return FALSE;
    }
    return TRUE;
}
