#include <glib/gstdio.h>
#include <string.h>

#include "plan/plan_private.h"
#include "support/fixtures.h"

/* ---- Photos and profiles, made up. ---- */

static GPtrArray *
photos_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)fg_photo_free);
}

static FgPhoto *
add_photo(GPtrArray *photos, const char *path, const char *source)
{
    FgPhoto *photo = fg_photo_new(path, source);
    photo->format = FG_FORMAT_JPEG;
    photo->width = 6000;
    photo->height = 4000;
    photo->size = 1000000;
    photo->facts = fg_facts_new();
    photo->rights = fg_rights_new();
    g_ptr_array_add(photos, photo);
    return photo;
}

static FgProfile *
load(const char *name, const char *const *overrides)
{
    g_autoptr(GError) error = NULL;
    FgProfile *profile = fg_profile_load(name, overrides, &error);
    if (error)
        fail_msg("%s", error->message);
    return profile;
}

static FgProfile *
gallery_of_jane(void)
{
    return load("gallery", (const char *const[]){"rights.creator=Jane Doe", NULL});
}

static FgPlan *
plan(const FgProfile *profile, GPtrArray *photos)
{
    g_autoptr(GError) error = NULL;
    const FgPlanOptions options = {0};
    FgPlan *made = fg_plan_new(profile, photos, &options, &error);
    if (error)
        fail_msg("%s", error->message);
    return made;
}

static const FgPlanned *
plan_one(const FgProfile *profile, GPtrArray *photos, FgPlan **made)
{
    *made = plan(profile, photos);
    assert_int_equal((*made)->photos->len, 1);
    return (*made)->photos->pdata[0];
}

/* "large 2048x1365 [signature veil] a-2048.jpg a-2048.webp; …" */
static char *
describe(const FgPlanned *planned)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < planned->derivatives->len; i++) {
        const FgDerivative *derivative = planned->derivatives->pdata[i];
        g_string_append_printf(text, "%s%s %dx%d [", i > 0 ? "; " : "", derivative->recipe->name,
                               derivative->size.width, derivative->size.height);
        for (guint j = 0; j < derivative->marks->len; j++)
            g_string_append_printf(text, "%s%s", j > 0 ? " " : "",
                                   ((FgPlannedMark *)derivative->marks->pdata[j])->spec->name);
        g_string_append_c(text, ']');
        for (guint j = 0; j < derivative->outputs->len; j++)
            g_string_append_printf(text, " %s", ((FgOutput *)derivative->outputs->pdata[j])->path);
    }
    return g_string_free(text, FALSE);
}

static void
becomes(const FgPlanned *planned, const char *expected)
{
    g_autofree char *text = describe(planned);
    assert_null(planned->error);
    assert_string_equal(text, expected);
}

static const char *
mark_text(const FgPlanned *planned, guint derivative, guint mark)
{
    const FgDerivative *made = planned->derivatives->pdata[derivative];
    return ((FgPlannedMark *)made->marks->pdata[mark])->text;
}

/* ---- What is made. ---- */

static void
a_photo_becomes_the_files_of_its_recipes(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = gallery_of_jane();
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL;
    add_photo(photos, "shoot/x/a.jpg", "x/a.jpg");
    const FgPlanned *planned = plan_one(profile, photos, &made);
    becomes(planned, "large 2048x1365 [signature veil] x/a-2048.jpg x/a-2048.webp x/a-2048.avif; "
                     "medium 1280x853 [signature veil] x/a-1280.jpg x/a-1280.webp x/a-1280.avif; "
                     "thumb 480x480 [signature] x/a-480.jpg x/a-480.webp");
    assert_string_equal(mark_text(planned, 0, 0), "© Jane Doe");
    assert_int_equal(planned->warnings->len, 0);
    assert_true(planned->memory > 40U << 20);
    assert_false(planned->own_rights);
}

static void
a_photo_of_1600_pixels_is_the_large_one_itself(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = gallery_of_jane();
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL;
    FgPhoto *photo = add_photo(photos, "a.jpg", "a.jpg");
    photo->width = 1600;
    photo->height = 1067;
    becomes(plan_one(profile, photos, &made),
            "large 1600x1067 [signature veil] a-1600.jpg a-1600.webp a-1600.avif; "
            "medium 1280x854 [signature veil] a-1280.jpg a-1280.webp a-1280.avif; "
            "thumb 480x480 [signature] a-480.jpg a-480.webp");
}

static void
the_largest_comes_first_and_the_recipe_knows_its_own_place(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load(
        "gallery", (const char *const[]){"rights.creator=J",
                                         "derivatives=[{name: s, long_edge: 100}, {name: l, long_edge: 900}, "
                                         "{name: m, long_edge: 500}]",
                                         NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL;
    add_photo(photos, "a.jpg", "a.jpg");
    const FgPlanned *planned = plan_one(profile, photos, &made);
    becomes(planned,
            "l 900x600 [signature veil] a-900.jpg; m 500x333 [signature] a-500.jpg; s 100x67 [] a-100.jpg");
    assert_ptr_equal(((FgDerivative *)planned->derivatives->pdata[2])->recipe, profile->recipes->pdata[0]);
}

static void
tiles_come_after_the_marks_that_they_avoid(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile =
        load("gallery", (const char *const[]){"rights.creator=J",
                                              "derivatives=[{name: a, long_edge: 900, marks: [veil, "
                                              "signature]}]",
                                              NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL;
    add_photo(photos, "a.jpg", "a.jpg");
    becomes(plan_one(profile, photos, &made), "a 900x600 [signature veil] a-900.jpg");
}

static void
a_picture_that_no_mark_is_for_fails(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile =
        load("gallery", (const char *const[]){"rights.creator=J",
                                              "derivatives=[{name: a, long_edge: 500, marks: [veil]}, "
                                              "{name: b, long_edge: 400, marks: []}, "
                                              "{name: c, long_edge: 300, marks: [veil]}]",
                                              NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL;
    add_photo(photos, "a.jpg", "a.jpg");
    const FgPlanned *planned = plan_one(profile, photos, &made);
    assert_int_equal(planned->error->code, FG_ERROR_UNMARKED);
    assert_string_equal(planned->stage, "mark");
    assert_non_null(strstr(planned->error->message, "“a”"));
    assert_non_null(strstr(planned->error->message, "500 × 333"));
    assert_non_null(strstr(planned->error->message, "`marks: []`"));
    assert_int_equal(planned->derivatives->len, 0);
}

static void
photos_are_planned_in_byte_order_of_their_sources(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = gallery_of_jane();
    g_autoptr(GPtrArray) photos = photos_new();
    static const char *const sources[] = {"b.jpg", "B/a.jpg", "a/b.jpg", "a.jpg", "é.jpg"};
    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++)
        add_photo(photos, sources[i], sources[i]);
    g_autoptr(FgPlan) made = plan(profile, photos);
    static const char *const sorted[] = {"B/a.jpg", "a.jpg", "a/b.jpg", "b.jpg", "é.jpg"};
    for (guint i = 0; i < G_N_ELEMENTS(sorted); i++)
        assert_string_equal(((FgPlanned *)made->photos->pdata[i])->photo->source, sorted[i]);
    assert_string_equal(((FgPhoto *)photos->pdata[0])->source, "b.jpg");
}

static void
a_file_given_twice_is_planned_once(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = gallery_of_jane();
    g_autoptr(GPtrArray) photos = photos_new();
    add_photo(photos, "shoot/a.jpg", "a.jpg");
    add_photo(photos, "./shoot/a.jpg", "a.jpg");
    g_autoptr(FgPlan) made = plan(profile, photos);
    assert_int_equal(made->photos->len, 1);
}

static void
a_photo_that_could_not_be_read_keeps_its_error(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = gallery_of_jane();
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL;
    FgPhoto *photo = fg_photo_new("a.jpg", "a.jpg");
    photo->error = g_error_new_literal(FG_ERROR, FG_ERROR_MALFORMED, "cut short");
    photo->stage = "probe";
    g_ptr_array_add(photos, photo);
    const FgPlanned *planned = plan_one(profile, photos, &made);
    assert_true(g_error_matches(planned->error, FG_ERROR, FG_ERROR_MALFORMED));
    assert_string_equal(planned->stage, "probe");
    assert_int_equal(planned->derivatives->len, 0);
}

static void
a_name_that_no_file_system_holds_fails_its_photo(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = gallery_of_jane();
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL;
    g_autofree char *letters = g_strnfill(251, 'a');
    g_autofree char *name = g_strconcat(letters, ".jpg", NULL);
    add_photo(photos, name, name);
    const FgPlanned *planned = plan_one(profile, photos, &made);
    assert_true(g_error_matches(planned->error, FG_ERROR, FG_ERROR_OUTPUT));
    assert_string_equal(planned->error->message,
                        "the name of its file would be 260 bytes long; 255 is the limit");
    assert_string_equal(planned->stage, "plan");
    assert_int_equal(planned->derivatives->len, 0);
}

/* ---- Rights. ---- */

static void
has_notice(const char *notice, const char *keep, const char *date, const char *year, const char *expected)
{
    g_autofree char *copyright = g_strdup_printf("rights.copyright=\"%s\"", notice);
    g_autofree char *kept = g_strdup_printf("privacy.keep=%s", keep);
    g_autofree char *fallback = g_strdup_printf("rights.year=%s", year);
    g_autoptr(FgProfile) profile =
        load("gallery", (const char *const[]){"rights.creator=[Jane, John]", "rights.owner=Us", copyright,
                                              kept, fallback, NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL;
    FgPhoto *photo = add_photo(photos, "x/e\xcc\x81.jpg", "x/e\xcc\x81.jpg");
    g_strlcpy(photo->facts->date, date, sizeof photo->facts->date);
    photo->facts->title = g_strdup("Dawn");
    photo->facts->make = g_strdup("NIKON CORPORATION");
    photo->facts->model = g_strdup("NIKON D850");
    const FgPlanned *planned = plan_one(profile, photos, &made);
    assert_null(planned->error);
    assert_string_equal(planned->rights->copyright, expected);
}

static void
the_notice_is_resolved_for_each_photo(void **state)
{
    (void)state;
    has_notice("© {year} {creator}", "[]", "2026-05-01T10:00:00", "", "© 2026 Jane, John");
    has_notice("© {year} {owner}", "[]", "", "1999", "© 1999 Us");
    has_notice("© {year} {owner}", "[]", "", "", "© Us");
    has_notice("© {year} {owner}", "[]", "0000-00-00T00:00:00", "", "© Us");
    has_notice("{stem}: {owner}", "[]", "", "", "\xc3\xa9: Us");
}

static void
fields_follow_what_is_kept(void **state)
{
    (void)state;
    const char *date = "2026-05-01T10:00:00";
    has_notice("{owner}, {title}", "[title]", date, "", "Us, Dawn");
    has_notice("{owner}, {title}", "[]", date, "", "Us");
    has_notice("{owner}, {date}", "[day]", date, "", "Us, 2026-05-01");
    has_notice("{owner}, {date}", "[date]", date, "", "Us, 2026-05-01");
    has_notice("{owner}, {date}", "[year]", date, "", "Us");
    has_notice("{owner}, {camera}", "[camera]", date, "", "Us, NIKON D850");
    has_notice("{owner}, {camera}", "[]", date, "", "Us");
}

static void
fails_with(const FgProfile *profile, GPtrArray *photos, FgErrorCode code, const char *message)
{
    g_autoptr(FgPlan) made = NULL;
    const FgPlanned *planned = plan_one(profile, photos, &made);
    assert_true(g_error_matches(planned->error, FG_ERROR, (gint)code));
    assert_string_equal(planned->error->message, message);
    assert_string_equal(planned->stage, "rights");
    assert_int_equal(planned->derivatives->len, 0);
}

static void
a_notice_of_which_nothing_is_left_fails(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load(
        "gallery", (const char *const[]){"rights.creator=Jane", "rights.copyright=\"{title}, Jane\"", NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    add_photo(photos, "a.jpg", "a.jpg");
    fails_with(profile, photos, FG_ERROR_RIGHTS,
               "nothing is left of the notice \"{title}, Jane\": the photo has none of its fields");
}

static void
without_a_creator_a_photo_keeps_its_own_rights(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile =
        load("gallery", (const char *const[]){"rights.data_mining=prohibited", "rights.credit=Agency", NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL;
    FgPhoto *photo = add_photo(photos, "a.jpg", "a.jpg");
    photo->rights->copyright = g_strdup("© {year} Old Owner");
    photo->rights->creators = g_strsplit("Old Owner", "|", -1);
    photo->rights->credit = g_strdup("Old credit");
    photo->rights->web_statement = g_strdup("https://example.org");
    photo->rights->contact.phone = g_strdup("1234");
    g_ptr_array_add(photo->rights->terms, fg_lang_text_new("en", "ask"));
    const FgPlanned *planned = plan_one(profile, photos, &made);
    assert_null(planned->error);
    assert_true(planned->own_rights);
    assert_string_equal(planned->rights->copyright, "© {year} Old Owner"); /* its own braces are no fields */
    assert_string_equal(planned->rights->creators[0], "Old Owner");
    assert_string_equal(planned->rights->credit, "Agency");
    assert_string_equal(planned->rights->web_statement, "https://example.org");
    assert_string_equal(planned->rights->data_mining, "prohibited");
    assert_int_equal(planned->rights->terms->len, 1);
    assert_null(planned->rights->contact.phone);
    assert_string_equal(mark_text(planned, 0, 0), "© Old Owner");
}

static void
a_photo_of_nobody_names_the_way_out(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load("gallery", NULL);
    g_autoptr(GPtrArray) photos = photos_new();
    add_photo(photos, "a.jpg", "a.jpg");
    fails_with(profile, photos, FG_ERROR_RIGHTS,
               "neither the profile nor the photo says whose it is; `filigrane init` writes a profile");
}

static void
another_owners_notice_is_not_overwritten_unless_forced(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load(
        "gallery", (const char *const[]){"rights.creator=Jane Doe", "rights.aliases=[Studio Doe]", NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    FgPhoto *photo = add_photo(photos, "a.jpg", "a.jpg");
    photo->rights->copyright = g_strdup("© 2020 Somebody\x1b Else");
    fails_with(profile, photos, FG_ERROR_FOREIGN,
               "it carries another owner's notice: \"© 2020 Somebody\\x1B Else\"");

    g_autoptr(GError) error = NULL;
    const FgPlanOptions force = {.force_rights = TRUE};
    g_autoptr(FgPlan) forced = fg_plan_new(profile, photos, &force, &error);
    assert_null(((FgPlanned *)forced->photos->pdata[0])->error);
    assert_string_equal(((FgPlanned *)forced->photos->pdata[0])->rights->copyright, "© Jane Doe");

    g_free(photo->rights->copyright);
    photo->rights->copyright = g_strdup("(c) 2019 STUDIO DOE");
    g_autoptr(FgPlan) ours = plan(profile, photos);
    assert_null(((FgPlanned *)ours->photos->pdata[0])->error);
}

/* ---- Marks. ---- */

static void
a_text_without_its_fields_is_no_mark_and_a_warning(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile =
        load("gallery", (const char *const[]){"rights.creator=Jane", "marks.signature.text=\"{caption}\"",
                                              "derivatives=[{name: large, long_edge: 2048, formats: [jpeg]}, "
                                              "{name: medium, long_edge: 1280, formats: [jpeg]}]",
                                              "marks.veil.text=\"{creator} {width} – {caption}\"",
                                              "privacy.keep=[caption]", NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL, captioned = NULL;
    FgPhoto *photo = add_photo(photos, "a.jpg", "a.jpg");
    const FgPlanned *planned = plan_one(profile, photos, &made);
    becomes(planned, "large 2048x1365 [veil] a-2048.jpg; medium 1280x853 [veil] a-1280.jpg");
    assert_string_equal(mark_text(planned, 1, 0), "Jane 1280");
    assert_int_equal(planned->warnings->len, 1);
    assert_string_equal(planned->warnings->pdata[0], "no mark signature: the photo has none of its fields");
    photo->facts->caption = g_strdup("The lake");
    planned = plan_one(profile, photos, &captioned);
    assert_string_equal(mark_text(planned, 0, 0), "The lake");
    assert_string_equal(mark_text(planned, 0, 1), "Jane 2048 – The lake");
    assert_int_equal(planned->warnings->len, 0);
}

static void
small_sizes_follow_the_rules_of_marks(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load(
        "gallery",
        (const char *const[]){"rights.creator=Jane",
                              "derivatives=[{name: a, long_edge: 640}, {name: b, long_edge: 639}, {name: "
                              "c, long_edge: 320}, {name: d, long_edge: 319}]",
                              NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    g_autoptr(FgPlan) made = NULL;
    add_photo(photos, "a.jpg", "a.jpg");
    const FgPlanned *planned = plan_one(profile, photos, &made);
    becomes(planned, "a 640x427 [signature veil] a-640.jpg; b 639x426 [signature] a-639.jpg; "
                     "c 320x213 [signature] a-320.jpg; d 319x213 [] a-319.jpg");
    const FgPlannedMark *small = ((FgDerivative *)planned->derivatives->pdata[1])->marks->pdata[0];
    assert_true(small->fitted.visibility == 12);
    assert_int_equal(small->fitted.place, FG_PLACE_LOWER_THIRD);
}

/* ---- Clashes. ---- */

static void
clashes(const FgProfile *profile, GPtrArray *photos, const char *out, const char *message)
{
    g_autoptr(GError) error = NULL;
    const FgPlanOptions options = {.out = out};
    assert_null(fg_plan_new(profile, photos, &options, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_CLASH));
    assert_string_equal(error->message, message);
}

static void
two_photos_can_not_become_one_file(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = gallery_of_jane();
    g_autoptr(GPtrArray) photos = photos_new();
    add_photo(photos, "s/a.jpg", "a.jpg");
    add_photo(photos, "s/a.heic", "a.heic");
    clashes(profile, photos, NULL,
            "s/a.heic and s/a.jpg would both become a-2048.jpg; rename one, or put them in folders below one "
            "INPUT");
}

static void
case_and_composition_do_not_tell_files_apart(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = gallery_of_jane();
    g_autoptr(GPtrArray) cases = photos_new(), forms = photos_new(), bytes = photos_new();
    add_photo(cases, "s/IMG.jpg", "IMG.jpg");
    add_photo(cases, "s/img.jpg", "img.jpg");
    clashes(profile, cases, NULL,
            "s/IMG.jpg and s/img.jpg would both become img-2048.jpg; rename one, or put them in folders "
            "below one INPUT");
    add_photo(forms, "s/1.jpg", "D/\xc3\xa9.jpg");
    add_photo(forms, "s/2.jpg", "d/e\xcc\x81.jpg");
    clashes(profile, forms, NULL,
            "s/1.jpg and s/2.jpg would both become d/e\xcc\x81-2048.jpg; rename one, or put them in folders "
            "below one "
            "INPUT");
    /* Names that are no text are told apart byte by byte. */
    add_photo(bytes, "s/\xff.jpg", "\xff.jpg");
    add_photo(bytes, "s/\xfe.jpg", "\xfe.jpg");
    g_autoptr(FgPlan) apart = plan(profile, bytes);
    assert_int_equal(apart->photos->len, 2);
}

static void
two_photos_can_not_have_one_name_in_the_manifest(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = gallery_of_jane();
    g_autoptr(GPtrArray) photos = photos_new();
    add_photo(photos, "one/a.jpg", "a.jpg");
    add_photo(photos, "two/a.jpg", "a.jpg");
    clashes(profile, photos, NULL,
            "one/a.jpg and two/a.jpg would both be a.jpg in the output; rename one, or put them in folders "
            "below one "
            "INPUT");
}

static void
two_sizes_of_a_photo_can_not_be_one_file(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile =
        load("gallery", (const char *const[]){"rights.creator=J", "output.name=\"{stem}.{ext}\"", NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    add_photo(photos, "s/a.jpg", "a.jpg");
    clashes(profile, photos, NULL,
            "the derivatives large and medium of a.jpg would both be a.jpg; add {name} to output.name");
}

static void
an_output_is_never_an_input(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load("archive", (const char *const[]){"rights.creator=J", NULL});
    g_autoptr(GPtrArray) photos = photos_new();
    add_photo(photos, "x/../shoot/a.jpg", "a.jpg");
    clashes(profile, photos, "./shoot/",
            "archive of x/../shoot/a.jpg would overwrite the photo x/../shoot/a.jpg; choose another output "
            "folder, or "
            "another output.name");
    g_autoptr(GError) error = NULL;
    const FgPlanOptions elsewhere = {.out = "web"};
    g_autoptr(FgPlan) made = fg_plan_new(profile, photos, &elsewhere, &error);
    assert_non_null(made);
}

static void
a_photo_that_fails_clashes_with_nobody(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = gallery_of_jane();
    g_autoptr(GPtrArray) photos = photos_new();
    add_photo(photos, "s/a.jpg", "a.jpg");
    FgPhoto *broken = add_photo(photos, "s/a.heic", "a.heic");
    broken->error = g_error_new_literal(FG_ERROR, FG_ERROR_MALFORMED, "cut short");
    broken->stage = "probe";
    g_autoptr(FgPlan) made = plan(profile, photos);
    assert_int_equal(made->photos->len, 2);
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
        cmocka_unit_test(a_photo_becomes_the_files_of_its_recipes),
        cmocka_unit_test(a_photo_of_1600_pixels_is_the_large_one_itself),
        cmocka_unit_test(the_largest_comes_first_and_the_recipe_knows_its_own_place),
        cmocka_unit_test(tiles_come_after_the_marks_that_they_avoid),
        cmocka_unit_test(a_picture_that_no_mark_is_for_fails),
        cmocka_unit_test(photos_are_planned_in_byte_order_of_their_sources),
        cmocka_unit_test(a_file_given_twice_is_planned_once),
        cmocka_unit_test(a_photo_that_could_not_be_read_keeps_its_error),
        cmocka_unit_test(a_name_that_no_file_system_holds_fails_its_photo),
        cmocka_unit_test(the_notice_is_resolved_for_each_photo),
        cmocka_unit_test(fields_follow_what_is_kept),
        cmocka_unit_test(a_notice_of_which_nothing_is_left_fails),
        cmocka_unit_test(without_a_creator_a_photo_keeps_its_own_rights),
        cmocka_unit_test(a_photo_of_nobody_names_the_way_out),
        cmocka_unit_test(another_owners_notice_is_not_overwritten_unless_forced),
        cmocka_unit_test(a_text_without_its_fields_is_no_mark_and_a_warning),
        cmocka_unit_test(small_sizes_follow_the_rules_of_marks),
        cmocka_unit_test(two_photos_can_not_become_one_file),
        cmocka_unit_test(case_and_composition_do_not_tell_files_apart),
        cmocka_unit_test(two_photos_can_not_have_one_name_in_the_manifest),
        cmocka_unit_test(two_sizes_of_a_photo_can_not_be_one_file),
        cmocka_unit_test(an_output_is_never_an_input),
        cmocka_unit_test(a_photo_that_fails_clashes_with_nobody),
    };
    return cmocka_run_group_tests(tests, in_a_scratch_folder, NULL);
}
