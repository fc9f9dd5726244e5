/* Any bytes as a file: container and metadata together, with pictures inside pictures, and its texts as a
 * sidecar. */
/* room: metadata */
#include "metadata/metadata.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) file = g_bytes_new(data, size);
    g_autoptr(FgFacts) facts = fg_facts_new();
    fg_metadata_apply_sidecar(facts, file, NULL);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    if (!container)
        return 0;
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    g_assert_true(metadata->rights && metadata->facts);
    g_assert_true(metadata->orientation >= 1 && metadata->orientation <= 8);
    for (guint i = 0; i < metadata->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(metadata->findings, i);
        g_assert_true(g_utf8_validate(finding->where, -1, NULL));
    }
    return 0;
}
