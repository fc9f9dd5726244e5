#include "run/run_private.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define WALL_FACTOR 10
#define LARGEST_QUESTION ((gsize)256 << 20)

/* ---- In the child ---- */

static gboolean
answer_one(const FgServiceKind *kind, const FgLetter *letter, FgParcel *answer, GError **error)
{
    g_auto(FgParcel) question = {0};
    if (letter->n_fds < 1)
        return fg_throw(error, FG_ERROR_INTERNAL, "a question without a parcel");
    return fg_parcel_open(letter->fds[0], kind->question, LARGEST_QUESTION, &question, error) &&
           kind->reply(kind->data, &question, letter->fds + 1, letter->n_fds - 1, answer, error);
}

static void
serve(gconstpointer data)
{
    const FgServiceKind *kind = data;
    fg_process_forget_environment(!kind->environment);
    /* How long it may work and in how much room, the parent says, from the first question on: two who say it
     * would take turns. */
    if (!fg_limit_files(kind->ceiling, NULL))
        _exit(EXIT_FAILURE);
    g_autoptr(GError) unfit = NULL;
    kind->enter(kind->data, &unfit);
    for (;;) {
        g_auto(FgLetter) letter = {0};
        if (!fg_channel_receive(FG_CHANNEL_FD, TRUE, &letter, NULL))
            return;
        g_autoptr(GError) failure = unfit ? g_error_copy(unfit) : NULL;
        g_auto(FgParcel) answer = {0};
        FgMessage message = {.kind = FG_SAYS_DONE, .id = letter.message.id};
        if (unfit || !answer_one(kind, &letter, &answer, &failure)) {
            fg_parcel_clear(&answer);
            answer = fg_parcel(fg_wire_error(failure));
            message.kind = FG_SAYS_FAILED;
        }
        g_auto(FgFd) parcel = fg_parcel_seal(&answer, NULL);
        if (parcel < 0 || !fg_channel_send(FG_CHANNEL_FD, &message, &parcel, 1, NULL))
            return;
    }
}

/* ---- In the parent ---- */

FgService
fg_service(const FgServiceKind *kind)
{
    return (FgService){.kind = kind, .process = FG_NO_PROCESS};
}

void
fg_service_clear(FgService *service)
{
    fg_process_stop(&service->process);
}

/* Waits until something can be read, or the deadline. A hang-up counts as readable. */
static gboolean
wait_readable(int fd, gint64 deadline)
{
    for (;;) {
        gint64 left = (deadline - g_get_monotonic_time() + 999) / 1000;
        if (left <= 0)
            return FALSE;
        struct pollfd entry = {.fd = fd, .events = POLLIN};
        if (poll(&entry, 1, (int)MIN(left, G_MAXINT)) > 0)
            return TRUE;
    }
}

/* What this question may take. Files count by their size, which a mapping of them takes at least. */
static gboolean
limit(const FgService *service, const int *fds, guint n_fds, guint seconds, GError **error)
{
    guint64 files = 0;
    struct stat info;
    for (guint i = 0; i < n_fds; i++)
        if (fstat(fds[i], &info) == 0)
            files += (guint64)MAX(info.st_size, 0);
    guint64 space = service->inherited + service->kind->memory + files * service->kind->copies;
    return fg_limit_work(service->process.pid, seconds, service->kind->memory ? space : 0, error);
}

static gboolean
exchange(FgService *service, const FgParcel *question, const int *fds, guint n_fds, guint seconds,
         FgLetter *letter, GError **error)
{
    int sent[FG_MESSAGE_FDS];
    g_assert(n_fds < FG_MESSAGE_FDS);
    g_auto(FgFd) parcel = fg_parcel_seal(question, error);
    if (parcel < 0)
        return FALSE;
    sent[0] = parcel;
    for (guint i = 0; i < n_fds; i++)
        sent[i + 1] = fds[i];
    const FgMessage message = {.kind = FG_SAYS_ASK, .id = ++service->asked};
    if (!limit(service, sent, n_fds + 1, seconds, error) ||
        !fg_channel_send(service->process.channel, &message, sent, n_fds + 1, error))
        return FALSE;
    gint64 deadline = g_get_monotonic_time() + (gint64)seconds * WALL_FACTOR * G_USEC_PER_SEC;
    if (!wait_readable(service->process.channel, deadline))
        return fg_throw(error, FG_ERROR_WORKER, "process took longer than %u s", seconds * WALL_FACTOR);
    return fg_channel_receive(service->process.channel, TRUE, letter, error);
}

static gboolean
open_answer(const FgService *service, const FgLetter *letter, FgParcel *answer, GError **error)
{
    gboolean done = letter->message.kind == FG_SAYS_DONE;
    if (letter->n_fds != 1 || letter->message.id != service->asked ||
        (!done && letter->message.kind != FG_SAYS_FAILED))
        return fg_throw(error, FG_ERROR_WORKER, "the process said something else than an answer");
    if (done)
        return fg_parcel_open(letter->fds[0], service->kind->answer, service->kind->ceiling, answer, error);
    g_auto(FgParcel) failure = {0};
    if (!fg_parcel_open(letter->fds[0], FG_WIRE_ERROR, service->kind->ceiling, &failure, error))
        return FALSE;
    g_propagate_error(error, fg_wire_error_read(failure.header));
    return FALSE;
}

/* After any trouble the process can't be trusted to be in step any more. If it died by itself, that is the
 * reason to tell; our own SIGKILL does not change how a process ends that is dying already. */
static void
give_up(FgService *service, guint seconds, GError **error)
{
    int status = fg_process_stop(&service->process);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        return;
    g_clear_error(error);
    if (fg_process_throw_of_size(status, error))
        return;
    g_autofree char *how = fg_process_describe(status);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        fg_throw(error, FG_ERROR_WORKER, "process took longer than %u s of CPU", seconds);
    else
        fg_throw(error, FG_ERROR_WORKER, "process %s", how);
}

gboolean
fg_service_ask(FgService *service, const FgParcel *question, const int *fds, guint n_fds, guint seconds,
               FgParcel *answer, GError **error)
{
    *answer = (FgParcel){0};
    if (service->process.pid == 0) {
        service->inherited = fg_address_space();
        if (!fg_process_start(&service->process, service->kind->name, serve, service->kind, error))
            return FALSE;
    }
    g_auto(FgLetter) letter = {0};
    GError *failure = NULL;
    if (exchange(service, question, fds, n_fds, seconds, &letter, &failure) &&
        open_answer(service, &letter, answer, &failure))
        return TRUE;
    if (failure->code == FG_ERROR_WORKER)
        give_up(service, seconds, &failure);
    g_propagate_error(error, failure);
    return FALSE;
}
