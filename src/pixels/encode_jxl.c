/* encode_jxl.c: JPEG XL by libjxl, in one thread, as a bare codestream in sRGB; alpha without loss. */
#include "pixels/pixels_private.h"

#include <string.h>

#include <jxl/encode.h>
#include <jxl/version.h>

typedef struct JxlEncoderStruct Encoder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Encoder, JxlEncoderDestroy)

#define CHUNK (64 * 1024)

static gboolean
went_well(JxlEncoderStatus status, GError **error)
{
    return status == JXL_ENC_SUCCESS || fg_throw(error, FG_ERROR_ENCODE, "JPEG XL: libjxl can't encode it");
}

/* The distance in just noticeable differences that stands for a quality, as cjxl has it. */
static float
distance_of(int quality)
{
    const float q = (float)quality;
    if (quality >= 100)
        return 0.1F; /* None is the only one that is lossless. */
    return quality >= 30 ? 0.1F + (100 - q) * 0.09F : 53.0F / 3000 * q * q - 23.0F / 20 * q + 25;
}

static gboolean
set_up(Encoder *encoder, const FgRaster *raster, GError **error)
{
    const gboolean alpha = raster->bands == 4;
    JxlBasicInfo info;
    JxlColorEncoding srgb;
    JxlEncoderInitBasicInfo(&info);
    info.xsize = (guint32)raster->width;
    info.ysize = (guint32)raster->height;
    info.bits_per_sample = 8;
    info.num_color_channels = 3;
    info.num_extra_channels = alpha ? 1 : 0;
    info.alpha_bits = alpha ? 8 : 0;
    info.uses_original_profile = JXL_FALSE;
    JxlColorEncodingSetToSRGB(&srgb, JXL_FALSE);
    return went_well(JxlEncoderSetBasicInfo(encoder, &info), error) &&
           went_well(JxlEncoderSetColorEncoding(encoder, &srgb), error);
}

/* From 0.9 on alpha loses as much as the colours where nothing else is said. */
static gboolean
keep_alpha(JxlEncoderFrameSettings *settings, const FgRaster *raster, GError **error)
{
#if JPEGXL_NUMERIC_VERSION >= JPEGXL_COMPUTE_NUMERIC_VERSION(0, 9, 0)
    return raster->bands < 4 || went_well(JxlEncoderSetExtraChannelDistance(settings, 0, 0), error);
#else
    (void)settings;
    (void)raster;
    (void)error;
    return TRUE;
#endif
}

static gboolean
add_frame(Encoder *encoder, const FgRaster *raster, int quality, int effort, GError **error)
{
    const gsize row = (gsize)raster->width * (gsize)raster->bands, size = row * (gsize)raster->height;
    const JxlPixelFormat format = {(guint32)raster->bands, JXL_TYPE_UINT8, JXL_NATIVE_ENDIAN, 0};
    JxlEncoderFrameSettings *settings = JxlEncoderFrameSettingsCreate(encoder, NULL);
    g_autofree guint8 *pixels = g_malloc(size);
    for (int y = 0; y < raster->height; y++)
        memcpy(pixels + (gsize)y * row, raster->data + (gsize)y * raster->stride, row);
    return went_well(JxlEncoderFrameSettingsSetOption(settings, JXL_ENC_FRAME_SETTING_EFFORT, effort),
                     error) &&
           went_well(JxlEncoderSetFrameDistance(settings, distance_of(quality)), error) &&
           keep_alpha(settings, raster, error) &&
           went_well(JxlEncoderAddImageFrame(settings, &format, pixels, size), error);
}

static GBytes *
take_output(Encoder *encoder, GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree guint8 *chunk = g_malloc(CHUNK);
    JxlEncoderStatus status;
    JxlEncoderCloseInput(encoder);
    do {
        guint8 *next = chunk;
        gsize left = CHUNK;
        status = JxlEncoderProcessOutput(encoder, &next, &left);
        g_byte_array_append(bytes, chunk, (guint)(CHUNK - left));
    } while (status == JXL_ENC_NEED_MORE_OUTPUT);
    return went_well(status, error) ? g_byte_array_free_to_bytes(g_steal_pointer(&bytes)) : NULL;
}

GBytes *
fg_encode_jxl(const FgRaster *raster, int quality, int effort, GError **error)
{
    g_autoptr(Encoder) encoder = JxlEncoderCreate(NULL);
    if (!encoder)
        return fg_throw_null(error, FG_ERROR_MEMORY, "libjxl can't start");
    return set_up(encoder, raster, error) && add_frame(encoder, raster, quality, effort, error)
               ? take_output(encoder, error)
               : NULL;
}

GBytes *
fg_jxl_twin(GBytes *jpeg, int effort, GError **error)
{
    g_autoptr(Encoder) encoder = JxlEncoderCreate(NULL);
    if (!encoder)
        return fg_throw_null(error, FG_ERROR_MEMORY, "libjxl can't start");
    gsize length;
    const guint8 *data = g_bytes_get_data(jpeg, &length);
    JxlEncoderFrameSettings *settings = JxlEncoderFrameSettingsCreate(encoder, NULL);
    return went_well(JxlEncoderUseContainer(encoder, JXL_TRUE), error) &&
                   went_well(JxlEncoderStoreJPEGMetadata(encoder, JXL_TRUE), error) &&
                   went_well(JxlEncoderFrameSettingsSetOption(settings, JXL_ENC_FRAME_SETTING_EFFORT, effort),
                             error) &&
                   went_well(JxlEncoderAddJPEGFrame(settings, data, length), error)
               ? take_output(encoder, error)
               : NULL;
}
