/* jxl_jbrd.c: what a JPEG is put together from again, read as far as it says something: its segments.
 *
 * A bundle of bits describes the JPEG; behind it, one Brotli stream has the bytes of all segments that stand
 * nowhere else in the file, of what stood between segments, and of what followed the end. Where the stream
 * begins only the bundle tells, so all of it is walked. */
#include "container/jpeg_private.h"
#include "container/jxl_private.h"

#define MOST_MARKERS 16384
#define MARKERS_FROM 0xC0
#define STRAY 0xFF /* stands for bytes between segments */

/* Which segments of an application stand elsewhere, as an ICC profile, Exif and XMP do. */
enum { HERE };

typedef struct {
    JxlBits bits;
    guint applications, comments, scans, strays;
    gboolean restarts;
    GArray *here;  /* of guint32: how long each segment in the stream is, its marker's last byte included */
    GArray *loose; /* of guint32: the same of what stands between segments */
    guint32 tail;
} Bundle;

static gboolean
goes_on(const Bundle *bundle)
{
    return !bundle->bits.over;
}

static gboolean
read_markers(Bundle *bundle)
{
    for (guint i = 0; i < MOST_MARKERS && goes_on(bundle); i++) {
        guint marker = fg_jxl_bits(&bundle->bits, 6) + MARKERS_FROM;
        bundle->applications += marker >= JPEG_APP0 && marker <= JPEG_APP15;
        bundle->comments += marker == JPEG_COM;
        bundle->scans += marker == JPEG_SOS;
        bundle->strays += marker == STRAY;
        bundle->restarts |= marker == JPEG_DRI;
        if (marker == JPEG_EOI)
            return TRUE;
    }
    return FALSE;
}

static gboolean
read_segments(Bundle *bundle)
{
    static const JxlChoice kinds = {{0, 0, 1, 2}, {0, 1, 2, 4}};
    for (guint i = 0; i < bundle->applications + bundle->comments && goes_on(bundle); i++) {
        guint32 kind = i < bundle->applications ? fg_jxl_choice(&bundle->bits, &kinds) : HERE;
        guint32 length = fg_jxl_bits(&bundle->bits, 16) + 1;
        if (length < 3)
            return FALSE;
        if (kind == HERE)
            g_array_append_val(bundle->here, length);
    }
    return goes_on(bundle);
}

/* Quantisation tables and components. */
static gboolean
skip_frame(Bundle *bundle)
{
    static const JxlChoice one_to_four = {{0, 0, 0, 0}, {1, 2, 3, 4}};
    enum { GREY, YCBCR, RGB, CUSTOM };
    JxlBits *bits = &bundle->bits;
    for (guint tables = fg_jxl_choice(bits, &one_to_four); tables > 0; tables--)
        fg_jxl_bits(bits, 1 + 2 + 1);
    guint32 kind = fg_jxl_bits(bits, 2), components = kind == GREY ? 1 : 3;
    if (kind == CUSTOM) {
        components = fg_jxl_choice(bits, &one_to_four);
        for (guint i = 0; i < components; i++)
            fg_jxl_bits(bits, 8);
    }
    for (guint i = 0; i < components; i++)
        fg_jxl_bits(bits, 2);
    return goes_on(bundle);
}

static gboolean
skip_codes(Bundle *bundle)
{
    static const JxlChoice codes = {{0, 3, 4, 6}, {4, 2, 10, 26}};
    static const JxlChoice counts = {{0, 0, 3, 8}, {0, 1, 2, 0}};
    static const JxlChoice values = {{2, 2, 4, 8}, {0, 4, 8, 1}};
    JxlBits *bits = &bundle->bits;
    for (guint left = fg_jxl_choice(bits, &codes); left > 0 && goes_on(bundle); left--) {
        guint symbols = 0;
        fg_jxl_bits(bits, 1 + 2 + 1);
        for (guint length = 0; length <= 16; length++)
            symbols += fg_jxl_choice(bits, &counts);
        for (; symbols > 0 && goes_on(bundle); symbols--)
            fg_jxl_choice(bits, &values);
    }
    return goes_on(bundle);
}

static gboolean
skip_scans(Bundle *bundle)
{
    static const JxlChoice one_to_four = {{0, 0, 0, 0}, {1, 2, 3, 4}};
    static const JxlChoice passes = {{0, 0, 0, 3}, {0, 1, 2, 3}};
    JxlBits *bits = &bundle->bits;
    for (guint i = 0; i < bundle->scans && goes_on(bundle); i++) {
        guint components = fg_jxl_choice(bits, &one_to_four);
        fg_jxl_bits(bits, 6 + 6 + 4 + 4);
        for (; components > 0; components--)
            fg_jxl_bits(bits, 2 + 2 + 2);
        fg_jxl_choice(bits, &passes);
    }
    if (bundle->restarts)
        fg_jxl_bits(bits, 16);
    return goes_on(bundle);
}

/* Where a scan begins anew and where it has zeros that it need not have. */
static gboolean
skip_oddities(Bundle *bundle)
{
    static const JxlChoice counts = {{0, 2, 4, 16}, {0, 1, 4, 20}};
    static const JxlChoice blocks = {{0, 3, 5, 28}, {0, 1, 9, 41}};
    static const JxlChoice runs = {{0, 2, 4, 8}, {1, 2, 5, 20}};
    JxlBits *bits = &bundle->bits;
    for (guint i = 0; i < bundle->scans && goes_on(bundle); i++) {
        for (guint left = fg_jxl_choice(bits, &counts); left > 0 && goes_on(bundle); left--)
            fg_jxl_choice(bits, &blocks);
        for (guint left = fg_jxl_choice(bits, &counts); left > 0 && goes_on(bundle); left--) {
            fg_jxl_choice(bits, &runs);
            fg_jxl_choice(bits, &blocks);
        }
    }
    return goes_on(bundle);
}

static gboolean
read_rest(Bundle *bundle)
{
    static const JxlChoice tails = {{0, 8, 16, 22}, {0, 1, 257, 65793}};
    JxlBits *bits = &bundle->bits;
    for (guint i = 0; i < bundle->strays && goes_on(bundle); i++) {
        guint32 length = fg_jxl_bits(bits, 16);
        g_array_append_val(bundle->loose, length);
    }
    bundle->tail = fg_jxl_choice(bits, &tails);
    guint32 padding = fg_jxl_bits(bits, 1) ? fg_jxl_bits(bits, 24) : 0;
    for (; padding > 0 && goes_on(bundle); padding--)
        fg_jxl_bits(bits, 1);
    return goes_on(bundle);
}

static gboolean
read_bundle(Bundle *bundle)
{
    fg_jxl_bits(&bundle->bits, 1); /* grey */
    return read_markers(bundle) && read_segments(bundle) && skip_frame(bundle) && skip_codes(bundle) &&
           skip_scans(bundle) && skip_oddities(bundle) && read_rest(bundle);
}

/* Bytes that belong to no segment, as comments: whoever reads the JPEG passes over them, too. */
static void
put_loose(GByteArray *out, FgCursor at)
{
    do {
        guint size = (guint)MIN(fg_cursor_left(&at), JPEG_PAYLOAD_MAX);
        fg_put_be16(out, 0xFF00 | JPEG_COM);
        fg_put_be16(out, size + 2);
        if (size > 0)
            g_byte_array_append(out, at.data + at.offset, size);
        fg_cursor_skip(&at, size);
    } while (fg_cursor_left(&at) > 0);
}

static gboolean
put_segment(GByteArray *out, FgCursor segment)
{
    FgCursor at = segment;
    guint8 marker;
    guint16 size;
    if (!fg_cursor_u8(&at, &marker) || !fg_cursor_u16(&at, &size) || size + 1u != segment.length)
        return FALSE;
    fg_put_u8(out, 0xFF);
    g_byte_array_append(out, segment.data, (guint)segment.length);
    return TRUE;
}

static GBytes *
put_together(const Bundle *bundle, GBytes *stream)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    const FgCursor nothing = {0};
    FgCursor at = fg_cursor_bytes(stream, FG_BIG_ENDIAN), taken;
    fg_put_be16(out, 0xFF00 | JPEG_SOI);
    for (guint i = 0; i < bundle->here->len; i++)
        if (!fg_cursor_take(&at, g_array_index(bundle->here, guint32, i), &taken) ||
            !put_segment(out, fg_cursor(taken.data + taken.offset, fg_cursor_left(&taken), FG_BIG_ENDIAN)))
            return NULL;
    for (guint i = 0; i < bundle->loose->len; i++) {
        if (!fg_cursor_take(&at, g_array_index(bundle->loose, guint32, i), &taken))
            return NULL;
        put_loose(out, taken);
    }
    if (out->len == 2) /* A JPEG of no segment at all would be none. */
        put_loose(out, nothing);
    fg_put_be16(out, 0xFF00 | JPEG_EOI);
    if (fg_cursor_left(&at) != bundle->tail)
        return NULL;
    g_byte_array_append(out, at.data + at.offset, (guint)bundle->tail);
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

GBytes *
fg_jxl_jbrd_open(const FgBox *box, gsize *opened)
{
    g_autoptr(GArray) here = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) loose = g_array_new(FALSE, FALSE, sizeof(guint32));
    Bundle bundle = {.bits = {.at = box->body}, .here = here, .loose = loose};
    if (!read_bundle(&bundle))
        return NULL;
    const FgCursor *at = &bundle.bits.at; /* No more bytes were taken than the last bit needs. */
    g_autoptr(GBytes) stream =
        fg_brotli_open(at->data + at->offset, fg_cursor_left(at), JXL_OPENED_CEILING - *opened, NULL);
    if (!stream)
        return NULL;
    *opened += g_bytes_get_size(stream);
    return put_together(&bundle, stream);
}
