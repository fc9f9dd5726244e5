/* fuzz_box.c: boxes in boxes: each lies in the one around it, and a box that is one can be opened.
 * room: codec */
#include "codec/codec.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
walk(FgCursor at, guint depth)
{
    FgBox box, opened;
    guint8 version;
    guint32 flags;
    for (FgCursor start = at; fg_box_next(&at, &box); start = at) {
        g_assert(box.span.offset == start.offset && at.offset == start.offset + box.span.length);
        g_assert(box.body.length == at.offset && box.body.offset <= box.body.length);
        g_assert(fg_box_open(&start, &opened) && opened.type == box.type && start.offset == at.offset);
        g_autofree char *name = fg_box_name(box.type);
        g_assert(strlen(name) <= 4);
        if (depth < 4)
            walk(box.body, depth + 1);
        if (fg_box_full(&box.body, &version, &flags) && depth < 4)
            walk(box.body, depth + 1);
    }
    if (fg_box_open(&at, &opened) && depth < 4)
        walk(opened.body, depth + 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    walk(fg_cursor(data, MIN(size, 4096), FG_BIG_ENDIAN), 0);
    return 0;
}
