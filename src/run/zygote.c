#include "run/run_private.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* The zygote loads once what the photos of the plan take, and forks one worker a photo. It never decodes: a
 * process in which libvips has run can't be forked any more, since its threads are gone in the child. */

/* ---- In a worker ---- */

enum { PHOTO_FD = FG_CHANNEL_FD + 1, PAYLOAD_FD, FIRST_OTHER_FD };

/* Only the four descriptors of the job stay, each at its place; what was the zygote's channel is this
 * worker's own now. */
static void
settle_descriptors(const FgMessage *received)
{
    int high[FG_N_JOB_FDS];
    for (guint i = 0; i < FG_N_JOB_FDS; i++)
        high[i] = fcntl(received->fds[i], F_DUPFD, FIRST_OTHER_FD + FG_N_JOB_FDS);
    dup2(high[FG_JOB_CHANNEL], FG_CHANNEL_FD);
    dup2(high[FG_JOB_PHOTO], PHOTO_FD);
    dup2(high[FG_JOB_PAYLOAD], PAYLOAD_FD);
    dup2(high[FG_JOB_LOG], STDERR_FILENO);
    close_range(FIRST_OTHER_FD, ~0U, 0);
}

static gboolean
limit_worker(const FgLimits *limits)
{
    /* A large photo is mapped, which takes address space but no memory. */
    struct stat info;
    guint64 mapped = fstat(PHOTO_FD, &info) == 0 ? (guint64)info.st_size : 0;
    guint64 memory = limits->memory > 0 ? limits->memory + mapped : 0;
    return fg_limit_files(memory, NULL) &&
           fg_limit_work(0, limits->seconds, memory > 0 ? fg_address_space() + memory : 0, NULL);
}

G_NORETURN static void
run_worker(const FgPlan *plan, guint32 id, pid_t zygote, const FgMessage *received)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != zygote)
        _exit(1);
    prctl(PR_SET_NAME, "fg-photo");
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    settle_descriptors(received);
    if (!limit_worker(&plan->profile->limits))
        _exit(EXIT_FAILURE);

    g_auto(FgPayload) job = {0}, product = {0};
    g_autoptr(GError) error = NULL;
    const char *stage = "worker";
    if (!fg_payload_open(PAYLOAD_FD, G_MAXSIZE, &job, &error))
        _exit(1);
    fg_sandbox_enter(&FG_SANDBOX_NO_FILES);
    FgMessageHead message = {.kind = FG_MSG_RESPONSE, .id = id};
    if (!fg_photo_make(plan, plan->photos->pdata[id], PHOTO_FD, &job, &product, &stage, &error)) {
        message.kind = FG_MSG_ERROR;
        fg_payload_clear(&product);
        GByteArray *record = g_byte_array_new();
        fg_ipc_put_text(record, stage);
        fg_put_error(record, error);
        product = fg_payload(record);
    }
    g_auto(FgFd) payload = fg_payload_seal(&product, NULL);
    _exit(payload >= 0 && fg_channel_send(FG_CHANNEL_FD, &message, &payload, 1, NULL) ? 0 : 1);
}

/* ---- In the zygote ---- */

typedef struct {
    const FgPlan *plan;
    GHashTable *workers; /* pid -> id + 1 */
} Nursery;

/* A worker that could not be forked ends as if it had died at once. */
static void
start_worker(Nursery *nursery, const FgMessage *received)
{
    guint32 id = received->head.id;
    pid_t zygote = getpid(), pid = -1;
    if (received->n_fds == FG_N_JOB_FDS && id < nursery->plan->photos->len)
        pid = fork();
    if (pid == 0)
        run_worker(nursery->plan, id, zygote, received);
    if (pid > 0) {
        g_hash_table_insert(nursery->workers, GINT_TO_POINTER(pid), GUINT_TO_POINTER(id + 1));
        return;
    }
    const FgMessageHead ended = {.kind = FG_MSG_EXITED, .id = id, .values = {W_EXITCODE(1, 0)}};
    fg_channel_send(FG_CHANNEL_FD, &ended, NULL, 0, NULL);
}

static void
kill_worker(const Nursery *nursery, guint32 id)
{
    GHashTableIter iter;
    gpointer pid, number;
    g_hash_table_iter_init(&iter, nursery->workers);
    while (g_hash_table_iter_next(&iter, &pid, &number))
        if (GPOINTER_TO_UINT(number) == id + 1)
            kill(GPOINTER_TO_INT(pid), SIGKILL);
}

static void
bury_workers(Nursery *nursery)
{
    int status;
    struct rusage used;
    pid_t pid;
    while ((pid = wait4(-1, &status, WNOHANG, &used)) > 0) {
        guint number = GPOINTER_TO_UINT(g_hash_table_lookup(nursery->workers, GINT_TO_POINTER(pid)));
        g_hash_table_remove(nursery->workers, GINT_TO_POINTER(pid));
        if (number == 0)
            continue;
        gint64 cpu = (gint64)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * G_USEC_PER_SEC +
                     used.ru_utime.tv_usec + used.ru_stime.tv_usec;
        const FgMessageHead ended = {.kind = FG_MSG_EXITED,
                                     .id = number - 1,
                                     .values = {[FG_END_STATUS] = status,
                                                [FG_END_CPU_US] = cpu,
                                                [FG_END_PEAK_BYTES] = (gint64)used.ru_maxrss * 1024}};
        fg_channel_send(FG_CHANNEL_FD, &ended, NULL, 0, NULL);
    }
}

/* FALSE when the parent has gone or has closed its end. */
static gboolean
hear_parent(Nursery *nursery)
{
    g_auto(FgMessage) received = {0};
    if (!fg_channel_receive(FG_CHANNEL_FD, TRUE, &received, NULL))
        return FALSE;
    if (received.head.kind == FG_MSG_JOB)
        start_worker(nursery, &received);
    else if (received.head.kind == FG_MSG_KILL)
        kill_worker(nursery, received.head.id);
    return TRUE;
}

/* No child of ours ever holds the key: the kernel overwrites our copy of it, and says so rather than stops us
 * should it lie in memory that can't be written. The C library's function may write by itself (glibc
 * from 2.41 on). */
static void
forget_key(const FgRunOptions *options)
{
    for (gsize done = 0; done < options->key_length;) {
        long count = syscall(SYS_getrandom, options->key + done, options->key_length - done, 0);
        if (count <= 0 && errno != EINTR)
            return;
        done += count > 0 ? (gsize)count : 0;
    }
}

#define HEAP_RESERVE (96 << 20) /* of address space: what one photo of 24 million pixels takes */

/* The heap of a worker, which inherits this, lies in huge pages where the kernel has them to give: finding
 * and clearing its memory page by page took a tenth of all time. */
static void
settle_heap(void)
{
    mallopt(M_ARENA_MAX, 2); /* More of them hold memory and save no time. */
    mallopt(M_TOP_PAD, HEAP_RESERVE);
    void *piece = malloc(FG_HEAP_PIECE / 2); /* makes the heap grow */
    const guintptr page = 2 << 20, end = (guintptr)sbrk(0);
    const guintptr start = ((guintptr)piece + page - 1) & ~(page - 1);
    if (piece && start < end)
        madvise((void *)start, end - start, MADV_HUGEPAGE);
    free(piece);
    mallopt(M_TOP_PAD, 1 << 20);
}

/* What the wanted photos take to be read and written: of JPEGs nothing but what is there. */
static FgModules
modules_for(const FgZygote *zygote)
{
    FgModules modules = FG_MODULES_NONE;
    for (guint i = 0; i < zygote->plan->photos->len; i++) {
        const FgPlanned *planned = zygote->plan->photos->pdata[i];
        if (!zygote->wanted[i] || !planned->derivatives)
            continue;
        modules |= fg_modules_to_read(planned->photo->format, planned->photo->bands);
        for (guint d = 0; d < planned->derivatives->len; d++) {
            const FgDerivative *derivative = planned->derivatives->pdata[d];
            for (guint o = 0; o < derivative->outputs->len; o++)
                modules |= fg_modules_to_write(((const FgOutput *)derivative->outputs->pdata[o])->format);
        }
    }
    return modules;
}

static gboolean
start_pixels(const FgZygote *zygote)
{
    settle_heap();
    g_autoptr(GError) error = NULL;
    if (fg_modules_load(modules_for(zygote), &error))
        return TRUE;
    GByteArray *record = g_byte_array_new();
    fg_put_error(record, error);
    g_auto(FgPayload) failure = fg_payload(record);
    g_auto(FgFd) payload = fg_payload_seal(&failure, NULL);
    const FgMessageHead message = {.kind = FG_MSG_ERROR};
    if (payload >= 0)
        fg_channel_send(FG_CHANNEL_FD, &message, &payload, 1, NULL);
    /* A channel that is closed with a job in it takes back what was said on it. */
    for (gboolean heard = TRUE; heard;) {
        g_auto(FgMessage) received = {0};
        heard = fg_channel_receive(FG_CHANNEL_FD, TRUE, &received, NULL);
    }
    return FALSE;
}

void
fg_zygote(gconstpointer data)
{
    const FgZygote *zygote = data;
    forget_key(zygote->options);
    fg_process_forget_environment(TRUE);
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    int ends = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (ends < 0 || !start_pixels(zygote))
        return;
    Nursery nursery = {.plan = zygote->plan, .workers = g_hash_table_new(NULL, NULL)};
    for (;;) {
        struct pollfd sources[] = {{.fd = FG_CHANNEL_FD, .events = POLLIN}, {.fd = ends, .events = POLLIN}};
        if (poll(sources, G_N_ELEMENTS(sources), -1) < 0)
            continue;
        struct signalfd_siginfo info;
        while (read(ends, &info, sizeof info) > 0)
            ;
        bury_workers(&nursery);
        if (sources[0].revents && !hear_parent(&nursery))
            return;
    }
}
