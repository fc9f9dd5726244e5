/* A wall that does not go up: the process must end, and not go on without.
 * wraps: seccomp_rule_add seccomp_load syscall */
#include "sandbox/sandbox.h"
#include "support/fixtures.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdarg.h>
#include <sys/syscall.h>

typedef enum {
    NOTHING,
    NO_RULE,
    NO_FILTER,
    ENDLESS_FILTER,
    NO_RULESET,
    NO_PATH,
    NO_RESTRICTION,
    NO_LANDLOCK
} Fault;
static Fault fault;

int __real_seccomp_rule_add(scmp_filter_ctx filter, guint32 action, int call, guint count, ...);
int __wrap_seccomp_rule_add(scmp_filter_ctx filter, guint32 action, int call, guint count, ...);
int __real_seccomp_load(scmp_filter_ctx filter);
int __wrap_seccomp_load(scmp_filter_ctx filter);
long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);

int
__wrap_seccomp_rule_add(scmp_filter_ctx filter, guint32 action, int call, guint count, ...)
{
    g_assert(count == 0);
    /* In the middle: some calls are in the filter by then. */
    return fault == NO_RULE && call == SCMP_SYS(futex) ? -ENOMEM
                                                       : __real_seccomp_rule_add(filter, action, call, 0);
}

int
__wrap_seccomp_load(scmp_filter_ctx filter)
{
    while (fault == ENDLESS_FILTER)
        ;
    return fault == NO_FILTER ? -EINVAL : __real_seccomp_load(filter);
}

static gboolean
refuses(long number)
{
    return (fault == NO_PATH && number == SYS_landlock_add_rule) ||
           (fault == NO_RESTRICTION && number == SYS_landlock_restrict_self);
}

long
__wrap_syscall(long number, ...)
{
    long words[4];
    va_list list;
    va_start(list, number);
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        words[i] = va_arg(list, long);
    va_end(list);
    gboolean asks = number == SYS_landlock_create_ruleset && words[2] == LANDLOCK_CREATE_RULESET_VERSION;
    if (refuses(number) || (fault == NO_RULESET && number == SYS_landlock_create_ruleset && !asks)) {
        errno = ENOMEM;
        return -1;
    }
    if (fault == NO_LANDLOCK && number == SYS_landlock_create_ruleset) {
        errno = ENOSYS;
        return -1;
    }
    return __real_syscall(number, words[0], words[1], words[2], words[3]);
}

static gboolean
enter(gconstpointer data, GError **error)
{
    (void)data;
    (void)error;
    char *places[] = {(char *)"/usr", NULL};
    const FgSandboxPolicy walls = {.readable = places};
    fg_sandbox_enter(&walls);
    return TRUE;
}

static gboolean
reply(gconstpointer data, const FgPayload *question, const int *fds, guint n_fds, FgPayload *answer,
      GError **error)
{
    (void)data;
    (void)question;
    (void)fds;
    (void)n_fds;
    (void)error;
    *answer = fg_payload(NULL);
    return TRUE;
}

static const FgServiceKind kind = {
    .name = "test", .ceiling = 4096, .memory = 1 << 28, .enter = enter, .reply = reply};

/* What becomes of a question to a process whose walls have this fault; NULL when it is answered. */
static GError *
ask_with(Fault wanted)
{
    fault = wanted;
    g_auto(FgService) service = fg_service(&kind);
    g_auto(FgPayload) question = fg_payload(NULL), answer = {0};
    GError *error = NULL;
    fg_service_ask(&service, &question, NULL, 0, 1, &answer, &error);
    fault = NOTHING;
    return error;
}

static void
assert_ends(Fault wanted, const char *how)
{
    g_autoptr(GError) error = ask_with(wanted);
    assert_non_null(error);
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
    assert_string_equal(error->message, how);
}

static void
a_process_whose_walls_stand_answers(void **state)
{
    (void)state;
    assert_null(ask_with(NOTHING));
}

static void
a_filter_that_does_not_come_about_ends_the_process(void **state)
{
    (void)state;
    assert_ends(NO_RULE, "process ended with status 1");
    assert_ends(NO_FILTER, "process ended with status 1");
}

static void
a_filter_that_never_comes_about_ends_with_the_time_of_the_question(void **state)
{
    (void)state;
    g_autoptr(GError) error = ask_with(ENDLESS_FILTER);
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
    /* Of CPU, or on a busy machine 10 by the clock. */
    assert_true(g_str_has_prefix(error->message, "process took longer than 1"));
}

static void
paths_that_are_not_closed_end_the_process(void **state)
{
    (void)state;
    g_autofree char *offered = fg_sandbox_protection();
    if (!strstr(offered, "Landlock"))
        skip();
    assert_ends(NO_RULESET, "process ended with status 1");
    assert_ends(NO_PATH, "process ended with status 1");
    assert_ends(NO_RESTRICTION, "process ended with status 1");
}

static void
a_kernel_without_landlock_is_told_and_the_process_answers(void **state)
{
    (void)state;
    assert_null(ask_with(NO_LANDLOCK));
    fault = NO_LANDLOCK;
    g_autofree char *offered = fg_sandbox_protection();
    assert_null(strstr(offered, "Landlock"));
    assert_non_null(strstr(fg_sandbox_missing(), "Landlock"));
    fault = NOTHING;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_process_whose_walls_stand_answers),
        cmocka_unit_test(a_filter_that_does_not_come_about_ends_the_process),
        cmocka_unit_test(a_filter_that_never_comes_about_ends_with_the_time_of_the_question),
        cmocka_unit_test(paths_that_are_not_closed_end_the_process),
        cmocka_unit_test(a_kernel_without_landlock_is_told_and_the_process_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
