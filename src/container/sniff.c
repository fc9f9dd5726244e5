/* sniff.c: what a file is, by its first bytes and never by its name. */
#include "container/container_private.h"

#include <string.h>

typedef struct {
    const char *name, *title, *extension;
    gboolean photo; /* an input of publish */
} FormatRow;

static const FormatRow format_rows[] = {
    [FG_FORMAT_UNKNOWN] = {"unknown", "unknown", "bin", FALSE},
    [FG_FORMAT_JPEG] = {"jpeg", "JPEG", "jpg", TRUE},
    [FG_FORMAT_PNG] = {"png", "PNG", "png", TRUE},
    [FG_FORMAT_WEBP] = {"webp", "WebP", "webp", TRUE},
    [FG_FORMAT_AVIF] = {"avif", "AVIF", "avif", TRUE},
    [FG_FORMAT_HEIC] = {"heic", "HEIC", "heic", TRUE},
    [FG_FORMAT_TIFF] = {"tiff", "TIFF", "tif", TRUE},
    [FG_FORMAT_JXL] = {"jxl", "JPEG XL", "jxl", FALSE},
    [FG_FORMAT_GIF] = {"gif", "GIF", "gif", FALSE},
    [FG_FORMAT_BMP] = {"bmp", "BMP", "bmp", FALSE},
    [FG_FORMAT_PSD] = {"psd", "PSD", "psd", FALSE},
    [FG_FORMAT_RAW] = {"raw", "RAW", "raw", FALSE},
    [FG_FORMAT_VIDEO] = {"video", "video", "mp4", FALSE},
    [FG_FORMAT_SVG] = {"svg", "SVG", "svg", FALSE},
    [FG_FORMAT_PDF] = {"pdf", "PDF", "pdf", FALSE},
    [FG_FORMAT_OTHER] = {"other", "other", "bin", FALSE},
};
G_STATIC_ASSERT(G_N_ELEMENTS(format_rows) == FG_N_FORMATS);

const char *
fg_format_name(FgFormat format)
{
    return format_rows[format].name;
}

const char *
fg_format_title(FgFormat format)
{
    return format_rows[format].title;
}

const char *
fg_format_extension(FgFormat format)
{
    return format_rows[format].extension;
}

gboolean
fg_format_is_photo(FgFormat format)
{
    return format_rows[format].photo;
}

FgFormat
fg_format_from_name(const char *name)
{
    for (guint i = FG_FORMAT_UNKNOWN + 1; i < FG_N_FORMATS; i++)
        if (!g_strcmp0(format_rows[i].name, name))
            return (FgFormat)i;
    return FG_FORMAT_UNKNOWN;
}

/* Kinds that a few fixed bytes at a fixed place give away. The order matters where one begins like another.
 */
typedef struct {
    guint8 offset, length;
    const char *bytes;
    FgFormat format;
} Signature;

static const Signature signatures[] = {
    {0, 3, "\xFF\xD8\xFF", FG_FORMAT_JPEG},
    {0, 8, "\x89PNG\r\n\x1A\n", FG_FORMAT_PNG},
    {0, 2, "\xFF\x0A", FG_FORMAT_JXL},
    {0, 12, "\0\0\0\x0CJXL \r\n\x87\n", FG_FORMAT_JXL},
    {0, 4, "GIF8", FG_FORMAT_GIF},
    {0, 4, "8BPS", FG_FORMAT_PSD},
    {0, 5, "%PDF-", FG_FORMAT_PDF},
    {0, 15, "FUJIFILMCCD-RAW", FG_FORMAT_RAW},
    {0, 4, "FOVb", FG_FORMAT_RAW},
    {0, 4, "\0MRM", FG_FORMAT_RAW},
    {6, 8, "HEAPCCDR", FG_FORMAT_RAW},
    {0, 4, "IIRO", FG_FORMAT_RAW}, /* Olympus: a TIFF with a magic of its own, in three spellings */
    {0, 4, "IIRS", FG_FORMAT_RAW},
    {0, 4, "MMOR", FG_FORMAT_RAW},
    {0, 4, "IIU\0", FG_FORMAT_RAW},              /* Panasonic, Leica */
    {0, 4, "\x1A\x45\xDF\xA3", FG_FORMAT_VIDEO}, /* Matroska, WebM */
    {0, 4, "\0\0\x01\xBA", FG_FORMAT_VIDEO},
    {0, 4, "\0\0\x01\xB3", FG_FORMAT_VIDEO},
    {0, 4, "FLV\x01", FG_FORMAT_VIDEO},
    {4, 4, "moov", FG_FORMAT_VIDEO}, /* QuickTime from before ftyp */
    {4, 4, "mdat", FG_FORMAT_VIDEO},
    {0, 12, "\0\0\0\x0CjP  \r\n\x87\n", FG_FORMAT_OTHER}, /* JPEG 2000 */
    {0, 4, "\xFF\x4F\xFF\x51", FG_FORMAT_OTHER},
    {0, 4, "\x76\x2F\x31\x01", FG_FORMAT_OTHER}, /* OpenEXR */
    {0, 4, "qoif", FG_FORMAT_OTHER},
    {0, 4, "DDS ", FG_FORMAT_OTHER},
    {0, 9, "gimp xcf ", FG_FORMAT_OTHER},
    {0, 11, "#?RADIANCE\n", FG_FORMAT_OTHER},
    {0, 4, "%!PS", FG_FORMAT_OTHER},
};

static gboolean
brand_is_one_of(const guint8 *brand, const char *brands)
{
    for (; *brands; brands += 4)
        if (!memcmp(brand, brands, 4))
            return TRUE;
    return FALSE;
}

/* ISO/IEC 14496-12 §4.3: the major brand, then the compatible ones, of which some may be cut off by a short
 * head. */
static FgFormat
sniff_ftyp(FgCursor box, guint32 size)
{
    const guint8 *major = box.data + box.offset;
    if (!fg_cursor_skip(&box, 4))
        return FG_FORMAT_UNKNOWN;
    if (brand_is_one_of(major, "avifavis"))
        return FG_FORMAT_AVIF;
    if (!memcmp(major, "crx ", 4))
        return FG_FORMAT_RAW;
    gboolean heif = brand_is_one_of(major, "heicheixheimheishevchevxmif1msf1mif2miaf");
    gsize end = MIN(size, box.length);
    fg_cursor_skip(&box, 4); /* The minor version says nothing. */
    for (; box.offset + 4 <= end; box.offset += 4) {
        const guint8 *brand = box.data + box.offset;
        if (heif && brand_is_one_of(brand, "avifavis"))
            return FG_FORMAT_AVIF;
        if (brand_is_one_of(brand, "heicheix") && !brand_is_one_of(major, "isommp41mp42qt  "))
            heif = TRUE;
    }
    return heif ? FG_FORMAT_HEIC : FG_FORMAT_VIDEO;
}

/* A camera raw file that is a TIFF says so in its first directory: a version of DNG, a compression that only
 * raw data has, or a thumbnail first with the sensor's picture in a sub-directory. */
static FgFormat
sniff_tiff(FgCursor at)
{
    FgTiff tiff;
    FgIfdWalk walk;
    FgIfdEntry entry;
    if (fg_cursor_seek(&at, 8) && fg_cursor_match(&at, "CR\x02", 3))
        return FG_FORMAT_RAW;
    if (!fg_tiff_open(at, &tiff) || !fg_ifd_begin(&tiff, tiff.first, &walk))
        return FG_FORMAT_TIFF;
    gboolean reduced = FALSE, sub_directories = FALSE, page = FALSE;
    while (fg_ifd_next(&walk, &entry)) {
        guint64 value = 0;
        fg_ifd_number(&entry, 0, &value);
        if (entry.tag == 0xC612 /* DNGVersion */)
            return FG_FORMAT_RAW;
        if (entry.tag == 0x0103 /* Compression: Sony, Samsung, Nikon, Pentax */ &&
            (value == 32767 || value == 32770 || value == 34713 || value == 65535))
            return FG_FORMAT_RAW;
        reduced |= entry.tag == 0x00FE && value == 1;
        sub_directories |= entry.tag == 0x014A;
        page |= entry.tag == 0x0129; /* PageNumber: a fax or a scan, not a camera */
    }
    return reduced && sub_directories && !page ? FG_FORMAT_RAW : FG_FORMAT_TIFF;
}

static gboolean
is_svg(const char *text, gsize length)
{
    gsize at = length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3) ? 3 : 0;
    while (at < length && g_ascii_isspace(text[at]))
        at++;
    if (at == length || text[at] != '<')
        return FALSE;
    return g_strstr_len(text + at, (gssize)(length - at), "<svg") ||
           g_strstr_len(text + at, (gssize)(length - at), "<!DOCTYPE svg");
}

/* "BM", the size of the header among those that there are, one plane. */
static gboolean
is_bmp(FgCursor at)
{
    guint32 header;
    return fg_cursor_match(&at, "BM", 2) && fg_cursor_seek(&at, 14) && fg_cursor_u32(&at, &header) &&
           (header == 12 || (header >= 16 && header <= 124));
}

FgFormat
fg_sniff(const void *data, gsize length)
{
    FgCursor at = fg_cursor(data, length, FG_BIG_ENDIAN);
    for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++) {
        FgCursor here = at;
        if (fg_cursor_seek(&here, signatures[i].offset) &&
            fg_cursor_match(&here, signatures[i].bytes, signatures[i].length))
            return signatures[i].format;
    }
    FgCursor here = at;
    guint32 size;
    if (fg_cursor_u32(&here, &size) && fg_cursor_match(&here, "ftyp", 4))
        return sniff_ftyp(here, size);
    here = at;
    if (fg_cursor_match(&here, "RIFF", 4) && fg_cursor_skip(&here, 4)) {
        if (fg_cursor_peek(&here, "WEBP", 4))
            return FG_FORMAT_WEBP;
        return fg_cursor_peek(&here, "AVI ", 4) ? FG_FORMAT_VIDEO : FG_FORMAT_UNKNOWN;
    }
    if (fg_cursor_peek(&at, "II*\0", 4) || fg_cursor_peek(&at, "MM\0*", 4))
        return sniff_tiff(at);
    if (fg_cursor_peek(&at, "II+\0", 4) || fg_cursor_peek(&at, "MM\0+", 4))
        return FG_FORMAT_TIFF; /* BigTIFF */
    if (is_bmp(fg_cursor(data, length, FG_LITTLE_ENDIAN)))
        return FG_FORMAT_BMP;
    return is_svg(data, length) ? FG_FORMAT_SVG : FG_FORMAT_UNKNOWN;
}
