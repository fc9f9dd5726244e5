/* write_others.c: PNG with alpha, TIFF of 16 bits, HEIC as of a telephone, and the colours of print and of
 * wide screens. */
#include "write.h"

#include <string.h>

#include <lcms2.h>
#include <libheif/heif.h>
#include <png.h>
#include <vips/vips.h>
#include <zlib.h>

static void
append(png_structp png, png_bytep data, size_t length)
{
    g_byte_array_append(png_get_io_ptr(png), data, (guint)length);
}

static void
flush(png_structp png G_GNUC_UNUSED)
{
}

GBytes *
write_png(const Canvas *canvas, const Plant *plant)
{
    GByteArray *out = g_byte_array_new();
    g_autofree guint8 *samples = samples8(canvas, 4);
    g_autoptr(GBytes) thumbnail = thumbnail_of(canvas);
    g_autoptr(GBytes) exif = plant_exif(plant, canvas->width, canvas->height, thumbnail);
    g_autofree char *xmp = plant_xmp(plant, canvas->width, canvas->height);
    png_text text = {.compression = PNG_ITXT_COMPRESSION_NONE,
                     .key = (char[]){"XML:com.adobe.xmp"},
                     .text = xmp,
                     .itxt_length = strlen(xmp),
                     .lang = (char[]){""},
                     .lang_key = (char[]){""}};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, out, append, flush);
    png_set_IHDR(png, info, (png_uint_32)canvas->width, (png_uint_32)canvas->height, 8,
                 PNG_COLOR_TYPE_RGB_ALPHA, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 9);
    gsize length;
    const void *data = g_bytes_get_data(exif, &length);
    png_set_eXIf_1(png, info, (png_uint_32)length, (png_bytep)(guintptr)data);
    png_set_text(png, info, &text, 1);
    png_write_info(png, info);
    for (int y = 0; y < canvas->height; y++)
        png_write_row(png, samples + (gsize)y * (gsize)canvas->width * 4);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return g_byte_array_free_to_bytes(out);
}

/* Horizontal differences, then deflate: TIFF's predictor 2 and compression 8. */
static GBytes *
deflated(guint16 *samples, int width, int height)
{
    for (int y = 0; y < height; y++) {
        guint16 *row = samples + (gsize)y * (gsize)width * 3;
        for (int i = width * 3 - 1; i >= 3; i--)
            row[i] = (guint16)(row[i] - row[i - 3]);
    }
    uLong length = (uLong)width * (uLong)height * 6;
    uLongf size = compressBound(length);
    guint8 *packed = g_malloc(size);
    g_assert(compress2(packed, &size, (const Bytef *)samples, length, 9) == Z_OK);
    return g_bytes_new_take(packed, size);
}

GBytes *
write_tiff(const Canvas *canvas, const Plant *plant)
{
    g_autoptr(Ifd) ifd = ifd_new();
    g_autofree guint16 *samples = samples16(canvas);
    g_autoptr(GBytes) strip = deflated(samples, canvas->width, canvas->height);
    g_autoptr(GBytes) iim = plant_iim(plant);
    g_autofree char *xmp = plant_xmp(plant, canvas->width, canvas->height);
    const guint16 bits[] = {16, 16, 16};
    plant_into(ifd, plant, canvas->width, canvas->height);
    ifd_long(ifd, 0x0100, (guint32)canvas->width);
    ifd_long(ifd, 0x0101, (guint32)canvas->height);
    ifd_shorts(ifd, 0x0102, bits, 3);
    ifd_short(ifd, 0x0103, 8);
    ifd_short(ifd, 0x0106, 2);
    ifd_data(ifd, 0x0111, 0x0117, strip);
    ifd_short(ifd, 0x0115, 3);
    ifd_long(ifd, 0x0116, (guint32)canvas->height);
    ifd_short(ifd, 0x011C, 1);
    ifd_short(ifd, 0x013D, 2);
    ifd_bytes(ifd, 700, 1, xmp, strlen(xmp));
    gsize length;
    const void *data = g_bytes_get_data(iim, &length);
    ifd_bytes(ifd, 33723, 1, data, length);
    return ifd_stream(ifd, NULL);
}

static struct heif_error
collect(struct heif_context *context G_GNUC_UNUSED, const void *data, size_t length, void *bytes)
{
    g_byte_array_append(bytes, data, (guint)length);
    return (struct heif_error){heif_error_Ok, heif_suberror_Unspecified, "ok"};
}

static struct heif_image *
heif_image_of(const Canvas *canvas)
{
    struct heif_image *image;
    int stride;
    gsize row = (gsize)canvas->width * 3;
    g_autofree guint8 *samples = samples8(canvas, 3);
    heif_image_create(canvas->width, canvas->height, heif_colorspace_RGB, heif_chroma_interleaved_RGB,
                      &image);
    heif_image_add_plane(image, heif_channel_interleaved, canvas->width, canvas->height, 8);
    guint8 *plane = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    for (int y = 0; y < canvas->height; y++)
        memcpy(plane + (gssize)y * stride, samples + (gsize)y * row, row);
    return image;
}

GBytes *
write_heic(const Canvas *canvas, const Plant *plant, int quality)
{
    struct heif_context *context = heif_context_alloc();
    struct heif_encoder *encoder = NULL;
    struct heif_image_handle *handle = NULL;
    struct heif_image *image = heif_image_of(canvas);
    g_autoptr(GBytes) thumbnail = thumbnail_of(canvas);
    g_autoptr(GBytes) exif = plant_exif(plant, canvas->width, canvas->height, thumbnail);
    g_autofree char *xmp = plant_xmp(plant, canvas->width, canvas->height);
    heif_context_get_encoder_for_format(context, heif_compression_HEVC, &encoder);
    g_assert(encoder);
    heif_encoder_set_lossy_quality(encoder, quality);
    g_assert(heif_context_encode_image(context, image, encoder, NULL, &handle).code == heif_error_Ok);
    gsize length;
    const void *data = g_bytes_get_data(exif, &length);
    heif_context_add_exif_metadata(context, handle, data, (int)length);
    heif_context_add_XMP_metadata(context, handle, xmp, (int)strlen(xmp));

    GByteArray *out = g_byte_array_new();
    struct heif_writer writer = {.writer_api_version = 1, .write = collect};
    g_assert(heif_context_write(context, &writer, out).code == heif_error_Ok);
    heif_image_handle_release(handle);
    heif_image_release(image);
    heif_encoder_release(encoder);
    heif_context_free(context);
    return g_byte_array_free_to_bytes(out);
}

GBytes *
display_p3(void)
{
    const cmsCIExyY d65 = {0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries = {{0.680, 0.320, 1}, {0.265, 0.690, 1}, {0.150, 0.060, 1}};
    const cmsFloat64Number srgb[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve *curve = cmsBuildParametricToneCurve(NULL, 4, srgb), *curves[] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&d65, &primaries, curves);
    cmsMLU *name = cmsMLUalloc(NULL, 1);
    cmsMLUsetASCII(name, "en", "US", "Display P3");
    cmsWriteTag(profile, cmsSigProfileDescriptionTag, name);
    cmsUInt32Number length = 0;
    cmsSaveProfileToMem(profile, NULL, &length);
    guint8 *data = g_malloc(length);
    cmsSaveProfileToMem(profile, data, &length);
    /* The time of making, which would differ with every run. */
    const guint8 day[12] = {0x07, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0};
    memcpy(data + 24, day, sizeof day);
    cmsMLUfree(name);
    cmsFreeToneCurve(curve);
    cmsCloseProfile(profile);
    return g_bytes_new_take(data, length);
}

guint8 *
press_inks(const guint8 *rgb, gsize count)
{
    VipsBlob *blob = NULL;
    g_assert(vips_profile_load("cmyk", &blob, NULL) == 0);
    gsize length;
    const void *data = vips_blob_get(blob, &length);
    cmsHPROFILE press = cmsOpenProfileFromMem(data, (cmsUInt32Number)length), srgb = cmsCreate_sRGBProfile();
    cmsHTRANSFORM transform =
        cmsCreateTransform(srgb, TYPE_RGB_8, press, TYPE_CMYK_8_REV, INTENT_RELATIVE_COLORIMETRIC,
                           cmsFLAGS_BLACKPOINTCOMPENSATION);
    guint8 *inks = g_malloc(count * 4);
    cmsDoTransform(transform, rgb, inks, (cmsUInt32Number)count);
    cmsDeleteTransform(transform);
    cmsCloseProfile(press);
    cmsCloseProfile(srgb);
    vips_area_unref((VipsArea *)blob);
    return inks;
}
