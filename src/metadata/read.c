/* read.c: looks at every part of a container and puts together what it says. */
#include "metadata/reading.h"

#include <string.h>

/* One metadata block is at most a JPEG segment; larger ones are slow in other readers, or dropped by them. */
#define BLOCK_LIMIT 65536

/* Reads a block of which a file has one; a second one is a fault. */
static void
read_block(FgReading *reading, const FgPart *part, FgCarrierKind kind, FgBlockReader reader,
           const char *carrier, const char *name, guint *seen)
{
    g_autofree char *where = g_strconcat(carrier, "block", NULL);
    (*seen)++;
    if (*seen == 2)
        fg_reading_note(reading, "structure.duplicate", where, "There is more than one %s block.", name);
    if (g_bytes_get_size(part->bytes) > BLOCK_LIMIT && reading->format != FG_FORMAT_TIFF)
        fg_reading_note(reading, "structure.oversize", where, "The %s block is larger than 64 KiB.", name);
    if (part->late)
        fg_reading_note(reading, "structure.order", where, "The %s block stands after the pixels.", name);
    fg_reading_block(reading, kind, reader, part->bytes, carrier);
}

/* Extended XMP that the main packet does not name is somebody else's rest: it states nothing, but it may
 * leak. */
static void
read_extended(FgReading *reading, const FgPart *part)
{
    fg_reading_tell(reading, "xmp.extended", "xmp:extended");
    gboolean ours =
        reading->extended_guid && part->name && g_ascii_strcasecmp(reading->extended_guid, part->name) == 0;
    if (ours)
        fg_xmp_read(reading, part->bytes, "xmp:");
    else
        fg_reading_copy(reading, FG_BLOCK_XMP, part->bytes, "xmp:extended/");
}

static void
read_picture_part(FgReading *reading, const FgPart *part, const char *id)
{
    g_autofree char *named = g_strconcat(part->where, part->name ? " " : NULL, part->name, NULL);
    g_autofree char *where = fg_container_where(named);
    fg_reading_personal(reading, id, where, NULL);
    if (part->bytes)
        fg_reading_inside(reading, part->bytes, where);
}

static void
read_time(FgReading *reading, const FgPart *part)
{
    FgCursor at = fg_cursor_bytes(part->bytes, FG_BIG_ENDIAN);
    guint16 year;
    guint8 month, day, hour, minute, second;
    g_autofree char *text = NULL;
    if (fg_cursor_u16(&at, &year) && fg_cursor_u8(&at, &month) && fg_cursor_u8(&at, &day) &&
        fg_cursor_u8(&at, &hour) && fg_cursor_u8(&at, &minute) && fg_cursor_u8(&at, &second))
        text = g_strdup_printf("%04u-%02u-%02uT%02u:%02u:%02u", year, month, day, hour, minute, second);
    if (text)
        fg_reading_dated(reading, text);
    fg_reading_personal(reading, "time.precise", "png:tIME", text);
}

static void
read_part(FgReading *reading, const FgContainer *container, const FgPart *part)
{
    g_autofree char *where = fg_container_where(part->where);
    switch (part->kind) {
    case FG_PART_PICTURE:
    case FG_PART_XMP_EXTENDED: /* Read after the main packet, which names it. */
        break;
    case FG_PART_EXIF:
        read_block(reading, part, FG_SAYS_EXIF, fg_exif_read, "exif:", "EXIF", &reading->n_exif);
        break;
    case FG_PART_XMP:
        read_block(reading, part, FG_SAYS_XMP, fg_xmp_read, "xmp:", "XMP", &reading->n_xmp);
        break;
    case FG_PART_IRB:
        fg_irb_read(reading, part->bytes, "iptc:");
        break;
    case FG_PART_IIM:
        fg_iptc_read(reading, part->bytes, "iptc:");
        break;
    case FG_PART_ICC:
        reading->metadata->has_icc = TRUE;
        fg_icc_read(reading, part, container->width, container->height);
        break;
    case FG_PART_TEXT:
        fg_png_text_read(reading, part);
        break;
    case FG_PART_COMMENT:
        fg_comment_read(reading, part->bytes, where);
        break;
    case FG_PART_THUMBNAIL:
        read_picture_part(reading, part, "preview.embedded");
        break;
    case FG_PART_AUXILIARY:
        read_picture_part(reading, part, "container.aux-image");
        break;
    case FG_PART_C2PA:
        fg_reading_tell(reading, "c2pa.present", where);
        fg_credentials_read(reading, part, where);
        if (part->bytes)
            fg_reading_scan(reading, part->bytes, where);
        break;
    case FG_PART_TIME:
        read_time(reading, part);
        break;
    case FG_PART_TRAILER:
        fg_trailer_read(reading, part->bytes, "container:trailer");
        break;
    case FG_PART_PRIVATE:
        fg_private_read(reading, part);
        break;
    }
}

static gboolean
is_readable(const FgPart *part)
{
    return part->bytes != NULL || part->kind == FG_PART_THUMBNAIL || part->kind == FG_PART_AUXILIARY ||
           part->kind == FG_PART_C2PA;
}

/* A file that is cut short is refused by publish, tag and scrub, and told of in their very words. */
static char *
tell_cut(FgReading *reading, const FgContainer *container)
{
    g_autoptr(GError) error = NULL;
    char *words = g_strdup(fg_container_verify(container, &error) ? "the file is cut short" : error->message);
    FgFinding *finding = fg_finding_new("structure.malformed", "container:structure", words);
    finding->severity = FG_SEVERITY_ERROR;
    g_ptr_array_add(reading->metadata->findings, finding);
    return words;
}

static void
read_faults(FgReading *reading, const FgContainer *container)
{
    if (container->endless)
        fg_reading_note(reading, "structure.malformed", "container:structure",
                        "The picture has no end mark, and whether all of it is there was not looked at.");
    const gboolean is_cut = !container->complete && !container->endless && reading->depth == 0;
    g_autofree char *cut = is_cut ? tell_cut(reading, container) : NULL;
    const guint count = container->faults->len - (container->endless ? 1 : 0); /* The last says the same. */
    for (guint i = 0; i < count; i++) {
        const char *fault = container->faults->pdata[i];
        if (!cut || !g_str_has_prefix(cut, fault))
            fg_reading_note(reading, "structure.malformed", "container:structure", "%s", fault);
    }
}

void
fg_reading_container(FgReading *reading, const FgContainer *container)
{
    reading->format = container->format;
    reading->turned = container->orientation;
    if (reading->depth == 0)
        reading->metadata->hdr = fg_container_light(container).hdr;
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = g_ptr_array_index(container->parts, i);
        if (is_readable(part))
            read_part(reading, container, part);
    }
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = g_ptr_array_index(container->parts, i);
        if (part->kind == FG_PART_XMP_EXTENDED && part->bytes)
            read_extended(reading, part);
    }
    if (container->format == FG_FORMAT_TIFF) /* What stands behind its last byte is no part of its own. */
        fg_afcp_read(reading, container->file, "container:trailer");
    read_faults(reading, container);
}

static void
free_finding(gpointer finding)
{
    fg_finding_free(finding);
}

static void
free_personal(gpointer personal)
{
    fg_personal_free(personal);
}

/* What a carrier says by itself, for those who leave each as it was. */
static void
take_carrier(FgCarrier *carrier, FgSaid *said, const FgReading *reading)
{
    carrier->rights = g_steal_pointer(&said->rights);
    carrier->facts = g_steal_pointer(&said->facts);
    if (carrier->rights)
        carrier->rights->as_found = TRUE;
    if (carrier->facts)
        fg_facts_drop_coordinates(carrier->facts);
    /* What only a packet can say is told of the whole reading. */
    if (!carrier->rights || said != &reading->said[FG_SAYS_XMP])
        return;
    const FgRights *rights = reading->metadata->rights;
    carrier->rights->marked = reading->marked < 0 ? FG_MARKED_UNSTATED : rights->marked;
    carrier->rights->data_mining = g_strdup(rights->data_mining);
    carrier->rights->digital_source = g_strdup(rights->digital_source);
}

static void
free_rights(gpointer rights)
{
    fg_rights_free(rights);
}

static const FgReaders readers = {
    .block = {[FG_BLOCK_EXIF] = fg_exif_read,
              [FG_BLOCK_XMP] = fg_xmp_read,
              [FG_BLOCK_IIM] = fg_iptc_read,
              [FG_BLOCK_IRB] = fg_irb_read,
              [FG_BLOCK_ANY] = fg_scan},
    .container = fg_reading_container,
};

static FgMetadata *
read_all(const FgContainer *container, GPtrArray *pictures)
{
    FgMetadata *metadata = g_new0(FgMetadata, 1);
    metadata->marked = -1;
    metadata->orientation = 1;
    metadata->personal = g_ptr_array_new_with_free_func(free_personal);
    metadata->findings = g_ptr_array_new_with_free_func(free_finding);
    guint pieces = FG_READING_PIECES;
    GPtrArray *blocks = g_ptr_array_new_with_free_func(free_rights);
    GPtrArray *inner = g_ptr_array_new_with_free_func(fg_inner_free);
    FgReading reading = {
        .readers = &readers,
        .metadata = metadata,
        .within = "",
        .pieces = &pieces,
        .marked = -1,
        .irb_flag = -1,
        .pictures = pictures,
        .blocks = blocks,
        .inner = inner,
    };
    fg_reading_container(&reading, container);
    fg_reconcile(&reading);
    fg_reading_judge(&reading, container);
    take_carrier(&metadata->exif, &reading.said[FG_SAYS_EXIF], &reading);
    take_carrier(&metadata->iptc, &reading.said[FG_SAYS_IPTC], &reading);
    take_carrier(&metadata->xmp, &reading.said[FG_SAYS_XMP], &reading);
    take_carrier(&metadata->png, &reading.said[FG_SAYS_PNG], &reading);
    g_ptr_array_unref(blocks);
    g_ptr_array_unref(inner);
    fg_reading_clear(&reading);
    return metadata;
}

FgMetadata *
fg_metadata_read(const FgContainer *container)
{
    return read_all(container, NULL);
}

static void
free_picture(gpointer data)
{
    FgPicture *picture = data;
    g_free(picture->where);
    g_bytes_unref(picture->bytes);
    g_free(picture);
}

GPtrArray *
fg_metadata_pictures(const FgContainer *container)
{
    GPtrArray *pictures = g_ptr_array_new_with_free_func(free_picture);
    fg_metadata_free(read_all(container, pictures));
    return pictures;
}

static void
clear_carrier(FgCarrier *carrier)
{
    g_free(carrier->notice);
    g_strfreev(carrier->creators);
    g_free(carrier->credit);
    fg_rights_free(carrier->rights);
    fg_facts_free(carrier->facts);
}

void
fg_metadata_free(FgMetadata *metadata)
{
    if (!metadata)
        return;
    clear_carrier(&metadata->exif);
    clear_carrier(&metadata->iptc);
    clear_carrier(&metadata->xmp);
    clear_carrier(&metadata->png);
    fg_rights_free(metadata->rights);
    fg_facts_free(metadata->facts);
    g_free(metadata->data_mining);
    g_ptr_array_unref(metadata->personal);
    g_ptr_array_unref(metadata->findings);
    g_free(metadata);
}
