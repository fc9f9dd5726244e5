/* pieces.c: a new file as stretches of the old one and new bytes between them, so that only a few kilobytes
 * cross the border and the kernel copies the rest.
 *
 * On the wire: the count of pieces, 32-bit; for each one whether it is old (a byte), and its length and, of
 * an old one, its offset, 64-bit; then all new bytes in their order. All numbers are little-endian. */
#include "amend/amend_private.h"

#include <fcntl.h>
#include <string.h>

#define LEAST_COMMON 4096 /* Shorter stretches are not worth a piece of their own. */
#define MOST_PIECES (1u << 20)
#define LARGEST_GROWTH (G_GUINT64_CONSTANT(4) << 20) /* All that is written are a few blocks of 64 KiB. */

void
fg_pieces_clear(FgPieces *pieces)
{
    g_clear_pointer(&pieces->pieces, g_array_unref);
    g_clear_pointer(&pieces->fresh, g_bytes_unref);
}

/* ---- What two files have in common ---- */

static guint64
end_of(const GArray *pieces)
{
    const FgPiece *last = pieces->len > 0 ? &g_array_index(pieces, FgPiece, pieces->len - 1) : NULL;
    return last ? last->to + last->length : 0;
}

static void
add(GArray *pieces, gboolean old, guint64 from, guint64 length)
{
    FgPiece *last = pieces->len > 0 ? &g_array_index(pieces, FgPiece, pieces->len - 1) : NULL;
    const FgPiece piece = {old, from, end_of(pieces), length};
    if (length == 0)
        return;
    if (last && last->old == old && last->from + last->length == from)
        last->length += length;
    else
        g_array_append_val(pieces, piece);
}

static gsize
common_start(const guint8 *a, const guint8 *b, gsize length)
{
    gsize at = 0;
    while (length - at >= LEAST_COMMON && memcmp(a + at, b + at, LEAST_COMMON) == 0)
        at += LEAST_COMMON;
    while (at < length && a[at] == b[at])
        at++;
    return at;
}

static gsize
common_end(const guint8 *a, const guint8 *b, gsize length)
{
    gsize left = length;
    while (left >= LEAST_COMMON &&
           memcmp(a + left - LEAST_COMMON, b + left - LEAST_COMMON, LEAST_COMMON) == 0)
        left -= LEAST_COMMON;
    while (left > 0 && a[left - 1] == b[left - 1])
        left--;
    return length - left;
}

typedef struct {
    const guint8 *before, *after;
    GArray *pieces;
    GByteArray *fresh;
} Comparison;

static void
add_fresh(Comparison *between, guint64 at, guint64 length)
{
    add(between->pieces, FALSE, between->fresh->len, length);
    g_byte_array_append(between->fresh, between->after + at, (guint)length);
}

/* What lies between two stretches of the picture: blocks that changed, and around them some that did not, as
 * a colour profile or a film behind the end. */
static void
add_gap(Comparison *between, FgCopied gap, guint64 old_length)
{
    const guint8 *old = between->before + gap.from, *new = between->after + gap.to;
    gsize shared = MIN(gap.length, old_length);
    gsize start = common_start(old, new, shared);
    start = start >= LEAST_COMMON ? start : 0;
    gsize end =
        common_end(old + old_length - (shared - start), new + gap.length - (shared - start), shared - start);
    end = end >= LEAST_COMMON ? end : 0;
    add(between->pieces, TRUE, gap.from, start);
    add_fresh(between, gap.to + start, gap.length - start - end);
    add(between->pieces, TRUE, gap.from + old_length - end, end);
}

static gint
compare_places(gconstpointer left, gconstpointer right)
{
    const FgCopied *a = left, *b = right;
    return a->to < b->to ? -1 : a->to > b->to;
}

/* A stretch of the picture and what stands before it. Two pictures may share bytes, and the old file may have
 * them in another order: then nothing of it lies between. */
static void
add_stretch(Comparison *between, FgCopied *gap, FgCopied stretch)
{
    guint64 shared = gap->to > stretch.to ? MIN(gap->to - stretch.to, stretch.length) : 0;
    stretch.from += shared;
    stretch.to += shared;
    stretch.length -= shared;
    if (stretch.length == 0)
        return;
    gap->length = stretch.to - gap->to;
    add_gap(between, *gap, stretch.from > gap->from ? stretch.from - gap->from : 0);
    add(between->pieces, TRUE, stretch.from, stretch.length);
    gap->from = stretch.from + stretch.length;
    gap->to = stretch.to + stretch.length;
}

FgPieces
fg_pieces_of(GBytes *before, const FgRemade *made)
{
    gsize old_size, new_size;
    Comparison between = {
        .before = g_bytes_get_data(before, &old_size),
        .after = g_bytes_get_data(made->file, &new_size),
        .pieces = g_array_new(FALSE, FALSE, sizeof(FgPiece)),
        .fresh = g_byte_array_new(),
    };
    g_array_sort(made->copied, compare_places);
    FgCopied gap = {0};
    for (guint i = 0; i < made->copied->len; i++)
        add_stretch(&between, &gap, g_array_index(made->copied, FgCopied, i));
    gap.length = new_size - gap.to;
    add_gap(&between, gap, old_size - gap.from);
    return (FgPieces){between.pieces, g_byte_array_free_to_bytes(between.fresh)};
}

FgPieces
fg_pieces_same(guint64 size)
{
    FgPieces same = {g_array_new(FALSE, FALSE, sizeof(FgPiece)), g_bytes_new_static("", 0)};
    add(same.pieces, TRUE, 0, size);
    return same;
}

/* ---- Over the border ---- */

static void
put_u64(GByteArray *bytes, guint64 number)
{
    const guint64 wire = GUINT64_TO_LE(number);
    g_byte_array_append(bytes, (const guint8 *)&wire, sizeof wire);
}

GBytes *
fg_pieces_pack(const FgPieces *pieces, GByteArray *head)
{
    const guint32 count = GUINT32_TO_LE(pieces->pieces->len);
    g_byte_array_append(head, (const guint8 *)&count, sizeof count);
    for (guint i = 0; i < pieces->pieces->len; i++) {
        const FgPiece *piece = &g_array_index(pieces->pieces, FgPiece, i);
        const guint8 old = piece->old ? 1 : 0;
        g_byte_array_append(head, &old, 1);
        put_u64(head, piece->length);
        if (piece->old)
            put_u64(head, piece->from);
    }
    gsize length;
    const guint8 *fresh = g_bytes_get_data(pieces->fresh, &length);
    g_byte_array_append(head, fresh, (guint)length);
    return g_byte_array_free_to_bytes(head);
}

/* A piece of an old file of `size` bytes, or the next of the new bytes, of which there can't be more than are
 * left. */
static gboolean
take_piece(FgCursor *at, guint64 size, guint64 *fresh, GArray *pieces)
{
    guint8 old;
    guint64 length, from = *fresh;
    if (!fg_cursor_u8(at, &old) || old > 1 || !fg_cursor_u64(at, &length) || length == 0)
        return FALSE;
    if (old && (!fg_cursor_u64(at, &from) || from > size || length > size - from))
        return FALSE;
    if (!old && length > fg_cursor_left(at))
        return FALSE;
    *fresh += old ? 0 : length;
    add(pieces, old, from, length);
    return end_of(pieces) <= size + LARGEST_GROWTH;
}

gboolean
fg_pieces_unpack(FgCursor *at, GBytes *answer, guint64 size, FgPieces *pieces)
{
    guint32 count;
    guint64 fresh = 0;
    if (!fg_cursor_u32(at, &count) || count > MOST_PIECES)
        return FALSE;
    pieces->pieces = g_array_new(FALSE, FALSE, sizeof(FgPiece));
    for (guint32 i = 0; i < count; i++)
        if (!take_piece(at, size, &fresh, pieces->pieces))
            return FALSE;
    pieces->fresh = fg_cursor_slice(at, answer);
    return fresh == g_bytes_get_size(pieces->fresh);
}

/* The piece that holds a place of the new file, or the number of pieces. */
static guint
piece_at(const GArray *pieces, guint64 to)
{
    guint low = 0, high = pieces->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const FgPiece *piece = &g_array_index(pieces, FgPiece, middle);
        if (piece->to + piece->length <= to)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

gboolean
fg_pieces_are_old(const FgPieces *pieces, guint64 to, guint64 length)
{
    for (guint i = piece_at(pieces->pieces, to); length > 0 && i < pieces->pieces->len; i++) {
        const FgPiece *piece = &g_array_index(pieces->pieces, FgPiece, i);
        if (!piece->old)
            return FALSE;
        guint64 covered = MIN(piece->to + piece->length - to, length);
        to += covered;
        length -= covered;
    }
    return length == 0;
}

gboolean
fg_pieces_write(const FgPieces *pieces, int old, FgDraft *draft, GError **error)
{
    const guint8 *fresh = g_bytes_get_data(pieces->fresh, NULL);
    for (guint i = 0; i < pieces->pieces->len; i++) {
        const FgPiece *piece = &g_array_index(pieces->pieces, FgPiece, i);
        if (!(piece->old ? fg_draft_copy(draft, old, piece->from, piece->length, error)
                         : fg_draft_write(draft, fresh + piece->from, (gsize)piece->length, error)))
            return FALSE;
    }
    /* The disk may begin while the file is looked at; the sync that has to come then waits for less. */
    sync_file_range(draft->file, 0, 0, SYNC_FILE_RANGE_WRITE);
    return TRUE;
}
