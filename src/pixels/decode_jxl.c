/* decode_jxl.c: JPEG XL by libjxl, which turns the picture as the file says, and shows the first of several
 * frames. What is in floating point, or has more than 8 bits, comes out with 8. */
#include "pixels/pixels_private.h"

#include <jxl/decode.h>
#include <jxl/encode.h> /* JxlColorEncodingSetToSRGB */
#include <jxl/version.h>

typedef struct JxlDecoderStruct Decoder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decoder, JxlDecoderDestroy)

/* From 0.9 on these take no format of pixels any more, which was unused before. */
#if JPEGXL_NUMERIC_VERSION < JPEGXL_COMPUTE_NUMERIC_VERSION(0, 9, 0)
#define PROFILE_SIZE(decoder, target, size) JxlDecoderGetICCProfileSize(decoder, NULL, target, size)
#define PROFILE(decoder, target, data, size) JxlDecoderGetColorAsICCProfile(decoder, NULL, target, data, size)
#define ENCODED(decoder, target, colours) JxlDecoderGetColorAsEncodedProfile(decoder, NULL, target, colours)
#else
#define PROFILE_SIZE JxlDecoderGetICCProfileSize
#define PROFILE JxlDecoderGetColorAsICCProfile
#define ENCODED JxlDecoderGetColorAsEncodedProfile
#endif

/* Goes on to the event that is wanted, and to no other. */
static gboolean
go_on(Decoder *decoder, JxlDecoderStatus wanted, GError **error)
{
    JxlDecoderStatus status = JxlDecoderProcessInput(decoder);
    if (status == wanted)
        return TRUE;
    if (status == JXL_DEC_NEED_MORE_INPUT)
        return fg_throw(error, FG_ERROR_MALFORMED, "JPEG XL: the picture is cut short");
    return fg_throw(error, FG_ERROR_MALFORMED, "JPEG XL: the picture can't be decoded");
}

/* Black is a channel of its own, beside three that are called red, green and blue. */
static gboolean
check_channels(const Decoder *decoder, const JxlBasicInfo *info, GError **error)
{
    for (guint32 i = 0; i < info->num_extra_channels; i++) {
        JxlExtraChannelInfo channel;
        if (JxlDecoderGetExtraChannelInfo(decoder, i, &channel) == JXL_DEC_SUCCESS &&
            channel.type == JXL_CHANNEL_BLACK)
            return fg_throw(error, FG_ERROR_UNSUPPORTED,
                            "its colours are CMYK, which can't be decoded here: save it as JPEG or TIFF");
    }
    return (info->num_color_channels == 1 || info->num_color_channels == 3) ||
           fg_throw(error, FG_ERROR_MALFORMED, "JPEG XL: the picture can't be decoded");
}

static gboolean
open_decoder(GBytes *file, int events, Decoder **decoder, JxlBasicInfo *info, GError **error)
{
    g_autoptr(Decoder) opened = JxlDecoderCreate(NULL);
    gsize length;
    const guint8 *data = g_bytes_get_data(file, &length);
    if (!opened)
        return fg_throw(error, FG_ERROR_MEMORY, "libjxl can't start");
    if (JxlDecoderSubscribeEvents(opened, JXL_DEC_BASIC_INFO | JXL_DEC_COLOR_ENCODING | events) !=
            JXL_DEC_SUCCESS ||
        JxlDecoderSetUnpremultiplyAlpha(opened, JXL_TRUE) != JXL_DEC_SUCCESS ||
        JxlDecoderSetInput(opened, data, length) != JXL_DEC_SUCCESS)
        return fg_throw(error, FG_ERROR_INTERNAL, "libjxl can't start");
    JxlDecoderCloseInput(opened);
    if (!go_on(opened, JXL_DEC_BASIC_INFO, error))
        return FALSE;
    if (JxlDecoderGetBasicInfo(opened, info) != JXL_DEC_SUCCESS || info->xsize > G_MAXINT ||
        info->ysize > G_MAXINT)
        return fg_throw(error, FG_ERROR_MALFORMED, "JPEG XL: the picture can't be decoded");
    if (!check_channels(opened, info, error) || !go_on(opened, JXL_DEC_COLOR_ENCODING, error))
        return FALSE;
    *decoder = g_steal_pointer(&opened);
    return TRUE;
}

/* The decoder gives sRGB where the colours are its own (XYB) and not brighter than white; the same for a head
 * and for the pixels that it speaks of. */
static gboolean
is_asked_for_srgb(Decoder *decoder, const JxlBasicInfo *info, JxlColorEncoding *stated, gboolean *bright)
{
    JxlColorEncoding srgb;
    *bright = ENCODED(decoder, JXL_COLOR_PROFILE_TARGET_ORIGINAL, stated) == JXL_DEC_SUCCESS &&
              (stated->transfer_function == JXL_TRANSFER_FUNCTION_PQ ||
               stated->transfer_function == JXL_TRANSFER_FUNCTION_HLG);
    if (*bright || info->uses_original_profile)
        return FALSE;
    JxlColorEncodingSetToSRGB(&srgb, info->num_color_channels == 1);
    return JxlDecoderSetPreferredColorProfile(decoder, &srgb) == JXL_DEC_SUCCESS;
}

static void
read_colours(Decoder *decoder, const JxlBasicInfo *info, FgHead *head)
{
    JxlColorEncoding stated;
    gboolean bright;
    gsize length;
    head->stated = TRUE;
    if (is_asked_for_srgb(decoder, info, &stated, &bright))
        return;
    if (bright && info->num_color_channels == 3) {
        head->icc = fg_colour_from_cicp((int)stated.primaries, (int)stated.transfer_function);
        return;
    }
    if (PROFILE_SIZE(decoder, JXL_COLOR_PROFILE_TARGET_DATA, &length) != JXL_DEC_SUCCESS || length == 0)
        return;
    g_autofree guint8 *data = g_malloc(length);
    if (PROFILE(decoder, JXL_COLOR_PROFILE_TARGET_DATA, data, length) == JXL_DEC_SUCCESS)
        head->icc = g_bytes_new_take(g_steal_pointer(&data), length);
}

static gboolean
read_head(GBytes *file, FgHead *head, GError **error)
{
    g_autoptr(Decoder) decoder = NULL;
    JxlBasicInfo info;
    if (!open_decoder(file, 0, &decoder, &info, error))
        return FALSE;
    head->width = (int)info.xsize;
    head->height = (int)info.ysize;
    head->alpha = info.alpha_bits > 0;
    head->bands = (int)info.num_color_channels + (head->alpha ? 1 : 0);
    head->space = info.num_color_channels == 1 ? FG_SPACE_GREY : FG_SPACE_RGB;
    read_colours(decoder, &info, head);
    return TRUE;
}

/* The pixels of the first frame, or of those that are one picture. */
static guint8 *
decode(Decoder *decoder, const FgHead *head, GError **error)
{
    const JxlPixelFormat format = {(guint32)head->bands, JXL_TYPE_UINT8, JXL_NATIVE_ENDIAN, 0};
    const gsize wanted = (gsize)head->width * (gsize)head->height * (gsize)head->bands;
    gsize size;
    if (!go_on(decoder, JXL_DEC_NEED_IMAGE_OUT_BUFFER, error))
        return NULL;
    if (JxlDecoderImageOutBufferSize(decoder, &format, &size) != JXL_DEC_SUCCESS || size != wanted)
        return fg_throw_null(error, FG_ERROR_MALFORMED,
                             "JPEG XL: the picture is not of the size that its header says");
    g_autofree guint8 *pixels = g_malloc(size);
    if (JxlDecoderSetImageOutBuffer(decoder, &format, pixels, size) != JXL_DEC_SUCCESS)
        return fg_throw_null(error, FG_ERROR_INTERNAL, "JPEG XL: the picture can't be decoded");
    return go_on(decoder, JXL_DEC_FULL_IMAGE, error) ? g_steal_pointer(&pixels) : NULL;
}

static FgRaster *
render(GBytes *file, const FgHead *head, int shrink G_GNUC_UNUSED, int width, int height, GError **error)
{
    g_autoptr(Decoder) decoder = NULL;
    JxlBasicInfo info;
    JxlColorEncoding stated;
    gboolean bright;
    if (!open_decoder(file, JXL_DEC_FULL_IMAGE, &decoder, &info, error))
        return NULL;
    is_asked_for_srgb(decoder, &info, &stated, &bright);
    g_autofree guint8 *pixels = decode(decoder, head, error);
    if (!pixels)
        return NULL;
    const gsize stride = (gsize)head->width * (gsize)head->bands;
    g_autoptr(FgScaler) scaler =
        fg_scaler_new(head->width, head->height, head->bands, head->alpha, width, height);
    for (int y = 0; y < head->height; y++)
        fg_scaler_push(scaler, pixels + (gsize)y * stride);
    return fg_scaler_take(scaler);
}

const FgDecoder fg_jxl_decoder = {read_head, render};

const char *
fg_jxl_version(void)
{
    const guint32 version = JxlDecoderVersion();
    g_autofree char *text =
        g_strdup_printf("%u.%u.%u", version / 1000000, version / 1000 % 1000, version % 1000);
    return g_intern_string(text);
}
