/* Every kind of complaint, with its exact place and words. */
#include <glib/gstdio.h>
#include <string.h>

#include "profile/profile.h"
#include "support/fixtures.h"

#define SIZES "derivatives: [{name: a, long_edge: 100}]\n"

static void
refuses(const char *yaml, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new_static(yaml, strlen(yaml));
    fg_spill("p.yaml", bytes);
    assert_null(fg_profile_load("p.yaml", NULL, &error));
    assert_non_null(error);
    assert_string_equal(error->message, message);
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PROFILE));
}

static void
unknown_keys_are_met_with_the_nearest_name(void **state)
{
    (void)state;
    refuses("qualiti: {jpeg: 80}\n" SIZES, "p.yaml:1:1: qualiti: unknown key; did you mean \"quality\"?");
    refuses("rights:\n  creater: Jane\n" SIZES,
            "p.yaml:2:3: rights.creater: unknown key; did you mean \"creator\"?");
    refuses("limits: {volume: 3}\n" SIZES, "p.yaml:1:10: limits.volume: unknown key; expected one of pixels, "
                                           "bytes, seconds, memory, exif, xmp, icc");
    refuses("marks: {a: {txt: x}}\n" SIZES, "p.yaml:1:13: marks.a.txt: unknown key; did you mean \"text\"?");
    refuses("derivatives:\n- {name: a, longedge: 100}\n",
            "p.yaml:2:13: derivatives[0].longedge: unknown key; did you mean \"long_edge\"?");
    refuses("rights: {licensor: [{name: x, www: y}]}\n" SIZES,
            "p.yaml:1:31: rights.licensor[0].www: unknown key; expected one of name, url, email, id");
    refuses("rights: {contact: {town: x}}\n" SIZES,
            "p.yaml:1:20: rights.contact.town: unknown key; expected one of "
            "address, city, region, postal_code, country, phone, email, url");
}

static void
a_wrong_type_says_what_was_expected(void **state)
{
    (void)state;
    refuses("- a\n", "p.yaml:1:1: expected a map of settings, not a list");
    refuses("rights: Jane\n" SIZES, "p.yaml:1:9: rights: expected a map of settings, not \"Jane\"");
    refuses("rights: {credit: [a]}\n" SIZES, "p.yaml:1:18: rights.credit: expected a text, not a list");
    refuses("rights: {creator: [a, ~]}\n" SIZES,
            "p.yaml:1:23: rights.creator: expected a text, not an empty value");
    refuses("rights: {contact: {postal_code: 38380}}\n" SIZES,
            "p.yaml:1:33: rights.contact.postal_code: expected a text, not the number 38380; quote it: "
            "\"38380\"");
    refuses("rights: {credit: no}\n" SIZES,
            "p.yaml:1:18: rights.credit: expected a text, not the yes-or-no no; quote it: \"no\"");
    refuses("quality: {jpeg: high}\n" SIZES,
            "p.yaml:1:17: quality.jpeg: expected a whole number in 1..100, not \"high\"");
    refuses("quality: {jpeg: \"80\"}\n" SIZES,
            "p.yaml:1:17: quality.jpeg: expected a whole number in 1..100, not \"80\"");
    refuses("quality: {jpeg: 82.5}\n" SIZES,
            "p.yaml:1:17: quality.jpeg: expected a whole number in 1..100, not the number 82.5");
    refuses("quality: {progressive: maybe}\n" SIZES,
            "p.yaml:1:24: quality.progressive: expected true or false, not \"maybe\"");
    refuses("privacy: {keep: title}\n" SIZES,
            "p.yaml:1:17: privacy.keep: expected a list, such as [title], not \"title\"");
    refuses("marks: [a]\n" SIZES,
            "p.yaml:1:8: marks: expected a map of marks, each under its name, not a list");
    refuses("rights: {terms: Ask}\n" SIZES,
            "p.yaml:1:17: rights.terms: expected a map of languages to texts, such as "
            "{en: \"All rights reserved.\"}, not \"Ask\"");
    refuses("rights: {licensor: Jane}\n" SIZES,
            "p.yaml:1:20: rights.licensor: expected a map, or a list of up to three, not \"Jane\"");
    refuses("derivatives: 5\n",
            "p.yaml:1:14: derivatives: expected a list of at least one derivative, not the number 5");
    refuses("derivatives: [a]\n", "p.yaml:1:15: derivatives[0]: expected a map of settings, not \"a\"");
    refuses("marks: {a: {text: x}}\nderivatives: [{name: a, long_edge: 9, marks: a}]\n",
            "p.yaml:2:46: derivatives[0].marks: expected a list of marks, such as [signature], or [] for "
            "none, not \"a\"");
}

static void
an_impossible_value_says_what_is_possible(void **state)
{
    (void)state;
    refuses("quality: {jpeg: 101}\n" SIZES,
            "p.yaml:1:17: quality.jpeg: expected a whole number in 1..100, not the number 101");
    refuses("marks: {a: {text: x, size: 27}}\n" SIZES,
            "p.yaml:1:28: marks.a.size: expected a share with % in 1%..100%, not the number 27");
    refuses("marks: {a: {text: x, size: 270%}}\n" SIZES,
            "p.yaml:1:28: marks.a.size: expected a share with % in 1%..100%, not \"270%\"");
    refuses("marks: {a: {text: x, size: 27px}}\n" SIZES,
            "p.yaml:1:28: marks.a.size: expected a share with % in 1%..100%, not \"27px\"");
    refuses("marks: {a: {text: x, angle: 100}}\n" SIZES,
            "p.yaml:1:29: marks.a.angle: expected a number in -90..90, not the number 100");
    refuses(
        "limits: {pixels: 4X}\n" SIZES,
        "p.yaml:1:18: limits.pixels: expected a whole number in 1K..100G (K, M, G, T: 1000s), not \"4X\"");
    refuses("limits: {memory: 1M}\n" SIZES,
            "p.yaml:1:18: limits.memory: expected a whole number in 64M..1T (K, M, G, T: 1024s), not \"1M\"");
    refuses(
        "marks: {a: {text: x, tone: drak}}\n" SIZES,
        "p.yaml:1:28: marks.a.tone: expected one of auto, light, dark, not \"drak\"; did you mean \"dark\"?");
    refuses("quality: {chroma: 422}\n" SIZES, "p.yaml:1:19: quality.chroma: expected one of auto, 420, 444, "
                                              "not the number 422; did you mean \"420\"?");
    refuses(
        "privacy: {keep: [title, gps]}\n" SIZES,
        "p.yaml:1:25: privacy.keep: expected one of title, caption, keywords, year, day, date, camera, lens, "
        "exposure, country, city, prompt, not \"gps\"");
    g_autoptr(GString) formats = g_string_new(FG_FORMAT_NAMES_WRITTEN);
    g_string_replace(formats, "|", ", ", 0);
    g_autofree char *told =
        g_strdup_printf("p.yaml:1:49: derivatives[0].formats: expected one of %s, not \"jpg\"; "
                        "did you mean \"jpeg\"?",
                        formats->str);
    refuses("derivatives: [{name: a, long_edge: 9, formats: [jpg]}]\n", told);
    refuses("derivatives: [{name: a, long_edge: 9, formats: [jpeg, jpeg]}]\n",
            "p.yaml:1:55: derivatives[0].formats: jpeg stands here twice");
    refuses("derivatives: [{name: a, long_edge: 9, formats: []}]\n",
            "p.yaml:1:48: derivatives[0].formats: expected at least one format");
    refuses("derivatives: [{name: a, long_edge: 0}]\n",
            "p.yaml:1:36: derivatives[0].long_edge: expected a whole number in 1..65500, not the number 0");
    refuses("derivatives: [{name: a/b, long_edge: 9}]\n",
            "p.yaml:1:22: derivatives[0].name: expected a name of letters, digits, - and _, not \"a/b\"");
    refuses("marks: {a: {text: x, font: []}}\n" SIZES,
            "p.yaml:1:28: marks.a.font: expected at least one font");
}

static void
rights_have_the_shapes_that_readers_need(void **state)
{
    (void)state;
    refuses("rights: {web_statement: www.example.org}\n" SIZES,
            "p.yaml:1:25: rights.web_statement: expected an absolute http(s) address, such as "
            "https://example.org/rights, not \"www.example.org\"");
    refuses("rights: {web_statement: \"ftp://example.org\"}\n" SIZES,
            "p.yaml:1:25: rights.web_statement: expected an absolute http(s) address, such as "
            "https://example.org/rights, not \"ftp://example.org\"");
    refuses("rights: {tdm_policy: \"https://exa mple.org\"}\n" SIZES,
            "p.yaml:1:22: rights.tdm_policy: expected an absolute http(s) address, such as "
            "https://example.org/rights, "
            "not \"https://exa mple.org\"");
    refuses("rights: {contact: {email: jane}}\n" SIZES,
            "p.yaml:1:27: rights.contact.email: expected an address for mail, such as jane@example.org, not "
            "\"jane\"");
    refuses("rights: {terms: {french: x, f_r: y}}\n" SIZES,
            "p.yaml:1:29: rights.terms: expected a language tag, such as fr or en-GB, not \"f_r\"");
    refuses("rights: {terms: {fr: x, FR: y}}\n" SIZES,
            "p.yaml:1:25: rights.terms: the language FR stands here twice");
    refuses("rights: {terms: {fr: [x]}}\n" SIZES,
            "p.yaml:1:22: rights.terms.fr: expected a text, not a list");
    refuses("rights: {licensor: [{name: a}, {name: b}, {name: c}, {name: d}]}\n" SIZES,
            "p.yaml:1:20: rights.licensor: expected up to three licensors, not 4");
    refuses("rights: {licensor: {}}\n" SIZES,
            "p.yaml:1:20: rights.licensor: expected a name, url, email or id");
    refuses("rights: {data_mining: DMI-PROHIBITED}\n" SIZES,
            "p.yaml:1:23: rights.data_mining: expected one of unspecified, allowed, prohibited-aimltraining, "
            "prohibited-genaimltraining, prohibited-exceptsearchengineindexing, prohibited, "
            "prohibited-seeconstraint, "
            "not \"DMI-PROHIBITED\"; did you mean \"prohibited\"?");
    refuses("rights: {data_mining: prohibited-seeconstraint}\n" SIZES,
            "p.yaml:1:23: rights.data_mining: prohibited-seeconstraint needs rights.other_constraints, which "
            "says what "
            "is allowed");
    refuses("rights: {year: 26}\n" SIZES,
            "p.yaml:1:16: rights.year: expected a whole number in 1000..9999, not the "
            "number 26");
    refuses("rights: {credit: \"  \"}\n" SIZES,
            "p.yaml:1:18: rights.credit: expected a text, not an empty one; leave the key out");
    refuses("rights: {credit: \"a\\eb\"}\n" SIZES,
            "p.yaml:1:18: rights.credit: this text holds the control character U+001B");
    refuses("rights: {digital_source: photo}\n" SIZES,
            "p.yaml:1:26: rights.digital_source: expected one of photograph, digitalCapture, "
            "computationalCapture, "
            "negativeFilm, positiveFilm, print, humanEdits, algorithmicallyEnhanced, digitalCreation, "
            "dataDrivenMedia, "
            "trainedAlgorithmicMedia, algorithmicMedia, screenCapture, virtualRecording, composite, "
            "compositeCapture, "
            "compositeSynthetic, compositeWithTrainedAlgorithmicMedia, not \"photo\"; did you mean "
            "\"photograph\"?");
}

static void
fields_are_quoted_known_and_in_their_place(void **state)
{
    (void)state;
    refuses("marks:\n  a:\n    text: {creator}\n" SIZES,
            "p.yaml:3:11: marks.a.text: expected a text, not a map; quote it: \"{creator}\"");
    refuses("marks: {a: {text: \"{creater}\"}}\n" SIZES,
            "p.yaml:1:19: marks.a.text: unknown field {creater}; did you mean {creator}?");
    refuses("rights: {copyright: \"{ext}\"}\n" SIZES,
            "p.yaml:1:21: rights.copyright: unknown field {ext}; expected one of {creator} {owner} {year} "
            "{date} {title} "
            "{caption} {stem} {width} {height} {camera}");
    refuses("rights: {copyright: \"© {width}\"}\n" SIZES,
            "p.yaml:1:21: rights.copyright: a notice is the same in all sizes of a photo, so it can't hold "
            "{width} or "
            "{height}");
    refuses(
        "rights: {credit: \"Photo {creator}\"}\n" SIZES,
        "p.yaml:1:18: rights.credit: fields in braces work in rights.copyright, in the texts of marks and in "
        "output.name only");
    refuses("output: {name: \"{stem}\"}\n" SIZES,
            "p.yaml:1:16: output.name: a name ends in \".{ext}\", which is jpg, webp, avif, jxl or png");
}

static void
marks_and_derivatives_fit_together(void **state)
{
    (void)state;
    refuses("rights: {creator: Jane}\n",
            "p.yaml:1:1: derivatives: expected a list of at least one derivative");
    refuses("derivatives: []\n", "p.yaml:1:14: derivatives: expected a list of at least one derivative");
    refuses("marks: {a: {size: 20%}}\n" SIZES, "p.yaml:1:12: marks.a: expected a text or a logo");
    refuses("marks: {a: {text: x, logo: y.png}}\n" SIZES,
            "p.yaml:1:28: marks.a: expected a text or a logo, not both");
    refuses("marks: {\"a b\": {text: x}}\n" SIZES,
            "p.yaml:1:9: marks.a b: expected a name of letters, digits, - and _, not \"a b\"");
    refuses("marks: {signature: {text: x}}\nderivatives: [{name: a, long_edge: 9, marks: [signatur]}]\n",
            "p.yaml:2:47: derivatives[0].marks: there is no mark \"signatur\"; did you mean \"signature\"?");
    refuses(
        "marks: {seal: {text: x}, veil: {text: x}}\nderivatives: [{name: a, long_edge: 9, marks: [logo]}]\n",
        "p.yaml:2:47: derivatives[0].marks: there is no mark \"logo\"; the profile has seal, veil");
    refuses("derivatives: [{name: a, long_edge: 9, marks: [x]}]\n",
            "p.yaml:1:47: derivatives[0].marks: there is no mark \"x\"; the profile has none");
    refuses("marks: {s: {text: x}}\nderivatives: [{name: a, long_edge: 9, marks: [s, s]}]\n",
            "p.yaml:2:50: derivatives[0].marks: the mark s stands here twice");
    refuses("derivatives:\n- {long_edge: 9}\n", "p.yaml:2:3: derivatives[0]: expected a name");
    refuses("derivatives:\n- {name: a, long_edge: 9}\n- {name: a, long_edge: 8}\n",
            "p.yaml:3:10: derivatives[1]: the name a is taken by another derivative");
    refuses("derivatives: [{name: a}]\n",
            "p.yaml:1:15: derivatives[0]: expected a size: long_edge, or width, height or both");
    refuses("derivatives: [{name: a, long_edge: 9, width: 9}]\n",
            "p.yaml:1:15: derivatives[0]: expected long_edge, or width and height, not both");
    refuses("derivatives: [{name: a, width: 9, crop: centre}]\n",
            "p.yaml:1:41: derivatives[0]: crop needs a box: width and height");
    refuses("derivatives: [{name: a, long_edge: 20000, formats: [webp]}]\n",
            "p.yaml:1:15: derivatives[0]: webp ends at 16383 pixels");
}

static void
broken_yaml_comes_with_its_place(void **state)
{
    (void)state;
    refuses("", "p.yaml:1:1: the profile is empty");
    refuses("~\n", "p.yaml:1:1: the profile is empty");
    refuses("---\n", "p.yaml:2:1: the profile is empty");
    refuses(
        "rights:\n  creator: Jane\n creator: John\n",
        "p.yaml:3:2: this does not go on from what stands above; indent all keys of a map alike, and close "
        "each quote\n     creator: John");
}

static void
a_slip_in_yaml_is_told_in_plain_words_with_its_line(void **state)
{
    (void)state;
    refuses(
        "rights:\n\tcreator: Jane\n",
        "p.yaml:2:1: a tab stands where YAML wants spaces; put spaces in its place\n    \\x09creator: Jane");
    refuses(
        "rights:\n  credit: @jane\n",
        "p.yaml:2:11: a text can't begin with this character; put the text in quotes\n      credit: @jane");
    refuses("rights:\n  credit: \"Jane\n  source: x\n",
            "p.yaml:2:11: the quote that opens here is never closed; put one at the end of the text\n"
            "      credit: \"Jane");
    refuses(
        "rights:\n  credit: Jane: Photos\n",
        "p.yaml:2:15: a colon can't stand here; quote a text that holds one, or give the line above its own\n"
        "      credit: Jane: Photos");
    refuses("rights:\n  credit: x\nsource\n", "p.yaml:3:1: this is no \"key: value\"; put a colon and a "
                                              "space after the key, or indent what goes on "
                                              "from the line above\n    source");
    refuses("privacy: { keep: [title }\n",
            "p.yaml:1:18: the bracket that opens here is never closed, or a comma is missing\n"
            "    privacy: { keep: [title }");
    refuses("rights: {credit: \"a\\qb\"}\n",
            "p.yaml:1:20: a backslash in double quotes means something; write two, or use single quotes\n"
            "    rights: {credit: \"a\\qb\"}");
    refuses("rights: {credit: \"\xE9\"}\n",
            "p.yaml:1:20: this text is no UTF-8; save the file as UTF-8\n    rights: {credit: \"\\xE9\"}");
    refuses("rights:\n  copyright: {year} Jane\n",
            "p.yaml:2:21: a text that holds {fields} wants quotes, as \"© {year} {creator}\"\n"
            "      copyright: {year} Jane");
}

static void
all_mistakes_are_told_at_once_and_none_that_follows_from_another(void **state)
{
    (void)state;
    refuses("rights:\n  creater: Jane\nmarks:\n  a: {text: x, size: big}\n  b: {logo: b.png, angel: 3}\n"
            "derivatives:\n  - {name: one, long_edge: 9, marks: [a, b, c]}\n  - {name: one}\nquality: {jpeg: "
            "182}\n",
            "p.yaml:2:3: rights.creater: unknown key; did you mean \"creator\"?\n"
            "p.yaml:4:22: marks.a.size: expected a share with % in 1%..100%, not \"big\"\n"
            "p.yaml:5:20: marks.b.angel: unknown key; did you mean \"angle\"?\n"
            "p.yaml:7:45: derivatives[0].marks: there is no mark \"c\"; the profile has a, b\n"
            "p.yaml:8:5: derivatives[1]: expected a size: long_edge, or width, height or both\n"
            "p.yaml:9:17: quality.jpeg: expected a whole number in 1..100, not the number 182");
}

static void
no_more_mistakes_are_told_than_a_screen_holds(void **state)
{
    (void)state;
    g_autoptr(GString) yaml = g_string_new(SIZES);
    for (guint i = 0; i < 1000; i++)
        g_string_append_printf(yaml, "nonsense%u: 1\n", i);
    g_autoptr(GBytes) bytes = g_bytes_new(yaml->str, yaml->len);
    fg_spill("p.yaml", bytes);
    g_autoptr(GError) error = NULL;
    assert_null(fg_profile_load("p.yaml", NULL, &error));
    g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
    assert_int_equal(g_strv_length(lines), 20);
}

static void
a_key_at_the_margin_is_led_home(void **state)
{
    (void)state;
    refuses("rights:\ncreator: Jane\n" SIZES,
            "p.yaml:2:1: creator: unknown key here; indent it below \"rights:\"");
    refuses("jpeg: 80\n" SIZES, "p.yaml:1:1: jpeg: unknown key here; indent it below \"quality:\"");
}

static void
a_logo_over_an_inherited_text_says_how_to_drop_it(void **state)
{
    (void)state;
    refuses(
        "extends: discreet\nmarks:\n  signature: {logo: a.png}\n",
        "p.yaml:3:21: marks.signature: expected a text or a logo, not both, and the mark has its text from "
        "built-in gallery:21:11; drop that with \"text: null\"");
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes =
        g_bytes_new_static("extends: discreet\nmarks:\n  signature: {logo: a.png, text: null}\n", 64);
    fg_spill("p.yaml", bytes);
    g_autoptr(FgProfile) profile = fg_profile_load("p.yaml", NULL, &error);
    assert_non_null(profile);
}

static void
a_chain_of_profiles_ends_somewhere(void **state)
{
    (void)state;
    g_autoptr(GBytes) a = g_bytes_new_static("extends: ./b.yaml\n", 18);
    g_autoptr(GBytes) b = g_bytes_new_static("extends: p.yaml\n", 16);
    fg_spill("a.yaml", a);
    fg_spill("b.yaml", b);
    refuses("extends: a.yaml\n",
            "./b.yaml:1:10: extends: goes round in a circle: p.yaml -> a.yaml -> ./b.yaml -> p.yaml");
    refuses("extends: p.yaml\n", "p.yaml:1:10: extends: goes round in a circle: p.yaml -> p.yaml");
    refuses("extends: [a]\n", "p.yaml:1:10: extends: expected the name or file of a profile, not a list");
    refuses("extends: none.yaml\n",
            "p.yaml:1:10: extends: the profile \"none.yaml\": can't be opened: No such file or directory");
    refuses("extends: galery\n",
            "p.yaml:1:10: extends: there is no profile \"galery\"; did you mean \"gallery\"? There are "
            "archive, discreet, gallery, press, proof, social");
}

static void
overrides_are_told_as_they_were_given(void **state)
{
    (void)state;
    static const struct {
        const char *override;
        FgErrorCode code;
        const char *message;
    } cases[] = {
        {"quality.jpeg=high", FG_ERROR_PROFILE,
         "--set quality.jpeg=high: expected a whole number in 1..100, not \"high\""},
        {"rights.creater=Jane", FG_ERROR_PROFILE,
         "--set rights.creater=Jane: unknown key; did you mean \"creator\"?"},
        {"marks.signature.text={creator}", FG_ERROR_PROFILE,
         "--set marks.signature.text={creator}: expected a text, not a map; quote it: "
         "\"{creator}\""},
        {"quality={jpeg: 80, webp: x}", FG_ERROR_PROFILE,
         "--set quality={jpeg: 80, webp: x}: quality.webp: expected a whole number in 1..100, not \"x\""},
        {"quality=[", FG_ERROR_PROFILE, "--set quality=[: a value is missing here"},
        {"extends=press", FG_ERROR_PROFILE,
         "--set extends=press: extends belongs in a file; name the profile with -p"},
        {"quality.jpeg", FG_ERROR_USAGE,
         "--set wants KEY=VALUE, such as rights.creator=\"Jane Doe\", not \"quality.jpeg\""},
        {"=x", FG_ERROR_USAGE, "--set wants KEY=VALUE, such as rights.creator=\"Jane Doe\", not \"=x\""},
        {"a..b=x", FG_ERROR_USAGE,
         "--set wants KEY=VALUE, such as rights.creator=\"Jane Doe\", not \"a..b=x\""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(fg_profile_load("gallery", (const char *const[]){cases[i].override, NULL}, &error));
        assert_string_equal(error->message, cases[i].message);
        assert_int_equal(error->code, cases[i].code);
    }
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
        cmocka_unit_test(unknown_keys_are_met_with_the_nearest_name),
        cmocka_unit_test(a_wrong_type_says_what_was_expected),
        cmocka_unit_test(an_impossible_value_says_what_is_possible),
        cmocka_unit_test(rights_have_the_shapes_that_readers_need),
        cmocka_unit_test(fields_are_quoted_known_and_in_their_place),
        cmocka_unit_test(marks_and_derivatives_fit_together),
        cmocka_unit_test(broken_yaml_comes_with_its_place),
        cmocka_unit_test(a_chain_of_profiles_ends_somewhere),
        cmocka_unit_test(a_slip_in_yaml_is_told_in_plain_words_with_its_line),
        cmocka_unit_test(all_mistakes_are_told_at_once_and_none_that_follows_from_another),
        cmocka_unit_test(no_more_mistakes_are_told_than_a_screen_holds),
        cmocka_unit_test(a_key_at_the_margin_is_led_home),
        cmocka_unit_test(a_logo_over_an_inherited_text_says_how_to_drop_it),
        cmocka_unit_test(overrides_are_told_as_they_were_given),
    };
    return cmocka_run_group_tests(tests, in_a_scratch_folder, NULL);
}
