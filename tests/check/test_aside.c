#include "check/published.h"

#include <signal.h>

static void
collect(FgCheck *check, gpointer data)
{
    g_ptr_array_add(data, check);
}

static void
free_check(gpointer check)
{
    fg_check_free(check);
}

/* Dies of what begins with "die", lies about what begins with "lie", reads everything else. */
static void
die_or_check(GByteArray *answer, const char *name, GBytes *file, const FgCheckOptions *options)
{
    gsize length;
    const char *data = g_bytes_get_data(file, &length);
    if (length >= 3 && memcmp(data, "die", 3) == 0)
        raise(SIGSEGV);
    if (length >= 3 && memcmp(data, "lie", 3) == 0)
        g_byte_array_append(answer, (const guint8 *)"\xff\xff\xff\xff", 4);
    else
        fg_check_look(answer, name, file, options);
}

static GPtrArray *
check_paths(GPtrArray *paths, FgCheckLook look)
{
    static const FgCheckOptions options = {0};
    GPtrArray *checks = g_ptr_array_new_with_free_func(free_check);
    g_autoptr(GError) error = NULL;
    g_ptr_array_add(paths, NULL);
    if (!fg_check_with(look, (char **)paths->pdata, &options, collect, checks, &error))
        fail_msg("%s", error->message);
    return checks;
}

static char *
spill_text(const char *text)
{
    g_autofree char *folder = fg_scratch();
    char *path = g_build_filename(folder, "file.jpg", NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

/* Three bags of photos, the file at `bad` in the second. */
static GPtrArray *
paths_with(char *taken_bad)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(FgRights) rights = reference_rights();
    g_autofree char *good = spill_published(rights, NULL, FG_FORMAT_JPEG);
    for (guint i = 0; i < 40; i++)
        g_ptr_array_add(paths, i == 20 ? taken_bad : g_strdup(good));
    return paths;
}

static void
every_file_is_told_in_the_order_given(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) paths = paths_with(g_strdup("/nowhere/at/all.jpg"));
    g_autoptr(GPtrArray) checks = check_paths(paths, fg_check_look);
    assert_int_equal(checks->len, 40);
    for (guint i = 0; i < 40; i++) {
        const FgCheck *check = g_ptr_array_index(checks, i);
        assert_string_equal(check->path, paths->pdata[i]);
        assert_int_equal(check->verdict, i == 20 ? FG_UNREADABLE : FG_PASS);
    }
}

static void
what_kills_the_reader_takes_no_other_file_with_it(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) paths = paths_with(spill_text("die of this"));
    g_autoptr(GPtrArray) checks = check_paths(paths, die_or_check);
    assert_int_equal(checks->len, 40);
    for (guint i = 0; i < 40; i++) {
        const FgCheck *check = g_ptr_array_index(checks, i);
        assert_int_equal(check->verdict, i == 20 ? FG_UNREADABLE : FG_PASS);
    }
    const FgFinding *finding = ((FgCheck *)checks->pdata[20])->findings->pdata[0];
    assert_string_equal(finding->id, "file.unreadable");
#ifndef FG_SANITIZED
    assert_string_equal(finding->message, "while it was read: process killed by SIGSEGV");
#endif
}

static void
an_answer_that_is_none_makes_the_file_unreadable(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) paths = paths_with(spill_text("lie about this"));
    g_autoptr(GPtrArray) checks = check_paths(paths, die_or_check);
    assert_int_equal(((FgCheck *)checks->pdata[20])->verdict, FG_UNREADABLE);
    assert_int_equal(((FgCheck *)checks->pdata[21])->verdict, FG_PASS);
}

/* Large files go along as descriptors, small ones as bytes, and there are more than fit into one question. */
static void
small_and_large_files_are_told_in_the_order_given(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(FgRights) rights = reference_rights();
    g_autofree char *small = spill_published(rights, NULL, FG_FORMAT_JPEG);
    g_autoptr(GBytes) bytes = fg_file_read(small, 0, NULL);
    g_autofree char *folder = fg_scratch(), *large = g_build_filename(folder, "large.jpg", NULL);
    g_autoptr(GByteArray) trailed = g_byte_array_new();
    g_byte_array_append(trailed, g_bytes_get_data(bytes, NULL), (guint)g_bytes_get_size(bytes));
    g_byte_array_set_size(trailed, 100000);
    assert_true(g_file_set_contents(large, (const char *)trailed->data, (gssize)trailed->len, NULL));
    for (guint i = 0; i < 300; i++)
        g_ptr_array_add(paths, g_strdup(i % 3 == 0 ? large : small));
    g_autoptr(GPtrArray) checks = check_paths(paths, fg_check_look);
    assert_int_equal(checks->len, 300);
    g_autoptr(FgCheck) direct = check_with(large, NULL, FALSE);
    for (guint i = 0; i < 300; i++) {
        const FgCheck *check = g_ptr_array_index(checks, i);
        assert_string_equal(check->path, paths->pdata[i]);
        assert_int_equal(check->verdict, i % 3 == 0 ? direct->verdict : FG_PASS);
        if (i % 3 == 0)
            assert_int_equal(check->findings->len, direct->findings->len);
    }
    assert_true(direct->findings->len > ((FgCheck *)checks->pdata[1])->findings->len);
}

static void
a_check_comes_through_the_walls_as_it_was(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GBytes) gps = gps_block(FALSE);
    g_ptr_array_add(paths, spill_published(rights, facts, FG_FORMAT_PNG));
    g_ptr_array_add(paths, spill_jpeg(gps, NULL, NULL));
    g_autoptr(GPtrArray) checks = check_paths(paths, fg_check_look);
    for (guint i = 0; i < 2; i++) {
        g_autoptr(FgCheck) direct = check_with(paths->pdata[i], NULL, FALSE);
        g_autoptr(GByteArray) one = g_byte_array_new(), two = g_byte_array_new();
        fg_check_pack(one, direct);
        fg_check_pack(two, checks->pdata[i]);
        assert_int_equal(one->len, two->len);
        assert_memory_equal(one->data, two->data, one->len);
        assert_string_equal(direct->format, ((FgCheck *)checks->pdata[i])->format);
    }
}

/* Every beginning of an answer, and every byte of it changed: none may do harm. */
static void
a_packed_check_that_is_damaged_is_refused_or_harmless(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autofree char *path = spill_published(rights, NULL, FG_FORMAT_JPEG);
    g_autoptr(FgCheck) check = check_with(path, NULL, FALSE);
    g_autoptr(GByteArray) packed = g_byte_array_new();
    fg_check_pack(packed, check);
    for (guint i = 0; i < packed->len; i++) {
        FgCursor cut = fg_cursor(packed->data, i, FG_LITTLE_ENDIAN);
        assert_null(fg_check_unpack(&cut, "x"));
    }
    for (guint i = 0; i < packed->len; i++) {
        guint8 kept = packed->data[i];
        packed->data[i] = kept ^ 0xff;
        FgCursor at = fg_cursor(packed->data, packed->len, FG_LITTLE_ENDIAN);
        g_autoptr(FgCheck) strange = fg_check_unpack(&at, "x");
        packed->data[i] = kept;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_told_in_the_order_given),
        cmocka_unit_test(what_kills_the_reader_takes_no_other_file_with_it),
        cmocka_unit_test(an_answer_that_is_none_makes_the_file_unreadable),
        cmocka_unit_test(small_and_large_files_are_told_in_the_order_given),
        cmocka_unit_test(a_check_comes_through_the_walls_as_it_was),
        cmocka_unit_test(a_packed_check_that_is_damaged_is_refused_or_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
