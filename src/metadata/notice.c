/* notice.c: when two copyright notices are the same, and when a text claims a copyright
 * (docs/spec/metadata.md §4.3). */
#include "metadata/reading.h"

#include <string.h>

/* Length of the way to write © that `text` (folded) begins with, or 0. A word counts only when it ends there.
 */
static gsize
sign_length(const char *text)
{
    static const char *const ways[] = {FG_COPYRIGHT_SIGN, "(c)", "copr.", "copyright"};
    for (guint i = 0; i < G_N_ELEMENTS(ways); i++) {
        const gsize length = strlen(ways[i]);
        if (strncmp(text, ways[i], length) != 0)
            continue;
        if (g_ascii_isalpha(text[length - 1]) && g_unichar_isalpha(g_utf8_get_char(text + length)))
            continue;
        return length;
    }
    return 0;
}

char *
fg_notice_normal(const char *notice)
{
    g_autofree char *tidy = fg_text_tidy(notice);
    g_autofree char *folded = fg_text_fold(tidy, TRUE);
    const char *rest = folded;
    for (gsize length; (length = sign_length(rest)) > 0;) {
        rest += length;
        rest += strspn(rest, " :");
    }
    gsize length = strlen(rest);
    while (length > 0 && (rest[length - 1] == '.' || rest[length - 1] == ' '))
        length--;
    g_autofree char *body = g_strndup(rest, length);
    return rest == folded ? g_steal_pointer(&body) : g_strconcat(FG_COPYRIGHT_SIGN " ", body, NULL);
}

gboolean
fg_notice_equal(const char *a, const char *b)
{
    if (!a || !b)
        return a == b;
    g_autofree char *left = fg_notice_normal(a);
    g_autofree char *right = fg_notice_normal(b);
    return strcmp(left, right) == 0;
}

gboolean
fg_notice_is_cut(const char *cut, const char *whole, gsize limit)
{
    if (strlen(whole) <= limit)
        return FALSE;
    /* A reader may trim the blanks that a cut has left at the end. */
    g_autofree char *prefix = fg_text_cut(whole, limit);
    g_autofree char *expected = fg_text_tidy(prefix);
    g_autofree char *found = fg_text_tidy(cut);
    return strcmp(found, expected) == 0;
}

static char *
replace_all(const char *text, const char *old, const char *by)
{
    g_auto(GStrv) pieces = g_strsplit(text, old, -1);
    return g_strjoinv(by, pieces);
}

/* An absent year goes with one space beside it, as where texts are expanded. */
static char *
without_year(const char *pattern)
{
    g_autofree char *after = replace_all(pattern, FG_ANY_YEAR " ", "");
    g_autofree char *before = replace_all(after, " " FG_ANY_YEAR, "");
    return replace_all(before, FG_ANY_YEAR, "");
}

/* Two notices of normal form, where any text may stand for the stem of a file without a name. */
static gboolean
is_same_but_for_stem(const char *found, const char *asked)
{
    const char *place = strstr(asked, FG_ANY_STEM);
    if (!place)
        return strcmp(found, asked) == 0;
    const gsize before = (gsize)(place - asked);
    const char *after = place + strlen(FG_ANY_STEM);
    return strncmp(found, asked, before) == 0 && strlen(found) > before + strlen(after) &&
           g_str_has_suffix(found, after);
}

gboolean
fg_notice_matches(const char *notice, const char *pattern)
{
    if (!notice || !pattern)
        return notice == pattern;
    g_autofree char *without = without_year(pattern);
    g_autofree char *yearless = fg_notice_normal(without);
    g_autofree char *found = fg_notice_normal(notice);
    if (is_same_but_for_stem(found, yearless))
        return TRUE;

    /* The digits at the place of the first {year} are the year everywhere. */
    g_autofree char *asked = fg_notice_normal(pattern);
    const char *place = strstr(asked, FG_ANY_YEAR);
    if (!place || strncmp(asked, found, (gsize)(place - asked)) != 0)
        return FALSE;
    const char *digits = found + (place - asked);
    if (strspn(digits, "0123456789") < 4)
        return FALSE;
    g_autofree char *year = g_strndup(digits, 4);
    g_autofree char *resolved = replace_all(asked, FG_ANY_YEAR, year);
    return is_same_but_for_stem(found, resolved);
}

gboolean
fg_text_claims(const char *text)
{
    g_autofree char *normal = fg_notice_normal(text);
    return strstr(normal, FG_COPYRIGHT_SIGN) != NULL;
}

/* ---- What programs make of a notice ---- */

char *
fg_notice_stated(const char *notice)
{
    static const char *const junk[] = {"lang=\"x-default\"", "lang=x-default", "x-default"};
    g_autofree char *text = fg_text_trimmed(notice);
    for (guint i = 0; text && i < G_N_ELEMENTS(junk); i++) {
        const gsize length = strlen(junk[i]);
        if (g_ascii_strncasecmp(text, junk[i], length) == 0 &&
            (text[length] == '\0' || g_ascii_isspace(text[length])))
            return fg_text_trimmed(text + length);
    }
    return g_steal_pointer(&text);
}

/* The value of an EXIF text as libexif prints it, in brackets behind the value: of a notice with its two
 * parts, and of any text with its type and size, which libvips adds. */
static gboolean
is_print(const char *text)
{
    return g_str_has_prefix(text, " (Photographer)") ||
           (g_str_has_prefix(text, ", ASCII, ") && strstr(text, " component"));
}

char *
fg_text_undoubled(const char *text)
{
    for (const char *at = text; (at = strstr(at, " (")); at += 2) {
        const gsize length = (gsize)(at - text);
        if (length > 0 && strncmp(at + 2, text, length) == 0 && is_print(at + 2 + length))
            return g_strndup(text, length);
    }
    return NULL;
}

gboolean
fg_notice_is_mangled(const char *notice)
{
    g_autofree char *once = fg_text_undoubled(notice);
    return once || strstr(notice, " (Photographer) - [None");
}
