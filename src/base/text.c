#include "base/text.h"

#include <string.h>

char *
fg_text_utf8(const char *bytes, gssize length, gboolean *changed)
{
    gboolean valid = g_utf8_validate(bytes, length, NULL);
    if (changed)
        *changed = !valid;
    if (!valid)
        return g_utf8_make_valid(bytes, length);
    return length < 0 ? g_strdup(bytes) : g_strndup(bytes, (gsize)length);
}

/* GLib reads past the end of a text that is not UTF-8, and gives NULL for one that is when it has no memory;
 * of that it ends in its other functions, with these words. */
static char *
normal(const char *text, GNormalizeMode mode)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    char *normalised = g_utf8_normalize(valid, -1, mode);
    if (!normalised)
        g_error("failed to allocate a text of %" G_GSIZE_FORMAT " bytes", strlen(valid));
    return normalised;
}

char *
fg_text_nfc(const char *text)
{
    return normal(text, G_NORMALIZE_NFC);
}

char *
fg_text_fold(const char *text, gboolean accents)
{
    g_autofree char *apart = normal(text, G_NORMALIZE_NFD);
    g_autofree char *folded = g_utf8_casefold(apart, -1);
    if (accents)
        return normal(folded, G_NORMALIZE_NFC);
    /* Folding may itself give marks (from U+0130, say), so they are taken apart again before they are
     * dropped. */
    g_autofree char *marked = normal(folded, G_NORMALIZE_NFD);
    g_autoptr(GString) bare = g_string_new(NULL);
    for (const char *at = marked; *at; at = g_utf8_next_char(at))
        if (g_unichar_type(g_utf8_get_char(at)) != G_UNICODE_NON_SPACING_MARK)
            g_string_append_unichar(bare, g_utf8_get_char(at));
    return normal(bare->str, G_NORMALIZE_NFC);
}

/* The length of what stands there in visible ASCII: most of every text, and nothing to look up. */
static gsize
visible_ascii(const char *text)
{
    gsize length = 0;
    while (text[length] > ' ' && text[length] < 0x7f)
        length++;
    return length;
}

char *
fg_text_tidy(const char *text)
{
    g_autofree char *valid = fg_text_utf8(text, -1, NULL);
    GString *tidy = g_string_new(NULL);
    gboolean gap = FALSE;
    for (const char *at = valid, *next; *at; at = next) {
        gsize plain = visible_ascii(at);
        next = plain > 0 ? at + plain : g_utf8_next_char(at);
        if (plain == 0 && g_unichar_isspace(g_utf8_get_char(at))) {
            gap = tidy->len > 0;
            continue;
        }
        if (gap)
            g_string_append_c(tidy, ' ');
        gap = FALSE;
        g_string_append_len(tidy, at, next - at);
    }
    return g_string_free(tidy, FALSE);
}

char *
fg_text_legal_xml(const char *text)
{
    g_autofree char *valid = fg_text_utf8(text, -1, NULL);
    GString *legal = g_string_new(NULL);
    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        gboolean control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        if (!control && c != 0xfffe && c != 0xffff)
            g_string_append_unichar(legal, c);
    }
    return g_string_free(legal, FALSE);
}

/* What must not reach a terminal as it is. The two joiners are format characters that scripts and emoji need.
 */
static gboolean
is_printable(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
        return FALSE;
    case G_UNICODE_FORMAT:
        return c == 0x200c || c == 0x200d;
    default:
        return TRUE;
    }
}

char *
fg_text_printable(const char *bytes)
{
    GString *text = g_string_new(NULL);
    for (const char *at = bytes; *at;) {
        gsize plain = *at == ' ' ? 1 : visible_ascii(at);
        if (plain > 0) {
            g_string_append_len(text, at, (gssize)plain);
            at += plain;
            continue;
        }
        gunichar c = g_utf8_get_char_validated(at, -1);
        gboolean bad = c == (gunichar)-1 || c == (gunichar)-2;
        if (bad || c < 0x20 || c == 0x7f) {
            g_string_append_printf(text, "\\x%02X", (guint8)*at);
            at++;
            continue;
        }
        if (is_printable(c))
            g_string_append_unichar(text, c);
        else
            g_string_append_printf(text, "\\u{%04X}", c);
        at = g_utf8_next_char(at);
    }
    return g_string_free(text, FALSE);
}

/* 0x80..0x9F of Windows-1252; 0 where it is not defined. */
static const guint16 windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

char *
fg_text_from_latin1(const guint8 *bytes, gsize length)
{
    GString *text = g_string_sized_new(length);
    for (gsize i = 0; i < length && bytes[i] != 0; i++) {
        gunichar c = bytes[i];
        if (c >= 0x80 && c <= 0x9f && windows_1252[c - 0x80] != 0)
            c = windows_1252[c - 0x80];
        g_string_append_unichar(text, c);
    }
    return g_string_free(text, FALSE);
}

char *
fg_text_cut(const char *text, gsize limit)
{
    gsize length = strlen(text);
    if (length <= limit)
        return g_strdup(text);
    while (limit > 0 && ((guchar)text[limit] & 0xc0) == 0x80)
        limit--;
    return g_strndup(text, limit);
}

char *
fg_text_joined(const char *first, const char *second)
{
    if (strstr(first, second))
        return g_strdup(first);
    return strstr(second, first) ? g_strdup(second) : g_strconcat(first, "; ", second, NULL);
}

char *
fg_text_size(guint64 bytes)
{
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB", "PB"};
    if (bytes < 1000)
        return g_strdup_printf("%" G_GUINT64_FORMAT " B", bytes);
    double value = (double)bytes;
    guint unit = 0;
    for (; value >= 999.5 && unit + 1 < G_N_ELEMENTS(units); unit++)
        value /= 1000;
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, value < 9.95 ? "%.1f" : "%.0f", value);
    return g_strdup_printf("%s %s", number, units[unit]);
}

char *
fg_text_duration(double seconds)
{
    if (seconds < 9.95) {
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        return g_strdup_printf("%s s", g_ascii_formatd(number, sizeof number, "%.1f", MAX(seconds, 0)));
    }
    guint64 whole = (guint64)(seconds + 0.5);
    guint hours = (guint)(whole / 3600), minutes = (guint)(whole / 60 % 60), rest = (guint)(whole % 60);
    if (hours > 0)
        return g_strdup_printf("%u h %u min", hours, minutes);
    if (minutes > 0)
        return g_strdup_printf("%u min %u s", minutes, rest);
    return g_strdup_printf("%u s", rest);
}

char *
fg_text_count(guint64 count, const char *one, const char *many)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT " %s", count, count == 1 ? one : many);
}
