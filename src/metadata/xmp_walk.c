/* xmp_walk.c: libxml2 reads the packet, without network, DTD or entities; RDF is then walked to a bounded
 * depth. */
#include "metadata/xmp_walk.h"

#include <libxml/parser.h>
#include <string.h>

#include "metadata/reading.h"

#define MAX_DEPTH 64

typedef struct {
    FgXmpVisit visit;
    gpointer data;
    FgXmpLeaf leaf; /* what is known of the value on the way down to it */
    gboolean too_deep;
} Walker;

/* The namespace of a node, kept in the node's own namespace so that each URI is looked up once. */
static FgXmpNs
known_ns(xmlNs *ns)
{
    if (!ns)
        return FG_NS_UNKNOWN;
    if (!ns->_private)
        ns->_private = GUINT_TO_POINTER(fg_xmp_ns((const char *)ns->href) + 1u);
    return (FgXmpNs)(GPOINTER_TO_UINT(ns->_private) - 1u);
}

static gboolean
is_rdf(xmlNs *ns, const xmlChar *name, const char *wanted)
{
    return known_ns(ns) == FG_NS_RDF && strcmp((const char *)name, wanted) == 0;
}

static gboolean
is_array(const xmlNode *node)
{
    return is_rdf(node->ns, node->name, "Alt") || is_rdf(node->ns, node->name, "Seq") ||
           is_rdf(node->ns, node->name, "Bag");
}

static const xmlNode *
first_element(const xmlNode *node)
{
    const xmlNode *child = node->children;
    while (child && child->type != XML_ELEMENT_NODE)
        child = child->next;
    return child;
}

static const xmlNode *
next_element(const xmlNode *node)
{
    do
        node = node->next;
    while (node && node->type != XML_ELEMENT_NODE);
    return node;
}

/* Text of an attribute or element: in nearly all cases one text node, which needs no copy. */
static void
give_text(Walker *walker, const xmlNode *children)
{
    FgXmpLeaf *leaf = &walker->leaf;
    if (!children || !leaf->top) /* An rdf:value right in a Description is of no property. */
        return;
    gboolean plain = children->type == XML_TEXT_NODE || children->type == XML_CDATA_SECTION_NODE;
    if (plain && !children->next) {
        leaf->value = (const char *)children->content;
        if (leaf->value)
            walker->visit(leaf, walker->data);
        return;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (const xmlNode *child = children; child; child = child->next)
        if ((child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) && child->content)
            g_string_append(text, (const char *)child->content);
    leaf->value = text->str;
    walker->visit(leaf, walker->data);
    leaf->value = NULL;
}

/* Goes down into a property or field; the outermost one is the property that a person knows. */
static void
name_leaf(FgXmpLeaf *leaf, xmlNs *ns, const xmlChar *name)
{
    leaf->ns = known_ns(ns);
    leaf->name = (const char *)name;
    leaf->uri = ns ? (const char *)ns->href : "";
    leaf->prefix = ns ? (const char *)ns->prefix : NULL;
    if (!leaf->top) {
        leaf->top_ns = leaf->ns;
        leaf->top = leaf->name;
        leaf->top_uri = leaf->uri;
        leaf->top_prefix = leaf->prefix;
    }
}

static void walk_value(Walker *walker, const xmlNode *node, guint depth);

/* A field or property in its element form. */
static void
walk_property(Walker *walker, const xmlNode *node, guint depth)
{
    FgXmpLeaf saved = walker->leaf;
    name_leaf(&walker->leaf, node->ns, node->name);
    walk_value(walker, node, depth);
    walker->leaf = saved;
}

/* The attributes of a Description, or of a property that holds a structure in short. TRUE when there was a
 * field. */
static gboolean
walk_attributes(Walker *walker, const xmlNode *node)
{
    gboolean any = FALSE;
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        FgXmpNs ns = known_ns(attribute->ns);
        if (!attribute->ns || ns == FG_NS_XML)
            continue;
        if (ns == FG_NS_RDF && strcmp((const char *)attribute->name, "value") != 0)
            continue;
        FgXmpLeaf saved = walker->leaf;
        if (ns != FG_NS_RDF)
            name_leaf(&walker->leaf, attribute->ns, attribute->name);
        give_text(walker, attribute->children);
        walker->leaf = saved;
        any = TRUE;
    }
    return any;
}

/* Fields of a structure: of a Description, or of a node with parseType="Resource". */
static void
walk_fields(Walker *walker, const xmlNode *node, guint depth)
{
    for (const xmlNode *child = first_element(node); child; child = next_element(child)) {
        if (is_rdf(child->ns, child->name, "value"))
            walk_value(walker, child, depth + 1);
        else if (walker->leaf.top && is_rdf(child->ns, child->name, "type"))
            continue;
        else
            walk_property(walker, child, depth + 1);
    }
}

static void
walk_array(Walker *walker, const xmlNode *array, guint depth)
{
    gboolean outermost = walker->leaf.item == 0 && walker->leaf.ns == walker->leaf.top_ns &&
                         walker->leaf.name == walker->leaf.top;
    guint item = 0;
    for (const xmlNode *child = first_element(array); child; child = next_element(child), item++) {
        FgXmpLeaf saved = walker->leaf;
        if (outermost)
            walker->leaf.item = item;
        walk_value(walker, child, depth + 1);
        walker->leaf = saved;
    }
}

static const xmlAttr *
find_attribute(const xmlNode *node, FgXmpNs ns, const char *name)
{
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
        if (known_ns(attribute->ns) == ns && strcmp((const char *)attribute->name, name) == 0)
            return attribute;
    return NULL;
}

/* The value of a property, field or item in any of its forms. */
static void
walk_value(Walker *walker, const xmlNode *node, guint depth)
{
    if (depth > MAX_DEPTH) {
        walker->too_deep = TRUE;
        return;
    }
    const xmlAttr *lang = find_attribute(node, FG_NS_XML, "lang");
    if (lang && lang->children)
        walker->leaf.lang = (const char *)lang->children->content;
    const xmlAttr *resource = find_attribute(node, FG_NS_RDF, "resource");
    if (resource)
        give_text(walker, resource->children);
    gboolean fields = walk_attributes(walker, node);
    const xmlNode *child = first_element(node);
    if (!child) {
        if (!resource && !fields)
            give_text(walker, node->children);
        return;
    }
    if (find_attribute(node, FG_NS_RDF, "parseType")) {
        walk_fields(walker, node, depth);
        return;
    }
    for (; child; child = next_element(child)) {
        if (is_array(child)) {
            walk_array(walker, child, depth + 1);
        } else if (is_rdf(child->ns, child->name, "Description")) {
            walk_attributes(walker, child);
            walk_fields(walker, child, depth + 1);
        } else {
            walk_property(walker, child, depth + 1);
        }
    }
}

/* RDF is at the top or a few levels below it (x:xmpmeta, x:xapmeta, wrappers of other writers). */
static const xmlNode *
find_rdf(const xmlNode *node, guint depth)
{
    for (; node && depth < 8; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (is_rdf(node->ns, node->name, "RDF"))
            return node;
        const xmlNode *below = find_rdf(node->children, depth + 1);
        if (below)
            return below;
    }
    return NULL;
}

/* A DTD can make a small packet huge or read other files; XMP has none, so that reading ends here. */
static void
refuse_dtd(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    xmlStopParser(context);
}

/* The name of the Unicode form other than UTF-8 that the bytes around the first '<' show, with its unit size.
 */
static const char *
wide_form(const guint8 *data, gsize size, gsize start, gsize *unit)
{
    gsize zeros = 0;
    while (zeros < 3 && start + 1 + zeros < size && data[start + 1 + zeros] == 0)
        zeros++;
    if (zeros != 1 && zeros != 3)
        return NULL;
    *unit = zeros + 1;
    gboolean little = start % *unit == 0;
    if (zeros == 1)
        return little ? "UTF-16LE" : "UTF-16BE";
    return little ? "UTF-32LE" : "UTF-32BE";
}

/* Nearly all of a packet is ASCII, which is passed over eight bytes at a time. */
static gboolean
is_utf8(const char *text, gsize size)
{
    for (gsize at = 0; at < size;) {
        guint64 eight = G_MAXUINT64;
        if (size - at >= sizeof eight)
            memcpy(&eight, text + at, sizeof eight);
        if ((eight & G_GUINT64_CONSTANT(0x8080808080808080)) == 0) {
            at += sizeof eight;
            continue;
        }
        gunichar c = g_utf8_get_char_validated(text + at, (gssize)(size - at));
        if (c == (gunichar)-1 || c == (gunichar)-2)
            return FALSE;
        at += (gsize)(g_utf8_next_char(text + at) - (text + at));
    }
    return TRUE;
}

/* Eight-bit text: UTF-8 as it should be, with stray NULs as blanks; bytes that are none of it are taken as
 * Latin-1, and *sound is cleared. */
static char *
narrow_text(const guint8 *data, gsize size, gboolean *sound)
{
    char *text = g_malloc(size + 1);
    for (gsize i = 0; i < size; i++)
        text[i] = data[i] ? (char)data[i] : ' ';
    text[size] = '\0';
    if (is_utf8(text, size))
        return text;
    *sound = FALSE;
    GString *mended = g_string_sized_new(size + 64);
    for (const char *at = text, *end; *at; at = end) {
        g_utf8_validate(at, -1, &end);
        g_string_append_len(mended, at, end - at);
        if (*end)
            g_string_append_unichar(mended, (guchar)*end++);
    }
    g_free(text);
    return g_string_free(mended, FALSE);
}

char *
fg_xmp_text(GBytes *packet, gsize *length, gboolean *sound)
{
    gsize size, unit;
    const guint8 *data = g_bytes_get_data(packet, &size);
    *sound = size <= FG_XMP_CEILING;
    size = MIN(size, FG_XMP_CEILING);
    const guint8 *first = size > 0 ? memchr(data, '<', size) : NULL;
    if (!first)
        return NULL;
    gsize start = (gsize)(first - data);
    const char *form = wide_form(data, size, start, &unit);
    g_autofree char *text = NULL;
    if (form) {
        start -= start % unit;
        text = g_convert_with_fallback((const char *)data + start, (gssize)((size - start) / unit * unit),
                                       "UTF-8", form, "?", NULL, NULL, NULL);
    } else {
        text = narrow_text(first, size - start, sound);
    }
    const char *end = text ? strrchr(text, '>') : NULL;
    const char *begin = text ? strchr(text, '<') : NULL;
    if (!end || end < begin)
        return NULL;
    *length = (gsize)(end - begin) + 1;
    return g_strndup(begin, *length);
}

FgXmpState
fg_xmp_walk(GBytes *packet, FgXmpVisit visit, gpointer data)
{
    gsize length = 0;
    gboolean sound;
    g_autofree char *text = fg_xmp_text(packet, &length, &sound);
    if (!text || length > G_MAXINT)
        return FG_XMP_NONE;
    xmlParserCtxt *context = xmlNewParserCtxt();
    if (!context)
        return FG_XMP_NONE;
    context->sax->internalSubset = refuse_dtd;
    context->sax->externalSubset = refuse_dtd;
    const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_RECOVER |
                        XML_PARSE_COMPACT | XML_PARSE_NOCDATA;
    xmlDoc *document = xmlCtxtReadMemory(context, text, (int)length, NULL, "UTF-8", options);
    sound = sound && context->wellFormed;
    const xmlNode *rdf = document ? find_rdf(document->children, 0) : NULL;
    Walker walker = {.visit = visit, .data = data};
    for (const xmlNode *node = rdf ? first_element(rdf) : NULL; node; node = next_element(node)) {
        if (!is_rdf(node->ns, node->name, "Description"))
            continue;
        walk_attributes(&walker, node);
        walk_fields(&walker, node, 0);
    }
    xmlFreeDoc(document);
    xmlFreeParserCtxt(context);
    if (!rdf)
        return FG_XMP_NONE;
    return sound && !walker.too_deep ? FG_XMP_SOUND : FG_XMP_BROKEN;
}
