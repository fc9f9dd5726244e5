#include "run/heard.h"

#include <glib/gstdio.h>

static void
every_planned_file_appears_and_nothing_else(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch(), *sub = g_build_filename(out, "sub", NULL);
    g_autoptr(Tiny) tiny = three(folder, NULL);
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    g_autoptr(GError) error = NULL;
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, &error));
    heard_all(&heard, "a.jpg done\nb.jpg done\nc.jpg done");
    assert_int_equal(heard.started, 3);
    assert_int_equal(count_entries(sub), 12);
    assert_int_equal(count_entries(out), 1);
    assert_int_equal(heard.digests->len, 12);
    g_autofree char *path = g_build_filename(sub, "a.jpg-large.jpg", NULL);
    g_autoptr(GBytes) file = fg_slurp(path);
    g_autofree char *digest = fg_sha256_hex(g_bytes_get_data(file, NULL), g_bytes_get_size(file));
    assert_string_equal(digest, heard.digests->pdata[0]);
}

static void
exiftool_finds_the_size_and_the_notice(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, NULL);
    const FgRunOptions options = options_for(out);
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, NULL, NULL, NULL));
    static const char *const files[] = {"sub/a.jpg-large.jpg", "sub/c.jpg-small.webp"};
    static const char *const expected[] = {"400\n300\n© 2026 Jane\n", "200\n150\n© 2026 Jane\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(out, files[i], NULL);
        int status;
        g_autofree char *said = fg_witness(&status, "exiftool", "-s3", "-ImageWidth", "-ImageHeight",
                                           "-XMP-dc:Rights", path, NULL);
        if (status == 127)
            skip();
        assert_string_equal(said, expected[i]);
    }
}

static void
the_bytes_do_not_depend_on_the_number_of_workers(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *one = fg_scratch(), *four = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, NULL);
    FgRunOptions options = options_for(one);
    options.jobs = 1;
    g_auto(Heard) first = heard_new(), second = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &first, NULL));
    options.out = four;
    options.jobs = 4;
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &second, NULL));
    g_autofree char *before = joined(first.digests), *after = joined(second.digests);
    assert_string_equal(before, after);
}

typedef struct {
    Heard heard;
    GString *begun;
} Order;

static void
hear_order(const FgPlanned *planned, FgOutcome *outcome, gpointer data)
{
    Order *order = data;
    hear(planned, outcome, &order->heard);
    if (!outcome)
        g_string_append(order->begun, planned->photo->source);
}

static void
the_largest_is_begun_first_and_told_in_its_place(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    GPtrArray *photos = tiny_photos();
    g_ptr_array_add(photos, tiny_photo(folder, "small.jpg", tiny_picture(480, 360, 1)));
    g_ptr_array_add(photos, tiny_photo(folder, "large.jpg", tiny_picture(900, 700, 2)));
    g_ptr_array_add(photos, tiny_photo(folder, "none.jpg", g_bytes_new("words", 5)));
    g_ptr_array_add(photos, tiny_photo(folder, "middle.jpg", tiny_picture(640, 480, 3)));
    g_autoptr(Tiny) tiny = tiny_new(photos, NULL);
    FgRunOptions options = options_for(out);
    options.jobs = 1;
    g_autoptr(GString) begun = g_string_new(NULL);
    Order order = {.heard = heard_new(), .begun = begun};
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear_order, &order, NULL));
    assert_string_equal(begun->str, "large.jpgmiddle.jpgsmall.jpg");
    heard_all(&order.heard, "small.jpg done\nlarge.jpg done\nnone.jpg failed probe\nmiddle.jpg done");
    heard_clear(&order.heard);
}

static void
failures_end_the_work_before_the_photos_between_them_are_tried(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    GPtrArray *photos = tiny_photos();
    g_ptr_array_add(photos, tiny_photo(folder, "a.jpg", g_bytes_new("words", 5)));
    g_ptr_array_add(photos, tiny_photo(folder, "b.jpg", tiny_picture(640, 480, 3)));
    g_ptr_array_add(photos, tiny_photo(folder, "c.jpg", g_bytes_new("words", 5)));
    g_autoptr(Tiny) tiny = tiny_new(photos, NULL);
    FgRunOptions options = options_for(out);
    options.max_failures = 2;
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "a.jpg failed probe\nc.jpg failed probe");
    assert_int_equal(heard.started, 0);
}

static void
a_photo_over_the_budget_is_made_alone(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, NULL);
    ((FgPlanned *)tiny->plan.photos->pdata[1])->memory = G_MAXUINT64;
    FgRunOptions options = options_for(out);
    options.memory = 3 << 20;
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "a.jpg done\nb.jpg done\nc.jpg done");
}

static void
what_is_not_wanted_is_not_made(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, NULL);
    tiny->wanted[0] = tiny->wanted[2] = FALSE;
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "b.jpg done");
}

static void
marks_are_measured(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, "DejaVu Sans");
    g_autoptr(GError) missing = NULL;
    g_autoptr(GPtrArray) marks = g_ptr_array_new();
    g_ptr_array_add(marks, tiny->spec);
    tiny->profile.marks = marks;
    gboolean has_font = check_marks(&tiny->profile, &missing);
    if (!has_font)
        skip();
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "a.jpg done\nb.jpg done\nc.jpg done");
    assert_int_equal(heard.measures->len, 3); /* The smaller size is under 320 px and bears none. */
    for (guint i = 0; i < heard.measures->len; i++) {
        double visibility = *(const double *)heard.measures->pdata[i];
        assert_true(visibility > 12 * 0.67 && visibility < 18 * 1.5);
    }
}

static void
a_second_signature_gives_way_on_a_small_picture(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, "DejaVu Sans");
    g_autoptr(FgMarkSpec) second = fg_mark_spec_dup(tiny->spec);
    g_free(second->name);
    second->name = g_strdup("number");
    for (guint i = 0; i < tiny->plan.photos->len; i++) {
        FgDerivative *large = ((FgPlanned *)tiny->plan.photos->pdata[i])->derivatives->pdata[0];
        FgPlannedMark *mark = g_new0(FgPlannedMark, 1);
        mark->spec = second;
        mark->text = g_strdup("No. 1");
        assert_true(fg_mark_fit(second, large->size.width, large->size.height, &mark->fitted));
        g_ptr_array_add(large->marks, mark);
    }
    g_autoptr(GPtrArray) marks = g_ptr_array_new();
    g_ptr_array_add(marks, tiny->spec);
    tiny->profile.marks = marks;
    if (!check_marks(&tiny->profile, NULL))
        skip();
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "a.jpg done\nb.jpg done\nc.jpg done");
    assert_int_equal(heard.measures->len, 3);
    assert_int_equal(heard.warnings->len, 3);
    assert_true(g_str_has_prefix(heard.warnings->pdata[0], "no mark number on “large”: "));
}

static void
a_logo_is_drawn_and_measured(void **state)
{
    (void)state;
    static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\">"
                              "<path d=\"M0 0h40v6H0zM0 14h40v6H0z\" fill=\"#fff\"/></svg>";
    g_autofree char *folder = fg_scratch(), *out = fg_scratch(),
                    *logo = g_build_filename(folder, "logo.svg", NULL);
    assert_true(g_file_set_contents(logo, svg, -1, NULL));
    g_autoptr(Tiny) tiny = three(folder, "unused");
    g_clear_pointer(&tiny->spec->text, g_free);
    tiny->spec->logo = g_strdup(logo);
    tiny->spec->size = 0.15;
    for (guint i = 0; i < tiny->plan.photos->len; i++) {
        FgDerivative *large = ((FgPlanned *)tiny->plan.photos->pdata[i])->derivatives->pdata[0];
        FgPlannedMark *mark = large->marks->pdata[0];
        g_clear_pointer(&mark->text, g_free);
        assert_true(fg_mark_fit(tiny->spec, large->size.width, large->size.height, &mark->fitted));
    }
    g_autoptr(GPtrArray) marks = g_ptr_array_new();
    g_ptr_array_add(marks, tiny->spec);
    tiny->profile.marks = marks;
    g_autoptr(GError) error = NULL;
    assert_true(check_marks(&tiny->profile, &error));
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, &error));
    heard_all(&heard, "a.jpg done\nb.jpg done\nc.jpg done");
    assert_int_equal(heard.measures->len, 3);

    assert_true(g_file_set_contents(logo, "<svg", -1, NULL));
    assert_false(check_marks(&tiny->profile, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_LOGO));
}

static void
a_missing_font_is_found_before_any_work(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, "No Such Font 7");
    g_autoptr(GPtrArray) marks = g_ptr_array_new();
    g_ptr_array_add(marks, tiny->spec);
    tiny->profile.marks = marks;
    g_autoptr(GError) error = NULL;
    assert_false(check_marks(&tiny->profile, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_FONT));
    assert_true(g_str_has_prefix(error->message, "mark signature: "));
}

static void
a_cut_photo_fails_alone(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch(), *sub = g_build_filename(out, "sub", NULL);
    GPtrArray *photos = tiny_photos();
    g_autoptr(GBytes) whole = tiny_picture(640, 480, 2);
    g_ptr_array_add(photos, tiny_photo(folder, "a.jpg", tiny_picture(640, 480, 1)));
    g_ptr_array_add(
        photos, tiny_photo(folder, "b.jpg", g_bytes_new_from_bytes(whole, 0, g_bytes_get_size(whole) / 2)));
    g_ptr_array_add(photos, tiny_photo(folder, "c.jpg", tiny_picture(640, 480, 3)));
    g_autoptr(Tiny) tiny = tiny_new(photos, NULL);
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "a.jpg done\nb.jpg failed decode\nc.jpg done");
    assert_int_equal(count_entries(sub), 8);
}

static void
a_photo_that_was_refused_by_the_plan_is_told_in_its_place(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    GPtrArray *photos = tiny_photos();
    g_ptr_array_add(photos, tiny_photo(folder, "a.jpg", tiny_picture(640, 480, 1)));
    g_ptr_array_add(photos, tiny_photo(folder, "b.jpg", g_bytes_new("words", 5)));
    g_autoptr(Tiny) tiny = tiny_new(photos, NULL);
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "a.jpg done\nb.jpg failed probe");
    assert_int_equal(heard.started, 1);
}

static void
a_worker_that_dies_of_a_signal_takes_no_other_with_it(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autofree char *sub = g_build_filename(out, "sub", NULL),
                    *former = g_build_filename(sub, "b.jpg-large.jpg", NULL);
    assert_true(fg_folder_make(sub, NULL));
    assert_true(g_file_set_contents(former, "of an earlier run", -1, NULL));
    g_autoptr(Tiny) tiny = three(folder, NULL);
    /* The middle photo has ever so many files: more than its worker may hand back. */
    FgPlanned *planned = tiny->plan.photos->pdata[1];
    for (guint i = 0; i < 200; i++) {
        g_autofree char *source = g_strdup_printf("b-%u", i);
        FgPhoto twin = *planned->photo;
        twin.source = source;
        g_ptr_array_insert(planned->derivatives, 1, tiny_derivative(tiny, &twin, tiny->recipes[0]));
    }
#ifdef FG_SANITIZED
    tiny->profile.limits.memory = 1 << 20; /* Only what it hands back is limited under a sanitizer. */
#else
    tiny->profile.limits.memory = 3 << 20;
#endif
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
#ifdef FG_SANITIZED
    heard_all(&heard, "a.jpg done\nb.jpg failed worker\nc.jpg done");
    assert_string_equal(heard.messages->pdata[0], "process killed by SIGXFSZ");
#else
    assert_true(g_str_has_prefix(heard.outcomes->pdata[1], "b.jpg failed"));
#endif
    g_autoptr(GBytes) kept = fg_slurp(former);
    assert_int_equal(g_bytes_get_size(kept), 17);
    assert_int_equal(count_entries(sub), 1 + 2 * 4); /* the former file, and those of a and c */
}

static void
a_photo_that_changes_under_way_is_not_made(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch(),
                    *path = g_build_filename(folder, "b.jpg", NULL);
    g_autoptr(Tiny) tiny = three(folder, NULL);
    g_autoptr(GBytes) other = tiny_picture(64, 48, 9);
    fg_spill(path, other);
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "a.jpg done\nb.jpg failed read\nc.jpg done");
}

static void
a_name_that_no_file_can_have_fails_its_photo_alone(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, NULL);
    FgDerivative *derivative = ((FgPlanned *)tiny->plan.photos->pdata[0])->derivatives->pdata[1];
    FgOutput *output = derivative->outputs->pdata[0];
    g_free(output->path);
    output->path = g_strnfill(256, 'n');
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "a.jpg failed plan\nb.jpg done\nc.jpg done");
}

static void
an_output_folder_that_cannot_be_stops_the_run(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = g_build_filename(folder, "a.jpg", "below-a-file", NULL);
    g_autoptr(Tiny) tiny = three(folder, NULL);
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    g_autoptr(GError) error = NULL;
    assert_false(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_OUTPUT));
    assert_int_equal(heard.outcomes->len, 0);
}

static void
an_interrupt_stops_before_the_next_photo(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, NULL);
    const gint interrupted = 1;
    FgRunOptions options = options_for(out);
    options.interrupted = &interrupted;
    g_autoptr(GError) error = NULL;
    assert_false(fg_run(&tiny->plan, tiny->wanted, &options, hear, NULL, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_INTERRUPTED));
    assert_int_equal(count_entries(out), 0);
}

static void
after_the_allowed_failures_it_stops(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    GPtrArray *photos = tiny_photos();
    g_ptr_array_add(photos, tiny_photo(folder, "a.jpg", g_bytes_new("words", 5)));
    g_ptr_array_add(photos, tiny_photo(folder, "b.jpg", g_bytes_new("words", 5)));
    g_ptr_array_add(photos, tiny_photo(folder, "c.jpg", tiny_picture(640, 480, 3)));
    g_autoptr(Tiny) tiny = tiny_new(photos, NULL);
    FgRunOptions options = options_for(out);
    options.max_failures = 1;
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "a.jpg failed probe");
}

static void
the_parent_keeps_its_key(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, NULL);
    g_autofree guint8 *own = g_memdup2(key, sizeof key);
    FgRunOptions options = options_for(out);
    options.key = own;
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, NULL, NULL, NULL));
    assert_memory_equal(own, key, sizeof key);
}

typedef struct {
    gint interrupted;
    guint told;
} Stopper;

static void
stop_after_the_first(const FgPlanned *planned, FgOutcome *outcome, gpointer data)
{
    (void)planned;
    Stopper *stopper = data;
    if (!outcome)
        return;
    assert_int_equal(outcome->status, FG_DONE);
    stopper->interrupted = 1;
    stopper->told++;
}

static void
what_is_in_place_is_told_even_when_interrupted(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch(), *sub = g_build_filename(out, "sub", NULL);
    GPtrArray *photos = tiny_photos();
    for (guint i = 0; i < 12; i++) {
        g_autofree char *name = g_strdup_printf("%02u.jpg", i);
        g_ptr_array_add(photos, tiny_photo(folder, name, tiny_picture(640, 480, i)));
    }
    g_autoptr(Tiny) tiny = tiny_new(photos, NULL);
    Stopper stopper = {0};
    FgRunOptions options = options_for(out);
    options.interrupted = &stopper.interrupted;
    g_autoptr(GError) error = NULL;
    assert_false(fg_run(&tiny->plan, tiny->wanted, &options, stop_after_the_first, &stopper, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_INTERRUPTED));
    assert_true(stopper.told >= 1 && stopper.told < 12);
    assert_int_equal(count_entries(sub), 4 * stopper.told);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_planned_file_appears_and_nothing_else),
        cmocka_unit_test(exiftool_finds_the_size_and_the_notice),
        cmocka_unit_test(the_bytes_do_not_depend_on_the_number_of_workers),
        cmocka_unit_test(the_largest_is_begun_first_and_told_in_its_place),
        cmocka_unit_test(failures_end_the_work_before_the_photos_between_them_are_tried),
        cmocka_unit_test(a_photo_over_the_budget_is_made_alone),
        cmocka_unit_test(what_is_not_wanted_is_not_made),
        cmocka_unit_test(marks_are_measured),
        cmocka_unit_test(a_second_signature_gives_way_on_a_small_picture),
        cmocka_unit_test(a_logo_is_drawn_and_measured),
        cmocka_unit_test(a_missing_font_is_found_before_any_work),
        cmocka_unit_test(a_cut_photo_fails_alone),
        cmocka_unit_test(a_photo_that_was_refused_by_the_plan_is_told_in_its_place),
        cmocka_unit_test(a_worker_that_dies_of_a_signal_takes_no_other_with_it),
        cmocka_unit_test(a_photo_that_changes_under_way_is_not_made),
        cmocka_unit_test(a_name_that_no_file_can_have_fails_its_photo_alone),
        cmocka_unit_test(an_output_folder_that_cannot_be_stops_the_run),
        cmocka_unit_test(an_interrupt_stops_before_the_next_photo),
        cmocka_unit_test(what_is_in_place_is_told_even_when_interrupted),
        cmocka_unit_test(after_the_allowed_failures_it_stops),
        cmocka_unit_test(the_parent_keeps_its_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
