/* noise.c: randomness as a pure function of place. */
#include "draw.h"

guint32
hash2(int x, int y, guint32 seed)
{
    guint32 h = (guint32)x * 0x9E3779B1u ^ (guint32)y * 0x85EBCA77u ^ seed * 0xC2B2AE3Du;
    h ^= h >> 15;
    h *= 0x2C1B3C6Du;
    h ^= h >> 12;
    h *= 0x297A2D39u;
    return h ^ h >> 15;
}

float
chance(int x, int y, guint32 seed)
{
    return (float)(hash2(x, y, seed) >> 8) * (1.0f / 16777216.0f);
}

/* The slope at a lattice point, along the vector from it. */
static inline float
pull(int x, int y, float dx, float dy, guint32 seed)
{
    static const float directions[16] = {1, 0, 0.924f,  0.383f, 0.707f,  0.707f, 0.383f,  0.924f,
                                         0, 1, -0.383f, 0.924f, -0.707f, 0.707f, -0.924f, 0.383f};
    guint32 h = hash2(x, y, seed);
    const float *direction = directions + (h >> 29 & 7) * 2;
    float value = direction[0] * dx + direction[1] * dy;
    return h & 1 ? value : -value;
}

float
noise(float x, float y, guint32 seed)
{
    float fx = floorf(x), fy = floorf(y);
    int ix = (int)fx, iy = (int)fy;
    float dx = x - fx, dy = y - fy;
    float u = dx * dx * dx * (dx * (dx * 6 - 15) + 10), v = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
    float top = blend(pull(ix, iy, dx, dy, seed), pull(ix + 1, iy, dx - 1, dy, seed), u);
    float bottom = blend(pull(ix, iy + 1, dx, dy - 1, seed), pull(ix + 1, iy + 1, dx - 1, dy - 1, seed), u);
    return blend(top, bottom, v);
}

/* Each octave is turned a little, so that the lattice does not show. */
static inline void
turn(float *x, float *y)
{
    float turned = *x * 1.6f + *y * 1.2f;
    *y = *y * 1.6f - *x * 1.2f;
    *x = turned;
}

float
fbm(float x, float y, int octaves, guint32 seed)
{
    float sum = 0, strength = 1;
    for (int i = 0; i < octaves; i++, strength *= 0.5f) {
        sum += strength * noise(x, y, seed + (guint32)i);
        turn(&x, &y);
    }
    return sum;
}

float
ridges(float x, float y, int octaves, guint32 seed)
{
    float sum = 0, strength = 0.5f, before = 1;
    for (int i = 0; i < octaves; i++, strength *= 0.5f) {
        float crest = 1 - fabsf(noise(x, y, seed + (guint32)i)) * 1.6f;
        crest *= crest;
        sum += crest * strength * before;
        before = saturate(crest * 1.4f);
        turn(&x, &y);
    }
    return sum;
}
