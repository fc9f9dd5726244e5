/* agree.c: does a file state exactly the rights of a profile?
 *
 * What a profile's rights come to in a file (defaults, languages, vocabularies) is decided where they are
 * written. So they are written here too, into a packet in memory, read back as the file's own were, and
 * compared field by field. */
#include "check/check_private.h"

#include <string.h>

/* The rights as `publish` and `tag` would give them to this photo, the year left to be matched; of the stems
 * that it may have had, the first one that its notice agrees with. NULL: none could be written. */
static FgRights *
expected_rights(const FgProfile *profile, const char *path, const FgContainer *container,
                const FgMetadata *metadata)
{
    g_auto(GStrv) stems =
        fg_profile_stems(profile, path, container->width, container->height, container->format);
    g_autoptr(FgRights) first = NULL;
    for (guint i = 0; stems[i]; i++) {
        g_autoptr(FgRights) rights = fg_rights_for(profile, metadata->facts, stems[i], FG_ANY_YEAR, NULL);
        if (rights && fg_notice_matches(metadata->rights->copyright, rights->copyright))
            return g_steal_pointer(&rights);
        if (!first)
            first = g_steal_pointer(&rights);
    }
    return g_steal_pointer(&first);
}

/* The packet as a file of nothing else. */
static FgMetadata *
read_packet(GBytes *packet)
{
    char where[] = "packet";
    FgPart part = {.kind = FG_PART_XMP, .where = where, .bytes = packet};
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    g_autoptr(GPtrArray) faults = g_ptr_array_new();
    g_ptr_array_add(parts, &part);
    const FgContainer container = {
        .format = FG_FORMAT_WEBP, .file = packet, .complete = TRUE, .parts = parts, .faults = faults};
    return fg_metadata_read(&container);
}

/* What a file says that states these rights. NULL: no file could hold them, as publish says. */
static FgMetadata *
stated_metadata(const FgRights *rights)
{
    const FgStatement statement = {
        .rights = rights, .width = 1, .height = 1, .format = FG_FORMAT_WEBP, .srgb = TRUE};
    g_autoptr(GBytes) packet = fg_xmp_build(&statement, NULL);
    return packet ? read_packet(packet) : NULL;
}

static void
differs(GPtrArray *findings, const char *name, const char *where)
{
    g_autofree char *message = g_strdup_printf("The %s is not what the profile states.", name);
    fg_check_add(findings, "rights.differs", where, message);
}

static void
compare_text(GPtrArray *findings, const char *ours, const char *found, const char *name, const char *where)
{
    if (g_strcmp0(ours, found) != 0)
        differs(findings, name, where);
}

static gboolean
same_texts(const GPtrArray *ours, const GPtrArray *found)
{
    if (ours->len != found->len)
        return FALSE;
    for (guint i = 0; i < ours->len; i++) {
        const FgLangText *left = g_ptr_array_index(ours, i), *right = g_ptr_array_index(found, i);
        if (strcmp(left->lang, right->lang) != 0 || strcmp(left->text, right->text) != 0)
            return FALSE;
    }
    return TRUE;
}

static gboolean
same_licensors(const GPtrArray *ours, const GPtrArray *found)
{
    if (ours->len != found->len)
        return FALSE;
    for (guint i = 0; i < ours->len; i++) {
        const FgLicensor *left = g_ptr_array_index(ours, i), *right = g_ptr_array_index(found, i);
        if (g_strcmp0(left->name, right->name) != 0 || g_strcmp0(left->url, right->url) != 0 ||
            g_strcmp0(left->email, right->email) != 0 || g_strcmp0(left->id, right->id) != 0)
            return FALSE;
    }
    return TRUE;
}

static gboolean
same_contact(const FgContact *ours, const FgContact *found)
{
    return g_strcmp0(ours->address, found->address) == 0 && g_strcmp0(ours->city, found->city) == 0 &&
           g_strcmp0(ours->region, found->region) == 0 &&
           g_strcmp0(ours->postal_code, found->postal_code) == 0 &&
           g_strcmp0(ours->country, found->country) == 0 && g_strcmp0(ours->phone, found->phone) == 0 &&
           g_strcmp0(ours->email, found->email) == 0 && g_strcmp0(ours->url, found->url) == 0;
}

/* IIM holds 128 bytes of a notice and 32 of a name; what fits must be the beginning. */
static gboolean
is_cut(const char *found, const char *pattern, gsize limit)
{
    g_autofree char *start = g_strndup(pattern, strcspn(pattern, "{"));
    gsize length = strlen(found);
    return length <= limit && length + 4 > limit && g_str_has_prefix(found, start);
}

static void
compare_notice(GPtrArray *findings, const char *pattern, const FgCarrier *carrier, gboolean wanted,
               const char *where)
{
    if (!wanted && !carrier->notice)
        return;
    if (fg_notice_matches(carrier->notice, pattern))
        return;
    if (carrier->notice && pattern && strncmp(where, "iptc:", 5) == 0 &&
        is_cut(carrier->notice, pattern, 128))
        return;
    differs(findings, "copyright notice", where);
}

static void
compare_creators(GPtrArray *findings, char *const *ours, const FgCarrier *carrier, gboolean wanted,
                 const char *where)
{
    if (!wanted && !carrier->creators)
        return;
    gboolean same = carrier->creators && g_strv_length((char **)ours) == g_strv_length(carrier->creators);
    for (guint i = 0; same && ours[i]; i++)
        same = strcmp(ours[i], carrier->creators[i]) == 0 ||
               (strncmp(where, "iptc:", 5) == 0 && is_cut(carrier->creators[i], ours[i], 32));
    if (!same)
        differs(findings, "creator", where);
}

static void
compare_carriers(GPtrArray *findings, const FgRights *ours, const FgContainer *container,
                 const FgMetadata *metadata)
{
    gboolean jpeg = container->format == FG_FORMAT_JPEG, png = container->format == FG_FORMAT_PNG;
    compare_notice(findings, ours->copyright, &metadata->xmp, TRUE, "xmp:dc:rights");
    compare_notice(findings, ours->copyright, &metadata->exif, TRUE, "exif:IFD0/0x8298");
    compare_notice(findings, ours->copyright, &metadata->iptc, jpeg, "iptc:2:116");
    compare_notice(findings, ours->copyright, &metadata->png, png, "png:Copyright");
    compare_creators(findings, ours->creators, &metadata->xmp, TRUE, "xmp:dc:creator");
    compare_creators(findings, ours->creators, &metadata->exif, TRUE, "exif:IFD0/0x013B");
    compare_creators(findings, ours->creators, &metadata->iptc, jpeg, "iptc:2:80");
    compare_creators(findings, ours->creators, &metadata->png, png, "png:Author");
}

void
fg_rules_rights(const FgProfile *profile, const char *path, const FgContainer *container,
                const FgMetadata *metadata, GPtrArray *findings)
{
    g_autoptr(FgRights) rights = expected_rights(profile, path, container, metadata);
    if (!rights) {
        differs(findings, "copyright notice", "xmp:dc:rights");
        return;
    }
    g_autoptr(FgMetadata) expected = stated_metadata(rights);
    if (!expected)
        return;
    const FgRights *ours = expected->rights, *found = metadata->rights;
    compare_carriers(findings, ours, container, metadata);
    compare_text(findings, ours->owner, found->owner, "copyright owner", "xmp:plus:CopyrightOwner");
    compare_text(findings, ours->job_title, found->job_title, "creator's job title",
                 "xmp:photoshop:AuthorsPosition");
    compare_text(findings, ours->credit, found->credit, "credit line", "xmp:photoshop:Credit");
    compare_text(findings, ours->source, found->source, "source", "xmp:photoshop:Source");
    compare_text(findings, ours->instructions, found->instructions, "instruction",
                 "xmp:photoshop:Instructions");
    compare_text(findings, ours->web_statement, found->web_statement, "web statement of rights",
                 "xmp:xmpRights:WebStatement");
    compare_text(findings, expected->data_mining, metadata->data_mining, "data-mining reservation",
                 "xmp:plus:DataMining");
    compare_text(findings, ours->digital_source, found->digital_source, "digital source type",
                 "xmp:Iptc4xmpExt:DigitalSourceType");
    if (expected->marked != metadata->marked)
        differs(findings, "copyright mark", "xmp:xmpRights:Marked");
    if (!same_texts(ours->terms, found->terms))
        differs(findings, "text of the usage terms", "xmp:xmpRights:UsageTerms");
    if (!same_texts(ours->other_constraints, found->other_constraints))
        differs(findings, "text of the constraints", "xmp:plus:OtherConstraints");
    if (!same_licensors(ours->licensors, found->licensors))
        differs(findings, "licensor", "xmp:plus:Licensor");
    if (!same_contact(&ours->contact, &found->contact))
        differs(findings, "creator's contact", "xmp:Iptc4xmpCore:CreatorContactInfo");
}
