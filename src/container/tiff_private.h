/* tiff_private.h: what the files on TIFF share; the directories are walked by codec. */
#ifndef FG_TIFF_PRIVATE_H
#define FG_TIFF_PRIVATE_H

#include "container/container_private.h"

#define FG_TIFF_PAGE_CEILING 4096u /* directories in one chain */

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

/* Strips, tiles and JPEG stream of a directory: appends each as a stretch (FgSpan) and says whether all lie
 * in the stream. */
gboolean fg_tiff_data(const FgTiff *tiff, const FgIfdTable *ifd, GArray *spans);

/* True for tags that a decoder needs and that tell of nobody. */
gboolean fg_tiff_is_structural(guint tag);

/* One directory after the other from the first, each with its number; stops at a loop. Of FgIfdTable; the
 * caller frees. Faults go to the container, which may be NULL. */
GPtrArray *fg_tiff_pages(const FgTiff *tiff, FgContainer *container);

/* Which of them is the picture; there is one at least. */
guint fg_tiff_full_page(const GPtrArray *pages);

/* The names of parts, by which a rewrite finds them again. The caller frees. */
char *fg_tiff_where_page(guint number);

/* The dataset block of the Photoshop resources, which TIFF has in a tag of its own too; NULL when there is
 * none. The caller frees. */
GBytes *fg_dress_iim(const FgDress *dress);

/* A new file of the pages that stay and of our blocks. */
GBytes *fg_tiff_anew(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
                     GError **error);

#endif
