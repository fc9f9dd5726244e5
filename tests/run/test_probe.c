#include "run/tiny.h"

#include <glib/gstdio.h>

/* Probes one file that holds these bytes (taken). */
static FgPhoto *
probed(const char *folder, const char *name, GBytes *bytes)
{
    g_autoptr(GPtrArray) photos = g_ptr_array_new();
    FgPhoto *photo = tiny_photo(folder, name, bytes);
    g_ptr_array_add(photos, photo);
    g_autoptr(GError) error = NULL;
    assert_true(fg_probe(photos, tiny_limits(), NULL, NULL, &error));
    return photo;
}

/* The picture with an EXIF block that says only how it is turned. */
static GBytes *
turned(GBytes *picture_taken, guint8 orientation)
{
    g_autoptr(GBytes) picture = picture_taken;
    const guint8 tiff[] = {'M', 'M', 0, 42, 0, 0, 0,           8, 0, 1, 0x01, 0x12, 0,
                           3,   0,   0, 0,  1, 0, orientation, 0, 0, 0, 0,    0,    0};
    g_autoptr(GBytes) exif = g_bytes_new(tiff, sizeof tiff);
    const FgDress dress = {.exif = exif};
    GBytes *dressed = fg_container_dress(picture, FG_FORMAT_JPEG, &dress, NULL);
    assert_non_null(dressed);
    return dressed;
}

static void
a_header_says_format_and_size(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autoptr(FgPhoto) photo = probed(folder, "a.jpg", tiny_picture(120, 80, 1));
    assert_null(photo->error);
    assert_null(photo->stage);
    assert_int_equal(photo->format, FG_FORMAT_JPEG);
    assert_int_equal(photo->width, 120);
    assert_int_equal(photo->height, 80);
    assert_int_equal(photo->orientation, 1);
    struct stat info;
    assert_int_equal(stat(photo->path, &info), 0);
    assert_int_equal(photo->size, info.st_size);
    assert_int_equal(photo->inode, info.st_ino);
    assert_int_equal(photo->mtime_ns % 1000000000, info.st_mtim.tv_nsec);
}

static void
a_turned_photo_has_the_size_that_is_seen(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autoptr(FgPhoto) photo = probed(folder, "a.jpg", turned(tiny_picture(120, 80, 1), 6));
    assert_null(photo->error);
    assert_int_equal(photo->orientation, 6);
    assert_int_equal(photo->width, 80);
    assert_int_equal(photo->height, 120);
}

static void
what_is_no_photo_fails_alone_and_says_where(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autoptr(GPtrArray) photos = tiny_photos();
    g_ptr_array_add(photos,
                    tiny_photo(folder, "text.jpg", g_bytes_new("no picture at all, but some words", 33)));
    g_ptr_array_add(photos, tiny_photo(folder, "good.jpg", tiny_picture(20, 10, 1)));
    g_ptr_array_add(photos, fg_photo_new("/nonexistent/photo.jpg", "photo.jpg"));
    g_ptr_array_add(photos, fg_photo_new(folder, "folder"));
    g_autoptr(GError) error = NULL;
    assert_true(fg_probe(photos, tiny_limits(), NULL, NULL, &error));
    const FgPhoto *text = photos->pdata[0], *good = photos->pdata[1], *missing = photos->pdata[2],
                  *place = photos->pdata[3];
    assert_true(g_error_matches(text->error, FG_ERROR, FG_ERROR_UNSUPPORTED));
    assert_string_equal(text->stage, "probe");
    assert_null(good->error);
    assert_true(g_error_matches(missing->error, FG_ERROR, FG_ERROR_UNREADABLE));
    assert_string_equal(missing->stage, "read");
    assert_true(g_error_matches(place->error, FG_ERROR, FG_ERROR_UNREADABLE));
}

static void
a_photo_over_a_limit_is_refused_by_its_header(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autoptr(GPtrArray) photos = tiny_photos();
    g_ptr_array_add(photos, tiny_photo(folder, "a.jpg", tiny_picture(120, 80, 1)));
    FgLimits few_pixels = *tiny_limits(), few_bytes = *tiny_limits();
    few_pixels.pixels = 9599;
    few_bytes.bytes = 100;
    FgPhoto *photo = photos->pdata[0];
    assert_true(fg_probe(photos, &few_pixels, NULL, NULL, NULL));
    assert_true(g_error_matches(photo->error, FG_ERROR, FG_ERROR_LIMIT));
    assert_string_equal(photo->stage, "probe");
    assert_true(fg_probe(photos, &few_bytes, NULL, NULL, NULL));
    assert_true(g_error_matches(photo->error, FG_ERROR, FG_ERROR_LIMIT));
    assert_string_equal(photo->stage, "read");
    assert_true(fg_probe(photos, tiny_limits(), NULL, NULL, NULL));
    assert_null(photo->error);
}

/* Which limit, and where it stands. */
static const struct {
    const char *name;
    gsize offset;
} blocks[] = {
    {"limits.exif", offsetof(FgLimits, exif)},
    {"limits.xmp", offsetof(FgLimits, xmp)},
    {"limits.icc", offsetof(FgLimits, icc)},
};

static GBytes *
padded(const char *start, gsize size)
{
    guint8 *data = g_malloc0(size);
    memcpy(data, start, strlen(start));
    return g_bytes_new_take(data, size);
}

/* A small picture of any format with one block (an index of `blocks`) of this size. */
static GBytes *
weighted(FgFormat format, guint block, gsize size)
{
    g_autoptr(FgRaster) raster = fg_raster_new(16, 16, 3);
    const FgEncoding encoding = {.format = format, .quality = 80, .effort = -1};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) naked = fg_encode(raster, &encoding, &error);
    assert_non_null(naked);
    g_autoptr(GBytes) bytes = padded(block == 0 ? "MM\0*" : "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", size);
    FgDress dress = {0};
    *(block == 0 ? &dress.exif : block == 1 ? &dress.xmp : &dress.icc) = bytes;
    GBytes *dressed = fg_container_dress(naked, format, &dress, &error);
    assert_non_null(dressed);
    return dressed;
}

static void
probe_with(FgPhoto *photo, guint block, guint64 limit)
{
    g_autoptr(GPtrArray) photos = g_ptr_array_new();
    g_ptr_array_add(photos, photo);
    FgLimits limits = *tiny_limits();
    *(guint64 *)(void *)((guint8 *)&limits + blocks[block].offset) = limit;
    assert_true(fg_probe(photos, &limits, NULL, NULL, NULL));
}

static void
a_block_over_its_limit_is_refused_in_every_container(void **state)
{
    (void)state;
    static const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    const gsize size = 3000;
    g_autofree char *folder = fg_scratch();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
        for (guint block = 0; block < G_N_ELEMENTS(blocks); block++) {
            if (formats[i] == FG_FORMAT_AVIF && block == 2)
                continue; /* Ours never has one: its colours are numbers. */
            g_autoptr(FgPhoto) photo = tiny_photo(folder, "a", weighted(formats[i], block, size));
            probe_with(photo, block, size);
            assert_null(photo->error);
            probe_with(photo, block, size - 1);
            assert_true(g_error_matches(photo->error, FG_ERROR, FG_ERROR_LIMIT));
            assert_string_equal(photo->stage, "probe");
            assert_non_null(strstr(photo->error->message, " 3000 bytes, the limit is 2999"));
            assert_non_null(strstr(photo->error->message, blocks[block].name));
        }
}

static const char sidecar[] =
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title><rdf:Alt>"
    "<rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>";

static void
put_sidecar(const char *folder, const char *name, const char *title)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *text = g_strdup_printf(sidecar, title);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
a_sidecar_gives_the_title(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    put_sidecar(folder, "a.xmp", "by stem");
    g_autoptr(FgPhoto) stem = probed(folder, "a.jpg", tiny_picture(20, 10, 1));
    assert_null(stem->error);
    assert_string_equal(stem->facts->title, "by stem");
    put_sidecar(folder, "a.jpg.xmp", "by name");
    g_autoptr(FgPhoto) name = probed(folder, "a.jpg", tiny_picture(20, 10, 1));
    assert_string_equal(name->facts->title, "by name");
    g_autoptr(FgPhoto) other = probed(folder, "b.jpg", tiny_picture(20, 10, 1));
    assert_null(other->facts->title);
}

static void
a_sidecar_that_is_none_is_named(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a.xmp", NULL);
    assert_true(g_file_set_contents(path, "<not xmp", -1, NULL));
    g_autoptr(FgPhoto) photo = probed(folder, "a.jpg", tiny_picture(20, 10, 1));
    assert_true(g_str_has_prefix(photo->error->message, "its sidecar a.xmp: "));
    assert_true(g_error_matches(photo->error, FG_ERROR, FG_ERROR_SIDECAR));
}

static void
a_sidecar_over_the_limit_of_xmp_is_not_passed_over(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    put_sidecar(folder, "a.xmp", "a title");
    g_autoptr(FgPhoto) photo = tiny_photo(folder, "a.jpg", tiny_picture(20, 10, 1));
    probe_with(photo, 1, strlen(sidecar) + strlen("a title") - strlen("%s"));
    assert_null(photo->error);
    assert_string_equal(photo->facts->title, "a title");
    probe_with(photo, 1, strlen(sidecar) + strlen("a title") - strlen("%s") - 1);
    assert_true(g_error_matches(photo->error, FG_ERROR, FG_ERROR_LIMIT));
    assert_true(g_str_has_prefix(photo->error->message, "its sidecar a.xmp has "));
    assert_true(g_str_has_suffix(photo->error->message, "(limits.xmp)"));
}

static void
what_leaks_is_listed_once_and_sorted(void **state)
{
    (void)state;
    g_autofree char *path = fg_corpus_path("photos"), *folder = fg_scratch();
    g_autoptr(GDir) photos = path ? g_dir_open(path, 0, NULL) : NULL;
    if (!photos)
        skip();
    gboolean located = FALSE;
    const char *name;
    for (guint i = 0; i < 40 && (name = g_dir_read_name(photos)); i++) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        if (!g_file_test(file, G_FILE_TEST_IS_REGULAR))
            continue;
        g_autoptr(FgPhoto) photo = probed(folder, name, fg_slurp(file));
        for (guint k = 0; photo->removed && k < photo->removed->len; k++) {
            located |= g_str_equal(photo->removed->pdata[k], "location.gps");
            assert_true(k == 0 || strcmp(photo->removed->pdata[k - 1], photo->removed->pdata[k]) < 0);
        }
    }
    assert_true(located);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_says_format_and_size),
        cmocka_unit_test(a_turned_photo_has_the_size_that_is_seen),
        cmocka_unit_test(what_is_no_photo_fails_alone_and_says_where),
        cmocka_unit_test(a_photo_over_a_limit_is_refused_by_its_header),
        cmocka_unit_test(a_block_over_its_limit_is_refused_in_every_container),
        cmocka_unit_test(a_sidecar_gives_the_title),
        cmocka_unit_test(a_sidecar_that_is_none_is_named),
        cmocka_unit_test(a_sidecar_over_the_limit_of_xmp_is_not_passed_over),
        corpus_unit_test(what_leaks_is_listed_once_and_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
