/* stated.c: colours that a file states in another way than by an ICC profile, as such a profile: the code
 * points of ITU-T H.273 in HEIF, AVIF and PNG, PNG's gamma and primaries, and Adobe RGB of DCF. */
#include "pixels/pixels_private.h"

#include <math.h>

#include <lcms2.h>

#define CURVE_POINTS 1024

/* As far as a curve for each colour by itself can have it: what is brighter than white is white. */
static cmsToneCurve *
sampled_curve(FgHdr hdr)
{
    cmsFloat32Number points[CURVE_POINTS];
    for (int i = 0; i < CURVE_POINTS; i++)
        points[i] = (cmsFloat32Number)MIN(fg_hdr_light(hdr, (double)i / (CURVE_POINTS - 1)), 1.0);
    return cmsBuildTabulatedToneCurveFloat(NULL, CURVE_POINTS, points);
}

/* Video's own curves (BT.601, 709, 2020) are shown as sRGB, as browsers do. */
static cmsToneCurve *
srgb_curve(void)
{
    const cmsFloat64Number srgb[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    return cmsBuildParametricToneCurve(NULL, 4, srgb);
}

static cmsToneCurve *
curve_of(int transfer)
{
    switch (transfer) {
    case 4:
        return cmsBuildGamma(NULL, 2.2);
    case 5:
        return cmsBuildGamma(NULL, 2.8);
    case 8:
        return cmsBuildGamma(NULL, 1.0);
    case 16:
        return sampled_curve(FG_HDR_PQ);
    case 18:
        return sampled_curve(FG_HDR_HLG);
    default:
        return srgb_curve();
    }
}

static gboolean
has_own_curve(int transfer)
{
    return transfer == 4 || transfer == 5 || transfer == 8 || transfer == 16 || transfer == 18;
}

/* The same curve for samples of which 16/255 is black and 235/255 white. Takes the curve. */
static cmsToneCurve *
narrowed(cmsToneCurve *taken)
{
    cmsFloat32Number points[4 * CURVE_POINTS];
    for (int i = 0; i < 4 * CURVE_POINTS; i++) {
        double signal = ((double)i / (4 * CURVE_POINTS - 1) * 255 - 16) / 219;
        points[i] = cmsEvalToneCurveFloat(taken, (cmsFloat32Number)CLAMP(signal, 0, 1));
    }
    cmsFreeToneCurve(taken);
    return cmsBuildTabulatedToneCurveFloat(NULL, 4 * CURVE_POINTS, points);
}

static GBytes *
saved(cmsHPROFILE profile)
{
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

/* Chromaticities: x and y of white, red, green and blue. */
typedef struct {
    double xy[8];
} Gamut;

static const Gamut bt709 = {{0.3127, 0.3290, 0.640, 0.330, 0.300, 0.600, 0.150, 0.060}};
static const Gamut bt2020 = {{0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046}};
static const Gamut p3_d65 = {{0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060}};
static const Gamut p3_dci = {{0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060}};
static const Gamut adobe = {{0.3127, 0.3290, 0.640, 0.330, 0.210, 0.710, 0.150, 0.060}};

static const Gamut *
gamut_of(int primaries)
{
    return primaries == 9 ? &bt2020 : primaries == 11 ? &p3_dci : primaries == 12 ? &p3_d65 : &bt709;
}

/* Takes the curve. */
static GBytes *
rgb_profile(const Gamut *gamut, cmsToneCurve *taken)
{
    const double *xy = gamut->xy;
    const cmsCIExyY white = {xy[0], xy[1], 1};
    const cmsCIExyYTRIPLE primaries = {{xy[2], xy[3], 1}, {xy[4], xy[5], 1}, {xy[6], xy[7], 1}};
    cmsToneCurve *curves[3] = {taken, taken, taken};
    GBytes *icc = saved(cmsCreateRGBProfile(&white, &primaries, curves));
    cmsFreeToneCurve(taken);
    return icc;
}

GBytes *
fg_colour_from_cicp(int primaries, int transfer)
{
    if (gamut_of(primaries) == &bt709 && !has_own_curve(transfer))
        return NULL;
    return rgb_profile(gamut_of(primaries), curve_of(transfer));
}

GBytes *
fg_colour_linear(int primaries)
{
    return rgb_profile(gamut_of(primaries), cmsBuildGamma(NULL, 1.0));
}

GBytes *
fg_colour_adobe_rgb(void)
{
    return rgb_profile(&adobe, cmsBuildGamma(NULL, 563.0 / 256));
}

/* ---- PNG ---- */

static cmsToneCurve *
curve_of_cicp(const FgPngColour *colour)
{
    cmsToneCurve *curve = curve_of(colour->transfer);
    return colour->narrow ? narrowed(curve) : curve;
}

/* 1/2.2 is what writers put beside samples of sRGB (PNG 3rd edition, 11.3.2.5), and so not a curve of its
 * own. */
#define GAMMA_OF_SRGB 45455u

static cmsToneCurve *
curve_of_gamma(const FgPngColour *colour)
{
    gboolean srgb = !colour->has_gamma || ABS((gint64)colour->gamma - GAMMA_OF_SRGB) <= 10;
    return srgb ? srgb_curve() : cmsBuildGamma(NULL, 100000.0 / colour->gamma);
}

static Gamut
gamut_of_chromaticities(const FgPngColour *colour)
{
    Gamut gamut = bt709;
    for (int i = 0; colour->has_primaries && i < 8; i++)
        gamut.xy[i] = colour->chromaticities[i] / 100000.0;
    return gamut;
}

static cmsToneCurve *
curve_of_png(const FgPngColour *colour)
{
    return colour->has_cicp ? curve_of_cicp(colour) : curve_of_gamma(colour);
}

gboolean
fg_colour_of_png(const FgPngColour *colour, gboolean straight, GBytes **icc)
{
    *icc = NULL;
    if (!colour->has_cicp &&
        (colour->has_icc || !(colour->has_srgb || colour->has_gamma || colour->has_primaries)))
        return FALSE;
    if (!colour->has_cicp && colour->has_srgb)
        return TRUE;
    const Gamut gamut = colour->has_cicp ? *gamut_of(colour->primaries) : gamut_of_chromaticities(colour);
    *icc = rgb_profile(&gamut, straight ? srgb_curve() : curve_of_png(colour));
    if (*icc && fg_colour_is_srgb(*icc))
        g_clear_pointer(icc, g_bytes_unref);
    return TRUE;
}

guint16
fg_srgb_sample(double light)
{
    const double value = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055;
    return (guint16)(CLAMP(value, 0, 1) * (FG_DEEP_VALUES - 1) + 0.5);
}

void
fg_colour_straighten(const FgPngColour *colour, guint16 table[FG_DEEP_VALUES])
{
    const gboolean srgb = !colour->has_cicp && colour->has_srgb;
    cmsToneCurve *curve = srgb ? srgb_curve() : curve_of_png(colour);
    for (int i = 0; i < FG_DEEP_VALUES; i++) {
        double light = cmsEvalToneCurveFloat(curve, (cmsFloat32Number)i / (FG_DEEP_VALUES - 1));
        table[i] = fg_srgb_sample(light);
    }
    cmsFreeToneCurve(curve);
}
