/* tiff_stream.c: the directories of a TIFF stream (TIFF 6.0 §2; BigTIFF widens counts and offsets to 64
 * bits). */
#include "container/tiff_private.h"

#include <string.h>

gboolean
fg_tiff_open(GBytes *stream, FgTiff *tiff)
{
    FgCursor at = fg_cursor_bytes(stream, FG_BIG_ENDIAN);
    guint16 order, magic, width, zero;
    guint32 first;
    if (!fg_cursor_u16(&at, &order) || (order != 0x4949 && order != 0x4d4d))
        return FALSE;
    at.endian = order == 0x4949 ? FG_LITTLE_ENDIAN : FG_BIG_ENDIAN;
    if (!fg_cursor_u16(&at, &magic) || (magic != 42 && magic != 43))
        return FALSE;
    *tiff = (FgTiff){.whole = at, .big = magic == 43};
    if (tiff->big)
        return fg_cursor_u16(&at, &width) && width == 8 && fg_cursor_u16(&at, &zero) &&
               fg_cursor_u64(&at, &tiff->first);
    if (!fg_cursor_u32(&at, &first))
        return FALSE;
    tiff->first = first;
    return TRUE;
}

guint
fg_tiff_type_size(guint type)
{
    static const guint8 sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    if (type == 129) /* Exif 3.0 UTF-8 */
        return 1;
    return type < G_N_ELEMENTS(sizes) ? sizes[type] : 0;
}

guint
fg_tiff_type_unit(guint type)
{
    return type == 5 || type == 10 ? 4 : fg_tiff_type_size(type);
}

/* A count or an offset: 32 bits, in BigTIFF 64. */
static gboolean
read_wide(const FgTiff *tiff, FgCursor *at, guint64 *value)
{
    guint32 narrow;
    if (tiff->big)
        return fg_cursor_u64(at, value);
    if (!fg_cursor_u32(at, &narrow))
        return FALSE;
    *value = narrow;
    return TRUE;
}

static gboolean
read_entry(const FgTiff *tiff, FgCursor *at, FgTiffEntry *entry)
{
    guint64 room = tiff->big ? 8 : 4;
    if (!fg_cursor_u16(at, &entry->tag) || !fg_cursor_u16(at, &entry->type) ||
        !read_wide(tiff, at, &entry->count))
        return FALSE;
    guint unit = fg_tiff_type_size(entry->type);
    guint64 total = at->length;
    entry->offset = at->offset;
    if (!unit || entry->count > total / unit) {
        entry->size = G_MAXUINT64; /* Unknown, or more than the whole stream. */
        return fg_cursor_skip(at, room);
    }
    entry->size = entry->count * unit;
    entry->outside = entry->size > room;
    if (!entry->outside)
        return fg_cursor_skip(at, room);
    return read_wide(tiff, at, &entry->offset);
}

FgTiffIfd *
fg_tiff_ifd(const FgTiff *tiff, guint64 offset)
{
    FgCursor at = tiff->whole;
    guint64 count = 0;
    guint16 narrow = 0;
    if (offset < 8 || !fg_cursor_seek(&at, offset) ||
        !(tiff->big ? fg_cursor_u64(&at, &count) : fg_cursor_u16(&at, &narrow)))
        return NULL;
    count = tiff->big ? count : narrow;
    if (count > FG_TIFF_ENTRY_CEILING)
        return NULL;
    FgTiffIfd *ifd = g_new0(FgTiffIfd, 1);
    ifd->offset = offset;
    ifd->entries = g_array_new(FALSE, FALSE, sizeof(FgTiffEntry));
    for (guint64 i = 0; i < count; i++) {
        FgTiffEntry entry = {0};
        if (!read_entry(tiff, &at, &entry)) {
            fg_tiff_ifd_free(ifd);
            return NULL;
        }
        if (entry.offset > tiff->whole.length || entry.size > tiff->whole.length - entry.offset)
            ifd->lost++;
        else
            g_array_append_val(ifd->entries, entry);
    }
    if (!read_wide(tiff, &at, &ifd->next))
        ifd->next = 0; /* Some writers leave it out at the end of the stream. */
    ifd->length = at.offset - offset;
    return ifd;
}

void
fg_tiff_ifd_free(FgTiffIfd *ifd)
{
    if (!ifd)
        return;
    g_array_unref(ifd->entries);
    g_free(ifd);
}

const FgTiffEntry *
fg_tiff_find(const FgTiffIfd *ifd, guint tag)
{
    for (guint i = 0; i < ifd->entries->len; i++)
        if (g_array_index(ifd->entries, FgTiffEntry, i).tag == tag)
            return &g_array_index(ifd->entries, FgTiffEntry, i);
    return NULL;
}

gboolean
fg_tiff_number(const FgTiff *tiff, const FgTiffEntry *entry, guint64 index, guint64 *value)
{
    FgCursor at = tiff->whole;
    guint unit = fg_tiff_type_size(entry->type);
    guint8 one;
    guint16 two;
    guint32 four;
    if (index >= entry->count || !fg_cursor_seek(&at, entry->offset + index * unit))
        return FALSE;
    switch (entry->type) {
    case FG_TIFF_BYTE:
    case FG_TIFF_UNDEFINED:
        return fg_cursor_u8(&at, &one) && (*value = one, TRUE);
    case FG_TIFF_SHORT:
        return fg_cursor_u16(&at, &two) && (*value = two, TRUE);
    case FG_TIFF_LONG:
    case 13: /* IFD */
        return fg_cursor_u32(&at, &four) && (*value = four, TRUE);
    case FG_TIFF_LONG8:
    case 18: /* IFD8 */
        return fg_cursor_u64(&at, value);
    default:
        return FALSE;
    }
}

guint64
fg_tiff_first(const FgTiff *tiff, const FgTiffIfd *ifd, guint tag, guint64 fallback)
{
    const FgTiffEntry *entry = fg_tiff_find(ifd, tag);
    guint64 value;
    return entry && fg_tiff_number(tiff, entry, 0, &value) ? value : fallback;
}

static gboolean
add_data(const FgTiff *tiff, const FgTiffEntry *offsets, const FgTiffEntry *counts, GArray *spans)
{
    FgTiffSpan span;
    for (guint64 i = 0; i < offsets->count; i++) {
        if (!fg_tiff_number(tiff, offsets, i, &span.offset) ||
            !fg_tiff_number(tiff, counts, i, &span.length) || span.offset > tiff->whole.length ||
            span.length > tiff->whole.length - span.offset)
            return FALSE;
        g_array_append_val(spans, span);
    }
    return TRUE;
}

gboolean
fg_tiff_data(const FgTiff *tiff, const FgTiffIfd *ifd, GArray *spans)
{
    static const guint16 pairs[][2] = {{FG_TIFF_STRIP_OFFSETS, FG_TIFF_STRIP_COUNTS},
                                       {FG_TIFF_TILE_OFFSETS, FG_TIFF_TILE_COUNTS},
                                       {FG_TIFF_JPEG_OFFSET, FG_TIFF_JPEG_LENGTH}};
    gboolean found = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        const FgTiffEntry *offsets = fg_tiff_find(ifd, pairs[i][0]), *counts = fg_tiff_find(ifd, pairs[i][1]);
        if (!offsets || !counts)
            continue;
        if (!add_data(tiff, offsets, counts, spans))
            return FALSE;
        found = TRUE;
    }
    return found;
}

static int
compare_spans(gconstpointer left, gconstpointer right)
{
    const FgTiffSpan *a = left, *b = right;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

void
fg_tiff_spans_tidy(GArray *spans)
{
    g_array_sort(spans, compare_spans);
    guint kept = 0;
    for (guint i = 0; i < spans->len; i++) {
        FgTiffSpan span = g_array_index(spans, FgTiffSpan, i);
        FgTiffSpan *last = kept ? &g_array_index(spans, FgTiffSpan, kept - 1) : NULL;
        if (!span.length)
            continue;
        if (last && span.offset <= last->offset + last->length)
            last->length = MAX(last->length, span.offset + span.length - last->offset);
        else
            g_array_index(spans, FgTiffSpan, kept++) = span;
    }
    g_array_set_size(spans, kept);
}

gboolean
fg_tiff_is_structural(guint tag)
{
    static const guint16 tags[] = {254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273,   274,  277,
                                   278, 279, 280, 281, 282, 283, 284, 290, 291, 292, 293, 296,   297,  301,
                                   317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328,   332,  334,
                                   336, 338, 339, 340, 341, 342, 347, 529, 530, 531, 532, 32997, 50674};
    for (guint i = 0; i < G_N_ELEMENTS(tags); i++)
        if (tags[i] == tag)
            return TRUE;
    return FALSE;
}

GPtrArray *
fg_tiff_pages(const FgTiff *tiff, FgContainer *container)
{
    GPtrArray *pages = g_ptr_array_new_with_free_func((GDestroyNotify)fg_tiff_ifd_free);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (guint64 offset = tiff->first; offset;) {
        if (!g_hash_table_add(seen, g_memdup2(&offset, sizeof offset))) {
            fg_fault(container, "the directories go round in a circle");
            break;
        }
        if (pages->len >= FG_TIFF_PAGE_CEILING) {
            fg_fault(container, "there are more than %u pages", FG_TIFF_PAGE_CEILING);
            break;
        }
        FgTiffIfd *ifd = fg_tiff_ifd(tiff, offset);
        if (!ifd) {
            fg_fault(container, "there is no directory at %" G_GUINT64_FORMAT, offset);
            break;
        }
        if (ifd->lost)
            fg_fault(container, "%u entries of directory %u lie outside of the file", ifd->lost,
                     pages->len + 1);
        g_ptr_array_add(pages, ifd);
        offset = ifd->next;
    }
    return pages;
}

char *
fg_tiff_where_page(guint number)
{
    return g_strdup_printf("IFD%u", number);
}

void
fg_tiff_put16(GByteArray *out, FgEndian endian, guint value)
{
    fg_put_u8(out, (endian == FG_BIG_ENDIAN ? value >> 8 : value) & 0xff);
    fg_put_u8(out, (endian == FG_BIG_ENDIAN ? value : value >> 8) & 0xff);
}

void
fg_tiff_put32(GByteArray *out, FgEndian endian, guint32 value)
{
    if (endian == FG_BIG_ENDIAN)
        fg_put_be32(out, value);
    else
        fg_put_le32(out, value);
}

void
fg_tiff_set32(GByteArray *out, FgEndian endian, guint at, guint32 value)
{
    guint32 ordered = endian == FG_BIG_ENDIAN ? GUINT32_TO_BE(value) : GUINT32_TO_LE(value);
    memcpy(out->data + at, &ordered, sizeof ordered);
}
