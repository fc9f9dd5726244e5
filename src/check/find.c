/* find.c: the photos that a list of paths stands for. */
#include "check/check_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define HEAD 4096 /* bytes that tell every kind of file */

gboolean
fg_check_holds_photo(const char *path, int fd)
{
    guint8 head[HEAD];
    ssize_t length = pread(fd, head, sizeof head, 0);
    return length < 0 || fg_sniff_photo(path, head, (gsize)length);
}

gboolean
fg_check_may_be_photo(const char *path)
{
    struct stat info;
    int fd = fg_file_open(path, 0, &info, NULL);
    gboolean may = fd < 0 || fg_check_holds_photo(path, fd);
    if (fd >= 0)
        close(fd);
    return may;
}

/* A name in a folder, and what the folder itself says of its kind (DT_UNKNOWN: nothing). */
typedef struct {
    char *name;
    guchar kind;
} Entry;

static void
clear_entry(gpointer data)
{
    g_free(((Entry *)data)->name);
}

static gint
compare_entries(gconstpointer left, gconstpointer right)
{
    return strcmp(((const Entry *)left)->name, ((const Entry *)right)->name);
}

/* In byte order of names. */
static GArray *
list_entries(DIR *folder)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(entries, clear_entry);
    for (struct dirent *found; (found = readdir(folder));)
        if (found->d_name[0] != '.') { /* What we are about to write is hidden, too. */
            const Entry entry = {g_strdup(found->d_name), found->d_type};
            g_array_append_val(entries, entry);
        }
    g_array_sort(entries, compare_entries);
    return entries;
}

GPtrArray *
fg_check_list(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        return NULL;
    g_autoptr(GArray) entries = list_entries(folder);
    closedir(folder);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < entries->len; i++)
        g_ptr_array_add(names, g_steal_pointer(&g_array_index(entries, Entry, i).name));
    return names;
}

/* Not every file system says it with the name. */
static guchar
kind_of(int folder, const Entry *entry)
{
    struct stat info;
    if (entry->kind != DT_UNKNOWN || fstatat(folder, entry->name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return entry->kind;
    return (guchar)IFTODT(info.st_mode);
}

static gboolean
is_beside(int folder, char *taken_name)
{
    g_autofree char *name = taken_name;
    struct stat info;
    return name && fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

/* What tag and scrub keep of the file beside it: not what is given away, and meant to be as it was. Without
 * that file it is a photo like any other. */
static gboolean
is_kept(int folder, const char *name)
{
    return fg_name_is_kept(name) &&
           (is_beside(folder, fg_kept_for(name, FALSE)) || is_beside(folder, fg_kept_for(name, TRUE)));
}

static gboolean
visit_entry(const char *path, int folder, const Entry *entry, guint depth, FgCheckVisit visit, gpointer data)
{
    guchar kind = kind_of(folder, entry);
    gboolean below = kind == DT_DIR && depth > 0;
    if (!below && (kind != DT_REG || is_kept(folder, entry->name)))
        return TRUE;
    g_autofree char *inner = g_build_filename(path, entry->name, NULL);
    return below ? fg_check_walk(inner, depth - 1, visit, data) : visit(inner, data);
}

/* Links are left out: what they point to lies in the folder and is found there, or it lies outside. */
gboolean
fg_check_walk(const char *path, guint depth, FgCheckVisit visit, gpointer data)
{
    DIR *folder = opendir(path);
    if (!folder) /* Its photos can't be checked; that is told, not passed over. */
        return visit(path, data);
    g_autoptr(GArray) entries = list_entries(folder);
    gboolean fine = TRUE;
    for (guint i = 0; i < entries->len && fine; i++)
        fine = visit_entry(path, dirfd(folder), &g_array_index(entries, Entry, i), depth, visit, data);
    closedir(folder);
    return fine;
}

static gboolean
take_photo(const char *path, gpointer data)
{
    if (fg_check_may_be_photo(path))
        g_ptr_array_add(data, g_strdup(path));
    return TRUE;
}

GPtrArray *
fg_check_find(const char *const *paths, gboolean recurse, GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; paths[i]; i++) {
        struct stat info;
        if (strcmp(paths[i], "-") == 0) {
            g_ptr_array_add(found, g_strdup("-"));
        } else if (stat(paths[i], &info) != 0) {
            g_autofree char *name = fg_text_printable(paths[i]);
            fg_throw_errno(error, FG_ERROR_PATH, errno, "%s", name);
            return NULL;
        } else if (S_ISDIR(info.st_mode)) {
            fg_check_walk(paths[i], recurse ? FG_CHECK_DEPTH : 0, take_photo, found);
        } else {
            g_ptr_array_add(found, g_strdup(paths[i]));
        }
    }
    return g_steal_pointer(&found);
}

gboolean
fg_check_is_kept(const char *path)
{
    return fg_name_is_kept(path);
}
