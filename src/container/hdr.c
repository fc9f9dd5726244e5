/* hdr.c: whether a file is brighter than white, and how far (PNG 3rd edition 11.3.2; ISO/IEC 23008-12 and
 * 14496-12 §12.1.5; ISO 21496-1). */
#include "container/bmff_private.h"
#include "container/png_private.h"

#include <string.h>

static const char *const names[FG_N_HDR] = {NULL, "gain-map", "pq", "hlg"};

const char *
fg_hdr_name(FgHdr hdr)
{
    g_assert((guint)hdr < FG_N_HDR);
    return names[hdr];
}

FgHdr
fg_hdr_from_name(const char *name)
{
    for (guint i = 1; name && i < FG_N_HDR; i++)
        if (strcmp(names[i], name) == 0)
            return (FgHdr)i;
    return FG_HDR_NONE;
}

/* Transfer characteristics of ITU-T H.273. */
static FgHdr
hdr_of_transfer(guint transfer)
{
    return transfer == 16 ? FG_HDR_PQ : transfer == 18 ? FG_HDR_HLG : FG_HDR_NONE;
}

/* Luminances are counted in 1/10000 cd/m², and what is said in less than 1 cd/m² is not said. */
static guint32
whole_candelas(guint32 luminance)
{
    return luminance / 10000;
}

/* Primaries and white of a mastering display, then its luminances. */
static guint32
mastering_peak(FgCursor at)
{
    guint32 most;
    return fg_cursor_skip(&at, 16) && fg_cursor_u32(&at, &most) ? whole_candelas(most) : 0;
}

/* ---- PNG ---- */

FgBrightness
fg_png_light(GBytes *file)
{
    FgBrightness light = {0};
    FgPngColour colour;
    PngChunk chunk;
    guint32 content = 0, display = 0, most;
    if (!fg_png_colour(file, &colour) || !colour.has_cicp)
        return light;
    light.hdr = hdr_of_transfer(colour.transfer);
    light.primaries = colour.primaries;
    FgCursor at = fg_cursor_bytes(file, FG_BIG_ENDIAN);
    fg_cursor_skip(&at, PNG_SIGNATURE_SIZE);
    while (fg_png_chunk(&at, &chunk) && strcmp(chunk.type, "IDAT") != 0) {
        FgCursor payload = chunk.payload;
        /* Drafts of the standard wrote both names with a small third letter from the end. */
        if (g_ascii_strcasecmp(chunk.type, "cLLI") == 0 && fg_cursor_u32(&payload, &most))
            content = whole_candelas(most);
        else if (g_ascii_strcasecmp(chunk.type, "mDCV") == 0)
            display = mastering_peak(payload);
    }
    light.peak = content ? content : display;
    return light;
}

/* ---- HEIC and AVIF ---- */

/* A picture has one colour box for a profile and one for code points. */
static void
read_property(const FgBox *box, FgBrightness *light, guint32 *content, guint32 *display)
{
    FgCursor at = box->body;
    guint16 primaries, transfer, most;
    if (box->type == FG_FOURCC('c', 'o', 'l', 'r') && fg_cursor_match(&at, "nclx", 4) &&
        fg_cursor_u16(&at, &primaries) && fg_cursor_u16(&at, &transfer)) {
        light->hdr = hdr_of_transfer(transfer);
        light->primaries = (guint8)MIN(primaries, 255);
    } else if (box->type == FG_FOURCC('c', 'l', 'l', 'i') && fg_cursor_u16(&at, &most)) {
        *content = most;
    } else if (box->type == FG_FOURCC('m', 'd', 'c', 'v')) {
        *display = mastering_peak(at);
    }
}

void
fg_heif_light(const FgHeif *heif, FgBrightness *light)
{
    const FgHeifItem *primary = fg_heif_item(heif, heif->primary);
    guint32 content = 0, display = 0;
    for (guint i = 0; primary && i < primary->properties->len; i++) {
        const guint index = g_array_index(primary->properties, guint16, i) & 0x7fff;
        if (index >= 1 && index <= heif->properties->len)
            read_property(&g_array_index(heif->properties, FgBox, index - 1), light, &content, &display);
    }
    light->peak = content ? content : display;
}

/* ---- Gain maps ---- */

/* As the readers of the formats call it: by ISO 21496-1, or by Apple's name of an auxiliary picture. */
static gboolean
is_gain_map(const FgPart *part)
{
    if (!part->name)
        return FALSE;
    return part->kind == FG_PART_AUXILIARY
               ? strcmp(part->name, "gain map") == 0 || strstr(part->name, ":hdrgainmap") != NULL
               : strcmp(part->name, "jhgm") == 0; /* JPEG XL */
}

FgBrightness
fg_container_light(const FgContainer *container)
{
    FgBrightness light =
        container->format == FG_FORMAT_PNG ? fg_png_light(container->file) : container->light;
    for (guint i = 0; light.hdr == FG_HDR_NONE && i < container->parts->len; i++)
        if (is_gain_map(container->parts->pdata[i]))
            light.hdr = FG_HDR_GAIN_MAP;
    return light;
}
