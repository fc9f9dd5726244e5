/* among.c: an output folder below an INPUT, which is left out of the walk. */
#include "publish/publish_private.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEAD_SIZE = 4096 };

/* Photos in the output folder that it does not know. */
typedef struct {
    FgPublishing *publish;
    guint count;
    char *first; /* of them, below the output folder */
} Strangers;

static gboolean
is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Is a folder below one of the INPUTs, by whatever way both are named? */
static gboolean
is_below_input(const char *out, const GPtrArray *inputs)
{
    char *real = realpath(out, NULL);
    if (!real)
        return FALSE;
    gboolean below = FALSE;
    for (char *slash; !below && (slash = strrchr(real, '/'));) {
        slash[slash == real ? 1 : 0] = '\0';
        struct stat above, input;
        for (guint i = 0; !below && i + 1 < inputs->len; i++)
            below = stat(real, &above) == 0 && stat(inputs->pdata[i], &input) == 0 && is_same(&above, &input);
        if (slash == real)
            break;
    }
    free(real);
    return below;
}

static gboolean
looks_like_photo(const char *path)
{
    guint8 head[HEAD_SIZE];
    struct stat info;
    int fd = fg_file_open(path, 0, &info, NULL);
    ssize_t length = fd < 0 ? 0 : pread(fd, head, sizeof head, 0);
    if (fd >= 0)
        close(fd);
    return fg_sniff_photo(path, head, (gsize)MAX(length, 0));
}

static void
count_in(Strangers *strangers, const char *folder, const char *below)
{
    DIR *stream = opendir(folder);
    const struct dirent *entry;
    while (stream && (entry = readdir(stream))) {
        if (entry->d_name[0] == '.')
            continue;
        g_autofree char *path = g_build_filename(folder, entry->d_name, NULL);
        g_autofree char *name =
            below ? g_strconcat(below, "/", entry->d_name, NULL) : g_strdup(entry->d_name);
        struct stat info;
        if (lstat(path, &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode) && !fg_find_is_published(path))
            count_in(strangers, path, name);
        if (!S_ISREG(info.st_mode) || fg_journal_names(strangers->publish->journal, name) ||
            !looks_like_photo(path))
            continue;
        strangers->count++;
        if (!strangers->first || strcmp(name, strangers->first) < 0) {
            g_free(strangers->first);
            strangers->first = g_strdup(name);
        }
    }
    if (stream)
        closedir(stream);
}

gboolean
fg_publish_check_among(FgPublishing *publish, GError **error)
{
    const char *out = publish->options->out;
    if (!is_below_input(out, publish->found->folders))
        return TRUE;
    Strangers strangers = {.publish = publish};
    count_in(&strangers, out, NULL);
    g_autofree char *shown = fg_text_printable(out);
    g_autofree char *first = strangers.first ? fg_text_printable(strangers.first) : NULL;
    g_free(strangers.first);
    if (strangers.count == 0)
        return TRUE;
    if (strangers.count == 1)
        return fg_throw(
            error, FG_ERROR_CLASH,
            "%s holds 1 photo that publish did not make: %s; it lies in an INPUT, so choose another -o, "
            "or move the photo out of it",
            shown, first);
    return fg_throw(
        error, FG_ERROR_CLASH,
        "%s holds %u photos that publish did not make, the first is %s; it lies in an INPUT, so choose "
        "another -o, or move the photos out of it",
        shown, strangers.count, first);
}

/* ---- What is gone ---- */

/* A photo is gone when its name is not in a folder that was walked: each folder on the way was, from the
 * INPUT down to one in which the next name is not. A link, a folder that publish fills and one that was not
 * asked for were not walked; and what can't be looked at may be there. */
gboolean
fg_publish_is_gone(const char *folder, const char *source, gpointer data)
{
    const FgPublishing *publish = data;
    struct stat out, info;
    gboolean has_out = stat(publish->options->out, &out) == 0;
    if (strstr(source, "\xEF\xBF\xBD")) /* It may stand for a byte that is no UTF-8. */
        return FALSE;
    g_autofree char *at = g_strdup(folder);
    g_auto(GStrv) steps = g_strsplit(source, "/", -1);
    for (guint i = 0; steps[i]; i++) {
        char *next = g_build_filename(at, steps[i], NULL);
        g_free(at);
        at = next;
        if (i == 0 && steps[1] && publish->options->no_recurse)
            return FALSE;
        if (lstat(at, &info) != 0)
            return errno == ENOENT;
        if (!S_ISDIR(info.st_mode) || (has_out && is_same(&info, &out)) || fg_find_is_published(at))
            return FALSE;
    }
    return FALSE;
}
