/* test_jxl.c: JPEG XL, boxed and bare. */
#include "container/container.h"
#include "support/fixtures.h"
#include "support/jxl_boxes.h"

#include <string.h>

/* The start of a codestream of 8 x 16 pixels: small, height 16 - 8, no ratio, width 8. */
static const guint8 codestream[] = {0xff, 0x0a, 0x03, 0x00, 0x12, 0x34};
static const guint8 our_exif[] = "II*\0\x08\0\0\0\x01\0\x98\x82\x02\0\x0b\0\0\0\x1a\0\0\0\0\0\0\0(c) Ariane";

static GBytes *
boxed(void)
{
    GByteArray *out = begin_boxes();
    put_box(out, "jxll", "\x05", 1);
    put_box(out, "Exif", "\0\0\0\0II*\0\x08\0\0\0\0\0 4711-0815", 24);
    put_box(out, "jbrd", "the JPEG's own COM segment", 26);
    put_box(out, "jxlc", codestream, sizeof codestream);
    put_box(out, "xml ", "<x:xmpmeta>Le Sappey</x:xmpmeta>", 32);
    return g_byte_array_free_to_bytes(out);
}

static gboolean
keep_all(const FgPart *part, gpointer data)
{
    (void)part;
    (void)data;
    return TRUE;
}

static gboolean
keep_none(const FgPart *part, gpointer data)
{
    (void)part;
    (void)data;
    return FALSE;
}

static void
the_size_is_read_from_both_forms(void **state)
{
    (void)state;
    g_autoptr(GBytes) in_boxes = boxed(), bare = g_bytes_new_static(codestream, sizeof codestream);
    g_autoptr(FgContainer) first = fg_container_read(in_boxes, NULL), second = fg_container_read(bare, NULL);
    assert_non_null(first);
    assert_non_null(second);
    assert_int_equal(first->width, 8);
    assert_int_equal(first->height, 16);
    assert_int_equal(second->width, 8);
    assert_int_equal(second->height, 16);
    g_autofree char *a = fg_container_picture_digest(first), *b = fg_container_picture_digest(second);
    assert_string_equal(a, b);
}

static void
every_box_is_a_part(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = boxed();
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    const FgPart *exif = fg_container_find(container, FG_PART_EXIF);
    assert_memory_equal(g_bytes_get_data(exif->bytes, NULL), "II*", 4);
    assert_non_null(fg_container_find(container, FG_PART_XMP));
    assert_string_equal(fg_container_find(container, FG_PART_PRIVATE)->name, "jbrd");
}

static void
what_is_dropped_is_gone(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = boxed();
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    g_autoptr(GBytes) same = fg_container_rewrite(container, keep_all, NULL, NULL, NULL);
    assert_true(g_bytes_equal(file, same));
    g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_none, NULL, NULL, NULL);
    assert_false(fg_bytes_hold(clean, "4711"));
    assert_false(fg_bytes_hold(clean, "Sappey"));
    assert_false(fg_bytes_hold(clean, "COM segment"));
    g_autoptr(FgContainer) back = fg_container_read(clean, NULL);
    g_autofree char *a = fg_container_picture_digest(container), *b = fg_container_picture_digest(back);
    assert_string_equal(a, b);
}

static void
a_notice_is_written_into_both_forms_and_exiftool_reads_it(void **state)
{
    (void)state;
    g_autoptr(GBytes) exif = g_bytes_new_static(our_exif, sizeof our_exif);
    g_autoptr(GBytes) in_boxes = boxed(), bare = g_bytes_new_static(codestream, sizeof codestream);
    GBytes *const forms[] = {in_boxes, bare};
    FgDress dress = {.exif = exif};
    for (guint i = 0; i < 2; i++) {
        g_autoptr(FgContainer) container = fg_container_read(forms[i], NULL);
        g_autoptr(GBytes) tagged = fg_container_rewrite(container, keep_all, NULL, &dress, NULL);
        assert_non_null(tagged);
        assert_false(fg_bytes_hold(tagged, "4711"));
        assert_false(fg_bytes_hold(tagged, "jbrd"));
        g_autoptr(FgContainer) back = fg_container_read(tagged, NULL);
        g_autofree char *a = fg_container_picture_digest(container), *b = fg_container_picture_digest(back);
        assert_string_equal(a, b);
        g_autoptr(GBytes) again = fg_container_rewrite(back, keep_all, NULL, &dress, NULL);
        assert_true(g_bytes_equal(tagged, again));

        g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "x.jxl", NULL);
        fg_spill(path, tagged);
        int status;
        g_autofree char *said = fg_witness(&status, "exiftool", "-s3", "-EXIF:Copyright", path, NULL);
        if (status != 127)
            assert_string_equal(said, "(c) Ariane\n");
    }
}

static void
a_block_that_is_there_already_stays_where_all_others_go(void **state)
{
    (void)state;
    g_autoptr(GBytes) exif = g_bytes_new_static(our_exif, sizeof our_exif);
    g_autoptr(GBytes) xmp = g_bytes_new_static("<x:xmpmeta/>", 12);
    g_autoptr(GBytes) in_boxes = boxed();
    FgDress dress = {.exif = exif, .xmp = xmp};
    g_autoptr(FgContainer) container = fg_container_read(in_boxes, NULL);
    g_autoptr(GBytes) once = fg_container_rewrite(container, keep_none, NULL, &dress, NULL);
    g_autoptr(FgContainer) back = fg_container_read(once, NULL);
    assert_true(g_bytes_equal(fg_container_find(back, FG_PART_EXIF)->bytes, exif));
    assert_true(g_bytes_equal(fg_container_find(back, FG_PART_XMP)->bytes, xmp));
    g_autoptr(GBytes) twice = fg_container_rewrite(back, keep_none, NULL, &dress, NULL);
    assert_true(g_bytes_equal(once, twice));
}

static GBytes *
end(GByteArray *out)
{
    put_box(out, "jxlc", codestream, sizeof codestream);
    return g_byte_array_free_to_bytes(out);
}

static void
a_compressed_box_is_read_as_if_it_were_none(void **state)
{
    (void)state;
    GByteArray *out = begin_boxes();
    put_packed(out, "Exif", "\0\0\0\0II*\0\x08\0\0\0\0\0 4711-0815", 24);
    put_packed(out, "xml ", "<x:xmpmeta>Le Sappey</x:xmpmeta>", 32);
    put_packed(out, "jumb", "a manifest", 10);
    put_packed(out, "Abcd", "whatever it is", 14);
    g_autoptr(GBytes) file = end(out);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    assert_non_null(container);
    const FgPart *exif = fg_container_find(container, FG_PART_EXIF);
    assert_true(exif->packed);
    assert_memory_equal(g_bytes_get_data(exif->bytes, NULL), "II*", 4);
    assert_int_equal(g_bytes_get_size(fg_container_find(container, FG_PART_XMP)->bytes), 32);
    assert_int_equal(g_bytes_get_size(fg_container_find(container, FG_PART_C2PA)->bytes), 10);
    assert_string_equal(fg_container_find(container, FG_PART_PRIVATE)->name, "Abcd");
}

static void
a_block_is_written_compressed_where_it_was(void **state)
{
    (void)state;
    GByteArray *out = begin_boxes();
    put_packed(out, "Exif", "\0\0\0\0II*\0\x08\0\0\0\0\0 4711-0815", 24);
    put_box(out, "xml ", "<x:xmpmeta>Le Sappey</x:xmpmeta>", 32);
    g_autoptr(GBytes) file = end(out), exif = g_bytes_new_static(our_exif, sizeof our_exif);
    g_autoptr(GBytes) xmp = g_bytes_new_static("<x:xmpmeta/>", 12);
    FgDress dress = {.exif = exif, .xmp = xmp};
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    g_autoptr(GBytes) once = fg_container_rewrite(container, keep_none, NULL, &dress, NULL);
    g_autoptr(FgContainer) back = fg_container_read(once, NULL);
    assert_true(fg_bytes_hold(once, "brobExif"));
    assert_true(fg_bytes_hold(once, "xml <x:xmpmeta/>"));
    assert_true(g_bytes_equal(fg_container_find(back, FG_PART_EXIF)->bytes, exif));
    g_autoptr(GBytes) twice = fg_container_rewrite(back, keep_none, NULL, &dress, NULL);
    assert_true(g_bytes_equal(once, twice));
}

static void
tags_go_out_of_a_further_block_that_is_compressed(void **state)
{
    (void)state;
    static const guint16 copyright = 0x8298;
    GByteArray *out = begin_boxes(), *body = g_byte_array_new();
    g_byte_array_append(body, (const guint8 *)"\0\0\0\0", 4);
    g_byte_array_append(body, our_exif, sizeof our_exif);
    put_box(out, "Exif", "\0\0\0\0II*\0\x08\0\0\0\0\0", 14);
    put_packed(out, "Exif", body->data, body->len);
    g_byte_array_unref(body);
    g_autoptr(GBytes) file = end(out);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    g_autoptr(GBytes) without = fg_container_without_tags(container, &copyright, 1);
    g_autoptr(FgContainer) back = fg_container_read(without, NULL);
    const FgPart *second = NULL;
    for (guint i = 0; i < back->parts->len; i++)
        if (((FgPart *)back->parts->pdata[i])->further)
            second = back->parts->pdata[i];
    assert_true(second && second->packed);
    assert_true(fg_bytes_hold(second->bytes, "II*"));
    assert_false(fg_bytes_hold(second->bytes, "Ariane"));
}

/* It ends too early, another kind of box may not be in it, something stands behind it, or it says nothing. */
static void
what_cannot_be_opened_makes_a_file_that_cannot_be_read(void **state)
{
    (void)state;
    static const char *const inner[] = {"Exif\x8b\x01",
                                        "xml \x8b\x01",
                                        "jumb\x8b\x01",
                                        "Abcd\x8b",
                                        "jxlc\x0f\x02\x80"
                                        "a box\x03",
                                        "jbrd\x0f\x02\x80"
                                        "a box\x03",
                                        "brob\x0f\x02\x80"
                                        "a box\x03",
                                        "xml \x0f\x02\x80"
                                        "a box\x03 ",
                                        ""};
    for (gsize i = 0; i < G_N_ELEMENTS(inner); i++) {
        GByteArray *out = begin_boxes();
        put_box(out, "brob", inner[i], (guint)strlen(inner[i]));
        g_autoptr(GBytes) file = end(out);
        g_autoptr(GError) error = NULL;
        assert_null(fg_container_read(file, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
        assert_non_null(strstr(error->message, "brob"));
    }
}

/* Each of them alone would be let pass. */
static void
all_compressed_boxes_together_have_one_ceiling(void **state)
{
    (void)state;
    const guint length = 1 << 20;
    g_autofree guint8 *zeros = g_malloc0(length);
    for (guint count = 16; count <= 17; count++) {
        GByteArray *out = begin_boxes();
        for (guint i = 0; i < count; i++)
            put_packed(out, "Abcd", zeros, length);
        g_autoptr(GBytes) file = end(out);
        g_autoptr(FgContainer) container = fg_container_read(file, NULL);
        assert_true((container != NULL) == (count == 16));
    }
}

/* What cjxl 0.7 made of a grey JPEG with a by-line in IPTC, a comment, and bytes behind its end. */
static const guint8 jbrd[131] = {
    0x5b, 0x7f, 0x03, 0x08, 0x42, 0xcb, 0xa0, 0x01, 0x88, 0x00, 0x00, 0x21, 0x20, 0x25, 0x00, 0x00, 0x00,
    0xc8, 0xea, 0xff, 0x13, 0x84, 0x40, 0x0a, 0x05, 0x00, 0x00, 0x21, 0x07, 0x94, 0xa9, 0x0e, 0x32, 0x4c,
    0x1e, 0x32, 0xd4, 0x60, 0x43, 0xfe, 0x0f, 0xf0, 0x03, 0x00, 0x40, 0x08, 0x00, 0x8b, 0x27, 0x80, 0xed,
    0x00, 0x34, 0x50, 0x68, 0x6f, 0x74, 0x6f, 0x73, 0x68, 0x6f, 0x70, 0x20, 0x33, 0x2e, 0x30, 0x00, 0x38,
    0x42, 0x49, 0x4d, 0x04, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x18, 0x1c, 0x02, 0x50, 0x00, 0x0c, 0x5a,
    0x6f, 0x65, 0x20, 0x53, 0x74, 0x72, 0x61, 0x6e, 0x67, 0x65, 0x72, 0x1c, 0x02, 0x00, 0x00, 0x02, 0x00,
    0x04, 0xfe, 0x00, 0x11, 0x63, 0x61, 0x6c, 0x6c, 0x20, 0x6d, 0x65, 0x20, 0x61, 0x74, 0x20, 0x34, 0x37,
    0x31, 0x31, 0x54, 0x41, 0x49, 0x4c, 0x20, 0x30, 0x38, 0x31, 0x35, 0x03};

static void
the_segments_of_the_former_jpeg_are_parts(void **state)
{
    (void)state;
    GByteArray *out = begin_boxes();
    put_box(out, "jbrd", jbrd, sizeof jbrd);
    g_autoptr(GBytes) file = end(out);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    assert_int_equal(container->faults->len, 0);
    const FgPart *comment = fg_container_find(container, FG_PART_COMMENT);
    assert_true(fg_bytes_hold(comment->bytes, "call me at 4711"));
    assert_string_equal(comment->where, "jbrd COM");
    assert_true(fg_bytes_hold(fg_container_find(container, FG_PART_IRB)->bytes, "Zoe Stranger"));
    assert_true(fg_bytes_hold(fg_container_find(container, FG_PART_TRAILER)->bytes, "TAIL 0815"));
    assert_null(fg_container_find(container, FG_PART_PRIVATE)->bytes);

    g_autoptr(GBytes) same = fg_container_rewrite(container, keep_all, NULL, NULL, NULL);
    assert_true(g_bytes_equal(file, same));
    FgDress nothing = {0};
    g_autoptr(GBytes) tagged = fg_container_rewrite(container, keep_all, NULL, &nothing, NULL);
    assert_false(fg_bytes_hold(tagged, "jbrd"));
}

/* Of a damaged one there is its box, with its bytes, and nothing that was guessed. */
static void
a_damaged_jbrd_is_a_box_that_nobody_understands(void **state)
{
    (void)state;
    for (guint cut = 0; cut < sizeof jbrd; cut++) {
        GByteArray *out = begin_boxes();
        put_box(out, "jbrd", jbrd, cut);
        g_autoptr(GBytes) file = end(out);
        g_autoptr(FgContainer) container = fg_container_read(file, NULL);
        assert_non_null(fg_container_find(container, FG_PART_PRIVATE)->bytes);
        assert_null(fg_container_find(container, FG_PART_COMMENT));
    }
}

/* A file has one; of a second one nothing is opened, and it is told of as one that can't be understood. */
static void
a_second_jbrd_is_not_opened(void **state)
{
    (void)state;
    GByteArray *out = begin_boxes();
    put_box(out, "jbrd", jbrd, sizeof jbrd);
    put_box(out, "jbrd", jbrd, sizeof jbrd);
    g_autoptr(GBytes) file = end(out);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    guint comments = 0, closed = 0;
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        comments += part->kind == FG_PART_COMMENT;
        closed += g_strcmp0(part->name, "jbrd") == 0 && part->bytes;
    }
    assert_int_equal(comments, 1);
    assert_int_equal(closed, 1);
}

static void
a_cut_file_is_known_to_be_cut(void **state)
{
    (void)state;
    GByteArray *out = begin_boxes();
    put_box(out, "jxlp", "\0\0\0\0\xff\x0a\x03\0\x12\x34", 10);
    put_box(out, "jxlp", "\x80\0\0\1 more of it", 15);
    g_byte_array_set_size(out, out->len - 3);
    g_autoptr(GBytes) file = g_byte_array_free_to_bytes(out);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    assert_non_null(container);
    assert_false(fg_container_verify(container, NULL));
}

/* 301 x 200 pixels, turned by a quarter: five bytes of it in the first box, as cjxl may cut it. */
static void
the_size_is_read_though_it_stands_in_two_boxes(void **state)
{
    (void)state;
    static const guint8 first[] = {0, 0, 0, 0, 0xff, 0x0a, 0x38, 0x06, 0x58},
                        second[] = {0x80, 0, 0, 1, 0x5a, 0x00, 0x00};
    GByteArray *out = begin_boxes();
    put_box(out, "jxlp", first, sizeof first);
    put_box(out, "jxlp", second, sizeof second);
    g_autoptr(GBytes) file = g_byte_array_free_to_bytes(out);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    assert_int_equal(container->faults->len, 0);
    assert_int_equal(container->width, 301);
    assert_int_equal(container->height, 200);
    assert_int_equal(container->orientation, 6);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_size_is_read_from_both_forms),
        cmocka_unit_test(every_box_is_a_part),
        cmocka_unit_test(what_is_dropped_is_gone),
        cmocka_unit_test(a_notice_is_written_into_both_forms_and_exiftool_reads_it),
        cmocka_unit_test(a_block_that_is_there_already_stays_where_all_others_go),
        cmocka_unit_test(a_compressed_box_is_read_as_if_it_were_none),
        cmocka_unit_test(a_block_is_written_compressed_where_it_was),
        cmocka_unit_test(tags_go_out_of_a_further_block_that_is_compressed),
        cmocka_unit_test(what_cannot_be_opened_makes_a_file_that_cannot_be_read),
        cmocka_unit_test(all_compressed_boxes_together_have_one_ceiling),
        cmocka_unit_test(the_segments_of_the_former_jpeg_are_parts),
        cmocka_unit_test(a_damaged_jbrd_is_a_box_that_nobody_understands),
        cmocka_unit_test(a_second_jbrd_is_not_opened),
        cmocka_unit_test(the_size_is_read_though_it_stands_in_two_boxes),
        cmocka_unit_test(a_cut_file_is_known_to_be_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
