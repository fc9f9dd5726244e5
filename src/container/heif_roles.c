/* heif_roles.c: which items of a HEIF file a decoder needs for the picture, and what the others are. */
#include "container/bmff_private.h"

#include <string.h>

#define DIMG FG_FOURCC('d', 'i', 'm', 'g')
#define AUXL FG_FOURCC('a', 'u', 'x', 'l')
#define THMB FG_FOURCC('t', 'h', 'm', 'b')
#define CDSC FG_FOURCC('c', 'd', 's', 'c')
#define EXIF FG_FOURCC('E', 'x', 'i', 'f')
#define MIME FG_FOURCC('m', 'i', 'm', 'e')
#define URI FG_FOURCC('u', 'r', 'i', ' ')

/* References by the item that they start from: guint32 -> GPtrArray of FgHeifReference. */
static GHashTable *
references_by_source(const FgHeif *heif)
{
    GHashTable *table =
        g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < heif->references->len; i++) {
        FgHeifReference *reference = heif->references->pdata[i];
        GPtrArray *list = g_hash_table_lookup(table, GUINT_TO_POINTER(reference->from));
        if (!list) {
            list = g_ptr_array_new();
            g_hash_table_insert(table, GUINT_TO_POINTER(reference->from), list);
        }
        g_ptr_array_add(list, reference);
    }
    return table;
}

/* Puts an item and all that it is derived from, tiles of a grid say, into `reached`. */
static void
reach(const FgHeif *heif, GHashTable *sources, GHashTable *reached, FgHeifItem *first)
{
    g_autoptr(GPtrArray) queue = g_ptr_array_new();
    g_ptr_array_add(queue, first);
    while (queue->len) {
        FgHeifItem *item = g_ptr_array_steal_index_fast(queue, queue->len - 1);
        if (!g_hash_table_add(reached, item))
            continue;
        GPtrArray *list = g_hash_table_lookup(sources, GUINT_TO_POINTER(item->id));
        for (guint i = 0; list && i < list->len; i++) {
            const FgHeifReference *reference = list->pdata[i];
            for (guint j = 0; reference->type == DIMG && j < reference->to->len; j++) {
                FgHeifItem *input = fg_heif_item(heif, g_array_index(reference->to, guint32, j));
                if (input && !g_hash_table_contains(reached, input))
                    g_ptr_array_add(queue, input);
            }
        }
    }
}

static gboolean
is_alpha(const FgHeif *heif, const FgHeifItem *item, const FgContainer *container)
{
    static const char *const alphas[] = {"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
                                         "urn:mpeg:hevc:2015:auxid:1", "urn:mpeg:avc:2015:auxid:1"};
    const FgBox *box = fg_heif_property(heif, item, FG_FOURCC('a', 'u', 'x', 'C'));
    if (!box || !container)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(alphas); i++) {
        FgCursor at = box->body;
        if (fg_cursor_skip(&at, 4) && fg_cursor_match(&at, alphas[i], strlen(alphas[i]) + 1))
            return TRUE;
    }
    return FALSE;
}

static gboolean
refers_to_any(const FgHeif *heif, const FgHeifReference *reference, GHashTable *items)
{
    for (guint i = 0; i < reference->to->len; i++) {
        FgHeifItem *item = fg_heif_item(heif, g_array_index(reference->to, guint32, i));
        if (item && g_hash_table_contains(items, item))
            return TRUE;
    }
    return FALSE;
}

/* The primary item, what it is made of, and the alpha planes of these. */
static GHashTable *
find_picture(const FgHeif *heif, GHashTable *sources, const FgContainer *container)
{
    GHashTable *picture = g_hash_table_new(g_direct_hash, g_direct_equal);
    reach(heif, sources, picture, fg_heif_item(heif, heif->primary));
    for (guint i = 0; i < heif->references->len; i++) {
        const FgHeifReference *reference = heif->references->pdata[i];
        FgHeifItem *from = fg_heif_item(heif, reference->from);
        if (reference->type == AUXL && from && is_alpha(heif, from, container) &&
            refers_to_any(heif, reference, picture))
            reach(heif, sources, picture, from);
    }
    return picture;
}

/* An item of metadata speaks of the picture unless it says that it speaks of something else only. */
static gboolean
describes_picture(const FgHeif *heif, GPtrArray *references, GHashTable *picture)
{
    gboolean of_others = FALSE;
    for (guint i = 0; references && i < references->len; i++) {
        const FgHeifReference *reference = references->pdata[i];
        if (reference->type != CDSC)
            continue;
        if (refers_to_any(heif, reference, picture))
            return TRUE;
        of_others = TRUE;
    }
    return !of_others;
}

static FgPartKind
kind_of(const FgHeif *heif, const FgHeifItem *item, GPtrArray *references, GHashTable *picture)
{
    gboolean xmp = item->type == MIME && !g_strcmp0(item->content_type, "application/rdf+xml");
    if (item->type == EXIF || xmp) {
        if (!describes_picture(heif, references, picture))
            return FG_PART_AUXILIARY;
        return xmp ? FG_PART_XMP : FG_PART_EXIF;
    }
    if (item->type == MIME || item->type == URI || !item->infe.length)
        return FG_PART_PRIVATE;
    for (guint i = 0; references && i < references->len; i++)
        if (((const FgHeifReference *)references->pdata[i])->type == THMB)
            return FG_PART_THUMBNAIL;
    return FG_PART_AUXILIARY;
}

/* Every item that is no input of another one is a part; then every one that is still left, which happens when
 * items are made of each other in a circle. */
static void
assign_parts(FgHeif *heif, GHashTable *sources, GHashTable *picture)
{
    g_autoptr(GHashTable) inputs = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_autoptr(GHashTable) reached = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (guint i = 0; i < heif->references->len; i++) {
        const FgHeifReference *reference = heif->references->pdata[i];
        for (guint j = 0; reference->type == DIMG && j < reference->to->len; j++)
            g_hash_table_add(inputs, GUINT_TO_POINTER(g_array_index(reference->to, guint32, j)));
    }
    for (guint pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < heif->items->len; i++) {
            FgHeifItem *item = heif->items->pdata[i];
            if (item->role == FG_ROLE_PICTURE || g_hash_table_contains(reached, item) ||
                (pass == 0 && g_hash_table_contains(inputs, GUINT_TO_POINTER(item->id))))
                continue;
            item->role = FG_ROLE_PART;
            item->kind =
                kind_of(heif, item, g_hash_table_lookup(sources, GUINT_TO_POINTER(item->id)), picture);
            reach(heif, sources, reached, item);
        }
    }
}

void
fg_heif_assign_roles(FgHeif *heif, const FgContainer *container)
{
    g_autoptr(GHashTable) sources = references_by_source(heif);
    g_autoptr(GHashTable) picture = find_picture(heif, sources, container);
    GHashTableIter walk;
    gpointer item;
    g_hash_table_iter_init(&walk, picture);
    while (g_hash_table_iter_next(&walk, &item, NULL))
        ((FgHeifItem *)item)->role = FG_ROLE_PICTURE;
    assign_parts(heif, sources, picture);
}

gboolean
fg_heif_property_is_plain(guint32 type)
{
    static const char plain[] =
        "ispe pixi pasp colr hvcC av1C avcC vvcC evcC jpgC j2kH uncC cmpd irot imir clap auxC "
        "lsel a1op a1lx clli mdcv cclv amve rloc tols oinf lhvC reve ndwt iscl rrtp free skip ";
    g_autofree char *name = fg_box_name(type);
    return strstr(plain, name) != NULL && !strchr(name, ' ');
}

char *
fg_heif_where_item(const FgHeifItem *item)
{
    return g_strdup_printf("item %u", item->id);
}

char *
fg_heif_where_name(const FgHeifItem *item)
{
    return g_strdup_printf("name of item %u", item->id);
}

char *
fg_heif_where_property(guint index)
{
    return g_strdup_printf("property %u", index);
}

char *
fg_heif_where_box(const FgBox *box)
{
    g_autofree char *name = fg_box_name(box->type);
    return g_strdup_printf("box %s at %" G_GUINT64_FORMAT, name, box->span.offset);
}

char *
fg_heif_where_span(FgSpan span)
{
    return g_strdup_printf("bytes %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT, span.offset,
                           span.offset + span.length);
}

GBytes *
fg_heif_item_bytes(const FgContainer *container, const FgHeifItem *item)
{
    if (item->broken || !item->extents->len)
        return NULL;
    const FgSpan *first = &g_array_index(item->extents, FgSpan, 0);
    if (item->extents->len == 1)
        return g_bytes_new_from_bytes(container->file, (gsize)first->offset, (gsize)first->length);
    guint64 total = 0;
    for (guint i = 0; i < item->extents->len; i++)
        total += g_array_index(item->extents, FgSpan, i).length;
    if (total > FG_BLOCK_CEILING)
        return NULL;
    GByteArray *joined = g_byte_array_sized_new((guint)total);
    for (guint i = 0; i < item->extents->len; i++) {
        const FgSpan *extent = &g_array_index(item->extents, FgSpan, i);
        fg_put_span(joined, container, extent->offset, extent->length);
    }
    return g_byte_array_free_to_bytes(joined);
}

GArray *
fg_heif_orphans(const FgHeif *heif, const FgContainer *container, gboolean sequence)
{
    g_autoptr(GArray) homes = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    g_autoptr(GArray) used = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    for (guint i = 0; !sequence && i < heif->boxes->len; i++) {
        const FgBox *box = &g_array_index(heif->boxes, FgBox, i);
        FgSpan body = {box->body.offset, fg_cursor_left(&box->body)};
        if (box->type == FG_FOURCC('m', 'd', 'a', 't'))
            g_array_append_val(homes, body);
    }
    if (heif->idat.length)
        g_array_append_val(homes, heif->idat);
    for (guint i = 0; i < heif->items->len; i++) {
        const FgHeifItem *item = heif->items->pdata[i];
        g_array_append_vals(used, item->extents->data, item->extents->len);
    }
    fg_spans_tidy(homes);
    fg_spans_tidy(used);
    GArray *orphans = fg_spans_minus(homes, used);
    guint kept = 0;
    for (guint i = 0; i < orphans->len; i++) {
        FgSpan span = g_array_index(orphans, FgSpan, i);
        if (span.length > 16 && fg_span_holds_data(container, span))
            g_array_index(orphans, FgSpan, kept++) = span;
    }
    g_array_set_size(orphans, kept);
    return orphans;
}
