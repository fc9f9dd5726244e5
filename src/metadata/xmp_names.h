/* xmp_names.h: the namespaces of XMP that are known, and what their properties tell of people and places. */
#ifndef FG_XMP_NAMES_H
#define FG_XMP_NAMES_H

#include "filigrane/metadata.h"

typedef enum {
    FG_NS_UNKNOWN,
    FG_NS_DC,
    FG_NS_XMP,
    FG_NS_XMP_RIGHTS,
    FG_NS_XMP_MM,
    FG_NS_XMP_NOTE,
    FG_NS_XMP_GIMG,
    FG_NS_XMP_BJ,
    FG_NS_XMP_DM,
    FG_NS_ST_EVT,
    FG_NS_ST_REF,
    FG_NS_ST_OTHER, /* helper structures without a person or place: stDim, stFnt, stArea, xmpTPg, xmpG, pdf, …
                     */
    FG_NS_PHOTOSHOP,
    FG_NS_IPTC_CORE,
    FG_NS_IPTC_EXT,
    FG_NS_PLUS,
    FG_NS_TIFF,
    FG_NS_EXIF,
    FG_NS_EXIF_EX,
    FG_NS_AUX,
    FG_NS_CRS,
    FG_NS_CRSS,
    FG_NS_LR,
    FG_NS_CC,
    FG_NS_TDM,
    FG_NS_MWG_RS,
    FG_NS_MWG_KW,
    FG_NS_MP,
    FG_NS_MP_RI,
    FG_NS_MP_REG,
    FG_NS_MICROSOFT,
    FG_NS_APPLE_FI,
    FG_NS_ACDSEE_RS,
    FG_NS_ACDSEE,
    FG_NS_DIGIKAM,
    FG_NS_MEDIAPRO,
    FG_NS_EXPRESSION_MEDIA,
    FG_NS_ICS,
    FG_NS_CELL,
    FG_NS_GPANO,
    FG_NS_GDEPTH,
    FG_NS_GIMAGE,
    FG_NS_GAUDIO,
    FG_NS_GCAMERA,
    FG_NS_GCONTAINER,
    FG_NS_GITEM,
    FG_NS_GDEVICE, /* Profile, Camera, DepthMap, Image, Device of Google's Dynamic Depth */
    FG_NS_HDRGM,
    FG_NS_DJI,
    FG_NS_PIX4D,
    FG_NS_GEO,
    FG_NS_DWC,
    FG_NS_DARKTABLE,
    FG_NS_AAS,
    FG_NS_POSE,
    FG_NS_RDF,
    FG_NS_XML,
    FG_NS_X,
    FG_N_NS
} FgXmpNs;

FgXmpNs fg_xmp_ns(const char *uri);
const char *fg_xmp_prefix(FgXmpNs ns); /* the usual prefix, or NULL */
const char *fg_xmp_uri(FgXmpNs ns);    /* as it is written; NULL for FG_NS_UNKNOWN */

/* The finding that a field of a property is, or NULL. The field is looked up first, then the property, then
 * what the name says in any namespace ("GPSLatitude", "SerialNumber"). */
const char *fg_xmp_personal_id(FgXmpNs top_ns, const char *top, FgXmpNs ns, const char *name);

/* True for the place of a program that has one field for all of it, the street included. */
gboolean fg_xmp_is_address(FgXmpNs ns, const char *name);

#endif
