/* png_colour.c: the chunks by which a PNG says what its samples mean (PNG 3rd edition, 4.3 and 11.3.2). */
#include "container/png_private.h"

#include <string.h>

static void
read_cicp(FgCursor at, FgPngColour *colour)
{
    guint8 matrix, full;
    /* Samples of a PNG are RGB, so that another matrix than the identity makes the chunk void. */
    colour->has_cicp = fg_cursor_u8(&at, &colour->primaries) && fg_cursor_u8(&at, &colour->transfer) &&
                       fg_cursor_u8(&at, &matrix) && fg_cursor_u8(&at, &full) && matrix == 0 && full <= 1;
    colour->narrow = colour->has_cicp && full == 0;
}

static void
read_primaries(FgCursor at, FgPngColour *colour)
{
    colour->has_primaries = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(colour->chromaticities); i++) {
        guint32 *value = &colour->chromaticities[i];
        /* A white without luminance has no place. */
        colour->has_primaries &= fg_cursor_u32(&at, value) && *value <= 100000 && (i != 1 || *value > 0);
    }
}

/* The first chunk of a kind counts, as for every decoder. */
static void
read_chunk(const PngChunk *chunk, FgPngColour *colour)
{
    FgCursor at = chunk->payload;
    guint8 kind;
    if (!strcmp(chunk->type, "IHDR"))
        colour->grey = fg_cursor_skip(&at, 9) && fg_cursor_u8(&at, &kind) && (kind == 0 || kind == 4);
    else if (!strcmp(chunk->type, "cICP") && !colour->has_cicp)
        read_cicp(at, colour);
    else if (!strcmp(chunk->type, "iCCP"))
        colour->has_icc = TRUE;
    else if (!strcmp(chunk->type, "sRGB"))
        colour->has_srgb = TRUE;
    else if (!strcmp(chunk->type, "gAMA") && !colour->has_gamma)
        colour->has_gamma = fg_cursor_u32(&at, &colour->gamma) && colour->gamma > 0;
    else if (!strcmp(chunk->type, "cHRM") && !colour->has_primaries)
        read_primaries(at, colour);
}

gboolean
fg_png_colour(GBytes *file, FgPngColour *colour)
{
    PngChunk chunk;
    FgCursor at = fg_cursor_bytes(file, FG_BIG_ENDIAN);
    *colour = (FgPngColour){0};
    if (!fg_cursor_match(&at, PNG_SIGNATURE, PNG_SIGNATURE_SIZE))
        return FALSE;
    while (fg_png_chunk(&at, &chunk) && strcmp(chunk.type, "IDAT") != 0)
        read_chunk(&chunk, colour);
    return TRUE;
}
