/* fuzz_lettering.c: a block of letters that crossed a process border: whatever its view lets through can be
 * read to the last sample. room: pixels */
#include <stdint.h>

#include "pixels/pixels.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy, since the data of a block lie at an 8-byte boundary. */
    g_autoptr(GBytes) block = g_bytes_new(data, size);
    g_autoptr(GError) error = NULL;
    FgLettering view;
    if (!fg_lettering_view(block, &view, &error)) {
        g_assert(error != NULL);
        return 0;
    }
    guint64 sum = 0;
    for (guint32 i = 0; i < view.n_glyphs; i++) {
        const FgGlyph *glyph = &view.glyphs[i];
        gsize samples = (gsize)glyph->width * glyph->height;
        g_assert(glyph->line < view.n_lines && glyph->cluster < view.n_clusters);
        g_assert(glyph->offset <= view.distance_length && samples <= view.distance_length - glyph->offset);
        for (gsize k = 0; k < samples; k++)
            sum += view.distance[glyph->offset + k];
    }
    return sum == G_MAXUINT64; /* Never: it makes the compiler read them all. */
}
