/* decode_vips.c: PNG, TIFF and WebP by libvips, read in strips by this thread alone.
 *
 * Loaders are called by name on memory: no file name is ever interpreted, and nothing guesses a format.
 * Pixels that are not plain 8-bit grey, RGB or CMYK (16 bits, float, Lab) are brought to 8-bit sRGB on the
 * way. */
#include "pixels/pixels_private.h"

#include <string.h>

#include <vips/vips.h>

typedef VipsImage Pipeline;
typedef VipsRegion Strip;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pipeline, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Strip, g_object_unref)

/* What libvips says while a photo is open. It only warns where TIFF or PNG data turn out to be damaged, and
 * leaves a grey hole in the picture; most of its warnings are about tags that nobody needs. */
typedef struct {
    guint handler;
    char *damage;
} Ear;

static void
hear(const char *domain G_GNUC_UNUSED, GLogLevelFlags level G_GNUC_UNUSED, const char *message, gpointer data)
{
    static const char *const damages[] = {"error in tile", "read error line", "truncated", "corrupt",
                                          "premature"};
    Ear *ear = data;
    g_autofree char *lower = g_ascii_strdown(message, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(damages) && !ear->damage; i++)
        if (strstr(lower, damages[i]))
            ear->damage = g_strdup(message);
}

static void
ear_clear(Ear *ear)
{
    g_log_remove_handler("VIPS", ear->handler);
    g_free(ear->damage);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ear, ear_clear)

static void
ear_open(Ear *ear)
{
    vips_error_clear();
    ear->handler = g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, hear, ear);
}

/* libvips keeps one error text for the whole process; it is taken here and nowhere else. Its last line is the
 * one that says why. */
static gboolean
throw_vips(GError **error, FgErrorCode code)
{
    g_autofree char *text = vips_error_buffer_copy();
    const char *line = strrchr(g_strchomp(text), '\n');
    line = line ? line + 1 : text;
    return fg_throw(error, code, "%.200s", *line ? line : "the decoder gave up without a reason");
}

static gboolean
load(GBytes *file, FgFormat format, Pipeline **image, GError **error)
{
    gsize length;
    const void *data = g_bytes_get_data(file, &length);
    int (*loader)(void *, size_t, VipsImage **, ...) = format == FG_FORMAT_PNG    ? vips_pngload_buffer
                                                       : format == FG_FORMAT_TIFF ? vips_tiffload_buffer
                                                                                  : vips_webpload_buffer;
    /* The buffer is only read, whatever its type says. */
    if (loader((void *)(guintptr)data, length, image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
               VIPS_FAIL_ON_ERROR, NULL) == 0)
        return TRUE;
    return throw_vips(error, FG_ERROR_MALFORMED);
}

/* True when the samples can go through the scaler as they are and be coloured after it. */
static gboolean
is_plain(const Pipeline *image, FgHead *head)
{
    if (image->BandFmt != VIPS_FORMAT_UCHAR || image->Coding != VIPS_CODING_NONE)
        return FALSE;
    head->bands = image->Bands;
    switch (image->Type) {
    case VIPS_INTERPRETATION_sRGB:
    case VIPS_INTERPRETATION_RGB:
        head->space = FG_SPACE_RGB;
        head->alpha = image->Bands == 4;
        return image->Bands == 3 || image->Bands == 4;
    case VIPS_INTERPRETATION_B_W:
        head->space = FG_SPACE_GREY;
        head->alpha = image->Bands == 2;
        return image->Bands == 1 || image->Bands == 2;
    case VIPS_INTERPRETATION_CMYK:
        head->space = FG_SPACE_CMYK;
        head->alpha = FALSE;
        return image->Bands == 4;
    default:
        return FALSE;
    }
}

static void
replace(Pipeline **image, Pipeline *with)
{
    g_object_unref(*image);
    *image = with;
}

/* Brings deep, float or Lab pixels, and more bands than a picture has, to 8-bit sRGB of 3 or 4 bands. */
static gboolean
convert(Pipeline **image, GError **error)
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
        return throw_vips(error, FG_ERROR_COLOUR);
    vips_error_clear();
    if (vips_colourspace(*image, &next, VIPS_INTERPRETATION_sRGB, NULL) != 0)
        return throw_vips(error, FG_ERROR_COLOUR);
    replace(image, next);
    if ((*image)->Bands > 4) {
        if (vips_extract_band(*image, &next, 0, "n", 4, NULL) != 0)
            return throw_vips(error, FG_ERROR_COLOUR);
        replace(image, next);
    }
    if (vips_cast_uchar(*image, &next, NULL) != 0)
        return throw_vips(error, FG_ERROR_COLOUR);
    replace(image, next);
    if ((*image)->Bands < 3)
        return fg_throw(error, FG_ERROR_COLOUR, "%d bands make no colour", (*image)->Bands);
    return TRUE;
}

static gboolean
open_pipeline(GBytes *file, FgHead *head, Pipeline **image, GError **error)
{
    g_autoptr(Pipeline) opened = NULL;
    if (!load(file, head->format, &opened, error))
        return FALSE;
    head->width = opened->Xsize;
    head->height = opened->Ysize;
    if (is_plain(opened, head)) {
        const void *icc;
        gsize length;
        if (vips_image_get_typeof(opened, VIPS_META_ICC_NAME) != 0 &&
            vips_image_get_blob(opened, VIPS_META_ICC_NAME, &icc, &length) == 0)
            head->icc = g_bytes_new(icc, length);
    } else {
        if (!convert(&opened, error))
            return FALSE;
        head->space = FG_SPACE_RGB;
        head->bands = opened->Bands;
        head->alpha = opened->Bands == 4;
    }
    *image = g_steal_pointer(&opened);
    return TRUE;
}

static gboolean
read_head(GBytes *file, FgHead *head, GError **error)
{
    g_auto(Ear) ear = {0};
    g_autoptr(Pipeline) image = NULL;
    ear_open(&ear);
    return open_pipeline(file, head, &image, error);
}

/* Rows read at a time: the height of the tiles that TIFF writers like. */
#define STRIP_ROWS 64

static gboolean
push_rows(Pipeline *image, FgScaler *scaler, GError **error)
{
    g_autoptr(Strip) strip = vips_region_new(image);
    for (int y = 0; y < image->Ysize; y += STRIP_ROWS) {
        VipsRect rect = {0, y, image->Xsize, MIN(STRIP_ROWS, image->Ysize - y)};
        if (vips_region_prepare(strip, &rect) != 0)
            return throw_vips(error, FG_ERROR_MALFORMED);
        const guint8 *row = VIPS_REGION_ADDR_TOPLEFT(strip);
        for (int i = 0; i < rect.height; i++, row += VIPS_REGION_LSKIP(strip))
            fg_scaler_push(scaler, row);
    }
    return TRUE;
}

static FgRaster *
render(GBytes *file, const FgHead *head, int shrink G_GNUC_UNUSED, int width, int height, GError **error)
{
    g_auto(Ear) ear = {0};
    g_autoptr(Pipeline) image = NULL;
    g_auto(FgHead) again = {.format = head->format};
    ear_open(&ear);
    if (!open_pipeline(file, &again, &image, error))
        return NULL;
    g_autoptr(FgScaler) scaler =
        fg_scaler_new(again.width, again.height, again.bands, again.alpha, width, height);
    if (!push_rows(image, scaler, error))
        return NULL;
    if (ear.damage)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "%s", ear.damage);
    return fg_scaler_take(scaler);
}

const FgDecoder fg_vips_decoder = {read_head, render};
