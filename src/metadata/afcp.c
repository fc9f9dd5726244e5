/* afcp.c: what stands behind a picture by the AXS File Concatenation Protocol: a header, a directory, blocks,
 * and at the very end the header's twin, by whose last sign the order of bytes is told. */
#include "metadata/reading.h"

#include <string.h>

#define MOST_BLOCKS 64u
enum { HEAD = 12, ROW = 12 };

/* The header: where it should be by its twin, or wherever it was moved to with what it heads. *moved is how
 * far it was. */
static gboolean
find_header(FgCursor *at, const guint8 mark[4], gint64 *moved)
{
    guint32 claimed;
    if (!fg_cursor_seek(at, at->length - HEAD + 4) || !fg_cursor_u32(at, &claimed))
        return FALSE;
    FgCursor there = *at;
    if (claimed < at->length - HEAD && fg_cursor_seek(&there, claimed) && fg_cursor_peek(&there, mark, 4)) {
        at->offset = claimed;
        *moved = 0;
        return TRUE;
    }
    const guint8 *found = memmem(at->data, at->length - HEAD, mark, 4);
    if (!found)
        return FALSE;
    at->offset = (gsize)(found - at->data);
    *moved = (gint64)at->offset - (gint64)claimed;
    return TRUE;
}

static void
read_block(FgReading *reading, const guint8 tag[4], GBytes *block, const char *where)
{
    if (g_bytes_get_size(block) == 0)
        return;
    if (memcmp(tag, "IPTC", 4) == 0) {
        g_autofree char *below = g_strconcat(where, "/iptc:", NULL);
        fg_reading_copy(reading, FG_BLOCK_IIM, block, below);
    } else if (memcmp(tag, "TEXT", 4) == 0) {
        fg_comment_read(reading, block, where);
    } else {
        fg_reading_scan(reading, block, where); /* Nail, PrVw: a picture behind a head of its own */
    }
}

void
fg_afcp_read(FgReading *reading, GBytes *bytes, const char *where)
{
    FgCursor at = fg_cursor_bytes(bytes, FG_BIG_ENDIAN), mark;
    gint64 moved;
    guint16 count;
    if (at.length < 2 * HEAD || !fg_cursor_seek(&at, at.length - HEAD) || !fg_cursor_take(&at, 4, &mark))
        return;
    const gboolean little = memcmp(mark.data, "AXS*", 4) == 0;
    if (!little && memcmp(mark.data, "AXS!", 4) != 0)
        return;
    at.endian = little ? FG_LITTLE_ENDIAN : FG_BIG_ENDIAN;
    if (!find_header(&at, mark.data, &moved) || !fg_cursor_skip(&at, 6) || !fg_cursor_u16(&at, &count) ||
        !fg_cursor_skip(&at, HEAD - 8))
        return;
    guint64 left = at.length; /* blocks don't share bytes */
    for (guint i = 0; i < MIN(count, MOST_BLOCKS); i++) {
        FgCursor tag, value = at;
        guint32 size, offset;
        if (!fg_cursor_take(&at, 4, &tag) || !fg_cursor_u32(&at, &size) || !fg_cursor_u32(&at, &offset))
            return;
        const gint64 place = (gint64)offset + moved;
        FgCursor block;
        if (place < 0 || !fg_cursor_seek(&value, (guint64)place) || !fg_cursor_take(&value, size, &block))
            continue;
        if (size > left)
            return;
        left -= size;
        g_autoptr(GBytes) slice = fg_cursor_slice(&block, bytes);
        read_block(reading, tag.data, slice, where);
    }
}
