/* tiff_amend.c: tags changed in a TIFF stream without moving a byte that something may point to: a new first
 * directory goes to the end, with the old entries as they were. Maker notes, whose offsets nobody knows for
 * sure, stay readable. */
#include "container/jpeg_private.h"
#include "container/tiff_private.h"

#include <string.h>

static const FgTiffTag *
find_change(const FgTiffTag *tags, guint n_tags, guint tag)
{
    for (guint i = 0; i < n_tags; i++)
        if (tags[i].tag == tag)
            return &tags[i];
    return NULL;
}

static gboolean
holds_already(const FgIfdTable *ifd, const FgTiffTag *change)
{
    const FgIfdEntry *entry = fg_ifd_look_up(ifd, change->tag);
    if (!entry || !change->value)
        return !entry && !change->value;
    return entry->size == g_bytes_get_size(change->value) &&
           fg_cursor_peek(&entry->value, g_bytes_get_data(change->value, NULL), entry->value.length);
}

/* True when no other value of the directory, nor its table, lies over this one. */
static gboolean
stands_alone(const FgIfdTable *ifd, const FgIfdEntry *entry)
{
    guint64 begin = entry->offset, end = begin + entry->size;
    if (begin < ifd->offset + ifd->length && ifd->offset < end)
        return FALSE;
    for (guint i = 0; i < ifd->entries->len; i++) {
        const FgIfdEntry *other = &g_array_index(ifd->entries, FgIfdEntry, i);
        if (other != entry && other->apart && other->offset < end && begin < other->offset + other->size)
            return FALSE;
    }
    return begin >= 8;
}

/* What is replaced shall not be found in the file any more. */
static void
blank_replaced(GByteArray *out, const FgIfdTable *ifd, const FgTiffTag *tags, guint n_tags)
{
    for (guint i = 0; ifd && i < ifd->entries->len; i++) {
        const FgIfdEntry *entry = &g_array_index(ifd->entries, FgIfdEntry, i);
        if (entry->apart && find_change(tags, n_tags, entry->tag) && stands_alone(ifd, entry))
            memset(out->data + entry->offset, 0, (gsize)entry->size);
    }
}

/* The old entries that stay, whatever they are, and ours. */
static GArray *
collect_rows(const FgTiff *tiff, const FgTiffTag *tags, guint n_tags)
{
    GArray *rows = fg_ifd_rows_new();
    FgIfdWalk walk;
    FgIfdEntry entry;
    if (fg_ifd_begin(tiff, tiff->first, &walk))
        while (fg_ifd_next(&walk, &entry))
            if (!find_change(tags, n_tags, entry.tag))
                fg_ifd_add_entry(rows, &entry);
    for (guint i = 0; i < n_tags; i++)
        if (tags[i].value)
            fg_ifd_add(rows, tags[i].tag, tags[i].type, g_bytes_get_size(tags[i].value),
                       g_bytes_ref(tags[i].value));
    return rows;
}

/* ---- Room behind the last datum ---- */

#define MOST_DIRECTORIES 64u

/* The end of the pictures that the directory names: each offset has its length in another tag. */
static guint64
end_of_pictures(const FgIfdTable *ifd)
{
    static const guint16 pairs[][2] = {{FG_TIFF_JPEG_OFFSET, FG_TIFF_JPEG_LENGTH},
                                       {FG_TIFF_STRIP_OFFSETS, FG_TIFF_STRIP_COUNTS},
                                       {FG_TIFF_TILE_OFFSETS, FG_TIFF_TILE_COUNTS}};
    guint64 end = 0, offset, length;
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        const FgIfdEntry *places = fg_ifd_look_up(ifd, pairs[i][0]),
                         *sizes = fg_ifd_look_up(ifd, pairs[i][1]);
        for (guint64 j = 0;
             places && sizes && fg_ifd_number(places, j, &offset) && fg_ifd_number(sizes, j, &length); j++)
            end = MAX(end, offset + MIN(length, G_MAXUINT32));
    }
    return end;
}

static void
add_directory(GArray *offsets, guint64 offset)
{
    for (guint i = 0; i < offsets->len; i++)
        if (g_array_index(offsets, guint64, i) == offset)
            return;
    if (offset != 0 && offsets->len < MOST_DIRECTORIES)
        g_array_append_val(offsets, offset);
}

/* The same of all values of a directory, and the directories that it names. */
static guint64
end_of_values(const FgIfdTable *ifd, GArray *offsets)
{
    static const guint16 pointers[] = {FG_TIFF_SUB_IFDS, FG_TIFF_EXIF_IFD, 0x8825, 0xA005};
    guint64 end = ifd->offset + ifd->length, offset;
    for (guint i = 0; i < ifd->entries->len; i++) {
        const FgIfdEntry *entry = &g_array_index(ifd->entries, FgIfdEntry, i);
        end = MAX(end, entry->apart ? entry->offset + entry->size : 0);
        for (guint j = 0; j < G_N_ELEMENTS(pointers); j++)
            for (guint64 k = 0;
                 k < MOST_DIRECTORIES && entry->tag == pointers[j] && fg_ifd_number(entry, k, &offset); k++)
                add_directory(offsets, offset);
    }
    add_directory(offsets, ifd->next);
    return MAX(end, end_of_pictures(ifd));
}

/* Behind it are zeros that nothing points to, with which some cameras fill the segment up. */
static gsize
end_of_data(const FgTiff *tiff)
{
    const FgCursor *whole = &tiff->whole;
    guint64 end = whole->length;
    while (end > 0 && whole->data[end - 1] == 0)
        end--;
    g_autoptr(GArray) offsets = g_array_new(FALSE, FALSE, sizeof(guint64));
    add_directory(offsets, tiff->first);
    for (guint i = 0; i < offsets->len; i++) {
        g_autoptr(FgIfdTable) ifd = fg_ifd_table(tiff, g_array_index(offsets, guint64, i));
        if (ifd)
            end = MAX(end, end_of_values(ifd, offsets));
    }
    return (gsize)MIN(end, whole->length);
}

/* The stream up to `end`, and behind it the new directory. */
static GBytes *
put_behind(const FgTiff *tiff, gsize end, const FgIfdTable *ifd, const FgTiffTag *tags, guint n_tags)
{
    g_autoptr(GArray) rows = collect_rows(tiff, tags, n_tags);
    GByteArray *out = g_byte_array_sized_new((guint)end + 4096);
    g_byte_array_append(out, tiff->whole.data, (guint)end);
    blank_replaced(out, ifd, tags, n_tags);
    const guint32 begin = fg_ifd_put(out, tiff->whole.endian, rows, ifd ? (guint32)ifd->next : 0, NULL);
    fg_store_u32(out->data + 4, tiff->whole.endian, begin);
    return g_byte_array_free_to_bytes(out);
}

GBytes *
fg_tiff_amend(GBytes *stream, const FgTiffTag *tags, guint n_tags, GError **error)
{
    static const guint8 empty[8] = {'I', 'I', 42};
    g_autoptr(GBytes) old = stream ? g_bytes_ref(stream) : g_bytes_new_static(empty, sizeof empty);
    FgTiff tiff;
    if (!fg_tiff_open_plain(old, &tiff))
        return fg_throw_null(error, FG_ERROR_MALFORMED, "the EXIF header makes no sense");
    if (tiff.big)
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "a BigTIFF can't be rewritten");
    g_autoptr(FgIfdTable) ifd = fg_ifd_table(&tiff, tiff.first);
    if (!ifd && stream)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "the EXIF block has no readable directory");
    gboolean same = stream != NULL;
    guint64 added = 0;
    for (guint i = 0; i < n_tags; i++) {
        same &= holds_already(ifd, &tags[i]);
        added += tags[i].value ? g_bytes_get_size(tags[i].value) + 1 : 0;
    }
    if (same)
        return g_steal_pointer(&old);
    if (tiff.whole.length + added > G_MAXUINT32 - ((guint64)1 << 20))
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "the file would exceed 4 GiB");
    const gsize length = tiff.whole.length;
    g_autoptr(GBytes) amended = put_behind(&tiff, length, ifd, tags, n_tags);
    const gsize end =
        length <= JPEG_EXIF_MAX && g_bytes_get_size(amended) > JPEG_EXIF_MAX ? end_of_data(&tiff) : length;
    return end < length ? put_behind(&tiff, end, ifd, tags, n_tags) : g_steal_pointer(&amended);
}
