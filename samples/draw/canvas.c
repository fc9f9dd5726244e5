/* canvas.c: light on a sheet, and what lens, sensor and film do to it. */
#include "draw.h"

#include <string.h>

Canvas *
canvas_new(int width, int height)
{
    Canvas *canvas = g_new0(Canvas, 1);
    gsize count = (gsize)width * (gsize)height;
    canvas->width = width;
    canvas->height = height;
    canvas->pixels = g_new0(Light, count);
    canvas->depth = g_new(float, count);
    for (gsize i = 0; i < count; i++)
        canvas->depth[i] = G_MAXFLOAT;
    return canvas;
}

void
canvas_free(Canvas *canvas)
{
    if (!canvas)
        return;
    g_free(canvas->pixels);
    g_free(canvas->alpha);
    g_free(canvas->depth);
    g_free(canvas);
}

void
put(Canvas *canvas, int x, int y, Light colour, float share)
{
    if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height || share <= 0)
        return;
    Light *pixel = at(canvas, x, y);
    *pixel = mixed(*pixel, colour, MIN(share, 1.0f));
}

/* One running mean along `count` pixels that lie `step` apart. Three of them are nearly a Gaussian. */
static void
box(Light *line, Light *scratch, gsize count, gsize step, int radius)
{
    Light sum = {0};
    float share = 1.0f / (float)(2 * radius + 1);
    for (gsize i = 0; i < count; i++)
        scratch[i] = line[i * step];
    for (int i = -radius; i <= radius; i++)
        sum = added(sum, scratch[CLAMP(i, 0, (int)count - 1)]);
    for (int i = 0; i < (int)count; i++) {
        line[(gsize)i * step] = scaled(sum, share);
        Light in = scratch[MIN(i + radius + 1, (int)count - 1)], out = scratch[MAX(i - radius, 0)];
        sum = light(sum.r + in.r - out.r, sum.g + in.g - out.g, sum.b + in.b - out.b);
    }
}

/* Under a pixel: a light three-tap filter whose middle weighs what is left. */
static void
soften(Light *line, Light *scratch, gsize count, gsize step, float radius)
{
    float side = MIN(radius * radius / 2, 0.3f);
    for (gsize i = 0; i < count; i++)
        scratch[i] = line[i * step];
    for (gsize i = 0; i < count; i++) {
        Light before = scratch[i ? i - 1 : 0], after = scratch[MIN(i + 1, count - 1)];
        line[i * step] = added(scaled(scratch[i], 1 - 2 * side), scaled(added(before, after), side));
    }
}

static void
blur_line(Light *line, Light *scratch, gsize count, gsize step, float radius)
{
    if (radius < 1) {
        soften(line, scratch, count, step, radius);
        return;
    }
    int reach = MAX(1, (int)(radius * 0.9f + 0.5f));
    for (int pass = 0; pass < 3; pass++)
        box(line, scratch, count, step, reach);
}

void
blur_rows(Canvas *canvas, int from, int to, float radius)
{
    gsize width = (gsize)canvas->width;
    g_autofree Light *scratch = g_new(Light, MAX(width, (gsize)canvas->height));
    from = CLAMP(from, 0, canvas->height);
    to = CLAMP(to, from, canvas->height);
    for (int y = from; y < to; y++)
        blur_line(at(canvas, 0, y), scratch, width, 1, radius);
    for (int x = 0; x < canvas->width && to > from; x++)
        blur_line(at(canvas, x, from), scratch, (gsize)(to - from), width, radius);
}

void
blur(Canvas *canvas, float radius)
{
    blur_rows(canvas, 0, canvas->height, radius);
}

static float
brightness(Light a)
{
    return 0.2126f * a.r + 0.7152f * a.g + 0.0722f * a.b;
}

void
bloom(Canvas *canvas, float threshold, float radius, float strength)
{
    gsize count = (gsize)canvas->width * (gsize)canvas->height;
    g_autoptr(Canvas) glow = canvas_new(canvas->width, canvas->height);
    for (gsize i = 0; i < count; i++) {
        float over = brightness(canvas->pixels[i]) - threshold;
        if (over > 0)
            glow->pixels[i] = scaled(canvas->pixels[i], over / (over + threshold));
    }
    blur(glow, radius);
    for (gsize i = 0; i < count; i++)
        canvas->pixels[i] = added(canvas->pixels[i], scaled(glow->pixels[i], strength));
}

/* How far out of focus a distance is, 0..1, as the circle of confusion grows. */
static float
confusion(float depth, float focus)
{
    return depth >= G_MAXFLOAT ? 1 : saturate(fabsf(1 - focus / depth));
}

void
defocus(Canvas *canvas, float focus, float strength)
{
    gsize count = (gsize)canvas->width * (gsize)canvas->height;
    g_autofree Light *sharp = g_memdup2(canvas->pixels, count * sizeof *sharp);
    g_autofree Light *result = g_memdup2(canvas->pixels, count * sizeof *result);
    const float steps[] = {0.15f, 0.4f, 1.0f};
    for (gsize s = 0; s < G_N_ELEMENTS(steps); s++) {
        memcpy(canvas->pixels, sharp, count * sizeof *sharp);
        blur(canvas, strength * steps[s]);
        float low = s ? steps[s - 1] : 0.03f;
        for (gsize i = 0; i < count; i++)
            result[i] = mixed(result[i], canvas->pixels[i],
                              smooth(low, steps[s], confusion(canvas->depth[i], focus)));
    }
    memcpy(canvas->pixels, result, count * sizeof *result);
}

static float
display_curve(float x)
{
    return x <= 0.0031308f ? 12.92f * x : 1.055f * powf(x, 1 / 2.4f) - 0.055f;
}

/* A film's shoulder: highlights roll off instead of burning out. */
static float
shoulder(float x)
{
    return x < 0.6f ? x : 0.6f + 0.4f * (1 - expf(-(x - 0.6f) / 0.4f));
}

/* Noise that is as coarse as a pixel and a half, like that of a sensor after its colours are put together. */
static float
grain_at(int x, int y, guint32 seed)
{
    float fine = chance(x, y, seed) + chance(x, y, seed + 1) - 1;
    float coarse = chance(x / 2, y / 2, seed + 2) + chance((x + 1) / 2, (y + 1) / 2, seed + 3) - 1;
    return fine * 1.4f + coarse * 1.6f;
}

static Light
graded(Light a, const Grade *grade, float gain)
{
    a = scaled(times(a, grade->warmth), gain);
    float grey = brightness(a);
    a = mixed(light(grey, grey, grey), a, grade->saturation);
    float *channels[] = {&a.r, &a.g, &a.b};
    for (int i = 0; i < 3; i++) {
        float value = display_curve(shoulder(MAX(*channels[i], 0.0f)));
        float curved = value * value * (3 - 2 * value);
        *channels[i] = saturate(blend(value, curved, grade->contrast - 1));
    }
    return a;
}

void
develop(Canvas *canvas, const Grade *grade)
{
    float gain = exp2f(grade->exposure);
    float half_width = (float)canvas->width / 2, half_height = (float)canvas->height / 2;
    float corner = half_width * half_width + half_height * half_height;
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++) {
            float dx = (float)x - half_width, dy = (float)y - half_height;
            float edge = (dx * dx + dy * dy) / corner;
            Light *pixel = at(canvas, x, y);
            *pixel = graded(*pixel, grade, gain * exp2f(-grade->vignette * edge * edge));
            float tone = 0.35f + 0.65f * sinf(2.67f * brightness(*pixel));
            float grain = grade->grain / 255 * tone * grain_at(x, y, grade->seed);
            *pixel = light(saturate(pixel->r + grain), saturate(pixel->g + grain * 0.9f),
                           saturate(pixel->b + grain * 1.1f));
        }
}

guint8 *
samples8(const Canvas *canvas, int bands)
{
    gsize count = (gsize)canvas->width * (gsize)canvas->height;
    guint8 *samples = g_malloc(count * (gsize)bands), *to = samples;
    for (gsize i = 0; i < count; i++, to += bands) {
        const Light *pixel = canvas->pixels + i;
        float dither = chance((int)(i % 9973), (int)(i / 9973), 77);
        to[0] = (guint8)MIN(pixel->r * 255 + dither, 255.0f);
        to[1] = (guint8)MIN(pixel->g * 255 + dither, 255.0f);
        to[2] = (guint8)MIN(pixel->b * 255 + dither, 255.0f);
        if (bands == 4)
            to[3] = (guint8)((canvas->alpha ? saturate(canvas->alpha[i]) : 1.0f) * 255 + 0.5f);
    }
    return samples;
}

/* Ten bits of truth in sixteen, as film scanners deliver them. */
guint16 *
samples16(const Canvas *canvas)
{
    gsize count = (gsize)canvas->width * (gsize)canvas->height;
    guint16 *samples = g_new(guint16, count * 3), *to = samples;
    for (gsize i = 0; i < count; i++, to += 3) {
        const float *channels = &canvas->pixels[i].r;
        for (int c = 0; c < 3; c++)
            to[c] = (guint16)((guint)(saturate(channels[c]) * 1023 + 0.5f) * 64);
    }
    return samples;
}
