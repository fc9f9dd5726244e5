#include "djpeg.h"
#include "pixels/pixels_private.h"
#include "scene.h"

#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

/* Samples of luma for one of colour, across and down: all that cjpeg and cameras write, and a few more. */
static const int samplings[][2] = {{1, 1}, {2, 1}, {1, 2}, {2, 2}, {4, 1}, {1, 4}, {4, 2}};

typedef struct {
    int across, down;
    gboolean progressive;
    int restart_rows;
} Kind;

/* By libjpeg itself, since we write two samplings only. */
static GBytes *
written(const FgRaster *raster, Kind kind)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr manager;
    guint8 *data = NULL;
    unsigned long length = 0;
    jpeg.err = jpeg_std_error(&manager);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &length);
    jpeg.image_width = (JDIMENSION)raster->width;
    jpeg.image_height = (JDIMENSION)raster->height;
    jpeg.input_components = raster->bands;
    jpeg.in_color_space = raster->bands == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 95, TRUE);
    jpeg.comp_info[0].h_samp_factor = kind.across;
    jpeg.comp_info[0].v_samp_factor = kind.down;
    jpeg.restart_in_rows = kind.restart_rows;
    if (kind.progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    for (JSAMPROW row; jpeg.next_scanline < jpeg.image_height;) {
        row = raster->data + (gsize)jpeg.next_scanline * raster->stride;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return g_bytes_new_with_free_func(data, length, free, data);
}

static FgRaster *
rendered(GBytes *file, int width, int height, GError **error)
{
    FgSize size = {width, height, FG_CROP_NONE};
    g_autoptr(FgImage) image = fg_image_open(file, FG_FORMAT_JPEG, 1, &size, error);
    return image ? fg_image_render(image, &size, error) : NULL;
}

static void
the_whole_picture_is_the_one_that_djpeg_shows(void **state G_GNUC_UNUSED)
{
    g_autofree char *folder = fg_scratch();
    g_autoptr(FgRaster) raster = scene(301, 203);
    for (gsize i = 0; i < G_N_ELEMENTS(samplings); i++)
        for (int progressive = 0; progressive < 2; progressive++) {
            Kind kind = {samplings[i][0], samplings[i][1], progressive, 0};
            g_autoptr(GBytes) file = written(raster, kind);
            g_autoptr(FgRaster) theirs = witnessed(file, folder, 301, 203);
            g_autoptr(FgRaster) ours = rendered(file, 301, 203, NULL);
            assert_true(likeness(ours, theirs) > (i == 0 ? 60 : 50));
        }
}

static void
pictures_of_a_few_pixels_come_out_whole(void **state G_GNUC_UNUSED)
{
    g_autofree char *folder = fg_scratch();
    for (gsize i = 0; i < G_N_ELEMENTS(samplings); i++)
        for (int n = 1; n <= 34; n++) {
            int width = n <= 17 ? n : 1 + n % 3 * 9, height = n <= 17 ? 1 + n % 3 * 9 : n - 17;
            g_autoptr(FgRaster) raster = scene(width, height);
            g_autoptr(GBytes) file = written(raster, (Kind){samplings[i][0], samplings[i][1], FALSE, 0});
            g_autoptr(FgRaster) theirs = witnessed(file, folder, width, height);
            g_autoptr(FgRaster) ours = rendered(file, width, height, NULL);
            assert_true(likeness(ours, theirs) > 49);
        }
}

static void
a_fraction_of_each_sampling_is_the_whole_made_smaller(void **state G_GNUC_UNUSED)
{
    const int sizes[][2] = {{301, 203}, {223, 150}, {151, 102}, {101, 68}, {75, 50}, {20, 13}};
    g_autoptr(FgRaster) raster = scene(301, 203);
    for (gsize i = 0; i < G_N_ELEMENTS(samplings); i++) {
        g_autoptr(GBytes) file = written(raster, (Kind){samplings[i][0], samplings[i][1], FALSE, 0});
        for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++) {
            FgSize size = {sizes[s][0], sizes[s][1], FG_CROP_NONE};
            g_autoptr(FgRaster) ours = rendered(file, size.width, size.height, NULL);
            g_autoptr(FgRaster) small = fg_raster_size(raster, &size, NULL);
            assert_true(likeness(ours, small) > 43);
        }
    }
}

/* Red on one half, blue on the other, the same luma: whatever is off centre shows as a lean to one side. */
static FgRaster *
halves(int side, gboolean upright)
{
    FgRaster *raster = fg_raster_new(side, side, 3);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            gboolean first = (upright ? x : y) < side / 2;
            memcpy(raster->data + (gsize)y * raster->stride + (gsize)x * 3,
                   first ? (guint8[]){160, 85, 80} : (guint8[]){80, 97, 240}, 3);
        }
    return raster;
}

static void
colours_stand_where_their_light_stands(void **state G_GNUC_UNUSED)
{
    const int sides[] = {128, 100, 64, 50, 16};
    for (gsize i = 0; i < G_N_ELEMENTS(samplings); i++)
        for (int upright = 0; upright < 2; upright++) {
            g_autoptr(FgRaster) raster = halves(128, upright);
            g_autoptr(GBytes) file = written(raster, (Kind){samplings[i][0], samplings[i][1], FALSE, 0});
            for (gsize s = 0; s < G_N_ELEMENTS(sides); s++) {
                int side = sides[s];
                g_autoptr(FgRaster) ours = rendered(file, side, side, NULL);
                for (int at = 0; at < side; at++) {
                    gsize here = upright ? (gsize)at * 3 : (gsize)at * ours->stride;
                    gsize there =
                        upright ? (gsize)(side - 1 - at) * 3 : (gsize)(side - 1 - at) * ours->stride;
                    assert_in_range(ours->data[here] + ours->data[there], 160 + 80 - 6, 160 + 80 + 6);
                    assert_in_range(ours->data[here + 2] + ours->data[there + 2], 240 + 80 - 6, 240 + 80 + 6);
                }
            }
        }
}

static void
halved_colours_are_the_full_ones_halved(void **state G_GNUC_UNUSED)
{
    const int sizes[][2] = {{301, 203}, {300, 202}, {223, 151}, {150, 101}, {75, 50}, {37, 25}};
    g_autoptr(FgRaster) raster = scene(301, 203);
    for (gsize i = 0; i < G_N_ELEMENTS(samplings); i++) {
        g_autoptr(GBytes) file = written(raster, (Kind){samplings[i][0], samplings[i][1], FALSE, 0});
        for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++) {
            const int width = sizes[s][0], height = sizes[s][1];
            g_autoptr(FgPlanes) full = fg_jpeg_planes(file, 1, width, height, FALSE, NULL);
            g_autoptr(FgPlanes) halved = fg_jpeg_planes(file, 1, width, height, TRUE, NULL);
            assert_memory_equal(full->plane[0]->data, halved->plane[0]->data, (gsize)(width * height));
            for (int plane = 1; plane < 3; plane++) {
                g_autoptr(FgRaster) half = fg_plane_halve(full->plane[plane]);
                assert_true(likeness(half, halved->plane[plane]) > 46);
            }
        }
    }
}

static void
restarts_change_nothing(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = scene(301, 203);
    for (gsize i = 0; i < G_N_ELEMENTS(samplings); i++) {
        Kind kind = {samplings[i][0], samplings[i][1], FALSE, 0};
        g_autoptr(GBytes) plain = written(raster, kind);
        kind.restart_rows = 1;
        g_autoptr(GBytes) restarting = written(raster, kind);
        g_autoptr(FgRaster) one = rendered(plain, 201, 135, NULL);
        g_autoptr(FgRaster) other = rendered(restarting, 201, 135, NULL);
        assert_memory_equal(one->data, other->data, one->stride * 135);
    }
}

static void
a_cut_is_refused_in_every_sampling(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = scene(301, 203);
    for (gsize i = 0; i < G_N_ELEMENTS(samplings); i++)
        for (int way = 0; way < 4; way++) {
            g_autoptr(GBytes) file =
                written(raster, (Kind){samplings[i][0], samplings[i][1], way & 1, way & 2});
            for (gsize percent = 20; percent <= 95; percent += 25) {
                gsize length = g_bytes_get_size(file) * percent / 100;
                g_autoptr(GBytes) cut = g_bytes_new_from_bytes(file, 0, length);
                g_autoptr(GError) error = NULL;
                assert_null(rendered(cut, 100, 67, &error));
                assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
            }
        }
}

static void
grey_is_no_colour(void **state G_GNUC_UNUSED)
{
    g_autoptr(FgRaster) raster = fg_raster_new(97, 61, 1);
    for (gsize i = 0; i < 97 * 61; i++)
        raster->data[i] = (guint8)(i % 97 * 2);
    g_autoptr(GBytes) file = written(raster, (Kind){1, 1, FALSE, 0});
    g_autoptr(FgRaster) ours = rendered(file, 50, 31, NULL);
    for (gsize i = 0; i < 50 * 31; i++)
        assert_true(ours->data[i * 3] == ours->data[i * 3 + 1] && ours->data[i * 3] == ours->data[i * 3 + 2]);
}

static void
a_picture_with_other_bands_than_its_head_had_is_refused(void **state G_GNUC_UNUSED)
{
    for (int bands = 1; bands <= 3; bands += 2) {
        g_autoptr(FgRaster) raster = fg_raster_new(40, 30, bands);
        g_autoptr(GBytes) file = written(raster, (Kind){1, 1, FALSE, 0});
        const FgHead head = {.format = FG_FORMAT_JPEG, .bands = 4 - bands, .planes = bands == 1};
        g_autoptr(GError) error = NULL;
        assert_null(fg_jpeg_decoder.render(file, &head, 1, 40, 30, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_UNSUPPORTED));
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
        cmocka_unit_test(the_whole_picture_is_the_one_that_djpeg_shows),
        cmocka_unit_test(pictures_of_a_few_pixels_come_out_whole),
        cmocka_unit_test(a_fraction_of_each_sampling_is_the_whole_made_smaller),
        cmocka_unit_test(colours_stand_where_their_light_stands),
        cmocka_unit_test(halved_colours_are_the_full_ones_halved),
        cmocka_unit_test(restarts_change_nothing),
        cmocka_unit_test(a_cut_is_refused_in_every_sampling),
        cmocka_unit_test(grey_is_no_colour),
        cmocka_unit_test(a_picture_with_other_bands_than_its_head_had_is_refused),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
