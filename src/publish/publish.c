/* publish.c: the sequence of a run, from the INPUTs to the manifest. */
#include "base/base.h"
#include "journal/journal.h"
#include "publish/publish_private.h"
#include "run/run.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define KEY_CHECK_LENGTH 16 /* hex digits: tells keys apart, gives none away */

typedef struct {
    const FgPublishOptions *options;
    const FgPublishListener *listener;
    gpointer data;
    FgPublishTotals *totals;

    const FgPlan *plan;
    FgJournal *journal;
    char **digests;        /* recipe digest of each planned photo */
    FgOutcome **unchanged; /* of each planned photo; NULL when it is to be made */
    gboolean *wanted;
    guint delivered; /* planned photos whose outcome was told */
} Session;

static void
tell_note(const Session *session, gboolean warning, const char *text)
{
    if (session->listener->note)
        session->listener->note(text, warning, session->data);
}

static void
tell_progress(const Session *session, const char *source)
{
    if (session->listener->progress)
        session->listener->progress(session->delivered, session->plan->photos->len, source, session->data);
}

/* ---- What is counted ---- */

static void
count_in(GHashTable *counts, const char *key)
{
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
    g_hash_table_insert(counts, g_strdup(key), GUINT_TO_POINTER(count + 1));
}

static void
count_outcome(FgPublishTotals *totals, const FgOutcome *outcome)
{
    totals->done += outcome->status == FG_DONE;
    totals->unchanged += outcome->status == FG_UNCHANGED;
    totals->declined += outcome->status == FG_DECLINED;
    totals->failed += outcome->status == FG_FAILED;
    totals->files_whole += outcome->products->len;
    if (outcome->status != FG_DONE)
        return;
    totals->files += outcome->products->len;
    for (guint i = 0; i < outcome->products->len; i++)
        totals->bytes += ((const FgProduct *)outcome->products->pdata[i])->bytes;
    for (guint i = 0; i < outcome->removed->len; i++)
        count_in(totals->removed, outcome->removed->pdata[i]);
}

void
fg_publish_totals_clear(FgPublishTotals *totals)
{
    g_clear_pointer(&totals->skipped, g_hash_table_unref);
    g_clear_pointer(&totals->removed, g_hash_table_unref);
}

/* ---- Outcomes, in plan order, those of unchanged photos among those of the run ---- */

static void
deliver_one(Session *session, const FgOutcome *outcome)
{
    const FgPlanned *planned = session->plan->photos->pdata[session->delivered];
    fg_journal_add(session->journal, planned, outcome, session->digests[session->delivered]);
    count_outcome(session->totals, outcome);
    for (guint i = 0; i < outcome->warnings->len; i++) {
        g_autofree char *text =
            g_strdup_printf("%s: %s", outcome->source, (char *)outcome->warnings->pdata[i]);
        tell_note(session, TRUE, text);
    }
    if (session->listener->outcome)
        session->listener->outcome(outcome, session->data);
    session->delivered++;
}

/* Tells of the unchanged photos, and passes over those of other shards, up to the planned photo `end`. */
static void
deliver_until(Session *session, guint end)
{
    while (session->delivered < end && !session->wanted[session->delivered]) {
        const FgOutcome *outcome = session->unchanged[session->delivered];
        if (outcome)
            deliver_one(session, outcome);
        else
            session->delivered++;
    }
}

static void
hear_run(const FgPlanned *planned, FgOutcome *outcome, gpointer data)
{
    Session *session = data;
    tell_progress(session, planned->photo->source);
    if (!outcome)
        return;
    for (guint i = session->delivered; i < session->plan->photos->len; i++)
        if (session->plan->photos->pdata[i] == planned) {
            deliver_until(session, i);
            session->delivered = i; /* An interrupted run skips what it did not finish. */
            deliver_one(session, outcome);
            return;
        }
}

/* ---- What there is to do ---- */

/* CONTRACT: the first eight bytes, big-endian, of SHA-256(source path) mod N = K - 1. */
static gboolean
is_in_shard(const char *source, const FgPublishOptions *options)
{
    if (options->shards == 0)
        return TRUE;
    guint8 digest[FG_SHA256_SIZE];
    fg_sha256(source, strlen(source), digest);
    guint64 number = 0;
    for (int i = 0; i < 8; i++)
        number = number << 8 | digest[i];
    return number % options->shards == options->shard - 1;
}

/* Everything beside profile and photo that decides a byte: versions, fonts, and which key. */
static char *
describe_environment(const FgProfile *profile, GBytes *key)
{
    static const char label[] = "filigrane: key check";
    GString *text = g_string_new(fg_version());
    for (const char *const *word = fg_pixels_versions(); *word; word++)
        g_string_append_printf(text, " %s", *word);
    guint8 digest[FG_SHA256_SIZE];
    gsize length;
    const void *data = g_bytes_get_data(key, &length);
    fg_hmac_sha256(data, length, label, sizeof label - 1, digest);
    g_string_append(text, " key ");
    for (int i = 0; i < KEY_CHECK_LENGTH / 2; i++)
        g_string_append_printf(text, "%02x", digest[i]);
    for (guint i = 0; i < profile->marks->len; i++) {
        const FgMarkSpec *spec = profile->marks->pdata[i];
        g_autofree char *fonts = spec->text ? fg_fonts_identity((const char *const *)spec->fonts) : NULL;
        if (fonts)
            g_string_append_printf(text, " font %s", fonts);
    }
    return g_string_free(text, FALSE);
}

/* Decides for each photo whether it is made, left as it was, or of another shard. Returns how many are made.
 */
static guint
choose(Session *session, const char *profile_digest, const char *environment)
{
    guint wanted = 0;
    for (guint i = 0; i < session->plan->photos->len; i++) {
        const FgPlanned *planned = session->plan->photos->pdata[i];
        if (!is_in_shard(planned->photo->source, session->options))
            continue;
        session->digests[i] = fg_journal_recipe_digest(planned, profile_digest, environment);
        if (!session->options->force && !planned->error)
            session->unchanged[i] = fg_journal_unchanged(session->journal, planned, session->digests[i]);
        session->wanted[i] = !session->unchanged[i];
        wanted += session->wanted[i] ? 1 : 0;
    }
    return wanted;
}

static void
tell_assumptions(const Session *session)
{
    guint own = 0;
    for (guint i = 0; i < session->plan->photos->len; i++)
        own += ((const FgPlanned *)session->plan->photos->pdata[i])->own_rights ? 1 : 0;
    if (own == 0)
        return;
    g_autofree char *count = fg_text_count(own, "photo keeps its", "photos keep their");
    g_autofree char *text = g_strdup_printf("profile '%s' names no rights.creator: %s own creator and notice",
                                            fg_profile_name(session->plan->profile), count);
    tell_note(session, FALSE, text);
}

static gboolean
has_varied_marks(const FgProfile *profile)
{
    for (guint i = 0; i < profile->marks->len; i++)
        if (((const FgMarkSpec *)profile->marks->pdata[i])->vary)
            return TRUE;
    return FALSE;
}

/* ---- Making it ---- */

static void
list_planned(Session *session)
{
    for (guint i = 0; i < session->plan->photos->len; i++) {
        const FgPlanned *planned = session->plan->photos->pdata[i];
        if (!session->wanted[i]) {
            session->totals->unchanged += session->unchanged[i] != NULL;
            continue;
        }
        if (planned->error) {
            g_autoptr(FgOutcome) outcome = fg_outcome_new(planned->photo->source);
            outcome->status = FG_FAILED;
            outcome->stage = planned->stage;
            outcome->error = g_error_copy(planned->error);
            count_outcome(session->totals, outcome);
            if (session->listener->outcome)
                session->listener->outcome(outcome, session->data);
            continue;
        }
        for (guint d = 0; d < planned->derivatives->len; d++) {
            const FgDerivative *derivative = planned->derivatives->pdata[d];
            for (guint o = 0; o < derivative->outputs->len; o++) {
                const FgOutput *output = derivative->outputs->pdata[o];
                session->totals->files++;
                if (session->listener->planned)
                    session->listener->planned(planned->photo->source, output->path, derivative->size.width,
                                               derivative->size.height, session->data);
            }
        }
    }
}

/* The journal is written whatever became of the run: what was finished stays in the manifest. */
static gboolean
save(Session *session, gboolean prune, GError **error)
{
    const FgPublishOptions *options = session->options;
    if (prune && !fg_journal_prune(session->journal, session->plan, &session->totals->pruned, error))
        return FALSE;
    if (options->shards > 0)
        return fg_journal_save_part(session->journal, session->plan, options->shard, options->shards, error);
    return fg_journal_save(session->journal, session->plan, error);
}

static gboolean
make(Session *session, guint wanted, GBytes *key, gboolean prune, GError **error)
{
    const FgPublishOptions *options = session->options;
    if (!fg_folder_make(options->out, error))
        return FALSE;
    g_autoptr(GError) stop = NULL;
    gboolean whole = TRUE;
    if (wanted > 0) {
        gsize key_length;
        const guint8 *key_data = g_bytes_get_data(key, &key_length);
        const FgRunOptions run = {.out = options->out,
                                  .jobs = options->jobs ? options->jobs : fg_run_processors(),
                                  .memory = options->memory ? options->memory : fg_run_free_memory(),
                                  .max_failures = options->max_failures,
                                  .key = key_data,
                                  .key_length = key_length,
                                  .interrupted = options->interrupted};
        whole = fg_run(session->plan, session->wanted, &run, hear_run, session, &stop);
    }
    if (whole && (options->max_failures == 0 || session->totals->failed < options->max_failures))
        deliver_until(session, session->plan->photos->len);
    g_autoptr(GError) unsaved = NULL;
    if (!save(session, prune && whole, &unsaved) && whole) {
        g_propagate_error(error, g_steal_pointer(&unsaved));
        return FALSE;
    }
    if (!whole)
        g_propagate_error(error, g_steal_pointer(&stop));
    return whole;
}

static void
tick_probe(gsize done, gpointer data)
{
    (void)done;
    (void)data;
}

/* From the photos that were found to those that are made. */
static gboolean
publish_found(Session *session, const FgFound *found, GError **error)
{
    const FgPublishOptions *options = session->options;
    const FgProfile *profile = options->profile;
    const FgPlanOptions plan_options = {.force_rights = options->force_rights};
    if (!fg_probe(found->photos, &profile->limits, tick_probe, NULL, error))
        return FALSE;
    g_autoptr(FgPlan) plan = fg_plan_new(profile, found->photos, &plan_options, error);
    if (!plan)
        return FALSE;
    gboolean predictable = FALSE;
    g_autoptr(GBytes) key = fg_key_load(profile->rights, &predictable, error);
    if (!key)
        return FALSE;
    g_autoptr(FgJournal) journal = fg_journal_open(options->out, error);
    if (!journal)
        return FALSE;

    guint n = plan->photos->len;
    session->plan = plan;
    session->journal = journal;
    session->totals->photos = n;
    g_auto(GStrv) digests = g_new0(char *, n + 1);
    g_autofree FgOutcome **unchanged = g_new0(FgOutcome *, n + 1);
    g_autofree gboolean *wanted = g_new0(gboolean, n + 1);
    session->digests = digests;
    session->unchanged = unchanged;
    session->wanted = wanted;
    g_autofree char *profile_digest = fg_profile_digest(profile);
    g_autofree char *environment = describe_environment(profile, key);
    guint count = choose(session, profile_digest, environment);
    gboolean fine = count == 0 || fg_run_check_marks(profile, error);
    if (fine) {
        tell_assumptions(session);
        if (predictable && count > 0 && has_varied_marks(profile))
            tell_note(session, TRUE,
                      "no key: the marks vary by one that can be guessed from the rights; "
                      "put a secret into FILIGRANE_KEY or into filigrane/key in your config folder");
        if (options->dry_run)
            list_planned(session);
        else
            fine = make(session, count, key, options->prune && !found->unreadable, error);
    }
    for (guint i = 0; i < n; i++) {
        fg_outcome_free(unchanged[i]);
        /* Other shards' photos have no digest: the vector must not end there. */
        if (!digests[i])
            digests[i] = g_strdup("");
    }
    return fine;
}

/* ---- The two doors ---- */

typedef struct {
    const FgPublishListener *listener;
    gpointer data;
    FgPublishTotals *totals;
} FindEar;

static void
hear_skipped(const char *path, const char *kind, gpointer data)
{
    FindEar *ear = data;
    count_in(ear->totals->skipped, kind);
    if (ear->listener->skipped)
        ear->listener->skipped(path, kind, ear->data);
}

static void
hear_note(const char *text, gboolean warning, gpointer data)
{
    FindEar *ear = data;
    if (ear->listener->note)
        ear->listener->note(text, warning, ear->data);
}

gboolean
fg_publish(const FgPublishOptions *options, const FgPublishListener *listener, gpointer data,
           FgPublishTotals *totals, GError **error)
{
    static const FgPublishListener silent = {NULL, NULL, NULL, NULL, NULL};
    gint64 started = g_get_monotonic_time();
    *totals = (FgPublishTotals){
        .skipped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .removed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    Session session = {
        .options = options, .listener = listener ? listener : &silent, .data = data, .totals = totals};
    FindEar ear = {session.listener, data, totals};
    const FgFindListener find_listener = {hear_skipped, hear_note, &ear};
    g_auto(FgFound) found = {0};
    if (!fg_find(options->inputs, options->out, !options->no_recurse, &find_listener, &found, error))
        return FALSE;
    if (options->prune && (found.folder_inputs == 0 || options->shards > 0))
        return fg_throw(error, FG_ERROR_USAGE,
                        found.folder_inputs == 0
                            ? "--prune needs a folder as INPUT: it compares a folder with what "
                              "was made of it"
                            : "--prune does not go with --shard");
    totals->empty_inputs = found.empty_inputs;
    gboolean fine = publish_found(&session, &found, error);
    totals->seconds = (double)(g_get_monotonic_time() - started) / G_USEC_PER_SEC;
    return fine;
}

gboolean
fg_publish_merge(const char *out, GError **error)
{
    return fg_journal_merge(out, error);
}
