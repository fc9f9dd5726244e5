/* exif_facts.c: the tags that say whose the photo is, and how it was taken. */
#include "metadata/exif_read.h"

#include <string.h>

/* What cameras write when nobody has written anything. */
static gboolean
is_junk(const char *text)
{
    static const char *const junk[] = {"OLYMPUS DIGITAL CAMERA", "SONY DSC", "KONICA MINOLTA DIGITAL CAMERA",
                                       "MINOLTA DIGITAL CAMERA", "default"};
    for (guint i = 0; i < G_N_ELEMENTS(junk); i++)
        if (g_ascii_strcasecmp(text, junk[i]) == 0)
            return TRUE;
    return FALSE;
}

/* The text of an entry, with a note when it is in another form than UTF-8 of type ASCII. */
static char *
take_text(FgExifReader *reader, const FgIfdEntry *entry)
{
    gboolean latin1;
    char *text = fg_exif_text(entry, &latin1);
    if (text && (latin1 || entry->type == FG_TIFF_UTF8)) {
        g_autofree char *where = fg_exif_where(reader, entry->tag);
        const char *id = latin1 ? "encoding.exif-non-utf8" : "encoding.exif-type129";
        fg_reading_tell(reader->reading, id, where);
    }
    return text;
}

/* Exif 3.0 §4.6.4: photographer's notice, NUL, editor's notice, NUL; a photographer's of one space is none.
 */
static void
read_copyright(FgExifReader *reader, const FgIfdEntry *entry)
{
    g_autofree char *notice = take_text(reader, entry);
    const guint8 *data = entry->value.data;
    gsize length = entry->value.length;
    const guint8 *end = length > 0 ? memchr(data, 0, length) : NULL;
    if (end && (entry->type == FG_TIFF_ASCII || entry->type == FG_TIFF_UTF8) && !reader->said->other_notice) {
        gsize first = (gsize)(end - data) + 1;
        g_autofree char *editor = fg_text_decode(data + first, length - first, NULL);
        fg_say(&reader->said->other_notice, editor);
    }
    if (!notice)
        reader->said->blank = reader->said->blank || length > 1;
    else if (!reader->said->rights->copyright) {
        reader->said->rights->copyright = g_strdup(notice);
        reader->said->notice_where = fg_exif_where(reader, entry->tag);
    }
}

void
fg_creators_split(const char *text, char ***creators)
{
    g_autoptr(GString) name = g_string_new(NULL);
    gboolean quoted = FALSE;
    for (const char *at = text;; at++) {
        if (*at == '\0' || (*at == ';' && !quoted)) {
            fg_say_more(creators, name->str);
            g_string_truncate(name, 0);
            if (*at == '\0')
                return;
        } else if (*at == '"' && quoted && at[1] == '"') {
            g_string_append_c(name, '"');
            at++;
        } else if (*at == '"' && (quoted || strspn(name->str, " ") == name->len)) {
            quoted = !quoted;
        } else {
            g_string_append_c(name, *at);
        }
    }
}

static void
read_time(FgExifReader *reader, const FgIfdEntry *entry)
{
    g_autofree char *text = fg_exif_text(entry, NULL);
    char date[20];
    if (!text || !fg_date_parse(text, date))
        return;
    fg_reading_dated(reader->reading, text);
    if (entry->tag == 0x9003 && reader->said->facts->date[0] == '\0')
        memcpy(reader->said->facts->date, date, sizeof date);
    if (strlen(date) > 10) {
        g_autofree char *where = fg_exif_where(reader, entry->tag);
        fg_reading_personal(reader->reading, "time.precise", where, text);
    }
}

static void
read_orientation(FgExifReader *reader, const FgIfdEntry *entry)
{
    guint64 number;
    if (reader->ifd == FG_IFD_0 && reader->reading->orientation == 0 && fg_ifd_number(entry, 0, &number))
        reader->reading->orientation = number >= 1 && number <= 8 ? (guint8)number : 1;
}

/* DCF 2.0: ColorSpace 2, as some cameras have it, or the index R03 beside "uncalibrated". */
static void
read_colour_space(FgExifReader *reader, const FgIfdEntry *entry)
{
    guint64 number;
    if (reader->ifd == FG_IFD_INTEROP) {
        FgCursor at = entry->value;
        reader->reading->index_r03 |= fg_cursor_match(&at, "R03", 3);
    } else if (reader->reading->colour_space == 0 && fg_ifd_number(entry, 0, &number)) {
        reader->reading->colour_space = (guint16)MIN(number, G_MAXUINT16);
    }
}

static void
read_rational(const FgIfdEntry *entry, FgRational *value)
{
    FgRational found;
    if (value->denominator == 0 && fg_ifd_rational(entry, 0, &found.numerator, &found.denominator))
        *value = found;
}

static void
read_gps_ref(FgExifReader *reader, const FgIfdEntry *entry)
{
    char letter = entry->value.length > 0 ? (char)entry->value.data[0] : '\0';
    reader->ref[0] = g_ascii_isalpha(letter) ? g_ascii_toupper(letter) : '\0';
}

/* The texts that a photo says of itself; they may be kept, so that only coordinates in them are told. */
static void
read_text(FgExifReader *reader, const FgIfdEntry *entry)
{
    g_autofree char *text = take_text(reader, entry);
    FgFacts *facts = reader->said->facts;
    if (!text)
        return;
    switch (entry->tag) {
    case 0x010e: {
        if (is_junk(text))
            return;
        fg_say(&facts->caption, text);
        if (!fg_text_has_coordinates(text))
            return;
        g_autofree char *where = fg_exif_where(reader, entry->tag);
        fg_reading_personal(reader->reading, "location.gps", where, text);
        return;
    }
    case 0x010f:
        fg_say(&facts->make, text);
        return;
    case 0x0110:
        fg_say(&facts->model, text);
        return;
    case 0xa434:
    case 0xfdea:
        fg_say(&facts->lens, text);
        return;
    default: /* Artist, or Photographer where there is none */
        if (!reader->said->rights->creators)
            fg_creators_split(text, &reader->said->rights->creators);
    }
}

void
fg_exif_stated(FgExifReader *reader, const FgIfdEntry *entry)
{
    guint64 number;
    if (reader->ifd == FG_IFD_GPS) {
        read_gps_ref(reader, entry);
        return;
    }
    if (reader->ifd == FG_IFD_1 || reader->ifd == FG_IFD_SUB)
        return; /* Of another picture. */
    if (reader->ifd == FG_IFD_INTEROP || entry->tag == 0xa001) {
        read_colour_space(reader, entry);
        return;
    }
    switch (entry->tag) {
    case 0x0112:
        read_orientation(reader, entry);
        break;
    case 0x0132:
    case 0x9003:
    case 0x9004:
        read_time(reader, entry);
        break;
    case 0x8298:
        read_copyright(reader, entry);
        break;
    case 0x829a:
        read_rational(entry, &reader->said->facts->exposure_time);
        break;
    case 0x829d:
        read_rational(entry, &reader->said->facts->f_number);
        break;
    case 0x920a:
        read_rational(entry, &reader->said->facts->focal_length);
        break;
    case 0x8827:
        if (reader->said->facts->iso == 0 && fg_ifd_number(entry, 0, &number))
            reader->said->facts->iso = (guint32)MIN(number, G_MAXUINT32);
        break;
    default:
        read_text(reader, entry);
    }
}
