/* exif_tags.h: what the tags mean that say something of a person, a place, a camera or the picture. */
#ifndef FG_EXIF_TAGS_H
#define FG_EXIF_TAGS_H

#include "codec/codec.h"

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
    FG_IFD_SIGMA,
    FG_IFD_MOTOROLA,
    FG_IFD_RICOH,
    FG_IFD_RICOH_INFO,
    FG_IFD_KODAK,
    FG_IFD_KODAK_SUB,
    FG_IFD_KODAK_CAMERA,
    FG_IFD_PIXPRO,
    FG_IFD_LEICA,
    FG_IFD_SAMSUNG,
    FG_N_IFDS
} FgIfd;

const char *fg_ifd_name(FgIfd ifd); /* "IFD0", "ExifIFD", "GPS", "MakerNote/Canon" */

typedef enum {
    FG_TAG_PERSONAL, /* a personal datum of `id`, its value printed */
    FG_TAG_OPAQUE,   /* a personal datum of `id` without a value */
    FG_TAG_PLACE,    /* coordinates: personal unless every denominator is 0 */
    FG_TAG_UTF16,    /* a personal text in UTF-16 little endian */
    FG_TAG_COMMENT,  /* UserComment: eight bytes that name the character set, then text */
    FG_TAG_STATED,   /* a right or fact of the photo: exif_facts.c */
    FG_TAG_POINTER,  /* offsets of directories of the kind `points_to`, or such a directory itself */
    FG_TAG_PICTURE,  /* the value is a picture of its own */
    FG_TAG_BLOCK,    /* the value is XMP, IPTC, Photoshop resources or a maker note */
    FG_TAG_LAYOUT,   /* where a smaller picture lies: its offset or length */
} FgTagKind;

typedef struct {
    guint16 tag;
    guint8 kind;      /* FgTagKind */
    guint8 points_to; /* FgIfd, of a pointer */
    const char *id;   /* of a finding, or NULL */
} FgTag;

/* The row of a tag in a directory, or NULL: it says nothing of interest. */
const FgTag *fg_exif_tag(FgIfd ifd, guint16 tag);

#endif
