/* The groups of privacy.keep, and what each lets through. */
#include "metadata/stating.h"

static void
every_group_has_a_name_and_a_bit_of_its_own(void **state)
{
    (void)state;
    guint all = 0, count = 0;
    for (const char *const *name = fg_keep_names(); *name; name++, count++) {
        const FgKeep group = fg_keep_from_name(*name);
        assert_int_not_equal(group, 0);
        assert_int_equal(all & group, 0);
        all |= group;
    }
    assert_int_equal(count, 12);
    assert_int_equal(all, FG_KEEP_PROMPT * 2 - 1);
    assert_int_equal(fg_keep_from_name("date"), FG_KEEP_DATE);
    assert_int_equal(fg_keep_from_name("gps"), 0);
    assert_int_equal(fg_keep_from_name("Title"), 0);
    assert_int_equal(fg_keep_from_name(""), 0);
}

static void
no_group_keeps_nothing(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = full_facts();
    g_autoptr(FgFacts) kept = fg_facts_kept(facts, 0);
    static const FgFacts nothing;
    assert_memory_equal(kept, &nothing, sizeof nothing);
}

static void
each_group_keeps_its_own(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = full_facts();
    g_autoptr(FgFacts) title = fg_facts_kept(facts, FG_KEEP_TITLE);
    assert_string_equal(title->title, facts->title);
    assert_string_equal(title->headline, facts->headline);
    assert_null(title->caption);
    g_autoptr(FgFacts) caption = fg_facts_kept(facts, FG_KEEP_CAPTION);
    assert_string_equal(caption->caption, facts->caption);
    assert_string_equal(caption->alt, facts->alt);
    assert_string_equal(caption->extended_alt, facts->extended_alt);
    assert_null(caption->keywords);
    g_autoptr(FgFacts) keywords = fg_facts_kept(facts, FG_KEEP_KEYWORDS);
    assert_string_equal(keywords->keywords[1], "neige");
    g_autoptr(FgFacts) camera = fg_facts_kept(facts, FG_KEEP_CAMERA);
    assert_string_equal(camera->make, "Fujifilm");
    assert_string_equal(camera->model, "X-T5");
    assert_null(camera->lens);
    g_autoptr(FgFacts) lens = fg_facts_kept(facts, FG_KEEP_LENS);
    assert_string_equal(lens->lens, facts->lens);
    assert_int_equal(lens->iso, 0);
    g_autoptr(FgFacts) exposure = fg_facts_kept(facts, FG_KEEP_EXPOSURE);
    assert_int_equal(exposure->iso, 400);
    assert_int_equal(exposure->exposure_time.denominator, 250);
    assert_int_equal(exposure->f_number.numerator, 56);
    assert_int_equal(exposure->focal_length.numerator, 35);
    assert_null(exposure->make);
    assert_string_equal(exposure->date, "");
}

static void
a_country_does_not_keep_the_city(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = full_facts();
    g_autoptr(FgFacts) country = fg_facts_kept(facts, FG_KEEP_COUNTRY);
    assert_string_equal(country->country, "France");
    assert_string_equal(country->country_code, "FRA");
    assert_null(country->city);
    assert_null(country->state);
    g_autoptr(FgFacts) city = fg_facts_kept(facts, FG_KEEP_CITY);
    assert_string_equal(city->city, "Crolles");
    assert_string_equal(city->state, "Isère");
    assert_string_equal(city->country, "France");
}

static void
the_finest_date_group_decides(void **state)
{
    (void)state;
    static const struct {
        guint keep;
        const char *date;
    } cases[] = {
        {FG_KEEP_TITLE, ""},
        {FG_KEEP_YEAR, "2026"},
        {FG_KEEP_DAY, "2026-05-01"},
        {FG_KEEP_YEAR | FG_KEEP_DAY, "2026-05-01"},
        {FG_KEEP_YEAR | FG_KEEP_DATE, "2026-05-01T06:07:08"},
    };
    g_autoptr(FgFacts) facts = full_facts();
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FgFacts) kept = fg_facts_kept(facts, cases[i].keep);
        assert_string_equal(kept->date, cases[i].date);
    }
}

static void
that_a_picture_was_generated_stays_without_a_group(void **state)
{
    (void)state;
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->digital_source = g_strdup("trainedAlgorithmicMedia");
    g_autoptr(FgFacts) kept = fg_facts_kept(facts, 0);
    assert_string_equal(kept->digital_source, "trainedAlgorithmicMedia");
}

static void
a_copy_keeps_all(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    g_autoptr(FgFacts) copy = fg_facts_dup(facts);
    const FgStatement one = statement_of(rights, facts, FG_FORMAT_JPEG);
    const FgStatement two = statement_of(rights, copy, FG_FORMAT_JPEG);
    g_autoptr(GBytes) xmp_one = fg_xmp_build(&one, NULL);
    g_autoptr(GBytes) xmp_two = fg_xmp_build(&two, NULL);
    assert_true(g_bytes_equal(xmp_one, xmp_two));
    g_autoptr(GBytes) exif_one = fg_exif_build(&one, NULL);
    g_autoptr(GBytes) exif_two = fg_exif_build(&two, NULL);
    assert_true(g_bytes_equal(exif_one, exif_two));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_group_has_a_name_and_a_bit_of_its_own),
        cmocka_unit_test(no_group_keeps_nothing),
        cmocka_unit_test(each_group_keeps_its_own),
        cmocka_unit_test(a_country_does_not_keep_the_city),
        cmocka_unit_test(the_finest_date_group_decides),
        cmocka_unit_test(that_a_picture_was_generated_stays_without_a_group),
        cmocka_unit_test(a_copy_keeps_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
