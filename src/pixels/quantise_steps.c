/* quantise_steps.c: how coarsely each frequency is kept.
 *
 * The tables of T.81, Annex K, drop high frequencies early, which suits plain rounding. When the levels of a
 * block are chosen together, those that are not worth their bits go anyway, and finer steps let those stay
 * that are: measured at equal scores, a gentle slope wins. docs/performance.md has the figures. */
#include "pixels/quantise_private.h"

/* A step is (FLAT + u² + v²) * slope / 1000, times what the quality makes of it. */
#define FLAT 20
#define LUMA 735
#define CHROMA 1176

/* What a quality makes of a step, in thousandths. libjpeg scales Annex K by a percentage that every
 * photographer knows by heart as its quality. To look as good, steps of ours are a tenth larger at quality
 * 95, a tenth smaller at 80, and a quarter smaller at 25, since then more is dropped beside the rounding. */
static gint64
scale_of(int quality)
{
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    return percent * (260 + 7 * percent) / (20 + percent);
}

void
fg_steps(FgSteps *steps, int quality, gboolean chroma)
{
    gint64 scale = scale_of(CLAMP(quality, 1, 100));
    for (int v = 0; v < 8; v++)
        for (int u = 0; u < 8; u++) {
            gint64 slope = chroma ? CHROMA : LUMA;
            gint64 step = ((FLAT + u * u + v * v) * slope * scale + 500000) / 1000000;
            step = CLAMP(step, 1, 255); /* what a baseline file can say */
            steps->step[v * 8 + u] = (guint8)step;
            guint32 divisor = (guint32)step * FG_COEFFICIENT_ONE;
            steps->reciprocal[v * 8 + u] = ((64 << 15) + divisor / 2) / divisor;
        }
}
