/* reserve.c: room on the disk that is kept back while photos fill it, so that what was finished can still be
 * written into the manifest. */
#include "publish/publish_private.h"

#include <fcntl.h>
#include <unistd.h>

enum { BASE = 64 << 10, BYTES_A_PHOTO = 3000, BYTES_A_FILE = 700 };

static goffset
size_of(const char *out, const char *name)
{
    g_autofree char *path = g_build_filename(out, name, NULL);
    struct stat info;
    return stat(path, &info) == 0 ? info.st_size : 0;
}

/* A generous guess at what manifest and state will hold; both are written beside their former selves. */
static goffset
guess(const char *out, const FgPlan *plan)
{
    goffset bytes = BASE + size_of(out, "filigrane.json") + size_of(out, ".filigrane/state");
    for (guint i = 0; i < plan->photos->len; i++) {
        const FgPlanned *planned = plan->photos->pdata[i];
        bytes += BYTES_A_PHOTO;
        for (guint d = 0; planned->derivatives && d < planned->derivatives->len; d++)
            bytes +=
                BYTES_A_FILE * (goffset)((const FgDerivative *)planned->derivatives->pdata[d])->outputs->len;
    }
    return bytes;
}

int
fg_reserve_take(const char *out, const FgPlan *plan)
{
    /* Without a name, so that it goes with the process whatever ends it. */
    int fd = open(out, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    goffset bytes = guess(out, plan);
    while (fd >= 0 && bytes >= BASE && posix_fallocate(fd, 0, bytes) != 0)
        bytes /= 2; /* On a disk that is nearly full some room is better than none. */
    return fd;
}

void
fg_reserve_release(int fd)
{
    if (fd < 0)
        return;
    /* A child may hold the descriptor still; the room is given back all the same. */
    int emptied = ftruncate(fd, 0);
    (void)emptied;
    close(fd);
}
