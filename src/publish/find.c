#include "base/base.h"
#include "container/container.h"
#include "publish/publish_private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define SNIFF_LENGTH 4096
#define DEPTH_LIMIT 512 /* Folders deeper than any shoot; their paths near what the system can open. */

typedef struct {
    dev_t device;
    ino_t inode;
} Identity;

typedef struct {
    const FgFindListener *listener;
    FgFound *found;
    GHashTable *taken; /* source -> path of the photos, whose strings it borrows */
    gboolean recurse;
    gboolean has_out;
    Identity out;
    const char *root; /* the INPUT in hand, resolved: links must not lead out of it */
} Walk;

void
fg_found_clear(FgFound *found)
{
    g_clear_pointer(&found->photos, g_ptr_array_unref);
}

static void
tell_skipped(const Walk *walk, const char *path, const char *kind)
{
    if (walk->listener->skipped)
        walk->listener->skipped(path, kind, walk->listener->data);
}

/* The kind of an open file by its first bytes, or FG_FORMAT_UNKNOWN when it can't be read. */
static FgFormat
sniff_file(const char *path, GError **error)
{
    struct stat info;
    int fd = fg_file_open(path, 0, &info, error);
    if (fd < 0)
        return FG_FORMAT_UNKNOWN;
    guint8 head[SNIFF_LENGTH];
    ssize_t count = pread(fd, head, sizeof head, 0);
    if (count < 0)
        fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "can't be read");
    close(fd);
    return count > 0 ? fg_sniff(head, (gsize)count) : FG_FORMAT_UNKNOWN;
}

static gboolean
is_same_file(const char *path, const char *other)
{
    struct stat one, two;
    return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_dev == two.st_dev &&
           one.st_ino == two.st_ino;
}

/* Takes a photo in, unless this very file was taken under this source before. Two different files with one
 * source go on to the plan, where their outputs clash and are named. */
static FgPhoto *
take(Walk *walk, const char *path, const char *source)
{
    const char *former = g_hash_table_lookup(walk->taken, source);
    if (former && is_same_file(path, former))
        return NULL;
    FgPhoto *photo = fg_photo_new(path, source);
    g_ptr_array_add(walk->found->photos, photo);
    g_hash_table_insert(walk->taken, photo->source, photo->path);
    return photo;
}

/* A regular file in a walked folder. */
static void
visit_file(Walk *walk, const char *path, const char *source)
{
    g_autoptr(GError) error = NULL;
    FgFormat format = sniff_file(path, &error);
    if (fg_format_is_photo(format)) {
        take(walk, path, source);
    } else if (error) {
        /* It may be a photo: the run must say that it could not look. */
        FgPhoto *photo = take(walk, path, source);
        if (photo) {
            photo->error = g_steal_pointer(&error);
            photo->stage = "read";
        }
    } else if (!g_str_has_suffix(source, ".xmp") && !g_str_has_suffix(source, ".XMP")) {
        tell_skipped(walk, path, fg_format_title(format));
    }
}

/* Whether a link in a folder leads to a file within the INPUT. */
static gboolean
link_stays_within(const Walk *walk, const char *path)
{
    g_autofree char *target = realpath(path, NULL);
    gsize length = strlen(walk->root);
    return target && strncmp(target, walk->root, length) == 0 &&
           (target[length] == '/' || walk->root[length - 1] == '/') &&
           g_file_test(target, G_FILE_TEST_IS_REGULAR);
}

static void visit_folder(Walk *walk, const char *path, const char *below, int depth);

static void
visit_entry(Walk *walk, const char *path, const char *source, int depth)
{
    struct stat info;
    if (lstat(path, &info) != 0)
        return; /* It was removed since the folder was listed. */
    if (S_ISDIR(info.st_mode)) {
        gboolean is_out = walk->has_out && info.st_dev == walk->out.device && info.st_ino == walk->out.inode;
        if (!is_out && walk->recurse)
            visit_folder(walk, path, source, depth + 1);
    } else if (S_ISREG(info.st_mode) || (S_ISLNK(info.st_mode) && link_stays_within(walk, path))) {
        visit_file(walk, path, source);
    } else {
        tell_skipped(walk, path, S_ISLNK(info.st_mode) ? "link" : "special file");
    }
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
complain(Walk *walk, const char *path, const char *what)
{
    walk->found->unreadable = TRUE;
    if (!walk->listener->note)
        return;
    g_autofree char *name = fg_text_printable(path);
    g_autofree char *text = g_strdup_printf("%s: %s; its photos are left out", name, what);
    walk->listener->note(text, TRUE, walk->listener->data);
}

static void
visit_folder(Walk *walk, const char *path, const char *below, int depth)
{
    if (depth > DEPTH_LIMIT) {
        complain(walk, path, "lies too deep");
        return;
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) folder = g_dir_open(path, 0, &error);
    if (!folder) {
        complain(walk, path, "this folder can't be read");
        return;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder));)
        if (name[0] != '.')
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *entry = g_build_filename(path, names->pdata[i], NULL);
        g_autofree char *source =
            *below ? g_strconcat(below, "/", names->pdata[i], NULL) : g_strdup(names->pdata[i]);
        visit_entry(walk, entry, source, depth);
    }
}

/* A file given by name must be a photo: if it is none, it is a failed one. */
static void
visit_named(Walk *walk, const char *path)
{
    g_autofree char *source = g_path_get_basename(path);
    g_autoptr(GError) error = NULL;
    FgFormat format = sniff_file(path, &error);
    FgPhoto *photo = take(walk, path, source);
    if (!photo || fg_format_is_photo(format))
        return;
    if (!error)
        fg_throw(&error, FG_ERROR_UNSUPPORTED, "is no photo that can be published (%s)",
                 fg_format_title(format));
    photo->error = g_steal_pointer(&error);
    photo->stage = "read";
}

static gboolean
visit_input(Walk *walk, const char *input, GError **error)
{
    struct stat info;
    g_autofree char *name = fg_text_printable(input);
    if (stat(input, &info) != 0)
        return fg_throw(error, FG_ERROR_PATH, "%s: %s", name, g_strerror(errno));
    if (walk->has_out && info.st_dev == walk->out.device && info.st_ino == walk->out.inode)
        return fg_throw(error, FG_ERROR_PATH, "%s is the output folder too: publish into another one", name);
    guint before = walk->found->photos->len;
    g_autofree char *root = realpath(input, NULL);
    walk->root = root ? root : input;
    if (S_ISDIR(info.st_mode)) {
        walk->found->folder_inputs++;
        visit_folder(walk, input, "", 0);
    } else {
        visit_named(walk, input);
    }
    if (walk->found->photos->len == before && S_ISDIR(info.st_mode)) {
        walk->found->empty_inputs++;
        g_autofree char *text = g_strdup_printf("%s holds no photo", name);
        if (walk->listener->note)
            walk->listener->note(text, TRUE, walk->listener->data);
    }
    return TRUE;
}

gboolean
fg_find(const char *const *inputs, const char *out, gboolean recurse, const FgFindListener *listener,
        FgFound *found, GError **error)
{
    static const FgFindListener silent = {NULL, NULL, NULL};
    *found = (FgFound){.photos = g_ptr_array_new_with_free_func((GDestroyNotify)fg_photo_free)};
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    Walk walk = {
        .listener = listener ? listener : &silent, .found = found, .taken = taken, .recurse = recurse};
    struct stat info;
    if (stat(out, &info) == 0) {
        if (!S_ISDIR(info.st_mode)) {
            g_autofree char *name = fg_text_printable(out);
            return fg_throw(error, FG_ERROR_PATH, "%s is a file: the output must be a folder", name);
        }
        walk.has_out = TRUE;
        walk.out = (Identity){info.st_dev, info.st_ino};
    }
    for (const char *const *input = inputs; *input; input++)
        if (!visit_input(&walk, *input, error))
            return FALSE;
    return TRUE;
}
