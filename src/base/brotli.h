/* brotli.h: Brotli (RFC 7932) with a ceiling, for the compressed boxes of JPEG XL. */
#ifndef FG_BROTLI_H
#define FG_BROTLI_H

#include <glib.h>

/* Opens a stream, behind which nothing may stand, of at most `ceiling` bytes. FG_ERROR_LIMIT over the ceiling
 * or the ratio, FG_ERROR_MALFORMED for a stream that is broken or followed by other bytes, FG_ERROR_MEMORY.
 */
GBytes *fg_brotli_open(const void *data, gsize length, gsize ceiling, GError **error);

/* The reverse: the same bytes for the same input and libbrotli. */
GBytes *fg_brotli_pack(const void *data, gsize length);

#endif
