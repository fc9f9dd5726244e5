/* fuzz_segment.c: segments of cameras, and trailers; the first byte says which.
 * room: metadata */
#include "fuzz/block.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"APP1 FLIR", "APP3 Meta", "APP6 TDHD", "APP6 GoPro", "APP12 OLYMPUS"};
    if (size == 0)
        return 0;
    if (data[0] < G_N_ELEMENTS(names))
        fuzz_part(data + 1, size - 1, FG_PART_PRIVATE, names[data[0]]);
    else
        fuzz_part(data + 1, size - 1, FG_PART_TRAILER, NULL);
    return 0;
}
