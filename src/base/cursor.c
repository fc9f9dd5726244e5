#include "base/cursor.h"

#include <stdint.h>
#include <string.h>

FgCursor
fg_cursor(const void *data, gsize length, FgEndian endian)
{
    g_assert(data || length == 0);
    return (FgCursor){.data = data, .length = length, .endian = endian};
}

FgCursor
fg_cursor_bytes(GBytes *bytes, FgEndian endian)
{
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    return fg_cursor(data, length, endian);
}

gboolean
fg_cursor_seek(FgCursor *at, guint64 offset)
{
    if (offset > at->length)
        return FALSE;
    at->offset = (gsize)offset;
    return TRUE;
}

gboolean
fg_cursor_skip(FgCursor *at, guint64 count)
{
    if (count > fg_cursor_left(at))
        return FALSE;
    at->offset += (gsize)count;
    return TRUE;
}

/* All integers are read here, byte by byte, so that alignment and the machine's order do not matter. */
static gboolean
read_number(FgCursor *at, guint size, guint64 *value)
{
    if (fg_cursor_left(at) < size)
        return FALSE;
    guint64 sum = 0;
    for (guint i = 0; i < size; i++) {
        guint place = at->endian == FG_BIG_ENDIAN ? size - 1 - i : i;
        sum |= (guint64)at->data[at->offset + i] << (8 * place);
    }
    at->offset += size;
    *value = sum;
    return TRUE;
}

gboolean
fg_cursor_u8(FgCursor *at, guint8 *value)
{
    guint64 number;
    if (!read_number(at, 1, &number))
        return FALSE;
    *value = (guint8)number;
    return TRUE;
}

gboolean
fg_cursor_u16(FgCursor *at, guint16 *value)
{
    guint64 number;
    if (!read_number(at, 2, &number))
        return FALSE;
    *value = (guint16)number;
    return TRUE;
}

gboolean
fg_cursor_u24(FgCursor *at, guint32 *value)
{
    guint64 number;
    if (!read_number(at, 3, &number))
        return FALSE;
    *value = (guint32)number;
    return TRUE;
}

gboolean
fg_cursor_u32(FgCursor *at, guint32 *value)
{
    guint64 number;
    if (!read_number(at, 4, &number))
        return FALSE;
    *value = (guint32)number;
    return TRUE;
}

gboolean
fg_cursor_u64(FgCursor *at, guint64 *value)
{
    return read_number(at, 8, value);
}

gboolean
fg_cursor_take(FgCursor *at, guint64 count, FgCursor *taken)
{
    if (count > fg_cursor_left(at))
        return FALSE;
    const guint8 *start = at->data ? at->data + at->offset : NULL;
    gsize length = (gsize)count;
    FgEndian endian = at->endian;
    at->offset += length;
    *taken = fg_cursor(start, length, endian); /* Last, so that a cursor may take from itself. */
    return TRUE;
}

gboolean
fg_cursor_peek(const FgCursor *at, const void *expected, gsize count)
{
    return count <= fg_cursor_left(at) && (count == 0 || memcmp(at->data + at->offset, expected, count) == 0);
}

gboolean
fg_cursor_match(FgCursor *at, const void *expected, gsize count)
{
    return fg_cursor_peek(at, expected, count) && fg_cursor_skip(at, count);
}

GBytes *
fg_cursor_slice(const FgCursor *at, GBytes *whole)
{
    gsize left = fg_cursor_left(at);
    if (left == 0)
        return g_bytes_new(NULL, 0);
    gsize length;
    uintptr_t base = (uintptr_t)g_bytes_get_data(whole, &length);
    uintptr_t start = (uintptr_t)(at->data + at->offset);
    g_assert(start >= base && start - base <= length && left <= length - (start - base));
    return g_bytes_new_from_bytes(whole, start - base, left);
}
