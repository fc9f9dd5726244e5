/* xmp_walk.h: an XMP packet as a list of its leaves: each simple value with the property it belongs to.
 *
 * All forms of RDF that XMP allows come out alike (ISO 16684-1 §7): elements and attributes, rdf:resource,
 * Alt, Seq and Bag, structures as parseType="Resource", as nested rdf:Description or as attributes. */
#ifndef FG_XMP_WALK_H
#define FG_XMP_WALK_H

#include "metadata/xmp_names.h"

typedef struct {
    FgXmpNs top_ns,
        ns; /* of the property, and of the field that holds the value; alike for plain properties */
    const char *top, *name; /* their local names */
    const char *top_uri, *uri;
    const char *top_prefix, *prefix; /* as the packet writes them; may be NULL */
    const char *lang;                /* xml:lang, or NULL */
    const char *value;               /* UTF-8, never NULL */
    guint item;                      /* which item of the property's outermost array, from 0 */
} FgXmpLeaf;

typedef void (*FgXmpVisit)(const FgXmpLeaf *leaf, gpointer data);

typedef enum { FG_XMP_SOUND, FG_XMP_ODD, FG_XMP_BROKEN, FG_XMP_NONE } FgXmpState;

/* Visits the leaves in the order of the packet. FG_XMP_ODD: all was visited, but it has names that XML
 * forbids. FG_XMP_BROKEN: it is malformed, and what could be read was visited. FG_XMP_NONE: there is no RDF
 * in it, or it has a DTD, which is never read. *rest, which may not be asked for (NULL), becomes what stands
 * behind the packet's end as UTF-8, or NULL; the caller frees. */
FgXmpState fg_xmp_walk(GBytes *packet, FgXmpVisit visit, gpointer data, char **rest);

/* The packet as UTF-8 text, whatever Unicode form it has, from its first '<' to its end, which is its last
 * '>' where it names none; NULL for none. */
char *fg_xmp_text(GBytes *packet, gsize *length, gboolean *sound);

#endif
