/* test_decode_odd.c: JPEGs that no camera writes and the standard allows: any sampling of any component, a
 * scan each, identifiers of one's own. */
#include "djpeg.h"
#include "pixels/pixels_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

typedef struct {
    int factors[3][2]; /* across and down */
    gboolean apart;    /* a scan for each component, which then may have more than 10 blocks in all */
    const char *ids;   /* NULL: those of JFIF, with its marker */
    double likeness;   /* to what djpeg shows, in dB, where colours are sharper than luma or blown up */
} Oddity;

static const Oddity oddities[] = {
    {{{3, 1}, {1, 1}, {1, 1}}, FALSE, NULL, 48},    {{{1, 3}, {1, 1}, {1, 1}}, FALSE, NULL, 48},
    {{{2, 2}, {1, 2}, {2, 1}}, FALSE, NULL, 48},    {{{2, 1}, {1, 1}, {2, 1}}, TRUE, NULL, 48},
    {{{1, 2}, {1, 1}, {1, 2}}, TRUE, NULL, 48},     {{{1, 1}, {2, 2}, {1, 1}}, FALSE, NULL, 38},
    {{{2, 1}, {1, 2}, {1, 1}}, FALSE, NULL, 38},    {{{4, 4}, {1, 1}, {1, 1}}, TRUE, NULL, 40},
    {{{4, 4}, {4, 4}, {4, 4}}, TRUE, NULL, 50},     {{{4, 2}, {2, 1}, {1, 2}}, TRUE, NULL, 40},
    {{{2, 2}, {1, 1}, {1, 1}}, TRUE, "321", 48},    {{{2, 2}, {1, 1}, {1, 1}}, FALSE, "abc", 48},
    {{{2, 2}, {1, 1}, {1, 1}}, TRUE, "\1\3\2", 48},
};

static FgRaster *
scene(int width, int height)
{
    FgRaster *raster = fg_raster_new(width, height, 3);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            guint8 *pixel = raster->data + (gsize)y * raster->stride + (gsize)x * 3;
            for (int band = 0; band < 3; band++)
                pixel[band] = (guint8)(128 + 90 * sin((x + 20 * band) / 43.0) * cos((y - 9 * band) / 51.0));
        }
    return raster;
}

static void
set_up(j_compress_ptr jpeg, const FgRaster *raster, const Oddity *oddity, jpeg_scan_info scans[3])
{
    jpeg->image_width = (JDIMENSION)raster->width;
    jpeg->image_height = (JDIMENSION)raster->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, 95, TRUE);
    jpeg->write_JFIF_header = oddity->ids == NULL;
    for (int i = 0; i < 3; i++) {
        jpeg->comp_info[i].h_samp_factor = oddity->factors[i][0];
        jpeg->comp_info[i].v_samp_factor = oddity->factors[i][1];
        if (oddity->ids)
            jpeg->comp_info[i].component_id = oddity->ids[i];
        scans[i] = (jpeg_scan_info){.comps_in_scan = 1, .component_index = {i}, .Se = 63};
    }
    if (oddity->apart) {
        jpeg->scan_info = scans;
        jpeg->num_scans = 3;
    }
}

static GBytes *
written(const FgRaster *raster, const Oddity *oddity)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr manager;
    jpeg_scan_info scans[3];
    guint8 *data = NULL;
    unsigned long length = 0;
    jpeg.err = jpeg_std_error(&manager);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &length);
    set_up(&jpeg, raster, oddity, scans);
    jpeg_start_compress(&jpeg, TRUE);
    for (JSAMPROW row; jpeg.next_scanline < jpeg.image_height;) {
        row = raster->data + (gsize)jpeg.next_scanline * raster->stride;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return g_bytes_new_with_free_func(data, length, free, data);
}

static void
assert_like(GBytes *file, const FgRaster *theirs, int width, int height, double least, gsize oddity)
{
    FgSize size = {width, height, FG_CROP_NONE};
    g_autoptr(GError) error = NULL;
    g_autoptr(FgImage) image = fg_image_open(file, FG_FORMAT_JPEG, 1, &size, &error);
    g_autoptr(FgRaster) ours = image ? fg_image_render(image, &size, &error) : NULL;
    if (!ours)
        fail_msg("oddity %zu: %s", oddity, error->message);
    g_autoptr(FgRaster) small = fg_raster_size(theirs, &size, NULL);
    if (likeness(ours, small) < least)
        fail_msg("oddity %zu, %dx%d: %f dB", oddity, width, height, likeness(ours, small));
}

static void
odd_pictures_come_out_in_every_size_as_djpeg_shows_them(void **state G_GNUC_UNUSED)
{
    static const int sizes[][2] = {{301, 203}, {151, 102}, {76, 51}, {61, 41}, {20, 13}, {1, 1}};
    g_autofree char *folder = fg_scratch();
    g_autoptr(FgRaster) raster = scene(301, 203);
    for (gsize i = 0; i < G_N_ELEMENTS(oddities); i++) {
        g_autoptr(GBytes) file = written(raster, &oddities[i]);
        g_autoptr(FgRaster) theirs = witnessed(file, folder, 301, 203);
        for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++)
            assert_like(file, theirs, sizes[s][0], sizes[s][1], oddities[i].likeness, i);
    }
}

static void
odd_pictures_of_a_few_pixels_are_read_within_their_borders(void **state G_GNUC_UNUSED)
{
    g_autofree char *folder = fg_scratch();
    for (gsize i = 0; i < G_N_ELEMENTS(oddities); i++)
        for (int n = 0; n < 8; n++) {
            int width = n < 4 ? 1 + 8 * n : 1, height = n < 4 ? 1 : 1 + 11 * (n - 4);
            g_autoptr(FgRaster) raster = scene(width, height);
            g_autoptr(GBytes) file = written(raster, &oddities[i]);
            g_autoptr(FgRaster) theirs = witnessed(file, folder, width, height);
            assert_like(file, theirs, width, height, oddities[i].likeness - 10, i);
        }
}

static int
start(void **state G_GNUC_UNUSED)
{
    return fg_pixels_init(NULL) ? 0 : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odd_pictures_come_out_in_every_size_as_djpeg_shows_them),
        cmocka_unit_test(odd_pictures_of_a_few_pixels_are_read_within_their_borders),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
