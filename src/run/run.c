#include "run/run_private.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#define WALL_FACTOR 10
#define TICK_MS 200 /* how often `interrupted` is looked at while nothing happens */
#define LARGEST_WORDS 65536
#define LARGEST_PRODUCT ((gsize)4 << 30)

/* A photo in the hands of a worker. */
typedef struct {
    guint32 id;
    int channel, log;
    gint64 deadline;
    gboolean overdue;
    guint64 memory;
} Job;

static void
job_free(Job *job)
{
    close(job->channel);
    close(job->log);
    g_free(job);
}

typedef struct {
    const FgPlan *plan;
    const gboolean *wanted;
    const FgRunOptions *options;
    FgRunListener listener;
    gpointer data;

    FgProcess zygote;
    FgDrawings *drawings;
    GHashTable *jobs;     /* id -> Job */
    FgOutcome **outcomes; /* one a photo: NULL until it is handed out, and again when delivered */
    gboolean *finished;
    GArray *order;         /* of guint: the ids in the order of their beginning */
    guint next, delivered; /* how many of `order` are handed out; ids below are delivered or not wanted */
    guint failures;
    guint64 memory; /* of the jobs, estimated */
} Run;

static const FgPlanned *
planned_at(const Run *run, guint id)
{
    return run->plan->photos->pdata[id];
}

/* ---- Outcomes ---- */

static FgOutcome *
begin_outcome(const FgPlanned *planned)
{
    const FgPhoto *photo = planned->photo;
    FgOutcome *outcome = fg_outcome_new(photo->source);
    outcome->width = photo->width;
    outcome->height = photo->height;
    outcome->hdr = photo->hdr;
    outcome->notice = planned->rights ? g_strdup(planned->rights->copyright) : NULL;
    const FgFacts *kept = planned->kept;
    if (kept) {
        outcome->title = g_strdup(kept->title);
        outcome->caption = g_strdup(kept->caption);
        outcome->alt = g_strdup(kept->alt);
        outcome->date = kept->date[0] ? g_strdup(kept->date) : NULL;
    }
    const guint stay = kept ? fg_facts_groups(kept) : 0;
    for (guint i = 0; photo->removed && i < photo->removed->len; i++)
        if (!(fg_finding_traits(photo->removed->pdata[i])->keep & stay))
            g_ptr_array_add(outcome->removed, photo->removed->pdata[i]);
    for (guint i = 0; planned->warnings && i < planned->warnings->len; i++)
        g_ptr_array_add(outcome->warnings, g_strdup(planned->warnings->pdata[i]));
    return outcome;
}

static void
fail(Run *run, guint id, const char *stage, GError *taken)
{
    FgOutcome *outcome = run->outcomes[id];
    outcome->status = FG_FAILED;
    outcome->stage = stage;
    outcome->error = taken;
    g_ptr_array_set_size(outcome->products, 0);
    g_ptr_array_set_size(outcome->measures, 0);
    run->finished[id] = TRUE;
    run->failures++;
}

static gboolean
has_failed_enough(const Run *run)
{
    return run->options->max_failures > 0 && run->failures >= run->options->max_failures;
}

/* What is wrong with more than one photo ends the run; the rest becomes the photo's outcome. FALSE: the end.
 */
static gboolean
fail_or_stop(Run *run, guint id, const char *stage, GError *taken, GError **error)
{
    switch (taken->code) {
    case FG_ERROR_SPACE:
    case FG_ERROR_OUTPUT:
    case FG_ERROR_MEMORY:
    case FG_ERROR_INTERNAL:
        g_propagate_error(error, taken);
        return FALSE;
    default:
        fail(run, id, stage, taken);
        return TRUE;
    }
}

static void
tell(Run *run, guint id)
{
    g_autoptr(FgOutcome) outcome = g_steal_pointer(&run->outcomes[id]);
    if (run->listener)
        run->listener(planned_at(run, id), outcome, run->data);
}

/* Hands outcomes to the listener as far as the plan's order allows. */
static void
deliver(Run *run)
{
    for (; run->delivered < run->plan->photos->len; run->delivered++) {
        guint id = run->delivered;
        if (!run->wanted[id])
            continue;
        if (!run->finished[id])
            return;
        tell(run, id);
    }
}

/* When the run stops early, what is in place already is told all the same, so that it need not be made again;
 * and when it stops for its failures, so are they. */
static void
deliver_rest(Run *run)
{
    for (guint id = run->delivered; id < run->plan->photos->len; id++) {
        const FgOutcome *outcome = run->outcomes[id];
        if (outcome && run->finished[id] && (outcome->status == FG_DONE || has_failed_enough(run)))
            tell(run, id);
    }
}

/* ---- Handing out ---- */

static gboolean
send_job(Run *run, guint id, int photo, int payload, GError **error)
{
    const FgZygote zygote = {.plan = run->plan, .wanted = run->wanted, .options = run->options};
    if (run->zygote.pid == 0 && !fg_process_start(&run->zygote, "fg-zygote", fg_zygote, &zygote, error))
        return FALSE;
    int ends[2];
    g_auto(FgFd) log = fg_job_open_log(error);
    if (log < 0 || !fg_channel_pair(ends, error))
        return FALSE;
    const int fds[FG_N_JOB_FDS] = {
        [FG_JOB_CHANNEL] = ends[1], [FG_JOB_PHOTO] = photo, [FG_JOB_PAYLOAD] = payload, [FG_JOB_LOG] = log};
    const FgMessageHead message = {.kind = FG_MSG_JOB, .id = id};
    gboolean sent = fg_channel_send(run->zygote.channel, &message, fds, FG_N_JOB_FDS, error);
    close(ends[1]);
    if (!sent) {
        close(ends[0]);
        return g_prefix_error(error, "no worker can be started: "), FALSE;
    }
    Job *job = g_new(Job, 1);
    guint64 wall = (guint64)run->plan->profile->limits.seconds * WALL_FACTOR;
    *job = (Job){.id = id, .channel = ends[0], .log = log, .memory = planned_at(run, id)->memory};
    job->deadline = wall > 0 ? g_get_monotonic_time() + (gint64)wall * G_USEC_PER_SEC : G_MAXINT64;
    log = -1;
    g_hash_table_insert(run->jobs, GUINT_TO_POINTER(id), job);
    run->memory += job->memory;
    return TRUE;
}

/* FALSE only when the run must stop. */
static gboolean
hand_out(Run *run, guint id, GError **error)
{
    const FgPlanned *planned = planned_at(run, id);
    run->outcomes[id] = begin_outcome(planned);
    if (planned->error) {
        fail(run, id, planned->stage, g_error_copy(planned->error));
        return TRUE;
    }
    if (planned->derivatives->len == 0) {
        run->outcomes[id]->status = FG_DECLINED;
        run->finished[id] = TRUE;
        return TRUE;
    }
    if (run->listener)
        run->listener(planned, NULL, run->data);
    GError *failure = NULL;
    const char *stage = "plan";
    if (!fg_job_check_names(planned, &failure))
        return fail_or_stop(run, id, stage, failure, error);
    stage = "read";
    g_auto(FgFd) photo = fg_job_open_photo(planned->photo, &run->plan->profile->limits, &failure);
    if (photo < 0)
        return fail_or_stop(run, id, stage, failure, error);
    stage = "mark";
    g_auto(FgFd) payload = fg_job_pack(run->drawings, run->options, planned, &failure);
    if (payload < 0)
        return fail_or_stop(run, id, stage, failure, error);
    return send_job(run, id, photo, payload, error);
}

/* A photo too large for the budget waits until it is alone. */
static gboolean
has_room(const Run *run, guint id)
{
    guint running = g_hash_table_size(run->jobs);
    if (running == 0)
        return TRUE;
    guint64 memory = planned_at(run, id)->memory, budget = run->options->memory;
    return running < run->options->jobs && memory <= budget && run->memory <= budget - memory;
}

static gboolean
hand_out_more(Run *run, GError **error)
{
    for (; run->next < run->order->len && !has_failed_enough(run); run->next++) {
        guint id = g_array_index(run->order, guint, run->next);
        if (!has_room(run, id))
            return TRUE;
        if (!hand_out(run, id, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- Taking back ---- */

static GError *
out_of_memory(const FgLimits *limits)
{
    return g_error_new(FG_ERROR, FG_ERROR_WORKER, "ran out of memory (limit %" G_GUINT64_FORMAT " MB)",
                       limits->memory >> 20);
}

static GError *
cause_of_death(const Run *run, const Job *job, int status)
{
    const FgLimits *limits = &run->plan->profile->limits;
    GError *error = NULL;
    if (job->overdue)
        fg_throw(&error, FG_ERROR_WORKER, "took longer than %u s", limits->seconds * WALL_FACTOR);
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        fg_throw(&error, FG_ERROR_WORKER, "took longer than %u s of CPU", limits->seconds);
    else if (fg_process_throw_of_size(status, &error))
        g_prefix_error(&error, "%s: ", planned_at(run, job->id)->photo->source);
    else if (fg_process_had_no_memory(status) || fg_job_log_speaks_of_memory(job->log))
        error = out_of_memory(limits);
    else {
        g_autofree char *how = fg_process_describe(status);
        fg_throw(&error, FG_ERROR_WORKER, "process %s", how);
    }
    return error;
}

static gboolean
take_back(Run *run, const Job *job, const FgMessageHead *ended, GError **error)
{
    FgOutcome *outcome = run->outcomes[job->id];
    int status = (int)ended->values[FG_END_STATUS];
    outcome->cpu_seconds = (double)ended->values[FG_END_CPU_US] / G_USEC_PER_SEC;
    outcome->peak_bytes = (guint64)ended->values[FG_END_PEAK_BYTES];
    g_auto(FgMessage) received = {0};
    if (status != 0 || !fg_channel_receive(job->channel, FALSE, &received, NULL)) {
        return fail_or_stop(run, job->id, "worker", cause_of_death(run, job, status), error);
    }
    const char *stage;
    GError *failure = NULL;
    if (!fg_collect(planned_at(run, job->id), run->options, LARGEST_PRODUCT, &received, outcome, &stage,
                    &failure)) {
        /* A decoder calls it damage when it gets no memory; but another limit helps, and not another copy of
         * the file. */
        if (received.head.kind == FG_MSG_ERROR && fg_job_speaks_of_memory(failure->message)) {
            g_clear_error(&failure);
            failure = out_of_memory(&run->plan->profile->limits);
        }
        return fail_or_stop(run, job->id, stage, failure, error);
    }
    run->finished[job->id] = TRUE;
    return !run->options->placed || run->options->placed(job->id, outcome, run->data, error);
}

static gboolean
hear_zygote(Run *run, GError **error)
{
    g_auto(FgMessage) received = {0};
    if (!fg_channel_receive(run->zygote.channel, TRUE, &received, NULL)) {
        g_autofree char *how = fg_process_describe(fg_process_stop(&run->zygote));
        return fg_throw(error, FG_ERROR_INTERNAL, "the process that starts the workers was lost: %s", how);
    }
    if (received.head.kind == FG_MSG_ERROR && received.n_fds == 1) {
        g_auto(FgPayload) failure = {0};
        if (!fg_payload_open(received.fds[0], LARGEST_WORDS, &failure, error))
            return FALSE;
        FgCursor at = fg_payload_record(&failure);
        g_autoptr(GError) reason = fg_get_error(&at);
        return fg_throw(error, FG_ERROR_MODULE, "%s", reason->message);
    }
    Job *job = g_hash_table_lookup(run->jobs, GUINT_TO_POINTER(received.head.id));
    if (received.head.kind != FG_MSG_EXITED || !job)
        return fg_throw(error, FG_ERROR_INTERNAL, "the process that starts the workers is out of step");
    run->memory -= job->memory;
    gboolean going = take_back(run, job, &received.head, error);
    g_hash_table_remove(run->jobs, GUINT_TO_POINTER(received.head.id));
    return going;
}

/* Ends the workers that are over their time, and says in how many milliseconds to look again. */
static int
end_overdue(Run *run)
{
    gint64 now = g_get_monotonic_time(), next = now + TICK_MS * 1000;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, run->jobs);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        Job *job = value;
        if (!job->overdue && job->deadline <= now) {
            const FgMessageHead message = {.kind = FG_MSG_KILL, .id = job->id};
            job->overdue = fg_channel_send(run->zygote.channel, &message, NULL, 0, NULL);
        } else if (!job->overdue) {
            next = MIN(next, job->deadline);
        }
    }
    return (int)((next - now + 999) / 1000);
}

/* ---- The whole ---- */

static gboolean
work(Run *run, GError **error)
{
    for (;;) {
        if (run->options->interrupted && g_atomic_int_get(run->options->interrupted))
            return fg_throw(error, FG_ERROR_INTERRUPTED, "interrupted");
        if (!hand_out_more(run, error))
            return FALSE;
        deliver(run);
        if (run->delivered == run->plan->photos->len || has_failed_enough(run))
            return TRUE;
        struct pollfd source = {.fd = run->zygote.channel, .events = POLLIN};
        if (poll(&source, 1, end_overdue(run)) > 0 && !hear_zygote(run, error))
            return FALSE;
    }
}

gboolean
fg_run(const FgPlan *plan, const gboolean *wanted, const FgRunOptions *options, FgRunListener listener,
       gpointer data, GError **error)
{
    guint n = plan->photos->len;
    g_autoptr(FgDrawings) own = options->drawings ? NULL : fg_drawings_new(plan->profile);
    g_autoptr(GHashTable) jobs = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)job_free);
    g_autofree FgOutcome **outcomes = g_new0(FgOutcome *, n + 1);
    g_autofree gboolean *finished = g_new0(gboolean, n + 1);
    g_autoptr(GArray) order = fg_run_order(plan, wanted);
    Run run = {.plan = plan,
               .wanted = wanted,
               .options = options,
               .listener = listener,
               .data = data,
               .zygote = FG_NO_PROCESS,
               .drawings = options->drawings ? options->drawings : own,
               .jobs = jobs,
               .outcomes = outcomes,
               .finished = finished,
               .order = order};
    gboolean fine = work(&run, error);
    deliver_rest(&run);
    fg_process_stop(&run.zygote); /* Its workers, if any are left, end with it. */
    for (guint i = 0; i < n; i++)
        fg_outcome_free(outcomes[i]);
    return fine;
}
