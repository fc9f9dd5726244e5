/* decode_heif.c: HEIC and AVIF by libheif, which turns and mirrors them as the file says. */
#include "pixels/pixels_private.h"

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

/* An ICC profile comes before code points, as MIAF (ISO/IEC 23000-22) has it. */
static GBytes *
read_profile(const HeifHandle *handle)
{
    gsize length = heif_image_handle_get_raw_color_profile_size(handle);
    if (length > 0) {
        g_autofree guint8 *data = g_malloc(length);
        if (heif_image_handle_get_raw_color_profile(handle, data).code == heif_error_Ok)
            return g_bytes_new_take(g_steal_pointer(&data), length);
    }
    g_autoptr(HeifNclx) nclx = NULL;
    if (heif_image_handle_get_nclx_color_profile(handle, &nclx).code == heif_error_Ok && nclx)
        return fg_colour_from_cicp((int)nclx->color_primaries, (int)nclx->transfer_characteristics);
    return NULL;
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
    head->bands = head->alpha ? 4 : 3;
    head->space = FG_SPACE_RGB;
    head->icc = read_profile(handle);
    return TRUE;
}

static gboolean
push_rows(const HeifImage *image, const FgHead *head, FgScaler *scaler, GError **error)
{
    if (heif_image_get_width(image, heif_channel_interleaved) != head->width ||
        heif_image_get_height(image, heif_channel_interleaved) != head->height)
        return fg_throw(error, FG_ERROR_MALFORMED,
                        "HEIF: the picture is not of the size that its header says");
    int stride;
    const guint8 *data = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
    if (!data || stride < head->width * head->bands)
        return fg_throw(error, FG_ERROR_MALFORMED, "HEIF: the picture has no pixels");
    for (int y = 0; y < head->height; y++)
        fg_scaler_push(scaler, data + (gssize)y * stride);
    return TRUE;
}

static FgRaster *
render(GBytes *file, const FgHead *head, int shrink G_GNUC_UNUSED, int width, int height, GError **error)
{
    g_autoptr(HeifContext) context = NULL;
    g_autoptr(HeifHandle) handle = NULL;
    g_autoptr(HeifImage) image = NULL;
    g_autoptr(HeifOptions) options = heif_decoding_options_alloc();
    if (!open_primary(file, &context, &handle, error))
        return NULL;
    heif_context_set_max_decoding_threads(context, 0);
    options->strict_decoding = TRUE;
    options->convert_hdr_to_8bit = TRUE;
    if (!went_well(heif_decode_image(handle, &image, heif_colorspace_RGB,
                                     head->alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB,
                                     options),
                   error))
        return NULL;
    struct heif_error warning;
    if (heif_image_get_decoding_warnings(image, 0, &warning, 1) > 0)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "HEIF: %s", warning.message);
    g_autoptr(FgScaler) scaler =
        fg_scaler_new(head->width, head->height, head->bands, head->alpha, width, height);
    return push_rows(image, head, scaler, error) ? fg_scaler_take(scaler) : NULL;
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
