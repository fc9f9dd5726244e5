#include "base/base.h"
#include "support/fixtures.h"

/* Compares and frees what the function gave. */
static void
gives(char *found, const char *expected)
{
    assert_string_equal(found, expected);
    g_free(found);
}

static void
composed_and_decomposed_letters_become_one_form(void **state)
{
    (void)state;
    gives(fg_text_nfc("e\xcc\x81t\xc3\xa9"), "été");
    gives(fg_text_nfc("\xff"), "\xef\xbf\xbd");
    gives(fg_text_nfc("caf\xf8"), "caf\xef\xbf\xbd"); /* the first byte of four, and then the end */
    gives(fg_text_fold("CAF\xf8\x90", FALSE), "caf\xef\xbf\xbd\xef\xbf\xbd");
}

static void
two_texts_become_one_and_neither_is_lost(void **state)
{
    (void)state;
    gives(fg_text_joined("© A", "© B"), "© A; © B");
    gives(fg_text_joined("© A. All rights", "© A"), "© A. All rights");
    gives(fg_text_joined("© A", "© A. All rights"), "© A. All rights");
}

static void
folding_drops_case_and_accents_if_asked(void **state)
{
    (void)state;
    gives(fg_text_fold("ALLÉGRET", TRUE), "allégret");
    gives(fg_text_fold("All\xc3\xa9gret", FALSE), "allegret");
    gives(fg_text_fold("E\xcc\x81t\xc3\x89", FALSE), "ete");
    gives(fg_text_fold("Straße", FALSE), "strasse");
    gives(fg_text_fold("İ", FALSE), "i");
}

static void
white_space_becomes_single_spaces(void **state)
{
    (void)state;
    gives(fg_text_tidy(" \t a\n\n b\xc2\xa0 c  "), "a b c");
    gives(fg_text_tidy("   "), "");
}

static void
what_xml_cannot_hold_is_dropped(void **state)
{
    (void)state;
    gives(fg_text_legal_xml("a\x01\x1f\tb\n\xef\xbf\xbe\xef\xbf\xbf\xc2\x85z"), "a\tb\n\xc2\x85z");
}

static void
nothing_printed_can_steer_a_terminal(void **state)
{
    (void)state;
    gives(fg_text_printable("a\x1b[2J\n\x7f"), "a\\x1B[2J\\x0A\\x7F");
    gives(fg_text_printable("\xc2\x9b|\xe2\x80\xae|\xe2\x80\xa8"), "\\u{009B}|\\u{202E}|\\u{2028}");
    gives(fg_text_printable("caf\xe9 \xe9"), "caf\\xE9 \\xE9");
    gives(fg_text_printable("© été 写真 👩\xe2\x80\x8d👩"), "© été 写真 👩\xe2\x80\x8d👩");
    gives(fg_text_printable("\xf0\x9f"), "\\xF0\\x9F");
}

static void
bad_bytes_are_replaced_and_told(void **state)
{
    (void)state;
    gboolean changed = FALSE;
    gives(fg_text_utf8("a\xff", -1, &changed), "a\xef\xbf\xbd");
    assert_true(changed);
    gives(fg_text_utf8("ab\xff", 2, &changed), "ab");
    assert_false(changed);
    gives(fg_text_utf8("é", -1, NULL), "é");
}

static void
windows_1252_is_read_as_cameras_write_it(void **state)
{
    (void)state;
    gives(fg_text_from_latin1((const guint8 *)"\xa9 \x80 \x92\xe9\x81", 7), "© € ’é\xc2\x81");
    gives(fg_text_from_latin1((const guint8 *)"ab\0cd", 5), "ab");
}

static void
a_cut_ends_at_a_character(void **state)
{
    (void)state;
    gives(fg_text_cut("aé", 2), "a");
    gives(fg_text_cut("aé", 3), "aé");
    gives(fg_text_cut("写真", 5), "写");
    gives(fg_text_cut("é", 0), "");
}

static void
sizes_and_times_are_short(void **state)
{
    (void)state;
    gives(fg_text_size(0), "0 B");
    gives(fg_text_size(999), "999 B");
    gives(fg_text_size(312400), "312 KB");
    gives(fg_text_size(999700), "1.0 MB");
    gives(fg_text_size(1440000), "1.4 MB");
    gives(fg_text_size(G_MAXUINT64), "18447 PB");
    gives(fg_text_duration(-1), "0.0 s");
    gives(fg_text_duration(1.44), "1.4 s");
    gives(fg_text_duration(59.7), "1 min 0 s");
    gives(fg_text_duration(200), "3 min 20 s");
    gives(fg_text_duration(3900), "1 h 5 min");
}

static void
one_is_singular(void **state)
{
    (void)state;
    gives(fg_text_count(1, "photo", "photos"), "1 photo");
    gives(fg_text_count(0, "photo", "photos"), "0 photos");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(composed_and_decomposed_letters_become_one_form),
        cmocka_unit_test(two_texts_become_one_and_neither_is_lost),
        cmocka_unit_test(folding_drops_case_and_accents_if_asked),
        cmocka_unit_test(white_space_becomes_single_spaces),
        cmocka_unit_test(what_xml_cannot_hold_is_dropped),
        cmocka_unit_test(nothing_printed_can_steer_a_terminal),
        cmocka_unit_test(bad_bytes_are_replaced_and_told),
        cmocka_unit_test(windows_1252_is_read_as_cameras_write_it),
        cmocka_unit_test(a_cut_ends_at_a_character),
        cmocka_unit_test(sizes_and_times_are_short),
        cmocka_unit_test(one_is_singular),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
