/* without_tags.c: tags taken out of EXIF blocks where they stand (TIFF 6.0 §2), so that nothing else in a
 * file moves, whatever its container is. */
#include "container/container_private.h"

#include <string.h>

typedef struct {
    FgTiff tiff;
    guint8 *bytes; /* the block, which is written to */
    const guint16 *tags;
    guint n_tags;
    gboolean changed;
} Block;

/* Its value is blanked where it stands apart; one in the entry goes with it. */
static gboolean
goes(const FgIfdEntry *entry, gpointer data)
{
    Block *block = data;
    gboolean asked = FALSE;
    for (guint i = 0; i < block->n_tags; i++)
        asked |= block->tags[i] == entry->tag;
    const guint64 length = block->tiff.whole.length;
    if (asked && entry->apart && entry->offset < length)
        memset(block->bytes + entry->offset, 0, (gsize)MIN(entry->size, length - entry->offset));
    block->changed |= asked;
    return asked;
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
        Block block = {.bytes = file + (bytes - old), .tags = tags, .n_tags = n_tags};
        if (fg_tiff_open(fg_cursor(block.bytes, size, FG_BIG_ENDIAN), &block.tiff))
            fg_ifd_thin(&block.tiff, block.bytes, block.tiff.first, goes, &block);
        if (block.changed && container->format == FG_FORMAT_PNG)
            sum_again(file, part);
    }
    return file ? g_bytes_new_take(g_steal_pointer(&file), length) : g_bytes_ref(container->file);
}
