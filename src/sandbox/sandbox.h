/* sandbox.h: processes that read what nobody can vouch for.
 *
 * A file from anywhere may hold what takes over the code that reads it. Such code therefore runs in a child
 * process that can do nothing but compute and answer, and the parent checks the answer:
 *
 *     parent                                         child
 *     opens the file, holds paths and keys           holds one channel, and the files of one request
 *     fg_sandbox_task_ask ──── request, files ────►  work(): parses, decodes
 *     checks the answer  ◄──── answer or error ────  can't open, connect, start, trace or signal
 *     writes                                         dies with its parent, or alone
 *
 * Who may what, from the moment when the sandbox is entered:
 *
 *   files     none can be opened; with FgSandboxPolicy.readable those alone, to be read (Landlock, seccomp)
 *   network   none (seccomp; Landlock for TCP)
 *   programs  none can be started, no process traced or signalled (seccomp; Landlock for signals)
 *   code      none can be mapped, but with FgSandboxPolicy.loads (seccomp)
 *   CPU       `seconds` a request; addresses: what it began with, 1.5 GiB, and eight times its files
 *   files made in memory: as large as an answer may be; 32 descriptors; no core
 *
 * What the kernel lacks is left out, and fg_sandbox_protection tells it; what it has and refuses ends the
 * child. What a hijacked child can still do: answer falsely about the files that it holds, and use its time.
 *
 * The layers, each on the ones before it: policy.c (Landlock, seccomp), limits.c (rlimits), process.c (a
 * child that inherits one channel), channel.c (messages and descriptors), payload.c (what is larger: sealed
 * memory), service.c (requests one by one, the child started again after it died), task.c (bytes in, bytes
 * out: what most callers want). machine.c says what there is to share out. An example:
 *
 *     static GBytes *work(gconstpointer data, GBytes *request, const int *files, guint n, GError **error);
 *     const FgSandboxTaskKind kind = {.name = "fg-count", .seconds = 60, .ceiling = 4096, .work = work};
 *     g_autoptr(FgSandboxTask) task = fg_sandbox_task_new(&kind);
 *     g_autoptr(GBytes) answer = fg_sandbox_task_ask(task, request, &file, 1, &error);
 */
#ifndef FG_SANDBOX_H
#define FG_SANDBOX_H

#include <sys/types.h>

#include "base/base.h"

/* ---- task.c ---- */

#define FG_TASK_FILES 16 /* open files that go along with one request, at most */

typedef struct {
    const char *name;   /* of the process; 15 bytes at most */
    guint seconds;      /* of CPU for one request; ten times that by the clock */
    gsize ceiling;      /* bytes of an answer */
    gconstpointer data; /* for the work; what it points to is inherited as it is when the process starts */
    /* In the child before it enters the sandbox, to load what the work needs; NULL: nothing. When it fails,
     * each request is answered by its error. */
    gboolean (*prepare)(gconstpointer data, GError **error);
    /* In the sandbox; the files stay the caller's. Returns the answer's bytes, or NULL with an error. */
    GBytes *(*work)(gconstpointer data, GBytes *request, const int *files, guint n_files, GError **error);
} FgSandboxTaskKind;

typedef struct FgSandboxTask FgSandboxTask;
FgSandboxTask *fg_sandbox_task_new(const FgSandboxTaskKind *kind); /* borrowed; nothing is started yet */
void fg_sandbox_task_free(FgSandboxTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgSandboxTask, fg_sandbox_task_free)

/* Asks and waits. FG_ERROR_WORKER says how the process died ("killed by SIGSEGV") or that it was too slow;
 * other errors are those of the work. The answer is what a process that may be hijacked says: check it. */
GBytes *fg_sandbox_task_ask(FgSandboxTask *task, GBytes *request, const int *files, guint n_files,
                            GError **error);

/* Bytes as an open file that nobody can change, for a request. Returns the descriptor, which the caller
 * closes, or -1. */
int fg_sealed_file(GBytes *bytes, GError **error);

/* ---- policy.c ---- */

typedef struct {
    char **readable; /* files, and folders with all below them; NULL: nothing can be opened at all */
    gboolean loads;  /* code from files may be mapped */
} FgSandboxPolicy;
#define FG_SANDBOX_NO_FILES ((FgSandboxPolicy){0})

/* Takes from this process, for good, all that the policy does not leave it. */
void fg_sandbox_enter(const FgSandboxPolicy *policy);

/* What this kernel offers, for --version: "a process a photo, limits, seccomp, Landlock (version 7)". The
 * caller frees. */
char *fg_sandbox_protection(void);

/* What of it this kernel lacks: "Landlock", "seccomp", "Landlock, seccomp"; NULL: nothing. */
const char *fg_sandbox_missing(void);

/* ---- limits.c: set before the sandbox, which keeps a process from moving its own. FG_ERROR_INTERNAL. ----
 */

/* What a process (0: this one) may still take: `seconds` more of CPU (0: no limit) and, but for sanitizers,
 * `space` bytes of addresses in all (0: no limit). The parent moves these from request to request. */
gboolean fg_limit_work(pid_t pid, guint seconds, guint64 space, GError **error);

/* For good, for this process: few descriptors, no file of more than `bytes` (0: no limit), of which one in
 * memory is one, too. */
gboolean fg_limit_files(guint64 bytes, GError **error);

/* ---- process.c: children that hold nothing of the parent's but one channel ---- */

typedef struct {
    pid_t pid;   /* 0: none */
    int channel; /* -1: none */
} FgProcess;
#define FG_NO_PROCESS ((FgProcess){.channel = -1})

#define FG_CHANNEL_FD 3 /* the child's end */

#define FG_HEAP_PIECE (32 << 20) /* the largest that the C library lets a heap hold */

/* Forks. In the child, `body` runs with FG_CHANNEL_FD open and nothing else but /dev/null on 0, 1 and 2; it
 * dies with its parent, ignores the terminal's signals, and exits with 0 when `body` returns. */
gboolean fg_process_start(FgProcess *process, const char *name, void (*body)(gconstpointer data),
                          gconstpointer data, GError **error);

/* Ends it at once, and returns how it ended (of waitpid; 0 when there was none). */
int fg_process_stop(FgProcess *process);

/* Overwrites the environment, which may hold secrets of the user; `all` FALSE: only our key. For children. */
void fg_process_forget_environment(gboolean all);

#define FG_ENDED_WITHOUT_MEMORY 90 /* status of a child that GLib could give no memory */
gboolean fg_process_had_no_memory(int wait_status);

/* TRUE, with FG_ERROR_OUTPUT, for a child that died of a limit of file sizes which this process has, too. */
gboolean fg_process_throw_of_size(int wait_status, GError **error);

/* "killed by SIGSEGV", "ended with status 1", "ran out of memory". The caller frees. */
char *fg_process_describe(int wait_status);

/* ---- channel.c: a message is one fixed head and a few descriptors; what is larger travels as a payload ----
 */

typedef enum {
    FG_MSG_REQUEST,  /* to a service: a payload, and descriptors to look at */
    FG_MSG_RESPONSE, /* the payload holds the answer */
    FG_MSG_ERROR,    /* the payload holds an error */
    FG_MSG_JOB,      /* to the zygote of a batch: start a worker */
    FG_MSG_KILL,     /* to the zygote: end the worker of this id */
    FG_MSG_EXITED,   /* from the zygote: the worker of this id ended */
    FG_N_MSG_KINDS
} FgMessageKind;

typedef struct {
    guint32 kind; /* FgMessageKind */
    guint32 id;
    gint64 values[3];
} FgMessageHead;

#define FG_MESSAGE_FDS (1 + FG_TASK_FILES)

typedef struct {
    FgMessageHead head;
    int fds[FG_MESSAGE_FDS]; /* owned */
    guint n_fds;
} FgMessage;

void fg_message_clear(FgMessage *message);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgMessage, fg_message_clear)

gboolean fg_channel_pair(int ends[2], GError **error);
gboolean fg_channel_send(int channel, const FgMessageHead *head, const int *fds, guint n_fds, GError **error);

/* Waits for one message, or with `wait` FALSE takes one that is there. FG_ERROR_WORKER when the other end is
 * gone, nothing is there, or what came is no message. */
gboolean fg_channel_receive(int channel, gboolean wait, FgMessage *message, GError **error);

/* ---- payload.c: a record and byte strings in a sealed memfd, so that a reader can check it once and for
 * all ---- */

typedef struct {
    GBytes *record;   /* base/ipc.h */
    GPtrArray *blobs; /* of GBytes, each 16-byte aligned */
} FgPayload;

void fg_payload_clear(FgPayload *payload);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgPayload, fg_payload_clear)

/* A payload of this record, which it takes (NULL: an empty one); blobs are added to `blobs`. */
FgPayload fg_payload(GByteArray *record);

/* At the start of its record. */
FgCursor fg_payload_record(const FgPayload *payload);

/* Of a file in memory that nobody can change any more. */
#define FG_SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

/* FG_ERROR_MEMORY when a file in memory can't take them. */
gboolean fg_write_all(int fd, const void *data, gsize length, GError **error);

/* Returns the sealed descriptor, or -1. */
int fg_payload_seal(const FgPayload *payload, GError **error);

/* Opens a payload that came over a channel: it must be sealed, of at most `ceiling` bytes, each length in its
 * bounds. FG_ERROR_WORKER says what is wrong. What the record says is for its reader to check. */
gboolean fg_payload_open(int fd, gsize ceiling, FgPayload *payload, GError **error);

/* FG_ERROR_WORKER: what came is no such record. Returns FALSE. */
gboolean fg_throw_no_answer(GError **error);

/* An error in a record. Only kinds that are a photo's own may come out of a child; others become
 * FG_ERROR_WORKER. Never NULL. */
void fg_put_error(GByteArray *record, const GError *error);
GError *fg_get_error(FgCursor *at);

/* ---- service.c: a process that answers one request at a time, and is started again after it died ---- */

typedef struct {
    const char *name;     /* of the process; 15 bytes at most */
    gboolean environment; /* keeps the environment (fontconfig wants it) */
    gsize ceiling;        /* bytes of an answer */
    guint64 memory;       /* bytes that it may take beside what it inherits */
    guint copies;         /* and this many times the files of a request */
    gconstpointer data;   /* for the two below; inherited by the child */
    /* In the child, whose limits are set already: loads what it needs and enters the sandbox. When it can't,
     * each request is answered by why, and none is opened. */
    gboolean (*enter)(gconstpointer data, GError **error);
    /* In the child. `fds` are the descriptors that came with the request, still owned by the caller. */
    gboolean (*reply)(gconstpointer data, const FgPayload *question, const int *fds, guint n_fds,
                      FgPayload *answer, GError **error);
} FgServiceKind;

typedef struct {
    const FgServiceKind *kind;
    FgProcess process;
    guint64 inherited; /* bytes of addresses that the process began with */
    guint32 asked;
} FgService;

FgService fg_service(const FgServiceKind *kind);
void fg_service_clear(FgService *service);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgService, fg_service_clear)

/* Asks and waits for at most `seconds` of CPU (wall: ten times that). Sets FG_ERROR_WORKER when the process
 * died or was too slow; other errors are the service's own. */
gboolean fg_service_ask(FgService *service, const FgPayload *question, const int *fds, guint n_fds,
                        guint seconds, FgPayload *answer, GError **error);

/* ---- machine.c ---- */

/* Processors that this process may use, the cgroup's quota respected; at least 1. */
guint fg_machine_processors(void);

/* Half of the memory that is free now, the cgroup's limit respected, in bytes. */
guint64 fg_machine_free_memory(void);

/* Bytes of addresses that this process uses, or a guess on the safe side. */
guint64 fg_address_space(void);

#endif
