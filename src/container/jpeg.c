/* jpeg.c: reads the segments of a JPEG file (ITU-T T.81 annex B, JFIF 1.02, Exif 2.32 §4.7). */
#include "container/jpeg_private.h"

#include <string.h>

gboolean
fg_jpeg_box(JpegWalk *walk, guint64 offset, guint64 length, guint part)
{
    GArray *boxes = walk->container->boxes;
    JpegBox *last = boxes->len > 1 ? &g_array_index(boxes, JpegBox, boxes->len - 1) : NULL;
    if (last && last->part == part && !last->tail && last->offset + last->length == offset) {
        last->length += length;
        return TRUE;
    }
    JpegBox box = {.offset = offset, .length = length, .part = part};
    g_array_append_val(boxes, box);
    return TRUE;
}

static gboolean
add_picture(JpegWalk *walk, gsize offset, gsize end, const char *name, GError **error)
{
    return fg_part_add_picture(walk->container, offset, end - offset, name, error) &&
           fg_jpeg_box(walk, offset, end - offset, walk->container->parts->len - 1);
}

FgPart *
fg_jpeg_part(JpegWalk *walk, JpegSegment *segment, FgPartKind kind, GError **error)
{
    FgPart *part =
        fg_part_add_slice(walk->container, kind, segment->offset, segment->end - segment->offset,
                          segment->end - fg_cursor_left(&segment->payload), fg_cursor_left(&segment->payload),
                          g_steal_pointer(&segment->where), error);
    if (!part)
        return NULL;
    part->late = walk->scans > 0;
    fg_jpeg_box(walk, part->offset, part->length, walk->container->parts->len - 1);
    return part;
}

gboolean
fg_jpeg_private(JpegWalk *walk, JpegSegment *segment, char *name, GError **error)
{
    FgPart *part = fg_jpeg_part(walk, segment, FG_PART_PRIVATE, error);
    if (!part) {
        g_free(name);
        return FALSE;
    }
    part->name = name;
    return TRUE;
}

/* Bytes of a picture's segment beyond those that a decoder looks at: a part of their own, which can be left
 * out. */
static gboolean
add_tail(JpegWalk *walk, const JpegSegment *segment, gsize head, FgPartKind kind, const char *name,
         GError **error)
{
    gsize at = segment->end - segment->payload.length + head;
    if (at >= segment->end)
        return TRUE;
    FgPart *part = fg_part_add_slice(walk->container, kind, at, segment->end - at, at, segment->end - at,
                                     g_strdup(segment->where), error);
    if (!part)
        return FALSE;
    part->name = g_strdup(name);
    JpegBox box = {
        .offset = at, .length = segment->end - at, .part = walk->container->parts->len - 1, .tail = TRUE};
    g_array_append_val(walk->container->boxes, box);
    return TRUE;
}

static gboolean
add_head(JpegWalk *walk, JpegSegment *segment, gsize head, FgPartKind tail, const char *name, GError **error)
{
    gsize end = segment->end - segment->payload.length + head;
    return add_picture(walk, segment->offset, end, name, error) &&
           add_tail(walk, segment, head, tail, name, error);
}

static gboolean
read_jfif(JpegWalk *walk, JpegSegment *segment, GError **error)
{
    if (walk->jfif || segment->payload.length < JPEG_JFIF_HEAD)
        return fg_jpeg_private(walk, segment, g_strdup("APP0 JFIF"), error);
    walk->jfif = TRUE;
    return add_head(walk, segment, JPEG_JFIF_HEAD, FG_PART_THUMBNAIL, "JFIF", error);
}

static gboolean
read_adobe(JpegWalk *walk, JpegSegment *segment, GError **error)
{
    if (walk->adobe || segment->payload.length < JPEG_ADOBE_HEAD)
        return fg_jpeg_private(walk, segment, g_strdup("APP14 Adobe"), error);
    walk->adobe = TRUE;
    return add_head(walk, segment, JPEG_ADOBE_HEAD, FG_PART_PRIVATE, "Adobe", error);
}

/* An application's segment by the first bytes of its payload. With `read` NULL it is one part of the given
 * kind. */
typedef struct {
    guint8 marker, length;
    guint8 skip; /* bytes between the signature and the payload */
    const char *signature;
    gboolean (*read)(JpegWalk *walk, JpegSegment *segment, GError **error);
    FgPartKind kind;
    const char *name;
} SegmentKind;

#define SIGNED(text) .signature = (text), .length = sizeof(text) - 1

static const SegmentKind segment_kinds[] = {
    {JPEG_APP0, SIGNED("JFIF\0"), .read = read_jfif},
    {JPEG_APP0, SIGNED("JFXX\0"), .skip = 1, .kind = FG_PART_THUMBNAIL, .name = "JFXX"},
    /* Some writers end the signature in 00 FF instead of 00 00. */
    {JPEG_APP1, SIGNED(JPEG_EXIF), .read = fg_jpeg_gather_exif},
    {JPEG_APP1, SIGNED(JPEG_XMP), .kind = FG_PART_XMP},
    {JPEG_APP1, SIGNED(JPEG_XMP_EXTENDED), .read = fg_jpeg_gather_xmp},
    {JPEG_APP1, SIGNED(JPEG_FLIR), .read = fg_jpeg_gather_flir},
    {JPEG_APP2, SIGNED(JPEG_ICC), .read = fg_jpeg_gather_icc},
    {JPEG_APP2, SIGNED(JPEG_MPF), .kind = FG_PART_AUXILIARY, .name = "MPF"},
    {JPEG_APP2, SIGNED("urn:iso:std:iso:ts:21496:-1\0"), .kind = FG_PART_AUXILIARY, .name = "gain map"},
    {JPEG_APP11, SIGNED("JP"), .read = fg_jpeg_gather_jumbf},
    {JPEG_APP13, SIGNED(JPEG_IRB), .read = fg_jpeg_gather_irb},
    {JPEG_APP14, SIGNED("Adobe"), .read = read_adobe},
};

/* "APP12 Ducky": the marker and the word that the payload begins with, if it does. */
static char *
private_name(const JpegSegment *segment)
{
    const char *text = (const char *)segment->payload.data;
    gsize limit = MIN(segment->payload.length, 20), length = 0;
    while (length < limit && g_ascii_isgraph(text[length]))
        length++;
    const char *space = length > 1 ? " " : "";
    return g_strdup_printf("APP%d%s%.*s", segment->marker - JPEG_APP0, space, length > 1 ? (int)length : 0,
                           text);
}

static gboolean
read_application(JpegWalk *walk, JpegSegment *segment, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(segment_kinds); i++) {
        const SegmentKind *kind = &segment_kinds[i];
        if (kind->marker != segment->marker ||
            !fg_cursor_match(&segment->payload, kind->signature, kind->length))
            continue;
        if (kind->read)
            return kind->read(walk, segment, error);
        fg_cursor_skip(&segment->payload, kind->skip);
        FgPart *part = fg_jpeg_part(walk, segment, kind->kind, error);
        if (part)
            part->name = g_strdup(kind->name);
        return part != NULL;
    }
    return fg_jpeg_private(walk, segment, private_name(segment), error);
}

static gboolean
read_frame(JpegWalk *walk, const JpegSegment *segment)
{
    FgContainer *container = walk->container;
    FgCursor at = segment->payload;
    guint8 depth, bands;
    guint16 width, height;
    if (!fg_cursor_u8(&at, &depth) || !fg_cursor_u16(&at, &height) || !fg_cursor_u16(&at, &width) ||
        !fg_cursor_u8(&at, &bands))
        return fg_fault(container, "the frame header holds %zu bytes", segment->payload.length);
    if (walk->frames++)
        return fg_fault(container, "the picture has a second frame header");
    container->width = width;
    container->height = height;
    container->bands = bands;
    container->depth = depth;
    container->progressive = (segment->marker & 3) == 2;
    return TRUE;
}

/* T.81 §B.2.5: a height of 0 is told by a segment after the first scan. */
static void
read_number_of_lines(JpegWalk *walk, const JpegSegment *segment)
{
    FgCursor at = segment->payload;
    guint16 height;
    if (walk->container->height == 0 && fg_cursor_u16(&at, &height))
        walk->container->height = height;
}

/* Skips blocks in which FF is followed by 00 alone, which are nearly all; the processor looks at many bytes
 * of a block at once. */
static gsize
skip_plain_blocks(const guint8 *data, gsize length, gsize at)
{
    enum { BLOCK = 64 };
    for (; length - at > BLOCK; at += BLOCK) {
        guint8 markers = 0; /* As wide as what is compared, so that all of a register counts. */
        for (gsize i = at; i < at + BLOCK; i++)
            markers |= (data[i] == 0xFF) & (data[i + 1] != 0);
        if (markers)
            break;
    }
    return at;
}

/* The offset of the first marker after entropy-coded data, where FF 00 is a byte of the data and a restart
 * marker a part of it. */
static gsize
skip_entropy(const guint8 *data, gsize length, gsize at)
{
    while (at < length) {
        at = skip_plain_blocks(data, length, at);
        const guint8 *escape = memchr(data + at, 0xFF, length - at);
        if (!escape || escape + 1 == data + length)
            return length;
        at = (gsize)(escape - data);
        guint8 next = data[at + 1];
        if (next == 0xFF)
            at++;
        else if (next == 0 || (next >= JPEG_RST0 && next <= JPEG_RST7))
            at += 2;
        else
            return at;
    }
    return length;
}

static gboolean
is_frame(guint8 marker)
{
    return marker >= JPEG_SOF0 && marker <= JPEG_SOF15 && marker != JPEG_DHT && marker != JPEG_JPG &&
           marker != JPEG_DAC;
}

static gboolean
read_segment(JpegWalk *walk, FgCursor *at, JpegSegment *segment, GError **error)
{
    guint8 marker = segment->marker;
    if (marker >= JPEG_APP0 && marker <= JPEG_APP15)
        return read_application(walk, segment, error);
    if (marker == JPEG_COM)
        return fg_jpeg_part(walk, segment, FG_PART_COMMENT, error) != NULL;
    if (is_frame(marker))
        read_frame(walk, segment);
    else if (marker == JPEG_DNL)
        read_number_of_lines(walk, segment);
    else if (marker == JPEG_SOS) {
        walk->container->progressive |= walk->scans > 0;
        walk->scans++;
        at->offset = skip_entropy(at->data, at->length, at->offset);
    }
    return add_picture(walk, segment->offset, at->offset, NULL, error);
}

/* Bytes where a marker should be: decoders skip them, so that anything may hide there. */
static gboolean
read_garbage(JpegWalk *walk, FgCursor *at, gsize start, GError **error)
{
    const guint8 *marker = memchr(at->data + at->offset, 0xFF, fg_cursor_left(at));
    at->offset = marker ? (gsize)(marker - at->data) : at->length;
    FgContainer *container = walk->container;
    FgPart *part = fg_part_add_slice(container, FG_PART_PRIVATE, start, at->offset - start, start,
                                     at->offset - start, g_strdup("between segments"), error);
    if (!part)
        return FALSE;
    part->name = g_strdup("stray bytes");
    part->late = walk->scans > 0;
    fg_fault(container, "%zu bytes at %zu belong to no segment", at->offset - start, start);
    return fg_jpeg_box(walk, start, at->offset - start, container->parts->len - 1);
}

static gboolean
read_cut(JpegWalk *walk, FgCursor *at, gsize start, GError **error)
{
    at->offset = at->length;
    FgPart *part = fg_part_add_slice(walk->container, FG_PART_PRIVATE, start, at->length - start, start,
                                     at->length - start, g_strdup("cut segment"), error);
    if (!part)
        return FALSE;
    part->name = g_strdup("cut segment");
    part->late = walk->scans > 0;
    return fg_jpeg_box(walk, start, at->length - start, walk->container->parts->len - 1);
}

static char *
segment_where(JpegWalk *walk, guint8 marker)
{
    guint n = ++walk->count[marker];
    if (marker < JPEG_APP0)
        return NULL;
    static const char *const names[] = {"APP0", "APP1", "APP2",  "APP3",  "APP4",  "APP5",  "APP6",  "APP7",
                                        "APP8", "APP9", "APP10", "APP11", "APP12", "APP13", "APP14", "APP15"};
    guint number = marker - (guint)JPEG_APP0;
    const char *name = number < G_N_ELEMENTS(names) ? names[number] : marker == JPEG_COM ? "COM" : "JPG";
    return n == 1 ? g_strdup(name) : g_strdup_printf("%s[%u]", name, n);
}

/* Reads the marker at `at` and what belongs to it. *more is FALSE after the end of the picture or of the
 * file. */
static gboolean
read_next(JpegWalk *walk, FgCursor *at, gboolean *more, GError **error)
{
    gsize start = at->offset;
    guint8 marker = 0;
    *more = fg_cursor_left(at) > 0;
    if (!*more)
        return TRUE;
    if (!fg_cursor_peek(at, "\xFF", 1))
        return read_garbage(walk, at, start, error);
    while (fg_cursor_u8(at, &marker) && marker == 0xFF)
        continue;
    if (marker == 0xFF)
        return add_picture(walk, start, at->offset, NULL, error); /* Fill bytes to the end. */
    if (marker == 0)
        return read_garbage(walk, at, start, error);
    if (marker == JPEG_EOI) {
        walk->container->complete = walk->frames > 0 && walk->scans > 0;
        *more = FALSE;
    }
    if (marker == JPEG_TEM || (marker >= JPEG_RST0 && marker <= JPEG_EOI))
        return add_picture(walk, start, at->offset, NULL, error);

    guint16 size;
    JpegSegment segment = {.marker = marker, .offset = start};
    gsize header = at->offset;
    if (!fg_cursor_u16(at, &size) || size < 2 || !fg_cursor_take(at, size - 2u, &segment.payload)) {
        fg_fault(walk->container,
                 "the segment FF%02X at %zu is cut or claims more than the %zu bytes that are left", marker,
                 start, at->length - header);
        return read_cut(walk, at, start, error);
    }
    segment.end = at->offset;
    segment.where = segment_where(walk, marker);
    gboolean read = read_segment(walk, at, &segment, error);
    g_free(segment.where);
    return read;
}

static void
conclude(JpegWalk *walk, gboolean whole)
{
    FgContainer *container = walk->container;
    container->endless = !container->complete && whole && walk->frames > 0 && walk->scans > 0;
    if (!container->complete)
        fg_fault(container, !walk->frames  ? "the picture has no frame header"
                            : !walk->scans ? "the picture has no scan"
                                           : "the picture has no end mark");
}

gboolean
fg_jpeg_read(FgContainer *container, GError **error)
{
    g_autoptr(GPtrArray) gatherings = g_ptr_array_new_with_free_func((GDestroyNotify)fg_jpeg_gathering_free);
    JpegWalk walk = {.container = container, .gatherings = gatherings};
    container->boxes = g_array_new(FALSE, FALSE, sizeof(JpegBox));
    FgCursor file = fg_cursor_bytes(container->file, FG_BIG_ENDIAN);
    FgCursor at = fg_cursor(file.data, fg_jpeg_samsung_trailer(&file), FG_BIG_ENDIAN);
    if (!fg_cursor_skip(&at, 2))
        return fg_throw(error, FG_ERROR_MALFORMED, "the file holds %zu bytes", at.length);
    if (!add_picture(&walk, 0, 2, NULL, error))
        return FALSE;
    for (gboolean more = TRUE; more;)
        if (!read_next(&walk, &at, &more, error))
            return FALSE;
    if (!fg_jpeg_gather_finish(&walk, error))
        return FALSE;
    if (!walk.frames && container->parts->len < 2)
        return fg_throw(error, FG_ERROR_MALFORMED, "the file has no segment that can be read");
    const FgPart *last = container->parts->pdata[container->parts->len - 1];
    conclude(&walk, last->kind == FG_PART_PICTURE);
    gsize end = at.offset;
    if (!fg_part_add_trailer(container, end, error))
        return FALSE;
    return end == file.length || fg_jpeg_box(&walk, end, file.length - end, container->parts->len - 1);
}

gboolean
fg_jpeg_verify(const FgContainer *container, GError **error)
{
    if (container->complete)
        return TRUE;
    const char *last = container->faults->pdata[container->faults->len - 1];
    return fg_throw(error, FG_ERROR_MALFORMED, "%s: the file is cut or damaged", last);
}
