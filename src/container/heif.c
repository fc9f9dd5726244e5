/* heif.c: HEIC and AVIF read: the items of ISO/IEC 23008-12 as parts, with the Exif and XMP items of its
 * Annex A and the boxes around them in which things may hide. */
#include "container/bmff_private.h"

#include <string.h>

/* A part that is a whole box, or the body of one. Videos and free space can be larger than a block may be,
 * but a slice costs nothing. */
static FgPart *
add_box(FgContainer *container, FgPartKind kind, const FgBox *box, GError **error)
{
    FgPart *part =
        fg_part_add(container, kind, box->span.offset, box->span.length, fg_heif_where_box(box), error);
    if (!part)
        return NULL;
    part->bytes =
        g_bytes_new_from_bytes(container->file, box->body.offset, box->body.length - box->body.offset);
    part->name = fg_box_name(box->type);
    return part;
}

/* `behind` is where the last box that the picture needs ends. */
static gboolean
add_outer_box(FgContainer *container, FgBox box, guint64 behind, gboolean is_meta, GError **error)
{
    FgSpan body = {box.body.offset, fg_cursor_left(&box.body)};
    switch (box.type) {
    case FG_FOURCC('f', 't', 'y', 'p'):
        return fg_part_add_picture(container, box.span.offset, box.span.length, "ftyp", error);
    case FG_FOURCC('m', 'd', 'a', 't'):
        return TRUE;
    case FG_FOURCC('f', 'r', 'e', 'e'):
    case FG_FOURCC('s', 'k', 'i', 'p'):
    case FG_FOURCC('w', 'i', 'd', 'e'):
        return !fg_span_holds_data(container, body) || add_box(container, FG_PART_PRIVATE, &box, error);
    case FG_FOURCC('u', 'u', 'i', 'd'): {
        FgPartKind kind = fg_box_uuid_kind(&box.body);
        return add_box(container, kind, &box, error) != NULL;
    }
    case FG_FOURCC('m', 'o', 'o', 'v'):
    case FG_FOURCC('m', 'o', 'o', 'f'):
        return add_box(container, FG_PART_AUXILIARY, &box, error) != NULL;
    default:
        return is_meta || add_box(container, box.span.offset >= behind ? FG_PART_TRAILER : FG_PART_PRIVATE,
                                  &box, error) != NULL;
    }
}

static gboolean
add_outer_boxes(FgContainer *container, const FgHeif *heif, GError **error)
{
    guint64 behind = heif->meta.offset + heif->meta.length;
    for (guint i = 0; i < heif->boxes->len; i++) {
        const FgBox *box = &g_array_index(heif->boxes, FgBox, i);
        if (box->type == FG_FOURCC('m', 'd', 'a', 't'))
            behind = MAX(behind, box->span.offset + box->span.length);
    }
    for (guint i = 0; i < heif->boxes->len; i++) {
        FgBox box = g_array_index(heif->boxes, FgBox, i);
        if (!add_outer_box(container, box, behind, box.span.offset == heif->meta.offset, error))
            return FALSE;
    }
    return TRUE;
}

/* Boxes in meta that the standard does not put there. */
static gboolean
add_inner_boxes(FgContainer *container, const FgHeif *heif, GError **error)
{
    static const char known[] = "hdlr dinf pitm iinf iloc iref iprp idat grpl ipro";
    for (guint i = 0; i < heif->children->len; i++) {
        FgBox box = g_array_index(heif->children, FgBox, i);
        g_autofree char *name = fg_box_name(box.type);
        FgSpan body = {box.body.offset, fg_cursor_left(&box.body)};
        gboolean space = g_str_equal(name, "free") || g_str_equal(name, "skip");
        if (strstr(known, name) || (space && !fg_span_holds_data(container, body)))
            continue;
        FgPartKind kind =
            box.type == FG_FOURCC('u', 'u', 'i', 'd') ? fg_box_uuid_kind(&box.body) : FG_PART_PRIVATE;
        if (!add_box(container, kind, &box, error))
            return FALSE;
    }
    return TRUE;
}

/* The TIFF stream of an Exif item: it begins with its own offset, and some writers put Exif\0\0 before it
 * (ISO/IEC 23008-12 §A.2.1). */
static GBytes *
exif_payload(GBytes *item)
{
    FgCursor at = fg_cursor_bytes(item, FG_BIG_ENDIAN);
    guint32 offset;
    if (!fg_cursor_u32(&at, &offset) || !fg_cursor_skip(&at, offset))
        return NULL;
    fg_cursor_match(&at, "Exif\0\0", 6);
    return fg_cursor_slice(&at, item);
}

static char *
item_title(const FgHeif *heif, const FgHeifItem *item)
{
    const FgBox *aux = fg_heif_property(heif, item, FG_FOURCC('a', 'u', 'x', 'C'));
    if (item->kind == FG_PART_AUXILIARY && aux) {
        FgCursor at = aux->body;
        g_autoptr(GString) urn = g_string_new(NULL);
        guint8 letter;
        for (fg_cursor_skip(&at, 4);
             fg_cursor_u8(&at, &letter) && g_ascii_isprint((char)letter) && urn->len < 200;)
            g_string_append_c(urn, (char)letter);
        return g_strdup(urn->str);
    }
    if (item->type == FG_FOURCC('t', 'm', 'a', 'p'))
        return g_strdup("gain map");
    return item->content_type && *item->content_type ? g_strdup(item->content_type) : fg_box_name(item->type);
}

static gboolean
add_item(FgContainer *container, const FgHeif *heif, const FgHeifItem *item, GError **error)
{
    guint64 length = 0;
    for (guint i = 0; i < item->extents->len; i++)
        length += g_array_index(item->extents, FgSpan, i).length;
    guint64 offset = item->extents->len ? g_array_index(item->extents, FgSpan, 0).offset : item->infe.offset;
    gboolean metadata = item->kind == FG_PART_EXIF || item->kind == FG_PART_XMP;
    if (metadata && length > FG_BLOCK_CEILING)
        return fg_throw(error, FG_ERROR_LIMIT, "item %u holds %" G_GUINT64_FORMAT " bytes, the limit is %zu",
                        item->id, length, FG_BLOCK_CEILING);
    if (metadata && (item->broken || !item->extents->len))
        fg_fault(container, "the data of item %u is not there", item->id);
    FgPart *part = fg_part_add(container, item->kind, offset, length, fg_heif_where_item(item), error);
    if (!part)
        return FALSE;
    part->bytes = fg_heif_item_bytes(container, item);
    if (item->kind == FG_PART_EXIF && part->bytes) {
        GBytes *whole = part->bytes;
        part->bytes = exif_payload(whole);
        g_bytes_unref(whole);
        if (!part->bytes)
            fg_fault(container, "the Exif of item %u is cut short", item->id);
    }
    if (!metadata)
        part->name = item_title(heif, item);
    return TRUE;
}

/* What encoders call the items of every picture tells nothing. */
static gboolean
is_stock_name(const char *name)
{
    static const char *const stock[] = {"",           "Color", "Alpha",           "Exif", "XMP", "Image",
                                        "HEVC Image", "GMap",  "Alpha Auxiliary", NULL};
    return !name || g_strv_contains(stock, name);
}

static gboolean
add_items(FgContainer *container, const FgHeif *heif, GError **error)
{
    g_autoptr(GArray) picture = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    for (guint i = 0; i < heif->items->len; i++) {
        const FgHeifItem *item = heif->items->pdata[i];
        if (item->role == FG_ROLE_PICTURE) {
            g_array_append_vals(picture, item->extents->data, item->extents->len);
            if (item->broken)
                fg_fault(container, "the data of item %u lies outside of the file", item->id);
            container->complete &= !item->broken;
        } else if (item->role == FG_ROLE_PART && !add_item(container, heif, item, error)) {
            return FALSE;
        }
        if (is_stock_name(item->name))
            continue;
        FgPart *part = fg_part_add(container, FG_PART_PRIVATE, item->infe.offset, item->infe.length,
                                   fg_heif_where_name(item), error);
        if (!part)
            return FALSE;
        part->name = g_strdup("item name");
        part->bytes = g_bytes_new(item->name, strlen(item->name));
    }
    fg_spans_tidy(picture);
    for (guint i = 0; i < picture->len; i++) {
        FgSpan span = g_array_index(picture, FgSpan, i);
        if (!fg_part_add_picture(container, span.offset, span.length, NULL, error))
            return FALSE;
        container->complete &= span.offset + span.length <= heif->end;
    }
    container->complete &= picture->len > 0;
    return TRUE;
}

/* Colour profiles, the primary picture's first; and properties that speak of more than the picture. */
static gboolean
add_properties(FgContainer *container, const FgHeif *heif, GError **error)
{
    g_autoptr(GPtrArray) profiles = g_ptr_array_new();
    for (guint i = 0; i < heif->properties->len; i++) {
        const FgBox *box = &g_array_index(heif->properties, FgBox, i);
        FgCursor at = box->body;
        FgPart *part = NULL;
        if (fg_cursor_match(&at, "prof", 4) || fg_cursor_match(&at, "rICC", 4)) {
            if (box->type != FG_FOURCC('c', 'o', 'l', 'r'))
                continue;
            g_autoptr(GBytes) icc = g_bytes_new_from_bytes(container->file, at.offset, fg_cursor_left(&at));
            gboolean known = FALSE;
            for (guint j = 0; j < profiles->len; j++)
                known |= g_bytes_equal(profiles->pdata[j], icc);
            if (known)
                continue;
            part = fg_part_add(container, FG_PART_ICC, box->span.offset, box->span.length,
                               fg_heif_where_property(i + 1), error);
            if (part)
                g_ptr_array_add(profiles, part->bytes = g_steal_pointer(&icc));
        } else if (!fg_heif_property_is_plain(box->type)) {
            part = fg_part_add(container, FG_PART_PRIVATE, box->span.offset, box->span.length,
                               fg_heif_where_property(i + 1), error);
            if (part) {
                g_autofree char *name = fg_box_name(box->type);
                part->name = g_strdup_printf("property %s", name);
                part->bytes = g_bytes_new_from_bytes(container->file, at.offset, fg_cursor_left(&at));
            }
        } else {
            continue;
        }
        if (!part)
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_orphans(FgContainer *container, const FgHeif *heif, GError **error)
{
    g_autoptr(GArray) orphans = fg_heif_orphans(heif, container, heif->has_moov || heif->has_moof);
    for (guint i = 0; i < orphans->len; i++) {
        FgSpan span = g_array_index(orphans, FgSpan, i);
        FgPart *part = fg_part_add(container, FG_PART_PRIVATE, span.offset, span.length,
                                   fg_heif_where_span(span), error);
        if (!part)
            return FALSE;
        part->name = g_strdup("unreferenced data");
        part->bytes = g_bytes_new_from_bytes(container->file, (gsize)span.offset, (gsize)span.length);
    }
    return TRUE;
}

/* Bytes after the last whole box: a box that is cut, or something that is none. */
static gboolean
add_tail(FgContainer *container, const FgHeif *heif, GError **error)
{
    FgCursor at = fg_cursor_bytes(container->file, FG_BIG_ENDIAN);
    guint32 size, type;
    fg_cursor_seek(&at, heif->end);
    if (fg_cursor_u32(&at, &size) && fg_cursor_u32(&at, &type) &&
        (type == FG_FOURCC('m', 'd', 'a', 't') || type == FG_FOURCC('m', 'e', 't', 'a'))) {
        container->complete = FALSE;
        fg_fault(container, "the box at %" G_GUINT64_FORMAT " claims %u bytes, %zu are left", heif->end, size,
                 fg_cursor_left(&at) + 8);
    }
    return fg_part_add_trailer(container, heif->end, error);
}

/* irot and imir, in the order in which the item names them, as one EXIF orientation: a mirror (left to right)
 * that comes first and quarter turns clockwise. */
static guint8
orientation_of(const FgHeif *heif, const FgHeifItem *item)
{
    static const guint8 numbers[2][4] = {{1, 6, 3, 8}, {2, 7, 4, 5}};
    guint mirror = 0, turns = 0;
    for (guint i = 0; i < item->properties->len; i++) {
        guint index = g_array_index(item->properties, guint16, i) & 0x7fff;
        if (index < 1 || index > heif->properties->len)
            continue;
        FgBox box = g_array_index(heif->properties, FgBox, index - 1);
        guint8 value;
        if (box.type == FG_FOURCC('i', 'r', 'o', 't') && fg_cursor_u8(&box.body, &value)) {
            turns = (turns + 4 - (value & 3)) & 3; /* The property turns anticlockwise. */
        } else if (box.type == FG_FOURCC('i', 'm', 'i', 'r') && fg_cursor_u8(&box.body, &value)) {
            mirror ^= 1;
            turns = ((value & 1 ? 0u : 2u) + 4 - turns) & 3; /* 0 swaps top and bottom, 1 left and right. */
        }
    }
    return numbers[mirror][turns];
}

static void
read_header(FgContainer *container, const FgHeif *heif)
{
    const FgHeifItem *primary = fg_heif_item(heif, heif->primary);
    const FgBox *box = fg_heif_property(heif, primary, FG_FOURCC('i', 's', 'p', 'e'));
    FgCursor at = box ? box->body : (FgCursor){0};
    if (!fg_cursor_skip(&at, 4) || !fg_cursor_u32(&at, &container->width) ||
        !fg_cursor_u32(&at, &container->height))
        fg_fault(container, "the primary picture has no size");
    container->orientation = orientation_of(heif, primary);
    if (!fg_heif_aperture(heif, primary, &container->width, &container->height))
        fg_fault(container, "the clean aperture makes no sense");
    box = fg_heif_property(heif, primary, FG_FOURCC('p', 'i', 'x', 'i'));
    at = box ? box->body : (FgCursor){0};
    if (fg_cursor_skip(&at, 4) && fg_cursor_u8(&at, &container->bands))
        fg_cursor_u8(&at, &container->depth);
    if (fg_heif_is_monochrome(heif, primary))
        container->bands = 1;
}

static int
by_offset(gconstpointer left, gconstpointer right)
{
    const FgPart *a = *(FgPart *const *)left, *b = *(FgPart *const *)right;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

gboolean
fg_heif_read(FgContainer *container, GError **error)
{
    g_autoptr(FgHeif) heif = fg_heif_parse(container, error);
    if (!heif)
        return FALSE;
    container->complete = TRUE;
    read_header(container, heif);
    fg_heif_light(heif, &container->light);
    if (!add_outer_boxes(container, heif, error) || !add_inner_boxes(container, heif, error) ||
        !add_items(container, heif, error) || !add_properties(container, heif, error) ||
        !add_orphans(container, heif, error) || !add_tail(container, heif, error))
        return FALSE;
    g_ptr_array_sort(container->parts, by_offset);
    return TRUE;
}

gboolean
fg_heif_verify(const FgContainer *container, GError **error)
{
    if (container->complete)
        return TRUE;
    const char *fault = container->faults->len ? container->faults->pdata[0] : "the picture has no data";
    return fg_throw(error, FG_ERROR_MALFORMED, "%s", fault);
}
