/* test_heif.c: HEIC and AVIF, judged by heif-info, heif-convert, exiftool and exiv2. */
#include "container/container.h"
#include "support/fixtures.h"

#include <string.h>

static const char *const camera_files[] = {
    "photos/immich__IMG_2682.heic",
    "photos/immich__samsung-one-ui-6.heic",
    "photos/metadata-extractor-images__IMG_2927.HEIC",
    "photos/metadata-extractor-images__Issue_263_dotnet.heic",
    "photos/libavif__paris_icc_exif_xmp.avif",
    "photos/imagemeta__sunrise.avif",
    "photos/Pillow__exif.avif",
    "photos/avif-sample-images__plum-blossom-large.profile2.12bpc.yuv420.alpha-full.avif",
};

/* A TIFF stream with nothing but a notice. */
static const guint8 our_exif[] = "II*\0\x08\0\0\0\x01\0\x98\x82\x02\0\x0a\0\0\0\x1a\0\0\0\0\0\0\0(c) Ariane";
static const char our_xmp[] =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    "<rdf:Description rdf:about=\"\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\">"
    "<photoshop:Credit>Ariane</photoshop:Credit></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket "
    "end=\"r\"?>";

static GBytes *
exif_block(void)
{
    return g_bytes_new_static(our_exif, sizeof our_exif);
}

static GBytes *
xmp_block(void)
{
    return g_bytes_new_static(our_xmp, sizeof our_xmp - 1);
}

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

static gboolean
holds(GBytes *file, GBytes *needle)
{
    gsize length, wanted;
    const void *data = g_bytes_get_data(file, &length), *sought = g_bytes_get_data(needle, &wanted);
    return memmem(data, length, sought, wanted) != NULL;
}

/* The pixels as heif-convert sees them; NULL when it is not installed. */
static GBytes *
decoded(GBytes *file)
{
    g_autofree char *folder = fg_scratch();
    g_autofree char *in = g_build_filename(folder, "in.heic", NULL);
    g_autofree char *out = g_build_filename(folder, "out.y4m", NULL);
    int status;
    fg_spill(in, file);
    g_autofree char *said = fg_witness(&status, "heif-convert", in, out, NULL);
    if (status == 127)
        return NULL;
    assert_int_equal(status, 0);
    return fg_slurp(out);
}

static void
assert_same_pixels(GBytes *before, GBytes *after)
{
    g_autoptr(GBytes) first = decoded(before);
    g_autoptr(GBytes) second = first ? decoded(after) : NULL;
    if (!first)
        return;
    assert_true(g_bytes_get_size(first) > 0);
    assert_true(g_bytes_equal(first, second));
}

static void
assert_same_picture(const FgContainer *before, const FgContainer *after)
{
    g_autofree char *first = fg_container_picture_digest(before);
    g_autofree char *second = fg_container_picture_digest(after);
    assert_string_equal(first, second);
    assert_int_equal(before->width, after->width);
    assert_int_equal(before->height, after->height);
    assert_int_equal(before->orientation, after->orientation);
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
        FgJson *photo = fg_json_at(truth, i), *size = fg_json_get(photo, "size");
        const char *type = fg_json_get_string(photo, "type"), *name = fg_json_get_string(photo, "file");
        if (g_strcmp0(type, "HEIC") && g_strcmp0(type, "AVIF"))
            continue;
        g_autofree char *file_path = fg_corpus_path(name);
        if (!file_path)
            continue;
        g_autoptr(GBytes) file = fg_slurp(file_path);
        g_autoptr(FgContainer) container = read_bytes(file);
        g_autoptr(FgJson) ours = fg_json_array();
        fg_json_add(ours, fg_json_integer(container->width));
        fg_json_add(ours, fg_json_integer(container->height));
        g_autofree char *expected = fg_json_print(size), *found = fg_json_print(ours);
        assert_string_equal(found, expected);
        assert_true(container->complete);
        assert_int_equal(container->faults->len, 0);
        seen++;
    }
    assert_true(seen >= 10);
}

static void
turns_and_mirrors_are_one_orientation(void **state)
{
    (void)state;
    g_autofree char *mirrored = fg_corpus_path("photos/Pillow__rot2mir1.avif");
    g_autofree char *turned = fg_corpus_path("photos/immich__samsung-one-ui-6.heic");
    if (!mirrored || !turned)
        skip();
    g_autoptr(GBytes) first = fg_slurp(mirrored), second = fg_slurp(turned);
    g_autoptr(FgContainer) a = read_bytes(first), b = read_bytes(second);
    assert_int_equal(a->orientation, 4); /* imir 0 alone: top and bottom change places */
    assert_int_equal(b->orientation, 6); /* irot 3: three quarters anticlockwise */
}

static void
a_rewrite_that_changes_nothing_gives_the_same_bytes(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(camera_files); i++) {
        g_autofree char *path = fg_corpus_path(camera_files[i]);
        if (!path)
            skip();
        g_autoptr(GBytes) file = fg_slurp(path);
        g_autoptr(FgContainer) container = read_bytes(file);
        g_autoptr(GBytes) same = fg_container_rewrite(container, keep_all, NULL, NULL, NULL);
        assert_non_null(same);
        assert_true(g_bytes_equal(file, same));
    }
}

static void
what_is_dropped_is_gone_from_the_file_and_the_picture_is_not(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(camera_files); i++) {
        g_autofree char *path = fg_corpus_path(camera_files[i]);
        if (!path)
            skip();
        g_autoptr(GBytes) file = fg_slurp(path);
        g_autoptr(FgContainer) container = read_bytes(file);
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) bare = fg_container_rewrite(container, keep_profile, NULL, NULL, &error);
        if (!bare)
            fail_msg("%s: %s", path, error->message);
        g_autoptr(FgContainer) left = read_bytes(bare);
        for (guint j = 0; j < left->parts->len; j++) {
            const FgPart *part = left->parts->pdata[j];
            if (part->kind != FG_PART_PICTURE && part->kind != FG_PART_ICC)
                fail_msg("%s: %s stayed", path, part->where);
        }
        for (guint j = 0; j < container->parts->len; j++) {
            const FgPart *part = container->parts->pdata[j];
            if (part->kind == FG_PART_PICTURE || part->kind == FG_PART_ICC || !part->bytes ||
                g_bytes_get_size(part->bytes) < 32)
                continue;
            if (holds(bare, part->bytes))
                fail_msg("%s: the bytes of %s are still there", path, part->where);
        }
        assert_same_picture(container, left);
        if (i == 0 || container->width < 2000)
            assert_same_pixels(file, bare);
        g_autoptr(GBytes) again = fg_container_rewrite(left, keep_profile, NULL, NULL, NULL);
        assert_true(g_bytes_equal(bare, again));
    }
}

static void
our_blocks_replace_those_of_a_camera(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(camera_files); i++) {
        g_autofree char *path = fg_corpus_path(camera_files[i]);
        if (!path)
            skip();
        g_autoptr(GBytes) file = fg_slurp(path), exif = exif_block(), xmp = xmp_block();
        g_autoptr(FgContainer) container = read_bytes(file);
        const FgPart *old = fg_container_find(container, FG_PART_EXIF);
        FgDress dress = {.exif = exif, .xmp = xmp};
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) tagged = fg_container_rewrite(container, keep_all, NULL, &dress, &error);
        if (!tagged)
            fail_msg("%s: %s", path, error->message);
        if (old && old->bytes)
            assert_false(holds(tagged, old->bytes));
        g_autoptr(FgContainer) back = read_bytes(tagged);
        assert_true(g_bytes_equal(fg_container_find(back, FG_PART_EXIF)->bytes, exif));
        assert_same_picture(container, back);
        if (container->width < 2000)
            assert_same_pixels(file, tagged);

        g_autofree char *folder = fg_scratch(), *out = g_build_filename(folder, "out.heic", NULL);
        fg_spill(out, tagged);
        int status;
        g_autofree char *said =
            fg_witness(&status, "exiftool", "-s3", "-EXIF:Copyright", "-XMP:Credit", out, NULL);
        if (status != 127)
            assert_string_equal(said, "(c) Ariane\nAriane\n");
        g_autofree char *info = fg_witness(&status, "heif-info", out, NULL);
        assert_true(status == 127 || status == 0);
        g_autoptr(GBytes) again = fg_container_rewrite(back, keep_all, NULL, &dress, NULL);
        assert_true(g_bytes_equal(tagged, again));
    }
}

/* A small picture encoded by heif-enc with no metadata; NULL when that can't be had. */
static GBytes *
naked_avif(void)
{
    g_autofree char *folder = fg_scratch();
    g_autofree char *in = g_build_filename(folder, "in.png", NULL),
                    *out = g_build_filename(folder, "out.avif", NULL);
    int status;
    g_autofree char *made = fg_witness(&status, "vips", "black", in, "67", "45", "--bands", "3", NULL);
    if (status)
        return NULL;
    g_autofree char *said = fg_witness(&status, "heif-enc", "-A", "-o", out, in, NULL);
    return status ? NULL : fg_slurp(out);
}

static void
a_naked_avif_is_dressed_so_that_others_read_it(void **state)
{
    (void)state;
    g_autoptr(GBytes) naked = naked_avif();
    if (!naked)
        skip();
    g_autoptr(GBytes) exif = exif_block(), xmp = xmp_block();
    FgDress dress = {.exif = exif, .xmp = xmp};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) dressed = fg_container_dress(naked, FG_FORMAT_AVIF, &dress, &error);
    assert_non_null(dressed);
    g_autoptr(FgContainer) before = read_bytes(naked), after = read_bytes(dressed);
    assert_same_picture(before, after);
    assert_same_pixels(naked, dressed);
    assert_int_equal(after->width, 67);
    const FgPart *packet = fg_container_find(after, FG_PART_XMP);
    assert_non_null(packet);
    assert_memory_equal(g_bytes_get_data(packet->bytes, NULL), "<x:xmpmeta", 10);

    g_autofree char *folder = fg_scratch(), *out = g_build_filename(folder, "out.avif", NULL);
    fg_spill(out, dressed);
    int status;
    g_autofree char *said =
        fg_witness(&status, "exiftool", "-s3", "-EXIF:Copyright", "-XMP:Credit", out, NULL);
    if (status != 127)
        assert_string_equal(said, "(c) Ariane\nAriane\n");
    g_autofree char *exiv = fg_witness(&status, "exiv2", "-PEXv", out, NULL);
    if (status == 0)
        assert_non_null(strstr(exiv, "(c) Ariane"));
    g_autofree char *info = fg_witness(&status, "heif-info", out, NULL);
    if (status != 127)
        assert_non_null(strstr(info, "Exif"));
}

static void
a_cut_file_is_known_to_be_cut(void **state)
{
    (void)state;
    g_autoptr(GBytes) naked = naked_avif();
    if (!naked)
        skip();
    gsize length = g_bytes_get_size(naked);
    g_autoptr(FgContainer) whole = read_bytes(naked);
    assert_true(fg_container_verify(whole, NULL));
    for (gsize cut = 1; cut < MIN(length, 60); cut += 7) {
        g_autoptr(GBytes) part = g_bytes_new_from_bytes(naked, 0, length - cut);
        g_autoptr(GError) error = NULL;
        g_autoptr(FgContainer) container = fg_container_read(part, &error);
        if (container)
            assert_false(fg_container_verify(container, &error));
        assert_int_equal(error->code, FG_ERROR_MALFORMED);
    }
}

static void
data_that_nothing_refers_to_is_found_and_goes(void **state)
{
    (void)state;
    g_autoptr(GBytes) naked = naked_avif();
    if (!naked)
        skip();
    static const char hidden[] = "....mdatlatitude 45.3849 longitude 5.6812";
    static const char behind[] = "\0\0\0\x20mpvdftypmp42 a short motion ";
    GByteArray *stuffed = g_byte_array_new();
    gsize length;
    const guint8 *data = g_bytes_get_data(naked, &length);
    g_byte_array_append(stuffed, data, (guint)length);
    guint at = stuffed->len;
    g_byte_array_append(stuffed, (const guint8 *)hidden, sizeof hidden - 1);
    memcpy(stuffed->data + at, "\0\0\0\x29", 4);
    g_byte_array_append(stuffed, (const guint8 *)behind, sizeof behind - 1);
    g_autoptr(GBytes) file = g_byte_array_free_to_bytes(stuffed);
    g_autoptr(FgContainer) container = read_bytes(file);
    const FgPart *orphan = fg_container_find(container, FG_PART_PRIVATE);
    assert_non_null(orphan);
    assert_string_equal(orphan->name, "unreferenced data");
    assert_non_null(fg_container_find(container, FG_PART_TRAILER));
    g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_profile, NULL, NULL, NULL);
    g_autoptr(GBytes) place = g_bytes_new_static("longitude 5.6812", 16);
    assert_true(holds(file, place));
    assert_false(holds(clean, place));
    assert_same_pixels(naked, clean);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        corpus_unit_test(the_size_is_the_one_that_exiftool_sees),
        corpus_unit_test(turns_and_mirrors_are_one_orientation),
        corpus_unit_test(a_rewrite_that_changes_nothing_gives_the_same_bytes),
        corpus_unit_test(what_is_dropped_is_gone_from_the_file_and_the_picture_is_not),
        corpus_unit_test(our_blocks_replace_those_of_a_camera),
        cmocka_unit_test(a_naked_avif_is_dressed_so_that_others_read_it),
        cmocka_unit_test(a_cut_file_is_known_to_be_cut),
        cmocka_unit_test(data_that_nothing_refers_to_is_found_and_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
