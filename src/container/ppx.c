/* ppx.c: PPX, pixels as they are: a signature, then chunks of a tag, a length (big-endian) and bytes. HEAD
 * has width, height and bands, PIXL the samples row by row; EXIF and "XMP " are what their names say. */
#include "container/container_private.h"

#define SIGNATURE_SIZE 4
#define CHUNK_HEAD 8

static gboolean
read_head(FgContainer *container, FgCursor head)
{
    return (fg_cursor_u32(&head, &container->width) && fg_cursor_u32(&head, &container->height) &&
            fg_cursor_u8(&head, &container->bands)) ||
           fg_fault(container, "the header holds %zu bytes", head.length);
}

static gboolean
read_chunk(FgContainer *container, const char *tag, guint64 offset, FgCursor payload, GError **error)
{
    const guint64 whole = CHUNK_HEAD + payload.length;
    const gsize at = (gsize)offset + CHUNK_HEAD;
    if (strcmp(tag, "PIXL") == 0 || strcmp(tag, "HEAD") == 0) {
        if (tag[0] == 'H')
            read_head(container, payload);
        else
            container->complete =
                payload.length == (guint64)container->width * container->height * container->bands;
        return fg_part_add_picture(container, offset, whole, tag[0] == 'H' ? "HEAD" : NULL, error);
    }
    const FgPartKind kind = strcmp(tag, "EXIF") == 0   ? FG_PART_EXIF
                            : strcmp(tag, "XMP ") == 0 ? FG_PART_XMP
                                                       : FG_PART_PRIVATE;
    return fg_part_add_slice(container, kind, offset, whole, at, payload.length, g_strdup(tag), error) !=
           NULL;
}

gboolean
fg_ppx_read(FgContainer *container, GError **error)
{
    FgCursor at = fg_cursor_bytes(container->file, FG_BIG_ENDIAN), name, payload;
    container->depth = 8;
    fg_cursor_skip(&at, SIGNATURE_SIZE);
    while (at.offset < at.length) {
        const guint64 offset = at.offset;
        guint32 length;
        if (!fg_cursor_take(&at, 4, &name) || !fg_cursor_u32(&at, &length) ||
            !fg_cursor_take(&at, length, &payload)) {
            fg_fault(container, "the chunk at %" G_GUINT64_FORMAT " is cut", offset);
            return fg_part_add_trailer(container, offset, error);
        }
        g_autofree char *tag = g_strndup((const char *)name.data, 4);
        if (!read_chunk(container, tag, offset, payload, error))
            return FALSE;
    }
    return TRUE;
}

static void
put_chunk(GByteArray *out, const char *tag, GBytes *payload)
{
    fg_put_text(out, tag);
    fg_put_be32(out, (guint32)g_bytes_get_size(payload));
    fg_put_bytes(out, payload);
}

GBytes *
fg_ppx_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
               GError **error G_GNUC_UNUSED)
{
    GByteArray *out = g_byte_array_new();
    gboolean put = FALSE;
    fg_put_span(out, container, 0, SIGNATURE_SIZE);
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (fg_part_stays(part, keep, data, dress))
            fg_put_span(out, container, part->offset, part->length);
        if (put)
            continue;
        put = TRUE; /* ours stand behind the head */
        if (fg_dress_block(dress, FG_PART_EXIF))
            put_chunk(out, "EXIF", fg_dress_block(dress, FG_PART_EXIF));
        if (fg_dress_block(dress, FG_PART_XMP))
            put_chunk(out, "XMP ", fg_dress_block(dress, FG_PART_XMP));
    }
    return g_byte_array_free_to_bytes(out);
}

static gboolean
keep_nothing(const FgPart *part G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    return FALSE;
}

GBytes *
fg_ppx_dress(const FgContainer *naked, const FgDress *dress, GError **error)
{
    return fg_ppx_rewrite(naked, keep_nothing, NULL, dress, error);
}

gboolean
fg_ppx_verify(const FgContainer *container, GError **error)
{
    return container->complete ||
           fg_throw(error, FG_ERROR_MALFORMED,
                    "the picture has no data or no end mark: the file is cut or damaged");
}
