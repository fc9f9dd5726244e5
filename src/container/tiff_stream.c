/* tiff_stream.c: the pages of a TIFF stream, and where their pictures lie (TIFF 6.0). */
#include "container/tiff_private.h"

static gboolean
add_data(const FgTiff *tiff, const FgIfdEntry *offsets, const FgIfdEntry *counts, GArray *spans)
{
    FgSpan span;
    for (guint64 i = 0; i < offsets->count; i++) {
        if (!fg_ifd_number(offsets, i, &span.offset) || !fg_ifd_number(counts, i, &span.length) ||
            span.offset > tiff->whole.length || span.length > tiff->whole.length - span.offset)
            return FALSE;
        g_array_append_val(spans, span);
    }
    return TRUE;
}

gboolean
fg_tiff_data(const FgTiff *tiff, const FgIfdTable *ifd, GArray *spans)
{
    static const guint16 pairs[][2] = {{FG_TIFF_STRIP_OFFSETS, FG_TIFF_STRIP_COUNTS},
                                       {FG_TIFF_TILE_OFFSETS, FG_TIFF_TILE_COUNTS},
                                       {FG_TIFF_JPEG_OFFSET, FG_TIFF_JPEG_LENGTH}};
    gboolean found = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        const FgIfdEntry *offsets = fg_ifd_look_up(ifd, pairs[i][0]),
                         *counts = fg_ifd_look_up(ifd, pairs[i][1]);
        if (!offsets || !counts)
            continue;
        if (!add_data(tiff, offsets, counts, spans))
            return FALSE;
        found = TRUE;
    }
    return found;
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
    GPtrArray *pages = g_ptr_array_new_with_free_func((GDestroyNotify)fg_ifd_table_free);
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
        FgIfdTable *ifd = fg_ifd_table(tiff, offset);
        if (!ifd) {
            fg_fault(container, "there is no directory at %" G_GUINT64_FORMAT, offset);
            break;
        }
        const guint lost = ifd->flaws.outside + ifd->flaws.unknown;
        if (lost)
            fg_fault(container, "%u entries of directory %u lie outside of the file", lost, pages->len + 1);
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
