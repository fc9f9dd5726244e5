/* Memory that runs out on demand, for LD_PRELOAD: in one process of a run, the N-th request for memory and
 * all later ones get none, as when a limit is reached.
 *
 * FG_SHIM_PROCESS   the name of that process, as it gives it to the kernel: "fg-photo"; unset: the parent of
 * all FG_SHIM_CHILD     which one of that name, counted from 1 on in the order of their start; 0: each of
 * them FG_SHIM_MALLOC    the number of the request, counted from the moment the process has its name; 0: none
 * FG_SHIM_ONCE      set: only that request gets none */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static struct {
    char process[32];
    long child, at, count, forks;
    int once, armed;
} shim;

__attribute__((constructor)) static void
begin(void)
{
    const char *process = getenv("FG_SHIM_PROCESS"), *child = getenv("FG_SHIM_CHILD"),
               *at = getenv("FG_SHIM_MALLOC");
    strncpy(shim.process, process ? process : "", sizeof shim.process - 1);
    shim.child = child ? strtol(child, NULL, 10) : 0;
    shim.at = at ? strtol(at, NULL, 10) : 0;
    shim.once = getenv("FG_SHIM_ONCE") != NULL;
    shim.armed = !process && shim.at > 0;
}

static int
runs_out(void)
{
    if (!shim.armed)
        return 0;
    long number = __atomic_add_fetch(&shim.count, 1, __ATOMIC_RELAXED);
    if (number < shim.at || (shim.once && number > shim.at))
        return 0;
    errno = ENOMEM;
    return 1;
}

/* ---- When the counting begins ---- */

/* A process counts the children that it starts, so that each knows which one it is. */
pid_t
fork(void)
{
    pid_t (*next)(void) = (pid_t(*)(void))dlsym(RTLD_NEXT, "fork");
    shim.forks++;
    return next();
}

int
prctl(int option, ...)
{
    va_list rest;
    unsigned long a[4];
    va_start(rest, option);
    for (int i = 0; i < 4; i++)
        a[i] = va_arg(rest, unsigned long);
    va_end(rest);
    if (option == PR_SET_NAME) {
        const char *name = (const char *)a[0];
        shim.armed = shim.process[0] && shim.at > 0 && strcmp(name, shim.process) == 0 &&
                     (!shim.child || shim.child == shim.forks);
        if (strcmp(name, "fg-photo") != 0)
            shim.forks = 0;
    }
    return (int)syscall(SYS_prctl, option, a[0], a[1], a[2], a[3]);
}

/* ---- Memory ---- */

void *
malloc(size_t size)
{
    return runs_out() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
    return runs_out() ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
    return runs_out() ? NULL : __libc_realloc(old, size);
}

void *
memalign(size_t alignment, size_t size)
{
    return runs_out() ? NULL : __libc_memalign(alignment, size);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
    return runs_out() ? NULL : __libc_memalign(alignment, size);
}

int
posix_memalign(void **memory, size_t alignment, size_t size)
{
    *memory = runs_out() ? NULL : __libc_memalign(alignment, size);
    return *memory ? 0 : ENOMEM;
}
