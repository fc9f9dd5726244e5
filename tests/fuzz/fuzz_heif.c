/* fuzz_heif.c: HEIF boxes and items: read, rewritten without and with our own blocks, and read again.
 * room: container */
#include "container/container.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean
keep_some(const FgPart *part, gpointer kinds)
{
    return GPOINTER_TO_UINT(kinds) >> part->kind & 1;
}

/* What was written must be readable, and hold the same picture. */
static void
rewrite(const FgContainer *container, guint kinds, const FgDress *dress)
{
    g_autoptr(GBytes) file = fg_container_rewrite(container, keep_some, GUINT_TO_POINTER(kinds), dress, NULL);
    if (!file)
        return;
    g_autoptr(FgContainer) again = fg_container_read(file, NULL);
    g_autofree char *before = fg_container_picture_digest(container);
    g_autofree char *after = again ? fg_container_picture_digest(again) : NULL;
    if (container->complete && container->faults->len == 0 && g_strcmp0(before, after))
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) file = g_bytes_new(data, size);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    if (!container)
        return 0;
    g_autoptr(GBytes) exif = g_bytes_new_static("II*\0\x08\0\0\0\0\0\0\0\0\0", 14);
    g_autoptr(GBytes) xmp = g_bytes_new_static("<x:xmpmeta/>", 12);
    FgDress dress = {.exif = exif, .xmp = xmp};
    fg_container_verify(container, NULL);
    rewrite(container, 0, NULL);
    rewrite(container, ~0u, &dress);
    rewrite(container, 1u << FG_PART_ICC, &dress);
    return 0;
}
