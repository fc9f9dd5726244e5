/* texts.c: the types of settings that hold text: plain, with fields, in languages, addresses, paths. */
#include <string.h>

#include "profile/profile_private.h"

/* {creator} without quotes is a map in YAML, 38380 a number: says how to write what was meant. */
static gboolean
throw_not_text(const FgRead *at, const FgNode *node, GError **error)
{
    g_autofree char *found = fg_node_describe(node);
    if (node->kind == FG_NODE_MAP && node->keys->len == 1 && fg_node_is_null(node->items->pdata[0])) {
        const FgNode *key = node->keys->pdata[0];
        g_autofree char *field = g_strdup_printf("{%s}", key->text);
        g_autofree char *quoted = fg_show(field);
        return fg_node_throw(node, at->path, error, "expected a text, not a map; quote it: %s", quoted);
    }
    if (node->kind == FG_NODE_SCALAR && !fg_node_is_null(node)) {
        g_autofree char *quoted = fg_show(node->text);
        return fg_node_throw(node, at->path, error, "expected a text, not %s; quote it: %s", found, quoted);
    }
    return fg_node_throw(node, at->path, error, "expected a text, not %s", found);
}

static gboolean
is_text(const FgNode *node)
{
    gint64 integer;
    double number;
    gboolean boolean;
    return node->kind == FG_NODE_SCALAR &&
           (!node->plain ||
            !(fg_scalar_is_null(node->text) || fg_scalar_boolean(node->text, &boolean) ||
              fg_scalar_integer(node->text, &integer) || fg_scalar_number(node->text, &number)));
}

static gboolean
is_control(gunichar c)
{
    return (g_unichar_iscntrl(c) && c != '\n' && c != '\t') || (c & 0xFFFE) == 0xFFFE;
}

char *
fg_text_read(const FgRead *at, const FgNode *node, GError **error)
{
    if (!is_text(node)) {
        throw_not_text(at, node, error);
        return NULL;
    }
    g_autofree char *text = g_strstrip(fg_text_nfc(node->text));
    if (!*text)
        return fg_node_throw(node, at->path, error, "expected a text, not an empty one; leave the key out"),
               NULL;
    for (const char *c = text; *c; c = g_utf8_next_char(c))
        if (is_control(g_utf8_get_char(c)))
            return fg_node_throw(node, at->path, error, "this text holds the control character U+%04X",
                                 g_utf8_get_char(c)),
                   NULL;
    return g_steal_pointer(&text);
}

/* ---- text: a field in braces does nothing here, and that is no surprise to keep for later. ---- */

static gboolean
read_text(const FgRead *at, FgNode *node, void *field, GError **error)
{
    g_autofree char *text = fg_text_read(at, node, error);
    if (!text)
        return FALSE;
    if (g_regex_match_simple("\\{(creator|owner|year|date|title|caption|stem|camera)\\}", text, 0, 0))
        return fg_node_throw(
            node, at->path, error,
            "fields in braces work in rights.copyright, in the texts of marks and in output.name only");
    *(char **)field = g_steal_pointer(&text);
    return TRUE;
}

static char *
print_text(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    const char *text = *(char *const *)field;
    return text ? fg_quote(text) : NULL;
}

const FgType fg_type_text = {.read = read_text, .print = print_text};

/* ---- texts: one, or a list. ---- */

gboolean
fg_texts_read(const FgRead *at, FgNode *node, char ***texts, GError **error)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    guint count = node->kind == FG_NODE_LIST ? node->items->len : 1;
    for (guint i = 0; i < count; i++) {
        g_autofree char *text = NULL;
        if (!read_text(at, node->kind == FG_NODE_LIST ? node->items->pdata[i] : node, &text, error))
            return FALSE;
        g_strv_builder_add(builder, text);
    }
    *texts = g_strv_builder_end(builder);
    return TRUE;
}

char *
fg_texts_print(char *const *texts)
{
    if (!texts)
        return NULL;
    g_autoptr(GString) list = g_string_new("[");
    for (char *const *text = texts; *text; text++) {
        g_autofree char *quoted = fg_quote(*text);
        g_string_append_printf(list, "%s%s", text == texts ? "" : ", ", quoted);
    }
    return g_strdup(g_string_append_c(list, ']')->str);
}

static gboolean
read_texts(const FgRead *at, FgNode *node, void *field, GError **error)
{
    if (!fg_texts_read(at, node, field, error))
        return FALSE;
    char ***texts = field;
    if (!(*texts)[0]) /* an empty list says as much as none */
        g_clear_pointer(texts, g_strfreev);
    return TRUE;
}

static char *
print_texts(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    return fg_texts_print(*(char **const *)field);
}

const FgType fg_type_texts = {.read = read_texts, .print = print_texts};

/* ---- fields: a mark's text; notice: the copyright, which is the same in all sizes of a photo. ---- */

static gboolean
read_fields(const FgRead *at, FgNode *node, void *field, GError **error)
{
    g_autoptr(GError) bad = NULL;
    g_autofree char *text = fg_text_read(at, node, error);
    if (!text)
        return FALSE;
    if (!fg_fields_check(text, &bad))
        return fg_node_throw(node, at->path, error, "%s", bad->message);
    *(char **)field = g_steal_pointer(&text);
    return TRUE;
}

static gboolean
read_notice(const FgRead *at, FgNode *node, void *field, GError **error)
{
    g_autofree char *text = NULL;
    if (!read_fields(at, node, &text, error))
        return FALSE;
    if (g_regex_match_simple("\\{(width|height)\\}", text, 0, 0))
        return fg_node_throw(
            node, at->path, error,
            "a notice is the same in all sizes of a photo, so it can't hold {width} or {height}");
    *(char **)field = g_steal_pointer(&text);
    return TRUE;
}

const FgType fg_type_fields = {.read = read_fields, .print = print_text};
const FgType fg_type_notice = {.read = read_notice, .print = print_text};

static gboolean
read_pattern(const FgRead *at, FgNode *node, void *field, GError **error)
{
    g_autoptr(GError) bad = NULL;
    g_autofree char *text = fg_text_read(at, node, error);
    if (!text)
        return FALSE;
    if (!fg_output_pattern_check(text, &bad))
        return fg_node_throw(node, at->path, error, "%s", bad->message);
    *(char **)field = g_steal_pointer(&text);
    return TRUE;
}

const FgType fg_type_pattern = {.read = read_pattern, .print = print_text};

/* ---- url, email: shapes that a reader of the file can follow. ---- */

static gboolean
has_space(const char *text)
{
    for (; *text; text = g_utf8_next_char(text))
        if (g_unichar_isspace(g_utf8_get_char(text)))
            return TRUE;
    return FALSE;
}

static gboolean
is_url(const char *text)
{
    g_autofree char *scheme = NULL, *host = NULL;
    return !has_space(text) &&
           g_uri_split(text, G_URI_FLAGS_NONE, &scheme, NULL, &host, NULL, NULL, NULL, NULL, NULL) &&
           scheme && (g_ascii_strcasecmp(scheme, "http") == 0 || g_ascii_strcasecmp(scheme, "https") == 0) &&
           host && *host;
}

static gboolean
read_shaped(const FgRead *at, FgNode *node, void *field, gboolean (*is_shaped)(const char *text),
            const char *expected, GError **error)
{
    g_autofree char *text = fg_text_read(at, node, error);
    if (!text)
        return FALSE;
    if (!is_shaped(text)) {
        g_autofree char *shown = fg_show(text);
        return fg_node_throw(node, at->path, error, "expected %s, not %s", expected, shown);
    }
    *(char **)field = g_steal_pointer(&text);
    return TRUE;
}

static gboolean
read_url(const FgRead *at, FgNode *node, void *field, GError **error)
{
    return read_shaped(at, node, field, is_url,
                       N_("an absolute http(s) address, such as https://example.org/rights"), error);
}

const FgType fg_type_url = {.read = read_url, .print = print_text};

static gboolean
is_email(const char *text)
{
    const char *sign = strchr(text, '@');
    const char *dot = sign ? strrchr(sign, '.') : NULL;
    return sign && sign > text && !strchr(sign + 1, '@') && dot && dot > sign + 1 && dot[1] &&
           !has_space(text) && !strpbrk(text, "<>(),;:\\\"[]");
}

static gboolean
read_email(const FgRead *at, FgNode *node, void *field, GError **error)
{
    return read_shaped(at, node, field, is_email, N_("an address for mail, such as jane@example.org"), error);
}

const FgType fg_type_email = {.read = read_email, .print = print_text};

static gboolean
is_name(const char *text)
{
    for (const char *c = text; *c; c = g_utf8_next_char(c))
        if (!g_unichar_isalnum(g_utf8_get_char(c)) && !strchr("-_", *c))
            return FALSE;
    return strlen(text) <= 64;
}

static gboolean
read_name(const FgRead *at, FgNode *node, void *field, GError **error)
{
    return read_shaped(at, node, field, is_name, N_("a name of letters, digits, - and _"), error);
}

const FgType fg_type_name = {.read = read_name, .print = print_text};

/* ---- path, fonts: files are found beside the profile that names them. ---- */

static char *
beside(const FgNode *node, const char *path)
{
    return g_canonicalize_filename(path, node->folder);
}

/* A file or a font may turn out not to be there when it is opened, and then its place is wanted again. */
static void
note_place(const FgRead *at, const FgNode *node)
{
    if (strcmp(node->file, FG_STANDARD) != 0)
        g_hash_table_replace(at->profile->places, g_strdup(at->path),
                             fg_place(node->file, node->line, node->column));
}

static gboolean
read_path(const FgRead *at, FgNode *node, void *field, GError **error)
{
    g_autofree char *text = fg_text_read(at, node, error);
    if (!text)
        return FALSE;
    *(char **)field = beside(node, text);
    note_place(at, node);
    return TRUE;
}

const FgType fg_type_path = {.read = read_path, .print = print_text};

static gboolean
is_font_file(const char *font)
{
    g_autofree char *folded = g_ascii_strdown(font, -1);
    return strchr(font, '/') || g_str_has_suffix(folded, ".ttf") || g_str_has_suffix(folded, ".otf") ||
           g_str_has_suffix(folded, ".ttc");
}

static gboolean
read_fonts(const FgRead *at, FgNode *node, void *field, GError **error)
{
    g_auto(GStrv) fonts = NULL;
    if (!fg_texts_read(at, node, &fonts, error))
        return FALSE;
    if (!fonts[0])
        return fg_node_throw(node, at->path, error, "expected at least one font");
    for (char **font = fonts; *font; font++) {
        if (is_font_file(*font)) {
            char *path = beside(node, *font);
            g_free(*font);
            *font = path;
        }
    }
    *(char ***)field = g_steal_pointer(&fonts);
    note_place(at, node);
    return TRUE;
}

const FgType fg_type_fonts = {.read = read_fonts, .print = print_texts};
