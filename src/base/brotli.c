#include "base/brotli.h"

#include <brotli/decode.h>
#include <brotli/encode.h>

#include "base/throw.h"

/* What grows over so many bytes may be at most so many times as large as it was compressed. */
#define FREE ((gsize)1 << 20)
#define RATIO ((gsize)100)
#define CHUNK (64 * 1024)
#define QUALITY 9 /* The ones above it take many times as long for a per cent or two. */

typedef struct BrotliDecoderStateStruct BrotliDecoder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BrotliDecoder, BrotliDecoderDestroyInstance)

static gboolean
grows_too_large(gsize length, gsize packed, gsize ceiling)
{
    return length > ceiling || (length > FREE && length / RATIO > packed);
}

GBytes *
fg_brotli_open(const void *data, gsize length, gsize ceiling, GError **error)
{
    g_autoptr(BrotliDecoder) decoder = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (!decoder)
        return fg_throw_null(error, FG_ERROR_MEMORY, "Brotli can't start");
    g_autofree guint8 *chunk = g_malloc(CHUNK);
    g_autoptr(GByteArray) out = g_byte_array_new();
    const guint8 *next = data;
    gsize left = length;
    BrotliDecoderResult result;
    do {
        guint8 *to = chunk;
        gsize space = CHUNK;
        result = BrotliDecoderDecompressStream(decoder, &left, &next, &space, &to, NULL);
        g_byte_array_append(out, chunk, (guint)(CHUNK - space));
    } while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT &&
             !grows_too_large(out->len, length, ceiling));
    if (grows_too_large(out->len, length, ceiling))
        return fg_throw_null(error, FG_ERROR_LIMIT, "%zu compressed bytes grow over %u", length, out->len);
    if (result != BROTLI_DECODER_RESULT_SUCCESS)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "compressed data is broken after %u bytes", out->len);
    if (left > 0)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "%zu bytes follow the compressed data", left);
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

GBytes *
fg_brotli_pack(const void *data, gsize length)
{
    gsize size = BrotliEncoderMaxCompressedSize(length);
    g_assert(size > 0); /* It is 0 for 2 GiB and more, which no block has. */
    guint8 *packed = g_malloc(size);
    BROTLI_BOOL fine = BrotliEncoderCompress(QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, length,
                                             length > 0 ? data : (const guint8 *)"", &size, packed);
    g_assert(fine); /* It has all the room it may need, and GLib aborts without memory anyway. */
    return g_bytes_new_take(g_realloc(packed, size), size);
}
