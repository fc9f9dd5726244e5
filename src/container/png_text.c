/* png_text.c: what the text chunks of a PNG file hold (PNG, third edition, §11.3.3), the blocks that
 * ImageMagick and exiftool hide in them included. */
#include "container/png_private.h"

#include <string.h>

/* The bytes up to the next NUL, which is skipped. */
static gboolean
take_string(FgCursor *at, FgCursor *text)
{
    const guint8 *start = at->data + at->offset;
    const guint8 *nul = fg_cursor_left(at) ? memchr(start, 0, fg_cursor_left(at)) : NULL;
    return nul && fg_cursor_take(at, (gsize)(nul - start), text) && fg_cursor_skip(at, 1);
}

/* Reads a chunk down to its value; *packed says that the value is a zlib stream. */
static gboolean
take_value(PngChunk *chunk, FgCursor *keyword, gboolean *packed)
{
    FgCursor *at = &chunk->payload, ignored;
    guint8 flag, method;
    *packed = chunk->type[0] == 'z';
    if (!take_string(at, keyword))
        return FALSE;
    if (chunk->type[0] == 't')
        return TRUE;
    if (chunk->type[0] == 'z')
        return fg_cursor_u8(at, &method);
    if (!fg_cursor_u8(at, &flag) || !fg_cursor_u8(at, &method) || !take_string(at, &ignored) ||
        !take_string(at, &ignored))
        return FALSE;
    *packed = flag != 0;
    return TRUE;
}

/* What the bytes of a raw profile are says their beginning, more surely than the profile's name. */
typedef struct {
    const char *profile; /* NULL: any */
    const char *prefix;
    gsize length, skip;
    FgPartKind kind;
} RawProfile;

static const RawProfile raw_profiles[] = {
    {NULL, "Exif\0\0", 6, 6, FG_PART_EXIF},
    {NULL, "http://ns.adobe.com/xap/1.0/\0", 29, 29, FG_PART_XMP},
    {NULL, "Photoshop 3.0\0", 14, 14, FG_PART_IRB},
    {"icc", "", 0, 0, FG_PART_ICC},
    {"icm", "", 0, 0, FG_PART_ICC},
    {"xmp", "", 0, 0, FG_PART_XMP},
    {NULL, "8BIM", 4, 0, FG_PART_IRB},
    {NULL, "II", 2, 0, FG_PART_EXIF},
    {NULL, "MM", 2, 0, FG_PART_EXIF},
    {NULL, "\x1C", 1, 0, FG_PART_IIM},
};

/* The block in a "Raw profile type …"; NULL when it is none that is known. */
static GBytes *
raw_profile(const char *keyword, GBytes *value, FgPartKind *kind)
{
    static const char prefix[] = "Raw profile type ";
    if (!g_str_has_prefix(keyword, prefix))
        return NULL;
    g_autoptr(GBytes) bytes = fg_raw_profile(value);
    if (!bytes)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(raw_profiles); i++) {
        const RawProfile *row = &raw_profiles[i];
        FgCursor at = fg_cursor_bytes(bytes, FG_BIG_ENDIAN);
        if ((row->profile && g_ascii_strcasecmp(row->profile, keyword + sizeof prefix - 1)) ||
            !fg_cursor_match(&at, row->prefix, row->length))
            continue;
        *kind = row->kind;
        return g_bytes_new_from_bytes(bytes, row->skip, at.length - row->skip);
    }
    return NULL;
}

gboolean
fg_png_read_text(PngWalk *walk, PngChunk *chunk, GError **error)
{
    FgCursor keyword;
    gboolean packed;
    FgCursor whole = chunk->payload;
    g_autofree char *name = NULL;
    GBytes *inflated = NULL;
    if (!take_value(chunk, &keyword, &packed)) {
        fg_fault(walk->container, "the chunk %s at %zu is no text", chunk->type, chunk->offset);
        chunk->payload = whole;
    } else {
        name = fg_text_from_latin1(keyword.data, keyword.length);
        if (packed && !fg_png_inflate(walk, chunk, &chunk->payload, &inflated, error))
            return FALSE;
    }
    FgPart *part = fg_png_part(walk, chunk, FG_PART_TEXT, inflated, error);
    if (!part)
        return FALSE;
    part->latin1 = chunk->type[0] != 'i';
    FgPartKind kind = FG_PART_TEXT;
    GBytes *raw = name ? raw_profile(name, part->bytes, &kind) : NULL;
    if (raw) {
        g_bytes_unref(part->bytes);
        part->bytes = raw;
        part->unusual = TRUE;
    } else if (!g_strcmp0(name, PNG_XMP_KEYWORD)) {
        kind = FG_PART_XMP;
        part->unusual = packed || part->latin1;
    } else {
        part->name = g_strdup(name ? name : "");
    }
    part->kind = kind;
    return TRUE;
}
