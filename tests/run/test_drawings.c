/* test_drawings.c: who draws for a run.
 * wraps: fg_process_start */
#include "run/heard.h"

gboolean __real_fg_process_start(FgProcess *process, const char *name, void (*body)(gconstpointer data),
                                 gconstpointer data, GError **error);
gboolean __wrap_fg_process_start(FgProcess *process, const char *name, void (*body)(gconstpointer data),
                                 gconstpointer data, GError **error);

static guint typesetters;

gboolean
__wrap_fg_process_start(FgProcess *process, const char *name, void (*body)(gconstpointer data),
                        gconstpointer data, GError **error)
{
    typesetters += g_str_equal(name, "fg-typesetter");
    return __real_fg_process_start(process, name, body, data, error);
}

static void
one_typesetter_identifies_fonts_and_tries_and_sets_all_texts_of_a_run(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, "DejaVu Sans");
    g_autoptr(GPtrArray) marks = g_ptr_array_new();
    g_ptr_array_add(marks, tiny->spec);
    tiny->profile.marks = marks;
    g_autoptr(FgDrawings) drawings = fg_drawings_new(&tiny->profile);
    g_auto(GStrv) identities = fg_drawings_font_identities(drawings, NULL);
    assert_int_equal(g_strv_length(identities), 1);
    if (!fg_drawings_check(drawings, NULL))
        skip();
    FgRunOptions options = options_for(out);
    options.drawings = drawings;
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    heard_all(&heard, "a.jpg done\nb.jpg done\nc.jpg done");
    assert_int_equal(heard.measures->len, 3);
    assert_int_equal(typesetters, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_typesetter_identifies_fonts_and_tries_and_sets_all_texts_of_a_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
