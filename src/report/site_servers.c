/* site_servers.c: the TDMRep header for each picture, in the words of four servers. The same files keep the
 * state of publish (.filigrane/), which is not to be served, from being served. */
#include "report/report_private.h"

/* The headers that a server adds; `policy` may be NULL. */
typedef struct {
    gboolean said, reserved;
    char *policy;
    char *folder;   /* the folder of the pictures as a regular expression */
    char *pictures; /* the end of a picture's path as one */
} Headers;

static char *
endings_of_pictures(void)
{
    GString *endings = g_string_new("\\.(?i:");
    for (guint i = 0; i < FG_N_FORMATS; i++) {
        const FgFormatTraits *format = fg_format_traits((FgFormat)i);
        if (format->written)
            g_string_append_printf(endings, "%s|", format->pattern ? format->pattern : format->extension);
    }
    g_string_truncate(endings, endings->len - 1);
    return g_string_free(g_string_append(endings, ")$"), FALSE);
}

static Headers
headers_of(const FgPublished *published, const FgSiteBase *base)
{
    FgMining mining = fg_published_mining(published);
    const char *policy = fg_json_get_string(published->rights, "tdm_policy");
    return (Headers){
        .said = mining != FG_MINING_UNSAID,
        .reserved = mining == FG_MINING_RESERVED,
        .policy = mining == FG_MINING_RESERVED ? fg_url_safe(policy) : NULL,
        .folder = fg_regex_literal(base->plain),
        .pictures = endings_of_pictures(),
    };
}

static void
headers_clear(Headers *headers)
{
    g_free(headers->policy);
    g_free(headers->folder);
    g_free(headers->pictures);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Headers, headers_clear)

static GString *
opening(const char *how, const Headers *headers)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "# %s\n", how);
    if (!headers->said)
        g_string_append(
            text,
            "# The rights of these pictures say nothing of text and data mining: no header is added.\n");
    return text;
}

char *
fg_site_nginx(const FgPublished *published, const FgSiteBase *base)
{
    g_auto(Headers) headers = headers_of(published, base);
    GString *text =
        opening("nginx: include this file in a server block. A location with an add_header of its own does "
                "not\n# inherit these: repeat the add_header lines there.",
                &headers);
    if (headers.said) {
        /* No location of ours, which would take the pictures from the site's own root or alias. */
        g_string_append_printf(text,
                               "set $filigrane_reservation \"\";\nif ($uri ~ \"^%s.*%s\") {\n"
                               "    set $filigrane_reservation %d;\n}\n"
                               "add_header tdm-reservation $filigrane_reservation always;\n",
                               headers.folder, headers.pictures, headers.reserved);
        if (headers.policy)
            g_string_append_printf(text,
                                   "set $filigrane_policy \"\";\nif ($filigrane_reservation) {\n"
                                   "    set $filigrane_policy \"%s\";\n}\n"
                                   "add_header tdm-policy $filigrane_policy always;\n",
                                   headers.policy);
    }
    g_string_append_printf(text, "if ($uri ~ \"^%s\\.filigrane(/|$)\") {\n    return 404;\n}\n",
                           headers.folder);
    return g_string_free(text, FALSE);
}

char *
fg_site_apache(const FgPublished *published, const FgSiteBase *base)
{
    g_auto(Headers) headers = headers_of(published, base);
    GString *text = opening(
        "Apache: Include this file in a VirtualHost, or make it part of an .htaccess. It needs mod_headers.",
        &headers);
    if (headers.said) {
        g_string_append_printf(text,
                               "<If \"%%{REQUEST_URI} =~ m#^%s.*%s#\">\n"
                               "    Header always set tdm-reservation \"%d\"\n",
                               headers.folder, headers.pictures, headers.reserved);
        if (headers.policy) {
            /* A header's value is a format string here. */
            g_autoptr(GString) policy = g_string_new(headers.policy);
            g_string_replace(policy, "%", "%%", 0);
            g_string_append_printf(text, "    Header always set tdm-policy \"%s\"\n", policy->str);
        }
        g_string_append(text, "</If>\n");
    }
    g_string_append_printf(
        text, "<If \"%%{REQUEST_URI} =~ m#^%s\\.filigrane(/|$)#\">\n    Require all denied\n</If>\n",
        headers.folder);
    /* Those that servers of some years ago do not know. */
    for (guint i = 0; i < FG_N_FORMATS; i++) {
        const FgFormatTraits *format = fg_format_traits((FgFormat)i);
        if (format->source > 0)
            g_string_append_printf(text, "AddType %s .%s\n", format->mime, format->extension);
    }
    return g_string_free(text, FALSE);
}

char *
fg_site_caddy(const FgPublished *published, const FgSiteBase *base)
{
    g_auto(Headers) headers = headers_of(published, base);
    GString *text = opening("Caddy: import this file in a site block.", &headers);
    if (headers.said) {
        g_string_append_printf(text,
                               "@filigrane_pictures path_regexp \"^%s.*%s\"\n"
                               "header @filigrane_pictures tdm-reservation \"%d\"\n",
                               headers.folder, headers.pictures, headers.reserved);
        if (headers.policy)
            g_string_append_printf(text, "header @filigrane_pictures tdm-policy \"%s\"\n", headers.policy);
    }
    g_string_append_printf(
        text, "@filigrane_state path_regexp \"^%s\\.filigrane(/|$)\"\nrespond @filigrane_state 404\n",
        headers.folder);
    return g_string_free(text, FALSE);
}

/* A rule's path ends with the only '*' that all who read these files agree on. */
char *
fg_site_headers(const FgPublished *published, const FgSiteBase *base)
{
    g_auto(Headers) headers = headers_of(published, base);
    GString *text = opening(
        "Netlify, Cloudflare Pages: put these lines into _headers at the root of the site.", &headers);
    if (!headers.said)
        return g_string_free(text, FALSE);
    g_string_append_printf(text, "%s*\n  tdm-reservation: %d\n", base->path, headers.reserved);
    if (headers.policy)
        g_string_append_printf(text, "  tdm-policy: %s\n", headers.policy);
    return g_string_free(text, FALSE);
}
