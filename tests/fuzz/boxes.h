/* boxes.h: what must hold for the boxes of any container, whatever the bytes. */
#ifndef FG_FUZZ_BOXES_H
#define FG_FUZZ_BOXES_H

#include "container/container.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean
keep_all(const FgPart *part, gpointer data)
{
    (void)part;
    (void)data;
    return TRUE;
}

static gboolean
keep_even(const FgPart *part, gpointer data)
{
    (void)data;
    return part->offset % 2 == 0;
}

static gboolean
keep_kinds(const FgPart *part, gpointer kinds)
{
    return GPOINTER_TO_UINT(kinds) >> part->kind & 1;
}

/* For formats that are copied box by box: a rewrite that keeps all gives the same bytes; what is dressed
 * reads again. */
static inline void
fuzz_copied(const uint8_t *data, size_t size, FgFormat format)
{
    if (fg_sniff(data, size) != format)
        return;
    g_autoptr(GBytes) file = g_bytes_new_static(data, size);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    if (!container)
        return;
    g_autofree char *digest = fg_container_picture_digest(container);
    g_assert(digest);
    g_autoptr(GBytes) copy = fg_container_rewrite(container, keep_all, NULL, NULL, NULL);
    g_assert(copy && g_bytes_equal(copy, file));

    static const char *const texts[] = {"Copyright", "us", NULL};
    g_autoptr(GBytes) block = g_bytes_new_static("II*\0\x08\0\0\0\0\0", 10);
    FgDress dress = {.exif = block, .xmp = block, .irb = block, .icc = block, .texts = texts};
    g_autoptr(GBytes) changed = fg_container_rewrite(container, keep_even, NULL, &dress, NULL);
    g_autoptr(FgContainer) again = changed ? fg_container_read(changed, NULL) : NULL;
    g_assert(!changed || again);
    if (fg_container_verify(container, NULL)) {
        g_autoptr(GBytes) dressed = fg_container_dress(file, format, &dress, NULL);
        g_autoptr(FgContainer) ours = dressed ? fg_container_read(dressed, NULL) : NULL;
        g_assert(!dressed || (ours && fg_container_verify(ours, NULL)));
    }
}

/* What was written must be readable, and hold the same picture. */
static inline void
fuzz_rewrite(const FgContainer *container, guint kinds, const FgDress *dress)
{
    g_autoptr(GBytes) file =
        fg_container_rewrite(container, keep_kinds, GUINT_TO_POINTER(kinds), dress, NULL);
    if (!file)
        return;
    g_autoptr(FgContainer) again = fg_container_read(file, NULL);
    g_autofree char *before = fg_container_picture_digest(container);
    g_autofree char *after = again ? fg_container_picture_digest(again) : NULL;
    if (container->complete && container->faults->len == 0 && g_strcmp0(before, after))
        abort();
}

/* For formats whose boxes point at each other: with nothing kept, with all and our own blocks, with the
 * profile alone. */
static inline void
fuzz_rebuilt(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) file = g_bytes_new(data, size);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    if (!container)
        return;
    g_autoptr(GBytes) exif = g_bytes_new_static("II*\0\x08\0\0\0\0\0\0\0\0\0", 14);
    g_autoptr(GBytes) xmp = g_bytes_new_static("<x:xmpmeta/>", 12);
    FgDress dress = {.exif = exif, .xmp = xmp};
    fg_container_verify(container, NULL);
    fuzz_rewrite(container, 0, NULL);
    fuzz_rewrite(container, ~0u, &dress);
    fuzz_rewrite(container, 1u << FG_PART_ICC, &dress);
}

#endif
