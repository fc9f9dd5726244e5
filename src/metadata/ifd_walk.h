/* ifd_walk.h: walks the image file directories of a TIFF stream (TIFF 6.0 §2, BigTIFF, Exif 2.32 §4.5).
 *
 *     FgIfdWalk walk;
 *     guint64 first;
 *     if (fg_ifd_open(&walk, cursor, &first))
 *         fg_ifd_walk(&walk, first, FG_IFD_0, 0, visit, data, &next);
 *
 * All sums are 64-bit, no directory is walked twice, and the entries of all directories together are bounded,
 * so that loops and fans end. */
#ifndef FG_IFD_WALK_H
#define FG_IFD_WALK_H

#include "base/base.h"

#define FG_IFD_MAX_DEPTH 8
#define FG_IFD_MAX_ENTRIES 4096
#define FG_IFD_MAX_DIRECTORIES 128

/* Which directory an entry stands in; those of maker notes come last. */
typedef enum {
    FG_IFD_0,
    FG_IFD_1, /* and all that follow it */
    FG_IFD_EXIF,
    FG_IFD_GPS,
    FG_IFD_INTEROP,
    FG_IFD_SUB,
    FG_IFD_CANON,
    FG_IFD_NIKON,
    FG_IFD_NIKON_PREVIEW,
    FG_IFD_OLYMPUS,
    FG_IFD_OLYMPUS_EQUIPMENT,
    FG_IFD_OLYMPUS_SETTINGS,
    FG_IFD_FUJIFILM,
    FG_IFD_PANASONIC,
    FG_IFD_PENTAX,
    FG_IFD_SONY,
    FG_IFD_APPLE,
    FG_IFD_CASIO,
    FG_IFD_MINOLTA,
    FG_IFD_NINTENDO,
    FG_N_IFDS
} FgIfd;

const char *fg_ifd_name(FgIfd ifd); /* "IFD0", "ExifIFD", "GPS", "Canon" */

typedef struct {
    FgIfd ifd;
    guint depth;
    guint16 tag, type;
    guint64 count;
    FgCursor value; /* all bytes of the value and no more */
} FgIfdEntry;

typedef struct {
    FgCursor all;
    gboolean big;
    gint64 bias;     /* added to the offsets of values, where a maker note was moved without them */
    gboolean broken; /* a directory or value lies outside the stream, or a bound was met */
    guint entries_left;
    guint visited_count;
    guint64 visited[FG_IFD_MAX_DIRECTORIES];
} FgIfdWalk;

typedef void (*FgIfdVisit)(FgIfdWalk *walk, const FgIfdEntry *entry, gpointer data);

/* Reads the header; FALSE when it is none. *first is the offset of the first directory. */
gboolean fg_ifd_open(FgIfdWalk *walk, FgCursor stream, guint64 *first);

/* A walk over a stream whose directories have no header of their own, as in maker notes. */
FgIfdWalk fg_ifd_frame(FgCursor stream, FgEndian endian);

/* Visits each entry of the directory at `offset`; *next (may be NULL) is the offset of the one that follows,
 * or 0. */
void fg_ifd_walk(FgIfdWalk *walk, guint64 offset, FgIfd ifd, guint depth, FgIfdVisit visit, gpointer data,
                 guint64 *next);

/* How far the values of the directory at `offset` were left behind when it was moved: they should all lie in
 * the bytes from `start` to `end`, the first right after the directory. 0 when they do. */
gint64 fg_ifd_bias(const FgIfdWalk *walk, guint64 offset, guint64 start, guint64 end);

/* One number of an entry of an integer type. */
gboolean fg_ifd_number(const FgIfdEntry *entry, guint64 index, guint64 *number);

/* One RATIONAL or SRATIONAL, as numerator and denominator. */
gboolean fg_ifd_rational(const FgIfdEntry *entry, guint64 index, guint32 *numerator, guint32 *denominator);

/* A value for a person: text as it is, numbers and short byte strings printed; NULL when blank. The caller
 * frees. */
char *fg_ifd_text(const FgIfdEntry *entry, gboolean *latin1);

#endif
