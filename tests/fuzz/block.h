/* block.h: any bytes as one block of a file: whatever they are, they are read, and what is told of them can
 * be printed. */
#ifndef FG_FUZZ_BLOCK_H
#define FG_FUZZ_BLOCK_H

#include "metadata/metadata.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void
fuzz_part(const uint8_t *data, size_t size, FgPartKind kind, const char *name)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    char where[] = "here";
    g_autofree char *called = g_strdup(name);
    FgPart part = {.kind = kind, .where = where, .name = called, .bytes = bytes};
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    g_autoptr(GPtrArray) faults = g_ptr_array_new();
    g_ptr_array_add(parts, &part);
    FgContainer container = {
        .format = FG_FORMAT_JPEG, .file = bytes, .complete = TRUE, .parts = parts, .faults = faults};
    g_autoptr(FgMetadata) metadata = fg_metadata_read(&container);
    for (guint i = 0; i < metadata->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(metadata->findings, i);
        g_assert_true(g_utf8_validate(finding->message, -1, NULL));
        g_assert_true(g_utf8_validate(finding->where, -1, NULL));
    }
    for (guint i = 0; i < metadata->personal->len; i++) {
        const FgPersonal *personal = g_ptr_array_index(metadata->personal, i);
        g_assert_true(!personal->value || g_utf8_validate(personal->value, -1, NULL));
    }
}

static inline void
fuzz_block(const uint8_t *data, size_t size, FgPartKind kind)
{
    fuzz_part(data, size, kind, NULL);
}

#endif
