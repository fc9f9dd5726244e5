/* png_private.h: what the PNG reader and writer share. */
#ifndef FG_PNG_PRIVATE_H
#define FG_PNG_PRIVATE_H

#include "container/container_private.h"

#define PNG_SIGNATURE "\x89PNG\r\n\x1A\n"
/* The whole chunk that ends a PNG. */
#define PNG_END "\0\0\0\0IEND\xAE\x42\x60\x82"
#define PNG_XMP_KEYWORD "XML:com.adobe.xmp"
enum { PNG_SIGNATURE_SIZE = 8, PNG_FRAME_SIZE = 12 /* of a chunk: length, type, CRC */ };

typedef struct {
    char type[5];
    gsize offset; /* of its length field */
    gsize end;    /* after its CRC */
    FgCursor payload;
} PngChunk;

typedef struct {
    FgContainer *container;
    gsize inflated; /* bytes, by all chunks so far */
    guint texts, pictures;
    gboolean after_data; /* an IDAT was seen */
} PngWalk;

/* Takes the chunk at the cursor, or leaves the cursor where it is when there is none that is whole. */
gboolean fg_png_chunk(FgCursor *at, PngChunk *chunk);

/* A part for the chunk whose payload is `taken`, or the rest of the chunk's when NULL. */
FgPart *fg_png_part(PngWalk *walk, const PngChunk *chunk, FgPartKind kind, GBytes *taken, GError **error);

/* tEXt, zTXt and iTXt: text for people, an XMP packet, or a block in hexadecimal ("Raw profile type exif").
 */
gboolean fg_png_read_text(PngWalk *walk, PngChunk *chunk, GError **error);

/* The zlib stream that is left of a chunk, within what the file may still inflate. *bytes is empty, and the
 * container has a fault, when the stream is broken; FALSE only over the limit. */
gboolean fg_png_inflate(PngWalk *walk, const PngChunk *chunk, const FgCursor *at, GBytes **bytes,
                        GError **error);

#endif
