/* Walls that go up without effect, for LD_PRELOAD: what they cost is seen by comparing, and tools that watch
 * a program from within it, as valgrind does, can follow it into all of its processes. Never for photos that
 * one does not know. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/types.h>

/* ---- seccomp: no rule is compiled, no filter loaded ---- */

int
seccomp_rule_add(void *filter, unsigned action, int call, unsigned count, ...)
{
    (void)filter, (void)action, (void)call, (void)count;
    return 0;
}

int
seccomp_rule_add_array(void *filter, unsigned action, int call, unsigned count, const void *arguments)
{
    (void)filter, (void)action, (void)call, (void)count, (void)arguments;
    return 0;
}

int
seccomp_load(void *filter)
{
    (void)filter;
    return 0;
}

/* ---- Landlock: as on a kernel that has none ---- */

long
syscall(long number, ...)
{
    long words[6];
    va_list list;
    va_start(list, number);
    for (int i = 0; i < 6; i++)
        words[i] = va_arg(list, long);
    va_end(list);
    if (number >= SYS_landlock_create_ruleset && number <= SYS_landlock_restrict_self) {
        errno = ENOSYS;
        return -1;
    }
    long (*next)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    return next(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

/* ---- Limits: told, and not set ---- */

int
prlimit(pid_t pid, __rlimit_resource_t resource, const struct rlimit *limit, struct rlimit *old)
{
    int (*next)(pid_t, __rlimit_resource_t, const struct rlimit *, struct rlimit *) =
        (int (*)(pid_t, __rlimit_resource_t, const struct rlimit *, struct rlimit *))dlsym(RTLD_NEXT,
                                                                                           "prlimit");
    (void)limit;
    return old ? next(pid, resource, NULL, old) : 0;
}
