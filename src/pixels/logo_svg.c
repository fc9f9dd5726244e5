#include "pixels/logo_private.h"

#include <string.h>

/* One element: what it holds and what it draws by reference. */
typedef struct {
    int parent;    /* -1 for the outermost */
    guint64 work;  /* elements drawn by it, itself included; 0: not known yet */
    gboolean open; /* its work is being summed up */
    gboolean gradient;
    GPtrArray *references; /* of char *, ids; NULL for none */
} Element;

typedef struct {
    FgCursor at;
    GArray *elements;     /* of Element */
    GHashTable *ids;      /* char * to index + 1 */
    GPtrArray *style_ids; /* ids that style sheets refer to */
    GArray *open;         /* of int: the elements that are open */
} Reader;

static void
clear_element(void *data)
{
    Element *element = data;
    g_clear_pointer(&element->references, g_ptr_array_unref);
}

static gboolean
is_space(guint8 c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static gboolean
is_name(guint8 c)
{
    return g_ascii_isalnum((char)c) || c == ':' || c == '_' || c == '-' || c == '.' || c >= 128;
}

static void
skip_space(FgCursor *at)
{
    guint8 c;
    FgCursor next = *at;
    while (fg_cursor_u8(&next, &c) && is_space(c))
        *at = next;
}

/* The text up to `end`, and moves past it; NULL when it never comes. */
static char *
until(FgCursor *at, const char *end)
{
    const char *from = (const char *)at->data + at->offset;
    const char *found = g_strstr_len(from, (gssize)fg_cursor_left(at), end);
    if (!found)
        return NULL;
    fg_cursor_skip(at, (guint64)(found - from) + strlen(end));
    return g_strndup(from, (gsize)(found - from));
}

/* A name in lower case without its prefix; "" when there is none. */
static char *
local_name(FgCursor *at)
{
    g_autoptr(GString) name = g_string_new(NULL);
    guint8 c;
    FgCursor next = *at;
    while (fg_cursor_u8(&next, &c) && is_name(c)) {
        *at = next;
        if (c == ':')
            g_string_truncate(name, 0);
        else
            g_string_append_c(name, g_ascii_tolower((char)c));
    }
    return g_strdup(name->str);
}

/* Character references resolved, so that nothing is hidden behind them. */
static char *
plain(const char *value)
{
    static const struct {
        const char *name;
        char character;
    } named[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    GString *out = g_string_new(NULL);
    while (*value) {
        gsize taken = 0;
        if (g_str_has_prefix(value, "&#")) {
            gboolean hex = value[2] == 'x';
            char *end;
            guint64 code = g_ascii_strtoull(value + (hex ? 3 : 2), &end, hex ? 16 : 10);
            if (*end == ';' && code > 0 && code <= 0x10ffff && g_unichar_validate((gunichar)code)) {
                g_string_append_unichar(out, (gunichar)code);
                taken = (gsize)(end + 1 - value);
            }
        }
        for (gsize i = 0; i < G_N_ELEMENTS(named) && !taken; i++)
            if (g_str_has_prefix(value, named[i].name)) {
                g_string_append_c(out, named[i].character);
                taken = strlen(named[i].name);
            }
        if (!taken) {
            g_string_append_c(out, *value);
            taken = 1;
        }
        value += taken;
    }
    return g_string_free(out, FALSE);
}

/* A picture inside the file itself; another SVG there would not be looked at by this guard. */
static gboolean
is_inside_picture(const char *target)
{
    static const char *const kinds[] = {"data:image/png", "data:image/jpeg", "data:image/jpg",
                                        "data:image/gif", "data:image/webp"};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_ascii_strncasecmp(target, kinds[i], strlen(kinds[i])) == 0)
            return TRUE;
    return FALSE;
}

/* Takes note of a reference to an id of this file; refuses one to anywhere else. */
static gboolean
refer(GPtrArray *references, const char *target, GError **error)
{
    while (is_space((guint8)*target))
        target++;
    if (*target == '#') {
        g_ptr_array_add(references, g_strdup(target + 1));
        return TRUE;
    }
    if (is_inside_picture(target))
        return TRUE;
    g_autofree char *shown = fg_text_printable(target);
    g_autofree char *cut = fg_text_cut(shown, 60);
    return fg_throw(error, FG_ERROR_LOGO, "the SVG refers to “%s”, outside itself", cut);
}

/* All url(...) of a style or an attribute. */
static gboolean
refer_urls(GPtrArray *references, const char *style, GError **error)
{
    g_autofree char *lower = g_ascii_strdown(style, -1);
    if (strstr(lower, "@import"))
        return fg_throw(error, FG_ERROR_LOGO, "the SVG imports a style sheet");
    for (const char *at = lower; (at = strstr(at, "url(")); at++) {
        const char *from = style + (at - lower) + strlen("url(");
        while (is_space((guint8)*from) || *from == '"' || *from == '\'')
            from++;
        g_autofree char *target = g_strndup(from, strcspn(from, ")\"'"));
        g_strchomp(target);
        if (!refer(references, target, error))
            return FALSE;
    }
    return TRUE;
}

static GPtrArray *
references_of(Reader *reader, int index)
{
    Element *element = &g_array_index(reader->elements, Element, index);
    if (!element->references)
        element->references = g_ptr_array_new_with_free_func(g_free);
    return element->references;
}

static gboolean
take_attribute(Reader *reader, int index, const char *name, const char *value, GError **error)
{
    if (g_str_has_prefix(name, "on"))
        return fg_throw(error, FG_ERROR_LOGO, "the SVG has the event handler “%s”", name);
    if (strcmp(name, "base") == 0)
        return fg_throw(error, FG_ERROR_LOGO, "the SVG sets a base for its references");
    if (strcmp(name, "id") == 0) {
        g_hash_table_replace(reader->ids, g_strdup(value), GINT_TO_POINTER(index + 1));
        return TRUE;
    }
    if (strcmp(name, "href") == 0 || strcmp(name, "src") == 0)
        return refer(references_of(reader, index), value, error);
    if (strcmp(name, "style") == 0 && strchr(value, '\\'))
        return fg_throw(error, FG_ERROR_LOGO, "the SVG has escapes in its styles");
    if (!strchr(value, '('))
        return TRUE;
    return refer_urls(references_of(reader, index), value, error);
}

static gboolean
take_attributes(Reader *reader, int index, gboolean *empty, GError **error)
{
    FgCursor *at = &reader->at;
    for (;;) {
        skip_space(at);
        *empty = fg_cursor_match(at, "/>", 2);
        if (*empty || fg_cursor_match(at, ">", 1))
            return TRUE;
        g_autofree char *name = local_name(at);
        skip_space(at);
        gboolean equals = *name && fg_cursor_match(at, "=", 1);
        skip_space(at);
        const char *quote = fg_cursor_match(at, "\"", 1) ? "\"" : fg_cursor_match(at, "'", 1) ? "'" : NULL;
        g_autofree char *raw = equals && quote ? until(at, quote) : NULL;
        if (!raw)
            return fg_throw(error, FG_ERROR_LOGO, "the SVG is no well-formed XML");
        g_autofree char *value = plain(raw);
        if (!take_attribute(reader, index, name, value, error))
            return FALSE;
    }
}

static gboolean
is_forbidden(const char *element)
{
    static const char *const names[] = {"script",  "foreignobject", "iframe",       "include",
                                        "handler", "listener",      "audio",        "video",
                                        "object",  "embed",         "font-face-uri"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(element, names[i]) == 0)
            return TRUE;
    return FALSE;
}

/* The text of a style element and its end tag. What an XML reader would take for the end must be what this
 * one does. */
static gboolean
take_style(Reader *reader, GError **error)
{
    g_autofree char *raw = until(&reader->at, "</");
    g_autofree char *end = raw ? local_name(&reader->at) : NULL;
    g_autofree char *rest = raw ? until(&reader->at, ">") : NULL;
    gboolean whole = rest && strcmp(end, "style") == 0 && !*g_strstrip(rest) && !strstr(raw, "<!--") &&
                     !strstr(raw, "<?") && (!strstr(raw, "<![CDATA[") || strstr(raw, "]]>"));
    if (!whole)
        return fg_throw(error, FG_ERROR_LOGO, "a style sheet of the SVG can't be read");
    g_autofree char *style = plain(raw);
    if (strchr(style, '\\'))
        return fg_throw(error, FG_ERROR_LOGO, "the SVG has escapes in its styles");
    return refer_urls(reader->style_ids, style, error);
}

static gboolean
take_element(Reader *reader, GError **error)
{
    g_autofree char *name = local_name(&reader->at);
    if (!*name)
        return fg_throw(error, FG_ERROR_LOGO, "the SVG is no well-formed XML");
    if (is_forbidden(name))
        return fg_throw(error, FG_ERROR_LOGO, "the SVG holds a “%s” element", name);
    if (reader->elements->len >= FG_SVG_MAX_ELEMENTS || reader->open->len >= FG_SVG_MAX_DEPTH)
        return fg_throw(error, FG_ERROR_LOGO, "the SVG has more than %d elements, or nests deeper than %d",
                        FG_SVG_MAX_ELEMENTS, FG_SVG_MAX_DEPTH);
    int index = (int)reader->elements->len;
    Element element = {.parent =
                           reader->open->len ? g_array_index(reader->open, int, reader->open->len - 1) : -1,
                       .gradient = g_str_has_suffix(name, "gradient")};
    g_array_append_val(reader->elements, element);
    gboolean empty;
    if (!take_attributes(reader, index, &empty, error))
        return FALSE;
    if (empty)
        return TRUE;
    if (strcmp(name, "style") == 0)
        return take_style(reader, error);
    g_array_append_val(reader->open, index);
    return TRUE;
}

/* What follows a '<'. */
static gboolean
take_tag(Reader *reader, GError **error)
{
    FgCursor *at = &reader->at;
    g_autofree char *passed = NULL;
    if (fg_cursor_match(at, "!--", 3))
        passed = until(at, "-->");
    else if (fg_cursor_match(at, "![CDATA[", 8))
        passed = until(at, "]]>");
    else if (fg_cursor_match(at, "?xml-", 5))
        return fg_throw(error, FG_ERROR_LOGO, "the SVG names a style sheet outside itself");
    else if (fg_cursor_match(at, "?", 1))
        passed = until(at, "?>");
    else if (fg_cursor_match(at, "!", 1))
        return fg_throw(error, FG_ERROR_LOGO, "the SVG has a document type; remove its DOCTYPE line");
    else if (fg_cursor_match(at, "/", 1)) {
        passed = until(at, ">");
        if (reader->open->len == 0)
            return fg_throw(error, FG_ERROR_LOGO, "the SVG is no well-formed XML");
        g_array_set_size(reader->open, reader->open->len - 1);
    } else {
        return take_element(reader, error);
    }
    return passed || fg_throw(error, FG_ERROR_LOGO, "the SVG is no well-formed XML");
}

/* Sums up what an element draws: itself, its children, and the targets of its references, each as often as it
 * is referred to. A circle, which the renderer would break, counts as too much, and so does a chain that is
 * deeper than any logo's. */
static guint64
work_of(Reader *reader, int index, const int *first_child, const int *next_sibling, int depth)
{
    Element *element = &g_array_index(reader->elements, Element, index);
    if (element->work)
        return element->work;
    if (element->open || depth > 4 * FG_SVG_MAX_DEPTH)
        return FG_SVG_MAX_WORK + 1;
    element->open = TRUE;
    guint64 work = 1;
    for (int child = first_child[index]; child >= 0 && work <= FG_SVG_MAX_WORK; child = next_sibling[child])
        work += work_of(reader, child, first_child, next_sibling, depth + 1);
    for (guint i = 0; element->references && i < element->references->len && work <= FG_SVG_MAX_WORK; i++) {
        int target = GPOINTER_TO_INT(g_hash_table_lookup(reader->ids, element->references->pdata[i]));
        if (target > 0)
            work += work_of(reader, target - 1, first_child, next_sibling, depth + 1);
    }
    element->open = FALSE;
    return element->work = work;
}

static gboolean
check_work(Reader *reader, GError **error)
{
    gsize count = reader->elements->len;
    g_autofree int *first_child = g_new(int, count), *next_sibling = g_new(int, count);
    memset(first_child, 0xff, count * sizeof(int)); /* -1 */
    for (gsize i = count; i-- > 0;) {
        int parent = g_array_index(reader->elements, Element, i).parent;
        next_sibling[i] = parent >= 0 ? first_child[parent] : -1;
        if (parent >= 0)
            first_child[parent] = (int)i;
    }
    for (gsize i = 0; i < count; i++)
        if (work_of(reader, (int)i, first_child, next_sibling, 0) > FG_SVG_MAX_WORK)
            return fg_throw(error, FG_ERROR_LOGO,
                            "the SVG draws more than %d elements by reference, or in a circle",
                            FG_SVG_MAX_WORK);
    /* Whom a style sheet applies to is not known here, so it may only name what is cheap. */
    for (guint i = 0; i < reader->style_ids->len; i++) {
        int target = GPOINTER_TO_INT(g_hash_table_lookup(reader->ids, reader->style_ids->pdata[i]));
        if (target > 0 && !g_array_index(reader->elements, Element, target - 1).gradient)
            return fg_throw(error, FG_ERROR_LOGO,
                            "a style sheet of the SVG refers to something else than a gradient");
    }
    return TRUE;
}

static gboolean
read_all(Reader *reader, GError **error)
{
    while (fg_cursor_left(&reader->at) > 0) {
        g_autofree char *text = until(&reader->at, "<");
        if (!text)
            break; /* only text is left */
        if (!take_tag(reader, error))
            return FALSE;
    }
    if (reader->elements->len == 0 || reader->open->len > 0)
        return fg_throw(error, FG_ERROR_LOGO, "the SVG is cut short");
    return check_work(reader, error);
}

/* librsvg would follow another encoding than the one that was looked at. */
static gboolean
is_utf8(const char *text, gsize length)
{
    if (!g_utf8_validate(text, (gssize)length, NULL))
        return FALSE;
    gboolean declared = length > 5 && memcmp(text, "<?xml", 5) == 0;
    const char *end = declared ? g_strstr_len(text, (gssize)length, "?>") : NULL;
    g_autofree char *declaration = end ? g_ascii_strdown(text, end - text) : NULL;
    if (!declaration || !strstr(declaration, "encoding"))
        return TRUE;
    return strstr(declaration, "utf-8") || strstr(declaration, "utf8") || strstr(declaration, "us-ascii");
}

gboolean
fg_svg_check(GBytes *file, GError **error)
{
    gsize length;
    const char *text = g_bytes_get_data(file, &length);
    if (length > FG_SVG_MAX_BYTES)
        return fg_throw(error, FG_ERROR_LOGO, "the SVG has more than 4 MB");
    if (!is_utf8(text, length))
        return fg_throw(error, FG_ERROR_LOGO, "the SVG is not in UTF-8 (a compressed one must be unpacked)");
    Reader reader = {.at = fg_cursor(text, length, FG_BIG_ENDIAN),
                     .elements = g_array_new(FALSE, FALSE, sizeof(Element)),
                     .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                     .style_ids = g_ptr_array_new_with_free_func(g_free),
                     .open = g_array_new(FALSE, FALSE, sizeof(int))};
    g_array_set_clear_func(reader.elements, clear_element);
    gboolean good = read_all(&reader, error);
    g_array_unref(reader.elements);
    g_hash_table_unref(reader.ids);
    g_ptr_array_unref(reader.style_ids);
    g_array_unref(reader.open);
    return good;
}
