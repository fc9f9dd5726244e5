/* Messages are found in a catalogue by their shape. */
#include "report/catalogue.h"
#include "support/fixtures.h"

#include <string.h>

#include "base/base.h"

/* What msgfmt makes of a catalogue. */
static FgCatalogue *
compile(const char *po)
{
    g_autofree char *folder = fg_scratch();
    g_autofree char *source = g_build_filename(folder, "a.po", NULL);
    g_autofree char *compiled = g_build_filename(folder, "a.mo", NULL);
    g_autoptr(GBytes) text = g_bytes_new_static(po, strlen(po));
    fg_spill(source, text);
    int status;
    g_autofree char *output = fg_witness(&status, "msgfmt", "-o", compiled, source, NULL);
    if (status == 127)
        skip();
    assert_int_equal(status, 0);
    g_autoptr(GBytes) bytes = fg_slurp(compiled);
    FgCatalogue *catalogue = fg_catalogue_new(bytes);
    assert_non_null(catalogue);
    return catalogue;
}

static const char french[] =
    "msgid \"\"\nmsgstr \"Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"
    "Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n\n"
    "msgid \"journal\"\nmsgid_plural \"journals\"\nmsgstr[0] \"journal\"\nmsgstr[1] \"journaux\"\n\n"
    "msgid \": \"\nmsgstr \" : \"\n\n"
    "msgid \"can't be read\"\nmsgstr \"ne se lit pas\"\n\n"
    "msgid \"No such file\"\nmsgstr \"aucun fichier\"\n\n"
    "msgid \"a list\"\nmsgstr \"une liste\"\n\n"
    "msgid \"expected %s, not %s\"\nmsgstr \"attendu : %s, pas %s\"\n\n"
    "msgid \"expected %s, not %s; did you mean %s?\"\nmsgstr \"attendu : %s, pas %s ; ou %s ?\"\n\n"
    "msgid \"has %u pixels, the limit is %lu\"\nmsgstr \"la limite est %2$lu, non %1$u\"\n\n"
    "msgid \"can't make the folder %s\"\nmsgstr \"le dossier %s ne peut être créé\"\n\n"
    "msgid \"\\\"%s\\\"\"\nmsgstr \"« %s »\"\n\n"
    "msgid \"%s: %s\"\nmsgstr \"%s !! %s\"\n\n"
    "msgid \"at 100%% of all %s\"\nmsgstr \"à 100%% de %s\"\n";

static void
becomes(const FgCatalogue *catalogue, const char *english, const char *expected)
{
    g_autofree char *found = fg_catalogue_message(catalogue, english);
    assert_string_equal(found, expected);
}

static void
a_format_is_found_by_its_shape_and_filled_in_any_order(void **state)
{
    (void)state;
    g_autoptr(FgCatalogue) catalogue = compile(french);
    becomes(catalogue, "can't be read", "ne se lit pas");
    becomes(catalogue, "has 12 pixels, the limit is 4", "la limite est 4, non 12");
    becomes(catalogue, "at 100% of all it", "à 100% de it");
    becomes(catalogue, "expected a, not b; did you mean c?", "attendu : a, pas b ; ou c ?");
    becomes(catalogue, "expected a list, not b", "attendu : une liste, pas b");
    /* Quotes are those of the language, but for what is to be typed. */
    becomes(catalogue, "expected a, not \"b\"", "attendu : a, pas « b »");
    becomes(catalogue, "expected \"a\", not b", "attendu : \"a\", pas b");
    becomes(catalogue, "expected a, not \"b\", \"c\"", "attendu : a, pas \"b\", \"c\"");
}

static void
parts_are_translated_and_names_and_places_stay(void **state)
{
    (void)state;
    g_autoptr(FgCatalogue) catalogue = compile(french);
    becomes(catalogue, "my: a.jpg: can't be read", "my: a.jpg : ne se lit pas");
    becomes(catalogue, "a.jpg: can't be read: No such file", "a.jpg : ne se lit pas : aucun fichier");
    becomes(catalogue, "can't make the folder x: No such file",
            "le dossier x ne peut être créé : aucun fichier");
    becomes(catalogue, "p.yaml:3:1: can't be read", "p.yaml:3:1: ne se lit pas");
    becomes(catalogue, "can't be read\n    a list", "ne se lit pas\n    a list");
}

static void
what_is_not_known_stays_as_it_is(void **state)
{
    (void)state;
    g_autoptr(FgCatalogue) catalogue = compile(french);
    becomes(catalogue, "nothing: like this", "nothing: like this");
    becomes(catalogue, "has many pixels, the limit is 4", "has many pixels, the limit is 4");
    becomes(catalogue, "", "");
    becomes(NULL, "can't be read", "can't be read");
}

static void
words_are_looked_up_and_nouns_agree_with_their_count(void **state)
{
    (void)state;
    g_autoptr(FgCatalogue) catalogue = compile(french);
    assert_string_equal(fg_catalogue_word(catalogue, "a list"), "une liste");
    assert_string_equal(fg_catalogue_word(catalogue, "can't make the folder %s"),
                        "le dossier %s ne peut être créé");
    assert_string_equal(fg_catalogue_word(catalogue, "no list"), "no list");
    assert_string_equal(fg_catalogue_word(catalogue, ""), "");
    assert_string_equal(fg_catalogue_word(NULL, "a list"), "a list");
    static const char *const expected[] = {"journal", "journal", "journaux"};
    for (guint count = 0; count < G_N_ELEMENTS(expected); count++)
        assert_string_equal(fg_catalogue_noun(catalogue, count, "journal", "journals"), expected[count]);
    assert_string_equal(fg_catalogue_noun(catalogue, 0, "cat", "cats"), "cats");
    assert_string_equal(fg_catalogue_noun(NULL, 1, "journal", "journals"), "journal");
}

static void
a_file_that_is_no_catalogue_is_refused_wherever_it_is_cut(void **state)
{
    (void)state;
    g_autofree char *path = fg_source_path("po/fr.po");
    g_autofree char *folder = fg_scratch();
    g_autofree char *compiled = g_build_filename(folder, "fr.mo", NULL);
    int status;
    g_autofree char *output = fg_witness(&status, "msgfmt", "-o", compiled, path, NULL);
    if (status == 127)
        skip();
    g_autoptr(GBytes) bytes = fg_slurp(compiled);
    g_autoptr(FgCatalogue) whole = fg_catalogue_new(bytes);
    assert_non_null(whole);
    gsize size = g_bytes_get_size(bytes);
    for (gsize length = 0; length < size; length += MAX(length / 7, 1)) {
        g_autoptr(GBytes) cut = g_bytes_new(g_bytes_get_data(bytes, NULL), length);
        assert_null(fg_catalogue_new(cut));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_format_is_found_by_its_shape_and_filled_in_any_order),
        cmocka_unit_test(parts_are_translated_and_names_and_places_stay),
        cmocka_unit_test(what_is_not_known_stays_as_it_is),
        cmocka_unit_test(words_are_looked_up_and_nouns_agree_with_their_count),
        cmocka_unit_test(a_file_that_is_no_catalogue_is_refused_wherever_it_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
