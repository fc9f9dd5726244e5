/* flower.c: an edelweiss cut out of its ground: woolly bracts around small yellow heads, transparent around
 * them. */
#include "draw.h"

typedef struct {
    float angle, length, width, bend;
    float shade;
    guint32 seed;
} Petal;

static void
lay(Canvas *canvas, int x, int y, Light colour, float cover)
{
    if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height || cover <= 0)
        return;
    float *alpha = canvas->alpha + (gsize)y * (gsize)canvas->width + (gsize)x;
    float sum = cover + *alpha * (1 - cover);
    Light *pixel = at(canvas, x, y);
    *pixel = mixed(*pixel, colour, cover / sum);
    *alpha = sum;
}

static void
draw_petal(Canvas *canvas, float middle_x, float middle_y, const Petal *petal)
{
    float along_x = cosf(petal->angle), along_y = sinf(petal->angle);
    int reach = (int)petal->length + 8;
    for (int dy = -reach; dy <= reach; dy++)
        for (int dx = -reach; dx <= reach; dx++) {
            float t = ((float)dx * along_x + (float)dy * along_y) / petal->length;
            if (t < 0 || t > 1.02f)
                continue;
            float across = ((float)dy * along_x - (float)dx * along_y) / petal->width - petal->bend * t * t;
            float shape = powf(t + 0.02f, 0.45f) * powf(MAX(1.02f - t, 0.0f), 0.62f) * 1.45f;
            float fluff = noise(t * 34, across * 9, petal->seed) * 0.05f;
            float inside = shape - fabsf(across) + fluff;
            float cover = smooth(-0.02f, 0.10f, inside);
            if (cover <= 0)
                continue;
            float vein = expf(-across * across * 60) * 0.16f, down = smooth(0.34f, 0.05f, t) * 0.55f;
            float turned =
                0.80f + 0.20f * across * (along_y > 0 ? -1.0f : 1.0f) - 0.22f * smooth(0.35f, 0.0f, inside);
            float wool = 1 + 0.16f * fbm(t * 14, across * 6, 3, petal->seed + 3);
            Light colour =
                scaled(light(0.82f, 0.85f, 0.78f), turned * wool * (1 - vein - down) * petal->shade);
            lay(canvas, (int)middle_x + dx, (int)middle_y + dy, colour, cover);
        }
}

/* A head: a dome of tiny florets. */
static void
draw_head(Canvas *canvas, float middle_x, float middle_y, float radius, guint32 seed)
{
    int reach = (int)radius + 2;
    for (int dy = -reach; dy <= reach; dy++)
        for (int dx = -reach; dx <= reach; dx++) {
            float u = (float)dx / radius, v = (float)dy / radius, far = u * u + v * v;
            float cover = smooth(1.04f, 0.96f, far);
            if (cover <= 0)
                continue;
            float cell_x = u * 7, cell_y = v * 7 + (float)((int)floorf(u * 7) & 1) * 0.5f;
            float in_x = cell_x - floorf(cell_x) - 0.5f, in_y = cell_y - floorf(cell_y) - 0.5f;
            float floret = expf(-(in_x * in_x + in_y * in_y) * 9) *
                           (0.7f + 0.5f * chance((int)floorf(cell_x), (int)floorf(cell_y), seed));
            float lit = 0.45f + 0.55f * saturate(0.75f - u * 0.45f - v * 0.55f);
            Light colour = scaled(mixed(light(0.26f, 0.24f, 0.08f), light(0.90f, 0.66f, 0.12f), floret), lit);
            colour = mixed(colour, light(0.62f, 0.64f, 0.56f), smooth(0.62f, 0.98f, far));
            lay(canvas, (int)middle_x + dx, (int)middle_y + dy, colour, cover);
        }
}

static void
draw_stem(Canvas *canvas, float x, float y, float width)
{
    for (int py = (int)y; py < canvas->height; py++) {
        float t = ((float)py - y) / (float)canvas->height, middle = x + t * t * width * 9;
        for (int px = (int)(middle - width); px <= (int)(middle + width); px++) {
            float u = ((float)px - middle) / width;
            float fluff = noise((float)py * 0.06f, u * 2, 71) * 0.25f;
            Light colour =
                scaled(light(0.40f, 0.47f, 0.30f), 0.55f + 0.45f * saturate(0.6f - u * 0.6f) + fluff * 0.5f);
            lay(canvas, px, py, colour, smooth(1.0f, 0.75f, fabsf(u) + fluff * 0.4f));
        }
    }
}

void
draw_edelweiss(Canvas *canvas, guint32 seed)
{
    float side = (float)canvas->width, x = side * 0.48f, y = side * 0.44f;
    canvas->alpha = g_new0(float, (gsize)canvas->width *(gsize)canvas->height);
    draw_stem(canvas, x, y, side * 0.016f);
    for (int ring = 0; ring < 2; ring++) {
        int count = ring ? 7 : 9;
        for (int i = 0; i < count; i++) {
            float angle = ((float)i + 0.35f * (chance(i, ring, seed) - 0.5f) + 0.5f * (float)ring) /
                          (float)count * 6.2832f;
            Petal petal = {.angle = angle,
                           .width = side * (ring ? 0.052f : 0.060f),
                           .bend = (chance(i, ring + 4, seed) - 0.5f) * 1.2f,
                           .length =
                               side * (ring ? 0.27f : 0.40f) * (0.82f + 0.3f * chance(i, ring + 2, seed)),
                           .shade = ring ? 1.0f : 0.80f,
                           .seed = seed + (guint32)(i * 7 + ring * 100)};
            draw_petal(canvas, x, y, &petal);
        }
    }
    for (int i = 0; i < 6; i++) {
        float angle = (float)i / 6 * 6.2832f + 0.3f;
        draw_head(canvas, x + cosf(angle) * side * 0.062f, y + sinf(angle) * side * 0.062f, side * 0.034f,
                  seed + 30 + (guint32)i);
    }
    draw_head(canvas, x, y, side * 0.042f, seed + 40);
}
