/* run_private.h: what the files of run share: processes, channels between them, parcels on the channels, and
 * walls. */
#ifndef FG_RUN_PRIVATE_H
#define FG_RUN_PRIVATE_H

#include <sys/types.h>
#include <unistd.h>

#include "run/run.h"

/* ---- channel.c: a message is one fixed struct and a few descriptors; anything larger travels as a parcel.
 * ---- */

typedef enum {
    FG_SAYS_ASK,    /* parent to a service: a parcel and descriptors to look at */
    FG_SAYS_DONE,   /* the parcel holds the answer */
    FG_SAYS_FAILED, /* the parcel holds an error */
    FG_SAYS_JOB,    /* parent to zygote: see FgJobFd */
    FG_SAYS_KILL,   /* parent to zygote: end the worker of this id */
    FG_SAYS_ENDED,  /* zygote to parent: the worker of this id ended; values are FgEnd */
    FG_N_SAYINGS
} FgSaying;

typedef struct {
    guint32 kind; /* FgSaying */
    guint32 id;
    gint64 values[3];
} FgMessage;

/* The places in `values` of FG_SAYS_ENDED. */
typedef enum { FG_END_STATUS, FG_END_CPU_US, FG_END_PEAK_BYTES } FgEnd;

/* The descriptors of FG_SAYS_JOB. */
typedef enum { FG_JOB_CHANNEL, FG_JOB_PHOTO, FG_JOB_PARCEL, FG_JOB_LOG, FG_N_JOB_FDS } FgJobFd;

#define FG_MESSAGE_FDS (1 + FG_ASIDE_FILES)
_Static_assert(FG_N_JOB_FDS <= FG_MESSAGE_FDS, "a job fits into a message");

typedef struct {
    FgMessage message;
    int fds[FG_MESSAGE_FDS]; /* owned */
    guint n_fds;
} FgLetter;

void fg_letter_clear(FgLetter *letter);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgLetter, fg_letter_clear)

/* Closes a descriptor that is scoped with g_auto(FgFd); -1 is none. */
typedef int FgFd;
static inline void
fg_fd_clear(FgFd *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgFd, fg_fd_clear)

gboolean fg_channel_pair(int ends[2], GError **error);
gboolean fg_channel_send(int channel, const FgMessage *message, const int *fds, guint n_fds, GError **error);

/* Waits for one message, or with `wait` FALSE takes one that is there. FG_ERROR_WORKER when the other end is
 * gone, nothing is there, or what came is no message. */
gboolean fg_channel_receive(int channel, gboolean wait, FgLetter *letter, GError **error);

/* ---- parcel.c: a GVariant and byte strings in a sealed memfd, so that a reader can check it once and for
 * all. ---- */

typedef struct {
    GVariant *header;
    GPtrArray *blobs; /* of GBytes, each 16-byte aligned */
} FgParcel;

void fg_parcel_clear(FgParcel *parcel);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgParcel, fg_parcel_clear)

/* A parcel of this header, which is sunk; blobs are added to `blobs`. */
FgParcel fg_parcel(GVariant *header);

/* Of a file in memory that nobody can change any more. */
#define FG_SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

/* FG_ERROR_MEMORY when a file in memory can't take them. */
gboolean fg_write_all(int fd, const void *data, gsize length, GError **error);

/* Returns the sealed descriptor, or -1. */
int fg_parcel_seal(const FgParcel *parcel, GError **error);

/* Opens a parcel that came over a channel: it must be sealed, of at most `ceiling` bytes, each length in its
 * bounds, the header of this type and in normal form. FG_ERROR_WORKER says what is wrong. */
gboolean fg_parcel_open(int fd, const char *type, gsize ceiling, FgParcel *parcel, GError **error);

/* ---- wire.c: what crosses a border, as GVariants. The readers expect anything. ---- */

#define FG_WIRE_ERROR "(us)"
GVariant *fg_wire_error(const GError *error);
/* Only kinds that are a photo's own may come out of a child; others become FG_ERROR_WORKER. */
GError *fg_wire_error_read(GVariant *wire);

#define FG_WIRE_FACTS "a{sv}"
GVariant *fg_wire_facts(const FgFacts *facts);
FgFacts *fg_wire_facts_read(GVariant *wire);

#define FG_WIRE_RIGHTS "a{sv}"
GVariant *fg_wire_rights(const FgRights *rights);
FgRights *fg_wire_rights_read(GVariant *wire);

/* A drawn logo as bytes, and back (a view of the bytes, which it borrows); bounds are checked. */
GBytes *fg_wire_raster(const FgRaster *raster);
gboolean fg_wire_raster_view(GBytes *bytes, FgRaster *view, GError **error);

/* ---- process.c: children that hold nothing of the parent's but one channel. ---- */

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

/* ---- service.c: a process that answers one question at a time, and is started again after it died. ---- */

typedef struct {
    const char *name;     /* of the process; 15 bytes at most */
    const char *question; /* GVariant types */
    const char *answer;
    gboolean environment; /* keeps the environment (fontconfig wants it) */
    gsize ceiling;        /* bytes of an answer */
    guint64 memory;       /* bytes that it may take beside what it inherits */
    guint copies;         /* and this many times the files of a question */
    gconstpointer data;   /* for the two below; inherited by the child */
    /* In the child, whose limits are set already: loads what it needs and raises the walls. When it can't,
     * each question is answered by why, and none is opened. */
    gboolean (*enter)(gconstpointer data, GError **error);
    /* In the child. `fds` are the descriptors that came with the question, still owned by the caller. */
    gboolean (*reply)(gconstpointer data, const FgParcel *question, const int *fds, guint n_fds,
                      FgParcel *answer, GError **error);
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
gboolean fg_service_ask(FgService *service, const FgParcel *question, const int *fds, guint n_fds,
                        guint seconds, FgParcel *answer, GError **error);

/* ---- drawings.c: letterings and logos, drawn by their services, kept by the parent. ---- */

/* The lettering of `text` (or, when it is NULL, the logo as fg_wire_raster) for a mark on a picture of this
 * size. The caller unrefs. */
GBytes *fg_drawings_get(FgDrawings *drawings, const FgMarkSpec *spec, const char *text, int width, int height,
                        GError **error);

const FgProfile *fg_drawings_profile(const FgDrawings *drawings);

/* A question for the typesetter, which is sunk: a text, or a word. */
gboolean fg_drawings_ask(FgDrawings *drawings, GVariant *about, guint seconds, FgParcel *answer,
                         GError **error);

/* ---- fonts.c: what the typesetter says of fonts ---- */

#define FG_ASKS_IDENTITIES "identities"
#define FG_ASKS_NAMES "names"

/* In the typesetter: the answers, of type "as". */
GVariant *fg_fonts_identify(const FgProfile *profile);
GVariant *fg_fonts_name_all(void);

/* ---- order.c ---- */

/* The places of the wanted photos in the plan, in the order in which they are to be begun: those that need no
 * work first, then the largest, so that no large one is left for the end when all but one processor idle.
 * Returns a GArray of guint. */
GArray *fg_run_order(const FgPlan *plan, const gboolean *wanted);

/* ---- job.c: what one photo needs before a worker can have it. ---- */

/* Whether every file of the photo can have its name at all. FG_ERROR_PATH. */
gboolean fg_job_check_names(const FgPlanned *planned, GError **error);

/* The photo must still be the one whose header was read: the plan is made for that. Returns its descriptor,
 * or -1. */
int fg_job_open_photo(const FgPhoto *photo, const FgLimits *limits, GError **error);

/* A sealed parcel of all that a worker may know beside the plan and the photo: this photo's secret, never the
 * key, and its drawings. Returns its descriptor, or -1. */
int fg_job_pack(FgDrawings *drawings, const FgRunOptions *options, const FgPlanned *planned, GError **error);

/* Where a worker's libraries may write what they have to say. */
int fg_job_open_log(GError **error);

/* Whether a library complains of memory, in an error's text or in the log. */
gboolean fg_job_speaks_of_memory(const char *text);
gboolean fg_job_log_speaks_of_memory(int log);

/* ---- zygote.c and photo.c ---- */

typedef struct {
    const FgPlan *plan;
    const gboolean *wanted; /* one a photo */
    const FgRunOptions *options;
} FgZygote;

/* The body of the zygote process; data is an FgZygote. */
void fg_zygote(gconstpointer data);

/* The header of a job's parcel: the photo's secret, and for each drawing its derivative, mark and blob. */
#define FG_WIRE_JOB "(aya(uuu))"

/* The header of what a worker hands back: SHA-256 of the source, colour, placeholder, then derivative, mark,
 * visibility, worst glyph, tone for each mark. The blobs are the files in the order of the plan. An error
 * comes with its stage. */
#define FG_WIRE_PRODUCT "(sssa(uuddu))"
#define FG_WIRE_FAILURE "(s" FG_WIRE_ERROR ")"

/* Makes all files of one photo: everything that happens in a worker once it is walled in. FALSE with *stage.
 */
gboolean fg_photo_make(const FgPlan *plan, const FgPlanned *planned, int photo, const FgParcel *job,
                       FgParcel *product, const char **stage, GError **error);

/* The one static spelling of a stage that came from a worker, or NULL. */
const char *fg_stage_intern(const char *stage);

/* ---- machine.c: the parts with the file system's root as a parameter, for tests. ---- */

guint fg_machine_quota(const char *root, guint processors);
guint64 fg_machine_memory(const char *root);
guint64 fg_machine_addresses(const char *root);

/* Bytes of addresses that this process uses, or a guess on the safe side. */
guint64 fg_address_space(void);

/* ---- collect.c: the parent takes a worker's answer, trusts nothing in it, and puts the files in place. ----
 */

/* Reads the answer in `letter` into the outcome, audits every file, and writes all of them. FALSE with
 * *stage; the caller tells by the code whether the whole run must stop. */
gboolean fg_collect(const FgPlanned *planned, const FgRunOptions *options, gsize ceiling,
                    const FgLetter *letter, FgOutcome *outcome, const char **stage, GError **error);

/* ---- limits.c: how much of the machine a process may take. Limits are set before the walls, which keep a
 * process from moving its own. FG_ERROR_INTERNAL. ---- */

/* What a process (0: this one) may still take: `seconds` more of CPU (0: no limit) and, but for sanitizers,
 * `space` bytes of addresses in all (0: no limit). The parent moves these from question to question. */
gboolean fg_limit_work(pid_t pid, guint seconds, guint64 space, GError **error);

/* For good, for this process: few descriptors, no file of more than `bytes` (0: no limit), of which one in
 * memory is one, too. */
gboolean fg_limit_files(guint64 bytes, GError **error);

/* ---- sandbox.c ---- */

typedef struct {
    char **readable; /* files, and folders with all below them; NULL: nothing can be opened at all */
    gboolean loads;  /* code from files may be mapped */
} FgWalls;
#define FG_WALLS_CLOSED ((FgWalls){0})

/* Walls this process in, for good: no file but those to read, no network, no program, no other process. What
 * the kernel does not offer is left out; fg_run_protection says what it offers. A wall that does not go up
 * ends the process. */
void fg_sandbox_enter(const FgWalls *walls);

#endif
