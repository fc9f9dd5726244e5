/* makernote.c: a maker note is always a finding; inside those of known form are serial numbers, owners and
 * previews.
 *
 * A maker's directory starts after a signature, and its offsets count from the start of the EXIF block, of
 * the note, or of a TIFF header inside the note (forms as ExifTool and exiv2 document them). */
#include "metadata/exif_read.h"

#include <string.h>

typedef enum { FROM_BLOCK, FROM_NOTE, FROM_HEADER } Base;

typedef struct {
    const char *signature;
    guint8 signature_length;
    guint8 start; /* of the directory, or of the TIFF header, in the note */
    guint8 base;
    FgIfd ifd;
    gint endian;      /* FgEndian, or -1: the block's */
    const char *make; /* for notes without a signature: how Make begins */
} Form;

#define SIGNED(text, start, base, ifd, endian)                                                               \
    {                                                                                                        \
        text, sizeof text - 1, start, base, ifd, endian, NULL                                                \
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
    SIGNED("FUJIFILM\x0c\0\0\0", 12, FROM_NOTE, FG_IFD_FUJIFILM, FG_LITTLE_ENDIAN),
    SIGNED("GENERALE\x0c\0\0\0", 12, FROM_NOTE, FG_IFD_FUJIFILM, FG_LITTLE_ENDIAN),
    SIGNED("Panasonic\0\0\0", 12, FROM_BLOCK, FG_IFD_PANASONIC, -1),
    SIGNED("LEICA\0\0\0", 8, FROM_BLOCK, FG_IFD_PANASONIC, -1),
    SIGNED("PENTAX \0II", 10, FROM_NOTE, FG_IFD_PENTAX, FG_LITTLE_ENDIAN),
    SIGNED("PENTAX \0MM", 10, FROM_NOTE, FG_IFD_PENTAX, FG_BIG_ENDIAN),
    SIGNED("AOC\0II", 6, FROM_BLOCK, FG_IFD_PENTAX, FG_LITTLE_ENDIAN),
    SIGNED("AOC\0MM", 6, FROM_BLOCK, FG_IFD_PENTAX, FG_BIG_ENDIAN),
    SIGNED("AOC\0", 6, FROM_BLOCK, FG_IFD_PENTAX, -1),
    SIGNED("SONY DSC \0\0\0", 12, FROM_BLOCK, FG_IFD_SONY, -1),
    SIGNED("SONY CAM \0\0\0", 12, FROM_BLOCK, FG_IFD_SONY, -1),
    SIGNED("Apple iOS\0\0\1MM", 14, FROM_NOTE, FG_IFD_APPLE, FG_BIG_ENDIAN),
    SIGNED("Apple iOS\0\0\1II", 14, FROM_NOTE, FG_IFD_APPLE, FG_LITTLE_ENDIAN),
    SIGNED("QVC\0\0\0", 6, FROM_BLOCK, FG_IFD_CASIO, -1),
    {NULL, 0, 0, FROM_BLOCK, FG_IFD_CANON, -1, "canon"},
    {NULL, 0, 0, FROM_BLOCK, FG_IFD_NIKON, -1, "nikon"},
    {NULL, 0, 0, FROM_BLOCK, FG_IFD_MINOLTA, -1, "minolta"},
    {NULL, 0, 0, FROM_BLOCK, FG_IFD_MINOLTA, -1, "konica"},
    {NULL, 0, 0, FROM_BLOCK, FG_IFD_CASIO, -1, "casio"},
    {NULL, 0, 0, FROM_BLOCK, FG_IFD_SONY, -1, "sony"},
    {NULL, 0, 0, FROM_BLOCK, FG_IFD_NINTENDO, -1, "nintendo"},
};

static const Form *
find_form(const FgCursor *note, const char *make)
{
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        const Form *form = &forms[i];
        if (form->signature && fg_cursor_peek(note, form->signature, form->signature_length))
            return form;
        if (form->make && make && g_ascii_strncasecmp(make, form->make, strlen(form->make)) == 0)
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

/* FALSE when there is no such directory in the note. */
static gboolean
read_known(FgExifReader *reader, const FgTiff *tiff, const FgIfdEntry *entry, const Form *form)
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
    return TRUE;
}

void
fg_makernote_read(FgExifReader *reader, const FgExifStream *stream, const FgIfdEntry *entry)
{
    if (entry->count == 0)
        return;
    g_autofree char *where = fg_exif_where(reader, entry->tag);
    fg_reading_personal(reader->reading, "makernote.present", where, NULL);
    /* Trail cameras have no directory, but always their number. */
    if (reader->said->facts->make && g_ascii_strncasecmp(reader->said->facts->make, "reconyx", 7) == 0)
        fg_reading_personal(reader->reading, "serial.body", where, NULL);
    const Form *form = find_form(&entry->value, reader->said->facts->make);
    if (form && read_known(reader, &stream->tiff, entry, form))
        return;
    g_autoptr(GBytes) bytes = fg_cursor_slice(&entry->value, reader->tiff);
    fg_reading_scan(reader->reading, bytes, where);
}
