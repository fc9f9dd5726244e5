#include "base/kept.h"

#include <string.h>

/* Something has to stand before the ending, or a hidden file would be taken for one. */
static gboolean
ends_in(const char *name, const char *kind)
{
    return strlen(name) > strlen(kind) && g_str_has_suffix(name, kind);
}

/* The bytes of a path before the ending, 0 when it has none. */
static gsize
stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *kind = ends_in(name, FG_KEPT_BACKUP)  ? FG_KEPT_BACKUP
                       : ends_in(name, FG_KEPT_SAVED) ? FG_KEPT_SAVED
                                                      : NULL;
    return kind ? strlen(path) - strlen(kind) : 0;
}

gboolean
fg_name_is_kept(const char *path)
{
    return stem_of(path) > 0;
}

char *
fg_kept_for(const char *path, gboolean numbered)
{
    gsize stem = stem_of(path), digits = 0;
    while (numbered && digits < stem && g_ascii_isdigit(path[stem - digits - 1]))
        digits++;
    if (numbered && (digits == 0 || digits + 1 >= stem || path[stem - digits - 1] != '.'))
        return NULL;
    return stem > 0 ? g_strndup(path, numbered ? stem - digits - 1 : stem) : NULL;
}

char *
fg_kept_name(const char *path, const char *kind, guint number)
{
    return number == 0 ? g_strconcat(path, kind, NULL) : g_strdup_printf("%s.%u%s", path, number, kind);
}
