/* exif_build.c: our EXIF block, built by libexif from nothing (Exif 2.32; docs/spec/metadata.md §1.8).
 *
 * libexif's own repairs are off, since they add what we did not say (an uncalibrated colour space, a
 * density). Texts are of the type ASCII and hold UTF-8, which every reader of today shows; the UTF-8 type of
 * Exif 3.0 few of them know. */
#include "metadata/metadata_private.h"

#include <libexif/exif-data.h>
#include <libexif/exif-utils.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ExifData, exif_data_unref)

#define ORDER EXIF_BYTE_ORDER_INTEL
#define PREFIX_SIZE 6u /* libexif puts Exif 0 0 in front, which belongs to JPEG alone */

/* A new entry with room for its value, which the caller fills in. */
static guint8 *
add(ExifData *exif, ExifIfd ifd, unsigned tag, ExifFormat format, gsize components)
{
    const gsize size = components * exif_format_get_size(format);
    ExifMem *memory = exif_mem_new_default();
    ExifEntry *entry = exif_entry_new_mem(memory);
    entry->tag = (ExifTag)tag;
    entry->format = format;
    entry->components = components;
    entry->size = (unsigned)size;
    entry->data = exif_mem_alloc(memory, (ExifLong)size);
    g_assert(entry->data);
    exif_content_add_entry(exif->ifd[ifd], entry);
    guint8 *value = entry->data; /* lives as long as the entry, which the directory holds */
    exif_entry_unref(entry);
    exif_mem_unref(memory);
    return value;
}

static void
add_text(ExifData *exif, ExifIfd ifd, unsigned tag, const char *text)
{
    if (!text)
        return;
    const gsize size = strlen(text) + 1;
    memcpy(add(exif, ifd, tag, EXIF_FORMAT_ASCII, size), text, size);
}

static void
add_short(ExifData *exif, ExifIfd ifd, unsigned tag, guint16 value)
{
    exif_set_short(add(exif, ifd, tag, EXIF_FORMAT_SHORT, 1), ORDER, value);
}

static void
add_long(ExifData *exif, ExifIfd ifd, unsigned tag, guint32 value)
{
    exif_set_long(add(exif, ifd, tag, EXIF_FORMAT_LONG, 1), ORDER, value);
}

static void
add_rational(ExifData *exif, ExifIfd ifd, unsigned tag, FgRational value)
{
    if (value.denominator == 0)
        return;
    const ExifRational rational = {value.numerator, value.denominator};
    exif_set_rational(add(exif, ifd, tag, EXIF_FORMAT_RATIONAL, 1), ORDER, rational);
}

static void
add_bytes(ExifData *exif, ExifIfd ifd, unsigned tag, const char bytes[4])
{
    memcpy(add(exif, ifd, tag, EXIF_FORMAT_UNDEFINED, 4), bytes, 4);
}

static void
add_picture(ExifData *exif, const FgStatement *statement)
{
    static const FgRational density = {72, 1};
    add_short(exif, EXIF_IFD_0, 0x0112, 1);          /* Orientation: it is in the pixels */
    add_rational(exif, EXIF_IFD_0, 0x011A, density); /* XResolution */
    add_rational(exif, EXIF_IFD_0, 0x011B, density); /* YResolution */
    add_short(exif, EXIF_IFD_0, 0x0128, 2);          /* ResolutionUnit: inch */
    if (fg_format_traits(statement->format)->centred)
        add_short(exif, EXIF_IFD_0, 0x0213, 1);     /* YCbCrPositioning: centred, as JFIF has it */
    add_bytes(exif, EXIF_IFD_EXIF, 0x9000, "0232"); /* ExifVersion */
    add_bytes(exif, EXIF_IFD_EXIF, 0x9101, "\x01\x02\x03\x00"); /* ComponentsConfiguration: Y Cb Cr */
    add_bytes(exif, EXIF_IFD_EXIF, 0xA000, "0100");             /* FlashpixVersion */
    add_short(exif, EXIF_IFD_EXIF, 0xA001, statement->srgb ? 1 : 0xFFFF); /* ColorSpace */
    if (statement->index_r03) {
        add_text(exif, EXIF_IFD_INTEROPERABILITY, 1, "R03");
        add_bytes(exif, EXIF_IFD_INTEROPERABILITY, 2, "0100");
    }
    add_long(exif, EXIF_IFD_EXIF, 0xA002, statement->width);  /* PixelXDimension */
    add_long(exif, EXIF_IFD_EXIF, 0xA003, statement->height); /* PixelYDimension */
}

/* DateTimeOriginal has no short form: without a time there is none, and none is invented. */
static void
add_time(ExifData *exif, const char *date)
{
    if (strlen(date) != strlen("2026-05-01T12:00:00"))
        return;
    g_autofree char *time = g_strdup_printf("%.4s:%.2s:%.2s %s", date, date + 5, date + 8, date + 11);
    add_text(exif, EXIF_IFD_EXIF, 0x9003, time);
}

static void
add_field(ExifData *exif, const FgField *field, gconstpointer base)
{
    const ExifIfd ifd = field->ifd0 ? EXIF_IFD_0 : EXIF_IFD_EXIF;
    const unsigned tag = field->ifd0 ? field->ifd0 : field->exif;
    g_autofree char *joined = NULL;
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        add_text(exif, ifd, tag, fg_field_text(field, base));
        break;
    case FG_KIND_LIST:
        joined = fg_creators_join(fg_field_list(field, base));
        add_text(exif, ifd, tag, joined);
        break;
    case FG_KIND_DATE:
        add_time(exif, fg_field_at(field, base));
        break;
    case FG_KIND_RATIONAL:
        add_rational(exif, ifd, tag, *(const FgRational *)fg_field_at(field, base));
        break;
    default: /* a SHORT: what is above it is said to be its largest, as Exif 2.32 has it */
        if (!fg_field_is_empty(field, base))
            add_short(exif, ifd, tag, (guint16)MIN(*(const guint32 *)fg_field_at(field, base), G_MAXUINT16));
    }
}

static void
add_fields(ExifData *exif, const FgField *fields, gconstpointer base)
{
    for (; fields->key; fields++)
        if (fields->ifd0 || fields->exif)
            add_field(exif, fields, base);
}

/* The whole as libexif writes it, without the prefix. */
static GBytes *
save(ExifData *exif, GError **error)
{
    unsigned char *data = NULL;
    unsigned size = 0;
    exif_data_save_data(exif, &data, &size);
    if (!data || size <= PREFIX_SIZE) {
        free(data);
        return fg_throw_null(error, FG_ERROR_MEMORY, "EXIF can't be built");
    }
    GBytes *tiff = g_bytes_new(data + PREFIX_SIZE, size - PREFIX_SIZE);
    free(data);
    return tiff;
}

GBytes *
fg_exif_build(const FgStatement *statement, GError **error)
{
    g_autoptr(FgStated) stated = fg_statement_resolve(statement);
    const gsize caption = stated->facts->caption ? strlen(stated->facts->caption) : 0;
    if (caption > FG_EXIF_MAX) /* said before libexif counts it in 32 bits */
        return fg_throw_null(error, FG_ERROR_OVERSIZE, "a caption of %zu bytes doesn't fit EXIF", caption);

    g_autoptr(ExifData) exif = exif_data_new();
    exif_data_unset_option(exif, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
    exif_data_unset_option(exif, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
    exif_data_set_byte_order(exif, ORDER);
    add_picture(exif, statement);
    add_fields(exif, fg_right_fields, stated->rights);
    add_fields(exif, fg_fact_fields, stated->facts);

    g_autoptr(GBytes) tiff = save(exif, error);
    if (tiff && g_bytes_get_size(tiff) > FG_EXIF_MAX)
        return fg_throw_null(error, FG_ERROR_OVERSIZE, "EXIF would take %zu bytes of %u",
                             g_bytes_get_size(tiff), FG_EXIF_MAX);
    return g_steal_pointer(&tiff);
}
