/* fuzz_tiff.c: TIFF directories: read, rewritten without and with our own blocks, and read again.
 * room: container */
#include "fuzz/boxes.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) file = g_bytes_new_static(data, size);
    FgTiffPage page;
    fg_tiff_page(file, &page);
    fuzz_rebuilt(data, size);
    return 0;
}
