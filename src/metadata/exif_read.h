/* exif_read.h: what the files that read one EXIF block share. */
#ifndef FG_EXIF_READ_H
#define FG_EXIF_READ_H

#include "metadata/exif_tags.h"
#include "metadata/reading.h"

typedef struct {
    FgReading *reading;
    FgSaid *said;
    const char *where; /* "exif:" */
    GBytes *tiff;
    gboolean is_file;  /* the stream is a TIFF file: its first directory is the picture */
    char ref[4];       /* the letter of GPS tags 0x0001, 0x0003, 0x0013, 0x0015, until its number comes */
    gboolean laid_out; /* this directory holds a picture of its own */
    guint64 jpeg_offset, jpeg_length, strip_offset, strip_length;
} FgExifReader;

/* "exif:GPS/0x0002"; the caller frees. */
char *fg_exif_where(const FgExifReader *reader, FgIfd ifd, guint16 tag);

/* Walks a directory of `walk` and what hangs on it; *next as in fg_ifd_walk. */
void fg_exif_directory(FgExifReader *reader, FgIfdWalk *walk, guint64 offset, FgIfd ifd, guint depth,
                       guint64 *next);

/* A right or fact (exif_facts.c), and a maker note (makernote.c). */
void fg_exif_stated(FgExifReader *reader, const FgIfdEntry *entry);
void fg_makernote_read(FgExifReader *reader, FgIfdWalk *walk, const FgIfdEntry *entry);

/* UserComment and its kin: eight bytes of character set, then text (exif_comment.c). NULL when blank; *whole
 * is FALSE when a part of it could not be converted. The caller frees. */
char *fg_exif_comment(const FgIfdEntry *entry, gboolean *whole);

/* A text that should be UTF-16 and may be UTF-8 (exif_comment.c); NULL when blank. The caller frees. */
char *fg_exif_wide(const guint8 *data, gsize length, FgEndian endian);

#endif
