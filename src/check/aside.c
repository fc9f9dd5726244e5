/* aside.c: files are read behind walls, a handful at a time; what dies there takes one file with it. */
#include "check/check_private.h"

#include <malloc.h>
#include <string.h>
#include <unistd.h>

#define SECONDS 60
#define LARGEST_ANSWER ((gsize)512 << 20)

/* ---- Behind the walls ---- */

GBytes *
fg_check_work(gconstpointer data, GBytes *question, const int *files, guint n_files, GError **error)
{
    (void)question;
    (void)error;
    /* Small pieces that are set aside are gathered again for each file, which is larger than they are: that
     * costs more than it saves. */
    mallopt(M_MXFAST, 0);
    GByteArray *answer = g_byte_array_new();
    for (guint i = 0; i < n_files; i++) {
        g_autoptr(FgCheck) check = fg_check_descriptor("", files[i], data);
        fg_check_pack(answer, check);
    }
    return g_byte_array_free_to_bytes(answer);
}

/* ---- Before them ---- */

/* Files that go to the process together. */
typedef struct {
    FgAside *reader, *previews;
    const FgCheckOptions *options;
    FgCheckListener listener;
    gpointer data;
    const char *paths[FG_ASIDE_FILES];
    int fds[FG_ASIDE_FILES]; /* -1: could not be opened */
    FgCheck *checks[FG_ASIDE_FILES];
    guint count;
} Batch;

/* Standard input may be slow, and no process is to wait for it. */
static int
open_input(const char *path, const FgCheckOptions *options, GError **error)
{
    int fd = fg_check_open(path, options, error);
    if (fd < 0 || strcmp(path, "-") != 0)
        return fd;
    g_autoptr(GBytes) bytes = fg_file_read_fd(fd, error);
    close(fd);
    return bytes ? fg_aside_file(bytes, error) : -1;
}

static void
open_one(Batch *batch, const char *path)
{
    g_autoptr(GError) error = NULL;
    guint at = batch->count++;
    batch->paths[at] = path;
    batch->checks[at] = NULL;
    batch->fds[at] = open_input(path, batch->options, &error);
    if (batch->fds[at] < 0)
        batch->checks[at] = fg_check_unreadable(fg_check_new(path), error);
}

/* Asks for those of the batch from `first` on, `n` of them, that have no check yet. */
static gboolean
ask(Batch *batch, guint first, guint n, GError **error)
{
    int fds[FG_ASIDE_FILES];
    guint asked = 0;
    for (guint i = first; i < first + n; i++)
        if (!batch->checks[i])
            fds[asked++] = batch->fds[i];
    if (asked == 0)
        return TRUE;
    g_autoptr(GBytes) question = g_bytes_new_static("", 0);
    g_autoptr(GBytes) answer = fg_aside_ask(batch->reader, question, fds, asked, error);
    if (!answer)
        return FALSE;
    FgCursor at = fg_cursor_bytes(answer, FG_LITTLE_ENDIAN);
    for (guint i = first; i < first + n; i++)
        if (!batch->checks[i] && !(batch->checks[i] = fg_check_unpack(&at, batch->paths[i])))
            return fg_throw(error, FG_ERROR_WORKER, "the process said something else than an answer");
    return TRUE;
}

static gboolean
is_fatal(const GError *error)
{
    return error->code == FG_ERROR_MEMORY || error->code == FG_ERROR_INTERNAL;
}

/* When the process died over several files, each is given to a new one, so that only the file that kills it
 * is lost. */
static gboolean
ask_one_by_one(Batch *batch, GError **error)
{
    for (guint i = 0; i < batch->count; i++) {
        g_autoptr(GError) failure = NULL;
        if (ask(batch, i, 1, &failure))
            continue;
        if (is_fatal(failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return FALSE;
        }
        g_prefix_error(&failure, "while it was read: ");
        batch->checks[i] = fg_check_unreadable(fg_check_new(batch->paths[i]), failure);
    }
    return TRUE;
}

static gboolean
finish(Batch *batch, GError **error)
{
    gboolean fine = ask(batch, 0, batch->count, NULL) || ask_one_by_one(batch, error);
    for (guint i = 0; i < batch->count; i++) {
        if (fine && batch->previews && batch->checks[i]->verdict != FG_UNREADABLE) {
            fg_previews_compare(batch->previews, batch->fds[i], batch->checks[i]);
            fg_check_settle(batch->checks[i], batch->options);
        }
        if (batch->fds[i] >= 0)
            close(batch->fds[i]);
        if (fine)
            batch->listener(batch->checks[i], batch->data);
        else
            fg_check_free(batch->checks[i]);
    }
    batch->count = 0;
    return fine;
}

gboolean
fg_check_with(FgAside *reader, char *const *paths, const FgCheckOptions *options, FgCheckListener listener,
              gpointer data, GError **error)
{
    g_autoptr(FgAside) previews = options->previews ? fg_previews_new() : NULL;
    Batch batch = {
        .reader = reader, .previews = previews, .options = options, .listener = listener, .data = data};
    for (guint i = 0; paths[i]; i++) {
        open_one(&batch, paths[i]);
        if ((batch.count == FG_ASIDE_FILES || !paths[i + 1]) && !finish(&batch, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
fg_check_files(char *const *paths, const FgCheckOptions *options, FgCheckListener listener, gpointer data,
               GError **error)
{
    const FgAsideKind kind = {
        .name = "fg-check",
        .seconds = SECONDS,
        .ceiling = LARGEST_ANSWER,
        .data = options,
        .work = fg_check_work,
    };
    g_autoptr(FgAside) reader = fg_aside_new(&kind);
    return fg_check_with(reader, paths, options, listener, data, error);
}
