/* site_base.c: the URL below which the pictures will be, as each file of a site wants it. */
#include "report/report_private.h"

#include <string.h>

/* Percent signs stay, and so does what they encode: "%2F" is not "/". */
static char *
encode_path(const char *path)
{
    g_autoptr(GString) encoded = g_string_new(NULL);
    for (const char *at = path; *at; at++)
        if (g_ascii_isalnum(*at) || strchr("-._~/:@%", *at))
            g_string_append_c(encoded, *at);
        else
            g_string_append_printf(encoded, "%%%02X", (guint8)*at);
    if (encoded->len == 0 || encoded->str[encoded->len - 1] != '/')
        g_string_append_c(encoded, '/');
    return g_string_free(g_steal_pointer(&encoded), FALSE);
}

static gboolean
has_control(const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        if (g_unichar_iscntrl(g_utf8_get_char(at)))
            return TRUE;
    return FALSE;
}

static gboolean
take_parts(GUri *uri, FgSiteBase *base)
{
    const char *scheme = g_uri_get_scheme(uri), *host = g_uri_get_host(uri);
    if ((!g_str_equal(scheme, "https") && !g_str_equal(scheme, "http")) || !host || !*host)
        return FALSE;
    if (g_uri_get_userinfo(uri) || g_uri_get_query(uri) || g_uri_get_fragment(uri))
        return FALSE;
    g_autofree char *ascii = g_hostname_to_ascii(host);
    if (!ascii)
        return FALSE;
    base->path = encode_path(g_uri_get_path(uri));
    base->plain = g_uri_unescape_string(base->path, NULL);
    if (!base->plain || !g_utf8_validate(base->plain, -1, NULL) || has_control(base->plain) ||
        strstr(base->plain, "//"))
        return FALSE;
    int port = g_uri_get_port(uri), usual = g_str_equal(scheme, "https") ? 443 : 80;
    base->origin =
        g_uri_join(G_URI_FLAGS_ENCODED, scheme, NULL, ascii, port == usual ? -1 : port, "", NULL, NULL);
    base->url = g_strconcat(base->origin, base->path, NULL);
    return TRUE;
}

gboolean
fg_site_base_parse(const char *text, FgSiteBase *base, GError **error)
{
    *base = (FgSiteBase){0};
    g_autoptr(GUri) uri = g_uri_parse(text, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
    if (uri && take_parts(uri, base))
        return TRUE;
    fg_site_base_clear(base);
    g_autofree char *shown = fg_text_printable(text);
    return fg_throw(error, FG_ERROR_USAGE,
                    "--base-url takes the address of the folder of the pictures, such as "
                    "https://example.org/photos/, not '%s'",
                    shown);
}

void
fg_site_base_clear(FgSiteBase *base)
{
    g_clear_pointer(&base->url, g_free);
    g_clear_pointer(&base->origin, g_free);
    g_clear_pointer(&base->path, g_free);
    g_clear_pointer(&base->plain, g_free);
}
