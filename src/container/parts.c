/* parts.c: what the readers and writers of all formats share: parts added, found, kept or replaced, faults
 * told, and stretches of the file copied. */
#include "container/container_private.h"

const FgPart *
fg_container_find(const FgContainer *container, FgPartKind kind)
{
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind == kind)
            return part;
    }
    return NULL;
}

void
fg_part_free(gpointer data)
{
    FgPart *part = data;
    g_free(part->where);
    g_free(part->name);
    g_clear_pointer(&part->bytes, g_bytes_unref);
    g_free(part);
}

FgPart *
fg_part_add(FgContainer *container, FgPartKind kind, guint64 offset, guint64 length, char *taken_where,
            GError **error)
{
    if (container->parts->len >= FG_PART_CEILING) {
        g_free(taken_where);
        return fg_throw_null(error, FG_ERROR_LIMIT, "the file has more than %u parts", FG_PART_CEILING);
    }
    FgPart *part = g_new0(FgPart, 1);
    part->kind = kind;
    part->offset = offset;
    part->length = length;
    part->where = taken_where;
    g_ptr_array_add(container->parts, part);
    return part;
}

FgPart *
fg_part_add_slice(FgContainer *container, FgPartKind kind, guint64 offset, guint64 length, gsize at,
                  gsize size, char *taken_where, GError **error)
{
    if (size > FG_BLOCK_CEILING) {
        fg_throw(error, FG_ERROR_LIMIT, "%s holds %zu bytes, the limit is %zu", taken_where, size,
                 FG_BLOCK_CEILING);
        g_free(taken_where);
        return NULL;
    }
    FgPart *part = fg_part_add(container, kind, offset, length, taken_where, error);
    if (part)
        part->bytes = g_bytes_new_from_bytes(container->file, at, size);
    return part;
}

gboolean
fg_part_add_picture(FgContainer *container, guint64 offset, guint64 length, const char *name, GError **error)
{
    guint count = container->parts->len;
    FgPart *last = count ? container->parts->pdata[count - 1] : NULL;
    if (!name && last && last->kind == FG_PART_PICTURE && !last->name &&
        last->offset + last->length == offset) {
        last->length += length;
        return TRUE;
    }
    FgPart *part =
        fg_part_add(container, FG_PART_PICTURE, offset, length, g_strdup(name ? name : "picture"), error);
    if (part)
        part->name = g_strdup(name);
    return part != NULL;
}

gboolean
fg_part_add_trailer(FgContainer *container, guint64 offset, GError **error)
{
    gsize end = g_bytes_get_size(container->file);
    if (offset >= end)
        return TRUE;
    FgPart *part = fg_part_add(container, FG_PART_TRAILER, offset, end - offset, g_strdup("trailer"), error);
    if (!part)
        return FALSE;
    /* A motion photo's video may be larger than any block, but it is a slice and costs nothing. */
    part->bytes = g_bytes_new_from_bytes(container->file, (gsize)offset, end - (gsize)offset);
    part->late = TRUE;
    return TRUE;
}

gboolean
fg_fault(FgContainer *container, const char *format, ...)
{
    if (container && container->faults->len < FG_FAULT_CEILING) {
        va_list arguments;
        va_start(arguments, format);
        g_ptr_array_add(container->faults, g_strdup_vprintf(format, arguments));
        va_end(arguments);
    }
    return FALSE;
}

GBytes *
fg_dress_block(const FgDress *dress, FgPartKind kind)
{
    if (!dress)
        return NULL;
    switch (kind) {
    case FG_PART_EXIF:
        return dress->exif;
    case FG_PART_XMP:
        return dress->xmp;
    case FG_PART_IRB:
        return dress->irb;
    case FG_PART_ICC:
        return dress->icc;
    default:
        return NULL;
    }
}

static gboolean
text_is_replaced(const FgPart *part, const FgDress *dress)
{
    if (part->kind != FG_PART_TEXT || !part->name || !dress || !dress->texts)
        return FALSE;
    for (const char *const *text = dress->texts; text[0]; text += 2)
        if (!g_ascii_strcasecmp(text[0], part->name))
            return TRUE;
    return FALSE;
}

gboolean
fg_part_stays(const FgPart *part, FgKeepPart keep, gpointer data, const FgDress *dress)
{
    if (part->kind == FG_PART_PICTURE)
        return TRUE;
    if (part->further && dress && dress->beside_further)
        return keep(part, data);
    return !fg_dress_block(dress, part->kind) && !text_is_replaced(part, dress) && keep(part, data);
}

void
fg_put_span(GByteArray *out, const FgContainer *container, guint64 offset, guint64 length)
{
    gsize size;
    const guint8 *file = g_bytes_get_data(container->file, &size);
    g_assert(offset <= size && length <= size - offset);
    g_byte_array_append(out, file + offset, (guint)length);
}
