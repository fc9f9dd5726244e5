/* one_part.h: what is read of a file that has one part. */
#ifndef FG_TEST_ONE_PART_H
#define FG_TEST_ONE_PART_H

#include "metadata/metadata.h"

static inline FgMetadata *
read_one_part(FgFormat format, FgPartKind kind, GBytes *bytes)
{
    FgPart part = {.kind = kind, .where = (char *)"here", .bytes = bytes};
    g_autoptr(GPtrArray) parts = g_ptr_array_new(), faults = g_ptr_array_new();
    g_ptr_array_add(parts, &part);
    FgContainer container = {.format = format,
                             .file = bytes,
                             .width = 1,
                             .height = 1,
                             .complete = TRUE,
                             .parts = parts,
                             .faults = faults};
    return fg_metadata_read(&container);
}

#endif
