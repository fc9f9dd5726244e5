/* segments.c: segments of JPEG files in which makers keep, beside EXIF, whose camera it was and where it
 * stood: FLIR, Kodak, HP, GoPro, InfiRay (forms as ExifTool documents them). What is a text is found by
 * scan.c. */
#include "metadata/exif_read.h"

#include <string.h>

#define MOST_RECORDS 512u

/* A text of at most `length` bytes at `place`, up to its NUL; NULL for none, or when it holds no letter or
 * digit but zeros. The caller frees. */
static char *
text_at(FgCursor at, guint64 place, guint64 length)
{
    FgCursor value;
    if (!fg_cursor_skip(&at, place) || !fg_cursor_take(&at, MIN(length, fg_cursor_left(&at)), &value))
        return NULL;
    g_autofree char *decoded = fg_text_decode(value.data, value.length, NULL);
    char *text = fg_text_trimmed(decoded);
    if (text && text[strspn(text, "0 -#")] != '\0' && g_utf8_validate(text, -1, NULL))
        return text;
    g_free(text);
    return NULL;
}

static void
tell_text(FgReading *reading, const char *id, FgCursor at, guint64 place, guint64 length, const char *where)
{
    g_autofree char *text = text_at(at, place, length);
    if (text)
        fg_reading_personal(reading, id, where, text);
}

/* ---- FLIR: a header, a directory of records, the records ---- */

static gboolean
read_double(FgCursor at, guint64 place, double limit, double *value)
{
    return fg_cursor_skip(&at, place) && fg_cursor_double(&at, value) && *value >= -limit &&
           *value <= limit; /* What is no number fits neither. */
}

/* Whether it is valid, two letters, latitude and longitude with their signs as DOUBLE. */
static void
read_flir_place(FgReading *reading, FgCursor record, const char *where)
{
    FgCursor at = record;
    guint32 valid;
    double latitude, longitude;
    at.endian = FG_LITTLE_ENDIAN;
    if (!fg_cursor_u32(&at, &valid))
        return;
    record.endian = valid <= 0xffff ? FG_LITTLE_ENDIAN : FG_BIG_ENDIAN;
    if (!read_double(record, 0x10, 90, &latitude) || !read_double(record, 0x18, 180, &longitude) ||
        (valid == 0 && latitude == 0 && longitude == 0))
        return;
    char north[G_ASCII_DTOSTR_BUF_SIZE], east[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(north, sizeof north, "%.6f", latitude);
    g_ascii_formatd(east, sizeof east, "%.6f", longitude);
    g_autofree char *text = g_strconcat(north, ", ", east, NULL);
    fg_reading_personal(reading, "location.gps", where, text);
}

static void
read_flir_record(FgReading *reading, guint16 type, FgCursor record, GBytes *whole, const char *where)
{
    enum { PICTURE = 0x0e, CAMERA = 0x20, PLACE = 0x2b, HEAD = 32 };
    g_autofree char *place = g_strdup_printf("%s/record 0x%02X", where, type);
    FgCursor picture = record;
    if (type == PLACE) {
        read_flir_place(reading, record, place);
    } else if (type == CAMERA) {
        tell_text(reading, "serial.body", record, 0x104, 16, place);
        tell_text(reading, "serial.lens", record, 0x1a0, 16, place);
    } else if (type == PICTURE && fg_cursor_skip(&picture, HEAD)) {
        g_autoptr(GBytes) bytes = fg_cursor_slice(&picture, whole);
        fg_reading_personal(reading, "preview.embedded", place, NULL);
        fg_reading_inside(reading, bytes, place);
    }
}

/* The order of bytes is told by the version, which is 100 to 199. */
static gboolean
find_flir_order(FgCursor *at)
{
    static const FgEndian orders[] = {FG_BIG_ENDIAN, FG_LITTLE_ENDIAN};
    for (guint i = 0; i < G_N_ELEMENTS(orders); i++) {
        guint32 version;
        at->endian = orders[i];
        if (fg_cursor_seek(at, 0x14) && fg_cursor_u32(at, &version) && version >= 100 && version < 200)
            return TRUE;
    }
    return FALSE;
}

static void
read_flir(FgReading *reading, GBytes *block, const char *where)
{
    FgCursor whole = fg_cursor_bytes(block, FG_BIG_ENDIAN);
    guint32 directory, count, offset, length;
    guint16 type;
    if ((!fg_cursor_peek(&whole, "FFF\0", 4) && !fg_cursor_peek(&whole, "AFF\0", 4)) ||
        !find_flir_order(&whole) || !fg_cursor_u32(&whole, &directory) || !fg_cursor_u32(&whole, &count))
        return;
    for (guint i = 0; i < MIN(count, MOST_RECORDS); i++) {
        FgCursor at = whole, record;
        if (!fg_cursor_seek(&at, directory + (guint64)i * 32) || !fg_cursor_u16(&at, &type) ||
            !fg_cursor_skip(&at, 10) || !fg_cursor_u32(&at, &offset) || !fg_cursor_u32(&at, &length))
            return;
        at = whole;
        if (fg_cursor_seek(&at, offset) && fg_cursor_take(&at, MIN(length, fg_cursor_left(&at)), &record)) {
            record.endian = whole.endian;
            read_flir_record(reading, type, record, block, where);
        }
    }
}

/* ---- Others ---- */

/* APP3 "Meta" of Kodak: a TIFF stream with tags of its own, whose texts name their character set. */
static void
read_meta(FgReading *reading, FgCursor at, const char *where)
{
    static const struct {
        guint16 tag;
        const char *id;
    } tags[] = {{0xc353, "personal.owner"}, {0xc354, "serial.body"}};
    FgTiff tiff;
    FgCursor stream;
    if (!fg_cursor_skip(&at, 6) || !fg_cursor_take(&at, fg_cursor_left(&at), &stream) ||
        !fg_tiff_open(stream, &tiff))
        return;
    for (guint i = 0; i < G_N_ELEMENTS(tags); i++) {
        FgIfdEntry entry;
        gboolean sound;
        if (!fg_ifd_find(&tiff, tiff.first, tags[i].tag, &entry))
            continue;
        g_autofree char *text =
            entry.type == FG_TIFF_ASCII ? fg_exif_text(&entry, NULL) : fg_exif_comment(&entry, &sound);
        if (text)
            fg_reading_personal(reading, tags[i].id, where, text);
    }
}

/* A text behind its four letters and as many bytes: eight of HP's TDHD, whose last four are its length; four
 * of GoPro's GPMF, whose last two are how often one letter comes. */
static void
read_tagged(FgReading *reading, FgCursor at, const char *tag, gboolean gpmf, const char *where)
{
    const guint8 *found = memmem(at.data, at.length, tag, 4);
    guint32 length;
    guint16 repeats;
    if (!found || !fg_cursor_seek(&at, (guint64)(found - at.data) + (gpmf ? 6 : 8)))
        return;
    at.endian = gpmf ? FG_BIG_ENDIAN : FG_LITTLE_ENDIAN;
    if (gpmf ? !fg_cursor_u16(&at, &repeats) : !fg_cursor_u32(&at, &length))
        return;
    tell_text(reading, "serial.body", at, 0, gpmf ? repeats : length, where);
}

void
fg_segment_read(FgReading *reading, const FgPart *part, const char *where)
{
    const char *name = part->name ? part->name : "";
    FgCursor at = fg_cursor_bytes(part->bytes, FG_LITTLE_ENDIAN);
    if (strcmp(name, "APP1 FLIR") == 0) {
        read_flir(reading, part->bytes, where);
    } else if (g_ascii_strcasecmp(name, "APP3 Meta") == 0) {
        read_meta(reading, at, where);
    } else if (g_str_has_prefix(name, "APP6 TDHD")) {
        read_tagged(reading, at, "CMSN", FALSE, where);
    } else if (g_str_has_prefix(name, "APP6 GoPro")) {
        read_tagged(reading, at, "CASN", TRUE, where);
    } else if (g_str_has_prefix(name, "APP2") && fg_cursor_skip(&at, 4) &&
               fg_cursor_peek(&at, "IJPEG\0", 6)) {
        reading->infiray = TRUE;
    } else if (g_str_has_prefix(name, "APP9") && reading->infiray) {
        tell_text(reading, "serial.body", at, 0x0c0, 32, where); /* of the sensor for heat */
        tell_text(reading, "serial.body", at, 0x240, 32, where); /* and of that for light */
    }
}
