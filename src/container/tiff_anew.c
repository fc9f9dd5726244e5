/* tiff_anew.c: a TIFF laid out anew: for each page that stays the data of its picture, byte for byte, and the
 * tags that a decoder needs, and with the first our own blocks. What is not copied is gone. */
#include "container/tiff_private.h"

#include <string.h>

/* A tag as it will be written; the value is in the byte order of the new file. */
typedef struct {
    guint16 tag, type;
    guint32 count;
    GByteArray *value;
} Row;

typedef struct {
    const FgContainer *container;
    const FgTiff *tiff;
    FgKeepPart keep;
    gpointer data;
    const FgDress *dress;
    GByteArray *out;
    guint link; /* where the offset of the next directory is to be written */
} Writer;

static void
row_clear(Row *row)
{
    g_byte_array_unref(row->value);
}

static GArray *
rows_new(void)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
    g_array_set_clear_func(rows, (GDestroyNotify)row_clear);
    return rows;
}

static void
put16(const Writer *writer, GByteArray *out, guint value)
{
    fg_tiff_put16(out, writer->tiff->whole.endian, value);
}

static void
put32(const Writer *writer, GByteArray *out, guint32 value)
{
    fg_tiff_put32(out, writer->tiff->whole.endian, value);
}

static void
align(GByteArray *out)
{
    if (out->len & 1)
        fg_put_u8(out, 0);
}

/* Adds a tag unless it is there already. */
static void
add_row(GArray *rows, guint tag, guint type, guint64 count, GByteArray *taken)
{
    for (guint i = 0; i < rows->len; i++) {
        if (g_array_index(rows, Row, i).tag == tag) {
            g_byte_array_unref(taken);
            return;
        }
    }
    Row row = {(guint16)tag, (guint16)type, (guint32)count, taken};
    g_array_append_val(rows, row);
}

static void
add_block(GArray *rows, guint tag, guint type, GBytes *block)
{
    if (!block)
        return;
    GByteArray *value = g_byte_array_new();
    fg_put_bytes(value, block);
    add_row(rows, tag, type, value->len, value);
}

/* A value of another stream, its numbers turned round when its byte order is the other one. */
static GByteArray *
copy_value(const Writer *writer, const FgTiff *source, const FgTiffEntry *entry)
{
    GByteArray *value = g_byte_array_new();
    FgCursor at = source->whole, inside;
    if (!fg_cursor_seek(&at, entry->offset) || !fg_cursor_take(&at, entry->size, &inside))
        return value;
    g_byte_array_append(value, inside.data + inside.offset, (guint)entry->size);
    guint unit = fg_tiff_type_unit(entry->type);
    if (source->whole.endian == writer->tiff->whole.endian || unit < 2)
        return value;
    for (guint i = 0; i + unit <= value->len; i += unit) {
        for (guint j = 0; j < unit / 2; j++) {
            guint8 byte = value->data[i + j];
            value->data[i + j] = value->data[i + unit - 1 - j];
            value->data[i + unit - 1 - j] = byte;
        }
    }
    return value;
}

static int
compare_rows(gconstpointer left, gconstpointer right)
{
    return ((const Row *)left)->tag - ((const Row *)right)->tag;
}

/* Writes a directory and its values; gives where it lies, and *link where its successor is named. */
static guint32
put_directory(Writer *writer, GArray *rows, guint *link)
{
    GByteArray *out = writer->out;
    align(out);
    g_array_sort(rows, compare_rows);
    g_autoptr(GByteArray) values = g_byte_array_new();
    guint32 begin = out->len, behind = begin + 2 + rows->len * 12 + 4;
    put16(writer, out, rows->len);
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = &g_array_index(rows, Row, i);
        put16(writer, out, row->tag);
        put16(writer, out, row->type);
        put32(writer, out, row->count);
        if (row->value->len <= 4) {
            guint8 room[4] = {0};
            if (row->value->len)
                memcpy(room, row->value->data, row->value->len);
            g_byte_array_append(out, room, sizeof room);
        } else {
            put32(writer, out, behind + values->len);
            g_byte_array_append(values, row->value->data, row->value->len);
            align(values);
        }
    }
    *link = out->len;
    put32(writer, out, 0);
    g_byte_array_append(out, values->data, values->len);
    return begin;
}

/* Copies the stretches of a page's picture in the order of the file; `places` gets where each then lies. */
static void
put_data(Writer *writer, const GArray *spans, GArray *places)
{
    for (guint i = 0; i < spans->len; i++) {
        FgTiffSpan span = g_array_index(spans, FgTiffSpan, i);
        align(writer->out);
        guint32 place = writer->out->len;
        g_array_append_val(places, place);
        fg_put_span(writer->out, writer->container, span.offset, span.length);
    }
}

/* Where a strip is now. Strips may share bytes, which are copied once: spans are tidy. */
static guint32
new_place(const GArray *spans, const GArray *places, guint64 old)
{
    guint low = 0, high = spans->len;
    while (low + 1 < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(spans, FgTiffSpan, middle).offset <= old)
            low = middle;
        else
            high = middle;
    }
    if (!spans->len)
        return 0;
    FgTiffSpan span = g_array_index(spans, FgTiffSpan, low);
    guint64 inside = old >= span.offset && old - span.offset <= span.length ? old - span.offset : 0;
    return g_array_index(places, guint32, low) + (guint32)inside;
}

static void
add_structure(const Writer *writer, const FgTiffIfd *ifd, const GArray *spans, const GArray *places,
              GArray *rows)
{
    for (guint i = 0; i < ifd->entries->len; i++) {
        const FgTiffEntry *entry = &g_array_index(ifd->entries, FgTiffEntry, i);
        if (!fg_tiff_is_structural(entry->tag))
            continue;
        if (entry->tag != FG_TIFF_STRIP_OFFSETS && entry->tag != FG_TIFF_TILE_OFFSETS) {
            add_row(rows, entry->tag, entry->type, entry->count, copy_value(writer, writer->tiff, entry));
            continue;
        }
        GByteArray *value = g_byte_array_new();
        guint64 old;
        for (guint64 j = 0; j < entry->count && fg_tiff_number(writer->tiff, entry, j, &old); j++)
            put32(writer, value, new_place(spans, places, old));
        add_row(rows, entry->tag, FG_TIFF_LONG, entry->count, value);
    }
}

GBytes *
fg_tiff_iim_of(GBytes *irb)
{
    FgCursor at = fg_cursor_bytes(irb, FG_BIG_ENDIAN), data;
    guint16 id;
    guint8 name;
    guint32 size;
    while (fg_cursor_match(&at, "8BIM", 4) && fg_cursor_u16(&at, &id) && fg_cursor_u8(&at, &name) &&
           fg_cursor_skip(&at, name | 1u) && fg_cursor_u32(&at, &size) && fg_cursor_take(&at, size, &data)) {
        if (id == 0x0404)
            return fg_cursor_slice(&data, irb);
        fg_cursor_skip(&at, size & 1);
    }
    return NULL;
}

/* What of dress->exif is no matter of the picture's form, with its Exif directory. */
static void
add_exif(Writer *writer, GArray *rows)
{
    FgTiff source;
    if (!writer->dress || !writer->dress->exif || !fg_tiff_open(writer->dress->exif, &source) || source.big)
        return;
    g_autoptr(FgTiffIfd) ifd = fg_tiff_ifd(&source, source.first);
    g_autoptr(FgTiffIfd) exif =
        ifd ? fg_tiff_ifd(&source, fg_tiff_first(&source, ifd, FG_TIFF_EXIF_IFD, 0)) : NULL;
    for (guint i = 0; ifd && i < ifd->entries->len; i++) {
        const FgTiffEntry *entry = &g_array_index(ifd->entries, FgTiffEntry, i);
        if (!fg_tiff_is_structural(entry->tag) && entry->tag != FG_TIFF_EXIF_IFD && entry->tag != 34853 &&
            entry->tag != 531)
            add_row(rows, entry->tag, entry->type, entry->count, copy_value(writer, &source, entry));
    }
    if (!exif || !exif->entries->len)
        return;
    g_autoptr(GArray) inner = rows_new();
    for (guint i = 0; i < exif->entries->len; i++) {
        const FgTiffEntry *entry = &g_array_index(exif->entries, FgTiffEntry, i);
        add_row(inner, entry->tag, entry->type, entry->count, copy_value(writer, &source, entry));
    }
    guint link;
    GByteArray *pointer = g_byte_array_new();
    put32(writer, pointer, put_directory(writer, inner, &link));
    add_row(rows, FG_TIFF_EXIF_IFD, FG_TIFF_LONG, 1, pointer);
}

/* Blocks of the file that stay, after ours. */
static void
add_blocks(Writer *writer, const FgTiffIfd *ifd, GArray *rows)
{
    const FgDress *dress = writer->dress;
    g_autoptr(GBytes) iim = dress && dress->irb ? fg_tiff_iim_of(dress->irb) : NULL;
    if (dress) {
        add_block(rows, FG_TIFF_XMP, FG_TIFF_BYTE, dress->xmp);
        add_block(rows, FG_TIFF_IIM, FG_TIFF_UNDEFINED, iim);
        add_block(rows, FG_TIFF_IRB, FG_TIFF_BYTE, dress->irb);
        add_block(rows, FG_TIFF_ICC, FG_TIFF_UNDEFINED, dress->icc);
    }
    for (guint i = 0; i < writer->container->parts->len; i++) {
        const FgPart *part = writer->container->parts->pdata[i];
        guint64 tag;
        if (!g_str_has_prefix(part->where, "tag ") ||
            !g_ascii_string_to_unsigned(part->where + 4, 10, 1, G_MAXUINT16, &tag, NULL) ||
            !fg_part_stays(part, writer->keep, writer->data, dress))
            continue;
        const FgTiffEntry *entry = fg_tiff_find(ifd, (guint)tag);
        if (entry)
            add_row(rows, entry->tag, entry->type, entry->count, copy_value(writer, writer->tiff, entry));
    }
}

static gboolean
page_stays(const Writer *writer, guint number)
{
    g_autofree char *where = fg_tiff_where_page(number);
    for (guint i = 0; i < writer->container->parts->len; i++) {
        const FgPart *part = writer->container->parts->pdata[i];
        if (part->kind != FG_PART_EXIF && g_str_equal(part->where, where))
            return fg_part_stays(part, writer->keep, writer->data, writer->dress);
    }
    return number == 0;
}

static gboolean
put_page(Writer *writer, const FgTiffIfd *ifd, guint number, GError **error)
{
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(FgTiffSpan));
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) rows = rows_new();
    guint64 compression = fg_tiff_first(writer->tiff, ifd, FG_TIFF_COMPRESSION, 1);
    if (compression == 6 || fg_tiff_find(ifd, FG_TIFF_JPEG_OFFSET))
        return fg_throw(error, FG_ERROR_UNSUPPORTED, "page %u is in the old form of JPEG in TIFF",
                        number + 1);
    if (!fg_tiff_data(writer->tiff, ifd, spans))
        return fg_throw(error, FG_ERROR_MALFORMED, "the data of page %u lies outside of the file",
                        number + 1);
    fg_tiff_spans_tidy(spans);
    put_data(writer, spans, places);
    add_structure(writer, ifd, spans, places, rows);
    if (number == 0) {
        add_blocks(writer, ifd, rows);
        add_exif(writer, rows);
    }
    guint link;
    guint32 begin = put_directory(writer, rows, &link);
    fg_tiff_set32(writer->out, writer->tiff->whole.endian, writer->link, begin);
    writer->link = link;
    return TRUE;
}

/* A sub-directory hangs on tags that are not copied. One that is to stay, the sensor's picture of a raw file
 * say, must not get lost in silence. */
static gboolean
check_sub_directories(const Writer *writer, GError **error)
{
    for (guint i = 0; i < writer->container->parts->len; i++) {
        const FgPart *part = writer->container->parts->pdata[i];
        if (g_str_has_prefix(part->where, "SubIFD") &&
            fg_part_stays(part, writer->keep, writer->data, writer->dress))
            return fg_throw(error, FG_ERROR_UNSUPPORTED, "it holds a further picture in a sub-directory");
    }
    return TRUE;
}

GBytes *
fg_tiff_anew(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
             GError **error)
{
    FgTiff tiff;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    FgContainer again = *container;
    again.faults = faults; /* They are known already. */
    if (!fg_tiff_open(container->file, &tiff) || tiff.big || tiff.whole.length > G_MAXUINT32 / 2)
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "a BigTIFF can't be rewritten");
    g_autoptr(GPtrArray) pages = fg_tiff_pages(&tiff, &again);
    g_autoptr(GByteArray) out = g_byte_array_new();
    Writer writer = {container, &tiff, keep, data, dress, out, 4};
    if (!check_sub_directories(&writer, error))
        return NULL;
    fg_put_text(out, tiff.whole.endian == FG_BIG_ENDIAN ? "MM" : "II");
    put16(&writer, out, 42);
    put32(&writer, out, 0);
    /* Raw formats have their marks here, which pixels must not happen to spell. */
    put32(&writer, out, 0);
    put32(&writer, out, 0);
    for (guint i = 0; i < pages->len; i++)
        if (page_stays(&writer, i) && !put_page(&writer, pages->pdata[i], i, error))
            return NULL;
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
