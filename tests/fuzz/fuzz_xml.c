/* fuzz_xml.c: any text that our reader takes for plain XML, libxml2 takes for the same.
 * room: metadata */
#include "metadata/trees.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    gboolean same;
    if (!g_utf8_validate(text, -1, NULL))
        return 0;
    read_both(text, strlen(text), &same);
    if (!same)
        abort();
    return 0;
}
