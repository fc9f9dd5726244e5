#include "base/writer.h"

#include <string.h>

void
fg_store_u16(guint8 *at, FgEndian endian, guint value)
{
    guint16 number = (guint16)value;
    guint16 ordered = (guint16)(endian == FG_BIG_ENDIAN ? GUINT16_TO_BE(number) : GUINT16_TO_LE(number));
    memcpy(at, &ordered, sizeof ordered);
}

void
fg_store_u32(guint8 *at, FgEndian endian, guint32 value)
{
    guint32 ordered = endian == FG_BIG_ENDIAN ? GUINT32_TO_BE(value) : GUINT32_TO_LE(value);
    memcpy(at, &ordered, sizeof ordered);
}

void
fg_store_u64(guint8 *at, FgEndian endian, guint64 value)
{
    guint64 ordered = endian == FG_BIG_ENDIAN ? GUINT64_TO_BE(value) : GUINT64_TO_LE(value);
    memcpy(at, &ordered, sizeof ordered);
}

void
fg_put_u8(GByteArray *out, guint value)
{
    guint8 byte = (guint8)value;
    g_byte_array_append(out, &byte, 1);
}

void
fg_put_u16(GByteArray *out, FgEndian endian, guint value)
{
    guint8 ordered[2];
    fg_store_u16(ordered, endian, value);
    g_byte_array_append(out, ordered, sizeof ordered);
}

void
fg_put_u32(GByteArray *out, FgEndian endian, guint32 value)
{
    guint8 ordered[4];
    fg_store_u32(ordered, endian, value);
    g_byte_array_append(out, ordered, sizeof ordered);
}

void
fg_put_be16(GByteArray *out, guint value)
{
    fg_put_u16(out, FG_BIG_ENDIAN, value);
}

void
fg_put_be32(GByteArray *out, guint32 value)
{
    fg_put_u32(out, FG_BIG_ENDIAN, value);
}

void
fg_put_le32(GByteArray *out, guint32 value)
{
    fg_put_u32(out, FG_LITTLE_ENDIAN, value);
}

void
fg_put_bytes(GByteArray *out, GBytes *bytes)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    g_byte_array_append(out, data, (guint)length);
}

void
fg_put_text(GByteArray *out, const char *text)
{
    g_byte_array_append(out, (const guint8 *)text, (guint)strlen(text));
}
