/* fuzz_jpeg.c: the segments of a file: whatever is read can be rewritten, and reads again.
 * room: container */
#include <stdint.h>

#include "container/container.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean
keep_even(const FgPart *part, gpointer data)
{
    (void)data;
    return part->offset % 2 == 0;
}

static gboolean
keep_all(const FgPart *part, gpointer data)
{
    (void)part;
    (void)data;
    return TRUE;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (fg_sniff(data, size) != FG_FORMAT_JPEG)
        return 0;
    g_autoptr(GBytes) file = g_bytes_new_static(data, size);
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    if (!container)
        return 0;
    g_autofree char *digest = fg_container_picture_digest(container);
    g_autoptr(GBytes) copy = fg_container_rewrite(container, keep_all, NULL, NULL, NULL);
    g_assert(copy && g_bytes_equal(copy, file));

    static const char *const texts[] = {"Copyright", "us", NULL};
    g_autoptr(GBytes) block = g_bytes_new_static("II*\0\x08\0\0\0\0\0", 10);
    FgDress dress = {.exif = block, .xmp = block, .irb = block, .icc = block, .texts = texts};
    g_autoptr(GBytes) changed = fg_container_rewrite(container, keep_even, NULL, &dress, NULL);
    g_autoptr(FgContainer) again = changed ? fg_container_read(changed, NULL) : NULL;
    if (fg_container_verify(container, NULL)) {
        g_autoptr(GBytes) dressed = fg_container_dress(file, FG_FORMAT_JPEG, &dress, NULL);
        g_autoptr(FgContainer) ours = dressed ? fg_container_read(dressed, NULL) : NULL;
        g_assert(!dressed || (ours && fg_container_verify(ours, NULL)));
    }
    return 0;
}
