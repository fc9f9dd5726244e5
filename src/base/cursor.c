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

/* All integers are loaded here, so that alignment does not matter. */
static inline gboolean
load(FgCursor *at, void *number, gsize size)
{
    if (fg_cursor_left(at) < size)
        return FALSE;
    memcpy(number, at->data + at->offset, size);
    at->offset += size;
    return TRUE;
}

gboolean
fg_cursor_u8(FgCursor *at, guint8 *value)
{
    return load(at, value, sizeof *value);
}

gboolean
fg_cursor_u16(FgCursor *at, guint16 *value)
{
    guint16 number;
    if (!load(at, &number, sizeof number))
        return FALSE;
    *value = (guint16)(at->endian == FG_BIG_ENDIAN ? GUINT16_FROM_BE(number) : GUINT16_FROM_LE(number));
    return TRUE;
}

gboolean
fg_cursor_u24(FgCursor *at, guint32 *value)
{
    guint8 bytes[3];
    if (!load(at, bytes, sizeof bytes))
        return FALSE;
    guint first = at->endian == FG_BIG_ENDIAN ? 0 : 2;
    *value = (guint32)bytes[first] << 16 | (guint32)bytes[1] << 8 | bytes[2 - first];
    return TRUE;
}

gboolean
fg_cursor_u32(FgCursor *at, guint32 *value)
{
    guint32 number;
    if (!load(at, &number, sizeof number))
        return FALSE;
    *value = at->endian == FG_BIG_ENDIAN ? GUINT32_FROM_BE(number) : GUINT32_FROM_LE(number);
    return TRUE;
}

gboolean
fg_cursor_u64(FgCursor *at, guint64 *value)
{
    guint64 number;
    if (!load(at, &number, sizeof number))
        return FALSE;
    *value = at->endian == FG_BIG_ENDIAN ? GUINT64_FROM_BE(number) : GUINT64_FROM_LE(number);
    return TRUE;
}

gboolean
fg_cursor_double(FgCursor *at, double *value)
{
    guint64 bits;
    if (!fg_cursor_u64(at, &bits))
        return FALSE;
    memcpy(value, &bits, sizeof bits);
    return TRUE;
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
