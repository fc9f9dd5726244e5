#include "base/base.h"
#include "filigrane/report.h"
#include "run/run.h"
#include "sandbox/sandbox.h"

static FgJson *
strings_of(const GPtrArray *texts)
{
    FgJson *array = fg_json_array();
    for (guint i = 0; texts && i < texts->len; i++)
        fg_json_add(array, fg_json_string(texts->pdata[i]));
    return array;
}

static FgJson *
measures_of(const FgOutcome *outcome)
{
    FgJson *array = fg_json_array();
    for (guint i = 0; outcome->measures && i < outcome->measures->len; i++) {
        const FgMeasure *measure = outcome->measures->pdata[i];
        FgJson *mark = fg_json_object();
        fg_json_set(mark, "name", fg_json_string(measure->name));
        fg_json_set(mark, "derivative", fg_json_string(measure->derivative));
        fg_json_set(mark, "visibility", fg_json_number(measure->visibility));
        fg_json_add(array, mark);
    }
    return array;
}

char *
fg_report_outcome_json(const FgOutcome *outcome)
{
    g_autoptr(FgJson) line = fg_json_object();
    FgJson *paths = fg_json_array();
    for (guint i = 0; outcome->products && i < outcome->products->len; i++)
        fg_json_add(paths, fg_json_string(((const FgProduct *)outcome->products->pdata[i])->path));
    const GError *error = outcome->error;
    gboolean ours = error && error->domain == FG_ERROR;

    fg_json_set(line, "source", fg_json_string(outcome->source));
    fg_json_set(line, "status", fg_json_string(fg_status_name(outcome->status)));
    fg_json_set(line, "stage", fg_json_string(error ? outcome->stage : NULL));
    fg_json_set(line, "id", fg_json_string(ours ? fg_error_slug((FgErrorCode)error->code) : NULL));
    fg_json_set(line, "message", fg_json_string(error ? error->message : NULL));
    fg_json_set(line, "derivatives", paths);
    fg_json_set(line, "removed", strings_of(outcome->removed));
    fg_json_set(line, "marks", measures_of(outcome));
    return fg_json_print(line);
}

static FgJson *
counts_of(GHashTable *counts)
{
    FgJson *object = fg_json_object();
    if (!counts)
        return object;
    g_autoptr(GList) keys =
        g_list_sort(g_hash_table_get_keys(counts), (GCompareFunc)(void (*)(void))g_strcmp0);
    for (GList *key = keys; key; key = key->next)
        fg_json_set(object, key->data,
                    fg_json_integer(GPOINTER_TO_UINT(g_hash_table_lookup(counts, key->data))));
    return object;
}

char *
fg_report_publish_json(const FgPublishTotals *totals)
{
    g_autoptr(FgJson) line = fg_json_object();
    FgJson *summary = fg_json_object();
    fg_json_set(summary, "photos", fg_json_integer(totals->photos));
    fg_json_set(summary, "done", fg_json_integer(totals->done));
    fg_json_set(summary, "unchanged", fg_json_integer(totals->unchanged));
    fg_json_set(summary, "declined", fg_json_integer(totals->declined));
    fg_json_set(summary, "failed", fg_json_integer(totals->failed));
    fg_json_set(summary, "derivatives", fg_json_integer(totals->files));
    fg_json_set(summary, "bytes", fg_json_integer((gint64)totals->bytes));
    fg_json_set(summary, "pruned", fg_json_integer(totals->pruned));
    fg_json_set(summary, "left_over", fg_json_integer(totals->left_over));
    fg_json_set(summary, "set_aside", strings_of(totals->set_aside));
    fg_json_set(summary, "empty_inputs", fg_json_integer(totals->empty_inputs));
    g_autofree char *protection = fg_sandbox_protection();
    fg_json_set(summary, "protection", fg_json_string(protection));
    fg_json_set(summary, "seconds", fg_json_number(totals->seconds));
    fg_json_set(summary, "skipped", counts_of(totals->skipped));
    fg_json_set(summary, "removed", counts_of(totals->removed));
    fg_json_set(summary, "hdr", counts_of(totals->hdr));
    fg_json_set(line, "summary", summary);
    return fg_json_print(line);
}
