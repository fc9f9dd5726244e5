/* container_private.h: what the files of this module share. container.c dispatches to one reader and writer a
 * format; parts.c gives all of them parts, faults and ceilings. */
#ifndef FG_CONTAINER_PRIVATE_H
#define FG_CONTAINER_PRIVATE_H

#include "codec/codec.h"
#include "container/container.h"

/* What no honest photo exceeds. A file over one of them is FG_ERROR_LIMIT. */
#define FG_BLOCK_CEILING ((gsize)64 << 20) /* bytes of one block, and of all that one file inflates */
#define FG_PART_CEILING 32768u             /* parts of one file */
#define FG_FAULT_CEILING 64u               /* faults that are kept; later ones are dropped */

/* The entry points of a format. `read` finds format, file and empty lists in the container and fills in the
 * rest; it fails only when nothing can be made of the file. `dress` is given its naked picture already read.
 * `verify` is called after a read without faults in the structure was possible, and may look at every byte.
 */
#define READ(id, calls, ...)                                                                                 \
    gboolean fg_##calls##_read(FgContainer *container, GError **error);                                      \
    GBytes *fg_##calls##_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data,               \
                                 const FgDress *dress, GError **error);                                      \
    gboolean fg_##calls##_verify(const FgContainer *container, GError **error);
#define WRITTEN(id, calls, ...)                                                                              \
    READ(id, calls)                                                                                          \
    GBytes *fg_##calls##_dress(const FgContainer *naked, const FgDress *dress, GError **error);
#define KNOWN(...)
#define SIGNATURE(...)
#include "container/formats.def"

/* What the lists of parts give theirs to. */
void fg_part_free(gpointer part);

/* Adds a part without payload or name, which the caller then gives it; borrowed. `taken_where` is the part's
 * now. NULL with FG_ERROR_LIMIT when the file has too many parts. */
FgPart *fg_part_add(FgContainer *container, FgPartKind kind, guint64 offset, guint64 length,
                    char *taken_where, GError **error);

/* Adds a part whose payload is the `size` bytes at `at` of the file. NULL with FG_ERROR_LIMIT for a block
 * over FG_BLOCK_CEILING too; at + size must lie in the file. */
FgPart *fg_part_add_slice(FgContainer *container, FgPartKind kind, guint64 offset, guint64 length, gsize at,
                          gsize size, char *taken_where, GError **error);

/* Adds a stretch that a decoder needs; joined with the part before it when that is a picture too and ends
 * here. A `name` ("JFIF", "sRGB") marks a stretch that describes the picture but is no compressed data: it is
 * never joined and is left out of the picture's digest. */
gboolean fg_part_add_picture(FgContainer *container, guint64 offset, guint64 length, const char *name,
                             GError **error);

/* Adds what follows the end of the picture at `offset`, if anything does. */
gboolean fg_part_add_trailer(FgContainer *container, guint64 offset, GError **error);

/* Notes a fault, unless the container is NULL; always FALSE, so that a reader can stop in one line. */
gboolean fg_fault(FgContainer *container, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The block of `dress` that takes the place of parts of this kind, or NULL; borrowed. A NULL dress has none.
 */
GBytes *fg_dress_block(const FgDress *dress, FgPartKind kind);

/* True when the part is copied: it is of the picture, or `keep` wants it and no block or text of `dress`
 * replaces it. */
gboolean fg_part_stays(const FgPart *part, FgKeepPart keep, gpointer data, const FgDress *dress);

/* Sorted and disjoint spans (FgSpan in a GArray). */
void fg_spans_tidy(GArray *spans);
GArray *fg_spans_minus(const GArray *spans, const GArray *less); /* both tidy; the caller frees */

/* Copies `length` bytes at `offset` of the container's file, which must hold them. */
void fg_put_span(GByteArray *out, const FgContainer *container, guint64 offset, guint64 length);

#endif
