#include "run/run_private.h"

/* What there is to do for a photo, as far as one knows beforehand. */
static guint64
work_of(const FgPlanned *planned)
{
    if (planned->error || planned->derivatives->len == 0)
        return G_MAXUINT64; /* Nothing: it is only told. */
    return (guint64)planned->photo->width * planned->photo->height;
}

static int
compare(gconstpointer a, gconstpointer b, gpointer photos)
{
    guint left = *(const guint *)a, right = *(const guint *)b;
    guint64 more = work_of(g_ptr_array_index((GPtrArray *)photos, left));
    guint64 less = work_of(g_ptr_array_index((GPtrArray *)photos, right));
    if (more != less)
        return more > less ? -1 : 1;
    return left < right ? -1 : left > right;
}

GArray *
fg_run_order(const FgPlan *plan, const gboolean *wanted)
{
    GArray *order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < plan->photos->len; i++)
        if (wanted[i])
            g_array_append_val(order, i);
    g_array_sort_with_data(order, compare, plan->photos);
    return order;
}
