/* aside.c: files are read behind walls, many at a time; what dies there takes one file with it. */
#include "check/check_private.h"

#include <malloc.h>
#include <string.h>
#include <unistd.h>

#define SECONDS 60
#define LARGEST_ANSWER ((gsize)512 << 20)
#define FILES 128 /* that go to the process together */

/* Where it finds a file: in the room, or it is the next of the descriptors. */
typedef struct {
    guint32 offset, length;
} Place;
#define BY_DESCRIPTOR G_MAXUINT32

typedef struct {
    const FgRoom *room;
    const FgCheckOptions *options;
    FgCheckLook look;
} Work;

/* ---- Behind the walls ---- */

void
fg_check_look(GByteArray *answer, GBytes *file, const FgCheckOptions *options)
{
    g_autoptr(FgCheck) check = fg_check_bytes("", file, options);
    fg_check_pack(answer, check);
}

static void
look_at(GByteArray *answer, const Work *work, Place place, int fd)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) file = place.length == BY_DESCRIPTOR
                                 ? fg_file_map_fd(fd, &error)
                                 : g_bytes_new_static(work->room->shown + place.offset, place.length);
    if (file) {
        work->look(answer, file, work->options);
    } else {
        g_autoptr(FgCheck) check = fg_check_unreadable(fg_check_new(""), error);
        fg_check_pack(answer, check);
    }
}

/* The question is a place for each file; the answer is a packed check of each. */
static GBytes *
look_at_all(gconstpointer data, GBytes *question, const int *files, guint n_files, GError **error)
{
    gsize size;
    const Place *places = g_bytes_get_data(question, &size);
    /* Small pieces that are set aside are gathered again for each file, which is larger than they are: that
     * costs more than it saves. */
    mallopt(M_MXFAST, 0);
    GByteArray *answer = g_byte_array_new();
    guint described = 0;
    for (gsize i = 0; i < size / sizeof *places; i++) {
        gboolean open = places[i].length == BY_DESCRIPTOR;
        if (open && described == n_files) {
            g_byte_array_unref(answer);
            return fg_throw_null(error, FG_ERROR_INTERNAL, "a question without a file");
        }
        look_at(answer, data, places[i], open ? files[described++] : -1);
    }
    return g_byte_array_free_to_bytes(answer);
}

/* ---- Before them ---- */

/* Files that go to the process together. */
typedef struct {
    FgAside *reader, *previews;
    FgRoom *room;
    const FgCheckOptions *options;
    FgCheckListener listener;
    gpointer data;
    const char *paths[FILES];
    int fds[FILES]; /* -1: could not be opened, or is in the room and not needed any more */
    Place places[FILES];
    FgCheck *checks[FILES];
    guint count, described; /* files, and those that go along as descriptors */
} Batch;

/* Standard input may be slow, and no process is to wait for it. */
static int
open_input(const char *path, const FgCheckOptions *options, struct stat *info, GError **error)
{
    if (strcmp(path, "-") != 0)
        return fg_check_open(path, options, info, error);
    g_autoptr(GBytes) bytes = fg_file_read_fd(STDIN_FILENO, error);
    info->st_size = bytes ? (off_t)g_bytes_get_size(bytes) : 0;
    return bytes ? fg_aside_file(bytes, error) : -1;
}

static void
open_one(Batch *batch, const char *path)
{
    g_autoptr(GError) error = NULL;
    struct stat info;
    guint at = batch->count++;
    Place *place = &batch->places[at];
    int fd = open_input(path, batch->options, &info, &error);
    batch->paths[at] = path;
    batch->checks[at] = fd < 0 ? fg_check_unreadable(fg_check_new(path), error) : NULL;
    place->length = BY_DESCRIPTOR;
    if (fd >= 0 && !fg_room_take(batch->room, fd, (guint64)info.st_size, &place->offset, &place->length))
        batch->described++;
    else if (fd >= 0 && !batch->previews) {
        close(fd);
        fd = -1;
    }
    batch->fds[at] = fd;
}

static gboolean
is_full(const Batch *batch)
{
    return batch->count == FILES || batch->described == FG_ASIDE_FILES || fg_room_is_full(batch->room);
}

/* Asks for those of the batch from `first` on, `n` of them, that have no check yet. */
static gboolean
ask(Batch *batch, guint first, guint n, GError **error)
{
    Place places[FILES];
    int fds[FG_ASIDE_FILES];
    guint asked = 0, described = 0;
    for (guint i = first; i < first + n; i++) {
        if (batch->checks[i])
            continue;
        places[asked++] = batch->places[i];
        if (batch->places[i].length == BY_DESCRIPTOR)
            fds[described++] = batch->fds[i];
    }
    if (asked == 0)
        return TRUE;
    g_autoptr(GBytes) question = g_bytes_new_static(places, asked * sizeof *places);
    g_autoptr(GBytes) answer = fg_aside_ask(batch->reader, question, fds, described, error);
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
    batch->count = batch->described = 0;
    fg_room_empty(batch->room);
    return fine;
}

gboolean
fg_check_with(FgCheckLook look, char *const *paths, const FgCheckOptions *options, FgCheckListener listener,
              gpointer data, GError **error)
{
    g_auto(FgRoom) room = fg_room();
    const Work work = {&room, options, look};
    const FgAsideKind kind = {
        .name = "fg-check",
        .seconds = SECONDS,
        .ceiling = LARGEST_ANSWER,
        .data = &work,
        .work = look_at_all,
    };
    g_autoptr(FgAside) reader = fg_aside_new(&kind), previews = options->previews ? fg_previews_new() : NULL;
    Batch batch = {.reader = reader,
                   .previews = previews,
                   .room = &room,
                   .options = options,
                   .listener = listener,
                   .data = data};
    for (guint i = 0; paths[i]; i++) {
        open_one(&batch, paths[i]);
        if ((is_full(&batch) || !paths[i + 1]) && !finish(&batch, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
fg_check_files(char *const *paths, const FgCheckOptions *options, FgCheckListener listener, gpointer data,
               GError **error)
{
    return fg_check_with(fg_check_look, paths, options, listener, data, error);
}
