/* bmff.c: boxes read and written (ISO/IEC 14496-12 §4.2). */
#include "codec/codec.h"

#include <string.h>

/* The header of a box that begins at `at`; *length is what it claims for the whole. */
static gboolean
read_header(FgCursor at, FgBox *box, guint64 *length)
{
    const FgCursor start = at;
    guint32 size;
    if (!fg_cursor_u32(&at, &size) || !fg_cursor_u32(&at, &box->type))
        return FALSE;
    *length = size;
    if (size == 1 && !fg_cursor_u64(&at, length))
        return FALSE;
    if (size == 0)
        *length = fg_cursor_left(&start);
    box->body = at;
    return *length >= at.offset - start.offset;
}

static gboolean
take(FgCursor *at, FgBox *box, guint64 length)
{
    box->span = (FgSpan){at->offset, length};
    box->body.length = at->offset + (gsize)length;
    return fg_cursor_skip(at, length);
}

gboolean
fg_box_next(FgCursor *at, FgBox *box)
{
    guint64 length;
    return read_header(*at, box, &length) && length <= fg_cursor_left(at) && take(at, box, length);
}

gboolean
fg_box_open(FgCursor *at, FgBox *box)
{
    guint64 length;
    return read_header(*at, box, &length) && take(at, box, MIN(length, fg_cursor_left(at)));
}

gboolean
fg_box_full(FgCursor *body, guint8 *version, guint32 *flags)
{
    FgCursor here = *body;
    if (!fg_cursor_u8(&here, version) || !fg_cursor_u24(&here, flags))
        return FALSE;
    *body = here;
    return TRUE;
}

char *
fg_box_name(guint32 type)
{
    char name[5] = {(char)(type >> 24), (char)(type >> 16), (char)(type >> 8), (char)type, 0};
    for (guint i = 0; i < 4; i++)
        if (!g_ascii_isprint(name[i]))
            name[i] = '?';
    return g_strdup(name);
}

guint
fg_box_begin(GByteArray *out, guint32 type)
{
    guint begun = out->len;
    fg_put_be32(out, 0);
    fg_put_be32(out, type);
    return begun;
}

guint
fg_box_begin_full(GByteArray *out, guint32 type, guint version, guint32 flags)
{
    guint begun = fg_box_begin(out, type);
    fg_put_be32(out, (guint32)version << 24 | (flags & 0xffffff));
    return begun;
}

void
fg_box_end(GByteArray *out, guint begun)
{
    guint32 size = GUINT32_TO_BE(out->len - begun);
    memcpy(out->data + begun, &size, sizeof size);
}
