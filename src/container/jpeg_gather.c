/* jpeg_gather.c: puts together what a JPEG file splits over segments of 64 KiB: ICC profiles (ICC.1 annex
 * B.4), extended XMP (XMP part 3 §1.1.3.1), Photoshop resources, JUMBF boxes (ISO/IEC 19566-5 annex D), and
 * what no standard splits, but writers do: EXIF blocks and the records of FLIR's cameras. */
#include "container/jpeg_private.h"

#include <string.h>

typedef enum { GATHER_ICC, GATHER_XMP, GATHER_IRB, GATHER_JUMBF, GATHER_EXIF, GATHER_FLIR } GatherKind;

typedef struct {
    guint64 order;  /* a chunk's number, or its offset in the whole */
    gsize at, size; /* in the file */
} Piece;

struct JpegGathering {
    GatherKind kind;
    char id[33];     /* the GUID of an extended XMP, the box number of a JUMBF; else "" */
    guint64 claimed; /* chunks of a profile, bytes of an extended XMP, 0: not said */
    guint part;
    GArray *pieces; /* of Piece, in the order of the file */
};

void
fg_jpeg_gathering_free(JpegGathering *gathering)
{
    g_array_unref(gathering->pieces);
    g_free(gathering);
}

static FgPart *
part_of(const JpegWalk *walk, const JpegGathering *gathering)
{
    return walk->container->parts->pdata[gathering->part];
}

static JpegGathering *
find_gathering(const JpegWalk *walk, GatherKind kind, const char *id)
{
    for (guint i = 0; i < walk->gatherings->len; i++) {
        JpegGathering *gathering = walk->gatherings->pdata[i];
        if (gathering->kind == kind && !strcmp(gathering->id, id))
            return gathering;
    }
    return NULL;
}

/* NULL over the limit. */
static JpegGathering *
begin(JpegWalk *walk, GatherKind kind, const char *id, guint part, GError **error)
{
    static const guint most = 64; /* More boxes and GUIDs than this are an attack on the search above. */
    if (walk->gatherings->len >= most)
        return fg_throw_null(error, FG_ERROR_LIMIT, "the file has more than %u split blocks", most);
    JpegGathering *gathering = g_new0(JpegGathering, 1);
    gathering->kind = kind;
    g_strlcpy(gathering->id, id, sizeof gathering->id);
    gathering->part = part;
    gathering->pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    g_ptr_array_add(walk->gatherings, gathering);
    return gathering;
}

/* Adds what is left of the segment's payload. */
static gboolean
add_piece(JpegWalk *walk, const JpegSegment *segment, const JpegGathering *gathering, guint64 order)
{
    part_of(walk, gathering)->length += segment->end - segment->offset;
    gsize left = fg_cursor_left(&segment->payload);
    Piece piece = {.order = order, .at = segment->end - left, .size = left};
    g_array_append_val(gathering->pieces, piece);
    return fg_jpeg_box(walk, segment->offset, segment->end - segment->offset, gathering->part);
}

/* Adds the segment to the gathering of this kind and id, which is begun if there is none. */
static gboolean
gather(JpegWalk *walk, JpegSegment *segment, GatherKind kind, FgPartKind part_kind, const char *id,
       guint64 order, guint64 claimed, GError **error)
{
    JpegGathering *gathering = find_gathering(walk, kind, id);
    if (!gathering) {
        gathering = begin(walk, kind, id, walk->container->parts->len, error);
        FgPart *part = gathering ? fg_part_add(walk->container, part_kind, segment->offset, 0,
                                               g_steal_pointer(&segment->where), error)
                                 : NULL;
        if (!part)
            return FALSE;
        part->late = walk->scans > 0;
        part->name = kind == GATHER_XMP ? g_strdup(id) : NULL;
        gathering->claimed = claimed;
    } else if (gathering->claimed != claimed) {
        fg_fault(walk->container, "the segments of %s do not agree on its size",
                 part_of(walk, gathering)->where);
    }
    return add_piece(walk, segment, gathering, order);
}

static gboolean
too_short(JpegWalk *walk, JpegSegment *segment, const char *name, GError **error)
{
    fg_fault(walk->container, "%s is too short for %s", segment->where, name);
    return fg_jpeg_private(walk, segment, g_strdup(name), error);
}

gboolean
fg_jpeg_gather_icc(JpegWalk *walk, JpegSegment *segment, GError **error)
{
    guint8 number, count;
    if (!fg_cursor_u8(&segment->payload, &number) || !fg_cursor_u8(&segment->payload, &count))
        return too_short(walk, segment, "a colour profile", error);
    return gather(walk, segment, GATHER_ICC, FG_PART_ICC, "", number, count, error);
}

gboolean
fg_jpeg_gather_xmp(JpegWalk *walk, JpegSegment *segment, GError **error)
{
    FgCursor guid;
    guint32 whole, offset;
    if (!fg_cursor_take(&segment->payload, 32, &guid) || !fg_cursor_u32(&segment->payload, &whole) ||
        !fg_cursor_u32(&segment->payload, &offset))
        return too_short(walk, segment, "extended XMP", error);
    char id[33];
    for (guint i = 0; i < 32;
         i++) /* A GUID is hexadecimal; whatever else it holds must not end up in a message. */
        id[i] = g_ascii_isxdigit(guid.data[i]) ? (char)guid.data[i] : '?';
    id[32] = '\0';
    return gather(walk, segment, GATHER_XMP, FG_PART_XMP_EXTENDED, id, offset, whole, error);
}

gboolean
fg_jpeg_gather_irb(JpegWalk *walk, JpegSegment *segment, GError **error)
{
    return gather(walk, segment, GATHER_IRB, FG_PART_IRB, "", walk->count[JPEG_APP13], 0, error);
}

/* Every segment of a box repeats the box's length and type; after the first they are left out. */
gboolean
fg_jpeg_gather_jumbf(JpegWalk *walk, JpegSegment *segment, GError **error)
{
    FgCursor *at = &segment->payload;
    guint16 instance;
    guint32 sequence;
    if (!fg_cursor_u16(at, &instance) || !fg_cursor_u32(at, &sequence) || fg_cursor_left(at) < 8)
        return too_short(walk, segment, "JPEG extension", error);
    char id[8];
    g_snprintf(id, sizeof id, "%u", instance);
    if (find_gathering(walk, GATHER_JUMBF, id)) {
        FgCursor header = *at;
        guint32 size = 0;
        fg_cursor_u32(&header, &size);
        fg_cursor_skip(at, size == 1 ? 16 : 8);
    }
    return gather(walk, segment, GATHER_JUMBF, FG_PART_PRIVATE, id, sequence, 0, error);
}

/* A segment that has no header of its own goes on where the one before it ended, as exiftool writes and reads
 * what does not fit one. */
gboolean
fg_jpeg_gather_exif(JpegWalk *walk, JpegSegment *segment, GError **error)
{
    FgContainer *container = walk->container;
    FgTiff tiff;
    fg_cursor_skip(&segment->payload, 1); /* Some writers end the signature in 00 FF instead of 00 00. */
    FgCursor at = segment->payload, stream;
    gboolean begins = fg_cursor_take(&at, fg_cursor_left(&at), &stream) && fg_tiff_open(stream, &tiff) &&
                      (tiff.magic == 42 || tiff.magic == 43);
    if (begins || walk->exif == 0) {
        gboolean added = fg_jpeg_part(walk, segment, FG_PART_EXIF, error) != NULL;
        walk->exif = container->parts->len;
        return added;
    }
    char id[12];
    g_snprintf(id, sizeof id, "%u", walk->exif);
    JpegGathering *gathering = find_gathering(walk, GATHER_EXIF, id);
    if (!gathering) {
        gathering = begin(walk, GATHER_EXIF, id, walk->exif - 1, error);
        if (!gathering)
            return FALSE;
        gsize size;
        const guint8 *first = g_bytes_get_data(part_of(walk, gathering)->bytes, &size);
        Piece piece = {.at = (gsize)(first - (const guint8 *)g_bytes_get_data(container->file, NULL)),
                       .size = size};
        g_array_append_val(gathering->pieces, piece);
    }
    fg_fault(container, "the EXIF block goes on in %s, where most programs do not look for its rest",
             segment->where);
    return add_piece(walk, segment, gathering, walk->count[JPEG_APP1]);
}

/* A byte that nobody explains, the number of the segment, from 0 on, and that of the last. */
gboolean
fg_jpeg_gather_flir(JpegWalk *walk, JpegSegment *segment, GError **error)
{
    guint8 number, last;
    if (!fg_cursor_skip(&segment->payload, 1) || !fg_cursor_u8(&segment->payload, &number) ||
        !fg_cursor_u8(&segment->payload, &last))
        return too_short(walk, segment, "APP1 FLIR", error);
    return gather(walk, segment, GATHER_FLIR, FG_PART_PRIVATE, "", number, last, error);
}

static gint
by_order(gconstpointer a, gconstpointer b)
{
    const Piece *left = a, *right = b;
    return left->order < right->order ? -1 : left->order > right->order;
}

/* ICC chunks are numbered from 1 to their count, each once. */
static void
check_icc(JpegWalk *walk, const JpegGathering *gathering)
{
    gboolean whole = gathering->pieces->len == gathering->claimed;
    for (guint i = 0; i < gathering->pieces->len; i++)
        whole &= g_array_index(gathering->pieces, Piece, i).order == i + 1;
    if (!whole)
        fg_fault(walk->container, "the colour profile has %u chunks, numbered wrongly, of %u",
                 gathering->pieces->len, (guint)gathering->claimed);
}

/* The pieces of an extended XMP follow each other; what overlaps or leaves a hole is left out and told. */
static void
check_xmp(JpegWalk *walk, JpegGathering *gathering)
{
    guint64 end = 0;
    guint kept = 0;
    for (guint i = 0; i < gathering->pieces->len; i++) {
        Piece piece = g_array_index(gathering->pieces, Piece, i);
        if (piece.order != end)
            continue;
        end += piece.size;
        g_array_index(gathering->pieces, Piece, kept++) = piece;
    }
    if (kept < gathering->pieces->len || end != gathering->claimed)
        fg_fault(walk->container,
                 "%" G_GUINT64_FORMAT " of the %" G_GUINT64_FORMAT
                 " bytes of the extended XMP %s can be put together",
                 end, gathering->claimed, gathering->id);
    /* Without any piece at its start, what there is is still looked at for personal data. */
    if (kept)
        g_array_set_size(gathering->pieces, kept);
}

static gboolean
join(JpegWalk *walk, const JpegGathering *gathering, GError **error)
{
    FgContainer *container = walk->container;
    FgPart *part = part_of(walk, gathering);
    const Piece *pieces = (const Piece *)(gconstpointer)gathering->pieces->data;
    gsize size = 0;
    for (guint i = 0; i < gathering->pieces->len; i++)
        size += pieces[i].size;
    if (size > FG_BLOCK_CEILING)
        return fg_throw(error, FG_ERROR_LIMIT, "%s holds %zu bytes, the limit is %zu", part->where, size,
                        FG_BLOCK_CEILING);
    g_clear_pointer(&part->bytes, g_bytes_unref); /* the first piece of an EXIF block */
    if (gathering->pieces->len == 1) {
        part->bytes = g_bytes_new_from_bytes(container->file, pieces[0].at, pieces[0].size);
        return TRUE;
    }
    g_autoptr(GByteArray) whole = g_byte_array_sized_new((guint)size);
    for (guint i = 0; i < gathering->pieces->len; i++)
        fg_put_span(whole, container, pieces[i].at, pieces[i].size);
    part->bytes = g_byte_array_free_to_bytes(g_steal_pointer(&whole));
    return TRUE;
}

/* A JUMBF superbox whose description begins with the content type "c2pa". */
static gboolean
is_c2pa(GBytes *bytes)
{
    FgCursor at = fg_cursor_bytes(bytes, FG_BIG_ENDIAN);
    FgBox super, description;
    return fg_box_open(&at, &super) && super.type == FG_FOURCC('j', 'u', 'm', 'b') &&
           fg_box_open(&super.body, &description) && description.type == FG_FOURCC('j', 'u', 'm', 'd') &&
           fg_cursor_peek(&description.body, "c2pa", 4);
}

gboolean
fg_jpeg_gather_finish(JpegWalk *walk, GError **error)
{
    for (guint i = 0; i < walk->gatherings->len; i++) {
        JpegGathering *gathering = walk->gatherings->pdata[i];
        g_array_sort(gathering->pieces, by_order);
        if (gathering->kind == GATHER_ICC)
            check_icc(walk, gathering);
        else if (gathering->kind == GATHER_XMP)
            check_xmp(walk, gathering);
        if (!join(walk, gathering, error))
            return FALSE;
        FgPart *part = part_of(walk, gathering);
        if (gathering->kind == GATHER_JUMBF && is_c2pa(part->bytes))
            part->kind = FG_PART_C2PA;
        else if (gathering->kind == GATHER_JUMBF)
            part->name = g_strdup("APP11 JUMBF");
        else if (gathering->kind == GATHER_FLIR)
            part->name = g_strdup("APP1 FLIR");
    }
    return TRUE;
}
