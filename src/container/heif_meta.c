/* heif_meta.c: the meta box of a HEIF file written again, after items have gone, come or moved. What is not
 * understood here is copied as it is. */
#include "container/bmff_private.h"

#include <string.h>

#define DESCRIBES FG_FOURCC('c', 'd', 's', 'c')

/* Whether an id still means something; ids that never had an item are not ours to judge. */
static gboolean
id_stays(const FgHeifPlan *plan, guint32 id)
{
    const FgHeifItem *item = fg_heif_item(plan->heif, id);
    return !item || fg_heif_fate(plan, item) != FG_FATE_DROP;
}

static void
put_id(GByteArray *out, gboolean wide, guint32 id)
{
    if (wide)
        fg_put_be32(out, id);
    else
        fg_put_be16(out, id);
}

static void
put_box(const FgHeifPlan *plan, GByteArray *out, const FgBox *box)
{
    fg_put_span(out, plan->container, box->span.offset, box->span.length);
}

/* Fills in a count of 16 bits that was written as 0. */
static void
set_be16(GByteArray *out, guint at, guint value)
{
    guint16 ordered = GUINT16_TO_BE((guint16)value);
    memcpy(out->data + at, &ordered, sizeof ordered);
}

static void
set_be32(GByteArray *out, guint at, guint32 value)
{
    guint32 ordered = GUINT32_TO_BE(value);
    memcpy(out->data + at, &ordered, sizeof ordered);
}

static void
put_infe(GByteArray *out, guint version, guint32 flags, guint32 id, guint protection, guint32 type,
         const char *content_type)
{
    guint begun = fg_box_begin_full(out, FG_FOURCC('i', 'n', 'f', 'e'), version, flags);
    put_id(out, version > 2, id);
    fg_put_be16(out, protection);
    fg_put_be32(out, type);
    fg_put_u8(out, 0); /* no name */
    if (content_type) {
        fg_put_text(out, content_type);
        fg_put_u8(out, 0);
    }
    fg_box_end(out, begun);
}

static void
put_iinf(const FgHeifPlan *plan, GByteArray *out)
{
    guint begun = fg_box_begin_full(out, FG_FOURCC('i', 'i', 'n', 'f'), plan->heif->iinf_version, 0);
    guint count_at = out->len, count = 0;
    put_id(out, plan->heif->iinf_version > 0, 0);
    for (guint i = 0; i < plan->heif->items->len; i++) {
        const FgHeifItem *item = plan->heif->items->pdata[i];
        if (!item->infe.length || fg_heif_fate(plan, item) == FG_FATE_DROP)
            continue;
        if (g_hash_table_contains(plan->nameless, item))
            put_infe(out, item->version, item->flags, item->id, item->protection, item->type,
                     item->content_type);
        else
            fg_put_span(out, plan->container, item->infe.offset, item->infe.length);
        count++;
    }
    for (guint i = 0; i < plan->payloads->len; i++) {
        const FgHeifPayload *payload = plan->payloads->pdata[i];
        if (payload->item)
            continue;
        gboolean mime = payload->type == FG_FOURCC('m', 'i', 'm', 'e');
        put_infe(out, 2, 0, payload->id, 0, payload->type, mime ? "application/rdf+xml" : NULL);
        count++;
    }
    if (plan->heif->iinf_version > 0)
        set_be32(out, count_at, count);
    else
        set_be16(out, count_at, count);
    fg_box_end(out, begun);
}

static void
put_location(const FgHeifPlan *plan, GByteArray *out, guint32 id, guint method, guint extents)
{
    guint version = plan->heif->iloc_version;
    put_id(out, version == 2, id);
    if (version > 0)
        fg_put_be16(out, method);
    fg_put_be16(out, 0); /* in this file */
    fg_put_be16(out, extents);
}

static void
put_extent(GByteArray *out, guint64 offset, guint64 length)
{
    fg_put_be32(out, (guint32)offset);
    fg_put_be32(out, (guint32)length);
}

/* Always with offsets and lengths of 32 bits and without bases: a rewrite is refused past 4 GiB. */
static void
put_iloc(const FgHeifPlan *plan, GByteArray *out, FgHeifMap map, gpointer data)
{
    const FgHeif *heif = plan->heif;
    guint begun = fg_box_begin_full(out, FG_FOURCC('i', 'l', 'o', 'c'), heif->iloc_version, 0);
    fg_put_be16(out, 0x4400);
    guint count_at = out->len, count = 0;
    put_id(out, heif->iloc_version == 2, 0);
    for (guint i = 0; i < heif->items->len; i++) {
        const FgHeifItem *item = heif->items->pdata[i];
        if (!item->located || fg_heif_fate(plan, item) != FG_FATE_KEEP)
            continue;
        put_location(plan, out, item->id, item->method, item->extents->len);
        for (guint j = 0; j < item->extents->len; j++) {
            FgSpan extent = g_array_index(item->extents, FgSpan, j);
            guint64 offset = item->method == 1 ? extent.offset - heif->idat.offset : map(extent.offset, data);
            put_extent(out, offset, extent.length);
        }
        count++;
    }
    for (guint i = 0; i < plan->payloads->len; i++) {
        const FgHeifPayload *payload = plan->payloads->pdata[i];
        put_location(plan, out, payload->id, 0, 1);
        put_extent(out, payload->position, g_bytes_get_size(payload->bytes));
        count++;
    }
    if (heif->iloc_version == 2)
        set_be32(out, count_at, count);
    else
        set_be16(out, count_at, count);
    fg_box_end(out, begun);
}

static void
put_iref(const FgHeifPlan *plan, GByteArray *out)
{
    const FgHeif *heif = plan->heif;
    gboolean wide = heif->iref_version > 0;
    guint begun = fg_box_begin_full(out, FG_FOURCC('i', 'r', 'e', 'f'), heif->iref_version, 0);
    guint empty = out->len;
    for (guint i = 0; i < heif->references->len; i++) {
        const FgHeifReference *reference = heif->references->pdata[i];
        if (!id_stays(plan, reference->from))
            continue;
        guint single = fg_box_begin(out, reference->type), count = 0;
        put_id(out, wide, reference->from);
        guint count_at = out->len;
        fg_put_be16(out, 0);
        for (guint j = 0; j < reference->to->len; j++) {
            guint32 to = g_array_index(reference->to, guint32, j);
            if (!id_stays(plan, to))
                continue;
            put_id(out, wide, to);
            count++;
        }
        set_be16(out, count_at, count);
        fg_box_end(out, single);
        if (!count)
            g_byte_array_set_size(out, single);
    }
    for (guint i = 0; i < plan->payloads->len; i++) {
        const FgHeifPayload *payload = plan->payloads->pdata[i];
        if (payload->item)
            continue;
        guint single = fg_box_begin(out, DESCRIBES);
        put_id(out, wide, payload->id);
        fg_put_be16(out, 1);
        put_id(out, wide, heif->primary);
        fg_box_end(out, single);
    }
    fg_box_end(out, begun);
    if (out->len == empty)
        g_byte_array_set_size(out, begun);
}

/* Properties are named by number, so that one that goes leaves free space behind (ISO/IEC 23008-12 §9.3.1).
 */
static void
put_ipco(const FgHeifPlan *plan, GByteArray *out)
{
    guint begun = fg_box_begin(out, FG_FOURCC('i', 'p', 'c', 'o'));
    for (guint i = 0; i < plan->heif->properties->len; i++) {
        if (!g_hash_table_contains(plan->propertyless, GUINT_TO_POINTER(i + 1)))
            put_box(plan, out, &g_array_index(plan->heif->properties, FgBox, i));
        else
            fg_box_end(out, fg_box_begin(out, FG_FOURCC('f', 'r', 'e', 'e')));
    }
    fg_box_end(out, begun);
}

/* The associations of all items in one box, which must be in the order of their ids. */
static int
compare_items(gconstpointer left, gconstpointer right)
{
    const FgHeifItem *a = *(FgHeifItem *const *)left, *b = *(FgHeifItem *const *)right;
    return a->id < b->id ? -1 : a->id > b->id;
}

static void
put_ipma(const FgHeifPlan *plan, GByteArray *out)
{
    const FgHeif *heif = plan->heif;
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (guint i = 0; i < heif->items->len; i++) {
        FgHeifItem *item = heif->items->pdata[i];
        if (item->properties->len && fg_heif_fate(plan, item) != FG_FATE_DROP)
            g_ptr_array_add(items, item);
    }
    g_ptr_array_sort(items, compare_items);
    guint begun = fg_box_begin_full(out, FG_FOURCC('i', 'p', 'm', 'a'), heif->ipma_version, heif->ipma_flags);
    fg_put_be32(out, items->len);
    for (guint i = 0; i < items->len; i++) {
        const FgHeifItem *item = items->pdata[i];
        put_id(out, heif->ipma_version > 0, item->id);
        guint count_at = out->len, count = 0;
        fg_put_u8(out, 0);
        for (guint j = 0; j < item->properties->len && count < 255; j++) {
            guint index = g_array_index(item->properties, guint16, j);
            if (g_hash_table_contains(plan->propertyless, GUINT_TO_POINTER(index & 0x7fff)))
                continue;
            if (heif->ipma_flags & 1)
                fg_put_be16(out, index);
            else
                fg_put_u8(out, (index >> 8 & 0x80) | (index & 0x7f));
            count++;
        }
        out->data[count_at] = (guint8)count;
    }
    fg_box_end(out, begun);
}

static void
put_iprp(const FgHeifPlan *plan, GByteArray *out, const FgBox *iprp)
{
    guint begun = fg_box_begin(out, iprp->type);
    FgCursor at = iprp->body;
    FgBox box;
    gboolean associated = FALSE, contained = FALSE;
    while (fg_box_next(&at, &box)) {
        if (box.type == FG_FOURCC('i', 'p', 'c', 'o') && !contained) {
            put_ipco(plan, out);
            contained = TRUE;
        } else if (box.type != FG_FOURCC('i', 'p', 'm', 'a')) {
            put_box(plan, out, &box);
        } else if (!associated) {
            put_ipma(plan, out);
            associated = TRUE;
        }
    }
    fg_box_end(out, begun);
}

/* Groups of items (ISO/IEC 14496-12 §8.18.3): those that are gone leave them. */
static void
put_grpl(const FgHeifPlan *plan, GByteArray *out, const FgBox *grpl)
{
    guint begun = fg_box_begin(out, grpl->type);
    FgCursor at = grpl->body;
    FgBox box;
    while (fg_box_next(&at, &box)) {
        guint8 version;
        guint32 flags, id, count, entity, kept = 0;
        FgCursor body = box.body;
        if (!fg_box_full(&body, &version, &flags) || !fg_cursor_u32(&body, &id) ||
            !fg_cursor_u32(&body, &count))
            continue;
        guint group = fg_box_begin_full(out, box.type, version, flags);
        fg_put_be32(out, id);
        guint count_at = out->len;
        fg_put_be32(out, 0);
        for (guint32 i = 0; i < count && fg_cursor_u32(&body, &entity); i++) {
            if (!id_stays(plan, entity))
                continue;
            fg_put_be32(out, entity);
            kept++;
        }
        fg_put_span(out, plan->container, body.offset, fg_cursor_left(&body));
        set_be32(out, count_at, kept);
        fg_box_end(out, group);
        if (!kept)
            g_byte_array_set_size(out, group);
    }
    fg_box_end(out, begun);
}

static void
put_idat(const FgHeifPlan *plan, GByteArray *out, const FgBox *idat)
{
    guint begun = fg_box_begin(out, idat->type), body = out->len;
    fg_put_span(out, plan->container, plan->heif->idat.offset, plan->heif->idat.length);
    for (guint i = 0; i < plan->blanks->len; i++) {
        FgSpan blank = g_array_index(plan->blanks, FgSpan, i);
        memset(out->data + body + (blank.offset - plan->heif->idat.offset), 0, (gsize)blank.length);
    }
    fg_box_end(out, begun);
}

GByteArray *
fg_heif_meta_build(const FgHeifPlan *plan, FgHeifMap map, gpointer data)
{
    const FgHeif *heif = plan->heif;
    GByteArray *out = g_byte_array_new();
    guint begun = fg_box_begin_full(out, FG_FOURCC('m', 'e', 't', 'a'), 0, 0);
    gboolean referred = FALSE;
    guint32 seen_idat = 0;
    for (guint i = 0; i < heif->children->len; i++) {
        const FgBox *box = &g_array_index(heif->children, FgBox, i);
        if (g_hash_table_contains(plan->boxless, box))
            continue;
        if (box->type == FG_FOURCC('i', 'i', 'n', 'f')) {
            put_iinf(plan, out);
        } else if (box->type == FG_FOURCC('i', 'l', 'o', 'c')) {
            put_iloc(plan, out, map, data);
        } else if (box->type == FG_FOURCC('i', 'r', 'e', 'f')) {
            put_iref(plan, out);
            referred = TRUE;
        } else if (box->type == FG_FOURCC('i', 'p', 'r', 'p')) {
            put_iprp(plan, out, box);
        } else if (box->type == FG_FOURCC('g', 'r', 'p', 'l')) {
            put_grpl(plan, out, box);
        } else if (box->type == FG_FOURCC('i', 'd', 'a', 't') && !seen_idat++) {
            put_idat(plan, out, box);
        } else {
            put_box(plan, out, box);
        }
    }
    if (!referred)
        put_iref(plan, out);
    fg_box_end(out, begun);
    return out;
}
