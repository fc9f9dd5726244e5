/* fuzz_credentials.c: a store of Content Credentials in a file: read whatever it holds, and never without a
 * word where it can't be.
 * room: metadata */
#include "support/one_part.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_in(FgFormat format, GBytes *bytes)
{
    g_autoptr(FgMetadata) metadata = read_one_part(format, FG_PART_C2PA, bytes);
    g_assert(metadata->facts->credentials < FG_N_CREDENTIALS);
    g_assert(metadata->facts->credentials != FG_CREDENTIALS_TELL || metadata->facts->digital_source);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    read_in(FG_FORMAT_JPEG, bytes);
    read_in(FG_FORMAT_AVIF, bytes);
    return 0;
}
