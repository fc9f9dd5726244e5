#include "report/checked.h"

static FgJson *
log_of(const char *first, const char *second)
{
    g_autoptr(FgCheck) one = full_check(first);
    g_autoptr(FgCheck) two = full_check(second);
    g_autoptr(GPtrArray) checks = g_ptr_array_new();
    g_ptr_array_add(checks, one);
    g_ptr_array_add(checks, two);
    g_autofree char *text = fg_report_check_sarif(checks, &open);
    assert_null(strstr(text, "45.123456"));
    FgJson *log = fg_json_parse(text, strlen(text), NULL);
    assert_non_null(log);
    return log;
}

static const FgJson *
only_run(const FgJson *log)
{
    const FgJson *runs = fg_json_get(log, "runs");
    assert_int_equal(fg_json_length(runs), 1);
    return fg_json_at(runs, 0);
}

static const char *
uri_of(const FgJson *result)
{
    const FgJson *location = fg_json_at(fg_json_get(result, "locations"), 0);
    const FgJson *physical = fg_json_get(location, "physicalLocation");
    return fg_json_get_string(fg_json_get(physical, "artifactLocation"), "uri");
}

static void
each_finding_is_a_result_of_a_rule(void **state)
{
    (void)state;
    g_autoptr(FgJson) log = log_of("a.jpg", "b.jpg");
    assert_string_equal(fg_json_get_string(log, "version"), "2.1.0");
    const FgJson *run = only_run(log), *results = fg_json_get(run, "results");
    const FgJson *driver = fg_json_get(fg_json_get(run, "tool"), "driver");
    const FgJson *rules = fg_json_get(driver, "rules");
    assert_string_equal(fg_json_get_string(driver, "name"), "filigrane");
    assert_int_equal(fg_json_length(results), 8);
    for (gsize i = 0; i < fg_json_length(results); i++) {
        const FgJson *result = fg_json_at(results, i);
        gint64 index = fg_json_get_integer(result, "ruleIndex", -1);
        assert_in_range(index, 0, fg_json_length(rules) - 1);
        const FgJson *rule = fg_json_at(rules, (gsize)index);
        assert_string_equal(fg_json_get_string(result, "ruleId"), fg_json_get_string(rule, "id"));
        assert_non_null(fg_json_get_string(fg_json_get(result, "message"), "text"));
    }
    assert_string_equal(fg_json_get_string(fg_json_at(results, 0), "level"), "error");
    assert_string_equal(fg_json_get_string(fg_json_at(results, 2), "level"), "warning");
    assert_string_equal(fg_json_get_string(fg_json_at(results, 3), "level"), "note");
}

static void
paths_become_uris(void **state)
{
    (void)state;
    const struct {
        const char *path, *uri;
    } cases[] = {
        {"shoot/a b.jpg", "shoot/a%20b.jpg"},
        {"caf\xc3\xa9#1?.jpg", "caf%C3%A9%231%3F.jpg"},
        {"C:photo.jpg", "C%3Aphoto.jpg"},
        {"/srv/a.jpg", "file:///srv/a.jpg"},
        {"\xff.jpg", "%FF.jpg"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FgJson) log = log_of(cases[i].path, "b.jpg");
        const FgJson *results = fg_json_get(only_run(log), "results");
        assert_string_equal(uri_of(fg_json_at(results, 0)), cases[i].uri);
    }
}

static void
fingerprints_tell_files_apart_and_runs_together(void **state)
{
    (void)state;
    g_autoptr(FgJson) first = log_of("a.jpg", "b.jpg"), second = log_of("a.jpg", "b.jpg");
    const FgJson *one = fg_json_get(only_run(first), "results"),
                 *two = fg_json_get(only_run(second), "results");
    const char *prints[3] = {0};
    const FgJson *const results[] = {fg_json_at(one, 0), fg_json_at(one, 4), fg_json_at(two, 0)};
    for (guint i = 0; i < G_N_ELEMENTS(prints); i++)
        prints[i] = fg_json_get_string(fg_json_get(results[i], "partialFingerprints"), "filigrane/v1");
    assert_string_not_equal(prints[0], prints[1]);
    assert_string_equal(prints[0], prints[2]);
}

static void
no_files_are_a_valid_log(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) checks = g_ptr_array_new();
    g_autofree char *text = fg_report_check_sarif(checks, &plain);
    g_autoptr(FgJson) log = fg_json_parse(text, strlen(text), NULL);
    assert_true(fg_json_is_array(fg_json_get(only_run(log), "results")));
    assert_int_equal(fg_json_length(fg_json_get(only_run(log), "results")), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_finding_is_a_result_of_a_rule),
        cmocka_unit_test(paths_become_uris),
        cmocka_unit_test(fingerprints_tell_files_apart_and_runs_together),
        cmocka_unit_test(no_files_are_a_valid_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
