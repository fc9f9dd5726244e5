/* makernote.c: a maker note is always a finding; inside those of known form are serial numbers, owners and
 * previews.
 *
 * A maker's directory starts after a signature, and its offsets count from the start of the EXIF block, of
 * the note, or of a TIFF header inside the note (forms as ExifTool and exiv2 document them). */
#include "metadata/exif_read.h"

#include <string.h>

#define N_(text) text

typedef enum { FROM_BLOCK, FROM_NOTE, FROM_HEADER } Base;

typedef struct {
    const char *signature; /* or NULL */
    guint8 signature_length;
    guint8 start; /* of the directory, or of the TIFF header, in the note */
    guint8 base;
    FgIfd ifd;
    gint endian;      /* FgEndian, or -1: the block's */
    const char *make; /* how Make begins, where the signature does not tell; or NULL */
    gboolean part;    /* what is known of it leaves much untold, or enciphered */
} Form;

#define SIGNED(text, start, base, ifd, endian)                                                               \
    {                                                                                                        \
        text, sizeof text - 1, start, base, ifd, endian, NULL, FALSE                                         \
    }
#define MADE(make, ifd)                                                                                      \
    {                                                                                                        \
        NULL, 0, 0, FROM_BLOCK, ifd, -1, make, FALSE                                                         \
    }
#define IN_PART(text, start, base, ifd, make)                                                                \
    {                                                                                                        \
        text, sizeof text - 1, start, base, ifd, -1, make, TRUE                                              \
    }
static const Form forms[] = {
    SIGNED("Nikon\0\2", 10, FROM_HEADER, FG_IFD_NIKON, -1),
    SIGNED("Nikon\0\1", 8, FROM_BLOCK, FG_IFD_NIKON, -1),
    SIGNED("OLYMPUS\0II", 12, FROM_NOTE, FG_IFD_OLYMPUS, FG_LITTLE_ENDIAN),
    SIGNED("OLYMPUS\0MM", 12, FROM_NOTE, FG_IFD_OLYMPUS, FG_BIG_ENDIAN),
    SIGNED("OM SYSTEM\0\0\0II", 16, FROM_NOTE, FG_IFD_OLYMPUS, FG_LITTLE_ENDIAN),
    SIGNED("OM SYSTEM\0\0\0MM", 16, FROM_NOTE, FG_IFD_OLYMPUS, FG_BIG_ENDIAN),
    SIGNED("OLYMP\0", 8, FROM_BLOCK, FG_IFD_OLYMPUS, -1),
    SIGNED("EPSON\0", 8, FROM_BLOCK, FG_IFD_OLYMPUS, -1),
    SIGNED("CAMER\0", 8, FROM_BLOCK, FG_IFD_OLYMPUS, -1),
    SIGNED("MINOL\0", 8, FROM_BLOCK, FG_IFD_OLYMPUS, -1),
    SIGNED("PREMI\0", 8, FROM_BLOCK, FG_IFD_OLYMPUS, -1),
    SIGNED("SONY PI\0", 12, FROM_BLOCK, FG_IFD_OLYMPUS, -1),
    SIGNED("FUJIFILM\x0c\0\0\0", 12, FROM_NOTE, FG_IFD_FUJIFILM, FG_LITTLE_ENDIAN),
    SIGNED("GENERALE\x0c\0\0\0", 12, FROM_NOTE, FG_IFD_FUJIFILM, FG_LITTLE_ENDIAN),
    SIGNED("Panasonic\0\0\0", 12, FROM_BLOCK, FG_IFD_PANASONIC, -1),
    SIGNED("LEICA CAMERA AG\0", 18, FROM_BLOCK, FG_IFD_PANASONIC, -1),
    SIGNED("LEICA\0\0\0", 8, FROM_BLOCK, FG_IFD_PANASONIC, -1),
    SIGNED("LEICA\0\2", 8, FROM_BLOCK, FG_IFD_LEICA, -1),
    SIGNED("LEICA\0\x08", 8, FROM_BLOCK, FG_IFD_LEICA, -1),
    SIGNED("LEICA\0\x09", 8, FROM_BLOCK, FG_IFD_LEICA, -1),
    SIGNED("LEICA", 8, FROM_NOTE, FG_IFD_LEICA, -1),
    SIGNED("PENTAX \0II", 10, FROM_NOTE, FG_IFD_PENTAX, FG_LITTLE_ENDIAN),
    SIGNED("PENTAX \0MM", 10, FROM_NOTE, FG_IFD_PENTAX, FG_BIG_ENDIAN),
    SIGNED("RICOH\0II", 8, FROM_NOTE, FG_IFD_PENTAX, FG_LITTLE_ENDIAN),
    SIGNED("RICOH\0MM", 8, FROM_NOTE, FG_IFD_PENTAX, FG_BIG_ENDIAN),
    SIGNED("AOC\0II", 6, FROM_BLOCK, FG_IFD_PENTAX, FG_LITTLE_ENDIAN),
    SIGNED("AOC\0MM", 6, FROM_BLOCK, FG_IFD_PENTAX, FG_BIG_ENDIAN),
    SIGNED("AOC\0", 6, FROM_BLOCK, FG_IFD_PENTAX, -1),
    IN_PART("SONY DSC ", 12, FROM_BLOCK, FG_IFD_SONY, NULL),
    IN_PART("SONY CAM ", 12, FROM_BLOCK, FG_IFD_SONY, NULL),
    IN_PART("SONY MOBILE", 12, FROM_BLOCK, FG_IFD_SONY, NULL),
    IN_PART("\0\0SONY PIC\0", 12, FROM_BLOCK, FG_IFD_SONY, NULL),
    IN_PART("VHAB     \0", 12, FROM_BLOCK, FG_IFD_SONY, NULL),
    SIGNED("Apple iOS\0\0\1MM", 14, FROM_NOTE, FG_IFD_APPLE, FG_BIG_ENDIAN),
    SIGNED("Apple iOS\0\0\1II", 14, FROM_NOTE, FG_IFD_APPLE, FG_LITTLE_ENDIAN),
    SIGNED("QVC\0\0\0", 6, FROM_BLOCK, FG_IFD_CASIO, -1),
    SIGNED("SIGMA\0", 10, FROM_BLOCK, FG_IFD_SIGMA, -1),
    SIGNED("FOVEON\0", 10, FROM_BLOCK, FG_IFD_SIGMA, -1),
    SIGNED("MOT\0", 8, FROM_NOTE, FG_IFD_MOTOROLA, -1),
    IN_PART("MM\0*", 8, FROM_NOTE, FG_IFD_KODAK, "eastman kodak"),
    IN_PART("II*\0", 8, FROM_NOTE, FG_IFD_KODAK, "eastman kodak"),
    IN_PART("MM\0*", 8, FROM_NOTE, FG_IFD_PIXPRO, "jk imaging"),
    IN_PART("II*\0", 8, FROM_NOTE, FG_IFD_PIXPRO, "jk imaging"),
    IN_PART("", 0, FROM_BLOCK, FG_IFD_KODAK, "eastman kodak"),
    IN_PART("", 0, FROM_BLOCK, FG_IFD_KODAK, "kodak"),
    IN_PART("", 8, FROM_BLOCK, FG_IFD_RICOH, "ricoh"),
    IN_PART("", 8, FROM_BLOCK, FG_IFD_RICOH, "pentax ricoh"),
    IN_PART("", 0, FROM_BLOCK, FG_IFD_SAMSUNG, "samsung"),
    IN_PART("", 0, FROM_BLOCK, FG_IFD_SONY, "sony"),
    IN_PART("", 0, FROM_BLOCK, FG_IFD_SONY, "hasselblad"),
    MADE("canon", FG_IFD_CANON),
    MADE("nikon", FG_IFD_NIKON),
    MADE("minolta", FG_IFD_MINOLTA),
    MADE("konica", FG_IFD_MINOLTA),
    MADE("casio", FG_IFD_CASIO),
    MADE("nintendo", FG_IFD_NINTENDO),
};

static const Form *
find_form(const FgCursor *note, const char *make)
{
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        const Form *form = &forms[i];
        const gboolean signs =
            !form->signature || fg_cursor_peek(note, form->signature, form->signature_length);
        const gboolean makes =
            !form->make || (make && g_ascii_strncasecmp(make, form->make, strlen(form->make)) == 0);
        if (signs && makes)
            return form;
    }
    return NULL;
}

/* A program that turned the block into the other order of bytes has left the note as it was. */
static void
find_order(FgTiff *tiff, guint64 offset)
{
    FgTiff turned = *tiff;
    turned.whole.endian = tiff->whole.endian == FG_BIG_ENDIAN ? FG_LITTLE_ENDIAN : FG_BIG_ENDIAN;
    if (!fg_ifd_is_likely(tiff, offset) && fg_ifd_is_likely(&turned, offset))
        *tiff = turned;
}

/* FALSE when there is no such directory in the note, or when it is not all there. */
static gboolean
read_known(FgExifReader *reader, const FgTiff *tiff, const FgIfdEntry *entry, const Form *form,
           gboolean *whole)
{
    FgCursor note = entry->value;
    FgEndian endian = form->endian < 0 ? tiff->whole.endian : (FgEndian)form->endian;
    g_auto(FgExifStream) inner = {0};
    guint64 offset = form->start;
    if (form->base == FROM_BLOCK) {
        guint64 start = entry->offset;
        inner.tiff = fg_tiff_frame(tiff->whole, endian);
        offset += start;
        find_order(&inner.tiff, offset);
        inner.tiff.bias = fg_ifd_bias(&inner.tiff, offset, start, start + note.length);
    } else if (form->base == FROM_NOTE) {
        inner.tiff = fg_tiff_frame(note, endian);
        if (form->endian < 0)
            find_order(&inner.tiff, offset);
    } else {
        FgCursor stream;
        if (!fg_cursor_skip(&note, form->start) || !fg_cursor_take(&note, fg_cursor_left(&note), &stream) ||
            !fg_tiff_open(stream, &inner.tiff))
            return FALSE;
        offset = inner.tiff.first;
    }
    if (!fg_ifd_is_likely(&inner.tiff, offset))
        return FALSE;
    fg_exif_stream_init(&inner);
    fg_exif_directory(reader, &inner, offset, form->ifd, reader->depth + 1, NULL);
    *whole = !inner.broken && !form->part;
    return TRUE;
}

static gboolean
has_serial(const FgReading *reading, guint from)
{
    const GPtrArray *personal = reading->metadata->personal;
    for (guint i = from; i < personal->len; i++)
        if (strcmp(((const FgPersonal *)personal->pdata[i])->id, "serial.body") == 0)
            return TRUE;
    return FALSE;
}

void
fg_makernote_read(FgExifReader *reader, const FgExifStream *stream, const FgIfdEntry *entry)
{
    if (entry->count == 0)
        return;
    FgReading *reading = reader->reading;
    const char *make = reader->said->facts->make;
    g_autofree char *where = fg_exif_where(reader, entry->tag);
    const guint before = reading->metadata->personal->len;
    gboolean whole = fg_makernote_plain(reading, &entry->value, make, where);
    const Form *form = whole ? NULL : find_form(&entry->value, make);
    if (!whole && !(form && read_known(reader, &stream->tiff, entry, form, &whole))) {
        g_autoptr(GBytes) bytes = fg_cursor_slice(&entry->value, reader->tiff);
        fg_reading_scan(reading, bytes, where);
    }
    if (whole || has_serial(reading, before))
        fg_reading_personal(reading, "makernote.present", where, NULL);
    else
        fg_reading_personal_told(
            reading, "makernote.present", where,
            N_("The file holds a maker note of the camera that can't be read in full and "
               "may hold its serial number."));
}
