/* xml_mend.c: names that XML forbids made into names (XML 1.0 §2.3).
 *
 * Some writers name properties after tags of EXIF, as "exif:TIFF/EPStandardID", and Adobe's readers take
 * them. Values stay as they are; what is broken otherwise stays broken. */
#include "metadata/xml_tree.h"

#include <string.h>

typedef struct {
    const char *at;
    GString *out;
    gboolean changed;
} Mender;

static gboolean
is_name_start(char c)
{
    return g_ascii_isalpha(c) || c == '_' || (guchar)c >= 0x80;
}

static gboolean
is_name_part(char c)
{
    return is_name_start(c) || g_ascii_isdigit(c) || c == '-' || c == '.';
}

static gboolean
ends_name(const char *at)
{
    return *at == '\0' || g_ascii_isspace(*at) || strchr("=<>\"'&", *at) || (*at == '/' && at[1] == '>');
}

static void
take_name(Mender *mend)
{
    gboolean start = TRUE, prefixed = FALSE;
    for (; !ends_name(mend->at); mend->at++) {
        const char c = *mend->at;
        const gboolean colon = c == ':' && !prefixed && !start;
        const gboolean fine = colon || (start ? is_name_start(c) : is_name_part(c));
        if (start && !fine && is_name_part(c))
            g_string_append_c(mend->out, '_');
        g_string_append_c(mend->out, fine || is_name_part(c) ? c : '_');
        mend->changed |= !fine;
        prefixed |= colon;
        start = colon;
    }
}

/* What stands between here and the end, as it is. */
static void
take_through(Mender *mend, const char *end)
{
    const char *found = strstr(mend->at, end);
    const gsize length = found ? (gsize)(found - mend->at) + strlen(end) : strlen(mend->at);
    g_string_append_len(mend->out, mend->at, (gssize)length);
    mend->at += length;
}

static void
take_value(Mender *mend)
{
    const char quote[] = {*mend->at, '\0'};
    g_string_append_c(mend->out, *mend->at++);
    take_through(mend, quote);
}

/* A start or end tag, of which the '<' is taken. */
static void
take_tag(Mender *mend)
{
    if (*mend->at == '/')
        g_string_append_c(mend->out, *mend->at++);
    take_name(mend);
    while (*mend->at && *mend->at != '>' && *mend->at != '<') {
        if (*mend->at == '"' || *mend->at == '\'')
            take_value(mend);
        else if (ends_name(mend->at))
            g_string_append_c(mend->out, *mend->at++);
        else
            take_name(mend);
    }
}

char *
fg_xml_mend(const char *text)
{
    Mender mend = {.at = text, .out = g_string_sized_new(strlen(text) + 16)};
    while (*mend.at) {
        take_through(&mend, "<");
        if (g_str_has_prefix(mend.at, "!--"))
            take_through(&mend, "-->");
        else if (g_str_has_prefix(mend.at, "![CDATA["))
            take_through(&mend, "]]>");
        else if (*mend.at == '?' || *mend.at == '!')
            take_through(&mend, ">");
        else if (*mend.at)
            take_tag(&mend);
    }
    return g_string_free(mend.out, !mend.changed);
}
