/* digest.h: SHA-256 for identity, MD5 because the IPTC digest and extended XMP ask for it, HMAC for keyed
 * marks. */
#ifndef FG_DIGEST_H
#define FG_DIGEST_H

#include <glib.h>

#define FG_SHA256_SIZE 32
#define FG_MD5_SIZE 16

/* Lower-case hex; the caller frees. */
char *fg_sha256_hex(const void *data, gsize length);
char *fg_sha256_hex_fd(int fd, GError **error); /* of what is left to read; FG_ERROR_UNREADABLE */
void fg_sha256(const void *data, gsize length, guint8 digest[FG_SHA256_SIZE]);
void fg_md5(const void *data, gsize length, guint8 digest[FG_MD5_SIZE]);

/* RFC 2104 with SHA-256. */
void fg_hmac_sha256(const void *key, gsize key_length, const void *data, gsize length,
                    guint8 digest[FG_SHA256_SIZE]);

/* CRC-32 as PNG chunks have it (ISO 3309), over `type` and `data` one after the other. */
guint32 fg_crc32(guint32 crc, const void *data, gsize length);

#endif
