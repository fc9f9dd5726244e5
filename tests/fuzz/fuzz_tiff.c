/* fuzz_tiff.c: TIFF directories: read, rewritten without and with our own blocks, and read again.
 * room: container */
#include "fuzz/boxes.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_rebuilt(data, size);
    return 0;
}
