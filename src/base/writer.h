/* writer.h: numbers, texts and blocks put at the end of a growing array of bytes, and numbers put over those
 * that stand somewhere. FgCursor reads what these write. */
#ifndef FG_WRITER_H
#define FG_WRITER_H

#include "base/cursor.h"

void fg_put_u8(GByteArray *out, guint value);
void fg_put_u16(GByteArray *out, FgEndian endian, guint value);
void fg_put_u32(GByteArray *out, FgEndian endian, guint32 value);
void fg_put_be16(GByteArray *out, guint value);
void fg_put_be32(GByteArray *out, guint32 value);
void fg_put_le32(GByteArray *out, guint32 value);
void fg_put_bytes(GByteArray *out, GBytes *bytes);
void fg_put_text(GByteArray *out, const char *text); /* without its NUL */

/* Two, four or eight bytes at `at`, which the caller has made sure of. */
void fg_store_u16(guint8 *at, FgEndian endian, guint value);
void fg_store_u32(guint8 *at, FgEndian endian, guint32 value);
void fg_store_u64(guint8 *at, FgEndian endian, guint64 value);

#endif
