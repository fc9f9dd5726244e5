/* heif_aperture.c: what of a coded picture is shown, and whether it has colours (ISO/IEC 23008-12, 6.5). */
#include "container/bmff_private.h"

/* No camera's numbers come near it, and products of three stay within 64 bits. */
#define LARGEST 0xFFFFF

typedef struct {
    gint64 numerator, denominator;
} Fraction;

static gboolean
read_fraction(FgCursor *at, Fraction *fraction)
{
    guint32 numerator, denominator;
    if (!fg_cursor_u32(at, &numerator) || !fg_cursor_u32(at, &denominator))
        return FALSE;
    *fraction = (Fraction){(gint32)numerator, (gint32)denominator};
    return ABS(fraction->numerator) <= LARGEST && fraction->denominator > 0 &&
           fraction->denominator <= LARGEST;
}

static gint64
floor_of(gint64 numerator, gint64 denominator)
{
    return numerator / denominator - (numerator % denominator < 0 ? 1 : 0);
}

/* Whole samples as libheif takes them: from the first one on that the aperture begins in, as many as are
 * whole, within the picture. */
static gboolean
cut(guint32 *side, Fraction length, Fraction offset)
{
    if (*side > LARGEST)
        return FALSE;
    gint64 all = *side;
    gint64 above = 2 * offset.numerator * length.denominator +
                   offset.denominator * (all * length.denominator - length.numerator);
    gint64 first = floor_of(above, 2 * offset.denominator * length.denominator);
    gint64 last = MIN(first + floor_of(length.numerator, length.denominator), all) - 1;
    first = MAX(first, 0);
    if (last < first)
        return FALSE;
    *side = (guint32)(last - first + 1);
    return TRUE;
}

static gboolean
cut_both(FgCursor at, guint32 *width, guint32 *height)
{
    Fraction across, down, right, below;
    guint32 new_width = *width, new_height = *height;
    if (!read_fraction(&at, &across) || !read_fraction(&at, &down) || !read_fraction(&at, &right) ||
        !read_fraction(&at, &below) || !cut(&new_width, across, right) || !cut(&new_height, down, below))
        return FALSE;
    *width = new_width;
    *height = new_height;
    return TRUE;
}

static void
swap(guint32 *width, guint32 *height)
{
    guint32 kept = *width;
    *width = *height;
    *height = kept;
}

/* Properties that transform apply in the order in which the item names them, so that an aperture may be one
 * of a picture that has been turned. */
gboolean
fg_heif_aperture(const FgHeif *heif, const FgHeifItem *item, guint32 *width, guint32 *height)
{
    gboolean turned = FALSE, sound = TRUE;
    for (guint i = 0; item && i < item->properties->len; i++) {
        guint index = g_array_index(item->properties, guint16, i) & 0x7fff;
        if (index < 1 || index > heif->properties->len)
            continue;
        FgBox box = g_array_index(heif->properties, FgBox, index - 1);
        guint8 turns;
        if (box.type == FG_FOURCC('i', 'r', 'o', 't') && fg_cursor_u8(&box.body, &turns) && (turns & 1)) {
            turned = !turned;
            swap(width, height);
        } else if (box.type == FG_FOURCC('c', 'l', 'a', 'p')) {
            sound &= cut_both(box.body, width, height);
        }
    }
    if (turned)
        swap(width, height);
    return sound;
}

static const FgHeifItem *
first_tile(const FgHeif *heif, const FgHeifItem *item)
{
    for (guint i = 0; i < heif->references->len; i++) {
        const FgHeifReference *reference = heif->references->pdata[i];
        if (reference->type == FG_FOURCC('d', 'i', 'm', 'g') && reference->from == item->id &&
            reference->to->len > 0)
            return fg_heif_item(heif, g_array_index(reference->to, guint32, 0));
    }
    return NULL;
}

/* AV1CodecConfigurationRecord 2.3.3 and HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, 8.3.2.1). */
gboolean
fg_heif_is_monochrome(const FgHeif *heif, const FgHeifItem *item)
{
    guint8 bits;
    const FgBox *box = item ? fg_heif_property(heif, item, FG_FOURCC('a', 'v', '1', 'C')) : NULL;
    FgCursor at = box ? box->body : (FgCursor){0};
    if (box)
        return fg_cursor_skip(&at, 2) && fg_cursor_u8(&at, &bits) && (bits & 0x10);
    box = item ? fg_heif_property(heif, item, FG_FOURCC('h', 'v', 'c', 'C')) : NULL;
    at = box ? box->body : (FgCursor){0};
    if (box)
        return fg_cursor_skip(&at, 16) && fg_cursor_u8(&at, &bits) && (bits & 3) == 0;
    const FgHeifItem *tile = item ? first_tile(heif, item) : NULL;
    return tile && tile != item && !first_tile(heif, tile) && fg_heif_is_monochrome(heif, tile);
}
