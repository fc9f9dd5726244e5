/* swap.h: a draft takes the name of a file that other programs may write to meanwhile. What another program
 * saves is never lost: the two files exchange their names in one step, and what came out is looked at before
 * it is removed. */
#ifndef FG_SWAP_H
#define FG_SWAP_H

#include "base/draft.h"

/* The file that was read, and of which the draft was made. */
typedef struct {
    int file;         /* open; its offset moves */
    struct stat info; /* as it was when it was opened */
} FgFormer;

/* Syncs the draft and gives it the name `path`, in the folder that it was begun for by fg_draft_begin_apart.
 * With a former file, only if the path and the open file are still what they were by device, inode, size and
 * both times, nobody has it open to write, and what came out is that file; else all stays as the other
 * program left it. Without one (NULL), only if there is nothing. *saved (may be NULL) becomes the name of
 * what another program saved and which got a name of its own, else NULL; the caller frees. The draft's name
 * is settled as after fg_draft_place.
 *
 * FG_ERROR_UNREADABLE when another program was there, FG_ERROR_PATH when this one name can't be had,
 * FG_ERROR_SPACE, FG_ERROR_OUTPUT. */
gboolean fg_draft_swap(FgDraft *draft, const char *path, const FgFormer *former, char **saved,
                       GError **error);

/* FG_ERROR_UNREADABLE unless the path and the open file are what they were. */
gboolean fg_former_check(const FgFormer *former, const char *path, GError **error);

/* Whether another process has an open file open to write, where the file system can say so. */
gboolean fg_file_is_being_written(int file);

/* Gives a file of a folder the first free name of a kind (base/kept.h) for FILE. Returns that name, which the
 * caller frees; NULL with errno set. */
char *fg_keep_as(int folder, const char *name, const char *file, const char *kind);

#endif
