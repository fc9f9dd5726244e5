/* jxl_brob.c: boxes that are compressed by Brotli, as cjxl writes metadata unless it is asked not to. */
#include "container/jxl_private.h"

guint32
fg_jxl_true_type(const FgBox *box)
{
    FgCursor at = box->body;
    guint32 type = 0;
    if (box->type != JXL_BROB)
        return box->type;
    fg_cursor_u32(&at, &type);
    return type;
}

/* The standard lets neither the picture, nor what belongs to it, nor another such box be compressed. */
static gboolean
may_be_packed(guint32 type)
{
    return type != JXL_BROB && type != JXL_JBRD && type >> 8 != ('j' << 16 | 'x' << 8 | 'l') &&
           type != FG_FOURCC('J', 'X', 'L', ' ') && type != FG_FOURCC('f', 't', 'y', 'p');
}

static GBytes *
open_box(const FgBox *box, guint32 type, gsize left, GError **error)
{
    FgCursor at = box->body;
    if (!fg_cursor_skip(&at, 4))
        return fg_throw_null(error, FG_ERROR_MALFORMED, "it does not say what it holds");
    if (!may_be_packed(type))
        return fg_throw_null(error, FG_ERROR_MALFORMED, "such a box may not be compressed");
    return fg_brotli_open(at.data + at.offset, fg_cursor_left(&at), left, error);
}

GBytes *
fg_jxl_brob_open(const FgBox *box, guint32 *type, gsize *opened, GError **error)
{
    g_autoptr(GError) why = NULL;
    *type = fg_jxl_true_type(box);
    GBytes *body = open_box(box, *type, JXL_OPENED_CEILING - *opened, &why);
    if (body) {
        *opened += g_bytes_get_size(body);
        return body;
    }
    g_autofree char *name = fg_box_name(*type);
    g_autofree char *shown = fg_text_printable(name);
    /* The limits of a profile are others. */
    FgErrorCode code = why->code == FG_ERROR_LIMIT ? FG_ERROR_UNSUPPORTED : (FgErrorCode)why->code;
    return fg_throw_null(error, code,
                         "its metadata is compressed (a brob box of \"%s\") and can't be opened: %s", shown,
                         why->message);
}

/* An Exif box begins with where in it the block does. */
static GByteArray *
body_of(guint32 type, GBytes *block)
{
    GByteArray *body = g_byte_array_new();
    if (type == JXL_EXIF)
        fg_put_be32(body, 0);
    fg_put_bytes(body, block);
    return body;
}

void
fg_jxl_put_block(GByteArray *out, guint32 type, gboolean packed, GBytes *block)
{
    g_autoptr(GByteArray) body = body_of(type, block);
    guint begun = fg_box_begin(out, packed ? JXL_BROB : type);
    if (packed) {
        g_autoptr(GBytes) stream = fg_brotli_pack(body->data, body->len);
        fg_put_be32(out, type);
        fg_put_bytes(out, stream);
    } else {
        g_byte_array_append(out, body->data, body->len);
    }
    fg_box_end(out, begun);
}
