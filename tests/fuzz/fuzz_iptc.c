/* fuzz_iptc.c: a Photoshop block.
 * room: metadata */
#include "fuzz/block.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_block(data, size, FG_PART_IRB);
    return 0;
}
