/* tiff_page.c: which page of a TIFF is its picture, and of what kind its samples are. */
#include "container/tiff_private.h"

enum {
    SUBFILE_TYPE = 255, /* TIFF 5.0 */
    EXTRA_SAMPLES = 338,
    SAMPLE_FORMAT = 339,
    REDUCED = 1, /* a bit of NewSubfileType */
    MASK = 4,    /* another */
    REDUCED_OF_OLD = 2,
    ASSOCIATED_ALPHA = 1,
    UNASSOCIATED_ALPHA = 2,
};

static gboolean
is_full(const FgIfdTable *ifd)
{
    return !(fg_ifd_first(ifd, FG_TIFF_NEW_SUBFILE_TYPE, 0) & (REDUCED | MASK)) &&
           fg_ifd_first(ifd, SUBFILE_TYPE, 0) != REDUCED_OF_OLD && fg_ifd_first(ifd, FG_TIFF_WIDTH, 0) > 0 &&
           fg_ifd_first(ifd, FG_TIFF_HEIGHT, 0) > 0 &&
           (fg_ifd_look_up(ifd, FG_TIFF_STRIP_OFFSETS) || fg_ifd_look_up(ifd, FG_TIFF_TILE_OFFSETS) ||
            fg_ifd_look_up(ifd, FG_TIFF_JPEG_OFFSET));
}

guint
fg_tiff_full_page(const GPtrArray *pages)
{
    for (guint i = 0; i < pages->len; i++)
        if (is_full(pages->pdata[i]))
            return i;
    return 0;
}

/* Samples that are said to be nothing (ExtraSamples 0) are no alpha. */
static void
read_extra(const FgIfdTable *ifd, FgTiffPage *page)
{
    const FgIfdEntry *entry = fg_ifd_look_up(ifd, EXTRA_SAMPLES);
    guint64 kind;
    page->alpha = -1;
    page->extra = entry && entry->count < page->samples ? (guint)entry->count : 0;
    for (guint i = 0; i < page->extra && page->alpha < 0; i++)
        if (fg_ifd_number(entry, i, &kind) && (kind == ASSOCIATED_ALPHA || kind == UNASSOCIATED_ALPHA))
            page->alpha = (int)(page->samples - page->extra + i);
}

static guint32
number(const FgIfdTable *ifd, guint tag, guint64 fallback, guint64 most)
{
    return (guint32)MIN(fg_ifd_first(ifd, tag, fallback), most);
}

gboolean
fg_tiff_page(GBytes *file, FgTiffPage *page)
{
    FgTiff tiff;
    *page = (FgTiffPage){.alpha = -1};
    if (!fg_tiff_open_plain(file, &tiff))
        return FALSE;
    g_autoptr(GPtrArray) pages = fg_tiff_pages(&tiff, NULL);
    if (pages->len == 0)
        return FALSE;
    page->number = fg_tiff_full_page(pages);
    const FgIfdTable *ifd = pages->pdata[page->number];
    page->width = number(ifd, FG_TIFF_WIDTH, 0, G_MAXUINT32);
    page->height = number(ifd, FG_TIFF_HEIGHT, 0, G_MAXUINT32);
    page->bits = (guint16)number(ifd, FG_TIFF_BITS, 1, G_MAXUINT16);
    page->format = (guint16)number(ifd, SAMPLE_FORMAT, 1, G_MAXUINT16);
    page->compression = (guint16)number(ifd, FG_TIFF_COMPRESSION, 1, G_MAXUINT16);
    page->samples = number(ifd, FG_TIFF_SAMPLES, 1, G_MAXUINT16);
    read_extra(ifd, page);
    return TRUE;
}
