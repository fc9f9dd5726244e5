/* xml_tree.h: XML as the walk over XMP wants it: elements, attributes and texts, names resolved.
 *
 * Nearly all packets are plain: well-formed, in UTF-8, names in ASCII, no DTD, no entity but the five of XML.
 * These are read where they stand by a reader of our own (xml_plain.c), in a tenth of the time. All others go
 * to libxml2 (xml_other.c), which also mends what is broken. Both give the same tree; a fuzz target compares.
 */
#ifndef FG_XML_TREE_H
#define FG_XML_TREE_H

#include "metadata/xmp_names.h"

typedef struct FgXmlSpace {
    FgXmpNs id;
    const char *uri, *prefix;       /* prefix: NULL for the default namespace */
    const struct FgXmlSpace *outer; /* declared before this one, for the reader alone */
} FgXmlSpace;

typedef struct FgXmlAttribute {
    const FgXmlSpace *space; /* NULL: none */
    const char *name, *value;
    struct FgXmlAttribute *next;
} FgXmlAttribute;

typedef struct FgXmlElement {
    const FgXmlSpace *space; /* NULL: none */
    const char *name;
    const char *text; /* all of its own, of an element without elements; NULL: it is empty */
    FgXmlAttribute *attributes;
    struct FgXmlElement *first, *next; /* the first element in it, the next one beside it */
} FgXmlElement;

/* What a tree is made of. */
typedef struct FgXmlChunk FgXmlChunk;
typedef struct {
    FgXmlChunk *chunks;
    FgXmlElement *root; /* or the first of several; NULL: none could be read */
    gboolean sound;     /* well-formed */
} FgXmlTree;

void fg_xml_clear(FgXmlTree *tree);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgXmlTree, fg_xml_clear)

/* Room of the tree's own, cleared. */
gpointer fg_xml_room(FgXmlTree *tree, gsize size);
#define fg_xml_new(tree, Type) ((Type *)fg_xml_room(tree, sizeof(Type)))

/* Reads `text`, which must be valid UTF-8 with a NUL at its end. It is overwritten, and the tree points into
 * it. FALSE when it is not plain: then nothing is known of it. */
gboolean fg_xml_read_plain(FgXmlTree *tree, char *text, gsize length);

/* The text with names in the place of those that XML forbids and Adobe's readers take; NULL when it has none.
 * The caller frees. */
char *fg_xml_mend(const char *text);

/* Has libxml2 stop at a DTD, and where elements lie too deep for what walks over them: what is read is then
 * not well-formed. What it complains of goes nowhere. */
struct _xmlParserCtxt;
void fg_xml_guard(struct _xmlParserCtxt *context);

/* Reads what can be read of any text. A DTD is never read. */
void fg_xml_read_other(FgXmlTree *tree, const char *text, gsize length);

#endif
