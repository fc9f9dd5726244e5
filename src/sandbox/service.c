#include "sandbox/sandbox.h"

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
answer_one(const FgServiceKind *kind, const FgMessage *received, FgPayload *answer, GError **error)
{
    g_auto(FgPayload) question = {0};
    if (received->n_fds < 1)
        return fg_throw(error, FG_ERROR_INTERNAL, "a question without a payload");
    return fg_payload_open(received->fds[0], LARGEST_QUESTION, &question, error) &&
           kind->reply(kind->data, &question, received->fds + 1, received->n_fds - 1, answer, error);
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
        g_auto(FgMessage) received = {0};
        if (!fg_channel_receive(FG_CHANNEL_FD, TRUE, &received, NULL))
            return;
        g_autoptr(GError) failure = unfit ? g_error_copy(unfit) : NULL;
        g_auto(FgPayload) answer = {0};
        FgMessageHead message = {.kind = FG_MSG_RESPONSE, .id = received.head.id};
        if (unfit || !answer_one(kind, &received, &answer, &failure)) {
            fg_payload_clear(&answer);
            GByteArray *record = g_byte_array_new();
            fg_put_error(record, failure);
            answer = fg_payload(record);
            message.kind = FG_MSG_ERROR;
        }
        g_auto(FgFd) payload = fg_payload_seal(&answer, NULL);
        if (payload < 0 || !fg_channel_send(FG_CHANNEL_FD, &message, &payload, 1, NULL))
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
exchange(FgService *service, const FgPayload *question, const int *fds, guint n_fds, guint seconds,
         FgMessage *received, GError **error)
{
    int sent[FG_MESSAGE_FDS];
    g_assert(n_fds < FG_MESSAGE_FDS);
    g_auto(FgFd) payload = fg_payload_seal(question, error);
    if (payload < 0)
        return FALSE;
    sent[0] = payload;
    for (guint i = 0; i < n_fds; i++)
        sent[i + 1] = fds[i];
    const FgMessageHead message = {.kind = FG_MSG_REQUEST, .id = ++service->asked};
    if (!limit(service, sent, n_fds + 1, seconds, error) ||
        !fg_channel_send(service->process.channel, &message, sent, n_fds + 1, error))
        return FALSE;
    gint64 deadline = g_get_monotonic_time() + (gint64)seconds * WALL_FACTOR * G_USEC_PER_SEC;
    if (!wait_readable(service->process.channel, deadline))
        return fg_throw(error, FG_ERROR_WORKER, "process took longer than %u s", seconds * WALL_FACTOR);
    return fg_channel_receive(service->process.channel, TRUE, received, error);
}

static gboolean
open_answer(const FgService *service, const FgMessage *received, FgPayload *answer, GError **error)
{
    gboolean done = received->head.kind == FG_MSG_RESPONSE;
    if (received->n_fds != 1 || received->head.id != service->asked ||
        (!done && received->head.kind != FG_MSG_ERROR))
        return fg_throw_no_answer(error);
    if (done)
        return fg_payload_open(received->fds[0], service->kind->ceiling, answer, error);
    g_auto(FgPayload) failure = {0};
    if (!fg_payload_open(received->fds[0], service->kind->ceiling, &failure, error))
        return FALSE;
    FgCursor at = fg_payload_record(&failure);
    g_propagate_error(error, fg_get_error(&at));
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
fg_service_ask(FgService *service, const FgPayload *question, const int *fds, guint n_fds, guint seconds,
               FgPayload *answer, GError **error)
{
    *answer = (FgPayload){0};
    if (service->process.pid == 0) {
        service->inherited = fg_address_space();
        if (!fg_process_start(&service->process, service->kind->name, serve, service->kind, error))
            return FALSE;
    }
    g_auto(FgMessage) received = {0};
    GError *failure = NULL;
    if (exchange(service, question, fds, n_fds, seconds, &received, &failure) &&
        open_answer(service, &received, answer, &failure))
        return TRUE;
    if (failure->code == FG_ERROR_WORKER)
        give_up(service, seconds, &failure);
    g_propagate_error(error, failure);
    return FALSE;
}
