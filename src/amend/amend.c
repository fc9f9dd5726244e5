/* amend.c: the two commands that change what a file says: read in the sandbox, put where the options say. */
#include "amend/amend_private.h"

gboolean
fg_tag_file(const char *path, const char *below, const FgAmendOptions *options, FgAmendResult *result,
            GError **error)
{
    *result = (FgAmendResult){0};
    g_auto(FgAmendment) made = {.old = -1};
    g_assert(options->profile != NULL);
    fg_amend_sweep(path, below, options, result);
    if (!fg_amend_make(path, below, options, &made, error))
        return FALSE;
    fg_amend_tell(result, path, &made.told);
    result->creators = g_steal_pointer(&made.told.foreign_creators);
    if (result->creators)
        return fg_rights_throw_creators(result->creators, error);
    return fg_amend_put(path, below, options, &made, result, error);
}

gboolean
fg_scrub_file(const char *path, const char *below, const FgAmendOptions *options, FgAmendResult *result,
              GError **error)
{
    *result = (FgAmendResult){0};
    g_auto(FgAmendment) made = {.old = -1};
    g_assert(options->profile == NULL);
    fg_amend_sweep(path, below, options, result);
    if (!fg_amend_make(path, below, options, &made, error))
        return FALSE;
    fg_amend_tell(result, path, &made.told);
    result->removed = g_ptr_array_ref(made.removed);
    return fg_amend_put(path, below, options, &made, result, error);
}

void
fg_amend_result_clear(FgAmendResult *result)
{
    g_clear_pointer(&result->path, g_free);
    g_clear_pointer(&result->removed, g_ptr_array_unref);
    g_clear_pointer(&result->notes, g_ptr_array_unref);
    g_clear_pointer(&result->creators, g_strfreev);
}

guint
fg_amend_group(const char *name)
{
    return fg_keep_from_name(name);
}
