/* site_address.c: from an address in a page to a file in the folder (WHATWG URL, as far as files go). */
#include "check/site_private.h"

#include <string.h>

gboolean
fg_site_is_picture(const char *address)
{
    static const char *const endings[] = {".jpg",  ".jpeg", ".jpe",  ".png", ".webp", ".avif", ".heic",
                                          ".heif", ".tif",  ".tiff", ".jxl", ".gif",  ".bmp",  ".svg"};
    g_autofree char *path = g_strndup(address, strcspn(address, "?#"));
    const char *dot = strrchr(path, '.');
    for (guint i = 0; dot && i < G_N_ELEMENTS(endings); i++)
        if (g_ascii_strcasecmp(dot, endings[i]) == 0)
            return TRUE;
    return FALSE;
}

/* "https:", "data:": letters, then letters, digits, plus, minus, dots; its length with the colon, or 0. */
static gsize
scheme_length(const char *address)
{
    gsize length = 0;
    while (g_ascii_isalnum(address[length]) ||
           (length > 0 && address[length] && strchr("+-.", address[length])))
        length++;
    return length > 0 && g_ascii_isalpha(address[0]) && address[length] == ':' ? length + 1 : 0;
}

static gboolean
has_web_scheme(const char *address, gsize scheme)
{
    return scheme > 0 && (g_ascii_strncasecmp(address, "http:", scheme) == 0 ||
                          g_ascii_strncasecmp(address, "https:", scheme) == 0);
}

gboolean
fg_site_is_web(const char *base_url)
{
    gsize scheme = scheme_length(base_url);
    const char *host = base_url + scheme;
    return has_web_scheme(base_url, scheme) && g_str_has_prefix(host, "//") && strcspn(host + 2, "/?#") > 0;
}

/* The part from the path on when both are of one host; a scheme that is left out or another of http and https
 * is taken for the same. NULL for another host. */
static const char *
path_on_host(const char *address, const char *base_url)
{
    const char *host = address + scheme_length(address), *ours = base_url + scheme_length(base_url);
    if (strncmp(host, "//", 2) != 0 || strncmp(ours, "//", 2) != 0)
        return NULL;
    gsize length = strcspn(host + 2, "/?#"), our_length = strcspn(ours + 2, "/?#");
    return length == our_length && g_ascii_strncasecmp(host + 2, ours + 2, length) == 0 ? host + 2 + length
                                                                                        : NULL;
}

/* The address without what is not its path, or NULL when it is of another site. "" is the page itself. */
static char *
local_part(const char *address, const char *base_url)
{
    gsize scheme = scheme_length(address);
    if (has_web_scheme(address, scheme) || g_str_has_prefix(address, "//")) {
        address = base_url ? path_on_host(address, base_url) : NULL;
        if (!address)
            return NULL;
        gsize length = strcspn(address, "?#");
        return length > 0 ? g_strndup(address, length) : g_strdup("/");
    }
    return scheme > 0 ? NULL : g_strndup(address, strcspn(address, "?#"));
}

/* The path of a base URL, with slashes around: "/photos/". */
static char *
folder_of(const char *base_url)
{
    const char *host = base_url ? strstr(base_url, "//") : NULL;
    const char *path = host ? strchr(host + 2, '/') : NULL;
    g_autofree char *only = path ? g_strndup(path, strcspn(path, "?#")) : g_strdup("/");
    return g_str_has_suffix(only, "/") ? g_steal_pointer(&only) : g_strconcat(only, "/", NULL);
}

/* The dots of a step that is nothing but dots, also as %2e; 0 for any other. */
static guint
count_dots(const char *step)
{
    guint dots = 0;
    while (*step) {
        gboolean escaped = g_ascii_strncasecmp(step, "%2e", 3) == 0;
        if (*step != '.' && !escaped)
            return 0;
        step += escaped ? 3 : 1;
        dots++;
    }
    return dots;
}

/* Without "." and "..", which never climb over the root. */
static char *
straight(const char *path)
{
    g_auto(GStrv) steps = g_strsplit(path, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (guint i = 0; steps[i]; i++) {
        guint dots = count_dots(steps[i]);
        if (dots == 2) {
            if (kept->len > 0)
                g_ptr_array_set_size(kept, (gint)kept->len - 1);
        } else if (*steps[i] && dots != 1) {
            g_ptr_array_add(kept, steps[i]);
        }
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **)kept->pdata);
}

/* Bytes for %NN; one that says NUL or a slash is none that a file can have. */
static char *
unescaped(const char *path)
{
    GString *bytes = g_string_new(NULL);
    for (const char *at = path; *at; at++) {
        int high = *at == '%' ? g_ascii_xdigit_value(at[1]) : -1;
        int low = high >= 0 ? g_ascii_xdigit_value(at[2]) : -1;
        if (low < 0) {
            g_string_append_c(bytes, *at);
            continue;
        }
        char byte = (char)(high * 16 + low);
        if (byte == '\0' || byte == '/') {
            g_string_free(bytes, TRUE);
            return NULL;
        }
        g_string_append_c(bytes, byte);
        at += 2;
    }
    return g_string_free(bytes, FALSE);
}

/* An address as a path from the root of the host, as it is written. */
static char *
from_root(const char *address, const char *folder, const char *page)
{
    if (address[0] == '/')
        return g_strdup(address);
    const char *slash = strrchr(page, '/');
    g_autofree char *beside = slash ? g_strndup(page, (gsize)(slash - page) + 1) : g_strdup("");
    g_autofree char *escaped = g_uri_escape_string(beside, "/", TRUE); /* It is a name, and no address yet. */
    return g_strconcat(folder, escaped, address, NULL);
}

char *
fg_site_path(const char *address, const char *page, const char *base, const char *base_url)
{
    g_autofree char *tidy = fg_text_tidy(address);
    g_autofree char *local = local_part(tidy, base_url);
    g_autofree char *folder = folder_of(base_url);
    if (!local || !*local)
        return NULL;
    g_autofree char *start = base ? local_part(base, base_url) : NULL;
    if (base && !start && local[0] != '/')
        return NULL; /* All that is relative lies on the host of the <base>. */
    g_autofree char *root = start && *start && local[0] != '/' ? from_root(start, folder, page) : NULL;
    g_autofree char *beside = root ? g_strndup(root, (gsize)(strrchr(root, '/') - root) + 1) : NULL;
    g_autofree char *whole = beside ? g_strconcat(beside, local, NULL) : from_root(local, folder, page);
    g_autofree char *plain = straight(whole), *prefix = straight(folder);
    gsize length = strlen(prefix);
    if (strncmp(plain, prefix, length) != 0 || (length > 0 && plain[length] != '/'))
        return NULL; /* Beside the folder, on the same host. */
    const char *below = plain + length + (length > 0 ? 1 : 0);
    return *below ? unescaped(below) : NULL;
}

gboolean
fg_site_is_elsewhere(const char *address, const char *base, const char *base_url)
{
    g_autofree char *tidy = fg_text_tidy(address);
    g_autofree char *local = local_part(tidy, base_url), *start = base ? local_part(base, base_url) : NULL;
    gsize scheme = scheme_length(tidy);
    if (!local)
        return scheme == 0 || has_web_scheme(tidy, scheme);
    return base && !start && *local && local[0] != '/';
}
