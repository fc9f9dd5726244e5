#include "sandbox/sandbox_private.h"
#include "support/fixtures.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>

/* A service that does as it is told: a well-behaved one, and each way to misbehave. */

static gboolean
enter_nothing(gconstpointer data, GError **error)
{
    (void)data;
    (void)error;
    return TRUE;
}

static gboolean
enter_unfit(gconstpointer data, GError **error)
{
    (void)data;
    return fg_throw(error, FG_ERROR_MODULE, "no such module");
}

static void
say_raw(guint32 kind, guint32 id, int fd)
{
    const FgMessageHead message = {.kind = kind, .id = id};
    fg_channel_send(FG_CHANNEL_FD, &message, &fd, fd >= 0 ? 1 : 0, NULL);
}

static gboolean
obey(gconstpointer data, const FgPayload *question, const int *fds, guint n_fds, FgPayload *answer,
     GError **error)
{
    (void)data;
    (void)fds;
    FgCursor at = fg_payload_record(question);
    const char *order;
    if (!fg_ipc_get_bytes(&at, &order) || !order)
        return fg_throw(error, FG_ERROR_INTERNAL, "no order");
    if (g_str_equal(order, "segv"))
        raise(SIGSEGV);
    if (g_str_equal(order, "exit"))
        _exit(5);
    if (g_str_equal(order, "spin"))
        for (;;)
            ;
    if (g_str_equal(order, "eat"))
        g_malloc(G_MAXSIZE / 2);
    if (g_str_equal(order, "fail"))
        return fg_throw(error, FG_ERROR_GLYPH, "no such glyph");
    if (g_str_equal(order, "unsealed"))
        say_raw(FG_MSG_RESPONSE, 1, memfd_create("x", 0));
    if (g_str_equal(order, "stale"))
        say_raw(FG_MSG_RESPONSE, 77, -1);
    if (g_str_equal(order, "nothing"))
        say_raw(FG_MSG_RESPONSE, 1, -1);
    GByteArray *record = g_byte_array_new();
    fg_put_le32(record, (guint32)getpid());
    fg_put_le32(record, getenv("FG_TEST_SECRET") != NULL);
    fg_put_le32(record, n_fds);
    *answer = fg_payload(record);
    return TRUE;
}

static const FgServiceKind kind = {.name = "test", .ceiling = 4096, .enter = enter_nothing, .reply = obey};

static gboolean
ask(FgService *service, const char *order, FgPayload *answer, GError **error)
{
    GByteArray *record = g_byte_array_new();
    fg_ipc_put_text(record, order);
    g_auto(FgPayload) question = fg_payload(record);
    return fg_service_ask(service, &question, NULL, 0, 1, answer, error);
}

static int
answering_pid(FgService *service)
{
    g_auto(FgPayload) answer = {0};
    g_autoptr(GError) error = NULL;
    assert_true(ask(service, "answer", &answer, &error));
    FgCursor at = fg_payload_record(&answer);
    guint32 pid;
    assert_true(fg_cursor_u32(&at, &pid));
    return (int)pid;
}

static void
one_process_answers_many_questions(void **state)
{
    (void)state;
    g_auto(FgService) service = fg_service(&kind);
    int pid = answering_pid(&service);
    assert_int_not_equal(pid, getpid());
    assert_int_equal(answering_pid(&service), pid);
}

static void
a_refusal_is_an_answer(void **state)
{
    (void)state;
    g_auto(FgService) service = fg_service(&kind);
    int pid = answering_pid(&service);
    g_auto(FgPayload) answer = {0};
    g_autoptr(GError) error = NULL;
    assert_false(ask(&service, "fail", &answer, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_GLYPH));
    assert_string_equal(error->message, "no such glyph");
    assert_int_equal(answering_pid(&service), pid);
}

static void
a_death_is_named_and_the_next_question_has_a_new_process(void **state)
{
    (void)state;
    static const char *const orders[] = {"segv", "exit", "spin", "eat"};
    static const char *const causes[] = {"process killed by SIGSEGV", "process ended with status 5",
                                         "process took longer than 1 s of CPU", "process ran out of memory"};
    g_auto(FgService) service = fg_service(&kind);
    for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
        int pid = answering_pid(&service);
        g_auto(FgPayload) answer = {0};
        g_autoptr(GError) error = NULL;
        assert_false(ask(&service, orders[i], &answer, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
#ifdef FG_SANITIZED
        if (i == 0)
            continue; /* The sanitizer catches the signal and exits. */
#endif
        /* On a busy machine a loop may end by the clock. */
        if (!g_str_equal(error->message, "process took longer than 10 s"))
            assert_string_equal(error->message, causes[i]);
        assert_int_not_equal(answering_pid(&service), pid);
    }
}

static void
what_could_not_start_answers_each_question_by_why(void **state)
{
    (void)state;
    FgServiceKind unfit = kind;
    unfit.enter = enter_unfit;
    g_auto(FgService) service = fg_service(&unfit);
    for (int i = 0; i < 2; i++) {
        g_auto(FgPayload) answer = {0};
        g_autoptr(GError) error = NULL;
        assert_false(ask(&service, i ? "answer" : "segv", &answer, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MODULE));
        assert_string_equal(error->message, "no such module");
    }
}

static void
an_answer_that_is_none_is_refused(void **state)
{
    (void)state;
    static const char *const orders[] = {"unsealed", "stale", "nothing"};
    for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_auto(FgService) service = fg_service(&kind);
        g_auto(FgPayload) answer = {0};
        g_autoptr(GError) error = NULL;
        assert_false(ask(&service, orders[i], &answer, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
        assert_true(answering_pid(&service) > 0);
    }
}

static void
the_environment_stays_with_the_parent(void **state)
{
    (void)state;
    assert_true(g_setenv("FG_TEST_SECRET", "s", TRUE));
    g_auto(FgService) service = fg_service(&kind);
    g_auto(FgPayload) answer = {0};
    assert_true(ask(&service, "answer", &answer, NULL));
    FgCursor at = fg_payload_record(&answer);
    guint32 pid, has;
    assert_true(fg_cursor_u32(&at, &pid) && fg_cursor_u32(&at, &has));
    assert_false(has);
}

/* A process that limits itself while it starts must not undo what the question allows it. */
static void
the_first_question_has_the_limits_that_were_asked_for(void **state)
{
    (void)state;
    g_auto(FgService) service = fg_service(&kind);
    assert_true(answering_pid(&service) > 0);
    struct rlimit now;
    assert_int_equal(prlimit(service.process.pid, RLIMIT_CPU, NULL, &now), 0);
    assert_in_range(now.rlim_cur, 1, 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_process_answers_many_questions),
        cmocka_unit_test(a_refusal_is_an_answer),
        cmocka_unit_test(a_death_is_named_and_the_next_question_has_a_new_process),
        cmocka_unit_test(what_could_not_start_answers_each_question_by_why),
        cmocka_unit_test(an_answer_that_is_none_is_refused),
        cmocka_unit_test(the_environment_stays_with_the_parent),
        cmocka_unit_test(the_first_question_has_the_limits_that_were_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
