/* exif_entry.c: single tags of EXIF blocks, found and carried over (Exif 2.32 §4.6). */
#include "amend/amend_private.h"

#include <string.h>

#define EXIF_IFD 0x8769

typedef struct {
    guint16 type;
    guint32 count;
    gsize offset, size; /* of the value, in the block */
    FgEndian endian;
} Entry;

/* Bytes of one value of the types that EXIF has. */
static gsize
type_size(guint16 type)
{
    static const guint8 sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    if (type == 129) /* Exif 3.0 UTF-8 */
        return 1;
    return type < G_N_ELEMENTS(sizes) ? sizes[type] : 0;
}

static gboolean
find_in(FgCursor at, guint32 ifd, guint16 tag, Entry *entry)
{
    FgCursor whole = at;
    guint16 count, found;
    guint32 offset;
    if (!fg_cursor_seek(&at, ifd) || !fg_cursor_u16(&at, &count))
        return FALSE;
    for (guint i = 0; i < count; i++) {
        if (!fg_cursor_u16(&at, &found) || !fg_cursor_u16(&at, &entry->type) ||
            !fg_cursor_u32(&at, &entry->count))
            return FALSE;
        FgCursor value = at;
        if (!fg_cursor_u32(&at, &offset))
            return FALSE;
        if (found != tag)
            continue;
        guint64 size = (guint64)type_size(entry->type) * entry->count;
        if (size > 4 && !fg_cursor_seek(&value, offset))
            return FALSE;
        entry->offset = value.offset;
        entry->size = (gsize)size;
        entry->endian = whole.endian;
        return size > 0 && size <= fg_cursor_left(&value);
    }
    return FALSE;
}

static gboolean
open_block(GBytes *tiff, FgCursor *at, guint32 *ifd)
{
    *at = fg_cursor_bytes(tiff, FG_LITTLE_ENDIAN);
    if (fg_cursor_match(at, "MM\0*", 4))
        at->endian = FG_BIG_ENDIAN;
    else if (!fg_cursor_match(at, "II*\0", 4))
        return FALSE;
    return fg_cursor_u32(at, ifd);
}

static gboolean
find(GBytes *tiff, FgExifIfd directory, guint16 tag, Entry *entry)
{
    FgCursor at;
    guint32 ifd;
    if (!tiff || !open_block(tiff, &at, &ifd))
        return FALSE;
    if (directory == FG_EXIF_EXIF) {
        FgCursor value = at;
        if (!find_in(at, ifd, EXIF_IFD, entry) || !fg_cursor_seek(&value, entry->offset) ||
            !fg_cursor_u32(&value, &ifd))
            return FALSE;
    }
    return find_in(at, ifd, tag, entry);
}

GBytes *
fg_exif_value(GBytes *tiff, FgExifIfd ifd, guint16 tag)
{
    Entry entry;
    return find(tiff, ifd, tag, &entry) ? g_bytes_new_from_bytes(tiff, entry.offset, entry.size) : NULL;
}

/* What a value may be to be carried: whole numbers between two, or densities that are none of nothing. */
static const struct {
    FgExifIfd ifd;
    guint16 tag, type;
    guint32 least, most;
} carried[] = {
    {FG_EXIF_IFD0, 0x0112, 3, 1, 8},      /* Orientation */
    {FG_EXIF_IFD0, 0x011A, 5, 1, 100000}, /* XResolution */
    {FG_EXIF_IFD0, 0x011B, 5, 1, 100000}, /* YResolution */
    {FG_EXIF_IFD0, 0x0128, 3, 1, 3},      /* ResolutionUnit */
    {FG_EXIF_IFD0, 0x0213, 3, 1, 2},      /* YCbCrPositioning */
    {FG_EXIF_EXIF, 0xA001, 3, 1, 65535},  /* ColorSpace */
};

static void
put(GByteArray *block, const Entry *entry, guint32 first, guint32 second)
{
    gboolean big = entry->endian == FG_BIG_ENDIAN;
    if (entry->type == 3) {
        block->data[entry->offset] = (guint8)(big ? first >> 8 : first);
        block->data[entry->offset + 1] = (guint8)(big ? first : first >> 8);
        return;
    }
    guint32 ordered[2] = {big ? GUINT32_TO_BE(first) : GUINT32_TO_LE(first),
                          big ? GUINT32_TO_BE(second) : GUINT32_TO_LE(second)};
    memcpy(block->data + entry->offset, ordered, sizeof ordered);
}

GBytes *
fg_exif_carry(GBytes *block, GBytes *original)
{
    GByteArray *out = g_byte_array_new();
    gsize length;
    const guint8 *data = g_bytes_get_data(block, &length);
    g_byte_array_append(out, data, (guint)length);
    for (guint i = 0; i < G_N_ELEMENTS(carried); i++) {
        Entry to, from;
        if (!find(block, carried[i].ifd, carried[i].tag, &to) ||
            !find(original, carried[i].ifd, carried[i].tag, &from) || from.type != carried[i].type ||
            to.type != from.type || from.count != 1 || to.count != 1)
            continue;
        FgCursor at = fg_cursor_bytes(original, from.endian);
        guint16 narrow = 0;
        guint32 first = 0, second = 1;
        fg_cursor_seek(&at, from.offset);
        if (from.type == 3 ? !fg_cursor_u16(&at, &narrow)
                           : !fg_cursor_u32(&at, &first) || !fg_cursor_u32(&at, &second))
            continue;
        if (from.type == 3)
            first = narrow;
        if (second && first / second >= carried[i].least && first / second <= carried[i].most)
            put(out, &to, first, second);
    }
    return g_byte_array_free_to_bytes(out);
}
