#include "run/run_private.h"

const char *
fg_status_name(FgStatus status)
{
    static const char *const names[] = {"done", "unchanged", "declined", "failed"};
    g_assert((guint)status < G_N_ELEMENTS(names));
    return names[status];
}

const char *
fg_stage_intern(const char *stage)
{
    static const char *const stages[] = {"read", "probe",  "rights", "plan",  "decode", "size",
                                         "mark", "encode", "dress",  "audit", "write",  "worker"};
    for (gsize i = 0; i < G_N_ELEMENTS(stages); i++)
        if (g_str_equal(stages[i], stage))
            return stages[i];
    return NULL;
}

void
fg_product_free(FgProduct *product)
{
    g_free(product->name);
    g_free(product->path);
    g_free(product->sha256);
    g_strfreev(product->marks);
    g_free(product);
}

static void
measure_free(FgMeasure *measure)
{
    g_free(measure->name);
    g_free(measure->derivative);
    g_free(measure);
}

FgOutcome *
fg_outcome_new(const char *source)
{
    FgOutcome *outcome = g_new0(FgOutcome, 1);
    outcome->source = g_strdup(source);
    outcome->removed = g_ptr_array_new();
    outcome->products = g_ptr_array_new_with_free_func((GDestroyNotify)fg_product_free);
    outcome->measures = g_ptr_array_new_with_free_func((GDestroyNotify)measure_free);
    outcome->warnings = g_ptr_array_new_with_free_func(g_free);
    return outcome;
}

void
fg_outcome_free(FgOutcome *outcome)
{
    if (!outcome)
        return;
    g_free(outcome->source);
    g_clear_error(&outcome->error);
    g_free(outcome->sha256);
    g_free(outcome->notice);
    g_free(outcome->title);
    g_free(outcome->caption);
    g_free(outcome->alt);
    g_free(outcome->date);
    g_free(outcome->colour);
    g_free(outcome->placeholder);
    g_ptr_array_unref(outcome->removed);
    g_ptr_array_unref(outcome->products);
    g_ptr_array_unref(outcome->measures);
    g_ptr_array_unref(outcome->warnings);
    g_free(outcome);
}
