/* test_fonts.c: fontconfig asked in a process that may die.
 * wraps: fg_fonts_identity */
#include "run/tiny.h"

#include <signal.h>

char *__real_fg_fonts_identity(const char *const *fonts);
char *__wrap_fg_fonts_identity(const char *const *fonts);

static gboolean crashes; /* inherited by the process that asks */

char *
__wrap_fg_fonts_identity(const char *const *fonts)
{
    if (crashes)
        raise(SIGSEGV);
    return __real_fg_fonts_identity(fonts);
}

/* A profile of one mark for each list of fonts. */
static FgProfile
profile_of(GPtrArray *marks)
{
    return (FgProfile){.refs = 1, .marks = marks};
}

static void
add_mark(GPtrArray *marks, const char *text, const char *font)
{
    FgMarkSpec *spec = g_new0(FgMarkSpec, 1);
    spec->text = g_strdup(text);
    spec->fonts = g_strdupv((char *[]){(char *)(guintptr)font, NULL});
    g_ptr_array_add(marks, spec);
}

static void
each_list_of_fonts_has_its_own_identity(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) marks = g_ptr_array_new_with_free_func((GDestroyNotify)fg_mark_spec_free);
    add_mark(marks, "a", "DejaVu Sans");
    add_mark(marks, "b", "DejaVu Sans");
    add_mark(marks, "c", "DejaVu Serif");
    add_mark(marks, NULL, "of a logo");
    const FgProfile profile = profile_of(marks);
    g_autoptr(FgDrawings) drawings = fg_drawings_new(&profile);
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) identities = fg_drawings_font_identities(drawings, &error);
    assert_non_null(identities);
    assert_int_equal(g_strv_length(identities), 2);
    g_autofree char *sans = __real_fg_fonts_identity((const char *[]){"DejaVu Sans", NULL});
    assert_string_equal(identities[0], sans);
    assert_string_not_equal(identities[0], identities[1]);
}

static void
a_crash_of_fontconfig_is_an_error_and_no_crash_of_ours(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) marks = g_ptr_array_new_with_free_func((GDestroyNotify)fg_mark_spec_free);
    const FgProfile profile = profile_of(marks);
    g_autoptr(FgDrawings) drawings = fg_drawings_new(&profile);
    g_autoptr(GError) error = NULL;
    crashes = TRUE;
    g_auto(GStrv) none = fg_drawings_font_identities(drawings, &error); /* asks nobody */
    assert_null(error);
    assert_int_equal(g_strv_length(none), 0);
    add_mark(marks, "a", "DejaVu Sans");
    assert_null(fg_drawings_font_identities(drawings, &error));
    crashes = FALSE;
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MEMORY));
    assert_non_null(strstr(error->message, "killed by SIGSEGV"));
}

static void
the_installed_fonts_have_names(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) marks = g_ptr_array_new();
    const FgProfile profile = profile_of(marks);
    g_autoptr(FgDrawings) drawings = fg_drawings_new(&profile);
    g_auto(GStrv) names = fg_drawings_font_names(drawings, NULL);
    assert_non_null(names);
    g_auto(GStrv) expected = fg_fonts_names();
    assert_true(g_strv_equal((const char *const *)names, (const char *const *)expected));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_list_of_fonts_has_its_own_identity),
        cmocka_unit_test(a_crash_of_fontconfig_is_an_error_and_no_crash_of_ours),
        cmocka_unit_test(the_installed_fonts_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
