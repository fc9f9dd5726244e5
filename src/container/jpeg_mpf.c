/* jpeg_mpf.c: keeps a Multi-Picture index (CIPA DC-007 §5.2) right when the images that it points to move. */
#include "container/jpeg_private.h"

enum { MP_ENTRY_TAG = 0xB002, MP_ENTRY_SIZE = 16, MP_IMAGE_SIZE_AT = 4, MP_IMAGE_OFFSET_AT = 8 };

/* Finds the entries of the images: a table that the first directory names, and that lies behind it. */
static gboolean
find_entries(GBytes *index, FgCursor *entries)
{
    FgTiff tiff;
    FgIfdEntry entry;
    FgIfdWalk walk;
    if (!fg_tiff_open_plain(index, &tiff) || tiff.big || !fg_ifd_begin(&tiff, tiff.first, &walk))
        return FALSE;
    while (fg_ifd_next(&walk, &entry))
        if (entry.tag == MP_ENTRY_TAG) {
            *entries = entry.value;
            return entry.flaw == FG_IFD_SOUND && entry.size == entry.count &&
                   entry.size % MP_ENTRY_SIZE == 0 &&
                   entry.offset >= walk.offset + 2 + walk.claimed * walk.width;
        }
    return FALSE;
}

GBytes *
fg_jpeg_mpf_move(GBytes *index, gint64 shift, gint64 growth, GError **error)
{
    FgCursor entries;
    if (!find_entries(index, &entries))
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED,
                             "the index of the pictures after the first one can't be followed");
    gsize length;
    const guint8 *data = g_bytes_get_data(index, &length);
    g_autofree guint8 *moved = g_memdup2(data, length);
    guint8 *entry = moved + (entries.data - data);
    for (gboolean first = TRUE; fg_cursor_left(&entries) > 0; first = FALSE, entry += MP_ENTRY_SIZE) {
        guint32 attribute, size, offset;
        fg_cursor_u32(&entries, &attribute);
        fg_cursor_u32(&entries, &size);
        fg_cursor_u32(&entries, &offset);
        fg_cursor_skip(&entries, MP_ENTRY_SIZE - 12);
        /* The first image is the file's own: its offset is 0 by definition. */
        gint64 new_size = first ? size + growth : size, new_offset = offset ? offset + shift : 0;
        if (new_size < 0 || new_size > G_MAXUINT32 || new_offset < 0 || new_offset > G_MAXUINT32)
            return fg_throw_null(error, FG_ERROR_UNSUPPORTED,
                                 "the pictures after the first one can't be moved");
        fg_store_u32(entry + MP_IMAGE_SIZE_AT, entries.endian, (guint32)new_size);
        fg_store_u32(entry + MP_IMAGE_OFFSET_AT, entries.endian, (guint32)new_offset);
    }
    return g_bytes_new_take(g_steal_pointer(&moved), length);
}
