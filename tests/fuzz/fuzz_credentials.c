/* fuzz_credentials.c: a store of Content Credentials in a file: read whatever it holds, and never without a
 * word where it can't be.
 * room: metadata */
#include "metadata/metadata.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_in(FgFormat format, GBytes *bytes)
{
    FgPart part = {.kind = FG_PART_C2PA, .where = (char *)"here", .bytes = bytes};
    g_autoptr(GPtrArray) parts = g_ptr_array_new(), faults = g_ptr_array_new();
    g_ptr_array_add(parts, &part);
    FgContainer container = {.format = format,
                             .file = bytes,
                             .width = 1,
                             .height = 1,
                             .complete = TRUE,
                             .parts = parts,
                             .faults = faults};
    g_autoptr(FgMetadata) metadata = fg_metadata_read(&container);
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
