/* bmff.c: kinds of boxes that more than one format has, and arithmetic on stretches of a file. */
#include "container/bmff_private.h"

#include <string.h>

FgPartKind
fg_box_uuid_kind(FgCursor *body)
{
    static const guint8 c2pa[16] = {0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c,
                                    0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81};
    static const guint8 xmp[16] = {0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8,
                                   0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac};
    if (fg_cursor_match(body, c2pa, sizeof c2pa))
        return FG_PART_C2PA;
    if (fg_cursor_match(body, xmp, sizeof xmp))
        return FG_PART_XMP;
    fg_cursor_skip(body, sizeof xmp);
    return FG_PART_PRIVATE;
}

gboolean
fg_span_holds_data(const FgContainer *container, FgSpan span)
{
    FgCursor at = fg_cursor_bytes(container->file, FG_BIG_ENDIAN);
    FgCursor inside;
    if (!fg_cursor_seek(&at, span.offset) || !fg_cursor_take(&at, span.length, &inside))
        return FALSE;
    guint64 eight;
    while (fg_cursor_u64(&inside, &eight))
        if (eight)
            return TRUE;
    guint8 one;
    while (fg_cursor_u8(&inside, &one))
        if (one)
            return TRUE;
    return FALSE;
}

static int
compare_spans(gconstpointer left, gconstpointer right)
{
    const FgSpan *a = left, *b = right;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

void
fg_spans_tidy(GArray *spans)
{
    g_array_sort(spans, compare_spans);
    guint kept = 0;
    for (guint i = 0; i < spans->len; i++) {
        FgSpan span = g_array_index(spans, FgSpan, i);
        if (!span.length)
            continue;
        FgSpan *last = kept ? &g_array_index(spans, FgSpan, kept - 1) : NULL;
        if (last && span.offset <= last->offset + last->length)
            last->length = MAX(last->length, span.offset + span.length - last->offset);
        else
            g_array_index(spans, FgSpan, kept++) = span;
    }
    g_array_set_size(spans, kept);
}

GArray *
fg_spans_minus(const GArray *spans, const GArray *less)
{
    GArray *rest = g_array_new(FALSE, FALSE, sizeof(FgSpan));
    guint first = 0; /* The first of `less` that does not end before the span in hand. */
    for (guint i = 0; i < spans->len; i++) {
        FgSpan span = g_array_index(spans, FgSpan, i);
        guint64 at = span.offset, end = span.offset + span.length;
        for (guint j = first; j < less->len && at < end; j++) {
            FgSpan hole = g_array_index(less, FgSpan, j);
            if (hole.offset + hole.length <= at) {
                first = j;
                continue;
            }
            if (hole.offset >= end)
                break;
            if (hole.offset > at) {
                FgSpan piece = {at, hole.offset - at};
                g_array_append_val(rest, piece);
            }
            at = hole.offset + hole.length;
        }
        if (at < end) {
            FgSpan piece = {at, end - at};
            g_array_append_val(rest, piece);
        }
    }
    return rest;
}
