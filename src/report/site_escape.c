/* site_escape.c: text escaped for where it stands. */
#include "report/report_private.h"

#include <string.h>

void
fg_html_append(GString *html, const char *text)
{
    g_autofree char *legal = fg_text_legal_xml(text);
    for (const char *at = legal; *at; at++)
        switch (*at) {
        case '&':
            g_string_append(html, "&amp;");
            break;
        case '<':
            g_string_append(html, "&lt;");
            break;
        case '>':
            g_string_append(html, "&gt;");
            break;
        case '"':
            g_string_append(html, "&quot;");
            break;
        case '\'':
            g_string_append(html, "&#39;");
            break;
        default:
            g_string_append_c(html, *at);
        }
}

void
fg_html_attribute(GString *html, const char *name, const char *value)
{
    if (!value)
        return;
    g_string_append_printf(html, " %s=\"", name);
    fg_html_append(html, value);
    g_string_append_c(html, '"');
}

static gboolean
stands_in(char byte, const char *others)
{
    return g_ascii_isalnum(byte) || (byte != '\0' && strchr(others, byte) != NULL);
}

static char *
percent_encode(const char *text, const char *kept)
{
    GString *url = g_string_new(NULL);
    for (const char *at = text; *at; at++)
        if (stands_in(*at, kept))
            g_string_append_c(url, *at);
        else
            g_string_append_printf(url, "%%%02X", (guint8)*at);
    return g_string_free(url, FALSE);
}

char *
fg_url_path(const char *path)
{
    return percent_encode(path, "-._~/");
}

/* A percent sign that encodes nothing is encoded itself. */
static char *
percent_signs(const char *text)
{
    GString *whole = g_string_new(NULL);
    for (const char *at = text; *at; at++) {
        g_string_append_c(whole, *at);
        if (*at == '%' && !(g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2])))
            g_string_append(whole, "25");
    }
    return g_string_free(whole, FALSE);
}

char *
fg_url_safe(const char *text)
{
    g_autofree char *scheme = text ? g_uri_parse_scheme(text) : NULL;
    if (!scheme || (g_ascii_strcasecmp(scheme, "https") != 0 && g_ascii_strcasecmp(scheme, "http") != 0))
        return NULL;
    g_autofree char *whole = percent_signs(text);
    g_autofree char *url = percent_encode(whole, "-._~:/?#[]@!&()*+,;=%");
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_ENCODED, NULL);
    const char *host = uri ? g_uri_get_host(uri) : NULL;
    return host && *host ? g_steal_pointer(&url) : NULL;
}

char *
fg_json_for_script(const FgJson *value)
{
    g_autofree char *json = fg_json_print_pretty(value);
    /* Outside of strings JSON has none of these. */
    g_autoptr(GString) text = g_string_new(json);
    g_string_replace(text, "<", "\\u003c", 0);
    g_string_replace(text, ">", "\\u003e", 0);
    g_string_replace(text, "&", "\\u0026", 0);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *
fg_regex_literal(const char *text)
{
    GString *regex = g_string_new(NULL);
    for (const char *at = text; *at; at++)
        if (stands_in(*at, "/_~-") || (guint8)*at >= 0x80)
            g_string_append_c(regex, *at);
        else
            g_string_append_printf(regex, "\\x%02x", (guint8)*at);
    return g_string_free(regex, FALSE);
}
