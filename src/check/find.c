/* find.c: the photos that a list of paths stands for. */
#include "check/check_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define HEAD 4096 /* bytes that tell every kind of file */
#define MAX_DEPTH 128

gboolean
fg_check_may_be_photo(const char *path)
{
    struct stat info;
    int fd = fg_file_open(path, 0, &info, NULL);
    if (fd < 0)
        return TRUE;
    guint8 head[HEAD];
    ssize_t length = pread(fd, head, sizeof head, 0);
    close(fd);
    return length > 0 && fg_format_is_photo(fg_sniff(head, (gsize)length));
}

static gint
compare_bytes(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

GPtrArray *
fg_check_list(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.' && !fg_file_is_temporary(entry->d_name))
            g_ptr_array_add(names, g_strdup(entry->d_name));
    closedir(folder);
    g_ptr_array_sort(names, compare_bytes);
    return names;
}

/* Links are left out: what they point to lies in the folder and is found there, or it lies outside. */
static void
walk(GPtrArray *found, const char *path, gboolean recurse, guint depth)
{
    g_autoptr(GPtrArray) names = fg_check_list(path);
    if (!names)
        g_ptr_array_add(found,
                        g_strdup(path)); /* Its photos can't be checked; that is told, not passed over. */
    for (guint i = 0; names && i < names->len; i++) {
        g_autofree char *entry = g_build_filename(path, g_ptr_array_index(names, i), NULL);
        struct stat info;
        if (lstat(entry, &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode) && recurse && depth < MAX_DEPTH)
            walk(found, entry, recurse, depth + 1);
        else if (S_ISREG(info.st_mode) && fg_check_may_be_photo(entry))
            g_ptr_array_add(found, g_steal_pointer(&entry));
    }
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
            walk(found, paths[i], recurse, 0);
        } else {
            g_ptr_array_add(found, g_strdup(paths[i]));
        }
    }
    return g_steal_pointer(&found);
}
