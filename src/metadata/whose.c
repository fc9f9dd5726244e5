/* whose.c: whether a file is somebody else's by its notice and its owner, or by terms that nobody stands for
 * (docs/spec/metadata.md §4.3). A notice is ours when one of our names stands in it. */
#include "metadata/metadata_private.h"

#include <string.h>

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

/* A notice is there that names another, and neither the owner nor a creator beside it is ours. */
static gboolean
notice_is_foreign(const FgRights *found, const GPtrArray *names_of_ours)
{
    g_autofree char *notice = found->copyright ? fg_notice_normal(found->copyright) : NULL;
    const gboolean says_something = notice && *notice && strcmp(notice, FG_COPYRIGHT_SIGN " ") != 0;
    const gboolean owned = found->owner && *found->owner;
    if (!says_something && !owned)
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

/* A foreign notice is told before a foreign creator, whom the whole file names. */
const FgRights *
fg_rights_foreign(const FgRights *ours, const FgRights *found)
{
    g_autoptr(GPtrArray) names_of_ours = our_names(ours);
    if (names_of_ours->len == 0)
        return NULL;
    if (notice_is_foreign(found, names_of_ours))
        return found;
    for (guint i = 0; found->others && i < found->others->len; i++)
        if (notice_is_foreign(found->others->pdata[i], names_of_ours))
            return found->others->pdata[i];
    g_auto(GStrv) creators = fg_rights_foreign_creators(ours, found);
    return creators ? found : NULL;
}

gboolean
fg_rights_is_foreign(const FgRights *ours, const FgRights *found)
{
    return fg_rights_foreign(ours, found) != NULL;
}

/* ---- Terms without a name ---- */

static gboolean
states_text(const GPtrArray *texts, const char *text)
{
    for (guint i = 0; i < texts->len; i++)
        if (strcmp(((const FgLangText *)texts->pdata[i])->text, text) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
states_licensor(const GPtrArray *licensors, const FgLicensor *other)
{
    for (guint i = 0; i < licensors->len; i++) {
        const FgLicensor *ours = licensors->pdata[i];
        if (g_strcmp0(ours->name, other->name) == 0 && g_strcmp0(ours->url, other->url) == 0)
            return TRUE;
    }
    return FALSE;
}

gboolean
fg_rights_has_terms_of_others(const FgRights *ours, const FgRights *found)
{
    if (!fg_rights_name_nobody(found))
        return FALSE;
    if (found->cc_license ||
        (found->web_statement && g_strcmp0(found->web_statement, ours->web_statement) != 0))
        return TRUE;
    for (guint i = 0; i < found->terms->len; i++)
        if (!states_text(ours->terms, ((const FgLangText *)found->terms->pdata[i])->text))
            return TRUE;
    for (guint i = 0; i < found->licensors->len; i++)
        if (!states_licensor(ours->licensors, found->licensors->pdata[i]))
            return TRUE;
    return FALSE;
}
