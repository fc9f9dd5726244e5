/* coefficients.c: from pixels to JPEG's coefficients: colour, halved chroma, cosine transform. */
#include "pixels/quantise_private.h"

/* How much red, green and blue are in Y, Cb and Cr (JFIF 1.02, of BT.601), times 2^16; each adds up to 2^16
 * or to nothing. */
static const gint32 shares[3][3] = {
    {19595, 38470, 7471},
    {-11059, -21709, 32768},
    {32768, -27439, -5329},
};
#define SHARE_BITS 16

/* cos(k pi / 16) / 2 for k of 1 to 7, times 2^13; the fourth is also the root of 1/8 that evens out. */
static const gint32 cosines[8] = {0, 4017, 3784, 3406, 2896, 2276, 1567, 799};
#define COSINE_BITS 13
#define BETWEEN_BITS 6 /* after the point between the two directions */
#define LAST_BITS 4    /* of FG_COEFFICIENT_ONE */
G_STATIC_ASSERT(1 << LAST_BITS == FG_COEFFICIENT_ONE);

int
fg_plane_blocks(const FgPlane *plane, int pixels)
{
    int side = plane->halved ? 16 : 8;
    return (pixels + side - 1) / side;
}

/* The sum of 2x2 pixels in each band of a line, `upper` and `lower` being the lines of the raster. */
static inline void
add_square(const guint8 *upper, const guint8 *lower, int left, int right, gint32 sum[3])
{
    for (int band = 0; band < 3; band++)
        sum[band] = upper[left + band] + upper[right + band] + lower[left + band] + lower[right + band];
}

/* One line of samples less 128, `length` of them. */
static void
sample_line(const FgRaster *raster, const FgPlane *plane, int y, int length, gint16 *line)
{
    const gint32 *share = shares[plane->component];
    int scale = plane->halved ? 2 : 1, bits = SHARE_BITS + (plane->halved ? 2 : 0);
    gint32 half = 1 << (bits - 1), grey = plane->component == 0 ? 128 : 0;
    int wide = raster->width - 1, high = raster->height - 1;
    const guint8 *upper = raster->data + (gsize)MIN(y * scale, high) * raster->stride;
    const guint8 *lower = raster->data + (gsize)MIN(y * scale + scale - 1, high) * raster->stride;
    for (int x = 0; x < length; x++) {
        gint32 pixel[3];
        if (plane->halved) {
            add_square(upper, lower, 3 * MIN(2 * x, wide), 3 * MIN(2 * x + 1, wide), pixel);
        } else {
            const guint8 *at = upper + 3 * MIN(x, wide);
            pixel[0] = at[0], pixel[1] = at[1], pixel[2] = at[2];
        }
        gint32 sum = share[0] * pixel[0] + share[1] * pixel[1] + share[2] * pixel[2];
        line[x] = (gint16)MIN(((sum + half) >> bits) - grey, 127);
    }
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

/* `samples`: 8 lines, `stride` apart. */
static void
transform_block(const gint16 *samples, gsize stride, gint16 block[FG_BLOCK])
{
    gint32 values[FG_BLOCK];
    for (gsize y = 0; y < 8; y++)
        for (gsize x = 0; x < 8; x++)
            values[y * 8 + x] = samples[y * stride + x];
    for (int x = 0; x < 8; x++)
        transform(values + x, 8, COSINE_BITS - BETWEEN_BITS);
    for (int y = 0; y < 8; y++)
        transform(values + y * 8, 1, COSINE_BITS + BETWEEN_BITS - LAST_BITS);
    for (int i = 0; i < FG_BLOCK; i++)
        block[i] = (gint16)values[i];
}

void
fg_coefficients(const FgRaster *raster, const FgPlane *plane, int row, gint16 blocks[][FG_BLOCK])
{
    g_assert(raster->bands == 3);
    int across = fg_plane_blocks(plane, raster->width);
    gsize stride = (gsize)across * 8;
    g_autofree gint16 *samples = g_new(gint16, stride * 8);
    for (int y = 0; y < 8; y++)
        sample_line(raster, plane, row * 8 + y, across * 8, samples + (gsize)y * stride);
    for (int x = 0; x < across; x++)
        transform_block(samples + x * 8, stride, blocks[x]);
}
