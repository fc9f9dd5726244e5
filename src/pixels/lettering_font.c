#include "pixels/lettering_private.h"
#include "pixels/pixels_private.h"

#include <string.h>

static gboolean
is_file(const char *name)
{
    static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc"};
    if (strchr(name, '/'))
        return TRUE;
    g_autofree char *lower = g_ascii_strdown(name, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(lower, endings[i]))
            return TRUE;
    return FALSE;
}

/* A configuration that knows one file only, so that an installed font of the same name can't take its place.
 */
static FcConfig *
lone_file(const char *path, char **family, GError **error)
{
    FcConfig *config = FcConfigCreate();
    FcFontSet *fonts = NULL;
    if (config && g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
        FcConfigAppFontAddFile(config, (const FcChar8 *)path))
        fonts = FcConfigGetFonts(config, FcSetApplication);
    FcChar8 *name = NULL;
    if (fonts && fonts->nfont > 0 &&
        FcPatternGetString(fonts->fonts[0], FC_FAMILY, 0, &name) == FcResultMatch) {
        *family = g_strdup((const char *)name);
        return config;
    }
    if (config)
        FcConfigDestroy(config);
    return fg_throw_null(error, FG_ERROR_FONT, "there is no font in the file “%s”", path);
}

/* Families that stand for whatever the system calls so. */
static gboolean
is_generic(const char *family)
{
    static const char *const generic[] = {"sans", "sans-serif", "serif", "monospace", "mono", "system-ui"};
    for (gsize i = 0; i < G_N_ELEMENTS(generic); i++)
        if (g_ascii_strcasecmp(family, generic[i]) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
is_installed(const char *family)
{
    FcPattern *pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcObjectSet *wanted = FcObjectSetBuild(FC_FAMILY, (char *)NULL);
    FcFontSet *found = FcFontList(NULL, pattern, wanted);
    gboolean any = found && found->nfont > 0;
    if (found)
        FcFontSetDestroy(found);
    FcObjectSetDestroy(wanted);
    FcPatternDestroy(pattern);
    return any || is_generic(family);
}

/* The whole name as a family first, since "Source Sans 3" is no size; then as a family with a style. */
static PangoFontDescription *
describe_installed(const char *name, GError **error)
{
    g_autoptr(PangoFontDescription) whole = pango_font_description_new();
    pango_font_description_set_family(whole, name);
    if (is_installed(name))
        return g_steal_pointer(&whole);
    g_autoptr(PangoFontDescription) styled = pango_font_description_from_string(name);
    const char *family = pango_font_description_get_family(styled);
    if (family && is_installed(family))
        return g_steal_pointer(&styled);
    return fg_throw_null(error, FG_ERROR_FONT, "the font “%s” is not installed", name);
}

/* Coverage must not depend on the machine's display settings: no hinting, grey antialiasing, glyphs at
 * fractions of a pixel. */
static void
settle(PangoContext *context)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    pango_context_set_language(context, pango_language_from_string("en"));
}

FgFont *
fg_font_open(const char *name, gboolean bold, double em, GError **error)
{
    g_autoptr(FgFont) font = g_new0(FgFont, 1);
    if (is_file(name)) {
        g_autofree char *family = NULL;
        FcConfig *lone = lone_file(name, &family, error);
        if (!lone)
            return NULL;
        font->restored = FcConfigReference(NULL);
        FcConfigSetCurrent(lone);
        FcConfigDestroy(lone); /* The current one is held by fontconfig. */
        font->description = pango_font_description_new();
        pango_font_description_set_family(font->description, family);
    } else {
        font->description = describe_installed(name, error);
        if (!font->description)
            return NULL;
    }
    if (bold)
        pango_font_description_set_weight(font->description, PANGO_WEIGHT_BOLD);
    pango_font_description_set_absolute_size(font->description, em * PANGO_SCALE);
    font->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!font->map)
        return fg_throw_null(error, FG_ERROR_FONT, "this Pango can't draw FreeType fonts");
    font->context = pango_font_map_create_context(font->map);
    settle(font->context);
    return g_steal_pointer(&font);
}

void
fg_font_close(FgFont *font)
{
    if (!font)
        return;
    g_clear_object(&font->context);
    g_clear_object(&font->map);
    g_clear_pointer(&font->description, pango_font_description_free);
    if (font->restored) {
        FcConfigSetCurrent(font->restored);
        FcConfigDestroy(font->restored);
    }
    g_free(font);
}

PangoLayout *
fg_font_layout(const FgFont *font, const char *text)
{
    PangoLayout *layout = pango_layout_new(font->context);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_font_description(layout, font->description);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

const char *
fg_pango_version(void)
{
    return pango_version_string();
}

const char *
fg_cairo_version(void)
{
    return cairo_version_string();
}
