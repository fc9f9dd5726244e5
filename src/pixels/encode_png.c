/* encode_png.c: PNG by libpng: IHDR, sRGB, IDAT, IEND.
 *
 * libpng leaves an error by longjmp. `write_png`, the one function that calls setjmp, is one deep, owns
 * nothing that must be freed beside libpng's structures, and frees them itself. */
#include "pixels/pixels_private.h"

#include <png.h>

typedef struct {
    GByteArray *bytes;
    char message[120];
} Sink;

static void
append(png_structp png, png_bytep data, size_t length)
{
    Sink *sink = png_get_io_ptr(png);
    g_byte_array_append(sink->bytes, data, (guint)length);
}

static void
flush(png_structp png G_GNUC_UNUSED)
{
}

G_NORETURN static void
give_up(png_structp png, png_const_charp message)
{
    Sink *sink = png_get_error_ptr(png);
    g_strlcpy(sink->message, message, sizeof sink->message);
    png_longjmp(png, 1);
}

static void
ignore(png_structp png G_GNUC_UNUSED, png_const_charp message G_GNUC_UNUSED)
{
}

static gboolean
write_png(const FgRaster *raster, Sink *sink)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, sink, give_up, ignore);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return FALSE;
    }
    png_set_write_fn(png, sink, append, flush);
    png_set_IHDR(png, info, (png_uint_32)raster->width, (png_uint_32)raster->height, 8,
                 raster->bands == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_write_info(png, info);
    for (int y = 0; y < raster->height; y++)
        png_write_row(png, raster->data + (gsize)y * raster->stride);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return TRUE;
}

GBytes *
fg_encode_png(const FgRaster *raster, GError **error)
{
    Sink sink = {.bytes = g_byte_array_new()};
    if (write_png(raster, &sink))
        return g_byte_array_free_to_bytes(sink.bytes);
    g_byte_array_unref(sink.bytes);
    return fg_throw_null(error, FG_ERROR_ENCODE, "PNG: %s", sink.message);
}
