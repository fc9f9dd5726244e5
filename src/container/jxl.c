/* jxl.c: JPEG XL (ISO/IEC 18181-2): boxes around a codestream, or a codestream alone. */
#include "container/bmff_private.h"

#define EXIF FG_FOURCC('E', 'x', 'i', 'f')
#define XML FG_FOURCC('x', 'm', 'l', ' ')
#define JBRD FG_FOURCC('j', 'b', 'r', 'd')
#define BROB FG_FOURCC('b', 'r', 'o', 'b')
#define JXLC FG_FOURCC('j', 'x', 'l', 'c')
#define JXLP FG_FOURCC('j', 'x', 'l', 'p')

static const guint8 signature[12] = {0, 0, 0, 12, 'J', 'X', 'L', ' ', 13, 10, 0x87, 10};
static const guint8 type_box[20] = {0,   0,   0, 20, 'f', 't', 'y', 'p', 'j', 'x',
                                    'l', ' ', 0, 0,  0,   0,   'j', 'x', 'l', ' '};

/* The bits of a codestream, the lowest of each byte first. */
typedef struct {
    FgCursor at;
    guint64 held;
    guint count;
    gboolean over;
} Bits;

static guint32
take_bits(Bits *bits, guint wanted)
{
    guint8 byte = 0;
    while (bits->count < wanted) {
        bits->over |= !fg_cursor_u8(&bits->at, &byte);
        bits->held |= (guint64)byte << bits->count;
        bits->count += 8;
    }
    guint32 value = (guint32)(bits->held & (((guint64)1 << wanted) - 1));
    bits->held >>= wanted;
    bits->count -= wanted;
    return value;
}

static guint32
take_side(Bits *bits, gboolean small)
{
    static const guint8 widths[] = {9, 13, 18, 30};
    if (small)
        return (take_bits(bits, 5) + 1) * 8;
    return take_bits(bits, widths[take_bits(bits, 2)]) + 1;
}

/* The SizeHeader at the start of a codestream (ISO/IEC 18181-1 §D.2). */
static gboolean
read_size(FgContainer *container, FgCursor at)
{
    static const guint8 ratios[][2] = {{0, 1}, {1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}};
    if (!fg_cursor_match(&at, "\xff\x0a", 2))
        return FALSE;
    Bits bits = {.at = at};
    gboolean small = take_bits(&bits, 1) != 0;
    guint32 height = take_side(&bits, small);
    guint ratio = take_bits(&bits, 3);
    guint64 width = ratio ? (guint64)height * ratios[ratio][0] / ratios[ratio][1] : take_side(&bits, small);
    if (bits.over)
        return FALSE;
    container->width = (guint32)MIN(width, G_MAXUINT32);
    container->height = height;
    return TRUE;
}

static FgPartKind
kind_of(guint32 type)
{
    switch (type) {
    case EXIF:
        return FG_PART_EXIF;
    case XML:
        return FG_PART_XMP;
    case FG_FOURCC('j', 'u', 'm', 'b'):
        return FG_PART_C2PA;
    case FG_FOURCC('J', 'X', 'L', ' '):
    case FG_FOURCC('f', 't', 'y', 'p'):
    case FG_FOURCC('j', 'x', 'l', 'l'):
    case FG_FOURCC('j', 'x', 'l', 'i'):
    case JXLC:
    case JXLP:
        return FG_PART_PICTURE;
    default:
        return FG_PART_PRIVATE;
    }
}

/* What a box compressed by Brotli holds, its first four bytes say. As long as it can't be opened, a leak in
 * it would not be seen and a right in it would be lost, so the file is none that can be read. */
static gboolean
refuse_compressed(const FgBox *box, GError **error)
{
    FgCursor at = box->body;
    guint32 type = 0;
    fg_cursor_u32(&at, &type);
    g_autofree char *name = fg_box_name(type);
    g_autofree char *shown = fg_text_printable(name);
    return fg_throw(error, FG_ERROR_UNSUPPORTED,
                    "its metadata is compressed (a brob box of \"%s\"), which this version can't open; write "
                    "the file without compressed boxes, as `cjxl --compress_boxes=0` does",
                    shown);
}

static gboolean
add_picture(FgContainer *container, const FgBox *box, GError **error)
{
    FgCursor at = box->body;
    guint32 index;
    if (box->type != JXLC && box->type != JXLP) {
        g_autofree char *name = fg_box_name(box->type);
        return fg_part_add_picture(container, box->span.offset, box->span.length, name, error);
    }
    if (box->type == JXLP && !fg_cursor_u32(&at, &index))
        return fg_fault(container, "a part of the codestream is cut short") || TRUE;
    if (!container->width && !read_size(container, at) && !container->height)
        fg_fault(container, "the codestream does not begin with a size");
    container->complete = TRUE;
    return fg_part_add_picture(container, at.offset, fg_cursor_left(&at), NULL, error);
}

static gboolean
add_box(FgContainer *container, const FgBox *box, GError **error)
{
    if (box->type == BROB)
        return refuse_compressed(box, error);
    FgPartKind kind = kind_of(box->type);
    if (kind == FG_PART_PICTURE)
        return add_picture(container, box, error);
    FgCursor at = box->body;
    guint32 offset;
    if (box->type == EXIF && (!fg_cursor_u32(&at, &offset) || !fg_cursor_skip(&at, offset)))
        fg_fault(container, "the Exif box is cut short");
    gsize size = fg_cursor_left(&at);
    gboolean block = kind == FG_PART_EXIF || kind == FG_PART_XMP;
    if (block && size > FG_BLOCK_CEILING)
        return fg_throw(error, FG_ERROR_LIMIT, "a box holds %zu bytes, the limit is %zu", size,
                        FG_BLOCK_CEILING);
    FgPart *part =
        fg_part_add(container, kind, box->span.offset, box->span.length, fg_heif_where_box(box), error);
    if (!part)
        return FALSE;
    if (box->type == EXIF)
        fg_cursor_match(&at, "Exif\0\0", 6);
    part->bytes = fg_cursor_slice(&at, container->file);
    if (!block)
        part->name = fg_box_name(box->type);
    return TRUE;
}

gboolean
fg_jxl_read(FgContainer *container, GError **error)
{
    FgCursor at = fg_cursor_bytes(container->file, FG_BIG_ENDIAN);
    if (!fg_cursor_peek(&at, signature, sizeof signature)) {
        container->complete = TRUE;
        return (read_size(container, at) ||
                fg_throw(error, FG_ERROR_MALFORMED, "the codestream does not begin with a size")) &&
               fg_part_add_picture(container, 0, at.length, NULL, error);
    }
    FgBox box;
    for (guint i = 0; i < FG_BOX_CEILING && fg_box_next(&at, &box); i++)
        if (!add_box(container, &box, error))
            return FALSE;
    if (!container->complete)
        return fg_throw(error, FG_ERROR_MALFORMED, "there is no codestream");
    guint32 size, type;
    FgCursor tail = at;
    if (fg_cursor_u32(&tail, &size) && fg_cursor_u32(&tail, &type) && (type == JXLC || type == JXLP)) {
        container->complete = FALSE;
        fg_fault(container, "the box at %zu claims %u bytes, %zu are left", at.offset, size,
                 fg_cursor_left(&at));
    }
    return fg_part_add_trailer(container, at.offset, error);
}

gboolean
fg_jxl_verify(const FgContainer *container, GError **error)
{
    if (container->complete)
        return TRUE;
    return fg_throw(error, FG_ERROR_MALFORMED, "%s",
                    container->faults->len ? (char *)container->faults->pdata[0] : "the picture has no data");
}

/* The first part of a kind when it is this very block: it stays where it is, and needs no writing. */
static const FgPart *
held(const FgContainer *container, FgPartKind kind, GBytes *block)
{
    const FgPart *part = block ? fg_container_find(container, kind) : NULL;
    return part && g_bytes_equal(part->bytes, block) ? part : NULL;
}

/* Puts what was not put yet. */
static void
put_exif(GByteArray *out, GBytes **exif)
{
    if (!*exif)
        return;
    guint begun = fg_box_begin(out, EXIF);
    fg_put_be32(out, 0);
    fg_put_bytes(out, *exif);
    fg_box_end(out, begun);
    *exif = NULL;
}

static void
put_xmp(GByteArray *out, GBytes **xmp)
{
    if (!*xmp)
        return;
    guint begun = fg_box_begin(out, XML);
    fg_put_bytes(out, *xmp);
    fg_box_end(out, begun);
    *xmp = NULL;
}

static GBytes *
wrap(const FgContainer *container, GBytes *exif, GBytes *xmp)
{
    GByteArray *out = g_byte_array_new();
    g_byte_array_append(out, signature, sizeof signature);
    g_byte_array_append(out, type_box, sizeof type_box);
    put_exif(out, &exif);
    put_xmp(out, &xmp);
    guint begun = fg_box_begin(out, JXLC);
    fg_put_bytes(out, container->file);
    fg_box_end(out, begun);
    return g_byte_array_free_to_bytes(out);
}

typedef struct {
    FgKeepPart keep;
    gpointer data;
    const FgDress *dress;
    const FgPart *exif, *xmp; /* those that stay, since they are what is to be written */
    GHashTable *parts;        /* offset -> FgPart */
} Choice;

/* The data to put a JPEG together again from is void when Exif or XMP are no longer those of that JPEG. */
static gboolean
box_stays(const Choice *choice, const FgBox *box)
{
    const FgPart *part = g_hash_table_lookup(choice->parts, GSIZE_TO_POINTER(box->span.offset));
    const FgDress *dress = choice->dress;
    if (box->type == JBRD && dress && ((dress->exif && !choice->exif) || (dress->xmp && !choice->xmp)))
        return FALSE;
    return !part || part == choice->exif || part == choice->xmp ||
           fg_part_stays(part, choice->keep, choice->data, dress);
}

GBytes *
fg_jxl_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
               GError **error)
{
    FgCursor at = fg_cursor_bytes(container->file, FG_BIG_ENDIAN);
    gboolean boxed = fg_cursor_peek(&at, signature, sizeof signature);
    Choice choice = {keep, data, dress, NULL, NULL, NULL};
    choice.exif = dress ? held(container, FG_PART_EXIF, dress->exif) : NULL;
    choice.xmp = dress ? held(container, FG_PART_XMP, dress->xmp) : NULL;
    GBytes *exif = dress && !choice.exif ? dress->exif : NULL,
           *xmp = dress && !choice.xmp ? dress->xmp : NULL;
    if (!boxed)
        return exif || xmp ? wrap(container, exif, xmp) : g_bytes_ref(container->file);
    if (at.length > G_MAXUINT32 / 2)
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "the file is larger than 2 GiB");
    g_autoptr(GHashTable) parts = g_hash_table_new(g_direct_hash, g_direct_equal);
    choice.parts = parts;
    for (guint i = 0; i < container->parts->len; i++) {
        FgPart *part = container->parts->pdata[i];
        if (part->kind != FG_PART_PICTURE)
            g_hash_table_insert(parts, GSIZE_TO_POINTER(part->offset), part);
    }
    GByteArray *out = g_byte_array_sized_new((guint)at.length);
    FgBox box;
    for (guint i = 0; i < FG_BOX_CEILING && fg_box_next(&at, &box); i++) {
        /* In the place of the first of its kind, so that those that stay are still further ones; else before
         * the picture. */
        gboolean picture = box.type == JXLC || box.type == JXLP;
        if (picture || box.type == EXIF)
            put_exif(out, &exif);
        if (picture || box.type == XML)
            put_xmp(out, &xmp);
        if (box_stays(&choice, &box))
            fg_put_span(out, container, box.span.offset, box.span.length);
    }
    const FgPart *tail = g_hash_table_lookup(parts, GSIZE_TO_POINTER(at.offset));
    if (tail && fg_part_stays(tail, keep, data, dress))
        fg_put_span(out, container, tail->offset, tail->length);
    return g_byte_array_free_to_bytes(out);
}
