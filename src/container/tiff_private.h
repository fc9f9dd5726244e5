/* tiff_private.h: TIFF 6.0 directories, classic and BigTIFF, walked without trusting a count or an offset. */
#ifndef FG_TIFF_PRIVATE_H
#define FG_TIFF_PRIVATE_H

#include "container/container_private.h"

#define FG_TIFF_ENTRY_CEILING 4096u /* entries of one directory */
#define FG_TIFF_PAGE_CEILING 4096u  /* directories in one chain */

enum {
    FG_TIFF_NEW_SUBFILE_TYPE = 254,
    FG_TIFF_WIDTH = 256,
    FG_TIFF_HEIGHT = 257,
    FG_TIFF_BITS = 258,
    FG_TIFF_COMPRESSION = 259,
    FG_TIFF_STRIP_OFFSETS = 273,
    FG_TIFF_SAMPLES = 277,
    FG_TIFF_STRIP_COUNTS = 279,
    FG_TIFF_TILE_OFFSETS = 324,
    FG_TIFF_TILE_COUNTS = 325,
    FG_TIFF_SUB_IFDS = 330,
    FG_TIFF_JPEG_OFFSET = 513,
    FG_TIFF_JPEG_LENGTH = 514,
    FG_TIFF_XMP = 700,
    FG_TIFF_IIM = 33723,
    FG_TIFF_IRB = 34377,
    FG_TIFF_EXIF_IFD = 34665,
    FG_TIFF_ICC = 34675,
    FG_TIFF_LAYERS = 37724,
    FG_TIFF_C2PA = 52545,
};

enum {
    FG_TIFF_BYTE = 1,
    FG_TIFF_ASCII,
    FG_TIFF_SHORT,
    FG_TIFF_LONG,
    FG_TIFF_UNDEFINED = 7,
    FG_TIFF_LONG8 = 16
};

typedef struct {
    FgCursor whole; /* its endian is the stream's */
    gboolean big;   /* BigTIFF */
    guint64 first;  /* where its first directory lies */
} FgTiff;

typedef struct {
    guint16 tag, type;
    guint64 count;
    guint64 offset, size; /* of the value, in the entry or elsewhere; it lies in the stream */
    gboolean outside;     /* the value does not stand in the entry */
} FgTiffEntry;

typedef struct {
    guint64 offset, length; /* of the table */
    guint64 next;
    guint lost;      /* entries whose values lie outside of the stream, left out of `entries` */
    GArray *entries; /* of FgTiffEntry */
} FgTiffIfd;

gboolean fg_tiff_open(GBytes *stream, FgTiff *tiff);

/* NULL when there is no directory at `offset`. */
FgTiffIfd *fg_tiff_ifd(const FgTiff *tiff, guint64 offset);
void fg_tiff_ifd_free(FgTiffIfd *ifd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgTiffIfd, fg_tiff_ifd_free)

const FgTiffEntry *fg_tiff_find(const FgTiffIfd *ifd, guint tag);

/* The index-th number of an entry of whole numbers; FALSE when there is none. */
gboolean fg_tiff_number(const FgTiff *tiff, const FgTiffEntry *entry, guint64 index, guint64 *value);

/* The first number of a tag, or the fallback. */
guint64 fg_tiff_first(const FgTiff *tiff, const FgTiffIfd *ifd, guint tag, guint64 fallback);

/* Bytes of one value of a type; 0 for an unknown one. Bytes of the numbers that a type is made of. */
guint fg_tiff_type_size(guint type);
guint fg_tiff_type_unit(guint type);

/* Strips, tiles and JPEG stream of a directory: appends each as a stretch (FgTiffSpan) and says whether all
 * lie in the stream. */
typedef struct {
    guint64 offset, length;
} FgTiffSpan;
gboolean fg_tiff_data(const FgTiff *tiff, const FgTiffIfd *ifd, GArray *spans);

/* Sorts, and joins those that touch or overlap. */
void fg_tiff_spans_tidy(GArray *spans);

/* Numbers in a stream's byte order. */
void fg_tiff_put16(GByteArray *out, FgEndian endian, guint value);
void fg_tiff_put32(GByteArray *out, FgEndian endian, guint32 value);
void fg_tiff_set32(GByteArray *out, FgEndian endian, guint at, guint32 value);

/* True for tags that a decoder needs and that tell of nobody. */
gboolean fg_tiff_is_structural(guint tag);

/* One directory after the other from the first, each with its number; stops at a loop. */
GPtrArray *fg_tiff_pages(const FgTiff *tiff, FgContainer *container);

/* The names of parts, by which a rewrite finds them again. The caller frees. */
char *fg_tiff_where_page(guint number);

/* The dataset block of Photoshop resources, which TIFF has in a tag of its own too; NULL when there is none.
 */
GBytes *fg_tiff_iim_of(GBytes *irb);

/* A new file of the pages that stay and of our blocks. */
GBytes *fg_tiff_anew(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
                     GError **error);

#endif
