#include "sandbox/sandbox_private.h"
#include "support/fixtures.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

/* Each attempt runs in a process of its own behind the walls, and says what came of it: 0 when it got
 * through, else errno. */
typedef int (*Attempt)(void);

typedef struct {
    const FgSandboxPolicy *walls;
    Attempt attempt;
} Trial;

static const FgSandboxPolicy closed; /* nothing can be opened */

/* /etc can be read, and the folder that is not there does not matter. */
static char *const places[] = {(char *)"/etc", (char *)"/filigrane-is-not-there", NULL};
static const FgSandboxPolicy reading = {.readable = (char **)places};

static void
try_it(gconstpointer data)
{
    const Trial *trial = data;
    fg_sandbox_enter(trial->walls);
    errno = 0;
    int result = trial->attempt();
    const FgMessageHead message = {.kind = FG_MSG_RESPONSE, .values = {result}};
    fg_channel_send(FG_CHANNEL_FD, &message, NULL, 0, NULL);
}

/* What the attempt said, or minus the signal that ended it. */
static int
outcome_of(const FgSandboxPolicy *walls, Attempt attempt)
{
    const Trial trial = {walls, attempt};
    FgProcess process = FG_NO_PROCESS;
    assert_true(fg_process_start(&process, "trial", try_it, &trial, NULL));
    g_auto(FgMessage) received = {0};
    if (fg_channel_receive(process.channel, TRUE, &received, NULL)) {
        fg_process_stop(&process);
        return (int)received.head.values[0];
    }
    int status = fg_process_stop(&process);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : G_MAXINT;
}

static int
of_call(gboolean worked)
{
    return worked ? 0 : errno;
}

static int
open_a_file(void)
{
    return of_call(open("/etc/passwd", O_RDONLY) >= 0);
}

static int
open_another_file(void)
{
    return of_call(open("/proc/version", O_RDONLY) >= 0);
}

static int
list_another_folder(void)
{
    return of_call(open("/proc", O_RDONLY | O_DIRECTORY) >= 0);
}

static int
make_a_file(void)
{
    return of_call(open(".", O_WRONLY | O_TMPFILE, 0600) >= 0);
}

static int
remove_a_file(void)
{
    return of_call(unlink("filigrane-is-not-there") == 0);
}

static int
reach_the_network(void)
{
    return of_call(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static int
reach_a_neighbour(void)
{
    return of_call(socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
}

static int
start_a_process(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return of_call(pid > 0);
}

static int
start_a_program(void)
{
    return of_call(execl("/bin/true", "true", (char *)NULL) == 0);
}

static int
make_code(void)
{
    return of_call(mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
                   MAP_FAILED);
}

static int
map_code(void)
{
    int fd = open("/etc/passwd", O_RDONLY);
    return of_call(mmap(NULL, 1, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0) != MAP_FAILED);
}

static int
move_a_limit(void)
{
    const struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
    return of_call(setrlimit(RLIMIT_CPU, &none) == 0);
}

static int
look_at_a_limit(void)
{
    struct rlimit limit;
    return of_call(getrlimit(RLIMIT_CPU, &limit) == 0);
}

static int
trace_the_parent(void)
{
    return of_call(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0);
}

static int
signal_the_parent(void)
{
    return of_call(kill(getppid(), 0) == 0);
}

static gpointer
answer_42(gpointer data)
{
    (void)data;
    return GINT_TO_POINTER(42);
}

static int
start_a_thread(void)
{
    g_autoptr(GError) error = NULL;
    GThread *thread = g_thread_try_new("t", answer_42, NULL, &error);
    return thread && g_thread_join(thread) == GINT_TO_POINTER(42) ? 0 : EPERM;
}

static int
use_memory(void)
{
    g_auto(FgPayload) payload = fg_payload(NULL), opened = {0};
    g_auto(FgFd) fd = fg_payload_seal(&payload, NULL);
    return fd >= 0 && fg_payload_open(fd, 4096, &opened, NULL) ? 0 : EPERM;
}

static void
a_worker_reaches_nothing_outside(void **state)
{
    (void)state;
    static const Attempt attempts[] = {open_a_file,       make_a_file,       remove_a_file,
                                       reach_the_network, reach_a_neighbour, start_a_process,
                                       make_code,         signal_the_parent, move_a_limit};
    for (gsize i = 0; i < G_N_ELEMENTS(attempts); i++) {
        int result = outcome_of(&closed, attempts[i]);
        assert_true(result == EPERM || result == EACCES);
    }
}

static void
a_worker_that_traces_another_process_dies_of_it(void **state)
{
    (void)state;
    assert_int_equal(outcome_of(&closed, trace_the_parent), -SIGSYS);
    assert_int_equal(outcome_of(&reading, trace_the_parent), -SIGSYS);
}

static void
a_worker_that_starts_a_program_dies_of_it(void **state)
{
    (void)state;
    assert_int_equal(outcome_of(&closed, start_a_program), -SIGSYS);
    assert_int_equal(outcome_of(&reading, start_a_program), -SIGSYS);
}

static void
a_worker_has_threads_and_memory(void **state)
{
    (void)state;
    assert_int_equal(outcome_of(&closed, start_a_thread), 0);
    assert_int_equal(outcome_of(&closed, use_memory), 0);
    assert_int_equal(outcome_of(&closed, look_at_a_limit), 0);
}

static void
who_reads_some_files_reads_no_other_and_does_nothing_else_outside(void **state)
{
    (void)state;
    g_autofree char *offered = fg_sandbox_protection();
    if (!strstr(offered, "Landlock"))
        skip(); /* What tells files from files is Landlock alone. */
    assert_int_equal(outcome_of(&reading, open_a_file), 0);
    static const Attempt attempts[] = {open_another_file, list_another_folder, make_a_file,     remove_a_file,
                                       reach_the_network, reach_a_neighbour,   start_a_process, map_code,
                                       move_a_limit};
    for (gsize i = 0; i < G_N_ELEMENTS(attempts); i++) {
        int result = outcome_of(&reading, attempts[i]);
        assert_true(result == EPERM || result == EACCES);
    }
}

static void
what_the_kernel_offers_is_said(void **state)
{
    (void)state;
    g_autofree char *text = fg_sandbox_protection();
    assert_true(g_str_has_prefix(text, "a process a photo"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_worker_reaches_nothing_outside),
        cmocka_unit_test(a_worker_that_starts_a_program_dies_of_it),
        cmocka_unit_test(a_worker_has_threads_and_memory),
        cmocka_unit_test(a_worker_that_traces_another_process_dies_of_it),
        cmocka_unit_test(who_reads_some_files_reads_no_other_and_does_nothing_else_outside),
        cmocka_unit_test(what_the_kernel_offers_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
