/* test_swap.c: two files exchange their names, and what comes out must be what was read.
 * wraps: renameat2 */
#include "base/base.h"
#include "base/record.h"
#include "base/swap.h"
#include "support/fixtures.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

int __real_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags);

/* What another program does just before names are exchanged. */
typedef void (*Other)(const char *path);
static struct {
    Other other;
    const char *path;
    int refuses;
} scene;

int
__wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    Other other = scene.other;
    scene.other = NULL;
    if (other)
        other(scene.path);
    if (scene.refuses) {
        errno = scene.refuses;
        return -1;
    }
    return __real_renameat2(from, old, to, new, flags);
}

static void
spill(const char *path, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    fg_spill(path, bytes);
}

static void
moves_another(const char *path)
{
    g_autofree char *new = g_strconcat(path, ".new", NULL);
    spill(new, "theirs");
    assert_int_equal(g_rename(new, path), 0);
}

static void
writes_into(const char *path)
{
    int file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    assert_int_equal(write(file, "+", 1), 1);
    close(file);
}

static void
removes(const char *path)
{
    assert_int_equal(g_unlink(path), 0);
}

static guint
count_names(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GDir) open = g_dir_open(folder, 0, NULL);
    guint count = 0;
    while (g_dir_read_name(open))
        count++;
    return count;
}

/* Whether a file that held "old" is now replaced, with that other program about. */
static gboolean
swap(const char *path, Other other, int refuses, GError **error)
{
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    spill(path, "old");
    FgFormer former = {.file = open(path, O_RDONLY | O_CLOEXEC)};
    fstat(former.file, &former.info);
    scene.other = other;
    scene.path = path;
    scene.refuses = refuses;
    g_autofree char *saved = NULL;
    gboolean fine = fg_draft_begin_apart(&draft, path, 0600, error) &&
                    fg_draft_write(&draft, "new", 3, error) &&
                    fg_draft_swap(&draft, path, &former, &saved, error);
    close(former.file);
    assert_null(saved);
    return fine;
}

static void
a_draft_takes_the_name_of_what_was_read(void **state)
{
    (void)state;
    static const int refusals[] = {0, EINVAL, ENOSYS};
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a.jpg", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
        assert_true(swap(path, NULL, refusals[i], NULL));
        fg_assert_holds(path, "new");
        assert_int_equal(count_names(path), 1);
    }
}

static void
what_another_program_saves_stays(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a.jpg", NULL);
    g_autoptr(GError) moved = NULL, written = NULL, removed = NULL;
    assert_false(swap(path, moves_another, 0, &moved));
    assert_int_equal(moved->code, FG_ERROR_UNREADABLE);
    fg_assert_holds(path, "theirs");
    assert_false(swap(path, writes_into, 0, &written));
    assert_int_equal(written->code, FG_ERROR_UNREADABLE);
    fg_assert_holds(path, "old+");
    assert_int_equal(count_names(path), 1);
    assert_false(swap(path, removes, 0, &removed));
    assert_int_equal(count_names(path), 0);
}

static void
a_free_name_is_taken_and_no_other(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a.jpg", NULL);
    scene.refuses = 0;
    for (guint i = 0; i < 2; i++) {
        g_auto(FgDraft) draft = FG_NO_DRAFT;
        g_autoptr(GError) error = NULL;
        assert_true(fg_draft_begin_apart(&draft, path, 0600, NULL) &&
                    fg_draft_write(&draft, i ? "two" : "one", 3, NULL));
        assert_int_equal(fg_draft_swap(&draft, path, NULL, NULL, &error), i == 0);
        assert_int_equal(error ? error->code : -1, i == 0 ? -1 : FG_ERROR_UNREADABLE);
    }
    fg_assert_holds(path, "one");
    assert_int_equal(count_names(path), 1);
}

static void
a_record_reads_as_it_was_written_and_nothing_else_does(void **state)
{
    (void)state;
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "a", NULL);
    g_autofree char *digest = g_strnfill(FG_RECORD_DIGEST, 'a'),
                    *whole = g_strdup_printf("filigrane draft 1\n%s\n%s\na\nb.jpg", digest, digest);
    g_autofree char *above = g_strdup_printf("filigrane draft 1\n%s\n%s\n../a.jpg", digest, digest);
    const struct {
        const char *text;
        FgRecordState state;
    } texts[] = {
        {"", FG_RECORD_EMPTY},
        {"filigrane draft 1\nwriting\n", FG_RECORD_WRITING},
        {whole, FG_RECORD_WHOLE},
        {above, FG_RECORD_FOREIGN},
        {"filigrane draft 1\n", FG_RECORD_FOREIGN},
        {"something else", FG_RECORD_FOREIGN},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        spill(path, texts[i].text);
        int file = open(path, O_RDONLY | O_CLOEXEC);
        g_auto(FgRecord) record = fg_record_read(file);
        close(file);
        assert_int_equal(record.state, texts[i].state);
        if (record.state == FG_RECORD_WHOLE)
            assert_string_equal(record.name, "a\nb.jpg");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_takes_the_name_of_what_was_read),
        cmocka_unit_test(what_another_program_saves_stays),
        cmocka_unit_test(a_free_name_is_taken_and_no_other),
        cmocka_unit_test(a_record_reads_as_it_was_written_and_nothing_else_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
