/* site.c: the pictures that the pages of a folder name: which there are, and what is wrong with them. */
#include "check/check_private.h"
#include "check/site_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_PAGE ((guint64)64 << 20)
#define MAX_DEPTH 128

/* A picture, by the first page that names it. */
typedef struct {
    char *path; /* below the folder */
    char *page;
    guint line;
} Mention;

typedef struct {
    const char *dir, *base_url;
    char *real;            /* the folder without links */
    GPtrArray *mentions;   /* of Mention */
    GHashTable *known;     /* paths, borrowed from the mentions */
    GHashTable *elsewhere; /* addresses on other hosts */
    guint pages;
    GPtrArray *wanted; /* of the page in hand: Mention with the address in `path` */
} Site;

static void
free_mention(gpointer data)
{
    Mention *mention = data;
    g_free(mention->path);
    g_free(mention->page);
    g_free(mention);
}

/* ---- Pages ---- */

/* Addresses wait until the page is read, since its <base> counts for all of them. */
static void
take_address(const char *address, FgNamed named, guint line, gpointer data)
{
    Site *site = data;
    if (named == FG_NAMED_FILE && !fg_site_is_picture(address))
        return;
    Mention *mention = g_new0(Mention, 1);
    mention->path = g_strdup(address);
    mention->line = line;
    g_ptr_array_add(site->wanted, mention);
}

static void
take_mentions(Site *site, const char *page, const char *base)
{
    for (guint i = 0; i < site->wanted->len; i++) {
        const Mention *wanted = g_ptr_array_index(site->wanted, i);
        g_autofree char *path = fg_site_path(wanted->path, page, base, site->base_url);
        if (!path && fg_site_is_elsewhere(wanted->path, base, site->base_url))
            g_hash_table_add(site->elsewhere, g_strdup(wanted->path));
        if (!path || g_hash_table_contains(site->known, path))
            continue;
        Mention *mention = g_new0(Mention, 1);
        mention->path = g_steal_pointer(&path);
        mention->page = g_build_filename(site->dir, page, NULL);
        mention->line = wanted->line;
        g_ptr_array_add(site->mentions, mention);
        g_hash_table_add(site->known, mention->path);
    }
    g_ptr_array_set_size(site->wanted, 0);
}

static gboolean
ends_in(const char *name, const char *const *endings)
{
    const char *dot = strrchr(name, '.');
    for (; dot && *endings; endings++)
        if (g_ascii_strcasecmp(dot, *endings) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
read_page(Site *site, const char *path, const char *below, GError **error)
{
    static const char *const pages[] = {".html", ".htm", ".xhtml", NULL}, *const sheets[] = {".css", NULL};
    gboolean page = ends_in(below, pages);
    if (!page && !ends_in(below, sheets))
        return TRUE;
    g_autoptr(GBytes) bytes = fg_file_read(path, LARGEST_PAGE, error);
    if (!bytes) {
        g_prefix_error(error, "%s: ", below);
        return FALSE;
    }
    g_autofree char *base = NULL;
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    if (page)
        fg_site_scan_html(bytes, take_address, site, &base);
    else
        fg_site_scan_css(text, length, 1, take_address, site);
    site->pages += page ? 1 : 0;
    take_mentions(site, below, base);
    return TRUE;
}

/* `below` is "" for the folder itself. Links are left out, as everywhere in check. */
static gboolean
walk(Site *site, const char *below, guint depth, GError **error)
{
    g_autofree char *folder = g_build_filename(site->dir, below, NULL);
    g_autoptr(GPtrArray) names = fg_check_list(folder);
    if (!names)
        return fg_throw(error, FG_ERROR_PATH, "%s can't be read", folder);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *inner = *below ? g_build_filename(below, name, NULL) : g_strdup(name);
        struct stat info;
        if (lstat(path, &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode) && depth < MAX_DEPTH && !walk(site, inner, depth + 1, error))
            return FALSE;
        if (S_ISREG(info.st_mode) && !read_page(site, path, inner, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- Pictures ---- */

/* A file in the folder, through whatever links lie in it. */
static gboolean
is_there(const Site *site, const char *path)
{
    char *real = realpath(path, NULL);
    struct stat info;
    gsize length = strlen(site->real);
    gboolean there = real && strncmp(real, site->real, length) == 0 &&
                     (real[length] == '/' || site->real[length - 1] == '/') && stat(real, &info) == 0 &&
                     S_ISREG(info.st_mode);
    free(real);
    return there;
}

typedef struct {
    GPtrArray *present; /* of const Mention *, in the order of the checks */
    guint next;
    FgCheckListener listener;
    gpointer data;
} Relay;

/* Each finding is told with the place that has to be mended. */
static void
name_page(FgCheck *check, const Mention *mention)
{
    check->page = g_strdup(mention->page);
    check->line = mention->line;
    for (guint i = 0; i < check->findings->len; i++) {
        FgFinding *finding = g_ptr_array_index(check->findings, i);
        g_autofree char *page = fg_text_printable(mention->page);
        g_autofree char *message = g_strdup_printf("%s (%s:%u)", finding->message, page, mention->line);
        FgFinding *placed = fg_finding_new(finding->id, finding->where, message);
        placed->severity = finding->severity;
        check->findings->pdata[i] = placed;
        fg_finding_free(finding);
    }
}

static void
relay(FgCheck *check, gpointer data)
{
    Relay *to = data;
    name_page(check, g_ptr_array_index(to->present, to->next++));
    to->listener(check, to->data);
}

static FgCheck *
missing(const Mention *mention, const char *path)
{
    FgCheck *check = fg_check_new(path);
    g_autofree char *page = fg_text_printable(mention->page);
    g_autofree char *where = g_strdup_printf("html:%s:%u", page, mention->line);
    fg_check_add(check->findings, "site.missing", where, NULL);
    name_page(check, mention);
    check->verdict = FG_FAIL;
    return check;
}

static gboolean
check_pictures(const Site *site, const FgCheckOptions *options, FgCheckListener listener, gpointer data,
               GError **error)
{
    g_autoptr(GPtrArray) present = g_ptr_array_new(), paths = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < site->mentions->len; i++) {
        Mention *mention = g_ptr_array_index(site->mentions, i);
        g_autofree char *path = g_build_filename(site->dir, mention->path, NULL);
        if (!is_there(site, path)) {
            listener(missing(mention, path), data);
        } else if (fg_check_may_be_photo(path)) {
            g_ptr_array_add(present, mention);
            g_ptr_array_add(paths, g_steal_pointer(&path));
        }
    }
    g_ptr_array_add(paths, NULL);
    Relay to = {.present = present, .listener = listener, .data = data};
    return fg_check_files((char **)paths->pdata, options, relay, &to, error);
}

gboolean
fg_check_site(const char *dir, const char *base_url, const FgCheckOptions *options, FgCheckListener listener,
              gpointer data, guint *elsewhere, GError **error)
{
    g_autoptr(GPtrArray) mentions = g_ptr_array_new_with_free_func(free_mention);
    g_autoptr(GPtrArray) wanted = g_ptr_array_new_with_free_func(free_mention);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) others = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (base_url && !fg_site_is_web(base_url))
        return fg_throw(error, FG_ERROR_USAGE,
                        "--base-url takes the web address of the folder, such as https://example.org/");
    g_autofree char *shown = fg_text_printable(dir);
    if (g_file_test(dir, G_FILE_TEST_IS_REGULAR))
        return fg_throw(error, FG_ERROR_PATH, "%s is a file; name its folder", shown);
    char *real = realpath(dir, NULL);
    if (!real)
        return fg_throw_errno(error, FG_ERROR_PATH, errno, "%s", shown);
    Site site = {.dir = dir,
                 .base_url = base_url,
                 .real = real,
                 .mentions = mentions,
                 .known = known,
                 .elsewhere = others,
                 .wanted = wanted};
    gboolean fine = walk(&site, "", 0, error);
    if (fine && site.pages == 0)
        fine = fg_throw(error, FG_ERROR_PATH, "%s holds no page", shown);
    fine = fine && check_pictures(&site, options, listener, data, error);
    if (elsewhere)
        *elsewhere = g_hash_table_size(others);
    free(real);
    return fine;
}
