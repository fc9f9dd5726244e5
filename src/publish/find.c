/* find.c: from INPUTs to photos: by content, in byte order of names, never out of the named folder. */
#include "publish/publish_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_SIZE = 4096 };

#define LOOP "link in a loop"
#define DANGLING "link to nothing"

typedef struct {
    FgFound *found;
    const FgFindListener *listener;
    GHashTable *sources; /* source -> FgPhoto, so that a photo that two INPUTs name is done once */
    gboolean recurse, has_out;
    guint seen; /* photos by their content in the INPUT in hand */
    struct stat out;
    const char *input; /* in hand, with its name behind all links: */
    char *real_input;
} Finder;

void
fg_found_free(FgFound *found)
{
    if (!found)
        return;
    g_ptr_array_unref(found->photos);
    g_ptr_array_unref(found->folders);
    g_ptr_array_unref(found->living);
    g_ptr_array_unref(found->set_aside);
    g_free(found);
}

static void
skip(Finder *finder, const char *path, const char *kind)
{
    if (finder->listener->skipped)
        finder->listener->skipped(path, kind, finder->listener->data);
}

static gboolean
is_same_file(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* `info` is its stat, or NULL when it is not known. */
static void
take_photo(Finder *finder, const char *path, const char *source, const struct stat *info)
{
    const FgPhoto *twin = g_hash_table_lookup(finder->sources, source);
    if (twin && is_same_file(twin->path, path))
        return;
    FgPhoto *photo = fg_photo_new(path, source);
    struct stat now;
    if (info || stat(path, &now) == 0) {
        const gint64 second = 1000000000;
        info = info ? info : &now;
        photo->size = info->st_size;
        photo->mtime_ns = (gint64)info->st_mtim.tv_sec * second + info->st_mtim.tv_nsec;
        photo->ctime_ns = (gint64)info->st_ctim.tv_sec * second + info->st_ctim.tv_nsec;
        photo->inode = info->st_ino;
    }
    g_ptr_array_add(finder->found->photos, photo);
    g_hash_table_insert(finder->sources, photo->source, photo);
}

/* A sidecar belongs to its photo, and so does what `tag` and `scrub` keep of it: neither is a photo, and
 * neither is anything that was passed over. */
static gboolean
is_companion(const char *path)
{
    gsize length = strlen(path);
    return (length > 5 && g_ascii_strcasecmp(path + length - 4, ".xmp") == 0) || fg_name_is_kept(path);
}

/* What a regular file of a folder is, by its first bytes. One that can't be read is taken for a photo, so
 * that it fails by name instead of being passed over. */
static void
take_if_photo(Finder *finder, const char *path, const char *source)
{
    if (is_companion(path))
        return;
    struct stat info;
    guint8 head[HEAD_SIZE];
    int fd = fg_file_open(path, 0, &info, NULL);
    ssize_t length = fd < 0 ? -1 : pread(fd, head, sizeof head, 0);
    if (fd >= 0)
        close(fd);
    if (length < 0) {
        take_photo(finder, path, source, NULL);
        return;
    }
    FgFormat format = fg_sniff(head, (gsize)length);
    finder->seen += fg_format_is_photo(format) ? 1 : 0;
    /* What was published and is no photo any more is told, too, since its pictures are still there. */
    if (fg_sniff_photo(path, head, (gsize)length) ||
        (finder->listener->was_published && finder->listener->was_published(source, finder->listener->data)))
        take_photo(finder, path, source, NULL);
    else
        skip(finder, path,
             format == FG_FORMAT_UNKNOWN ? fg_format_title(FG_FORMAT_OTHER) : fg_format_title(format));
}

/* Why a link is not followed, or NULL when it leads to a file inside the INPUT. */
static const char *
link_refusal(const Finder *finder, const char *path, const struct stat *target)
{
    if (S_ISDIR(target->st_mode))
        return "link to a folder";
    if (!S_ISREG(target->st_mode))
        return "link to a device";
    g_autofree char *real = realpath(path, NULL);
    gsize length = finder->real_input ? strlen(finder->real_input) : 0;
    gboolean inside = real && finder->real_input && g_str_has_prefix(real, finder->real_input) &&
                      (real[length] == '/' || (length && finder->real_input[length - 1] == '/'));
    if (!inside)
        return "link out of the folder";
    return NULL;
}

static const char *
special_kind(mode_t mode)
{
    return S_ISFIFO(mode) ? "FIFO" : S_ISSOCK(mode) ? "socket" : "device";
}

gboolean
fg_find_is_published(const char *folder)
{
    g_autofree char *manifest = g_build_filename(folder, "filigrane.json", NULL);
    g_autofree char *state = g_build_filename(folder, ".filigrane", NULL);
    return g_file_test(manifest, G_FILE_TEST_IS_REGULAR) || g_file_test(state, G_FILE_TEST_IS_DIR);
}

static void walk_folder(Finder *finder, const char *folder, const char *below);

static void
take_entry(Finder *finder, const char *path, const char *source)
{
    struct stat info, target;
    if (lstat(path, &info) != 0) {
        if (errno != ENOENT) /* A file may go while a folder is walked. */
            take_photo(finder, path, source, NULL);
        return;
    }
    if (S_ISDIR(info.st_mode)) {
        gboolean is_out =
            finder->has_out && info.st_dev == finder->out.st_dev && info.st_ino == finder->out.st_ino;
        if (!finder->recurse || is_out)
            return;
        if (fg_find_is_published(path))
            g_ptr_array_add(finder->found->set_aside, g_strdup(path));
        else
            walk_folder(finder, path, source);
        return;
    }
    if (S_ISREG(info.st_mode)) {
        if (finder->listener->is_known && finder->listener->is_known(source, &info, finder->listener->data)) {
            take_photo(finder, path, source, &info);
            finder->seen++;
        } else {
            take_if_photo(finder, path, source);
        }
        return;
    }
    if (!S_ISLNK(info.st_mode)) {
        skip(finder, path, special_kind(info.st_mode));
        return;
    }
    if (stat(path, &target) != 0) {
        skip(finder, path, errno == ELOOP ? LOOP : DANGLING);
        return;
    }
    const char *refusal = link_refusal(finder, path, &target);
    if (refusal)
        skip(finder, path, refusal);
    else
        take_if_photo(finder, path, source);
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder but hidden ones, in byte order; NULL when it can't be read. */
static GPtrArray *
list_names(const char *folder)
{
    DIR *stream = opendir(folder);
    if (!stream)
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const struct dirent *entry;
    while ((entry = readdir(stream)))
        if (entry->d_name[0] != '.')
            g_ptr_array_add(names, g_strdup(entry->d_name));
    closedir(stream);
    g_ptr_array_sort(names, compare_names);
    return names;
}

static void
walk_folder(Finder *finder, const char *folder, const char *below)
{
    g_autoptr(GPtrArray) names = list_names(folder);
    if (!names) {
        finder->found->unreadable = TRUE;
        g_autofree char *name = g_path_get_basename(folder);
        take_photo(finder, folder, below ? below : name, NULL);
        return;
    }
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *source = below ? g_strconcat(below, "/", name, NULL) : g_strdup(name);
        take_entry(finder, path, source);
    }
}

static gboolean
check_input(const Finder *finder, const char *input, struct stat *info, GError **error)
{
    g_autofree char *printable = fg_text_printable(input);
    if (stat(input, info) != 0)
        return fg_throw_errno(error, FG_ERROR_PATH, errno, "%s", printable);
    if (finder->has_out && info->st_dev == finder->out.st_dev && info->st_ino == finder->out.st_ino)
        return fg_throw(error, FG_ERROR_PATH,
                        "%s is the output folder: photos would be published again and again", printable);
    return TRUE;
}

static gboolean
take_input(Finder *finder, const char *input, GError **error)
{
    struct stat info;
    g_autofree char *printable = fg_text_printable(input);
    if (!check_input(finder, input, &info, error))
        return FALSE;
    finder->input = input;
    if (!S_ISDIR(info.st_mode)) {
        g_autofree char *name = g_path_get_basename(input);
        take_photo(finder, input, name, NULL);
        return TRUE;
    }
    guint before = finder->found->photos->len;
    g_ptr_array_add(finder->found->folders, g_strdup(input));
    if (fg_find_is_published(input) && finder->listener->note) {
        g_autofree char *text = g_strdup_printf("%s: its pictures were published before", printable);
        finder->listener->note(text, TRUE, finder->listener->data);
    }
    finder->real_input = realpath(input, NULL);
    finder->seen = 0;
    walk_folder(finder, input, NULL);
    if (finder->seen > 0)
        g_ptr_array_add(finder->found->living, g_strdup(input));
    g_clear_pointer(&finder->real_input, free);
    if (finder->found->photos->len == before) {
        finder->found->empty_inputs++;
        g_autofree char *text = g_strdup_printf("%s: no photo in this folder", printable);
        if (finder->listener->note)
            finder->listener->note(text, TRUE, finder->listener->data);
    }
    return TRUE;
}

static gboolean
look_at_out(Finder *finder, const char *out, GError **error)
{
    finder->has_out = stat(out, &finder->out) == 0;
    return !finder->has_out || S_ISDIR(finder->out.st_mode) ||
           fg_throw(error, FG_ERROR_PATH, "%s is no folder", out);
}

gboolean
fg_find_check(const char *const *inputs, const char *out, GError **error)
{
    Finder finder = {0};
    struct stat info;
    if (!look_at_out(&finder, out, error))
        return FALSE;
    for (gsize i = 0; inputs[i]; i++)
        if (!check_input(&finder, inputs[i], &info, error))
            return FALSE;
    return TRUE;
}

FgFound *
fg_find(const char *const *inputs, const char *out, gboolean recurse, const FgFindListener *listener,
        GError **error)
{
    g_autoptr(FgFound) found = g_new0(FgFound, 1);
    found->photos = g_ptr_array_new_with_free_func((GDestroyNotify)fg_photo_free);
    found->folders = g_ptr_array_new_with_free_func(g_free);
    found->living = g_ptr_array_new_with_free_func(g_free);
    found->set_aside = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) sources = g_hash_table_new(g_str_hash, g_str_equal);
    Finder finder = {.found = found, .listener = listener, .sources = sources, .recurse = recurse};
    if (!look_at_out(&finder, out, error))
        return NULL;
    for (gsize i = 0; inputs[i]; i++)
        if (!take_input(&finder, inputs[i], error))
            return NULL;
    g_ptr_array_add(found->folders, NULL);
    g_ptr_array_add(found->living, NULL);
    return g_steal_pointer(&found);
}
