/* webp.c: reads and writes the chunks of a WebP file (WebP Container Specification; RFC 9649 §2). */
#include "container/container_private.h"

#include <string.h>

enum { RIFF_HEADER = 12, CHUNK_HEADER = 8, FLAG_ANIMATION = 0x02, FLAG_ALPHA = 0x10 };

typedef struct {
    const char *type;  /* four characters, borrowed from the file */
    gsize offset, end; /* header and pad byte included */
    FgCursor payload;
} WebpChunk;

typedef struct {
    FgContainer *container;
    gboolean canvas;   /* VP8X has given the size */
    gboolean animated; /* and says that frames are the picture; elsewhere decoders pass over them */
    gboolean pixels;
} WebpWalk;

static gboolean
is_type(const WebpChunk *chunk, const char *type)
{
    return !memcmp(chunk->type, type, 4);
}

static gboolean
next_chunk(FgCursor *at, WebpChunk *chunk)
{
    FgCursor look = *at, type;
    guint32 size;
    if (!fg_cursor_take(&look, 4, &type) || !fg_cursor_u32(&look, &size) ||
        !fg_cursor_take(&look, size, &chunk->payload))
        return FALSE;
    if (size & 1)
        fg_cursor_skip(&look, 1); /* Some writers leave out the last pad byte. */
    chunk->type = (const char *)type.data;
    chunk->offset = at->offset;
    chunk->end = look.offset;
    *at = look;
    return TRUE;
}

static void
read_canvas(WebpWalk *walk, FgCursor at)
{
    guint8 flags;
    guint32 width, height;
    if (!fg_cursor_u8(&at, &flags) || !fg_cursor_skip(&at, 3) || !fg_cursor_u24(&at, &width) ||
        !fg_cursor_u24(&at, &height)) {
        fg_fault(walk->container, "the chunk VP8X holds %zu bytes", at.length);
        return;
    }
    walk->canvas = TRUE;
    walk->container->width = width + 1;
    walk->container->height = height + 1;
    walk->animated = (flags & FLAG_ANIMATION) != 0;
    if (flags & FLAG_ALPHA)
        walk->container->bands = 4;
}

/* A lossy picture: RFC 6386 §9.1. */
static void
read_lossy(WebpWalk *walk, FgCursor at)
{
    guint16 width, height;
    if (!fg_cursor_skip(&at, 3) || !fg_cursor_match(&at, "\x9D\x01\x2A", 3) || !fg_cursor_u16(&at, &width) ||
        !fg_cursor_u16(&at, &height)) {
        fg_fault(walk->container, "the picture has no key frame");
        return;
    }
    if (walk->canvas)
        return;
    walk->container->width = width & 0x3FFF;
    walk->container->height = height & 0x3FFF;
}

/* A lossless picture: RFC 9649 §3.4. */
static void
read_lossless(WebpWalk *walk, FgCursor at)
{
    guint32 bits;
    if (!fg_cursor_match(&at, "\x2F", 1) || !fg_cursor_u32(&at, &bits)) {
        fg_fault(walk->container, "the lossless picture has no header");
        return;
    }
    if (bits >> 28 & 1)
        walk->container->bands = 4;
    if (walk->canvas)
        return;
    walk->container->width = (bits & 0x3FFF) + 1;
    walk->container->height = (bits >> 14 & 0x3FFF) + 1;
}

static gboolean
add_picture(WebpWalk *walk, const WebpChunk *chunk, GError **error)
{
    if (is_type(chunk, "VP8 "))
        read_lossy(walk, chunk->payload);
    else if (is_type(chunk, "VP8L"))
        read_lossless(walk, chunk->payload);
    if (is_type(chunk, "ALPH"))
        walk->container->bands = 4;
    walk->pixels |= is_type(chunk, "VP8 ") || is_type(chunk, "VP8L") || is_type(chunk, "ANMF");
    return fg_part_add_picture(walk->container, chunk->offset, chunk->end - chunk->offset, NULL, error);
}

typedef struct {
    const char *type;
    FgPartKind kind;
    const char *name;
} ChunkKind;

/* EXIF and XMP stand after the pixels because the standard wants it; they are not called late. */
static const ChunkKind chunk_kinds[] = {
    {"EXIF", FG_PART_EXIF, NULL},
    {"XMP ", FG_PART_XMP, NULL},
    {"ICCP", FG_PART_ICC, NULL},
    {"C2PA", FG_PART_C2PA, NULL},
    {"META", FG_PART_PRIVATE, "chunk META"},
};

static gboolean
add_block(WebpWalk *walk, WebpChunk *chunk, GError **error)
{
    const ChunkKind *kind = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(chunk_kinds) && !kind; i++)
        if (is_type(chunk, chunk_kinds[i].type))
            kind = &chunk_kinds[i];
    gsize head = chunk->offset + CHUNK_HEADER;
    gboolean prefixed = kind && kind->kind == FG_PART_EXIF && fg_cursor_match(&chunk->payload, "Exif\0\0", 6);
    g_autofree char *bytes = g_strndup(chunk->type, 4);
    g_autofree char *type = fg_text_printable(bytes);
    FgPart *part = fg_part_add_slice(walk->container, kind ? kind->kind : FG_PART_PRIVATE, chunk->offset,
                                     chunk->end - chunk->offset, head + chunk->payload.offset,
                                     fg_cursor_left(&chunk->payload), g_strchomp(g_strdup(type)), error);
    if (!part)
        return FALSE;
    part->unusual = prefixed;
    part->name = kind ? g_strdup(kind->name) : g_strdup_printf("chunk %s", type);
    part->late = walk->pixels && part->kind != FG_PART_EXIF && part->kind != FG_PART_XMP;
    return TRUE;
}

static gboolean
read_chunk(WebpWalk *walk, WebpChunk *chunk, GError **error)
{
    static const char *const pixels[] = {"VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"};
    const gsize count = G_N_ELEMENTS(pixels) - (walk->animated ? 0 : 2);
    for (gsize i = 0; i < count; i++)
        if (is_type(chunk, pixels[i]))
            return add_picture(walk, chunk, error);
    if (!is_type(chunk, "VP8X") || chunk->offset != RIFF_HEADER)
        return add_block(walk, chunk, error);
    read_canvas(walk, chunk->payload);
    return fg_part_add_picture(walk->container, chunk->offset, chunk->end - chunk->offset, "VP8X", error);
}

gboolean
fg_webp_read(FgContainer *container, GError **error)
{
    WebpWalk walk = {.container = container};
    FgCursor file = fg_cursor_bytes(container->file, FG_LITTLE_ENDIAN);
    guint32 size = 0;
    fg_cursor_skip(&file, 4);
    if (!fg_cursor_u32(&file, &size) || size < 4 || !fg_cursor_match(&file, "WEBP", 4))
        return fg_throw(error, FG_ERROR_MALFORMED, "the file claims to hold %u bytes", size);
    if (!fg_part_add_picture(container, 0, RIFF_HEADER, "RIFF", error))
        return FALSE;
    container->depth = 8;
    container->bands = 3;

    guint64 claimed = (guint64)size + CHUNK_HEADER + (size & 1);
    gsize end = (gsize)MIN(claimed, file.length);
    FgCursor at = fg_cursor(file.data, end, FG_LITTLE_ENDIAN);
    fg_cursor_seek(&at, RIFF_HEADER);
    WebpChunk chunk;
    while (next_chunk(&at, &chunk))
        if (!read_chunk(&walk, &chunk, error))
            return FALSE;
    gsize left = fg_cursor_left(&at);
    if (!walk.pixels)
        fg_fault(container, "the file holds no picture");
    if (left)
        fg_fault(container, "the chunk at %zu is cut", at.offset);
    if (claimed - (size & 1) > file.length)
        fg_fault(container, "the file claims to hold %" G_GUINT64_FORMAT " bytes and holds %zu", claimed,
                 file.length);
    container->complete = walk.pixels && !left && claimed - (size & 1) <= file.length;
    if (left) {
        FgPart *part = fg_part_add_slice(container, FG_PART_PRIVATE, at.offset, left, at.offset, left,
                                         g_strdup("cut chunk"), error);
        if (!part)
            return FALSE;
        part->name = g_strdup("cut chunk");
        part->late = walk.pixels;
    }
    return fg_part_add_trailer(container, end, error);
}

gboolean
fg_webp_verify(const FgContainer *container, GError **error)
{
    if (container->complete)
        return TRUE;
    const char *last = container->faults->pdata[container->faults->len - 1];
    return fg_throw(error, FG_ERROR_MALFORMED, "%s: the file is cut or damaged", last);
}
