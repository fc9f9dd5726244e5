/* xmp_build.c: our XMP packet, in the one canonical form of docs/spec/metadata.md §1.7 (ISO 16684-1; IPTC
 * Photo Metadata 2023.2; PLUS LDF 2.0.1).
 *
 * One rdf:Description, only the namespaces that are used, no toolkit, no time, no padding: the same statement
 * gives the same bytes. Texts come resolved (NFC, legal in XML) and are only escaped here. */
#include "metadata/metadata_private.h"

#include <string.h>

/* In the order in which they are declared, which is that of the first property of each. */
static const struct {
    const char *prefix, *uri;
} namespaces[] = {
    {"dc", "http://purl.org/dc/elements/1.1/"},
    {"photoshop", "http://ns.adobe.com/photoshop/1.0/"},
    {"xmpRights", "http://ns.adobe.com/xap/1.0/rights/"},
    {"plus", "http://ns.useplus.org/ldf/xmp/1.0/"},
    {"Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"},
    {"Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"},
    {"cc", "http://creativecommons.org/ns#"},
};

typedef struct {
    GString *body;
    guint used; /* a bit for each namespace */
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
open_tag(Packet *packet, const char *name, const char *attribute)
{
    for (guint i = 0; i < G_N_ELEMENTS(namespaces); i++)
        if (g_str_has_prefix(name, namespaces[i].prefix) && name[strlen(namespaces[i].prefix)] == ':')
            packet->used |= 1u << i;
    g_string_append_printf(packet->body, "<%s%s>", name, attribute);
}

static void
close_tag(Packet *packet, const char *name)
{
    g_string_append_printf(packet->body, "</%s>", name);
}

/* A member of a structure, or a property without its line end. */
static void
put_member(Packet *packet, const char *name, const char *text)
{
    if (!text)
        return;
    open_tag(packet, name, "");
    escape(packet->body, text);
    close_tag(packet, name);
}

static void
put_text(Packet *packet, const char *name, const char *text)
{
    if (!text)
        return;
    put_member(packet, name, text);
    g_string_append_c(packet->body, '\n');
}

static void
open_list(Packet *packet, const char *name, const char *list)
{
    open_tag(packet, name, "");
    g_string_append_printf(packet->body, "<%s>", list);
}

static void
close_list(Packet *packet, const char *name, const char *list)
{
    g_string_append_printf(packet->body, "</%s></%s>\n", list, name);
}

static void
put_list(Packet *packet, const char *name, const char *list, char *const *texts)
{
    if (!texts)
        return;
    open_list(packet, name, list);
    for (gsize i = 0; texts[i]; i++)
        put_member(packet, "rdf:li", texts[i]);
    close_list(packet, name, list);
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

/* A text whose language nobody told. */
static void
put_default(Packet *packet, const char *name, const char *text)
{
    if (!text)
        return;
    open_list(packet, name, "rdf:Alt");
    put_language(packet, "x-default", text);
    close_list(packet, name, "rdf:Alt");
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
put_languages(Packet *packet, const char *name, const GPtrArray *texts)
{
    if (texts->len == 0)
        return;
    const FgLangText *standard = find_language(texts, "x-default", texts->len);
    if (!standard)
        standard = g_ptr_array_index(texts, 0);
    open_list(packet, name, "rdf:Alt");
    put_language(packet, "x-default", standard->text);
    for (guint i = 0; i < texts->len; i++) {
        const FgLangText *entry = g_ptr_array_index(texts, i);
        const gboolean told = find_language(texts, entry->lang, i) != NULL;
        if (!told && g_ascii_strcasecmp(entry->lang, "x-default") != 0)
            put_language(packet, entry->lang, entry->text);
    }
    close_list(packet, name, "rdf:Alt");
}

#define RESOURCE " rdf:parseType=\"Resource\""

static void
put_owner(Packet *packet, const char *owner)
{
    if (!owner)
        return;
    open_list(packet, "plus:CopyrightOwner", "rdf:Seq");
    open_tag(packet, "rdf:li", RESOURCE);
    put_member(packet, "plus:CopyrightOwnerName", owner);
    close_tag(packet, "rdf:li");
    close_list(packet, "plus:CopyrightOwner", "rdf:Seq");
}

static void
put_licensors(Packet *packet, const GPtrArray *licensors)
{
    if (licensors->len == 0)
        return;
    open_list(packet, "plus:Licensor", "rdf:Seq");
    for (guint i = 0; i < licensors->len; i++) {
        const FgLicensor *licensor = g_ptr_array_index(licensors, i);
        open_tag(packet, "rdf:li", RESOURCE);
        put_member(packet, "plus:LicensorName", licensor->name);
        put_member(packet, "plus:LicensorID", licensor->id);
        put_member(packet, "plus:LicensorURL", licensor->url);
        put_member(packet, "plus:LicensorEmail", licensor->email);
        close_tag(packet, "rdf:li");
    }
    close_list(packet, "plus:Licensor", "rdf:Seq");
}

static void
put_data_mining(Packet *packet, const FgRights *rights)
{
    if (rights->data_mining) {
        g_autofree char *uri = fg_data_mining_uri(rights->data_mining);
        put_text(packet, "plus:DataMining", uri);
    }
    put_languages(packet, "plus:OtherConstraints", rights->other_constraints);
}

static void
put_contact(Packet *packet, const FgContact *contact)
{
    if (!contact->address && !contact->city && !contact->region && !contact->postal_code &&
        !contact->country && !contact->phone && !contact->email && !contact->url)
        return;
    open_tag(packet, "Iptc4xmpCore:CreatorContactInfo", RESOURCE);
    put_member(packet, "Iptc4xmpCore:CiAdrExtadr", contact->address);
    put_member(packet, "Iptc4xmpCore:CiAdrCity", contact->city);
    put_member(packet, "Iptc4xmpCore:CiAdrRegion", contact->region);
    put_member(packet, "Iptc4xmpCore:CiAdrPcode", contact->postal_code);
    put_member(packet, "Iptc4xmpCore:CiAdrCtry", contact->country);
    put_member(packet, "Iptc4xmpCore:CiTelWork", contact->phone);
    put_member(packet, "Iptc4xmpCore:CiEmailWork", contact->email);
    put_member(packet, "Iptc4xmpCore:CiUrlWork", contact->url);
    close_tag(packet, "Iptc4xmpCore:CreatorContactInfo");
    g_string_append_c(packet->body, '\n');
}

static void
put_digital_source(Packet *packet, const char *name)
{
    if (!name)
        return;
    g_autofree char *uri = g_strconcat(FG_SOURCE_TYPES, name, NULL);
    put_text(packet, "Iptc4xmpExt:DigitalSourceType", uri);
}

/* Where the picture shows, never where the camera stood. */
static void
put_place(Packet *packet, const FgFacts *facts)
{
    if (!facts->country && !facts->country_code && !facts->state && !facts->city)
        return;
    open_list(packet, "Iptc4xmpExt:LocationShown", "rdf:Bag");
    open_tag(packet, "rdf:li", RESOURCE);
    put_member(packet, "Iptc4xmpExt:City", facts->city);
    put_member(packet, "Iptc4xmpExt:ProvinceState", facts->state);
    put_member(packet, "Iptc4xmpExt:CountryName", facts->country);
    put_member(packet, "Iptc4xmpExt:CountryCode", facts->country_code);
    close_tag(packet, "rdf:li");
    close_list(packet, "Iptc4xmpExt:LocationShown", "rdf:Bag");
}

static void
put_properties(Packet *packet, const FgRights *rights, const FgFacts *facts)
{
    static const char *const marked[] = {NULL, "True", "False"}; /* by FgMarked */
    put_default(packet, "dc:title", facts->title);
    put_default(packet, "dc:description", facts->caption);
    put_list(packet, "dc:subject", "rdf:Bag", facts->keywords);
    put_list(packet, "dc:creator", "rdf:Seq", rights->creators);
    put_default(packet, "dc:rights", rights->copyright);
    put_text(packet, "photoshop:Headline", facts->headline);
    put_text(packet, "photoshop:DateCreated", *facts->date ? facts->date : NULL);
    put_text(packet, "photoshop:AuthorsPosition", rights->job_title);
    put_text(packet, "photoshop:Credit", rights->credit);
    put_text(packet, "photoshop:Source", rights->source);
    put_text(packet, "photoshop:Instructions", rights->instructions);
    put_text(packet, "xmpRights:Marked", marked[rights->marked]);
    put_text(packet, "xmpRights:WebStatement", rights->web_statement);
    put_languages(packet, "xmpRights:UsageTerms", rights->terms);
    put_owner(packet, rights->owner);
    put_text(packet, "plus:CopyrightStatus", rights->copyright_status);
    put_licensors(packet, rights->licensors);
    put_data_mining(packet, rights);
    put_contact(packet, &rights->contact);
    put_default(packet, "Iptc4xmpCore:AltTextAccessibility", facts->alt);
    put_default(packet, "Iptc4xmpCore:ExtDescrAccessibility", facts->extended_alt);
    put_digital_source(packet, rights->digital_source);
    put_text(packet, "Iptc4xmpExt:AISystemUsed", facts->ai_system);
    put_text(packet, "Iptc4xmpExt:AISystemVersionUsed", facts->ai_system_version);
    put_text(packet, "Iptc4xmpExt:AIPromptInformation", facts->ai_prompt);
    put_text(packet, "Iptc4xmpExt:AIPromptWriterName", facts->ai_prompt_writer);
    put_place(packet, facts);
    put_text(packet, "cc:license", rights->cc_license);
    put_text(packet, "cc:attributionName", rights->cc_attribution_name);
    put_text(packet, "cc:attributionURL", rights->cc_attribution_url);
    put_text(packet, "cc:morePermissions", rights->cc_more_permissions);
}

GBytes *
fg_xmp_build(const FgStatement *statement, GError **error)
{
    g_autoptr(FgStated) stated = fg_statement_resolve(statement);
    g_autoptr(GString) body = g_string_new(NULL);
    Packet packet = {.body = body};
    put_properties(&packet, stated->rights, stated->facts);

    GString *whole = g_string_new("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                                  "<rdf:Description rdf:about=\"\"");
    for (guint i = 0; i < G_N_ELEMENTS(namespaces); i++)
        if (packet.used & 1u << i)
            g_string_append_printf(whole, " xmlns:%s=\"%s\"", namespaces[i].prefix, namespaces[i].uri);
    g_string_append(whole, ">\n");
    g_string_append_len(whole, body->str, (gssize)body->len);
    g_string_append(whole, "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(whole);
    if (g_bytes_get_size(bytes) > FG_XMP_MAX)
        return fg_throw_null(error, FG_ERROR_OVERSIZE, "XMP would take %zu bytes of %u",
                             g_bytes_get_size(bytes), FG_XMP_MAX);
    return g_steal_pointer(&bytes);
}
