/* in_place.c: a file rewritten where it is, with all that it has beside its bytes, and its backup. */
#include "amend/amend_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- The backup ---- */

/* A copy, where the file can't have a second name. */
static gboolean
copy_backup(const char *backup, const FgAmendment *amendment, GError **error)
{
    g_auto(FgPieces) same = fg_pieces_same((guint64)amendment->info.st_size);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    return fg_draft_begin_apart(&draft, backup, 0600, error) &&
           fg_pieces_write(&same, amendment->old, &draft, error) &&
           fg_draft_resemble(&draft, amendment->old, NULL, error) &&
           fg_draft_swap(&draft, backup, NULL, NULL, error) && fg_draft_settle(&draft, error);
}

static gboolean
refuse_backup(GError *taken_why, GError **error)
{
    g_autoptr(GError) why = taken_why;
    if (g_error_matches(why, FG_ERROR, FG_ERROR_SPACE)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    return fg_throw(error, FG_ERROR_PATH, "no backup can be made beside it: %s", why->message);
}

/* The rewrite gives the name to a new file, so that a second name for the old one keeps it with all it
 * has. Returns 0, EEXIST when the name is taken, or -1 with the error set. */
static int
make_backup(const char *path, const char *backup, const FgAmendment *amendment, GError **error)
{
    GError *failure = NULL;
    if (link(path, backup) == 0)
        return 0;
    if (errno == EEXIST)
        return EEXIST;
    if (copy_backup(backup, amendment, &failure))
        return 0;
    refuse_backup(failure, error);
    return -1;
}

static gboolean
is_backup(const char *backup, const FgDraft *draft)
{
    struct stat there;
    return lstat(backup, &there) == 0 && S_ISREG(there.st_mode) && fg_amend_is_same_picture(draft, backup);
}

/* A backup that is there already is of the true original, and stays; what else has the name is no backup of
 * this file, and stays, too. *made becomes the name of a new one. */
static gboolean
keep_backup(const char *path, const FgAmendment *amendment, const FgDraft *draft, char **made, GError **error)
{
    for (guint number = 0; number < FG_KEPT_MOST; number++) {
        g_autofree char *backup = fg_kept_name(path, FG_KEPT_BACKUP, number);
        int result = is_backup(backup, draft) ? 0 : -2;
        if (result == 0)
            return TRUE;
        result = make_backup(path, backup, amendment, error);
        if (result < 0)
            return FALSE;
        if (result == 0) {
            *made = g_steal_pointer(&backup);
            return TRUE;
        }
    }
    return fg_throw(error, FG_ERROR_PATH, "no backup can be made beside it: every name for one is taken");
}

/* The second name that a backup gives to a file moves the time of its last change. */
static gboolean
look_again(FgFormer *former, GError **error)
{
    struct stat now;
    if (fstat(former->file, &now) != 0 || now.st_size != former->info.st_size ||
        now.st_mtim.tv_sec != former->info.st_mtim.tv_sec ||
        now.st_mtim.tv_nsec != former->info.st_mtim.tv_nsec)
        return fg_throw(error, FG_ERROR_UNREADABLE, "changed while it was read; run the same command again");
    former->info = now;
    return TRUE;
}

static gboolean
put_with_backup(FgDraft *draft, const char *path, const FgAmendOptions *options, const FgAmendment *amendment,
                FgAmendResult *result, GError **error)
{
    FgFormer former = {amendment->old, amendment->info};
    g_autofree char *backup = NULL;
    if (!fg_former_check(&former, path, error))
        return FALSE;
    if (options->backup && !keep_backup(path, amendment, draft, &backup, error))
        return FALSE;
    if ((!backup || look_again(&former, error)) &&
        fg_amend_place(draft, path, &former, options, result, error))
        return TRUE;
    if (backup) /* Of a file that was not rewritten. */
        unlink(backup);
    return FALSE;
}

/* Through a symbolic link the file that it names is rewritten, not the link. */
gboolean
fg_amend_put_in_place(const char *path, const char *below, const FgAmendOptions *options,
                      const FgAmendment *amendment, FgAmendResult *result, GError **error)
{
    char *found = realpath(path, NULL);
    if (!found)
        return fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "can't find the file again");
    g_autofree char *real = g_strdup(found), *lost = NULL;
    free(found);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    if (!fg_draft_begin_apart(&draft, real, 0600, error) ||
        !fg_amend_fill(&draft, below, options, amendment, error) ||
        !fg_draft_resemble(&draft, amendment->old, &lost, error))
        return FALSE;
    if (lost)
        fg_amend_note(result, path, "its attribute %s does not stay", lost);
    return put_with_backup(&draft, real, options, amendment, result, error);
}
