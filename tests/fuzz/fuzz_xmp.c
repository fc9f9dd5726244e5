/* fuzz_xmp.c: an XMP packet.
 * room: metadata */
#include "fuzz/block.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_block(data, size, FG_PART_XMP);
    return 0;
}
