/* sweep.h: what a killed run left in a folder. */
#ifndef FG_SWEEP_H
#define FG_SWEEP_H

#include <glib.h>

/* What is told of a file that came to be so, behind its name. */
#define FG_SWEEP_NOTE                                                                                        \
    "another program saved this while a run was killed; compare it, then delete or rename it"

/* Looks at the temporary names of ours in a folder (not below it), but for those in use, which are locked.
 * Where a record lies beside one (base/record.h), it is removed if it holds our draft or the file that the
 * draft replaced, by their digests; anything else becomes FILE.saved. Without a record it is what publish had
 * begun, and is removed, but among originals: there it becomes visible as fg-….saved, too. The names that
 * came to be are added to `saved` (of char *, in the folder; may be NULL). */
void fg_folder_sweep(const char *path, gboolean originals, GPtrArray *saved);

#endif
