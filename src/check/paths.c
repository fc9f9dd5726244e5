/* paths.c: files that are named, and photos in folders, each opened but once. */
#include "check/check_private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    FgBatch *batch;
    GPtrArray *missing; /* of const char *: paths that are not there, as long as no other is */
    gboolean any;       /* one is */
    guint files;
    GError *error;
} Visit;

static gboolean
add(Visit *visit, const char *path, int fd, const struct stat *info, const GError *unreadable)
{
    visit->files++;
    return fg_batch_add(visit->batch, path, fd, fd >= 0 ? (guint64)info->st_size : 0, unreadable,
                        &visit->error);
}

/* A file in a folder: what is no photo is left out, whatever else is the matter with it. */
static gboolean
visit_found(const char *path, gpointer data)
{
    g_autoptr(GError) unreadable = NULL;
    struct stat info;
    int fd = fg_batch_open(((Visit *)data)->batch, path, &info, &unreadable);
    if (fd >= 0 ? fg_check_holds_photo(path, fd) : fg_check_may_be_photo(path))
        return add(data, path, fd, &info, unreadable);
    if (fd >= 0)
        close(fd);
    return TRUE;
}

static gboolean visit_named(Visit *visit, const char *path);

/* Those that are not there are told among the files as soon as one is there. */
static gboolean
visit_missing(Visit *visit)
{
    gboolean fine = TRUE;
    visit->any = TRUE;
    for (guint i = 0; i < visit->missing->len && fine; i++)
        fine = visit_named(visit, visit->missing->pdata[i]);
    return fine;
}

static gboolean
visit_named(Visit *visit, const char *path)
{
    g_autoptr(GError) unreadable = NULL;
    struct stat info;
    int fd = fg_batch_open(visit->batch, path, &info, &unreadable);
    gboolean asked = fd < 0 && strcmp(path, "-") != 0, there = !asked || stat(path, &info) == 0;
    if (!there && !visit->any) {
        g_ptr_array_add(visit->missing, (gpointer)(guintptr)path);
        return TRUE;
    }
    if (!visit->any && !visit_missing(visit)) {
        if (fd >= 0)
            close(fd);
        return FALSE;
    }
    return asked && there && S_ISDIR(info.st_mode) ? fg_check_walk(path, FG_CHECK_DEPTH, visit_found, visit)
                                                   : add(visit, path, fd, &info, unreadable);
}

static gboolean
throw_missing(const char *path, GError **error)
{
    struct stat info;
    g_autofree char *name = fg_text_printable(path);
    int errnum = stat(path, &info) != 0 ? errno : ENOENT;
    return fg_throw_errno(error, FG_ERROR_PATH, errnum, "%s", name);
}

gboolean
fg_check_paths(char *const *paths, const FgCheckOptions *options, FgCheckListener listener, gpointer data,
               guint *files, GError **error)
{
    g_autoptr(FgBatch) batch = fg_batch_new(fg_check_look, options, listener, data);
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    Visit visit = {.batch = batch, .missing = missing};
    gboolean fine = TRUE;
    for (guint i = 0; paths[i] && fine; i++)
        fine = visit_named(&visit, paths[i]);
    *files = visit.files;
    if (fine && !visit.any && missing->len > 0)
        return throw_missing(missing->pdata[0], error);
    if (fine && fg_batch_finish(batch, &visit.error))
        return TRUE;
    g_propagate_error(error, visit.error);
    return FALSE;
}
