/* The one door of all formats, and the whole corpus through it. */
#include "container/build.h"

static void
another_kind_of_file_is_unsupported(void **state)
{
    (void)state;
    g_autoptr(GBytes) gif = g_bytes_new(BYTES("GIF89a"));
    g_autoptr(GError) error = NULL;
    assert_null(fg_container_read(gif, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_UNSUPPORTED));
}

static void
an_empty_file_is_called_empty(void **state)
{
    (void)state;
    g_autoptr(GBytes) empty = g_bytes_new(NULL, 0);
    g_autoptr(GError) error = NULL;
    assert_null(fg_container_read(empty, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_UNSUPPORTED));
    assert_string_equal(error->message, "the file is empty");
}

static void
a_picture_is_dressed_only_as_what_it_is(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_jpeg(NULL);
    g_autoptr(GError) error = NULL;
    assert_null(fg_container_dress(file, FG_FORMAT_PNG, &(FgDress){0}, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
    g_clear_error(&error);
    assert_null(fg_container_dress(file, FG_FORMAT_TIFF, &(FgDress){0}, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_UNSUPPORTED));
}

static void
a_picture_that_is_cut_is_not_dressed(void **state)
{
    (void)state;
    g_autoptr(GBytes) file = build_jpeg(NULL);
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(file, 0, g_bytes_get_size(file) - 1);
    g_autoptr(GError) error = NULL;
    assert_null(fg_container_dress(cut, FG_FORMAT_JPEG, &(FgDress){0}, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
}

static void
a_file_of_countless_parts_is_refused(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    for (guint i = 0; i < 40000; i++)
        add_segment(segments, 0xFE, NULL, 0, NULL, 0);
    g_autoptr(GBytes) file = build_jpeg(segments);
    g_autoptr(GError) error = NULL;
    assert_null(fg_container_read(file, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_LIMIT));
}

static void
the_digest_is_of_the_pixels_alone(void **state)
{
    (void)state;
    g_autoptr(GByteArray) segments = g_byte_array_new();
    add_segment(segments, 0xE0, BYTES("JFIF\0\1\1\0\0\1\0\1\0\0"), NULL, 0);
    add_segment(segments, 0xFE, BYTES("hello"), NULL, 0);
    g_autoptr(GBytes) plain = build_jpeg(NULL), full = build_jpeg(segments);
    GByteArray *changed_bytes = g_byte_array_new();
    add(changed_bytes, g_bytes_get_data(plain, NULL), g_bytes_get_size(plain));
    changed_bytes->data[changed_bytes->len - 3] ^= 0x40;
    g_autoptr(GBytes) changed = done(changed_bytes);
    g_autoptr(FgContainer) a = read_ok(plain), b = read_ok(full), c = read_ok(changed);
    g_autofree char *digest = fg_container_picture_digest(a), *same = fg_container_picture_digest(b);
    g_autofree char *other = fg_container_picture_digest(c);
    assert_string_equal(digest, same);
    assert_string_not_equal(digest, other);
}

/* A part with a payload lies in the file, and no format of this room loses a byte when all is kept. */
static void
assert_consistent(const char *name, const FgContainer *container)
{
    gsize size = g_bytes_get_size(container->file);
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        assert_non_null(part->where);
        if (part->offset > size)
            fail_msg("%s: %s lies at %" G_GUINT64_FORMAT " of %zu", name, part->where, part->offset, size);
    }
    if (container->format != FG_FORMAT_JPEG && container->format != FG_FORMAT_PNG &&
        container->format != FG_FORMAT_WEBP)
        return;
    g_autoptr(GBytes) copy = fg_container_rewrite(container, keep_all, NULL, NULL, NULL);
    assert_same_bytes(copy, container->file);
    g_autoptr(GBytes) clean = fg_container_rewrite(container, keep_none, NULL, NULL, NULL);
    if (!container->complete) /* What is cut or damaged may be refused. */
        return;
    assert_non_null(clean);
    g_autoptr(FgContainer) again = fg_container_read(clean, NULL);
    assert_non_null(again);
    for (guint i = 0; i < again->parts->len; i++)
        assert_int_equal(((const FgPart *)again->parts->pdata[i])->kind, FG_PART_PICTURE);
    g_autofree char *old = fg_container_picture_digest(container), *new = fg_container_picture_digest(again);
    assert_string_equal(old, new);
}

static gboolean
type_agrees(const char *type, FgFormat format)
{
    switch (format) {
    case FG_FORMAT_JPEG:
        return !strcmp(type, "JPEG");
    case FG_FORMAT_PNG:
        return !strcmp(type, "PNG");
    case FG_FORMAT_WEBP:
        return !strcmp(type, "Extended WEBP") || !strcmp(type, "WEBP");
    case FG_FORMAT_AVIF:
        return !strcmp(type, "AVIF");
    case FG_FORMAT_HEIC:
        return !strcmp(type, "HEIC") || !strcmp(type, "HEIF");
    case FG_FORMAT_TIFF:
        return !strcmp(type, "TIFF");
    default:
        return FALSE;
    }
}

static void
every_file_of_the_corpus_is_read_and_has_the_size_that_exiftool_sees(void **state)
{
    (void)state;
    g_autofree char *truth_path = fg_corpus_path("truth.json");
    if (!truth_path)
        skip();
    g_autoptr(GBytes) text = fg_slurp(truth_path);
    g_autoptr(GError) error = NULL;
    g_autoptr(FgJson) truth = fg_json_parse(g_bytes_get_data(text, NULL), g_bytes_get_size(text), &error);
    assert_non_null(truth);
    guint compared = 0;
    for (gsize i = 0; i < fg_json_length(truth); i++) {
        FgJson *row = fg_json_at(truth, i), *size = fg_json_get(row, "size");
        const char *name = fg_json_get_string(row, "file"), *type = fg_json_get_string(row, "type");
        g_autofree char *path = fg_corpus_path(name);
        g_autoptr(GBytes) file = path ? fg_slurp(path) : NULL;
        g_autoptr(FgContainer) container = file ? fg_container_read(file, NULL) : NULL;
        if (!container)
            continue;
        assert_consistent(name, container);
        if (!g_str_has_prefix(name, "photos/") || !type || !type_agrees(type, container->format) ||
            fg_json_length(size) != 2)
            continue;
        gint64 width = 0, height = 0;
        FgJson *holder = fg_json_object();
        fg_json_set(holder, "w", fg_json_ref(fg_json_at(size, 0)));
        fg_json_set(holder, "h", fg_json_ref(fg_json_at(size, 1)));
        width = fg_json_get_integer(holder, "w", 0);
        height = fg_json_get_integer(holder, "h", 0);
        fg_json_free(holder);
        if (container->width != width || container->height != height)
            fail_msg("%s: %u x %u, not %d x %d", name, container->width, container->height, (int)width,
                     (int)height);
        compared++;
    }
    assert_true(compared > 80);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_kind_of_file_is_unsupported),
        cmocka_unit_test(an_empty_file_is_called_empty),
        cmocka_unit_test(a_picture_is_dressed_only_as_what_it_is),
        cmocka_unit_test(a_picture_that_is_cut_is_not_dressed),
        cmocka_unit_test(a_file_of_countless_parts_is_refused),
        cmocka_unit_test(the_digest_is_of_the_pixels_alone),
        corpus_unit_test(every_file_of_the_corpus_is_read_and_has_the_size_that_exiftool_sees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
