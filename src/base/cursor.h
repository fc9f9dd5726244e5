/* cursor.h: walks untrusted bytes and cannot run past their end.
 *
 *     FgCursor at = fg_cursor(data, length, FG_BIG_ENDIAN);
 *     guint16 size;
 *     while (fg_cursor_u16(&at, &size)) { … fg_cursor_take(&at, size, &payload) … }
 *
 * Every reader returns FALSE and leaves the cursor where it was when fewer bytes are left than it needs. A
 * cursor is a value: copy it to look ahead. It borrows the bytes. */
#ifndef FG_CURSOR_H
#define FG_CURSOR_H

#include <glib.h>

typedef enum { FG_BIG_ENDIAN, FG_LITTLE_ENDIAN } FgEndian;

typedef struct {
    const guint8 *data; /* the whole, not what is left */
    gsize length;       /* bytes in the whole */
    gsize offset;       /* always <= length */
    FgEndian endian;
} FgCursor;

FgCursor fg_cursor(const void *data, gsize length, FgEndian endian);
FgCursor fg_cursor_bytes(GBytes *bytes, FgEndian endian);

static inline gsize
fg_cursor_left(const FgCursor *at)
{
    return at->length - at->offset;
}

gboolean fg_cursor_seek(FgCursor *at, guint64 offset); /* from the start; offset == length is allowed */
gboolean fg_cursor_skip(FgCursor *at, guint64 count);
gboolean fg_cursor_u8(FgCursor *at, guint8 *value);
gboolean fg_cursor_u16(FgCursor *at, guint16 *value);
gboolean fg_cursor_u24(FgCursor *at, guint32 *value);
gboolean fg_cursor_u32(FgCursor *at, guint32 *value);
gboolean fg_cursor_u64(FgCursor *at, guint64 *value);
gboolean fg_cursor_double(FgCursor *at, double *value); /* any bits: also what is no number */

/* A sub-cursor over the next `count` bytes, same byte order; the cursor moves past them. */
gboolean fg_cursor_take(FgCursor *at, guint64 count, FgCursor *taken);

/* True, and moves past it, when the next bytes are these. */
gboolean fg_cursor_match(FgCursor *at, const void *expected, gsize count);

/* True when the next bytes are these; the cursor stays. */
gboolean fg_cursor_peek(const FgCursor *at, const void *expected, gsize count);

/* The bytes that are left, as a slice of `whole`, of which this cursor walks a part. */
GBytes *fg_cursor_slice(const FgCursor *at, GBytes *whole);

#endif
