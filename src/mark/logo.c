#include "mark/mark_private.h"

#include <math.h>
#include <stdlib.h>

#define SAMPLES_A_PIXEL 2
#define ONE_COLOUR 24 /* levels that a one-colour logo's samples may differ by: antialiasing rounds them */

FgShape
fg_logo_shape(const FgRaster *raster)
{
    double aspect = sqrt((double)raster->width / raster->height);
    return (FgShape){.width = FG_LOGO_EMS * aspect, .height = FG_LOGO_EMS / aspect, .cap = 0};
}

/* One colour on a ground that lets some of the picture through: only its shape matters. */
static gboolean
is_coloured(const FgRaster *raster)
{
    const guint8 *first = NULL;
    gboolean clear = FALSE;
    for (int y = 0; y < raster->height; y++) {
        const guint8 *at = raster->data + (gsize)y * raster->stride;
        for (int x = 0; x < raster->width; x++, at += 4) {
            clear |= at[3] < 32;
            if (at[3] < 160)
                continue;
            if (!first)
                first = at;
            for (int i = 0; i < 3; i++)
                if (abs(at[i] - first[i]) > ONE_COLOUR)
                    return TRUE;
        }
    }
    return !clear;
}

FgLogo *
fg_logo_new(const FgRaster *raster, const FgLight *light, double scale)
{
    g_assert(raster->bands == 4);
    double pixels = fg_logo_shape(raster).width * scale; /* on the picture */
    int over = MAX(1, (int)(raster->width / MAX(pixels, 1.0) / SAMPLES_A_PIXEL));
    FgLogo *logo = g_new0(FgLogo, 1);
    logo->width = (raster->width + over - 1) / over;
    logo->height = (raster->height + over - 1) / over;
    logo->coloured = is_coloured(raster);
    logo->samples = g_new0(float, (gsize)logo->width *(gsize)logo->height * 4);
    float part = 1 / (255.0f * (float)(over * over));
    for (int y = 0; y < raster->height; y++)
        for (int x = 0; x < raster->width; x++) {
            const guint8 *at = raster->data + (gsize)y * raster->stride + (gsize)x * 4;
            float *to = logo->samples + ((gsize)(y / over) * (gsize)logo->width + (gsize)(x / over)) * 4;
            float alpha = part * (float)at[3];
            for (int i = 0; i < 3; i++)
                to[i] += alpha * light->linear[at[i]];
            to[3] += alpha;
        }
    return logo;
}

void
fg_logo_free(FgLogo *logo)
{
    if (logo)
        g_free(logo->samples);
    g_free(logo);
}

/* Samples outside the logo are clear. */
static void
sample(const FgLogo *logo, double x, double y, float rgba[4])
{
    int i = (int)floor(x), j = (int)floor(y);
    float u = (float)(x - i), v = (float)(y - j);
    rgba[0] = rgba[1] = rgba[2] = rgba[3] = 0;
    for (int corner = 0; corner < 4; corner++) {
        int column = i + (corner & 1), row = j + (corner >> 1);
        if (column < 0 || row < 0 || column >= logo->width || row >= logo->height)
            continue;
        float weight = (corner & 1 ? u : 1 - u) * (corner & 2 ? v : 1 - v);
        const float *at = logo->samples + ((gsize)row * (gsize)logo->width + (gsize)column) * 4;
        for (int k = 0; k < 4; k++)
            rgba[k] += weight * at[k];
    }
}

/* The logo turns and scales as one, by as much as a letter does. */
static FgFrame
pose(const FgDrawing *drawing)
{
    FgRandom random = fg_random(drawing->secret, drawing->name, "glyph", drawing->n);
    double g = drawing->variation->glyph;
    double size = 1 + 0.03 * g * fg_random_uniform(&random), turn = 1.2 * g * fg_random_uniform(&random);
    return fg_frame_new(drawing->shape.width / 2, drawing->shape.height / 2, size, turn);
}

void
fg_cover_logo(FgMask *mask, const FgDrawing *drawing, const FgFrame *frame, const float *bend)
{
    const FgLogo *logo = drawing->logo;
    FgFrame turn = pose(drawing);
    double per_em = logo->width / drawing->shape.width;
    for (int y = 0; y < mask->rect.height; y++)
        for (int x = 0; x < mask->rect.width; x++) {
            gsize at = (gsize)y * (gsize)mask->rect.width + (gsize)x;
            double qx, qy, gx, gy;
            fg_frame_in(frame, mask->rect.x + x + 0.5, mask->rect.y + y + 0.5, &qx, &qy);
            if (bend) {
                qx += (double)bend[3 * at];
                qy += (double)bend[3 * at + 1];
            }
            fg_frame_in(&turn, qx, qy, &gx, &gy);
            float rgba[4];
            sample(logo, (gx + drawing->shape.width / 2) * per_em - 0.5,
                   (gy + drawing->shape.height / 2) * per_em - 0.5, rgba);
            mask->cover[at] = MIN(rgba[3], 1.0f);
            if (mask->colour && rgba[3] > 0)
                for (int i = 0; i < 3; i++)
                    mask->colour[3 * at + (gsize)i] = MIN(rgba[i] / rgba[3], 1.0f);
        }
}
