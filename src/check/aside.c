/* aside.c: files are read behind walls, many at a time; what dies there takes one file with it. */
#include "check/check_private.h"

#include <malloc.h>
#include <string.h>
#include <unistd.h>

#define SECONDS 60
#define LARGEST_ANSWER ((gsize)512 << 20)
#define FILES 128 /* that go to the process together */

/* Where it finds a file: in the room, or it is the next of the descriptors; and the file's name, by its
 * offset in the question, which ends with a NUL. */
typedef struct {
    guint32 offset, length, name;
} Place;
#define BY_DESCRIPTOR G_MAXUINT32

typedef struct {
    const FgRoom *room;
    const FgCheckOptions *options;
    FgCheckLook look;
} Work;

/* ---- Behind the walls ---- */

void
fg_check_look(GByteArray *answer, const char *name, GBytes *file, const FgCheckOptions *options)
{
    g_autoptr(FgCheck) check = fg_check_bytes(name, file, options);
    fg_check_pack(answer, check);
}

static void
look_at(GByteArray *answer, const Work *work, Place place, const char *name, int fd)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) file = place.length == BY_DESCRIPTOR
                                 ? fg_file_read_fd(fd, &error)
                                 : g_bytes_new_static(work->room->shown + place.offset, place.length);
    if (file) {
        work->look(answer, name, file, work->options);
    } else {
        g_autoptr(FgCheck) check = fg_check_unreadable(fg_check_new(""), error);
        fg_check_pack(answer, check);
    }
}

/* The question is a place for each file, then their names; the answer is a packed check of each. */
static GBytes *
look_at_all(gconstpointer data, GBytes *question, const int *files, guint n_files, GError **error)
{
    const char *names = g_bytes_get_data(question, NULL);
    const Place *places = (gconstpointer)names;
    /* Small pieces that are set aside are gathered again for each file, which is larger than they are: that
     * costs more than it saves. */
    mallopt(M_MXFAST, 0);
    GByteArray *answer = g_byte_array_new();
    guint described = 0;
    for (gsize i = 0; i < places[0].name / sizeof *places; i++) {
        gboolean open = places[i].length == BY_DESCRIPTOR;
        if (open && described == n_files) {
            g_byte_array_unref(answer);
            return fg_throw_null(error, FG_ERROR_INTERNAL, "a question without a file");
        }
        look_at(answer, data, places[i], names + places[i].name, open ? files[described++] : -1);
    }
    return g_byte_array_free_to_bytes(answer);
}

/* ---- Before them ---- */

struct FgBatch {
    FgSandboxTaskKind kind;
    Work work;
    FgRoom room;
    FgSandboxTask *reader, *previews;
    const FgCheckOptions *options;
    FgCheckListener listener;
    gpointer data;
    char *paths[FILES];
    int fds[FILES]; /* -1: could not be opened, or is in the room and not needed any more */
    Place places[FILES];
    FgCheck *checks[FILES];
    guint count, described; /* files, and those that go along as descriptors */
};

FgBatch *
fg_batch_new(FgCheckLook look, const FgCheckOptions *options, FgCheckListener listener, gpointer data)
{
    FgBatch *batch = g_new0(FgBatch, 1);
    batch->room = fg_room();
    batch->work = (Work){&batch->room, options, look};
    batch->kind = (FgSandboxTaskKind){
        .name = "fg-check",
        .seconds = SECONDS,
        .ceiling = LARGEST_ANSWER,
        .data = &batch->work,
        .work = look_at_all,
    };
    batch->reader = fg_sandbox_task_new(&batch->kind);
    batch->previews = options->previews ? fg_previews_new() : NULL;
    batch->options = options;
    batch->listener = listener;
    batch->data = data;
    return batch;
}

static void
forget_files(FgBatch *batch)
{
    for (guint i = 0; i < batch->count; i++) {
        g_free(batch->paths[i]);
        if (batch->fds[i] >= 0)
            close(batch->fds[i]);
        fg_check_free(batch->checks[i]);
    }
    batch->count = batch->described = 0;
    fg_room_empty(&batch->room);
}

void
fg_batch_free(FgBatch *batch)
{
    if (!batch)
        return;
    forget_files(batch);
    fg_sandbox_task_free(batch->reader);
    fg_sandbox_task_free(batch->previews);
    fg_room_clear(&batch->room);
    g_free(batch);
}

/* Standard input may be slow, and no process is to wait for it. */
static int
open_input(const char *path, const FgCheckOptions *options, struct stat *info, GError **error)
{
    if (strcmp(path, "-") != 0)
        return fg_check_open(path, options, info, error);
    g_autoptr(GBytes) bytes = fg_file_read_fd(STDIN_FILENO, error);
    info->st_size = bytes ? (off_t)g_bytes_get_size(bytes) : 0;
    return bytes ? fg_sealed_file(bytes, error) : -1;
}

int
fg_batch_open(const FgBatch *batch, const char *path, struct stat *info, GError **error)
{
    return open_input(path, batch->options, info, error);
}

static gboolean
is_full(const FgBatch *batch)
{
    return batch->count == FILES || batch->described == FG_TASK_FILES || fg_room_is_full(&batch->room);
}

gboolean
fg_batch_add(FgBatch *batch, const char *path, int fd, guint64 size, const GError *unreadable, GError **error)
{
    guint at = batch->count++;
    Place *place = &batch->places[at];
    batch->paths[at] = g_strdup(path);
    batch->checks[at] = fd < 0 ? fg_check_unreadable(fg_check_new(path), unreadable) : NULL;
    place->length = BY_DESCRIPTOR;
    if (fd >= 0 && !fg_room_take(&batch->room, fd, size, &place->offset, &place->length))
        batch->described++;
    else if (fd >= 0 && !batch->previews) {
        close(fd);
        fd = -1;
    }
    batch->fds[at] = fd;
    return !is_full(batch) || fg_batch_finish(batch, error);
}

/* The places and names of those of the batch from `first` on, `n` of them, that have no check yet. */
static GBytes *
question_about(const FgBatch *batch, guint first, guint n)
{
    g_autoptr(GByteArray) names = g_byte_array_new();
    GByteArray *question = g_byte_array_new();
    guint32 asked = 0;
    for (guint i = first; i < first + n; i++)
        asked += !batch->checks[i];
    for (guint i = first; i < first + n; i++) {
        if (batch->checks[i])
            continue;
        Place place = batch->places[i];
        place.name = asked * (guint32)sizeof place + names->len;
        g_byte_array_append(question, (const guint8 *)&place, sizeof place);
        const char *slash = strrchr(batch->paths[i], '/'), *name = slash ? slash + 1 : batch->paths[i];
        g_byte_array_append(names, (const guint8 *)name, (guint)strlen(name) + 1);
    }
    g_byte_array_append(question, names->data, names->len);
    return g_byte_array_free_to_bytes(question);
}

/* Asks for the checks of these. */
static gboolean
ask(FgBatch *batch, guint first, guint n, GError **error)
{
    int fds[FG_TASK_FILES];
    guint described = 0;
    for (guint i = first; i < first + n; i++)
        if (!batch->checks[i] && batch->places[i].length == BY_DESCRIPTOR)
            fds[described++] = batch->fds[i];
    g_autoptr(GBytes) question = question_about(batch, first, n);
    if (g_bytes_get_size(question) == 0)
        return TRUE;
    g_autoptr(GBytes) answer = fg_sandbox_task_ask(batch->reader, question, fds, described, error);
    if (!answer)
        return FALSE;
    FgCursor at = fg_cursor_bytes(answer, FG_LITTLE_ENDIAN);
    for (guint i = first; i < first + n; i++)
        if (!batch->checks[i] && !(batch->checks[i] = fg_check_unpack(&at, batch->paths[i])))
            return fg_throw_no_answer(error);
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
ask_one_by_one(FgBatch *batch, GError **error)
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

gboolean
fg_batch_finish(FgBatch *batch, GError **error)
{
    gboolean fine = ask(batch, 0, batch->count, NULL) || ask_one_by_one(batch, error);
    for (guint i = 0; i < batch->count && fine; i++) {
        if (batch->previews && batch->checks[i]->verdict != FG_UNREADABLE) {
            fg_previews_compare(batch->previews, batch->fds[i], batch->checks[i]);
            fg_check_settle(batch->checks[i], batch->options);
        }
        batch->listener(g_steal_pointer(&batch->checks[i]), batch->data);
    }
    forget_files(batch);
    return fine;
}

gboolean
fg_check_with(FgCheckLook look, char *const *paths, const FgCheckOptions *options, FgCheckListener listener,
              gpointer data, GError **error)
{
    g_autoptr(FgBatch) batch = fg_batch_new(look, options, listener, data);
    for (guint i = 0; paths[i]; i++) {
        g_autoptr(GError) unreadable = NULL;
        struct stat info = {0};
        int fd = fg_batch_open(batch, paths[i], &info, &unreadable);
        if (!fg_batch_add(batch, paths[i], fd, (guint64)info.st_size, unreadable, error))
            return FALSE;
    }
    return fg_batch_finish(batch, error);
}

gboolean
fg_check_files(char *const *paths, const FgCheckOptions *options, FgCheckListener listener, gpointer data,
               GError **error)
{
    return fg_check_with(fg_check_look, paths, options, listener, data, error);
}
