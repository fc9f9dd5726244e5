/* limits.c: how much of the machine a process may take. */
#include "sandbox/sandbox.h"

#include <errno.h>
#include <sys/resource.h>
#include <time.h>

#define DESCRIPTORS 32 /* that a process behind walls has open at once */

/* A new border, within what this machine's owner allows at all; `final` leaves no way back. */
static gboolean
limit_one(pid_t pid, __rlimit_resource_t resource, guint64 most, gboolean final, GError **error)
{
    struct rlimit now;
    if (prlimit(pid, resource, NULL, &now) == 0) {
        now.rlim_cur = MIN(most, now.rlim_max);
        if (final)
            now.rlim_max = now.rlim_cur;
        if (prlimit(pid, resource, &now, NULL) == 0)
            return TRUE;
    }
    return fg_throw_errno(error, FG_ERROR_INTERNAL, errno, "can't limit a process");
}

/* Seconds of CPU that a process has spent, the begun one included. */
static guint64
cpu_spent(pid_t pid)
{
    clockid_t clock;
    struct timespec spent = {0}; /* of a process that has just died: it asks for no more */
    if (clock_getcpuclockid(pid, &clock) == 0)
        clock_gettime(clock, &spent);
    return (guint64)spent.tv_sec + 1;
}

gboolean
fg_limit_work(pid_t pid, guint seconds, guint64 space, GError **error)
{
    if (seconds > 0 && !limit_one(pid, RLIMIT_CPU, cpu_spent(pid) + seconds, FALSE, error))
        return FALSE;
#ifdef FG_SANITIZED
    space = 0; /* A sanitizer takes terabytes of addresses. */
#endif
    return space == 0 || limit_one(pid, RLIMIT_AS, space, FALSE, error);
}

gboolean
fg_limit_files(guint64 bytes, GError **error)
{
    return limit_one(0, RLIMIT_NOFILE, DESCRIPTORS, TRUE, error) &&
           (bytes == 0 || limit_one(0, RLIMIT_FSIZE, bytes, TRUE, error));
}
