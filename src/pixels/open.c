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

static const FgDecoder *
decoder_of(FgFormat format)
{
    switch (format) {
    case FG_FORMAT_JPEG:
        return &fg_jpeg_decoder;
    case FG_FORMAT_HEIC:
    case FG_FORMAT_AVIF:
        return &fg_heif_decoder;
    case FG_FORMAT_JXL:
        return &fg_jxl_decoder;
    case FG_FORMAT_PNG:
    case FG_FORMAT_TIFF:
    case FG_FORMAT_WEBP:
        return &fg_vips_decoder;
    default:
        return NULL;
    }
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
        fg_size_cover(height, width, wanted, &least_height, &least_width);
    else
        fg_size_cover(width, height, wanted, &least_width, &least_height);
    for (int shrink = 8; shrink > 1; shrink /= 2)
        if ((width + shrink - 1) / shrink >= least_width && (height + shrink - 1) / shrink >= least_height)
            return shrink;
    return 1;
}

/* A profile of another space than the samples counts as none. */
static void
drop_foreign_profile(FgHead *head)
{
    gsize length;
    const void *data = head->icc ? g_bytes_get_data(head->icc, &length) : NULL;
    if (data && !fg_icc_is_of(data, length, head->space)) {
        g_clear_pointer(&head->icc, g_bytes_unref);
        head->stated = FALSE;
    }
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
    drop_foreign_profile(&image->head);
    image->shrink = format == FG_FORMAT_JPEG && wanted ? shrink_for(image, wanted) : 1;
    image->width = (image->head.width + image->shrink - 1) / image->shrink;
    image->height = (image->head.height + image->shrink - 1) / image->shrink;
    return g_steal_pointer(&image);
}

void
fg_image_assume_adobe_rgb(FgImage *image)
{
    FgHead *head = &image->head;
    head->adobe_rgb = !head->stated && head->space == FG_SPACE_RGB;
    if (head->adobe_rgb && !head->deep)
        head->icc = fg_colour_adobe_rgb();
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

FgRaster *
fg_image_render(FgImage *image, const FgSize *size, GError **error)
{
    int width, height;
    if (!fg_size_fits(size, fg_image_width(image), fg_image_height(image), error))
        return NULL;
    if (is_turned(image))
        fg_size_cover(image->height, image->width, size, &height, &width);
    else
        fg_size_cover(image->width, image->height, size, &width, &height);

    FgRaster *raster = image->decoder->render(image->file, &image->head, image->shrink, width, height, error);
    if (raster)
        raster = fg_colour_to_srgb(raster, &image->head, error);
    return raster ? fg_raster_crop(fg_raster_turn(raster, image->orientation), size) : NULL;
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
