/* A proof says everything twice, and has a word for all that publish can remove. */
#include "report/report_private.h"
#include "support/fixtures.h"

#include <string.h>

static void
french_stands_beside_english_and_only_where_it_differs(void **state)
{
    (void)state;
    g_autoptr(GString) html = g_string_new(NULL);
    fg_html_say(html, "b class=\"x\"", "a < b", "a \"b\"");
    fg_html_say(html, "i", "photos", "photos");
    assert_string_equal(html->str, "<b class=\"x\" data-fr=\"a &quot;b&quot;\">a &lt; b</b><i>photos</i>");
}

static void
a_group_is_the_whole_first_word_of_an_id(void **state)
{
    (void)state;
    g_autoptr(FgJson) removed = fg_json_array();
    fg_json_add(removed, fg_json_string("serial.body"));
    fg_json_add(removed, fg_json_integer(7));
    assert_true(fg_removed_has(removed, "serial"));
    assert_false(fg_removed_has(removed, "ser"));
    assert_false(fg_removed_has(removed, "location"));
    assert_false(fg_removed_has(NULL, "location"));
}

static void
each_kind_that_a_filter_offers_has_words_in_both_languages(void **state)
{
    (void)state;
    static const char *const ids[] = {
        "location.gps",     "location.text",   "location.sensor",   "serial.body",
        "serial.lens",      "personal.owner",  "personal.contact",  "personal.name",
        "personal.comment", "personal.host",   "personal.software", "personal.prompt",
        "personal.face",    "personal.person", "id.unique",         "id.document",
        "history.edit",     "history.raw",     "workflow.id",       "makernote.present",
        "preview.embedded", "trailing.data",   "trailing.motion",   "container.aux-image",
        "icc.device",       "time.precise",    "time.zone",         "c2pa.removed"};
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
        const FgWords *words = fg_words_removed(ids[i]);
        assert_non_null(words);
        assert_true(*words->english && *words->french);
    }
    assert_null(fg_words_removed("no.such-id"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(french_stands_beside_english_and_only_where_it_differs),
        cmocka_unit_test(a_group_is_the_whole_first_word_of_an_id),
        cmocka_unit_test(each_kind_that_a_filter_offers_has_words_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
