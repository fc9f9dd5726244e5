/* fuzz_brob.c: what JPEG XL compresses: the first byte says whether the rest is a stream, what is in one, or
 * what a JPEG is put together from.
 * room: container */
#include "base/brotli.h"
#include "fuzz/boxes.h"

static void
put_box(GByteArray *out, const char *type, const void *data, gsize length)
{
    const guint32 size = GUINT32_TO_BE((guint32)length + 8);
    g_byte_array_append(out, (const guint8 *)&size, 4);
    g_byte_array_append(out, (const guint8 *)type, 4);
    if (length > 0)
        g_byte_array_append(out, data, (guint)length);
}

static void
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    g_autoptr(GByteArray) out = g_byte_array_new();
    put_box(out, "JXL ", "\r\n\x87\n", 4);
    put_box(out, "ftyp", "jxl \0\0\0\0jxl ", 12);
    if (data[0] % 4 == 0)
        put_box(out, "brob", data + 1, size - 1);
    else if (data[0] % 4 == 1)
        put_box(out, "jbrd", data + 1, size - 1);
    else
        put_packed(out, data[0] % 4 == 2 ? "Exif" : "xml ", data + 1, size - 1);
    put_box(out, "jxlc", "\xff\x0a\x03\0\x12\x34", 6);
    fuzz_rebuilt(out->data, out->len);
    return 0;
}
