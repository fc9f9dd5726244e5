/* decode_jpeg.c: JPEG by libjpeg-turbo, row by row.
 *
 * The usual photo, in luma and two colour differences, is scaled in these planes: its colours have mostly
 * fewer samples than its luma, and would first be blown up, only to be weighed three times over.
 *
 * libjpeg leaves a broken picture by longjmp. The functions that call setjmp, `read_head` and `read_picture`,
 * own nothing that must be freed beside the decompressor, which they destroy themselves; the functions under
 * them own nothing at all. */
#include "pixels/pixels_private.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

/* The names that libjpeg's later interfaces have for the same. */
#if JPEG_LIB_VERSION >= 70
#define DCT_scaled_size DCT_v_scaled_size
#define min_DCT_scaled_size min_DCT_v_scaled_size
#endif

/* A real progressive photo has about ten scans; each costs a walk over the whole picture. */
#define MOST_SCANS 200

typedef struct {
    struct jpeg_error_mgr manager; /* first, so that libjpeg's pointer is ours */
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    gboolean endless; /* the file ended before its picture did */
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
    case JWRN_JPEG_EOF: /* libjpeg goes on as if an end mark stood there; what is missing it warns of then. */
        ((Trouble *)jpeg->err)->endless = TRUE;
        return TRUE;
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

/* The next part of a profile (ICC.1, B.4): its number and how many there are, then bytes. */
static gboolean
read_icc_part(const struct jpeg_marker_struct *marker, FgCursor *part, guint8 *number, guint8 *count)
{
    *part = fg_cursor(marker->data, marker->data_length, FG_BIG_ENDIAN);
    return marker->marker == JPEG_APP0 + 2 && fg_cursor_match(part, "ICC_PROFILE", 12) &&
           fg_cursor_u8(part, number) && fg_cursor_u8(part, count);
}

/* The profile, when all of its parts are there, in order and not empty; one that is doubled counts once. NULL
 * when there is none, or when it is in pieces that don't fit. */
static GBytes *
join_icc(j_decompress_ptr jpeg)
{
    FgCursor parts[G_MAXUINT8], part;
    guint8 number, count, all = 0, have = 0;
    for (const struct jpeg_marker_struct *marker = jpeg->marker_list; marker; marker = marker->next) {
        if (!read_icc_part(marker, &part, &number, &count))
            continue;
        gboolean again = number >= 1 && number <= have && count == all &&
                         part.length == parts[number - 1].length &&
                         memcmp(part.data, parts[number - 1].data, part.length) == 0;
        if (again)
            continue;
        if (number != have + 1 || number > count || (have > 0 && count != all) || fg_cursor_left(&part) == 0)
            return NULL;
        all = count;
        parts[have++] = part;
    }
    if (have == 0 || have != all)
        return NULL;
    GByteArray *joined = g_byte_array_new();
    for (guint i = 0; i < have; i++)
        g_byte_array_append(joined, parts[i].data + parts[i].offset, (guint)fg_cursor_left(&parts[i]));
    return g_byte_array_free_to_bytes(joined);
}

static gboolean
read_head(GBytes *file, FgHead *head, GError **error)
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
    head->planes = jpeg.jpeg_color_space == JCS_YCbCr;
    head->icc = join_icc(&jpeg);
    head->stated = head->icc != NULL;
    jpeg_destroy_decompress(&jpeg);
    return TRUE;
}

/* ---- The picture ---- */

/* In what it arrives, and in what size it is wanted. Lives outside of all setjmp. */
typedef struct {
    int shrink, width, height;
    int bands; /* as its head had them: a file that somebody writes to may have others now */
    gboolean in_planes, halved;
    FgScaler *rows;      /* of whole pixels, or … */
    FgScaler *planes[3]; /* … of a plane each */
} Target;

static void
target_clear(Target *target)
{
    fg_scaler_free(target->rows);
    for (int i = 0; i < 3; i++)
        fg_scaler_free(target->planes[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Target, target_clear)

static void
pull_rows(j_decompress_ptr jpeg, Target *target)
{
    const int width = (int)jpeg->output_width, height = (int)jpeg->output_height;
    const int bands = jpeg->output_components;
    target->rows = fg_scaler_new(width, height, bands, FALSE, target->width, target->height);
    JSAMPARRAY row =
        jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, jpeg->output_width * (JDIMENSION)bands, 1);
    while (jpeg->output_scanline < jpeg->output_height) {
        jpeg_read_scanlines(jpeg, row, 1);
        fg_scaler_push(target->rows, *row);
    }
}

/* How many samples of a plane stand on one pixel of the stored picture, for a sampling factor of it and the
 * largest of all: 8 of them were one block. */
static double
density(const jpeg_component_info *plane, int factor, int largest)
{
    return (double)(factor * plane->DCT_scaled_size) / (largest * DCTSIZE);
}

static FgScaler *
new_plane(j_decompress_ptr jpeg, int number, const Target *target)
{
    const jpeg_component_info *plane = &jpeg->comp_info[number];
    const gboolean few = number > 0 && target->halved;
    double across = density(plane, plane->h_samp_factor, jpeg->max_h_samp_factor) * jpeg->image_width;
    double down = density(plane, plane->v_samp_factor, jpeg->max_v_samp_factor) * jpeg->image_height;
    return fg_scaler_new_plane(
        (int)plane->downsampled_width, (int)plane->downsampled_height,
        across * fg_plane_reach(target->width, few), down * fg_plane_reach(target->height, few),
        fg_plane_samples(target->width, few), fg_plane_samples(target->height, few), few);
}

/* Samples come in rows of blocks, with what fills the last blocks beyond the border. */
static void
pull_planes(j_decompress_ptr jpeg, Target *target)
{
    JSAMPARRAY samples[3];
    JDIMENSION lines[3], all = (JDIMENSION)(jpeg->max_v_samp_factor * jpeg->min_DCT_scaled_size);
    for (int i = 0; i < 3; i++) {
        const jpeg_component_info *plane = &jpeg->comp_info[i];
        lines[i] = (JDIMENSION)(plane->v_samp_factor * plane->DCT_scaled_size);
        samples[i] =
            jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE,
                                    plane->width_in_blocks * (JDIMENSION)plane->DCT_scaled_size, lines[i]);
        target->planes[i] = new_plane(jpeg, i, target);
    }
    for (JDIMENSION band = 0; jpeg->output_scanline < jpeg->output_height; band++) {
        jpeg_read_raw_data(jpeg, samples, all);
        for (int i = 0; i < 3; i++) {
            JDIMENSION left = jpeg->comp_info[i].downsampled_height - band * lines[i];
            for (JDIMENSION y = 0; y < MIN(lines[i], left); y++)
                fg_scaler_push(target->planes[i], samples[i][y]);
        }
    }
}

/* No warning tells of scans that are missing as a whole: a plane that none had, or bits of coefficients that
 * a later one was to bring (T.81 §G.1.1.1). */
static gboolean
has_all_scans(j_decompress_ptr jpeg)
{
    /* Behind the end of its data the arithmetic decoder goes on with zeros and warns of nothing. */
    if (jpeg->arith_code)
        return FALSE;
    for (int i = 0; i < jpeg->num_components; i++) {
        if (!jpeg->comp_info[i].quant_table)
            return FALSE;
        for (int k = 0; jpeg->progressive_mode && k < DCTSIZE2; k++)
            if (jpeg->coef_bits[i][k] != 0)
                return FALSE;
    }
    return TRUE;
}

static gboolean
read_picture(GBytes *file, Target *target, GError **error)
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
    if (jpeg.num_components != target->bands)
        ERREXIT(&jpeg, JERR_CONVERSION_NOTIMPL);

    jpeg.scale_num = 1;
    jpeg.scale_denom = (unsigned)target->shrink;
    FgSpace space = space_of(&jpeg);
    jpeg.raw_data_out = target->in_planes;
    jpeg.out_color_space = space == FG_SPACE_GREY  ? JCS_GRAYSCALE
                           : space == FG_SPACE_RGB ? JCS_RGB
                                                   : JCS_CMYK;
    jpeg_start_decompress(&jpeg);
    if (jpeg.raw_data_out)
        pull_planes(&jpeg, target);
    else
        pull_rows(&jpeg, target);
    /* Where there are several scans, all were read before the first row came. */
    if (trouble.endless && !has_all_scans(&jpeg))
        ERREXIT(&jpeg, JERR_INPUT_EOF);
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    return TRUE;
}

FgPlanes *
fg_jpeg_planes(GBytes *file, int shrink, int width, int height, gboolean halved, GError **error)
{
    g_auto(Target) target = {
        .shrink = shrink, .width = width, .height = height, .bands = 3, .in_planes = TRUE, .halved = halved};
    if (!read_picture(file, &target, error))
        return NULL;
    FgPlanes *planes = g_new(FgPlanes, 1);
    *planes = (FgPlanes){.width = width, .height = height, .halved = halved};
    for (int i = 0; i < 3; i++)
        planes->plane[i] = fg_scaler_take(target.planes[i]);
    return planes;
}

static FgRaster *
render(GBytes *file, const FgHead *head, int shrink, int width, int height, GError **error)
{
    if (head->planes) {
        g_autoptr(FgPlanes) planes = fg_jpeg_planes(file, shrink, width, height, FALSE, error);
        return planes ? fg_planes_to_rgb(planes) : NULL;
    }
    g_auto(Target) target = {.shrink = shrink, .width = width, .height = height, .bands = head->bands};
    return read_picture(file, &target, error) ? fg_scaler_take(target.rows) : NULL;
}

const FgDecoder fg_jpeg_decoder = {read_head, render};
