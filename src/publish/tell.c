/* tell.c: who hears what of a run: totals, journal and listener, in the order of the plan. */
#include "publish/publish_private.h"

void
fg_publish_note(const FgPublishing *publish, gboolean warning, const char *format, ...)
{
    if (!publish->listener->note)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    publish->listener->note(text, warning, publish->data);
}

void
fg_publish_tell_note(const char *text, gboolean warning, gpointer data)
{
    fg_publish_note(data, warning, "%s", text);
}

static void
count_word(GHashTable *table, const char *word)
{
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(table, word));
    g_hash_table_replace(table, g_strdup(word), GUINT_TO_POINTER(count + 1));
}

void
fg_publish_tell_skipped(const char *path, const char *kind, gpointer data)
{
    FgPublishing *publish = data;
    count_word(publish->totals->skipped, kind);
    if (publish->listener->skipped)
        publish->listener->skipped(path, kind, publish->data);
}

/* Photos are told in their order and made in another: of those that were begun, all are finished but the ones
 * in hand. */
static void
tell_progress(const FgPublishing *publish, const char *source)
{
    guint made = publish->begun - MIN(publish->begun, publish->jobs);
    if (publish->listener->progress)
        publish->listener->progress(MAX(publish->done, made), publish->totals->photos, source, publish->data);
}

static void
count_outcome(FgPublishTotals *totals, const FgOutcome *outcome)
{
    totals->done += outcome->status == FG_DONE;
    totals->unchanged += outcome->status == FG_UNCHANGED;
    totals->declined += outcome->status == FG_DECLINED;
    totals->failed += outcome->status == FG_FAILED;
    if (outcome->status != FG_DONE)
        return;
    totals->files += outcome->products->len;
    for (guint i = 0; i < outcome->products->len; i++)
        totals->bytes += ((const FgProduct *)outcome->products->pdata[i])->bytes;
    for (guint i = 0; i < outcome->removed->len; i++)
        count_word(totals->removed, outcome->removed->pdata[i]);
    if (outcome->hdr != FG_HDR_NONE)
        count_word(totals->hdr, fg_hdr_name(outcome->hdr));
}

static void
count_creators(FgPublishTotals *totals, char *const *creators)
{
    if (creators && !totals->creators)
        totals->creators = g_ptr_array_new_with_free_func(g_free);
    for (; creators && *creators; creators++)
        if (!g_ptr_array_find_with_equal_func(totals->creators, *creators, g_str_equal, NULL))
            g_ptr_array_add(totals->creators, g_strdup(*creators));
}

static void
tell_outcome(FgPublishing *publish, const FgPlanned *planned, const FgOutcome *outcome, guint id)
{
    count_outcome(publish->totals, outcome);
    count_creators(publish->totals, planned->foreign_creators);
    if (publish->journal && !publish->options->dry_run && !(publish->taken && publish->taken[id]))
        fg_journal_add(publish->journal, planned, outcome, publish->recipes[id]);
    /* They are about what is published: of a photo that is not, its failure is told alone. */
    for (guint i = 0; !outcome->error && i < outcome->warnings->len; i++)
        fg_publish_note(publish, TRUE, "%s: %s", outcome->source, (const char *)outcome->warnings->pdata[i]);
    if (publish->listener->outcome)
        publish->listener->outcome(outcome, publish->data);
    publish->done++;
    tell_progress(publish, outcome->source);
}

/* Tells of the unchanged photos before a place in the plan, so that all outcomes come in its order. */
void
fg_publish_tell_unchanged_before(FgPublishing *publish, guint end)
{
    for (; publish->next < end; publish->next++) {
        guint id = publish->next;
        if (publish->unchanged[id])
            tell_outcome(publish, publish->plan->photos->pdata[id], publish->unchanged[id], id);
    }
}

static guint
place_of(const FgPublishing *publish, const FgPlanned *planned)
{
    guint id = publish->next;
    while (id < publish->plan->photos->len && publish->plan->photos->pdata[id] != planned)
        id++;
    g_assert(id < publish->plan->photos->len);
    return id;
}

void
fg_publish_hear_run(const FgPlanned *planned, FgOutcome *outcome, gpointer data)
{
    FgPublishing *publish = data;
    if (!outcome) {
        publish->begun++;
        tell_progress(publish, planned->photo->source);
        return;
    }
    guint id = place_of(publish, planned);
    fg_publish_tell_unchanged_before(publish, id);
    tell_outcome(publish, planned, outcome, id);
    publish->next = id + 1;
}

static void
tell_planned(FgPublishing *publish, const FgPlanned *planned)
{
    for (guint d = 0; d < planned->derivatives->len; d++) {
        const FgDerivative *derivative = planned->derivatives->pdata[d];
        for (guint o = 0; o < derivative->outputs->len; o++) {
            const FgOutput *output = derivative->outputs->pdata[o];
            publish->totals->files++;
            if (publish->listener->planned)
                publish->listener->planned(planned->photo->source, output->path, derivative->size.width,
                                           derivative->size.height, publish->data);
        }
    }
}

void
fg_publish_dry_run(FgPublishing *publish, const gboolean *wanted)
{
    for (guint i = 0; i < publish->plan->photos->len; i++) {
        const FgPlanned *planned = publish->plan->photos->pdata[i];
        if (!wanted[i])
            continue;
        fg_publish_tell_unchanged_before(publish, i);
        publish->next = i + 1;
        if (planned->error) {
            g_autoptr(FgOutcome) outcome = fg_outcome_new(planned->photo->source);
            outcome->status = FG_FAILED;
            outcome->stage = planned->stage;
            outcome->error = g_error_copy(planned->error);
            tell_outcome(publish, planned, outcome, i);
        } else {
            tell_planned(publish, planned);
        }
    }
}
