/* decode_vips.c: PNG, TIFF and WebP by libvips, read in strips by this thread alone.
 *
 * Loaders are called by name on memory: no file name is ever interpreted, and nothing guesses a format.
 * Pixels that are not plain 8-bit grey, RGB or CMYK (16 bits, float, Lab) are brought to 8-bit sRGB on the
 * way. */
#include "pixels/vips_private.h"

#include <string.h>

typedef VipsRegion Strip;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Strip, g_object_unref)

/* What libvips says while a photo is open. Damaged data of a TIFF or PNG leave a grey hole and an error in
 * libvips' buffer; libjpeg within a TIFF only warns of them. All other warnings are of tags that nobody
 * needs, and none is judged by its words. */
typedef struct {
    guint handler;
    gboolean in_pixels; /* rows are being read, the directory has been */
    GPtrArray *said;    /* of char *: before that, and said again when the directory is read again */
    char *damage;
} Ear;

static void
hear(const char *domain G_GNUC_UNUSED, GLogLevelFlags level G_GNUC_UNUSED, const char *message, gpointer data)
{
    Ear *ear = data;
    gboolean known = g_ptr_array_find_with_equal_func(ear->said, message, g_str_equal, NULL);
    if (!ear->in_pixels && !known)
        g_ptr_array_add(ear->said, g_strdup(message));
    else if (ear->in_pixels && !known && !ear->damage)
        ear->damage = g_strdup(message);
}

static void
ear_clear(Ear *ear)
{
    g_log_remove_handler("VIPS", ear->handler);
    g_ptr_array_unref(ear->said);
    g_free(ear->damage);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ear, ear_clear)

static void
ear_open(Ear *ear)
{
    vips_error_clear();
    ear->said = g_ptr_array_new_with_free_func(g_free);
    ear->handler = g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, hear, ear);
}

/* What libvips does not do, and what it would do wrongly: 32-bit integers, say, come out black. */
static gboolean
check_tiff(const FgTiffPage *page, GError **error)
{
    enum { FLOATING = 3, COMPLEX_INTEGERS = 5 };
    if (page->format == FLOATING && page->bits != 32)
        return fg_throw(error, FG_ERROR_UNSUPPORTED,
                        "its samples are floating point of %u bits: save it with 8 or 16 bits, or with "
                        "floating point of 32",
                        page->bits);
    if (page->format != FLOATING && page->bits > 16)
        return fg_throw(error, FG_ERROR_UNSUPPORTED,
                        "its samples are integers of %u bits: save it with 8 or 16 bits", page->bits);
    return page->format < COMPLEX_INTEGERS ||
           fg_throw(error, FG_ERROR_UNSUPPORTED,
                    "its samples are complex numbers: save it with 8 or 16 bits");
}

static gboolean
load(GBytes *file, FgFormat format, const FgTiffPage *page, Pipeline **image, GError **error)
{
    gsize length;
    const void *data = g_bytes_get_data(file, &length);
    int (*loader)(void *, size_t, VipsImage **, ...) = format == FG_FORMAT_PNG    ? vips_pngload_buffer
                                                       : format == FG_FORMAT_TIFF ? vips_tiffload_buffer
                                                                                  : vips_webpload_buffer;
    /* The buffer is only read, whatever its type says. */
    void *bytes = (void *)(guintptr)data;
    int failed = page && page->number > 0
                     ? loader(bytes, length, image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                              VIPS_FAIL_ON_ERROR, "page", (int)page->number, NULL)
                     : loader(bytes, length, image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                              VIPS_FAIL_ON_ERROR, NULL);
    /* A TIFF whose directory makes sense, and whose picture is not read yet, is of a kind that can't be read.
     */
    return !failed || fg_vips_throw(error, page ? FG_ERROR_UNSUPPORTED : FG_ERROR_MALFORMED);
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

static gboolean
open_pipeline(GBytes *file, FgHead *head, Pipeline **image, GError **error)
{
    g_autoptr(Pipeline) opened = NULL;
    FgTiffPage page;
    gboolean tiff = head->format == FG_FORMAT_TIFF && fg_tiff_page(file, &page);
    if ((tiff && !check_tiff(&page, error)) ||
        !load(file, head->format, tiff ? &page : NULL, &opened, error) ||
        (tiff && !fg_vips_drop_others(&opened, &page, error)) ||
        !fg_vips_settle_profile(&opened, file, head, error))
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
        if (!fg_vips_convert(&opened, error))
            return FALSE;
        head->deep = TRUE;
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
            return fg_vips_throw(error, FG_ERROR_MALFORMED);
        const guint8 *row = VIPS_REGION_ADDR_TOPLEFT(strip);
        for (int i = 0; i < rect.height; i++, row += VIPS_REGION_LSKIP(strip))
            fg_scaler_push(scaler, row);
    }
    return TRUE;
}

/* libjpeg, within libtiff. */
#define JPEG_IN_TIFF 7

static gboolean
warns_of_damage(GBytes *file, FgFormat format)
{
    FgTiffPage page;
    return format == FG_FORMAT_TIFF && fg_tiff_page(file, &page) && page.compression == JPEG_IN_TIFF;
}

static FgRaster *
render(GBytes *file, const FgHead *head, int shrink G_GNUC_UNUSED, int width, int height, GError **error)
{
    g_auto(Ear) ear = {0};
    g_autoptr(Pipeline) image = NULL;
    g_auto(FgHead) again = {.format = head->format, .adobe_rgb = head->adobe_rgb};
    ear_open(&ear);
    if (!open_pipeline(file, &again, &image, error))
        return NULL;
    vips_error_clear();
    ear.in_pixels = TRUE;
    g_autoptr(FgScaler) scaler =
        fg_scaler_new(again.width, again.height, again.bands, again.alpha, width, height);
    if (!push_rows(image, scaler, error))
        return NULL;
    if (*vips_error_buffer())
        return fg_vips_throw(error, FG_ERROR_MALFORMED), NULL;
    if (ear.damage && warns_of_damage(file, head->format))
        return fg_throw_null(error, FG_ERROR_MALFORMED, "%s", ear.damage);
    return fg_scaler_take(scaler);
}

const FgDecoder fg_vips_decoder = {read_head, render};
