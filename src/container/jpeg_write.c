/* jpeg_write.c: writes JPEG files: a naked picture with our segments, or an original with some segments
 * changed. */
#include "container/jpeg_private.h"

#include <string.h>

/* Our blocks in the order in which docs/spec/metadata.md §2.1 wants them. */
static const FgPartKind block_kinds[] = {FG_PART_EXIF, FG_PART_XMP, FG_PART_ICC, FG_PART_IRB};

static gboolean
put_segment(GByteArray *out, guint8 marker, const void *head, gsize head_size, const void *data, gsize size,
            GError **error)
{
    if (head_size + size > JPEG_PAYLOAD_MAX)
        return fg_throw(error, FG_ERROR_OVERSIZE,
                        "a block of %zu bytes does not fit a JPEG segment, which holds %zu", size,
                        JPEG_PAYLOAD_MAX - head_size);
    fg_put_u8(out, 0xFF);
    fg_put_u8(out, marker);
    fg_put_be16(out, (guint)(head_size + size + 2));
    g_byte_array_append(out, head, (guint)head_size);
    g_byte_array_append(out, data, (guint)size);
    return TRUE;
}

static gboolean
put_icc(GByteArray *out, const guint8 *data, gsize size, GError **error)
{
    enum { head_size = sizeof JPEG_ICC - 1 + 2 };
    const gsize most = JPEG_PAYLOAD_MAX - head_size;
    gsize count = (size + most - 1) / most;
    if (count > 255)
        return fg_throw(error, FG_ERROR_OVERSIZE, "a colour profile of %zu bytes does not fit a JPEG file",
                        size);
    for (gsize i = 0; i < count; i++) {
        guint8 head[head_size];
        memcpy(head, JPEG_ICC, head_size - 2);
        head[head_size - 2] = (guint8)(i + 1);
        head[head_size - 1] = (guint8)count;
        if (!put_segment(out, JPEG_APP2, head, head_size, data + i * most, MIN(most, size - i * most), error))
            return FALSE;
    }
    return TRUE;
}

/* Resources over 64 KiB, as originals have them, go on in the next segment. */
static gboolean
put_irb(GByteArray *out, const guint8 *data, gsize size, GError **error)
{
    const gsize head_size = sizeof JPEG_IRB - 1, most = JPEG_PAYLOAD_MAX - head_size;
    for (gsize at = 0; at < size; at += most)
        if (!put_segment(out, JPEG_APP13, JPEG_IRB, head_size, data + at, MIN(most, size - at), error))
            return FALSE;
    return TRUE;
}

/* Only what was split in the original goes on in a further segment (`split`): most programs read the first
 * alone. One that began like a block of its own would be taken for one. */
static gboolean
put_exif(GByteArray *out, const guint8 *data, gsize size, gboolean split, GError **error)
{
    const gsize most = JPEG_EXIF_MAX;
    if (!split || size <= most)
        return put_segment(out, JPEG_APP1, "Exif\0\0", 6, data, size, error);
    for (gsize at = 0, length; at < size; at += length) {
        length = MIN(most, size - at);
        FgTiff tiff;
        if (fg_tiff_open(fg_cursor(data + at + length, size - at - length, FG_BIG_ENDIAN), &tiff))
            length--;
        if (!put_segment(out, JPEG_APP1, "Exif\0\0", 6, data + at, length, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
put_block(GByteArray *out, FgPartKind kind, GBytes *block, gboolean split, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(block, &size);
    switch (kind) {
    case FG_PART_EXIF:
        return put_exif(out, data, size, split, error);
    case FG_PART_XMP:
        return put_segment(out, JPEG_APP1, JPEG_XMP, sizeof JPEG_XMP - 1, data, size, error);
    case FG_PART_ICC:
        return put_icc(out, data, size, error);
    default:
        return put_irb(out, data, size, error);
    }
}

static const FgPart *
part_of(const FgContainer *container, const JpegBox *box)
{
    return container->parts->pdata[box->part];
}

static gboolean
is_named(const FgPart *part, const char *name)
{
    return part->kind == FG_PART_PICTURE && !g_strcmp0(part->name, name);
}

/* Copies a box, which with its tail left out becomes a whole segment of its own. */
static void
put_box(GByteArray *out, const FgContainer *container, const JpegBox *box, gboolean cut)
{
    fg_put_span(out, container, box->offset, box->length);
    if (!cut)
        return;
    gboolean jfif = is_named(part_of(container, box), "JFIF");
    guint head = jfif ? JPEG_JFIF_HEAD : JPEG_ADOBE_HEAD;
    guint8 *payload = out->data + out->len - head;
    payload[-2] = 0;
    payload[-1] = (guint8)(head + 2);
    if (jfif)
        payload[JPEG_JFIF_HEAD - 2] = payload[JPEG_JFIF_HEAD - 1] = 0; /* width and height of the thumbnail */
}

/* CMYK and pictures coded as RGB look wrong without Adobe's segment. */
static gboolean
needs_adobe(const FgContainer *container, const JpegBox *box)
{
    const guint8 *file = g_bytes_get_data(container->file, NULL);
    guint8 transform = file[box->offset + box->length - 1];
    return container->bands == 4 || (container->bands == 3 && transform == 0);
}

GBytes *
fg_jpeg_dress(const FgContainer *naked, const FgDress *dress, GError **error)
{
    if (!fg_jpeg_verify(naked, error))
        return NULL;
    const JpegBox *boxes = (const JpegBox *)(gconstpointer)naked->boxes->data, *adobe = NULL;
    for (guint i = 0; i < naked->boxes->len; i++)
        if (is_named(part_of(naked, &boxes[i]), "Adobe") && needs_adobe(naked, &boxes[i]))
            adobe = &boxes[i];
    g_autoptr(GByteArray) out = g_byte_array_sized_new((guint)g_bytes_get_size(naked->file) + 8192);
    fg_put_be16(out, 0xFFD8);
    /* JFIF knows no CMYK and no RGB, and a reader that believes it would ignore Adobe's word. */
    if (!adobe)
        put_segment(out, JPEG_APP0, "JFIF\0\1\1\1\0\x48\0\x48\0\0", JPEG_JFIF_HEAD, NULL, 0, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(block_kinds); i++) {
        GBytes *block = fg_dress_block(dress, block_kinds[i]);
        if (block && !put_block(out, block_kinds[i], block, FALSE, error))
            return NULL;
    }
    if (adobe)
        put_box(out, naked, adobe, TRUE);
    for (guint i = 1; i < naked->boxes->len; i++) {
        const FgPart *part = part_of(naked, &boxes[i]);
        if (part->kind == FG_PART_PICTURE && !part->name)
            put_box(out, naked, &boxes[i], FALSE);
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

typedef struct {
    const FgContainer *container;
    const JpegBox *boxes;
    guint count;
    gboolean *stays; /* a part each */
    const FgDress *dress;
    guint slots[G_N_ELEMENTS(block_kinds)]; /* each block is written before this box; no slot: count + 1 */
    GByteArray *out;
} Rewrite;

/* The place of a part in the canonical order, or -1 where none is asked for. */
static int
rank(const FgPart *part)
{
    if (is_named(part, "JFIF") || part->kind == FG_PART_THUMBNAIL)
        return 0;
    if (part->kind == FG_PART_XMP_EXTENDED)
        return 2;
    for (guint i = 0; i < G_N_ELEMENTS(block_kinds); i++)
        if (part->kind == block_kinds[i])
            return (int)i + 1;
    return -1;
}

/* A block takes the place of the first of its kind, so that as little as can be moves; a new one goes behind
 * those that come before it in the canonical order. */
static guint
find_slot(const Rewrite *rewrite, guint kind)
{
    guint slot = 1; /* SOI is the first box. */
    for (guint i = 1; i < rewrite->count; i++) {
        const FgPart *part = part_of(rewrite->container, &rewrite->boxes[i]);
        if (part->late)
            break;
        if (part->kind == block_kinds[kind])
            return i;
        int place = rank(part);
        if (place >= 0 && place <= (int)kind + 1)
            slot = i + 1;
    }
    return slot;
}

static void
decide(Rewrite *rewrite, FgKeepPart keep, gpointer data)
{
    const GPtrArray *parts = rewrite->container->parts;
    gboolean trailer_goes = FALSE;
    for (guint i = 0; i < parts->len; i++) {
        const FgPart *part = parts->pdata[i];
        rewrite->stays[i] = fg_part_stays(part, keep, data, rewrite->dress);
        trailer_goes |= part->kind == FG_PART_TRAILER && !rewrite->stays[i];
    }
    for (guint i = 0; i < parts->len && trailer_goes; i++) {
        const FgPart *part = parts->pdata[i];
        if (part->kind == FG_PART_AUXILIARY && !g_strcmp0(part->name, "MPF"))
            rewrite->stays[i] = FALSE; /* It would point past the end. */
    }
    for (guint i = 0; i < G_N_ELEMENTS(block_kinds); i++)
        rewrite->slots[i] =
            fg_dress_block(rewrite->dress, block_kinds[i]) ? find_slot(rewrite, i) : rewrite->count + 1;
}

static gboolean
put_blocks_of_slot(Rewrite *rewrite, guint slot, GError **error)
{
    const FgPart *exif = fg_container_find(rewrite->container, FG_PART_EXIF);
    gboolean split = exif && g_bytes_get_size(exif->bytes) > JPEG_EXIF_MAX;
    for (guint i = 0; i < G_N_ELEMENTS(block_kinds); i++) {
        GBytes *block = rewrite->slots[i] == slot ? fg_dress_block(rewrite->dress, block_kinds[i]) : NULL;
        if (block && !put_block(rewrite->out, block_kinds[i], block, split, error))
            return FALSE;
    }
    return TRUE;
}

/* The MP index that was copied, if one was: its place in the old and in the new file. */
typedef struct {
    const FgPart *part;
    gsize before, after;
} MovedIndex;

static gboolean
correct_index(Rewrite *rewrite, const MovedIndex *index, gsize trailer_before, gsize trailer_after,
              GError **error)
{
    gint64 growth = (gint64)trailer_after - (gint64)trailer_before;
    gint64 shift = growth - ((gint64)index->after - (gint64)index->before);
    if (growth == 0 && shift == 0)
        return TRUE;
    g_autoptr(GBytes) moved = fg_jpeg_mpf_move(index->part->bytes, shift, growth, error);
    if (!moved)
        return FALSE;
    gsize size;
    const guint8 *data = g_bytes_get_data(moved, &size);
    memcpy(rewrite->out->data + index->after, data, size);
    return TRUE;
}

static gboolean
put_all(Rewrite *rewrite, GError **error)
{
    MovedIndex index = {0};
    for (guint i = 0; i <= rewrite->count; i++) {
        if (!put_blocks_of_slot(rewrite, i, error))
            return FALSE;
        const JpegBox *box = &rewrite->boxes[i];
        if (i == rewrite->count || !rewrite->stays[box->part])
            continue;
        const FgPart *part = part_of(rewrite->container, box);
        gsize trailer = rewrite->out->len;
        put_box(rewrite->out, rewrite->container, box,
                i + 1 < rewrite->count && box[1].tail && !rewrite->stays[box[1].part]);
        if (part->kind == FG_PART_AUXILIARY && !g_strcmp0(part->name, "MPF") && !index.part) {
            gsize size = g_bytes_get_size(part->bytes);
            index = (MovedIndex){part, (gsize)(box->offset + box->length) - size, rewrite->out->len - size};
        }
        if (part->kind == FG_PART_TRAILER && index.part &&
            !correct_index(rewrite, &index, (gsize)box->offset, trailer, error))
            return FALSE;
    }
    return TRUE;
}

GBytes *
fg_jpeg_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
                GError **error)
{
    g_autofree gboolean *stays = g_new0(gboolean, container->parts->len);
    g_autoptr(GByteArray) out = g_byte_array_sized_new((guint)g_bytes_get_size(container->file) + 8192);
    Rewrite rewrite = {
        .container = container,
        .boxes = (const JpegBox *)(gconstpointer)container->boxes->data,
        .count = container->boxes->len,
        .stays = stays,
        .dress = dress,
        .out = out,
    };
    decide(&rewrite, keep, data);
    if (!put_all(&rewrite, error))
        return NULL;
    /* Stray bytes that come to lie at the start would make it a file of no kind. */
    if (out->len < 3 || out->data[2] != 0xFF)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "stray bytes follow the segments that go");
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
