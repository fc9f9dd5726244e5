/* convert_vips.c: what libvips has read as samples that the scaler and colour.c can take: 8 bits, and one
 * profile that speaks of them or none. */
#include "pixels/vips_private.h"

#include <string.h>

/* libvips keeps one error text for the whole process; it is taken here and nowhere else. Its last line is the
 * one that says why. */
gboolean
fg_vips_throw(GError **error, FgErrorCode code)
{
    g_autofree char *text = vips_error_buffer_copy();
    const char *line = strrchr(g_strchomp(text), '\n');
    line = line ? line + 1 : text;
    return fg_throw(error, code, "%.200s", *line ? line : "the decoder gave up without a reason");
}

static void
replace(Pipeline **image, Pipeline *with)
{
    g_object_unref(*image);
    *image = with;
}

/* Which of its samples are colours, as far as a profile can speak of them. */
static FgSpace
space_of(const Pipeline *image)
{
    switch (image->Type) {
    case VIPS_INTERPRETATION_CMYK:
        return FG_SPACE_CMYK;
    case VIPS_INTERPRETATION_B_W:
    case VIPS_INTERPRETATION_GREY16:
        return FG_SPACE_GREY;
    default:
        return FG_SPACE_RGB;
    }
}

/* `count` bands from one on. */
static gboolean
take_bands(Pipeline *image, int from, int count, Pipeline **taken, GError **error)
{
    return vips_extract_band(image, taken, from, "n", count, NULL) == 0 ||
           fg_vips_throw(error, FG_ERROR_COLOUR);
}

/* Only colours, and the alpha where there is one, of samples that may be more. */
gboolean
fg_vips_drop_others(Pipeline **image, const FgTiffPage *page, GError **error)
{
    const int colours = (int)(page->samples - page->extra);
    if (page->extra == 0 || (*image)->Bands != (int)page->samples || page->alpha == colours)
        return TRUE;
    g_autoptr(Pipeline) colour = NULL, alpha = NULL;
    VipsImage *next;
    if (!take_bands(*image, 0, colours, &colour, error))
        return FALSE;
    if (page->alpha < 0)
        return replace(image, g_steal_pointer(&colour)), TRUE;
    if (!take_bands(*image, page->alpha, 1, &alpha, error))
        return FALSE;
    if (vips_bandjoin2(colour, alpha, &next, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(image, next);
    return TRUE;
}

/* Colours of 16 bits through the table; the last band is alpha where there is one. */
static gboolean
straighten(Pipeline **image, const FgPngColour *colour, GError **error)
{
    const int bands = (*image)->Bands, colours = bands > 2 ? 3 : 1;
    g_autofree guint16 *table = g_new(guint16, FG_DEEP_VALUES);
    g_autofree guint16 *all = g_new(guint16, FG_DEEP_VALUES * (gsize)bands);
    fg_colour_straighten(colour, table);
    for (int i = 0; i < FG_DEEP_VALUES; i++)
        for (int band = 0; band < bands; band++)
            all[i * bands + band] = band < colours ? table[i] : (guint16)i;
    g_autoptr(Pipeline) lut = vips_image_new_from_memory_copy(
        all, FG_DEEP_VALUES * (gsize)bands * sizeof *all, FG_DEEP_VALUES, 1, bands, VIPS_FORMAT_USHORT);
    g_autoptr(Pipeline) mapped = NULL;
    VipsImage *next;
    if (!lut || vips_maplut(*image, &mapped, lut, NULL) != 0 ||
        vips_copy(mapped, &next, "interpretation", (*image)->Type, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(image, next);
    return TRUE;
}

/* Grey as colour, since a profile of it speaks of that; alpha stays. */
static gboolean
spread(Pipeline **image, GError **error)
{
    g_autoptr(Pipeline) grey = NULL, alpha = NULL;
    VipsImage *next;
    const gboolean deep = (*image)->BandFmt == VIPS_FORMAT_USHORT, has_alpha = (*image)->Bands > 1;
    if (!take_bands(*image, 0, 1, &grey, error) || (has_alpha && !take_bands(*image, 1, 1, &alpha, error)))
        return FALSE;
    VipsImage *bands[] = {grey, grey, grey, alpha};
    g_autoptr(Pipeline) joined = NULL;
    if (vips_bandjoin(bands, &joined, has_alpha ? 4 : 3, NULL) != 0 ||
        vips_copy(joined, &next, "interpretation",
                  deep ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(image, next);
    return TRUE;
}

/* A profile in the place of the image's own, or none. */
static gboolean
set_profile(Pipeline **image, GBytes *icc, GError **error)
{
    VipsImage *next;
    if (vips_copy(*image, &next, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(image, next);
    vips_image_remove(next, VIPS_META_ICC_NAME);
    if (icc)
        vips_image_set_blob_copy(next, VIPS_META_ICC_NAME, g_bytes_get_data(icc, NULL),
                                 g_bytes_get_size(icc));
    return TRUE;
}

/* PQ and HLG of 8 bits go through the scaler as they are, as those of HEIF do. */
static gboolean
settle_bright(Pipeline **image, const FgPngColour *colour, const FgBrightness *light, FgHead *head,
              GError **error)
{
    g_autoptr(GBytes) icc = fg_colour_linear(colour->primaries);
    head->light = *light;
    head->narrow = colour->narrow;
    return (space_of(*image) == FG_SPACE_RGB || spread(image, error)) && set_profile(image, icc, error);
}

/* What a PNG says by its chunks, which is known to go before its profile. */
static gboolean
settle_png(Pipeline **image, const FgPngColour *colour, gboolean deep, const FgBrightness *light, GBytes *icc,
           GError **error)
{
    const gboolean bright = light->hdr != FG_HDR_NONE;
    return (!bright || fg_vips_roll_off(image, colour, light, error)) &&
           (bright || !deep || straighten(image, colour, error)) &&
           (!icc || space_of(*image) == FG_SPACE_RGB || spread(image, error)) &&
           set_profile(image, icc, error);
}

/* Leaves the one profile that speaks of these samples, or none. */
gboolean
fg_vips_settle_profile(Pipeline **image, GBytes *file, FgHead *head, GError **error)
{
    FgPngColour colour = {0};
    g_autoptr(GBytes) icc = NULL;
    const void *data = NULL;
    gsize length = 0;
    if (vips_image_get_typeof(*image, VIPS_META_ICC_NAME) != 0)
        vips_image_get_blob(*image, VIPS_META_ICC_NAME, &data, &length);
    const gboolean usable = data && fg_icc_is_of(data, length, space_of(*image));
    const gboolean deep = (*image)->BandFmt == VIPS_FORMAT_USHORT;
    head->stated = usable;
    if (head->format == FG_FORMAT_PNG && fg_png_colour(file, &colour)) {
        colour.has_icc = usable; /* One that counts as none is none before the chunks, too. */
        if (fg_colour_of_png(&colour, deep, &icc)) {
            head->stated = TRUE;
            const FgBrightness light = fg_png_light(file);
            if (light.hdr != FG_HDR_NONE && !deep)
                return settle_bright(image, &colour, &light, head, error);
            gboolean curved = deep && (colour.has_cicp || !colour.has_srgb);
            return settle_png(image, &colour, curved, &light, icc, error);
        }
    }
    if (!head->stated && head->adobe_rgb && space_of(*image) == FG_SPACE_RGB)
        icc = fg_colour_adobe_rgb();
    return usable || (!data && !icc) || set_profile(image, icc, error);
}

/* By its profile to sRGB, if it has one and libvips can; CMYK by the profile of a press if not. */
static gboolean
transform(Pipeline **image, GError **error)
{
    VipsImage *next;
    gboolean tagged = vips_image_get_typeof(*image, VIPS_META_ICC_NAME) != 0 &&
                      ((*image)->BandFmt == VIPS_FORMAT_UCHAR || (*image)->BandFmt == VIPS_FORMAT_USHORT);
    gboolean cmyk = (*image)->Type == VIPS_INTERPRETATION_CMYK;
    if ((tagged || cmyk) &&
        vips_icc_transform(*image, &next, "srgb", "embedded", tagged, "input_profile", "cmyk", "intent",
                           VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE, NULL) == 0)
        replace(image, next);
    else if (cmyk)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    vips_error_clear();
    if (vips_colourspace(*image, &next, VIPS_INTERPRETATION_sRGB, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(image, next);
    return TRUE;
}

/* Samples from 0 to `from` as ones from 0 to `to`, rounded to whole ones of `format`. */
static gboolean
rescale(Pipeline **image, double from, double to, VipsBandFormat format, GError **error)
{
    VipsImage *next;
    if (vips_linear1(*image, &next, to / from, 0.5, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(image, next);
    if (vips_cast(*image, &next, format, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(image, next);
    return TRUE;
}

/* Floating point is light from 0 to 1: in the profile's way, or linear. What is over 1 is clipped. */
static gboolean
settle_float(Pipeline **image, FgSpace space, GError **error)
{
    VipsImage *next;
    g_autoptr(GBytes) linear = NULL;
    if (vips_image_get_typeof(*image, VIPS_META_ICC_NAME) == 0) {
        linear = fg_colour_linear(1);
        if (space == FG_SPACE_GREY) {
            VipsImage *three[] = {*image, *image, *image};
            if (vips_bandjoin(three, &next, 3, NULL) != 0)
                return fg_vips_throw(error, FG_ERROR_COLOUR);
            replace(image, next);
        }
    }
    if (!rescale(image, 1, 65535, VIPS_FORMAT_USHORT, error))
        return FALSE;
    gboolean grey = (*image)->Bands == 1;
    if (vips_copy(*image, &next, "interpretation",
                  grey ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_RGB16, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(image, next);
    if (linear)
        vips_image_set_blob_copy(next, VIPS_META_ICC_NAME, g_bytes_get_data(linear, NULL),
                                 g_bytes_get_size(linear));
    return TRUE;
}

/* What libvips gets wrong when colours and alpha go through a profile together: each by itself. */
static gboolean
convert_apart(Pipeline **image, int colours, FgSpace space, GError **error)
{
    g_autoptr(Pipeline) colour = NULL, alpha = NULL;
    const gboolean is_float = (*image)->BandFmt == VIPS_FORMAT_FLOAT, has_alpha = (*image)->Bands > colours;
    if (!take_bands(*image, 0, colours, &colour, error) ||
        (has_alpha && !take_bands(*image, colours, 1, &alpha, error)) ||
        (is_float && !settle_float(&colour, space, error)) || !transform(&colour, error) ||
        (has_alpha && !rescale(&alpha, is_float ? 1 : 65535, 255, VIPS_FORMAT_UCHAR, error)))
        return FALSE;
    VipsImage *next = NULL;
    if (vips_cast_uchar(colour, &next, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(&colour, next);
    if (!has_alpha)
        return replace(image, g_steal_pointer(&colour)), TRUE;
    if (vips_bandjoin2(colour, alpha, &next, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(image, next);
    return TRUE;
}

/* Deep colours with a profile and alpha, and floating point, but for what libvips itself knows as linear
 * sRGB, and for what is no light (Lab, XYZ). */
static gboolean
goes_apart(Pipeline *image, int colours)
{
    gboolean tagged = vips_image_get_typeof(image, VIPS_META_ICC_NAME) != 0;
    if (image->Bands < colours)
        return FALSE;
    switch (image->Type) {
    case VIPS_INTERPRETATION_scRGB:
        return image->BandFmt == VIPS_FORMAT_FLOAT && (tagged || image->Bands > colours);
    case VIPS_INTERPRETATION_B_W:
    case VIPS_INTERPRETATION_sRGB:
    case VIPS_INTERPRETATION_RGB:
    case VIPS_INTERPRETATION_MULTIBAND:
        return image->BandFmt == VIPS_FORMAT_FLOAT;
    case VIPS_INTERPRETATION_GREY16:
    case VIPS_INTERPRETATION_RGB16:
        return image->BandFmt == VIPS_FORMAT_USHORT && tagged && image->Bands > colours;
    default:
        return FALSE;
    }
}

gboolean
fg_vips_convert(Pipeline **image, GError **error)
{
    VipsImage *next;
    const FgSpace space = space_of(*image);
    const int colours = space == FG_SPACE_GREY ? 1 : 3;
    if (goes_apart(*image, colours))
        return convert_apart(image, colours, space, error);
    if (!transform(image, error))
        return FALSE;
    if ((*image)->Bands > 4) {
        if (!take_bands(*image, 0, 4, &next, error))
            return FALSE;
        replace(image, next);
    }
    if (vips_cast_uchar(*image, &next, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    replace(image, next);
    if ((*image)->Bands < 3)
        return fg_throw(error, FG_ERROR_COLOUR, "%d bands make no colour", (*image)->Bands);
    return TRUE;
}
