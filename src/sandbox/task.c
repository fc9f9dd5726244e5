/* task.c: bytes and open files to work on in the sandbox, bytes back. */
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#define MEMORY ((guint64)1536 << 20) /* a photo's default limit */
#define COPIES 8 /* of its files that work may hold: as it was, as it becomes, and growing buffers */

struct FgSandboxTask {
    const FgSandboxTaskKind *kind;
    FgServiceKind service_kind;
    FgService service;
};

static gboolean
enter(gconstpointer data, GError **error)
{
    const FgSandboxTaskKind *kind = data;
    if (kind->prepare && !kind->prepare(kind->data, error))
        return FALSE;
    fg_sandbox_enter(&FG_SANDBOX_NO_FILES);
    return TRUE;
}

static gboolean
reply(gconstpointer data, const FgPayload *question, const int *fds, guint n_fds, FgPayload *answer,
      GError **error)
{
    const FgSandboxTaskKind *kind = data;
    if (question->blobs->len != 1)
        return fg_throw(error, FG_ERROR_INTERNAL, "a question without bytes");
    g_autoptr(GBytes) bytes = kind->work(kind->data, question->blobs->pdata[0], fds, n_fds, error);
    if (!bytes)
        return FALSE;
    *answer = fg_payload(NULL);
    g_ptr_array_add(answer->blobs, g_steal_pointer(&bytes));
    return TRUE;
}

FgSandboxTask *
fg_sandbox_task_new(const FgSandboxTaskKind *kind)
{
    FgSandboxTask *task = g_new0(FgSandboxTask, 1);
    task->kind = kind;
    task->service_kind = (FgServiceKind){
        .name = kind->name,
        .ceiling = kind->ceiling,
        .memory = MEMORY,
        .copies = COPIES,
        .data = kind,
        .enter = enter,
        .reply = reply,
    };
    task->service = fg_service(&task->service_kind);
    return task;
}

void
fg_sandbox_task_free(FgSandboxTask *task)
{
    if (!task)
        return;
    fg_service_clear(&task->service);
    g_free(task);
}

int
fg_sealed_file(GBytes *bytes, GError **error)
{
    g_auto(FgFd) fd = memfd_create("filigrane", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) {
        fg_throw_errno(error, FG_ERROR_INTERNAL, errno, "can't make a file in memory");
        return -1;
    }
    if (!fg_write_all(fd, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error))
        return -1;
    /* Else the process that reads it could change what others see. */
    if (fcntl(fd, F_ADD_SEALS, FG_SEALS) != 0) {
        fg_throw_errno(error, FG_ERROR_INTERNAL, errno, "can't seal a file in memory");
        return -1;
    }
    int file = fd;
    fd = -1;
    return file;
}

GBytes *
fg_sandbox_task_ask(FgSandboxTask *task, GBytes *question, const int *files, guint n_files, GError **error)
{
    g_assert(n_files <= FG_TASK_FILES);
    g_auto(FgPayload) asked = fg_payload(NULL), answer = {0};
    g_ptr_array_add(asked.blobs, g_bytes_ref(question));
    if (!fg_service_ask(&task->service, &asked, files, n_files, task->kind->seconds, &answer, error))
        return NULL;
    if (answer.blobs->len != 1)
        return fg_throw_no_answer(error), NULL;
    return g_bytes_ref(answer.blobs->pdata[0]);
}
