/* chroma.c: does a picture bear halved chroma? Sensors blur colour already, so photos nearly always do; red
 * letters on blue do not. */
#include "pixels/pixels_private.h"

/* Blocks of 2x2 pixels share one chroma sample at 4:2:0. A block whose Cb or Cr spans more than SPAN steps
 * loses a visible edge; a picture of which more than one block in RARE does so keeps full chroma. */
#define SPAN 64
#define RARE 200

typedef struct {
    int low, high;
} Range;

static inline void
widen(Range *range, int value)
{
    range->low = MIN(range->low, value);
    range->high = MAX(range->high, value);
}

/* Cb and Cr of BT.601, times 256. */
static inline gboolean
spans(const guint8 *upper, const guint8 *lower, int bands)
{
    const guint8 *pixels[] = {upper, upper + bands, lower, lower + bands};
    Range cb = {G_MAXINT, G_MININT}, cr = cb;
    for (int i = 0; i < 4; i++) {
        int red = pixels[i][0], green = pixels[i][1], blue = pixels[i][2];
        widen(&cb, -43 * red - 85 * green + 128 * blue);
        widen(&cr, 128 * red - 107 * green - 21 * blue);
    }
    return cb.high - cb.low > SPAN * 256 || cr.high - cr.low > SPAN * 256;
}

gboolean
fg_chroma_is_fine(const FgRaster *raster)
{
    g_assert(raster->bands >= 3);
    gint64 blocks = 0, lost = 0;
    for (int y = 0; y + 1 < raster->height; y += 2) {
        const guint8 *upper = raster->data + (gsize)y * raster->stride;
        for (int x = 0; x + 1 < raster->width; x += 2, upper += 2 * raster->bands) {
            lost += spans(upper, upper + raster->stride, raster->bands);
            blocks++;
        }
    }
    return lost * RARE > blocks;
}
