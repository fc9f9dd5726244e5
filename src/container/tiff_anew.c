/* tiff_anew.c: a TIFF laid out anew: for each page that stays the data of its picture, byte for byte, and the
 * tags that a decoder needs, and with the first our own blocks. What is not copied is gone. */
#include "container/tiff_private.h"

#include <string.h>

typedef struct {
    const FgContainer *container;
    const FgTiff *tiff;
    FgKeepPart keep;
    gpointer data;
    const FgDress *dress;
    const FgPart *icc; /* of the picture, which is not the first page; NULL for none */
    GByteArray *out;
    guint link; /* where the offset of the next directory is to be written */
} Writer;

static FgEndian
order(const Writer *writer)
{
    return writer->tiff->whole.endian;
}

static void
add_block(GArray *rows, guint tag, guint type, GBytes *block)
{
    if (block)
        fg_ifd_add(rows, tag, type, g_bytes_get_size(block), g_bytes_ref(block));
}

/* A tag of this or another stream, its numbers turned round when its byte order is the other one. */
static void
copy_entry(const Writer *writer, GArray *rows, const FgIfdEntry *entry)
{
    fg_ifd_add(rows, entry->tag, entry->type, entry->count, fg_ifd_value_in(entry, order(writer)));
}

/* Copies the stretches of a page's picture in the order of the file; `places` gets where each then lies. */
static void
put_data(Writer *writer, const GArray *spans, GArray *places)
{
    for (guint i = 0; i < spans->len; i++) {
        FgSpan span = g_array_index(spans, FgSpan, i);
        if (writer->out->len & 1)
            fg_put_u8(writer->out, 0);
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
        if (g_array_index(spans, FgSpan, middle).offset <= old)
            low = middle;
        else
            high = middle;
    }
    if (!spans->len)
        return 0;
    FgSpan span = g_array_index(spans, FgSpan, low);
    guint64 inside = old >= span.offset && old - span.offset <= span.length ? old - span.offset : 0;
    return g_array_index(places, guint32, low) + (guint32)inside;
}

static void
add_structure(const Writer *writer, const FgIfdTable *ifd, const GArray *spans, const GArray *places,
              GArray *rows)
{
    for (guint i = 0; i < ifd->entries->len; i++) {
        const FgIfdEntry *entry = &g_array_index(ifd->entries, FgIfdEntry, i);
        if (!fg_tiff_is_structural(entry->tag))
            continue;
        if (entry->tag != FG_TIFF_STRIP_OFFSETS && entry->tag != FG_TIFF_TILE_OFFSETS) {
            copy_entry(writer, rows, entry);
            continue;
        }
        GByteArray *value = g_byte_array_new();
        guint64 old;
        for (guint64 j = 0; j < entry->count && fg_ifd_number(entry, j, &old); j++)
            fg_put_u32(value, order(writer), new_place(spans, places, old));
        fg_ifd_add(rows, entry->tag, FG_TIFF_LONG, entry->count, g_byte_array_free_to_bytes(value));
    }
}

GBytes *
fg_dress_iim(const FgDress *dress)
{
    FgIrbResource iim;
    return dress->irb && fg_irb_find(dress->irb, FG_IRB_IIM, &iim) ? fg_cursor_slice(&iim.value, dress->irb)
                                                                   : NULL;
}

/* What of dress->exif is no matter of the picture's form, with its Exif directory. */
static void
add_exif(Writer *writer, GArray *rows)
{
    FgTiff source;
    if (!writer->dress || !writer->dress->exif || !fg_tiff_open_plain(writer->dress->exif, &source) ||
        source.big)
        return;
    g_autoptr(FgIfdTable) ifd = fg_ifd_table(&source, source.first);
    g_autoptr(FgIfdTable) exif = fg_ifd_table(&source, fg_ifd_first(ifd, FG_TIFF_EXIF_IFD, 0));
    for (guint i = 0; ifd && i < ifd->entries->len; i++) {
        const FgIfdEntry *entry = &g_array_index(ifd->entries, FgIfdEntry, i);
        if (!fg_tiff_is_structural(entry->tag) && entry->tag != FG_TIFF_EXIF_IFD && entry->tag != 34853 &&
            entry->tag != 531)
            copy_entry(writer, rows, entry);
    }
    if (!exif || !exif->entries->len)
        return;
    g_autoptr(GArray) inner = fg_ifd_rows_new();
    for (guint i = 0; i < exif->entries->len; i++)
        copy_entry(writer, inner, &g_array_index(exif->entries, FgIfdEntry, i));
    GByteArray *pointer = g_byte_array_new();
    fg_put_u32(pointer, order(writer), fg_ifd_put(writer->out, order(writer), inner, 0, NULL));
    fg_ifd_add(rows, FG_TIFF_EXIF_IFD, FG_TIFF_LONG, 1, g_byte_array_free_to_bytes(pointer));
}

/* Blocks of the file that stay, after ours. */
static void
add_blocks(Writer *writer, const FgIfdTable *ifd, GArray *rows)
{
    const FgDress *dress = writer->dress;
    g_autoptr(GBytes) iim = dress ? fg_dress_iim(dress) : NULL;
    if (dress) {
        add_block(rows, FG_TIFF_XMP, FG_TIFF_BYTE, dress->xmp);
        add_block(rows, FG_TIFF_IIM, FG_TIFF_UNDEFINED, iim);
        add_block(rows, FG_TIFF_IRB, FG_TIFF_BYTE, dress->irb);
        if (!writer->icc)
            add_block(rows, FG_TIFF_ICC, FG_TIFF_UNDEFINED, dress->icc);
    }
    for (guint i = 0; i < writer->container->parts->len; i++) {
        const FgPart *part = writer->container->parts->pdata[i];
        guint64 tag;
        if (!g_str_has_prefix(part->where, "tag ") ||
            !g_ascii_string_to_unsigned(part->where + 4, 10, 1, G_MAXUINT16, &tag, NULL) ||
            !fg_part_stays(part, writer->keep, writer->data, dress))
            continue;
        const FgIfdEntry *entry = fg_ifd_look_up(ifd, (guint)tag);
        if (entry)
            copy_entry(writer, rows, entry);
    }
}

/* The colour profile of a picture that is not the first page stands in its own. */
static void
add_icc(const Writer *writer, guint number, GArray *rows)
{
    const FgPart *part = writer->icc;
    g_autofree char *page = fg_tiff_where_page(number), *behind = g_strconcat(page, " ", NULL);
    if (!part || !g_str_has_prefix(part->where, behind))
        return;
    GBytes *ours = fg_dress_block(writer->dress, FG_PART_ICC);
    if (ours || writer->keep(part, writer->data))
        add_block(rows, FG_TIFF_ICC, FG_TIFF_UNDEFINED, ours ? ours : part->bytes);
}

static gboolean
page_stays(const Writer *writer, guint number, guint full)
{
    g_autofree char *where = fg_tiff_where_page(number);
    for (guint i = 0; i < writer->container->parts->len; i++) {
        const FgPart *part = writer->container->parts->pdata[i];
        if (part->kind != FG_PART_EXIF && g_str_equal(part->where, where))
            return fg_part_stays(part, writer->keep, writer->data, writer->dress);
    }
    return number == 0 || number == full;
}

static gboolean
put_page(Writer *writer, const FgIfdTable *ifd, guint number, GError **error)
{
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) rows = fg_ifd_rows_new();
    guint64 compression = fg_ifd_first(ifd, FG_TIFF_COMPRESSION, 1);
    if (compression == 6 || fg_ifd_look_up(ifd, FG_TIFF_JPEG_OFFSET))
        return fg_throw(error, FG_ERROR_UNSUPPORTED, "page %u is in the old form of JPEG in TIFF",
                        number + 1);
    if (!fg_tiff_data(writer->tiff, ifd, spans))
        return fg_throw(error, FG_ERROR_MALFORMED, "the data of page %u lies outside of the file",
                        number + 1);
    fg_spans_tidy(spans);
    put_data(writer, spans, places);
    add_structure(writer, ifd, spans, places, rows);
    if (number == 0) {
        add_blocks(writer, ifd, rows);
        add_exif(writer, rows);
    } else {
        add_icc(writer, number, rows);
    }
    guint link;
    guint32 begin = fg_ifd_put(writer->out, order(writer), rows, 0, &link);
    fg_store_u32(writer->out->data + writer->link, order(writer), begin);
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
    if (!fg_tiff_open_plain(container->file, &tiff) || tiff.big || tiff.whole.length > G_MAXUINT32 / 2)
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "a BigTIFF can't be rewritten");
    g_autoptr(GPtrArray) pages = fg_tiff_pages(&tiff, &again);
    g_autoptr(GByteArray) out = g_byte_array_new();
    const FgPart *icc = fg_container_find(container, FG_PART_ICC);
    icc = icc && !g_str_has_prefix(icc->where, "tag ") ? icc : NULL;
    Writer writer = {container, &tiff, keep, data, dress, icc, out, 4};
    if (!check_sub_directories(&writer, error))
        return NULL;
    fg_put_text(out, order(&writer) == FG_BIG_ENDIAN ? "MM" : "II");
    fg_put_u16(out, order(&writer), 42);
    fg_put_u32(out, order(&writer), 0);
    /* Raw formats have their marks here, which pixels must not happen to spell. */
    fg_put_u32(out, order(&writer), 0);
    fg_put_u32(out, order(&writer), 0);
    const guint full = fg_tiff_full_page(pages);
    for (guint i = 0; i < pages->len; i++)
        if (page_stays(&writer, i, full) && !put_page(&writer, pages->pdata[i], i, error))
            return NULL;
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
