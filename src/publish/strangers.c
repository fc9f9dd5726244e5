/* strangers.c: what lies in the output folder and is not publish's is nobody's to write over, or to remove.
 */
#include "publish/publish_private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { HEAD_SIZE = 4096 };

/* ---- An output that is an input ---- */

static int
compare_inodes(gconstpointer a, gconstpointer b)
{
    guint64 left = ((const FgPhoto *)*(gconstpointer *)(guintptr)a)->inode;
    guint64 right = ((const FgPhoto *)*(gconstpointer *)(guintptr)b)->inode;
    return left < right ? -1 : left > right;
}

static void
sort_sources(FgPublishing *publish)
{
    publish->by_inode = g_ptr_array_sized_new(publish->found->photos->len);
    for (guint i = 0; i < publish->found->photos->len; i++)
        g_ptr_array_add(publish->by_inode, publish->found->photos->pdata[i]);
    g_ptr_array_sort(publish->by_inode, compare_inodes);
}

/* Is a path that of a photo of this run, by whatever way it leads there? */
static gboolean
is_photo(FgPublishing *publish, const char *path)
{
    struct stat there, source;
    if (stat(path, &there) != 0)
        return FALSE;
    if (!publish->by_inode)
        sort_sources(publish);
    gsize low = 0, high = publish->by_inode->len;
    while (low < high) {
        gsize middle = (low + high) / 2;
        if (((const FgPhoto *)publish->by_inode->pdata[middle])->inode < there.st_ino)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < publish->by_inode->len; low++) {
        const FgPhoto *photo = publish->by_inode->pdata[low];
        if (photo->inode != there.st_ino)
            return FALSE;
        if (stat(photo->path, &source) == 0 && source.st_dev == there.st_dev && source.st_ino == there.st_ino)
            return TRUE;
    }
    return FALSE;
}

/* ---- What stands at a path of ours and is not what we put there ---- */

/* Somebody's picture of any kind, or what can't be looked into; damage, a page or a text is none. */
static gboolean
may_be_picture(const char *path)
{
    guint8 head[HEAD_SIZE];
    struct stat info;
    int fd = fg_file_open(path, 0, &info, NULL);
    ssize_t length = fd < 0 ? -1 : pread(fd, head, sizeof head, 0);
    if (fd >= 0)
        close(fd);
    if (length < 0)
        return stat(path, &info) == 0; /* A link to nothing is none. */
    switch (fg_sniff(head, (gsize)length)) {
    case FG_FORMAT_UNKNOWN:
    case FG_FORMAT_OTHER:
    case FG_FORMAT_SVG:
    case FG_FORMAT_PDF:
        return FALSE;
    default:
        return TRUE;
    }
}

static gboolean
bears_notice(const FgPublishing *publish, const char *path, const char *was, const char *is)
{
    g_autoptr(GPtrArray) photos = g_ptr_array_new_with_free_func((GDestroyNotify)fg_photo_free);
    FgPhoto *photo = fg_photo_new(path, path);
    g_ptr_array_add(photos, photo);
    if ((!was && !is) || !fg_probe(photos, &publish->options->profile->limits, NULL, NULL, NULL) ||
        !photo->rights)
        return FALSE;
    const char *notice = photo->rights->copyright;
    return notice && (!g_strcmp0(notice, was) || !g_strcmp0(notice, is));
}

/* May what stands at a path be written over, or removed? `notice` is the one that this run would write, or
 * NULL. A photo without a notice that we wrote is somebody's; anything else at a path of ours is ours,
 * whatever became of it. */
static FgStanding
look_at(FgPublishing *publish, const char *path, const char *notice)
{
    g_autofree char *whole = g_build_filename(publish->options->out, path, NULL);
    FgStanding standing = fg_journal_standing(publish->journal, path);
    if (standing == FG_STANDS_CHANGED && may_be_picture(whole) &&
        !bears_notice(publish, whole, fg_journal_notice(publish->journal, path), notice))
        return FG_STANDS_STRANGER;
    return standing;
}

/* ---- Before any work ---- */

static void
expect(FgPublishing *publish, const char *path, const struct stat *there)
{
    if (!publish->expected)
        publish->expected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_replace(publish->expected, g_strdup(path), g_memdup2(there, sizeof *there));
}

/* Looks at what has the name of an output; what is in the way is added to `strangers`. A folder is left to
 * the photo, which fails by name. */
static gboolean
check_output(FgPublishing *publish, const FgPlanned *planned, const char *path, gboolean wanted,
             GPtrArray *strangers, GError **error)
{
    g_autofree char *whole = g_build_filename(publish->options->out, path, NULL);
    struct stat there;
    if (lstat(whole, &there) != 0)
        return TRUE;
    if (is_photo(publish, whole))
        return fg_throw(error, FG_ERROR_CLASH,
                        "%s would be written over a photo that is an input: choose another folder or "
                        "output.name",
                        path);
    if (!wanted || S_ISDIR(there.st_mode))
        return TRUE;
    switch (look_at(publish, path, planned->rights ? planned->rights->copyright : NULL)) {
    case FG_STANDS_STRANGER:
        g_ptr_array_add(strangers, fg_text_printable(path));
        return TRUE;
    case FG_STANDS_CHANGED:
        fg_publish_note(publish, TRUE, "%s: was changed since it was published, and is made again", path);
        break;
    case FG_STANDS_OURS:
        break;
    }
    expect(publish, path, &there);
    return TRUE;
}

static gboolean
throw_strangers(const FgPublishing *publish, GPtrArray *strangers, GError **error)
{
    if (strangers->len == 0)
        return TRUE;
    guint count = strangers->len;
    g_ptr_array_add(strangers, NULL);
    g_autofree char *names = g_strjoinv(", ", (char **)strangers->pdata);
    g_autofree char *out = fg_text_printable(publish->options->out);
    if (count == 1)
        return fg_throw(
            error, FG_ERROR_CLASH,
            "%s holds a file that publish did not make and would write over: %s; choose another -o "
            "or another output.name, or move the file",
            out, names);
    return fg_throw(
        error, FG_ERROR_CLASH,
        "%s holds %u files that publish did not make and would write over: %s; choose another -o or "
        "another output.name, or move the files",
        out, count, names);
}

gboolean
fg_publish_check_outputs(FgPublishing *publish, const gboolean *wanted, GError **error)
{
    g_autoptr(GPtrArray) strangers = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < publish->plan->photos->len; i++) {
        const FgPlanned *planned = publish->plan->photos->pdata[i];
        gboolean made = wanted[i] && !planned->error;
        for (guint d = 0; planned->derivatives && d < planned->derivatives->len; d++) {
            const FgDerivative *derivative = planned->derivatives->pdata[d];
            for (guint o = 0; o < derivative->outputs->len; o++) {
                const FgOutput *output = derivative->outputs->pdata[o];
                if (!check_output(publish, planned, output->path, made, strangers, error))
                    return FALSE;
            }
        }
    }
    return throw_strangers(publish, strangers, error);
}

/* ---- Just before a name is taken ---- */

gboolean
fg_publish_may_replace(const char *path, const struct stat *there, gpointer data)
{
    const FgPublishing *publish = data;
    const struct stat *seen = publish->expected ? g_hash_table_lookup(publish->expected, path) : NULL;
    return seen && seen->st_dev == there->st_dev && seen->st_ino == there->st_ino &&
           seen->st_size == there->st_size && seen->st_mtim.tv_sec == there->st_mtim.tv_sec &&
           seen->st_mtim.tv_nsec == there->st_mtim.tv_nsec && seen->st_ctim.tv_sec == there->st_ctim.tv_sec &&
           seen->st_ctim.tv_nsec == there->st_ctim.tv_nsec;
}

gboolean
fg_publish_announce(const GPtrArray *products, gpointer data, GError **error)
{
    return fg_journal_announce(((FgPublishing *)data)->journal, products, error);
}

/* ---- Before a file is removed ---- */

gboolean
fg_publish_is_spared(const char *path, gpointer data)
{
    FgPublishing *publish = data;
    g_autofree char *whole = g_build_filename(publish->options->out, path, NULL);
    struct stat there;
    if (lstat(whole, &there) != 0)
        return FALSE;
    if (is_photo(publish, whole) || fg_journal_is_source(publish->journal, path))
        return TRUE;
    if (!S_ISREG(there.st_mode) || look_at(publish, path, NULL) != FG_STANDS_STRANGER)
        return FALSE;
    fg_publish_note(publish, TRUE, "%s: is a photo that publish did not make, and stays", path);
    return TRUE;
}
