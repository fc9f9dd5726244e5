#include "pixels/lettering_private.h"

#include <math.h>
#include <string.h>

#define MAX_CHARACTERS 1000

/* Where the walk over a layout stands. */
typedef struct {
    const char *text;
    FgLetteringBuilder *builder;
    double baseline; /* of the first line, in layout px */
    guint line;
    guint cluster; /* of the last glyph, plus one; 0 before the first */
    int key;       /* what made that cluster: glyphs of one key share it */
} Walk;

/* Scripts whose letters touch: a word of them moves as one. */
static gboolean
is_joined(PangoScript script)
{
    switch (script) {
    case PANGO_SCRIPT_ARABIC:
    case PANGO_SCRIPT_SYRIAC:
    case PANGO_SCRIPT_MONGOLIAN:
    case PANGO_SCRIPT_NKO:
    case PANGO_SCRIPT_DEVANAGARI:
    case PANGO_SCRIPT_BENGALI:
    case PANGO_SCRIPT_GURMUKHI:
        return TRUE;
    default:
        return FALSE;
    }
}

/* The byte of the text at which a glyph's letter begins, its marks being part of it; in joined scripts, its
 * word. */
static int
cluster_key(const Walk *walk, const PangoGlyphItem *run, int glyph)
{
    const char *here = walk->text + run->item->offset + run->glyphs->log_clusters[glyph];
    while (here > walk->text && g_unichar_ismark(g_utf8_get_char(here)))
        here = g_utf8_prev_char(here);
    while (here > walk->text && is_joined(run->item->analysis.script)) {
        const char *before = g_utf8_prev_char(here);
        if (g_unichar_isspace(g_utf8_get_char(before)))
            break;
        here = before;
    }
    return (int)(here - walk->text);
}

/* Draws one glyph at a whole pixel, so that no rounding of its own moves it, and adds it at its exact place.
 */
static gboolean
add_glyph(Walk *walk, PangoFont *font, const PangoGlyphInfo *info, double x, double y, GError **error)
{
    PangoRectangle ink;
    pango_font_get_glyph_extents(font, info->glyph, &ink, NULL);
    int pad = fg_lettering_builder_pad(walk->builder);
    int left = PANGO_PIXELS_FLOOR(ink.x) - pad, top = PANGO_PIXELS_FLOOR(ink.y) - pad;
    int width = PANGO_PIXELS_CEIL(ink.x + ink.width) + pad - left;
    int height = PANGO_PIXELS_CEIL(ink.y + ink.height) + pad - top;
    if (width > 8192 || height > 8192 || walk->builder->glyphs->len >= FG_LETTERING_MAX_GLYPHS)
        return fg_throw(error, FG_ERROR_GLYPH, "the text is too large to be drawn");

    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t *cairo = cairo_create(surface);
    PangoGlyphInfo one = *info;
    one.geometry.x_offset = one.geometry.y_offset = 0;
    int log_cluster = 0;
    PangoGlyphString alone = {.num_glyphs = 1, .glyphs = &one, .log_clusters = &log_cluster};
    cairo_move_to(cairo, -left, -top);
    pango_cairo_show_glyph_string(cairo, font, &alone);
    cairo_surface_flush(surface);
    gboolean drawn = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    if (drawn) {
        FgGlyph glyph = {.x = (float)(x + left),
                         .y = (float)(y + top - walk->baseline),
                         .advance = (float)(info->geometry.width / (double)PANGO_SCALE),
                         .width = (guint16)width,
                         .height = (guint16)height,
                         .line = (guint16)walk->line,
                         .cluster = (guint16)(walk->cluster - 1)};
        fg_lettering_builder_add(walk->builder, glyph, cairo_image_surface_get_data(surface),
                                 (gsize)cairo_image_surface_get_stride(surface));
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return drawn || fg_throw(error, FG_ERROR_GLYPH, "a letter can't be drawn");
}

static gboolean
add_run(Walk *walk, const PangoGlyphItem *run, double x, double y, GError **error)
{
    for (int i = 0; i < run->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
        double left = x + info->geometry.x_offset / (double)PANGO_SCALE;
        double base = y + info->geometry.y_offset / (double)PANGO_SCALE;
        x += info->geometry.width / (double)PANGO_SCALE;
        if (info->glyph == PANGO_GLYPH_EMPTY)
            continue;
        PangoRectangle ink;
        pango_font_get_glyph_extents(run->item->analysis.font, info->glyph, &ink, NULL);
        if (ink.width <= 0 || ink.height <= 0)
            continue;
        int key = cluster_key(walk, run, i);
        if (walk->cluster == 0 || key != walk->key) {
            walk->cluster++;
            walk->key = key;
        }
        if (!add_glyph(walk, run->item->analysis.font, info, left, base, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_layout(Walk *walk, PangoLayout *layout, GError **error)
{
    walk->baseline = pango_layout_get_baseline(layout) / (double)PANGO_SCALE;
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    gboolean good = TRUE;
    do {
        const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
        if (!run) { /* the end of a line */
            walk->line++;
            continue;
        }
        PangoRectangle box;
        pango_layout_iter_get_run_extents(at, NULL, &box);
        good = add_run(walk, run, box.x / (double)PANGO_SCALE,
                       pango_layout_iter_get_baseline(at) / (double)PANGO_SCALE, error);
    } while (good && pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    walk->builder->head.n_lines = walk->line;
    walk->builder->head.n_clusters = walk->cluster;
    return good;
}

/* Characters that draw nothing by themselves and need no glyph: joiners, direction marks, variation
 * selectors, spaces. */
static gboolean
needs_glyph(gunichar character)
{
    return g_unichar_isgraph(character) && !g_unichar_iszerowidth(character);
}

/* Names the first character that this font has no glyph for. */
static gboolean
has_all_glyphs(const FgFont *font, PangoLayout *layout, const char *text, const char *name, GError **error)
{
    if (pango_layout_get_unknown_glyphs_count(layout) == 0)
        return TRUE;
    PangoFont *face = pango_font_map_load_font(font->map, font->context, font->description);
    gunichar missing = 0;
    for (const char *at = text; *at && !missing; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (needs_glyph(character) && !(face && pango_font_has_char(face, character)))
            missing = character;
    }
    g_clear_object(&face);
    char shown[7] = "";
    g_unichar_to_utf8(missing, shown);
    if (!missing)
        return fg_throw(error, FG_ERROR_GLYPH, "the font “%s” has no glyphs for “%s”", name, text);
    return fg_throw(error, FG_ERROR_GLYPH, "the font “%s” has no glyph for U+%04X “%s”", name, missing,
                    shown);
}

/* The height of a capital; a text without Latin has the font's ink for H all the same, or else seven tenths
 * of an em. */
static float
cap_height(const FgFont *font, double em)
{
    PangoLayout *layout = fg_font_layout(font, "H");
    PangoRectangle ink;
    pango_layout_get_extents(layout, &ink, NULL);
    double height = ink.height / (double)PANGO_SCALE;
    if (pango_layout_get_unknown_glyphs_count(layout) > 0 || height < 0.2 * em || height > 2 * em)
        height = 0.7 * em;
    g_object_unref(layout);
    return (float)height;
}

/* The text in one font, or FG_ERROR_FONT (there is no such font), or FG_ERROR_GLYPH (it lacks one). */
static GBytes *
set_in(const char *text, const char *name, gboolean bold, double em, GError **error)
{
    g_autoptr(FgFont) font = fg_font_open(name, bold, em, error);
    if (!font)
        return NULL;
    g_autoptr(PangoLayout) layout = fg_font_layout(font, text);
    if (!has_all_glyphs(font, layout, text, name, error))
        return NULL;
    g_autoptr(FgLetteringBuilder) builder = fg_lettering_builder_new(em);
    builder->head.cap_height = cap_height(font, em);
    Walk walk = {.text = text, .builder = builder};
    if (!add_layout(&walk, layout, error))
        return NULL;
    if (builder->right <= builder->left)
        return fg_throw_null(error, FG_ERROR_GLYPH, "the text “%s” has nothing to draw", text);
    return fg_lettering_builder_end(builder);
}

GBytes *
fg_lettering_set(const char *text, const char *const *fonts, gboolean bold, double em, GError **error)
{
    if (!g_utf8_validate(text, -1, NULL) || g_utf8_strlen(text, -1) > MAX_CHARACTERS)
        return fg_throw_null(error, FG_ERROR_GLYPH, "the text is no UTF-8, or longer than %d characters",
                             MAX_CHARACTERS);
    g_autoptr(GError) first = NULL;
    double size = CLAMP(em, 8.0, FG_LETTERING_MAX_EM);
    for (gsize i = 0; fonts && fonts[i]; i++) {
        g_autoptr(GError) here = NULL;
        GBytes *block = set_in(text, fonts[i], bold, size, &here);
        if (block)
            return block;
        /* A font that is there but lacks a glyph says more than one that is missing. */
        if (!first || (first->code == FG_ERROR_FONT && here->code == FG_ERROR_GLYPH)) {
            g_clear_error(&first);
            first = g_steal_pointer(&here);
        }
    }
    if (!first)
        return fg_throw_null(error, FG_ERROR_FONT, "no font is named");
    g_propagate_error(error, g_steal_pointer(&first));
    return NULL;
}
