/* roll_off_vips.c: PQ and HLG of 16 bits as libvips reads it, brought down to white before it becomes 8 bits.
 */
#include "pixels/vips_private.h"

/* One value for each sample of 16 bits. */
static VipsImage *
new_table(const float *values)
{
    return vips_image_new_from_memory_copy(values, FG_DEEP_VALUES * sizeof *values, FG_DEEP_VALUES, 1, 1,
                                           VIPS_FORMAT_FLOAT);
}

static double
signal_of(const FgPngColour *colour, int sample)
{
    const double signal = (double)sample / (FG_DEEP_VALUES - 1);
    return colour->narrow ? CLAMP((signal * 255 - 16) / 219, 0, 1) : signal;
}

/* The light of each sample, and what the largest of a pixel divides all three by. */
static void
make_tables(const FgPngColour *colour, const FgBrightness *light, VipsImage **lights, VipsImage **gains)
{
    const FgRollOff curve = fg_roll_off(light->peak);
    g_autofree float *values = g_new(float, FG_DEEP_VALUES), *factors = g_new(float, FG_DEEP_VALUES);
    for (int i = 0; i < FG_DEEP_VALUES; i++) {
        const double one = fg_hdr_light(light->hdr, signal_of(colour, i));
        values[i] = (float)one;
        factors[i] = (float)fg_roll_off_gain(&curve, one);
    }
    *lights = new_table(values);
    *gains = new_table(factors);
}

/* Brighter samples are larger, so that the largest sample has the largest light. */
static VipsImage *
largest_of(VipsImage *colours)
{
    VipsImage *largest = NULL;
    if (colours->Bands == 1)
        return g_object_ref(colours);
    g_autoptr(Pipeline) red = NULL, green = NULL, blue = NULL;
    if (vips_extract_band(colours, &red, 0, NULL) != 0 || vips_extract_band(colours, &green, 1, NULL) != 0 ||
        vips_extract_band(colours, &blue, 2, NULL) != 0)
        return NULL;
    VipsImage *bands[] = {red, green, blue};
    return vips_bandrank(bands, &largest, 3, "index", 2, NULL) == 0 ? largest : NULL;
}

/* Light from 0 to 1 as samples of 16 bits by sRGB's curve. */
static VipsImage *
encoded(VipsImage *light)
{
    g_autofree guint16 *table = g_new(guint16, FG_DEEP_VALUES);
    for (int i = 0; i < FG_DEEP_VALUES; i++)
        table[i] = fg_srgb_sample((double)i / (FG_DEEP_VALUES - 1));
    g_autoptr(Pipeline) lut = vips_image_new_from_memory_copy(table, FG_DEEP_VALUES * sizeof *table,
                                                              FG_DEEP_VALUES, 1, 1, VIPS_FORMAT_USHORT);
    g_autoptr(Pipeline) scaled = NULL, whole = NULL;
    VipsImage *mapped = NULL;
    if (!lut || vips_linear1(light, &scaled, FG_DEEP_VALUES - 1, 0.5, NULL) != 0 ||
        vips_cast_ushort(scaled, &whole, NULL) != 0 || vips_maplut(whole, &mapped, lut, NULL) != 0)
        return NULL;
    return mapped;
}

static VipsImage *
rolled_off(VipsImage *colours, const FgPngColour *colour, const FgBrightness *light)
{
    g_autoptr(Pipeline) lights = NULL, gains = NULL, bright = NULL, gain = NULL, product = NULL;
    g_autoptr(Pipeline) largest = largest_of(colours);
    make_tables(colour, light, &lights, &gains);
    if (!largest || !lights || !gains || vips_maplut(colours, &bright, lights, NULL) != 0 ||
        vips_maplut(largest, &gain, gains, NULL) != 0 || vips_multiply(bright, gain, &product, NULL) != 0)
        return NULL;
    return encoded(product);
}

gboolean
fg_vips_roll_off(Pipeline **image, const FgPngColour *colour, const FgBrightness *light, GError **error)
{
    VipsImage *whole = *image, *next = NULL;
    const int count = whole->Bands > 2 ? 3 : 1;
    g_autoptr(Pipeline) colours = NULL, alpha = NULL, rolled = NULL, joined = NULL;
    if (vips_extract_band(whole, &colours, 0, "n", count, NULL) != 0 ||
        (whole->Bands > count && vips_extract_band(whole, &alpha, count, NULL) != 0))
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    rolled = rolled_off(colours, colour, light);
    if (!rolled || (alpha && vips_bandjoin2(rolled, alpha, &joined, NULL) != 0) ||
        vips_copy(alpha ? joined : rolled, &next, "interpretation", whole->Type, NULL) != 0)
        return fg_vips_throw(error, FG_ERROR_COLOUR);
    g_object_unref(whole);
    *image = next;
    return TRUE;
}
