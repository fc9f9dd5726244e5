#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* A terminal's Ctrl-C and a batch system's SIGTERM go to the whole group; only the parent decides what then
 * becomes of the photos in hand. It ends its children by SIGKILL, and so does the kernel when it is gone. */
static void
settle_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    for (gsize i = 0; i < G_N_ELEMENTS(ignored); i++)
        signal(ignored[i], SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* What libraries say is for those who look for a fault, not for photographers. */
static gboolean
keeps_stderr(void)
{
    return g_getenv("FILIGRANE_DEBUG") != NULL;
}

static void
settle_descriptors(int channel)
{
    int high =
        fcntl(channel, F_DUPFD, 10); /* Clear of 0 to 3, of which the parent may have had some closed. */
    int null = open("/dev/null", O_RDWR);
    int last = keeps_stderr() ? STDOUT_FILENO : STDERR_FILENO;
    for (int fd = STDIN_FILENO; fd <= last; fd++)
        dup2(null, fd);
    dup2(high, FG_CHANNEL_FD);
    close_range(FG_CHANNEL_FD + 1, ~0U, 0);
}

/* GLib ends a process that gets no memory, not even for a thread's stack, by a signal that tells nobody why.
 * A message that could not be put together is of memory, too. */
static gboolean
is_of_memory(const char *message)
{
    return !message || strstr(message, "failed to allocate") || strstr(message, "creating thread");
}

static void
hear_last_words(const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
    if ((level & G_LOG_LEVEL_ERROR) && is_of_memory(message))
        _exit(FG_ENDED_WITHOUT_MEMORY);
    g_log_default_handler(domain, level, message, data);
}

G_NORETURN static void
run_child(pid_t parent, int channel, const char *name, void (*body)(gconstpointer data), gconstpointer data)
{
    settle_signals();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(1);
    prctl(PR_SET_NAME, name);
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none); /* A core would hold the photo, and lie where nobody looks for it. */
    settle_descriptors(channel);
    g_log_set_default_handler(hear_last_words, NULL); /* The parent may have one that speaks for itself. */
    /* Pieces of megabytes come and go; given back each time, their pages would have to be cleared anew. */
    mallopt(M_MMAP_THRESHOLD, FG_HEAP_PIECE);
    mallopt(M_TRIM_THRESHOLD, G_MAXINT);
    body(data);
    _exit(0);
}

gboolean
fg_process_start(FgProcess *process, const char *name, void (*body)(gconstpointer data), gconstpointer data,
                 GError **error)
{
    int ends[2];
    if (!fg_channel_pair(ends, error))
        return FALSE;
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        run_child(parent, ends[1], name, body, data);
    int errnum = errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return fg_throw_errno(error, FG_ERROR_MEMORY, errnum, "can't start a process");
    }
    *process = (FgProcess){.pid = pid, .channel = ends[0]};
    return TRUE;
}

int
fg_process_stop(FgProcess *process)
{
    int status = 0;
    if (process->pid > 0) {
        kill(process->pid, SIGKILL);
        while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
            ;
    }
    if (process->channel >= 0)
        close(process->channel);
    *process = FG_NO_PROCESS;
    return status;
}

void
fg_process_forget_environment(gboolean all)
{
    for (char **entry = environ; entry && *entry; entry++)
        if (all || g_str_has_prefix(*entry, "FILIGRANE_KEY="))
            explicit_bzero(*entry, strlen(*entry));
    if (all)
        clearenv();
    else
        unsetenv("FILIGRANE_KEY");
}

gboolean
fg_process_had_no_memory(int wait_status)
{
    return WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == FG_ENDED_WITHOUT_MEMORY;
}

gboolean
fg_process_throw_of_size(int wait_status, GError **error)
{
    struct rlimit ours;
    if (!WIFSIGNALED(wait_status) || WTERMSIG(wait_status) != SIGXFSZ ||
        getrlimit(RLIMIT_FSIZE, &ours) != 0 || ours.rlim_cur == RLIM_INFINITY)
        return FALSE;
    fg_throw(error, FG_ERROR_OUTPUT,
             "files of more than %" G_GUINT64_FORMAT " bytes are forbidden here (ulimit -f)",
             (guint64)ours.rlim_cur);
    return TRUE;
}

char *
fg_process_describe(int wait_status)
{
    if (fg_process_had_no_memory(wait_status))
        return g_strdup("ran out of memory");
    if (!WIFSIGNALED(wait_status))
        return g_strdup_printf("ended with status %d", WEXITSTATUS(wait_status));
    const char *name = sigabbrev_np(WTERMSIG(wait_status));
    return name ? g_strdup_printf("killed by SIG%s", name)
                : g_strdup_printf("killed by signal %d", WTERMSIG(wait_status));
}
