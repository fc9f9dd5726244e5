/* xmp_dom.h: XMP packets as documents of libxml2, for those who rewrite them. */
#ifndef FG_XMP_DOM_H
#define FG_XMP_DOM_H

#include <glib.h>
#include <libxml/tree.h>

#define FG_RDF_URI "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlDoc, xmlFreeDoc)

/* What is wrong with the packet alone: its file may be sound. */
#define FG_XMP_IS_BROKEN                                                                                     \
    "its XMP packet is broken, and nothing can be added to it; the picture is not concerned: 'filigrane "    \
    "scrub' makes "                                                                                          \
    "a copy that takes your rights"

/* FG_ERROR_UNREADABLE when it is no XMP, or has a DTD. */
xmlDoc *fg_xmp_parse(GBytes *packet, GError **error);

/* True for an element of RDF. */
gboolean fg_xmp_is_rdf(const xmlNode *node, const char *name);

/* rdf:RDF is `node`, one beside it, or stands a few levels below; NULL for none. */
xmlNode *fg_xmp_find_rdf(xmlNode *node, guint depth);

/* True for a property that states a right, a reservation or a generator. */
gboolean fg_xmp_states_right(const xmlNs *ns, const xmlChar *name);

/* The namespace as `to` knows it; declared there, under another prefix where its own stands for another. */
xmlNs *fg_xmp_declare(xmlNode *to, const xmlNs *ns);

/* The document as a packet in UTF-8. */
GBytes *fg_xmp_print(xmlDoc *document, GError **error);

#endif
