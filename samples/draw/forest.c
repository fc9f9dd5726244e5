/* forest.c: beeches in the morning, layer behind layer: trunks, leaves and undergrowth, each nearer one
 * darker and sharper. */
#include "draw.h"

#define LAYERS 7

typedef struct {
    Canvas *canvas;
    float near;  /* 0: the farthest layer, 1: the nearest */
    float scale; /* px of a picture 3000 px wide */
    Light mist;
    guint32 seed;
} Layer;

static Light
misted(const Layer *layer, Light colour)
{
    return mixed(layer->mist, colour, 0.12f + 0.88f * powf(layer->near, 0.8f));
}

static void
draw_trunk(const Layer *layer, int index)
{
    Canvas *canvas = layer->canvas;
    float half =
        layer->scale * (9 + 62 * layer->near * layer->near) * (0.6f + 0.7f * chance(index, 1, layer->seed));
    float foot = ((float)index + 0.2f + 0.6f * chance(index, 2, layer->seed)) / (11 - 7 * layer->near) *
                 (float)canvas->width;
    float lean = (chance(index, 3, layer->seed) - 0.5f) * 0.12f;
    float base = (float)canvas->height * (0.62f + 0.30f * layer->near);
    for (int y = 0; y < (int)base; y++) {
        float up = (base - (float)y) / (float)canvas->height;
        float middle = foot + lean * up * (float)canvas->height +
                       noise(up * 3, (float)index, layer->seed + 4) * half * 1.6f;
        float wide = half * (1 - 0.35f * up + 0.5f * expf(-up * 28));
        for (int x = (int)(middle - wide) - 1; x <= (int)(middle + wide) + 1; x++) {
            float u = ((float)x - middle) / wide;
            float bark = fbm(u * 3 + (float)index * 9, up * 26, 5, layer->seed + 5);
            float moss =
                smooth(0.1f, 0.5f, fbm(u * 2 + (float)index, up * 7, 4, layer->seed + 6) + 0.25f - up * 0.5f);
            float round = 0.18f + 0.82f * powf(saturate(0.62f - u * 0.62f), 1.5f);
            Light wood = mixed(light(0.115f, 0.100f, 0.082f), light(0.075f, 0.105f, 0.020f), moss);
            Light colour = scaled(wood, round * (0.8f + 1.1f * bark));
            put(canvas, x, y, misted(layer, colour), saturate((1 - fabsf(u)) * wide));
        }
    }
}

/* A leaf is an ellipse, bright where light comes through it. */
static void
draw_leaf(const Layer *layer, float x, float y, float length, float slim, float angle, Light colour)
{
    float along_x = cosf(angle), along_y = sinf(angle), width = MAX(length * slim, 0.8f);
    int reach = (int)length + 1;
    for (int dy = -reach; dy <= reach; dy++)
        for (int dx = -reach; dx <= reach; dx++) {
            float a = ((float)dx * along_x + (float)dy * along_y) / length,
                  b = ((float)dy * along_x - (float)dx * along_y) / width;
            float inside = 1 - a * a - fabsf(b) * (0.9f + 0.5f * a);
            if (inside > 0)
                put(layer->canvas, (int)x + dx, (int)y + dy,
                    scaled(colour, fabsf(b) < 0.10f ? 1.25f : 0.85f + 0.2f * b),
                    smooth(0, 1.2f / width + 0.05f, inside));
        }
}

static void
draw_leaves(const Layer *layer, int clusters)
{
    float width = (float)layer->canvas->width, height = (float)layer->canvas->height;
    for (int c = 0; c < clusters; c++) {
        float middle_x = chance(c, 11, layer->seed) * width, drop = chance(c, 12, layer->seed);
        float middle_y = drop * drop * height * 0.62f;
        float spread = layer->scale * (50 + 130 * layer->near);
        for (int i = 0; i < 70; i++) {
            int id = c * 70 + i;
            float angle = chance(id, 13, layer->seed) * 6.283f,
                  far = sqrtf(chance(id, 14, layer->seed)) * spread;
            float x = middle_x + cosf(angle) * far * 1.7f,
                  y = middle_y + sinf(angle) * far * 0.55f + far * far / spread * 0.3f;
            float through = powf(chance(id, 15, layer->seed), 1.6f) * (1.25f - y / height);
            Light colour = mixed(light(0.018f, 0.048f, 0.010f), light(0.42f, 0.60f, 0.06f), through);
            draw_leaf(layer, x, y,
                      layer->scale * (5 + 11 * layer->near) * (0.6f + 0.7f * chance(id, 16, layer->seed)),
                      0.46f, chance(id, 17, layer->seed) * 2.8f - 1.4f, misted(layer, colour));
        }
    }
}

/* A fern's frond: leaflets on both sides of a bent rib, shorter towards its tip. */
static void
draw_frond(const Layer *layer, float x, float y, float length, float lean, Light colour)
{
    const int pairs = 30;
    for (int i = 2; i < pairs; i++) {
        float t = (float)i / (float)pairs;
        float rib_x = x + lean * length * (0.35f * t + 0.75f * t * t),
              rib_y = y - length * (0.95f * t - 0.75f * t * t * fabsf(lean));
        float leaflet = length * 0.15f * (1.02f - t) * smooth(0, 0.25f, t) + layer->scale;
        float rise = atan2f(0.95f - 1.5f * t * fabsf(lean), lean * (0.35f + 1.5f * t));
        for (int side = -1; side <= 1; side += 2) {
            float angle = -(rise + (float)side * 1.05f);
            draw_leaf(layer, rib_x + cosf(angle) * leaflet, rib_y + sinf(angle) * leaflet, leaflet, 0.17f,
                      angle, scaled(colour, side < 0 ? 1.2f : 0.75f));
        }
    }
}

/* Last year's leaves, all over the ground. */
static void
draw_litter(const Layer *layer, int count)
{
    float width = (float)layer->canvas->width, height = (float)layer->canvas->height;
    for (int i = 0; i < count; i++) {
        float down = (float)i / (float)count, y = height * (0.60f + 0.42f * down);
        float tone = chance(i, 31, layer->seed);
        Light brown = mixed(light(0.035f, 0.022f, 0.010f), light(0.26f, 0.15f, 0.055f), tone * tone);
        Layer ground = *layer;
        ground.near = 0.35f + 0.65f * down;
        draw_leaf(layer, chance(i, 32, layer->seed) * width, y, layer->scale * (3 + 12 * down), 0.35f,
                  chance(i, 33, layer->seed) * 1.2f - 0.6f, misted(&ground, brown));
    }
}

/* Ferns in bunches: fronds that lean away from one root. */
static void
draw_floor(const Layer *layer, int count)
{
    float width = (float)layer->canvas->width, height = (float)layer->canvas->height;
    float top = height * (0.56f + 0.30f * layer->near);
    for (int i = 0; i < count; i++) {
        float x = chance(i, 21, layer->seed) * width;
        float y = top + ((float)i + chance(i, 22, layer->seed)) / (float)count * height *
                            (0.12f + 0.30f * layer->near);
        float lit = smooth(-0.1f, 0.45f, fbm(x / width * 7, y / height * 9, 3, layer->seed + 23));
        Light green = mixed(light(0.020f, 0.045f, 0.010f), light(0.20f, 0.34f, 0.045f),
                            lit * (0.4f + 0.6f * chance(i, 24, layer->seed)));
        for (int frond = 0; frond < 6; frond++)
            draw_frond(layer, x, y,
                       layer->scale * (24 + 130 * layer->near) *
                           (0.6f + 0.6f * chance(i, 26 + frond, layer->seed)),
                       ((float)frond - 2.5f) * 0.34f + 0.2f * (chance(i, 40 + frond, layer->seed) - 0.5f),
                       misted(layer, green));
    }
}

static void
draw_ground(Canvas *canvas, guint32 seed)
{
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++) {
            float u = (float)x / (float)canvas->width, v = (float)y / (float)canvas->height;
            float glow = expf(-((u - 0.30f) * (u - 0.30f) * 5 + (v - 0.30f) * (v - 0.30f) * 7));
            float crown = fbm(u * 9, v * 9, 6, seed + 1);
            Light air =
                mixed(light(0.10f, 0.16f, 0.05f), light(1.15f, 1.12f, 0.60f), saturate(glow + crown * 0.5f));
            Light soil = scaled(light(0.060f, 0.050f, 0.022f), 1 + fbm(u * 60, v * 140, 5, seed + 2));
            *at(canvas, x, y) = mixed(air, soil, smooth(0.56f, 0.75f, v));
        }
}

/* Light that falls through gaps in the crowns, from the upper left. */
static void
draw_shafts(Canvas *canvas, guint32 seed)
{
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++) {
            float u = (float)x / (float)canvas->width, v = (float)y / (float)canvas->height;
            float ray = atan2f(u - 0.18f, v + 0.35f);
            float beam = smooth(0.05f, 0.5f, fbm(ray * 13, 2, 4, seed)) * smooth(0.95f, 0.2f, v);
            Light *pixel = at(canvas, x, y);
            *pixel = added(*pixel, scaled(light(0.34f, 0.32f, 0.16f), beam * expf(-ray * ray * 1.5f)));
        }
}

void
draw_forest(Canvas *canvas, guint32 seed)
{
    float scale = (float)canvas->width / 3000;
    draw_ground(canvas, seed);
    Layer soil = {canvas, 1, scale, light(0.62f, 0.66f, 0.30f), seed + 60};
    draw_litter(&soil, 26000);
    for (int i = 0; i < LAYERS; i++) {
        float near = (float)i / (LAYERS - 1);
        Layer layer = {canvas, near, scale, light(0.62f, 0.66f, 0.30f), seed + 100 * (guint32)(i + 1)};
        for (int trunk = 0; trunk < (int)(12 - 7 * near); trunk++)
            draw_trunk(&layer, trunk);
        draw_floor(&layer, (int)(120 - 84 * near));
        draw_leaves(&layer, (int)(150 - 95 * near));
        if (i == LAYERS - 3)
            draw_shafts(canvas, seed + 50);
        if (i < LAYERS - 2)
            blur(canvas, scale * 3.0f * (1 - near));
    }
}
