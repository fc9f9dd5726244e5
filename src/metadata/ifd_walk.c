#include "metadata/ifd_walk.h"

#include "metadata/reading.h"

#include <string.h>

const char *
fg_ifd_name(FgIfd ifd)
{
    static const char *const names[FG_N_IFDS] = {
        [FG_IFD_0] = "IFD0",
        [FG_IFD_1] = "IFD1",
        [FG_IFD_EXIF] = "ExifIFD",
        [FG_IFD_GPS] = "GPS",
        [FG_IFD_INTEROP] = "InteropIFD",
        [FG_IFD_SUB] = "SubIFD",
        [FG_IFD_CANON] = "MakerNote/Canon",
        [FG_IFD_NIKON] = "MakerNote/Nikon",
        [FG_IFD_NIKON_PREVIEW] = "MakerNote/NikonPreview",
        [FG_IFD_OLYMPUS] = "MakerNote/Olympus",
        [FG_IFD_OLYMPUS_EQUIPMENT] = "MakerNote/OlympusEquipment",
        [FG_IFD_OLYMPUS_SETTINGS] = "MakerNote/OlympusSettings",
        [FG_IFD_FUJIFILM] = "MakerNote/Fujifilm",
        [FG_IFD_PANASONIC] = "MakerNote/Panasonic",
        [FG_IFD_PENTAX] = "MakerNote/Pentax",
        [FG_IFD_SONY] = "MakerNote/Sony",
        [FG_IFD_APPLE] = "MakerNote/Apple",
        [FG_IFD_CASIO] = "MakerNote/Casio",
        [FG_IFD_MINOLTA] = "MakerNote/Minolta",
        [FG_IFD_NINTENDO] = "MakerNote/Nintendo",
    };
    return names[ifd];
}

/* Bytes of one value of a type; 0 for a type that TIFF, BigTIFF and Exif 3.0 do not know. */
static guint
type_size(guint16 type)
{
    static const guint8 sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    if (type == 129)
        return 1;
    return type < G_N_ELEMENTS(sizes) ? sizes[type] : 0;
}

gboolean
fg_ifd_open(FgIfdWalk *walk, FgCursor stream, guint64 *first)
{
    FgCursor at = stream;
    gboolean little = fg_cursor_match(&at, "II", 2);
    if (!little && !fg_cursor_match(&at, "MM", 2))
        return FALSE;
    *walk = fg_ifd_frame(stream, little ? FG_LITTLE_ENDIAN : FG_BIG_ENDIAN);
    at.endian = walk->all.endian;
    guint16 magic;
    guint32 offset;
    if (!fg_cursor_u16(&at, &magic))
        return FALSE;
    if (magic == 43) {
        walk->big = TRUE;
        return fg_cursor_skip(&at, 4) && fg_cursor_u64(&at, first);
    }
    /* Panasonic, Olympus and others have their own number in place of 42; the structure is the same. */
    if (!fg_cursor_u32(&at, &offset))
        return FALSE;
    *first = offset;
    return TRUE;
}

FgIfdWalk
fg_ifd_frame(FgCursor stream, FgEndian endian)
{
    stream.offset = 0;
    stream.endian = endian;
    return (FgIfdWalk){.all = stream, .entries_left = FG_IFD_MAX_ENTRIES};
}

/* Remembers a directory; FALSE when it was there before or there are too many. */
static gboolean
enter(FgIfdWalk *walk, guint64 offset)
{
    for (guint i = 0; i < walk->visited_count; i++)
        if (walk->visited[i] == offset) {
            walk->broken = TRUE;
            return FALSE;
        }
    if (walk->visited_count == FG_IFD_MAX_DIRECTORIES) {
        walk->broken = TRUE;
        return FALSE;
    }
    walk->visited[walk->visited_count++] = offset;
    return TRUE;
}

static gboolean
read_offset(const FgIfdWalk *walk, FgCursor *at, guint64 *offset)
{
    guint32 narrow;
    if (walk->big)
        return fg_cursor_u64(at, offset);
    if (!fg_cursor_u32(at, &narrow))
        return FALSE;
    *offset = narrow;
    return TRUE;
}

/* Finds the bytes of a value, in the entry itself or where it points to. */
static gboolean
find_value(const FgIfdWalk *walk, FgCursor field, FgIfdEntry *entry)
{
    guint size = type_size(entry->type);
    if (size == 0 || entry->count > walk->all.length)
        return FALSE;
    guint64 length = entry->count * size;
    if (length <= fg_cursor_left(&field))
        return fg_cursor_take(&field, length, &entry->value);
    guint64 offset;
    FgCursor at = walk->all;
    return read_offset(walk, &field, &offset) && fg_cursor_seek(&at, offset + (guint64)walk->bias) &&
           fg_cursor_take(&at, length, &entry->value);
}

gint64
fg_ifd_bias(const FgIfdWalk *walk, guint64 offset, guint64 start, guint64 end)
{
    FgCursor at = walk->all;
    guint16 count, tag, type;
    guint32 number, value, lowest = G_MAXUINT32;
    gboolean outside = FALSE;
    if (!fg_cursor_seek(&at, offset) || !fg_cursor_u16(&at, &count))
        return 0;
    for (guint i = 0; i < count; i++) {
        if (!fg_cursor_u16(&at, &tag) || !fg_cursor_u16(&at, &type) || !fg_cursor_u32(&at, &number) ||
            !fg_cursor_u32(&at, &value))
            return 0;
        guint64 length = (guint64)number * type_size(type);
        if (length <= 4)
            continue;
        lowest = MIN(lowest, value);
        outside = outside || value < start || value + length > end;
    }
    /* After the entries stands the offset of the next directory, four bytes. */
    return outside ? (gint64)(offset + 2 + 12ull * count + 4) - (gint64)lowest : 0;
}

static gboolean
read_entry(FgIfdWalk *walk, FgCursor *at, FgIfdEntry *entry, gboolean *sound)
{
    FgCursor field;
    if (!fg_cursor_u16(at, &entry->tag) || !fg_cursor_u16(at, &entry->type) ||
        !read_offset(walk, at, &entry->count) || !fg_cursor_take(at, walk->big ? 8 : 4, &field))
        return FALSE;
    *sound = find_value(walk, field, entry);
    return TRUE;
}

static gboolean
read_count(const FgIfdWalk *walk, FgCursor *at, guint64 *count)
{
    guint16 narrow;
    if (walk->big)
        return fg_cursor_u64(at, count);
    if (!fg_cursor_u16(at, &narrow))
        return FALSE;
    *count = narrow;
    return TRUE;
}

void
fg_ifd_walk(FgIfdWalk *walk, guint64 offset, FgIfd ifd, guint depth, FgIfdVisit visit, gpointer data,
            guint64 *next)
{
    if (next)
        *next = 0;
    FgCursor at = walk->all;
    guint64 count;
    if (depth >= FG_IFD_MAX_DEPTH || !fg_cursor_seek(&at, offset) || !read_count(walk, &at, &count)) {
        walk->broken = TRUE;
        return;
    }
    if (!enter(walk, offset))
        return;
    for (guint64 i = 0; i < count; i++) {
        FgIfdEntry entry = {.ifd = ifd, .depth = depth};
        gboolean sound;
        if (walk->entries_left == 0 || !read_entry(walk, &at, &entry, &sound)) {
            walk->broken = TRUE;
            return;
        }
        walk->entries_left--;
        if (sound)
            visit(walk, &entry, data);
        else if (entry.type != 0)
            walk->broken = TRUE;
    }
    guint64 following;
    if (next && read_offset(walk, &at, &following))
        *next = following;
}

gboolean
fg_ifd_number(const FgIfdEntry *entry, guint64 index, guint64 *number)
{
    guint size = type_size(entry->type);
    FgCursor at = entry->value;
    guint8 byte;
    guint16 half;
    guint32 word;
    if (index >= entry->count || !fg_cursor_skip(&at, index * size))
        return FALSE;
    switch (entry->type) {
    case 1: /* BYTE */
    case 7: /* UNDEFINED */
        return fg_cursor_u8(&at, &byte) && (*number = byte, TRUE);
    case 3: /* SHORT */
    case 8: /* SSHORT */
        return fg_cursor_u16(&at, &half) && (*number = half, TRUE);
    case 4:  /* LONG */
    case 9:  /* SLONG */
    case 13: /* IFD */
        return fg_cursor_u32(&at, &word) && (*number = word, TRUE);
    case 16: /* LONG8 */
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
    return (entry->type == 5 || entry->type == 10) && index < entry->count &&
           fg_cursor_skip(&at, index * 8) && fg_cursor_u32(&at, numerator) && fg_cursor_u32(&at, denominator);
}

/* Numbers of an entry, at most eight, separated by spaces. */
static char *
print_numbers(const FgIfdEntry *entry)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint64 i = 0; i < MIN(entry->count, 8); i++) {
        guint64 number;
        guint32 numerator, denominator;
        const char *gap = i > 0 ? " " : "";
        if (fg_ifd_number(entry, i, &number))
            g_string_append_printf(text, "%s%" G_GUINT64_FORMAT, gap, number);
        else if (fg_ifd_rational(entry, i, &numerator, &denominator))
            g_string_append_printf(text, "%s%u/%u", gap, numerator, denominator);
    }
    return text->len > 0 ? g_strdup(text->str) : NULL;
}

static gboolean
is_text(const guint8 *data, gsize length)
{
    gsize end = 0;
    while (end < length && data[end] != 0)
        end++;
    for (gsize i = 0; i < end; i++)
        if (data[i] < 0x20 && !g_ascii_isspace(data[i]))
            return FALSE;
    return end > 0 && g_utf8_validate_len((const char *)data, end, NULL);
}

char *
fg_ifd_text(const FgIfdEntry *entry, gboolean *latin1)
{
    if (latin1)
        *latin1 = FALSE;
    gboolean bytes = entry->type == 1 || entry->type == 7;
    gboolean ascii = entry->type == 2 || entry->type == 129;
    if (!ascii && !(bytes && is_text(entry->value.data, entry->value.length)))
        return print_numbers(entry);
    g_autofree char *text = fg_text_decode(entry->value.data, entry->value.length, latin1);
    return fg_text_trimmed(text);
}
