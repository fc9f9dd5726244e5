/* jxl.c: JPEG XL (ISO/IEC 18181-2): boxes around a codestream, or a codestream alone. */
#include "container/jxl_private.h"

const guint8 fg_jxl_signature[12] = {0, 0, 0, 12, 'J', 'X', 'L', ' ', 13, 10, 0x87, 10};

static guint32
take_side(JxlBits *bits, gboolean small)
{
    static const guint8 widths[] = {9, 13, 18, 30};
    if (small)
        return (fg_jxl_bits(bits, 5) + 1) * 8;
    return fg_jxl_bits(bits, widths[fg_jxl_bits(bits, 2)]) + 1;
}

/* Whether the picture is to be turned before it is shown, as the EXIF number; of the ImageMetadata behind the
 * size (ISO/IEC 18181-1 §D.3). */
static guint8
take_orientation(JxlBits *bits)
{
    gboolean usual = fg_jxl_bits(bits, 1) != 0, extra = !usual && fg_jxl_bits(bits, 1) != 0;
    return extra ? (guint8)(fg_jxl_bits(bits, 3) + 1) : 1;
}

/* The SizeHeader at the start of a codestream (ISO/IEC 18181-1 §D.2). */
static gboolean
read_size(FgContainer *container, FgCursor at)
{
    static const guint8 ratios[][2] = {{0, 1}, {1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}};
    if (!fg_cursor_match(&at, "\xff\x0a", 2))
        return FALSE;
    JxlBits bits = {.at = at};
    gboolean small = fg_jxl_bits(&bits, 1) != 0;
    guint32 height = take_side(&bits, small);
    guint ratio = fg_jxl_bits(&bits, 3);
    guint64 width = ratio ? (guint64)height * ratios[ratio][0] / ratios[ratio][1] : take_side(&bits, small);
    if (bits.over)
        return FALSE;
    container->width = (guint32)MIN(width, G_MAXUINT32);
    container->height = height;
    guint8 orientation = take_orientation(&bits);
    container->orientation = bits.over ? 1 : orientation;
    return TRUE;
}

static FgPartKind
kind_of(guint32 type)
{
    switch (type) {
    case JXL_EXIF:
        return FG_PART_EXIF;
    case JXL_XML:
        return FG_PART_XMP;
    case FG_FOURCC('j', 'u', 'm', 'b'):
        return FG_PART_C2PA;
    case FG_FOURCC('J', 'X', 'L', ' '):
    case FG_FOURCC('f', 't', 'y', 'p'):
    case FG_FOURCC('j', 'x', 'l', 'l'):
    case FG_FOURCC('j', 'x', 'l', 'i'):
    case JXL_JXLC:
    case JXL_JXLP:
        return FG_PART_PICTURE;
    default:
        return FG_PART_PRIVATE;
    }
}

#define LONGEST_START 64 /* bytes, in which the size stands */

/* What is put together while the boxes are read. */
typedef struct {
    FgContainer *container;
    gsize opened;      /* bytes that compressed boxes came to */
    GByteArray *start; /* of the codestream, which may be cut into boxes anywhere */
    GPtrArray *jpeg;   /* of FgPart: what stands in the segments of the former JPEG */
    gboolean rebuilt;  /* a jbrd was met: a file has one (ISO/IEC 18181-2 §9.6) */
} Reading;

static gboolean
add_picture(Reading *reading, const FgBox *box, GError **error)
{
    FgContainer *container = reading->container;
    FgCursor at = box->body;
    guint32 index;
    if (box->type != JXL_JXLC && box->type != JXL_JXLP) {
        g_autofree char *name = fg_box_name(box->type);
        return fg_part_add_picture(container, box->span.offset, box->span.length, name, error);
    }
    if (box->type == JXL_JXLP && !fg_cursor_u32(&at, &index))
        return fg_fault(container, "a part of the codestream is cut short") || TRUE;
    if (reading->start->len < LONGEST_START)
        g_byte_array_append(reading->start, at.data + at.offset,
                            (guint)MIN(fg_cursor_left(&at), LONGEST_START));
    container->complete = TRUE;
    return fg_part_add_picture(container, at.offset, fg_cursor_left(&at), NULL, error);
}

/* What a cursor walks, whose bytes are `whole`. */
static gboolean
add_block(FgContainer *container, const FgBox *box, guint32 type, FgCursor at, GBytes *whole, GError **error)
{
    FgPartKind kind = kind_of(type);
    guint32 offset;
    if (type == JXL_EXIF && (!fg_cursor_u32(&at, &offset) || !fg_cursor_skip(&at, offset)))
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
    if (type == JXL_EXIF)
        fg_cursor_match(&at, "Exif\0\0", 6);
    part->bytes = fg_cursor_slice(&at, whole);
    part->packed = box->type == JXL_BROB;
    if (!block)
        part->name = fg_box_name(type);
    return TRUE;
}

static gboolean
add_packed(Reading *reading, const FgBox *box, GError **error)
{
    guint32 type;
    g_autoptr(GBytes) body = fg_jxl_brob_open(box, &type, &reading->opened, error);
    return body &&
           add_block(reading->container, box, type, fg_cursor_bytes(body, FG_BIG_ENDIAN), body, error);
}

/* A segment of the JPEG says what it says wherever it stands. FALSE when they can't be read. */
static gboolean
take_segments(Reading *reading, GBytes *jpeg)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(fg_part_free);
    FgContainer inner = {.format = FG_FORMAT_JPEG, .file = jpeg, .parts = parts, .faults = faults};
    gboolean read = fg_jpeg_read(&inner, NULL);
    g_clear_pointer(&inner.boxes, g_array_unref);
    while (read && parts->len > 0) {
        FgPart *part = g_ptr_array_steal_index(parts, 0);
        g_autofree char *where = part->where;
        part->where = g_strconcat("jbrd ", where, NULL);
        part->offset = part->length = 0;
        g_ptr_array_add(reading->jpeg, part);
    }
    return read;
}

/* When it is understood, its segments are parts, and of the box there is only to be said that it is there. */
static gboolean
add_jbrd(Reading *reading, const FgBox *box, GError **error)
{
    FgPart *part = fg_part_add(reading->container, FG_PART_PRIVATE, box->span.offset, box->span.length,
                               fg_heif_where_box(box), error);
    if (!part)
        return FALSE;
    part->name = fg_box_name(box->type);
    g_autoptr(GBytes) jpeg = reading->rebuilt ? NULL : fg_jxl_jbrd_open(box, &reading->opened);
    reading->rebuilt = TRUE;
    FgCursor at = box->body;
    if (!jpeg || !take_segments(reading, jpeg))
        part->bytes = fg_cursor_slice(&at, reading->container->file);
    return TRUE;
}

static gboolean
add_box(Reading *reading, const FgBox *box, GError **error)
{
    if (box->type == JXL_BROB)
        return add_packed(reading, box, error);
    if (box->type == JXL_JBRD)
        return add_jbrd(reading, box, error);
    if (kind_of(box->type) == FG_PART_PICTURE)
        return add_picture(reading, box, error);
    return add_block(reading->container, box, box->type, box->body, reading->container->file, error);
}

/* They come last, so that of two blocks of a kind the box's is the first. */
static gboolean
add_segments(Reading *reading, GError **error)
{
    FgContainer *container = reading->container;
    while (reading->jpeg->len > 0) {
        FgPart *part = g_ptr_array_steal_index(reading->jpeg, 0);
        if (part->kind == FG_PART_PICTURE) {
            fg_part_free(part);
            continue;
        }
        g_ptr_array_add(container->parts, part);
        if (container->parts->len > FG_PART_CEILING)
            return fg_throw(error, FG_ERROR_LIMIT, "the file has more than %u parts", FG_PART_CEILING);
    }
    return TRUE;
}

static gboolean
read_boxes(Reading *reading, FgCursor *at, GError **error)
{
    FgBox box;
    for (guint i = 0; i < FG_BOX_CEILING && fg_box_next(at, &box); i++)
        if (!add_box(reading, &box, error))
            return FALSE;
    return TRUE;
}

gboolean
fg_jxl_read(FgContainer *container, GError **error)
{
    FgCursor at = fg_cursor_bytes(container->file, FG_BIG_ENDIAN);
    if (!fg_cursor_peek(&at, fg_jxl_signature, sizeof fg_jxl_signature)) {
        container->complete = TRUE;
        return (read_size(container, at) ||
                fg_throw(error, FG_ERROR_MALFORMED, "the codestream does not begin with a size")) &&
               fg_part_add_picture(container, 0, at.length, NULL, error);
    }
    g_autoptr(GPtrArray) jpeg = g_ptr_array_new_with_free_func(fg_part_free);
    g_autoptr(GByteArray) start = g_byte_array_new();
    Reading reading = {.container = container, .start = start, .jpeg = jpeg};
    if (!read_boxes(&reading, &at, error))
        return FALSE;
    if (!container->complete)
        return fg_throw(error, FG_ERROR_MALFORMED, "there is no codestream");
    if (!read_size(container, fg_cursor(start->data, start->len, FG_BIG_ENDIAN)))
        fg_fault(container, "the codestream does not begin with a size");
    guint32 size, type;
    FgCursor tail = at;
    if (fg_cursor_u32(&tail, &size) && fg_cursor_u32(&tail, &type) &&
        (type == JXL_JXLC || type == JXL_JXLP)) {
        container->complete = FALSE;
        fg_fault(container, "the box at %zu claims %u bytes, %zu are left", at.offset, size,
                 fg_cursor_left(&at));
    }
    return fg_part_add_trailer(container, at.offset, error) && add_segments(&reading, error);
}

gboolean
fg_jxl_verify(const FgContainer *container, GError **error)
{
    if (container->complete)
        return TRUE;
    return fg_throw(error, FG_ERROR_MALFORMED, "%s",
                    container->faults->len ? (char *)container->faults->pdata[0] : "the picture has no data");
}
