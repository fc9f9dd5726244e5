/* A file system that fails on demand, for LD_PRELOAD: each call that would change something below one folder
 * is counted and logged, and one of them fails, is cut short, or is the last thing the process does.
 *
 * FG_SHIM_BELOW   the folder, as a real path; only files in it count
 * FG_SHIM_LOG     a file that gets a line a call: its number, name, path, and for a write its length
 * FG_SHIM_AT      the number of the call that goes wrong, from 1 on; 0: none does
 * FG_SHIM_DO      "kill", "int" (SIGINT, the call itself is done), "short" (half is written, then the
 *                 disk is full), or an errno
 * FG_SHIM_STAYS   set: all later calls that need space fail, too, as on a disk that stays full
 * FG_SHIM_READ    a file that can't be read: each read of it is an I/O error */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static struct {
    const char *below, *log;
    long at, count;
    int error;
    int kills, interrupts, shortens, stays;
    struct stat unreadable;
} shim;

__attribute__((constructor)) static void
begin(void)
{
    const char *at = getenv("FG_SHIM_AT"), *act = getenv("FG_SHIM_DO"), *unreadable = getenv("FG_SHIM_READ");
    const char *below = getenv("FG_SHIM_BELOW"), *log = getenv("FG_SHIM_LOG");
    /* The program may wipe its environment. */
    shim.below = below ? strdup(below) : NULL;
    shim.log = log ? strdup(log) : NULL;
    shim.at = at ? strtol(at, NULL, 10) : 0;
    shim.kills = act && strcmp(act, "kill") == 0;
    shim.interrupts = act && strcmp(act, "int") == 0;
    shim.shortens = act && strcmp(act, "short") == 0;
    shim.error =
        act && !shim.kills && !shim.interrupts && !shim.shortens ? (int)strtol(act, NULL, 10) : ENOSPC;
    shim.stays = getenv("FG_SHIM_STAYS") != NULL;
    if (!unreadable || stat(unreadable, &shim.unreadable) != 0)
        shim.unreadable.st_ino = 0;
}

static int
is_below(const char *path)
{
    size_t length = shim.below ? strlen(shim.below) : 0;
    if (strstr(path, " (deleted)")) /* A file without a name: nobody sees what becomes of it. */
        return 0;
    return length > 0 && strncmp(path, shim.below, length) == 0 &&
           (path[length] == '/' || path[length] == '\0');
}

/* The path behind a descriptor; empty when it can't be told, as behind a worker's walls. */
static void
path_of(int fd, char path[PATH_MAX])
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = '\0';
}

static void
path_at(int folder, const char *name, char path[PATH_MAX])
{
    if (name[0] == '/' || folder == AT_FDCWD) {
        char here[PATH_MAX] = "";
        if (name[0] == '/' || !getcwd(here, sizeof here))
            here[0] = '\0';
        snprintf(path, PATH_MAX, "%.2000s%s%.2000s", here, here[0] ? "/" : "", name);
        return;
    }
    path_of(folder, path);
    size_t length = strlen(path);
    snprintf(path + length, PATH_MAX - length, "/%s", name);
}

/* What becomes of a call. */
enum { GOES_ON, FAILS, IS_CUT };

static int
count(const char *call, const char *path, size_t length)
{
    if (!is_below(path))
        return GOES_ON;
    long number = __atomic_add_fetch(&shim.count, 1, __ATOMIC_RELAXED);
    if (shim.log) {
        char line[PATH_MAX + 64];
        int size = snprintf(line, sizeof line, "%ld\t%s\t%zu\t%s\n", number, call, length, path);
        int fd =
            (int)syscall(SYS_openat, AT_FDCWD, shim.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        syscall(SYS_write, fd, line, size);
        syscall(SYS_close, fd);
    }
    int needs_space = strcmp(call, "close") && strcmp(call, "unlinkat");
    if (shim.at == 0 || number < shim.at || (number > shim.at && !(shim.stays && needs_space)))
        return GOES_ON;
    if (shim.kills)
        kill(getpid(), SIGKILL);
    if (shim.interrupts) {
        kill(getpid(), SIGINT);
        return GOES_ON;
    }
    errno = shim.error;
    return shim.shortens && number == shim.at && strcmp(call, "write") == 0 && length > 1 ? IS_CUT : FAILS;
}

/* ---- Calls that change something ---- */

ssize_t
write(int fd, const void *data, size_t length)
{
    char path[PATH_MAX];
    path_of(fd, path);
    int fate = count("write", path, length);
    return fate == FAILS ? -1 : NEXT(write)(fd, data, fate == IS_CUT ? length / 2 : length);
}

int
fsync(int fd)
{
    char path[PATH_MAX];
    path_of(fd, path);
    return count("fsync", path, 0) == FAILS ? -1 : NEXT(fsync)(fd);
}

/* Linux lets go of the descriptor even when it tells an error. */
int
close(int fd)
{
    char path[PATH_MAX];
    path_of(fd, path);
    int flags = path[0] ? fcntl(fd, F_GETFL) : 0;
    int fate = flags >= 0 && (flags & O_ACCMODE) != O_RDONLY ? count("close", path, 0) : GOES_ON;
    int error = errno, closed = NEXT(close)(fd);
    if (fate == FAILS)
        errno = error;
    return fate == FAILS ? -1 : closed;
}

int
renameat(int from, const char *old, int to, const char *new)
{
    char path[PATH_MAX];
    path_at(to, new, path);
    return count("renameat", path, 0) == FAILS ? -1 : NEXT(renameat)(from, old, to, new);
}

/* A new picture gets its name by this one, which may replace nothing: the same to whoever counts. */
int
renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    char path[PATH_MAX];
    path_at(to, new, path);
    return count("renameat", path, 0) == FAILS ? -1 : NEXT(renameat2)(from, old, to, new, flags);
}

int
unlinkat(int folder, const char *name, int flags)
{
    char path[PATH_MAX];
    path_at(folder, name, path);
    return count("unlinkat", path, 0) == FAILS ? -1 : NEXT(unlinkat)(folder, name, flags);
}

int
mkdir(const char *name, mode_t mode)
{
    char path[PATH_MAX];
    path_at(AT_FDCWD, name, path);
    struct stat info;
    int there = stat(name, &info) == 0; /* Making one that is there takes no space. */
    return !there && count("mkdir", path, 0) == FAILS ? -1 : NEXT(mkdir)(name, mode);
}

int
openat(int folder, const char *name, int flags, ...)
{
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    char path[PATH_MAX];
    path_at(folder, name, path);
    int makes = (flags & O_CREAT) != 0;
    return makes && count("openat", path, 0) == FAILS ? -1 : NEXT(openat)(folder, name, flags, mode);
}

/* ---- Reading ---- */

static int
is_unreadable(int fd)
{
    struct stat info;
    return shim.unreadable.st_ino && fstat(fd, &info) == 0 && info.st_ino == shim.unreadable.st_ino &&
           info.st_dev == shim.unreadable.st_dev;
}

ssize_t
pread(int fd, void *data, size_t length, off_t offset)
{
    if (is_unreadable(fd)) {
        errno = EIO;
        return -1;
    }
    return NEXT(pread)(fd, data, length, offset);
}
