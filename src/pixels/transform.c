/* transform.c: what Little CMS does for colour.c and the modules: judges a profile, and converts a raster by
 * one. */
#include "pixels/pixels_private.h"

#include <string.h>

#include <lcms2.h>

typedef void Profile;
typedef void Transform;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Profile, cmsCloseProfile)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Transform, cmsDeleteTransform)

static Profile *
open_profile(GBytes *icc)
{
    gsize length;
    const void *data = icc ? g_bytes_get_data(icc, &length) : NULL;
    return data && length <= G_MAXUINT32 ? cmsOpenProfileFromMem(data, (cmsUInt32Number)length) : NULL;
}

/* How the samples lie in memory, and which kind of profile speaks of them. */
typedef struct {
    cmsColorSpaceSignature signature;
    cmsUInt32Number from, to;
} Layout;

static Layout
layout_of(const FgHead *head)
{
    switch (head->space) {
    case FG_SPACE_GREY:
        return head->alpha ? (Layout){cmsSigGrayData,
                                      COLORSPACE_SH(PT_GRAY) | EXTRA_SH(1) | CHANNELS_SH(1) | BYTES_SH(1),
                                      TYPE_RGBA_8}
                           : (Layout){cmsSigGrayData, TYPE_GRAY_8, TYPE_RGB_8};
    case FG_SPACE_CMYK:
        return (Layout){cmsSigCmykData, TYPE_CMYK_8, TYPE_RGB_8};
    case FG_SPACE_CMYK_INVERTED:
        return (Layout){cmsSigCmykData, TYPE_CMYK_8_REV, TYPE_RGB_8};
    default:
        return head->alpha ? (Layout){cmsSigRgbData, TYPE_RGBA_8, TYPE_RGBA_8}
                           : (Layout){cmsSigRgbData, TYPE_RGB_8, TYPE_RGB_8};
    }
}

gboolean
fg_icc_is_of(const void *icc, gsize length, FgSpace space)
{
    FgCursor at = fg_cursor(icc, length, FG_BIG_ENDIAN);
    const char *signature = space == FG_SPACE_GREY ? "GRAY" : space == FG_SPACE_RGB ? "RGB " : "CMYK";
    return fg_cursor_seek(&at, 16) && fg_cursor_match(&at, signature, 4);
}

static Transform *
new_transform(Profile *profile, Layout layout)
{
    if (!profile || cmsGetColorSpace(profile) != layout.signature)
        return NULL;
    g_autoptr(Profile) srgb = cmsCreate_sRGBProfile();
    return cmsCreateTransform(profile, layout.from, srgb, layout.to, INTENT_RELATIVE_COLORIMETRIC,
                              cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_COPY_ALPHA);
}

/* Rather than judge tags and names: what would the profile do to the colours of a coarse grid? */
#define GRID 9

static gboolean
changes_nothing(Transform *transform)
{
    guint8 from[GRID * 3], to[GRID * 3];
    for (int red = 0; red < GRID; red++)
        for (int green = 0; green < GRID; green++) {
            for (int blue = 0; blue < GRID; blue++) {
                from[blue * 3] = (guint8)(red * 255 / (GRID - 1));
                from[blue * 3 + 1] = (guint8)(green * 255 / (GRID - 1));
                from[blue * 3 + 2] = (guint8)(blue * 255 / (GRID - 1));
            }
            cmsDoTransform(transform, from, to, GRID);
            for (int i = 0; i < GRID * 3; i++)
                if (ABS(from[i] - to[i]) > 1)
                    return FALSE;
        }
    return TRUE;
}

gboolean
fg_colour_is_srgb(GBytes *icc)
{
    g_autoptr(Profile) profile = open_profile(icc);
    g_autoptr(Transform) transform = new_transform(profile, (Layout){cmsSigRgbData, TYPE_RGB_8, TYPE_RGB_8});
    return transform && changes_nothing(transform);
}

static FgRaster *
apply(Transform *transform, const FgRaster *raster, int bands)
{
    FgRaster *to = fg_raster_bare(raster->width, raster->height, bands);
    for (int y = 0; y < raster->height; y++)
        cmsDoTransform(transform, raster->data + (gsize)y * raster->stride, to->data + (gsize)y * to->stride,
                       (cmsUInt32Number)raster->width);
    return to;
}

FgRaster *
fg_colour_by_profile(const FgRaster *raster, const FgHead *head, GBytes *icc)
{
    g_autoptr(Profile) profile = open_profile(icc);
    g_autoptr(Transform) transform = new_transform(profile, layout_of(head));
    return transform ? apply(transform, raster, head->alpha ? 4 : 3) : NULL;
}

/* ---- PQ and HLG ---- */

/* The light of each sample of 8 bits, and the factor for a pixel whose largest it is. */
typedef struct {
    float light[256], gain[256];
} LightTables;

static void
fill_tables(const FgHead *head, LightTables *tables)
{
    const FgRollOff curve = fg_roll_off(head->light.peak);
    for (int i = 0; i < 256; i++) {
        const double signal = head->narrow ? CLAMP((i - 16) / 219.0, 0, 1) : i / 255.0;
        const double light = fg_hdr_light(head->light.hdr, signal);
        tables->light[i] = (float)light;
        tables->gain[i] = (float)fg_roll_off_gain(&curve, light);
    }
}

static void
lighten_row(const LightTables *tables, const guint8 *from, int bands, int width, float *to)
{
    for (int x = 0; x < width; x++, from += bands, to += 3) {
        const float gain = tables->gain[MAX(from[0], MAX(from[1], from[2]))];
        for (int i = 0; i < 3; i++)
            to[i] = tables->light[from[i]] * gain;
    }
}

FgRaster *
fg_colour_by_light(const FgRaster *raster, const FgHead *head)
{
    g_autoptr(Profile) profile = open_profile(head->icc);
    g_autoptr(Transform) transform =
        new_transform(profile, (Layout){cmsSigRgbData, TYPE_RGB_FLT, TYPE_RGB_8});
    if (!transform || raster->bands < 3)
        return NULL;
    LightTables tables;
    fill_tables(head, &tables);
    FgRaster *to = fg_raster_bare(raster->width, raster->height, head->alpha ? 4 : 3);
    g_autofree float *row = g_new(float, 3 * (gsize)raster->width);
    g_autofree guint8 *plain = g_new(guint8, 3 * (gsize)raster->width);
    for (int y = 0; y < raster->height; y++) {
        const guint8 *from = raster->data + (gsize)y * raster->stride;
        guint8 *out = to->data + (gsize)y * to->stride;
        lighten_row(&tables, from, raster->bands, raster->width, row);
        cmsDoTransform(transform, row, plain, (cmsUInt32Number)raster->width);
        for (int x = 0; x < raster->width; x++, out += to->bands) {
            memcpy(out, plain + 3 * (gsize)x, 3);
            if (head->alpha)
                out[3] = from[x * raster->bands + 3];
        }
    }
    return to;
}
