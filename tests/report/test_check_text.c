#include "report/checked.h"

static guint
lines_of(const char *text)
{
    guint lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

static void
a_card_says_whose_it_is_and_what_it_leaks(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = full_check("shoot/photo.jpg");
    g_autofree char *card = fg_report_check_card(check, &plain);
    static const char expected[] =
        "✗ shoot/photo.jpg  JPEG 4032 × 3024\n"
        "  notice     © 2026 Christian Allegret. Tous droits réservés.\n"
        "  creator    Christian Allegret\n"
        "  licence    https://www.example.com/legal\n"
        "  AI, mining prohibited\n"
        "  error      location.gps          The file holds coordinates. [exif:GPS/0x0002]\n"
        "  error      serial.body           The file holds the serial number of the came…\n"
        "  warning    makernote.present     The file holds a maker note of the camera.\n"
        "  fails: 2 errors, 1 warning, 1 remark\n";
    assert_string_equal(card, expected);
}

static void
a_clean_file_has_a_short_card(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = empty_check("a.webp");
    check->format = "webp";
    g_autofree char *card = fg_report_check_card(check, &plain);
    assert_true(g_str_has_prefix(card, "✓ a.webp  WebP\n"));
    assert_non_null(strstr(card, "notice     none\n"));
    assert_non_null(strstr(card, "passes: 0 errors, 0 warnings, 0 remarks\n"));
    assert_int_equal(lines_of(card), 6);
}

static void
a_card_stays_within_ten_lines(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = full_check("x.jpg");
    static const char *const ids[] = {"preview.embedded", "personal.comment", "history.edit", "id.document"};
    for (guint i = 0; i < 100; i++) {
        g_autofree char *where = g_strdup_printf("xmp:property%u", i);
        add_finding(check, i < 25 ? "serial.lens" : ids[i % 4], where);
    }
    g_ptr_array_remove_index(check->findings, 2); /* So that the repeated one is among those listed. */
    g_autofree char *card = fg_report_check_card(check, &plain);
    assert_int_equal(lines_of(card), 10);
    const FgReportStyle wide = {.columns = 200};
    assert_non_null(
        strstr(card, "and        personal.comment, history.edit, id.document, preview.embedded\n"));
    g_autofree char *wider = fg_report_check_card(check, &wide);
    assert_non_null(strstr(wider, "[xmp:property0 and 24 more]"));
}

static void
values_are_shown_only_when_asked_for(void **state)
{
    (void)state;
    const FgReportStyle wide_open = {.columns = 200, .show_values = TRUE};
    g_autoptr(FgCheck) check = full_check("x.jpg");
    g_autofree char *closed = fg_report_check_card(check, &plain);
    g_autofree char *shown = fg_report_check_card(check, &wide_open);
    assert_null(strstr(closed, "45.123456"));
    assert_non_null(strstr(shown, "45.123456 N"));
}

static void
nothing_of_a_file_reaches_the_terminal_raw(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = full_check("evil\x1b]0;name\n\xff.jpg");
    g_free(check->notice);
    check->notice = g_strdup("\x1b[2J© \xe2\x80\xae evil\r\nnotice");
    g_autofree char *card = fg_report_check_card(check, &plain);
    assert_null(strchr(card, '\x1b'));
    assert_null(strchr(card, '\r'));
    assert_null(strstr(card, "\xe2\x80\xae"));
    assert_true(g_utf8_validate(card, -1, NULL));
    assert_true(g_str_has_prefix(card, "✗ evil\\x1B]0;name\\x0A\\xFF.jpg"));
}

static void
colour_is_there_only_when_wanted(void **state)
{
    (void)state;
    const FgReportStyle coloured = {.columns = 80, .colour = TRUE};
    g_autoptr(FgCheck) check = full_check("x.jpg");
    g_autofree char *with = fg_report_check_card(check, &coloured);
    g_autofree char *without = fg_report_check_card(check, &plain);
    assert_non_null(strstr(with, "\033[31m"));
    assert_null(strstr(without, "\033["));
}

static void
an_unreadable_file_says_why(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = empty_check("x.jpg");
    check->verdict = FG_UNREADABLE;
    g_ptr_array_add(check->findings, fg_finding_new("file.unreadable", "container:file", "can't be opened"));
    g_autofree char *card = fg_report_check_card(check, &plain);
    assert_string_equal(card, "? x.jpg\n  unreadable can't be opened\n");
}

static void
a_summary_counts_files_by_finding(void **state)
{
    (void)state;
    g_autoptr(FgCheck) one = full_check("a.jpg");
    g_autoptr(FgCheck) two = empty_check("b.jpg");
    g_autoptr(FgCheck) three = empty_check("c.jpg");
    add_finding(two, "time.precise", "exif:ExifIFD/0x9003");
    add_finding(two, "time.precise", "xmp:xmp:CreateDate");
    three->verdict = FG_UNREADABLE;
    add_finding(three, "file.unreadable", "container:file");
    three->verdict = FG_UNREADABLE;
    g_autoptr(GPtrArray) checks = g_ptr_array_new();
    g_ptr_array_add(checks, one);
    g_ptr_array_add(checks, two);
    g_ptr_array_add(checks, three);
    g_autofree char *summary = fg_report_check_summary(checks, &plain);
    assert_string_equal(summary, "3 files: 1 passes, 1 fails, 1 unreadable\n"
                                 "  errors        1  file.unreadable\n"
                                 "                1  location.gps\n"
                                 "                1  serial.body\n"
                                 "  warnings      1  makernote.present\n"
                                 "  remarks       2  time.precise\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_says_whose_it_is_and_what_it_leaks),
        cmocka_unit_test(a_clean_file_has_a_short_card),
        cmocka_unit_test(a_card_stays_within_ten_lines),
        cmocka_unit_test(values_are_shown_only_when_asked_for),
        cmocka_unit_test(nothing_of_a_file_reaches_the_terminal_raw),
        cmocka_unit_test(colour_is_there_only_when_wanted),
        cmocka_unit_test(an_unreadable_file_says_why),
        cmocka_unit_test(a_summary_counts_files_by_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
