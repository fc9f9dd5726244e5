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
    g_autofree char *thing = g_strconcat("the ", name, NULL);
    g_autofree char *message = g_strdup_printf("This is not what the profile states: %s.", thing);
    fg_check_add(findings, "rights.differs", where, message);
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

/* A reservation and a mark are compared as they stand: a reader may take another form for another word. */
static gboolean
is_same(const FgField *field, const FgMetadata *expected, const FgMetadata *found)
{
    if (field->offset == offsetof(FgRights, data_mining))
        return g_strcmp0(expected->data_mining, found->data_mining) == 0;
    if (field->kind == FG_KIND_MARKED)
        return expected->marked == found->marked;
    return fg_field_equal(field, expected->rights, found->rights);
}

/* Fields are told by their kind, the contact last, whose members are texts. */
static FgFieldKind
told_as(const FgField *field)
{
    return strchr(field->key, '.') ? FG_KIND_CONTACT : (FgFieldKind)field->kind;
}

/* What XMP states and a profile can; notice and creators are compared in each carrier, above. */
static gboolean
is_compared(const FgField *field)
{
    return field->xmp.ns && field->offset != offsetof(FgRights, copyright) &&
           field->offset != offsetof(FgRights, creators) && (field->stated || field->kind == FG_KIND_MARKED);
}

static void
compare_fields(GPtrArray *findings, FgFieldKind kind, const FgMetadata *expected, const FgMetadata *found)
{
    for (const FgField *field = fg_right_fields; field->key; field++) {
        if (told_as(field) != kind || !is_compared(field) || is_same(field, expected, found))
            continue;
        const char *of = "";
        if (kind == FG_KIND_LANGUAGES)
            of = "text of the ";
        g_autofree char *name = g_strconcat(of, field->label, NULL);
        g_autofree char *where = fg_xmp_where(&field->xmp);
        differs(findings, name, where);
        if (kind == FG_KIND_CONTACT)
            return; /* told once, whatever of it differs */
    }
}

void
fg_rules_rights(const FgProfile *profile, const char *path, const FgContainer *container,
                const FgMetadata *metadata, GPtrArray *findings)
{
    static const FgFieldKind kinds[] = {FG_KIND_TEXT,      FG_KIND_LIST,      FG_KIND_MARKED,
                                        FG_KIND_LANGUAGES, FG_KIND_LICENSORS, FG_KIND_CONTACT};
    g_autoptr(FgRights) rights = expected_rights(profile, path, container, metadata);
    if (!rights) {
        differs(findings, "copyright notice", "xmp:dc:rights");
        return;
    }
    g_autoptr(FgMetadata) expected = stated_metadata(rights);
    if (!expected)
        return;
    compare_carriers(findings, expected->rights, container, metadata);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        compare_fields(findings, kinds[i], expected, metadata);
}
