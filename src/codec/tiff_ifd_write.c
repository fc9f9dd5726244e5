/* tiff_ifd_write.c: directories of a classic TIFF stream written, and thinned out where they stand. */
#include "codec/codec.h"

#include <string.h>

#define ENTRY 12u /* bytes */
#define FIELD 4u

typedef struct {
    guint16 tag, type;
    guint32 count;
    GBytes *value;
    FgCursor entry;  /* in place of type, count and value: the whole entry as it stands in the stream */
    gboolean behind; /* it has a flaw */
} Row;

static void
clear_row(gpointer data)
{
    g_clear_pointer(&((Row *)data)->value, g_bytes_unref);
}

GArray *
fg_ifd_rows_new(void)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
    g_array_set_clear_func(rows, clear_row);
    return rows;
}

void
fg_ifd_add(GArray *rows, guint tag, guint type, guint64 count, GBytes *taken_value)
{
    const Row row = {
        .tag = (guint16)tag, .type = (guint16)type, .count = (guint32)count, .value = taken_value};
    for (guint i = 0; i < rows->len; i++) {
        if (g_array_index(rows, Row, i).tag == tag) {
            g_bytes_unref(taken_value);
            return;
        }
    }
    g_array_append_val(rows, row);
}

void
fg_ifd_add_entry(GArray *rows, const FgIfdEntry *entry)
{
    const Row row = {.tag = entry->tag, .entry = entry->entry, .behind = entry->flaw != FG_IFD_SOUND};
    g_array_append_val(rows, row);
}

/* Readers give a directory up whose first entry has a flaw, so such entries stand behind the others. */
static gint
by_tag(gconstpointer left, gconstpointer right)
{
    const Row *a = left, *b = right;
    return a->behind != b->behind ? a->behind - b->behind : a->tag - b->tag;
}

static void
align(GByteArray *out)
{
    if (out->len & 1)
        fg_put_u8(out, 0);
}

/* A value of up to four bytes stands in its entry; a longer one among `values`, which lie at `behind`. */
static void
put_row(GByteArray *out, FgEndian endian, const Row *row, GByteArray *values, guint32 behind)
{
    if (!row->value) {
        g_byte_array_append(out, row->entry.data, ENTRY);
        return;
    }
    fg_put_u16(out, endian, row->tag);
    fg_put_u16(out, endian, row->type);
    fg_put_u32(out, endian, row->count);
    const gsize length = g_bytes_get_size(row->value);
    if (length > FIELD) {
        fg_put_u32(out, endian, behind + values->len);
        fg_put_bytes(values, row->value);
        align(values);
        return;
    }
    fg_put_bytes(out, row->value);
    for (gsize i = length; i < FIELD; i++)
        fg_put_u8(out, 0);
}

guint32
fg_ifd_put(GByteArray *out, FgEndian endian, GArray *rows, guint32 next, guint *link)
{
    g_autoptr(GByteArray) values = g_byte_array_new();
    align(out);
    g_array_sort(rows, by_tag); /* Equals stay in their order. */
    const guint32 begin = out->len, behind = begin + 2 + rows->len * ENTRY + FIELD;
    fg_put_u16(out, endian, rows->len);
    for (guint i = 0; i < rows->len; i++)
        put_row(out, endian, &g_array_index(rows, Row, i), values, behind);
    if (link)
        *link = out->len;
    fg_put_u32(out, endian, next);
    g_byte_array_append(out, values->data, values->len);
    return begin;
}

guint
fg_ifd_thin(const FgTiff *tiff, guint8 *bytes, guint64 offset, FgIfdGoes goes, gpointer data)
{
    FgIfdWalk walk;
    FgIfdEntry entry;
    if (!fg_ifd_begin(tiff, offset, &walk))
        return 0;
    const FgEndian endian = tiff->whole.endian;
    guint8 *count = bytes + offset, *to = bytes + walk.at.offset;
    guint64 gone = 0;
    while (fg_ifd_next(&walk, &entry)) {
        if (goes(&entry, data)) {
            gone++;
            continue;
        }
        memmove(to, entry.entry.data, entry.entry.length);
        to += entry.entry.length;
    }
    const guint64 left = walk.claimed - gone;
    if (gone == 0)
        return (guint)left;
    /* Behind the entries that were walked lie those beyond the ceiling, then the link; behind a cut table a
     * rest that is no entry, and must not become one. */
    const guint64 link = tiff->big ? 8 : 4, beyond = walk.claimed - MIN(walk.claimed, FG_IFD_CEILING);
    const guint8 *from = bytes + walk.at.offset;
    gsize rest = fg_cursor_left(&walk.at);
    if (!walk.flaws.cut)
        rest = (gsize)MIN(rest, MIN(beyond, G_MAXUINT32) * walk.width + link);
    const gsize kept = walk.flaws.cut ? 0 : rest;
    memmove(to, from, kept);
    memset(to + kept, 0, (gsize)(from + rest - to) - kept);
    if (tiff->big)
        fg_store_u64(count, endian, left);
    else
        fg_store_u16(count, endian, (guint)left);
    return (guint)left;
}
