/* encode_jpeg.c: JPEG by libjpeg-turbo: JFIF at 72 dpi, optimised Huffman tables, nothing else.
 *
 * libjpeg leaves an error by longjmp. `write_jpeg`, the one function that calls setjmp, is one deep, owns
 * nothing that must be freed beside the compressor and its memory destination, and frees both itself. */
#include "pixels/pixels_private.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

typedef struct {
    struct jpeg_error_mgr manager; /* first, so that libjpeg's pointer is ours */
    jmp_buf escape;
    char message[JMSG_LENGTH_MAX];
    unsigned char *data; /* malloc'd by libjpeg; here, so that it has its value after a longjmp */
    unsigned long length;
} Trouble;

G_NORETURN static void
give_up(j_common_ptr jpeg)
{
    Trouble *trouble = (Trouble *)jpeg->err;
    jpeg->err->format_message(jpeg, trouble->message);
    longjmp(trouble->escape, 1);
}

static void
set_up(j_compress_ptr jpeg, const FgRaster *raster, int quality, gboolean full_chroma, gboolean progressive)
{
    jpeg->image_width = (JDIMENSION)raster->width;
    jpeg->image_height = (JDIMENSION)raster->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, quality, TRUE);
    jpeg->dct_method = JDCT_ISLOW;
    jpeg->optimize_coding = TRUE;
    jpeg->density_unit = 1;
    jpeg->X_density = jpeg->Y_density = 72;
    int sampling = full_chroma ? 1 : 2;
    jpeg->comp_info[0].h_samp_factor = jpeg->comp_info[0].v_samp_factor = sampling;
    if (progressive)
        jpeg_simple_progression(jpeg);
}

static gboolean
write_jpeg(const FgRaster *raster, int quality, gboolean full_chroma, gboolean progressive, Trouble *trouble)
{
    struct jpeg_compress_struct jpeg;
    jpeg.err = jpeg_std_error(&trouble->manager);
    trouble->manager.error_exit = give_up;
    if (setjmp(trouble->escape)) {
        jpeg_destroy_compress(&jpeg);
        free(trouble->data);
        return FALSE;
    }
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &trouble->data, &trouble->length);
    set_up(&jpeg, raster, quality, full_chroma, progressive);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = raster->data + jpeg.next_scanline * raster->stride;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return TRUE;
}

GBytes *
fg_encode_jpeg(const FgRaster *raster, int quality, gboolean full_chroma, gboolean progressive,
               GError **error)
{
    Trouble trouble = {0};
    if (!write_jpeg(raster, quality, full_chroma, progressive, &trouble))
        return fg_throw_null(error, FG_ERROR_ENCODE, "JPEG: %s", trouble.message);
    return g_bytes_new_with_free_func(trouble.data, trouble.length, free, trouble.data);
}
