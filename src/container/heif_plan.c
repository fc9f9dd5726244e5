/* heif_plan.c: what becomes of each item, property and stretch of data when a HEIF file is rewritten. */
#include "container/bmff_private.h"

static void
payload_free(FgHeifPayload *payload)
{
    g_bytes_unref(payload->bytes);
    g_free(payload);
}

/* Above every number in use: also one that is only referred to, whose item is missing, or what is new would
 * become a part of the picture. */
static guint32
first_free_id(const FgHeif *heif)
{
    guint32 last = 0;
    for (guint i = 0; i < heif->items->len; i++)
        last = MAX(last, ((const FgHeifItem *)heif->items->pdata[i])->id);
    for (guint i = 0; i < heif->references->len; i++) {
        const FgHeifReference *reference = heif->references->pdata[i];
        last = MAX(last, reference->from);
        for (guint j = 0; j < reference->to->len; j++)
            last = MAX(last, g_array_index(reference->to, guint32, j));
    }
    return last < G_MAXUINT32 ? last + 1 : last;
}

void
fg_heif_plan_init(FgHeifPlan *plan, const FgContainer *container, const FgHeif *heif)
{
    plan->container = container;
    plan->heif = heif;
    plan->fates = g_hash_table_new(g_direct_hash, g_direct_equal);
    plan->nameless = g_hash_table_new(g_direct_hash, g_direct_equal);
    plan->propertyless = g_hash_table_new(g_direct_hash, g_direct_equal);
    plan->boxless = g_hash_table_new(g_direct_hash, g_direct_equal);
    plan->payloads = g_ptr_array_new_with_free_func((GDestroyNotify)payload_free);
    plan->blanks = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    plan->cuts = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    plan->parts = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < container->parts->len; i++) {
        FgPart *part = container->parts->pdata[i];
        g_hash_table_insert(plan->parts, part->where, part);
    }
    plan->next_id = first_free_id(heif);
}

void
fg_heif_plan_clear(FgHeifPlan *plan)
{
    g_hash_table_unref(plan->fates);
    g_hash_table_unref(plan->nameless);
    g_hash_table_unref(plan->propertyless);
    g_hash_table_unref(plan->boxless);
    g_ptr_array_unref(plan->payloads);
    g_array_unref(plan->blanks);
    g_array_unref(plan->cuts);
    g_hash_table_unref(plan->parts);
}

gboolean
fg_heif_stays(const FgHeifPlan *plan, char *taken_where)
{
    g_autofree char *where = taken_where;
    const FgPart *part = g_hash_table_lookup(plan->parts, where);
    return !part || fg_part_stays(part, plan->keep, plan->data, plan->dress);
}

FgHeifFate
fg_heif_fate(const FgHeifPlan *plan, const FgHeifItem *item)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(plan->fates, item));
}

static void
set_fate(FgHeifPlan *plan, FgHeifItem *item, FgHeifFate fate)
{
    g_hash_table_insert(plan->fates, item, GUINT_TO_POINTER(fate));
    plan->changed |= fate != FG_FATE_KEEP;
}

static void
add_payload(FgHeifPlan *plan, FgHeifItem *item, guint32 type, GBytes *taken)
{
    FgHeifPayload *payload = g_new0(FgHeifPayload, 1);
    payload->item = item;
    payload->id = item ? item->id : plan->next_id++;
    payload->type = type;
    payload->bytes = taken;
    g_ptr_array_add(plan->payloads, payload);
    plan->changed = TRUE;
}

/* The first item of a kind takes our block; when it holds the same already, it stays as it is. */
static void
place_block(FgHeifPlan *plan, FgPartKind kind, guint32 type, GBytes *block, GBytes *taken_payload)
{
    g_autoptr(GBytes) payload = taken_payload;
    for (guint i = 0; i < plan->heif->items->len; i++) {
        FgHeifItem *item = plan->heif->items->pdata[i];
        if (item->role != FG_ROLE_PART || item->kind != kind)
            continue;
        g_autofree char *where = fg_heif_where_item(item);
        const FgPart *part = g_hash_table_lookup(plan->parts, where);
        if (part && part->bytes && g_bytes_equal(part->bytes, block)) {
            set_fate(plan, item, FG_FATE_KEEP);
        } else {
            set_fate(plan, item, FG_FATE_REPLACE);
            add_payload(plan, item, type, g_steal_pointer(&payload));
        }
        return;
    }
    add_payload(plan, NULL, type, g_steal_pointer(&payload));
}

/* An Exif item is the offset of its TIFF stream, here 0, and the stream. */
static GBytes *
exif_item(GBytes *tiff)
{
    GByteArray *item = g_byte_array_new();
    fg_put_be32(item, 0);
    fg_put_bytes(item, tiff);
    return g_byte_array_free_to_bytes(item);
}

/* Inputs of items that stay, stay; the others go with their owners. */
static void
decide_owned(FgHeifPlan *plan)
{
    const FgHeif *heif = plan->heif;
    for (guint i = 0; i < heif->items->len; i++) {
        FgHeifItem *item = heif->items->pdata[i];
        if (item->role == FG_ROLE_OWNED)
            set_fate(plan, item, FG_FATE_DROP);
    }
    gboolean again = TRUE;
    while (again) {
        again = FALSE;
        for (guint i = 0; i < heif->references->len; i++) {
            const FgHeifReference *reference = heif->references->pdata[i];
            FgHeifItem *from = fg_heif_item(heif, reference->from);
            if (reference->type != FG_FOURCC('d', 'i', 'm', 'g') || !from ||
                fg_heif_fate(plan, from) == FG_FATE_DROP)
                continue;
            for (guint j = 0; j < reference->to->len; j++) {
                FgHeifItem *to = fg_heif_item(heif, g_array_index(reference->to, guint32, j));
                if (to && to->role == FG_ROLE_OWNED && fg_heif_fate(plan, to) == FG_FATE_DROP) {
                    set_fate(plan, to, FG_FATE_KEEP);
                    again = TRUE;
                }
            }
        }
    }
}

static void
decide_items(FgHeifPlan *plan)
{
    const FgHeif *heif = plan->heif;
    gboolean changed = FALSE;
    for (guint i = 0; i < heif->items->len; i++) {
        FgHeifItem *item = heif->items->pdata[i];
        gboolean part = item->role == FG_ROLE_PART;
        set_fate(plan, item,
                 part && !fg_heif_stays(plan, fg_heif_where_item(item)) ? FG_FATE_DROP : FG_FATE_KEEP);
        if (!fg_heif_stays(plan, fg_heif_where_name(item)))
            g_hash_table_add(plan->nameless, item);
    }
    if (plan->dress && plan->dress->exif)
        place_block(plan, FG_PART_EXIF, FG_FOURCC('E', 'x', 'i', 'f'), plan->dress->exif,
                    exif_item(plan->dress->exif));
    if (plan->dress && plan->dress->xmp)
        place_block(plan, FG_PART_XMP, FG_FOURCC('m', 'i', 'm', 'e'), plan->dress->xmp,
                    g_bytes_ref(plan->dress->xmp));
    decide_owned(plan);
    for (guint i = 0; i < heif->items->len; i++)
        changed |= fg_heif_fate(plan, heif->items->pdata[i]) != FG_FATE_KEEP;
    plan->changed = changed || plan->payloads->len || g_hash_table_size(plan->nameless);
}

static void
decide_boxes(FgHeifPlan *plan)
{
    const FgHeif *heif = plan->heif;
    for (guint i = 0; i < heif->properties->len; i++)
        if (!fg_heif_stays(plan, fg_heif_where_property(i + 1)))
            g_hash_table_add(plan->propertyless, GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < heif->children->len; i++) {
        FgBox *box = &g_array_index(heif->children, FgBox, i);
        if (!fg_heif_stays(plan, fg_heif_where_box(box)))
            g_hash_table_add(plan->boxless, box);
    }
    plan->changed |= g_hash_table_size(plan->propertyless) || g_hash_table_size(plan->boxless);
}

/* Whether there is an image sequence or a video, and a box of it stays. */
static gboolean
sequence_stays(const FgHeifPlan *plan)
{
    for (guint i = 0; i < plan->heif->boxes->len; i++) {
        const FgBox *box = &g_array_index(plan->heif->boxes, FgBox, i);
        if ((box->type == FG_FOURCC('m', 'o', 'o', 'v') || box->type == FG_FOURCC('m', 'o', 'o', 'f')) &&
            fg_heif_stays(plan, fg_heif_where_box(box)))
            return TRUE;
    }
    return FALSE;
}

/* The samples of a sequence that goes are no part of their own, and go with it. */
static gboolean
orphan_stays(const FgHeifPlan *plan, FgSpan span)
{
    g_autofree char *where = fg_heif_where_span(span);
    const FgPart *part = g_hash_table_lookup(plan->parts, where);
    return part && fg_part_stays(part, plan->keep, plan->data, plan->dress);
}

/* What goes of mdat and idat: the data of dropped and replaced items and what nobody refers to, but not a
 * byte that an item needs which stays. */
static gboolean
decide_cuts(FgHeifPlan *plan, GError **error)
{
    const FgHeif *heif = plan->heif;
    g_autoptr(GArray) gone = fg_heif_orphans(heif, plan->container, sequence_stays(plan));
    g_autoptr(GArray) needed = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    for (guint i = gone->len; i-- > 0;)
        if (orphan_stays(plan, g_array_index(gone, FgSpan, i)))
            g_array_remove_index(gone, i);
    for (guint i = 0; i < heif->items->len; i++) {
        const FgHeifItem *item = heif->items->pdata[i];
        gboolean kept = fg_heif_fate(plan, item) == FG_FATE_KEEP;
        if (kept && item->broken && item->role == FG_ROLE_PICTURE && item->method < 2 && !item->reference)
            return fg_throw(error, FG_ERROR_MALFORMED, "the data of item %u lies outside of the file",
                            item->id);
        if (kept && (item->broken || item->method > 1 || item->reference))
            return fg_throw(error, FG_ERROR_UNSUPPORTED, "item %u is stored in a way that can't be moved",
                            item->id);
        g_array_append_vals(kept ? needed : gone, item->extents->data, item->extents->len);
    }
    fg_spans_tidy(gone);
    fg_spans_tidy(needed);
    g_array_unref(plan->cuts);
    plan->cuts = fg_spans_minus(gone, needed);
    plan->changed |= plan->cuts->len > 0;
    return TRUE;
}

gboolean
fg_heif_plan_decide(FgHeifPlan *plan, GError **error)
{
    decide_items(plan);
    decide_boxes(plan);
    return decide_cuts(plan, error);
}
