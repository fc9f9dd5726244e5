/* merge.c: the parts of a run that was shared out become one. */
#include "publish/publish_private.h"

gboolean
fg_publish_merge(const FgPublishOptions *options, const FgPublishListener *listener, gpointer data,
                 GError **error)
{
    static const FgPublishListener nobody = {0};
    const FgPublishOptions whole = {.out = options->out, .interrupted = options->interrupted};
    const FgPublishing publish = {.options = &whole, .listener = listener ? listener : &nobody, .data = data};
    if (!g_file_test(options->out, G_FILE_TEST_IS_DIR)) /* The lock would make it. */
        return fg_journal_merge(options->out, error);
    g_autoptr(FgRunLock) lock = fg_run_lock_take(&publish, error);
    if (!lock || !fg_journal_merge(options->out, error))
        return FALSE;
    fg_run_lock_keep(lock);
    return TRUE;
}
