/* fuzz_svg.c: logos, SVG and PNG: what is drawn is within its bounds and drawn alike twice.
 * room: pixels */
#include <stdint.h>
#include <string.h>

#include "pixels/pixels.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SIDE 48

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) file = g_bytes_new_static(data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(FgRaster) logo = fg_logo_draw(file, SIDE, &error);
    g_assert((logo == NULL) == (error != NULL));
    if (!logo)
        return 0;
    g_assert(logo->bands == 4 && logo->width >= 1 && logo->height >= 1);
    g_assert(logo->width <= SIDE && logo->height <= SIDE);
    g_autoptr(FgRaster) again = fg_logo_draw(file, SIDE, NULL);
    g_assert(again && again->width == logo->width && again->height == logo->height);
    for (int y = 0; y < logo->height; y++)
        g_assert(memcmp(logo->data + (gsize)y * logo->stride, again->data + (gsize)y * again->stride,
                        (gsize)logo->width * 4) == 0);
    return 0;
}
