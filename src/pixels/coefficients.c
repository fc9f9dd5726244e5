/* coefficients.c: from the samples of a plane to JPEG's coefficients. */
#include "pixels/quantise_private.h"

/* cos(k pi / 16) / 2 for k of 1 to 7, times 2^13; the fourth is also the root of 1/8 that evens out. */
static const gint32 cosines[8] = {0, 4017, 3784, 3406, 2896, 2276, 1567, 799};
#define COSINE_BITS 13
#define BETWEEN_BITS 6 /* after the point between the two directions */
#define LAST_BITS 4    /* of FG_COEFFICIENT_ONE */
G_STATIC_ASSERT(1 << LAST_BITS == FG_COEFFICIENT_ONE);

int
fg_plane_blocks(int samples)
{
    return (samples + 7) / 8;
}

/* The orthonormal cosine transform of 8 samples, `apart` from each other, with `down` bits less behind the
 * point. */
static inline void
transform(gint32 *sample, int apart, int down)
{
    const gint32 *c = cosines;
    gint32 sum[4], difference[4], half = 1 << (down - 1);
    for (int i = 0; i < 4; i++) {
        sum[i] = sample[i * apart] + sample[(7 - i) * apart];
        difference[i] = sample[i * apart] - sample[(7 - i) * apart];
    }
    gint32 outer = sum[0] + sum[3], inner = sum[1] + sum[2];
    gint32 across = sum[0] - sum[3], within = sum[1] - sum[2];
    const gint32 *d = difference;
    gint32 out[8] = {
        c[4] * (outer + inner),        c[1] * d[0] + c[3] * d[1] + c[5] * d[2] + c[7] * d[3],
        c[2] * across + c[6] * within, c[3] * d[0] - c[7] * d[1] - c[1] * d[2] - c[5] * d[3],
        c[4] * (outer - inner),        c[5] * d[0] - c[1] * d[1] + c[7] * d[2] + c[3] * d[3],
        c[6] * across - c[2] * within, c[7] * d[0] - c[5] * d[1] + c[3] * d[2] - c[1] * d[3],
    };
    for (int i = 0; i < 8; i++)
        sample[i * apart] = (out[i] + half) >> down;
}

/* The block that begins with a sample of `lines`, the last one of which is met again beyond the border. */
static void
transform_block(const guint8 *const lines[8], int left, int width, gint16 block[FG_BLOCK])
{
    gint32 values[FG_BLOCK];
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 8; x++)
            values[y * 8 + x] = lines[y][MIN(left + x, width - 1)] - 128;
    for (int x = 0; x < 8; x++)
        transform(values + x, 8, COSINE_BITS - BETWEEN_BITS);
    for (int y = 0; y < 8; y++)
        transform(values + y * 8, 1, COSINE_BITS + BETWEEN_BITS - LAST_BITS);
    for (int i = 0; i < FG_BLOCK; i++)
        block[i] = (gint16)values[i];
}

void
fg_coefficients(const FgRaster *plane, int row, gint16 blocks[][FG_BLOCK])
{
    g_assert(plane->bands == 1);
    const guint8 *lines[8];
    for (int y = 0; y < 8; y++)
        lines[y] = plane->data + (gsize)MIN(row * 8 + y, plane->height - 1) * plane->stride;
    for (int x = 0; x < fg_plane_blocks(plane->width); x++)
        transform_block(lines, x * 8, plane->width, blocks[x]);
}
