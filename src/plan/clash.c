/* clash.c: two files with one path are found before anything is written. */
#include <string.h>

#include "plan/plan_private.h"

/* A path as the least discerning file system sees it: composed, without case. Bytes that are no UTF-8 stay
 * apart. */
static char *
fold_path(const char *path)
{
    if (g_utf8_validate(path, -1, NULL))
        return fg_text_fold(path, TRUE);
    g_autofree char *printable = fg_text_printable(path);
    return fg_text_fold(printable, TRUE);
}

/* Who makes a file. */
typedef struct {
    const FgPlanned *planned;
    const FgDerivative *derivative;
    const FgOutput *output;
} FgMaker;

static gboolean
throw_within(const FgMaker *first, const FgMaker *second, GError **error)
{
    g_autofree char *source = fg_text_printable(second->planned->photo->source);
    g_autofree char *path = fg_text_printable(second->output->path);
    return fg_throw(error, FG_ERROR_CLASH,
                    "the derivatives %s and %s of %s would both be %s; add {name} to output.name",
                    first->derivative->recipe->name, second->derivative->recipe->name, source, path);
}

static gboolean
throw_between(const FgMaker *first, const FgMaker *second, GError **error)
{
    g_autofree char *one = fg_text_printable(first->planned->photo->path);
    g_autofree char *two = fg_text_printable(second->planned->photo->path);
    g_autofree char *path = fg_text_printable(second->output->path);
    return fg_throw(error, FG_ERROR_CLASH,
                    "%s and %s would both become %s; rename one, or put them in folders below one INPUT", one,
                    two, path);
}

/* Calls `each` for every file of the plan until it fails. */
static gboolean
for_all_outputs(const FgPlan *plan, gboolean (*each)(const FgMaker *maker, gpointer data, GError **error),
                gpointer data, GError **error)
{
    for (guint i = 0; i < plan->photos->len; i++) {
        const FgPlanned *planned = plan->photos->pdata[i];
        for (guint j = 0; j < planned->derivatives->len; j++) {
            const FgDerivative *derivative = planned->derivatives->pdata[j];
            for (guint k = 0; k < derivative->outputs->len; k++) {
                const FgMaker maker = {planned, derivative, derivative->outputs->pdata[k]};
                if (!each(&maker, data, error))
                    return FALSE;
            }
        }
    }
    return TRUE;
}

static gboolean
meet(const FgMaker *maker, gpointer data, GError **error)
{
    GHashTable *makers = data;
    g_autofree char *key = fold_path(maker->output->path);
    const FgMaker *first = g_hash_table_lookup(makers, key);
    if (first && first->planned == maker->planned)
        return throw_within(first, maker, error);
    if (first)
        return throw_between(first, maker, error);
    g_hash_table_insert(makers, g_steal_pointer(&key), g_memdup2(maker, sizeof *maker));
    return TRUE;
}

typedef struct {
    const char *out;
    GHashTable *inputs; /* folded absolute path -> FgPhoto */
} FgInputs;

static gboolean
spare_inputs(const FgMaker *maker, gpointer data, GError **error)
{
    const FgInputs *inputs = data;
    g_autofree char *below = g_build_filename(inputs->out, maker->output->path, NULL);
    g_autofree char *absolute = g_canonicalize_filename(below, NULL);
    g_autofree char *key = fold_path(absolute);
    const FgPhoto *photo = g_hash_table_lookup(inputs->inputs, key);
    if (!photo)
        return TRUE;
    g_autofree char *source = fg_text_printable(maker->planned->photo->path);
    g_autofree char *shown = fg_text_printable(photo->path);
    return fg_throw(
        error, FG_ERROR_CLASH,
        "%s of %s would overwrite the photo %s; choose another output folder, or another output.name",
        maker->derivative->recipe->name, source, shown);
}

/* Sources are the names in the manifest: each stands for one photo. */
static gboolean
check_sources(const FgPlan *plan, GError **error)
{
    for (guint i = 1; i < plan->photos->len; i++) {
        const FgPhoto *one = ((const FgPlanned *)plan->photos->pdata[i - 1])->photo;
        const FgPhoto *two = ((const FgPlanned *)plan->photos->pdata[i])->photo;
        if (strcmp(one->source, two->source) != 0)
            continue;
        g_autofree char *first = fg_text_printable(one->path);
        g_autofree char *second = fg_text_printable(two->path);
        g_autofree char *source = fg_text_printable(two->source);
        return fg_throw(
            error, FG_ERROR_CLASH,
            "%s and %s would both be %s in the output; rename one, or put them in folders below one INPUT",
            first, second, source);
    }
    return TRUE;
}

gboolean
fg_plan_check_clashes(const FgPlan *plan, const char *out, GError **error)
{
    g_autoptr(GHashTable) makers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!check_sources(plan, error) || !for_all_outputs(plan, meet, makers, error))
        return FALSE;
    if (!out)
        return TRUE;
    g_autoptr(GHashTable) photos = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < plan->photos->len; i++) {
        const FgPhoto *photo = ((const FgPlanned *)plan->photos->pdata[i])->photo;
        g_autofree char *absolute = g_canonicalize_filename(photo->path, NULL);
        g_hash_table_insert(photos, fold_path(absolute), (gpointer)photo);
    }
    FgInputs inputs = {out, photos};
    return for_all_outputs(plan, spare_inputs, &inputs, error);
}
