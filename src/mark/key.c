#include "mark/mark_private.h"

#include <string.h>

static guint64
rotate(guint64 value, int by)
{
    return value << by | value >> (64 - by);
}

guint64
fg_mix(guint64 bits)
{
    bits = (bits ^ bits >> 30) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    bits = (bits ^ bits >> 27) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return bits ^ bits >> 31;
}

FgRandom
fg_random(const guint8 *secret, const char *mark, const char *field, guint64 n)
{
    g_autofree char *label = g_strdup_printf("%s/%s/%" G_GUINT64_FORMAT, mark ? mark : "", field, n);
    guint8 digest[FG_SHA256_SIZE];
    fg_hmac_sha256(secret, FG_PHOTO_SECRET_SIZE, label, strlen(label), digest);
    guint64 seed = 0;
    for (int i = 7; i >= 0; i--)
        seed = seed << 8 | digest[i];
    FgRandom random;
    for (int i = 0; i < 4; i++)
        random.state[i] = fg_mix(seed += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15));
    return random;
}

guint64
fg_random_next(FgRandom *random)
{
    guint64 *s = random->state;
    guint64 result = rotate(s[1] * 5, 7) * 9;
    guint64 t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

double
fg_random_uniform(FgRandom *random)
{
    return (double)(fg_random_next(random) >> 11) * 0x1p-52 - 1.0;
}

/* The sum of four 16-bit uniforms: near enough to a bell for strokes of ink, and the same bits on every
 * machine. */
double
fg_normal(guint64 bits)
{
    guint64 sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
    return ((double)sum / 65535.0 - 2.0) * 1.7320508075688772;
}

double
fg_random_normal(FgRandom *random)
{
    double value = fg_normal(fg_random_next(random));
    return CLAMP(value, -2.0, 2.0);
}
