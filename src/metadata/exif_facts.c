/* exif_facts.c: the tags that say whose the photo is, and how it was taken. */
#include "metadata/exif_read.h"

#include <string.h>

#define CAPTION 0x010e

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
    } else if (!fg_notice_equal(notice, reader->said->rights->copyright)) {
        g_autofree char *where = fg_exif_where(reader, entry->tag);
        fg_reading_beside(reader->reading, where, notice);
    }
}

void
fg_creators_split(const char *found, char ***creators)
{
    g_autofree char *once = fg_text_undoubled(found);
    const char *text = once ? once : found;
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

/* A text that names a place is told, whatever is kept of it. */
static void
tell_place(FgExifReader *reader, const FgIfdEntry *entry, const char *text)
{
    if (!fg_text_has_coordinates(text))
        return;
    g_autofree char *where = fg_exif_where(reader, entry->tag);
    fg_reading_personal(reader->reading, "location.gps", where, text);
}

static void
read_number(const FgIfdEntry *entry, guint32 *value)
{
    guint64 number;
    if (*value == 0 && fg_ifd_number(entry, 0, &number))
        *value = (guint32)MIN(number, G_MAXUINT32);
}

/* The texts that a photo says of itself may be kept, so that only coordinates in a caption are told. */
static void
read_field(FgExifReader *reader, const FgIfdEntry *entry, const FgField *field, gpointer base)
{
    if (field->kind == FG_KIND_RATIONAL) {
        read_rational(entry, fg_field_at(field, base));
        return;
    }
    if (field->kind == FG_KIND_COUNT) {
        read_number(entry, fg_field_at(field, base));
        return;
    }
    g_autofree char *text = take_text(reader, entry);
    if (!text || (entry->tag == CAPTION && is_junk(text)))
        return;
    const gboolean fact = base == (gpointer)reader->said->facts; /* a right is one, whatever it looks like */
    g_autofree char *where = fact && strlen(text) >= 16 ? fg_exif_where(reader, entry->tag) : NULL;
    if (where && fg_reading_prompt(reader->reading, where, text))
        return; /* ComfyUI puts it into Make and Model, others into the caption. */
    if (field->kind == FG_KIND_TEXT)
        fg_say(fg_field_at(field, base), text);
    else if (fg_field_is_empty(field, base))
        fg_creators_split(text, fg_field_at(field, base));
    if (entry->tag == CAPTION)
        tell_place(reader, entry, text);
}

/* Names that others than Exif 2.32 have for the same: Photographer (Exif 3.0), Lens (Camera Raw). */
static guint16
usual_tag(guint16 tag)
{
    return tag == 0xa437 ? 0x013b : tag == 0xfdea ? 0xa434 : tag;
}

static void
read_fields(FgExifReader *reader, const FgIfdEntry *entry, const FgField *fields, gpointer base)
{
    const guint16 tag = usual_tag(entry->tag);
    for (; fields->key; fields++)
        if (fields->ifd0 == tag || fields->exif == tag)
            read_field(reader, entry, fields, base);
}

static void
read_beside(FgExifReader *reader, const FgIfdEntry *entry)
{
    g_autofree char *notice = fg_exif_text(entry, NULL);
    g_autofree char *where = fg_exif_where(reader, entry->tag);
    if (notice)
        fg_reading_beside(reader->reading, where, notice);
}

void
fg_exif_stated(FgExifReader *reader, const FgIfdEntry *entry)
{
    if (reader->ifd == FG_IFD_GPS) {
        read_gps_ref(reader, entry);
        return;
    }
    if (reader->ifd == FG_IFD_1 || reader->ifd == FG_IFD_SUB) { /* of another picture */
        if (entry->tag == 0x8298)
            read_beside(reader, entry);
        return;
    }
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
    default:
        read_fields(reader, entry, fg_right_fields, reader->said->rights);
        read_fields(reader, entry, fg_fact_fields, reader->said->facts);
    }
}
