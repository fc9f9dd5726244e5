/* place.c: where an amended file comes from and goes to: over itself, into a folder, or to standard output.
 */
#include "amend/amend_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INPUT_CEILING ((guint64)4 << 30)

static gboolean
is_standard(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

static gboolean
check_options(const char *path, const FgAmendOptions *options, GError **error)
{
    if (!options->in_place && !options->out)
        return fg_throw(error, FG_ERROR_USAGE, "say where to write: --in-place, -o DIR or -o -");
    if (options->in_place && options->out)
        return fg_throw(error, FG_ERROR_USAGE, "--in-place and -o exclude each other");
    if (options->in_place && is_standard(path))
        return fg_throw(error, FG_ERROR_USAGE, "standard input can't be rewritten in place");
    return TRUE;
}

/* A stream can be read only once, and its end is no process's to wait for. */
static int
open_standard(GError **error)
{
    g_autoptr(GBytes) bytes = fg_file_read_fd(STDIN_FILENO, error);
    return bytes ? fg_aside_file(bytes, error) : -1;
}

int
fg_amend_open(const char *path, const FgAmendOptions *options, struct stat *info, GError **error)
{
    if (!check_options(path, options, error))
        return -1;
    if (!is_standard(path))
        return fg_file_open(path, INPUT_CEILING, info, error);
    int fd = open_standard(error);
    if (fd < 0 || fstat(fd, info) == 0)
        return fd;
    fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "standard input can't be read");
    close(fd);
    return -1;
}

/* ---- The new file, put together and looked at ---- */

/* The new file as asked for in the draft, which is then fit to be placed. */
static gboolean
fill(FgDraft *draft, const char *below, const FgAmendOptions *options, const FgAmendment *amendment,
     GError **error)
{
    struct stat now;
    if (!fg_pieces_write(&amendment->pieces, amendment->old, draft, error))
        return FALSE;
    const struct stat *then = &amendment->info;
    if (fstat(amendment->old, &now) != 0 || now.st_size != then->st_size ||
        now.st_mtim.tv_sec != then->st_mtim.tv_sec || now.st_mtim.tv_nsec != then->st_mtim.tv_nsec)
        return fg_throw(error, FG_ERROR_UNREADABLE, "changed while it was read");
    return fg_amend_audit(draft, below, options, amendment, error);
}

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

/* The rewrite gives the name to a new file, so that a second name for the old one keeps it with all it has. A
 * backup that is there already is of the true original, and stays. */
static gboolean
keep_backup(const char *path, const FgAmendment *amendment, GError **error)
{
    g_autofree char *backup = g_strconcat(path, ".orig", NULL);
    struct stat there;
    if (lstat(backup, &there) == 0 || link(path, backup) == 0 || errno == EEXIST)
        return TRUE;
    g_auto(FgPieces) same = fg_pieces_same((guint64)amendment->info.st_size);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    return fg_draft_begin(&draft, backup, amendment->info.st_mode & 0777, error) &&
           fg_pieces_write(&same, amendment->old, &draft, error) && fg_draft_place(&draft, backup, error) &&
           fg_draft_settle(&draft, error);
}

/* What somebody else has put there meanwhile is not ours to replace. */
static gboolean
check_still_there(const char *path, const struct stat *then, GError **error)
{
    struct stat now;
    if (stat(path, &now) == 0 && now.st_dev == then->st_dev && now.st_ino == then->st_ino)
        return TRUE;
    return fg_throw(error, FG_ERROR_UNREADABLE, "was replaced while it was read");
}

/* Gives the file its name. With a reader, its folder is synced after the last file in it. */
static gboolean
place(FgDraft *draft, const char *path, const FgAmendOptions *options, GError **error)
{
    return fg_draft_place(draft, path, error) &&
           (options->reader ? fg_amend_reader_owe(options->reader, draft, error)
                            : fg_draft_settle(draft, error));
}

/* Through a symbolic link the file that it names is rewritten, not the link. */
static gboolean
put_in_place(const char *path, const char *below, const FgAmendOptions *options, const FgAmendment *amendment,
             GError **error)
{
    char *found = realpath(path, NULL);
    if (!found)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't find the file again");
    g_autofree char *real = g_strdup(found);
    free(found);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    return fg_draft_begin(&draft, real, 0600, error) && fill(&draft, below, options, amendment, error) &&
           fg_draft_resemble(&draft, &amendment->info, error) &&
           check_still_there(real, &amendment->info, error) &&
           (!options->backup || keep_backup(real, amendment, error)) && place(&draft, real, options, error);
}

/* Both are whole, of one kind, and show the same, whatever they say of it. The new file stands for the old
 * one, of which it has the picture: the old one itself is read behind walls alone. */
static gboolean
is_same_picture(const FgDraft *draft, const char *target)
{
    g_autoptr(GBytes) theirs = fg_file_read(target, INPUT_CEILING, NULL);
    g_autoptr(GBytes) ours = theirs ? fg_amend_map(draft, NULL) : NULL;
    g_autoptr(FgContainer) there = ours ? fg_container_read(theirs, NULL) : NULL;
    g_autoptr(FgContainer) made = there ? fg_container_read(ours, NULL) : NULL;
    g_autoptr(GArray) shared = g_array_new(FALSE, FALSE, sizeof(FgCopied));
    return made && made->format == there->format && fg_amend_check_whole(there, NULL) &&
           fg_amend_match_picture(made, there, shared, NULL) && shared->len > 0;
}

/* Of what lies where the file is to go, only the same picture is written over: what an earlier run left. */
static gboolean
check_target(const char *target, const FgDraft *draft, GError **error)
{
    struct stat there;
    if (stat(target, &there) != 0 || is_same_picture(draft, target))
        return TRUE;
    g_autofree char *shown = fg_text_printable(target);
    return fg_throw(error, FG_ERROR_CLASH,
                    "%s is there already and is another picture; move it away or take another -o", shown);
}

static gboolean
check_not_itself(const char *target, const struct stat *source, GError **error)
{
    struct stat there;
    if (stat(target, &there) != 0 || there.st_dev != source->st_dev || there.st_ino != source->st_ino)
        return TRUE;
    return fg_throw(error, FG_ERROR_CLASH, "the output is the file itself; --in-place rewrites it");
}

static gboolean
put_in_folder(const char *path, const char *target, const char *below, const FgAmendOptions *options,
              const FgAmendment *amendment, GError **error)
{
    mode_t mode = is_standard(path) ? 0644 : amendment->info.st_mode & 0777;
    g_autofree char *folder = g_path_get_dirname(target), *shown = fg_text_printable(target);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    GError *failure = NULL;
    if (!fg_folder_make(folder, error))
        return FALSE;
    if (fg_draft_begin(&draft, target, mode, &failure) && fill(&draft, below, options, amendment, &failure) &&
        check_target(target, &draft, &failure) && place(&draft, target, options, &failure))
        return TRUE;
    if (g_error_matches(failure, FG_ERROR, FG_ERROR_OUTPUT) ||
        g_error_matches(failure, FG_ERROR, FG_ERROR_TARGET) ||
        g_error_matches(failure, FG_ERROR, FG_ERROR_SPACE))
        g_prefix_error(&failure, "%s: ", shown); /* What was read is not to blame. */
    g_propagate_error(error, failure);
    return FALSE;
}

/* Also for a dry run, which is to fail where a real one would: `target` is where that would write to a
 * folder, or NULL. */
static gboolean
put_nowhere(const char *target, const char *below, const FgAmendOptions *options,
            const FgAmendment *amendment, GError **error)
{
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    return fg_draft_begin_nameless(&draft, error) && fill(&draft, below, options, amendment, error) &&
           (!target || check_target(target, &draft, error)) &&
           (options->dry_run || write_standard(&draft, error));
}

gboolean
fg_amend_put(const char *path, const char *below, const FgAmendOptions *options, const FgAmendment *amendment,
             FgAmendResult *result, GError **error)
{
    result->status = amendment->same ? FG_AS_IT_WAS : FG_AMENDED;
    result->path = options->in_place || is_standard(options->out)
                       ? g_strdup(options->in_place ? path : "-")
                       : g_build_filename(options->out, below, NULL);
    if (options->in_place && amendment->same)
        return TRUE;
    const char *target = options->in_place || is_standard(options->out) ? NULL : result->path;
    if (target && !check_not_itself(target, &amendment->info, error))
        return FALSE;
    if (options->dry_run || is_standard(options->out))
        return put_nowhere(target, below, options, amendment, error);
    if (options->in_place)
        return put_in_place(path, below, options, amendment, error);
    return put_in_folder(path, target, below, options, amendment, error);
}

void
fg_amend_result_clear(FgAmendResult *result)
{
    g_clear_pointer(&result->path, g_free);
    g_clear_pointer(&result->removed, g_ptr_array_unref);
    g_clear_pointer(&result->notes, g_strfreev);
    g_clear_pointer(&result->creators, g_strfreev);
}

guint
fg_amend_group(const char *name)
{
    return fg_keep_from_name(name);
}
