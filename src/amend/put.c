/* put.c: where an amended file goes to: below a folder, over itself, to standard output, or nowhere. */
#include "amend/amend_private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static gboolean
write_standard(const FgDraft *draft, GError **error)
{
    g_autoptr(GBytes) bytes = fg_amend_map(draft, error);
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, data, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't write to standard output");
        data += written;
        length -= (gsize)written;
    }
    return data != NULL;
}

void
fg_amend_sweep(const char *path, const char *below, const FgAmendOptions *options, FgAmendResult *result)
{
    if (options->dry_run || fg_amend_is_standard(options->out) || !options->reader)
        return;
    char *real = options->in_place ? realpath(path, NULL) : NULL;
    g_autofree char *target = real           ? g_strdup(real)
                              : options->out ? g_build_filename(options->out, below, NULL)
                                             : g_strdup(path);
    g_autofree char *folder = g_path_get_dirname(target);
    g_autoptr(GPtrArray) saved = g_ptr_array_new_with_free_func(g_free);
    free(real);
    if (fg_amend_reader_enters(options->reader, folder))
        fg_folder_sweep(folder, TRUE, saved);
    for (guint i = 0; i < saved->len; i++) {
        g_autofree char *name = g_build_filename(folder, saved->pdata[i], NULL);
        fg_amend_note(result, name, FG_SWEEP_NOTE);
    }
}

static gboolean
check_not_itself(const char *target, const struct stat *source, GError **error)
{
    struct stat there;
    if (stat(target, &there) != 0 || there.st_dev != source->st_dev || there.st_ino != source->st_ino)
        return TRUE;
    return fg_throw(error, FG_ERROR_CLASH, "the output is the file itself; --in-place rewrites it");
}

/* What is there already with the same bytes stays. */
static gboolean
put_over(FgDraft *draft, const char *path, const char *target, const FgAmendOptions *options,
         const FgAmendment *amendment, FgAmendResult *result, GError **error)
{
    FgFormer former = {.file = -1};
    FgTarget found;
    gboolean fine = fg_amend_check_target(target, draft, path, options, amendment, &found, &former, error);
    if (fine && found != FG_TARGET_SAME) {
        fg_amend_sign(draft, path, options, amendment);
        fine =
            fg_amend_place(draft, target, found == FG_TARGET_OURS ? &former : NULL, options, result, error);
    }
    if (former.file >= 0)
        close(former.file);
    return fine;
}

static gboolean
put_in_folder(const char *path, const char *target, const char *below, const FgAmendOptions *options,
              const FgAmendment *amendment, FgAmendResult *result, GError **error)
{
    mode_t mode = fg_amend_is_standard(path) ? 0644 : amendment->info.st_mode & 0777;
    g_autofree char *folder = g_path_get_dirname(target), *shown = fg_text_printable(target);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    GError *failure = NULL;
    if (!fg_folder_make(folder, error))
        return FALSE;
    if (fg_draft_begin_apart(&draft, target, mode, &failure) &&
        fg_amend_fill(&draft, below, options, amendment, &failure) &&
        put_over(&draft, path, target, options, amendment, result, &failure))
        return TRUE;
    if (g_error_matches(failure, FG_ERROR, FG_ERROR_OUTPUT) ||
        g_error_matches(failure, FG_ERROR, FG_ERROR_TARGET) ||
        g_error_matches(failure, FG_ERROR, FG_ERROR_SPACE) ||
        g_error_matches(failure, FG_ERROR, FG_ERROR_PATH))
        g_prefix_error(&failure, "%s: ", shown); /* What was read is not to blame. */
    g_propagate_error(error, failure);
    return FALSE;
}

static gboolean
check_free(const char *target, const FgDraft *draft, const char *path, const FgAmendOptions *options,
           const FgAmendment *amendment, GError **error)
{
    FgFormer former = {.file = -1};
    FgTarget found;
    gboolean fine = fg_amend_check_target(target, draft, path, options, amendment, &found, &former, error);
    if (former.file >= 0)
        close(former.file);
    return fine;
}

/* Also for a dry run, which is to fail where a real one would: `target` is where that would write to a
 * folder, or NULL. */
static gboolean
put_nowhere(const char *path, const char *target, const char *below, const FgAmendOptions *options,
            const FgAmendment *amendment, GError **error)
{
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    return fg_draft_begin_nameless(&draft, error) &&
           fg_amend_fill(&draft, below, options, amendment, error) &&
           (!target || check_free(target, &draft, path, options, amendment, error)) &&
           (options->dry_run || write_standard(&draft, error));
}

gboolean
fg_amend_put(const char *path, const char *below, const FgAmendOptions *options, const FgAmendment *amendment,
             FgAmendResult *result, GError **error)
{
    result->status = amendment->same ? FG_AS_IT_WAS : FG_AMENDED;
    result->path = options->in_place || fg_amend_is_standard(options->out)
                       ? g_strdup(options->in_place ? path : "-")
                       : g_build_filename(options->out, below, NULL);
    if (options->in_place && amendment->same)
        return TRUE;
    const char *target = options->in_place || fg_amend_is_standard(options->out) ? NULL : result->path;
    if (target && !check_not_itself(target, &amendment->info, error))
        return FALSE;
    if (options->dry_run || fg_amend_is_standard(options->out))
        return put_nowhere(path, target, below, options, amendment, error);
    if (options->in_place)
        return fg_amend_put_in_place(path, below, options, amendment, result, error);
    return put_in_folder(path, target, below, options, amendment, result, error);
}
