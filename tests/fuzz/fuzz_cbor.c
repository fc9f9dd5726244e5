/* fuzz_cbor.c: items of CBOR: each lies in what it is read from, and what it holds can be walked to its end.
 * room: codec */
#include "codec/codec.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
walk(FgCursor at, guint depth)
{
    FgCbor item;
    for (FgCursor start = at; fg_cbor_next(&at, &item); start = at) {
        g_assert(at.offset > start.offset && at.offset <= at.length);
        g_assert(item.body.offset > start.offset && item.body.length <= at.offset);
        g_autofree char *text = fg_cbor_text(&item, 64);
        g_assert(!text || (strlen(text) <= 64 && g_utf8_validate(text, -1, NULL)));
        g_assert(!fg_cbor_is(&item, "action") || (text && strcmp(text, "action") == 0));
        if (item.kind < FG_CBOR_ARRAY || item.kind > FG_CBOR_TAG || depth == 0)
            continue;
        FgCursor inner = item.body;
        FgCbor member;
        guint64 count = 0;
        while (fg_cbor_next(&inner, &member))
            count++;
        g_assert(fg_cursor_left(&inner) == 0);
        g_assert(item.kind != FG_CBOR_ARRAY || item.open || count == item.number);
        g_assert(item.kind != FG_CBOR_MAP || count % 2 == 0);
        g_assert(item.kind != FG_CBOR_TAG || count == 1);
        walk(item.body, depth - 1);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    walk(fg_cursor(data, MIN(size, 4096), FG_BIG_ENDIAN), 6);
    return 0;
}
