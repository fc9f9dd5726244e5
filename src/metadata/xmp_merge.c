/* xmp_merge.c: our properties put into a packet of somebody else's, of which all else stays (ISO 16684-1 §7).
 *
 * Our description goes in as one more of the same resource; what it states is taken out of theirs first, in
 * its element and its attribute form. Merging twice gives the same bytes as merging once. */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "metadata/metadata_private.h"
#include "metadata/xmp_walk.h"

#define XML_DOM_RECONNS_REMOVEREDUND 1 /* libxml2 names it in its source alone */
#define RDF_URI "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define TIFF_URI "http://ns.adobe.com/tiff/1.0/"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlDoc, xmlFreeDoc)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlParserCtxt, xmlFreeParserCtxt)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlBuffer, xmlBufferFree)

/* XMP has no DTD; one could make a small packet huge or read other files. */
static void
refuse_dtd(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    xmlStopParser(context);
}

static xmlDoc *
parse(GBytes *packet, GError **error)
{
    gsize length = 0;
    gboolean sound;
    g_autofree char *text = fg_xmp_text(packet, &length, &sound);
    if (!text || !sound || length > G_MAXINT)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "its XMP packet is no text");
    g_autoptr(xmlParserCtxt) context = xmlNewParserCtxt();
    if (!context)
        return fg_throw_null(error, FG_ERROR_MEMORY, "no memory for the XMP packet");
    context->sax->internalSubset = refuse_dtd;
    context->sax->externalSubset = refuse_dtd;
    /* The text is UTF-8 by now; for another set libxml2 would have iconv open files. */
    const int options = XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    g_autoptr(xmlDoc) document = xmlCtxtReadMemory(context, text, (int)length, NULL, "UTF-8", options);
    if (!document || !context->wellFormed || context->errNo == XML_ERR_USER_STOP)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "its XMP packet is malformed");
    return g_steal_pointer(&document);
}

static gboolean
is_rdf(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns && strcmp((const char *)node->ns->href, RDF_URI) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

/* RDF is the root or stands a few levels below it. */
static xmlNode *
find_rdf(xmlNode *node, guint depth)
{
    for (; node && depth < 8; node = node->next) {
        if (is_rdf(node, "RDF"))
            return node;
        xmlNode *below = node->type == XML_ELEMENT_NODE ? find_rdf(node->children, depth + 1) : NULL;
        if (below)
            return below;
    }
    return NULL;
}

static xmlNode *
first_description(xmlNode *rdf)
{
    for (xmlNode *node = rdf ? rdf->children : NULL; node; node = node->next)
        if (is_rdf(node, "Description"))
            return node;
    return NULL;
}

/* Whether our description states this property. The two of TIFF are older copies of the notice and the
 * creator. */
static gboolean
is_ours(const xmlNode *ours, const xmlNs *ns, const xmlChar *name)
{
    if (!ns)
        return FALSE;
    if (strcmp((const char *)ns->href, TIFF_URI) == 0)
        return strcmp((const char *)name, "Copyright") == 0 || strcmp((const char *)name, "Artist") == 0;
    for (const xmlNode *node = ours->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, name) &&
            xmlStrEqual(node->ns->href, ns->href))
            return TRUE;
    return FALSE;
}

/* Takes what we state out of one description of theirs. TRUE when it states nothing any more. */
static gboolean
reduce(xmlNode *theirs, const xmlNode *ours)
{
    gboolean empty = TRUE;
    for (xmlNode *node = theirs->children, *next; node; node = next) {
        next = node->next;
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (!is_ours(ours, node->ns, node->name)) {
            empty = FALSE;
            continue;
        }
        xmlUnlinkNode(node);
        xmlFreeNode(node);
    }
    for (xmlAttr *attribute = theirs->properties, *next; attribute; attribute = next) {
        next = attribute->next;
        if (is_ours(ours, attribute->ns, attribute->name))
            xmlRemoveProp(attribute);
        else if (strcmp((const char *)attribute->name, "about") != 0)
            empty = FALSE;
    }
    return empty;
}

/* All descriptions of a packet are of one resource, and so must ours be. */
static void
take_subject(xmlNode *ours, const xmlNode *theirs)
{
    xmlChar *about = xmlGetNsProp(theirs, (const xmlChar *)"about", (const xmlChar *)RDF_URI);
    if (!about)
        about = xmlGetNoNsProp(theirs, (const xmlChar *)"about");
    if (about)
        xmlSetNsProp(ours, ours->ns, (const xmlChar *)"about", about);
    xmlFree(about);
}

/* FALSE when nothing of theirs is left beside ours. */
static gboolean
merge(xmlDoc *document, xmlNode *rdf, xmlNode *ours)
{
    xmlNode *copy = xmlDocCopyNode(ours, document, 1);
    xmlNode *first = first_description(rdf);
    if (first)
        take_subject(copy, first);
    for (xmlNode *node = rdf->children, *next; node; node = next) {
        next = node->next;
        if (!is_rdf(node, "Description") || !reduce(node, ours))
            continue;
        xmlUnlinkNode(node);
        xmlFreeNode(node);
    }
    gboolean left = first_description(rdf) != NULL;
    xmlAddChild(rdf, copy);
    xmlReconciliateNs(document, copy);
    return left;
}

/* Rights that a statement has no words for. */
static const struct {
    const char *uri, *names; /* names with a blank on both sides */
} other_rights[] = {
    {"http://creativecommons.org/ns#",
     " license attributionName attributionURL morePermissions useGuidelines legalcode "},
    {"http://ns.adobe.com/xap/1.0/rights/", " Owner Certificate "},
    {"http://ns.useplus.org/ldf/xmp/1.0/",
     " ImageCreator ImageSupplier CopyrightStatus CreditLineRequired LicenseID LicensorTransactionID "
     "LicenseeName "
     "LicenseStartDate LicenseEndDate TermsAndConditionsText TermsAndConditionsURL OtherLicenseConditions "},
    {"http://iptc.org/std/Iptc4xmpExt/2008-02-29/", " EmbdEncRightsExpr LinkedEncRightsExpr "},
};

static gboolean
is_other_right(const xmlNs *ns, const xmlChar *name)
{
    g_autofree char *word = g_strdup_printf(" %s ", (const char *)name);
    for (guint i = 0; ns && i < G_N_ELEMENTS(other_rights); i++)
        if (strcmp((const char *)ns->href, other_rights[i].uri) == 0 && strstr(other_rights[i].names, word))
            return TRUE;
    return FALSE;
}

/* Comments and instructions could hide anything. */
static void
drop_remarks(xmlNode *node)
{
    for (xmlNode *child = node->children, *next; child; child = next) {
        next = child->next;
        if (child->type == XML_COMMENT_NODE || child->type == XML_PI_NODE) {
            xmlUnlinkNode(child);
            xmlFreeNode(child);
        } else if (child->type == XML_ELEMENT_NODE) {
            drop_remarks(child);
        }
    }
}

/* The namespace as the new description declares it; NULL when its prefix stands for another there. */
static xmlNs *
declare(xmlNode *to, const xmlNs *ns)
{
    xmlNs *known = xmlSearchNsByHref(to->doc, to, ns->href);
    return known ? known : xmlNewNs(to, ns->href, ns->prefix);
}

/* Attributes become elements; what an element had declared itself and its new place declares, goes. */
static void
copy_rights(xmlNode *to, xmlNode *from)
{
    for (const xmlAttr *attribute = from->properties; attribute; attribute = attribute->next) {
        if (!is_other_right(attribute->ns, attribute->name) || !declare(to, attribute->ns))
            continue;
        xmlChar *value = xmlNodeGetContent((const xmlNode *)attribute);
        xmlNewTextChild(to, declare(to, attribute->ns), attribute->name, value);
        xmlFree(value);
    }
    for (xmlNode *node = from->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || !is_other_right(node->ns, node->name) || !declare(to, node->ns))
            continue;
        xmlNode *copy = xmlDocCopyNode(node, to->doc, 1);
        drop_remarks(copy);
        xmlAddChild(to, copy);
        xmlDOMWrapReconcileNamespaces(NULL, copy, XML_DOM_RECONNS_REMOVEREDUND);
    }
}

static GBytes *
print(xmlDoc *document, GError **error)
{
    g_autoptr(xmlBuffer) buffer = xmlBufferCreate();
    if (!buffer || xmlNodeDump(buffer, document, xmlDocGetRootElement(document), 0, 0) < 0)
        return fg_throw_null(error, FG_ERROR_MEMORY, "no memory for the XMP packet");
    GString *packet = g_string_new("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    g_string_append_len(packet, (const char *)xmlBufferContent(buffer), xmlBufferLength(buffer));
    g_string_append(packet, "\n<?xpacket end=\"w\"?>");
    return g_string_free_to_bytes(packet);
}

GBytes *
fg_xmp_merge(GBytes *packet, const FgStatement *statement, GError **error)
{
    g_autoptr(GBytes) stated = fg_xmp_build(statement, error);
    if (!stated || !packet)
        return g_steal_pointer(&stated);
    g_autoptr(xmlDoc) theirs = parse(packet, error);
    g_autoptr(xmlDoc) ours = theirs ? parse(stated, error) : NULL;
    if (!ours)
        return NULL;
    xmlNode *rdf = find_rdf(theirs->children, 0), *from = find_rdf(ours->children, 0);
    g_assert(from && first_description(from));
    if (!rdf || !merge(theirs, rdf, first_description(from)))
        return g_steal_pointer(&stated);
    return print(theirs, error);
}

GBytes *
fg_xmp_other_rights(GBytes *packet)
{
    static const char blank[] = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"" RDF_URI "\">"
                                "<rdf:Description rdf:about=\"\"></rdf:Description></rdf:RDF></x:xmpmeta>";
    g_autoptr(GBytes) empty = g_bytes_new_static(blank, sizeof blank - 1);
    g_autoptr(xmlDoc) theirs = parse(packet, NULL);
    g_autoptr(xmlDoc) rest = theirs ? parse(empty, NULL) : NULL;
    xmlNode *rdf = rest ? find_rdf(theirs->children, 0) : NULL;
    xmlNode *to = rdf ? first_description(find_rdf(rest->children, 0)) : NULL;
    for (xmlNode *node = rdf ? rdf->children : NULL; node; node = node->next)
        if (is_rdf(node, "Description"))
            copy_rights(to, node);
    return to && to->children ? print(rest, NULL) : NULL;
}
