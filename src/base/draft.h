/* draft.h: a file that is written piece by piece beside the name that it will have.
 *
 *     g_auto(FgDraft) draft = FG_NO_DRAFT;
 *     if (fg_draft_begin(&draft, path, 0600, error) && fg_draft_copy(&draft, from, 0, head, error) &&
 *         fg_draft_write(&draft, data, length, error) && fg_draft_place(&draft, path, error)) …
 *
 * Until it is placed the name holds what it held before, whatever happens; a draft that goes out of scope is
 * gone. What fg_file_replace says of temporary names holds here too. */
#ifndef FG_DRAFT_H
#define FG_DRAFT_H

#include <glib.h>
#include <sys/stat.h>

#define FG_DRAFT_PREFIX ".fg-" /* and 16 hex digits, and: */
#define FG_DRAFT_SUFFIX ".tmp"
#define FG_DRAFT_NAME 24 /* bytes of all three */

#define FG_DRAFT_RECORD ".rec" /* in the place of the suffix: what base/record.h puts beside the file */

typedef struct {
    int folder, file;             /* -1: none; the file can be read, too */
    int record;                   /* of fg_draft_begin_apart, open and locked; -1: none */
    char name[FG_DRAFT_NAME + 1]; /* in the folder; empty: it has none, as after fg_draft_place */
} FgDraft;
#define FG_NO_DRAFT ((FgDraft){.folder = -1, .file = -1, .record = -1})

/* A new temporary name; FALSE when the system has no random number. */
gboolean fg_draft_name(char name[FG_DRAFT_NAME + 1]);

/* The path by which the system shows an open file of this process, also one without a name. Returns `path`.
 */
#define FG_DESCRIPTOR_PATH 32
const char *fg_descriptor_path(int file, char path[FG_DESCRIPTOR_PATH]);

void fg_draft_clear(FgDraft *draft);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgDraft, fg_draft_clear)

/* Makes an empty file in the folder of `path`. `mode` is masked by the umask. FG_ERROR_SPACE, FG_ERROR_OUTPUT
 * here and below. */
gboolean fg_draft_begin(FgDraft *draft, const char *path, mode_t mode, GError **error);

/* The same for fg_draft_swap (base/swap.h): a file without a name, so that a kill leaves nothing. Where the
 * file system makes none, it has a temporary name from the start, and a record beside it. */
gboolean fg_draft_begin_apart(FgDraft *draft, const char *path, mode_t mode, GError **error);

/* A file without a name, in memory, that can be filled like the others but not placed. */
gboolean fg_draft_begin_nameless(FgDraft *draft, GError **error);

/* Adds bytes at the end. */
gboolean fg_draft_write(FgDraft *draft, const void *data, gsize length, GError **error);

/* Adds a stretch of an open file, by the kernel alone where it can. FG_ERROR_UNREADABLE when the stretch is
 * not there, as of a file that was cut meanwhile. */
gboolean fg_draft_copy(FgDraft *draft, int from, guint64 offset, guint64 length, GError **error);

/* Takes over from a former open file its owner and group, its own attributes (user.*), its access list, its
 * mode and its times; what the system gives to each file (security.*) stays as it is. *lost (may be NULL)
 * becomes the name of an attribute of another kind that can't be taken over, or NULL; the caller frees.
 * FG_ERROR_PATH when one of the others can't be. */
gboolean fg_draft_resemble(FgDraft *draft, int former, char **lost, GError **error);

/* A descriptor of the same file for a process that may read but not write it; the caller closes it. A file
 * without a name can't be written by anyone any more. Returns -1 on error. */
int fg_draft_reader(const FgDraft *draft, GError **error);

/* Sync, close, rename over `path`, which must lie in the folder that it was begun for. The name is sure to
 * survive a power cut only after fg_draft_settle, which may come once for many files of a folder. */
gboolean fg_draft_place(FgDraft *draft, const char *path, GError **error);

/* The same where nothing has the name; FG_ERROR_CLASH when something has come to have it, which is left as it
 * is. */
gboolean fg_draft_place_new(FgDraft *draft, const char *path, GError **error);
gboolean fg_draft_settle(const FgDraft *draft, GError **error);

#endif
