/* coordinates.c: coordinates that somebody wrote into a text. */
#include "metadata/reading.h"

#include <string.h>

/* A decimal number with at least four decimals, which is a place to ten metres; *text moves past it. */
static gboolean
precise_number(const char **text, double limit)
{
    const char *at = *text;
    if (*at == '+' || *at == '-')
        at++;
    const char *digits = at;
    while (g_ascii_isdigit(*at))
        at++;
    if (at == digits || at - digits > 3 || *at != '.')
        return FALSE;
    const char *decimals = ++at;
    while (g_ascii_isdigit(*at))
        at++;
    if (at - decimals < 4)
        return FALSE;
    double value = g_ascii_strtod(digits, NULL);
    *text = at;
    return value <= limit;
}

/* Degrees and a letter of the compass near them: 43° 49' 12" N. */
static gboolean
degrees_at(const char *text)
{
    const char *at = text;
    if (g_str_has_prefix(at, "\xc2\xb0"))
        at += 2;
    else
        return FALSE;
    gboolean minutes = FALSE;
    for (guint i = 0; i < 24 && *at; i++, at++) {
        if (g_ascii_isdigit(*at))
            minutes = TRUE;
        else if (minutes && strchr("NSEWO", *at) && !g_ascii_isalpha(at[1]))
            return TRUE;
        else if (g_ascii_isalpha(*at))
            return FALSE;
    }
    return FALSE;
}

gboolean
fg_text_has_coordinates(const char *text)
{
    for (const char *at = text; *at; at++) {
        if (at > text && g_ascii_isdigit(at[-1]) && degrees_at(at))
            return TRUE;
        gboolean starts = g_ascii_isdigit(*at) || ((*at == '+' || *at == '-') && g_ascii_isdigit(at[1]));
        if (!starts || (at > text && (g_ascii_isdigit(at[-1]) || at[-1] == '.')))
            continue;
        const char *first = at;
        if (!precise_number(&first, 90))
            continue;
        /* The other one stands within a few characters: ", ", " lon=", "N ", "/". */
        for (guint gap = 0; gap <= 12 && first[gap]; gap++) {
            const char *second = first + gap;
            if (*second == '+' || *second == '-' || g_ascii_isdigit(*second)) {
                if (precise_number(&second, 180))
                    return TRUE;
                break;
            }
        }
    }
    return FALSE;
}

void
fg_reading_text(FgReading *reading, const char *where, const char *text)
{
    if (strpbrk(text, ".\xc2") && fg_text_has_coordinates(text))
        fg_reading_personal(reading, "location.gps", where, text);
}
