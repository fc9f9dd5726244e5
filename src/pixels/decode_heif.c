/* decode_heif.c: HEIC and AVIF by libheif, which turns and mirrors them as the file says. */
#include "pixels/pixels_private.h"

#include <string.h>

#include <libheif/heif.h>

typedef struct heif_context HeifContext;
typedef struct heif_image_handle HeifHandle;
typedef struct heif_image HeifImage;
typedef struct heif_decoding_options HeifOptions;
typedef struct heif_color_profile_nclx HeifNclx;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeifContext, heif_context_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeifHandle, heif_image_handle_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeifImage, heif_image_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeifOptions, heif_decoding_options_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeifNclx, heif_nclx_color_profile_free)

static gboolean
went_well(struct heif_error result, GError **error)
{
    if (result.code == heif_error_Ok)
        return TRUE;
    FgErrorCode code =
        result.code == heif_error_Unsupported_filetype || result.code == heif_error_Unsupported_feature
            ? FG_ERROR_UNSUPPORTED
            : FG_ERROR_MALFORMED;
    return fg_throw(error, code, "HEIF: %s", result.message);
}

static gboolean
open_primary(GBytes *file, HeifContext **context, HeifHandle **handle, GError **error)
{
    g_autoptr(HeifContext) opened = heif_context_alloc();
    gsize length;
    const guint8 *data = g_bytes_get_data(file, &length);
    if (!went_well(heif_context_read_from_memory_without_copy(opened, data, length, NULL), error) ||
        !went_well(heif_context_get_primary_image_handle(opened, handle), error))
        return FALSE;
    *context = g_steal_pointer(&opened);
    return TRUE;
}

/* How bright a picture of PQ or HLG is, the file alone says. FALSE for any other. */
static gboolean
read_light(GBytes *file, const HeifNclx *nclx, FgHead *head)
{
    const int transfer = (int)nclx->transfer_characteristics;
    if (transfer != 16 && transfer != 18)
        return FALSE;
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    head->light = container ? fg_container_light(container) : (FgBrightness){0};
    head->light.hdr = transfer == 16 ? FG_HDR_PQ : FG_HDR_HLG;
    head->icc = fg_colour_linear((int)nclx->color_primaries);
    return TRUE;
}

/* An ICC profile comes before code points, as MIAF (ISO/IEC 23000-22) has it. */
static void
read_profile(GBytes *file, const HeifHandle *handle, FgHead *head)
{
    gsize length = heif_image_handle_get_raw_color_profile_size(handle);
    if (length > 0) {
        g_autofree guint8 *data = g_malloc(length);
        if (heif_image_handle_get_raw_color_profile(handle, data).code == heif_error_Ok) {
            head->icc = g_bytes_new_take(g_steal_pointer(&data), length);
            head->stated = TRUE;
            return;
        }
    }
    g_autoptr(HeifNclx) nclx = NULL;
    if (heif_image_handle_get_nclx_color_profile(handle, &nclx).code != heif_error_Ok || !nclx)
        return;
    head->stated = nclx->color_primaries != heif_color_primaries_unspecified;
    if (!read_light(file, nclx, head))
        head->icc = fg_colour_from_cicp((int)nclx->color_primaries, (int)nclx->transfer_characteristics);
}

/* Luma alone, as libheif has it from 1.16 on in its own words. */
static gboolean
is_grey(GBytes *file)
{
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    return container && container->bands == 1;
}

static gboolean
read_head(GBytes *file, FgHead *head, GError **error)
{
    g_autoptr(HeifContext) context = NULL;
    g_autoptr(HeifHandle) handle = NULL;
    if (!open_primary(file, &context, &handle, error))
        return FALSE;
    head->width = heif_image_handle_get_width(handle);
    head->height = heif_image_handle_get_height(handle);
    head->alpha = heif_image_handle_has_alpha_channel(handle) != 0;
    read_profile(file, handle, head);
    gsize length;
    const void *icc = head->icc ? g_bytes_get_data(head->icc, &length) : NULL;
    gboolean grey = icc && fg_icc_is_of(icc, length, FG_SPACE_GREY) && is_grey(file);
    head->space = grey ? FG_SPACE_GREY : FG_SPACE_RGB;
    head->bands = (grey ? 1 : 3) + (head->alpha ? 1 : 0);
    return TRUE;
}

static gboolean
check_size(const HeifImage *image, enum heif_channel channel, const FgHead *head, GError **error)
{
    return (heif_image_get_width(image, channel) == head->width &&
            heif_image_get_height(image, channel) == head->height) ||
           fg_throw(error, FG_ERROR_MALFORMED, "HEIF: the picture is not of the size that its header says");
}

/* Colours that were multiplied by their alpha (ISO/IEC 23008-12, `prem`) as they were before. */
static void
divide(guint8 *row, int width, int bands)
{
    for (guint8 *pixel = row; width-- > 0; pixel += bands)
        for (int i = 0, alpha = pixel[bands - 1]; i < bands - 1; i++)
            pixel[i] = (guint8)(alpha ? MIN((pixel[i] * 255 + alpha / 2) / alpha, 255) : 0);
}

static void
push_row(const guint8 *row, guint8 *own, const FgHead *head, gboolean multiplied, FgScaler *scaler)
{
    if (multiplied) {
        if (row != own)
            memcpy(own, row, (gsize)head->width * (gsize)head->bands);
        divide(own, head->width, head->bands);
    }
    fg_scaler_push(scaler, multiplied ? own : row);
}

static gboolean
push_rows(const HeifImage *image, const FgHead *head, gboolean multiplied, FgScaler *scaler, GError **error)
{
    int stride;
    if (!check_size(image, heif_channel_interleaved, head, error))
        return FALSE;
    const guint8 *data = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
    if (!data || stride < head->width * head->bands)
        return fg_throw(error, FG_ERROR_MALFORMED, "HEIF: the picture has no pixels");
    g_autofree guint8 *own = g_malloc_n((gsize)head->width, (gsize)head->bands);
    for (int y = 0; y < head->height; y++)
        push_row(data + (gssize)y * stride, own, head, multiplied, scaler);
    return TRUE;
}

/* ---- Grey, of which libheif would not widen the range ---- */

/* Samples of one plane, as libheif gives them. */
typedef struct {
    const guint8 *data;
    int stride, depth;
    gboolean narrow; /* 16 is black and 235 white, at 8 bits */
} Plane;

static gboolean
open_plane(const HeifImage *image, enum heif_channel channel, const FgHead *head, Plane *plane,
           GError **error)
{
    if (!check_size(image, channel, head, error))
        return FALSE;
    plane->data = heif_image_get_plane_readonly(image, channel, &plane->stride);
    plane->depth = heif_image_get_bits_per_pixel_range(image, channel);
    if (plane->data && plane->depth >= 8 && plane->depth <= 16 &&
        plane->stride >= head->width * (plane->depth > 8 ? 2 : 1))
        return TRUE;
    return fg_throw(error, FG_ERROR_MALFORMED, "HEIF: the picture has no pixels");
}

static guint8
sample_at(const Plane *plane, int x, int y)
{
    const guint8 *row = plane->data + (gssize)y * plane->stride;
    guint16 value = row[x];
    if (plane->depth > 8)
        memcpy(&value, row + 2 * (gssize)x, sizeof value);
    if (!plane->narrow)
        return (guint8)MIN(value >> (plane->depth - 8), 255);
    const int black = 16 << (plane->depth - 8), range = 219 << (plane->depth - 8);
    return (guint8)((CLAMP(value - black, 0, range) * 255 + range / 2) / range);
}

static gboolean
push_grey(const HeifImage *image, const FgHead *head, gboolean narrow, gboolean multiplied, FgScaler *scaler,
          GError **error)
{
    Plane luma = {.narrow = narrow}, alpha = {0};
    if (!open_plane(image, heif_channel_Y, head, &luma, error) ||
        (head->alpha && !open_plane(image, heif_channel_Alpha, head, &alpha, error)))
        return FALSE;
    const int colours = head->bands - (head->alpha ? 1 : 0);
    g_autofree guint8 *row = g_malloc_n((gsize)head->width, (gsize)head->bands);
    for (int y = 0; y < head->height; y++) {
        guint8 *to = row;
        for (int x = 0; x < head->width; x++, to += head->bands) {
            memset(to, sample_at(&luma, x, y), (gsize)colours);
            if (head->alpha)
                to[colours] = sample_at(&alpha, x, y);
        }
        push_row(row, row, head, multiplied, scaler);
    }
    return TRUE;
}

/* The code points of the file, else those of the coded picture, else NULL. */
static HeifNclx *
code_points(const HeifHandle *handle, const HeifImage *image)
{
    HeifNclx *nclx = NULL;
    if (heif_image_handle_get_nclx_color_profile(handle, &nclx).code != heif_error_Ok || !nclx)
        if (heif_image_get_nclx_color_profile(image, &nclx).code != heif_error_Ok)
            return NULL;
    return nclx;
}

/* Matrices (ITU-T H.273, 8.3) that libheif takes for another: YCgCo, constant luminance, ICtCp and what came
 * after. */
static gboolean
check_matrix(const HeifHandle *handle, const HeifImage *image, GError **error)
{
    g_autoptr(HeifNclx) nclx = code_points(handle, image);
    int matrix = nclx ? (int)nclx->matrix_coefficients : 2;
    if (matrix != 8 && matrix != 10 && matrix != 11 && matrix < 13)
        return TRUE;
    if (matrix == 8)
        return fg_throw(
            error, FG_ERROR_UNSUPPORTED,
            "its colours are coded as YCgCo, which can't be decoded here: save it as JPEG or PNG");
    return fg_throw(error, FG_ERROR_UNSUPPORTED,
                    "its colours are coded by matrix %d of ITU-T H.273, which can't be decoded here: save it "
                    "as JPEG or PNG",
                    matrix);
}

/* heif_suberror_NCLX_colr_VUI_mismatch of libheif 1.22: the box states other colours than the bitstream and
 * wins (ISO/IEC 23000-22), as it does without a warning in what came before. */
#define BOX_AND_BITSTREAM_DISAGREE 152

/* What is no error to the strict decoder, either, and yet tells of a picture that is not whole. */
static gboolean
went_without_loss(const HeifImage *image, GError **error)
{
    struct heif_error warning;
    for (int i = 0; heif_image_get_decoding_warnings((HeifImage *)image, i, &warning, 1) == 1; i++)
        if ((int)warning.subcode != BOX_AND_BITSTREAM_DISAGREE)
            return fg_throw(error, FG_ERROR_MALFORMED, "HEIF: %s", warning.message);
    return TRUE;
}

static gboolean
decode(const HeifHandle *handle, const FgHead *head, gboolean grey, HeifImage **image, GError **error)
{
    g_autoptr(HeifOptions) options = heif_decoding_options_alloc();
    options->strict_decoding = TRUE;
    options->convert_hdr_to_8bit = !grey;
    enum heif_colorspace space = grey ? heif_colorspace_monochrome : heif_colorspace_RGB;
    enum heif_chroma chroma = grey          ? heif_chroma_monochrome
                              : head->alpha ? heif_chroma_interleaved_RGBA
                                            : heif_chroma_interleaved_RGB;
    if (!went_well(heif_decode_image(handle, image, space, chroma, options), error))
        return FALSE;
    return went_without_loss(*image, error);
}

static gboolean
is_narrow(const HeifHandle *handle, const HeifImage *image)
{
    g_autoptr(HeifNclx) nclx = code_points(handle, image);
    return nclx && !nclx->full_range_flag;
}

static FgRaster *
render(GBytes *file, const FgHead *head, int shrink G_GNUC_UNUSED, int width, int height, GError **error)
{
    g_autoptr(HeifContext) context = NULL;
    g_autoptr(HeifHandle) handle = NULL;
    g_autoptr(HeifImage) image = NULL;
    if (!open_primary(file, &context, &handle, error))
        return NULL;
    heif_context_set_max_decoding_threads(context, 0);
    const gboolean grey = is_grey(file);
    if (!decode(handle, head, grey, &image, error) || (!grey && !check_matrix(handle, image, error)))
        return NULL;
    const gboolean multiplied = head->alpha && heif_image_handle_is_premultiplied_alpha(handle);
    const int colours = head->bands - (head->alpha ? 1 : 0);
    if (!grey && colours < 3)
        return fg_throw_null(error, FG_ERROR_MALFORMED,
                             "HEIF: the picture is not of the size that its header says");
    g_autoptr(FgScaler) scaler =
        fg_scaler_new(head->width, head->height, head->bands, head->alpha, width, height);
    gboolean pushed = grey ? push_grey(image, head, is_narrow(handle, image), multiplied, scaler, error)
                           : push_rows(image, head, multiplied, scaler, error);
    return pushed ? fg_scaler_take(scaler) : NULL;
}

const FgDecoder fg_heif_decoder = {read_head, render};

/* Where codecs are plugins, libheif looks for them now, and not when the first picture comes. */
gboolean
fg_heif_start(GError **error)
{
    struct heif_error result = heif_init(NULL);
    if (result.code == heif_error_Ok)
        return TRUE;
    return fg_throw(error, FG_ERROR_INTERNAL, "libheif does not start: %s", result.message);
}

const char *
fg_heif_version(void)
{
    return heif_get_version();
}
