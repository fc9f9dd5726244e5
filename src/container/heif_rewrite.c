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
    FgHeifPlan *plan;
    GArray *edits; /* of Edit, in order */
} Rewrite;

static void
edit_clear(Edit *edit)
{
    g_clear_pointer(&edit->bytes, g_bytes_unref);
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
    for (guint i = 0; i < rewrite->plan->cuts->len; i++) {
        FgSpan cut = g_array_index(rewrite->plan->cuts, FgSpan, i);
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
    GByteArray *out = fg_heif_meta_build(rewrite->plan, new_position, rewrite);
    guint64 start = new_position(rewrite->plan->heif->meta.offset, rewrite);
    guint begun = fg_box_begin(out, MDAT);
    for (guint i = 0; i < rewrite->plan->payloads->len; i++) {
        FgHeifPayload *payload = rewrite->plan->payloads->pdata[i];
        payload->position = start + out->len;
        fg_put_bytes(out, payload->bytes);
    }
    if (rewrite->plan->payloads->len)
        fg_box_end(out, begun);
    else
        g_byte_array_set_size(out, begun);
    return g_byte_array_free_to_bytes(out);
}

/* Edits in the order of the file. Every cut must have found its place, or something would stay behind. */
static gboolean
plan_edits(Rewrite *rewrite, GError **error)
{
    const FgHeif *heif = rewrite->plan->heif;
    guint64 wanted = 0, counted = 0;
    for (guint i = 0; i < rewrite->plan->cuts->len; i++)
        wanted += g_array_index(rewrite->plan->cuts, FgSpan, i).length;
    g_array_unref(rewrite->plan->blanks);
    rewrite->plan->blanks = cuts_within(rewrite, heif->idat, &counted);
    for (guint i = 0; i < heif->boxes->len; i++) {
        const FgBox *box = &g_array_index(heif->boxes, FgBox, i);
        if (box->span.offset == heif->meta.offset) {
            add_edit(rewrite, box->span, NULL);
        } else if (!fg_heif_stays(rewrite->plan, fg_heif_where_box(box))) {
            g_array_unref(cuts_within(rewrite, box->span, &counted));
            add_edit(rewrite, box->span, NULL);
            rewrite->plan->changed = TRUE;
        } else if (box->type == MDAT) {
            edit_mdat(rewrite, box, &counted);
        }
    }
    gsize length = g_bytes_get_size(rewrite->plan->container->file);
    if (heif->end < length && !fg_heif_stays(rewrite->plan, g_strdup("trailer"))) {
        add_edit(rewrite, (FgSpan){heif->end, length - heif->end}, NULL);
        rewrite->plan->changed = TRUE;
    }
    if (wanted != counted)
        return fg_throw(error, FG_ERROR_UNSUPPORTED, "data that must go lies outside of the media data");
    return TRUE;
}

/* True when nothing that stays lies in a stretch that goes or is written again. */
static gboolean
check_needed(const Rewrite *rewrite, GError **error)
{
    const FgHeif *heif = rewrite->plan->heif;
    for (guint i = 0; i < heif->items->len; i++) {
        const FgHeifItem *item = heif->items->pdata[i];
        if (item->method || fg_heif_fate(rewrite->plan, item) != FG_FATE_KEEP)
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
    const FgHeif *heif = rewrite->plan->heif;
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
        if (box->type != FG_FOURCC('m', 'o', 'o', 'v') ||
            !fg_heif_stays(rewrite->plan, fg_heif_where_box(box)))
            continue;
        GByteArray *copy = g_byte_array_new();
        fg_put_span(copy, rewrite->plan->container, box->span.offset, box->span.length);
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
    const FgContainer *container = rewrite->plan->container;
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
    g_auto(FgHeifPlan) plan = {.keep = keep, .data = data, .dress = &ours};
    fg_heif_plan_init(&plan, container, heif);
    g_autoptr(GArray) edits = g_array_new(FALSE, FALSE, sizeof(Edit));
    g_array_set_clear_func(edits, (GDestroyNotify)edit_clear);
    Rewrite rewrite = {&plan, edits};
    if (!fg_heif_plan_decide(&plan, error) || !plan_edits(&rewrite, error))
        return NULL;
    if (!plan.changed)
        return g_bytes_ref(container->file);
    if (plan.next_id > 0x10000 || edits->len > FG_BOX_CEILING)
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
