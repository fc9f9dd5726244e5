/* bmff_private.h: boxes of the ISO base media file format (ISO/IEC 14496-12) and the still pictures that HEIF
 * (ISO/IEC 23008-12) keeps in them.
 *
 * All cursors here walk the whole file with their end moved in, so that FgCursor.offset is always a position
 * in the file. */
#ifndef FG_BMFF_PRIVATE_H
#define FG_BMFF_PRIVATE_H

#include "container/container_private.h"

#define FG_BOX_CEILING 8192u /* boxes in one box, references, properties */

/* What a uuid box is, by its first 16 bytes, which the cursor moves past. */
FgPartKind fg_box_uuid_kind(FgCursor *body);

/* True when there is anything but zeros in a span of the file. */
gboolean fg_span_holds_data(const FgContainer *container, FgSpan span);

/* ---- HEIF ---- */

typedef enum {
    FG_ROLE_OWNED,   /* a tile or input of another item, whose fate it shares */
    FG_ROLE_PICTURE, /* what a decoder needs for the primary item */
    FG_ROLE_PART,    /* a part of its own */
} FgHeifRole;

typedef struct {
    guint32 id, type;
    FgSpan infe; /* its box; length 0: there is none */
    guint8 version;
    guint32 flags;
    guint16 protection;
    char *name, *content_type; /* of infe; content type of mime items, URI type of uri items */
    gboolean located, broken;  /* has an entry in iloc; an extent lies outside of the file */
    guint8 method;             /* 0 the file, 1 idat, 2 another item */
    guint16 reference;         /* 0: this file */
    GArray *extents;           /* of FgSpan, in the file */
    GArray *properties;        /* of guint16: 0x8000 essential, the rest the 1-based index */
    FgHeifRole role;
    FgPartKind kind; /* with FG_ROLE_PART */
} FgHeifItem;

typedef struct {
    guint32 type, from;
    GArray *to; /* of guint32 */
} FgHeifReference;

typedef struct {
    GArray *boxes;      /* of FgBox: the top level */
    GArray *children;   /* of FgBox: of meta */
    GArray *properties; /* of FgBox: of ipco */
    GPtrArray *items;   /* of FgHeifItem */
    GPtrArray *references;
    GHashTable *by_id; /* guint32 as pointer -> FgHeifItem */
    FgSpan meta, idat; /* idat: its body */
    guint32 primary;
    guint8 iloc_version, iref_version, iinf_version, ipma_version;
    guint32 ipma_flags;
    gboolean has_moov, has_moof;
    guint64 end; /* of the last whole box */
} FgHeif;

/* Understands the boxes, and gives each item its role. Faults go to the container. */
FgHeif *fg_heif_parse(FgContainer *container, GError **error);

/* What the boxes of its picture say of light (hdr.c). */
void fg_heif_light(const FgHeif *heif, FgBrightness *light);
void fg_heif_free(FgHeif *heif);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgHeif, fg_heif_free)

FgHeifItem *fg_heif_item(const FgHeif *heif, guint32 id);
void fg_heif_assign_roles(FgHeif *heif, const FgContainer *container);

/* The first property of a kind of an item, or NULL; borrowed. */
const FgBox *fg_heif_property(const FgHeif *heif, const FgHeifItem *item, guint32 type);

/* The size that clap leaves of a picture, where it is one for the picture before it is turned; unchanged
 * without. FALSE, and the size unchanged, when no sample is left or a number makes no sense. */
gboolean fg_heif_aperture(const FgHeif *heif, const FgHeifItem *item, guint32 *width, guint32 *height);

/* Whether the coded picture, or the first tile of a grid, has luma alone. */
gboolean fg_heif_is_monochrome(const FgHeif *heif, const FgHeifItem *item);

/* True for properties that describe the picture and nobody. */
gboolean fg_heif_property_is_plain(guint32 type);

/* An item's extents one after the other; NULL when it has none or they are broken. A slice when there is one.
 */
GBytes *fg_heif_item_bytes(const FgContainer *container, const FgHeifItem *item);

/* The names of parts, by which a rewrite finds them again. The caller frees. */
char *fg_heif_where_item(const FgHeifItem *item);
char *fg_heif_where_name(const FgHeifItem *item);
char *fg_heif_where_property(guint index);
char *fg_heif_where_box(const FgBox *box);
char *fg_heif_where_span(FgSpan span);

/* Stretches of mdat and idat that no item refers to and that hold data. With a `sequence` those of mdat are
 * not known, since its samples lie there too. The caller frees. */
GArray *fg_heif_orphans(const FgHeif *heif, const FgContainer *container, gboolean sequence);

/* What a rewrite has decided. */
typedef enum { FG_FATE_KEEP, FG_FATE_DROP, FG_FATE_REPLACE } FgHeifFate;

typedef struct {
    FgHeifItem *item; /* replaced, or NULL for a new one */
    guint32 id, type;
    GBytes *bytes;
    guint64 position; /* in the new file */
} FgHeifPayload;

typedef struct {
    const FgContainer *container;
    const FgHeif *heif;
    FgKeepPart keep;
    gpointer data;
    const FgDress *dress;
    GHashTable *parts;        /* where -> FgPart */
    GHashTable *fates;        /* FgHeifItem -> FgHeifFate */
    GHashTable *nameless;     /* set of FgHeifItem whose name goes */
    GHashTable *propertyless; /* set of property indices that become free space */
    GHashTable *boxless;      /* set of FgBox (of heif->children) that go */
    GPtrArray *payloads;      /* of FgHeifPayload: to be written anew */
    GArray *cuts;             /* of FgSpan: stretches of mdat and idat that go; tidy */
    GArray *blanks;           /* of FgSpan: those of idat, which are zeroed instead; tidy */
    guint32 next_id;
    gboolean changed; /* anything is to be done at all */
} FgHeifPlan;

void fg_heif_plan_init(FgHeifPlan *plan, const FgContainer *container, const FgHeif *heif);
void fg_heif_plan_clear(FgHeifPlan *plan);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgHeifPlan, fg_heif_plan_clear)

/* Decides on items, properties, boxes of meta and data. FG_ERROR_MALFORMED, FG_ERROR_UNSUPPORTED. */
gboolean fg_heif_plan_decide(FgHeifPlan *plan, GError **error);

FgHeifFate fg_heif_fate(const FgHeifPlan *plan, const FgHeifItem *item);

/* Whether the part of that name stays; what is no part does. */
gboolean fg_heif_stays(const FgHeifPlan *plan, char *taken_where);

/* Where a byte of the old file stands in the new one. */
typedef guint64 (*FgHeifMap)(guint64 old, gpointer data);

/* The meta box after a rewrite. Its size does not depend on what `map` gives. */
GByteArray *fg_heif_meta_build(const FgHeifPlan *plan, FgHeifMap map, gpointer data);

#endif
