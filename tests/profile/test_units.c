#include <string.h>

#include "profile/profile_private.h"
#include "support/fixtures.h"

static void
integers_are_those_of_yaml_1_1(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gint64 value;
    } good[] = {{"0", 0},     {"42", 42},   {"-7", -7}, {"+7", 7},  {"1_000", 1000},
                {"0x1F", 31}, {"0b101", 5}, {"010", 8}, {"0_7", 7}, {"9223372036854775807", G_MAXINT64}};
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        gint64 value = 99;
        assert_true(fg_scalar_integer(good[i].text, &value));
        assert_int_equal(value, good[i].value);
    }
    static const char *const bad[] = {
        "", "-", "+", "08", "1.0", "1e3", "_1", "0x", "0b2", "1:30", "9223372036854775808", "12a", " 1"};
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        gint64 value;
        assert_false(fg_scalar_integer(bad[i], &value));
    }
}

static void
booleans_are_those_of_yaml_1_1(void **state)
{
    (void)state;
    gboolean value;
    static const char *const yes[] = {"y", "Yes", "TRUE", "on", "true"};
    static const char *const no[] = {"n", "No", "FALSE", "off", "false"};
    for (gsize i = 0; i < G_N_ELEMENTS(yes); i++) {
        assert_true(fg_scalar_boolean(yes[i], &value) && value);
        assert_true(fg_scalar_boolean(no[i], &value) && !value);
    }
    assert_false(fg_scalar_boolean("yEs", &value));
    assert_false(fg_scalar_boolean("1", &value));
}

static void
numbers_and_shares_have_a_point_and_no_infinity(void **state)
{
    (void)state;
    double value;
    assert_true(fg_scalar_number("-2.5", &value) && value == -2.5);
    assert_true(fg_scalar_number(".5", &value) && value == 0.5);
    assert_true(fg_scalar_number("1e2", &value) && value == 100);
    assert_true(fg_scalar_share("27%", &value) && value == 0.27);
    assert_true(fg_scalar_share("2.5%", &value) && value == 0.025);
    assert_false(fg_scalar_number("2,5", &value));
    assert_false(fg_scalar_number(".", &value));
    assert_false(fg_scalar_number("1e", &value));
    assert_false(fg_scalar_number("1e999", &value));
    assert_false(fg_scalar_number(".inf", &value));
    assert_false(fg_scalar_number("0x10", &value));
    assert_false(fg_scalar_share("27", &value));
    assert_false(fg_scalar_share("%", &value));
    assert_false(fg_scalar_share("27 %", &value));
}

static void
sizes_count_in_1000s_or_1024s(void **state)
{
    (void)state;
    guint64 value;
    assert_true(fg_scalar_scaled("268M", 1000, &value) && value == 268000000);
    assert_true(fg_scalar_scaled("4G", 1024, &value) && value == G_GUINT64_CONSTANT(4294967296));
    assert_true(fg_scalar_scaled("1536m", 1024, &value) && value == 1610612736);
    assert_true(fg_scalar_scaled("12", 1000, &value) && value == 12);
    assert_false(fg_scalar_scaled("", 1000, &value));
    assert_false(fg_scalar_scaled("G", 1000, &value));
    assert_false(fg_scalar_scaled("4GB", 1000, &value));
    assert_false(fg_scalar_scaled("1.5G", 1000, &value));
    assert_false(fg_scalar_scaled("-1", 1000, &value));
    assert_false(fg_scalar_scaled("99999999999T", 1024, &value));
}

static void
what_is_printed_reads_back(void **state)
{
    (void)state;
    g_autofree char *giga = fg_scaled_print(G_GUINT64_CONSTANT(4294967296), 1024);
    g_autofree char *odd = fg_scaled_print(1025, 1024);
    g_autofree char *mega = fg_scaled_print(268000000, 1000);
    g_autofree char *zero = fg_scaled_print(0, 1000);
    g_autofree char *share = fg_number_print(0.27 * 100);
    assert_string_equal(giga, "4G");
    assert_string_equal(odd, "1025");
    assert_string_equal(mega, "268M");
    assert_string_equal(zero, "0");
    assert_string_equal(share, "27");
    const char *text = "a \"b\" \\ c\n\td © \xe2\x80\xa8 \xef\xbb\xbf é";
    g_autofree char *quoted = fg_quote(text);
    assert_string_equal(quoted, "\"a \\\"b\\\" \\\\ c\\n\\td © \\u2028 \\uFEFF é\"");
    g_autoptr(FgNode) node = fg_tree_parse("q", NULL, quoted, strlen(quoted), NULL);
    assert_string_equal(node->text, text);
}

static void
a_misspelt_word_finds_the_nearest(void **state)
{
    (void)state;
    static const struct {
        const char *word, *names, *nearest;
    } cases[] = {
        {"creater", "creator|owner|credit", "creator"},
        {"qualiyt", "quality|limits", "quality"},
        {"Signature", "signature|veil", "signature"},
        {"jpg", "jpeg|webp|avif|png", "jpeg"},
        {"center", "none|centre|attention", "centre"},
        {"copy", "copyright|credit", "copyright"},
        {"xyz", "jpeg|webp", NULL},
        {"", "a|b", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *nearest = fg_nearest(cases[i].word, cases[i].names);
        if (cases[i].nearest)
            assert_string_equal(nearest, cases[i].nearest);
        else
            assert_null(nearest);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_those_of_yaml_1_1),
        cmocka_unit_test(booleans_are_those_of_yaml_1_1),
        cmocka_unit_test(numbers_and_shares_have_a_point_and_no_infinity),
        cmocka_unit_test(sizes_count_in_1000s_or_1024s),
        cmocka_unit_test(what_is_printed_reads_back),
        cmocka_unit_test(a_misspelt_word_finds_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
