/* open.c: a photo from its bytes to a raster: decode, scale, colour, turn, cut. */
#include "pixels/pixels_private.h"

struct FgImage {
    GBytes *file;
    const FgDecoder *decoder;
    FgHead head;
    int orientation;
    int shrink;        /* by which the decoder divides */
    int width, height; /* as decoded, before orientation */
};

void
fg_head_clear(FgHead *head)
{
    g_clear_pointer(&head->icc, g_bytes_unref);
}

static const FgDecoder *
decoder_of(FgFormat format)
{
    switch (format) {
    case FG_FORMAT_JPEG:
        return &fg_jpeg_decoder;
    case FG_FORMAT_HEIC:
    case FG_FORMAT_AVIF:
        return &fg_heif_decoder;
    case FG_FORMAT_PNG:
    case FG_FORMAT_TIFF:
    case FG_FORMAT_WEBP:
        return &fg_vips_decoder;
    default:
        return NULL;
    }
}

/* The size to which the whole picture is scaled before it is cut to `size`. */
static void
cover(int width, int height, const FgSize *size, int *cover_width, int *cover_height)
{
    *cover_width = size->width;
    *cover_height = size->height;
    if (size->crop == FG_CROP_NONE)
        return;
    gint64 by_width = (gint64)size->width * height, by_height = (gint64)size->height * width;
    if (by_width > by_height)
        *cover_height = MAX(size->height, (int)((by_width + width / 2) / width));
    else
        *cover_width = MAX(size->width, (int)((by_height + height / 2) / height));
}

static gboolean
is_turned(const FgImage *image)
{
    return image->orientation >= 5;
}

/* The largest division that leaves at least what is wanted. Only these four are fast in libjpeg. */
static int
shrink_for(const FgImage *image, const FgSize *wanted)
{
    int width = image->head.width, height = image->head.height, least_width, least_height;
    if (is_turned(image))
        cover(height, width, wanted, &least_height, &least_width);
    else
        cover(width, height, wanted, &least_width, &least_height);
    for (int shrink = 8; shrink > 1; shrink /= 2)
        if ((width + shrink - 1) / shrink >= least_width && (height + shrink - 1) / shrink >= least_height)
            return shrink;
    return 1;
}

FgImage *
fg_image_open(GBytes *file, FgFormat format, int orientation, const FgSize *wanted, GError **error)
{
    const FgDecoder *decoder = decoder_of(format);
    if (!decoder)
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "no photo that can be decoded");
    g_autoptr(FgImage) image = g_new0(FgImage, 1);
    image->file = g_bytes_ref(file);
    image->head.format = format;
    image->decoder = decoder;
    image->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
    if (!decoder->head(file, &image->head, error))
        return NULL;
    image->shrink = format == FG_FORMAT_JPEG && wanted ? shrink_for(image, wanted) : 1;
    image->width = (image->head.width + image->shrink - 1) / image->shrink;
    image->height = (image->head.height + image->shrink - 1) / image->shrink;
    return g_steal_pointer(&image);
}

void
fg_image_free(FgImage *image)
{
    if (!image)
        return;
    g_bytes_unref(image->file);
    fg_head_clear(&image->head);
    g_free(image);
}

int
fg_image_width(const FgImage *image)
{
    return is_turned(image) ? image->height : image->width;
}

int
fg_image_height(const FgImage *image)
{
    return is_turned(image) ? image->width : image->height;
}

gboolean
fg_size_fits(const FgSize *size, int width, int height, GError **error)
{
    if (size->width >= 1 && size->height >= 1 && size->width <= width && size->height <= height)
        return TRUE;
    return fg_throw(error, FG_ERROR_INTERNAL, "%dx%d can't be made of %dx%d", size->width, size->height,
                    width, height);
}

/* Cuts a covering raster to `size`. Takes the raster. */
static FgRaster *
crop(FgRaster *taken, const FgSize *size)
{
    if (taken->width == size->width && taken->height == size->height)
        return taken;
    g_autoptr(FgRaster) whole = taken;
    int x = (whole->width - size->width) / 2, y = (whole->height - size->height) / 2;
    if (size->crop == FG_CROP_ATTENTION)
        fg_attention(whole, size->width, size->height, &x, &y);
    return fg_raster_cut(whole, x, y, size->width, size->height);
}

FgRaster *
fg_image_render(FgImage *image, const FgSize *size, GError **error)
{
    int width, height;
    if (!fg_size_fits(size, fg_image_width(image), fg_image_height(image), error))
        return NULL;
    if (is_turned(image))
        cover(image->height, image->width, size, &height, &width);
    else
        cover(image->width, image->height, size, &width, &height);

    FgRaster *raster = image->decoder->render(image->file, &image->head, image->shrink, width, height, error);
    if (raster)
        raster = fg_colour_to_srgb(raster, &image->head, error);
    return raster ? crop(fg_raster_turn(raster, image->orientation), size) : NULL;
}

/* A whole picture whose colours are sRGB as they are. */
static gboolean
stays_in_planes(const FgImage *image, const FgSize *size)
{
    const FgHead *head = &image->head;
    return head->planes && size->crop == FG_CROP_NONE && (!head->icc || fg_colour_is_srgb(head->icc));
}

FgPixels *
fg_image_pixels(FgImage *image, const FgSize *size, gboolean halved, GError **error)
{
    if (!stays_in_planes(image, size)) {
        FgRaster *raster = fg_image_render(image, size, error);
        return raster ? fg_pixels_of_rgb(raster) : NULL;
    }
    if (!fg_size_fits(size, fg_image_width(image), fg_image_height(image), error))
        return NULL;
    const int width = is_turned(image) ? size->height : size->width;
    const int height = is_turned(image) ? size->width : size->height;
    halved = halved && fg_planes_may_turn(width, height, image->orientation);
    FgPlanes *planes = fg_jpeg_planes(image->file, image->shrink, width, height, halved, error);
    return planes ? fg_pixels_of_planes(fg_planes_turn(planes, image->orientation)) : NULL;
}

FgRaster *
fg_raster_size(const FgRaster *raster, const FgSize *size, GError **error)
{
    int width, height;
    if (!fg_size_fits(size, raster->width, raster->height, error))
        return NULL;
    cover(raster->width, raster->height, size, &width, &height);
    return crop(fg_scale(raster, raster->bands == 4, width, height), size);
}
