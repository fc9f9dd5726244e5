#include "run/run_private.h"

/* What fonts there are is asked of the typesetter, which has them open: fontconfig crashes when it gets no
 * memory, and the parent must not. */

#define LOOKING_SECONDS 60 /* for the first time on a machine, when every font is read */

/* ---- In the typesetter ---- */

/* The fonts of marks with a text; marks often share theirs: each list stands here once. */
static GPtrArray *
font_lists(const FgProfile *profile)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *lists = g_ptr_array_new();
    for (guint i = 0; i < profile->marks->len; i++) {
        const FgMarkSpec *spec = profile->marks->pdata[i];
        if (spec->text && spec->fonts && g_hash_table_add(known, g_strjoinv("\n", spec->fonts)))
            g_ptr_array_add(lists, spec->fonts);
    }
    return lists;
}

GVariant *
fg_fonts_identify(const FgProfile *profile)
{
    g_autoptr(GPtrArray) lists = font_lists(profile);
    GVariantBuilder identities;
    g_variant_builder_init(&identities, G_VARIANT_TYPE("as"));
    for (guint i = 0; i < lists->len; i++) {
        g_autofree char *identity = fg_fonts_identity(lists->pdata[i]);
        g_variant_builder_add(&identities, "s", identity);
    }
    return g_variant_builder_end(&identities);
}

GVariant *
fg_fonts_name_all(void)
{
    g_auto(GStrv) names = fg_fonts_names();
    GVariantBuilder sound; /* a name may be in any encoding */
    g_variant_builder_init(&sound, G_VARIANT_TYPE("as"));
    for (char **name = names; *name; name++)
        if (g_utf8_validate(*name, -1, NULL))
            g_variant_builder_add(&sound, "s", *name);
    return g_variant_builder_end(&sound);
}

/* ---- In the parent ---- */

static char **
ask(FgDrawings *drawings, const char *about, GError **error)
{
    g_auto(FgPayload) answer = {0};
    g_autoptr(GError) cause = NULL;
    char **words = NULL;
    if (fg_drawings_ask(drawings, g_variant_new_string(about), LOOKING_SECONDS, &answer, &cause))
        g_variant_get(answer.header, "(^as)", &words);
    else if (cause->code == FG_ERROR_WORKER)
        fg_throw(error, FG_ERROR_MEMORY, "the fonts can't be looked up: %s", cause->message);
    else
        g_propagate_error(error, g_steal_pointer(&cause));
    return words;
}

char **
fg_drawings_font_identities(FgDrawings *drawings, GError **error)
{
    g_autoptr(GPtrArray) lists = font_lists(fg_drawings_profile(drawings));
    return lists->len > 0 ? ask(drawings, FG_ASKS_IDENTITIES, error) : g_new0(char *, 1);
}

char **
fg_drawings_font_names(FgDrawings *drawings, GError **error)
{
    return ask(drawings, FG_ASKS_NAMES, error);
}
