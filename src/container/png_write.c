/* png_write.c: writes PNG files: a naked picture with our chunks, or an original with some chunks changed. */
#include "container/png_private.h"

#include <string.h>

static void
begin_chunk(GByteArray *out, const char *type)
{
    fg_put_be32(out, 0);
    fg_put_text(out, type);
}

/* Fills in the length of the chunk that `out` holds alone, and adds its CRC. */
static GBytes *
end_chunk(GByteArray *out)
{
    guint32 size = GUINT32_TO_BE(out->len - 8);
    memcpy(out->data, &size, sizeof size);
    fg_put_be32(out, fg_crc32(0, out->data + 4, out->len - 4));
    return g_byte_array_free_to_bytes(out);
}

static GBytes *
text_chunk(const char *keyword, const void *value, gsize length)
{
    GByteArray *out = g_byte_array_new();
    begin_chunk(out, "iTXt");
    fg_put_text(out, keyword);
    g_byte_array_append(out, (const guint8 *)"\0\0\0\0\0",
                        5); /* not compressed, no language, no translation */
    g_byte_array_append(out, value, (guint)length);
    return end_chunk(out);
}

/* As ImageMagick has it and exiftool reads it: PNG has no chunk of its own for Photoshop resources. */
static GBytes *
raw_chunk(GBytes *block)
{
    static const char keyword[] = "Raw profile type iptc";
    gsize length;
    g_autofree char *text = fg_raw_profile_text("iptc", block, &length);
    g_autoptr(GBytes) packed = fg_deflate(text, length);
    GByteArray *out = g_byte_array_new();
    begin_chunk(out, "zTXt");
    g_byte_array_append(out, (const guint8 *)keyword, sizeof keyword);
    fg_put_u8(out, 0);
    fg_put_bytes(out, packed);
    return end_chunk(out);
}

static GBytes *
block_chunk(FgPartKind kind, GBytes *block)
{
    gsize length;
    const void *data = g_bytes_get_data(block, &length);
    if (kind == FG_PART_XMP)
        return text_chunk(PNG_XMP_KEYWORD, data, length);
    if (kind == FG_PART_IRB)
        return raw_chunk(block);
    GByteArray *out = g_byte_array_new();
    if (kind == FG_PART_EXIF) {
        begin_chunk(out, "eXIf");
        fg_put_bytes(out, block);
        return end_chunk(out);
    }
    /* A profile's own name may tell the program or the screen that it comes from. */
    g_autoptr(GBytes) packed = fg_deflate(data, length);
    begin_chunk(out, "iCCP");
    g_byte_array_append(out, (const guint8 *)"ICC\0\0", 5);
    fg_put_bytes(out, packed);
    return end_chunk(out);
}

/* A chunk of ours and where it goes. */
typedef struct {
    FgPartKind kind;
    const char *keyword; /* of a text */
    GBytes *chunk;
    guint slot; /* written before this part */
} Addition;

static void
addition_clear(Addition *addition)
{
    g_bytes_unref(addition->chunk);
}

/* Our chunks in the order in which docs/spec/metadata.md §2.2 wants them. */
static GArray *
collect(const FgDress *dress, GError **error)
{
    static const FgPartKind kinds[] = {FG_PART_ICC, FG_PART_EXIF, FG_PART_XMP, FG_PART_IRB};
    g_autoptr(GArray) additions = g_array_new(FALSE, TRUE, sizeof(Addition));
    g_array_set_clear_func(additions, (GDestroyNotify)addition_clear);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        GBytes *block = fg_dress_block(dress, kinds[i]);
        if (!block)
            continue;
        if (g_bytes_get_size(block) > FG_BLOCK_CEILING)
            return fg_throw_null(error, FG_ERROR_OVERSIZE, "a block of %zu bytes does not fit a PNG file",
                                 g_bytes_get_size(block));
        Addition addition = {.kind = kinds[i], .chunk = block_chunk(kinds[i], block)};
        g_array_append_val(additions, addition);
    }
    for (const char *const *text = dress ? dress->texts : NULL; text && text[0]; text += 2) {
        Addition addition = {
            .kind = FG_PART_TEXT, .keyword = text[0], .chunk = text_chunk(text[0], text[1], strlen(text[1]))};
        g_array_append_val(additions, addition);
    }
    return g_steal_pointer(&additions);
}

static gboolean
starts_with(const FgContainer *container, const FgPart *part, const char *type)
{
    const guint8 *file = g_bytes_get_data(container->file, NULL);
    return part->kind == FG_PART_PICTURE && part->offset > 0 && !memcmp(file + part->offset + 4, type, 4);
}

/* Our own profile speaks alone: sRGB or cICP beside it is forbidden or would win. */
static gboolean
contradicts(const FgPart *part, const FgDress *dress)
{
    static const char *const colours[] = {"sRGB", "cICP", "gAMA", "cHRM", NULL};
    return part->kind == FG_PART_PICTURE && part->name && fg_dress_block(dress, FG_PART_ICC) &&
           !dress->same_colours && g_strv_contains(colours, part->name);
}

/* The place of a part in the canonical order, or -1 where none is asked for. */
static int
rank(const FgPart *part)
{
    switch (part->kind) {
    case FG_PART_PICTURE:
        return part->offset == 0 ? 0 : part->name && strcmp(part->name, "bKGD") ? 2 : -1;
    case FG_PART_ICC:
        return 1;
    case FG_PART_EXIF:
        return 3;
    case FG_PART_XMP:
        return 4;
    case FG_PART_IRB:
    case FG_PART_IIM:
    case FG_PART_TEXT:
        return 5;
    default:
        return -1;
    }
}

/* A chunk takes the place of the first of its kind that stands before the pixels; a new one goes behind those
 * that come before it in the canonical order. A profile must stand before the palette. */
static guint
find_slot(const FgContainer *container, const Addition *addition)
{
    FgPart like = {.kind = addition->kind, .offset = 1};
    guint slot = 1;
    for (guint i = 1; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (starts_with(container, part, "IDAT") || part->late ||
            (addition->kind == FG_PART_ICC && starts_with(container, part, "PLTE")))
            break;
        if (part->kind == addition->kind &&
            (!addition->keyword || (part->name && !g_ascii_strcasecmp(part->name, addition->keyword))))
            return i;
        int place = rank(part);
        if (place >= 0 && place <= rank(&like))
            slot = i + 1;
    }
    return slot;
}

static void
put_slot(GByteArray *out, const GArray *additions, guint slot)
{
    for (guint i = 0; i < additions->len; i++) {
        const Addition *addition = &g_array_index(additions, Addition, i);
        if (addition->slot == slot)
            fg_put_bytes(out, addition->chunk);
    }
}

GBytes *
fg_png_dress(const FgContainer *naked, const FgDress *dress, GError **error)
{
    if (!fg_png_verify(naked, error))
        return NULL;
    g_autoptr(GArray) additions = collect(dress, error);
    if (!additions)
        return NULL;
    g_autoptr(GByteArray) out = g_byte_array_sized_new((guint)g_bytes_get_size(naked->file) + 8192);
    /* First the header and what describes the pixels, then our chunks, then the palette, the background that
     * may be an entry of it, and the pixels. */
    for (guint pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < naked->parts->len; i++) {
            const FgPart *part = naked->parts->pdata[i];
            if (part->kind == FG_PART_PICTURE && (rank(part) >= 0) == (pass == 0) &&
                !contradicts(part, dress))
                fg_put_span(out, naked, part->offset, part->length);
        }
        put_slot(out, additions, pass);
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

GBytes *
fg_png_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
               GError **error)
{
    g_autoptr(GArray) additions = collect(dress, error);
    if (!additions)
        return NULL;
    for (guint i = 0; i < additions->len; i++) {
        Addition *addition = &g_array_index(additions, Addition, i);
        addition->slot = find_slot(container, addition);
    }
    g_autoptr(GByteArray) out = g_byte_array_sized_new((guint)g_bytes_get_size(container->file) + 8192);
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        put_slot(out, additions, i);
        if (fg_part_stays(part, keep, data, dress) && !contradicts(part, dress) &&
            !(part->kind == FG_PART_IIM && fg_dress_block(dress, FG_PART_IRB)))
            fg_put_span(out, container, part->offset, part->length);
    }
    put_slot(out, additions, container->parts->len);
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
