/* encode_webp.c: lossy WebP by libwebp, in one thread, alpha lossless. */
#include "pixels/fixed_private.h"
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

/* Of a picture that is still empty. */
static gboolean
set_up(WebPConfig *config, WebPPicture *picture, int width, int height, int quality, int method,
       GError **error)
{
    if (width > WEBP_MAX_DIMENSION || height > WEBP_MAX_DIMENSION)
        return fg_throw(error, FG_ERROR_ENCODE, "WebP: %dx%d is more than %d on a side", width, height,
                        WEBP_MAX_DIMENSION);
    if (!WebPConfigInit(config) || !WebPPictureInit(picture))
        return fg_throw(error, FG_ERROR_ENCODE, "WebP: libwebp is of another version than its headers");
    config->quality = (float)quality;
    config->method = CLAMP(method, 0, 6);
    config->thread_level = 0;
    picture->width = width;
    picture->height = height;
    return TRUE;
}

/* Encodes and frees what was filled. */
static GBytes *
finish(const WebPConfig *config, WebPPicture *picture, gboolean filled, GError **error)
{
    GBytes *bytes = filled ? encode_picture(config, picture, error)
                           : fg_throw_null(error, FG_ERROR_MEMORY, "WebP: not enough memory for the picture");
    WebPPictureFree(picture);
    return bytes;
}

GBytes *
fg_encode_webp(const FgRaster *raster, int quality, int method, GError **error)
{
    WebPConfig config;
    WebPPicture picture;
    if (!set_up(&config, &picture, raster->width, raster->height, quality, method, error))
        return NULL;
    int stride = (int)raster->stride;
    int imported = raster->bands == 4 ? WebPPictureImportRGBA(&picture, raster->data, stride)
                                      : WebPPictureImportRGB(&picture, raster->data, stride);
    return finish(&config, &picture, imported, error);
}

/* WebP has ITU-R BT.601's range of samples: in `steps` for 255 of the full one, which has its own `full`
 * where this one has `narrow`. */
typedef struct {
    gint32 steps, full, narrow;
} Range;

static const Range luma = {219, 0, 16}, colour = {224, 128, 128};

WIDE static void
narrow_row(const guint8 *restrict row, int width, const Range *range, guint8 *restrict to)
{
    const gint32 share = (range->steps * 65536 + 127) / 255;
    const gint32 rest = range->narrow * 65536 + 32768 - range->full * share;
    for (int x = 0; x < width; x++)
        to[x] = (guint8)((row[x] * share + rest) >> 16);
}

static void
fill_plane(const FgRaster *plane, const Range *range, guint8 *to, int stride)
{
    for (int y = 0; y < plane->height; y++)
        narrow_row(plane->data + (gsize)y * plane->stride, plane->width, range, to + (gssize)y * stride);
}

GBytes *
fg_encode_webp_planes(const FgPlanes *planes, int quality, int method, GError **error)
{
    g_assert(planes->halved);
    WebPConfig config;
    WebPPicture picture;
    if (!set_up(&config, &picture, planes->width, planes->height, quality, method, error))
        return NULL;
    int filled = WebPPictureAlloc(&picture);
    if (filled) {
        fill_plane(planes->plane[0], &luma, picture.y, picture.y_stride);
        fill_plane(planes->plane[1], &colour, picture.u, picture.uv_stride);
        fill_plane(planes->plane[2], &colour, picture.v, picture.uv_stride);
    }
    return finish(&config, &picture, filled, error);
}
