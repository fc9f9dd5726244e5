/* fuzz_unicode.c: bytes taken for text of every form that is converted: what comes out is UTF-8, and no
 * longer than it can be.
 * room: base */
#include "base/base.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
judge(char *taken_text, size_t most)
{
    g_autofree char *text = taken_text;
    g_assert(g_utf8_validate(text, -1, NULL));
    g_assert(strlen(text) <= most);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const FgEndian orders[] = {FG_BIG_ENDIAN, FG_LITTLE_ENDIAN};
    gboolean whole;
    for (size_t i = 0; i < 2; i++) {
        judge(fg_text_from_wide(data, size, 2, orders[i]), size / 2 * 3 + 3);
        judge(fg_text_from_wide(data, size, 4, orders[i]), size + 3);
    }
    (void)fg_text_wide_order(data, size, FG_BIG_ENDIAN);
    judge(fg_text_from_jis(data, size, &whole), size * 3);
    judge(fg_text_from_latin1(data, size), size * 3);
    return 0;
}
