/* folders.c: sources and the folders that they lie in, as manifest and state tell of them. */
#include "journal/journal_private.h"

#include <stdlib.h>
#include <string.h>

/* The part of a path that its source is below: "shoot/" of "shoot/a/x.jpg" with source "a/x.jpg". */
char *
fg_photo_folder(const FgPhoto *photo)
{
    gsize whole = strlen(photo->path), below = strlen(photo->source);
    if (below > whole || !g_str_equal(photo->path + whole - below, photo->source) || whole == below)
        return g_strdup(".");
    return g_strndup(photo->path, whole - below);
}

static gsize
common_steps(char **a, char **b)
{
    gsize n = 0;
    while (a[n] && b[n] && g_str_equal(a[n], b[n]))
        n++;
    return n;
}

char *
fg_folder_digest(const char *out, const char *folder)
{
    g_autofree char *real_out = realpath(out, NULL), *real_folder = realpath(folder, NULL);
    g_auto(GStrv) from = g_strsplit(real_out ? real_out : out, "/", -1);
    g_auto(GStrv) to = g_strsplit(real_folder ? real_folder : folder, "/", -1);
    gsize common = common_steps(from, to);
    g_autoptr(GString) way = g_string_new(NULL);
    for (gsize i = common; from[i]; i++)
        g_string_append(way, "../");
    for (gsize i = common; to[i]; i++)
        g_string_append_printf(way, "%s/", to[i]);
    char *digest = fg_sha256_hex(way->str, way->len);
    digest[16] = '\0';
    return digest;
}

static gint
compare_sources(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
fg_sources_sorted(GHashTable *table)
{
    GPtrArray *sources = g_ptr_array_sized_new(g_hash_table_size(table));
    GHashTableIter iter;
    gpointer source;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &source, NULL))
        g_ptr_array_add(sources, source);
    g_ptr_array_sort(sources, compare_sources);
    return sources;
}

const char *
fg_journal_folder_of(FgJournal *journal, const FgPhoto *photo)
{
    g_autofree char *folder = fg_photo_folder(photo);
    if (g_strcmp0(folder, journal->last_folder)) {
        g_free(journal->last_digest);
        journal->last_digest = fg_folder_digest(journal->out, folder);
        g_free(journal->last_folder);
        journal->last_folder = g_steal_pointer(&folder);
    }
    return journal->last_digest;
}

gboolean
fg_path_is_below(const char *path)
{
    for (const char *step = path; step; step = strchr(step, '/') ? strchr(step, '/') + 1 : NULL) {
        gsize length = strcspn(step, "/");
        if (length == 0 || (length <= 2 && strncmp(step, "..", length) == 0))
            return FALSE;
    }
    return TRUE;
}

void
fg_removed_add(GPtrArray *removed, const char *id)
{
    const guint number = id ? fg_finding_number(id) : FG_N_FINDINGS;
    if (number < FG_N_FINDINGS)
        g_ptr_array_add(removed, (gpointer)(guintptr)fg_finding_kinds()[number].id);
}
