/* fuzz_iptc.c: a Photoshop block, and the same bytes as a bare block of IPTC datasets.
 * room: metadata */
#include "fuzz/block.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_block(data, size, FG_PART_IRB);
    fuzz_block(data, size, FG_PART_IIM);
    return 0;
}
