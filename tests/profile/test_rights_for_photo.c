/* The rights of a profile as one photo gets them, and the stems that a file's name may come from. */
#include "profile/profile_private.h"
#include "support/fixtures.h"

#include <string.h>

#define NOTICE "© {year} {creator}, {camera}, {date}, {stem}"

static FgProfile *
profile_of(const char *keep, const char *more)
{
    g_autofree char *folder = fg_scratch();
    g_autofree char *path = g_build_filename(folder, "mine.yaml", NULL);
    g_autofree char *text =
        g_strconcat("rights: { creator: Jane Doe, copyright: \"" NOTICE "\" }\n"
                    "privacy: { keep: [",
                    keep, "] }\nderivatives: [ { name: web, long_edge: 320 } ]\n", more, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(GError) error = NULL;
    FgProfile *profile = fg_profile_load(path, NULL, &error);
    if (!profile)
        fail_msg("%s", error->message);
    return profile;
}

static FgFacts *
facts_of(const char *make, const char *model, const char *date)
{
    FgFacts *facts = fg_facts_new();
    facts->make = g_strdup(make);
    facts->model = g_strdup(model);
    g_strlcpy(facts->date, date, sizeof facts->date);
    return facts;
}

static void
assert_notice(const FgProfile *profile, const FgFacts *facts, const char *year, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FgRights) rights = fg_rights_for(profile, facts, "IMG_1", year, &error);
    assert_null(error);
    assert_string_equal(rights->copyright, expected);
    assert_string_equal(rights->owner, "Jane Doe");
}

static void
a_notice_holds_what_the_photo_says_and_is_kept(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = profile_of("camera, date", "");
    g_autoptr(FgFacts) whole = facts_of("Canon", "EOS R5", "2026-05-01T10:11:12");
    g_autoptr(FgFacts) brand = facts_of("NIKON CORPORATION", "NIKON D850", "2026-05-01");
    g_autoptr(FgFacts) undated = facts_of("Canon", NULL, "");
    assert_notice(profile, whole, NULL, "© 2026 Jane Doe, Canon EOS R5, 2026-05-01, IMG_1");
    assert_notice(profile, whole, FG_ANY_YEAR, "© {year} Jane Doe, Canon EOS R5, 2026-05-01, IMG_1");
    assert_notice(profile, brand, NULL, "© 2026 Jane Doe, NIKON D850, 2026-05-01, IMG_1");
    assert_notice(profile, undated, NULL, "© Jane Doe, Canon");
    assert_notice(profile, NULL, NULL, "© Jane Doe");
}

static void
what_is_not_kept_stands_in_no_notice_but_the_year_does(void **state)
{
    (void)state;
    g_autoptr(FgProfile) none = profile_of("", ""), day = profile_of("camera, day", "");
    g_autoptr(FgProfile) year = profile_of("camera, year", "");
    g_autoptr(FgFacts) facts = facts_of("Canon", "EOS R5", "2026-05-01T10:11:12");
    assert_notice(none, facts, NULL, "© 2026 Jane Doe");
    assert_notice(day, facts, NULL, "© 2026 Jane Doe, Canon EOS R5, 2026-05-01, IMG_1");
    assert_notice(year, facts, NULL, "© 2026 Jane Doe, Canon EOS R5");
}

static void
a_notice_of_nothing_is_an_error_and_a_generator_stays_told(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = profile_of("", "");
    g_autoptr(FgFacts) facts = facts_of(NULL, NULL, "");
    facts->digital_source = g_strdup("trainedAlgorithmicMedia");
    g_autoptr(FgRights) rights = fg_rights_for(profile, facts, "a", NULL, NULL);
    assert_string_equal(rights->digital_source, "trainedAlgorithmicMedia");
    g_free(profile->rights->copyright);
    profile->rights->copyright = g_strdup("{camera}");
    g_autoptr(GError) error = NULL;
    assert_null(fg_rights_for(profile, facts, "a", NULL, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_RIGHTS));
}

static void
assert_stems(const FgProfile *profile, const char *path, const char *expected)
{
    g_auto(GStrv) stems = fg_profile_stems(profile, path, 320, 240, FG_FORMAT_JPEG);
    g_autofree char *joined = g_strjoinv("|", stems);
    assert_string_equal(joined, expected);
}

static void
a_file_s_name_tells_the_stem_that_it_was_made_of(void **state)
{
    (void)state;
    g_autoptr(FgProfile) usual = profile_of("", "");
    assert_stems(usual, "web/IMG_1-320.jpg", "IMG_1|IMG_1-320");
    assert_stems(usual, "IMG_1.tar-320.jpg", "IMG_1.tar|IMG_1.tar-320");
    assert_stems(usual, "IMG_1-640.jpg", "IMG_1-640");
    assert_stems(usual, "x-320.jpg", "x|x-320");
    assert_stems(usual, "-320.jpg", "-320");
    assert_stems(usual, "320.jpg", "320");
    assert_stems(usual, "-", FG_ANY_STEM);
    assert_stems(usual, "", FG_ANY_STEM);
    g_autoptr(FgProfile) twice = profile_of("", "output: { name: \"{name}_{stem}_{stem}.{ext}\" }\n");
    assert_stems(twice, "web_ab_ab.jpg", "ab|web_ab_ab");
    assert_stems(twice, "web_ab_cd.jpg", "web_ab_cd");
    assert_stems(twice, "web_ab_abc.jpg", "web_ab_abc");
    g_autoptr(FgProfile) nameless = profile_of("", "output: { name: \"{name}-{width}.{ext}\" }\n");
    assert_stems(nameless, "web-320.jpg", FG_ANY_STEM "|web-320");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_holds_what_the_photo_says_and_is_kept),
        cmocka_unit_test(what_is_not_kept_stands_in_no_notice_but_the_year_does),
        cmocka_unit_test(a_notice_of_nothing_is_an_error_and_a_generator_stays_told),
        cmocka_unit_test(a_file_s_name_tells_the_stem_that_it_was_made_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
