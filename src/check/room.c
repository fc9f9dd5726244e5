/* room.c: memory that this process fills with small files and the one that reads them only sees: a file that
 * lies there costs neither a descriptor nor a second reading. */
#include "check/check_private.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define SIZE ((gsize)1 << 20) /* stays in a processor's cache */
#define LARGEST ((gsize)64 << 10)
#define ALIGNMENT 16

/* Our mapping is older than the seal and does not go along to children; theirs can't be made writable. */
static gboolean
share(int fd, FgRoom *room)
{
    if (ftruncate(fd, (off_t)SIZE) != 0)
        return FALSE;
    room->filled = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (room->filled == MAP_FAILED || madvise(room->filled, SIZE, MADV_DONTFORK) != 0 ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
        return FALSE;
    room->shown = mmap(NULL, SIZE, PROT_READ, MAP_SHARED, fd, 0);
    return room->shown != MAP_FAILED;
}

FgRoom
fg_room(void)
{
    FgRoom room = {MAP_FAILED, MAP_FAILED, 0};
    int fd = memfd_create("filigrane", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0 || !share(fd, &room))
        fg_room_clear(&room);
    if (fd >= 0)
        close(fd);
    return room;
}

void
fg_room_clear(FgRoom *room)
{
    if (room->filled != MAP_FAILED)
        munmap(room->filled, SIZE);
    if (room->shown != MAP_FAILED)
        munmap((gpointer)room->shown, SIZE);
    *room = (FgRoom){MAP_FAILED, MAP_FAILED, SIZE};
}

void
fg_room_empty(FgRoom *room)
{
    room->used = room->filled != MAP_FAILED ? 0 : SIZE;
}

gboolean
fg_room_is_full(const FgRoom *room)
{
    return room->filled != MAP_FAILED && SIZE - room->used < LARGEST;
}

gboolean
fg_room_take(FgRoom *room, int fd, guint64 size, guint32 *offset, guint32 *length)
{
    if (size > LARGEST || size > SIZE - room->used)
        return FALSE;
    gsize done = 0;
    while (done < size) {
        ssize_t count = pread(fd, room->filled + room->used + done, size - done, (off_t)done);
        if (count < 0)
            return FALSE; /* Who reads the descriptor is told why. */
        if (count == 0)
            break;
        done += (gsize)count;
    }
    *offset = (guint32)room->used;
    *length = (guint32)done;
    room->used += MIN((done + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT, SIZE - room->used);
    return TRUE;
}
