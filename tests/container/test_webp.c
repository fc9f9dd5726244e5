/* WebP: chunks in, chunks out. */
#include "container/build.h"

static GBytes *
build_simple(const char *type, const void *data, gsize size)
{
    g_autoptr(GByteArray) chunks = g_byte_array_new();
    add_riff(chunks, type, data, size);
    return build_webp(chunks);
}

static void
all_three_bitstreams_say_their_size(void **state)
{
    (void)state;
    g_autoptr(GBytes) lossy = build_simple("VP8 ", BYTES(WEBP_LOSSY));
    g_autoptr(GBytes) lossless = build_simple("VP8L", BYTES(WEBP_LOSSLESS));
    g_autoptr(GBytes) alpha = build_simple("VP8L", BYTES(WEBP_LOSSLESS_ALPHA));
    GBytes *const files[] = {lossy, lossless, alpha};
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(FgContainer) container = read_ok(files[i]);
        assert_sound(container);
        assert_int_equal(container->width, 16);
        assert_int_equal(container->height, 16);
        assert_int_equal(container->bands, i == 2 ? 4 : 3);
        assert_true(fg_container_verify(container, NULL));
    }
}

/* With everything that may be in a file, the flags right. */
static GBytes *
build_full(void)
{
    g_autoptr(GByteArray) chunks = g_byte_array_new();
    add_riff(chunks, "VP8X", BYTES("\x3C\0\0\0\x0F\0\0\x0F\0\0"));
    add_riff(chunks, "ICCP", BYTES("profile"));
    add_riff(chunks, "ALPH", BYTES(WEBP_ALPHA));
    add_riff(chunks, "VP8 ", BYTES(WEBP_LOSSY));
    add_riff(chunks, "EXIF", BYTES("Exif\0\0II*\0"));
    add_riff(chunks, "EXIF", BYTES("MM\0*"));
    add_riff(chunks, "XMP ", BYTES("<x/>"));
    add_riff(chunks, "C2PA", BYTES("jumb"));
    add_riff(chunks, "abcd", BYTES("odd"));
    return build_webp(chunks);
}

static void
every_known_chunk_becomes_its_part(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_full();
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    g_autofree char *kinds = kinds_of(container);
    assert_string_equal(kinds, "PPIPEEX2?");
    const FgPart *exif = fg_container_find(container, FG_PART_EXIF);
    assert_payload(exif, BYTES("II*\0"));
    assert_true(exif->unusual);
    assert_false(exif->late);
    assert_false(((const FgPart *)container->parts->pdata[5])->unusual);
    assert_payload(fg_container_find(container, FG_PART_ICC), BYTES("profile"));
    assert_payload(fg_container_find(container, FG_PART_XMP), BYTES("<x/>"));
    assert_string_equal(fg_container_find(container, FG_PART_PRIVATE)->name, "chunk abcd");
    assert_int_equal(container->bands, 4);
}

static void
what_follows_the_claimed_size_is_a_trailer(void **state)
{
    (void)state;
    g_autoptr(GBytes) plain = build_simple("VP8L", BYTES(WEBP_LOSSLESS));
    GByteArray *out = g_byte_array_new();
    add(out, g_bytes_get_data(plain, NULL), g_bytes_get_size(plain));
    add(out, BYTES("EXIF\4\0\0\0MM\0*"));
    g_autoptr(GBytes) file = done(out);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_payload(fg_container_find(container, FG_PART_TRAILER), BYTES("EXIF\4\0\0\0MM\0*"));
    g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_none, NULL, NULL, NULL);
    assert_same_bytes(clean, plain);
}

static void
a_cut_file_does_not_verify(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_full();
    for (gsize length = 12; length < g_bytes_get_size(file) - 1; length++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(file, 0, length);
        g_autoptr(FgContainer) container = read_ok(cut);
        assert_false(fg_container_verify(container, NULL));
        assert_true(container->faults->len > 0);
    }
}

static void
a_chunk_that_claims_too_much_is_a_fault(void **state)
{
    (void)state;
    g_autoptr(GByteArray) chunks = g_byte_array_new();
    add_riff(chunks, "VP8L", BYTES(WEBP_LOSSLESS));
    add(chunks, BYTES("EXIF\xFF\xFF\xFF\xFFshort"));
    g_autoptr(GBytes) file = build_webp(chunks);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_false(container->complete);
    g_autofree char *kinds = kinds_of(container);
    assert_string_equal(kinds, "PP?");
}

static void
assert_flags(GBytes *file, guint8 flags)
{
    const guint8 *data = g_bytes_get_data(file, NULL);
    assert_memory_equal(data + 12, "VP8X\x0A\0\0\0", 8);
    assert_int_equal(data[20], flags);
    assert_memory_equal(data + 24, "\x0F\0\0\x0F\0\0", 6);
}

static void
left_out_chunks_leave_the_flags_too(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_full();
    g_autoptr(FgContainer) container = read_ok(file);
    g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_none, NULL, NULL, NULL);
    g_autoptr(FgContainer) again = read_ok(clean);
    assert_sound(again);
    assert_flags(clean, 0x10);
    g_autofree char *kinds = kinds_of(again);
    assert_string_equal(kinds, "PPP");
    g_autofree char *old = fg_container_picture_digest(container), *new = fg_container_picture_digest(again);
    assert_string_equal(old, new);
}

static void
a_rewrite_that_keeps_all_gives_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_full();
    g_autoptr(FgContainer) container = read_ok(file);
    g_autoptr(GBytes) copy = fg_container_rewrite(container, keep_all, NULL, NULL, NULL);
    assert_same_bytes(copy, file);
}

static void
a_new_block_takes_the_place_of_the_old_one(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_full(), exif = build_tiff("(c) us"), icc = g_bytes_new(BYTES("new"));
    g_autoptr(FgContainer) container = read_ok(file);
    FgDress dress = {.exif = exif, .icc = icc};
    g_autoptr(GBytes) tagged = fg_container_rewrite(container, keep_all, NULL, &dress, NULL);
    g_autoptr(FgContainer) again = read_ok(tagged);
    assert_sound(again);
    assert_flags(tagged, 0x3C);
    g_autofree char *kinds = kinds_of(again);
    assert_string_equal(kinds, "PPIPEX2?");
    assert_payload(fg_container_find(again, FG_PART_ICC), BYTES("new"));
    g_autoptr(GBytes) twice = fg_container_rewrite(again, keep_all, NULL, &dress, NULL);
    assert_same_bytes(twice, tagged);
}

static GBytes *
dressed(GBytes *naked)
{
    g_autoptr(GBytes) exif = build_tiff("(c) us"), xmp = build_xmp("(c) us");
    FgDress dress = {.exif = exif, .xmp = xmp};
    g_autoptr(GError) error = NULL;
    GBytes *file = fg_container_dress(naked, FG_FORMAT_WEBP, &dress, &error);
    if (!file)
        fail_msg("%s", error->message);
    return file;
}

static void
dressing_tells_of_transparency_and_of_each_block(void **state)
{
    (void)state;
    g_autoptr(GBytes) lossy = build_simple("VP8 ", BYTES(WEBP_LOSSY));
    g_autoptr(GBytes) alpha = build_simple("VP8L", BYTES(WEBP_LOSSLESS_ALPHA)), full = build_full();
    g_autoptr(GBytes) plain_file = dressed(lossy), alpha_file = dressed(alpha), full_file = dressed(full);
    assert_flags(plain_file, 0x0C);
    assert_flags(alpha_file, 0x1C);
    assert_flags(full_file, 0x1C);
    g_autoptr(FgContainer) container = read_ok(full_file);
    g_autofree char *kinds = kinds_of(container);
    assert_string_equal(kinds, "PPPEX");
    g_autoptr(GBytes) twice = dressed(plain_file);
    assert_same_bytes(twice, plain_file);
    g_autoptr(GBytes) bare = fg_container_dress(lossy, FG_FORMAT_WEBP, &(FgDress){0}, NULL);
    assert_same_bytes(bare, lossy);
}

static void
webpinfo_and_exiftool_find_nothing_wrong_with_what_we_write(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autofree char *path = g_build_filename(folder, "ours.webp", NULL);
    g_autoptr(GBytes) lossy = build_simple("VP8 ", BYTES(WEBP_LOSSY)), full = build_full();
    GBytes *const naked[] = {lossy, full};
    for (guint i = 0; i < G_N_ELEMENTS(naked); i++) {
        g_autoptr(GBytes) file = dressed(naked[i]);
        fg_spill(path, file);
        int status;
        g_autofree char *verdict = fg_witness(&status, "webpinfo", path, NULL);
        if (status == 127)
            skip();
        assert_int_equal(status, 0);
        assert_non_null(strstr(verdict, "No error detected."));
        g_autofree char *notices = fg_witness(&status, "exiftool", "-s3", "-EXIF:Copyright", "-XMP-dc:Rights",
                                              "-Warning", path, NULL);
        if (status == 127)
            skip();
        assert_string_equal(notices, "(c) us\n(c) us\n");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_three_bitstreams_say_their_size),
        cmocka_unit_test(every_known_chunk_becomes_its_part),
        cmocka_unit_test(what_follows_the_claimed_size_is_a_trailer),
        cmocka_unit_test(a_cut_file_does_not_verify),
        cmocka_unit_test(a_chunk_that_claims_too_much_is_a_fault),
        cmocka_unit_test(left_out_chunks_leave_the_flags_too),
        cmocka_unit_test(a_rewrite_that_keeps_all_gives_the_same_bytes),
        cmocka_unit_test(a_new_block_takes_the_place_of_the_old_one),
        cmocka_unit_test(dressing_tells_of_transparency_and_of_each_block),
        cmocka_unit_test(webpinfo_and_exiftool_find_nothing_wrong_with_what_we_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
