/* Which picture a proof shows, and how its page is filled. */
#include "report/report_private.h"
#include "support/fixtures.h"

#include <string.h>

static void
file_entry(GString *json, const char *dir, const char *format, int width, int height)
{
    g_autofree char *name = g_strdup_printf("p-%dx%d.%s", width, height, format);
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_autofree char *digest = fg_sha256_hex(name, strlen(name));
    g_autoptr(GBytes) bytes = g_bytes_new(name, strlen(name));
    fg_spill(path, bytes);
    g_string_append_printf(json,
                           "%s{\"name\":\"n\",\"path\":\"%s\",\"format\":\"%s\",\"width\":%d,\"height\":%d,"
                           "\"bytes\":%zu,\"sha256\":\"%s\",\"marks\":[]}",
                           g_str_has_suffix(json->str, "[") ? "" : ",", name, format, width, height,
                           strlen(name), digest);
}

/* A derivative of the one photo that a proof here has. */
typedef struct {
    const char *format;
    int width, height;
} Size;

static void
start(FgProof *proof, const Size *sizes, gsize n)
{
    g_autofree char *dir = fg_scratch();
    g_autoptr(GString) json =
        g_string_new("{\"filigrane\":1,\"profile\":\"<p>\",\"rights\":{},\"failed\":[],"
                     "\"photos\":[{\"source\":\"p.jpg\",\"sha256\":\"0\",\"width\":6000,"
                     "\"height\":4000,\"removed\":[],\"derivatives\":[");
    for (gsize i = 0; i < n; i++)
        file_entry(json, dir, sizes[i].format, sizes[i].width, sizes[i].height);
    g_string_append(json, "]}]}");
    g_autofree char *path = g_build_filename(dir, "filigrane.json", NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(json->str, json->len);
    fg_spill(path, bytes);
    *proof = (FgProof){.published = fg_published_read(dir, NULL),
                       .photos = g_new0(FgProofPhoto, 1),
                       .notes = g_ptr_array_new_with_free_func(g_free)};
    assert_non_null(proof->published);
    fg_proof_read_pictures(proof, dir);
}

static void
stop(FgProof *proof)
{
    g_bytes_unref(proof->photos[0].picture);
    g_free(proof->photos);
    fg_published_free(proof->published);
    g_ptr_array_unref(proof->notes);
}

static void
assert_shown(const Size *sizes, gsize n, const char *expected)
{
    FgProof proof;
    start(&proof, sizes, n);
    assert_string_equal(proof.photos[0].file->path, expected);
    assert_non_null(proof.photos[0].picture);
    assert_int_equal(proof.notes->len, 0);
    stop(&proof);
}

static void
the_picture_is_the_smallest_that_is_large_enough_whole_and_shown_by_all(void **state)
{
    (void)state;
    const Size usual[] = {{"jpeg", 2048, 1365},
                          {"avif", 1280, 853},
                          {"jpeg", 1280, 853},
                          {"webp", 1280, 853},
                          {"webp", 480, 480}};
    assert_shown(usual, G_N_ELEMENTS(usual), "p-1280x853.webp");
    const Size small[] = {{"jpeg", 320, 213}, {"jpeg", 640, 427}, {"jpeg", 2000, 2000}};
    assert_shown(small, G_N_ELEMENTS(small), "p-640x427.jpeg");
    const Size crops[] = {{"avif", 200, 200}, {"avif", 480, 480}};
    assert_shown(crops, G_N_ELEMENTS(crops), "p-480x480.avif");
}

static void
every_part_of_the_page_is_filled(void **state)
{
    (void)state;
    const Size sizes[] = {{"jpeg", 640, 427}};
    FgProof proof;
    start(&proof, sizes, 1);
    g_autofree char *page = fg_proof_page(&proof);
    assert_null(strstr(page, "<!--"));
    assert_true(g_str_has_prefix(page, "<!doctype html>"));
    assert_true(g_str_has_suffix(page, "</html>\n"));
    assert_non_null(strstr(page, "&lt;p&gt;"));
    assert_non_null(strstr(page, "#p1{--r:1.4988;--c:var(--well)}"));
    assert_null(strstr(page, "class=\"problems\""));
    assert_null(strstr(page, "class=\"secret\""));
    /* Without a title the file's name is one already, and is not told twice. */
    assert_null(strstr(page, "<bdi>p.jpg"));
    stop(&proof);
}

static void
the_parts_of_the_page_hold_nothing_that_would_end_them(void **state)
{
    (void)state;
    assert_null(strstr(fg_proof_js, "</"));
    assert_null(strstr(fg_proof_js, "<!--"));
    assert_null(strstr(fg_proof_css, "</"));
    assert_null(strstr(fg_proof_css, "url("));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_is_the_smallest_that_is_large_enough_whole_and_shown_by_all),
        cmocka_unit_test(every_part_of_the_page_is_filled),
        cmocka_unit_test(the_parts_of_the_page_hold_nothing_that_would_end_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
