/* tiff_amend.c: tags changed in a TIFF stream without moving a byte that something may point to: a new first
 * directory goes to the end, with the old entries as they were. Maker notes, whose offsets nobody knows for
 * sure, stay readable. */
#include "container/tiff_private.h"

#include <string.h>

#define ENTRY_SIZE 12u

static const FgTiffTag *
find_change(const FgTiffTag *tags, guint n_tags, guint tag)
{
    for (guint i = 0; i < n_tags; i++)
        if (tags[i].tag == tag)
            return &tags[i];
    return NULL;
}

static gboolean
holds_already(const FgTiff *tiff, const FgTiffIfd *ifd, const FgTiffTag *change)
{
    const FgTiffEntry *entry = ifd ? fg_tiff_find(ifd, change->tag) : NULL;
    if (!entry || !change->value)
        return !entry && !change->value;
    gsize length;
    const void *data = g_bytes_get_data(change->value, &length);
    FgCursor at = tiff->whole;
    return entry->size == length && fg_cursor_seek(&at, entry->offset) && fg_cursor_peek(&at, data, length);
}

/* True when no other value of the directory, nor its table, lies over this one. */
static gboolean
stands_alone(const FgTiffIfd *ifd, const FgTiffEntry *entry)
{
    guint64 begin = entry->offset, end = begin + entry->size;
    if (begin < ifd->offset + ifd->length && ifd->offset < end)
        return FALSE;
    for (guint i = 0; i < ifd->entries->len; i++) {
        const FgTiffEntry *other = &g_array_index(ifd->entries, FgTiffEntry, i);
        if (other != entry && other->outside && other->offset < end && begin < other->offset + other->size)
            return FALSE;
    }
    return begin >= 8;
}

/* What is replaced shall not be found in the file any more. */
static void
blank_replaced(GByteArray *out, const FgTiffIfd *ifd, const FgTiffTag *tags, guint n_tags)
{
    for (guint i = 0; ifd && i < ifd->entries->len; i++) {
        const FgTiffEntry *entry = &g_array_index(ifd->entries, FgTiffEntry, i);
        if (entry->outside && find_change(tags, n_tags, entry->tag) && stands_alone(ifd, entry))
            memset(out->data + entry->offset, 0, (gsize)entry->size);
    }
}

typedef struct {
    guint16 tag;
    const guint8 *raw;       /* an old entry, 12 bytes of the stream */
    const FgTiffTag *change; /* or a new one */
} Row;

static int
compare_rows(gconstpointer left, gconstpointer right)
{
    return ((const Row *)left)->tag - ((const Row *)right)->tag;
}

/* The old entries that stay, and ours, in the order of their tags. */
static GArray *
collect_rows(const FgTiff *tiff, const FgTiffIfd *ifd, const FgTiffTag *tags, guint n_tags)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
    FgCursor at = tiff->whole;
    guint16 count = 0;
    if (ifd && fg_cursor_seek(&at, ifd->offset) && fg_cursor_u16(&at, &count)) {
        for (guint i = 0; i < count; i++) {
            FgCursor raw;
            Row row = {0};
            if (!fg_cursor_take(&at, ENTRY_SIZE, &raw))
                break;
            row.raw = raw.data + raw.offset;
            if (fg_cursor_u16(&raw, &row.tag) && !find_change(tags, n_tags, row.tag))
                g_array_append_val(rows, row);
        }
    }
    for (guint i = 0; i < n_tags; i++) {
        Row row = {tags[i].tag, NULL, &tags[i]};
        if (tags[i].value)
            g_array_append_val(rows, row);
    }
    g_array_sort(rows, compare_rows);
    return rows;
}

/* A value of up to four bytes stands in its entry; a longer one behind the table, where `*behind` says. */
static void
put_row(GByteArray *out, FgEndian endian, const Row *row, GByteArray *values, guint32 behind)
{
    if (row->raw) {
        g_byte_array_append(out, row->raw, ENTRY_SIZE);
        return;
    }
    gsize length;
    const guint8 *data = g_bytes_get_data(row->change->value, &length);
    fg_tiff_put16(out, endian, row->tag);
    fg_tiff_put16(out, endian, row->change->type);
    fg_tiff_put32(out, endian, (guint32)length);
    if (length <= 4) {
        guint8 room[4] = {0};
        memcpy(room, data, length);
        g_byte_array_append(out, room, sizeof room);
        return;
    }
    fg_tiff_put32(out, endian, behind + values->len);
    g_byte_array_append(values, data, (guint)length);
    if (length & 1)
        fg_put_u8(values, 0);
}

static void
append_directory(GByteArray *out, FgEndian endian, GArray *rows, guint32 next)
{
    if (out->len & 1)
        fg_put_u8(out, 0);
    g_autoptr(GByteArray) values = g_byte_array_new();
    guint32 begin = out->len, behind = begin + 2 + rows->len * ENTRY_SIZE + 4;
    fg_tiff_put16(out, endian, rows->len);
    for (guint i = 0; i < rows->len; i++)
        put_row(out, endian, &g_array_index(rows, Row, i), values, behind);
    fg_tiff_put32(out, endian, next);
    g_byte_array_append(out, values->data, values->len);
    fg_tiff_set32(out, endian, 4, begin);
}

GBytes *
fg_tiff_amend(GBytes *stream, const FgTiffTag *tags, guint n_tags, GError **error)
{
    static const guint8 empty[8] = {'I', 'I', 42};
    g_autoptr(GBytes) old = stream ? g_bytes_ref(stream) : g_bytes_new_static(empty, sizeof empty);
    FgTiff tiff;
    if (!fg_tiff_open(old, &tiff))
        return fg_throw_null(error, FG_ERROR_MALFORMED, "the EXIF header makes no sense");
    if (tiff.big)
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "a BigTIFF can't be rewritten");
    g_autoptr(FgTiffIfd) ifd = fg_tiff_ifd(&tiff, tiff.first);
    if (!ifd && stream)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "the EXIF block has no readable directory");
    gboolean same = stream != NULL;
    guint64 added = 0;
    for (guint i = 0; i < n_tags; i++) {
        same &= holds_already(&tiff, ifd, &tags[i]);
        added += tags[i].value ? g_bytes_get_size(tags[i].value) + 1 : 0;
    }
    if (same)
        return g_steal_pointer(&old);
    if (tiff.whole.length + added > G_MAXUINT32 - ((guint64)1 << 20))
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "the file would exceed 4 GiB");
    g_autoptr(GArray) rows = collect_rows(&tiff, ifd, tags, n_tags);
    GByteArray *out = g_byte_array_sized_new((guint)(tiff.whole.length + added));
    fg_put_bytes(out, old);
    blank_replaced(out, ifd, tags, n_tags);
    append_directory(out, tiff.whole.endian, rows, ifd ? (guint32)ifd->next : 0);
    return g_byte_array_free_to_bytes(out);
}
