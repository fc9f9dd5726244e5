/* sidecars.c: what lies beside a photo. Most photos have no sidecar, and to ask the system for four names of
 * each would cost more than all else that an unchanged run does: each folder is read once. */
#include "journal/journal_private.h"

#include <string.h>

static gboolean
is_sidecar(const char *name)
{
    gsize length = strlen(name);
    return length > 4 && g_ascii_strcasecmp(name + length - 4, ".xmp") == 0;
}

/* FALSE when no file in a folder is a sidecar; a folder that can't be read may hold some. */
static gboolean
look_into(const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    while (entries && (name = g_dir_read_name(entries)) && !is_sidecar(name))
        continue;
    return !entries || name;
}

static gboolean
may_hold_sidecars(FgJournal *journal, const char *folder)
{
    gpointer known;
    if (!g_hash_table_lookup_extended(journal->folders, folder, NULL, &known)) {
        known = GINT_TO_POINTER(look_into(folder));
        g_hash_table_insert(journal->folders, g_strdup(folder), known);
    }
    return GPOINTER_TO_INT(known);
}

char *
fg_journal_sidecars(FgJournal *journal, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (!may_hold_sidecars(journal, folder))
        return g_strdup("");
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
