/* A proof says everything twice, and has a word for all that publish can remove. */
#include "metadata/metadata.h"
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
what_a_file_gives_away_has_words(void **state)
{
    (void)state;
    guint told = 0;
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++) {
        const FgWords words = fg_words_removed(kind->id);
        assert_string_equal(words.key, kind->id);
        if (!fg_finding_tells(kind->id)) {
            assert_string_equal(words.english, kind->id);
            continue;
        }
        told++;
        assert_string_not_equal(words.english, kind->id);
    }
    assert_in_range(told, 29, 60);
    const FgWords unknown = fg_words_removed("no.such-id");
    assert_string_equal(unknown.english, "no.such-id");
    assert_string_equal(unknown.french, "no.such-id");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(french_stands_beside_english_and_only_where_it_differs),
        cmocka_unit_test(a_group_is_the_whole_first_word_of_an_id),
        cmocka_unit_test(what_a_file_gives_away_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
