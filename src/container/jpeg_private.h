/* jpeg_private.h: what the JPEG reader and writer share. */
#ifndef FG_JPEG_PRIVATE_H
#define FG_JPEG_PRIVATE_H

#include "container/container_private.h"

/* Markers, ITU-T T.81 table B.1. */
enum {
    JPEG_TEM = 0x01,
    JPEG_SOF0 = 0xC0,
    JPEG_SOF2 = 0xC2,
    JPEG_DHT = 0xC4,
    JPEG_JPG = 0xC8,
    JPEG_DAC = 0xCC,
    JPEG_SOF15 = 0xCF,
    JPEG_RST0 = 0xD0,
    JPEG_RST7 = 0xD7,
    JPEG_SOI = 0xD8,
    JPEG_EOI = 0xD9,
    JPEG_SOS = 0xDA,
    JPEG_DNL = 0xDC,
    JPEG_DRI = 0xDD,
    JPEG_APP0 = 0xE0,
    JPEG_APP1 = 0xE1,
    JPEG_APP2 = 0xE2,
    JPEG_APP11 = 0xEB,
    JPEG_APP13 = 0xED,
    JPEG_APP14 = 0xEE,
    JPEG_APP15 = 0xEF,
    JPEG_COM = 0xFE,
};

/* What a segment's payload begins with. The sizes leave out the NUL that C adds. */
#define JPEG_EXIF "Exif\0"
#define JPEG_XMP "http://ns.adobe.com/xap/1.0/\0"
#define JPEG_XMP_EXTENDED "http://ns.adobe.com/xmp/extension/\0"
#define JPEG_ICC "ICC_PROFILE\0"
#define JPEG_IRB "Photoshop 3.0\0"
#define JPEG_MPF "MPF\0"
#define JPEG_FLIR "FLIR\0"
#define JPEG_PAYLOAD_MAX 65533u
#define JPEG_EXIF_MAX (JPEG_PAYLOAD_MAX - 6u)       /* of a block in one segment, behind its signature */
enum { JPEG_JFIF_HEAD = 14, JPEG_ADOBE_HEAD = 12 }; /* bytes of these payloads that a decoder looks at */

/* A stretch of the file. All boxes, one after the other, are the whole file; a box belongs to one part, and a
 * part such as a profile in several segments has several. */
typedef struct {
    guint64 offset, length;
    guint part;    /* index into the container's parts */
    gboolean tail; /* the rest of a segment whose head is the box before it */
} JpegBox;

typedef struct {
    guint8 marker;
    gsize offset; /* of its first byte, fill bytes included */
    gsize end;    /* after the payload */
    FgCursor payload;
    char *where; /* NULL once a part has taken it */
} JpegSegment;

/* Blocks that lie in several segments, while they are gathered. */
typedef struct JpegGathering JpegGathering;

typedef struct {
    FgContainer *container;
    GPtrArray *gatherings; /* of JpegGathering */
    guint count[256];      /* segments of each marker so far */
    guint frames, scans;
    gboolean jfif, adobe; /* has been seen */
    guint exif;           /* EXIF blocks go on: the part of the last one, from 1 on; 0: none */
} JpegWalk;

gboolean fg_jpeg_box(JpegWalk *walk, guint64 offset, guint64 length, guint part);

/* A part whose payload is what is left of the segment's; borrowed. NULL over a limit. */
FgPart *fg_jpeg_part(JpegWalk *walk, JpegSegment *segment, FgPartKind kind, GError **error);

/* Segments of an EXIF block, a profile, an extended XMP, Photoshop resources, a JUMBF box or a FLIR record:
 * each makes a part or joins its part. FALSE with *error set over a limit; a header that is too short becomes
 * a private part and a fault. */
gboolean fg_jpeg_gather_exif(JpegWalk *walk, JpegSegment *segment, GError **error);
gboolean fg_jpeg_gather_flir(JpegWalk *walk, JpegSegment *segment, GError **error);
gboolean fg_jpeg_gather_icc(JpegWalk *walk, JpegSegment *segment, GError **error);
gboolean fg_jpeg_gather_xmp(JpegWalk *walk, JpegSegment *segment, GError **error);
gboolean fg_jpeg_gather_irb(JpegWalk *walk, JpegSegment *segment, GError **error);
gboolean fg_jpeg_gather_jumbf(JpegWalk *walk, JpegSegment *segment, GError **error);

/* Puts the blocks together and gives them to their parts. */
gboolean fg_jpeg_gather_finish(JpegWalk *walk, GError **error);
void fg_jpeg_gathering_free(JpegGathering *gathering);

/* A part for the whole segment that nobody knows; `name` is taken. */
gboolean fg_jpeg_private(JpegWalk *walk, JpegSegment *segment, char *name, GError **error);

/* Moves what an MP index (CIPA DC-007, the bytes after "MPF\0") says of the images after the first: offsets
 * by `shift`, and the size of the first by `growth`. FG_ERROR_UNSUPPORTED when the index can't be followed.
 */
GBytes *fg_jpeg_mpf_move(GBytes *index, gint64 shift, gint64 growth, GError **error);

/* Where the trailer of Samsung's cameras begins; the length of the file where there is none. */
gsize fg_jpeg_samsung_trailer(const FgCursor *file);

#endif
