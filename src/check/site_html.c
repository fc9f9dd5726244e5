/* site_html.c: finds tags and their attributes in whatever bytes are there (WHATWG HTML §13.2.5, without the
 * tree). */
#include "check/site_private.h"

#include <string.h>

typedef struct {
    FgCursor at;
    guint line;
    FgSiteListener listener;
    gpointer data;
    char *base;
} Scan;

typedef struct {
    char *name; /* in lower case */
    char *src, *srcset, *poster, *style, *type, *href;
    guint line;                                   /* where the tag begins */
    guint at_src, at_srcset, at_poster, at_style; /* lines of the attributes */
} Tag;

static void
tag_clear(Tag *tag)
{
    char *const texts[] = {tag->name, tag->src, tag->srcset, tag->poster, tag->style, tag->type, tag->href};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tag, tag_clear)

static gboolean
next_byte(Scan *scan, char *byte)
{
    guint8 value;
    if (!fg_cursor_u8(&scan->at, &value))
        return FALSE;
    *byte = (char)value;
    scan->line += value == '\n' ? 1 : 0;
    return TRUE;
}

/* The next byte, which stays; NUL at the end. */
static char
peek(const Scan *scan)
{
    FgCursor ahead = scan->at;
    guint8 byte = 0;
    fg_cursor_u8(&ahead, &byte);
    return (char)byte;
}

static void
skip_blanks(Scan *scan)
{
    char byte;
    while (g_ascii_isspace(peek(scan)))
        next_byte(scan, &byte);
}

/* Moves past the next `end`, or to the end of the page. */
static void
skip_past(Scan *scan, const char *end)
{
    char byte;
    while (!fg_cursor_match(&scan->at, end, strlen(end)) && next_byte(scan, &byte))
        ;
}

/* ---- Texts ---- */

static gunichar
named_entity(const char *name, gsize length)
{
    static const struct {
        const char *name;
        gunichar c;
    } names[] = {{"amp", '&'},   {"lt", '<'},  {"gt", '>'},   {"quot", '"'},
                 {"apos", '\''}, {"sol", '/'}, {"nbsp", 0xa0}};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (strlen(names[i].name) == length && strncmp(names[i].name, name, length) == 0)
            return names[i].c;
    return 0;
}

/* What an address can hold of entities: numbers and the few names that such texts are escaped with. */
static char *
resolve_entities(const char *text)
{
    GString *plain = g_string_new(NULL);
    for (const char *at = text; *at; at++) {
        const char *end = *at == '&' ? strchr(at, ';') : NULL;
        gsize length = end ? (gsize)(end - at) - 1 : 0;
        gunichar c = 0;
        if (end && at[1] == '#' && length < 10)
            c = (gunichar)g_ascii_strtoull(at + (g_ascii_tolower(at[2]) == 'x' ? 3 : 2), NULL,
                                           g_ascii_tolower(at[2]) == 'x' ? 16 : 10);
        else if (end)
            c = named_entity(at + 1, length);
        if (c != 0 && g_unichar_validate(c)) {
            g_string_append_unichar(plain, c);
            at = end;
        } else {
            g_string_append_c(plain, *at);
        }
    }
    return g_string_free(plain, FALSE);
}

/* ---- Tags ---- */

static char *
take_name(Scan *scan)
{
    GString *name = g_string_new(NULL);
    char byte;
    while (peek(scan) && !g_ascii_isspace(peek(scan)) && !strchr("/>=", peek(scan)) && next_byte(scan, &byte))
        g_string_append_c(name, g_ascii_tolower(byte));
    return g_string_free(name, FALSE);
}

static char *
take_value(Scan *scan)
{
    g_autoptr(GString) value = g_string_new(NULL);
    char byte = 0, quote = peek(scan);
    if (quote == '"' || quote == '\'')
        next_byte(scan, &byte);
    else
        quote = '\0';
    while (fg_cursor_left(&scan->at) > 0) {
        if (!quote && (g_ascii_isspace(peek(scan)) || peek(scan) == '>'))
            break;
        next_byte(scan, &byte);
        if (quote && byte == quote)
            break;
        if (byte)
            g_string_append_c(value, byte);
    }
    return resolve_entities(value->str);
}

/* The first attribute of a name counts. */
static void
keep_attribute(Tag *tag, const char *name, char **value, guint line)
{
    const struct {
        const char *name;
        char **value;
        guint *line;
    } wanted[] = {
        {"src", &tag->src, &tag->at_src},
        {"srcset", &tag->srcset, &tag->at_srcset},
        {"imagesrcset", &tag->srcset, &tag->at_srcset},
        {"poster", &tag->poster, &tag->at_poster},
        {"style", &tag->style, &tag->at_style},
        {"type", &tag->type, NULL},
        {"href", &tag->href, NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (strcmp(wanted[i].name, name) == 0 && !*wanted[i].value) {
            *wanted[i].value = g_steal_pointer(value);
            if (wanted[i].line)
                *wanted[i].line = line;
            return;
        }
}

/* From behind the "<" on. */
static void
take_tag(Scan *scan, Tag *tag)
{
    char byte;
    tag->line = scan->line;
    tag->name = take_name(scan);
    while (fg_cursor_left(&scan->at) > 0) {
        skip_blanks(scan);
        if (fg_cursor_match(&scan->at, ">", 1))
            return;
        guint line = scan->line;
        g_autofree char *name = take_name(scan), *value = NULL;
        skip_blanks(scan);
        if (*name && fg_cursor_match(&scan->at, "=", 1)) {
            skip_blanks(scan);
            value = take_value(scan);
            keep_attribute(tag, name, &value, line);
        } else if (!*name) {
            next_byte(scan, &byte); /* A slash, or an equals sign that belongs to nothing. */
        }
    }
}

/* Everything up to the end tag of this name, as it is written. */
static FgCursor
take_raw(Scan *scan, const char *name, guint *line)
{
    *line = scan->line;
    FgCursor start = scan->at, raw = start;
    gsize size = strlen(name);
    char byte;
    for (;;) {
        FgCursor ahead = scan->at, word;
        gsize length = scan->at.offset - start.offset;
        gboolean ends = fg_cursor_match(&ahead, "</", 2) && fg_cursor_take(&ahead, size, &word) &&
                        g_ascii_strncasecmp((const char *)word.data, name, size) == 0;
        if (ends || !next_byte(scan, &byte)) {
            fg_cursor_take(&start, length, &raw);
            return raw;
        }
    }
}

static gboolean
is_one_of(const char *name, const char *const *names)
{
    return g_strv_contains(names, name);
}

static void
tell_tag(Scan *scan, const Tag *tag)
{
    static const char *const pictures[] = {"img", "input", NULL};
    static const char *const others[] = {"source", "embed", "object", "video", NULL};
    if (tag->src && is_one_of(tag->name, pictures))
        scan->listener(tag->src, FG_NAMED_PICTURE, tag->at_src, scan->data);
    else if (tag->src && is_one_of(tag->name, others))
        scan->listener(tag->src, FG_NAMED_FILE, tag->at_src, scan->data);
    if (tag->srcset)
        fg_site_scan_srcset(tag->srcset, tag->at_srcset, scan->listener, scan->data);
    if (tag->poster)
        scan->listener(tag->poster, FG_NAMED_PICTURE, tag->at_poster, scan->data);
    if (tag->style)
        fg_site_scan_css(tag->style, strlen(tag->style), tag->at_style, scan->listener, scan->data);
    if (tag->href && !scan->base && strcmp(tag->name, "base") == 0)
        scan->base = g_strdup(tag->href);
}

/* What stands between these tags is no HTML. */
static void
take_content(Scan *scan, const Tag *tag)
{
    static const char *const raw[] = {"script", "style", "textarea", "title", "xmp", NULL};
    guint line;
    if (!is_one_of(tag->name, raw))
        return;
    const FgCursor content = take_raw(scan, tag->name, &line);
    const char *text = (const char *)content.data;
    if (strcmp(tag->name, "style") == 0)
        fg_site_scan_css(text, content.length, line, scan->listener, scan->data);
    else if (tag->type && strcmp(tag->name, "script") == 0 &&
             g_ascii_strcasecmp(tag->type, "application/ld+json") == 0)
        fg_site_scan_json(text, content.length, line, scan->listener, scan->data);
}

void
fg_site_scan_html(GBytes *page, FgSiteListener listener, gpointer data, char **base)
{
    Scan scan = {.at = fg_cursor_bytes(page, FG_BIG_ENDIAN), .line = 1, .listener = listener, .data = data};
    char byte;
    while (next_byte(&scan, &byte)) {
        if (byte != '<')
            continue;
        if (fg_cursor_match(&scan.at, "!--", 3)) {
            skip_past(&scan, "-->");
        } else if (peek(&scan) == '/' || peek(&scan) == '!' || peek(&scan) == '?') {
            skip_past(&scan, ">");
        } else if (g_ascii_isalpha(peek(&scan))) {
            g_auto(Tag) tag = {0};
            take_tag(&scan, &tag);
            tell_tag(&scan, &tag);
            take_content(&scan, &tag);
        }
    }
    if (base)
        *base = scan.base;
    else
        g_free(scan.base);
}
