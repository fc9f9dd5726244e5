/* heif_model.c: the meta box of a HEIF file understood: items, where they lie, what they refer to and what
 * properties they have (ISO/IEC 23008-12, ISO/IEC 14496-12 §8.11). */
#include "container/bmff_private.h"

static void
item_free(FgHeifItem *item)
{
    g_free(item->name);
    g_free(item->content_type);
    g_array_unref(item->extents);
    g_array_unref(item->properties);
    g_free(item);
}

static void
reference_free(FgHeifReference *reference)
{
    g_array_unref(reference->to);
    g_free(reference);
}

void
fg_heif_free(FgHeif *heif)
{
    if (!heif)
        return;
    g_array_unref(heif->boxes);
    g_array_unref(heif->children);
    g_array_unref(heif->properties);
    g_hash_table_unref(heif->by_id);
    g_ptr_array_unref(heif->items);
    g_ptr_array_unref(heif->references);
    g_free(heif);
}

static FgHeif *
heif_new(void)
{
    FgHeif *heif = g_new0(FgHeif, 1);
    heif->boxes = g_array_new(FALSE, FALSE, sizeof(FgBox));
    heif->children = g_array_new(FALSE, FALSE, sizeof(FgBox));
    heif->properties = g_array_new(FALSE, FALSE, sizeof(FgBox));
    heif->items = g_ptr_array_new_with_free_func((GDestroyNotify)item_free);
    heif->references = g_ptr_array_new_with_free_func((GDestroyNotify)reference_free);
    heif->by_id = g_hash_table_new(g_direct_hash, g_direct_equal);
    return heif;
}

FgHeifItem *
fg_heif_item(const FgHeif *heif, guint32 id)
{
    return g_hash_table_lookup(heif->by_id, GUINT_TO_POINTER(id));
}

static FgHeifItem *
item_get(FgHeif *heif, guint32 id)
{
    FgHeifItem *item = fg_heif_item(heif, id);
    if (item)
        return item;
    item = g_new0(FgHeifItem, 1);
    item->id = id;
    item->extents = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    item->properties = g_array_new(FALSE, FALSE, sizeof(guint16));
    g_ptr_array_add(heif->items, item);
    g_hash_table_insert(heif->by_id, GUINT_TO_POINTER(id), item);
    return item;
}

/* An id of 16 bits, or of 32 with a later version of its box. */
static gboolean
read_id(FgCursor *at, gboolean wide, guint32 *id)
{
    guint16 narrow;
    if (wide)
        return fg_cursor_u32(at, id);
    if (!fg_cursor_u16(at, &narrow))
        return FALSE;
    *id = narrow;
    return TRUE;
}

/* A number of 0, 4 or 8 bytes, as iloc has them. */
static gboolean
read_sized(FgCursor *at, guint size, guint64 *value)
{
    guint32 narrow = 0;
    if (size == 8)
        return fg_cursor_u64(at, value);
    if (size == 4 && !fg_cursor_u32(at, &narrow))
        return FALSE;
    *value = narrow;
    return size == 0 || size == 4;
}

/* A NUL-terminated text; one that the box ends before its NUL counts too. */
static char *
read_text(FgCursor *at)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint8 letter;
    while (fg_cursor_u8(at, &letter) && letter)
        g_string_append_c(text, (char)letter);
    return g_strdup(text->str);
}

static gboolean
read_infe(FgHeif *heif, const FgBox *box)
{
    FgCursor at = box->body;
    guint8 version;
    guint32 flags, id, type;
    guint16 protection;
    if (!fg_box_full(&at, &version, &flags) || version < 2 || version > 3 ||
        !read_id(&at, version == 3, &id) || !fg_cursor_u16(&at, &protection) || !fg_cursor_u32(&at, &type))
        return FALSE;
    FgHeifItem *item = item_get(heif, id);
    if (item->infe.length)
        return FALSE; /* One id twice. */
    item->infe = box->span;
    item->version = version;
    item->flags = flags;
    item->protection = protection;
    item->type = type;
    item->name = read_text(&at);
    if (type == FG_FOURCC('m', 'i', 'm', 'e') || type == FG_FOURCC('u', 'r', 'i', ' '))
        item->content_type = read_text(&at);
    return TRUE;
}

static gboolean
read_iinf(FgHeif *heif, FgContainer *container, FgCursor at)
{
    guint32 flags, count;
    if (!fg_box_full(&at, &heif->iinf_version, &flags) || !read_id(&at, heif->iinf_version > 0, &count))
        return fg_fault(container, "the item list is cut short");
    FgBox box;
    while (fg_box_next(&at, &box))
        if (box.type == FG_FOURCC('i', 'n', 'f', 'e') && !read_infe(heif, &box))
            fg_fault(container, "the item entry at %" G_GUINT64_FORMAT " makes no sense", box.span.offset);
    return !fg_cursor_left(&at) || fg_fault(container, "the item list is cut short");
}

typedef struct {
    guint offset, length, base, index; /* sizes in bytes */
} LocationSizes;

/* Turns an extent as stated into a stretch of the file; one that does not lie in it makes the item broken. */
static void
add_extent(const FgHeif *heif, FgHeifItem *item, gsize file_length, guint64 offset, guint64 length)
{
    FgSpan home = item->method == 1 ? heif->idat : (FgSpan){0, file_length};
    if (offset > home.length || length > home.length - offset) {
        item->broken = TRUE;
        return;
    }
    /* No length means: to the end. */
    FgSpan extent = {home.offset + offset, length ? length : home.length - offset};
    g_array_append_val(item->extents, extent);
}

static gboolean
read_location(FgHeif *heif, gsize file_length, FgCursor *at, const LocationSizes *sizes)
{
    guint32 id;
    guint16 method = 0, reference, count;
    guint64 base;
    if (!read_id(at, heif->iloc_version == 2, &id) ||
        (heif->iloc_version > 0 && !fg_cursor_u16(at, &method)) || !fg_cursor_u16(at, &reference) ||
        !read_sized(at, sizes->base, &base) || !fg_cursor_u16(at, &count))
        return FALSE;
    if (!(sizes->offset + sizes->length + sizes->index))
        count = MIN(count, 1); /* Extents that take no bytes would come without end. */
    FgHeifItem *item = item_get(heif, id);
    gboolean again = item->located;
    item->located = TRUE;
    item->method = method & 15;
    item->reference = reference;
    for (guint i = 0; i < count; i++) {
        guint64 index, offset, length;
        if (!read_sized(at, sizes->index, &index) || !read_sized(at, sizes->offset, &offset) ||
            !read_sized(at, sizes->length, &length))
            return FALSE;
        if (again || item->method > 1 || reference || offset > G_MAXUINT64 - base)
            item->broken = TRUE;
        else
            add_extent(heif, item, file_length, base + offset, length);
    }
    return TRUE;
}

static gboolean
read_iloc(FgHeif *heif, FgContainer *container, FgCursor at)
{
    guint8 first, second;
    guint32 flags, count;
    if (!fg_box_full(&at, &heif->iloc_version, &flags) || heif->iloc_version > 2 ||
        !fg_cursor_u8(&at, &first) || !fg_cursor_u8(&at, &second) ||
        !read_id(&at, heif->iloc_version == 2, &count))
        return fg_fault(container, "the list of item locations makes no sense");
    LocationSizes sizes = {first >> 4, first & 15, second >> 4, heif->iloc_version ? second & 15 : 0};
    for (guint32 i = 0; i < count; i++)
        if (!read_location(heif, g_bytes_get_size(container->file), &at, &sizes))
            return fg_fault(container, "item location %u of %u makes no sense", i + 1, count);
    return TRUE;
}

static gboolean
read_iref(FgHeif *heif, FgContainer *container, FgCursor at)
{
    guint32 flags;
    FgBox box;
    if (!fg_box_full(&at, &heif->iref_version, &flags))
        return fg_fault(container, "the item references are cut short");
    while (fg_box_next(&at, &box)) {
        guint32 from, to;
        guint16 count;
        gboolean wide = heif->iref_version > 0;
        if (heif->references->len >= FG_BOX_CEILING)
            return fg_fault(container, "there are more than %u item references", FG_BOX_CEILING);
        if (!read_id(&box.body, wide, &from) || !fg_cursor_u16(&box.body, &count))
            return fg_fault(container, "an item reference is cut short");
        FgHeifReference *reference = g_new0(FgHeifReference, 1);
        reference->type = box.type;
        reference->from = from;
        reference->to = g_array_new(FALSE, FALSE, sizeof(guint32));
        g_ptr_array_add(heif->references, reference);
        for (guint i = 0; i < count && read_id(&box.body, wide, &to); i++)
            g_array_append_val(reference->to, to);
        if (reference->to->len < count)
            return fg_fault(container, "an item reference names %u items, %u are there", count,
                            reference->to->len);
    }
    return TRUE;
}

static gboolean
read_ipma(FgHeif *heif, FgContainer *container, FgCursor at)
{
    guint32 count;
    if (!fg_box_full(&at, &heif->ipma_version, &heif->ipma_flags) || !fg_cursor_u32(&at, &count))
        return fg_fault(container, "the property associations are cut short");
    for (guint32 i = 0; i < count; i++) {
        guint32 id;
        guint8 associations;
        if (!read_id(&at, heif->ipma_version > 0, &id) || !fg_cursor_u8(&at, &associations))
            return fg_fault(container, "the property associations are cut short");
        for (guint j = 0; j < associations; j++) {
            guint8 narrow = 0;
            guint16 index = 0;
            if (!(heif->ipma_flags & 1 ? fg_cursor_u16(&at, &index) : fg_cursor_u8(&at, &narrow)))
                return fg_fault(container, "the property associations are cut short");
            if (!(heif->ipma_flags & 1))
                index = (guint16)((narrow & 0x80) << 8 | (narrow & 0x7f));
            FgHeifItem *item = fg_heif_item(heif, id);
            if (item)
                g_array_append_val(item->properties, index);
        }
    }
    return TRUE;
}

static gboolean
read_boxes(FgContainer *container, FgCursor *at, GArray *boxes, const char *in)
{
    FgBox box;
    while (boxes->len < FG_BOX_CEILING && fg_box_next(at, &box))
        g_array_append_val(boxes, box);
    if (!fg_cursor_left(at))
        return TRUE;
    return fg_fault(container, "at %zu in %s is no whole box", at->offset, in);
}

static void
read_iprp(FgHeif *heif, FgContainer *container, FgCursor at)
{
    FgBox box;
    while (fg_box_next(&at, &box)) {
        if (box.type == FG_FOURCC('i', 'p', 'c', 'o') && !heif->properties->len)
            read_boxes(container, &box.body, heif->properties, "the properties");
        else if (box.type == FG_FOURCC('i', 'p', 'm', 'a'))
            read_ipma(heif, container, box.body);
    }
}

static const FgBox *
find_child(const FgHeif *heif, guint32 type)
{
    for (guint i = 0; i < heif->children->len; i++)
        if (g_array_index(heif->children, FgBox, i).type == type)
            return &g_array_index(heif->children, FgBox, i);
    return NULL;
}

/* The children of meta depend on one another, but stand in any order. */
static gboolean
read_meta(FgHeif *heif, FgContainer *container, const FgBox *meta, GError **error)
{
    guint8 version;
    guint32 flags;
    FgCursor at = meta->body;
    heif->meta = meta->span;
    if (!fg_box_full(&at, &version, &flags))
        return fg_throw(error, FG_ERROR_MALFORMED, "the meta box is cut short");
    read_boxes(container, &at, heif->children, "the meta box");

    const FgBox *box = find_child(heif, FG_FOURCC('i', 'd', 'a', 't'));
    if (box)
        heif->idat = (FgSpan){box->body.offset, fg_cursor_left(&box->body)};
    if ((box = find_child(heif, FG_FOURCC('i', 'i', 'n', 'f'))))
        read_iinf(heif, container, box->body);
    if ((box = find_child(heif, FG_FOURCC('i', 'l', 'o', 'c'))))
        read_iloc(heif, container, box->body);
    if ((box = find_child(heif, FG_FOURCC('i', 'r', 'e', 'f'))))
        read_iref(heif, container, box->body);
    if ((box = find_child(heif, FG_FOURCC('i', 'p', 'r', 'p'))))
        read_iprp(heif, container, box->body);
    if (!find_child(heif, FG_FOURCC('i', 'i', 'n', 'f')) || !find_child(heif, FG_FOURCC('i', 'l', 'o', 'c')))
        return fg_throw(error, FG_ERROR_MALFORMED, "the file does not list its items");
    box = find_child(heif, FG_FOURCC('p', 'i', 't', 'm'));
    at = box ? box->body : (FgCursor){0};
    if (!box || !fg_box_full(&at, &version, &flags) || !read_id(&at, version > 0, &heif->primary) ||
        !fg_heif_item(heif, heif->primary))
        return fg_throw(error, FG_ERROR_MALFORMED, "the file names no primary picture");
    return TRUE;
}

FgHeif *
fg_heif_parse(FgContainer *container, GError **error)
{
    g_autoptr(FgHeif) heif = heif_new();
    FgCursor at = fg_cursor_bytes(container->file, FG_BIG_ENDIAN);
    FgBox box, meta = {0};
    while (heif->boxes->len < FG_BOX_CEILING && fg_box_next(&at, &box)) {
        g_array_append_val(heif->boxes, box);
        heif->has_moov |= box.type == FG_FOURCC('m', 'o', 'o', 'v');
        heif->has_moof |= box.type == FG_FOURCC('m', 'o', 'o', 'f');
        if (box.type == FG_FOURCC('m', 'e', 't', 'a') && !meta.type)
            meta = box;
    }
    heif->end = at.offset;
    if (!meta.type)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "there is no whole meta box");
    if (!read_meta(heif, container, &meta, error))
        return NULL;
    fg_heif_assign_roles(heif, container);
    return g_steal_pointer(&heif);
}

const FgBox *
fg_heif_property(const FgHeif *heif, const FgHeifItem *item, guint32 type)
{
    for (guint i = 0; i < item->properties->len; i++) {
        guint index = g_array_index(item->properties, guint16, i) & 0x7fff;
        if (index < 1 || index > heif->properties->len)
            continue;
        const FgBox *box = &g_array_index(heif->properties, FgBox, index - 1);
        if (box->type == type)
            return box;
    }
    return NULL;
}
