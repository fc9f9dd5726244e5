/* xmp_build.c: our XMP packet, in the one canonical form of docs/spec/metadata.md §1.7 (ISO 16684-1; IPTC
 * Photo Metadata 2023.2; PLUS LDF 2.0.1).
 *
 * One rdf:Description, only the namespaces that are used, no toolkit, no time, no padding: the same statement
 * gives the same bytes. Texts come resolved (NFC, legal in XML) and are only escaped here. */
#include "metadata/metadata_private.h"
#include "metadata/xmp_names.h"

#include <string.h>

/* In the order in which they are written. */
static const guint8 namespaces[] = {
    FG_NS_DC, FG_NS_PHOTOSHOP, FG_NS_XMP_RIGHTS, FG_NS_PLUS, FG_NS_IPTC_CORE, FG_NS_IPTC_EXT, FG_NS_CC,
};

typedef struct {
    GString *body;
    const FgRights *rights;
    const FgFacts *facts;
} Packet;

static void
escape(GString *to, const char *text)
{
    for (const char *at = text; *at; at++)
        switch (*at) {
        case '&':
            g_string_append(to, "&amp;");
            break;
        case '<':
            g_string_append(to, "&lt;");
            break;
        case '>':
            g_string_append(to, "&gt;");
            break;
        case '"':
            g_string_append(to, "&quot;");
            break;
        default:
            g_string_append_c(to, *at);
        }
}

static void
open_tag(Packet *packet, FgXmpNs ns, const char *name, const char *attribute)
{
    g_string_append_printf(packet->body, "<%s:%s%s>", fg_xmp_prefix(ns), name, attribute);
}

static void
close_tag(Packet *packet, FgXmpNs ns, const char *name)
{
    g_string_append_printf(packet->body, "</%s:%s>", fg_xmp_prefix(ns), name);
}

/* A member of a structure, or a property without its line end. */
static void
put_member(Packet *packet, FgXmpNs ns, const char *name, const char *text)
{
    open_tag(packet, ns, name, "");
    escape(packet->body, text);
    close_tag(packet, ns, name);
}

static void
open_list(Packet *packet, const FgField *field, const char *list)
{
    open_tag(packet, field->xmp.ns, field->xmp.property, "");
    g_string_append_printf(packet->body, "<rdf:%s>", list);
}

static void
close_list(Packet *packet, const FgField *field, const char *list)
{
    g_string_append_printf(packet->body, "</rdf:%s>", list);
    close_tag(packet, field->xmp.ns, field->xmp.property);
}

static void
put_list(Packet *packet, const FgField *field, char *const *texts)
{
    const char *list = field->form == FG_FORM_BAG ? "Bag" : "Seq";
    open_list(packet, field, list);
    for (gsize i = 0; texts[i]; i++)
        put_member(packet, FG_NS_RDF, "li", texts[i]);
    close_list(packet, field, list);
}

static void
put_language(Packet *packet, const char *lang, const char *text)
{
    g_string_append(packet->body, "<rdf:li xml:lang=\"");
    escape(packet->body, lang);
    g_string_append(packet->body, "\">");
    escape(packet->body, text);
    g_string_append(packet->body, "</rdf:li>");
}

/* A text, whose language nobody told where it is an alternative. */
static void
put_text(Packet *packet, const FgField *field, const char *text)
{
    if (field->form == FG_FORM_ALT) {
        open_list(packet, field, "Alt");
        put_language(packet, "x-default", text);
        close_list(packet, field, "Alt");
        return;
    }
    g_autofree char *uri = field->vocabulary ? fg_field_uri(field, text) : NULL;
    put_member(packet, field->xmp.ns, field->xmp.property, uri ? uri : text);
}

static const FgLangText *
find_language(const GPtrArray *texts, const char *lang, guint before)
{
    for (guint i = 0; i < before; i++) {
        const FgLangText *entry = g_ptr_array_index(texts, i);
        if (g_ascii_strcasecmp(entry->lang, lang) == 0)
            return entry;
    }
    return NULL;
}

/* x-default comes first and is the text of that name or else the first one, which also stands under its own
 * language, so that a reader who asks for French finds it. */
static void
put_languages(Packet *packet, const FgField *field, const GPtrArray *texts)
{
    const FgLangText *standard = find_language(texts, "x-default", texts->len);
    if (!standard)
        standard = g_ptr_array_index(texts, 0);
    open_list(packet, field, "Alt");
    put_language(packet, "x-default", standard->text);
    for (guint i = 0; i < texts->len; i++) {
        const FgLangText *entry = g_ptr_array_index(texts, i);
        const gboolean told = find_language(texts, entry->lang, i) != NULL;
        if (!told && g_ascii_strcasecmp(entry->lang, "x-default") != 0)
            put_language(packet, entry->lang, entry->text);
    }
    close_list(packet, field, "Alt");
}

#define RESOURCE " rdf:parseType=\"Resource\""

static void
put_licensors(Packet *packet, const FgField *field, const GPtrArray *licensors)
{
    open_list(packet, field, "Seq");
    for (guint i = 0; i < licensors->len; i++) {
        open_tag(packet, FG_NS_RDF, "li", RESOURCE);
        for (int late = FALSE; late <= TRUE; late++)
            for (const FgField *member = fg_licensor_fields; member->key; member++)
                if (member->late == late && !fg_field_is_empty(member, licensors->pdata[i]))
                    put_member(packet, member->xmp.ns, member->xmp.property,
                               fg_field_text(member, licensors->pdata[i]));
        close_tag(packet, FG_NS_RDF, "li");
    }
    close_list(packet, field, "Seq");
}

static gboolean
is_of_structure(const FgField *field, const FgField *other)
{
    return other->key && field->xmp.ns == other->xmp.ns && other->xmp.property &&
           strcmp(field->xmp.property, other->xmp.property) == 0;
}

/* The members of a structure that are stated, of the rows from `field` on. */
static void
put_structure(Packet *packet, const FgField *field, gconstpointer base)
{
    const char *list = field->form == FG_FORM_SEQ ? "Seq" : field->form == FG_FORM_BAG ? "Bag" : NULL;
    if (list)
        open_list(packet, field, list);
    open_tag(packet, list ? FG_NS_RDF : field->xmp.ns, list ? "li" : field->xmp.property, RESOURCE);
    for (const FgField *member = field; is_of_structure(field, member); member++)
        if (!fg_field_is_empty(member, base))
            put_member(packet, member->xmp.ns, member->xmp.member, fg_field_text(member, base));
    close_tag(packet, list ? FG_NS_RDF : field->xmp.ns, list ? "li" : field->xmp.property);
    if (list)
        close_list(packet, field, list);
}

static void
put_field(Packet *packet, const FgField *field, gconstpointer base)
{
    static const char *const marked[] = {NULL, "True", "False"}; /* by FgMarked */
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        if (field->xmp.member)
            put_structure(packet, field, base);
        else
            put_text(packet, field, fg_field_text(field, base));
        break;
    case FG_KIND_LIST:
        put_list(packet, field, fg_field_list(field, base));
        break;
    case FG_KIND_LANGUAGES:
        put_languages(packet, field, fg_field_items(field, base));
        break;
    case FG_KIND_LICENSORS:
        put_licensors(packet, field, fg_field_items(field, base));
        break;
    case FG_KIND_MARKED:
        put_text(packet, field, marked[*(FgMarked *)fg_field_at(field, base)]);
        break;
    default: /* a date */
        put_text(packet, field, fg_field_at(field, base));
    }
    g_string_append_c(packet->body, '\n');
}

/* The fields of a namespace that stand in these rows; of a structure, the first that is stated writes all. */
static void
put_fields(Packet *packet, guint8 ns, const FgField *fields, gconstpointer base, gboolean late)
{
    const FgField *structure = NULL;
    for (const FgField *field = fields; field->key; field++) {
        if (field->xmp.ns != ns || field->late != late || fg_field_is_empty(field, base) ||
            (structure && is_of_structure(structure, field)))
            continue;
        put_field(packet, field, base);
        structure = field->xmp.member ? field : NULL;
    }
}

/* What the photo says of itself, then its rights, then what is late in this order too. Returns whether there
 * is any. */
static gboolean
put_namespace(Packet *packet, guint8 ns)
{
    const gsize before = packet->body->len;
    for (int late = FALSE; late <= TRUE; late++) {
        put_fields(packet, ns, fg_fact_fields, packet->facts, late);
        put_fields(packet, ns, fg_right_fields, packet->rights, late);
    }
    return packet->body->len > before;
}

GBytes *
fg_xmp_build(const FgStatement *statement, GError **error)
{
    g_autoptr(FgStated) stated = fg_statement_resolve(statement);
    g_autoptr(GString) body = g_string_new(NULL);
    Packet packet = {body, stated->rights, stated->facts};
    GString *whole = g_string_new("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                                  "<rdf:Description rdf:about=\"\"");
    for (guint i = 0; i < G_N_ELEMENTS(namespaces); i++)
        if (put_namespace(&packet, namespaces[i]))
            g_string_append_printf(whole, " xmlns:%s=\"%s\"", fg_xmp_prefix(namespaces[i]),
                                   fg_xmp_uri(namespaces[i]));
    g_string_append(whole, ">\n");
    g_string_append_len(whole, body->str, (gssize)body->len);
    g_string_append(whole, "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(whole);
    if (g_bytes_get_size(bytes) > FG_XMP_MAX)
        return fg_throw_null(error, FG_ERROR_OVERSIZE, "XMP would take %zu bytes of %u",
                             g_bytes_get_size(bytes), FG_XMP_MAX);
    return g_steal_pointer(&bytes);
}
