/* ipc.h: what crosses from one process to another: numbers and texts, one after the other.
 *
 * All numbers are little-endian (fg_put_le32). A text is its length and one more, 32-bit, then its bytes and
 * a NUL; 0 is no text. A list is the number of its items, 32-bit, then the items. Writer and reader agree on
 * the order; the reader expects anything, and says FALSE to what can't be such a record. */
#ifndef FG_IPC_H
#define FG_IPC_H

#include "base/cursor.h"
#include "base/writer.h"

void fg_ipc_put_double(GByteArray *record, double number);
void fg_ipc_put_text(GByteArray *record, const char *text);          /* NULL: none */
void fg_ipc_put_texts(GByteArray *record, const char *const *texts); /* NULL-terminated; NULL: none */

/* A number below `limit`. */
gboolean fg_ipc_get_choice(FgCursor *at, guint32 limit, guint32 *number);

/* A text where it lies, of which nothing is sure but its end; NULL for none. */
gboolean fg_ipc_get_bytes(FgCursor *at, const char **text);

/* The same as valid UTF-8, the caller's; *text is overwritten. */
gboolean fg_ipc_get_text(FgCursor *at, char **text);

/* A text that may not be missing. */
gboolean fg_ipc_get_some_text(FgCursor *at, char **text);

/* A list as a NULL-terminated array, the caller's; NULL for an empty one. *texts is overwritten. */
gboolean fg_ipc_get_texts(FgCursor *at, char ***texts);

#endif
