/* webp_write.c: writes WebP files: a naked picture with our chunks, or an original with some chunks changed.
 */
#include "container/container_private.h"

#include <string.h>

enum { RIFF_HEADER = 12, CHUNK_HEADER = 8, VP8X_SIZE = 10 };
enum { FLAG_ANIMATION = 0x02, FLAG_XMP = 0x04, FLAG_EXIF = 0x08, FLAG_ALPHA = 0x10, FLAG_ICC = 0x20 };

/* A file that is being put together: its chunks in their order, with the header that says which there are. */
typedef struct {
    const FgContainer *container;
    GByteArray *out;
    guint8 flags;
    gboolean canvas; /* has a VP8X */
} WebpFile;

static void
pad(GByteArray *out)
{
    if (out->len & 1)
        fg_put_u8(out, 0);
}

static guint8
flag_of(FgPartKind kind)
{
    switch (kind) {
    case FG_PART_EXIF:
        return FLAG_EXIF;
    case FG_PART_XMP:
        return FLAG_XMP;
    case FG_PART_ICC:
        return FLAG_ICC;
    default:
        return 0;
    }
}

static void
put_block(WebpFile *file, FgPartKind kind, const FgDress *dress)
{
    GBytes *block = fg_dress_block(dress, kind);
    if (!block)
        return;
    pad(file->out);
    fg_put_text(file->out, kind == FG_PART_EXIF ? "EXIF" : kind == FG_PART_XMP ? "XMP " : "ICCP");
    fg_put_le32(file->out, (guint32)g_bytes_get_size(block));
    fg_put_bytes(file->out, block);
    pad(file->out);
    file->flags |= flag_of(kind);
}

static void
put_part(WebpFile *file, const FgPart *part)
{
    pad(file->out);
    fg_put_span(file->out, file->container, part->offset, part->length);
    file->flags |= flag_of(part->kind);
}

static gboolean
has_canvas(const FgContainer *container)
{
    const FgPart *second = container->parts->len > 1 ? container->parts->pdata[1] : NULL;
    return second && second->kind == FG_PART_PICTURE && second->length >= CHUNK_HEADER + 10 &&
           !g_strcmp0(second->name, "VP8X");
}

/* What the chunks of the picture itself need to be told of in VP8X. */
static guint8
picture_flags(const FgContainer *container)
{
    const guint8 *data = g_bytes_get_data(container->file, NULL);
    guint8 flags = container->bands == 4 ? FLAG_ALPHA : 0;
    if (has_canvas(container))
        flags |= data[RIFF_HEADER + CHUNK_HEADER] & FLAG_ANIMATION;
    return flags;
}

static void
put_canvas(WebpFile *file)
{
    fg_put_text(file->out, "VP8X");
    fg_put_le32(file->out, VP8X_SIZE);
    fg_put_le32(file->out, 0); /* The flags are known at the end. */
    const guint32 sides[] = {file->container->width - 1, file->container->height - 1};
    for (guint i = 0; i < 2; i++)
        for (guint shift = 0; shift < 24; shift += 8)
            fg_put_u8(file->out, sides[i] >> shift & 0xFF);
    file->canvas = TRUE;
}

static void
begin(WebpFile *file)
{
    fg_put_text(file->out, "RIFF");
    fg_put_le32(file->out, 0);
    fg_put_text(file->out, "WEBP");
}

/* Fills in what only the whole file tells: its size and the flags. */
static void
finish(WebpFile *file)
{
    pad(file->out);
    guint32 size = GUINT32_TO_LE(file->out->len - CHUNK_HEADER);
    memcpy(file->out->data + 4, &size, sizeof size);
    if (file->canvas)
        file->out->data[RIFF_HEADER + CHUNK_HEADER] = file->flags | picture_flags(file->container);
}

static gboolean
has_size(const FgContainer *container, GError **error)
{
    return (container->width && container->height) ||
           fg_throw(error, FG_ERROR_UNSUPPORTED, "the picture does not say its size");
}

GBytes *
fg_webp_dress(const FgContainer *naked, const FgDress *dress, GError **error)
{
    if (!fg_webp_verify(naked, error) || !has_size(naked, error))
        return NULL;
    g_autoptr(GByteArray) out = g_byte_array_sized_new((guint)g_bytes_get_size(naked->file) + 8192);
    WebpFile file = {.container = naked, .out = out};
    begin(&file);
    if (picture_flags(naked) || fg_dress_block(dress, FG_PART_EXIF) || fg_dress_block(dress, FG_PART_XMP) ||
        fg_dress_block(dress, FG_PART_ICC))
        put_canvas(&file);
    put_block(&file, FG_PART_ICC, dress);
    for (guint i = 0; i < naked->parts->len; i++) {
        const FgPart *part = naked->parts->pdata[i];
        if (part->kind == FG_PART_PICTURE && !part->name)
            put_part(&file, part);
    }
    put_block(&file, FG_PART_EXIF, dress);
    put_block(&file, FG_PART_XMP, dress);
    finish(&file);
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

/* The chunks that stay, each block of ours in place of the first of its kind, else where
 * docs/spec/metadata.md §2.3 wants it. */
static void
put_parts(WebpFile *file, const gboolean *stays, const FgDress *dress)
{
    static const FgPartKind kinds[] = {FG_PART_ICC, FG_PART_EXIF, FG_PART_XMP};
    const GPtrArray *parts = file->container->parts;
    gboolean put[G_N_ELEMENTS(kinds)] = {FALSE};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        put[i] = !fg_dress_block(dress, kinds[i]);
    for (guint i = 1; i < parts->len; i++) {
        const FgPart *part = parts->pdata[i];
        if (part->kind == FG_PART_TRAILER)
            break;
        gboolean pixels = part->kind == FG_PART_PICTURE && !part->name;
        for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
            if (!put[k] && (part->kind == kinds[k] || (pixels && kinds[k] == FG_PART_ICC))) {
                put_block(file, kinds[k], dress);
                put[k] = TRUE;
            }
        if (!stays[i])
            continue;
        put_part(file, part);
        file->canvas |= part->kind == FG_PART_PICTURE && part->name;
    }
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
        if (!put[k])
            put_block(file, kinds[k], dress);
}

GBytes *
fg_webp_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
                GError **error)
{
    const GPtrArray *parts = container->parts;
    g_autofree gboolean *stays = g_new0(gboolean, parts->len);
    gboolean same = !dress || (!dress->exif && !dress->xmp && !dress->icc);
    for (guint i = 0; i < parts->len; i++)
        same &= stays[i] = fg_part_stays(parts->pdata[i], keep, data, dress);
    if (same)
        return g_bytes_ref(container->file); /* Even flags that are wrong stay as they are. */
    if (!has_size(container, error))
        return NULL;
    g_autoptr(GByteArray) out = g_byte_array_sized_new((guint)g_bytes_get_size(container->file) + 8192);
    WebpFile file = {.container = container, .out = out};
    begin(&file);
    gboolean blocks = dress && (dress->exif || dress->xmp || dress->icc);
    if (blocks && !has_canvas(container))
        put_canvas(&file);
    put_parts(&file, stays, dress);
    finish(&file);
    const FgPart *last = parts->pdata[parts->len - 1];
    if (last->kind == FG_PART_TRAILER && stays[parts->len - 1])
        fg_put_span(out, container, last->offset, last->length);
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
