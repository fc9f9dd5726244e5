#include "check/published.h"

static void
what_a_file_states_is_told(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    g_autofree char *path = spill_published(rights, facts, FG_FORMAT_JPEG);
    g_autoptr(FgCheck) check = check_with(path, NULL, FALSE);
    assert_string_equal(check->path, path);
    assert_string_equal(check->format, "jpeg");
    assert_int_equal(check->width, NAKED_WIDTH);
    assert_int_equal(check->height, NAKED_HEIGHT);
    assert_string_equal(check->rights->copyright, rights->copyright);
    assert_string_equal(check->rights->creators[0], "Christian Allegret");
    assert_string_equal(check->rights->credit, "Photo Allegret");
    assert_string_equal(check->rights->web_statement, rights->web_statement);
    assert_int_equal(check->rights->terms->len, 2);
    assert_int_equal(check->rights->licensors->len, 1);
    assert_int_equal(check->marked, 1);
    assert_string_equal(check->data_mining, "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED");
    assert_string_equal(check->source_exif, rights->copyright);
    assert_string_equal(check->source_iptc, rights->copyright);
    assert_string_equal(check->source_xmp, rights->copyright);
    assert_null(check->source_png);
    assert_int_equal(check->verdict, FG_PASS);
}

static void
a_location_fails(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(FALSE);
    g_autofree char *path = spill_jpeg(gps, NULL, NULL);
    g_autoptr(FgCheck) check = check_with(path, NULL, FALSE);
    assert_int_equal(check->verdict, FG_FAIL);
    assert_non_null(finding_in(check, "location.gps"));
    const FgPersonal *first = g_ptr_array_index(check->personal, 0);
    assert_string_equal(first->where, "exif:GPS/0x0002");
}

static void
the_worst_comes_first(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(FALSE);
    g_autofree char *path = spill_jpeg(gps, NULL, NULL);
    g_autoptr(FgCheck) check = check_with(path, NULL, FALSE);
    FgSeverity last = FG_SEVERITY_ERROR;
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        assert_true(finding->severity <= last);
        last = finding->severity;
    }
    assert_int_equal(last, FG_SEVERITY_INFO);
}

static void
warnings_count_when_it_is_strict(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autofree char *path = spill_published(rights, NULL, FG_FORMAT_WEBP);
    g_autoptr(FgCheck) mild = check_with(path, NULL, FALSE);
    g_autoptr(FgCheck) strict = check_with(path, NULL, TRUE);
    assert_non_null(finding_in(mild, "tdm.unreserved"));
    assert_int_equal(mild->verdict, FG_PASS);
    assert_int_equal(strict->verdict, FG_FAIL);
}

static void
assert_unreadable(const char *path, const char *format)
{
    const FgCheckOptions options = {.max_bytes = 1000};
    g_autoptr(FgCheck) check = fg_check_file(path, &options);
    assert_int_equal(check->verdict, FG_UNREADABLE);
    assert_int_equal(check->findings->len, 1);
    const FgFinding *finding = g_ptr_array_index(check->findings, 0);
    assert_string_equal(finding->id, "file.unreadable");
    assert_int_equal(g_strcmp0(check->format, format), 0);
    assert_non_null(check->rights->terms);
    assert_non_null(check->personal);
    assert_int_equal(check->marked, -1);
}

static void
what_is_no_photo_is_unreadable(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch();
    const struct {
        const char *name, *bytes;
        gsize length;
        const char *format;
    } files[] = {
        {"empty.jpg", "", 0, NULL},
        {"text.jpg", "no photo", 8, NULL},
        {"anim.gif", "GIF89a\1\0\1\0\0\0\0;", 14, "gif"},
        {"cut.jpg", "\xff\xd8", 2, NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i].name, NULL);
        g_autoptr(GBytes) bytes = g_bytes_new(files[i].bytes, files[i].length);
        fg_spill(path, bytes);
        const FgCheckOptions options = {0};
        g_autoptr(FgCheck) check = fg_check_file(path, &options);
        assert_int_equal(check->verdict, FG_UNREADABLE);
        if (files[i].format)
            assert_unreadable(path, files[i].format);
    }
    g_autofree char *missing = g_build_filename(folder, "missing.jpg", NULL);
    assert_unreadable(missing, NULL);
    assert_unreadable(folder, NULL);
    g_autofree char *fifo = g_build_filename(folder, "fifo.jpg", NULL);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_unreadable(fifo, NULL);
    g_autofree char *large = g_build_filename(folder, "large.jpg", NULL);
    g_autoptr(GBytes) zeros = g_bytes_new_take(g_malloc0(2000), 2000);
    fg_spill(large, zeros);
    assert_unreadable(large, NULL);
}

static void
a_photo_that_is_cut_short_fails_in_the_words_of_publish(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    static const FgFormat formats[] = {FG_FORMAT_PNG, FG_FORMAT_WEBP};
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *path = spill_published(rights, facts, formats[i]);
        g_autoptr(GBytes) whole = fg_slurp(path);
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(whole, 0, g_bytes_get_size(whole) - 20);
        fg_spill(path, cut);
        g_autoptr(FgContainer) container = fg_container_read(cut, NULL);
        g_autoptr(GError) refusal = NULL;
        assert_false(fg_container_verify(container, &refusal));
        g_autoptr(FgCheck) check = check_with(path, NULL, FALSE);
        const FgFinding *finding = finding_in(check, "structure.malformed");
        assert_non_null(finding);
        assert_string_equal(finding->message, refusal->message);
        assert_int_equal(check->verdict, FG_FAIL);
    }
}

static void
a_photo_without_an_end_mark_is_warned_of(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    static const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG};
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *path = spill_published(rights, facts, formats[i]);
        g_autoptr(GBytes) whole = fg_slurp(path);
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(whole, 0, g_bytes_get_size(whole) - 2);
        fg_spill(path, cut);
        g_autoptr(FgCheck) check = check_with(path, NULL, FALSE);
        const FgFinding *finding = finding_in(check, "structure.malformed");
        assert_non_null(finding);
        assert_int_equal(finding->severity, FG_SEVERITY_WARNING);
        assert_string_equal(finding->message,
                            "The picture has no end mark, and whether all of it is there was not looked at.");
        assert_int_equal(check->verdict, FG_PASS);
    }
}

static void
a_large_file_is_read_as_a_small_one(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(FALSE);
    g_autofree char *path = spill_jpeg(gps, NULL, NULL);
    g_autoptr(GBytes) small = fg_slurp(path);
    GByteArray *large = g_byte_array_new();
    g_byte_array_append(large, g_bytes_get_data(small, NULL), (guint)g_bytes_get_size(small));
    g_byte_array_set_size(large, 3 << 20);
    memset(large->data + g_bytes_get_size(small), 'x', large->len - g_bytes_get_size(small));
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(large);
    fg_spill(path, bytes);
    g_autoptr(FgCheck) check = check_with(path, NULL, FALSE);
    assert_non_null(finding_in(check, "location.gps"));
    assert_non_null(finding_in(check, "trailing.data"));
}

/* With a corpus at hand: nothing in it crashes the check, and each file has a verdict. */
static void
every_file_of_the_corpus_has_a_verdict(void **state)
{
    (void)state;
    static const char *const folders[] = {"malformed", "photos"};
    guint count = 0;
    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *folder = fg_corpus_path(folders[i]);
        if (!folder)
            skip();
        g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
        for (const char *name; (name = g_dir_read_name(dir)); count++) {
            g_autofree char *path = g_build_filename(folder, name, NULL);
            g_autoptr(FgCheck) check = check_with(path, NULL, FALSE);
            assert_int_equal(check->verdict == FG_UNREADABLE, finding_in(check, "file.unreadable") != NULL);
            assert_true(check->verdict != FG_PASS || check->rights->copyright);
        }
    }
    assert_true(count > 200);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_file_states_is_told),
        cmocka_unit_test(a_location_fails),
        cmocka_unit_test(the_worst_comes_first),
        cmocka_unit_test(warnings_count_when_it_is_strict),
        cmocka_unit_test(what_is_no_photo_is_unreadable),
        cmocka_unit_test(a_photo_that_is_cut_short_fails_in_the_words_of_publish),
        cmocka_unit_test(a_photo_without_an_end_mark_is_warned_of),
        cmocka_unit_test(a_large_file_is_read_as_a_small_one),
        corpus_unit_test(every_file_of_the_corpus_has_a_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
