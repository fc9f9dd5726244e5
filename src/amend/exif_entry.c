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

/* What a value may be to be carried: whole numbers between two, densities that are none of nothing, or a
 * version. */
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
    {FG_EXIF_EXIF, 0x9000, 7, 0, 0},      /* ExifVersion */
    {FG_EXIF_EXIF, 0x9101, 7, 0, 0},      /* ComponentsConfiguration */
    {FG_EXIF_EXIF, 0xA000, 7, 0, 0},      /* FlashpixVersion */
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
            to.type != from.type || from.count != to.count)
            continue;
        if (to.type == 7) { /* four bytes, which are no number */
            memcpy(out->data + to.offset, (const guint8 *)g_bytes_get_data(original, NULL) + from.offset,
                   to.size);
            continue;
        }
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

/* ---- A block as the original was ---- */

#define ENTRY 12 /* bytes */
#define ARTIST 0x013B
#define COPYRIGHT 0x8298
#define ASCII 2

/* Tags that describe the picture: a file that never had them gets none. */
static gboolean
describes(FgExifIfd ifd, guint16 tag)
{
    static const guint16 tags[][2] = {
        {FG_EXIF_IFD0, 0x0112}, {FG_EXIF_IFD0, 0x011A}, {FG_EXIF_IFD0, 0x011B}, {FG_EXIF_IFD0, 0x0128},
        {FG_EXIF_IFD0, 0x0213}, {FG_EXIF_EXIF, 0x9000}, {FG_EXIF_EXIF, 0x9101}, {FG_EXIF_EXIF, 0xA000},
        {FG_EXIF_EXIF, 0xA001}, {FG_EXIF_EXIF, 0xA002}, {FG_EXIF_EXIF, 0xA003},
    };
    for (guint i = 0; i < G_N_ELEMENTS(tags); i++)
        if (tags[i][0] == ifd && tags[i][1] == tag)
            return TRUE;
    return FALSE;
}

static guint16
short_at(const GByteArray *block, gsize offset)
{
    return (guint16)(block->data[offset] | block->data[offset + 1] << 8);
}

static guint32
long_at(const GByteArray *block, gsize offset)
{
    return short_at(block, offset) | (guint32)short_at(block, offset + 2) << 16;
}

/* Takes entries out of a directory of our own block, which is little-endian and sound; those that stay and
 * the link to the next directory move up, the values stay where they are. Returns how many are left. */
static guint
thin_out(GByteArray *block, FgExifIfd ifd, gsize at, GBytes *original)
{
    const guint count = short_at(block, at);
    const gsize first = at + 2, end = first + count * ENTRY;
    guint left = 0;
    for (guint i = 0; i < count; i++) {
        const gsize from = first + i * ENTRY, to = first + left * ENTRY;
        const guint16 tag = short_at(block, from);
        Entry there;
        gboolean below = ifd == FG_EXIF_IFD0 && tag == EXIF_IFD;
        if (below && thin_out(block, FG_EXIF_EXIF, long_at(block, from + 8), original) == 0)
            continue;
        if (describes(ifd, tag) && !find(original, ifd, tag, &there))
            continue;
        memmove(block->data + to, block->data + from, ENTRY);
        left++;
    }
    const gsize last = first + left * ENTRY;
    memmove(block->data + last, block->data + end, 4);
    if (last < end)
        memset(block->data + last + 4, 0, end - last);
    block->data[at] = (guint8)left;
    block->data[at + 1] = 0;
    return left;
}

/* Each part of a text (a notice has two), put to those before it. */
static void
add_parts(char **joined, GBytes *value)
{
    gsize length;
    const guint8 *at = g_bytes_get_data(value, &length);
    for (gsize from = 0, size; from < length; from += size + 1) {
        size = strnlen((const char *)at + from, length - from);
        g_autofree char *text = g_utf8_validate_len((const char *)at + from, size, NULL)
                                    ? g_strndup((const char *)at + from, size)
                                    : fg_text_from_latin1(at + from, size);
        if (!*g_strstrip(text))
            continue;
        char *both = *joined ? fg_text_joined(*joined, text) : g_strdup(text);
        g_free(*joined);
        *joined = both;
    }
}

static gboolean
says_something(GBytes *value)
{
    g_autofree char *text = NULL;
    add_parts(&text, value);
    return text != NULL;
}

/* The value of a tag that several blocks state: its very bytes where they state one, else all their texts.
 * NULL for none; the caller frees. */
static GBytes *
value_of_all(GPtrArray *originals, guint16 tag)
{
    g_autoptr(GBytes) only = NULL;
    g_autofree char *joined = NULL;
    gboolean differ = FALSE;
    for (guint i = 0; i < originals->len; i++) {
        g_autoptr(GBytes) value = fg_exif_value(originals->pdata[i], FG_EXIF_IFD0, tag);
        if (!value || (only && !says_something(value)))
            continue;
        if (only && !says_something(only))
            g_clear_pointer(&only, g_bytes_unref);
        differ = differ || (only && !g_bytes_equal(only, value));
        add_parts(&joined, value);
        if (!only)
            only = g_steal_pointer(&value);
    }
    if (!differ)
        return g_steal_pointer(&only);
    gsize size = strlen(joined) + 1;
    return g_bytes_new_take(g_steal_pointer(&joined), size);
}

GBytes *
fg_exif_as_it_was(GBytes *block, GPtrArray *originals, GError **error)
{
    GBytes *original = originals->len > 0 ? originals->pdata[0] : NULL;
    g_autoptr(GByteArray) thin = g_byte_array_new();
    g_byte_array_append(thin, g_bytes_get_data(block, NULL), (guint)g_bytes_get_size(block));
    thin_out(thin, FG_EXIF_IFD0, long_at(thin, 4), original);
    g_autoptr(GBytes) thinned = g_bytes_new(thin->data, thin->len);
    static const guint16 words[] = {ARTIST, COPYRIGHT};
    FgTiffTag tags[G_N_ELEMENTS(words)];
    guint count = 0;
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autoptr(GBytes) ours = fg_exif_value(thinned, FG_EXIF_IFD0, words[i]);
        GBytes *theirs = ours ? value_of_all(originals, words[i]) : NULL;
        if (!theirs)
            continue;
        g_ptr_array_add(owned, theirs);
        if (!g_bytes_equal(ours, theirs))
            tags[count++] = (FgTiffTag){words[i], ASCII, theirs};
    }
    return count > 0 ? fg_tiff_amend(thinned, tags, count, error) : g_steal_pointer(&thinned);
}
