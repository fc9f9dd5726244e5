/* exif_entry.c: single tags of EXIF blocks, found and carried over (Exif 2.32 §4.6). */
#include "amend/amend_private.h"

#include <string.h>

#define EXIF_IFD 0x8769

/* A sound entry that has a value. */
static gboolean
find_in(const FgTiff *tiff, FgExifIfd directory, guint16 tag, FgIfdEntry *entry)
{
    guint64 offset = tiff->first;
    if (directory == FG_EXIF_EXIF &&
        (!fg_ifd_find(tiff, offset, EXIF_IFD, entry) || !fg_ifd_number(entry, 0, &offset)))
        return FALSE;
    return fg_ifd_find(tiff, offset, tag, entry) && entry->value.length > 0;
}

static gboolean
find(GBytes *block, FgExifIfd directory, guint16 tag, FgIfdEntry *entry)
{
    FgTiff tiff;
    return block && fg_tiff_open(fg_cursor_bytes(block, FG_BIG_ENDIAN), &tiff) &&
           find_in(&tiff, directory, tag, entry);
}

GBytes *
fg_exif_value(GBytes *tiff, FgExifIfd ifd, guint16 tag)
{
    FgIfdEntry entry;
    return find(tiff, ifd, tag, &entry) ? fg_ifd_bytes(&entry, tiff) : NULL;
}

gboolean
fg_exif_is_cut(GBytes *block)
{
    static const guint16 pointers[] = {EXIF_IFD, 0x8825};
    FgTiff tiff;
    if (!fg_tiff_open(fg_cursor_bytes(block, FG_BIG_ENDIAN), &tiff))
        return TRUE;
    guint64 offsets[1 + G_N_ELEMENTS(pointers)] = {tiff.first};
    guint count = 1;
    for (guint i = 0; i < G_N_ELEMENTS(pointers); i++) {
        FgIfdEntry pointer;
        if (fg_ifd_find(&tiff, tiff.first, pointers[i], &pointer) &&
            fg_ifd_number(&pointer, 0, &offsets[count]))
            count++;
    }
    for (guint i = 0; i < count; i++) {
        FgIfdWalk walk;
        FgIfdEntry entry;
        if (!fg_ifd_begin(&tiff, offsets[i], &walk))
            return TRUE;
        while (fg_ifd_next(&walk, &entry))
            continue;
        if (walk.flaws.cut || walk.flaws.outside)
            return TRUE;
    }
    return FALSE;
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

/* Writes the number of one entry over that of another; FALSE when it may not be carried. */
static gboolean
carry_number(guint8 *to, FgEndian endian, const FgIfdEntry *from, guint32 least, guint32 most)
{
    guint64 number;
    guint32 first, second = 1;
    if (fg_ifd_number(from, 0, &number))
        first = (guint32)number;
    else if (!fg_ifd_rational(from, 0, &first, &second))
        return FALSE;
    if (second == 0 || first / second < least || first / second > most)
        return FALSE;
    if (from->type == FG_TIFF_SHORT) {
        fg_store_u16(to, endian, first);
        return TRUE;
    }
    fg_store_u32(to, endian, first);
    fg_store_u32(to + 4, endian, second);
    return TRUE;
}

GBytes *
fg_exif_carry(GBytes *block, GBytes *original)
{
    GByteArray *out = g_byte_array_new();
    fg_put_bytes(out, block);
    for (guint i = 0; i < G_N_ELEMENTS(carried); i++) {
        FgIfdEntry to, from;
        if (!find(block, carried[i].ifd, carried[i].tag, &to) ||
            !find(original, carried[i].ifd, carried[i].tag, &from) || from.type != carried[i].type ||
            to.type != from.type || from.count != to.count)
            continue;
        guint8 *place = out->data + to.offset;
        if (to.type == FG_TIFF_UNDEFINED) /* four bytes, which are no number */
            memcpy(place, from.value.data, to.value.length);
        else
            carry_number(place, to.value.endian, &from, carried[i].least, carried[i].most);
    }
    return g_byte_array_free_to_bytes(out);
}

/* ---- A block as the original was ---- */

#define ARTIST 0x013B
#define COPYRIGHT 0x8298

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

/* Our own block, which loses entries, and the one that it is to be like. */
typedef struct {
    const FgTiff *tiff;
    guint8 *bytes;
    FgExifIfd ifd;
    GBytes *original;
} Thinning;

/* Values stay where they are. */
static gboolean
goes(const FgIfdEntry *entry, gpointer data)
{
    const Thinning *thinning = data;
    guint64 below;
    FgIfdEntry there;
    if (thinning->ifd == FG_EXIF_IFD0 && entry->tag == EXIF_IFD && fg_ifd_number(entry, 0, &below)) {
        Thinning inner = *thinning;
        inner.ifd = FG_EXIF_EXIF;
        return fg_ifd_thin(inner.tiff, inner.bytes, below, goes, &inner) == 0;
    }
    return describes(thinning->ifd, entry->tag) &&
           !find(thinning->original, thinning->ifd, entry->tag, &there);
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
    gsize length;
    const void *data = g_bytes_get_data(block, &length);
    guint8 *bytes = g_memdup2(data, length);
    g_autoptr(GBytes) thinned = g_bytes_new_take(bytes, length);
    FgTiff tiff;
    if (fg_tiff_open(fg_cursor(bytes, length, FG_BIG_ENDIAN), &tiff))
        fg_ifd_thin(&tiff, bytes, tiff.first, goes,
                    &(Thinning){.tiff = &tiff, .bytes = bytes, .original = original});
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
            tags[count++] = (FgTiffTag){words[i], FG_TIFF_ASCII, theirs};
    }
    return count > 0 ? fg_tiff_amend(thinned, tags, count, error) : g_steal_pointer(&thinned);
}
