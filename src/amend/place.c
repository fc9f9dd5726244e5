/* place.c: an amended file put together, verified and given its name. */
#include "amend/amend_private.h"

#include <stdarg.h>

/* The new file as asked for in the draft, which is then fit to be placed. */
gboolean
fg_amend_fill(FgDraft *draft, const char *below, const FgAmendOptions *options, const FgAmendment *amendment,
              GError **error)
{
    struct stat now;
    if (!fg_pieces_write(&amendment->pieces, amendment->old, draft, error))
        return FALSE;
    const struct stat *then = &amendment->info;
    if (fstat(amendment->old, &now) != 0 || now.st_size != then->st_size ||
        now.st_mtim.tv_sec != then->st_mtim.tv_sec || now.st_mtim.tv_nsec != then->st_mtim.tv_nsec)
        return fg_throw(error, FG_ERROR_UNREADABLE, "changed while it was read; run the same command again");
    return fg_amend_audit(draft, below, options, amendment, error);
}

void
fg_amend_note(FgAmendResult *result, const char *path, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *text = g_strdup_vprintf(format, list), *shown = fg_text_printable(path);
    va_end(list);
    if (!result->notes)
        result->notes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(result->notes, g_strdup_printf("%s: %s", shown, text));
}

void
fg_amend_tell(FgAmendResult *result, const char *path, const FgTold *told)
{
    for (char **note = told->notes; note && *note; note++)
        fg_amend_note(result, path, "%s", *note);
}

gboolean
fg_amend_place(FgDraft *draft, const char *path, const FgFormer *former, const FgAmendOptions *options,
               FgAmendResult *result, GError **error)
{
    g_autofree char *saved = NULL, *folder = g_path_get_dirname(path);
    gboolean fine = fg_draft_swap(draft, path, former, &saved, error);
    if (saved) {
        g_autofree char *name = g_build_filename(folder, saved, NULL);
        fg_amend_note(result, name, FG_SWEEP_NOTE);
    }
    return fine && (options->reader ? fg_amend_reader_owe(options->reader, draft, error)
                                    : fg_draft_settle(draft, error));
}
