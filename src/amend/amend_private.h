/* amend_private.h: what tag and scrub share. */
#ifndef FG_AMEND_PRIVATE_H
#define FG_AMEND_PRIVATE_H

#include "filigrane/amend.h"
#include "run/run.h"

/* ---- What the two do, from bytes to bytes ---- */

/* FG_ERROR_RIGHTS, FG_ERROR_FOREIGN, FG_ERROR_OVERSIZE, FG_ERROR_UNSUPPORTED, FG_ERROR_MALFORMED. */
GBytes *fg_tag_bytes(GBytes *before, const char *below, const FgAmendOptions *options, GError **error);

/* *removed: of const char *, the ids of what is gone, sorted. FG_ERROR_AUDIT when something would stay. */
GBytes *fg_scrub_bytes(GBytes *before, guint keep, GPtrArray **removed, GError **error);

/* ---- The same behind walls (aside.c) ---- */

typedef struct {
    GBytes *before, *after;
    GPtrArray *removed; /* of const char *, NULL for a tag */
} FgAmendment;

void fg_amendment_clear(FgAmendment *amendment);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgAmendment, fg_amendment_clear)

/* Reads the file, or standard input for "-", and makes of it what the options say: of a profile a tag, else a
 * scrub. FG_ERROR_USAGE when they say no place to write to; else the errors of the two above. */
gboolean fg_amend_make(const char *path, const char *below, const FgAmendOptions *options,
                       FgAmendment *amendment, GError **error);

/* ---- Files in and out (place.c) ---- */

/* Opens the file, or standard input for "-". Returns a descriptor, or -1. */
int fg_amend_open(const char *path, const FgAmendOptions *options, GError **error);

/* Writes what the file has become to where the options say, and fills in status and path of the result. */
gboolean fg_amend_put(const char *path, const char *below, const FgAmendOptions *options, GBytes *before,
                      GBytes *after, FgAmendResult *result, GError **error);

/* A file that is damaged or cut short is not rewritten: what belongs to what can't be told in it.
 * FG_ERROR_MALFORMED. */
gboolean fg_amend_check_whole(const FgContainer *container, GError **error);

/* FG_ERROR_INTERNAL unless the compressed picture is the same, byte for byte. */
gboolean fg_amend_check_picture(const FgContainer *before, const FgContainer *after, GError **error);

/* ---- Single tags of EXIF blocks (exif_entry.c) ---- */

/* A tag of IFD0, or of the Exif directory that IFD0 names. */
typedef enum { FG_EXIF_IFD0, FG_EXIF_EXIF } FgExifIfd;

/* The value's bytes; NULL when there is no such tag. The caller frees. */
GBytes *fg_exif_value(GBytes *tiff, FgExifIfd ifd, guint16 tag);

/* Our block with what describes the picture, and not its maker, as the original has it: orientation, density,
 * chroma positions and colour space. `original` may be NULL. */
GBytes *fg_exif_carry(GBytes *block, GBytes *original);

/* ---- Photoshop resources (irb_merge.c) ---- */

/* Our datasets in the place of those of the same number, all others kept and said to be UTF-8; other
 * resources are kept too. `theirs` may be NULL; `iim` is a block that stands outside of the resources (TIFF),
 * or NULL. */
GBytes *fg_irb_merge(GBytes *theirs, GBytes *iim, GBytes *ours);

#endif
