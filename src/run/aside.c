/* aside.c: a service for work of other rooms: bytes and open files in, bytes out. */
#include "run/run_private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#define MEMORY ((guint64)1536 << 20) /* a photo's default limit */
#define COPIES 8 /* of its files that work may hold: as it was, as it becomes, and growing buffers */

struct FgAside {
    const FgAsideKind *kind;
    FgServiceKind service_kind;
    FgService service;
};

static gboolean
enter(gconstpointer data, GError **error)
{
    const FgAsideKind *kind = data;
    /* libvips reads files of its own when it starts, and nothing was rendered before the fork. */
    if (kind->pixels && !fg_pixels_init(error))
        return FALSE;
    fg_sandbox_enter(&FG_WALLS_CLOSED);
    return TRUE;
}

static gboolean
reply(gconstpointer data, const FgParcel *question, const int *fds, guint n_fds, FgParcel *answer,
      GError **error)
{
    const FgAsideKind *kind = data;
    if (question->blobs->len != 1)
        return fg_throw(error, FG_ERROR_INTERNAL, "a question without bytes");
    g_autoptr(GBytes) bytes = kind->work(kind->data, question->blobs->pdata[0], fds, n_fds, error);
    if (!bytes)
        return FALSE;
    *answer = fg_parcel(g_variant_new("()"));
    g_ptr_array_add(answer->blobs, g_steal_pointer(&bytes));
    return TRUE;
}

FgAside *
fg_aside_new(const FgAsideKind *kind)
{
    FgAside *aside = g_new0(FgAside, 1);
    aside->kind = kind;
    aside->service_kind = (FgServiceKind){
        .name = kind->name,
        .question = "()",
        .answer = "()",
        .ceiling = kind->ceiling,
        .memory = MEMORY,
        .copies = COPIES,
        .data = kind,
        .enter = enter,
        .reply = reply,
    };
    aside->service = fg_service(&aside->service_kind);
    return aside;
}

void
fg_aside_free(FgAside *aside)
{
    if (!aside)
        return;
    fg_service_clear(&aside->service);
    g_free(aside);
}

int
fg_aside_file(GBytes *bytes, GError **error)
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
fg_aside_ask(FgAside *aside, GBytes *question, const int *files, guint n_files, GError **error)
{
    g_assert(n_files <= FG_ASIDE_FILES);
    g_auto(FgParcel) asked = fg_parcel(g_variant_new("()")), answer = {0};
    g_ptr_array_add(asked.blobs, g_bytes_ref(question));
    if (!fg_service_ask(&aside->service, &asked, files, n_files, aside->kind->seconds, &answer, error))
        return NULL;
    if (answer.blobs->len != 1)
        return fg_throw_null(error, FG_ERROR_WORKER, "the process said something else than an answer");
    return g_bytes_ref(answer.blobs->pdata[0]);
}
