/* The manifest as the pages read it. */
#include "report/report_private.h"
#include "support/fixtures.h"

#include <string.h>

#define FILE_ENTRY                                                                                           \
    "{\"name\":\"large\",\"path\":\"a/b.jpg\",\"format\":\"jpeg\",\"width\":640,\"height\":427,\"bytes\":9," \
    "\"sha256\":\"0\",\"marks\":[\"signature\"]}"
#define PHOTO                                                                                                \
    "{\"source\":\"a/"                                                                                       \
    "b.jpg\",\"sha256\":\"0\",\"width\":6000,\"height\":4000,\"notice\":null,\"title\":\"T\","               \
    "\"caption\":\"\",\"alt\":null,\"date\":null,\"colour\":\"#6b7a8c\",\"placeholder\":\"data:image/"       \
    "webp;base64,QQ==\","                                                                                    \
    "\"removed\":[],\"derivatives\":[" FILE_ENTRY "]}"
#define DOCUMENT                                                                                             \
    "{\"filigrane\":1,\"profile\":\"p\",\"rights\":{\"data_mining\":\"http://ns.useplus.org/ldf/vocab/"      \
    "DMI-PROHIBITED\"},"                                                                                     \
    "\"photos\":[" PHOTO "],\"failed\":[]}"

/* The document with one text in it replaced. */
static FgPublished *
read_with(const char *from, const char *to, GError **error)
{
    g_autofree char *dir = fg_scratch();
    g_autofree char *path = g_build_filename(dir, "filigrane.json", NULL);
    g_autoptr(GString) text = g_string_new(DOCUMENT);
    if (from)
        assert_int_not_equal(g_string_replace(text, from, to, 0), 0);
    g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
    fg_spill(path, bytes);
    return fg_published_read(dir, error);
}

static void
what_publish_wrote_is_read_whole(void **state)
{
    (void)state;
    g_autoptr(FgPublished) published = read_with(NULL, NULL, NULL);
    assert_non_null(published);
    assert_string_equal(published->profile, "p");
    assert_int_equal(published->photos->len, 1);
    const FgPublishedPhoto *photo = published->photos->pdata[0];
    assert_string_equal(photo->source, "a/b.jpg");
    assert_string_equal(photo->colour, "#6b7a8c");
    assert_string_equal(photo->placeholder, "data:image/webp;base64,QQ==");
    assert_null(photo->notice);
    assert_int_equal(photo->n_files, 1);
    assert_int_equal(photo->files[0].format, FG_FORMAT_JPEG);
    assert_int_equal(photo->files[0].width, 640);
    assert_string_equal(fg_published_alt(photo), "T");
}

static void
an_entry_that_publish_can_t_have_written_is_an_error(void **state)
{
    (void)state;
    static const char *const edits[][2] = {
        {"\"path\":\"a/b.jpg\"", "\"path\":\"../b.jpg\""},
        {"\"path\":\"a/b.jpg\"", "\"path\":\"/b.jpg\""},
        {"\"path\":\"a/b.jpg\"", "\"path\":\"a//b.jpg\""},
        {"\"path\":\"a/b.jpg\"", "\"path\":\"\""},
        {"\"path\":\"a/b.jpg\"", "\"path\":7"},
        {"\"format\":\"jpeg\"", "\"format\":\"exe\""},
        {"\"width\":640", "\"width\":0"},
        {"\"width\":640", "\"width\":-640"},
        {"\"height\":4000", "\"height\":99999999999"},
        {"\"bytes\":9", "\"bytes\":-9"},
        {"\"source\":\"a/b.jpg\"", "\"source\":\"../x\""},
        {FILE_ENTRY, ""},
        {"\"filigrane\":1", "\"filigrane\":2"},
        {"\"filigrane\":1", "\"filigrane\":0"},
        {"\"filigrane\":1", "\"filigrane\":\"1\""},
        {"\"photos\":[", "\"pictures\":["},
        {"\"photos\":[", "\"photos\":[null,"},
        {"{\"filigrane\"", "[{\"filigrane\""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(edits); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FgPublished) published = read_with(edits[i][0], edits[i][1], &error);
        assert_null(published);
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MANIFEST));
        assert_non_null(strstr(error->message, "filigrane.json"));
    }
}

static void
a_colour_or_placeholder_that_could_break_out_of_a_style_is_dropped(void **state)
{
    (void)state;
    static const char *const edits[][2] = {
        {"#6b7a8c", "red;}"},    {"#6b7a8c", "#6b7a8c;"},
        {"#6b7a8c", "#6b7a8"},   {"data:image/webp", "data:text/html"},
        {"QQ==", "QQ==) url(x"}, {"QQ==", ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(edits); i++) {
        g_autoptr(FgPublished) published = read_with(edits[i][0], edits[i][1], NULL);
        const FgPublishedPhoto *photo = published->photos->pdata[0];
        assert_true(i < 3 ? !photo->colour : !photo->placeholder);
    }
}

static void
a_folder_without_a_manifest_is_a_wrong_path(void **state)
{
    (void)state;
    g_autofree char *dir = fg_scratch();
    g_autoptr(GError) error = NULL;
    assert_null(fg_published_read(dir, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PATH));
}

static void
a_derivative_of_the_photo_s_own_shape_is_whole_and_a_crop_is_not(void **state)
{
    (void)state;
    static const struct {
        int photo[2], file[2];
        gboolean whole;
    } cases[] = {
        {{6000, 4000}, {2048, 1365}, TRUE},
        {{6000, 4000}, {1280, 853}, TRUE},
        {{6000, 4000}, {480, 480}, FALSE},
        {{4000, 6000}, {2048, 1365}, FALSE},
        {{3000, 3000}, {480, 480}, TRUE},
        {{1000, 999}, {480, 480}, TRUE},
        {{1000, 990}, {480, 480}, FALSE},
        {{20000, 10}, {2048, 1}, TRUE},
        {{7, 5}, {3, 2}, TRUE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const FgPublishedPhoto photo = {.width = cases[i].photo[0], .height = cases[i].photo[1]};
        const FgPublishedFile file = {.width = cases[i].file[0], .height = cases[i].file[1]};
        assert_int_equal(fg_published_is_whole(&photo, &file), cases[i].whole);
    }
}

static void
only_a_prohibition_reserves(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        FgMining mining;
    } cases[] = {
        {"DMI-PROHIBITED", FG_MINING_RESERVED},
        {"DMI-PROHIBITED-GENAIMLTRAINING", FG_MINING_RESERVED},
        {"DMI-ALLOWED", FG_MINING_ALLOWED},
        {"DMI-UNSPECIFIED", FG_MINING_UNSAID},
        {"", FG_MINING_UNSAID},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FgPublished) published = read_with("DMI-PROHIBITED", cases[i].key, NULL);
        assert_int_equal(fg_published_mining(published), cases[i].mining);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_publish_wrote_is_read_whole),
        cmocka_unit_test(an_entry_that_publish_can_t_have_written_is_an_error),
        cmocka_unit_test(a_colour_or_placeholder_that_could_break_out_of_a_style_is_dropped),
        cmocka_unit_test(a_folder_without_a_manifest_is_a_wrong_path),
        cmocka_unit_test(a_derivative_of_the_photo_s_own_shape_is_whole_and_a_crop_is_not),
        cmocka_unit_test(only_a_prohibition_reserves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
