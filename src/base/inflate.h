/* inflate.h: zlib with a ceiling, for compressed PNG text and profiles. */
#ifndef FG_INFLATE_H
#define FG_INFLATE_H

#include <glib.h>

/* Inflates a zlib stream to at most `ceiling` bytes. FG_ERROR_LIMIT over it, FG_ERROR_MALFORMED for a broken
 * stream. */
GBytes *fg_inflate(const void *data, gsize length, gsize ceiling, GError **error);

/* The reverse, at the default level: same bytes for the same input and zlib. */
GBytes *fg_deflate(const void *data, gsize length);

#endif
