/* icc.h: a colour profile as its header and the tags that its table names (ICC.1:2022 §7). */
#ifndef FG_METADATA_ICC_H
#define FG_METADATA_ICC_H

#include "metadata/reading.h"

#define FG_ICC_HEADER 128
#define FG_ICC_TAGS 256 /* that are looked at */

typedef enum {
    FG_ICC_COLOUR,  /* what a conversion of colours needs, and the two texts that a profile must have */
    FG_ICC_TELLING, /* standard, not needed, and of the device or its maker */
    FG_ICC_PRIVATE,
} FgIccKind;

typedef struct {
    guint32 signature, offset, size;
    FgIccKind kind;
} FgIccTag;

typedef struct {
    FgCursor bytes;  /* all that was given */
    gsize length;    /* by the profile's own header */
    guint32 version; /* the first byte is the major one */
    guint32 class, space;
    FgIccTag tags[FG_ICC_TAGS];
    guint n_tags;
} FgIcc;

/* FALSE for what is no profile whose tags all lie in it. */
gboolean fg_icc_open(GBytes *profile, FgIcc *icc);

/* The bytes of a tag. */
FgCursor fg_icc_value(const FgIcc *icc, const FgIccTag *tag);

/* "Color LCD - Marie's iMac": a name with an owner in it, in eight bits or sixteen, in whatever language. */
gboolean fg_icc_names_owner(FgCursor at);

/* True when the description is none of a working space or a standard of printing: the name of somebody's
 * device, or their own. */
gboolean fg_icc_names_device(const FgIcc *icc);

/* What a profile tells beside its colours, in words, or NULL. */
const char *fg_icc_trace(GBytes *profile);

/* True for the name of a profile in a PNG that is neither a standard's nor a program's stock one. */
gboolean fg_icc_name_tells(const char *name);

/* A profile for the same colours without bytes behind its end, private tags and the names of devices and
 * people; NULL when it has none of these, or can't be read. The caller frees. */
GBytes *fg_icc_clean(GBytes *profile);

#endif
