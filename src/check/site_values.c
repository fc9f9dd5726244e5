/* site_values.c: addresses in the small languages inside of HTML: CSS, srcset, JSON-LD. */
#include "check/site_private.h"

#include <string.h>

/* ---- CSS (CSS Syntax 3, §4.3.6) ---- */

typedef struct {
    FgCursor at;
    guint line;
} Sheet;

static gboolean
next_byte(Sheet *sheet, guint8 *byte)
{
    if (!fg_cursor_u8(&sheet->at, byte))
        return FALSE;
    sheet->line += *byte == '\n' ? 1 : 0;
    return TRUE;
}

static void
skip_comment(Sheet *sheet)
{
    guint8 byte;
    while (!fg_cursor_match(&sheet->at, "*/", 2) && next_byte(sheet, &byte))
        ;
}

static void
skip_blanks(Sheet *sheet)
{
    guint8 byte;
    while (fg_cursor_peek(&sheet->at, " ", 1) || fg_cursor_peek(&sheet->at, "\t", 1) ||
           fg_cursor_peek(&sheet->at, "\n", 1) || fg_cursor_peek(&sheet->at, "\r", 1))
        next_byte(sheet, &byte);
}

/* What stands in the parentheses, quoted or not; a backslash takes the next character as it is. */
static char *
take_url(Sheet *sheet)
{
    GString *url = g_string_new(NULL);
    guint8 byte, quote = 0;
    skip_blanks(sheet);
    if (fg_cursor_match(&sheet->at, "\"", 1))
        quote = '"';
    else if (fg_cursor_match(&sheet->at, "'", 1))
        quote = '\'';
    while (next_byte(sheet, &byte)) {
        if (byte == (quote ? quote : ')') || (!quote && g_ascii_isspace((char)byte)))
            break;
        if (byte == '\\' && !next_byte(sheet, &byte))
            break;
        g_string_append_c(url, (char)byte);
    }
    return g_string_free(url, FALSE);
}

static gboolean
match_url(FgCursor *at)
{
    FgCursor ahead = *at, word;
    if (!fg_cursor_take(&ahead, 4, &word) || g_ascii_strncasecmp((const char *)word.data, "url(", 4) != 0)
        return FALSE;
    *at = ahead;
    return TRUE;
}

void
fg_site_scan_css(const char *css, gsize length, guint line, FgSiteListener listener, gpointer data)
{
    Sheet sheet = {fg_cursor(css, length, FG_BIG_ENDIAN), line};
    guint8 byte;
    while (fg_cursor_left(&sheet.at) > 0) {
        if (fg_cursor_match(&sheet.at, "/*", 2)) {
            skip_comment(&sheet);
        } else if (match_url(&sheet.at)) {
            guint here = sheet.line;
            g_autofree char *url = take_url(&sheet);
            listener(url, FG_NAMED_FILE, here, data);
        } else {
            next_byte(&sheet, &byte);
        }
    }
}

/* ---- srcset ---- */

void
fg_site_scan_srcset(const char *srcset, guint line, FgSiteListener listener, gpointer data)
{
    const char *at = srcset;
    for (;;) {
        at += strspn(at, " \t\n\f\r,");
        gsize length = strcspn(at, " \t\n\f\r");
        if (length == 0)
            return;
        gsize kept = length;
        while (kept > 0 && at[kept - 1] == ',')
            kept--;
        g_autofree char *address = g_strndup(at, kept);
        listener(address, FG_NAMED_PICTURE, line, data);
        at += length;
        if (kept == length) /* A descriptor may follow, up to the next comma. */
            at += strcspn(at, ",");
    }
}

/* ---- JSON-LD ---- */

typedef struct {
    const char *json;
    gsize length;
    guint line;
    FgSiteListener listener;
    gpointer data;
} Block;

/* The parser knows no lines: a text is looked up as it is written, which it nearly always is. */
static guint
line_of(const Block *block, const char *text)
{
    const char *found = g_strstr_len(block->json, (gssize)block->length, text);
    guint line = block->line;
    for (const char *at = block->json; found && at < found; at++)
        line += *at == '\n' ? 1 : 0;
    return line;
}

static void
walk_json(const Block *block, FgJson *value, guint depth)
{
    enum { DEEPEST = 32 };
    if (fg_json_is_string(value)) {
        const char *text = fg_json_string_value(value);
        if (*text && !strpbrk(text, " \t\r\n"))
            block->listener(text, FG_NAMED_FILE, line_of(block, text), block->data);
        return;
    }
    if (depth == DEEPEST)
        return;
    for (gsize i = 0; fg_json_is_array(value) && i < fg_json_length(value); i++)
        walk_json(block, fg_json_at(value, i), depth + 1);
    const char *key;
    FgJson *member;
    void *iterator = NULL;
    while (fg_json_is_object(value) && (iterator = fg_json_next(value, iterator, &key, &member)))
        walk_json(block, member, depth + 1);
}

void
fg_site_scan_json(const char *json, gsize length, guint line, FgSiteListener listener, gpointer data)
{
    g_autoptr(FgJson) document = fg_json_parse(json, length, NULL);
    const Block block = {json, length, line, listener, data};
    if (document)
        walk_json(&block, document, 0);
}
