/* without_tags.c: tags taken out of EXIF blocks where they stand (TIFF 6.0 §2), so that nothing else in a
 * file moves, whatever its container is. */
#include "container/jxl_private.h"
#include "container/tiff_private.h"

#include <string.h>

#define MOST_DIRECTORIES 64u

typedef struct {
    FgTiff tiff;
    guint8 *bytes; /* the block, which is written to */
    const guint16 *tags;
    guint n_tags;
    GArray *below; /* of guint64: the directories that the first one names, or those behind it */
} Block;

static gboolean
is_asked(const Block *block, guint16 tag)
{
    for (guint i = 0; i < block->n_tags; i++)
        if (block->tags[i] == tag)
            return TRUE;
    return FALSE;
}

/* Its value is blanked where it stands apart; one in the entry goes with it. */
static gboolean
goes(const FgIfdEntry *entry, gpointer data)
{
    Block *block = data;
    const gboolean asked = is_asked(block, entry->tag);
    const guint64 length = block->tiff.whole.length;
    if (asked && entry->apart && entry->offset < length)
        memset(block->bytes + entry->offset, 0, (gsize)MIN(entry->size, length - entry->offset));
    return asked;
}

static void
add_below(const Block *block, guint64 offset)
{
    for (guint i = 0; i < block->below->len; i++)
        if (g_array_index(block->below, guint64, i) == offset)
            return;
    if (offset != 0 && offset != block->tiff.first && block->below->len < MOST_DIRECTORIES)
        g_array_append_val(block->below, offset);
}

/* The directories of the same tags as the first: those behind it, SubIFDs and the Exif directory. */
static void
find_below(const Block *block, guint64 offset)
{
    FgIfdWalk walk;
    FgIfdEntry entry;
    guint64 there;
    if (!fg_ifd_begin(&block->tiff, offset, &walk))
        return;
    while (fg_ifd_next(&walk, &entry))
        for (guint64 i = 0;
             i < MOST_DIRECTORIES && (entry.tag == FG_TIFF_EXIF_IFD || entry.tag == FG_TIFF_SUB_IFDS) &&
             entry.flaw == FG_IFD_SOUND && fg_ifd_number(&entry, i, &there);
             i++)
            add_below(block, there);
    add_below(block, fg_ifd_following(&walk));
}

static gboolean
holds_any(const Block *block, guint64 offset)
{
    FgIfdWalk walk;
    FgIfdEntry entry;
    if (!fg_ifd_begin(&block->tiff, offset, &walk))
        return FALSE;
    while (fg_ifd_next(&walk, &entry))
        if (is_asked(block, entry.tag))
            return TRUE;
    return FALSE;
}

/* Opens a block, finds its directories, and says whether any but the first has such tags; `first`: or that.
 */
static gboolean
open_block(Block *block, const guint8 *bytes, gsize size, gboolean first)
{
    g_array_set_size(block->below, 0);
    if (!fg_tiff_open(fg_cursor(bytes, size, FG_BIG_ENDIAN), &block->tiff))
        return FALSE;
    gboolean any = first && holds_any(block, block->tiff.first);
    find_below(block, block->tiff.first);
    for (guint i = 0; i < block->below->len; i++) {
        const guint64 offset = g_array_index(block->below, guint64, i);
        find_below(block, offset);
        any = any || holds_any(block, offset);
    }
    return any;
}

/* Takes them out of bytes that the block was opened from, or of a copy of these. */
static void
thin(Block *block, guint8 *bytes, gsize size, gboolean first)
{
    block->bytes = bytes;
    open_block(block, bytes, size, first);
    for (guint i = 0; i < block->below->len; i++)
        fg_ifd_thin(&block->tiff, bytes, g_array_index(block->below, guint64, i), goes, block);
    if (first)
        fg_ifd_thin(&block->tiff, bytes, block->tiff.first, goes, block);
}

/* A block without them, or NULL: there are none. `first`: also in the first directory. */
static GBytes *
thinned(GBytes *tiff, const guint16 *tags, guint n_tags, gboolean first)
{
    gsize size;
    const void *data = g_bytes_get_data(tiff, &size);
    g_autoptr(GArray) below = g_array_new(FALSE, FALSE, sizeof(guint64));
    Block block = {.tags = tags, .n_tags = n_tags, .below = below};
    if (!open_block(&block, data, size, first))
        return NULL;
    guint8 *bytes = g_memdup2(data, size);
    thin(&block, bytes, size, first);
    return g_bytes_new_take(bytes, size);
}

GBytes *
fg_exif_without_tags(GBytes *tiff, const guint16 *tags, guint n_tags)
{
    GBytes *without = thinned(tiff, tags, n_tags, FALSE);
    return without ? without : g_bytes_ref(tiff);
}

/* A chunk of PNG ends in a checksum of its name and data. */
static void
sum_again(guint8 *file, const FgPart *part)
{
    gsize sum = (gsize)(part->offset + part->length) - 4;
    guint32 crc = GUINT32_TO_BE(fg_crc32(0, file + part->offset + 4, (gsize)part->length - 8));
    memcpy(file + sum, &crc, sizeof crc);
}

/* A picture that is not the first page of a TIFF has blocks of its own, which a rewrite joins to those of the
 * first. */
static GBytes *
without_page_blocks(GBytes *file)
{
    static const guint16 tags[] = {FG_TIFF_XMP, FG_TIFF_IIM, FG_TIFF_IRB};
    Block block = {.tags = tags, .n_tags = G_N_ELEMENTS(tags)};
    if (!fg_tiff_open_plain(file, &block.tiff))
        return g_bytes_ref(file);
    g_autoptr(GPtrArray) pages = fg_tiff_pages(&block.tiff, NULL);
    const guint full = pages->len > 0 ? fg_tiff_full_page(pages) : 0;
    const guint64 page = full > 0 ? ((const FgIfdTable *)pages->pdata[full])->offset : 0;
    if (full == 0 || !holds_any(&block, page))
        return g_bytes_ref(file);
    gsize length;
    const guint8 *old = g_bytes_get_data(file, &length);
    block.bytes = g_memdup2(old, length);
    fg_ifd_thin(&block.tiff, block.bytes, page, goes, &block);
    return g_bytes_new_take(block.bytes, length);
}

/* Of the EXIF blocks that stand there as they are. */
static GBytes *
without_plain_tags(const FgContainer *container, const guint16 *tags, guint n_tags)
{
    gsize length, size;
    const guint8 *old = g_bytes_get_data(container->file, &length);
    g_autofree guint8 *file = NULL;
    g_autoptr(GArray) below = g_array_new(FALSE, FALSE, sizeof(guint64));
    Block block = {.tags = tags, .n_tags = n_tags, .below = below};
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        const gboolean whole = container->format == FG_FORMAT_TIFF && part->kind == FG_PART_EXIF;
        if ((!part->further && !whole) || part->packed)
            continue;
        const guint8 *bytes = g_bytes_get_data(part->bytes, &size);
        if (!open_block(&block, bytes, size, part->further))
            continue;
        if (!file)
            file = g_memdup2(old, length);
        thin(&block, file + (bytes - old), size, part->further);
        if (container->format == FG_FORMAT_PNG)
            sum_again(file, part);
    }
    return file ? g_bytes_new_take(g_steal_pointer(&file), length) : g_bytes_ref(container->file);
}

/* A block that lies compressed: its box, at the end of `out`, as a new one. FALSE when it is to be copied as
 * it is. */
static gboolean
put_thin_box(GByteArray *out, const FgPart *part, const guint16 *tags, guint n_tags)
{
    g_autoptr(GBytes) without = thinned(part->bytes, tags, n_tags, TRUE);
    if (!without)
        return FALSE;
    fg_jxl_put_block(out, JXL_EXIF, TRUE, without);
    return TRUE;
}

/* Other than a block that stands there as it is, one that lies compressed moves what follows. */
static GBytes *
without_packed_tags(const FgContainer *container, const guint16 *tags, guint n_tags)
{
    guint64 copied = 0;
    GByteArray *out = g_byte_array_new();
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (!part->further || !part->packed)
            continue;
        fg_put_span(out, container, copied, part->offset - copied);
        if (!put_thin_box(out, part, tags, n_tags))
            fg_put_span(out, container, part->offset, part->length);
        copied = part->offset + part->length;
    }
    fg_put_span(out, container, copied, g_bytes_get_size(container->file) - copied);
    return g_byte_array_free_to_bytes(out);
}

static gboolean
has_packed(const FgContainer *container)
{
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->further && part->packed)
            return TRUE;
    }
    return FALSE;
}

GBytes *
fg_container_without_tags(const FgContainer *container, const guint16 *tags, guint n_tags)
{
    g_autoptr(GBytes) file = without_plain_tags(container, tags, n_tags);
    if (container->format == FG_FORMAT_TIFF)
        return without_page_blocks(file);
    if (!has_packed(container))
        return g_steal_pointer(&file);
    const FgContainer rest = {.format = container->format, .file = file, .parts = container->parts};
    return without_packed_tags(&rest, tags, n_tags);
}
