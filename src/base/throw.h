/* throw.h: fail in one line. */
#ifndef FG_THROW_H
#define FG_THROW_H

#include "filigrane/base.h"

/* Sets *error (which may be NULL) and returns FALSE, so that a failure is one statement:
 *
 *     return fg_throw(error, FG_ERROR_MALFORMED, "segment %u claims %zu bytes, %zu are left", n, length,
 * left);
 *
 * Messages are lower case, without a full stop, and name the fact; the caller who knows the file adds it. */
gboolean fg_throw(GError **error, FgErrorCode code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The same for functions that return a pointer. */
#define fg_throw_null(...) (fg_throw(__VA_ARGS__), NULL)

/* Sets *error from errno: ENOSPC and EDQUOT are FG_ERROR_SPACE, ENOMEM is FG_ERROR_MEMORY, what concerns one
 * name alone (EACCES, EISDIR …) is FG_ERROR_TARGET where `code` is FG_ERROR_OUTPUT, all else is `code`. The
 * message is "<what>: <strerror>". */
gboolean fg_throw_errno(GError **error, FgErrorCode code, int errnum, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

#endif
