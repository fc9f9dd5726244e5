/* licence.c: pictures that are given to the public, or to all on the terms of Creative Commons. */
#include "metadata/metadata_private.h"

#include <string.h>

/* A notice or a text of terms that begins so claims nothing; folded, and only as a word of its own. */
static const char *const openings[] = {
    "public domain",
    "no rights reserved",
    "no known copyright",
    "domaine public",
    "gemeinfrei",
    "dominio publico",
    "cc0",
    "cc zero",
    "creative commons",
    "cc by",
    "cc-by",
};

static gboolean
opens(const char *text)
{
    if (!text)
        return FALSE;
    g_autofree char *tidy = fg_text_tidy(text);
    g_autofree char *folded = fg_text_fold(tidy, FALSE);
    for (guint i = 0; i < G_N_ELEMENTS(openings); i++)
        if (g_str_has_prefix(folded, openings[i]) && !g_ascii_isalnum(folded[strlen(openings[i])]))
            return TRUE;
    return FALSE;
}

static gboolean
is_at_creative_commons(const char *url)
{
    const char *host = url ? strstr(url, "://") : NULL;
    if (!host)
        return FALSE;
    host += strlen("://");
    if (g_ascii_strncasecmp(host, "www.", 4) == 0)
        host += 4;
    const gsize length = strlen("creativecommons.org");
    return g_ascii_strncasecmp(host, "creativecommons.org", length) == 0 && !g_ascii_isalnum(host[length]) &&
           host[length] != '.' && host[length] != '-';
}

static gboolean
terms_open(const GPtrArray *terms)
{
    for (guint i = 0; i < terms->len; i++)
        if (opens(((const FgLangText *)terms->pdata[i])->text))
            return TRUE;
    return FALSE;
}

gboolean
fg_rights_are_open(const FgRights *found)
{
    return found->marked == FG_MARKED_FALSE || found->cc_license || found->cc_attribution_name ||
           found->cc_attribution_url || found->cc_more_permissions ||
           is_at_creative_commons(found->web_statement) ||
           (found->copyright_status && g_str_has_suffix(found->copyright_status, "CS-PUD")) ||
           opens(found->copyright) || terms_open(found->terms);
}
