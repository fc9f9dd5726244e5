/* roll_off.c: the light of PQ and HLG pictures (ITU-R BT.2100), and how what is brighter than white comes
 * down to it: by the curve of ITU-R BT.2390-10 §5.4.1 on the largest of the three colours, so that their
 * ratios, and with them the hue, stay. */
#include "pixels/pixels_private.h"

#include <math.h>

/* cd/m² of diffuse white (ITU-R BT.2408), of the brightest signal of PQ, and of a source that does not say
 * how bright it is. */
#define WHITE 203.0
#define BRIGHTEST 10000.0
#define USUAL_PEAK 1000u

#define HLG_WHITE 0.265 /* the linear light of signal 0.75 */
#define KNEE 0.5        /* of white; below it nothing changes */

static const double m1 = 2610.0 / 16384, m2 = 2523.0 / 4096 * 128;
static const double c1 = 3424.0 / 4096, c2 = 2413.0 / 4096 * 32, c3 = 2392.0 / 4096 * 32;

static double
candelas_of(double signal)
{
    const double root = pow(signal, 1 / m2);
    return pow(MAX(root - c1, 0) / (c2 - c3 * root), 1 / m1) * BRIGHTEST;
}

static double
signal_of(double candelas)
{
    const double power = pow(candelas / BRIGHTEST, m1);
    return pow((c1 + c2 * power) / (1 + c3 * power), m2);
}

static double
light_of_hlg(double signal)
{
    const double a = 0.17883277, b = 0.28466892, c = 0.55991073;
    const double light = signal <= 0.5 ? signal * signal / 3 : (exp((signal - c) / a) + b) / 12;
    return light / HLG_WHITE;
}

double
fg_hdr_light(FgHdr hdr, double signal)
{
    return hdr == FG_HDR_HLG ? light_of_hlg(signal) : candelas_of(signal) / WHITE;
}

FgRollOff
fg_roll_off(guint32 peak)
{
    const double top = MIN(peak > 0 ? peak : USUAL_PEAK, BRIGHTEST), whole = signal_of(top);
    if (top <= WHITE)
        return (FgRollOff){0};
    const double knee = signal_of(KNEE * WHITE) / whole, white = signal_of(WHITE) / whole;
    /* The curve leaves the knee as steep as it comes there, unless it would then pass white on its way: of
     * peaks beyond 1000 cd/m², since its own knee is lower than ours. */
    return (FgRollOff){whole, knee, white, MIN(1 - knee, 3.4 * (white - knee))};
}

double
fg_roll_off_gain(const FgRollOff *curve, double light)
{
    if (curve->peak <= 0)
        return light > 1 ? 1 / light : 1;
    if (light <= KNEE)
        return 1;
    const double signal = MIN(signal_of(MIN(light * WHITE, BRIGHTEST)) / curve->peak, 1);
    const double t = (signal - curve->knee) / (1 - curve->knee), t2 = t * t, t3 = t2 * t;
    const double down = (2 * t3 - 3 * t2 + 1) * curve->knee + (t3 - 2 * t2 + t) * curve->slope +
                        (3 * t2 - 2 * t3) * curve->white;
    return MIN(candelas_of(MIN(down, curve->white) * curve->peak) / WHITE, 1) / light;
}
