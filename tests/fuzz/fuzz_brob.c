/* fuzz_brob.c: what JPEG XL compresses: the first byte says whether the rest is a stream, what is in one, or
 * what a JPEG is put together from.
 * room: container */
#include "fuzz/boxes.h"
#include "support/jxl_boxes.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    g_autoptr(GByteArray) out = begin_boxes();
    if (data[0] % 4 == 0)
        put_box(out, "brob", data + 1, size - 1);
    else if (data[0] % 4 == 1)
        put_box(out, "jbrd", data + 1, size - 1);
    else
        put_packed(out, data[0] % 4 == 2 ? "Exif" : "xml ", data + 1, size - 1);
    put_box(out, "jxlc", "\xff\x0a\x03\0\x12\x34", 6);
    fuzz_rebuilt(out->data, out->len);
    return 0;
}
