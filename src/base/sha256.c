#include "base/digest.h"

#include <string.h>

/* SHA-256 (FIPS 180-4). Every source and every product is hashed, so that this is some percent of all work:
 * processors that have instructions for it use them, others the code of GLib, which takes several times as
 * long. */

static void
hash_by_glib(const void *data, gsize length, guint8 digest[FG_SHA256_SIZE])
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize size = FG_SHA256_SIZE;
    g_assert(length <= G_MAXSSIZE);
    g_checksum_update(sum, data, (gssize)length);
    g_checksum_get_digest(sum, digest, &size);
}

#ifdef __x86_64__

#include <cpuid.h>
#include <immintrin.h>

#define BLOCK 64
#define HARDWARE __attribute__((target("sha,sse4.1,ssse3")))

/* The fractional parts of the cube roots, and of the square roots, of the first primes. */
static const guint32 round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static const guint32 initial_state[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static gboolean
has_instructions(void)
{
    unsigned a, b, c, d, basic;
    if (!__get_cpuid(1, &a, &b, &basic, &d) || !__get_cpuid_count(7, 0, &a, &b, &c, &d))
        return FALSE;
    return (b & bit_SHA) && (basic & bit_SSE4_1) && (basic & bit_SSSE3);
}

/* Four rounds an iteration. The instructions want the eight words of the state as ABEF and CDGH, highest lane
 * first. */
HARDWARE static void
hash_blocks(guint32 state[8], const guint8 *data, gsize n_blocks)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const void *)&state[0]), 0xb1);
    __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const void *)&state[4]), 0x1b);
    __m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xf0);
    for (gsize block = 0; block < n_blocks; block++, data += BLOCK) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i words[4]; /* the last sixteen of the message schedule */
        for (guint i = 0; i < 16; i++) {
            __m128i *now = &words[i % 4];
            const __m128i last = words[(i + 3) % 4];
            if (i < 4)
                *now = _mm_shuffle_epi8(_mm_loadu_si128((const void *)(data + 16 * i)), swap);
            else
                *now = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(*now, words[(i + 1) % 4]),
                                                          _mm_alignr_epi8(last, words[(i + 2) % 4], 4)),
                                            last);
            __m128i sum = _mm_add_epi32(*now, _mm_loadu_si128((const void *)&round_constants[4 * i]));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    low = _mm_shuffle_epi32(abef, 0x1b);
    high = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((void *)&state[0], _mm_blend_epi16(low, high, 0xf0));
    _mm_storeu_si128((void *)&state[4], _mm_alignr_epi8(high, low, 8));
}

static void
hash_by_instructions(const guint8 *data, gsize length, guint8 digest[FG_SHA256_SIZE])
{
    guint32 state[8];
    memcpy(state, initial_state, sizeof state);
    gsize whole = length / BLOCK, rest = length % BLOCK;
    hash_blocks(state, data, whole);

    /* What is left, a one bit, zeros, and the length in bits: one block, or two. */
    guint8 tail[2 * BLOCK] = {0};
    if (rest > 0)
        memcpy(tail, data + whole * BLOCK, rest);
    tail[rest] = 0x80;
    gsize n_tail = rest < BLOCK - 8 ? 1 : 2;
    const guint64 bits = GUINT64_TO_BE((guint64)length * 8);
    memcpy(tail + n_tail * BLOCK - sizeof bits, &bits, sizeof bits);
    hash_blocks(state, tail, n_tail);
    for (guint i = 0; i < 8; i++) {
        const guint32 word = GUINT32_TO_BE(state[i]);
        memcpy(digest + 4 * i, &word, sizeof word);
    }
}

void
fg_sha256(const void *data, gsize length, guint8 digest[FG_SHA256_SIZE])
{
    if (has_instructions())
        hash_by_instructions(data, length, digest);
    else
        hash_by_glib(data, length, digest);
}

#else

void
fg_sha256(const void *data, gsize length, guint8 digest[FG_SHA256_SIZE])
{
    hash_by_glib(data, length, digest);
}

#endif

char *
fg_sha256_hex(const void *data, gsize length)
{
    static const char digits[] = "0123456789abcdef";
    guint8 digest[FG_SHA256_SIZE];
    fg_sha256(data, length, digest);
    char *hex = g_malloc(2 * FG_SHA256_SIZE + 1);
    for (guint i = 0; i < FG_SHA256_SIZE; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[2 * FG_SHA256_SIZE] = '\0';
    return hex;
}
