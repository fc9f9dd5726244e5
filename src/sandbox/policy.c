#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

/* ---- Landlock: no path can be reached ---- */

/* The rights of each version of the interface, since the header of the build may be older than the kernel of
 * the run. */
#define LANDLOCK_FS_1 ((G_GUINT64_CONSTANT(1) << 13) - 1)
#define LANDLOCK_FS_REFER (G_GUINT64_CONSTANT(1) << 13)    /* 2 */
#define LANDLOCK_FS_TRUNCATE (G_GUINT64_CONSTANT(1) << 14) /* 3 */
#define LANDLOCK_FS_IOCTL (G_GUINT64_CONSTANT(1) << 15)    /* 5 */
#define LANDLOCK_NET_4 G_GUINT64_CONSTANT(3)               /* TCP: bind, connect */
#define LANDLOCK_SCOPED_6 G_GUINT64_CONSTANT(3)            /* abstract sockets, signals */

typedef struct {
    guint64 fs, net, scoped;
} Ruleset;

static int
landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

static Ruleset
forbidden(int version)
{
    Ruleset set = {.fs = LANDLOCK_FS_1};
    set.fs |= version >= 2 ? LANDLOCK_FS_REFER : 0;
    set.fs |= version >= 3 ? LANDLOCK_FS_TRUNCATE : 0;
    set.fs |= version >= 5 ? LANDLOCK_FS_IOCTL : 0;
    set.net = version >= 4 ? LANDLOCK_NET_4 : 0;
    set.scoped = version >= 6 ? LANDLOCK_SCOPED_6 : 0;
    return set;
}

/* Lets a file, or all below a folder, be read; what is not there needs no rule. */
static gboolean
allow_reading(int ruleset, const char *path)
{
    g_auto(FgFd) fd = open(path, O_PATH | O_CLOEXEC);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0)
        return TRUE;
    struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE,
                                              .parent_fd = fd};
    if (S_ISDIR(info.st_mode))
        rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

static gboolean
forbid_paths(const FgSandboxPolicy *policy)
{
    const Ruleset set = forbidden(landlock_version());
    /* An older kernel takes the longer struct as long as what it does not know is zero. */
    g_auto(FgFd) fd = (int)syscall(SYS_landlock_create_ruleset, &set, sizeof set, 0);
    gboolean fine = fd >= 0;
    for (char **path = policy->readable; fine && path && *path; path++)
        fine = allow_reading(fd, *path);
    return fine && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
}

/* ---- seccomp: few calls are left ---- */

/* What decoders need once everything is loaded: memory, threads, time, and descriptors that they hold. */
static const int common_calls[] = {
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(readv),
    SCMP_SYS(write),
    SCMP_SYS(pwrite64),
    SCMP_SYS(writev),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(fcntl),
    SCMP_SYS(ftruncate),
    SCMP_SYS(dup),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(memfd_create),
    SCMP_SYS(sendmsg),
    SCMP_SYS(recvmsg),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(futex),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(eventfd2),
};

/* What fontconfig and FreeType need besides. */
static const int reading_calls[] = {
    SCMP_SYS(open),     SCMP_SYS(openat),     SCMP_SYS(access), SCMP_SYS(faccessat),  SCMP_SYS(faccessat2),
    SCMP_SYS(stat),     SCMP_SYS(lstat),      SCMP_SYS(statx),  SCMP_SYS(statfs),     SCMP_SYS(fstatfs),
    SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(getdents64), SCMP_SYS(uname),
    SCMP_SYS(getuid),   SCMP_SYS(geteuid),    SCMP_SYS(getgid), SCMP_SYS(getegid),
};

/* What no decoder ever asks for: who does is not a decoder any more. */
static const int fatal_calls[] = {
    SCMP_SYS(execve),           SCMP_SYS(execveat),          SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
};

static gboolean
allow_all(scmp_filter_ctx filter, const int *calls, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
            return FALSE;
    return TRUE;
}

/* Calls that are fine with some arguments: no code is made or loaded, threads but no processes, signals of
 * this process alone, limits looked at but not moved. */
static gboolean
allow_some(scmp_filter_ctx filter, const FgSandboxPolicy *policy)
{
    const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const struct scmp_arg_cmp a_thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
    const struct scmp_arg_cmp asking[] = {SCMP_A0(SCMP_CMP_EQ, 0, 0), SCMP_A2(SCMP_CMP_EQ, 0, 0)};
    const struct scmp_arg_cmp own_pid = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0);
    const struct scmp_arg_cmp naming = SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME, 0);
    const guint codes = policy->loads ? 0 : 1;
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), codes, &no_code) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), codes, &no_code) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, &a_thread) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, asking) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &own_pid) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, &naming) == 0 &&
           /* The C library then falls back to clone, whose flags a filter can see. */
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

static gboolean
forbid_calls(const FgSandboxPolicy *policy)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return FALSE;
    gboolean fine = allow_all(filter, common_calls, G_N_ELEMENTS(common_calls)) &&
                    allow_some(filter, policy) &&
                    (!policy->readable || allow_all(filter, reading_calls, G_N_ELEMENTS(reading_calls)));
    for (gsize i = 0; fine && i < G_N_ELEMENTS(fatal_calls); i++)
        fine = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, fatal_calls[i], 0) == 0;
    fine = fine && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return fine;
}

/* ---- Both ---- */

/* A kernel with filters looks at the address of one, and one without at nothing. */
static gboolean
has_seccomp(void)
{
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) != 0 && errno == EFAULT;
}

void
fg_sandbox_enter(const FgSandboxPolicy *policy)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    /* A kernel without a wall is told by fg_sandbox_protection; a wall that it has and that does not go up
     * must not leave a process that goes on without. */
    gboolean paths = landlock_version() == 0 || forbid_paths(policy);
    gboolean calls = !has_seccomp() || forbid_calls(policy);
    if (!paths || !calls)
        _exit(EXIT_FAILURE);
}

const char *
fg_sandbox_missing(void)
{
    gboolean paths = landlock_version() > 0, calls = has_seccomp();
    if (!paths && !calls)
        return "Landlock, seccomp";
    return !paths ? "Landlock" : !calls ? "seccomp" : NULL;
}

char *
fg_sandbox_protection(void)
{
    int landlock = landlock_version();
    g_autofree char *paths =
        landlock > 0 ? g_strdup_printf(", Landlock (version %d)", landlock) : g_strdup("");
    return g_strdup_printf("a process a photo, limits%s%s", has_seccomp() ? ", seccomp" : "", paths);
}
