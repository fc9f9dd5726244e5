/* sniff.c: the table of formats, and what a file is, by its first bytes and never by its name. */
#include "container/container_private.h"

#include <string.h>

static const FgFormatTraits traits[FG_N_FORMATS] = {
    [FG_FORMAT_UNKNOWN] = {"unknown", "unknown", "bin"},
#define WRITTEN(id, calls, ...) [FG_FORMAT_##id] = {__VA_ARGS__, .read = TRUE, .written = TRUE},
#define READ(id, calls, ...) [FG_FORMAT_##id] = {__VA_ARGS__, .read = TRUE},
#define KNOWN(id, ...) [FG_FORMAT_##id] = {__VA_ARGS__},
#define SIGNATURE(...)
#include "container/formats.def"
};

const char fg_format_words[] = ""
#define WRITTEN(id, calls, name, ...) "|" name
#define READ(...)
#define KNOWN(...)
#define SIGNATURE(...)
#include "container/formats.def"
    ;

const FgFormatTraits *
fg_format_traits(FgFormat format)
{
    g_assert((guint)format < FG_N_FORMATS);
    return &traits[format];
}

const char *
fg_format_name(FgFormat format)
{
    return traits[format].name;
}

const char *
fg_format_title(FgFormat format)
{
    return traits[format].title;
}

const char *
fg_format_extension(FgFormat format)
{
    return traits[format].extension;
}

gboolean
fg_format_is_photo(FgFormat format)
{
    return traits[format].photo;
}

FgFormat
fg_format_from_name(const char *name)
{
    for (guint i = FG_FORMAT_UNKNOWN + 1; i < FG_N_FORMATS; i++)
        if (!g_strcmp0(traits[i].name, name))
            return (FgFormat)i;
    return FG_FORMAT_UNKNOWN;
}

/* Kinds that a few fixed bytes at a fixed place give away. */
typedef struct {
    guint8 offset, length;
    const char *bytes;
    FgFormat format;
} Signature;

static const Signature signatures[] = {
#define WRITTEN(...)
#define READ(...)
#define KNOWN(...)
#define SIGNATURE(id, offset, bytes) {offset, sizeof bytes - 1, bytes, FG_FORMAT_##id},
#include "container/formats.def"
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
    if (brand_is_one_of(major, "mif3"))
        return FG_FORMAT_HEIF;
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
