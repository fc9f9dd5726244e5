/* manifest.c: filigrane.json as docs/spec/contract.md §9 gives it. */
#include "journal/journal_private.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#define MAJOR 1
#define MANIFEST_CEILING ((guint64)1 << 30)

char *
fg_manifest_path(const char *out, guint k, guint n)
{
    g_autofree char *name = n ? g_strdup_printf("filigrane.%u-of-%u.json", k, n) : g_strdup("filigrane.json");
    return g_build_filename(out, name, NULL);
}

/* ---- Reading ---- */

static gboolean
derivative_is_sound(const FgJson *derivative)
{
    const char *path = fg_json_get_string(derivative, "path"),
               *format = fg_json_get_string(derivative, "format");
    return path && fg_path_is_below(path) && format && fg_format_from_name(format) != FG_FORMAT_UNKNOWN &&
           fg_json_get_string(derivative, "name") && fg_json_get_string(derivative, "sha256");
}

/* A manifest may have been edited; an entry that can't have been ours is dropped, and its photo done again.
 */
static gboolean
entry_is_sound(const FgJson *entry)
{
    const FgJson *derivatives = fg_json_get(entry, "derivatives");
    if (!fg_json_get_string(entry, "source") || !fg_json_get_string(entry, "sha256") ||
        !fg_json_is_array(derivatives))
        return FALSE;
    for (gsize i = 0; i < fg_json_length(derivatives); i++)
        if (!derivative_is_sound(fg_json_at(derivatives, i)))
            return FALSE;
    return TRUE;
}

static gboolean
failure_is_sound(const FgJson *failure)
{
    return fg_json_get_string(failure, "source") && fg_json_get_string(failure, "id");
}

static void
load_list(const FgJson *list, GHashTable *table, GHashTable *other, gboolean (*is_sound)(const FgJson *))
{
    for (gsize i = 0; i < fg_json_length(list); i++) {
        FgJson *item = fg_json_at(list, i);
        if (!fg_json_is_object(item) || !is_sound(item))
            continue;
        const char *source = fg_json_get_string(item, "source");
        g_hash_table_replace(table, g_strdup(source), fg_json_ref(item));
        if (other)
            g_hash_table_remove(other, source);
    }
}

static FgJson *
parse(GBytes *bytes, gboolean *newer, GError **error)
{
    gsize length;
    const void *text = g_bytes_get_data(bytes, &length);
    g_autoptr(FgJson) manifest = fg_json_parse(text, length, error);
    if (!manifest)
        return NULL;
    gint64 major = fg_json_get_integer(manifest, "filigrane", 0);
    *newer = major > MAJOR;
    if (major < 1 || (!*newer && !fg_json_is_array(fg_json_get(manifest, "photos"))))
        return fg_throw_null(error, FG_ERROR_MANIFEST, "this is no manifest of filigrane");
    if (*newer)
        return fg_throw_null(error, FG_ERROR_MANIFEST,
                             "version %" G_GINT64_FORMAT " of the manifest is not known here, only %d", major,
                             MAJOR);
    return g_steal_pointer(&manifest);
}

FgJson *
fg_manifest_read(FgJournal *journal, GBytes *bytes, GError **error)
{
    FgJson *manifest = parse(bytes, &journal->newer, error);
    if (!manifest)
        return NULL;
    load_list(fg_json_get(manifest, "photos"), journal->photos, journal->failed, entry_is_sound);
    load_list(fg_json_get(manifest, "failed"), journal->failed, NULL, failure_is_sound);
    return manifest;
}

gboolean
fg_manifest_load(FgJournal *journal, const char *path, FgJson **head, GError **error)
{
    if (head)
        *head = NULL;
    GStatBuf info;
    if (g_lstat(path, &info) != 0 && errno == ENOENT)
        return TRUE;
    g_autoptr(GBytes) bytes = fg_file_read(path, MANIFEST_CEILING, error);
    if (!bytes)
        return g_prefix_error(error, "%s: ", path), FALSE;
    g_autoptr(FgJson) manifest = fg_manifest_read(journal, bytes, error);
    g_autofree char *name = g_path_get_basename(path);
    if (!manifest)
        return g_prefix_error(error, "%s: ", name), FALSE;
    if (head)
        *head = g_steal_pointer(&manifest);
    return TRUE;
}

static char **
read_strings(const FgJson *array)
{
    g_autoptr(GStrvBuilder) strings = g_strv_builder_new();
    for (gsize i = 0; i < fg_json_length(array); i++)
        if (fg_json_is_string(fg_json_at(array, i)))
            g_strv_builder_add(strings, fg_json_string_value(fg_json_at(array, i)));
    return g_strv_builder_end(strings);
}

static FgProduct *
read_product(const FgJson *derivative)
{
    FgProduct *product = g_new0(FgProduct, 1);
    product->name = g_strdup(fg_json_get_string(derivative, "name"));
    product->path = g_strdup(fg_json_get_string(derivative, "path"));
    product->format = fg_format_from_name(fg_json_get_string(derivative, "format"));
    product->twin = fg_json_get_boolean(derivative, "twin", FALSE);
    product->width = (int)fg_json_get_integer(derivative, "width", 0);
    product->height = (int)fg_json_get_integer(derivative, "height", 0);
    product->bytes = (guint64)fg_json_get_integer(derivative, "bytes", 0);
    product->sha256 = g_strdup(fg_json_get_string(derivative, "sha256"));
    product->marks = read_strings(fg_json_get(derivative, "marks"));
    return product;
}

FgOutcome *
fg_manifest_outcome(const FgJson *entry)
{
    FgOutcome *outcome = fg_outcome_new(fg_json_get_string(entry, "source"));
    outcome->status = FG_UNCHANGED;
    outcome->sha256 = g_strdup(fg_json_get_string(entry, "sha256"));
    outcome->width = (guint32)fg_json_get_integer(entry, "width", 0);
    outcome->height = (guint32)fg_json_get_integer(entry, "height", 0);
    outcome->notice = g_strdup(fg_json_get_string(entry, "notice"));
    outcome->title = g_strdup(fg_json_get_string(entry, "title"));
    outcome->caption = g_strdup(fg_json_get_string(entry, "caption"));
    outcome->alt = g_strdup(fg_json_get_string(entry, "alt"));
    outcome->date = g_strdup(fg_json_get_string(entry, "date"));
    outcome->colour = g_strdup(fg_json_get_string(entry, "colour"));
    outcome->placeholder = g_strdup(fg_json_get_string(entry, "placeholder"));
    outcome->hdr = fg_hdr_from_name(fg_json_get_string(entry, "hdr"));
    const FgJson *removed = fg_json_get(entry, "removed");
    for (gsize i = 0; i < fg_json_length(removed); i++)
        fg_removed_add(outcome->removed, fg_json_string_value(fg_json_at(removed, i)));
    const FgJson *derivatives = fg_json_get(entry, "derivatives");
    for (gsize i = 0; i < fg_json_length(derivatives); i++)
        g_ptr_array_add(outcome->products, read_product(fg_json_at(derivatives, i)));
    return outcome;
}

char *
fg_manifest_entry_digest(const FgJson *entry)
{
    g_autofree char *text = fg_json_print(entry);
    return fg_sha256_hex(text, strlen(text));
}

/* ---- Writing ---- */

static FgJson *
product_json(const FgProduct *product)
{
    FgJson *derivative = fg_json_object();
    fg_json_set(derivative, "name", fg_json_string(product->name));
    fg_json_set(derivative, "path", fg_json_string(product->path));
    fg_json_set(derivative, "format", fg_json_string(fg_format_name(product->format)));
    if (product->twin)
        fg_json_set(derivative, "twin", fg_json_boolean(TRUE));
    fg_json_set(derivative, "width", fg_json_integer(product->width));
    fg_json_set(derivative, "height", fg_json_integer(product->height));
    fg_json_set(derivative, "bytes", fg_json_integer((gint64)product->bytes));
    fg_json_set(derivative, "sha256", fg_json_string(product->sha256));
    fg_json_set(derivative, "marks", fg_json_strings((const char *const *)product->marks));
    return derivative;
}

FgJson *
fg_manifest_entry(const FgOutcome *outcome)
{
    FgJson *entry = fg_json_object(), *removed = fg_json_array(), *derivatives = fg_json_array();
    for (guint i = 0; i < outcome->removed->len; i++)
        fg_json_add(removed, fg_json_string(outcome->removed->pdata[i]));
    for (guint i = 0; i < outcome->products->len; i++)
        fg_json_add(derivatives, product_json(outcome->products->pdata[i]));
    fg_json_set(entry, "source", fg_json_string(outcome->source));
    fg_json_set(entry, "sha256", fg_json_string(outcome->sha256));
    fg_json_set(entry, "width", fg_json_integer(outcome->width));
    fg_json_set(entry, "height", fg_json_integer(outcome->height));
    fg_json_set(entry, "notice", fg_json_string(outcome->notice));
    fg_json_set(entry, "title", fg_json_string(outcome->title));
    fg_json_set(entry, "caption", fg_json_string(outcome->caption));
    fg_json_set(entry, "alt", fg_json_string(outcome->alt));
    fg_json_set(entry, "date", fg_json_string(outcome->date));
    fg_json_set(entry, "colour", fg_json_string(outcome->colour));
    fg_json_set(entry, "placeholder", fg_json_string(outcome->placeholder));
    fg_json_set(entry, "removed", removed);
    fg_json_set(entry, "hdr", fg_json_string(fg_hdr_name(outcome->hdr)));
    fg_json_set(entry, "derivatives", derivatives);
    return entry;
}

FgJson *
fg_manifest_failure(const FgPlanned *planned, const FgOutcome *outcome)
{
    /* Where a photo lies on this machine is nobody's business. */
    g_autoptr(GString) message = g_string_new(outcome->error ? outcome->error->message : "unknown");
    g_string_replace(message, planned->photo->path, outcome->source, 0);
    FgErrorCode code = outcome->error && outcome->error->domain == FG_ERROR
                           ? (FgErrorCode)outcome->error->code
                           : FG_ERROR_INTERNAL;
    FgJson *failure = fg_json_object();
    fg_json_set(failure, "source", fg_json_string(outcome->source));
    fg_json_set(failure, "stage", fg_json_string(outcome->stage));
    fg_json_set(failure, "id", fg_json_string(fg_error_slug(code)));
    fg_json_set(failure, "message", fg_json_string(message->str));
    return failure;
}

static FgJson *
sorted_list(GHashTable *table, GHashTable *only)
{
    FgJson *list = fg_json_array();
    g_autoptr(GPtrArray) sources = fg_sources_sorted(table);
    for (guint i = 0; i < sources->len; i++)
        if (!only || g_hash_table_contains(only, sources->pdata[i]))
            fg_json_add(list, fg_json_ref(g_hash_table_lookup(table, sources->pdata[i])));
    return list;
}

char *
fg_manifest_print(const FgJournal *journal, const char *profile, FgJson *rights, FgJson *shard,
                  GHashTable *only)
{
    g_autoptr(FgJson) manifest = fg_json_object();
    fg_json_set(manifest, "filigrane", fg_json_integer(MAJOR));
    fg_json_set(manifest, "profile", fg_json_string(profile));
    fg_json_set(manifest, "rights", fg_json_ref(rights));
    fg_json_set(manifest, "photos", sorted_list(journal->photos, only));
    fg_json_set(manifest, "failed", sorted_list(journal->failed, only));
    if (shard)
        fg_json_set(manifest, "shard", shard);
    return fg_json_print_pretty(manifest);
}
