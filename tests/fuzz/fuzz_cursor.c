/* fuzz_cursor.c: walks random bytes with a random sequence of steps; none may leave the bytes.
 * room: base */
#include <stdint.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
step(FgCursor *at, guint8 what, guint64 count)
{
    guint8 one;
    guint16 two;
    guint32 four;
    guint64 eight;
    FgCursor part;
    switch (what % 8) {
    case 0:
        (void)fg_cursor_u8(at, &one);
        break;
    case 1:
        (void)fg_cursor_u16(at, &two);
        break;
    case 2:
        (void)fg_cursor_u24(at, &four);
        break;
    case 3:
        (void)fg_cursor_u32(at, &four);
        break;
    case 4:
        (void)fg_cursor_u64(at, &eight);
        break;
    case 5:
        (void)fg_cursor_seek(at, count);
        break;
    case 6:
        (void)fg_cursor_skip(at, count);
        break;
    default:
        if (fg_cursor_take(at, count, &part))
            *at = part;
    }
    g_assert(at->offset <= at->length);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) whole = g_bytes_new(data, size);
    FgCursor script = fg_cursor_bytes(whole, FG_LITTLE_ENDIAN), at = script;
    guint8 what;
    guint64 count;
    while (fg_cursor_u8(&script, &what)) {
        if (!(what & 0x80) || !fg_cursor_u64(&script, &count))
            count = what;
        at.endian = what & 0x40 ? FG_BIG_ENDIAN : FG_LITTLE_ENDIAN;
        step(&at, what, count);
        g_autoptr(GBytes) rest = fg_cursor_slice(&at, whole);
        g_assert(g_bytes_get_size(rest) == fg_cursor_left(&at));
    }
    return 0;
}
