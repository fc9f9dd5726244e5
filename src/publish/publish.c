/* publish.c: the sequence: find, probe, plan, key, journal, run, save, prune. */
#include "publish/publish_private.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

/* ---- Before any work ---- */

static gboolean
check_options(const FgPublishOptions *options, GError **error)
{
    if (!options->inputs || !options->inputs[0])
        return fg_throw(error, FG_ERROR_USAGE, "no photo or folder was named");
    if (!options->out || !*options->out)
        return fg_throw(error, FG_ERROR_USAGE, "no output folder was named");
    if (options->shards && (options->shard < 1 || options->shard > options->shards || options->shards > 9999))
        return fg_throw(error, FG_ERROR_USAGE, "there is no shard %u of %u", options->shard, options->shards);
    if (options->prune && options->shards)
        return fg_throw(error, FG_ERROR_USAGE,
                        "a shard knows too little to prune: prune in a run over all photos");
    return TRUE;
}

static gboolean
is_known(const char *source, const struct stat *info, gpointer data)
{
    return fg_journal_knows(((const FgPublishing *)data)->journal, source, info);
}

static gboolean
was_published(const char *source, gpointer data)
{
    return fg_journal_has(((const FgPublishing *)data)->journal, source);
}

static gboolean
find_all(FgPublishing *publish, GError **error)
{
    const FgPublishOptions *options = publish->options;
    const FgFindListener listener = {fg_publish_tell_skipped, fg_publish_tell_note, is_known, was_published,
                                     publish};
    publish->found = fg_find(options->inputs, options->out, !options->no_recurse, &listener, error);
    if (!publish->found)
        return FALSE;
    publish->totals->empty_inputs = publish->found->empty_inputs;
    publish->totals->set_aside = g_ptr_array_ref(publish->found->set_aside);
    if (fg_journal_damage(publish->journal))
        fg_publish_note(publish, TRUE,
                        "%s: all photos of this run are made anew, and the file is kept as "
                        ".filigrane/filigrane.json.damaged; publish again what other INPUTs had in it",
                        fg_journal_damage(publish->journal));
    if (options->prune && publish->found->folders->len < 2)
        return fg_throw(error, FG_ERROR_USAGE,
                        "--prune needs a folder as INPUT: only there a photo can be gone");
    return fg_publish_check_among(publish, error);
}

static gboolean
plan_all(FgPublishing *publish, GError **error)
{
    const FgPublishOptions *options = publish->options;
    const FgPlanOptions plan_options = {.force_rights = options->force_rights, .out = options->out};
    if (!fg_probe(publish->found->photos, &options->profile->limits, NULL, NULL, error))
        return FALSE;
    publish->plan = fg_plan_new(options->profile, publish->found->photos, &plan_options, error);
    return publish->plan != NULL;
}

/* ---- The work ---- */

/* What a killed run left half-written in the folders that this one fills. */
static void
sweep(const FgPublishing *publish)
{
    g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_add(folders, g_strdup(publish->options->out));
    g_hash_table_add(folders, g_build_filename(publish->options->out, ".filigrane", NULL));
    for (guint i = 0; i < publish->plan->photos->len; i++) {
        const FgPlanned *planned = publish->plan->photos->pdata[i];
        if (!planned->derivatives || planned->derivatives->len == 0)
            continue;
        const FgDerivative *derivative = planned->derivatives->pdata[0];
        const FgOutput *output = derivative->outputs->pdata[0];
        g_autofree char *folder = g_path_get_dirname(output->path);
        if (strcmp(folder, ".") != 0)
            g_hash_table_add(folders, g_build_filename(publish->options->out, folder, NULL));
    }
    GHashTableIter iter;
    gpointer folder;
    g_hash_table_iter_init(&iter, folders);
    while (g_hash_table_iter_next(&iter, &folder, NULL)) {
        g_autoptr(GPtrArray) saved = g_ptr_array_new_with_free_func(g_free);
        fg_folder_sweep(folder, FALSE, saved);
        for (guint i = 0; i < saved->len; i++) {
            g_autofree char *path = g_build_filename(folder, saved->pdata[i], NULL);
            g_autofree char *shown = fg_text_printable(path);
            fg_publish_note(publish, TRUE, "%s: " FG_SWEEP_NOTE, shown);
        }
    }
}

static gint
compare_photos(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const FgPhoto *const *)a)->source, (*(const FgPhoto *const *)b)->source);
}

/* A plan that names the photos and makes nothing of them. */
static FgPlan *
plan_nothing(const FgProfile *profile, const GPtrArray *photos)
{
    FgPlan *plan = g_new0(FgPlan, 1);
    plan->profile = fg_profile_ref(profile);
    plan->photos = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < photos->len; i++) {
        FgPlanned *planned = g_new0(FgPlanned, 1);
        planned->photo = photos->pdata[i];
        g_ptr_array_add(plan->photos, planned);
    }
    return plan;
}

/* The short cut: when no photo, no file and nothing else changed since the last run, nothing need be probed
 * or planned. TRUE when it was taken. */
static gboolean
settle(FgPublishing *publish)
{
    const FgPublishOptions *options = publish->options;
    GPtrArray *photos = publish->found->photos;
    g_autoptr(GPtrArray) outcomes = g_ptr_array_new_with_free_func((GDestroyNotify)fg_outcome_free);
    g_autofree char *circumstances = fg_publish_circumstances(publish->environment, options);
    fg_journal_begin(publish->journal, circumstances);
    g_ptr_array_sort(photos, compare_photos);
    gboolean settled = !options->force && !options->shards;
    for (guint i = 0; i < photos->len; i++) {
        const FgPhoto *photo = photos->pdata[i], *last = i ? photos->pdata[i - 1] : NULL;
        FgOutcome *outcome = fg_journal_settled(publish->journal, photo);
        g_ptr_array_add(outcomes, outcome);
        settled = settled && outcome && (!last || strcmp(last->source, photo->source));
    }
    if (!settled)
        return FALSE;
    publish->plan = plan_nothing(options->profile, photos);
    publish->totals->photos = photos->len;
    publish->recipes = g_new0(char *, photos->len + 1);
    publish->unchanged = g_new0(FgOutcome *, photos->len + 1);
    for (guint i = 0; i < photos->len; i++)
        publish->unchanged[i] = g_steal_pointer(&outcomes->pdata[i]);
    return TRUE;
}

/* Which photos are to be made, and what became of the others before. */
static gboolean *
choose(FgPublishing *publish)
{
    const FgPublishOptions *options = publish->options;
    g_autofree char *profile_digest = fg_profile_digest(options->profile);
    guint count = publish->plan->photos->len;
    gboolean *wanted = g_new0(gboolean, count + 1);
    publish->unchanged = g_new0(FgOutcome *, count + 1);
    publish->recipes = g_new0(char *, count + 1);
    for (guint i = 0; i < count; i++) {
        const FgPlanned *planned = publish->plan->photos->pdata[i];
        if (options->shards && fg_publish_shard_of(planned->photo->source, options->shards) != options->shard)
            continue;
        publish->totals->photos++;
        publish->recipes[i] = fg_journal_recipe_digest(planned, profile_digest, publish->environment);
        publish->unchanged[i] =
            options->force ? NULL : fg_journal_unchanged(publish->journal, planned, publish->recipes[i]);
        wanted[i] = !publish->unchanged[i];
    }
    return wanted;
}

static gboolean
is_any(const gboolean *wanted, guint count)
{
    for (guint i = 0; i < count; i++)
        if (wanted[i])
            return TRUE;
    return FALSE;
}

static gboolean
run_all(FgPublishing *publish, const gboolean *wanted, GError **error)
{
    const FgPublishOptions *options = publish->options;
    gsize key_length;
    publish->jobs = options->jobs ? options->jobs : fg_machine_processors();
    const FgRunOptions run_options = {
        .out = options->out,
        .jobs = publish->jobs,
        .memory = options->memory ? options->memory : fg_machine_free_memory(),
        .max_failures = options->max_failures,
        .key = g_bytes_get_data(publish->key.secret, &key_length),
        .key_length = g_bytes_get_size(publish->key.secret),
        .interrupted = options->interrupted,
        .drawings = publish->drawings,
        .placed = fg_publish_hear_placed,
        .announce = fg_publish_announce,
        .may_replace = fg_publish_may_replace,
        .data = publish,
    };
    return !is_any(wanted, publish->plan->photos->len) ||
           fg_run(publish->plan, wanted, &run_options, fg_publish_hear_run, publish, error);
}

/* By what this run decides that a photo is gone. */
static FgGone
gone(FgPublishing *publish)
{
    return (FgGone){(const char *const *)publish->found->living->pdata, fg_publish_is_gone,
                    fg_publish_is_spared, publish};
}

static gboolean
prune(FgPublishing *publish, GError **error)
{
    const FgGone rules = gone(publish);
    if (publish->found->unreadable) {
        fg_publish_note(publish, TRUE, "nothing is pruned: an INPUT could not be read");
        return TRUE;
    }
    return fg_journal_prune(publish->journal, publish->plan, &rules, &publish->totals->pruned, error);
}

/* That nothing can be written is better said before a photo is made than by each that was. The folder of the
 * state is needed in any case. */
static gboolean
open_out(const char *out, GError **error)
{
    g_autofree char *state = g_build_filename(out, ".filigrane", NULL), *shown = fg_text_printable(out);
    if (!fg_folder_takes_files(out, error))
        return FALSE;
    if (!fg_folder_make(state, NULL))
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "the folder %s takes no files", shown);
    return fg_folder_takes_files(state, error);
}

/* Counts the files of photos that are gone; a dry run of a prune those that would go, and tells of them. */
static void
count_left_over(FgPublishing *publish)
{
    const FgPublishOptions *options = publish->options;
    if (publish->found->unreadable || publish->found->folders->len < 2 || options->shards)
        return;
    FgPublishTotals *totals = publish->totals;
    const FgGone rules = gone(publish);
    g_autoptr(GPtrArray) paths = fg_journal_left_over(publish->journal, publish->plan, &rules, options->prune,
                                                      &totals->left_over_photos);
    *(options->prune ? &totals->pruned : &totals->left_over) = paths->len;
    for (guint i = 0; options->prune && publish->listener->doomed && i < paths->len; i++)
        publish->listener->doomed(paths->pdata[i], publish->data);
}

/* What was finished goes into the manifest whatever ended the run; the first error is the one that is told.
 */
static gboolean
work(FgPublishing *publish, const gboolean *wanted, gint64 reading, GError **error)
{
    if (!fg_folder_make(publish->options->out, error))
        return FALSE;
    if (is_any(wanted, publish->plan->photos->len) && !open_out(publish->options->out, error))
        return FALSE;
    fg_run_lock_keep(publish->lock);
    sweep(publish);
    int reserve = is_any(wanted, publish->plan->photos->len)
                      ? fg_reserve_take(publish->options->out, publish->plan)
                      : -1;
    fg_publish_begin_saving(publish, reading);
    gboolean ran = run_all(publish, wanted, error);
    fg_reserve_release(reserve);
    fg_publish_tell_unchanged_before(publish, publish->plan->photos->len);
    if (ran && publish->done < publish->totals->photos)
        fg_publish_note(publish, TRUE, "stopped by --max-failures: photos failed: %u, photos not tried: %u",
                        publish->totals->failed, publish->totals->photos - publish->done);
    const FgGone rules = gone(publish);
    if (ran && !publish->found->unreadable && !publish->options->shards)
        fg_journal_forget_failures(publish->journal, publish->plan, &rules);
    if (ran && !publish->options->prune)
        count_left_over(publish);
    gboolean pruned = !ran || !publish->options->prune || prune(publish, error);
    gboolean fine = ran && pruned;
    fg_journal_set_finished(publish->journal, ran && publish->done == publish->totals->photos);
    gboolean saved = fg_journal_save(publish->journal, publish->plan, fine ? error : NULL);
    publish->totals->files_whole = fg_journal_count_files(publish->journal, publish->plan);
    return fine && saved && fg_journal_trim_made(publish->journal, publish->totals->pruned > 0, error);
}

/* A dry run writes nothing, and so neither waits nor makes others wait. */
static gboolean
lock_out(FgPublishing *publish, GError **error)
{
    const FgPublishOptions *options = publish->options;
    if (!options->dry_run)
        return (publish->lock = fg_run_lock_take(publish, error)) != NULL;
    if (fg_run_lock_is_held(options->out))
        fg_publish_note(publish, TRUE, "another run writes into this folder: what it makes is not counted");
    return TRUE;
}

static gboolean
publish_all(FgPublishing *publish, GError **error)
{
    const FgPublishOptions *options = publish->options;
    if (!check_options(options, error) || !fg_find_check(options->inputs, options->out, error) ||
        !lock_out(publish, error))
        return FALSE;
    gint64 start = g_get_monotonic_time(), reading = 0;
    publish->journal = fg_journal_open(options->out, options->shard, options->shards, error);
    reading = g_get_monotonic_time() - start;
    if (!publish->journal || !find_all(publish, error) ||
        !fg_key_find(options->profile->rights, &publish->key, error))
        return FALSE;
    publish->drawings = fg_drawings_new(options->profile);
    publish->environment = fg_publish_environment(&publish->key, publish->drawings, error);
    if (!publish->environment)
        return FALSE;
    g_autofree gboolean *wanted = NULL;
    if (settle(publish))
        wanted = g_new0(gboolean, publish->plan->photos->len + 1);
    else if (fg_journal_read(publish->journal, error) && plan_all(publish, error))
        wanted = choose(publish);
    else
        return FALSE;
    if (!fg_publish_check_outputs(publish, wanted, error))
        return FALSE;
    if (publish->plan->photos->len) {
        fg_publish_tell_of_profile(publish);
        fg_publish_tell_of_idle_marks(publish);
    }
    /* Letters and logos are tried before any work, and not at all when there is none. */
    if (is_any(wanted, publish->plan->photos->len) &&
        !fg_publish_try_marks(options->profile, publish->drawings, error))
        return FALSE;
    if (!options->dry_run) {
        if (is_any(wanted, publish->plan->photos->len)) {
            fg_publish_tell_of_key(publish);
            fg_publish_tell_of_walls(publish);
        }
        return work(publish, wanted, reading, error);
    }
    fg_publish_dry_run(publish, wanted);
    fg_publish_tell_unchanged_before(publish, publish->plan->photos->len);
    count_left_over(publish);
    return TRUE;
}

static void
publish_clear(FgPublishing *publish)
{
    for (guint i = 0; publish->plan && i < publish->plan->photos->len; i++) {
        if (publish->unchanged)
            fg_outcome_free(publish->unchanged[i]);
        if (publish->recipes)
            g_free(publish->recipes[i]);
    }
    g_clear_pointer(&publish->by_inode, g_ptr_array_unref);
    g_clear_pointer(&publish->expected, g_hash_table_unref);
    g_free(publish->environment);
    g_clear_pointer(&publish->drawings, fg_drawings_free);
    g_free(publish->unchanged);
    g_free(publish->taken);
    g_free(publish->recipes);
    fg_journal_free(publish->journal);
    fg_key_clear(&publish->key);
    g_clear_pointer(&publish->plan, fg_plan_free);
    fg_found_free(publish->found);
    fg_run_lock_free(publish->lock);
}

gboolean
fg_publish(const FgPublishOptions *options, const FgPublishListener *listener, gpointer data,
           FgPublishTotals *totals, GError **error)
{
    static const FgPublishListener nobody = {0};
    gint64 start = g_get_monotonic_time();
    *totals = (FgPublishTotals){0};
    totals->skipped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    totals->removed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    totals->hdr = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    FgPublishing publish = {
        .options = options, .listener = listener ? listener : &nobody, .data = data, .totals = totals};
    gboolean fine = publish_all(&publish, error);
    publish_clear(&publish);
    totals->seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
    return fine;
}

void
fg_publish_totals_clear(FgPublishTotals *totals)
{
    g_clear_pointer(&totals->skipped, g_hash_table_unref);
    g_clear_pointer(&totals->removed, g_hash_table_unref);
    g_clear_pointer(&totals->hdr, g_hash_table_unref);
    g_clear_pointer(&totals->set_aside, g_ptr_array_unref);
    g_clear_pointer(&totals->creators, g_ptr_array_unref);
}
