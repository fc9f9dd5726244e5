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
    g_autofree char *note = fg_source_note("algorithmicMedia", "digitalCapture");
    assert_non_null(strstr(note, "algorithmicMedia"));
    assert_null(fg_source_note("algorithmicMedia", NULL));
    assert_null(fg_source_note("digitalCapture", "digitalCapture"));
    assert_null(fg_source_note(NULL, "digitalCapture"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_read_in_all_its_forms),
        cmocka_unit_test(what_tells_of_a_generator_stays),
        cmocka_unit_test(a_note_is_made_where_another_was_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
