/* encode_webp.c: lossy WebP by libwebp, in one thread, alpha lossless. */
#include "pixels/pixels_private.h"

#include <webp/encode.h>

static GBytes *
encode_picture(const WebPConfig *config, WebPPicture *picture, GError **error)
{
    WebPMemoryWriter writer;
    WebPMemoryWriterInit(&writer);
    picture->writer = WebPMemoryWrite;
    picture->custom_ptr = &writer;
    if (WebPEncode(config, picture))
        return g_bytes_new_with_free_func(writer.mem, writer.size, WebPFree, writer.mem);
    WebPMemoryWriterClear(&writer);
    if (picture->error_code == VP8_ENC_ERROR_OUT_OF_MEMORY ||
        picture->error_code == VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY)
        return fg_throw_null(error, FG_ERROR_LIMIT, "WebP: not enough memory to encode it");
    return fg_throw_null(error, FG_ERROR_ENCODE, "WebP: libwebp gave up with its error %d",
                         (int)picture->error_code);
}

GBytes *
fg_encode_webp(const FgRaster *raster, int quality, int method, GError **error)
{
    if (raster->width > WEBP_MAX_DIMENSION || raster->height > WEBP_MAX_DIMENSION)
        return fg_throw_null(error, FG_ERROR_ENCODE, "WebP: %dx%d is more than %d on a side", raster->width,
                             raster->height, WEBP_MAX_DIMENSION);
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture))
        return fg_throw_null(error, FG_ERROR_ENCODE, "WebP: libwebp is of another version than its headers");
    config.quality = (float)quality;
    config.method = CLAMP(method, 0, 6);
    config.thread_level = 0;
    picture.width = raster->width;
    picture.height = raster->height;
    int stride = (int)raster->stride;
    int imported = raster->bands == 4 ? WebPPictureImportRGBA(&picture, raster->data, stride)
                                      : WebPPictureImportRGB(&picture, raster->data, stride);
    GBytes *bytes = imported
                        ? encode_picture(&config, &picture, error)
                        : fg_throw_null(error, FG_ERROR_MEMORY, "WebP: not enough memory for the picture");
    WebPPictureFree(&picture);
    return bytes;
}
