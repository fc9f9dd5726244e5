/* marks.c: fonts and logos are tried before any photo, and what is wrong with one is told where it was named.
 */
#include "publish/publish_private.h"

#include <string.h>

#include "run/run.h"

enum { NEAR_MOST = 3, LISTED_MOST = 8 };

/* The installed fonts whose names are near to one that is not: the likeliest few, or the first of all. */
static char *
fonts_near(FgDrawings *drawings, const char *name, GError **error)
{
    g_auto(GStrv) names = fg_drawings_font_names(drawings, error);
    if (!names)
        return NULL;
    g_autofree char *all = g_strjoinv("|", names);
    g_autoptr(GString) left = g_string_new(all), near = g_string_new(NULL);
    for (guint i = 0; i < NEAR_MOST; i++) {
        g_autofree char *next = fg_nearest(name, left->str);
        if (!next)
            break;
        g_string_append_printf(near, "%s%s", near->len > 0 ? ", " : "", next);
        g_string_replace(left, next, "", 1);
    }
    gboolean none = near->len == 0;
    for (guint i = 0; none && names[i] && i < LISTED_MOST; i++)
        g_string_append_printf(near, "%s%s", i > 0 ? ", " : "", names[i]);
    return g_string_free(g_steal_pointer(&near), FALSE);
}

/* The mark that a message of the drawing processes begins with, or NULL. */
static const FgMarkSpec *
mark_of(const FgProfile *profile, const char *message, const char **rest)
{
    for (guint i = 0; i < profile->marks->len; i++) {
        const FgMarkSpec *spec = profile->marks->pdata[i];
        g_autofree char *head = g_strdup_printf("mark %s: ", spec->name);
        if (g_str_has_prefix(message, head)) {
            *rest = message + strlen(head);
            return spec;
        }
    }
    return NULL;
}

static gboolean
throw_placed(const FgProfile *profile, FgDrawings *drawings, const GError *cause, GError **error)
{
    const char *rest = cause->message;
    const FgMarkSpec *spec = mark_of(profile, cause->message, &rest);
    g_autofree char *path =
        spec ? g_strdup_printf("marks.%s.%s", spec->name, cause->code == FG_ERROR_LOGO ? "logo" : "font")
             : NULL;
    const char *place = path ? fg_profile_place(profile, path) : NULL;
    if (!path)
        return fg_throw(error, (FgErrorCode)cause->code, "%s", cause->message);
    /* A setting of the command line is its own place. */
    gboolean named = place && strstr(place, path);
    g_autofree char *where = !place  ? g_strdup(path)
                             : named ? g_strdup(place)
                                     : g_strdup_printf("%s: %s", place, path);
    if (g_str_has_prefix(rest, "logo ")) /* The file itself was not to be had, whatever is in it. */
        return fg_throw(error, FG_ERROR_PATH, "%s: %s: look at the path", where, rest);
    if (cause->code == FG_ERROR_LOGO || !strstr(rest, "is not installed"))
        return fg_throw(error, (FgErrorCode)cause->code, "%s: %s", where, rest);
    g_autofree char *near = fonts_near(drawings, spec->fonts[0], error);
    if (!near)
        return FALSE;
    return fg_throw(error, (FgErrorCode)cause->code, "%s: the font “%s” is not installed; there are %s",
                    where, spec->fonts[0], near);
}

gboolean
fg_publish_try_marks(const FgProfile *profile, FgDrawings *drawings, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (fg_drawings_check(drawings, &cause))
        return TRUE;
    if (cause->code == FG_ERROR_FONT || cause->code == FG_ERROR_LOGO)
        return throw_placed(profile, drawings, cause, error);
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

gboolean
fg_publish_check_marks(const FgProfile *profile, GError **error)
{
    g_autoptr(FgDrawings) drawings = fg_drawings_new(profile);
    return fg_publish_try_marks(profile, drawings, error);
}
