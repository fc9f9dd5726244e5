/* tiff.c: TIFF read (TIFF 6.0). The whole file is the EXIF part, since its first directory is what EXIF calls
 * IFD0; the blocks in it are parts of their own. */
#include "container/tiff_private.h"

#define ORIENTATION 274

/* Tags of a page that hold a block. */
static const struct {
    guint16 tag;
    FgPartKind kind;
    const char *name;
} blocks[] = {
    {FG_TIFF_XMP, FG_PART_XMP, NULL},
    {FG_TIFF_IIM, FG_PART_IIM, NULL},
    {FG_TIFF_IRB, FG_PART_IRB, NULL},
    {FG_TIFF_ICC, FG_PART_ICC, NULL},
    {FG_TIFF_LAYERS, FG_PART_AUXILIARY, "Photoshop layers"},
    {FG_TIFF_C2PA, FG_PART_C2PA, NULL},
    {33550, FG_PART_PRIVATE, "GeoTIFF pixel scale"},
    {33922, FG_PART_PRIVATE, "GeoTIFF tie points"},
    {34264, FG_PART_PRIVATE, "GeoTIFF transformation"},
    {34735, FG_PART_PRIVATE, "GeoTIFF keys"},
    {34736, FG_PART_PRIVATE, "GeoTIFF numbers"},
    {34737, FG_PART_PRIVATE, "GeoTIFF texts"},
    {42112, FG_PART_PRIVATE, "GDAL metadata"},
};

/* Those of the first directory a rewrite finds by their tag; those of another page, which is then the
 * picture, stand behind it in name. */
static gboolean
add_blocks(FgContainer *container, const FgIfdTable *ifd, guint page, GError **error)
{
    g_autofree char *behind = page > 0 ? fg_tiff_where_page(page) : g_strdup("");
    for (guint i = 0; i < G_N_ELEMENTS(blocks); i++) {
        const FgIfdEntry *entry = fg_ifd_look_up(ifd, blocks[i].tag);
        if (!entry)
            continue;
        FgPart *part = fg_part_add_slice(
            container, blocks[i].kind, entry->offset, entry->size, (gsize)entry->offset, (gsize)entry->size,
            g_strdup_printf("%s%stag %u", behind, page > 0 ? " " : "", blocks[i].tag), error);
        if (!part)
            return FALSE;
        part->name = g_strdup(blocks[i].name);
    }
    return TRUE;
}

/* Data that shares bytes with the header, the directory or a value of it: it changes when they do. */
static gboolean
lies_over(const FgIfdTable *ifd, const FgSpan *span)
{
    guint64 end = span->offset + span->length;
    gboolean over = span->offset < 8 || (span->offset < ifd->offset + ifd->length && ifd->offset < end);
    for (guint i = 0; !over && i < ifd->entries->len; i++) {
        const FgIfdEntry *entry = &g_array_index(ifd->entries, FgIfdEntry, i);
        over = entry->apart && span->offset < entry->offset + entry->size && entry->offset < end;
    }
    return over;
}

static gboolean
read_picture(FgContainer *container, const FgTiff *tiff, const FgIfdTable *ifd, GError **error)
{
    container->width = (guint32)MIN(fg_ifd_first(ifd, FG_TIFF_WIDTH, 0), G_MAXUINT32);
    container->height = (guint32)MIN(fg_ifd_first(ifd, FG_TIFF_HEIGHT, 0), G_MAXUINT32);
    container->bands = (guint8)MIN(fg_ifd_first(ifd, FG_TIFF_SAMPLES, 1), 255);
    container->depth = (guint8)MIN(fg_ifd_first(ifd, FG_TIFF_BITS, 1), 255);
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    container->complete = fg_tiff_data(tiff, ifd, spans);
    if (!container->complete)
        fg_fault(container, "the picture's data lies outside of the file");
    fg_spans_tidy(spans);
    for (guint i = 0; i < spans->len; i++) {
        FgSpan span = g_array_index(spans, FgSpan, i);
        if (lies_over(ifd, &span))
            fg_fault(container, "the picture's data lies over the directory");
        if (!fg_part_add_picture(container, span.offset, span.length, NULL, error))
            return FALSE;
    }
    return TRUE;
}

/* A further directory: a page, or a smaller picture of the first. */
static gboolean
add_page(FgContainer *container, const FgTiff *tiff, const FgIfdTable *ifd, char *taken_where, GError **error)
{
    gboolean reduced = fg_ifd_first(ifd, FG_TIFF_NEW_SUBFILE_TYPE, 0) & 1;
    guint64 length = 0, at = fg_ifd_first(ifd, FG_TIFF_JPEG_OFFSET, 0);
    guint64 size = fg_ifd_first(ifd, FG_TIFF_JPEG_LENGTH, 0);
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    fg_tiff_data(tiff, ifd, spans);
    for (guint i = 0; i < spans->len; i++)
        length += g_array_index(spans, FgSpan, i).length;
    gboolean thumbnail = reduced || at;
    FgPart *part = fg_part_add(container, thumbnail ? FG_PART_THUMBNAIL : FG_PART_AUXILIARY, ifd->offset,
                               ifd->length + length, taken_where, error);
    if (!part)
        return FALSE;
    part->name = g_strdup(thumbnail ? "smaller picture" : "page");
    /* One strip of JPEG is a file of its own, but for tables that may stand elsewhere. */
    if (!at && thumbnail && spans->len == 1 && fg_ifd_first(ifd, FG_TIFF_COMPRESSION, 1) == 7) {
        at = g_array_index(spans, FgSpan, 0).offset;
        size = length;
    }
    if (at && at <= tiff->whole.length && size <= tiff->whole.length - at)
        part->bytes = g_bytes_new_from_bytes(container->file, (gsize)at, (gsize)size);
    return TRUE;
}

static gboolean
add_sub_ifds(FgContainer *container, const FgTiff *tiff, const FgIfdTable *ifd, GError **error)
{
    const FgIfdEntry *entry = fg_ifd_look_up(ifd, FG_TIFF_SUB_IFDS);
    guint64 offset;
    for (guint i = 0; entry && i < MIN(entry->count, 64) && fg_ifd_number(entry, i, &offset); i++) {
        g_autoptr(FgIfdTable) sub = fg_ifd_table(tiff, offset);
        if (!sub)
            fg_fault(container, "there is no directory at %" G_GUINT64_FORMAT, offset);
        else if (!add_page(container, tiff, sub, g_strdup_printf("SubIFD%u", i), error))
            return FALSE;
    }
    return TRUE;
}

gboolean
fg_tiff_read(FgContainer *container, GError **error)
{
    FgTiff tiff;
    if (!fg_tiff_open_plain(container->file, &tiff))
        return fg_throw(error, FG_ERROR_MALFORMED, "the TIFF header makes no sense");
    g_autoptr(GPtrArray) pages = fg_tiff_pages(&tiff, container);
    if (!pages->len)
        return fg_throw(error, FG_ERROR_MALFORMED, "the file has no readable directory");
    gsize length = g_bytes_get_size(container->file);
    FgPart *exif = fg_part_add(container, FG_PART_EXIF, 0, length, fg_tiff_where_page(0), error);
    if (!exif)
        return FALSE;
    exif->bytes = g_bytes_ref(container->file);
    const FgIfdTable *first = pages->pdata[0];
    const guint full = fg_tiff_full_page(pages);
    /* The picture's own blocks come first: they speak for it. */
    if (!read_picture(container, &tiff, pages->pdata[full], error) ||
        (full > 0 && !add_blocks(container, pages->pdata[full], full, error)) ||
        !add_blocks(container, first, 0, error) || !add_sub_ifds(container, &tiff, first, error))
        return FALSE;
    if (full > 0)
        container->orientation = (guint8)MIN(fg_ifd_first(pages->pdata[full], ORIENTATION, 1), 8);
    for (guint i = 1; i < pages->len; i++)
        if (i != full && !add_page(container, &tiff, pages->pdata[i], fg_tiff_where_page(i), error))
            return FALSE;
    return TRUE;
}

gboolean
fg_tiff_verify(const FgContainer *container, GError **error)
{
    if (container->complete)
        return TRUE;
    return fg_throw(error, FG_ERROR_MALFORMED, "%s",
                    container->faults->len ? (char *)container->faults->pdata[0] : "the picture has no data");
}
