/* PNG: chunks in, chunks out. */
#include "container/build.h"

#include <glib/gstdio.h>

static FgContainer *
read_with(GByteArray *before, GByteArray *after)
{
    g_autoptr(GBytes) file = build_png(before, after);
    return read_ok(file);
}

static void
the_header_says_the_size(void **state)
{
    (void)state;
    g_autoptr(FgContainer) container = read_with(NULL, NULL);
    assert_sound(container);
    assert_int_equal(container->width, 8);
    assert_int_equal(container->height, 8);
    assert_int_equal(container->bands, 1);
    assert_int_equal(container->depth, 8);
    assert_false(container->progressive);
    assert_true(fg_container_verify(container, NULL));
}

static void
every_known_chunk_becomes_its_part(void **state)
{
    (void)state;
    g_autoptr(GByteArray) before = g_byte_array_new(), after = g_byte_array_new();
    add_chunk(before, "sRGB", BYTES("\0"));
    add_chunk(before, "eXIf", BYTES("II*\0"));
    add_chunk(before, "tEXt", BYTES("Copyright\0\xA9 us"));
    add_chunk(before, "iTXt", BYTES("XML:com.adobe.xmp\0\0\0\0\0<x/>"));
    add_chunk(before, "tIME", BYTES("\x07\xEA\1\2\3\4\5"));
    add_chunk(before, "caBX", BYTES("jumb"));
    add_chunk(before, "mkBF", BYTES("layers"));
    add_chunk(before, "acTL", BYTES("\0\0\0\1\0\0\0\0"));
    add_chunk(after, "iTXt", BYTES("Title\0\0\0fr\0Titre\0\xC3\x89t\xC3\xA9"));
    add_chunk(after, "eXIf", BYTES("MM\0*"));
    g_autoptr(FgContainer) container = read_with(before, after);
    assert_sound(container);
    g_autofree char *kinds = kinds_of(container);
    assert_string_equal(kinds, "PPETX#2??PTEP");
    const FgPart *text = fg_container_find(container, FG_PART_TEXT);
    assert_string_equal(text->name, "Copyright");
    assert_true(text->latin1);
    assert_false(text->late);
    assert_payload(text, BYTES("\xA9 us"));
    assert_payload(fg_container_find(container, FG_PART_XMP), BYTES("<x/>"));
    assert_false(fg_container_find(container, FG_PART_XMP)->unusual);
    assert_string_equal(fg_container_find(container, FG_PART_PRIVATE)->name, "chunk mkBF");
    const FgPart *late = container->parts->pdata[10];
    assert_string_equal(late->name, "Title");
    assert_true(late->late);
    assert_false(late->latin1);
    assert_payload(late, BYTES("\xC3\x89t\xC3\xA9"));
    assert_true(((const FgPart *)container->parts->pdata[11])->late);
}

static void
add_packed(GByteArray *out, const char *type, const void *head, gsize head_size, const void *data, gsize size)
{
    g_autoptr(GBytes) packed = fg_deflate(data, size);
    g_autoptr(GByteArray) payload = g_byte_array_new();
    add(payload, head, head_size);
    add(payload, g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));
    add_chunk(out, type, payload->data, payload->len);
}

static void
compressed_text_and_profiles_are_inflated(void **state)
{
    (void)state;
    g_autoptr(GByteArray) before = g_byte_array_new();
    add_packed(before, "iCCP", BYTES("Marie's screen\0\0"), BYTES("profile"));
    add_packed(before, "zTXt", BYTES("Comment\0\0"), BYTES("hello"));
    add_packed(before, "zTXt", BYTES("XML:com.adobe.xmp\0\0"), BYTES("<x/>"));
    add_packed(before, "iTXt", BYTES("Title\0\1\0\0\0"), BYTES("titled"));
    g_autoptr(FgContainer) container = read_with(before, NULL);
    assert_sound(container);
    assert_payload(fg_container_find(container, FG_PART_ICC), BYTES("profile"));
    assert_string_equal(fg_container_find(container, FG_PART_ICC)->name, "Marie's screen");
    assert_payload(fg_container_find(container, FG_PART_TEXT), BYTES("hello"));
    assert_payload(fg_container_find(container, FG_PART_XMP), BYTES("<x/>"));
    assert_true(fg_container_find(container, FG_PART_XMP)->unusual);
    assert_payload(container->parts->pdata[4], BYTES("titled"));
}

static void
blocks_in_hexadecimal_are_seen_for_what_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *keyword, *hex;
        FgPartKind kind;
        const char *payload;
    } rows[] = {
        {"Raw profile type exif", "\nexif\n 8\n4578696600004949\n", FG_PART_EXIF, "II"},
        {"Raw profile type APP1", "\nAPP1\n 8\n45786966\n00004D4D\n", FG_PART_EXIF, "MM"},
        {"Raw profile type iptc", "\niptc\n 3\n1c0274\n", FG_PART_IIM, "\x1C\x02t"},
        {"Raw profile type iptc", "\niptc\n 5\n3842494d21\n", FG_PART_IRB, "8BIM!"},
        {"Raw profile type iptc", "\niptc\n 9\n1c0274\n", FG_PART_IIM, "\x1C\x02t"}, /* a wrong length */
        {"Raw profile type exif", "exif\n 8\n4949\n2A21\n", FG_PART_EXIF,
         "II*!"}, /* no line before the name */
        {"Raw profile type other", "\nother\n 2\n4d4d\n", FG_PART_EXIF, "MM"},
        {"Raw profile type xmp", "\nxmp\n 2\n3c78\n", FG_PART_XMP, "<x"},
        {"Raw profile type icc", "\nicc\n 2\n6963\n", FG_PART_ICC, "ic"},
        {"Raw profile type nonsense", "\nx\n 2\n6963\n", FG_PART_TEXT, "\nx\n 2\n6963\n"},
        {"Raw profile type exif", "\nexif\n 2\nno hex\n", FG_PART_TEXT, "\nexif\n 2\nno hex\n"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GByteArray) before = g_byte_array_new(), text = g_byte_array_new();
        add(text, rows[i].keyword, strlen(rows[i].keyword) + 1);
        add(text, rows[i].hex, strlen(rows[i].hex));
        add_chunk(before, "tEXt", text->data, text->len);
        g_autoptr(FgContainer) container = read_with(before, NULL);
        const FgPart *part = container->parts->pdata[1];
        assert_int_equal(part->kind, rows[i].kind);
        assert_int_equal(part->unusual, rows[i].kind != FG_PART_TEXT);
        assert_payload(part, rows[i].payload, strlen(rows[i].payload));
    }
}

static void
text_that_inflates_without_end_is_refused(void **state)
{
    (void)state;
    gsize size = 33 << 20;
    g_autofree guint8 *zeros = g_malloc0(size);
    g_autoptr(GByteArray) before = g_byte_array_new();
    add_packed(before, "zTXt", BYTES("a\0\0"), zeros, size);
    add_packed(before, "zTXt", BYTES("b\0\0"), zeros, size);
    g_autoptr(GBytes) file = build_png(before, NULL);
    g_autoptr(GError) error = NULL;
    assert_null(fg_container_read(file, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_LIMIT));
}

static void
a_broken_stream_is_a_fault_and_an_empty_payload(void **state)
{
    (void)state;
    g_autoptr(GByteArray) before = g_byte_array_new();
    add_chunk(before, "zTXt", BYTES("Comment\0\0not zlib"));
    g_autoptr(FgContainer) container = read_with(before, NULL);
    assert_int_equal(container->faults->len, 1);
    assert_payload(fg_container_find(container, FG_PART_TEXT), "", 0);
}

static void
what_follows_the_end_mark_is_a_trailer(void **state)
{
    (void)state;
    g_autoptr(GBytes) plain = build_png(NULL, NULL);
    GByteArray *out = g_byte_array_new();
    add(out, g_bytes_get_data(plain, NULL), g_bytes_get_size(plain));
    add(out, BYTES("PK\3\4"));
    g_autoptr(GBytes) file = done(out);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_payload(fg_container_find(container, FG_PART_TRAILER), BYTES("PK\3\4"));
    g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_none, NULL, NULL, NULL);
    assert_same_bytes(clean, plain);
}

static void
a_cut_file_does_not_verify(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_png(NULL, NULL);
    for (gsize length = 33; length < g_bytes_get_size(file); length++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(file, 0, length);
        g_autoptr(FgContainer) container = read_ok(cut);
        assert_false(fg_container_verify(container, NULL));
        assert_true(container->faults->len > 0);
    }
}

static void
one_that_lacks_its_end_mark_alone_is_endless(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_png(NULL, NULL);
    const gsize whole = g_bytes_get_size(file);
    for (gsize less = 1; less <= 13; less++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(file, 0, whole - less);
        g_autoptr(FgContainer) container = read_ok(cut);
        assert_int_equal(container->endless, less <= 12);
        g_autoptr(GBytes) ended = fg_container_for_decoder(container);
        assert_int_equal(g_bytes_equal(ended, file), less <= 12);
    }
}

static void
one_wrong_bit_in_a_critical_chunk_is_found(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_png(NULL, NULL);
    gsize size;
    const guint8 *data = g_bytes_get_data(file, &size);
    for (gsize at = 16; at < size; at++) {
        if (at == 29)
            at += 4; /* The checksum of the header is looked at too, but its length and type come next. */
        g_autofree guint8 *copy = g_memdup2(data, size);
        copy[at] ^= 0x10;
        g_autoptr(GBytes) broken = g_bytes_new(copy, size);
        g_autoptr(FgContainer) container = fg_container_read(broken, NULL);
        assert_false(container && fg_container_verify(container, NULL));
    }
}

static GBytes *
dressed(GBytes *naked, gboolean profile)
{
    static const char *const texts[] = {"Copyright", "\xC2\xA9 us", "Author", "us", NULL};
    g_autoptr(GBytes) exif = build_tiff("(c) us"), xmp = build_xmp("(c) us"),
                      icc = g_bytes_new(BYTES("profile"));
    FgDress dress = {.exif = exif, .xmp = xmp, .icc = profile ? icc : NULL, .texts = texts};
    g_autoptr(GError) error = NULL;
    GBytes *file = fg_container_dress(naked, FG_FORMAT_PNG, &dress, &error);
    if (!file)
        fail_msg("%s", error->message);
    return file;
}

static GBytes *
build_naked(void)
{
    g_autoptr(GByteArray) before = g_byte_array_new(), after = g_byte_array_new();
    add_chunk(before, "sRGB", BYTES("\0"));
    add_chunk(before, "pHYs", BYTES("\0\0\x0B\x13\0\0\x0B\x13\1"));
    add_chunk(before, "bKGD", BYTES("\0\0"));
    add_chunk(before, "tEXt", BYTES("Software\0encoder"));
    add_chunk(after, "tIME", BYTES("\x07\xEA\1\2\3\4\5"));
    return build_png(before, after);
}

static void
our_blocks_are_written_in_the_canonical_order(void **state)
{
    (void)state;
    g_autoptr(GBytes) naked = build_naked(), file = dressed(naked, FALSE);
    g_autoptr(FgContainer) container = read_ok(file), before = read_ok(naked);
    assert_sound(container);
    assert_true(fg_container_verify(container, NULL));
    g_autoptr(GString) types = g_string_new(NULL);
    for (guint i = 0; i < container->parts->len; i++)
        g_string_append_printf(types, "%s ", ((const FgPart *)container->parts->pdata[i])->where);
    assert_string_equal(types->str, "IHDR sRGB pHYs eXIf iTXt iTXt[2] iTXt[3] bKGD IDAT IEND ");
    g_autofree char *old = fg_container_picture_digest(before), *new = fg_container_picture_digest(container);
    assert_string_equal(old, new);
    g_autoptr(GBytes) twice = dressed(file, FALSE);
    assert_same_bytes(twice, file);
}

static void
a_profile_takes_the_place_of_the_srgb_chunk(void **state)
{
    (void)state;
    g_autoptr(GBytes) naked = build_naked(), file = dressed(naked, TRUE);
    g_autoptr(FgContainer) container = read_ok(file);
    g_autofree char *kinds = kinds_of(container);
    assert_string_equal(kinds, "PPIEXTTPPP");
    assert_payload(fg_container_find(container, FG_PART_ICC), BYTES("profile"));
}

static void
new_text_takes_the_place_of_the_old_under_its_keyword(void **state)
{
    (void)state;
    static const char *const texts[] = {"Copyright", "ours", NULL};
    g_autoptr(GByteArray) before = g_byte_array_new(), after = g_byte_array_new();
    add_chunk(before, "tEXt", BYTES("Title\0kept"));
    add_chunk(before, "tEXt", BYTES("copyright\0theirs"));
    add_chunk(before, "vpAg", BYTES("private"));
    add_chunk(after, "tEXt", BYTES("Copyright\0late"));
    g_autoptr(FgContainer) container = read_with(before, after);
    g_autoptr(GBytes) exif = build_tiff("(c) us");
    FgDress dress = {.exif = exif, .texts = texts};
    g_autoptr(GBytes) tagged = fg_container_rewrite(container, keep_all, NULL, &dress, NULL);
    g_autoptr(FgContainer) again = read_ok(tagged);
    assert_sound(again);
    g_autofree char *kinds = kinds_of(again);
    assert_string_equal(kinds, "PETT?PP");
    const FgPart *text = again->parts->pdata[3];
    assert_string_equal(text->name, "Copyright");
    assert_payload(text, BYTES("ours"));
    g_autoptr(GBytes) twice = fg_container_rewrite(again, keep_all, NULL, &dress, NULL);
    assert_same_bytes(twice, tagged);
}

static void
a_rewrite_that_keeps_all_gives_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_naked();
    g_autoptr(FgContainer) container = read_ok(file);
    g_autoptr(GBytes) copy = fg_container_rewrite(container, keep_all, NULL, NULL, NULL);
    assert_same_bytes(copy, file);
}

static void
pngcheck_and_exiftool_find_nothing_wrong_with_what_we_write(void **state)
{
    (void)state;
    g_autoptr(GBytes) naked = build_naked(), file = dressed(naked, FALSE);
    g_autofree char *folder = fg_scratch();
    g_autofree char *path = g_build_filename(folder, "ours.png", NULL);
    fg_spill(path, file);
    int status;
    g_autofree char *verdict = fg_witness(&status, "pngcheck", "-q", path, NULL);
    if (status == 127)
        skip();
    assert_string_equal(verdict, "");
    assert_int_equal(status, 0);
    g_autofree char *notices = fg_witness(&status, "exiftool", "-s3", "-EXIF:Copyright", "-XMP-dc:Rights",
                                          "-PNG:Author", path, NULL);
    if (status == 127)
        skip();
    assert_string_equal(notices, "(c) us\n(c) us\nus\n");
    g_autofree char *warning = fg_witness(&status, "exiftool", "-s3", "-a", "-Error", "-Warning", path, NULL);
    assert_string_equal(warning, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_says_the_size),
        cmocka_unit_test(every_known_chunk_becomes_its_part),
        cmocka_unit_test(compressed_text_and_profiles_are_inflated),
        cmocka_unit_test(blocks_in_hexadecimal_are_seen_for_what_they_are),
        cmocka_unit_test(text_that_inflates_without_end_is_refused),
        cmocka_unit_test(a_broken_stream_is_a_fault_and_an_empty_payload),
        cmocka_unit_test(what_follows_the_end_mark_is_a_trailer),
        cmocka_unit_test(a_cut_file_does_not_verify),
        cmocka_unit_test(one_that_lacks_its_end_mark_alone_is_endless),
        cmocka_unit_test(one_wrong_bit_in_a_critical_chunk_is_found),
        cmocka_unit_test(our_blocks_are_written_in_the_canonical_order),
        cmocka_unit_test(a_profile_takes_the_place_of_the_srgb_chunk),
        cmocka_unit_test(new_text_takes_the_place_of_the_old_under_its_keyword),
        cmocka_unit_test(a_rewrite_that_keeps_all_gives_the_same_bytes),
        cmocka_unit_test(pngcheck_and_exiftool_find_nothing_wrong_with_what_we_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
