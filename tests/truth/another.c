/* another.c: for LD_PRELOAD: what happens at the very moment of a call that changes a file.
 *
 * The calls of the first process are counted. FG_AT is a number of that count, or NAME for the first call of
 * that name, or NAME:N for the Nth; then, before the call is made,
 *
 * FG_RUN     is run by a shell, as another program would: its name is to come before the call
 * FG_KILL    set: the process is killed
 * FG_LOG     a file that gets a line a call: its number and name
 * FG_REFUSE  calls that the file system does not know: any of "tmpfile", "exchange", "xattr", "lease" */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static struct {
    pid_t pid;
    const char *run, *log, *refuse;
    char name[32];
    long at, count, of_name;
    int kills;
} another;

static char *
copy_of(const char *name)
{
    const char *value = getenv(name);
    return value ? strdup(value) : NULL; /* The program may wipe its environment. */
}

__attribute__((constructor)) static void
begin(void)
{
    const char *at = getenv("FG_AT");
    another.pid = getpid();
    another.run = copy_of("FG_RUN");
    another.log = copy_of("FG_LOG");
    another.refuse = copy_of("FG_REFUSE");
    another.kills = getenv("FG_KILL") != NULL;
    another.at = 1;
    if (at && at[0] >= '0' && at[0] <= '9')
        another.at = strtol(at, NULL, 10);
    else if (at && sscanf(at, "%31[a-z0-9]:%ld", another.name, &another.at) < 1)
        abort();
    if (!at)
        another.at = 0;
    unsetenv("LD_PRELOAD");
}

static void
step(const char *name)
{
    int error = errno;
    if (getpid() != another.pid)
        return;
    another.count++;
    another.of_name += strcmp(name, another.name) == 0;
    if (another.log) {
        char line[64];
        int size = snprintf(line, sizeof line, "%ld %s\n", another.count, name);
        int file = (int)syscall(SYS_openat, AT_FDCWD, another.log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        syscall(SYS_write, file, line, size);
        syscall(SYS_close, file);
    }
    if (another.at > 0 && (another.name[0] ? strcmp(name, another.name) == 0 && another.of_name == another.at
                                           : another.count == another.at)) {
        if (another.run && system(another.run) != 0)
            abort();
        if (another.kills)
            kill(getpid(), SIGKILL);
    }
    errno = error;
}

static int
refuses(const char *what)
{
    return another.refuse && strstr(another.refuse, what);
}

int
openat(int folder, const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if ((flags & O_TMPFILE) == O_TMPFILE && refuses("tmpfile")) {
        errno = EOPNOTSUPP;
        return -1;
    }
    if (flags & (O_CREAT | O_TMPFILE))
        step("openat");
    return NEXT(openat)(folder, path, flags, mode);
}

ssize_t
write(int file, const void *data, size_t length)
{
    step("write");
    return NEXT(write)(file, data, length);
}

ssize_t
pwrite(int file, const void *data, size_t length, off_t offset)
{
    step("pwrite");
    return NEXT(pwrite)(file, data, length, offset);
}

ssize_t
copy_file_range(int from, off_t *at, int to, off_t *there, size_t length, unsigned flags)
{
    step("copy");
    return NEXT(copy_file_range)(from, at, to, there, length, flags);
}

int
fsync(int file)
{
    step("fsync");
    return NEXT(fsync)(file);
}

int
fchmod(int file, mode_t mode)
{
    step("fchmod");
    return NEXT(fchmod)(file, mode);
}

int
fsetxattr(int file, const char *name, const void *value, size_t size, int flags)
{
    step("fsetxattr");
    if (refuses("xattr")) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return NEXT(fsetxattr)(file, name, value, size, flags);
}

int
link(const char *from, const char *to)
{
    step("link");
    return NEXT(link)(from, to);
}

int
linkat(int from, const char *old, int to, const char *new, int flags)
{
    step("linkat");
    return NEXT(linkat)(from, old, to, new, flags);
}

int
renameat(int from, const char *old, int to, const char *new)
{
    step("renameat");
    return NEXT(renameat)(from, old, to, new);
}

int
renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    if (refuses("exchange")) {
        errno = EINVAL;
        return -1;
    }
    step("renameat2");
    return NEXT(renameat2)(from, old, to, new, flags);
}

int
unlinkat(int folder, const char *name, int flags)
{
    step("unlinkat");
    return NEXT(unlinkat)(folder, name, flags);
}
