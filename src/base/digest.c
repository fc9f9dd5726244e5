#include "base/digest.h"

#include <zlib.h>

void
fg_md5(const void *data, gsize length, guint8 digest[FG_MD5_SIZE])
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_MD5);
    gsize size = FG_MD5_SIZE;
    g_assert(length <= G_MAXSSIZE);
    g_checksum_update(sum, data, (gssize)length);
    g_checksum_get_digest(sum, digest, &size);
}

void
fg_hmac_sha256(const void *key, gsize key_length, const void *data, gsize length,
               guint8 digest[FG_SHA256_SIZE])
{
    gsize size = FG_SHA256_SIZE;
    g_autoptr(GHmac) hmac = g_hmac_new(G_CHECKSUM_SHA256, key_length > 0 ? key : "", key_length);
    g_assert(length <= G_MAXSSIZE);
    g_hmac_update(hmac, length > 0 ? data : (const guint8 *)"", (gssize)length);
    g_hmac_get_digest(hmac, digest, &size);
}

guint32
fg_crc32(guint32 crc, const void *data, gsize length)
{
    return length == 0 ? crc : (guint32)crc32_z(crc, data, length);
}
