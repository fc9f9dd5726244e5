/* encode_avif.c: AVIF by libheif and libaom, in one thread, its colours named by code points (nclx 1/13/6,
 * full range), without which a viewer would have to guess. */
#include "pixels/pixels_private.h"

#include <string.h>

#include <libheif/heif.h>

typedef struct heif_context HeifContext;
typedef struct heif_encoder HeifEncoder;
typedef struct heif_image HeifImage;
typedef struct heif_encoding_options HeifOptions;
typedef struct heif_color_profile_nclx HeifNclx;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeifContext, heif_context_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeifEncoder, heif_encoder_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeifImage, heif_image_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeifOptions, heif_encoding_options_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeifNclx, heif_nclx_color_profile_free)

static gboolean
went_well(struct heif_error result, GError **error)
{
    if (result.code == heif_error_Ok)
        return TRUE;
    return fg_throw(error, FG_ERROR_ENCODE, "AVIF: %s", result.message);
}

/* libaom by name: another encoder that a system prefers would give other bytes. */
static gboolean
open_encoder(HeifContext *context, HeifEncoder **encoder, GError **error)
{
    const struct heif_encoder_descriptor *aom;
    if (heif_context_get_encoder_descriptors(context, heif_compression_AV1, "aom", &aom, 1) != 1)
        return fg_throw(error, FG_ERROR_ENCODE, "AVIF: this libheif has no libaom");
    return went_well(heif_context_get_encoder(context, aom, encoder), error);
}

/* The contract counts effort upwards, libaom speed: effort 1, the default, is speed 8. */
static gboolean
set_up(HeifEncoder *encoder, int quality, int effort, gboolean full_chroma, GError **error)
{
    return went_well(heif_encoder_set_lossy_quality(encoder, quality), error) &&
           went_well(heif_encoder_set_parameter_integer(encoder, "speed", 9 - CLAMP(effort, 0, 9)), error) &&
           went_well(heif_encoder_set_parameter_integer(encoder, "threads", 1), error) &&
           went_well(heif_encoder_set_parameter_string(encoder, "chroma", full_chroma ? "444" : "420"),
                     error);
}

static HeifNclx *
srgb_nclx(void)
{
    HeifNclx *nclx = heif_nclx_color_profile_alloc();
    nclx->color_primaries = heif_color_primaries_ITU_R_BT_709_5;
    nclx->transfer_characteristics = heif_transfer_characteristic_IEC_61966_2_1;
    nclx->matrix_coefficients = heif_matrix_coefficients_ITU_R_BT_601_6;
    nclx->full_range_flag = 1;
    return nclx;
}

/* One band of a raster as a plane of the image. */
static gboolean
add_plane(HeifImage *image, enum heif_channel channel, const FgRaster *raster, int band, GError **error)
{
    if (!went_well(heif_image_add_plane(image, channel, raster->width, raster->height, 8), error))
        return FALSE;
    int stride;
    guint8 *plane = heif_image_get_plane(image, channel, &stride);
    for (int y = 0; y < raster->height; y++) {
        const guint8 *from = raster->data + (gsize)y * raster->stride + band;
        guint8 *to = plane + (gssize)y * stride;
        if (raster->bands == 1)
            memcpy(to, from, (gsize)raster->width);
        else
            for (int x = 0; x < raster->width; x++)
                to[x] = from[x * raster->bands];
    }
    return TRUE;
}

static gboolean
fill_image(const FgPlanes *planes, const FgRaster *rgba, HeifImage **image, GError **error)
{
    const enum heif_chroma chroma = planes->halved ? heif_chroma_420 : heif_chroma_444;
    return went_well(heif_image_create(planes->width, planes->height, heif_colorspace_YCbCr, chroma, image),
                     error) &&
           add_plane(*image, heif_channel_Y, planes->plane[0], 0, error) &&
           add_plane(*image, heif_channel_Cb, planes->plane[1], 0, error) &&
           add_plane(*image, heif_channel_Cr, planes->plane[2], 0, error) &&
           (!rgba || add_plane(*image, heif_channel_Alpha, rgba, 3, error));
}

static struct heif_error
append(HeifContext *context G_GNUC_UNUSED, const void *data, size_t length, void *bytes)
{
    g_byte_array_append(bytes, data, (guint)length);
    return (struct heif_error){heif_error_Ok, heif_suberror_Unspecified, "ok"};
}

GBytes *
fg_encode_avif(const FgPlanes *planes, const FgRaster *rgba, int quality, int effort, GError **error)
{
    g_autoptr(HeifContext) context = heif_context_alloc();
    g_autoptr(HeifEncoder) encoder = NULL;
    g_autoptr(HeifImage) image = NULL;
    g_autoptr(HeifNclx) nclx = srgb_nclx();
    g_autoptr(HeifOptions) options = heif_encoding_options_alloc();
    if (!open_encoder(context, &encoder, error) ||
        !set_up(encoder, quality, effort, !planes->halved, error) ||
        !fill_image(planes, rgba, &image, error) ||
        !went_well(heif_image_set_nclx_color_profile(image, nclx), error))
        return NULL;
    options->output_nclx_profile = nclx;
    options->macOS_compatibility_workaround_no_nclx_profile = 0;
    options->save_alpha_channel = rgba != NULL;
    if (!went_well(heif_context_encode_image(context, image, encoder, options, NULL), error))
        return NULL;

    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct heif_writer writer = {.writer_api_version = 1, .write = append};
    if (!went_well(heif_context_write(context, &writer, bytes), error))
        return NULL;
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}
