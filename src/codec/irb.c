/* irb.c: Photoshop image resources: a signature, a number, a name, a length, data; name and data are padded
 * to even. */
#include "codec/codec_private.h"

gboolean
fg_irb_next(FgWalk *walk, FgIrbResource *resource)
{
    static const char *const signatures[] = {"8BIM", "MeSa", "PHUT", "AgHg", "DCSR"};
    FgCursor *at = &walk->at;
    while (fg_cursor_left(at) >= 8) {
        FgCursor start = *at;
        const guint64 place = start.offset;
        gboolean found = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(signatures) && !found; i++)
            found = fg_cursor_match(at, signatures[i], 4);
        if (!found) {
            guint8 byte;
            if (fg_cursor_u8(at, &byte) && byte != 0)
                fg_flaw(&walk->flaws, &walk->flaws.strays, place);
            continue;
        }
        guint8 name;
        guint32 size;
        if (!fg_cursor_u16(at, &resource->id) || !fg_cursor_u8(at, &name) ||
            !fg_cursor_skip(at, name + (name % 2 == 0 ? 1u : 0u)) ||
            !fg_cursor_take(&start, at->offset - place, &resource->head) || !fg_cursor_u32(at, &size)) {
            fg_flaw(&walk->flaws, &walk->flaws.cut, place);
            continue;
        }
        if (size > fg_cursor_left(at))
            fg_flaw(&walk->flaws, &walk->flaws.cut, place);
        guint64 length = MIN(size, fg_cursor_left(at));
        fg_cursor_take(at, length, &resource->value);
        if (length % 2 == 1)
            fg_cursor_match(at, "", 1);
        return TRUE;
    }
    return FALSE;
}

gboolean
fg_irb_find(GBytes *irb, guint16 id, FgIrbResource *resource)
{
    FgWalk walk = fg_walk(irb);
    while (fg_irb_next(&walk, resource))
        if (resource->id == id)
            return TRUE;
    return FALSE;
}

void
fg_irb_put_as_is(GByteArray *out, const FgIrbResource *resource)
{
    const FgCursor *head = &resource->head, *value = &resource->value;
    g_byte_array_append(out, head->data, (guint)head->length);
    fg_put_be32(out, (guint32)value->length);
    g_byte_array_append(out, value->data, (guint)value->length);
    if (value->length % 2 == 1)
        fg_put_u8(out, 0);
}

void
fg_irb_put(GByteArray *out, guint16 id, const void *data, gsize length)
{
    const guint8 head[] = {'8', 'B', 'I', 'M', (guint8)(id >> 8), (guint8)id, 0, 0 /* an empty name */};
    fg_irb_put_as_is(out, &(FgIrbResource){.head = fg_cursor(head, sizeof head, FG_BIG_ENDIAN),
                                           .value = fg_cursor(data, length, FG_BIG_ENDIAN)});
}
