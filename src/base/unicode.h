/* unicode.h: text in the wide forms of Unicode, and in the forms of JIS, to UTF-8.
 *
 * The C library and GLib convert text with modules that they open by name, and behind the sandbox no file can
 * be opened. So no source converts text but by these functions and those of text.h, which hold all that they
 * need. Results are the caller's; what is no character becomes U+FFFD, a NUL a blank. */
#ifndef FG_UNICODE_H
#define FG_UNICODE_H

#include "base/cursor.h"

/* UTF-16 (`unit` 2) or UTF-32 (`unit` 4), wherever the bytes lie in memory. A byte order mark at the start is
 * believed before `endian`, and dropped. Surrogates without their other half, numbers beyond U+10FFFF and
 * bytes that are left over are no characters. */
char *fg_text_from_wide(const guint8 *bytes, gsize length, guint unit, FgEndian endian);

/* The order in which UTF-16 without a mark has the most Latin letters; `endian` when both have as many. */
FgEndian fg_text_wide_order(const guint8 *bytes, gsize length, FgEndian endian);

/* ISO-2022-JP, EUC-JP or Shift-JIS, whichever the bytes show. The Latin letters, kana, Greek, Cyrillic and
 * the punctuation of JIS X 0201 and JIS X 0208 are known, its kanji are not: *whole is FALSE when there was
 * something that could not be converted. */
char *fg_text_from_jis(const guint8 *bytes, gsize length, gboolean *whole);

#endif
