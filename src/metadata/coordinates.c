/* coordinates.c: coordinates that somebody wrote into a text. */
#include "metadata/reading.h"

#include <string.h>

/* A decimal number with at least four decimals, which is a place to ten metres; *text moves past it. */
static gboolean
precise_number(const char **text, double limit, double *value)
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
    *value = g_ascii_strtod(digits, NULL);
    *text = at;
    return *value <= limit;
}

/* Degrees and a letter of the compass near them: 43° 49' 12" N. */
static gboolean
degrees_at(const char *text)
{
    if (!g_str_has_prefix(text, "\xc2\xb0"))
        return FALSE;
    const char *at = text + 2;
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

/* Two precise numbers within a few characters: ", ", " lon=", "N ", "/". Two below 1 are shares of something,
 * as of a picture; the place where both are is open sea. */
static gboolean
pair_at(const char *text)
{
    double first, second;
    if (!precise_number(&text, 90, &first))
        return FALSE;
    for (guint gap = 0; gap <= 12 && text[gap]; gap++) {
        const char *at = text + gap;
        if (*at == '+' || *at == '-' || g_ascii_isdigit(*at))
            return precise_number(&at, 180, &second) && (first >= 1 || second >= 1);
    }
    return FALSE;
}

gboolean
fg_text_has_coordinates(const char *text)
{
    if (!strpbrk(text, ".\xc2"))
        return FALSE; /* Neither a decimal number nor a degree sign, as most texts are. */
    for (const char *at = text; (at = strpbrk(at, "0123456789"));) {
        gboolean fraction = at > text && at[-1] == '.';
        if (!fraction && pair_at(at))
            return TRUE;
        while (g_ascii_isdigit(*at))
            at++;
        if (degrees_at(at) || (*at == '.' && degrees_at(at + 1)))
            return TRUE;
    }
    return FALSE;
}

void
fg_reading_text(FgReading *reading, const char *where, const char *text)
{
    if (fg_text_has_coordinates(text))
        fg_reading_personal(reading, "location.gps", where, text);
}

static void
drop(char **text)
{
    if (*text && fg_text_has_coordinates(*text))
        g_clear_pointer(text, g_free);
}

static void
drop_from_list(char **texts)
{
    guint kept = 0;
    for (guint i = 0; texts && texts[i]; i++) {
        drop(&texts[i]);
        char *text = g_steal_pointer(&texts[i]);
        if (text)
            texts[kept++] = text;
    }
}

void
fg_facts_drop_coordinates(FgFacts *facts)
{
    for (const FgField *field = fg_fact_fields; field->key; field++)
        if (field->kind == FG_KIND_TEXT)
            drop(fg_field_at(field, facts));
        else if (field->kind == FG_KIND_LIST)
            drop_from_list(fg_field_list(field, facts));
}
