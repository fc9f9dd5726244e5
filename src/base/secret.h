/* secret.h: a key that stays in the process that loaded it. */
#ifndef FG_SECRET_H
#define FG_SECRET_H

#include <glib.h>

/* Takes `data` (from g_malloc) into memory of its own that a fork finds empty, that no core dump holds, and
 * that is wiped when the last reference goes; `data` is wiped and freed. Where the kernel can't do it, it is
 * ordinary memory, wiped all the same. */
GBytes *fg_secret_take(void *data, gsize length);

/* Wipes and frees a text that held one; NULL is allowed. */
void fg_secret_forget(char *text);

#endif
