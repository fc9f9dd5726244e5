#include "sandbox/sandbox.h"
#include "support/fixtures.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const char *prepared = "nothing";

/* Opens a file, which the work can't do any more. */
static gboolean
prepare(gconstpointer data, GError **error)
{
    if (!data)
        return fg_throw(error, FG_ERROR_MODULE, "no such module");
    int file = open("/proc/self/cmdline", O_RDONLY);
    prepared = file >= 0 ? "something" : "failed";
    close(file);
    return TRUE;
}

/* Work that does as it is told. */
static GBytes *
obey(gconstpointer data, GBytes *question, const int *files, guint n_files, GError **error)
{
    const char *order = g_bytes_get_data(question, NULL);
    if (g_str_equal(order, "data"))
        return g_bytes_new(data, strlen(data));
    if (g_str_equal(order, "file"))
        return n_files == 1 ? fg_file_read_fd(files[0], error) : NULL;
    if (g_str_equal(order, "open"))
        return g_bytes_new_static(open("/etc/passwd", O_RDONLY) < 0 ? "no" : "yes", 3);
    if (g_str_equal(order, "prepared"))
        return g_bytes_new(prepared, strlen(prepared));
    if (g_str_equal(order, "die"))
        raise(SIGSEGV);
    fg_throw(error, FG_ERROR_MALFORMED, "%s is no order", order);
    return NULL;
}

static GBytes *
ask(FgSandboxTask *task, const char *order, int file, GError **error)
{
    g_autoptr(GBytes) question = g_bytes_new(order, strlen(order) + 1);
    return fg_sandbox_task_ask(task, question, &file, file >= 0 ? 1 : 0, error);
}

static const FgSandboxTaskKind kind = {
    .name = "test", .seconds = 60, .ceiling = 65536, .data = "inherited", .work = obey};

static void
assert_answer(FgSandboxTask *task, const char *order, int file, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) answer = ask(task, order, file, &error);
    assert_non_null(answer);
    assert_memory_equal(g_bytes_get_data(answer, NULL), expected, strlen(expected));
}

static void
the_process_has_what_it_inherited_and_the_files_of_the_question_and_no_other(void **state)
{
    (void)state;
    g_autoptr(FgSandboxTask) task = fg_sandbox_task_new(&kind);
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "file", NULL);
    assert_true(g_file_set_contents(path, "content", -1, NULL));
    int fd = open(path, O_RDONLY);
    assert_answer(task, "data", -1, "inherited");
    assert_answer(task, "file", fd, "content");
    assert_answer(task, "open", -1, "no");
    close(fd);
}

static void
an_error_of_the_work_is_told(void **state)
{
    (void)state;
    g_autoptr(FgSandboxTask) task = fg_sandbox_task_new(&kind);
    g_autoptr(GError) error = NULL;
    assert_null(ask(task, "nonsense", -1, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
    assert_string_equal(error->message, "nonsense is no order");
}

static void
a_death_is_told_and_the_next_question_is_answered(void **state)
{
    (void)state;
    g_autoptr(FgSandboxTask) task = fg_sandbox_task_new(&kind);
    g_autoptr(GError) error = NULL;
    assert_null(ask(task, "die", -1, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
#ifndef FG_SANITIZED
    assert_string_equal(error->message, "process killed by SIGSEGV");
#endif
    assert_answer(task, "data", -1, "inherited");
}

static void
what_the_work_needs_is_prepared_before_the_sandbox(void **state)
{
    (void)state;
    FgSandboxTaskKind prepares = kind;
    prepares.prepare = prepare;
    g_autoptr(FgSandboxTask) task = fg_sandbox_task_new(&prepares);
    assert_answer(task, "prepared", -1, "something");
    assert_answer(task, "open", -1, "no");
}

static void
what_can_not_be_prepared_answers_every_request(void **state)
{
    (void)state;
    FgSandboxTaskKind unfit = kind;
    unfit.prepare = prepare;
    unfit.data = NULL;
    g_autoptr(FgSandboxTask) task = fg_sandbox_task_new(&unfit);
    for (int i = 0; i < 2; i++) {
        g_autoptr(GError) error = NULL;
        assert_null(ask(task, "prepared", -1, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MODULE));
    }
}

static void
a_file_for_a_question_stays_as_it_is(void **state)
{
    (void)state;
    g_autoptr(GBytes) bytes = g_bytes_new_static("abc", 3);
    int file = fg_sealed_file(bytes, NULL);
    assert_int_equal(pwrite(file, "x", 1, 0), -1);
    assert_int_equal(errno, EPERM);
    assert_int_equal(ftruncate(file, 0), -1);
    g_autoptr(GBytes) found = fg_file_read_fd(file, NULL);
    assert_true(g_bytes_equal(found, bytes));
    close(file);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_for_a_question_stays_as_it_is),
        cmocka_unit_test(the_process_has_what_it_inherited_and_the_files_of_the_question_and_no_other),
        cmocka_unit_test(an_error_of_the_work_is_told),
        cmocka_unit_test(a_death_is_told_and_the_next_question_is_answered),
        cmocka_unit_test(what_the_work_needs_is_prepared_before_the_sandbox),
        cmocka_unit_test(what_can_not_be_prepared_answers_every_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
