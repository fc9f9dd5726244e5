/* chroma.c: does a picture bear halved chroma? Sensors blur colour already, so photos nearly always do; red
 * letters on blue do not. */
#include "pixels/fixed_private.h"
#include "pixels/pixels_private.h"

#include <string.h>

/* Blocks of 2x2 pixels share one chroma sample at 4:2:0. A block whose Cb or Cr spans more than SPAN steps
 * loses a visible edge; a picture of which more than one block in RARE does so keeps full chroma. */
#define SPAN 64
#define RARE 200

/* Whether each 2x2 samples of two rows span more than SPAN; added to what was so before. */
WIDE static void
span(const guint8 *restrict upper, const guint8 *restrict lower, int blocks, guint8 *restrict lost)
{
    for (int x = 0; x < blocks; x++) {
        guint8 a = upper[2 * x], b = upper[2 * x + 1], c = lower[2 * x], d = lower[2 * x + 1];
        guint8 low = MIN(MIN(a, b), MIN(c, d)), high = MAX(MAX(a, b), MAX(c, d));
        lost[x] |= high - low > SPAN;
    }
}

gboolean
fg_chroma_is_fine(const FgPlanes *planes)
{
    g_assert(!planes->halved);
    const int across = planes->width / 2, down = planes->height / 2;
    g_autofree guint8 *lost = g_malloc((gsize)MAX(across, 1));
    gint64 count = 0;
    for (int y = 0; y < down; y++) {
        memset(lost, 0, (gsize)across);
        for (int i = 1; i < 3; i++) {
            const FgRaster *plane = planes->plane[i];
            const guint8 *upper = plane->data + (gsize)(2 * y) * plane->stride;
            span(upper, upper + plane->stride, across, lost);
        }
        for (int x = 0; x < across; x++)
            count += lost[x];
    }
    return count * RARE > (gint64)across * down;
}
