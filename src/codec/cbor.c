/* cbor.c: data items of CBOR (RFC 8949), as C2PA has them, read and never written. */
#include "codec/codec.h"

#include <string.h>

#define BREAK 0xff
#define OPEN 31 /* additional information: ends with a break */

typedef struct {
    guint8 kind;
    gboolean open;
    guint64 number;
} Head;

/* The argument of 1, 2, 4 or 8 bytes behind a first byte of 24 to 27. */
static gboolean
read_argument(FgCursor *at, guint8 information, guint64 *number)
{
    guint8 one;
    guint16 two;
    guint32 four;
    gboolean read;
    switch (information) {
    case 24:
        read = fg_cursor_u8(at, &one);
        *number = read ? one : 0;
        return read;
    case 25:
        read = fg_cursor_u16(at, &two);
        *number = read ? two : 0;
        return read;
    case 26:
        read = fg_cursor_u32(at, &four);
        *number = read ? four : 0;
        return read;
    case 27:
        return fg_cursor_u64(at, number);
    default:
        return FALSE;
    }
}

static gboolean
read_head(FgCursor *at, Head *head)
{
    guint8 first;
    if (!fg_cursor_u8(at, &first))
        return FALSE;
    const guint8 information = first & 0x1f;
    *head = (Head){.kind = first >> 5, .open = information == OPEN, .number = information};
    if (head->open)
        return head->kind >= FG_CBOR_BYTES && head->kind <= FG_CBOR_MAP;
    return information < 24 || read_argument(at, information, &head->number);
}

static gboolean
take_break(FgCursor *at)
{
    static const guint8 sign = BREAK;
    return fg_cursor_match(at, &sign, 1);
}

/* The pieces of an open string: whole strings of its own kind. */
static gboolean
skip_pieces(FgCursor *at, guint8 kind)
{
    Head piece;
    while (!take_break(at))
        if (!read_head(at, &piece) || piece.kind != kind || piece.open || !fg_cursor_skip(at, piece.number))
            return FALSE;
    return TRUE;
}

static gboolean skip_items(FgCursor *at, const Head *head, guint depth);

/* What follows the head of an item, its break included. */
static gboolean
skip_body(FgCursor *at, const Head *head, guint depth)
{
    switch (head->kind) {
    case FG_CBOR_BYTES:
    case FG_CBOR_TEXT:
        return head->open ? skip_pieces(at, head->kind) : fg_cursor_skip(at, head->number);
    case FG_CBOR_ARRAY:
    case FG_CBOR_MAP:
    case FG_CBOR_TAG:
        return depth < FG_CBOR_DEPTH && skip_items(at, head, depth + 1);
    default:
        return TRUE;
    }
}

static gboolean
skip_item(FgCursor *at, guint depth)
{
    Head head;
    return read_head(at, &head) && skip_body(at, &head, depth);
}

/* An item has a byte at least, so that a count is never more than what is left. */
static gboolean
skip_items(FgCursor *at, const Head *head, guint depth)
{
    const guint64 width = head->kind == FG_CBOR_MAP ? 2 : 1;
    const guint64 count = head->kind == FG_CBOR_TAG ? 1 : head->open ? G_MAXUINT64 : head->number;
    if (!head->open && count > fg_cursor_left(at) / width)
        return FALSE;
    for (guint64 i = 0; i < count; i++) {
        if (head->open && take_break(at))
            return TRUE;
        for (guint64 j = 0; j < width; j++)
            if (!skip_item(at, depth))
                return FALSE;
    }
    return TRUE;
}

gboolean
fg_cbor_next(FgCursor *at, FgCbor *item)
{
    FgCursor here = *at, start;
    Head head;
    if (!read_head(&here, &head))
        return FALSE;
    start = here;
    if (!skip_body(&here, &head, 0))
        return FALSE;
    *item = (FgCbor){.kind = (FgCborKind)head.kind, .open = head.open, .number = head.number, .body = start};
    item->body.length = here.offset - (head.open ? 1 : 0);
    *at = here;
    return TRUE;
}

gboolean
fg_cbor_is(const FgCbor *item, const char *text)
{
    const gsize length = strlen(text);
    return item->kind == FG_CBOR_TEXT && !item->open && fg_cursor_left(&item->body) == length &&
           fg_cursor_peek(&item->body, text, length);
}

/* A tag says what the item behind it is meant for; its text is the same. */
static FgCbor
untagged(const FgCbor *item)
{
    FgCbor inner = *item;
    for (guint i = 0; i < FG_CBOR_DEPTH && inner.kind == FG_CBOR_TAG; i++) {
        FgCursor at = inner.body;
        if (!fg_cbor_next(&at, &inner))
            break;
    }
    return inner;
}

static void
append(GString *text, const FgCbor *piece)
{
    g_string_append_len(text, (const char *)piece->body.data + piece->body.offset,
                        (gssize)fg_cursor_left(&piece->body));
}

char *
fg_cbor_text(const FgCbor *tagged, gsize most)
{
    const FgCbor item = untagged(tagged);
    if (item.kind != FG_CBOR_TEXT || fg_cursor_left(&item.body) > most)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    FgCursor at = item.body;
    FgCbor piece;
    if (!item.open)
        append(text, &item);
    while (item.open && fg_cbor_next(&at, &piece))
        append(text, &piece);
    if (!g_utf8_validate_len(text->str, text->len, NULL))
        return NULL;
    return g_string_free(g_steal_pointer(&text), FALSE);
}
