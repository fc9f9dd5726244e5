/* What has a photo's name and holds none. */
#include "container/build.h"

static gboolean
is_taken(const char *path, const char *text)
{
    return fg_sniff_photo(path, text, strlen(text));
}

static void
a_name_of_each_kind_that_is_read_is_believed(void **state)
{
    (void)state;
    static const char *const names[] = {"a.jpg",  "b/a.JPEG", "a.jpe",  "a.jfif", "a.png", "a.PnG",  "a.webp",
                                        "a.avif", "a.b.heic", "a.heif", "a.HIF",  "a.tif", "a.tiff", "a.jxl"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        assert_true(is_taken(names[i], ""));
        assert_true(is_taken(names[i], "version https://git-lfs.github.com/spec/v1\n"));
    }
    static const char *const others[] = {"a",     "jpg",   "a.jpg/b",   "a.txt", "a.jpgx",
                                         "a.cr2", "a.gif", "a.jpg.txt", "a."};
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        assert_false(is_taken(others[i], "text"));
}

static void
another_kind_under_a_photos_name_is_no_photo_and_is_told(void **state)
{
    (void)state;
    assert_true(is_taken("a.jpg", "GIF89a"));
    assert_true(is_taken("a.tif", "%PDF-1.7\n"));
    assert_true(is_taken("a.jpg", "\xFF\x0A\xFA\x1F"));
    assert_true(is_taken("a.jxl", "\xFF\x0A\xFA\x1F"));
    assert_true(is_taken("a.jxl", "GIF89a"));
    assert_false(is_taken("a.gif", "GIF89a"));
    assert_true(is_taken("a", "\xFF\xD8\xFF\xE0"));
}

static void
assert_words(const char *text, gsize length, const char *words)
{
    g_autoptr(GBytes) file = g_bytes_new(text, length);
    g_autoptr(GError) error = NULL;
    assert_null(fg_container_read(file, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_UNSUPPORTED));
    if (!strstr(error->message, words))
        fail_msg("'%s' is called: %s", text, error->message);
}

#define WORDS(literal, words) assert_words(literal, sizeof(literal) - 1, words)

static void
three_causes_have_words(void **state)
{
    (void)state;
    WORDS("", "is empty");
    WORDS("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n", "git lfs pull");
    WORDS("version https://hawser.github.com/spec/v1\noid sha256:00\nsize 12345\n", "git lfs pull");
    WORDS("<!DOCTYPE html><title>Sign in</title>", "HTML");
    WORDS("\xEF\xBB\xBF\r\n<HTML><body>", "HTML");
    WORDS("<!-- saved -->\n<html><svg></svg>", "HTML");
    WORDS("<!doctype html><svg></svg>", "HTML");
    WORDS("<!-- never ended", "of an unknown kind");
    WORDS("<!-- ended --> text", "of an unknown kind");
    WORDS("versions of the truth", "of an unknown kind");
    WORDS("\0\0\0\0\0\0\0\0", "of an unknown kind");
    WORDS("<svg xmlns='http://www.w3.org/2000/svg'/>", "is SVG");
    WORDS("GIF89a", "is GIF");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_of_each_kind_that_is_read_is_believed),
        cmocka_unit_test(another_kind_under_a_photos_name_is_no_photo_and_is_told),
        cmocka_unit_test(three_causes_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
