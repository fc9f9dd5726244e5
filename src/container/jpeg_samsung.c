/* jpeg_samsung.c: the trailer of Samsung's cameras: blocks, then a directory "SEFH" whose rows tell how far
 * before it their data stand, its length, "SEFT". Panoramas have it right behind the scan, without an end
 * mark. */
#include "container/jpeg_private.h"

gsize
fg_jpeg_samsung_trailer(const FgCursor *file)
{
    FgCursor at = fg_cursor(file->data, file->length, FG_LITTLE_ENDIAN);
    guint32 length, version, count, back, size;
    if (!fg_cursor_seek(&at, file->length - MIN(file->length, 8)) || !fg_cursor_u32(&at, &length) ||
        !fg_cursor_match(&at, "SEFT", 4) || length > file->length - 8)
        return file->length;
    const gsize head = file->length - 8 - length;
    if (!fg_cursor_seek(&at, head) || !fg_cursor_match(&at, "SEFH", 4) || !fg_cursor_u32(&at, &version) ||
        !fg_cursor_u32(&at, &count))
        return file->length;
    gsize first = head;
    for (guint32 i = 0; i < MIN(count, 1024); i++) {
        FgCursor kind, block = at;
        if (!fg_cursor_take(&at, 4, &kind) || !fg_cursor_u32(&at, &back) || !fg_cursor_u32(&at, &size))
            break;
        /* A block begins with its kind, as its row does; else the row tells of something else. */
        if (back <= head && fg_cursor_seek(&block, head - back) && fg_cursor_peek(&block, kind.data, 4))
            first = MIN(first, head - back);
    }
    return first;
}
