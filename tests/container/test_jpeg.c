/* JPEG: segments in, segments out. */
#include "container/build.h"

#include <string.h>

static void
spill(const char *folder, const char *name, GBytes *bytes, char **path)
{
    *path = g_build_filename(folder, name, NULL);
    fg_spill(*path, bytes);
}

static void
the_frame_header_says_the_size(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_jpeg(NULL);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_int_equal(container->format, FG_FORMAT_JPEG);
    assert_int_equal(container->width, 8);
    assert_int_equal(container->height, 8);
    assert_int_equal(container->bands, 1);
    assert_int_equal(container->depth, 8);
    assert_false(container->progressive);
    assert_true(fg_container_verify(container, NULL));
}

static void
every_known_segment_becomes_its_part(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE0, BYTES("JFIF\0\1\1\0\0\1\0\1\0\0"), NULL, 0);
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("II*\0\x08\0\0\0\0\0"));
    add_segment(segments, 0xE1, BYTES("http://ns.adobe.com/xap/1.0/\0"), BYTES("<x/>"));
    add_segment(segments, 0xE2, BYTES("ICC_PROFILE\0\1\1"), BYTES("profile"));
    add_segment(segments, 0xE2, BYTES("MPF\0"), BYTES("MM\0*"));
    add_segment(segments, 0xED, BYTES("Photoshop 3.0\0"), BYTES("8BIM"));
    add_segment(segments, 0xEC, BYTES("Ducky"), BYTES("\0\1"));
    add_segment(segments, 0xEE, BYTES("Adobe\0\x64\0\0\0\0\1"), NULL, 0);
    add_segment(segments, 0xFE, BYTES("hello"), NULL, 0);
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    g_autofree char *kinds = kinds_of(container);
    assert_string_equal(kinds, "PPEXIAB?PCP");
    assert_payload(fg_container_find(container, FG_PART_EXIF), BYTES("II*\0\x08\0\0\0\0\0"));
    assert_payload(fg_container_find(container, FG_PART_XMP), BYTES("<x/>"));
    assert_payload(fg_container_find(container, FG_PART_ICC), BYTES("profile"));
    assert_payload(fg_container_find(container, FG_PART_AUXILIARY), BYTES("MM\0*"));
    assert_payload(fg_container_find(container, FG_PART_IRB), BYTES("8BIM"));
    assert_payload(fg_container_find(container, FG_PART_COMMENT), BYTES("hello"));
    assert_string_equal(fg_container_find(container, FG_PART_PRIVATE)->name, "APP12 Ducky");
    assert_string_equal(fg_container_find(container, FG_PART_XMP)->where, "APP1[2]");
}

static void
a_profile_in_chunks_out_of_order_is_put_together(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE2, BYTES("ICC_PROFILE\0\2\3"), BYTES("two"));
    add_segment(segments, 0xFE, BYTES("between"), NULL, 0);
    add_segment(segments, 0xE2, BYTES("ICC_PROFILE\0\3\3"), BYTES("three"));
    add_segment(segments, 0xE2, BYTES("ICC_PROFILE\0\1\3"), BYTES("one"));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_int_equal(count_parts(container, FG_PART_ICC), 1);
    assert_payload(fg_container_find(container, FG_PART_ICC), BYTES("onetwothree"));
}

static void
a_profile_with_a_missing_chunk_is_a_fault(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE2, BYTES("ICC_PROFILE\0\1\3"), BYTES("one"));
    add_segment(segments, 0xE2, BYTES("ICC_PROFILE\0\3\3"), BYTES("three"));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_int_equal(container->faults->len, 1);
}

#define GUID_A "0123456789ABCDEF0123456789ABCDEF"
#define GUID_B "FEDCBA9876543210FEDCBA9876543210"
#define EXTENSION "http://ns.adobe.com/xmp/extension/\0"

static void
extended_xmp_is_put_together_by_guid_and_offset(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE1, BYTES(EXTENSION GUID_A "\0\0\0\x09\0\0\0\x05"), BYTES("tail"));
    add_segment(segments, 0xE1, BYTES(EXTENSION GUID_B "\0\0\0\x05\0\0\0\0"), BYTES("other"));
    add_segment(segments, 0xE1, BYTES(EXTENSION GUID_A "\0\0\0\x09\0\0\0\0"), BYTES("head "));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_int_equal(count_parts(container, FG_PART_XMP_EXTENDED), 2);
    const FgPart *part = fg_container_find(container, FG_PART_XMP_EXTENDED);
    assert_string_equal(part->name, GUID_A);
    assert_payload(part, BYTES("head tail"));
}

static void
extended_xmp_that_lies_about_its_size_allocates_nothing_and_is_a_fault(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE1, BYTES(EXTENSION GUID_A "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xF0"), BYTES("lie"));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_int_equal(container->faults->len, 1);
    assert_payload(fg_container_find(container, FG_PART_XMP_EXTENDED), BYTES("lie"));
}

static void
photoshop_resources_in_two_segments_are_one_part(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xED, BYTES("Photoshop 3.0\0"), BYTES("8BIM\x04"));
    add_segment(segments, 0xED, BYTES("Photoshop 3.0\0"), BYTES("\x04 rest"));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_int_equal(count_parts(container, FG_PART_IRB), 1);
    assert_payload(fg_container_find(container, FG_PART_IRB), BYTES("8BIM\x04\x04 rest"));
}

static void
a_c2pa_box_in_two_segments_is_one_part(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xEB, BYTES("JP\0\1\0\0\0\1\0\0\0\x30jumb"), BYTES("\0\0\0\x20jumdc2pa"));
    add_segment(segments, 0xEB, BYTES("JP\0\1\0\0\0\2\0\0\0\x30jumb"), BYTES("more"));
    add_segment(segments, 0xEB, BYTES("JP\0\2\0\0\0\1\0\0\0\x0Cjumb"), BYTES("else"));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_payload(fg_container_find(container, FG_PART_C2PA), BYTES("\0\0\0\x30jumb\0\0\0\x20jumdc2pamore"));
    assert_string_equal(fg_container_find(container, FG_PART_PRIVATE)->name, "APP11 JUMBF");
}

static void
every_one_of_two_exif_blocks_is_a_part(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("II*\0\x08\0\0\0\0\0"));
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("MM\0*\0\0\0\x08\0\0"));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_int_equal(count_parts(container, FG_PART_EXIF), 2);
}

/* A description, a notice out of line and a creator in line, in either byte order. */
#define LITTLE                                                                                               \
    "II*\0\x08\0\0\0\3\0\x0e\1\2\0\2\0\0\0d\0\0\0\x3b\1\2\0\2\0\0\0A\0\0\0\x98\x82\2\0\5\0\0\0\x32\0\0\0"    \
    "\0\0\0\0(c)B"
#define BIG                                                                                                  \
    "MM\0*\0\0\0\x08\0\3\1\x0e\0\2\0\0\0\2d\0\0\0\1\x3b\0\2\0\0\0\2A\0\0\0\x82\x98\0\2\0\0\0\5\0\0\0\x32"    \
    "\0\0\0\0(c)B"

static void
tags_of_further_exif_blocks_go_and_nothing_moves(void **state)
{
    (void)state;
    static const guint16 tags[] = {0x013b, 0x8298};
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES(LITTLE "\0"));
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES(LITTLE "\0"));
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES(BIG "\0"));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    g_autoptr(GBytes) mended = fg_container_without_tags(container, tags, G_N_ELEMENTS(tags));
    assert_int_equal(g_bytes_get_size(mended), g_bytes_get_size(file));
    g_autoptr(FgContainer) after = read_ok(mended);
    assert_payload(fg_container_find(after, FG_PART_EXIF), BYTES(LITTLE "\0"));
    GBytes *blocks[3];
    guint count = 0;
    for (guint i = 0; i < after->parts->len; i++) {
        const FgPart *part = after->parts->pdata[i];
        if (part->kind == FG_PART_EXIF && count < 3)
            blocks[count++] = part->bytes;
    }
    assert_int_equal(count, 3);
    assert_memory_equal(g_bytes_get_data(blocks[1], NULL),
                        "II*\0\x08\0\0\0\1\0\x0e\1\2\0\2\0\0\0d\0\0\0\0\0\0\0", 26);
    assert_memory_equal(g_bytes_get_data(blocks[2], NULL),
                        "MM\0*\0\0\0\x08\0\1\1\x0e\0\2\0\0\0\2d\0\0\0\0\0\0\0", 26);
    static const guint8 zeros[29];
    assert_memory_equal((const guint8 *)g_bytes_get_data(blocks[1], NULL) + 26, zeros, sizeof zeros);
    assert_memory_equal((const guint8 *)g_bytes_get_data(blocks[2], NULL) + 26, zeros, sizeof zeros);
    g_autoptr(GBytes) again = fg_container_without_tags(after, tags, G_N_ELEMENTS(tags));
    assert_true(g_bytes_equal(mended, again));
    FgDress dress = {.exif = blocks[1], .beside_further = TRUE};
    g_autoptr(GBytes) dressed = fg_container_rewrite(after, keep_all, NULL, &dress, NULL);
    g_autoptr(FgContainer) kept = read_ok(dressed);
    assert_int_equal(count_parts(kept, FG_PART_EXIF), 3);
}

static void
metadata_between_two_scans_is_found_and_late(void **state)
{
    (void)state;
    g_autoptr(GByteArray) between = g_byte_array_new();
    add_segment(between, 0xE1, BYTES("Exif\0\0"), BYTES("II*\0\x08\0\0\0\0\0"));
    GByteArray *out = g_byte_array_new();
    add(out, BYTES("\xFF\xD8"));
    add_jpeg_picture(out, TRUE, between);
    g_autoptr(GBytes) file = done(out);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_true(container->progressive);
    const FgPart *exif = fg_container_find(container, FG_PART_EXIF);
    assert_non_null(exif);
    assert_true(exif->late);
    g_autoptr(GBytes) without = fg_container_rewrite(container, keep_none, NULL, NULL, NULL);
    g_autoptr(FgContainer) again = read_ok(without);
    assert_sound(again);
    assert_null(fg_container_find(again, FG_PART_EXIF));
}

static void
a_marker_inside_a_segment_ends_nothing(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xFE, BYTES("\xFF\xD9\xFF\xDA\xFF\xD8"), NULL, 0);
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_null(fg_container_find(container, FG_PART_TRAILER));
}

static void
fill_bytes_before_a_marker_are_no_fault(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add(segments, BYTES("\xFF\xFF\xFF"));
    add_segment(segments, 0xFE, BYTES("hello"), NULL, 0);
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_payload(fg_container_find(container, FG_PART_COMMENT), BYTES("hello"));
}

static void
stray_bytes_between_segments_are_a_part_that_can_be_left_out(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xFE, BYTES("first"), NULL, 0);
    add(segments, BYTES("48.85N 2.35E\xFF\0 and more"));
    add_segment(segments, 0xFE, BYTES("hello"), NULL, 0);
    g_autoptr(GBytes) file = build_jpeg(segments), plain = build_jpeg(NULL);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_true(container->faults->len > 0);
    assert_true(container->complete);
    g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_none, NULL, NULL, NULL);
    assert_same_bytes(clean, plain);
}

static void
what_follows_the_end_mark_is_a_trailer(void **state)
{
    (void)state;
    g_autoptr(GBytes) plain = build_jpeg(NULL);
    GByteArray *out = g_byte_array_new();
    add(out, g_bytes_get_data(plain, NULL), g_bytes_get_size(plain));
    add(out, BYTES("\xFF\xD8secret\xFF\xD9"));
    g_autoptr(GBytes) file = done(out);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_payload(fg_container_find(container, FG_PART_TRAILER), BYTES("\xFF\xD8secret\xFF\xD9"));
    g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_none, NULL, NULL, NULL);
    assert_same_bytes(clean, plain);
}

/* `before` and `after` bytes of data around what looks like a marker and is none, then the end and a trailer.
 */
static GBytes *
build_scan(guint before, const void *strange, gsize size, guint after)
{
    g_autoptr(GBytes) plain = build_jpeg(NULL);
    GByteArray *out = g_byte_array_new();
    g_autofree char *some = g_strnfill(before, 'a'), *more = g_strnfill(after, 'b');
    add(out, g_bytes_get_data(plain, NULL), g_bytes_get_size(plain) - 2);
    add(out, some, before);
    add(out, strange, size);
    add(out, more, after);
    add(out, BYTES("\xFF\xD9 behind"));
    return done(out);
}

static void
the_end_mark_is_found_wherever_it_stands_in_the_data(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        gsize size;
    } strange[] = {{BYTES("")},
                   {BYTES("\xFF\0")},
                   {BYTES("\xFF\xD3")},
                   {BYTES("\xFF\xFF\0")},
                   {BYTES("\0\xFF\0\xFF\0")}};
    for (guint i = 0; i < G_N_ELEMENTS(strange); i++)
        for (guint before = 0; before < 140; before++)
            for (guint after = 0; after < 70; after += before % 7 + 1) {
                g_autoptr(GBytes) file = build_scan(before, strange[i].bytes, strange[i].size, after);
                g_autoptr(FgContainer) container = read_ok(file);
                assert_sound(container);
                assert_payload(fg_container_find(container, FG_PART_TRAILER), BYTES(" behind"));
            }
}

/* A block of Samsung's, a directory with one row that tells where it stands, and the end. */
static void
put_samsung_trailer(GByteArray *out)
{
    static const guint8 trailer[] = "\0\0\1\n\2\0\0\0ab\xFF\xD9"
                                    "SEFH\x6B\0\0\0\1\0\0\0"
                                    "\0\0\1\n\14\0\0\0\14\0\0\0"
                                    "\30\0\0\0SEFT";
    g_byte_array_append(out, trailer, sizeof trailer - 1);
}

static void
a_panorama_without_an_end_mark_keeps_its_trailer(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_jpeg(NULL);
    for (guint marked = 0; marked < 2; marked++) {
        const gsize length = g_bytes_get_size(file) - (marked ? 0 : 2);
        GByteArray *out = g_byte_array_new();
        g_byte_array_append(out, g_bytes_get_data(file, NULL), (guint)length);
        put_samsung_trailer(out);
        g_autoptr(GBytes) panorama = g_byte_array_free_to_bytes(out);
        g_autoptr(FgContainer) container = read_ok(panorama);
        const FgPart *trailer = fg_container_find(container, FG_PART_TRAILER);
        assert_non_null(trailer);
        assert_int_equal(trailer->offset, length);
        assert_int_equal(container->endless, !marked);
        assert_int_equal(container->complete, marked);
    }
}

static void
a_cut_file_yields_its_parts_and_does_not_verify(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xFE, BYTES("hello"), NULL, 0);
    g_autoptr(GBytes) file = build_jpeg(segments);
    for (gsize length = 13; length < g_bytes_get_size(file); length++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(file, 0, length);
        g_autoptr(FgContainer) container = read_ok(cut);
        g_autoptr(GError) error = NULL;
        assert_non_null(fg_container_find(container, FG_PART_COMMENT));
        assert_false(fg_container_verify(container, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
        assert_true(container->faults->len > 0);
    }
}

static void
a_segment_that_claims_too_much_is_a_fault(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = g_bytes_new(BYTES("\xFF\xD8\xFF\xFE\0\x07hello\xFF\xE1\xFF\xFF"
                                               "Exif"));
    g_autoptr(FgContainer) container = read_ok(file);
    assert_false(container->complete);
    g_autofree char *kinds = kinds_of(container);
    assert_string_equal(kinds, "PC?");
}

static void
a_thumbnail_in_the_jfif_header_can_be_left_out_alone(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE0, BYTES("JFIF\0\1\1\0\0\1\0\1\1\1"), BYTES("rgb"));
    add_segment(segments, 0xE0, BYTES("JFXX\0\x13"), BYTES("\1\1rgb"));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_int_equal(count_parts(container, FG_PART_THUMBNAIL), 2);
    g_autoptr(GByteArray) bare = g_byte_array_new();
    add_segment(bare, 0xE0, BYTES("JFIF\0\1\1\0\0\1\0\1\0\0"), NULL, 0);
    g_autoptr(GBytes) expected = build_jpeg(bare);
    g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_none, NULL, NULL, NULL);
    assert_same_bytes(clean, expected);
}

static void
a_rewrite_that_keeps_all_gives_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE0, BYTES("JFIF\0\1\1\0\0\1\0\1\1\1"), BYTES("rgb"));
    add(segments, BYTES("\xFF\xFFstray"));
    add_segment(segments, 0xE2, BYTES("ICC_PROFILE\0\2\2"), BYTES("two"));
    add_segment(segments, 0xE2, BYTES("ICC_PROFILE\0\1\2"), BYTES("one"));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    g_autoptr(GBytes) copy = fg_container_rewrite(container, keep_all, NULL, NULL, NULL);
    assert_same_bytes(copy, file);
}

static GBytes *
dressed(GBytes *naked)
{
    g_autoptr(GBytes) exif = build_tiff("(c) us"), xmp = build_xmp("(c) us"), irb = build_irb();
    g_autoptr(GBytes) icc = g_bytes_new_take(g_malloc0(70000), 70000);
    FgDress dress = {.exif = exif, .xmp = xmp, .irb = irb, .icc = icc};
    g_autoptr(GError) error = NULL;
    GBytes *file = fg_container_dress(naked, FG_FORMAT_JPEG, &dress, &error);
    if (!file)
        fail_msg("%s", error->message);
    return file;
}

static void
our_blocks_are_written_in_the_canonical_order(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("II*\0\x08\0\0\0\0\0"));
    add_segment(segments, 0xFE, BYTES("encoder"), NULL, 0);
    add_segment(segments, 0xEE, BYTES("Adobe\0\x64\0\0\0\0\1"), NULL, 0);
    g_autoptr(GBytes) naked = build_jpeg(segments), file = dressed(naked);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    g_autofree char *kinds = kinds_of(container);
    assert_string_equal(kinds, "PPEXIBP");
    assert_memory_equal(g_bytes_get_data(file, NULL),
                        "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\1\0\x48\0\x48\0\0\xFF\xE1", 22);
    g_autoptr(FgContainer) before = read_ok(naked);
    g_autofree char *old = fg_container_picture_digest(before), *new = fg_container_picture_digest(container);
    assert_string_equal(old, new);
    assert_int_equal(g_bytes_get_size(fg_container_find(container, FG_PART_ICC)->bytes), 70000);
    g_autoptr(GBytes) twice = dressed(file);
    assert_same_bytes(twice, file);
}

static void
adobes_segment_stays_where_colours_need_it(void **state)
{
    (void)state;
    GByteArray *out = g_byte_array_new();
    add(out, BYTES("\xFF\xD8"));
    add_segment(out, 0xEE, BYTES("Adobe\0\x64\0\0\0\0\0"), BYTES("hidden"));
    add_segment(out, 0xC0, BYTES("\x08\0\x08\0\x08\x04\1\x11\0\2\x11\0\3\x11\0\4\x11\0"), NULL, 0);
    add_segment(out, 0xDA, BYTES("\4\1\0\2\0\3\0\4\0\0\x3F\0"), NULL, 0);
    add(out, BYTES("\x3F\xFF\xD9"));
    g_autoptr(GBytes) naked = done(out);
    g_autoptr(GBytes) file = fg_container_dress(naked, FG_FORMAT_JPEG, &(FgDress){0}, NULL);
    assert_non_null(file);
    assert_memory_equal(g_bytes_get_data(file, NULL),
                        "\xFF\xD8\xFF\xEE\0\x0E"
                        "Adobe\0\x64\0\0\0\0\0\xFF\xC0",
                        20);
}

static void
a_block_that_does_not_fit_a_segment_is_refused(void **state)
{
    (void)state;
    g_autoptr(GBytes) naked = build_jpeg(NULL);
    for (gsize size = 65527; size <= 65528; size++) {
        g_autoptr(GBytes) exif = g_bytes_new_take(g_malloc0(size), size);
        g_autoptr(GError) error = NULL;
        FgDress dress = {.exif = exif};
        g_autoptr(GBytes) file = fg_container_dress(naked, FG_FORMAT_JPEG, &dress, &error);
        assert_int_equal(file != NULL, size == 65527);
        assert_int_equal(g_error_matches(error, FG_ERROR, FG_ERROR_OVERSIZE), size == 65528);
    }
}

static void
a_new_block_takes_the_place_of_the_old_one(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE0, BYTES("JFIF\0\1\1\0\0\1\0\1\0\0"), NULL, 0);
    add_segment(segments, 0xFE, BYTES("first"), NULL, 0);
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("old"));
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("older"));
    add_segment(segments, 0xEC, BYTES("Ducky"), NULL, 0);
    g_autoptr(GBytes) file = build_jpeg(segments), exif = build_tiff("(c) us"), xmp = build_xmp("(c) us");
    g_autoptr(FgContainer) container = read_ok(file);
    FgDress dress = {.exif = exif, .xmp = xmp};
    g_autoptr(GBytes) tagged = fg_container_rewrite(container, keep_all, NULL, &dress, NULL);
    g_autoptr(FgContainer) again = read_ok(tagged);
    g_autofree char *kinds = kinds_of(again);
    assert_string_equal(kinds, "PPCEX?P");
    g_autoptr(GBytes) twice = fg_container_rewrite(again, keep_all, NULL, &dress, NULL);
    assert_same_bytes(twice, tagged);
}

/* Two pictures; the index says where the second is. */
static GBytes *
build_multi_picture(void)
{
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("MM\0*\0\0\0\x08\0\0\0\0\0\0"));
    guint index_at = 2 + segments->len + 8;
    GByteArray *index = g_byte_array_new();
    add(index, BYTES("MM\0*\0\0\0\x08\0\3\xB0\0\0\7\0\0\0\4"
                     "0100\xB0\1\0\4\0\0\0\1\0\0\0\2"
                     "\xB0\2\0\7\0\0\0\x20\0\0\0\x32\0\0\0\0"));
    g_autoptr(GBytes) second = build_jpeg(NULL);
    gsize rest = g_bytes_get_size(second) - 2;
    gsize first = index_at + 50 + 32 + rest;
    add_number(index, 0x20030000, 4, TRUE);
    add_number(index, first, 4, TRUE);
    add_number(index, 0, 8, TRUE);
    add_number(index, 0x00020002, 4, TRUE);
    add_number(index, g_bytes_get_size(second), 4, TRUE);
    add_number(index, first - index_at, 4, TRUE);
    add_number(index, 0, 4, TRUE);
    add_segment(segments, 0xE2, BYTES("MPF\0"), index->data, index->len);
    g_byte_array_unref(index);
    g_autoptr(GBytes) picture = build_jpeg(segments);
    assert_int_equal(g_bytes_get_size(picture), first);
    GByteArray *out = g_byte_array_new();
    add(out, g_bytes_get_data(picture, NULL), first);
    add(out, g_bytes_get_data(second, NULL), g_bytes_get_size(second));
    return done(out);
}

static void
the_index_of_further_pictures_follows_when_they_move(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_multi_picture(), exif = build_tiff("(c) somebody with a long name");
    g_autoptr(GBytes) irb = build_irb(), plain = build_jpeg(NULL);
    g_autoptr(FgContainer) container = read_ok(file);
    FgDress dress = {.exif = exif, .irb = irb};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) tagged = fg_container_rewrite(container, keep_all, NULL, &dress, &error);
    assert_null(error);
    g_autoptr(FgContainer) again = read_ok(tagged);
    const FgPart *mpf = fg_container_find(again, FG_PART_AUXILIARY),
                 *tail = fg_container_find(again, FG_PART_TRAILER);
    FgCursor at = fg_cursor_bytes(mpf->bytes, FG_BIG_ENDIAN);
    guint32 size, offset;
    assert_true(fg_cursor_seek(&at, 50 + 4) && fg_cursor_u32(&at, &size));
    assert_true(fg_cursor_seek(&at, 50 + 16 + 8) && fg_cursor_u32(&at, &offset));
    assert_int_equal(size, tail->offset);
    assert_int_equal(mpf->offset + 8 + offset, tail->offset);
    assert_same_bytes(tail->bytes, plain);

    g_autofree char *folder = fg_scratch(), *path = NULL;
    spill(folder, "two.jpg", tagged, &path);
    int status;
    g_autofree char *preview = fg_witness(&status, "exiftool", "-b", "-MPImage2", path, NULL);
    if (status == 127)
        skip();
    assert_memory_equal(preview, g_bytes_get_data(plain, NULL), 4);
    g_autofree char *said = fg_witness(&status, "exiftool", "-s3", "-MPImage2", path, NULL);
    g_autofree char *expected = g_strdup_printf("%zu bytes", g_bytes_get_size(plain));
    assert_non_null(strstr(said, expected));
}

static gboolean
keep_mpf(const FgPart *part, gpointer data)
{
    (void)data;
    return part->kind == FG_PART_AUXILIARY;
}

static void
without_its_pictures_the_index_goes_too(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_multi_picture();
    g_autoptr(FgContainer) container = read_ok(file);
    g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_mpf, NULL, NULL, NULL);
    g_autoptr(FgContainer) again = read_ok(clean);
    assert_sound(again);
    assert_null(fg_container_find(again, FG_PART_AUXILIARY));
    assert_null(fg_container_find(again, FG_PART_TRAILER));
}

static void
exiftool_finds_nothing_wrong_with_what_we_write(void **state)
{
    (void)state;
    g_autoptr(GBytes) naked = build_jpeg(NULL), exif = build_tiff("(c) us"), xmp = build_xmp("(c) us");
    g_autoptr(GBytes) irb = build_irb();
    FgDress dress = {.exif = exif, .xmp = xmp, .irb = irb};
    g_autoptr(GBytes) file = fg_container_dress(naked, FG_FORMAT_JPEG, &dress, NULL);
    g_autofree char *folder = fg_scratch(), *path = NULL;
    spill(folder, "ours.jpg", file, &path);
    int status;
    g_autofree char *notices = fg_witness(&status, "exiftool", "-s3", "-EXIF:Copyright", "-XMP-dc:Rights",
                                          "-CopyrightFlag", path, NULL);
    if (status == 127)
        skip();
    assert_string_equal(notices, "(c) us\n(c) us\nTrue\n");
    g_autofree char *warning = fg_witness(&status, "exiftool", "-s3", "-a", "-Error", "-Warning", path, NULL);
    assert_string_equal(warning, "");
    g_autofree char *pixels = fg_witness(&status, "djpeg", "-strict", path, NULL);
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
}

static void
an_exif_block_goes_on_in_segments_without_a_header(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("II*\0\x08\0\0\0"));
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("\0\0one"));
    add_segment(segments, 0xFE, BYTES("between"), NULL, 0);
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("two"));
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("MM\0*\0\0\0\x08\0\0"));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_int_equal(count_parts(container, FG_PART_EXIF), 2);
    assert_int_equal(container->faults->len, 2);
    const FgPart *exif = fg_container_find(container, FG_PART_EXIF);
    assert_payload(exif, BYTES("II*\0\x08\0\0\0\0\0onetwo"));
    assert_string_equal(exif->where, "APP1");
    g_autoptr(GBytes) copy = fg_container_rewrite(container, keep_all, NULL, NULL, NULL);
    assert_true(g_bytes_equal(copy, file));
}

/* The signature and header of the second segment would make a block of it. */
static void
a_block_over_64_kib_that_was_split_is_split_again(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new(), block = g_byte_array_new();
    g_autofree guint8 *rest = g_malloc0(65000);
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), BYTES("II*\0\x08\0\0\0\0\0"));
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), rest, 65000);
    add_segment(segments, 0xE1, BYTES("Exif\0\0"), rest, 65000);
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    g_byte_array_append(block, (const guint8 *)"II*\0\x08\0\0\0", 8);
    g_byte_array_set_size(block, 70000);
    memset(block->data + 8, 0, 70000 - 8);
    memcpy(block->data + 65527, "II*\0", 4);
    g_autoptr(GBytes) exif = g_byte_array_free_to_bytes(g_steal_pointer(&block));
    const FgDress dress = {.exif = exif};
    g_autoptr(GBytes) written = fg_container_rewrite(container, keep_all, NULL, &dress, NULL);
    g_autoptr(FgContainer) again = read_ok(written);
    assert_int_equal(count_parts(again, FG_PART_EXIF), 1);
    assert_true(g_bytes_equal(fg_container_find(again, FG_PART_EXIF)->bytes, exif));
    g_autoptr(GBytes) bare = build_jpeg(NULL);
    g_autoptr(FgContainer) other = read_ok(bare);
    g_autoptr(GError) error = NULL;
    assert_null(fg_container_rewrite(other, keep_all, NULL, &dress, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_OVERSIZE));
}

static void
the_records_of_a_flir_camera_are_put_together(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE1, BYTES("FLIR\0\1\1\1"), BYTES("second"));
    add_segment(segments, 0xE1, BYTES("FLIR\0\1\0\1"), BYTES("FFF\0first "));
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(FgContainer) container = read_ok(file);
    assert_sound(container);
    assert_int_equal(count_parts(container, FG_PART_PRIVATE), 1);
    assert_payload(fg_container_find(container, FG_PART_PRIVATE), BYTES("FFF\0first second"));
    assert_string_equal(fg_container_find(container, FG_PART_PRIVATE)->name, "APP1 FLIR");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_frame_header_says_the_size),
        cmocka_unit_test(every_known_segment_becomes_its_part),
        cmocka_unit_test(a_profile_in_chunks_out_of_order_is_put_together),
        cmocka_unit_test(a_profile_with_a_missing_chunk_is_a_fault),
        cmocka_unit_test(extended_xmp_is_put_together_by_guid_and_offset),
        cmocka_unit_test(extended_xmp_that_lies_about_its_size_allocates_nothing_and_is_a_fault),
        cmocka_unit_test(photoshop_resources_in_two_segments_are_one_part),
        cmocka_unit_test(a_c2pa_box_in_two_segments_is_one_part),
        cmocka_unit_test(every_one_of_two_exif_blocks_is_a_part),
        cmocka_unit_test(tags_of_further_exif_blocks_go_and_nothing_moves),
        cmocka_unit_test(metadata_between_two_scans_is_found_and_late),
        cmocka_unit_test(a_marker_inside_a_segment_ends_nothing),
        cmocka_unit_test(fill_bytes_before_a_marker_are_no_fault),
        cmocka_unit_test(stray_bytes_between_segments_are_a_part_that_can_be_left_out),
        cmocka_unit_test(what_follows_the_end_mark_is_a_trailer),
        cmocka_unit_test(the_end_mark_is_found_wherever_it_stands_in_the_data),
        cmocka_unit_test(a_cut_file_yields_its_parts_and_does_not_verify),
        cmocka_unit_test(a_panorama_without_an_end_mark_keeps_its_trailer),
        cmocka_unit_test(a_segment_that_claims_too_much_is_a_fault),
        cmocka_unit_test(a_thumbnail_in_the_jfif_header_can_be_left_out_alone),
        cmocka_unit_test(a_rewrite_that_keeps_all_gives_the_same_bytes),
        cmocka_unit_test(our_blocks_are_written_in_the_canonical_order),
        cmocka_unit_test(adobes_segment_stays_where_colours_need_it),
        cmocka_unit_test(a_block_that_does_not_fit_a_segment_is_refused),
        cmocka_unit_test(a_new_block_takes_the_place_of_the_old_one),
        cmocka_unit_test(the_index_of_further_pictures_follows_when_they_move),
        cmocka_unit_test(without_its_pictures_the_index_goes_too),
        cmocka_unit_test(exiftool_finds_nothing_wrong_with_what_we_write),
        cmocka_unit_test(an_exif_block_goes_on_in_segments_without_a_header),
        cmocka_unit_test(a_block_over_64_kib_that_was_split_is_split_again),
        cmocka_unit_test(the_records_of_a_flir_camera_are_put_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
