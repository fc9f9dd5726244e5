/* audit.c: the last look at a finished file: it holds what its statement says, and nothing else.
 *
 * Four locks. Every part of the file is one that is expected, byte for byte. Our own EXIF is walked against
 * its allow-list. Dressing the picture anew gives the same file, so that nothing hides between the parts. And
 * the reader, which shares no code with the builders, finds the notice in every carrier and nothing personal.
 */
#include "metadata/metadata_private.h"

#include <string.h>

/* What a finished file never has, unless it was asked for. */
static gboolean
is_forbidden(const FgFinding *finding)
{
    return fg_finding_tells(finding->id) || fg_finding_traits(finding->id)->family == FG_FAMILY_STRUCTURE ||
           finding->severity == FG_SEVERITY_ERROR;
}

/* A place that was asked for, in the one property where it is written, and the like. */
static gboolean
is_asked_for(const FgFinding *finding, const FgStated *stated)
{
    /* A photo's own words are carried over whatever is to be said of them. */
    if (strcmp(finding->id, "rights.marked-false") == 0)
        return stated->rights->as_found && stated->rights->marked == FG_MARKED_FALSE;
    if (strcmp(finding->id, "copyright.missing") == 0)
        return !stated->rights->copyright;
    return fg_finding_is_kept(finding, fg_facts_groups(stated->facts));
}

static gboolean
audit_findings(const FgMetadata *metadata, const FgStated *stated, GError **error)
{
    for (guint i = 0; i < metadata->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(metadata->findings, i);
        if (is_forbidden(finding) && !is_asked_for(finding, stated))
            return fg_throw(error, FG_ERROR_AUDIT, "%s in %s: %s", finding->id, finding->where,
                            finding->message);
    }
    return TRUE;
}

/* What a stranger's reader would show of one carrier. */
static gboolean
audit_carrier(const char *name, const FgCarrier *carrier, const char *notice, GError **error)
{
    if (fg_notice_equal(carrier->notice, notice))
        return TRUE;
    const gboolean cut = carrier->notice && notice && fg_notice_is_cut(carrier->notice, notice, 128);
    return cut || fg_throw(error, FG_ERROR_AUDIT, "the copyright notice does not read back from %s", name);
}

static gboolean
audit_meaning(const FgMetadata *metadata, const FgStatement *statement, GError **error)
{
    g_autoptr(FgStated) stated = fg_statement_resolve(statement);
    const FgFormatTraits *format = fg_format_traits(statement->format);
    const char *notice = stated->rights->copyright;
    if (metadata->orientation != 1)
        return fg_throw(error, FG_ERROR_AUDIT, "the orientation is %u, not in the pixels",
                        metadata->orientation);
    return audit_carrier("EXIF", &metadata->exif, notice, error) &&
           audit_carrier("XMP", &metadata->xmp, notice, error) &&
           (!format->iptc || audit_carrier("IPTC", &metadata->iptc, notice, error)) &&
           (!format->texts || audit_carrier("PNG text", &metadata->png, notice, error)) &&
           audit_findings(metadata, stated, error);
}

/* In HEIF the packet stands without its two xpacket lines, in JPEG XL with them. */
static gboolean
same_packet(GBytes *found, GBytes *built, FgFormat format)
{
    if (!fg_format_traits(format)->boxed || format == FG_FORMAT_JXL)
        return g_bytes_equal(found, built);
    gsize size;
    const char *packet = g_bytes_get_data(built, &size);
    const char *start = g_strstr_len(packet, (gssize)size, "<x:xmpmeta");
    const char *end = g_strrstr_len(packet, (gssize)size, "<?xpacket end");
    g_assert(start && end > start);
    /* The line end before the closing line may stay or go with it. */
    const gsize inner = (gsize)(end - start);
    const gsize length = g_bytes_get_size(found);
    return (length == inner || length == inner - 1) &&
           memcmp(g_bytes_get_data(found, NULL), start, length) == 0;
}

/* The place of a text in dress->texts, or -1. */
static gint
find_text(const char *const *texts, const FgPart *part)
{
    gsize length = 0;
    const char *value = part->bytes ? g_bytes_get_data(part->bytes, &length) : "";
    for (gint i = 0; texts && texts[i]; i += 2)
        if (g_strcmp0(part->name, texts[i]) == 0 && strlen(texts[i + 1]) == length &&
            memcmp(value, texts[i + 1], length) == 0)
            return i / 2;
    return -1;
}

/* Which of the expected blocks a part is, as a bit; 0 for none of them. */
static guint
recognise(const FgPart *part, const FgDress *dress, FgFormat format)
{
    if (part->late || part->unusual || !part->bytes || (part->packed && !dress->irb))
        return 0;
    const gint text = part->kind == FG_PART_TEXT && !part->latin1 ? find_text(dress->texts, part) : -1;
    if (part->kind == FG_PART_EXIF && g_bytes_equal(part->bytes, dress->exif))
        return 1 << 0;
    if (part->kind == FG_PART_XMP && same_packet(part->bytes, dress->xmp, format))
        return 1 << 1;
    if (part->kind == FG_PART_IRB && dress->irb && g_bytes_equal(part->bytes, dress->irb))
        return 1 << 2;
    return text >= 0 ? 1u << (3 + text) : 0;
}

static guint
expected_blocks(const FgDress *dress)
{
    const guint texts = dress->texts ? g_strv_length((char **)dress->texts) / 2 : 0;
    return 1u << 0 | 1u << 1 | (dress->irb ? 1u << 2 : 0) | ((1u << texts) - 1) << 3;
}

/* What a JPEG is put together from, when all that it holds are other parts. */
static gboolean
is_understood_jpeg(const FgPart *part)
{
    return part->kind == FG_PART_PRIVATE && !part->bytes && g_strcmp0(part->name, "jbrd") == 0;
}

static gboolean
audit_parts(const FgContainer *container, const FgDress *dress, gboolean twin, GError **error)
{
    guint seen = 0;
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = g_ptr_array_index(container->parts, i);
        if (part->kind == FG_PART_PICTURE || (twin && is_understood_jpeg(part)))
            continue;
        const guint block = recognise(part, dress, container->format);
        if (block == 0 || seen & block)
            return fg_throw(error, FG_ERROR_AUDIT, "%s%s%s is not what was asked for", part->where,
                            part->name ? " " : "", part->name ? part->name : "");
        seen |= block;
    }
    if (seen != expected_blocks(dress))
        return fg_throw(error, FG_ERROR_AUDIT, "a block that was asked for is missing");
    return fg_exif_audit(dress->exif, error);
}

static gboolean
audit_whole(GBytes *file, FgFormat format, const FgDress *dress, GError **error)
{
    g_autoptr(GBytes) anew = fg_container_dress(file, format, dress, error);
    if (!anew)
        return FALSE;
    return g_bytes_equal(file, anew) ||
           fg_throw(error, FG_ERROR_AUDIT, "the file has %zu bytes where %zu say the same",
                    g_bytes_get_size(file), g_bytes_get_size(anew));
}

static gboolean
audit_picture(const FgContainer *container, const FgStatement *statement, GError **error)
{
    if (container->format != statement->format)
        return fg_throw(error, FG_ERROR_AUDIT, "the file is %s, not %s", fg_format_title(container->format),
                        fg_format_title(statement->format));
    if (container->width != statement->width || container->height != statement->height)
        return fg_throw(error, FG_ERROR_AUDIT, "the picture has %u x %u pixels, not %u x %u",
                        container->width, container->height, statement->width, statement->height);
    if (container->orientation > 1)
        return fg_throw(error, FG_ERROR_AUDIT, "the picture is stored turned");
    if (container->faults->len > 0)
        return fg_throw(error, FG_ERROR_AUDIT, "%s", (const char *)g_ptr_array_index(container->faults, 0));
    if (!container->complete)
        return fg_throw(error, FG_ERROR_AUDIT, "the picture's end is missing");
    return fg_container_verify(container, error);
}

gboolean
fg_metadata_audit(GBytes *file, const FgStatement *statement, GError **error)
{
    g_autoptr(GError) unreadable = NULL;
    g_autoptr(FgContainer) container = fg_container_read(file, &unreadable);
    if (!container)
        return fg_throw(error, FG_ERROR_MALFORMED, "the finished file can't be read: %s",
                        unreadable->message);
    FgStatement stated = *statement;
    stated.format = statement->twin ? FG_FORMAT_JPEG : statement->format;
    g_autoptr(FgOwnedDress) owned = fg_metadata_dress(&stated, error);
    if (!owned)
        return FALSE;
    /* Only what is known byte for byte is handed to the reader, and so to an XML parser. */
    if (!audit_picture(container, statement, error) ||
        !audit_parts(container, &owned->dress, statement->twin, error) ||
        (!statement->twin && !audit_whole(file, statement->format, &owned->dress, error)))
        return FALSE;
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    return audit_meaning(metadata, statement, error);
}
