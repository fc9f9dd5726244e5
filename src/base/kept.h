/* kept.h: the names under which tag and scrub keep a file that lay where they write.
 *
 * FILE.orig, or FILE.1.orig, FILE.2.orig … where that is taken, is FILE as it was before it was rewritten;
 * FILE.saved, FILE.1.saved … is what another program saved as FILE while it was rewritten. Neither is a photo
 * of the folder: publish, tag and scrub leave both out when they walk it, and so does check while FILE is
 * beside it. */
#ifndef FG_KEPT_H
#define FG_KEPT_H

#include <glib.h>

#define FG_KEPT_BACKUP ".orig"
#define FG_KEPT_SAVED ".saved"
#define FG_KEPT_MOST 1000 /* names of one kind for one file */

/* True for a path or name that stands for one of these. */
gboolean fg_name_is_kept(const char *path);

/* The file that it is kept for, with a number before the ending taken for a part of that file's own name, or
 * not. NULL when there is none. The caller frees. */
char *fg_kept_for(const char *path, gboolean numbered);

/* The name of this kind for a file; `number` 0 is the one without a number. The caller frees. */
char *fg_kept_name(const char *path, const char *kind, guint number);

#endif
