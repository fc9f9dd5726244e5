/* The table of settings agrees with the enums that its words stand for, with itself, and with its
 * documentation. */
#include <string.h>

#include "profile/profile_private.h"
#include "support/fixtures.h"

static const char *
range_of(const char *path)
{
    const FgRow *row = fg_row_of(path);
    assert_non_null(row);
    return row->help->range;
}

static void
the_words_of_places_and_groups_stand_in_the_order_of_their_enums(void **state)
{
    (void)state;
    for (guint i = 0; i < FG_N_PLACES; i++) {
        g_autofree char *word = fg_choice_word(range_of("marks.m.place"), i);
        assert_string_equal(word, fg_place_name((FgPlace)i));
    }
    const char *const *names = fg_keep_names();
    for (guint i = 0; names[i]; i++) {
        g_autofree char *word = fg_choice_word(range_of("privacy.keep"), i);
        assert_string_equal(word, names[i]);
        assert_int_equal(fg_keep_from_name(word), 1 << i);
    }
    g_auto(GStrv) formats = g_strsplit(range_of("derivatives[0].formats"), "|", -1);
    for (char **format = formats; *format; format++)
        assert_int_not_equal(fg_format_from_name(*format), FG_FORMAT_UNKNOWN);
    assert_int_equal(fg_choice_index(range_of("derivatives[0].crop"), "attention"), FG_CROP_ATTENTION);
    assert_int_equal(fg_choice_index(range_of("marks.m.tone"), "dark"), FG_TONE_DARK);
    assert_int_equal(fg_choice_index(range_of("quality.chroma"), "444"), FG_CHROMA_444);
}

static void
every_row_lies_below_another_and_says_what_it_is_for(void **state)
{
    (void)state;
    for (const FgSettingHelp *row = fg_profile_settings(); row->key; row++) {
        assert_true(row->type && strlen(row->help) > 3);
        assert_true(g_str_has_suffix(row->help, "."));
        g_autofree char *parent = g_strdup(row->key);
        char *dot = strrchr(parent, '.');
        if (dot) {
            *dot = '\0';
            gboolean found = g_str_has_suffix(parent, "*") || g_str_has_suffix(parent, "[]");
            for (const FgSettingHelp *other = fg_profile_settings(); other->key; other++)
                found = found || strcmp(other->key, parent) == 0;
            assert_true(found);
        }
    }
}

static void
a_path_finds_its_row(void **state)
{
    (void)state;
    assert_string_equal(fg_row_of("rights.contact.city")->help->key, "rights.contact.city");
    assert_string_equal(fg_row_of("marks.veil.size")->help->key, "marks.*.size");
    assert_null(fg_row_of("marks.veil.none"));
    assert_null(fg_row_of("size"));
    assert_string_equal(fg_row_leaf(fg_row_of("quality.effort.webp")), "webp");
}

/* docs/profiles.md holds one line a row: | `key` | range or type | default | help |. A field of rights is
 * explained by its row alone, which filigrane-profile(5) and `filigrane profile` print; what the page says of
 * one is so. */
static void
the_documentation_holds_every_row_of_the_table(void **state)
{
    (void)state;
    g_autofree char *path = fg_source_path("docs/profiles.md");
    g_autoptr(GBytes) bytes = fg_slurp(path);
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    g_autofree char *text = g_strndup(data, length);
    for (const FgSettingHelp *row = fg_profile_settings(); row->key; row++) {
        g_auto(GStrv) words = g_strsplit(row->range ? row->range : row->type, "|", -1);
        g_autofree char *range = g_strjoinv(", ", words);
        g_autofree char *line =
            g_strdup_printf("| `%s` | %s | %s%s%s | %s |\n", row->key, range, row->standard ? "`" : "",
                            row->standard ? row->standard : "", row->standard ? "`" : "", row->help);
        g_autofree char *start = g_strdup_printf("| `%s` |", row->key);
        if (g_str_has_prefix(row->key, "rights.") && !strstr(text, start))
            continue;
        if (!strstr(text, line))
            fail_msg("docs/profiles.md lacks the line\n%s", line);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_words_of_places_and_groups_stand_in_the_order_of_their_enums),
        cmocka_unit_test(every_row_lies_below_another_and_says_what_it_is_for),
        cmocka_unit_test(a_path_finds_its_row),
        cmocka_unit_test(the_documentation_holds_every_row_of_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
