/* icc_clean.c: a colour profile without what it tells beside its colours: the tags that a conversion needs,
 * byte for byte, in a profile of their own (ICC.1:2022 §7.2, §9). */
#include "metadata/icc.h"

#include <string.h>

#define DESC FG_FOURCC('d', 'e', 's', 'c')
#define CPRT FG_FOURCC('c', 'p', 'r', 't')

/* Where the parts of a header stand that tell of device and time. */
enum { DATE = 24, DEVICE = 48, DEVICE_SIZE = 8, ID = 84, ID_SIZE = 16 };

static const char *
space_name(guint32 space)
{
    return space == FG_FOURCC('R', 'G', 'B', ' ')   ? "RGB"
           : space == FG_FOURCC('G', 'R', 'A', 'Y') ? "Gray"
           : space == FG_FOURCC('C', 'M', 'Y', 'K') ? "CMYK"
                                                    : "Profile";
}

/* In the form that the version wants of it: multiLocalizedUnicodeType, textDescriptionType or textType. */
static void
put_text(GByteArray *out, const FgIcc *icc, guint32 signature, const char *text)
{
    static const guint8 zeros[67 + 11];
    const guint length = (guint)strlen(text);
    if (icc->version >> 24 >= 4) {
        fg_put_text(out, "mluc");
        fg_put_be32(out, 0);
        fg_put_be32(out, 1);
        fg_put_be32(out, 12);
        fg_put_text(out, "enUS");
        fg_put_be32(out, length * 2);
        fg_put_be32(out, 28);
        for (guint i = 0; i < length; i++)
            fg_put_be16(out, (guint8)text[i]);
        return;
    }
    fg_put_text(out, signature == DESC ? "desc" : "text");
    fg_put_be32(out, 0);
    if (signature == DESC)
        fg_put_be32(out, length + 1);
    g_byte_array_append(out, (const guint8 *)text, length + 1);
    if (signature == DESC)
        g_byte_array_append(out, zeros, sizeof zeros);
}

/* Day and time tell when somebody calibrated their screen; a year may stay. */
static void
blank_header(guint8 *header, gboolean device)
{
    memset(header + ID, 0, ID_SIZE);
    if (!device)
        return;
    memset(header + DEVICE, 0, DEVICE_SIZE);
    memset(header + DATE + 2, 0, 10);
    header[DATE + 3] = header[DATE + 5] = 1;
}

/* Where the tag's value stands in the new profile; several tags may name one. */
static guint32
put_value(GByteArray *out, const FgIcc *icc, guint number, const guint32 *places)
{
    const FgIccTag *tag = &icc->tags[number];
    for (guint i = 0; i < number; i++)
        if (places[i] && icc->tags[i].offset == tag->offset && icc->tags[i].size == tag->size)
            return places[i];
    const guint32 place = out->len;
    g_byte_array_append(out, icc->bytes.data + tag->offset, tag->size);
    return place;
}

/* The two texts that a profile must have, where they tell; NULL: the value stays. */
static const char *
new_text(const FgIcc *icc, const FgIccTag *tag, gboolean device)
{
    const gboolean owner = fg_icc_names_owner(fg_icc_value(icc, tag));
    if (tag->signature == DESC)
        return device || owner ? space_name(icc->space) : NULL;
    return tag->signature == CPRT && owner ? "" : NULL;
}

static GBytes *
rebuild(const FgIcc *icc, gboolean device)
{
    guint32 places[FG_ICC_TAGS] = {0}, sizes[FG_ICC_TAGS] = {0};
    guint kept = 0;
    for (guint i = 0; i < icc->n_tags; i++)
        kept += icc->tags[i].kind == FG_ICC_COLOUR;
    GByteArray *out = g_byte_array_new();
    g_byte_array_set_size(out, FG_ICC_HEADER + 4 + kept * 12);
    memset(out->data, 0, out->len);
    memcpy(out->data, icc->bytes.data, FG_ICC_HEADER);
    blank_header(out->data, device);
    fg_store_u32(out->data + FG_ICC_HEADER, FG_BIG_ENDIAN, kept);
    guint row = FG_ICC_HEADER + 4;
    for (guint i = 0; i < icc->n_tags; i++) {
        const FgIccTag *tag = &icc->tags[i];
        if (tag->kind != FG_ICC_COLOUR)
            continue;
        const char *text = new_text(icc, tag, device);
        sizes[i] = tag->size;
        if (text) {
            const guint32 place = out->len;
            put_text(out, icc, tag->signature, text);
            sizes[i] = out->len - place;
            fg_store_u32(out->data + row + 4, FG_BIG_ENDIAN, place);
        } else {
            places[i] = put_value(out, icc, i, places);
            fg_store_u32(out->data + row + 4, FG_BIG_ENDIAN, places[i]);
        }
        /* Values that overlap would make it many times as large as it was. */
        if (out->len > icc->length + FG_ICC_TAGS * 128u) {
            g_byte_array_unref(out);
            return NULL;
        }
        fg_store_u32(out->data + row, FG_BIG_ENDIAN, tag->signature);
        fg_store_u32(out->data + row + 8, FG_BIG_ENDIAN, sizes[i]);
        row += 12;
        while (out->len % 4 != 0)
            fg_put_u8(out, 0);
    }
    fg_store_u32(out->data, FG_BIG_ENDIAN, out->len);
    return g_byte_array_free_to_bytes(out);
}

GBytes *
fg_icc_clean(GBytes *profile)
{
    FgIcc icc;
    if (!fg_icc_trace(profile) || !fg_icc_open(profile, &icc))
        return NULL;
    return rebuild(&icc, fg_icc_names_device(&icc));
}

GBytes *
fg_icc_clean_for(const FgPart *part)
{
    GBytes *clean = part->bytes ? fg_icc_clean(part->bytes) : NULL;
    if (clean || !part->bytes || !part->name || !fg_icc_name_tells(part->name))
        return clean;
    return g_bytes_ref(part->bytes);
}
