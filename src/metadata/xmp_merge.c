/* xmp_merge.c: our properties put into a packet of somebody else's, of which all else stays (ISO 16684-1 §7).
 *
 * Our description goes in as one more of the same resource; what it states is taken out of theirs first, in
 * its element and its attribute form. Merging twice gives the same bytes as merging once. */
#include <libxml/parser.h>
#include <string.h>

#include "metadata/metadata_private.h"
#include "metadata/xml_tree.h"
#include "metadata/xmp_dom.h"
#include "metadata/xmp_walk.h"

#define XML_DOM_RECONNS_REMOVEREDUND 1 /* libxml2 names it in its source alone */
#define TIFF_URI "http://ns.adobe.com/tiff/1.0/"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlParserCtxt, xmlFreeParserCtxt)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlBuffer, xmlBufferFree)

static xmlDoc *
parse(const char *text, gsize length, GError **error)
{
    g_autoptr(xmlParserCtxt) context = xmlNewParserCtxt();
    if (!context)
        return fg_throw_null(error, FG_ERROR_MEMORY, "no memory for the XMP packet");
    fg_xml_guard(context);
    /* The text is UTF-8 by now; for another set libxml2 would have iconv open files. */
    const int options =
        XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE;
    g_autoptr(xmlDoc) document = xmlCtxtReadMemory(context, text, (int)length, NULL, "UTF-8", options);
    if (!document || !context->wellFormed || context->errNo == XML_ERR_USER_STOP)
        return fg_throw_null(error, FG_ERROR_UNREADABLE, FG_XMP_IS_BROKEN);
    return g_steal_pointer(&document);
}

xmlDoc *
fg_xmp_parse(GBytes *packet, GError **error)
{
    gsize length = 0;
    gboolean sound;
    g_autofree char *text = fg_xmp_text(packet, &length, &sound);
    if (!text || !sound || length > G_MAXINT)
        return fg_throw_null(error, FG_ERROR_UNREADABLE, FG_XMP_IS_BROKEN);
    GError *failure = NULL;
    xmlDoc *document = parse(text, length, &failure);
    g_autofree char *mended = document ? NULL : fg_xml_mend(text);
    if (mended) {
        g_clear_error(&failure);
        return parse(mended, strlen(mended), error);
    }
    if (failure)
        g_propagate_error(error, failure);
    return document;
}

gboolean
fg_xmp_is_rdf(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns &&
           strcmp((const char *)node->ns->href, FG_RDF_URI) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

/* RDF is the root or stands a few levels below it. */
xmlNode *
fg_xmp_find_rdf(xmlNode *node, guint depth)
{
    for (; node && depth < 8; node = node->next) {
        if (fg_xmp_is_rdf(node, "RDF"))
            return node;
        xmlNode *below = node->type == XML_ELEMENT_NODE ? fg_xmp_find_rdf(node->children, depth + 1) : NULL;
        if (below)
            return below;
    }
    return NULL;
}

static xmlNode *
first_description(xmlNode *rdf)
{
    for (xmlNode *node = rdf ? rdf->children : NULL; node; node = node->next)
        if (fg_xmp_is_rdf(node, "Description"))
            return node;
    return NULL;
}

/* Properties that state rights beside those of filigrane/fields.def. Those of `alone` say whose the picture
 * is and on what terms: beside another's they would be a mixture. */
static const struct {
    guint8 ns;
    const char *alone, *others; /* names with a blank on both sides */
} rights[] = {
    {FG_NS_XMP_RIGHTS, " Certificate ", ""},
    {FG_NS_PLUS,
     " ImageCreator ImageSupplier CreditLineRequired LicenseID LicensorTransactionID LicenseeName "
     "LicensorName LicensorURL LicensorEmail LicensorID "
     "LicenseStartDate LicenseEndDate TermsAndConditionsText TermsAndConditionsURL OtherLicenseConditions ",
     ""},
    {FG_NS_IPTC_EXT, " EmbdEncRightsExpr LinkedEncRightsExpr ",
     " DigitalSourcefileType AISystemUsed AISystemVersionUsed "},
    {FG_NS_CC, " useGuidelines legalcode ", ""},
    {FG_NS_TIFF, " Copyright Artist ", ""},
    {FG_NS_EXIF, " Copyright ", ""},
    {FG_NS_TDM, "", " reservation "},
};

typedef enum { ALL_RIGHTS, RIGHTS_ALONE } Which;

static gboolean
states_right(const xmlNs *ns, const xmlChar *name, Which which)
{
    const guint8 known = ns ? (guint8)fg_xmp_ns((const char *)ns->href) : FG_NS_UNKNOWN;
    const FgField *field = fg_right_of_property(known, (const char *)name);
    if (field)
        return which == ALL_RIGHTS || !field->beside;
    g_autofree char *word = g_strdup_printf(" %s ", (const char *)name);
    for (guint i = 0; i < G_N_ELEMENTS(rights); i++)
        if (rights[i].ns == known)
            return strstr(rights[i].alone, word) || (which == ALL_RIGHTS && strstr(rights[i].others, word));
    return FALSE;
}

gboolean
fg_xmp_states_right(const xmlNs *ns, const xmlChar *name)
{
    return states_right(ns, name, ALL_RIGHTS);
}

/* Whether our description states this property, or is to state its like alone. The two of TIFF are older
 * copies of the notice and the creator. */
static gboolean
is_ours(const xmlNode *ours, const xmlNs *ns, const xmlChar *name, gboolean alone)
{
    if (!ns)
        return FALSE;
    if (alone && states_right(ns, name, RIGHTS_ALONE))
        return TRUE;
    if (strcmp((const char *)ns->href, TIFF_URI) == 0)
        return strcmp((const char *)name, "Copyright") == 0 || strcmp((const char *)name, "Artist") == 0;
    /* The members of a licensor that stand without their structure are an older copy of it. */
    const char *whole = fg_xmp_ns((const char *)ns->href) == FG_NS_PLUS && fg_licensor_has((const char *)name)
                            ? "Licensor"
                            : (const char *)name;
    for (const xmlNode *node = ours->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, (const xmlChar *)whole) &&
            xmlStrEqual(node->ns->href, ns->href))
            return TRUE;
    return FALSE;
}

/* Takes what we state out of one description of theirs. TRUE when it states nothing any more. */
static gboolean
reduce(xmlNode *theirs, const xmlNode *ours, gboolean alone)
{
    gboolean empty = TRUE;
    for (xmlNode *node = theirs->children, *next; node; node = next) {
        next = node->next;
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (!is_ours(ours, node->ns, node->name, alone)) {
            empty = FALSE;
            continue;
        }
        xmlUnlinkNode(node);
        xmlFreeNode(node);
    }
    for (xmlAttr *attribute = theirs->properties, *next; attribute; attribute = next) {
        next = attribute->next;
        if (is_ours(ours, attribute->ns, attribute->name, alone))
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
    xmlChar *about = xmlGetNsProp(theirs, (const xmlChar *)"about", (const xmlChar *)FG_RDF_URI);
    if (!about)
        about = xmlGetNoNsProp(theirs, (const xmlChar *)"about");
    if (about)
        xmlSetNsProp(ours, ours->ns, (const xmlChar *)"about", about);
    xmlFree(about);
}

/* FALSE when nothing of theirs is left beside ours. */
static gboolean
merge(xmlDoc *document, xmlNode *rdf, xmlNode *ours, gboolean alone)
{
    xmlNode *copy = xmlDocCopyNode(ours, document, 1);
    xmlNode *first = first_description(rdf);
    if (first)
        take_subject(copy, first);
    for (xmlNode *node = rdf->children, *next; node; node = next) {
        next = node->next;
        if (!fg_xmp_is_rdf(node, "Description") || !reduce(node, ours, alone))
            continue;
        xmlUnlinkNode(node);
        xmlFreeNode(node);
    }
    gboolean left = first_description(rdf) != NULL;
    xmlAddChild(rdf, copy);
    xmlReconciliateNs(document, copy);
    return left;
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

xmlNs *
fg_xmp_declare(xmlNode *to, const xmlNs *ns)
{
    xmlNs *known = xmlSearchNsByHref(to->doc, to, ns->href);
    if (!known)
        known = xmlNewNs(to, ns->href, ns->prefix);
    for (guint n = 1; !known && n < 100; n++) {
        g_autofree char *prefix = g_strdup_printf("ns%u", n);
        known = xmlNewNs(to, ns->href, (const xmlChar *)prefix);
    }
    return known;
}

/* Attributes become elements; what an element had declared itself and its new place declares, goes. */
static void
copy_rights(xmlNode *to, xmlNode *from)
{
    for (const xmlAttr *attribute = from->properties; attribute; attribute = attribute->next) {
        if (!states_right(attribute->ns, attribute->name, ALL_RIGHTS) || !fg_xmp_declare(to, attribute->ns))
            continue;
        xmlChar *value = xmlNodeGetContent((const xmlNode *)attribute);
        xmlNewTextChild(to, fg_xmp_declare(to, attribute->ns), attribute->name, value);
        xmlFree(value);
    }
    for (xmlNode *node = from->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || !states_right(node->ns, node->name, ALL_RIGHTS) ||
            !fg_xmp_declare(to, node->ns))
            continue;
        xmlNode *copy = xmlDocCopyNode(node, to->doc, 1);
        drop_remarks(copy);
        xmlAddChild(to, copy);
        xmlDOMWrapReconcileNamespaces(NULL, copy, XML_DOM_RECONNS_REMOVEREDUND);
    }
}

GBytes *
fg_xmp_print(xmlDoc *document, GError **error)
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
fg_xmp_merge(GBytes *packet, const FgStatement *statement, gboolean alone, GError **error)
{
    g_autoptr(GBytes) stated = fg_xmp_build(statement, error);
    if (!stated || !packet)
        return g_steal_pointer(&stated);
    g_autoptr(xmlDoc) theirs = fg_xmp_parse(packet, error);
    g_autoptr(xmlDoc) ours = theirs ? fg_xmp_parse(stated, error) : NULL;
    if (!ours)
        return NULL;
    xmlNode *rdf = fg_xmp_find_rdf(theirs->children, 0), *from = fg_xmp_find_rdf(ours->children, 0);
    g_assert(from && first_description(from));
    if (!rdf || !merge(theirs, rdf, first_description(from), alone))
        return g_steal_pointer(&stated);
    return fg_xmp_print(theirs, error);
}

GBytes *
fg_xmp_rights(GBytes *packet, GError **error)
{
    static const char blank[] = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"" FG_RDF_URI "\">"
                                "<rdf:Description rdf:about=\"\"></rdf:Description></rdf:RDF></x:xmpmeta>";
    g_autoptr(GBytes) empty = g_bytes_new_static(blank, sizeof blank - 1);
    g_autoptr(xmlDoc) theirs = fg_xmp_parse(packet, error);
    g_autoptr(xmlDoc) rest = theirs ? fg_xmp_parse(empty, error) : NULL;
    xmlNode *rdf = rest ? fg_xmp_find_rdf(theirs->children, 0) : NULL;
    xmlNode *to = rdf ? first_description(fg_xmp_find_rdf(rest->children, 0)) : NULL;
    for (xmlNode *node = rdf ? rdf->children : NULL; node; node = node->next)
        if (fg_xmp_is_rdf(node, "Description"))
            copy_rights(to, node);
    return to && to->children ? fg_xmp_print(rest, error) : NULL;
}
