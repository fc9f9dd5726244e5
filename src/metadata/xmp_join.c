/* xmp_join.c: several packets of a file as one (ISO 16684-1 §7). Nothing of the first changes but that it is
 * added to. */
#include <string.h>

#include "metadata/metadata_private.h"
#include "metadata/xmp_dom.h"

#define MOST_COMPARED 20000000

typedef struct {
    xmlDoc *document;
    xmlNode *rdf;   /* the first packet's */
    gint64 left;    /* nodes that may still be compared: it is no honest file that has more */
    xmlNode *added; /* a description of it for what the others state beside it; NULL until there is some */
} Join;

static xmlNode *
first_element(xmlNode *node)
{
    for (node = node ? node->children : NULL; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE)
            return node;
    return NULL;
}

static gboolean
is_array(const xmlNode *node)
{
    return node && (fg_xmp_is_rdf(node, "Alt") || fg_xmp_is_rdf(node, "Seq") || fg_xmp_is_rdf(node, "Bag"));
}

static gboolean
same_name(const xmlNs *a, const xmlChar *name_a, const xmlNs *b, const xmlChar *name_b)
{
    return a && b && xmlStrEqual(name_a, name_b) && xmlStrEqual(a->href, b->href);
}

/* Where a description states a property: as an element or as an attribute. */
typedef struct {
    xmlNode *element;
    xmlAttr *attribute;
} Place;

static Place
find_in(Join *join, xmlNode *about, const xmlNs *ns, const xmlChar *name)
{
    for (xmlNode *node = about->children; node && join->left-- > 0; node = node->next)
        if (node->type == XML_ELEMENT_NODE && same_name(node->ns, node->name, ns, name))
            return (Place){node, NULL};
    for (xmlAttr *one = about->properties; one && join->left-- > 0; one = one->next)
        if (same_name(one->ns, one->name, ns, name))
            return (Place){NULL, one};
    return (Place){0};
}

/* In any description of the first packet. */
static Place
find_stated(Join *join, const xmlNs *ns, const xmlChar *name)
{
    Place place = {0};
    for (xmlNode *about = join->rdf->children; about && !place.element && !place.attribute;
         about = about->next)
        if (fg_xmp_is_rdf(about, "Description"))
            place = find_in(join, about, ns, name);
    return place;
}

static xmlNode *
addition(Join *join)
{
    if (join->added)
        return join->added;
    xmlNs *rdf = xmlSearchNsByHref(join->document, join->rdf, (const xmlChar *)FG_RDF_URI);
    join->added = xmlNewTextChild(join->rdf, rdf, (const xmlChar *)"Description", NULL);
    for (xmlNode *node = join->rdf->children; node; node = node->next) {
        xmlChar *about = fg_xmp_is_rdf(node, "Description")
                             ? xmlGetNsProp(node, (const xmlChar *)"about", (const xmlChar *)FG_RDF_URI)
                             : NULL;
        if (!about)
            continue;
        xmlSetNsProp(join->added, rdf, (const xmlChar *)"about", about);
        xmlFree(about);
        break;
    }
    return join->added;
}

/* A simple value as text: the address that it names, or the content; also of an attribute. */
static char *
content(const xmlNode *node)
{
    xmlChar *text =
        node->type == XML_ELEMENT_NODE
            ? xmlGetNsProp((xmlNode *)node, (const xmlChar *)"resource", (const xmlChar *)FG_RDF_URI)
            : NULL;
    if (!text)
        text = xmlNodeGetContent(node);
    char *copy = g_strdup(text ? (const char *)text : "");
    xmlFree(text);
    return g_strstrip(copy);
}

/* A structure is the same as another when all in it is, in the same order. */
static gboolean
same_item(const xmlNode *a, const xmlNode *b)
{
    xmlBuffer *one = xmlBufferCreate(), *other = xmlBufferCreate();
    xmlNodeDump(one, a->doc, (xmlNode *)a, 0, 0);
    xmlNodeDump(other, b->doc, (xmlNode *)b, 0, 0);
    gboolean same = xmlStrEqual(xmlBufferContent(one), xmlBufferContent(other));
    xmlBufferFree(one);
    xmlBufferFree(other);
    if (same || first_element((xmlNode *)a) || first_element((xmlNode *)b))
        return same;
    g_autofree char *text = content(a), *text_of_other = content(b);
    return strcmp(text, text_of_other) == 0;
}

/* An alternative without a language is the one for all. */
static char *
lang_of(const xmlNode *item)
{
    xmlChar *lang = xmlNodeGetLang(item);
    char *copy = g_strdup(lang && *lang ? (const char *)lang : "x-default");
    xmlFree(lang);
    return copy;
}

static void
set_text(xmlNode *node, const char *text)
{
    xmlUnsetNsProp(node, xmlSearchNsByHref(node->doc, node, (const xmlChar *)FG_RDF_URI),
                   (const xmlChar *)"resource");
    xmlNodeSetContent(node, NULL);
    xmlNodeAddContent(node, (const xmlChar *)text);
}

/* The item of an array that stands for the same: of alternatives that of the same language. */
static xmlNode *
find_item(Join *join, const xmlNode *array, const xmlNode *item, gboolean alternatives)
{
    g_autofree char *lang = lang_of(item);
    for (xmlNode *node = array->children; node && join->left > 0; node = node->next) {
        join->left -= 8; /* they are put into text */
        if (!fg_xmp_is_rdf(node, "li"))
            continue;
        g_autofree char *other = lang_of(node);
        if (alternatives ? strcmp(lang, other) == 0 : same_item(node, item))
            return node;
    }
    return NULL;
}

static void
join_arrays(Join *join, xmlNode *first, const xmlNode *second)
{
    gboolean alternatives = fg_xmp_is_rdf(first, "Alt");
    for (xmlNode *item = second->children; item; item = item->next) {
        if (!fg_xmp_is_rdf(item, "li"))
            continue;
        xmlNode *same = find_item(join, first, item, alternatives);
        if (!same) {
            xmlAddChild(first, xmlDocCopyNode(item, join->document, 1));
        } else if (alternatives && !first_element(same) && !first_element(item)) {
            g_autofree char *one = content(same), *other = content(item), *both = fg_text_joined(one, other);
            if (strcmp(one, both) != 0)
                set_text(same, both);
        }
    }
}

/* Of a word of a vocabulary the one that claims or reserves more counts; other rights are texts, of which two
 * can stand in one. Of all else the first is heard. */
static void
join_values(Place at, gboolean right, const char *second)
{
    const xmlChar *name = at.element ? at.element->name : at.attribute->name;
    g_autofree char *first = content(at.element ? at.element : (xmlNode *)at.attribute);
    g_autofree char *both = NULL;
    if (!*second || !right)
        return;
    if (*first && fg_word_is_of_vocabulary((const char *)name))
        both = g_strdup(fg_word_is_stronger(second, first) ? second : first);
    else
        both = *first ? fg_text_joined(first, second) : g_strdup(second);
    if (strcmp(first, both) == 0)
        return;
    if (at.element)
        set_text(at.element, both);
    else
        xmlSetNsProp(at.attribute->parent, at.attribute->ns, at.attribute->name, (const xmlChar *)both);
}

/* Puts a simple value among the items of an array; text of another form of the same property. */
static void
join_item(Join *join, xmlNode *array, const char *text)
{
    if (!*text)
        return;
    xmlNode *rest = xmlNewDocNode(join->document, array->ns, array->name, NULL);
    xmlNode *item = xmlNewTextChild(rest, array->ns, (const xmlChar *)"li", (const xmlChar *)text);
    if (fg_xmp_is_rdf(array, "Alt"))
        xmlNodeSetLang(item, (const xmlChar *)"x-default");
    join_arrays(join, array, rest);
    xmlFreeNode(rest);
}

static void
add_text(xmlNode *to, const xmlNs *theirs, const xmlChar *name, const char *value)
{
    xmlNs *ns = fg_xmp_declare(to, theirs);
    if (ns)
        xmlNewTextChild(to, ns, name, (const xmlChar *)value);
}

static gboolean
is_foreign_to_rdf(const xmlAttr *attribute)
{
    return attribute->ns && strcmp((const char *)attribute->ns->href, FG_RDF_URI) != 0 &&
           strcmp((const char *)attribute->ns->href, (const char *)XML_XML_NAMESPACE) != 0;
}

/* The node that holds the members of a structure: a description in the property, or the property itself; NULL
 * when it is none. */
static xmlNode *
members_of(xmlNode *property)
{
    xmlNode *below = first_element(property);
    if (below && fg_xmp_is_rdf(below, "Description"))
        return below;
    if (below)
        return is_array(below) ? NULL : property;
    for (xmlAttr *one = property->properties; one; one = one->next)
        if (is_foreign_to_rdf(one))
            return property;
    return NULL;
}

static void join_property(Join *join, Place first, xmlNode *second, gboolean right);

/* A property or member in the form of an attribute. */
static void
join_attribute(Join *join, Place first, const xmlAttr *second, xmlNode *to, gboolean right)
{
    g_autofree char *value = content((const xmlNode *)second);
    xmlNode *array = first.element ? first_element(first.element) : NULL;
    if (!first.element && !first.attribute)
        add_text(to, second->ns, second->name, value);
    else if (is_array(array))
        join_item(join, array, value);
    else if (!array)
        join_values(first, right, value);
}

/* Members that the first leaves open are added, the others joined as properties are. */
static void
join_members(Join *join, xmlNode *first, xmlNode *second, gboolean right)
{
    for (xmlAttr *one = second->properties; one; one = one->next)
        if (is_foreign_to_rdf(one))
            join_attribute(join, find_in(join, first, one->ns, one->name), one, first, right);
    for (xmlNode *one = second->children; one; one = one->next) {
        if (one->type != XML_ELEMENT_NODE || !one->ns)
            continue;
        Place at = find_in(join, first, one->ns, one->name);
        if (at.element || at.attribute)
            join_property(join, at, one, right);
        else
            xmlAddChild(first, xmlDocCopyNode(one, join->document, 1));
    }
}

/* Where the first is a text and the second an array, the first becomes one of its items. */
static void
become_array(Join *join, Place first, xmlNode *array)
{
    g_autofree char *text = content(first.element ? first.element : (xmlNode *)first.attribute);
    const xmlNs *ns = first.element ? first.element->ns : first.attribute->ns;
    xmlNode *property = first.element;
    if (property)
        set_text(property, "");
    else
        property = xmlNewTextChild(first.attribute->parent, (xmlNs *)ns, first.attribute->name, NULL);
    if (first.attribute)
        xmlRemoveProp(first.attribute);
    xmlNode *items = xmlNewChild(property, array->ns, array->name, NULL);
    xmlReconciliateNs(join->document, property);
    join_item(join, items, text);
    join_arrays(join, items, array);
}

static void
join_property(Join *join, Place first, xmlNode *second, gboolean right)
{
    xmlNode *ours = first.element ? first_element(first.element) : NULL, *theirs = first_element(second);
    xmlNode *members = first.element ? members_of(first.element) : NULL, *others = members_of(second);
    if (is_array(ours) && is_array(theirs)) {
        join_arrays(join, ours, theirs);
    } else if (members && others) {
        join_members(join, members, others, right);
    } else if (members || others) {
        return;
    } else if (is_array(ours)) {
        g_autofree char *value = content(second);
        join_item(join, ours, value);
    } else if (is_array(theirs)) {
        become_array(join, first, theirs);
    } else {
        g_autofree char *value = content(second);
        join_values(first, right, value);
    }
}

static void
add_element(Join *join, xmlNode *property)
{
    if (!property->ns)
        return;
    Place first = find_stated(join, property->ns, property->name);
    if (first.element || first.attribute)
        join_property(join, first, property, fg_xmp_states_right(property->ns, property->name));
    else
        xmlAddChild(addition(join), xmlDocCopyNode(property, join->document, 1));
}

static void
add_attribute(Join *join, const xmlAttr *attribute)
{
    if (!is_foreign_to_rdf(attribute))
        return;
    Place first = find_stated(join, attribute->ns, attribute->name);
    xmlNode *to = first.element || first.attribute ? NULL : addition(join);
    join_attribute(join, first, attribute, to, fg_xmp_states_right(attribute->ns, attribute->name));
}

static gboolean
join_packet(Join *join, GBytes *packet, GError **error)
{
    g_autoptr(xmlDoc) further = fg_xmp_parse(packet, error);
    if (!further)
        return FALSE;
    xmlNode *rdf = fg_xmp_find_rdf(further->children, 0);
    for (xmlNode *about = rdf ? rdf->children : NULL; about; about = about->next) {
        if (!fg_xmp_is_rdf(about, "Description"))
            continue;
        for (xmlAttr *attribute = about->properties; attribute; attribute = attribute->next)
            add_attribute(join, attribute);
        for (xmlNode *node = about->children; node; node = node->next)
            if (node->type == XML_ELEMENT_NODE)
                add_element(join, node);
    }
    xmlReconciliateNs(join->document, join->rdf);
    return join->left > 0 || fg_throw(error, FG_ERROR_LIMIT, "its XMP packets state too much to be joined");
}

static gboolean
begin(Join *join, GBytes *packet, GError **error)
{
    join->document = fg_xmp_parse(packet, error);
    join->rdf = join->document ? fg_xmp_find_rdf(join->document->children, 0) : NULL;
    return join->rdf || (join->document && fg_throw(error, FG_ERROR_UNREADABLE, FG_XMP_IS_BROKEN));
}

GBytes *
fg_metadata_xmp(const FgContainer *container, GError **error)
{
    Join join = {.left = MOST_COMPARED};
    GBytes *only = NULL;
    guint count = 0;
    gboolean fine = TRUE;
    for (guint i = 0; i < container->parts->len && fine; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind != FG_PART_XMP || !part->bytes)
            continue;
        if (++count == 1)
            only = part->bytes;
        else if (count == 2)
            fine = begin(&join, only, error) && join_packet(&join, part->bytes, error);
        else
            fine = join_packet(&join, part->bytes, error);
    }
    g_autoptr(xmlDoc) document = join.document;
    if (!fine)
        return NULL;
    return count < 2 ? (only ? g_bytes_ref(only) : NULL) : fg_xmp_print(document, error);
}
