/* test_jxl.c: JPEG XL, boxed and bare. */
#include "container/container.h"
#include "support/fixtures.h"

#include <string.h>

/* The start of a codestream of 8 x 16 pixels: small, height 16 - 8, no ratio, width 8. */
static const guint8 codestream[] = {0xff, 0x0a, 0x03, 0x00, 0x12, 0x34};
static const guint8 our_exif[] = "II*\0\x08\0\0\0\x01\0\x98\x82\x02\0\x0b\0\0\0\x1a\0\0\0\0\0\0\0(c) Ariane";

static void
put_box(GByteArray *out, const char *type, const void *data, guint length)
{
    guint32 size = GUINT32_TO_BE(length + 8);
    g_byte_array_append(out, (const guint8 *)&size, 4);
    g_byte_array_append(out, (const guint8 *)type, 4);
    g_byte_array_append(out, data, length);
}

static GBytes *
boxed(void)
{
    GByteArray *out = g_byte_array_new();
    put_box(out, "JXL ", "\r\n\x87\n", 4);
    put_box(out, "ftyp", "jxl \0\0\0\0jxl ", 12);
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

static gboolean
holds(GBytes *file, const char *needle)
{
    gsize length;
    const void *data = g_bytes_get_data(file, &length);
    return memmem(data, length, needle, strlen(needle)) != NULL;
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
    assert_false(holds(clean, "4711"));
    assert_false(holds(clean, "Sappey"));
    assert_false(holds(clean, "COM segment"));
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
        assert_false(holds(tagged, "4711"));
        assert_false(holds(tagged, "jbrd"));
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

/* Whatever is in it: metadata of any kind, a picture, or nothing at all. */
static void
a_compressed_box_makes_a_file_that_cannot_be_read(void **state)
{
    (void)state;
    static const char *const inner[] = {"Exif\x8b\x01", "xml \x8b\x01", "jumb\x8b\x01",
                                        "Abcd\x8b",     "jxlc\x8b",     ""};
    for (gsize i = 0; i < G_N_ELEMENTS(inner); i++) {
        GByteArray *out = g_byte_array_new();
        put_box(out, "JXL ", "\r\n\x87\n", 4);
        put_box(out, "ftyp", "jxl \0\0\0\0jxl ", 12);
        put_box(out, "jxlc", codestream, sizeof codestream);
        put_box(out, "brob", inner[i], (guint)strlen(inner[i]));
        g_autoptr(GBytes) file = g_byte_array_free_to_bytes(out);
        g_autoptr(GError) error = NULL;
        assert_null(fg_container_read(file, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_UNSUPPORTED));
        assert_non_null(strstr(error->message, "brob"));
    }
}

static void
a_cut_file_is_known_to_be_cut(void **state)
{
    (void)state;
    GByteArray *out = g_byte_array_new();
    put_box(out, "JXL ", "\r\n\x87\n", 4);
    put_box(out, "ftyp", "jxl \0\0\0\0jxl ", 12);
    put_box(out, "jxlp", "\0\0\0\0\xff\x0a\x03\0\x12\x34", 10);
    put_box(out, "jxlp", "\x80\0\0\1 more of it", 15);
    g_byte_array_set_size(out, out->len - 3);
    g_autoptr(GBytes) file = g_byte_array_free_to_bytes(out);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    assert_non_null(container);
    assert_false(fg_container_verify(container, NULL));
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
        cmocka_unit_test(a_compressed_box_makes_a_file_that_cannot_be_read),
        cmocka_unit_test(a_cut_file_is_known_to_be_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
