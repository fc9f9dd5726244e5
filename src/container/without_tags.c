/* without_tags.c: tags taken out of EXIF blocks where they stand (TIFF 6.0 §2), so that nothing else in a
 * file moves, whatever its container is. */
#include "container/container_private.h"

#include <string.h>

#define ENTRY 12u

typedef struct {
    guint8 *data; /* the block, which is written to */
    gsize length;
    const guint16 *tags;
    guint n_tags;
} Block;

static gboolean
is_asked(const Block *block, guint16 tag)
{
    for (guint i = 0; i < block->n_tags; i++)
        if (block->tags[i] == tag)
            return TRUE;
    return FALSE;
}

/* Bytes of one value of the types that texts have. */
static gboolean
is_text(guint16 type)
{
    return type == 1 || type == 2 || type == 7 || type == 129;
}

static void
blank_value(Block *block, guint64 offset, guint64 length)
{
    if (length > 4 && offset < block->length)
        memset(block->data + offset, 0, (gsize)MIN(length, block->length - offset));
}

static void
put16(guint8 *to, guint value, FgEndian endian)
{
    to[endian == FG_BIG_ENDIAN ? 0 : 1] = (guint8)(value >> 8);
    to[endian == FG_BIG_ENDIAN ? 1 : 0] = (guint8)value;
}

/* The entries that follow, and the offset of the next directory, move up. TRUE when one went. */
static gboolean
remove_one(Block *block)
{
    FgCursor at = fg_cursor(block->data, block->length, FG_LITTLE_ENDIAN);
    if (fg_cursor_match(&at, "MM\0*", 4))
        at.endian = FG_BIG_ENDIAN;
    else if (!fg_cursor_match(&at, "II*\0", 4))
        return FALSE;
    guint32 first, number, offset;
    guint16 count, tag, type;
    if (!fg_cursor_u32(&at, &first) || !fg_cursor_seek(&at, first) || !fg_cursor_u16(&at, &count) ||
        fg_cursor_left(&at) < (gsize)count * ENTRY)
        return FALSE;
    gsize start = at.offset, end = start + (gsize)count * ENTRY;
    gsize tail = MIN(block->length - end, (gsize)4);
    for (guint i = 0; i < count; i++) {
        fg_cursor_u16(&at, &tag);
        fg_cursor_u16(&at, &type);
        fg_cursor_u32(&at, &number);
        fg_cursor_u32(&at, &offset);
        if (!is_asked(block, tag))
            continue;
        guint8 *entry = block->data + start + (gsize)i * ENTRY;
        memmove(entry, entry + ENTRY, end + tail - (start + (gsize)(i + 1) * ENTRY));
        memset(block->data + end + tail - ENTRY, 0, ENTRY);
        put16(block->data + start - 2, count - 1u, at.endian);
        if (is_text(type))
            blank_value(block, offset, number);
        return TRUE;
    }
    return FALSE;
}

/* A chunk of PNG ends in a checksum of its name and data. */
static void
sum_again(guint8 *file, const FgPart *part)
{
    gsize sum = (gsize)(part->offset + part->length) - 4;
    guint32 crc = GUINT32_TO_BE(fg_crc32(0, file + part->offset + 4, (gsize)part->length - 8));
    memcpy(file + sum, &crc, sizeof crc);
}

GBytes *
fg_container_without_tags(const FgContainer *container, const guint16 *tags, guint n_tags)
{
    gsize length;
    const guint8 *old = g_bytes_get_data(container->file, &length);
    g_autofree guint8 *file = NULL;
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (!part->further)
            continue;
        if (!file)
            file = g_memdup2(old, length);
        gsize size;
        const guint8 *bytes = g_bytes_get_data(part->bytes, &size);
        Block block = {file + (bytes - old), size, tags, n_tags};
        gboolean changed = FALSE;
        while (remove_one(&block))
            changed = TRUE;
        if (changed && container->format == FG_FORMAT_PNG)
            sum_again(file, part);
    }
    return file ? g_bytes_new_take(g_steal_pointer(&file), length) : g_bytes_ref(container->file);
}
