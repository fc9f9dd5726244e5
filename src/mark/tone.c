/* The law of constant visibility: each stroke is lifted above its ground (or lowered under it) by the same
 * step of L*, larger where the ground is restless. The veil is mixed in linear light, where its luminance is
 * reached exactly, and what comes out in whole levels is measured. */
#include "mark/mark_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MASKING 0.06f /* of the step, for each L* of spread */
#define LEAST 0.70f   /* of the step, after grain */
#define MOST 1.39f
#define GRAIN_REACH 0.155  /* ems: 5 px where the em is 32 px */
#define SIGN_CHANGES 58.0f /* L*: a mark of both tones is dark above it */
#define STROKE 0.5f        /* coverage from which a pixel is stroke and is measured */
#define LEAST_GLYPH 12     /* pixels: a letter with fewer says nothing */
#define LOGO_OPACITY 0.6
#define LOGO_SHIFT 0.5f /* towards white or black */
#define MOST_OPACITY 0.95f
#define ROUNDS 4

/* A pixel under a mark. */
typedef struct {
    guint8 *pixel;
    guint8 before[4];
    float cover;
    FgLocal local;
    float grain;         /* factor of the step */
    const float *colour; /* of a logo in colours, or NULL */
    float lightness;     /* L* before */
    guint16 cluster;
} Stroke;

/* Ways of toning: by the law, lighter or darker or each where it has room; in a logo's own colours, as they
 * are, or brought nearer to white or black where they would be lost on a ground like themselves. */
typedef enum { LIGHTER, DARKER, EITHER, OWN, OWN_LIGHTER, OWN_DARKER } Way;

static float
lightness_of(const FgLight *light, const guint8 *pixel, int bands)
{
    guint8 over[3];
    fg_pixel_over_white(pixel, bands, over);
    return fg_lightness(
        light, fg_linear_luminance(light->linear[over[0]], light->linear[over[1]], light->linear[over[2]]));
}

static GArray *
collect(FgRaster *raster, const FgMask *mask, const FgGround *ground, const FgLight *light,
        const FgNoise *grain, const FgFrame *frame, double grain_share)
{
    GArray *strokes = g_array_sized_new(FALSE, FALSE, sizeof(Stroke), 4096);
    for (int y = 0; y < mask->rect.height; y++)
        for (int x = 0; x < mask->rect.width; x++) {
            gsize at = (gsize)y * (gsize)mask->rect.width + (gsize)x;
            if (mask->cover[at] <= 0)
                continue;
            int px = mask->rect.x + x, py = mask->rect.y + y;
            Stroke stroke = {.cover = mask->cover[at], .cluster = mask->cluster[at], .grain = 1};
            stroke.pixel = raster->data + (gsize)py * raster->stride + (gsize)px * (gsize)raster->bands;
            memcpy(stroke.before, stroke.pixel, raster->bands == 4 ? 4 : 3);
            stroke.local = fg_ground_at(ground, px + 0.5, py + 0.5);
            stroke.lightness = lightness_of(light, stroke.pixel, raster->bands);
            stroke.colour = mask->colour ? mask->colour + 3 * at : NULL;
            if (grain) {
                double qx, qy;
                fg_frame_in(frame, px + 0.5, py + 0.5, &qx, &qy);
                stroke.grain = 1 + (float)grain_share * fg_noise_at(grain, qx, qy);
            }
            g_array_append_val(strokes, stroke);
        }
    return strokes;
}

/* Light where strokes are lit, unless it lacks head-room and dark does not. */
static Way
prefer(const GArray *strokes, double step)
{
    gsize count = 0, no_light = 0, no_dark = 0, bright = 0;
    for (guint i = 0; i < strokes->len; i++) {
        const Stroke *stroke = &g_array_index(strokes, Stroke, i);
        if (stroke->cover < STROKE)
            continue;
        double lightness = (double)stroke->local.lightness;
        count++;
        no_light += lightness + step > 98;
        no_dark += lightness - step < 2;
        bright += lightness > 50;
    }
    if (no_light * 50 <= count)
        return LIGHTER;
    if (no_dark * 50 <= count && bright * 2 > count)
        return DARKER;
    return no_light <= no_dark ? LIGHTER : DARKER;
}

void
fg_veil(const FgLocal *local, double step, gboolean lighter, double tint, float veil[3], float *opacity)
{
    float from = fg_luminance(local->lightness);
    if (!lighter) {
        float to = fg_luminance(MAX(local->lightness - (float)step, 0.0f));
        veil[0] = veil[1] = veil[2] = 0;
        *opacity = from > 0 ? CLAMP((from - to) / from, 0.0f, MOST_OPACITY) : 0;
        return;
    }
    float to = fg_luminance(MIN(local->lightness + (float)step, 100.0f));
    const float *colour = local->colour;
    float strongest = MAX(MAX(colour[0], colour[1]), MAX(colour[2], 1e-6f));
    float hue[3] = {colour[0] / strongest, colour[1] / strongest, colour[2] / strongest};
    float room = 1 - fg_linear_luminance(hue[0], hue[1], hue[2]);
    /* As much of the place's own hue as leaves the opacity at six tenths or less. */
    float share = room > 1e-4f ? (1 - from - (to - from) / 0.6f) / room : 0;
    share = CLAMP(share, 0.0f, (float)tint);
    for (int i = 0; i < 3; i++)
        veil[i] = 1 - share + share * hue[i];
    float above = fg_linear_luminance(veil[0], veil[1], veil[2]) - from;
    *opacity = above > 0 ? CLAMP((to - from) / above, 0.0f, MOST_OPACITY) : MOST_OPACITY;
}

/* Puts a colour (sRGB, as seen over white) into a pixel, whose alpha rises to the mark's coverage. */
static void
put(Stroke *stroke, int bands, const guint8 seen[3])
{
    guint alpha = 255;
    if (bands == 4) {
        alpha = MAX(stroke->before[3], (guint)(stroke->cover * 255 + 0.5f));
        stroke->pixel[3] = (guint8)alpha;
    }
    for (int i = 0; i < 3; i++) {
        int value = alpha == 255 || alpha == 0
                        ? seen[i]
                        : (255 * ((int)seen[i] - 255 + (int)alpha) + (int)alpha / 2) / (int)alpha;
        stroke->pixel[i] = (guint8)CLAMP(value, 0, 255);
    }
}

static void
blend(Stroke *stroke, int bands, const FgLight *light, const float veil[3], float opacity)
{
    guint8 seen[3];
    float share = opacity * stroke->cover;
    fg_pixel_over_white(stroke->before, bands, seen);
    for (int i = 0; i < 3; i++)
        seen[i] = fg_light_encode(light, light->linear[seen[i]] * (1 - share) + veil[i] * share);
    put(stroke, bands, seen);
}

static void
paint(GArray *strokes, int bands, const FgLight *light, const FgToning *toning, Way way, double gain)
{
    float asked = (float)toning->visibility;
    for (guint i = 0; i < strokes->len; i++) {
        Stroke *stroke = &g_array_index(strokes, Stroke, i);
        float masked = MIN(asked * (1 + MASKING * stroke->local.spread), asked * MOST);
        float step = CLAMP(masked * stroke->grain, asked * LEAST, asked * MOST) * (float)gain;
        gboolean lighter = way == LIGHTER || (way == EITHER && stroke->local.lightness < SIGN_CHANGES);
        float veil[3], opacity;
        fg_veil(&stroke->local, (double)step, lighter, toning->tint, veil, &opacity);
        blend(stroke, bands, light, veil, opacity);
    }
}

static void
paint_colours(GArray *strokes, int bands, const FgLight *light, Way way, double gain)
{
    float opacity = MIN((float)(LOGO_OPACITY * gain), MOST_OPACITY);
    float pole = way == OWN_LIGHTER ? 1 : 0, share = way == OWN ? 0 : LOGO_SHIFT;
    for (guint i = 0; i < strokes->len; i++) {
        Stroke *stroke = &g_array_index(strokes, Stroke, i);
        float colour[3];
        for (int k = 0; k < 3; k++)
            colour[k] = stroke->colour[k] + share * (pole - stroke->colour[k]);
        blend(stroke, bands, light, colour, opacity);
    }
}

static FgMeasured
measure(const GArray *strokes, int bands, const FgLight *light)
{
    FgMeasured measured = {.worst_glyph = G_MAXDOUBLE};
    guint clusters = 0;
    for (guint i = 0; i < strokes->len; i++)
        clusters = MAX(clusters, g_array_index(strokes, Stroke, i).cluster + 1u);
    g_autofree double *sums = g_new0(double, 2 * clusters + 1);
    double *counts = sums + clusters;
    for (guint i = 0; i < strokes->len; i++) {
        const Stroke *stroke = &g_array_index(strokes, Stroke, i);
        if (stroke->cover < STROKE)
            continue;
        double step = (double)(lightness_of(light, stroke->pixel, bands) - stroke->lightness);
        measured.light += step > 0;
        sums[stroke->cluster] += ABS(step);
        counts[stroke->cluster]++;
    }
    for (guint i = 0; i < clusters; i++) {
        measured.sum += sums[i];
        measured.count += counts[i];
        if (counts[i] >= LEAST_GLYPH)
            measured.worst_glyph = MIN(measured.worst_glyph, sums[i] / counts[i]);
    }
    return measured;
}

/* How far a result is from what was asked, as a factor of at least 1; a letter that is lost counts. */
static double
miss(const FgMeasured *measured, double asked)
{
    if (measured->count == 0)
        return 1;
    double ratio = measured->sum / measured->count / asked;
    double factor = ratio > 1 ? ratio : 1 / MAX(ratio, 1e-3);
    gboolean lost = measured->worst_glyph < asked / 3;
    /* Up to four tenths more is what a restless ground asks for. */
    return (ratio >= 0.93 && ratio <= 1.4 ? 1 : factor) + (lost ? 0.25 : 0);
}

typedef struct {
    GArray *strokes;
    int bands;
    const FgLight *light;
    const FgToning *toning;
} Work;

static void
apply(const Work *work, Way way, double gain)
{
    if (way >= OWN)
        paint_colours(work->strokes, work->bands, work->light, way, gain);
    else
        paint(work->strokes, work->bands, work->light, work->toning, way, gain);
}

/* Tries one way of toning at a few strengths; returns the best strength, leaves its figures in *best, and in
 * *last the strength that the pixels are left with. */
static double
tune(const Work *work, Way way, FgMeasured *best, double *last)
{
    double asked = work->toning->visibility, gain = 1, best_gain = 1, best_miss = G_MAXDOUBLE;
    for (int round = 0; round < ROUNDS; round++) {
        apply(work, way, gain);
        *last = gain;
        FgMeasured now = measure(work->strokes, work->bands, work->light);
        double missed = miss(&now, asked);
        if (missed < best_miss) {
            best_miss = missed;
            best_gain = gain;
            *best = now;
        }
        double mean = now.count > 0 ? now.sum / now.count : asked;
        if (mean >= 0.93 * asked && mean <= 1.4 * asked)
            break;
        double aim = mean < asked ? 1.05 : 1.25;
        gain *= CLAMP(aim * asked / MAX(mean, 0.01), 0.25, 3.0);
    }
    return best_gain;
}

/* The ways to try, in order; returns how many. */
static int
ways(const FgMask *mask, const GArray *strokes, const FgToning *toning, Way order[6])
{
    int n = 0;
    Way first = prefer(strokes, toning->visibility);
    if (toning->tone != FG_TONE_AUTO)
        first = toning->tone == FG_TONE_LIGHT ? LIGHTER : DARKER;
    if (mask->colour) {
        order[n++] = OWN;
        order[n++] = first == LIGHTER ? OWN_LIGHTER : OWN_DARKER;
        order[n++] = first == LIGHTER ? OWN_DARKER : OWN_LIGHTER;
    }
    order[n++] = first;
    if (toning->tone == FG_TONE_AUTO) {
        order[n++] = first == LIGHTER ? DARKER : LIGHTER;
        order[n++] = EITHER;
    }
    return n;
}

FgMeasured
fg_tone(FgRaster *raster, const FgMask *mask, const FgGround *ground, const FgLight *light,
        const FgDrawing *drawing, const FgFrame *frame, const FgToning *toning)
{
    g_autoptr(FgNoise) grain = NULL;
    if (toning->grain > 0)
        grain = fg_noise_new(fg_random(drawing->secret, drawing->name, "tex", drawing->n),
                             drawing->shape.width, drawing->shape.height, GRAIN_REACH);
    g_autoptr(GArray) strokes = collect(raster, mask, ground, light, grain, frame, toning->grain);
    Work work = {strokes, raster->bands, light, toning};
    Way order[6], best_way = LIGHTER, way = LIGHTER;
    int n = ways(mask, strokes, toning, order);
    FgMeasured best = {0};
    double best_gain = 1, best_miss = G_MAXDOUBLE, last = 0;
    for (int i = 0; i < n && best_miss > 1; i++) {
        FgMeasured now = {0};
        way = order[i];
        double gain = tune(&work, way, &now, &last);
        double missed = miss(&now, toning->visibility);
        if (missed < best_miss) {
            best_miss = missed;
            best_way = way;
            best_gain = gain;
            best = now;
        }
    }
    if (way != best_way || last != best_gain)
        apply(&work, best_way, best_gain);
    return best;
}
