/* quantise_steps.c: how coarsely each frequency is kept.
 *
 * The tables of T.81, Annex K, drop high frequencies early, which suits plain rounding. When the levels of a
 * block are chosen together, those that are not worth their bits go anyway, and finer steps let those stay
 * that are: measured at equal scores, a gentle slope wins. docs/performance.md has the figures. */
#include "pixels/quantise_private.h"

/* A step is (FLAT + u² + v²) * slope / 1000, times what the quality makes of it. */
#define FLAT 20
#define LUMA 1774
#define CHROMA 2838

/* libjpeg's quality, which every photographer knows, scales Annex K by this, in percent. */
static int
libjpeg_scale(int quality)
{
    return quality < 50 ? 5000 / quality : 200 - 2 * quality;
}

void
fg_steps(FgSteps *steps, int quality, gboolean chroma)
{
    /* The lower the quality, the more is dropped beside the rounding; finer steps make up for it. */
    int scale = libjpeg_scale(CLAMP(quality, 1, 100)), whole = 1000 * (230 + scale);
    for (int v = 0; v < 8; v++)
        for (int u = 0; u < 8; u++) {
            gint64 slope = chroma ? CHROMA : LUMA;
            gint64 step = ((FLAT + u * u + v * v) * slope * scale + whole / 2) / whole;
            step = CLAMP(step, 1, 255); /* what a baseline file can say */
            steps->step[v * 8 + u] = (guint8)step;
            guint32 divisor = (guint32)step * FG_COEFFICIENT_ONE;
            steps->reciprocal[v * 8 + u] = ((64 << 15) + divisor / 2) / divisor;
        }
}
