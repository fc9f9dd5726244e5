/* The table of findings, and how findings are noted. */
#include "metadata/metadata_private.h"
#include "support/fixtures.h"

#include <string.h>

static void
every_id_is_there_once_and_has_a_meaning(void **state)
{
    (void)state;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++) {
        assert_true(g_hash_table_add(seen, (gpointer)kind->id));
        assert_true(g_regex_match_simple("^[a-z0-9]+\\.[a-z0-9-]+$", kind->id, 0, 0));
        assert_true(g_str_has_suffix(kind->meaning, "."));
        assert_true(kind->severity <= FG_SEVERITY_ERROR);
    }
    assert_true(g_hash_table_size(seen) > 60);
    static const char *const promised[] = {"personal.software", "rights.differs",  "format.not-allowed",
                                           "size.not-allowed",  "file.unreadable", "site.missing"};
    for (guint i = 0; i < G_N_ELEMENTS(promised); i++)
        assert_true(g_hash_table_contains(seen, promised[i]));
}

static void
severities_have_names(void **state)
{
    (void)state;
    assert_string_equal(fg_severity_name(FG_SEVERITY_INFO), "info");
    assert_string_equal(fg_severity_name(FG_SEVERITY_WARNING), "warning");
    assert_string_equal(fg_severity_name(FG_SEVERITY_ERROR), "error");
}

static void
free_finding(gpointer finding)
{
    fg_finding_free(finding);
}

static void
the_same_finding_is_noted_once(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(free_finding);
    fg_finding_add(findings, "location.gps", "exif:GPS", "There are %s.", "coordinates");
    fg_finding_add(findings, "location.gps", "exif:GPS", "There are coordinates.");
    fg_finding_add(findings, "location.gps", "xmp:exif:GPSLatitude", "There are coordinates.");
    assert_int_equal(findings->len, 2);
    const FgFinding *first = g_ptr_array_index(findings, 0);
    assert_int_equal(first->severity, FG_SEVERITY_ERROR);
    assert_string_equal(first->message, "There are coordinates.");
}

static void
a_copy_keeps_a_severity_that_was_changed(void **state)
{
    (void)state;
    FgFinding *finding = fg_finding_new("serial.lens", "exif:ExifIFD/0xA435", NULL);
    assert_string_equal(finding->message, fg_finding_kind("serial.lens")->meaning);
    finding->severity = FG_SEVERITY_ERROR;
    FgFinding *copy = fg_finding_dup(finding);
    fg_finding_free(finding);
    assert_int_equal(copy->severity, FG_SEVERITY_ERROR);
    assert_string_equal(copy->where, "exif:ExifIFD/0xA435");
    fg_finding_free(copy);
}

static void
a_personal_value_is_made_valid(void **state)
{
    (void)state;
    FgPersonal *personal = fg_personal_new("personal.owner", "exif:ExifIFD/0xA430", "Zo\xE9");
    assert_string_equal(personal->value, "Zo\xEF\xBF\xBD");
    fg_personal_free(personal);
    personal = fg_personal_new("makernote.present", "exif:ExifIFD/0x927C", NULL);
    assert_null(personal->value);
    fg_personal_free(personal);
}

/* docs/spec/contract.md §4.2: these families, and no others, are errors where a profile does not allow them.
 */
static void
a_leak_is_what_the_contract_calls_one(void **state)
{
    (void)state;
    static const char *const groups[] = {"location.",  "serial.",  "personal.",
                                         "makernote.", "preview.", "trailing."};
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++) {
        gboolean named = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(groups); i++)
            named = named || g_str_has_prefix(kind->id, groups[i]);
        assert_int_equal(fg_finding_traits(kind->id)->family == FG_FAMILY_LEAK, named);
    }
}

/* The first column of the table "What goes, and why" of docs/privacy.md. */
static void
what_a_file_gives_away_is_what_the_page_on_privacy_lists(void **state)
{
    (void)state;
    g_autofree char *path = fg_source_path("docs/privacy.md"), *page = NULL;
    assert_true(g_file_get_contents(path, &page, NULL, NULL));
    const char *table = strstr(page, "## What goes, and why"), *end = strstr(page, "## What may stay");
    assert_true(table && end > table);
    g_autofree char *listed = g_strndup(table, (gsize)(end - table));
    guint told = 0;
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++) {
        g_autofree char *cell = g_strdup_printf("`%s`", kind->id);
        const FgFindingTraits *row = fg_finding_traits(kind->id);
        assert_int_equal(fg_finding_tells(kind->id), strstr(listed, cell) != NULL);
        assert_int_equal(fg_finding_tells(kind->id), row->words && row->sort);
        assert_int_equal(row->keep != 0, row->where != NULL);
        told += fg_finding_tells(kind->id) ? 1 : 0;
    }
    assert_in_range(told, 29, 60);
}

static void
what_may_stay_stays_only_where_it_is_written(void **state)
{
    (void)state;
    FgFinding *shown = fg_finding_new("location.text", "xmp:Iptc4xmpExt:LocationShown/City", NULL);
    FgFinding *created = fg_finding_new("location.text", "xmp:Iptc4xmpExt:LocationCreated/City", NULL);
    FgFinding *serial = fg_finding_new("serial.body", "exif:ExifIFD/0xA431", NULL);
    assert_true(fg_finding_is_kept(shown, FG_KEEP_CITY));
    assert_false(fg_finding_is_kept(shown, FG_KEEP_DATE));
    assert_false(fg_finding_is_kept(created, FG_KEEP_CITY));
    assert_false(fg_finding_is_kept(serial, G_MAXUINT));
    fg_finding_free(shown);
    fg_finding_free(created);
    fg_finding_free(serial);
}

static void
the_number_of_an_id_is_its_row(void **state)
{
    (void)state;
    for (guint i = 0; i < FG_N_FINDINGS; i++)
        assert_int_equal(fg_finding_number(fg_finding_kinds()[i].id), i);
    assert_int_equal(fg_finding_number("location.none"), FG_N_FINDINGS);
    assert_int_equal(fg_finding_number(""), FG_N_FINDINGS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_id_is_there_once_and_has_a_meaning),
        cmocka_unit_test(severities_have_names),
        cmocka_unit_test(the_same_finding_is_noted_once),
        cmocka_unit_test(a_copy_keeps_a_severity_that_was_changed),
        cmocka_unit_test(a_personal_value_is_made_valid),
        cmocka_unit_test(a_leak_is_what_the_contract_calls_one),
        cmocka_unit_test(what_a_file_gives_away_is_what_the_page_on_privacy_lists),
        cmocka_unit_test(what_may_stay_stays_only_where_it_is_written),
        cmocka_unit_test(the_number_of_an_id_is_its_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
