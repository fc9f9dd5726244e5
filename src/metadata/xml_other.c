/* xml_other.c: libxml2 reads what is not plain, without network, DTD or entities, and mends what it can. */
#include "metadata/xml_tree.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <string.h>

#define DEEPEST 512
#define DEEPEST_READ 256 /* libxml2 has no bound of its own with XML_PARSE_HUGE before 2.13 */

/* A DTD can make a small packet huge or read other files; XMP has none, so that reading ends here. */
static void
refuse_dtd(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    xmlStopParser(context);
}

/* Without it, complaints about the values of xml:id go to standard error, whatever the options say. */
static void
hear_nothing(void *context, xmlError *complaint)
{
    (void)context;
    (void)complaint;
}

static void
start_bounded(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_spaces,
              const xmlChar **spaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
    xmlParserCtxt *context = data;
    if (context->nodeNr >= DEEPEST_READ) {
        context->wellFormed = 0;
        xmlStopParser(context);
        return;
    }
    xmlSAX2StartElementNs(data, name, prefix, uri, n_spaces, spaces, n_attributes, n_defaulted, attributes);
}

void
fg_xml_guard(struct _xmlParserCtxt *context)
{
    context->sax->internalSubset = refuse_dtd;
    context->sax->externalSubset = refuse_dtd;
    context->sax->serror = hear_nothing;
    context->sax->startElementNs = start_bounded;
}

static const char *
keep(FgXmlTree *tree, const char *text)
{
    gsize size = strlen(text) + 1;
    return memcpy(fg_xml_room(tree, size), text, size);
}

/* A namespace is remembered in its node, so that each is copied once. */
static const FgXmlSpace *
space_of(FgXmlTree *tree, xmlNs *ns)
{
    if (!ns)
        return NULL;
    if (!ns->_private) {
        FgXmlSpace *space = fg_xml_new(tree, FgXmlSpace);
        space->uri = keep(tree, ns->href ? (const char *)ns->href : "");
        space->prefix = ns->prefix ? keep(tree, (const char *)ns->prefix) : NULL;
        space->id = fg_xmp_ns(space->uri);
        ns->_private = space;
    }
    return ns->_private;
}

/* The texts of an attribute or element, one after the other; NULL when there is nothing in it at all. */
static const char *
text_of(FgXmlTree *tree, const xmlNode *nodes)
{
    if (!nodes)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (const xmlNode *node = nodes; node; node = node->next)
        if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content)
            g_string_append(text, (const char *)node->content);
    return keep(tree, text->str);
}

static FgXmlAttribute *
copy_attributes(FgXmlTree *tree, const xmlNode *node)
{
    FgXmlAttribute *first = NULL, **link = &first;
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        FgXmlAttribute *copy = fg_xml_new(tree, FgXmlAttribute);
        copy->space = space_of(tree, attribute->ns);
        copy->name = keep(tree, (const char *)attribute->name);
        const char *value = text_of(tree, attribute->children);
        copy->value = value ? value : "";
        *link = copy;
        link = &copy->next;
    }
    return first;
}

static FgXmlElement *
copy_elements(FgXmlTree *tree, const xmlNode *node, guint depth)
{
    FgXmlElement *first = NULL, **link = &first;
    for (; node && depth < DEEPEST; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        FgXmlElement *copy = fg_xml_new(tree, FgXmlElement);
        copy->space = space_of(tree, node->ns);
        copy->name = keep(tree, (const char *)node->name);
        copy->attributes = copy_attributes(tree, node);
        copy->first = copy_elements(tree, node->children, depth + 1);
        copy->text = copy->first ? NULL : text_of(tree, node->children);
        *link = copy;
        link = &copy->next;
    }
    return first;
}

void
fg_xml_read_other(FgXmlTree *tree, const char *text, gsize length)
{
    xmlParserCtxt *context = length <= G_MAXINT ? xmlNewParserCtxt() : NULL;
    if (!context)
        return;
    fg_xml_guard(context);
    /* The text is UTF-8 by now; for another set libxml2 would have iconv open files. */
    const int options = XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                        XML_PARSE_RECOVER | XML_PARSE_COMPACT | XML_PARSE_NOCDATA | XML_PARSE_HUGE;
    xmlDoc *document = xmlCtxtReadMemory(context, text, (int)length, NULL, "UTF-8", options);
    tree->sound = context->wellFormed;
    tree->root = document ? copy_elements(tree, document->children, 0) : NULL;
    xmlFreeDoc(document);
    xmlFreeParserCtxt(context);
}
