/* save.c: manifest and state are written while a run goes on, so that a run that ends without a word
 * (SIGKILL, a power cut) has not worked in vain. */
#include "publish/publish_private.h"

/* Both files are written whole, so that saving costs more the more photos there are: it takes at most a
 * fiftieth of the time, however many. */
#define SHARE 50
#define LEAST_US ((gint64)10 * G_USEC_PER_SEC)

static void
plan_save(FgPublishing *publish, gint64 now, gint64 cost)
{
    publish->next_save = now + MAX(LEAST_US, SHARE * cost);
}

void
fg_publish_begin_saving(FgPublishing *publish, gint64 reading)
{
    const FgPublishOptions *options = publish->options;
    publish->taken = g_new0(gboolean, publish->plan->photos->len + 1);
    /* What is there already says how much there will be to write. A new folder has its manifest from the
     * first photo on: later runs then know the folder for what it is. */
    if (fg_journal_is_new(publish->journal))
        publish->next_save = 0;
    else
        plan_save(publish, g_get_monotonic_time(), reading);
    fg_journal_set_finished(publish->journal, FALSE);
    /* The part of a shard names what the shard did or found done, from the first saving on. */
    for (guint i = 0; options->shards && i < publish->plan->photos->len; i++) {
        if (!publish->unchanged[i])
            continue;
        fg_journal_add(publish->journal, publish->plan->photos->pdata[i], publish->unchanged[i],
                       publish->recipes[i]);
        publish->taken[i] = TRUE;
    }
}

gboolean
fg_publish_hear_placed(guint id, const FgOutcome *outcome, gpointer data, GError **error)
{
    FgPublishing *publish = data;
    fg_journal_add(publish->journal, publish->plan->photos->pdata[id], outcome, publish->recipes[id]);
    publish->taken[id] = TRUE;
    gint64 begin = g_get_monotonic_time();
    if (begin < publish->next_save)
        return TRUE;
    gboolean saved = fg_journal_save(publish->journal, publish->plan, error);
    gint64 end = g_get_monotonic_time();
    plan_save(publish, end, end - begin);
    return saved;
}
