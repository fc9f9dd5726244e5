/* Of two words of a vocabulary, the one that must not be lost. */
#include "metadata/metadata_private.h"
#include "support/fixtures.h"

static const char *const by_strength[] = {
    "http://ns.useplus.org/ldf/vocab/DMI-UNSPECIFIED",
    "http://ns.useplus.org/ldf/vocab/DMI-ALLOWED",
    "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-SEECONSTRAINT",
    "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-GENAIMLTRAINING",
    "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING",
    "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING",
    "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
};

static void
what_reserves_more_counts_in_either_order(void **state)
{
    (void)state;
    for (guint weak = 0; weak < G_N_ELEMENTS(by_strength); weak++)
        for (guint strong = weak + 1; strong < G_N_ELEMENTS(by_strength); strong++) {
            assert_true(fg_word_is_stronger(by_strength[strong], by_strength[weak]));
            assert_false(fg_word_is_stronger(by_strength[weak], by_strength[strong]));
        }
}

static void
a_claim_counts_however_it_is_written(void **state)
{
    (void)state;
    assert_true(fg_word_is_stronger("True", "False"));
    assert_true(fg_word_is_stronger(" 1 ", "False"));
    assert_false(fg_word_is_stronger("False", "true"));
    assert_false(fg_word_is_stronger("true", "True"));
    assert_true(fg_word_is_stronger("DMI-PROHIBITED", "http://ns.useplus.org/ldf/vocab/DMI-ALLOWED"));
}

static void
a_generated_picture_stays_one(void **state)
{
    (void)state;
    const char *generated = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    const char *camera = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture";
    assert_true(fg_word_is_stronger(generated, camera));
    assert_false(fg_word_is_stronger(camera, generated));
}

static void
any_word_is_more_than_none(void **state)
{
    (void)state;
    assert_true(fg_word_is_stronger("x", NULL));
    assert_false(fg_word_is_stronger(NULL, "x"));
    assert_false(fg_word_is_stronger(NULL, NULL));
    assert_false(fg_word_is_stronger("x", "y"));
}

static void
words_stand_in_these_properties(void **state)
{
    (void)state;
    assert_true(fg_word_is_of_vocabulary("Marked"));
    assert_true(fg_word_is_of_vocabulary("DataMining"));
    assert_false(fg_word_is_of_vocabulary("rights"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_reserves_more_counts_in_either_order),
        cmocka_unit_test(a_claim_counts_however_it_is_written),
        cmocka_unit_test(a_generated_picture_stays_one),
        cmocka_unit_test(any_word_is_more_than_none),
        cmocka_unit_test(words_stand_in_these_properties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
