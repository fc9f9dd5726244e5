/* xml_scan.c: the words of plain XML: names, references, values in quotes (XML 1.0 §2.3, §4.1). */
#include "metadata/xml_scan.h"

#include <string.h>

void
fg_xml_skip_blanks(char **at)
{
    while (fg_xml_is_blank(**at))
        (*at)++;
}

gboolean
fg_xml_take(char **at, const char *expected)
{
    gsize length = strlen(expected);
    if (strncmp(*at, expected, length) != 0)
        return FALSE;
    *at += length;
    return TRUE;
}

static gboolean
is_name_start(char c)
{
    return g_ascii_isalpha(c) || c == '_';
}

static gboolean
take_part(char **at)
{
    if (!is_name_start(**at))
        return FALSE;
    while (is_name_start(**at) || g_ascii_isdigit(**at) || **at == '-' || **at == '.')
        (*at)++;
    return TRUE;
}

gboolean
fg_xml_take_name(char **at, FgXmlName *name)
{
    *name = (FgXmlName){.local = *at};
    if (!take_part(at))
        return FALSE;
    if (**at == ':') {
        name->prefix = name->local;
        name->local = ++*at;
        if (!take_part(at))
            return FALSE;
    }
    name->end = *at;
    return **at != ':';
}

void
fg_xml_end_name(const FgXmlName *name)
{
    *name->end = '\0';
    if (name->prefix)
        name->local[-1] = '\0';
}

static gboolean
is_legal(guint32 c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

/* &#8217; or &#x2019; behind the '#'. */
static gboolean
take_number(char **at, guint32 *number)
{
    gboolean hex = fg_xml_take(at, "x");
    const char *start = *at;
    for (*number = 0; **at != ';'; (*at)++) {
        int digit = hex ? g_ascii_xdigit_value(**at) : g_ascii_digit_value(**at);
        if (digit < 0 || *number > 0x10FFFF)
            return FALSE;
        *number = *number * (hex ? 16u : 10u) + (guint32)digit;
    }
    return *at > start && is_legal(*number) && fg_xml_take(at, ";");
}

gboolean
fg_xml_take_reference(char **at, char **to)
{
    static const struct {
        const char *name;
        char c;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (guint i = 0; i < G_N_ELEMENTS(entities); i++)
        if (fg_xml_take(at, entities[i].name)) {
            *(*to)++ = entities[i].c;
            return TRUE;
        }
    guint32 number;
    if (!fg_xml_take(at, "&#") || !take_number(at, &number))
        return FALSE;
    *to += g_unichar_to_utf8(number, *to);
    return TRUE;
}

gboolean
fg_xml_take_value(char **at, const char **value)
{
    char quote = **at, *to = *at + 1;
    if (quote != '"' && quote != '\'')
        return FALSE;
    *value = to;
    (*at)++;
    while (**at != quote) {
        if (**at == '\0' || **at == '<')
            return FALSE;
        if (**at == '&') {
            if (!fg_xml_take_reference(at, &to))
                return FALSE;
            continue;
        }
        *to++ = fg_xml_is_blank(**at) ? ' ' : **at;
        (*at)++;
    }
    (*at)++;
    *to = '\0';
    return TRUE;
}
