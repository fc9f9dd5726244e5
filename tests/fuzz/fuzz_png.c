/* fuzz_png.c: the chunks of a file: whatever is read can be rewritten, and reads again.
 * room: container */
#include "fuzz/boxes.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) file = g_bytes_new_static(data, size);
    FgPngColour colour;
    fg_png_colour(file, &colour);
    fuzz_copied(data, size, FG_FORMAT_PNG);
    return 0;
}
