/* heif_rewrite.c: HEIC and AVIF copied with items left out, replaced or added. Stretches of the file are cut
 * out or put in, the meta box is written again with the positions that follow, and the picture's bytes are
 * only copied. */
#include "container/bmff_private.h"

#include <string.h>

#define MDAT FG_FOURCC('m', 'd', 'a', 't')

/* A stretch of the old file and what stands in its place. */
typedef struct {
    FgSpan old;
    GBytes *bytes; /* NULL: nothing */
} Edit;

typedef struct {
    FgHeifPlan plan;
    FgKeepPart keep;
    gpointer data;
    const FgDress *dress;
    GHashTable *parts; /* where -> FgPart */
    GArray *edits;     /* of Edit, in order */
    GArray *cuts;      /* of FgSpan: payloads that go; tidy after decide() */
    gboolean changed;
} Rewrite;

static void
edit_clear(Edit *edit)
{
    g_clear_pointer(&edit->bytes, g_bytes_unref);
}

static void
payload_free(FgHeifPayload *payload)
{
    g_bytes_unref(payload->bytes);
    g_free(payload);
}

static void
rewrite_init(Rewrite *rewrite, const FgContainer *container, const FgHeif *heif)
{
    rewrite->plan.container = container;
    rewrite->plan.heif = heif;
    rewrite->plan.fates = g_hash_table_new(g_direct_hash, g_direct_equal);
    rewrite->plan.nameless = g_hash_table_new(g_direct_hash, g_direct_equal);
    rewrite->plan.propertyless = g_hash_table_new(g_direct_hash, g_direct_equal);
    rewrite->plan.boxless = g_hash_table_new(g_direct_hash, g_direct_equal);
    rewrite->plan.payloads = g_ptr_array_new_with_free_func((GDestroyNotify)payload_free);
    rewrite->plan.blanks = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    rewrite->edits = g_array_new(FALSE, FALSE, sizeof(Edit));
    g_array_set_clear_func(rewrite->edits, (GDestroyNotify)edit_clear);
    rewrite->cuts = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    rewrite->parts = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < container->parts->len; i++) {
        FgPart *part = container->parts->pdata[i];
        g_hash_table_insert(rewrite->parts, part->where, part);
    }
    for (guint i = 0; i < heif->items->len; i++)
        rewrite->plan.next_id = MAX(rewrite->plan.next_id, ((FgHeifItem *)heif->items->pdata[i])->id);
    rewrite->plan.next_id++;
}

static void
rewrite_clear(Rewrite *rewrite)
{
    g_hash_table_unref(rewrite->plan.fates);
    g_hash_table_unref(rewrite->plan.nameless);
    g_hash_table_unref(rewrite->plan.propertyless);
    g_hash_table_unref(rewrite->plan.boxless);
    g_ptr_array_unref(rewrite->plan.payloads);
    g_array_unref(rewrite->plan.blanks);
    g_array_unref(rewrite->edits);
    g_array_unref(rewrite->cuts);
    g_hash_table_unref(rewrite->parts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rewrite, rewrite_clear)

/* Whether the part of that name stays; what is no part does. */
static gboolean
stays(const Rewrite *rewrite, char *taken_where)
{
    g_autofree char *where = taken_where;
    const FgPart *part = g_hash_table_lookup(rewrite->parts, where);
    return !part || fg_part_stays(part, rewrite->keep, rewrite->data, rewrite->dress);
}

static void
set_fate(Rewrite *rewrite, FgHeifItem *item, FgHeifFate fate)
{
    g_hash_table_insert(rewrite->plan.fates, item, GUINT_TO_POINTER(fate));
    rewrite->changed |= fate != FG_FATE_KEEP;
}

static void
add_payload(Rewrite *rewrite, FgHeifItem *item, guint32 type, GBytes *taken)
{
    FgHeifPayload *payload = g_new0(FgHeifPayload, 1);
    payload->item = item;
    payload->id = item ? item->id : rewrite->plan.next_id++;
    payload->type = type;
    payload->bytes = taken;
    g_ptr_array_add(rewrite->plan.payloads, payload);
    rewrite->changed = TRUE;
}

/* The first item of a kind takes our block; when it holds the same already, it stays as it is. */
static void
place_block(Rewrite *rewrite, FgPartKind kind, guint32 type, GBytes *block, GBytes *taken_payload)
{
    g_autoptr(GBytes) payload = taken_payload;
    for (guint i = 0; i < rewrite->plan.heif->items->len; i++) {
        FgHeifItem *item = rewrite->plan.heif->items->pdata[i];
        if (item->role != FG_ROLE_PART || item->kind != kind)
            continue;
        g_autofree char *where = fg_heif_where_item(item);
        const FgPart *part = g_hash_table_lookup(rewrite->parts, where);
        if (part && part->bytes && g_bytes_equal(part->bytes, block)) {
            set_fate(rewrite, item, FG_FATE_KEEP);
        } else {
            set_fate(rewrite, item, FG_FATE_REPLACE);
            add_payload(rewrite, item, type, g_steal_pointer(&payload));
        }
        return;
    }
    add_payload(rewrite, NULL, type, g_steal_pointer(&payload));
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

/* XMP without its two xpacket lines, by which some readers would not know it. */
static GBytes *
bare_xmp(GBytes *packet)
{
    gsize length;
    const char *data = g_bytes_get_data(packet, &length);
    const char *end = data + length, *begin = g_strstr_len(data, (gssize)length, "?>");
    if (g_strstr_len(data, (gssize)MIN(length, 16), "<?xpacket") && begin) {
        begin += 2;
        while (begin < end && g_ascii_isspace(*begin))
            begin++;
    } else {
        begin = data;
    }
    const char *last = g_strrstr_len(begin, end - begin, "<?xpacket");
    if (last)
        end = last;
    while (end > begin && g_ascii_isspace(end[-1]))
        end--;
    return g_bytes_new_from_bytes(packet, (gsize)(begin - data), (gsize)(end - begin));
}

/* Inputs of items that stay, stay; the others go with their owners. */
static void
decide_owned(Rewrite *rewrite)
{
    const FgHeif *heif = rewrite->plan.heif;
    for (guint i = 0; i < heif->items->len; i++) {
        FgHeifItem *item = heif->items->pdata[i];
        if (item->role == FG_ROLE_OWNED)
            set_fate(rewrite, item, FG_FATE_DROP);
    }
    gboolean again = TRUE;
    while (again) {
        again = FALSE;
        for (guint i = 0; i < heif->references->len; i++) {
            const FgHeifReference *reference = heif->references->pdata[i];
            FgHeifItem *from = fg_heif_item(heif, reference->from);
            if (reference->type != FG_FOURCC('d', 'i', 'm', 'g') || !from ||
                GPOINTER_TO_UINT(g_hash_table_lookup(rewrite->plan.fates, from)) == FG_FATE_DROP)
                continue;
            for (guint j = 0; j < reference->to->len; j++) {
                FgHeifItem *to = fg_heif_item(heif, g_array_index(reference->to, guint32, j));
                if (to && to->role == FG_ROLE_OWNED &&
                    GPOINTER_TO_UINT(g_hash_table_lookup(rewrite->plan.fates, to)) == FG_FATE_DROP) {
                    set_fate(rewrite, to, FG_FATE_KEEP);
                    again = TRUE;
                }
            }
        }
    }
}

static void
decide_items(Rewrite *rewrite)
{
    const FgHeif *heif = rewrite->plan.heif;
    gboolean changed = FALSE;
    for (guint i = 0; i < heif->items->len; i++) {
        FgHeifItem *item = heif->items->pdata[i];
        gboolean part = item->role == FG_ROLE_PART;
        set_fate(rewrite, item,
                 part && !stays(rewrite, fg_heif_where_item(item)) ? FG_FATE_DROP : FG_FATE_KEEP);
        if (!stays(rewrite, fg_heif_where_name(item)))
            g_hash_table_add(rewrite->plan.nameless, item);
    }
    if (rewrite->dress && rewrite->dress->exif)
        place_block(rewrite, FG_PART_EXIF, FG_FOURCC('E', 'x', 'i', 'f'), rewrite->dress->exif,
                    exif_item(rewrite->dress->exif));
    if (rewrite->dress && rewrite->dress->xmp)
        place_block(rewrite, FG_PART_XMP, FG_FOURCC('m', 'i', 'm', 'e'), rewrite->dress->xmp,
                    g_bytes_ref(rewrite->dress->xmp));
    decide_owned(rewrite);
    for (guint i = 0; i < heif->items->len; i++)
        changed |=
            GPOINTER_TO_UINT(g_hash_table_lookup(rewrite->plan.fates, heif->items->pdata[i])) != FG_FATE_KEEP;
    rewrite->changed = changed || rewrite->plan.payloads->len || g_hash_table_size(rewrite->plan.nameless);
}

static void
decide_boxes(Rewrite *rewrite)
{
    const FgHeif *heif = rewrite->plan.heif;
    for (guint i = 0; i < heif->properties->len; i++)
        if (!stays(rewrite, fg_heif_where_property(i + 1)))
            g_hash_table_add(rewrite->plan.propertyless, GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < heif->children->len; i++) {
        FgBox *box = &g_array_index(heif->children, FgBox, i);
        if (!stays(rewrite, fg_heif_where_box(box)))
            g_hash_table_add(rewrite->plan.boxless, box);
    }
    rewrite->changed |=
        g_hash_table_size(rewrite->plan.propertyless) || g_hash_table_size(rewrite->plan.boxless);
}

/* What goes of mdat and idat: the data of dropped and replaced items and what nobody refers to, but not a
 * byte that an item needs which stays. */
static gboolean
decide_cuts(Rewrite *rewrite, GError **error)
{
    const FgHeif *heif = rewrite->plan.heif;
    g_autoptr(GArray) gone = fg_heif_orphans(heif, rewrite->plan.container);
    g_autoptr(GArray) needed = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    for (guint i = gone->len; i-- > 0;)
        if (stays(rewrite, fg_heif_where_span(g_array_index(gone, FgSpan, i))))
            g_array_remove_index(gone, i);
    for (guint i = 0; i < heif->items->len; i++) {
        const FgHeifItem *item = heif->items->pdata[i];
        gboolean kept = GPOINTER_TO_UINT(g_hash_table_lookup(rewrite->plan.fates, item)) == FG_FATE_KEEP;
        if (kept && (item->broken || item->method > 1 || item->reference))
            return fg_throw(error, FG_ERROR_UNSUPPORTED, "item %u is stored in a way that can't be moved",
                            item->id);
        g_array_append_vals(kept ? needed : gone, item->extents->data, item->extents->len);
    }
    fg_spans_tidy(gone);
    fg_spans_tidy(needed);
    g_array_unref(rewrite->cuts);
    rewrite->cuts = fg_spans_minus(gone, needed);
    rewrite->changed |= rewrite->cuts->len > 0;
    return TRUE;
}

static void
add_edit(Rewrite *rewrite, FgSpan old, GBytes *taken)
{
    Edit edit = {old, taken};
    g_array_append_val(rewrite->edits, edit);
}

/* The cuts that lie in a stretch; each counts once, in *counted. */
static GArray *
cuts_within(const Rewrite *rewrite, FgSpan home, guint64 *counted)
{
    GArray *within = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    for (guint i = 0; i < rewrite->cuts->len; i++) {
        FgSpan cut = g_array_index(rewrite->cuts, FgSpan, i);
        guint64 begin = MAX(cut.offset, home.offset);
        guint64 end = MIN(cut.offset + cut.length, home.offset + home.length);
        if (begin >= end)
            continue;
        FgSpan piece = {begin, end - begin};
        g_array_append_val(within, piece);
        *counted += piece.length;
    }
    return within;
}

/* An mdat with cuts: its size follows, and when nothing is left, it goes. */
static void
edit_mdat(Rewrite *rewrite, const FgBox *box, guint64 *counted)
{
    FgSpan body = {box->body.offset, fg_cursor_left(&box->body)};
    guint64 removed = 0;
    g_autoptr(GArray) cuts = cuts_within(rewrite, body, &removed);
    *counted += removed;
    if (!removed)
        return;
    if (removed == body.length) {
        add_edit(rewrite, box->span, NULL);
        return;
    }
    GByteArray *header = g_byte_array_new();
    gboolean wide = body.offset - box->span.offset > 8;
    guint64 length = box->span.length - removed;
    fg_put_be32(header, wide ? 1 : (guint32)length);
    fg_put_be32(header, MDAT);
    if (wide) {
        fg_put_be32(header, (guint32)(length >> 32));
        fg_put_be32(header, (guint32)length);
    }
    FgSpan old = {box->span.offset, header->len};
    add_edit(rewrite, old, g_byte_array_free_to_bytes(header));
    for (guint i = 0; i < cuts->len; i++)
        add_edit(rewrite, g_array_index(cuts, FgSpan, i), NULL);
}

/* Where a byte of the old file comes to stand. */
static guint64
new_position(guint64 old, gpointer data)
{
    const GArray *edits = ((const Rewrite *)data)->edits;
    guint64 position = old;
    for (guint i = 0; i < edits->len; i++) {
        const Edit *edit = &g_array_index(edits, Edit, i);
        if (edit->old.offset + edit->old.length > old)
            break;
        position += (edit->bytes ? g_bytes_get_size(edit->bytes) : 0) - edit->old.length;
    }
    return position;
}

/* The meta box, and after it an mdat with our payloads. */
static GBytes *
build_meta(Rewrite *rewrite)
{
    GByteArray *out = fg_heif_meta_build(&rewrite->plan, new_position, rewrite);
    guint64 start = new_position(rewrite->plan.heif->meta.offset, rewrite);
    guint begun = fg_box_begin(out, MDAT);
    for (guint i = 0; i < rewrite->plan.payloads->len; i++) {
        FgHeifPayload *payload = rewrite->plan.payloads->pdata[i];
        payload->position = start + out->len;
        fg_put_bytes(out, payload->bytes);
    }
    if (rewrite->plan.payloads->len)
        fg_box_end(out, begun);
    else
        g_byte_array_set_size(out, begun);
    return g_byte_array_free_to_bytes(out);
}

/* Edits in the order of the file. Every cut must have found its place, or something would stay behind. */
static gboolean
plan_edits(Rewrite *rewrite, GError **error)
{
    const FgHeif *heif = rewrite->plan.heif;
    guint64 wanted = 0, counted = 0;
    for (guint i = 0; i < rewrite->cuts->len; i++)
        wanted += g_array_index(rewrite->cuts, FgSpan, i).length;
    g_array_unref(rewrite->plan.blanks);
    rewrite->plan.blanks = cuts_within(rewrite, heif->idat, &counted);
    for (guint i = 0; i < heif->boxes->len; i++) {
        const FgBox *box = &g_array_index(heif->boxes, FgBox, i);
        if (box->span.offset == heif->meta.offset) {
            add_edit(rewrite, box->span, NULL);
        } else if (!stays(rewrite, fg_heif_where_box(box))) {
            g_array_unref(cuts_within(rewrite, box->span, &counted));
            add_edit(rewrite, box->span, NULL);
            rewrite->changed = TRUE;
        } else if (box->type == MDAT) {
            edit_mdat(rewrite, box, &counted);
        }
    }
    gsize length = g_bytes_get_size(rewrite->plan.container->file);
    if (heif->end < length && !stays(rewrite, g_strdup("trailer"))) {
        add_edit(rewrite, (FgSpan){heif->end, length - heif->end}, NULL);
        rewrite->changed = TRUE;
    }
    if (wanted != counted)
        return fg_throw(error, FG_ERROR_UNSUPPORTED, "data that must go lies outside of the media data");
    return TRUE;
}

/* True when nothing that stays lies in a stretch that goes or is written again. */
static gboolean
check_needed(const Rewrite *rewrite, GError **error)
{
    const FgHeif *heif = rewrite->plan.heif;
    for (guint i = 0; i < heif->items->len; i++) {
        const FgHeifItem *item = heif->items->pdata[i];
        if (item->method || GPOINTER_TO_UINT(g_hash_table_lookup(rewrite->plan.fates, item)) != FG_FATE_KEEP)
            continue;
        for (guint j = 0; j < item->extents->len; j++) {
            FgSpan extent = g_array_index(item->extents, FgSpan, j);
            for (guint k = 0; k < rewrite->edits->len; k++) {
                FgSpan old = g_array_index(rewrite->edits, Edit, k).old;
                if (extent.offset < old.offset + old.length && old.offset < extent.offset + extent.length)
                    return fg_throw(error, FG_ERROR_UNSUPPORTED, "item %u lies where it can't be moved",
                                    item->id);
            }
        }
    }
    return TRUE;
}

static gboolean
patch_chunk_offsets(const Rewrite *rewrite, GByteArray *out, guint64 shift, FgCursor at, gboolean wide)
{
    guint8 version;
    guint32 flags, count;
    if (!fg_box_full(&at, &version, &flags) || !fg_cursor_u32(&at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++) {
        guint64 place = at.offset - shift, offset;
        guint32 narrow = 0;
        if (!(wide ? fg_cursor_u64(&at, &offset) : fg_cursor_u32(&at, &narrow)))
            return FALSE;
        offset = new_position(wide ? offset : narrow, (gpointer)rewrite);
        guint64 ordered = GUINT64_TO_BE(wide ? offset : offset << 32);
        memcpy(out->data + place, &ordered, wide ? 8 : 4);
    }
    return TRUE;
}

/* Patches the chunk offsets of an image sequence, whose boxes are nested five deep, in a copy of it. */
static gboolean
patch_moov(const Rewrite *rewrite, GByteArray *out, guint64 shift, FgCursor at, guint depth)
{
    FgBox box;
    while (fg_box_next(&at, &box)) {
        gboolean inner =
            box.type == FG_FOURCC('t', 'r', 'a', 'k') || box.type == FG_FOURCC('m', 'd', 'i', 'a') ||
            box.type == FG_FOURCC('m', 'i', 'n', 'f') || box.type == FG_FOURCC('s', 't', 'b', 'l');
        if (inner && depth < 5 && !patch_moov(rewrite, out, shift, box.body, depth + 1))
            return FALSE;
        gboolean wide = box.type == FG_FOURCC('c', 'o', '6', '4');
        if ((wide || box.type == FG_FOURCC('s', 't', 'c', 'o')) &&
            !patch_chunk_offsets(rewrite, out, shift, box.body, wide))
            return FALSE;
    }
    return !fg_cursor_left(&at);
}

/* Fills in the meta box, whose size the first build finds and whose positions the second knows, then the
 * sequences. */
static gboolean
finish_edits(Rewrite *rewrite, GError **error)
{
    const FgHeif *heif = rewrite->plan.heif;
    guint at = 0;
    while (g_array_index(rewrite->edits, Edit, at).old.offset != heif->meta.offset)
        at++;
    for (guint pass = 0; pass < 3; pass++) {
        GBytes *meta = build_meta(rewrite);
        edit_clear(&g_array_index(rewrite->edits, Edit, at));
        g_array_index(rewrite->edits, Edit, at).bytes = meta;
    }
    for (guint i = 0; i < heif->boxes->len; i++) {
        const FgBox *box = &g_array_index(heif->boxes, FgBox, i);
        if (box->type != FG_FOURCC('m', 'o', 'o', 'v') || !stays(rewrite, fg_heif_where_box(box)))
            continue;
        GByteArray *copy = g_byte_array_new();
        fg_put_span(copy, rewrite->plan.container, box->span.offset, box->span.length);
        gboolean sound = !heif->has_moof && patch_moov(rewrite, copy, box->span.offset, box->body, 0);
        guint place = 0;
        while (place < rewrite->edits->len &&
               g_array_index(rewrite->edits, Edit, place).old.offset < box->span.offset)
            place++;
        Edit edit = {box->span, g_byte_array_free_to_bytes(copy)};
        g_array_insert_val(rewrite->edits, place, edit);
        if (!sound)
            return fg_throw(error, FG_ERROR_UNSUPPORTED, "its image sequence can't be moved");
    }
    return TRUE;
}

static GBytes *
apply_edits(const Rewrite *rewrite, GError **error)
{
    const FgContainer *container = rewrite->plan.container;
    guint64 length = g_bytes_get_size(container->file), at = 0;
    if (new_position(length, (gpointer)rewrite) > G_MAXUINT32)
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "the file is larger than 4 GiB");
    GByteArray *out = g_byte_array_sized_new((guint)new_position(length, (gpointer)rewrite));
    for (guint i = 0; i < rewrite->edits->len; i++) {
        const Edit *edit = &g_array_index(rewrite->edits, Edit, i);
        fg_put_span(out, container, at, edit->old.offset - at);
        if (edit->bytes)
            fg_put_bytes(out, edit->bytes);
        at = edit->old.offset + edit->old.length;
    }
    fg_put_span(out, container, at, length - at);
    return g_byte_array_free_to_bytes(out);
}

GBytes *
fg_heif_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
                GError **error)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    FgContainer again = *container;
    again.faults = faults; /* They are known already. */
    g_autoptr(FgHeif) heif = fg_heif_parse(&again, error);
    if (!heif)
        return NULL;
    g_autoptr(GBytes) xmp = dress && dress->xmp ? bare_xmp(dress->xmp) : NULL;
    /* A profile is a property here, and Photoshop resources have no place. */
    FgDress ours = {.exif = dress ? dress->exif : NULL, .xmp = xmp};
    g_auto(Rewrite) rewrite = {.keep = keep, .data = data, .dress = &ours};
    rewrite_init(&rewrite, container, heif);
    decide_items(&rewrite);
    decide_boxes(&rewrite);
    if (!decide_cuts(&rewrite, error) || !plan_edits(&rewrite, error))
        return NULL;
    if (!rewrite.changed)
        return g_bytes_ref(container->file);
    if (rewrite.plan.next_id > 0x10000 || rewrite.edits->len > FG_BOX_CEILING)
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "the file is in too many pieces");
    if (!check_needed(&rewrite, error) || !finish_edits(&rewrite, error))
        return NULL;
    return apply_edits(&rewrite, error);
}

static gboolean
keep_none(const FgPart *part, gpointer data)
{
    (void)part;
    (void)data;
    return FALSE;
}

GBytes *
fg_heif_dress(const FgContainer *naked, const FgDress *dress, GError **error)
{
    return fg_heif_rewrite(naked, keep_none, NULL, dress, error);
}
