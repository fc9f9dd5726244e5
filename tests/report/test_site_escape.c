/* Text is escaped for where it stands. */
#include "report/report_private.h"
#include "support/fixtures.h"

#include <string.h>

static void
assert_html(const char *text, const char *expected)
{
    g_autoptr(GString) html = g_string_new(NULL);
    fg_html_append(html, text);
    assert_string_equal(html->str, expected);
}

static void
markup_in_a_text_is_text(void **state)
{
    (void)state;
    assert_html("<b a=\"1\" c='2'>&amp;</b>", "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;");
    assert_html("été — 山", "été — 山");
    assert_html("a\x01"
                "b\x1b[31mc",
                "ab[31mc");
}

static void
an_attribute_that_is_not_known_is_not_written(void **state)
{
    (void)state;
    g_autoptr(GString) html = g_string_new(NULL);
    fg_html_attribute(html, "alt", NULL);
    fg_html_attribute(html, "alt", "");
    fg_html_attribute(html, "title", "\"");
    assert_string_equal(html->str, " alt=\"\" title=\"&quot;\"");
}

static void
a_path_keeps_its_slashes_and_no_other_byte_that_means_something(void **state)
{
    (void)state;
    g_autofree char *url = fg_url_path("é/a b,c?d#e%20&'\"<>\\(1).jpg");
    assert_string_equal(url, "%C3%A9/a%20b%2Cc%3Fd%23e%2520%26%27%22%3C%3E%5C%281%29.jpg");
}

static void
assert_safe(const char *text, const char *expected)
{
    g_autofree char *url = fg_url_safe(text);
    if (expected)
        assert_string_equal(url, expected);
    else
        assert_null(url);
}

static void
a_url_is_http_or_https_and_holds_nothing_that_a_server_would_read(void **state)
{
    (void)state;
    assert_safe("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e");
    assert_safe("HTTP://example.org", "HTTP://example.org");
    assert_safe("https://example.org/$host`{x}\"'\n", "https://example.org/%24host%60%7Bx%7D%22%27%0A");
    assert_safe("https://example.org/100%", "https://example.org/100%25");
    assert_safe("https://example.org/%C3%A9 é", "https://example.org/%C3%A9%20%C3%A9");
    assert_safe("javascript:alert(1)", NULL);
    assert_safe("data:text/html,x", NULL);
    assert_safe("//example.org/", NULL);
    assert_safe("https:///path", NULL);
    assert_safe("droits", NULL);
    assert_safe(NULL, NULL);
}

static void
json_can_stand_in_a_script_element_and_is_still_the_same_json(void **state)
{
    (void)state;
    g_autoptr(FgJson) value = fg_json_object();
    fg_json_set(value, "a", fg_json_string("</script><!-- & -->"));
    g_autofree char *text = fg_json_for_script(value);
    assert_null(strpbrk(text, "<>&"));
    g_autoptr(FgJson) again = fg_json_parse(text, strlen(text), NULL);
    assert_string_equal(fg_json_get_string(again, "a"), "</script><!-- & -->");
}

static void
a_literal_matches_itself_and_nothing_else(void **state)
{
    (void)state;
    const char *text = "/my ph(o)tos$/.*[é]{2}\\|^+?\"'#;/";
    g_autofree char *regex = fg_regex_literal(text);
    assert_null(strpbrk(regex, " \"'{}();#$*+?^|[]."));
    g_autofree char *whole = g_strdup_printf("^%s$", regex);
    assert_true(g_regex_match_simple(whole, text, 0, 0));
    assert_false(g_regex_match_simple(whole, "/my photos$/.*[é]{2}\\|^+?\"'#;/", 0, 0));
}

static void
assert_base(const char *text, const char *url, const char *origin, const char *plain)
{
    g_auto(FgSiteBase) base = {0};
    assert_true(fg_site_base_parse(text, &base, NULL));
    assert_string_equal(base.url, url);
    assert_string_equal(base.origin, origin);
    assert_string_equal(base.plain, plain);
}

static void
a_base_ends_with_a_slash_and_is_known_as_the_server_compares_it(void **state)
{
    (void)state;
    assert_base("https://example.org", "https://example.org/", "https://example.org", "/");
    assert_base("https://example.org:443/a", "https://example.org/a/", "https://example.org", "/a/");
    assert_base("http://localhost:8080/%C3%A9%20b/", "http://localhost:8080/%C3%A9%20b/",
                "http://localhost:8080", "/é b/");
    assert_base("https://exämple.org/a*$", "https://xn--exmple-cua.org/a%2A%24/",
                "https://xn--exmple-cua.org", "/a*$/");
}

static void
what_is_no_address_of_a_folder_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "example.org",
                                        "/photos/",
                                        "https://",
                                        "ftp://example.org/",
                                        "https://example.org/?a",
                                        "mailto:a@b",
                                        "https://example.org/#",
                                        "https://u:p@example.org/",
                                        "https://example.org/%0d%0a",
                                        "https://example.org/%ff",
                                        "https://example.org//a"};
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_auto(FgSiteBase) base = {0};
        g_autoptr(GError) error = NULL;
        assert_false(fg_site_base_parse(wrong[i], &base, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_USAGE));
        assert_null(base.url);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_in_a_text_is_text),
        cmocka_unit_test(an_attribute_that_is_not_known_is_not_written),
        cmocka_unit_test(a_path_keeps_its_slashes_and_no_other_byte_that_means_something),
        cmocka_unit_test(a_url_is_http_or_https_and_holds_nothing_that_a_server_would_read),
        cmocka_unit_test(json_can_stand_in_a_script_element_and_is_still_the_same_json),
        cmocka_unit_test(a_literal_matches_itself_and_nothing_else),
        cmocka_unit_test(a_base_ends_with_a_slash_and_is_known_as_the_server_compares_it),
        cmocka_unit_test(what_is_no_address_of_a_folder_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
