/* fuzz_jpeg.c: the segments of a file: whatever is read can be rewritten, and reads again.
 * room: container */
#include "fuzz/boxes.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_copied(data, size, FG_FORMAT_JPEG);
    return 0;
}
