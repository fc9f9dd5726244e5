/* fuzz_mpf.c: the index of the pictures after the first: moved there and back it says what it said.
 * room: container */
#include "container/jpeg_private.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FgCursor at = fg_cursor(data, size, FG_BIG_ENDIAN);
    guint16 shift, growth;
    if (!fg_cursor_u16(&at, &shift) || !fg_cursor_u16(&at, &growth))
        return 0;
    g_autoptr(GBytes) index = g_bytes_new(data + at.offset, size - at.offset);
    g_autoptr(GBytes) moved = fg_jpeg_mpf_move(index, shift, growth, NULL);
    if (!moved)
        return 0;
    g_assert(g_bytes_get_size(moved) == g_bytes_get_size(index));
    g_autoptr(GBytes) back = fg_jpeg_mpf_move(moved, -(gint64)shift, -(gint64)growth, NULL);
    g_assert(back && g_bytes_equal(back, index));
    return 0;
}
