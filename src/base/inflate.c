#include "base/inflate.h"

#include <zlib.h>

#include "base/throw.h"

#define CHUNK (64 * 1024)
#define INPUT_STEP (1u << 30) /* zlib counts its input in 32 bits. */

/* One call of zlib; what it gave is appended to `out`. Returns zlib's status. */
static int
inflate_step(z_stream *stream, gsize *left, guint8 *chunk, GByteArray *out)
{
    if (stream->avail_in == 0) {
        stream->avail_in = (uInt)MIN(*left, INPUT_STEP);
        *left -= stream->avail_in;
    }
    stream->next_out = chunk;
    stream->avail_out = CHUNK;
    int status = inflate(stream, Z_NO_FLUSH);
    g_byte_array_append(out, chunk, CHUNK - stream->avail_out);
    return status;
}

GBytes *
fg_inflate(const void *data, gsize length, gsize ceiling, GError **error)
{
    z_stream stream = {.next_in = (Bytef *)(guintptr)data};
    if (inflateInit(&stream) != Z_OK)
        return fg_throw_null(error, FG_ERROR_MEMORY, "zlib can't start");
    g_autofree guint8 *chunk = g_malloc(CHUNK);
    g_autoptr(GByteArray) out = g_byte_array_new();
    gsize left = length;
    int status;
    do
        status = inflate_step(&stream, &left, chunk, out);
    while (status == Z_OK && out->len <= ceiling);
    inflateEnd(&stream);

    if (out->len > ceiling)
        return fg_throw_null(error, FG_ERROR_LIMIT, "compressed data grows over %" G_GSIZE_FORMAT " bytes",
                             ceiling);
    if (status == Z_MEM_ERROR)
        return fg_throw_null(error, FG_ERROR_MEMORY, "zlib has no memory");
    if (status != Z_STREAM_END)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "compressed data is broken after %u bytes", out->len);
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

GBytes *
fg_deflate(const void *data, gsize length)
{
    uLongf size = compressBound(length);
    guint8 *packed = g_malloc(size);
    int status = compress(packed, &size, length > 0 ? data : (const Bytef *)"", length);
    g_assert(status == Z_OK); /* It has all the room it may need, and GLib aborts without memory anyway. */
    return g_bytes_new_take(g_realloc(packed, size), size);
}
