/* The digital source type: its forms, and that no word of a generator is weakened. */
#include "metadata/metadata_private.h"
#include "support/fixtures.h"

static void
a_name_is_read_in_all_its_forms(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        "https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia/",
        " trainedAlgorithmicMedia ", "digsrctype:trainedAlgorithmicMedia", "TRAINEDALGORITHMICMEDIA"};
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *name = fg_source_name(forms[i]);
        assert_string_equal(name, "trainedAlgorithmicMedia");
    }
    assert_null(fg_source_name(NULL));
    assert_null(fg_source_name(" / "));
}

static void
what_tells_of_a_generator_stays(void **state)
{
    (void)state;
    static const char *const generated[] = {"trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia",
                                            "algorithmicMedia", "compositeSynthetic", "virtualRecording"};
    for (guint i = 0; i < G_N_ELEMENTS(generated); i++) {
        assert_string_equal(fg_source_kept(generated[i], "digitalCapture"), generated[i]);
        assert_string_equal(fg_source_kept(generated[i], NULL), generated[i]);
    }
    assert_string_equal(fg_source_kept("algorithmicallyEnhanced", "digitalCapture"),
                        "algorithmicallyEnhanced");
    assert_string_equal(fg_source_kept("algorithmicallyEnhanced", "trainedAlgorithmicMedia"),
                        "trainedAlgorithmicMedia");
    assert_string_equal(fg_source_kept("negativeFilm", "digitalCapture"), "digitalCapture");
    assert_string_equal(fg_source_kept(NULL, "digitalCapture"), "digitalCapture");
    assert_null(fg_source_kept(NULL, NULL));
}

static void
a_note_is_made_where_another_was_asked_for(void **state)
{
    (void)state;
    FgFacts facts = {.digital_source = (char *)"algorithmicMedia"};
    g_autofree char *note = fg_source_note(&facts, "digitalCapture");
    assert_non_null(strstr(note, "algorithmicMedia"));
    assert_null(fg_source_note(&facts, NULL));
    facts.digital_source = NULL;
    assert_null(fg_source_note(&facts, "digitalCapture"));
    facts.credentials = FG_CREDENTIALS_SILENT;
    assert_null(fg_source_note(&facts, "digitalCapture"));
}

static void
what_credentials_say_is_told_as_theirs(void **state)
{
    (void)state;
    FgFacts facts = {.digital_source = (char *)"trainedAlgorithmicMedia", .credentials = FG_CREDENTIALS_TELL};
    g_autofree char *asked = fg_source_note(&facts, "digitalCapture"), *open = fg_source_note(&facts, NULL);
    assert_non_null(strstr(asked, "Content Credentials (C2PA, signature not verified)"));
    assert_non_null(strstr(open, "trainedAlgorithmicMedia, which stays"));
    FgFacts unread = {.credentials = FG_CREDENTIALS_UNREAD};
    g_autofree char *left = fg_source_note(&unread, "digitalCapture");
    assert_non_null(strstr(left, "can't be read"));
}

static void
credentials_that_cannot_be_read_leave_the_source_out(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = fg_rights_new();
    FgFacts facts = {.credentials = FG_CREDENTIALS_UNREAD};
    rights->digital_source = g_strdup("digitalCapture");
    fg_source_settle(rights, &facts);
    assert_null(rights->digital_source);
    facts.digital_source = (char *)"compositeSynthetic";
    rights->digital_source = g_strdup("digitalCapture");
    fg_source_settle(rights, &facts);
    assert_string_equal(rights->digital_source, "compositeSynthetic");
}

static void
what_was_generated_makes_a_whole_with_generated_parts(void **state)
{
    (void)state;
    static const struct {
        const char *said, *part;
    } rows[] = {
        {"trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"},
        {"http://c2pa.org/digitalsourcetype/trainedAlgorithmicData", "compositeWithTrainedAlgorithmicMedia"},
        {"algorithmicMedia", "compositeSynthetic"},
        {"algorithmicallyEnhanced", "algorithmicallyEnhanced"},
        {"digitalCapture", NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *fact = NULL;
        fg_source_say_part(&fact, rows[i].said);
        assert_true(g_strcmp0(fact, rows[i].part) == 0);
    }
    g_autofree char *strongest = g_strdup("compositeSynthetic");
    fg_source_say(&strongest, "trainedAlgorithmicMedia");
    assert_string_equal(strongest, "trainedAlgorithmicMedia");
    assert_true(fg_source_is_captured("digsrctype:digitalCapture"));
    assert_false(fg_source_is_captured("digitalArt"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_read_in_all_its_forms),
        cmocka_unit_test(what_tells_of_a_generator_stays),
        cmocka_unit_test(a_note_is_made_where_another_was_asked_for),
        cmocka_unit_test(what_credentials_say_is_told_as_theirs),
        cmocka_unit_test(credentials_that_cannot_be_read_leave_the_source_out),
        cmocka_unit_test(what_was_generated_makes_a_whole_with_generated_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
