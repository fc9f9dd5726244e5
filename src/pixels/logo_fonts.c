/* logo_fonts.c: whether the fonts are there in which an SVG sets text; another's letters would be no logo. */
#include "pixels/logo_private.h"

#include <string.h>

#include <fontconfig/fontconfig.h>

/* An open element: in which fonts text in it is set (NULL: none were named), and whether it is text. */
typedef struct {
    char *families;
    gboolean text, style;
} Level;

typedef struct {
    GArray *levels;    /* of Level */
    GPtrArray *wanted; /* of char *, lists of families, each once */
    GString *styles;   /* style sheets */
    gboolean has_text;
} Scan;

static void
level_clear(void *data)
{
    g_free(((Level *)data)->families);
}

/* The value of a property in a style, up to its semicolon or brace; NULL when it is not there. The caller
 * frees. */
static char *
property_of(const char *style, const char *name, const char **rest)
{
    const gsize length = strlen(name);
    for (const char *at = style; (at = strstr(at, name)); at += length) {
        const char *value = at + length;
        value += strspn(value, " \t\r\n");
        gboolean begins = at == style || !(g_ascii_isalnum(at[-1]) || at[-1] == '-');
        if (!begins || *value != ':')
            continue;
        *rest = value;
        return g_strstrip(g_strndup(value + 1, strcspn(value + 1, ";}")));
    }
    return NULL;
}

/* The families of `font`, which stand behind the size (CSS Fonts 3, 3.7). Takes the value. */
static char *
families_of_font(char *taken)
{
    g_autofree char *font = taken;
    for (char *at = font; at && *at; at = strchr(at, ' ')) {
        at += strspn(at, " ");
        if (g_ascii_isdigit(*at) || *at == '.') {
            const char *end = strchr(at, ' ');
            return end ? g_strstrip(g_strdup(end)) : NULL;
        }
    }
    return NULL;
}

static char *
families_of_style(const char *style, const char **rest)
{
    char *families = property_of(style, "font-family", rest);
    char *font = families ? NULL : property_of(style, "font", rest);
    return font ? families_of_font(font) : families;
}

static const char *
local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void
begin(GMarkupParseContext *context G_GNUC_UNUSED, const char *element, const char **names,
      const char **values, gpointer data, GError **error G_GNUC_UNUSED)
{
    Scan *scan = data;
    const Level *outer =
        scan->levels->len > 0 ? &g_array_index(scan->levels, Level, scan->levels->len - 1) : NULL;
    const char *name = local(element), *rest;
    Level level = {.families = g_strdup(outer ? outer->families : NULL),
                   .text = g_str_equal(name, "text") || (outer && outer->text),
                   .style = g_str_equal(name, "style")};
    for (int styled = 0; styled <= 1; styled++) /* A style goes before an attribute. */
        for (guint i = 0; names[i]; i++) {
            char *families = !styled && g_str_equal(names[i], "font-family") ? g_strdup(values[i])
                             : styled && g_str_equal(names[i], "style") ? families_of_style(values[i], &rest)
                                                                        : NULL;
            if (!families)
                continue;
            g_free(level.families);
            level.families = families;
        }
    g_array_append_val(scan->levels, level);
}

static void
end(GMarkupParseContext *context G_GNUC_UNUSED, const char *element G_GNUC_UNUSED, gpointer data,
    GError **error G_GNUC_UNUSED)
{
    Scan *scan = data;
    g_array_set_size(scan->levels, scan->levels->len - 1);
}

static void
want(Scan *scan, const char *families)
{
    if (families && !g_ptr_array_find_with_equal_func(scan->wanted, families, g_str_equal, NULL))
        g_ptr_array_add(scan->wanted, g_strdup(families));
}

static void
take_text(GMarkupParseContext *context G_GNUC_UNUSED, const char *text, gsize length, gpointer data,
          GError **error G_GNUC_UNUSED)
{
    Scan *scan = data;
    if (scan->levels->len == 0)
        return;
    const Level *level = &g_array_index(scan->levels, Level, scan->levels->len - 1);
    if (level->style)
        g_string_append_len(scan->styles, text, (gssize)length);
    if (!level->text || strspn(text, " \t\r\n") >= length)
        return;
    scan->has_text = TRUE;
    want(scan, level->families);
}

/* Comments and CDATA; the latter is text. */
static void
take_other(GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
    static const char begins[] = "<![CDATA[";
    const gsize before = strlen(begins), after = strlen("]]>");
    if (length < before + after || strncmp(text, begins, before) != 0)
        return;
    g_autofree char *inside = g_strndup(text + before, length - before - after);
    take_text(context, inside, strlen(inside), data, error);
}

static gboolean
is_there(const char *family)
{
    static const char *const generic[] = {"serif",   "sans-serif", "sans",    "monospace", "cursive",
                                          "fantasy", "system-ui",  "inherit", NULL};
    g_autofree char *lower = g_ascii_strdown(family, -1);
    if (g_strv_contains(generic, lower))
        return TRUE;
    FcPattern *pattern = FcPatternCreate();
    FcObjectSet *nothing = FcObjectSetBuild(FC_FAMILY, (char *)NULL);
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcFontSet *found = FcFontList(NULL, pattern, nothing);
    gboolean any = found && found->nfont > 0;
    if (found)
        FcFontSetDestroy(found);
    FcObjectSetDestroy(nothing);
    FcPatternDestroy(pattern);
    return any;
}

/* One of a list is enough. */
static gboolean
check_families(const char *families, GError **error)
{
    g_auto(GStrv) list = g_strsplit(families, ",", 32);
    const char *first = NULL;
    for (char **family = list; *family; family++) {
        char *name = g_strstrip(*family);
        const gsize length = strlen(name);
        if (length >= 2 && (*name == '"' || *name == '\'') && name[length - 1] == *name) {
            name[length - 1] = '\0';
            name++;
        }
        if (!*name)
            continue;
        if (is_there(name))
            return TRUE;
        first = first ? first : name;
    }
    if (!first)
        return TRUE;
    g_autofree char *shown = fg_text_printable(first);
    return fg_throw(
        error, FG_ERROR_LOGO,
        "the SVG has text in the font “%s”, which is not installed: install it, or turn the text into paths",
        shown);
}

/* To whom a style sheet applies is not known here: where there is text, each of its fonts must be. */
static void
want_of_styles(Scan *scan)
{
    const char *at = scan->styles->str, *rest = NULL;
    for (char *families; scan->has_text && (families = families_of_style(at, &rest)); at = rest) {
        want(scan, families);
        g_free(families);
    }
}

gboolean
fg_svg_check_fonts(GBytes *file, GError **error)
{
    static const GMarkupParser parser = {begin, end, take_text, take_other, NULL};
    gsize length;
    const char *text = g_bytes_get_data(file, &length);
    g_autoptr(GPtrArray) wanted = g_ptr_array_new_with_free_func(g_free);
    Scan scan = {
        .levels = g_array_new(FALSE, FALSE, sizeof(Level)), .wanted = wanted, .styles = g_string_new(NULL)};
    g_array_set_clear_func(scan.levels, level_clear);
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&parser, G_MARKUP_DEFAULT_FLAGS, &scan, NULL);
    /* What GLib can't read, librsvg may; then what was read until there counts. */
    g_markup_parse_context_parse(context, text, (gssize)length, NULL);
    want_of_styles(&scan);
    g_array_unref(scan.levels);
    g_string_free(scan.styles, TRUE);
    for (guint i = 0; i < wanted->len; i++)
        if (!check_families(wanted->pdata[i], error))
            return FALSE;
    return TRUE;
}
