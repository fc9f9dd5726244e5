/* site.c: all that a site needs beside the pictures, from the manifest alone. */
#include "report/report_private.h"

#include <string.h>

typedef char *(*Writer)(const FgPublished *published, const FgSiteBase *base);

static const struct {
    const char *path;
    Writer writer;
} files[] = {
    {"pictures.html", fg_site_pictures},         {"images.jsonld", fg_site_jsonld},
    {".well-known/tdmrep.json", fg_site_tdmrep}, {"robots.txt", fg_site_robots},
    {"headers/nginx.conf", fg_site_nginx},       {"headers/apache.conf", fg_site_apache},
    {"headers/Caddyfile", fg_site_caddy},        {"headers/_headers", fg_site_headers},
};

/* Lines of robots.txt that someone wrote by hand can't be had again. */
static gboolean
robots_is_ours(const char *out, GError **error)
{
    g_autofree char *path = g_build_filename(out, "robots.txt", NULL);
    g_autoptr(GBytes) bytes = NULL;
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        bytes = fg_file_read(path, 0, NULL);
    else if (!g_file_test(path, G_FILE_TEST_IS_SYMLINK))
        return TRUE;
    gsize length = 0;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    gsize opening = strlen(FG_ROBOTS_OPENING);
    if (length >= opening && memcmp(text, FG_ROBOTS_OPENING, opening) == 0)
        return TRUE;
    g_autofree char *shown = fg_text_printable(path);
    return fg_throw(
        error, FG_ERROR_PATH,
        "%s is not of filigrane's making: name a folder of its own for OUT, and join the lines by hand",
        shown);
}

static gboolean
put(const char *out, const char *below, char *taken, GError **error)
{
    g_autofree char *path = g_build_filename(out, below, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GBytes) bytes = g_bytes_new_take(taken, strlen(taken));
    if (!fg_folder_make(folder, error))
        return FALSE;
    if (fg_file_replace(path, bytes, 0644, error))
        return TRUE;
    g_autofree char *shown = fg_text_printable(path);
    g_prefix_error(error, "%s: ", shown);
    return FALSE;
}

static void
count(const FgPublished *published, FgSiteTotals *totals)
{
    *totals = (FgSiteTotals){.photos = published->photos->len, .files = G_N_ELEMENTS(files)};
    for (guint i = 0; i < published->photos->len; i++)
        totals->without_alt += *fg_published_alt(published->photos->pdata[i]) == '\0';
}

gboolean
fg_site_write(const char *dir, const char *base_url, const char *out, FgSiteTotals *totals, GError **error)
{
    g_auto(FgSiteBase) base = {0};
    if (!fg_site_base_parse(base_url, &base, error))
        return FALSE;
    g_autoptr(FgPublished) published = fg_published_read(dir, error);
    if (!published || !robots_is_ours(out, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(files); i++)
        if (!put(out, files[i].path, files[i].writer(published, &base), error))
            return FALSE;
    count(published, totals);
    return TRUE;
}
