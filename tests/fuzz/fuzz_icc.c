/* fuzz_icc.c: a colour profile cleaned; what comes out is one that has nothing more to lose but by chance.
 * room: metadata */
#include "metadata/icc.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) profile = g_bytes_new_static(data, size);
    g_autoptr(GBytes) clean = fg_icc_clean(profile);
    FgIcc before, after;
    if (!clean)
        return 0;
    g_assert(fg_icc_open(profile, &before) && fg_icc_open(clean, &after));
    g_assert(after.n_tags <= before.n_tags && after.length == after.bytes.length);
    for (guint i = 0; i < after.n_tags; i++)
        g_assert(after.tags[i].kind == FG_ICC_COLOUR);
    return 0;
}
