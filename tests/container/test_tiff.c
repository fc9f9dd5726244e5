/* test_tiff.c: TIFF, judged by exiftool and vips. */
#include "container/container.h"
#include "support/fixtures.h"

#include <string.h>

static const char *const files[] = {
    "photos/ImageMagick__input_gray_8bit.tiff",
    "photos/Pillow__12in16bit.tif",
    "photos/Pillow__16bit.MM.deflate.tif",
    "photos/Pillow__hopper_float_dpi_None.tif",
    "photos/Pillow__ifd_tag_type.tiff",
    "photos/exifr__002.tiff",
    "photos/image-rs__fax4.tiff",
    "photos/image-rs__ycbcr_jpeg_8bit.tif",
};

static const guint8 our_exif[] = "II*\0\x08\0\0\0\x01\0\x98\x82\x02\0\x0b\0\0\0\x1a\0\0\0\0\0\0\0(c) Ariane";
static const char our_xmp[] =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    "<rdf:Description rdf:about=\"\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\">"
    "<photoshop:Credit>Ariane</photoshop:Credit></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket "
    "end=\"r\"?>";
static const char our_irb[] = "8BIM\x04\x04\0\0\0\0\0\x12\x1c\x01\x5a\0\x03\x1b%G\x1c\x02\x6e\0\x05iris!";

static gboolean
keep_all(const FgPart *part, gpointer data)
{
    (void)part;
    (void)data;
    return TRUE;
}

static gboolean
keep_profile(const FgPart *part, gpointer data)
{
    (void)data;
    return part->kind == FG_PART_ICC;
}

static FgContainer *
read_bytes(GBytes *file)
{
    g_autoptr(GError) error = NULL;
    FgContainer *container = fg_container_read(file, &error);
    if (!container)
        fail_msg("%s", error->message);
    return container;
}

/* The pixels as vips sees them; NULL when it is not installed. */
static GBytes *
decoded(GBytes *file)
{
    g_autofree char *folder = fg_scratch();
    g_autofree char *in = g_build_filename(folder, "in.tif", NULL),
                    *out = g_build_filename(folder, "out.raw", NULL);
    int status;
    fg_spill(in, file);
    g_autofree char *said = fg_witness(&status, "vips", "rawsave", in, out, NULL);
    if (status == 127)
        return NULL;
    assert_int_equal(status, 0);
    return fg_slurp(out);
}

static void
assert_same_picture(GBytes *before, GBytes *after)
{
    g_autoptr(FgContainer) first = read_bytes(before), second = read_bytes(after);
    g_autofree char *old = fg_container_picture_digest(first), *new = fg_container_picture_digest(second);
    assert_string_equal(old, new);
    assert_int_equal(first->width, second->width);
    assert_int_equal(second->faults->len, 0);
    assert_true(fg_container_verify(second, NULL));
    g_autoptr(GBytes) a = decoded(before), b = a ? decoded(after) : NULL;
    assert_true(!a || g_bytes_equal(a, b));
}

static char *
exiftool(GBytes *file, const char *first, const char *second)
{
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "x.tif", NULL);
    int status;
    fg_spill(path, file);
    char *said = fg_witness(&status, "exiftool", "-s3", "-a", first, second, path, NULL);
    return status == 127 ? NULL : said;
}

/* A picture of vips, with location, notice, IPTC and XMP by exiftool; NULL when one of them is missing. */
static GBytes *
tagged_tiff(const char *order)
{
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "in.tif", NULL);
    g_autofree char *byte_order = g_strdup_printf("-ExifByteOrder=%s", order);
    int status;
    g_autofree char *made = fg_witness(&status, "vips", "gaussnoise", path, "90", "70", NULL);
    if (status)
        return NULL;
    g_autofree char *said =
        fg_witness(&status, "exiftool", "-q", "-overwrite_original", byte_order, "-GPSLatitude=45.3849",
                   "-GPSLatitudeRef=N", "-Artist=Somebody Else", "-Copyright=(c) Somebody Else",
                   "-XMP:Title=Dent de Crolles", "-IPTC:City=Le Sappey", "-SerialNumber=4711-0815",
                   "-ExposureTime=1/250", path, NULL);
    return status ? NULL : fg_slurp(path);
}

static void
the_size_is_the_one_that_exiftool_sees(void **state)
{
    (void)state;
    g_autofree char *path = fg_corpus_path("truth.json");
    if (!path)
        skip();
    g_autoptr(GBytes) text = fg_slurp(path);
    g_autoptr(FgJson) truth = fg_json_parse(g_bytes_get_data(text, NULL), g_bytes_get_size(text), NULL);
    assert_non_null(truth);
    guint seen = 0;
    for (gsize i = 0; i < fg_json_length(truth); i++) {
        FgJson *photo = fg_json_at(truth, i);
        const char *name = fg_json_get_string(photo, "file");
        if (g_strcmp0(fg_json_get_string(photo, "type"), "TIFF") || !g_str_has_prefix(name, "photos/"))
            continue;
        g_autofree char *file_path = fg_corpus_path(name);
        g_autoptr(GBytes) file = fg_slurp(file_path);
        g_autoptr(FgContainer) container = read_bytes(file);
        g_autoptr(FgJson) ours = fg_json_array();
        fg_json_add(ours, fg_json_integer(container->width));
        fg_json_add(ours, fg_json_integer(container->height));
        g_autofree char *expected = fg_json_print(fg_json_get(photo, "size")), *found = fg_json_print(ours);
        assert_string_equal(found, expected);
        assert_true(fg_container_verify(container, NULL));
        seen++;
    }
    assert_true(seen >= 8);
}

static void
real_files_come_out_of_every_rewrite_with_their_pixels(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = fg_corpus_path(files[i]);
        if (!path)
            skip();
        g_autoptr(GBytes) file = fg_slurp(path);
        g_autoptr(FgContainer) container = read_bytes(file);
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) same = fg_container_rewrite(container, keep_all, NULL, NULL, &error);
        assert_true(g_bytes_equal(file, same));
        g_autoptr(GBytes) bare = fg_container_rewrite(container, keep_profile, NULL, NULL, &error);
        if (!bare)
            fail_msg("%s: %s", path, error->message);
        assert_same_picture(file, bare);
        g_autoptr(FgContainer) again = read_bytes(bare);
        g_autoptr(GBytes) second = fg_container_rewrite(again, keep_profile, NULL, NULL, NULL);
        assert_true(g_bytes_equal(bare, second));
    }
}

static void
a_new_notice_leaves_all_other_tags_alone(void **state)
{
    (void)state;
    static const char *const orders[] = {"II", "MM"};
    for (guint i = 0; i < 2; i++) {
        g_autoptr(GBytes) file = tagged_tiff(orders[i]);
        if (!file)
            skip();
        g_autoptr(GBytes) exif = g_bytes_new_static(our_exif, sizeof our_exif);
        g_autoptr(GBytes) xmp = g_bytes_new_static(our_xmp, sizeof our_xmp - 1);
        g_autoptr(GBytes) irb = g_bytes_new_static(our_irb, sizeof our_irb - 1);
        FgDress dress = {.exif = exif, .xmp = xmp, .irb = irb};
        g_autoptr(FgContainer) container = read_bytes(file);
        g_autoptr(GBytes) tagged = fg_container_rewrite(container, keep_all, NULL, &dress, NULL);
        assert_non_null(tagged);
        assert_same_picture(file, tagged);
        assert_false(fg_bytes_hold(tagged, "(c) Somebody Else"));
        assert_false(fg_bytes_hold(tagged, "Dent de Crolles"));
        g_autofree char *ours = exiftool(tagged, "-EXIF:Copyright", "-XMP:Credit");
        assert_string_equal(ours, "(c) Ariane\nAriane\n");
        g_autofree char *theirs = exiftool(tagged, "-EXIF:Artist", "-ExifIFD:SerialNumber");
        assert_string_equal(theirs, "Somebody Else\n4711-0815\n");
        g_autofree char *credit = exiftool(tagged, "-IPTC:Credit", "-IPTC:City");
        assert_true(g_str_has_prefix(credit, "iris!\n"));
        assert_null(strstr(credit, "Sappey"));
        g_autoptr(FgContainer) back = read_bytes(tagged);
        g_autoptr(GBytes) again = fg_container_rewrite(back, keep_all, NULL, &dress, NULL);
        assert_true(g_bytes_equal(tagged, again));
    }
}

static void
a_file_laid_out_anew_holds_our_tags_and_no_other(void **state)
{
    (void)state;
    static const char *const orders[] = {"II", "MM"};
    for (guint i = 0; i < 2; i++) {
        g_autoptr(GBytes) file = tagged_tiff(orders[i]);
        if (!file)
            skip();
        g_autoptr(GBytes) exif = g_bytes_new_static(our_exif, sizeof our_exif);
        g_autoptr(GBytes) xmp = g_bytes_new_static(our_xmp, sizeof our_xmp - 1);
        FgDress dress = {.exif = exif, .xmp = xmp};
        g_autoptr(FgContainer) container = read_bytes(file);
        g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_profile, NULL, &dress, NULL);
        assert_non_null(clean);
        assert_same_picture(file, clean);
        assert_false(fg_bytes_hold(clean, "Somebody"));
        assert_false(fg_bytes_hold(clean, "Sappey"));
        assert_false(fg_bytes_hold(clean, "4711-0815"));
        g_autofree char *location = exiftool(clean, "-GPS*", "-ExifIFD:all");
        assert_string_equal(location, "");
        g_autofree char *ours = exiftool(clean, "-EXIF:Copyright", "-XMP:Credit");
        assert_string_equal(ours, "(c) Ariane\nAriane\n");
    }
}

static void
an_exif_block_is_made_from_nothing(void **state)
{
    (void)state;
    g_autoptr(GBytes) name = g_bytes_new_static("Ariane", 7);
    FgTiffTag tag = {0x013b, 2, name};
    g_autoptr(GBytes) block = fg_tiff_amend(NULL, &tag, 1, NULL);
    assert_non_null(block);
    assert_int_equal(g_bytes_get_size(block), 8 + 2 + 12 + 4 + 8);
    g_autoptr(GBytes) same = fg_tiff_amend(block, &tag, 1, NULL);
    assert_true(g_bytes_equal(block, same));
    tag.value = NULL;
    g_autoptr(GBytes) without = fg_tiff_amend(block, &tag, 1, NULL);
    assert_false(fg_bytes_hold(without, "Ariane"));
}

static void
directories_that_go_in_a_circle_end(void **state)
{
    (void)state;
    static const guint8 circle[] = "II*\0\x08\0\0\0\x01\0\0\x01\x03\0\x01\0\0\0\x10\0\0\0\x08\0\0\0";
    g_autoptr(GBytes) file = g_bytes_new_static(circle, sizeof circle - 1);
    g_autoptr(FgContainer) container = read_bytes(file);
    assert_int_equal(container->width, 16);
    assert_true(container->faults->len >= 1);
    assert_false(fg_container_verify(container, NULL));
}

static void
zeros_at_the_end_of_a_full_segment_are_room(void **state)
{
    (void)state;
    g_autofree guint8 *filled = g_malloc0(65527);
    memcpy(filled, "II*\0\x08\0\0\0\1\0\x0f\1\2\0\6\0\0\0\x20\0\0\0\0\0\0\0", 26);
    memcpy(filled + 0x20, "NIKON", 6);
    g_autoptr(GBytes) block = g_bytes_new(filled, 65527), value = g_bytes_new_static("(c) A B", 8);
    const FgTiffTag tag = {0x8298, 2, value};
    g_autoptr(GBytes) amended = fg_tiff_amend(block, &tag, 1, NULL);
    assert_in_range(g_bytes_get_size(amended), 60, 200);
    assert_memory_equal((const guint8 *)g_bytes_get_data(amended, NULL) + 0x20, "NIKON", 6);
    filled[65526] = 1; /* A last byte that means something keeps all before it. */
    g_autoptr(GBytes) full = g_bytes_new(filled, 65527);
    g_autoptr(GBytes) larger = fg_tiff_amend(full, &tag, 1, NULL);
    assert_true(g_bytes_get_size(larger) > 65527);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        corpus_unit_test(the_size_is_the_one_that_exiftool_sees),
        corpus_unit_test(real_files_come_out_of_every_rewrite_with_their_pixels),
        cmocka_unit_test(a_new_notice_leaves_all_other_tags_alone),
        cmocka_unit_test(a_file_laid_out_anew_holds_our_tags_and_no_other),
        cmocka_unit_test(an_exif_block_is_made_from_nothing),
        cmocka_unit_test(directories_that_go_in_a_circle_end),
        cmocka_unit_test(zeros_at_the_end_of_a_full_segment_are_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
