/* notice.c: when two copyright notices are the same, and when one is somebody else's (docs/spec/metadata.md
 * §4.3). */
#include "metadata/metadata_private.h"

#include <string.h>

#define SIGN "©"
#define YEAR "{year}"

/* Length of the way to write © that `text` (folded) begins with, or 0. A word counts only when it ends there.
 */
static gsize
sign_length(const char *text)
{
    static const char *const ways[] = {SIGN, "(c)", "copr.", "copyright"};
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

/* Folded, white space collapsed, every way to write the sign in front as one "© ", full stops at the end
 * dropped. */
static char *
normalise(const char *notice)
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
    return rest == folded ? g_steal_pointer(&body) : g_strconcat(SIGN " ", body, NULL);
}

gboolean
fg_notice_equal(const char *a, const char *b)
{
    if (!a || !b)
        return a == b;
    g_autofree char *left = normalise(a);
    g_autofree char *right = normalise(b);
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
    g_autofree char *after = replace_all(pattern, YEAR " ", "");
    g_autofree char *before = replace_all(after, " " YEAR, "");
    return replace_all(before, YEAR, "");
}

gboolean
fg_notice_matches(const char *notice, const char *pattern)
{
    if (!notice || !pattern)
        return notice == pattern;
    g_autofree char *yearless = without_year(pattern);
    if (fg_notice_equal(notice, yearless))
        return TRUE;

    /* The digits at the place of the first {year} are the year everywhere. */
    g_autofree char *asked = normalise(pattern);
    g_autofree char *found = normalise(notice);
    const char *place = strstr(asked, YEAR);
    if (!place || strncmp(asked, found, (gsize)(place - asked)) != 0)
        return FALSE;
    const char *digits = found + (place - asked);
    if (strspn(digits, "0123456789") < 4)
        return FALSE;
    g_autofree char *year = g_strndup(digits, 4);
    g_autofree char *resolved = replace_all(asked, YEAR, year);
    return strcmp(resolved, found) == 0;
}

/* Two letters of a script with case, or two digits, side by side: a name does not end between them. */
static gboolean
joined(gunichar left, gunichar right)
{
    return (g_unichar_islower(left) || g_unichar_isdigit(left)) &&
           (g_unichar_islower(right) || g_unichar_isdigit(right));
}

/* Whether a name stands in a text as words of its own; both folded. */
static gboolean
names(const char *text, const char *name)
{
    const gsize length = strlen(name);
    if (length == 0)
        return FALSE;
    for (const char *at = text; (at = strstr(at, name)); at = g_utf8_next_char(at)) {
        const char *end = at + length;
        const gboolean inside_before =
            at > text && joined(g_utf8_get_char(g_utf8_prev_char(at)), g_utf8_get_char(at));
        const gboolean inside_after =
            *end && joined(g_utf8_get_char(g_utf8_prev_char(end)), g_utf8_get_char(end));
        if (!inside_before && !inside_after)
            return TRUE;
    }
    return FALSE;
}

static char *
fold_name(const char *name)
{
    g_autofree char *tidy = fg_text_tidy(name);
    return fg_text_fold(tidy, FALSE);
}

static void
add_names(GPtrArray *folded, char *const *list)
{
    for (gsize i = 0; list && list[i]; i++)
        g_ptr_array_add(folded, fold_name(list[i]));
}

/* Every name that is ours, folded. */
static GPtrArray *
our_names(const FgRights *ours)
{
    GPtrArray *folded = g_ptr_array_new_with_free_func(g_free);
    add_names(folded, ours->creators);
    add_names(folded, ours->aliases);
    if (ours->owner)
        g_ptr_array_add(folded, fold_name(ours->owner));
    return folded;
}

static gboolean
names_one_of(const char *text, const GPtrArray *folded, gboolean (*test)(const char *, const char *))
{
    g_autofree char *subject = fold_name(text);
    for (guint i = 0; i < folded->len; i++)
        if (test(subject, g_ptr_array_index(folded, i)))
            return TRUE;
    return FALSE;
}

static gboolean
same(const char *text, const char *name)
{
    return *name && strcmp(text, name) == 0;
}

gboolean
fg_rights_is_foreign(const FgRights *ours, const FgRights *found)
{
    g_autofree char *notice = found->copyright ? normalise(found->copyright) : NULL;
    const gboolean says_something = notice && *notice && strcmp(notice, SIGN " ") != 0;
    const gboolean owned = found->owner && *found->owner;
    g_autoptr(GPtrArray) names_of_ours = our_names(ours);
    if ((!says_something && !owned) || names_of_ours->len == 0)
        return FALSE;
    if (says_something && names_one_of(found->copyright, names_of_ours, names))
        return FALSE;
    if (owned)
        return !names_one_of(found->owner, names_of_ours, same);
    for (gsize i = 0; found->creators && found->creators[i]; i++)
        if (names_one_of(found->creators[i], names_of_ours, same))
            return FALSE;
    return TRUE;
}
