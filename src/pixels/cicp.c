/* cicp.c: colours that HEIF and AVIF name by the code points of ITU-T H.273, as an ICC profile. */
#include "pixels/pixels_private.h"

#include <math.h>

#include <lcms2.h>

/* The light of diffuse white in PQ and HLG pictures (ITU-R BT.2408): what is brighter is clipped to white. */
#define PQ_WHITE (203.0 / 10000.0)
#define HLG_WHITE 0.265 /* the linear light of signal 0.75 */
#define CURVE_POINTS 1024

static double
light_of_pq(double signal)
{
    const double m1 = 2610.0 / 16384, m2 = 2523.0 / 4096 * 128;
    const double c1 = 3424.0 / 4096, c2 = 2413.0 / 4096 * 32, c3 = 2392.0 / 4096 * 32;
    double root = pow(signal, 1 / m2);
    return pow(MAX(root - c1, 0) / (c2 - c3 * root), 1 / m1) / PQ_WHITE;
}

static double
light_of_hlg(double signal)
{
    const double a = 0.17883277, b = 0.28466892, c = 0.55991073;
    double light = signal <= 0.5 ? signal * signal / 3 : (exp((signal - c) / a) + b) / 12;
    return light / HLG_WHITE;
}

static cmsToneCurve *
sampled_curve(double (*light)(double))
{
    cmsFloat32Number points[CURVE_POINTS];
    for (int i = 0; i < CURVE_POINTS; i++)
        points[i] = (cmsFloat32Number)MIN(light((double)i / (CURVE_POINTS - 1)), 1.0);
    return cmsBuildTabulatedToneCurveFloat(NULL, CURVE_POINTS, points);
}

/* Video's own curves (BT.601, 709, 2020) are shown as sRGB, as browsers do. */
static cmsToneCurve *
curve_of(int transfer)
{
    const cmsFloat64Number srgb[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    switch (transfer) {
    case 4:
        return cmsBuildGamma(NULL, 2.2);
    case 5:
        return cmsBuildGamma(NULL, 2.8);
    case 8:
        return cmsBuildGamma(NULL, 1.0);
    case 16:
        return sampled_curve(light_of_pq);
    case 18:
        return sampled_curve(light_of_hlg);
    default:
        return cmsBuildParametricToneCurve(NULL, 4, srgb);
    }
}

GBytes *
fg_colour_from_cicp(int primaries, int transfer)
{
    static const cmsCIExyY d65 = {0.3127, 0.3290, 1}, dci = {0.314, 0.351, 1};
    static const cmsCIExyYTRIPLE bt709 = {{0.640, 0.330, 1}, {0.300, 0.600, 1}, {0.150, 0.060, 1}};
    static const cmsCIExyYTRIPLE bt2020 = {{0.708, 0.292, 1}, {0.170, 0.797, 1}, {0.131, 0.046, 1}};
    static const cmsCIExyYTRIPLE p3 = {{0.680, 0.320, 1}, {0.265, 0.690, 1}, {0.150, 0.060, 1}};

    gboolean wide = primaries == 9 || primaries == 11 || primaries == 12;
    gboolean own_curve = transfer == 4 || transfer == 5 || transfer == 8 || transfer == 16 || transfer == 18;
    if (!wide && !own_curve)
        return NULL;
    cmsToneCurve *curve = curve_of(transfer);
    cmsToneCurve *curves[3] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(primaries == 11 ? &dci : &d65,
                                              primaries == 9 ? &bt2020
                                              : wide         ? &p3
                                                             : &bt709,
                                              curves);
    cmsFreeToneCurve(curve);
    cmsUInt32Number length = 0;
    GBytes *icc = NULL;
    if (profile && cmsSaveProfileToMem(profile, NULL, &length)) {
        guint8 *data = g_malloc(length);
        cmsSaveProfileToMem(profile, data, &length);
        icc = g_bytes_new_take(data, length);
    }
    if (profile)
        cmsCloseProfile(profile);
    return icc;
}
