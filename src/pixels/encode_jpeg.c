/* encode_jpeg.c: JPEG by libjpeg-turbo: JFIF at 72 dpi, optimised Huffman tables, nothing else.
 *
 * Without effort, libjpeg makes all of it. With effort, the levels are ours (quantise.c), and libjpeg codes
 * them.
 *
 * libjpeg leaves an error by longjmp. `write_jpeg`, the one function that calls setjmp, owns nothing that
 * must be freed beside the compressor and its memory destination, and frees both itself; nothing below it
 * holds memory of its own while libjpeg is at work. */
#include "pixels/pixels_private.h"
#include "pixels/quantise_private.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Passes of a progressive file, each with tables of its own: colour early, the rarely used high frequencies
 * apart, the last bit at the end. Smaller than libjpeg's script on photographs. */
static const jpeg_scan_info scans[] = {
    {1, {0}, 0, 0, 0, 0},   {2, {1, 2}, 0, 0, 0, 0}, {1, {0}, 1, 2, 0, 1},  {1, {0}, 3, 9, 0, 1},
    {1, {0}, 10, 63, 0, 1}, {1, {1}, 1, 2, 0, 1},    {1, {2}, 1, 2, 0, 1},  {1, {1}, 3, 63, 0, 1},
    {1, {2}, 3, 63, 0, 1},  {1, {0}, 1, 63, 1, 0},   {1, {1}, 1, 63, 1, 0}, {1, {2}, 1, 63, 1, 0},
};

static void
set_up(j_compress_ptr jpeg, const FgPlanes *planes, const FgEncoding *encoding)
{
    jpeg->image_width = (JDIMENSION)planes->width;
    jpeg->image_height = (JDIMENSION)planes->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_YCbCr;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, encoding->quality, TRUE);
    jpeg->dct_method = JDCT_ISLOW;
    jpeg->optimize_coding = TRUE;
    jpeg->density_unit = 1;
    jpeg->X_density = jpeg->Y_density = 72;
    int sampling = planes->halved ? 2 : 1;
    jpeg->comp_info[0].h_samp_factor = jpeg->comp_info[0].v_samp_factor = sampling;
    if (encoding->progressive) {
        jpeg->scan_info = scans;
        jpeg->num_scans = G_N_ELEMENTS(scans);
    }
}

/* Rows of samples for whole blocks: the last row and the last column of a plane go on to fill them. */
static void
fill_rows(JSAMPARRAY rows, int count, gsize length, const FgRaster *plane, int from)
{
    const gsize width = (gsize)plane->width;
    for (int i = 0; i < count; i++) {
        const guint8 *row = plane->data + (gsize)MIN(from + i, plane->height - 1) * plane->stride;
        memcpy(rows[i], row, width);
        memset(rows[i] + width, row[width - 1], length - width);
    }
}

static void
write_plainly(j_compress_ptr jpeg, const FgPlanes *planes)
{
    JSAMPARRAY rows[3];
    int count[3];
    JDIMENSION length[3];
    jpeg->raw_data_in = TRUE;
    jpeg_start_compress(jpeg, TRUE);
    for (int i = 0; i < 3; i++) {
        count[i] = jpeg->comp_info[i].v_samp_factor * DCTSIZE;
        length[i] = jpeg->comp_info[i].width_in_blocks * DCTSIZE;
        rows[i] = jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, length[i], (JDIMENSION)count[i]);
    }
    for (int band = 0; jpeg->next_scanline < jpeg->image_height; band++) {
        for (int i = 0; i < 3; i++)
            fill_rows(rows[i], count[i], length[i], planes->plane[i], band * count[i]);
        jpeg_write_raw_data(jpeg, rows, (JDIMENSION)count[0]);
    }
}

/* The blocks of one plane: first coefficients, then levels. */
typedef struct {
    const FgRaster *plane;
    int across, down; /* blocks */
    jvirt_barray_ptr blocks;
    int table; /* 0 for Y, 1 for colour */
} Component;

static void
claim(Component *component, j_compress_ptr jpeg, const FgPlanes *planes, int number)
{
    const FgRaster *plane = planes->plane[number];
    *component = (Component){.plane = plane,
                             .across = fg_plane_blocks(plane->width),
                             .down = fg_plane_blocks(plane->height),
                             .table = number > 0};
    /* libjpeg goes through an array in steps of a sampling factor, also where blocks are missing. */
    int factor = jpeg->comp_info[number].h_samp_factor;
    JDIMENSION width = (JDIMENSION)(component->across + component->across % factor);
    JDIMENSION height = (JDIMENSION)(component->down + component->down % factor);
    component->blocks = jpeg->mem->request_virt_barray((j_common_ptr)jpeg, JPOOL_IMAGE, TRUE, width, height,
                                                       (JDIMENSION)factor);
}

static JBLOCKROW
row_of(j_compress_ptr jpeg, const Component *component, int row)
{
    return jpeg->mem->access_virt_barray((j_common_ptr)jpeg, component->blocks, (JDIMENSION)row, 1, TRUE)[0];
}

static void
transform(j_compress_ptr jpeg, const Component *component, const FgSteps *steps, FgCounts *counts)
{
    for (int y = 0; y < component->down; y++) {
        JBLOCKROW row = row_of(jpeg, component, y);
        fg_coefficients(component->plane, y, row);
        for (int x = 0; x < component->across; x++)
            fg_quantise_count(counts, row[x], steps);
    }
}

static void
quantise(j_compress_ptr jpeg, const Component *component, const FgSteps *steps, const FgPrices *prices)
{
    for (int y = 0; y < component->down; y++) {
        JBLOCKROW row = row_of(jpeg, component, y);
        for (int x = 0; x < component->across; x++)
            fg_quantise(row[x], steps, prices);
    }
}

static void
write_thriftily(j_compress_ptr jpeg, const FgPlanes *planes, int quality)
{
    FgSteps steps[2];
    for (int table = 0; table < 2; table++) {
        fg_steps(&steps[table], quality, table > 0);
        unsigned int wide[FG_BLOCK];
        for (int i = 0; i < FG_BLOCK; i++)
            wide[i] = steps[table].step[i];
        jpeg_add_quant_table(jpeg, table, wide, 100, TRUE);
    }
    Component components[3];
    jvirt_barray_ptr blocks[3];
    for (int i = 0; i < 3; i++) {
        claim(&components[i], jpeg, planes, i);
        blocks[i] = components[i].blocks;
    }
    jpeg_write_coefficients(jpeg, blocks); /* allots them; they are read when the file is finished */
    FgCounts counts[2] = {0};
    FgPrices prices[2];
    for (int i = 0; i < 3; i++)
        transform(jpeg, &components[i], &steps[components[i].table], &counts[components[i].table]);
    for (int table = 0; table < 2; table++)
        fg_quantise_price(&prices[table], &counts[table]);
    for (int i = 0; i < 3; i++)
        quantise(jpeg, &components[i], &steps[components[i].table], &prices[components[i].table]);
}

static gboolean
write_jpeg(const FgPlanes *planes, const FgEncoding *encoding, Trouble *trouble)
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
    set_up(&jpeg, planes, encoding);
    if (encoding->effort > 0)
        write_thriftily(&jpeg, planes, encoding->quality);
    else
        write_plainly(&jpeg, planes);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return TRUE;
}

GBytes *
fg_encode_jpeg(const FgPlanes *planes, const FgEncoding *encoding, GError **error)
{
    Trouble trouble = {0};
    if (!write_jpeg(planes, encoding, &trouble))
        return fg_throw_null(error, FG_ERROR_ENCODE, "JPEG: %s", trouble.message);
    return g_bytes_new_with_free_func(trouble.data, trouble.length, free, trouble.data);
}
