/* What is explained loads again to the same profile; the digest sees what can change a byte, and nothing
 * else. */
#include <glib/gstdio.h>
#include <string.h>

#include "profile/profile_private.h"
#include "support/fixtures.h"

static FgProfile *
load(const char *name, const char *const *overrides)
{
    g_autoptr(GError) error = NULL;
    FgProfile *profile = fg_profile_load(name, overrides, &error);
    if (error)
        fail_msg("%s: %s", name, error->message);
    return profile;
}

static void
reloads_equal(const FgProfile *profile)
{
    g_autofree char *yaml = fg_profile_explain(profile);
    g_autofree char *digest = fg_profile_digest(profile);
    g_autoptr(GBytes) bytes = g_bytes_new(yaml, strlen(yaml));
    fg_spill("explained.yaml", bytes);
    g_autoptr(FgProfile) again = load("explained.yaml", NULL);
    g_autofree char *digest_again = fg_profile_digest(again);
    assert_string_equal(digest, digest_again);
    /* The digest leaves the limits and the places of files out; the text holds all. */
    g_autofree char *yaml_again = fg_profile_explain(again);
    assert_string_equal(strchr(yaml, '\n'), strchr(yaml_again, '\n'));
}

static void
the_built_in_profiles_reload_from_their_explanation(void **state)
{
    (void)state;
    guint count = 0;
    for (const FgBuiltin *builtin = fg_builtins; builtin->name; builtin++, count++) {
        g_autoptr(FgProfile) profile = load(builtin->name, NULL);
        reloads_equal(profile);
    }
    assert_int_equal(count, 6);
}

static void
the_built_in_profiles_hold_no_rights(void **state)
{
    (void)state;
    for (const FgBuiltin *builtin = fg_builtins; builtin->name; builtin++) {
        g_autoptr(FgProfile) profile = load(builtin->name, NULL);
        g_autofree char *yaml = fg_profile_explain(profile);
        const char *rights = strstr(yaml, "\nrights:\n");
        const char *end = strstr(yaml, "\nprivacy:\n");
        assert_true(rights && end && rights < end);
        g_autofree char *section = g_strndup(rights, (gsize)(end - rights));
        g_auto(GStrv) lines = g_strsplit(section, "\n", -1);
        for (char **line = lines; *line; line++) {
            const char *text = g_strchug(*line);
            assert_true(!*text || *text == '#' || strcmp(text, "rights:") == 0 ||
                        strcmp(text, "contact:") == 0);
        }
    }
}

static void
the_profile_of_the_samples_reloads_from_its_explanation(void **state)
{
    (void)state;
    g_autofree char *path = fg_source_path("samples/filigrane.yaml");
    g_autoptr(FgProfile) profile = load(path, NULL);
    reloads_equal(profile);
    assert_string_equal(profile->rights->creators[0], "Christian Allegret");
    assert_string_equal(profile->rights->owner, "Sarl Cartus");
    assert_int_equal(profile->rights->terms->len, 2);
    assert_string_equal(((FgLangText *)profile->rights->terms->pdata[0])->lang, "fr");
    assert_int_equal(profile->marks->len, 2);
    assert_int_equal(profile->recipes->len, 3);
}

static void
awkward_texts_survive_their_explanation(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load(
        "gallery", (const char *const[]){
                       "rights.creator=[\"no\", \"#1\", \"a: b\", \"it's \\\"q\\\" \\\\\"]",
                       "rights.instructions=\"one\\ntwo\\t\\u2028 three\"", "rights.year=1999",
                       "marks.no={text: \"yes\"}", "marks.1={text: x, vary: off}",
                       "rights.terms={no: \"{{x}} & \\U0001F5FB\"}", "marks.signature.size=33.3%",
                       "marks.signature.angle=-12.25", "limits.bytes=4097K", "privacy.keep=[city, title]",
                       "rights.licensor=[{name: A}, {email: a@example.org, id: \"7\"}]",
                       "derivatives=[{name: b, height: 7, marks: []}, {name: c, width: 8}]", NULL});
    reloads_equal(profile);
}

static void
differs(const char *override)
{
    g_autoptr(FgProfile) before = load("gallery", NULL);
    g_autoptr(FgProfile) after = load("gallery", (const char *const[]){override, NULL});
    g_autofree char *one = fg_profile_digest(before);
    g_autofree char *two = fg_profile_digest(after);
    assert_int_equal(strlen(one), 64);
    assert_string_not_equal(one, two);
}

static void
the_digest_sees_every_kind_of_setting(void **state)
{
    (void)state;
    differs("rights.creator=Jane");
    differs("rights.terms={fr: x}");
    differs("rights.contact.city=Lyon");
    differs("rights.licensor={name: x}");
    differs("privacy.keep=[]");
    differs("marks.signature.text=x");
    differs("marks.signature.vary=no");
    differs("marks.veil.angle=25");
    differs("marks.new={text: x}");
    differs("derivatives=[{name: large, long_edge: 2048}]");
    differs("quality.effort.avif=2");
    differs("quality.effort.jpeg=1");
    differs("output.name=\"{stem}.{ext}\"");
}

static void
the_digest_does_not_see_limits_names_or_places(void **state)
{
    (void)state;
    g_autoptr(GBytes) one = g_bytes_new_static("<svg/>", 6);
    g_autoptr(GBytes) two = g_bytes_new_static("<SVG/>", 6);
    static const char yaml[] = "extends: gallery\nmarks: {l: {logo: l.svg}}\n";
    g_autoptr(GBytes) profile = g_bytes_new_static(yaml, sizeof yaml - 1);
    g_mkdir("a", 0755);
    g_mkdir("b", 0755);
    fg_spill("a/x.yaml", profile);
    fg_spill("b/y.yaml", profile);
    fg_spill("a/l.svg", one);
    fg_spill("b/l.svg", one);
    g_autoptr(FgProfile) here = load("a/x.yaml", NULL);
    g_autoptr(FgProfile) there = load("b/y.yaml", (const char *const[]){"limits.seconds=7", NULL});
    g_autofree char *digest = fg_profile_digest(here);
    g_autofree char *same = fg_profile_digest(there);
    assert_string_equal(digest, same);
    /* A logo that was drawn anew is another one. */
    fg_spill("b/l.svg", two);
    g_autofree char *other = fg_profile_digest(there);
    assert_string_not_equal(digest, other);
}

static int
in_a_scratch_folder(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autofree char *config = g_build_filename(folder, "config", NULL);
    g_setenv("XDG_CONFIG_HOME", config, TRUE);
    return g_chdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_built_in_profiles_reload_from_their_explanation),
        cmocka_unit_test(the_built_in_profiles_hold_no_rights),
        cmocka_unit_test(the_profile_of_the_samples_reloads_from_its_explanation),
        cmocka_unit_test(awkward_texts_survive_their_explanation),
        cmocka_unit_test(the_digest_sees_every_kind_of_setting),
        cmocka_unit_test(the_digest_does_not_see_limits_names_or_places),
    };
    return cmocka_run_group_tests(tests, in_a_scratch_folder, NULL);
}
