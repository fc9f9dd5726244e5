/* png.c: reads the chunks of a PNG file (PNG, third edition, §5 and §11). */
#include "container/png_private.h"

#include <string.h>

static gboolean
is_type(const PngChunk *chunk, const char *type)
{
    return !strcmp(chunk->type, type);
}

gboolean
fg_png_chunk(FgCursor *at, PngChunk *chunk)
{
    FgCursor look = *at, type;
    guint32 size;
    chunk->offset = look.offset;
    if (!fg_cursor_u32(&look, &size) || size > G_MAXINT32 || !fg_cursor_take(&look, 4, &type) ||
        !fg_cursor_take(&look, size, &chunk->payload) || !fg_cursor_skip(&look, 4))
        return FALSE;
    memcpy(chunk->type, type.data, 4);
    chunk->type[4] = '\0';
    for (guint i = 0; i < 4; i++)
        if (!g_ascii_isalpha(chunk->type[i]))
            return FALSE;
    chunk->end = look.offset;
    *at = look;
    return TRUE;
}

FgPart *
fg_png_part(PngWalk *walk, const PngChunk *chunk, FgPartKind kind, GBytes *taken, GError **error)
{
    gsize size = fg_cursor_left(&chunk->payload), length = chunk->end - chunk->offset;
    guint number = kind == FG_PART_TEXT ? ++walk->texts : 1;
    char *where = number > 1 ? g_strdup_printf("%s[%u]", chunk->type, number) : g_strdup(chunk->type);
    FgPart *part = taken ? fg_part_add(walk->container, kind, chunk->offset, length, where, error)
                         : fg_part_add_slice(walk->container, kind, chunk->offset, length,
                                             chunk->end - 4 - size, size, where, error);
    if (part && taken)
        part->bytes = taken;
    else
        g_clear_pointer(&taken, g_bytes_unref);
    if (part)
        part->late = walk->after_data;
    return part;
}

gboolean
fg_png_inflate(PngWalk *walk, const PngChunk *chunk, const FgCursor *at, GBytes **bytes, GError **error)
{
    g_autoptr(GError) broken = NULL;
    *bytes =
        fg_inflate(at->data + at->offset, fg_cursor_left(at), FG_BLOCK_CEILING - walk->inflated, &broken);
    if (*bytes) {
        walk->inflated += g_bytes_get_size(*bytes);
        return TRUE;
    }
    if (!g_error_matches(broken, FG_ERROR, FG_ERROR_MALFORMED)) {
        g_propagate_prefixed_error(error, g_steal_pointer(&broken), "chunk %s: ", chunk->type);
        return FALSE;
    }
    fg_fault(walk->container, "chunk %s at %zu: %s", chunk->type, chunk->offset, broken->message);
    *bytes = g_bytes_new(NULL, 0);
    return TRUE;
}

/* Each chunk that a decoder needs is a stretch of its own, so that our blocks find their place between them;
 * only the many IDAT in a row are one. */
static gboolean
add_picture(PngWalk *walk, const PngChunk *chunk, gboolean joins, const char *name, GError **error)
{
    FgContainer *container = walk->container;
    gsize offset = walk->pictures++ ? chunk->offset : 0; /* The first holds the file's signature. */
    if (joins)
        return fg_part_add_picture(container, offset, chunk->end - offset, NULL, error);
    FgPart *part =
        fg_part_add(container, FG_PART_PICTURE, offset, chunk->end - offset, g_strdup(chunk->type), error);
    if (part)
        part->name = g_strdup(name);
    return part != NULL;
}

static gboolean
read_header(PngWalk *walk, PngChunk *chunk, GError **error)
{
    static const guint8 bands[] = {[0] = 1, [2] = 3, [3] = 1, [4] = 2, [6] = 4};
    FgContainer *container = walk->container;
    guint8 kind, interlace;
    FgCursor at = chunk->payload;
    if (!fg_cursor_u32(&at, &container->width) || !fg_cursor_u32(&at, &container->height) ||
        !fg_cursor_u8(&at, &container->depth) || !fg_cursor_u8(&at, &kind) || !fg_cursor_skip(&at, 2) ||
        !fg_cursor_u8(&at, &interlace))
        return fg_throw(error, FG_ERROR_MALFORMED, "the header holds %zu bytes", chunk->payload.length);
    container->bands = kind < G_N_ELEMENTS(bands) ? bands[kind] : 0;
    container->progressive = interlace != 0;
    return add_picture(walk, chunk, FALSE, NULL, error);
}

static gboolean
read_data(PngWalk *walk, PngChunk *chunk, GError **error)
{
    gboolean joins = walk->after_data;
    walk->after_data = TRUE;
    return add_picture(walk, chunk, joins, NULL, error);
}

static gboolean
read_needed(PngWalk *walk, PngChunk *chunk, GError **error)
{
    return add_picture(walk, chunk, FALSE, NULL, error);
}

static gboolean
read_describing(PngWalk *walk, PngChunk *chunk, GError **error)
{
    return add_picture(walk, chunk, FALSE, chunk->type, error);
}

static gboolean
read_exif(PngWalk *walk, PngChunk *chunk, GError **error)
{
    gboolean prefixed = fg_cursor_match(&chunk->payload, "Exif\0\0", 6);
    FgPart *part = fg_png_part(walk, chunk, FG_PART_EXIF, NULL, error);
    if (!part)
        return FALSE;
    part->unusual = prefixed;
    return TRUE;
}

/* iCCP: a name, a NUL, the method of compression, which is 0, and the profile. */
static gboolean
read_icc(PngWalk *walk, PngChunk *chunk, GError **error)
{
    FgCursor at = chunk->payload;
    const guint8 *nul = at.length ? memchr(at.data, 0, MIN(at.length, 80)) : NULL;
    g_autofree char *name = NULL;
    GBytes *profile = NULL;
    if (nul && fg_cursor_skip(&at, (gsize)(nul - at.data) + 2)) {
        name = fg_text_from_latin1(at.data, (gsize)(nul - at.data));
        if (!fg_png_inflate(walk, chunk, &at, &profile, error))
            return FALSE;
    } else {
        fg_fault(walk->container, "the chunk iCCP at %zu is too short", chunk->offset);
        profile = g_bytes_new(NULL, 0);
    }
    FgPart *part = fg_png_part(walk, chunk, FG_PART_ICC, profile, error);
    if (!part)
        return FALSE;
    part->name = g_steal_pointer(&name);
    return TRUE;
}

static gboolean
read_time(PngWalk *walk, PngChunk *chunk, GError **error)
{
    return fg_png_part(walk, chunk, FG_PART_TIME, NULL, error) != NULL;
}

static gboolean
read_c2pa(PngWalk *walk, PngChunk *chunk, GError **error)
{
    return fg_png_part(walk, chunk, FG_PART_C2PA, NULL, error) != NULL;
}

static gboolean
read_private(PngWalk *walk, PngChunk *chunk, GError **error)
{
    if (g_ascii_isupper(chunk->type[0]))
        fg_fault(walk->container, "the chunk %s at %zu is critical and unknown", chunk->type, chunk->offset);
    FgPart *part = fg_png_part(walk, chunk, FG_PART_PRIVATE, NULL, error);
    if (!part)
        return FALSE;
    part->name = g_strdup_printf("chunk %s", chunk->type);
    return TRUE;
}

typedef struct {
    const char *type;
    gboolean (*read)(PngWalk *walk, PngChunk *chunk, GError **error);
} ChunkKind;

static const ChunkKind chunk_kinds[] = {
    {"IDAT", read_data},        {"IHDR", read_header},      {"PLTE", read_needed},
    {"tRNS", read_needed},      {"IEND", read_needed},      {"sRGB", read_describing},
    {"gAMA", read_describing},  {"cHRM", read_describing},  {"cICP", read_describing},
    {"pHYs", read_describing},  {"sBIT", read_describing},  {"bKGD", read_describing},
    {"mDCV", read_describing},  {"mDCv", read_describing},  {"cLLI", read_describing},
    {"cLLi", read_describing},  {"eXIf", read_exif},        {"iCCP", read_icc},
    {"tEXt", fg_png_read_text}, {"zTXt", fg_png_read_text}, {"iTXt", fg_png_read_text},
    {"tIME", read_time},        {"caBX", read_c2pa},
};

static gboolean
read_chunk(PngWalk *walk, PngChunk *chunk, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(chunk_kinds); i++)
        if (is_type(chunk, chunk_kinds[i].type))
            return chunk_kinds[i].read(walk, chunk, error);
    return read_private(walk, chunk, error);
}

/* The file ends behind a whole chunk, or in its end mark. */
static gboolean
ends_in_mark(const FgCursor *at)
{
    static const char mark[] = PNG_END;
    const gsize left = fg_cursor_left(at);
    return left < sizeof mark - 1 && (left == 0 || fg_cursor_peek(at, mark, left));
}

static gboolean
read_cut(PngWalk *walk, FgCursor *at, GError **error)
{
    gsize left = fg_cursor_left(at);
    walk->container->endless = walk->after_data && ends_in_mark(at);
    if (walk->container->endless) {
        fg_fault(walk->container, "the picture has no end mark");
        return left == 0 ||
               fg_part_add(walk->container, FG_PART_PICTURE, at->offset, left, g_strdup("IEND"), error);
    }
    fg_fault(walk->container,
             left ? "the chunk at %zu is cut or no chunk" : "the file ends at %zu without an end mark",
             at->offset);
    if (!left)
        return TRUE;
    FgPart *part =
        fg_part_add(walk->container, FG_PART_PRIVATE, at->offset, left, g_strdup("cut chunk"), error);
    if (!part)
        return FALSE;
    part->name = g_strdup("cut chunk");
    part->late = walk->after_data;
    part->bytes = g_bytes_new_from_bytes(walk->container->file, at->offset, left);
    return TRUE;
}

gboolean
fg_png_read(FgContainer *container, GError **error)
{
    PngWalk walk = {.container = container};
    FgCursor at = fg_cursor_bytes(container->file, FG_BIG_ENDIAN);
    PngChunk chunk;
    FgCursor first = at;
    if (!fg_cursor_skip(&at, PNG_SIGNATURE_SIZE) || !fg_cursor_seek(&first, 12) ||
        !fg_cursor_peek(&first, "IHDR", 4))
        return fg_throw(error, FG_ERROR_MALFORMED, "the file does not begin with a header");
    while (fg_png_chunk(&at, &chunk)) {
        if (is_type(&chunk, "IHDR") && chunk.offset > PNG_SIGNATURE_SIZE) {
            fg_fault(container, "a second header stands at %zu", chunk.offset);
            if (!read_private(&walk, &chunk, error))
                return FALSE;
            continue;
        }
        if (!read_chunk(&walk, &chunk, error))
            return FALSE;
        if (is_type(&chunk, "IEND")) {
            container->complete = walk.after_data;
            if (chunk.payload.length)
                fg_fault(container, "the end mark holds %zu bytes", chunk.payload.length);
            return fg_part_add_trailer(container, at.offset, error);
        }
    }
    if (!walk.pictures)
        return fg_throw(error, FG_ERROR_MALFORMED, "the header is cut");
    return read_cut(&walk, &at, error);
}

gboolean
fg_png_verify(const FgContainer *container, GError **error)
{
    if (!container->complete)
        return fg_throw(error, FG_ERROR_MALFORMED,
                        "the picture has no data or no end mark: the file is cut or damaged");
    FgCursor at = fg_cursor_bytes(container->file, FG_BIG_ENDIAN);
    PngChunk chunk;
    fg_cursor_skip(&at, PNG_SIGNATURE_SIZE);
    while (fg_png_chunk(&at, &chunk)) {
        if (g_ascii_islower(chunk.type[0]) && !is_type(&chunk, "tRNS"))
            continue;
        FgCursor tail = fg_cursor(at.data, at.length, FG_BIG_ENDIAN);
        guint32 stored;
        fg_cursor_seek(&tail, chunk.end - 4);
        fg_cursor_u32(&tail, &stored);
        if (stored != fg_crc32(0, at.data + chunk.offset + 4, chunk.end - chunk.offset - 8))
            return fg_throw(error, FG_ERROR_MALFORMED, "the checksum of the chunk %s at %zu is wrong",
                            chunk.type, chunk.offset);
        if (is_type(&chunk, "IEND"))
            return TRUE;
    }
    return fg_throw(error, FG_ERROR_MALFORMED, "the picture has no end mark");
}
