#include "base/digest.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <unistd.h>
#include <zlib.h>

#include "base/throw.h"

void
fg_sha256(const void *data, gsize length, guint8 digest[FG_SHA256_SIZE])
{
    struct sha256_ctx sum;
    sha256_init(&sum);
    sha256_update(&sum, length, length > 0 ? data : "");
    sha256_digest(&sum, FG_SHA256_SIZE, digest);
}

static char *
hex_of(const guint8 digest[FG_SHA256_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    char *hex = g_malloc(2 * FG_SHA256_SIZE + 1);
    for (guint i = 0; i < FG_SHA256_SIZE; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[2 * FG_SHA256_SIZE] = '\0';
    return hex;
}

char *
fg_sha256_hex(const void *data, gsize length)
{
    guint8 digest[FG_SHA256_SIZE];
    fg_sha256(data, length, digest);
    return hex_of(digest);
}

char *
fg_sha256_hex_fd(int fd, GError **error)
{
    enum { PIECE = 256 * 1024 };
    g_autofree guint8 *piece = g_malloc(PIECE);
    struct sha256_ctx sum;
    sha256_init(&sum);
    ssize_t count;
    while ((count = read(fd, piece, PIECE)) != 0) {
        if (count > 0) {
            sha256_update(&sum, (gsize)count, piece);
        } else if (errno != EINTR) {
            fg_throw_errno(error, FG_ERROR_UNREADABLE, errno, "can't be read");
            return NULL;
        }
    }
    guint8 digest[FG_SHA256_SIZE];
    sha256_digest(&sum, FG_SHA256_SIZE, digest);
    return hex_of(digest);
}

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
