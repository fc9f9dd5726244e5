/* fuzz_jumbf.c: superboxes of JUMBF: descriptions lie in their boxes, and what they speak of behind them.
 * room: codec */
#include "codec/codec.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
walk(FgCursor at, guint depth)
{
    FgBox box;
    FgJumbf super;
    while (fg_box_open(&at, &box)) {
        if (!fg_jumbf_open(box.body, &super))
            continue;
        g_assert(super.content.offset >= box.body.offset + 25 &&
                 super.content.offset <= super.content.length);
        g_assert(super.content.length == box.body.length);
        g_assert(fg_cursor_left(&super.label) == 0 || super.label.length < super.content.offset);
        fg_jumbf_is(&super, "c2pa.actions");
        if (depth > 0)
            walk(super.content, depth - 1);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    walk(fg_cursor(data, size, FG_BIG_ENDIAN), 6);
    return 0;
}
