/* jxl_boxes.h: boxes of JPEG XL put together by hand, for a test and a fuzz target. */
#ifndef FG_TEST_JXL_BOXES_H
#define FG_TEST_JXL_BOXES_H

#include "base/brotli.h"

static inline void
put_box(GByteArray *out, const char *type, const void *data, gsize length)
{
    const guint32 size = GUINT32_TO_BE((guint32)length + 8);
    g_byte_array_append(out, (const guint8 *)&size, 4);
    g_byte_array_append(out, (const guint8 *)type, 4);
    if (length > 0)
        g_byte_array_append(out, data, (guint)length);
}

/* A box of this kind in one that is compressed. */
static inline void
put_packed(GByteArray *out, const char *type, const void *data, gsize length)
{
    g_autoptr(GBytes) stream = fg_brotli_pack(data, length);
    g_autoptr(GByteArray) body = g_byte_array_new();
    gsize size;
    const void *bytes = g_bytes_get_data(stream, &size);
    g_byte_array_append(body, (const guint8 *)type, 4);
    g_byte_array_append(body, bytes, (guint)size);
    put_box(out, "brob", body->data, body->len);
}

static inline GByteArray *
begin_boxes(void)
{
    GByteArray *out = g_byte_array_new();
    put_box(out, "JXL ", "\r\n\x87\n", 4);
    put_box(out, "ftyp", "jxl \0\0\0\0jxl ", 12);
    return out;
}

#endif
