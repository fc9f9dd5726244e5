/* write_jpeg.c: JPEG by libjpeg, with the segments of a camera. */
#include "write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

static void
write_segment(j_compress_ptr jpeg, int marker, const char *signature, gsize signature_length, GBytes *payload)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(payload, &length);
    g_assert(signature_length + length <= 65533);
    jpeg_write_m_header(jpeg, JPEG_APP0 + marker, (unsigned)(signature_length + length));
    for (gsize i = 0; i < signature_length; i++)
        jpeg_write_m_byte(jpeg, signature[i]);
    for (gsize i = 0; i < length; i++)
        jpeg_write_m_byte(jpeg, data[i]);
}

static void
write_planted(j_compress_ptr jpeg, const Canvas *canvas, const Plant *plant)
{
    g_autoptr(GBytes) thumbnail = thumbnail_of(canvas);
    g_autoptr(GBytes) exif = plant_exif(plant, canvas->width, canvas->height, thumbnail);
    g_autofree char *text = plant_xmp(plant, canvas->width, canvas->height);
    g_autoptr(GBytes) xmp = g_bytes_new(text, strlen(text));
    g_autoptr(GBytes) irb = plant_irb(plant);
    write_segment(jpeg, 1, "Exif\0", 6, exif);
    write_segment(jpeg, 1, "http://ns.adobe.com/xap/1.0/", 29, xmp);
    write_segment(jpeg, 13, "Photoshop 3.0", 14, irb);
}

static void
set_up(j_compress_ptr jpeg, int width, int height, JpegKind kind, int quality)
{
    jpeg->image_width = (JDIMENSION)width;
    jpeg->image_height = (JDIMENSION)height;
    jpeg->input_components = kind == JPEG_GREY ? 1 : kind == JPEG_CMYK ? 4 : 3;
    jpeg->in_color_space = kind == JPEG_GREY ? JCS_GRAYSCALE : kind == JPEG_CMYK ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(jpeg);
    if (kind == JPEG_CMYK)
        jpeg_set_colorspace(jpeg, JCS_YCCK);
    jpeg_set_quality(jpeg, quality, TRUE);
    jpeg->write_JFIF_header = FALSE;
    jpeg->optimize_coding = TRUE;
}

static GBytes *
compress(const guint8 *samples, int width, int height, const Canvas *planted_canvas, const Plant *plant,
         JpegKind kind, int quality)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr manager;
    unsigned char *data = NULL;
    unsigned long length = 0;
    jpeg.err = jpeg_std_error(&manager);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &length);
    set_up(&jpeg, width, height, kind, quality);
    jpeg_start_compress(&jpeg, TRUE);
    if (plant)
        write_planted(&jpeg, planted_canvas, plant);
    if (kind == JPEG_P3) {
        g_autoptr(GBytes) profile = display_p3();
        gsize size;
        const guint8 *icc = g_bytes_get_data(profile, &size);
        jpeg_write_icc_profile(&jpeg, icc, (unsigned)size);
    }
    gsize stride = (gsize)width * (gsize)jpeg.input_components;
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = (JSAMPROW)(guintptr)(samples + jpeg.next_scanline * stride);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return g_bytes_new_with_free_func(data, length, free, data);
}

GBytes *
write_jpeg(const Canvas *canvas, const Plant *plant, JpegKind kind, int quality)
{
    g_autofree guint8 *rgb = samples8(canvas, 3);
    gsize count = (gsize)canvas->width * (gsize)canvas->height;
    g_autofree guint8 *inks = kind == JPEG_CMYK ? press_inks(rgb, count) : NULL;
    if (kind == JPEG_GREY)
        for (gsize i = 0; i < count; i++)
            rgb[i] = rgb[i * 3 + 1];
    return compress(inks ? inks : rgb, canvas->width, canvas->height, canvas, plant, kind, quality);
}

GBytes *
thumbnail_of(const Canvas *canvas)
{
    int longest = MAX(canvas->width, canvas->height), step = longest / 160;
    int width = canvas->width / step, height = canvas->height / step;
    g_autofree guint8 *small = g_malloc((gsize)width * (gsize)height * 3);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            Light sum = {0};
            for (int i = 0; i < step * step; i++)
                sum = added(sum, canvas->pixels[(gsize)(y * step + i / step) * (gsize)canvas->width +
                                                (gsize)(x * step + i % step)]);
            guint8 *pixel = small + ((gsize)y * (gsize)width + (gsize)x) * 3;
            float share = 255.0f / (float)(step * step);
            pixel[0] = (guint8)(sum.r * share);
            pixel[1] = (guint8)(sum.g * share);
            pixel[2] = (guint8)(sum.b * share);
        }
    return compress(small, width, height, NULL, NULL, JPEG_RGB, 75);
}
