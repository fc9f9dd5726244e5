/* From inside each kind of process that meets what others made: what it tries must fail.
 * wraps: fg_photo_make fg_container_read fg_lettering_set fg_logo_draw */
#include "run/heard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static pid_t home; /* this process, which is the parent and tries nothing */

/* ---- Attempts ---- */

static gboolean
opens(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0;
}

static gboolean
lists(void)
{
    return open("/etc", O_RDONLY | O_DIRECTORY) >= 0;
}

static gboolean
writes(void)
{
    return open(".", O_WRONLY | O_TMPFILE, 0600) >= 0;
}

static gboolean
connects(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static gboolean
forks(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0;
}

static gboolean
frees_itself(void)
{
    const struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_AS, &none) == 0 || setrlimit(RLIMIT_CPU, &none) == 0;
}

static gboolean
executes(void)
{
    return execl("/bin/true", "true", (char *)NULL) == 0;
}

static gboolean
traces(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0;
}

/* Calls that no reader of pictures needs, each with arguments by which it would do nothing. */
static const long calls[] = {SYS_openat2,
                             SYS_open_by_handle_at,
                             SYS_name_to_handle_at,
                             SYS_unlinkat,
                             SYS_renameat2,
                             SYS_linkat,
                             SYS_symlinkat,
                             SYS_mkdirat,
                             SYS_mknodat,
                             SYS_fchmodat,
                             SYS_fchownat,
                             SYS_fchmod,
                             SYS_fchown,
                             SYS_truncate,
                             SYS_utimensat,
                             SYS_setxattr,
                             SYS_fsetxattr,
                             SYS_getxattr,
                             SYS_listxattr,
                             SYS_mount,
                             SYS_umount2,
                             SYS_pivot_root,
                             SYS_chroot,
                             SYS_chdir,
                             SYS_fchdir,
                             SYS_socketpair,
                             SYS_connect,
                             SYS_bind,
                             SYS_listen,
                             SYS_accept4,
                             SYS_sendto,
                             SYS_recvfrom,
                             SYS_setsockopt,
                             SYS_shutdown,
                             SYS_kill,
                             SYS_tkill,
                             SYS_rt_sigqueueinfo,
                             SYS_rt_tgsigqueueinfo,
                             SYS_pidfd_open,
                             SYS_pidfd_send_signal,
                             SYS_pidfd_getfd,
                             SYS_process_madvise,
                             SYS_kcmp,
                             SYS_ioctl,
                             SYS_setpriority,
                             SYS_sched_setattr,
                             SYS_sched_setaffinity,
                             SYS_setrlimit,
                             SYS_setuid,
                             SYS_setgid,
                             SYS_setgroups,
                             SYS_capset,
                             SYS_setsid,
                             SYS_setpgid,
                             SYS_unshare,
                             SYS_setns,
                             SYS_bpf,
                             SYS_perf_event_open,
                             SYS_userfaultfd,
                             SYS_io_uring_setup,
                             SYS_keyctl,
                             SYS_add_key,
                             SYS_init_module,
                             SYS_finit_module,
                             SYS_kexec_load,
                             SYS_reboot,
                             SYS_swapon,
                             SYS_syslog,
                             SYS_quotactl,
                             SYS_fanotify_init,
                             SYS_inotify_init1,
                             SYS_timer_create,
                             SYS_timerfd_create,
                             SYS_clock_settime,
                             SYS_settimeofday,
                             SYS_sethostname,
                             SYS_shmget,
                             SYS_msgget,
                             SYS_semget,
                             SYS_mq_open,
                             SYS_vmsplice,
                             SYS_splice,
                             SYS_copy_file_range,
                             SYS_sendfile,
                             SYS_fallocate,
                             SYS_personality,
                             SYS_acct,
                             SYS_mlockall};

static gboolean
calls_anything_else(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(calls); i++)
        if (syscall(calls[i], -1L, 0L, 0L, 0L, 0L, 0L) >= 0 || errno != EPERM)
            return TRUE;
    return FALSE;
}

/* The parent itself would get the signal, when something arrives on the channel. */
static gboolean
signals_by_a_file(void)
{
    return fcntl(FG_CHANNEL_FD, F_SETOWN, (int)home) == 0 && fcntl(FG_CHANNEL_FD, F_SETSIG, SIGCONT) == 0;
}

static gboolean
fills_memory_by_files(void)
{
    for (guint i = 0; i < 8; i++)
        if (memfd_create("filler", 0) < 0)
            return FALSE;
    return TRUE;
}

static gboolean
learns_of_a_file(void)
{
    struct stat info;
    return stat("/etc/passwd", &info) == 0;
}

static gboolean
outlives_its_time(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_CPU, &limit) == 0 && limit.rlim_max == RLIM_INFINITY &&
           signal(SIGXCPU, SIG_IGN) != SIG_ERR;
}

/* What still succeeds stands here as an exception, with what limits it. */
static const struct {
    const char *name;
    gboolean (*succeeds)(void);
    const char *end;       /* what the parent then hears */
    const char *exception; /* why it is let through today; NULL: it is not */
} attempts[] = {
    {"open", opens, "refused", NULL},
    {"list", lists, "refused", NULL},
    {"write", writes, "refused", NULL},
    {"socket", connects, "refused", NULL},
    {"fork", forks, "refused", NULL},
    {"limits", frees_itself, "refused", NULL},
    {"exec", executes, "process killed by SIGSYS", NULL},
    {"ptrace", traces, "process killed by SIGSYS", NULL},
    {"other calls", calls_anything_else, "refused", NULL},
    {"fcntl", signals_by_a_file, "got through", "only Landlock from version 6 keeps the signal back"},
    {"memfd", fills_memory_by_files, "got through", "32 files, each as large as an answer"},
    {"stat", learns_of_a_file, "got through", "that a file is there, its size and its times"},
    {"cpu", outlives_its_time, "got through", "ten times the limit by the clock ends it"},
};

static gsize current;

/* Always fails, with what became of the attempt. */
static gpointer
try_it(GError **error)
{
    gboolean through = attempts[current].succeeds();
    return fg_throw_null(error, FG_ERROR_MALFORMED, "%s",
                         through                             ? "got through"
                         : errno == EPERM || errno == EACCES ? "refused"
                                                             : g_strerror(errno));
}

/* ---- In the processes ---- */

gboolean __wrap_fg_photo_make(const FgPlan *plan, const FgPlanned *planned, int photo, const FgPayload *job,
                              FgPayload *product, const char **stage, GError **error);
FgContainer *__real_fg_container_read(GBytes *file, GError **error);
FgContainer *__wrap_fg_container_read(GBytes *file, GError **error);
GBytes *__wrap_fg_lettering_set(const char *text, const char *const *fonts, gboolean bold, double em,
                                GError **error);
FgRaster *__wrap_fg_logo_draw(GBytes *file, int side, GError **error);

gboolean
__wrap_fg_photo_make(const FgPlan *plan, const FgPlanned *planned, int photo, const FgPayload *job,
                     FgPayload *product, const char **stage, GError **error)
{
    (void)plan;
    (void)planned;
    (void)photo;
    (void)job;
    *product = (FgPayload){0};
    *stage = "decode";
    return try_it(error) != NULL;
}

static gboolean probing; /* The photo of a worker is probed, too, and that must go well. */

FgContainer *
__wrap_fg_container_read(GBytes *file, GError **error)
{
    return probing && getpid() != home ? try_it(error) : __real_fg_container_read(file, error);
}

GBytes *
__wrap_fg_lettering_set(const char *text, const char *const *fonts, gboolean bold, double em, GError **error)
{
    (void)text;
    (void)fonts;
    (void)bold;
    (void)em;
    return try_it(error);
}

FgRaster *
__wrap_fg_logo_draw(GBytes *file, int side, GError **error)
{
    (void)file;
    (void)side;
    return try_it(error);
}

static GBytes *
work_in_a_task(gconstpointer data, GBytes *question, const int *files, guint n_files, GError **error)
{
    (void)data;
    (void)question;
    (void)files;
    (void)n_files;
    return try_it(error);
}

/* ---- What the parent heard of the current attempt; the caller frees ---- */

static char *
from_a_worker(void)
{
    g_autofree char *folder = fg_scratch(), *out = fg_scratch();
    g_autoptr(Tiny) tiny = three(folder, NULL);
    tiny->wanted[1] = tiny->wanted[2] = FALSE;
    const FgRunOptions options = options_for(out);
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, hear, &heard, NULL));
    assert_int_equal(heard.messages->len, 1);
    return g_strdup(heard.messages->pdata[0]);
}

static char *
from_a_prober(void)
{
    g_autofree char *folder = fg_scratch();
    g_autoptr(GPtrArray) photos = tiny_photos();
    g_ptr_array_add(photos, tiny_photo(folder, "a.jpg", tiny_picture(64, 48, 1)));
    probing = TRUE;
    assert_true(fg_probe(photos, tiny_limits(), NULL, NULL, NULL));
    probing = FALSE;
    const FgPhoto *photo = photos->pdata[0];
    assert_non_null(photo->error);
    return g_strdup(photo->error->message);
}

static char *
from_drawing(const char *text)
{
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "logo.svg", NULL);
    assert_true(g_file_set_contents(path, "<svg/>", -1, NULL));
    const FgProfile profile = {.refs = 1};
    char *fonts[] = {(char *)"DejaVu Sans", NULL};
    FgMarkSpec spec = {.name = (char *)"mark", .logo = path, .fonts = fonts, .size = 0.2, .margin = 0.02};
    g_autoptr(FgDrawings) drawings = fg_drawings_new(&profile);
    g_autoptr(GError) error = NULL;
    assert_null(fg_drawings_get(drawings, &spec, text, 800, 600, &error));
    return g_strdup(error->message);
}

static char *
from_a_typesetter(void)
{
    return from_drawing("text");
}

static char *
from_a_draughtsman(void)
{
    return from_drawing(NULL);
}

static char *
from_a_task(gboolean (*prepare)(gconstpointer data, GError **error))
{
    const FgSandboxTaskKind kind = {
        .name = "test", .seconds = 60, .ceiling = 65536, .prepare = prepare, .work = work_in_a_task};
    g_autoptr(FgSandboxTask) task = fg_sandbox_task_new(&kind);
    g_autoptr(GBytes) question = g_bytes_new("", 0);
    g_autoptr(GError) error = NULL;
    assert_null(fg_sandbox_task_ask(task, question, NULL, 0, &error));
    return g_strdup(error->message);
}

static gboolean
start_pixels(gconstpointer data, GError **error)
{
    (void)data;
    return fg_pixels_init(error);
}

static char *
from_a_reader(void)
{
    return from_a_task(NULL);
}

static char *
from_a_reader_of_pixels(void)
{
    return from_a_task(start_pixels);
}

/* ---- The tests ---- */

static void
expect_each_end(char *(*heard_from)(void))
{
    g_autofree char *offered = fg_sandbox_protection();
    if (!strstr(offered, "Landlock") || !strstr(offered, "seccomp"))
        skip();
    home = getpid();
    for (current = 0; current < G_N_ELEMENTS(attempts); current++) {
        g_autofree char *heard = heard_from();
        if (!g_str_equal(heard, attempts[current].end))
            print_message("%s: %s\n", attempts[current].name, heard);
        /* An exception that is none any more has to go from the table. */
        assert_int_equal(attempts[current].exception != NULL, g_str_equal(heard, "got through"));
        assert_string_equal(heard, attempts[current].end);
    }
}

static void
a_worker_gets_nowhere(void **state)
{
    (void)state;
    expect_each_end(from_a_worker);
}

static void
a_prober_gets_nowhere(void **state)
{
    (void)state;
    expect_each_end(from_a_prober);
}

static void
a_typesetter_gets_nowhere(void **state)
{
    (void)state;
    expect_each_end(from_a_typesetter);
}

static void
a_draughtsman_gets_nowhere(void **state)
{
    (void)state;
    expect_each_end(from_a_draughtsman);
}

static void
a_reader_gets_nowhere(void **state)
{
    (void)state;
    expect_each_end(from_a_reader);
    expect_each_end(from_a_reader_of_pixels);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_worker_gets_nowhere),     cmocka_unit_test(a_prober_gets_nowhere),
        cmocka_unit_test(a_typesetter_gets_nowhere), cmocka_unit_test(a_draughtsman_gets_nowhere),
        cmocka_unit_test(a_reader_gets_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
