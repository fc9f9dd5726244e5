/* resemble.c: what a file has beside its bytes, taken over by the draft that will replace it. */
#include "base/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/text.h"
#include "base/throw.h"

#define ACCESS_LIST "system.posix_acl_access"
#define DEFAULT_LIST "system.posix_acl_default"

/* Only who is meant to may read or write it, so that a file whose owner or group is not ours to give is not
 * replaced at all. */
static gboolean
take_owner(const FgDraft *draft, const struct stat *like, GError **error)
{
    struct stat ours;
    if (fstat(draft->file, &ours) != 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be looked at");
    if (ours.st_gid != like->st_gid && fchown(draft->file, (uid_t)-1, like->st_gid) != 0)
        return fg_throw(error, FG_ERROR_PATH,
                        "it belongs to a group that you are not in, and would belong to yours; write a copy "
                        "with -o DIR instead");
    if (ours.st_uid != like->st_uid && fchown(draft->file, like->st_uid, (gid_t)-1) != 0)
        return fg_throw(error, FG_ERROR_PATH,
                        "it belongs to somebody else, and would be yours; write a copy with -o DIR instead");
    return TRUE;
}

/* The names of all attributes, one after the other, each with its zero; NULL when the file system has none.
 */
static char *
list_attributes(int file, gsize *length)
{
    char *names = NULL;
    for (;;) {
        ssize_t size = flistxattr(file, NULL, 0);
        if (size <= 0)
            break;
        names = g_realloc(names, (gsize)size);
        ssize_t got = flistxattr(file, names, (gsize)size);
        if (got < 0 && errno == ERANGE) /* It has got one more meanwhile. */
            continue;
        *length = got > 0 ? (gsize)got : 0;
        return names;
    }
    *length = 0;
    return names;
}

static gboolean
copy_attribute(int from, int to, const char *name)
{
    for (;;) {
        ssize_t size = fgetxattr(from, name, NULL, 0);
        if (size < 0)
            return errno == ENODATA;
        g_autofree char *value = g_malloc((gsize)size + 1);
        ssize_t got = fgetxattr(from, name, value, (gsize)size);
        if (got < 0 && errno == ERANGE)
            continue;
        return got < 0 ? errno == ENODATA : fsetxattr(to, name, value, (gsize)got, 0) == 0;
    }
}

static gboolean
refuse_attribute(const char *name, GError **error)
{
    int errnum = errno;
    g_autofree char *shown = fg_text_printable(name);
    return fg_throw(error, FG_ERROR_PATH,
                    "its attribute %s can't be kept (%s); write a copy with -o DIR instead", shown,
                    g_strerror(errnum));
}

static gboolean
take_attributes(const FgDraft *draft, int former, char **lost, GError **error)
{
    gsize length;
    g_autofree char *names = list_attributes(former, &length);
    /* The folder may have given the draft a list that the former file has not. */
    fremovexattr(draft->file, ACCESS_LIST);
    for (const char *name = names; name && name < names + length; name += strlen(name) + 1) {
        gboolean must = g_str_has_prefix(name, "user.") || strcmp(name, ACCESS_LIST) == 0 ||
                        strcmp(name, DEFAULT_LIST) == 0;
        if (must && !copy_attribute(former, draft->file, name))
            return refuse_attribute(name, error);
        if (!must && !g_str_has_prefix(name, "security.") && lost && !*lost)
            *lost = fg_text_printable(name);
    }
    return TRUE;
}

gboolean
fg_draft_resemble(FgDraft *draft, int former, char **lost, GError **error)
{
    struct stat like;
    if (lost)
        *lost = NULL;
    if (fstat(former, &like) != 0)
        return fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "can't be looked at");
    /* The mode comes after the list: its middle bits are the list's mask, and without the list they would be
     * the owning group's rights. */
    if (!take_owner(draft, &like, error) || !take_attributes(draft, former, lost, error))
        return FALSE;
    const struct timespec times[2] = {like.st_atim, like.st_mtim};
    if (fchmod(draft->file, like.st_mode & 07777) != 0 || futimens(draft->file, times) != 0)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't take over mode and times");
    return TRUE;
}
