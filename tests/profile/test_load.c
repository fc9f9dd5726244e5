#include <glib/gstdio.h>
#include <string.h>

#include "profile/profile.h"
#include "support/fixtures.h"

#define SIZES "derivatives: [{name: a, long_edge: 100}]\n"

static FgProfile *
load(const char *name, const char *const *overrides)
{
    g_autoptr(GError) error = NULL;
    FgProfile *profile = fg_profile_load(name, overrides, &error);
    if (error)
        fail_msg("%s: %s", name ? name : "(none)", error->message);
    return profile;
}

static void
spill(const char *path, const char *yaml)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(yaml, strlen(yaml));
    fg_spill(path, bytes);
}

static FgProfile *
load_text(const char *yaml)
{
    spill("p.yaml", yaml);
    return load("p.yaml", NULL);
}

static void
what_is_left_out_has_its_default(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load_text("marks: {m: {text: x}}\n" SIZES);
    const FgMarkSpec *mark = fg_profile_mark(profile, "m");
    const FgRecipe *recipe = profile->recipes->pdata[0];
    assert_string_equal(fg_profile_name(profile), "p");
    assert_int_equal(profile->quality.level[FG_FORMAT_JPEG], 82);
    assert_int_equal(profile->quality.effort[FG_FORMAT_JPEG], 0);
    assert_int_equal(profile->quality.effort[FG_FORMAT_WEBP], 4);
    assert_int_equal(profile->quality.effort[FG_FORMAT_AVIF], 1);
    assert_int_equal(profile->quality.chroma, FG_CHROMA_AUTO);
    assert_false(profile->quality.progressive);
    assert_int_equal(profile->limits.pixels, 268000000);
    assert_true(profile->limits.bytes == G_GUINT64_CONSTANT(4) << 30);
    assert_int_equal(profile->limits.seconds, 60);
    assert_int_equal(profile->limits.memory, 1536U << 20);
    assert_int_equal(profile->limits.exif, 1U << 20);
    assert_int_equal(profile->limits.xmp, 32U << 20);
    assert_int_equal(profile->limits.icc, 8U << 20);
    assert_string_equal(profile->output_name, "{stem}-{width}.{ext}");
    assert_int_equal(profile->keep, 0);
    assert_string_equal(mark->fonts[0], "DejaVu Sans");
    assert_null(mark->fonts[1]);
    assert_int_equal(mark->place, FG_PLACE_AUTO);
    assert_true(mark->size == 0.27 && mark->margin == 0.025 && mark->visibility == 18 && mark->angle == 24);
    assert_true(mark->vary);
    assert_false(mark->bold);
    assert_null(recipe->marks);
    assert_int_equal(recipe->formats->len, 1);
    assert_int_equal(g_array_index(recipe->formats, FgFormat, 0), FG_FORMAT_JPEG);
    assert_null(profile->rights->creators);
    assert_null(profile->rights->copyright);
}

static void
the_default_of_a_mark_depends_on_its_place(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile =
        load_text("marks: {t: {text: x, place: tiled}, a: {text: x, place: across}, l: {logo: "
                  "x.svg}, o: {text: x, place: tiled, visibility: 9}}\n" SIZES);
    const FgMarkSpec *tiled = fg_profile_mark(profile, "t"), *across = fg_profile_mark(profile, "a");
    const FgMarkSpec *logo = fg_profile_mark(profile, "l"), *own = fg_profile_mark(profile, "o");
    assert_true(tiled->size == 0.22 && tiled->visibility == 5);
    assert_true(across->size == 0.62 && across->visibility == 11);
    assert_true(logo->size == 0.10 && logo->visibility == 18);
    assert_true(own->size == 0.22 && own->visibility == 9);
}

static void
rights_follow_from_the_creator(void **state)
{
    (void)state;
    g_autoptr(FgProfile) one = load_text("rights: {creator: Jane}\n" SIZES);
    g_autoptr(FgProfile) two = load_text(
        "rights: {creator: [Jane, John], owner: Us, copyright: \"© {owner}\", digital_source: photograph, "
        "year: 2020}\n" SIZES);
    assert_string_equal(one->rights->owner, "Jane");
    assert_string_equal(one->rights->copyright, "© {year} {owner}");
    assert_string_equal(two->rights->creators[1], "John");
    assert_string_equal(two->rights->owner, "Us");
    assert_string_equal(two->rights->copyright, "© {owner}");
    assert_string_equal(two->rights->digital_source, "digitalCapture");
    assert_int_equal(two->rights->year, 2020);
}

static void
texts_become_nfc_and_lose_their_edges(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile =
        load_text("rights: {creator: \"  Rene\\u0301 \", instructions: \"a\\nb\"}\n" SIZES);
    assert_string_equal(profile->rights->creators[0], "René");
    assert_string_equal(profile->rights->instructions, "a\nb");
}

static void
extends_merges_maps_and_replaces_the_rest(void **state)
{
    (void)state;
    spill("base.yaml", "rights:\n"
                       "  creator: Jane\n"
                       "  credit: Old\n"
                       "  source: Old\n"
                       "  terms: {fr: oui, en: yes sir}\n"
                       "  other_constraints: {fr: a}\n"
                       "  contact: {city: Lyon, country: France}\n"
                       "  licensor: {name: Old, url: \"https://example.org\"}\n"
                       "privacy: {keep: [title, caption]}\n"
                       "quality: {jpeg: 70, effort: {webp: 6}}\n"
                       "marks: {a: {text: x, size: 20%}, b: {text: y}}\n" SIZES);
    g_autoptr(FgProfile) profile =
        load_text("extends: base.yaml\n"
                  "rights: {credit: New, source: ~, terms: {en: nay}, contact: {city: Paris}, "
                  "licensor: {name: New}}\n"
                  "privacy: {keep: [day]}\n"
                  "quality: {webp: 60, effort: {avif: 3}}\n"
                  "marks: {a: {size: 30%}, b: null, c: {text: z}}\n");
    const FgRights *rights = profile->rights;
    assert_string_equal(rights->creators[0], "Jane");
    assert_string_equal(rights->credit, "New");
    assert_null(rights->source);
    assert_int_equal(rights->terms->len, 1);
    assert_string_equal(((FgLangText *)rights->terms->pdata[0])->lang, "en");
    assert_int_equal(rights->other_constraints->len, 1);
    assert_string_equal(rights->contact.city, "Paris");
    assert_null(rights->contact.country);
    assert_int_equal(rights->licensors->len, 1);
    assert_null(((FgLicensor *)rights->licensors->pdata[0])->url);
    assert_int_equal(profile->keep, FG_KEEP_DAY);
    assert_int_equal(profile->quality.level[FG_FORMAT_JPEG], 70);
    assert_int_equal(profile->quality.level[FG_FORMAT_WEBP], 60);
    assert_int_equal(profile->quality.effort[FG_FORMAT_WEBP], 6);
    assert_int_equal(profile->quality.effort[FG_FORMAT_AVIF], 3);
    assert_int_equal(profile->marks->len, 2);
    assert_string_equal(fg_profile_mark(profile, "a")->text, "x");
    assert_true(fg_profile_mark(profile, "a")->size == 0.3);
    assert_null(fg_profile_mark(profile, "b"));
    assert_int_equal(profile->recipes->len, 1);
}

static void
a_dropped_key_can_come_back(void **state)
{
    (void)state;
    spill("one.yaml", "rights: {credit: One}\n" SIZES);
    spill("two.yaml", "extends: one.yaml\nrights: {credit: ~}\n");
    g_autoptr(FgProfile) profile = load_text("extends: two.yaml\nrights: {credit: Three}\n");
    assert_string_equal(profile->rights->credit, "Three");
}

static void
paths_are_below_the_file_that_names_them(void **state)
{
    (void)state;
    g_mkdir("sub", 0755);
    spill("sub/base.yaml", "marks: {l: {logo: art/l.svg}, t: {text: x, font: [f.ttf, Arial, ./g]}}\n" SIZES);
    g_autofree char *here = g_get_current_dir();
    g_autofree char *logo = g_build_filename(here, "sub", "art", "l.svg", NULL);
    g_autofree char *own = g_build_filename(here, "own.svg", NULL);
    g_autofree char *font = g_build_filename(here, "sub", "f.ttf", NULL);
    g_autofree char *other = g_build_filename(here, "sub", "g", NULL);
    g_autoptr(FgProfile) profile = load_text("extends: sub/base.yaml\nmarks: {m: {logo: own.svg}}\n");
    const FgMarkSpec *text = fg_profile_mark(profile, "t");
    assert_string_equal(fg_profile_mark(profile, "l")->logo, logo);
    assert_string_equal(fg_profile_mark(profile, "m")->logo, own);
    assert_string_equal(text->fonts[0], font);
    assert_string_equal(text->fonts[1], "Arial");
    assert_string_equal(text->fonts[2], other);
}

static void
overrides_come_last_and_are_yaml(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile =
        load("gallery",
             (const char *const[]){"rights.creator=[Jane, John]", "quality={jpeg: 70}", "quality.webp=60",
                                   "marks.veil=", "marks.signature.text=\"© {year}\"",
                                   "derivatives=[{name: only, width: 300, marks: []}]",
                                   "rights.web_statement=https://example.org/a=b", NULL});
    assert_string_equal(profile->rights->creators[1], "John");
    assert_int_equal(profile->quality.level[FG_FORMAT_JPEG], 70);
    assert_int_equal(profile->quality.level[FG_FORMAT_WEBP], 60);
    assert_int_equal(profile->quality.level[FG_FORMAT_AVIF], 65);
    assert_null(fg_profile_mark(profile, "veil"));
    assert_string_equal(fg_profile_mark(profile, "signature")->text, "© {year}");
    assert_int_equal(profile->recipes->len, 1);
    const FgRecipe *recipe = profile->recipes->pdata[0];
    assert_int_equal(recipe->width, 300);
    assert_non_null(recipe->marks);
    assert_null(recipe->marks[0]);
    assert_string_equal(profile->rights->web_statement, "https://example.org/a=b");
}

static void
names_are_looked_up_from_the_nearest_place_outwards(void **state)
{
    (void)state;
    g_autoptr(FgProfile) builtin = load("social", NULL);
    assert_int_equal(builtin->recipes->len, 1);
    g_mkdir_with_parents("config/filigrane/profiles", 0755);
    spill("config/filigrane/profiles/social.yaml", "# Mine\nrights: {credit: user}\n" SIZES);
    g_autoptr(FgProfile) user = load("social", NULL);
    assert_string_equal(user->rights->credit, "user");
    g_mkdir("profiles", 0755);
    spill("profiles/social.yaml", "rights: {credit: project}\n" SIZES);
    g_autoptr(FgProfile) project = load("social", NULL);
    assert_string_equal(project->rights->credit, "project");
    g_unlink("profiles/social.yaml");
    g_rmdir("profiles");
    g_unlink("config/filigrane/profiles/social.yaml");
}

static void
without_a_name_the_file_here_or_the_gallery_is_taken(void **state)
{
    (void)state;
    g_mkdir("profiles", 0755);
    spill("profiles/gallery.yaml", "rights: {credit: not built in}\n" SIZES);
    g_autoptr(FgProfile) gallery = load(NULL, NULL);
    assert_string_equal(fg_profile_name(gallery), "gallery");
    assert_null(gallery->rights->credit);
    spill("filigrane.yaml", "rights: {credit: here}\n" SIZES);
    g_autoptr(FgProfile) here = load(NULL, NULL);
    assert_string_equal(fg_profile_name(here), "filigrane");
    assert_string_equal(here->rights->credit, "here");
    g_unlink("filigrane.yaml");
    g_unlink("profiles/gallery.yaml");
    g_rmdir("profiles");
}

static void
a_missing_profile_is_a_matter_of_paths(void **state)
{
    (void)state;
    static const struct {
        const char *name, *message;
    } cases[] = {
        {"galery", "there is no profile \"galery\"; did you mean \"gallery\"? There are archive, discreet, "
                   "gallery, press, "
                   "proof, social"},
        {"", "there is no profile \"\"; there are archive, discreet, gallery, press, proof, social"},
        {"none.yaml", "the profile \"none.yaml\": can't be opened: No such file or directory"},
        {"./none", "the profile \"./none\": can't be opened: No such file or directory"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(fg_profile_load(cases[i].name, NULL, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PATH));
        assert_string_equal(error->message, cases[i].message);
    }
}

static void
the_list_has_every_name_once_with_its_summary(void **state)
{
    (void)state;
    g_mkdir("profiles", 0755);
    spill("profiles/press.yaml", "# My   own\n" SIZES);
    spill("profiles/zoo.yaml", SIZES);
    spill("profiles/notes.txt", "x");
    g_autoptr(GPtrArray) list = fg_profile_list();
    static const char *const names[] = {"archive", "discreet", "gallery", "press", "proof", "social", "zoo"};
    assert_int_equal(list->len, G_N_ELEMENTS(names));
    for (guint i = 0; i < list->len; i++) {
        const FgProfileEntry *entry = list->pdata[i];
        assert_string_equal(entry->name, names[i]);
        assert_true(i == 6 || strlen(entry->summary) > 0);
    }
    const FgProfileEntry *press = list->pdata[3];
    assert_string_equal(press->summary, "My own");
    assert_string_equal(press->path, "profiles/press.yaml");
    g_unlink("profiles/press.yaml");
    g_unlink("profiles/zoo.yaml");
    g_unlink("profiles/notes.txt");
    g_rmdir("profiles");
}

static void
each_format_has_its_encoding(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load_text("quality: {jpeg: 90, webp: 50, avif: 40, effort: {jpeg: 1, "
                                             "webp: 0, avif: 9}, chroma: 444, progressive: on}\n" SIZES);
    FgEncoding jpeg = fg_profile_encoding(profile, FG_FORMAT_JPEG),
               webp = fg_profile_encoding(profile, FG_FORMAT_WEBP);
    FgEncoding avif = fg_profile_encoding(profile, FG_FORMAT_AVIF),
               png = fg_profile_encoding(profile, FG_FORMAT_PNG);
    assert_int_equal(jpeg.quality, 90);
    assert_int_equal(jpeg.effort, 1);
    assert_true(jpeg.progressive);
    assert_int_equal(jpeg.chroma, FG_CHROMA_444);
    assert_int_equal(webp.quality, 50);
    assert_int_equal(webp.effort, 0);
    assert_int_equal(webp.chroma, FG_CHROMA_420);
    assert_int_equal(avif.quality, 40);
    assert_int_equal(avif.effort, 9);
    assert_int_equal(png.format, FG_FORMAT_PNG);
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
        cmocka_unit_test(what_is_left_out_has_its_default),
        cmocka_unit_test(the_default_of_a_mark_depends_on_its_place),
        cmocka_unit_test(rights_follow_from_the_creator),
        cmocka_unit_test(texts_become_nfc_and_lose_their_edges),
        cmocka_unit_test(extends_merges_maps_and_replaces_the_rest),
        cmocka_unit_test(a_dropped_key_can_come_back),
        cmocka_unit_test(paths_are_below_the_file_that_names_them),
        cmocka_unit_test(overrides_come_last_and_are_yaml),
        cmocka_unit_test(names_are_looked_up_from_the_nearest_place_outwards),
        cmocka_unit_test(without_a_name_the_file_here_or_the_gallery_is_taken),
        cmocka_unit_test(a_missing_profile_is_a_matter_of_paths),
        cmocka_unit_test(the_list_has_every_name_once_with_its_summary),
        cmocka_unit_test(each_format_has_its_encoding),
    };
    return cmocka_run_group_tests(tests, in_a_scratch_folder, NULL);
}
