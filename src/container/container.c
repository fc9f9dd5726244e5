/* container.c: which reader and writer serves a file. No file of this folder calls it. */
#include "container/container_private.h"
#include "container/png_private.h"

#include <string.h>

typedef struct {
    gboolean (*read)(FgContainer *container, GError **error);
    GBytes *(*dress)(const FgContainer *naked, const FgDress *dress, GError **error);
    GBytes *(*rewrite)(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
                       GError **error);
    gboolean (*verify)(const FgContainer *container, GError **error);
} FormatCalls;

static const FormatCalls format_calls[FG_N_FORMATS] = {
#define WRITTEN(id, calls, ...)                                                                              \
    [FG_FORMAT_##id] = {fg_##calls##_read, fg_##calls##_dress, fg_##calls##_rewrite, fg_##calls##_verify},
#define READ(id, calls, ...)                                                                                 \
    [FG_FORMAT_##id] = {fg_##calls##_read, NULL, fg_##calls##_rewrite, fg_##calls##_verify},
#define KNOWN(...)
#define SIGNATURE(...)
#include "container/formats.def"
};

/* Of several EXIF blocks most readers take the first; the others are the file's, too. */
static void
find_further(FgContainer *container)
{
    gsize length;
    const guint8 *file = g_bytes_get_data(container->file, &length);
    const FgPart *first = NULL;
    for (guint i = 0; i < container->parts->len; i++) {
        FgPart *part = container->parts->pdata[i];
        if (part->kind != FG_PART_EXIF || !part->bytes)
            continue;
        const guint8 *block = g_bytes_get_data(part->bytes, NULL);
        part->further =
            first && part->length > 0 && (part->packed || (block >= file && block < file + length));
        first = part;
    }
}

FgContainer *
fg_container_read(GBytes *file, GError **error)
{
    gsize length;
    const void *data = g_bytes_get_data(file, &length);
    FgFormat format = fg_sniff(data, MIN(length, 4096));
    const FormatCalls *calls = &format_calls[format];
    if (!calls->read) {
        fg_throw_no_photo(data, MIN(length, 4096), format, error);
        return NULL;
    }
    g_autoptr(FgContainer) container = g_new0(FgContainer, 1);
    container->format = format;
    container->file = g_bytes_ref(file);
    container->parts = g_ptr_array_new_with_free_func(fg_part_free);
    container->faults = g_ptr_array_new_with_free_func(g_free);
    if (!calls->read(container, error))
        return NULL;
    find_further(container);
    return g_steal_pointer(&container);
}

void
fg_container_free(FgContainer *container)
{
    if (!container)
        return;
    g_bytes_unref(container->file);
    g_ptr_array_unref(container->parts);
    g_ptr_array_unref(container->faults);
    g_clear_pointer(&container->boxes, g_array_unref);
    g_free(container);
}

gboolean
fg_container_verify(const FgContainer *container, GError **error)
{
    return format_calls[container->format].verify(container, error);
}

GBytes *
fg_container_for_decoder(const FgContainer *container)
{
    const gsize end = sizeof PNG_END - 1;
    if (!container->endless)
        return g_bytes_ref(container->file);
    gsize length = 0, size;
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind != FG_PART_TRAILER)
            length = MAX(length, (gsize)(part->offset + part->length));
    }
    if (container->format != FG_FORMAT_PNG)
        return g_bytes_new_from_bytes(container->file, 0, length);
    const guint8 *data = g_bytes_get_data(container->file, &size);
    const FgPart *last = container->parts->pdata[container->parts->len - 1];
    if (last->length < end) /* the beginning of an end mark */
        length = (gsize)last->offset;
    GByteArray *out = g_byte_array_sized_new((guint)(length + end));
    g_byte_array_append(out, data, (guint)length);
    g_byte_array_append(out, (const guint8 *)PNG_END, (guint)end);
    return g_byte_array_free_to_bytes(out);
}

/* Files are put together in memory that GLib counts in 32 bits. */
static gboolean
can_be_written(GBytes *file, GError **error)
{
    const gsize most = (gsize)7 << 29;
    return g_bytes_get_size(file) <= most ||
           fg_throw(error, FG_ERROR_LIMIT, "a file of %zu bytes is too large to be rewritten",
                    g_bytes_get_size(file));
}

GBytes *
fg_container_dress(GBytes *naked, FgFormat format, const FgDress *dress, GError **error)
{
    if (!format_calls[format].dress)
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "no derivative can be a %s",
                             fg_format_title(format));
    if (!can_be_written(naked, error))
        return NULL;
    g_autoptr(FgContainer) container = fg_container_read(naked, error);
    if (!container)
        return NULL;
    if (container->format != format)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "the picture is %s, not %s",
                             fg_format_title(container->format), fg_format_title(format));
    return format_calls[format].dress(container, dress, error);
}

GBytes *
fg_container_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
                     GError **error)
{
    if (!can_be_written(container->file, error))
        return NULL;
    return format_calls[container->format].rewrite(container, keep, data, dress, error);
}

char *
fg_container_picture_digest(const FgContainer *container)
{
    g_autoptr(GChecksum) digest = g_checksum_new(G_CHECKSUM_SHA256);
    const guint8 *file = g_bytes_get_data(container->file, NULL);
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind == FG_PART_PICTURE && !part->name)
            g_checksum_update(digest, file + part->offset, (gssize)part->length);
    }
    return g_strdup(g_checksum_get_string(digest));
}
