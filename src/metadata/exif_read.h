/* exif_read.h: what the files that read one EXIF block share. */
#ifndef FG_EXIF_READ_H
#define FG_EXIF_READ_H

#include "metadata/exif_tags.h"
#include "metadata/reading.h"

#define FG_EXIF_DEPTH 8             /* directories in directories */
#define FG_EXIF_DIRECTORIES 4096u   /* of one stream, as many as a TIFF file may have pages */
#define FG_EXIF_ENTRIES (64u << 10) /* of all directories of one stream, so that loops and fans end */

/* A stream, and what was walked of it. */
typedef struct {
    FgTiff tiff;
    GHashTable *seen; /* offsets of directories */
    guint entries_left;
    gboolean broken; /* a directory or value lies outside the stream, or a bound was met */
} FgExifStream;

void fg_exif_stream_init(FgExifStream *stream); /* after its tiff is there */
void fg_exif_stream_clear(FgExifStream *stream);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgExifStream, fg_exif_stream_clear)

typedef struct {
    FgReading *reading;
    FgSaid *said;
    const char *where; /* "exif:" */
    GBytes *tiff;
    gboolean is_file;  /* the stream is a TIFF file: its first directory is the picture */
    FgIfd ifd;         /* the directory in hand */
    guint depth;       /* of it */
    char ref[4];       /* the letter of GPS tags 0x0001, 0x0003, 0x0013, 0x0015, until its number comes */
    gboolean laid_out; /* this directory holds a picture of its own */
    guint64 jpeg_offset, jpeg_length, strip_offset, strip_length;
} FgExifReader;

/* "exif:GPS/0x0002": a tag of the directory in hand; the caller frees. */
char *fg_exif_where(const FgExifReader *reader, guint16 tag);

/* Walks a directory and what hangs on it; *next (may be NULL) is the offset of the one that follows, or 0. */
void fg_exif_directory(FgExifReader *reader, FgExifStream *stream, guint64 offset, FgIfd ifd, guint depth,
                       guint64 *next);

/* A right or fact (exif_facts.c), and a maker note (makernote.c). */
void fg_exif_stated(FgExifReader *reader, const FgIfdEntry *entry);
void fg_makernote_read(FgExifReader *reader, const FgExifStream *stream, const FgIfdEntry *entry);

/* Reads a note that is no directory; TRUE when it is of a known form. */
gboolean fg_makernote_plain(FgReading *reading, const FgCursor *note, const char *make, const char *where);

/* UserComment and its kin: eight bytes of character set, then text (exif_text.c). NULL when blank; *whole
 * is FALSE when a part of it could not be converted. The caller frees. */
char *fg_exif_comment(const FgIfdEntry *entry, gboolean *whole);

/* A text that should be UTF-16 and may be UTF-8 (exif_text.c); NULL when blank. The caller frees. */
char *fg_exif_wide(const guint8 *data, gsize length, FgEndian endian);

/* A value for a person (exif_text.c): text as it is, numbers and short byte strings printed; NULL when blank.
 * *latin1 (may be NULL): it is no UTF-8. The caller frees. */
char *fg_exif_text(const FgIfdEntry *entry, gboolean *latin1);

#endif
