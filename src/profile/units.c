/* units.c: scalars as YAML 1.1 and the profile read them, and back. */
#include <math.h>
#include <string.h>

#include "profile/profile_private.h"

static gboolean
is_one_of(const char *text, const char *const *words)
{
    return g_strv_contains(words, text);
}

gboolean
fg_scalar_is_null(const char *text)
{
    return is_one_of(text, (const char *const[]){"", "~", "null", "Null", "NULL", NULL});
}

gboolean
fg_scalar_boolean(const char *text, gboolean *value)
{
    static const char *const yes[] = {"y",    "Y",    "yes", "Yes", "YES", "true",
                                      "True", "TRUE", "on",  "On",  "ON",  NULL};
    static const char *const no[] = {"n",     "N",     "no",  "No",  "NO",  "false",
                                     "False", "FALSE", "off", "Off", "OFF", NULL};
    *value = is_one_of(text, yes);
    return *value || is_one_of(text, no);
}

/* The value of a digit, or 99. */
static guint
digit(char c)
{
    int value = g_ascii_xdigit_value(c);
    return value < 0 ? 99 : (guint)value;
}

/* Decimal, 0b…, 0… (octal) and 0x…, with a sign and underscores, as YAML 1.1 has them. Base 60 is not taken:
 * who writes 1:30 means a time. */
gboolean
fg_scalar_integer(const char *text, gint64 *value)
{
    gboolean negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    guint base = 10;
    if (g_str_has_prefix(text, "0x") || g_str_has_prefix(text, "0b")) {
        base = text[1] == 'x' ? 16 : 2;
        text += 2;
    } else if (text[0] == '0' && text[1]) {
        base = 8;
        text++;
    } else if (*text == '_') {
        return FALSE;
    }
    guint64 sum = 0;
    gboolean any = FALSE;
    for (; *text; text++) {
        if (*text == '_')
            continue;
        if (digit(*text) >= base || !g_uint64_checked_mul(&sum, sum, base) ||
            !g_uint64_checked_add(&sum, sum, digit(*text)) || sum > G_MAXINT64)
            return FALSE;
        any = TRUE;
    }
    *value = negative ? -(gint64)sum : (gint64)sum;
    return any;
}

static const char *
skip_digits(const char *text)
{
    while (g_ascii_isdigit(*text))
        text++;
    return text;
}

/* Decimals, with an exponent if need be; no infinities, since no setting has one. */
gboolean
fg_scalar_number(const char *text, double *value)
{
    const char *at = text + (*text == '-' || *text == '+');
    const char *whole = at;
    at = skip_digits(at);
    gsize digits = (gsize)(at - whole);
    if (*at == '.') {
        const char *fraction = ++at;
        at = skip_digits(at);
        digits += (gsize)(at - fraction);
    }
    if (digits == 0)
        return FALSE;
    if (*at == 'e' || *at == 'E') {
        at++;
        at += *at == '-' || *at == '+';
        if (!g_ascii_isdigit(*at))
            return FALSE;
        at = skip_digits(at);
    }
    if (*at)
        return FALSE;
    *value = g_ascii_strtod(text, NULL);
    return isfinite(*value);
}

gboolean
fg_scalar_share(const char *text, double *value)
{
    gsize length = strlen(text);
    if (length < 2 || text[length - 1] != '%')
        return FALSE;
    g_autofree char *number = g_strndup(text, length - 1);
    if (!fg_scalar_number(number, value))
        return FALSE;
    *value /= 100;
    return TRUE;
}

static const char scales[] = "KMGT";

gboolean
fg_scalar_scaled(const char *text, guint unit, guint64 *value)
{
    const char *end = skip_digits(text);
    if (end == text)
        return FALSE;
    guint64 sum = 0;
    for (const char *at = text; at < end; at++)
        if (!g_uint64_checked_mul(&sum, sum, 10) || !g_uint64_checked_add(&sum, sum, digit(*at)))
            return FALSE;
    if (*end) {
        const char *scale = strchr(scales, g_ascii_toupper(*end));
        if (!scale || end[1])
            return FALSE;
        for (const char *at = scales; at <= scale; at++)
            if (!g_uint64_checked_mul(&sum, sum, unit))
                return FALSE;
    }
    *value = sum;
    return TRUE;
}

char *
fg_scaled_print(guint64 value, guint unit)
{
    gsize scale = 0;
    while (value > 0 && value % unit == 0 && scales[scale]) {
        value /= unit;
        scale++;
    }
    char suffix[2] = {scale > 0 ? scales[scale - 1] : '\0', '\0'};
    return g_strdup_printf("%" G_GUINT64_FORMAT "%s", value, suffix);
}

char *
fg_number_print(double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_formatd(buffer, sizeof buffer, "%.15g", value));
}

char *
fg_quote(const char *text)
{
    GString *quoted = g_string_new("\"");
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == '"' || c == '\\')
            g_string_append_printf(quoted, "\\%c", (char)c);
        else if (c == '\n')
            g_string_append(quoted, "\\n");
        else if (c == '\t')
            g_string_append(quoted, "\\t");
        else if (!g_unichar_isprint(c) || c == 0x2028 || c == 0x2029)
            /* Line separators fold in YAML and others don't show: both are written by number. */
            g_string_append_printf(quoted, c > 0xFFFF ? "\\U%08X" : "\\u%04X", c);
        else
            g_string_append_unichar(quoted, c);
    }
    return g_string_free(g_string_append_c(quoted, '"'), FALSE);
}

char *
fg_place(const char *file, gsize line, gsize column)
{
    if (g_str_has_prefix(file, FG_OVERRIDE))
        return g_strdup(file);
    return g_strdup_printf("%s:%zu:%zu", file, line, column);
}
