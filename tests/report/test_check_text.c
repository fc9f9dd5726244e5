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
    add_finding(check, "copyright.conflict", "xmp:dc:rights");
    g_autofree char *card = fg_report_check_card(check, &plain);
    static const char expected[] =
        "✗ shoot/photo.jpg  JPEG 4032 × 3024\n"
        "  notice     © 2026 Christian Allegret. Tous droits réservés.\n"
        "  creator    Christian Allegret\n"
        "  licence    https://www.example.com/legal\n"
        "  AI/mining  prohibited\n"
        "  leaks      coordinates, camera serial number\n"
        "  also       maker note\n"
        "  error      The file holds coordinates.\n"
        "  error      The file holds the serial number of the camera.\n"
        "  error      Two carriers hold different copyright notices.\n"
        "  fails      3 errors, 1 warning, 1 remark\n"
        "  remedy     filigrane scrub removes what leaks, filigrane tag writes your\n"
        "             rights\n";
    assert_string_equal(card, expected);
}

static void
the_verdict_names_the_first_error_and_the_card_the_way_out_of_it(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = empty_check("x.jpg");
    add_finding(check, "copyright.foreign", "xmp:dc:rights");
    g_autofree char *foreign = fg_report_check_card(check, &plain);
    assert_null(strstr(foreign, "remedy"));
    assert_non_null(strstr(foreign, "  error      The notice or a creator names somebody else.\n"));
    add_finding(check, "copyright.missing", "xmp:dc:rights");
    g_autofree char *both = fg_report_check_card(check, &plain);
    assert_null(strstr(both, "remedy"));
    g_autoptr(FgCheck) missing = empty_check("x.jpg");
    add_finding(missing, "copyright.missing", "xmp:dc:rights");
    g_autofree char *card = fg_report_check_card(missing, &plain);
    assert_non_null(strstr(card, "  remedy     filigrane tag writes your rights\n"));
    g_autofree char *verdict = fg_report_check_verdict(check, &plain);
    assert_string_equal(verdict, "fails: 2 errors, 0 warnings, 0 remarks; the first: "
                                 "The notice or a creator names somebody else.");
    g_autoptr(FgCheck) strict = empty_check("x.jpg");
    add_finding(strict, "serial.lens", "exif:ExifIFD/0xA435");
    strict->verdict = FG_FAIL;
    const FgReportStyle warnings = {.columns = 80, .strict = TRUE};
    g_autofree char *counted = fg_report_check_card(strict, &warnings);
    assert_non_null(strstr(counted, "  remedy     filigrane scrub removes what leaks\n"));
}

static void
a_damaged_file_is_not_sent_to_commands_that_refuse_it(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = full_check("x.jpg");
    FgFinding *fault = fg_finding_new("structure.malformed", "container:structure", "it is cut short");
    fault->severity = FG_SEVERITY_ERROR;
    g_ptr_array_add(check->findings, fault);
    g_autofree char *card = fg_report_check_card(check, &plain);
    assert_null(strstr(card, "filigrane scrub"));
    assert_null(strstr(card, "filigrane tag"));
    assert_non_null(
        strstr(card, "  remedy     the file is damaged: take it from the camera or a backup again\n"));
    /* A metadata block that breaks its rules is no damage of the picture. */
    fault->severity = FG_SEVERITY_WARNING;
    g_autofree char *sound = fg_report_check_card(check, &plain);
    assert_non_null(strstr(sound, "  remedy     filigrane scrub removes what leaks"));
}

static void
a_clean_file_has_a_short_card(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = empty_check("a.webp");
    check->format = "webp";
    g_autofree char *card = fg_report_check_card(check, &plain);
    assert_true(g_str_has_prefix(card, "✓ a.webp  WebP\n"));
    assert_non_null(strstr(card, "  notice     none\n"));
    assert_non_null(strstr(card, "  leaks      nothing\n"));
    assert_non_null(strstr(card, "  passes     0 errors, 0 warnings, 0 remarks\n"));
    assert_int_equal(lines_of(card), 7);
}

static int
longest_line(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    glong longest = 0;
    for (guint i = 0; lines[i]; i++)
        longest = MAX(longest, g_utf8_strlen(lines[i], -1));
    return (int)longest;
}

/* A file with every finding there is. */
static FgCheck *
worst_check(void)
{
    FgCheck *check = full_check("x.jpg");
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++)
        for (guint i = 0; i < 3; i++) {
            g_autofree char *where = g_strdup_printf("xmp:property%u", i);
            add_finding(check, kind->id, where);
        }
    return check;
}

static void
no_card_is_wider_than_the_screen_and_only_errors_make_it_long(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = worst_check();
    g_autofree char *card = fg_report_check_card(check, &plain);
    guint errors = 0;
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++)
        errors += kind->severity == FG_SEVERITY_ERROR ? 1 : 0;
    assert_in_range(lines_of(card), errors + 10, errors + 13);
    assert_in_range(longest_line(card), 60, 80);
    assert_non_null(strstr(card, " more; -v tells all\n"));
}

static void
every_finding_and_its_places_are_told_to_one_who_wants_all(void **state)
{
    (void)state;
    const FgReportStyle verbose = {.columns = 80, .verbose = TRUE};
    g_autoptr(FgCheck) check = worst_check();
    g_autofree char *card = fg_report_check_card(check, &verbose);
    assert_in_range(longest_line(card), 60, 80);
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++)
        assert_non_null(strstr(card, kind->id));
    assert_non_null(strstr(card, "serial.body in exif:ExifIFD/0xA431, xmp:property0, xmp:property1,"));
    assert_non_null(strstr(card, "  credit     Photo Allegret\n"));
    assert_non_null(strstr(card, "  terms      Interdit. (fr)\n"));
    assert_non_null(strstr(card, "  licensor   Sarl Cartus, https://www.example.com\n"));
}

/* So that the usual one is not cut: a finding is one line of a card. */
static void
the_meaning_of_every_finding_fits_a_line_of_its_own(void **state)
{
    (void)state;
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++)
        assert_in_range(strlen(kind->meaning), 10, 67);
}

static void
what_does_not_fit_a_line_goes_on_below_its_start(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = full_check("x.jpg");
    g_free(check->rights->copyright);
    check->rights->copyright =
        g_strdup("© 2026 Christian Allegret. Tous droits réservés. Reproduction interdite sans "
                 "autorisation écrite.");
    g_autofree char *card = fg_report_check_card(check, &plain);
    assert_non_null(strstr(card,
                           "  notice     © 2026 Christian Allegret. Tous droits réservés. Reproduction\n"
                           "             interdite sans autorisation écrite.\n"));
    g_free(check->rights->copyright);
    check->rights->copyright = g_strnfill(10000, 'w');
    g_autofree char *hostile = fg_report_check_card(check, &plain);
    assert_in_range(lines_of(hostile), 11, 12);
    assert_int_equal(longest_line(hostile), 80);
}

static void
blanks_that_a_text_has_too_many_are_not_told(void **state)
{
    (void)state;
    static const char *const texts[] = {"Jane  Doe", " Jane Doe", "Jane Doe ", "Jane\tDoe",
                                        "\n Jane \n Doe \n"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(FgCheck) check = empty_check("x.jpg");
        check->rights->copyright = g_strdup(texts[i]);
        g_autofree char *card = fg_report_check_card(check, &plain);
        assert_non_null(strstr(card, "  notice     Jane Doe\n"));
    }
}

static void
letters_of_east_asia_take_two_columns(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = full_check("x.jpg");
    g_free(check->rights->copyright);
    check->rights->copyright =
        g_strdup("写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真");
    g_autofree char *card = fg_report_check_card(check, &plain);
    g_autofree char *first =
        g_utf8_substring("写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真", 0, 33);
    g_autofree char *expected = g_strdup_printf("  notice     %s\n             ", first);
    assert_non_null(strstr(card, expected));
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
    g_free(check->rights->copyright);
    check->rights->copyright = g_strdup("\x1b[2J© \xe2\x80\xae evil\r\nnotice");
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
    assert_string_equal(summary, "3 files: 1 passes, 1 fails, 1 unreadable file\n"
                                 "  errors         1  file.unreadable\n"
                                 "                 1  location.gps\n"
                                 "                 1  serial.body\n"
                                 "  warnings       1  makernote.present\n"
                                 "  remarks        2  time.precise\n");
}

static void
a_summary_needs_no_check_that_it_has_counted(void **state)
{
    (void)state;
    g_autoptr(FgReportTally) tally = fg_report_tally_new();
    for (guint i = 0; i < 2; i++) {
        g_autoptr(FgCheck) check = empty_check("a.jpg");
        add_finding(check, "time.precise", "exif:ExifIFD/0x9003");
        if (i == 1)
            add_finding(check, "location.gps", "exif:GPS/0x0002");
        fg_report_tally_add(tally, check);
    }
    static const char expected[] = "2 files: 1 passes, 1 fails\n"
                                   "  errors         1  location.gps\n"
                                   "  remarks        2  time.precise\n";
    g_autofree char *summary = fg_report_tally_summary(tally, &plain);
    assert_string_equal(summary, expected);
    /* Telling changes nothing of what is counted. */
    g_autofree char *again = fg_report_tally_summary(tally, &plain);
    assert_string_equal(again, expected);
}

static void
a_summary_fits_one_screen(void **state)
{
    (void)state;
    g_autoptr(FgCheck) one = worst_check();
    g_autoptr(GPtrArray) checks = g_ptr_array_new();
    g_ptr_array_add(checks, one);
    g_autofree char *summary = fg_report_check_summary(checks, &plain);
    assert_int_equal(lines_of(summary), 21);
    assert_non_null(strstr(summary, " more; -v tells all\n"));
    assert_null(strstr(summary, "remarks"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_says_whose_it_is_and_what_it_leaks),
        cmocka_unit_test(the_verdict_names_the_first_error_and_the_card_the_way_out_of_it),
        cmocka_unit_test(a_damaged_file_is_not_sent_to_commands_that_refuse_it),
        cmocka_unit_test(a_clean_file_has_a_short_card),
        cmocka_unit_test(no_card_is_wider_than_the_screen_and_only_errors_make_it_long),
        cmocka_unit_test(every_finding_and_its_places_are_told_to_one_who_wants_all),
        cmocka_unit_test(the_meaning_of_every_finding_fits_a_line_of_its_own),
        cmocka_unit_test(what_does_not_fit_a_line_goes_on_below_its_start),
        cmocka_unit_test(blanks_that_a_text_has_too_many_are_not_told),
        cmocka_unit_test(letters_of_east_asia_take_two_columns),
        cmocka_unit_test(values_are_shown_only_when_asked_for),
        cmocka_unit_test(nothing_of_a_file_reaches_the_terminal_raw),
        cmocka_unit_test(colour_is_there_only_when_wanted),
        cmocka_unit_test(an_unreadable_file_says_why),
        cmocka_unit_test(a_summary_counts_files_by_finding),
        cmocka_unit_test(a_summary_needs_no_check_that_it_has_counted),
        cmocka_unit_test(a_summary_fits_one_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
