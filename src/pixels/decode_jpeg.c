/* decode_jpeg.c: JPEG by libjpeg-turbo, row by row.
 *
 * libjpeg leaves a broken picture by longjmp. The two functions that call setjmp, `read_head` and
 * `read_rows`, are one deep, own nothing that must be freed beside the decompressor, and destroy it
 * themselves. */
#include "pixels/pixels_private.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

/* A real progressive photo has about ten scans; each costs a walk over the whole picture. */
#define MOST_SCANS 200

typedef struct {
    struct jpeg_error_mgr manager; /* first, so that libjpeg's pointer is ours */
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    char message[JMSG_LENGTH_MAX];
} Trouble;

G_NORETURN static void
give_up(j_common_ptr jpeg)
{
    Trouble *trouble = (Trouble *)jpeg->err;
    jpeg->err->format_message(jpeg, trouble->message);
    longjmp(trouble->escape, 1);
}

/* Bytes between segments of the header, bytes between the only scan and the end of the picture, and odd
 * application markers harm no pixel and are common in photos of real cameras. Where another scan or a restart
 * follows or went before, such bytes are picture data that lost its place, as is anything else that libjpeg
 * warns of. */
static gboolean
is_harmless(j_common_ptr jpeg)
{
    j_decompress_ptr decompressor = (j_decompress_ptr)jpeg;
    switch (jpeg->err->msg_code) {
    case JWRN_EXTRANEOUS_DATA:
        return decompressor->input_scan_number == 0 ||
               (jpeg->err->msg_parm.i[1] == JPEG_EOI && !jpeg_has_multiple_scans(decompressor));
    case JWRN_JFIF_MAJOR:
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_ICC:
        return TRUE;
    default:
        return FALSE;
    }
}

static void
hear(j_common_ptr jpeg, int level)
{
    if (level < 0 && !is_harmless(jpeg))
        give_up(jpeg);
}

static void
count_scans(j_common_ptr jpeg)
{
    j_decompress_ptr decompressor = (j_decompress_ptr)jpeg;
    if (decompressor->input_scan_number > MOST_SCANS) {
        Trouble *trouble = (Trouble *)jpeg->err;
        g_snprintf(trouble->message, sizeof trouble->message, "more than %d scans", MOST_SCANS);
        longjmp(trouble->escape, 1);
    }
}

/* Lossless, arithmetic and 12-bit JPEG are sound files that few programs read. */
static gboolean
throw_trouble(GError **error, const Trouble *trouble)
{
    int code = trouble->manager.msg_code;
    gboolean rare = code == JERR_BAD_PRECISION || code == JERR_SOF_UNSUPPORTED ||
                    code == JERR_ARITH_NOTIMPL || code == JERR_CONVERSION_NOTIMPL;
    return fg_throw(error, rare ? FG_ERROR_UNSUPPORTED : FG_ERROR_MALFORMED, "JPEG: %s", trouble->message);
}

static void
prepare(j_decompress_ptr jpeg, Trouble *trouble)
{
    jpeg->err = jpeg_std_error(&trouble->manager);
    trouble->manager.error_exit = give_up;
    trouble->manager.emit_message = hear;
    trouble->progress.progress_monitor = count_scans;
}

static FgSpace
space_of(j_decompress_ptr jpeg)
{
    if (jpeg->num_components == 1)
        return FG_SPACE_GREY;
    if (jpeg->num_components == 4)
        return jpeg->saw_Adobe_marker ? FG_SPACE_CMYK_INVERTED : FG_SPACE_CMYK;
    return FG_SPACE_RGB;
}

static gboolean
read_head(GBytes *file, FgFormat format G_GNUC_UNUSED, FgHead *head, GError **error)
{
    struct jpeg_decompress_struct jpeg;
    Trouble trouble = {0};
    prepare(&jpeg, &trouble);
    if (setjmp(trouble.escape)) {
        jpeg_destroy_decompress(&jpeg);
        return throw_trouble(error, &trouble);
    }
    jpeg_create_decompress(&jpeg);
    gsize length;
    const guint8 *data = g_bytes_get_data(file, &length);
    jpeg_mem_src(&jpeg, data, length);
    jpeg_save_markers(&jpeg, JPEG_APP0 + 2, 0xFFFF);
    jpeg_read_header(&jpeg, TRUE);

    head->width = (int)jpeg.image_width;
    head->height = (int)jpeg.image_height;
    head->space = space_of(&jpeg);
    head->bands = head->space == FG_SPACE_GREY ? 1 : head->space == FG_SPACE_RGB ? 3 : 4;
    head->alpha = FALSE;
    JOCTET *profile;
    unsigned profile_length;
    if (jpeg_read_icc_profile(&jpeg, &profile, &profile_length))
        head->icc = g_bytes_new_with_free_func(profile, profile_length, free, profile);
    jpeg_destroy_decompress(&jpeg);
    return TRUE;
}

static gboolean
read_rows(GBytes *file, FgFormat format G_GNUC_UNUSED, int shrink, FgScaler *scaler, GError **error)
{
    struct jpeg_decompress_struct jpeg;
    Trouble trouble = {0};
    prepare(&jpeg, &trouble);
    if (setjmp(trouble.escape)) {
        jpeg_destroy_decompress(&jpeg);
        return throw_trouble(error, &trouble);
    }
    jpeg_create_decompress(&jpeg);
    jpeg.progress = &trouble.progress;
    gsize length;
    const guint8 *data = g_bytes_get_data(file, &length);
    jpeg_mem_src(&jpeg, data, length);
    jpeg_read_header(&jpeg, TRUE);

    jpeg.scale_num = 1;
    jpeg.scale_denom = (unsigned)shrink;
    FgSpace space = space_of(&jpeg);
    jpeg.out_color_space = space == FG_SPACE_GREY  ? JCS_GRAYSCALE
                           : space == FG_SPACE_RGB ? JCS_RGB
                                                   : JCS_CMYK;
    jpeg_start_decompress(&jpeg);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = fg_scaler_room(scaler);
        jpeg_read_scanlines(&jpeg, &row, 1);
        fg_scaler_push(scaler, row);
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    return TRUE;
}

const FgDecoder fg_jpeg_decoder = {read_head, read_rows};
