/* earlier.c: below -o DIR only what an earlier run made of the same file is written over.
 *
 * A photo looks the same whether it is an original or was made of one, so that its bytes can't say which it
 * is. What tag and scrub write below DIR therefore has an attribute, user.filigrane.made: the digest of its
 * bytes together with the command and the path of the file that it was made of, and the same with that file's
 * own digest. It is ours as long as its bytes are the same and one of the two is: of the file at this path,
 * whatever has become of it, or of these very bytes, wherever they have moved. Nothing can be read from
 * it. Where attributes are not kept, or a copy has lost them, nothing counts as ours. */
#include "amend/amend_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ATTRIBUTE "user.filigrane.made"
#define HEX 64
#define VALUE (HEX + 1 + HEX)

gboolean
fg_amend_is_same_picture(const FgDraft *draft, const char *path)
{
    /* The new file stands for the old one, of which it has the picture: the old one itself is read in the
     * sandbox alone. */
    g_autoptr(GBytes) theirs = fg_file_read(path, FG_AMEND_CEILING, NULL);
    g_autoptr(GBytes) ours = theirs ? fg_amend_map(draft, NULL) : NULL;
    g_autoptr(FgContainer) there = ours ? fg_container_read(theirs, NULL) : NULL;
    g_autoptr(FgContainer) made = there ? fg_container_read(ours, NULL) : NULL;
    g_autoptr(GArray) shared = g_array_new(FALSE, FALSE, sizeof(FgCopied));
    return made && made->format == there->format && fg_amend_check_whole(there, NULL) &&
           fg_amend_match_picture(made, there, shared, NULL) && shared->len > 0;
}

/* ---- The attribute ---- */

static char *
digest_of(int file)
{
    return lseek(file, 0, SEEK_SET) == 0 ? fg_sha256_hex_fd(file, NULL) : NULL;
}

static void
seal_of(const char *made, const FgAmendOptions *options, const char *kind, const char *source, char *seal)
{
    g_autofree char *text =
        g_strdup_printf("%s %s %s %s", options->profile ? "tag" : "scrub", made, kind, source);
    g_autofree char *hex = fg_sha256_hex(text, strlen(text));
    memcpy(seal, hex, HEX);
}

/* The value for a file with the digest `made` that is made of this one; FALSE when it can't be read. */
static gboolean
value_of(const char *made, const char *path, const FgAmendOptions *options, const FgAmendment *amendment,
         char value[VALUE])
{
    char *real = fg_amend_is_standard(path) ? NULL : realpath(path, NULL);
    g_autofree char *source = digest_of(amendment->old);
    memset(value, ' ', VALUE);
    if (real)
        seal_of(made, options, "path", real, value);
    if (source)
        seal_of(made, options, "bytes", source, value + HEX + 1);
    free(real);
    return source != NULL;
}

void
fg_amend_sign(const FgDraft *draft, const char *path, const FgAmendOptions *options,
              const FgAmendment *amendment)
{
    char value[VALUE];
    g_autofree char *made = digest_of(draft->file);
    if (made && value_of(made, path, options, amendment, value))
        fsetxattr(draft->file, ATTRIBUTE, value, sizeof value, 0);
}

static gboolean
was_made(int target, const char *path, const FgAmendOptions *options, const FgAmendment *amendment)
{
    char said[VALUE], now[VALUE];
    if (fgetxattr(target, ATTRIBUTE, said, sizeof said) != (ssize_t)sizeof said)
        return FALSE;
    g_autofree char *made = digest_of(target);
    if (!made || !value_of(made, path, options, amendment, now))
        return FALSE;
    return (now[0] != ' ' && memcmp(said, now, HEX) == 0) || memcmp(said + HEX + 1, now + HEX + 1, HEX) == 0;
}

/* ---- What lies there ---- */

static gboolean
has_same_bytes(int target, const FgDraft *draft)
{
    struct stat there, ours;
    if (fstat(target, &there) != 0 || fstat(draft->file, &ours) != 0 || there.st_size != ours.st_size)
        return FALSE;
    g_autofree char *one = digest_of(target), *other = digest_of(draft->file);
    return one && g_strcmp0(one, other) == 0;
}

/* Whether it is a folder, or a link to the photo itself: no file that we wrote. */
static gboolean
refuse(const char *target, gboolean same_picture, const FgAmendOptions *options, GError **error)
{
    g_autofree char *shown = fg_text_printable(target);
    if (!same_picture)
        return fg_throw(error, FG_ERROR_CLASH,
                        "%s is there already and is another picture; move it away or take another -o", shown);
    return fg_throw(
        error, FG_ERROR_CLASH,
        "%s is there already, and nothing says that an earlier %s made it of this file: it may be "
        "an original; move it away or take another -o",
        shown, options->profile ? "tag" : "scrub");
}

gboolean
fg_amend_check_target(const char *target, const FgDraft *draft, const char *path,
                      const FgAmendOptions *options, const FgAmendment *amendment, FgTarget *found,
                      FgFormer *former, GError **error)
{
    *found = FG_TARGET_FREE;
    if (lstat(target, &former->info) != 0)
        return TRUE;
    former->file =
        S_ISREG(former->info.st_mode) ? open(target, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
    if (former->file < 0 || fstat(former->file, &former->info) != 0)
        return refuse(target, fg_amend_is_same_picture(draft, target), options, error);
    *found = FG_TARGET_SAME;
    if (has_same_bytes(former->file, draft))
        return TRUE;
    *found = FG_TARGET_OURS;
    gboolean same_picture = fg_amend_is_same_picture(draft, target);
    return (same_picture && was_made(former->file, path, options, amendment)) ||
           refuse(target, same_picture, options, error);
}
