/* test_draft.c: a file grows beside its name, and takes the name only when it is whole. */
#include "base/base.h"
#include "base/draft.h"
#include "base/sweep.h"
#include "support/fixtures.h"

#include <fcntl.h>
#include <unistd.h>

static char *
old_file(const char *text)
{
    g_autofree char *folder = fg_scratch();
    char *path = g_build_filename(folder, "a.txt", NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    fg_spill(path, bytes);
    return path;
}

/* The names in the folder of a file, and whether each other one is known as temporary. */
static guint
count_drafts(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GDir) open = g_dir_open(folder, 0, NULL);
    guint count = 0;
    for (const char *name; (name = g_dir_read_name(open));)
        count += fg_file_is_temporary(name) ? 1 : 0;
    return count;
}

static void
stretches_of_the_old_file_and_new_bytes_become_the_new_one(void **state)
{
    (void)state;
    g_autofree char *path = old_file("one two three");
    int old = open(path, O_RDONLY);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    g_autoptr(GError) error = NULL;
    assert_true(fg_draft_begin(&draft, path, 0644, &error));
    assert_int_equal(count_drafts(path), 1);
    assert_true(fg_draft_copy(&draft, old, 4, 4, &error) && fg_draft_write(&draft, "and ", 4, &error) &&
                fg_draft_copy(&draft, old, 0, 3, &error));
    fg_assert_holds(path, "one two three");
    assert_true(fg_draft_place(&draft, path, &error) && fg_draft_settle(&draft, &error));
    fg_assert_holds(path, "two and one");
    assert_int_equal(count_drafts(path), 0);
    close(old);
}

static void
a_new_name_is_taken_only_where_there_is_none(void **state)
{
    (void)state;
    g_autofree char *path = old_file("there first"), *fresh = g_strconcat(path, ".new", NULL);
    g_autofree char *link = g_strconcat(path, ".link", NULL);
    assert_int_equal(symlink("nowhere", link), 0);
    g_autoptr(GBytes) bytes = g_bytes_new_static("late", 4);
    g_autoptr(GError) error = NULL, of_link = NULL;
    assert_false(fg_file_place_new(path, bytes, 0644, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_CLASH));
    fg_assert_holds(path, "there first");
    assert_false(fg_file_place_new(link, bytes, 0644, &of_link));
    assert_true(g_error_matches(of_link, FG_ERROR, FG_ERROR_CLASH));
    assert_true(fg_file_place_new(fresh, bytes, 0644, NULL));
    fg_assert_holds(fresh, "late");
    assert_int_equal(count_drafts(path), 0);
}

static void
a_draft_that_is_given_up_leaves_nothing_behind(void **state)
{
    (void)state;
    g_autofree char *path = old_file("as it was");
    {
        g_auto(FgDraft) draft = FG_NO_DRAFT;
        assert_true(fg_draft_begin(&draft, path, 0644, NULL) && fg_draft_write(&draft, "half", 4, NULL));
    }
    fg_assert_holds(path, "as it was");
    assert_int_equal(count_drafts(path), 0);
}

static void
a_stretch_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    g_autofree char *path = old_file("short");
    int old = open(path, O_RDONLY);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    g_autoptr(GError) error = NULL;
    assert_true(fg_draft_begin_nameless(&draft, NULL));
    assert_false(fg_draft_copy(&draft, old, 2, 10, &error));
    assert_int_equal(error->code, FG_ERROR_UNREADABLE);
    close(old);
}

static void
a_sweeper_leaves_a_draft_alone_while_it_is_written(void **state)
{
    (void)state;
    g_autofree char *path = old_file("x"), *folder = g_path_get_dirname(path);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    assert_true(fg_draft_begin(&draft, path, 0644, NULL));
    fg_folder_sweep(folder, FALSE, NULL);
    assert_int_equal(count_drafts(path), 1);
}

static void
a_folder_that_is_not_there_is_an_error_of_the_output(void **state)
{
    (void)state;
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    g_autoptr(GError) error = NULL;
    assert_false(fg_draft_begin(&draft, "/nowhere/at/all", 0644, &error));
    assert_int_equal(error->code, FG_ERROR_TARGET);
}

static void
who_only_reads_a_draft_cannot_write_it(void **state)
{
    (void)state;
    g_autofree char *path = old_file("as it was");
    for (guint nameless = 0; nameless < 2; nameless++) {
        g_auto(FgDraft) draft = FG_NO_DRAFT;
        assert_true(nameless ? fg_draft_begin_nameless(&draft, NULL)
                             : fg_draft_begin(&draft, path, 0644, NULL));
        assert_true(fg_draft_write(&draft, "new", 3, NULL));
        int reader = fg_draft_reader(&draft, NULL);
        char found[4] = "";
        assert_int_equal(pread(reader, found, 3, 0), 3);
        assert_string_equal(found, "new");
        assert_int_equal(pwrite(reader, "old", 3, 0), -1);
        assert_int_equal(ftruncate(reader, 0), -1);
        close(reader);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stretches_of_the_old_file_and_new_bytes_become_the_new_one),
        cmocka_unit_test(a_draft_that_is_given_up_leaves_nothing_behind),
        cmocka_unit_test(a_new_name_is_taken_only_where_there_is_none),
        cmocka_unit_test(a_stretch_that_is_not_there_is_an_error),
        cmocka_unit_test(a_sweeper_leaves_a_draft_alone_while_it_is_written),
        cmocka_unit_test(a_folder_that_is_not_there_is_an_error_of_the_output),
        cmocka_unit_test(who_only_reads_a_draft_cannot_write_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
