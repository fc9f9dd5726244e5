/* tiff_ifd.c: walks the directories of a TIFF stream without trusting a count or an offset (TIFF 6.0 §2;
 * BigTIFF widens counts and offsets to 64 bits). All sums are 64-bit. */
#include "codec/codec_private.h"

#include <math.h>
#include <string.h>

FgTiff
fg_tiff_frame(FgCursor stream, FgEndian endian)
{
    stream.offset = 0;
    stream.endian = endian;
    return (FgTiff){.whole = stream, .magic = 42};
}

gboolean
fg_tiff_open(FgCursor stream, FgTiff *tiff)
{
    FgCursor at = fg_tiff_frame(stream, FG_BIG_ENDIAN).whole;
    gboolean little = fg_cursor_match(&at, "II", 2);
    if (!little && !fg_cursor_match(&at, "MM", 2))
        return FALSE;
    *tiff = fg_tiff_frame(stream, little ? FG_LITTLE_ENDIAN : FG_BIG_ENDIAN);
    at.endian = tiff->whole.endian;
    guint16 width, zero;
    guint32 first;
    if (!fg_cursor_u16(&at, &tiff->magic))
        return FALSE;
    tiff->big = tiff->magic == 43;
    if (tiff->big)
        return fg_cursor_u16(&at, &width) && width == 8 && fg_cursor_u16(&at, &zero) && zero == 0 &&
               fg_cursor_u64(&at, &tiff->first);
    if (!fg_cursor_u32(&at, &first))
        return FALSE;
    tiff->first = first;
    return TRUE;
}

gboolean
fg_tiff_open_plain(GBytes *stream, FgTiff *tiff)
{
    return fg_tiff_open(fg_cursor_bytes(stream, FG_BIG_ENDIAN), tiff) &&
           (tiff->magic == 42 || tiff->magic == 43);
}

/* Bytes of one value of a type; 0 for a type that TIFF, BigTIFF and Exif 3.0 do not know. */
static guint
type_size(guint16 type)
{
    static const guint8 sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    if (type == FG_TIFF_UTF8)
        return 1;
    return type < G_N_ELEMENTS(sizes) ? sizes[type] : 0;
}

/* A count or an offset: 32 bits, in BigTIFF 64. */
static gboolean
read_wide(const FgTiff *tiff, FgCursor *at, guint64 *value)
{
    guint32 narrow;
    if (tiff->big)
        return fg_cursor_u64(at, value);
    if (!fg_cursor_u32(at, &narrow))
        return FALSE;
    *value = narrow;
    return TRUE;
}

static gboolean
read_count(const FgTiff *tiff, FgCursor *at, guint64 *count)
{
    guint16 narrow;
    if (tiff->big)
        return fg_cursor_u64(at, count);
    if (!fg_cursor_u16(at, &narrow))
        return FALSE;
    *count = narrow;
    return TRUE;
}

gboolean
fg_ifd_begin(const FgTiff *tiff, guint64 offset, FgIfdWalk *walk)
{
    static const guint64 header = 8;
    *walk = (FgIfdWalk){.tiff = tiff, .at = tiff->whole, .offset = offset, .width = tiff->big ? 20 : 12};
    if (offset < header || !fg_cursor_seek(&walk->at, offset) || !read_count(tiff, &walk->at, &walk->claimed))
        return FALSE;
    walk->left = MIN(walk->claimed, FG_IFD_CEILING);
    if (walk->left < walk->claimed)
        walk->flaws = (FgFlaws){.beyond = 1, .first = offset};
    return TRUE;
}

/* Finds the bytes of a value, in the entry itself or where it points to. */
static void
find_value(FgIfdWalk *walk, FgIfdEntry *entry, guint64 place)
{
    const FgTiff *tiff = walk->tiff;
    guint unit = type_size(entry->type);
    FgCursor at = entry->field;
    if (unit == 0) {
        entry->flaw = entry->type == 0 ? FG_IFD_PADDING : FG_IFD_UNKNOWN;
        if (entry->flaw == FG_IFD_UNKNOWN)
            fg_flaw(&walk->flaws, &walk->flaws.unknown, place);
        return;
    }
    if (entry->count <= G_MAXUINT64 / unit)
        entry->size = entry->count * unit;
    entry->apart = entry->size > fg_cursor_left(&at);
    if (!entry->apart) {
        fg_cursor_take(&at, entry->size, &entry->value);
        return;
    }
    read_wide(tiff, &at, &entry->offset);
    entry->offset += (guint64)tiff->bias;
    at = tiff->whole;
    if (!fg_cursor_seek(&at, entry->offset) || !fg_cursor_take(&at, entry->size, &entry->value)) {
        entry->flaw = FG_IFD_OUTSIDE;
        fg_flaw(&walk->flaws, &walk->flaws.outside, place);
    }
}

gboolean
fg_ifd_next(FgIfdWalk *walk, FgIfdEntry *entry)
{
    if (walk->left == 0)
        return FALSE;
    const FgTiff *tiff = walk->tiff;
    const guint64 place = walk->at.offset;
    *entry = (FgIfdEntry){.size = G_MAXUINT64};
    FgCursor at;
    if (!fg_cursor_take(&walk->at, walk->width, &entry->entry)) {
        fg_flaw(&walk->flaws, &walk->flaws.cut, place);
        walk->left = 0;
        return FALSE;
    }
    walk->left--;
    at = entry->entry;
    fg_cursor_u16(&at, &entry->tag);
    fg_cursor_u16(&at, &entry->type);
    read_wide(tiff, &at, &entry->count);
    entry->offset = place + at.offset;
    fg_cursor_take(&at, fg_cursor_left(&at), &entry->field);
    find_value(walk, entry, place);
    return TRUE;
}

guint64
fg_ifd_following(const FgIfdWalk *walk)
{
    FgCursor at = walk->at;
    guint64 next;
    if (walk->left || walk->flaws.cut || walk->flaws.beyond || !read_wide(walk->tiff, &at, &next))
        return 0; /* Some writers leave it out at the end of the stream. */
    return next;
}

gboolean
fg_ifd_find(const FgTiff *tiff, guint64 offset, guint16 tag, FgIfdEntry *entry)
{
    FgIfdWalk walk;
    if (!fg_ifd_begin(tiff, offset, &walk))
        return FALSE;
    while (fg_ifd_next(&walk, entry))
        if (entry->tag == tag && entry->flaw == FG_IFD_SOUND)
            return TRUE;
    return FALSE;
}

gboolean
fg_ifd_is_likely(const FgTiff *tiff, guint64 offset)
{
    FgIfdWalk walk;
    FgIfdEntry entry;
    return fg_ifd_begin(tiff, offset, &walk) && walk.claimed < 512 && fg_ifd_next(&walk, &entry) &&
           entry.type > 0 && entry.type <= 13;
}

gint64
fg_ifd_bias(const FgTiff *tiff, guint64 offset, guint64 start, guint64 end)
{
    FgIfdWalk walk;
    FgIfdEntry entry;
    guint64 lowest = G_MAXUINT64;
    gboolean outside = FALSE;
    if (!fg_ifd_begin(tiff, offset, &walk))
        return 0;
    while (fg_ifd_next(&walk, &entry)) {
        if (!entry.apart)
            continue;
        lowest = MIN(lowest, entry.offset);
        outside = outside || entry.offset < start || entry.offset > end || entry.size > end - entry.offset;
    }
    /* After the entries stands the offset of the next directory, four bytes. */
    return outside && !walk.flaws.cut ? (gint64)(walk.at.offset + 4) - (gint64)lowest : 0;
}

gboolean
fg_ifd_number(const FgIfdEntry *entry, guint64 index, guint64 *number)
{
    FgCursor at = entry->value;
    guint8 byte;
    guint16 half;
    guint32 word;
    if (index >= entry->count || !fg_cursor_skip(&at, index * type_size(entry->type)))
        return FALSE;
    switch (entry->type) {
    case FG_TIFF_BYTE:
    case FG_TIFF_SBYTE:
    case FG_TIFF_UNDEFINED:
        return fg_cursor_u8(&at, &byte) && (*number = byte, TRUE);
    case FG_TIFF_SHORT:
    case FG_TIFF_SSHORT:
        return fg_cursor_u16(&at, &half) && (*number = half, TRUE);
    case FG_TIFF_LONG:
    case FG_TIFF_SLONG:
    case 13: /* IFD */
        return fg_cursor_u32(&at, &word) && (*number = word, TRUE);
    case 16: /* LONG8 */
    case FG_TIFF_SLONG8:
    case 18: /* IFD8 */
        return fg_cursor_u64(&at, number);
    default:
        return FALSE;
    }
}

gboolean
fg_ifd_rational(const FgIfdEntry *entry, guint64 index, guint32 *numerator, guint32 *denominator)
{
    FgCursor at = entry->value;
    return (entry->type == FG_TIFF_RATIONAL || entry->type == FG_TIFF_SRATIONAL) && index < entry->count &&
           fg_cursor_skip(&at, index * 8) && fg_cursor_u32(&at, numerator) && fg_cursor_u32(&at, denominator);
}

static gboolean
read_float(FgCursor at, double *value)
{
    guint32 bits;
    float number;
    if (!fg_cursor_u32(&at, &bits))
        return FALSE;
    memcpy(&number, &bits, sizeof number);
    *value = (double)number;
    return isfinite(*value);
}

/* An integer, whose sign its type tells. */
static double
with_sign(guint16 type, guint64 number)
{
    switch (type) {
    case FG_TIFF_SBYTE:
        return (double)(gint8)number;
    case FG_TIFF_SSHORT:
        return (double)(gint16)number;
    case FG_TIFF_SLONG:
        return (double)(gint32)number;
    case FG_TIFF_SLONG8:
        return (double)(gint64)number;
    default:
        return (double)number;
    }
}

gboolean
fg_ifd_real(const FgIfdEntry *entry, guint64 index, double *value)
{
    FgCursor at = entry->value;
    guint32 numerator, denominator;
    guint64 number;
    const guint16 type = entry->type;
    if (type == FG_TIFF_FLOAT || type == FG_TIFF_DOUBLE) {
        if (index >= entry->count || !fg_cursor_skip(&at, index * type_size(type)))
            return FALSE;
        return type == FG_TIFF_FLOAT ? read_float(at, value)
                                     : (fg_cursor_double(&at, value) && isfinite(*value));
    }
    if (fg_ifd_rational(entry, index, &numerator, &denominator)) {
        const gboolean is_signed = type == FG_TIFF_SRATIONAL;
        *value = denominator == 0 ? 0
                 : is_signed      ? (double)(gint32)numerator / (double)(gint32)denominator
                                  : (double)numerator / (double)denominator;
        return denominator != 0;
    }
    if (!fg_ifd_number(entry, index, &number))
        return FALSE;
    *value = with_sign(type, number);
    return TRUE;
}

FgIfdTable *
fg_ifd_table(const FgTiff *tiff, guint64 offset)
{
    FgIfdWalk walk;
    FgIfdEntry entry;
    if (!fg_ifd_begin(tiff, offset, &walk))
        return NULL;
    FgIfdTable *table = g_new0(FgIfdTable, 1);
    table->entries = g_array_new(FALSE, FALSE, sizeof(FgIfdEntry));
    while (fg_ifd_next(&walk, &entry))
        if (entry.flaw == FG_IFD_SOUND)
            g_array_append_val(table->entries, entry);
    if (walk.flaws.cut || walk.flaws.beyond) {
        fg_ifd_table_free(table);
        return NULL;
    }
    table->offset = offset;
    table->next = fg_ifd_following(&walk);
    table->length = walk.at.offset - offset + MIN(fg_cursor_left(&walk.at), tiff->big ? 8u : 4u);
    table->flaws = walk.flaws;
    return table;
}

void
fg_ifd_table_free(FgIfdTable *table)
{
    if (!table)
        return;
    g_array_unref(table->entries);
    g_free(table);
}

const FgIfdEntry *
fg_ifd_look_up(const FgIfdTable *table, guint tag)
{
    for (guint i = 0; table && i < table->entries->len; i++)
        if (g_array_index(table->entries, FgIfdEntry, i).tag == tag)
            return &g_array_index(table->entries, FgIfdEntry, i);
    return NULL;
}

guint64
fg_ifd_first(const FgIfdTable *table, guint tag, guint64 fallback)
{
    const FgIfdEntry *entry = fg_ifd_look_up(table, tag);
    guint64 value;
    return entry && fg_ifd_number(entry, 0, &value) ? value : fallback;
}

GBytes *
fg_ifd_bytes(const FgIfdEntry *entry, GBytes *stream)
{
    return fg_cursor_slice(&entry->value, stream);
}

GBytes *
fg_ifd_value_in(const FgIfdEntry *entry, FgEndian endian)
{
    const FgCursor *value = &entry->value;
    guint unit = type_size(entry->type);
    if (entry->type == FG_TIFF_RATIONAL || entry->type == FG_TIFF_SRATIONAL)
        unit /= 2; /* two numbers */
    if (value->endian == endian || unit < 2)
        return g_bytes_new(value->data, value->length);
    guint8 *turned = g_malloc(value->length);
    for (gsize i = 0; i < value->length; i++)
        turned[i] = value->data[i - i % unit + (unit - 1 - i % unit)];
    return g_bytes_new_take(turned, value->length);
}
