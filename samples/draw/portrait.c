/* portrait.c: a mountaineer with a woollen hat and glacier glasses, modelled as a relief and lit from the
 * left. */
#include "draw.h"

/* The face's own measure: x is -1..1 at its widest, y runs from -1.4 (crown) to 1.4 (chin). */
typedef struct {
    float x, y;
} Spot;

static float
bump(Spot at_spot, float x, float y, float wide, float tall)
{
    float dx = (at_spot.x - x) / wide, dy = (at_spot.y - y) / tall;
    return expf(-dx * dx - dy * dy);
}

static float
half_width(float y)
{
    float round = sqrtf(MAX(1 - y * y / (1.40f * 1.40f), 0.0f));
    return y > 0 ? round * (1 - 0.10f * y * y) * 0.98f : round;
}

/* How far the face stands out towards the eye. */
static float
relief_at(Spot p)
{
    float width = MAX(half_width(p.y), 0.05f), across = p.x / width;
    float z = 0.85f * sqrtf(MAX(1 - across * across, 0.0f)) * (0.75f + 0.25f * width);
    float side = fabsf(p.x);
    z += 0.20f * bump(p, 0, 0.12f, 0.13f, 0.34f) + 0.17f * bump(p, 0, 0.40f, 0.15f, 0.12f);
    z += 0.09f * bump((Spot){side, p.y}, 0.17f, 0.44f, 0.08f, 0.07f);
    z -= 0.07f * bump((Spot){side, p.y}, 0.09f, 0.51f, 0.05f, 0.025f);
    z -= 0.16f * bump((Spot){side, p.y}, 0.42f, -0.06f, 0.24f, 0.15f);
    z += 0.10f * bump((Spot){side, p.y}, 0.55f, 0.28f, 0.22f, 0.20f);
    z -= 0.05f * bump((Spot){side, p.y}, 0.33f, 0.60f, 0.07f, 0.16f);
    z += 0.07f * bump(p, 0, 0.71f, 0.22f, 0.055f) + 0.085f * bump(p, 0, 0.86f, 0.19f, 0.065f);
    z -= 0.06f * bump(p, 0, 0.785f, 0.30f, 0.018f) + 0.03f * bump(p, 0, 0.60f, 0.035f, 0.06f);
    z -= 0.05f * bump(p, 0, 0.97f, 0.20f, 0.05f);
    return z + 0.13f * bump(p, 0, 1.14f, 0.24f, 0.16f) + 0.004f * noise(p.x * 60, p.y * 60, 5);
}

static Vec
slope_at(Spot p)
{
    const float step = 0.012f;
    float dx = relief_at((Spot){p.x + step, p.y}) - relief_at((Spot){p.x - step, p.y});
    float dy = relief_at((Spot){p.x, p.y + step}) - relief_at((Spot){p.x, p.y - step});
    return unit((Vec){-dx / (2 * step), -dy / (2 * step), 1});
}

static const Vec key = {-0.62f, -0.42f, 0.66f};

/* Skin lets light in: shadows begin late and red. */
static Light
skin_light(Vec normal, Light skin)
{
    float facing = dot(normal, key);
    Light wrapped = {saturate((facing + 0.35f) / 1.35f), saturate((facing + 0.18f) / 1.18f),
                     saturate((facing + 0.10f) / 1.10f)};
    Light sum = times(wrapped, light(1.65f, 1.42f, 1.18f));
    sum = added(sum, scaled(light(0.16f, 0.20f, 0.28f), 0.6f - 0.4f * normal.y));
    sum = added(sum, scaled(light(0.50f, 0.46f, 0.42f), saturate(normal.x - 0.45f)));
    Vec middle = unit((Vec){key.x, key.y, key.z + 1});
    float shine = powf(saturate(dot(normal, middle)), 26) * 0.13f;
    return added(times(skin, sum), light(shine, shine, shine));
}

static Light
skin_at(Spot p)
{
    Light skin = {0.56f, 0.325f, 0.220f};
    float red = bump((Spot){fabsf(p.x), p.y}, 0.52f, 0.34f, 0.24f, 0.20f) * 0.5f +
                bump(p, 0, 0.40f, 0.15f, 0.12f) * 0.45f;
    skin = mixed(skin, light(0.56f, 0.235f, 0.165f), red);
    float line = 0.035f * cosf(p.x * 8),
          lips =
              smooth(0.075f, 0.05f, fabsf(p.y - 0.785f + line * 0.4f) - 0.05f * (1 - p.x * p.x * 14) + 0.03f);
    lips *= smooth(0.31f, 0.25f, fabsf(p.x));
    skin = mixed(skin, light(0.43f, 0.165f, 0.135f), lips * 0.75f);
    float mouth =
        expf(-powf((p.y - 0.785f - 0.018f * cosf(p.x * 10)) / 0.013f, 2)) * smooth(0.30f, 0.24f, fabsf(p.x));
    skin = scaled(skin, 1 - 0.75f * mouth);
    float beard = smooth(0.45f, 0.75f, p.y + fabsf(p.x) * 0.35f) * (1 - lips) *
                  smooth(0.30f, 0.65f, 0.5f + noise(p.x * 190, p.y * 130, 9));
    skin = mixed(skin, light(0.060f, 0.045f, 0.038f), beard * 0.30f);
    return scaled(skin, 1 + 0.10f * fbm(p.x * 9, p.y * 9, 5, 11));
}

/* Glasses: a dark sky with the ridge that the photographer stands on. */
static gboolean
lens_at(Spot p, Light *colour)
{
    float side = fabsf(p.x), u = (side - 0.43f) / 0.35f, v = (p.y + 0.09f) / 0.29f;
    float inside = 1 - powf(fabsf(u), 2.6f) - powf(fabsf(v), 2.6f);
    float bridge = fabsf(p.y + 0.17f - 0.10f * p.x * p.x * 9) - 0.035f, arm = fabsf(p.y + 0.15f) - 0.03f;
    if (inside < -0.28f && !(side < 0.14f && bridge < 0) && !(side > 0.75f && side < 1.02f && arm < 0))
        return FALSE;
    if (inside < 0.02f) {
        float shine = saturate(0.5f - v) * 0.10f * saturate(0.6f - u * (p.x < 0 ? -1.0f : 1.0f));
        *colour = light(0.014f + shine, 0.014f + shine, 0.016f + shine);
        return TRUE;
    }
    float curve = v + 0.22f * u * u,
          ridge = 0.16f + 0.28f * (ridges(u * 0.9f + (p.x < 0 ? 0.0f : 2.0f), 4, 4, 31) - 0.5f);
    Light sky = mixed(light(0.015f, 0.035f, 0.095f), light(0.30f, 0.42f, 0.55f), smooth(-1, 0.35f, curve));
    Light snow =
        mixed(light(0.62f, 0.60f, 0.60f), light(0.16f, 0.12f, 0.10f), smooth(0.05f, 0.8f, curve - ridge));
    *colour =
        scaled(mixed(sky, snow, smooth(-0.015f, 0.015f, curve - ridge)), 0.60f * smooth(0.0f, 0.35f, inside));
    float glint = expf(-powf((u + 0.45f) / 0.16f, 2) - powf((v + 0.50f) / 0.12f, 2));
    *colour = added(*colour, scaled(light(1.3f, 1.25f, 1.2f), glint));
    return TRUE;
}

/* Wool is knitted in rows of small arches; the turned-up brim has ribs. */
static gboolean
hat_at(Spot p, Light *colour)
{
    float fold = -0.62f + 0.14f * p.x * p.x, bottom = -0.36f + 0.16f * p.x * p.x;
    float width = p.y < fold ? 1.07f * sqrtf(MAX(1 - powf((p.y + 0.45f) / 1.18f, 2), 0.0f)) : 1.08f;
    if (p.y > bottom || p.y < -1.63f || fabsf(p.x) > width)
        return FALSE;
    gboolean brim = p.y > fold;
    float across = p.x / width, turn = asinf(CLAMP(across, -1.0f, 1.0f));
    float stitch =
        brim ? powf(fabsf(sinf(turn * 34)), 0.7f)
             : 0.55f + 0.45f * sinf(p.y * 95 + fabsf(sinf(turn * 30)) * 2.2f) * fabsf(cosf(turn * 30));
    Vec normal = unit((Vec){across * 1.2f, brim ? (p.y - (fold + bottom) / 2) * 2.5f : (p.y + 0.6f) * 0.75f,
                            sqrtf(MAX(1 - across * across, 0.05f))});
    float stripe = brim ? 0 : smooth(0.03f, 0.0f, fabsf(fabsf(p.y + 0.92f) - 0.10f) - 0.035f);
    Light wool = mixed(light(0.030f, 0.070f, 0.135f), light(0.55f, 0.50f, 0.42f), stripe);
    float fuzz = 1 + 0.45f * noise(p.x * 70, p.y * 70, 41);
    Light sum =
        added(scaled(light(1.6f, 1.4f, 1.2f), saturate(dot(normal, key) + 0.1f)), light(0.20f, 0.24f, 0.32f));
    float under = brim ? smooth(0.0f, 0.06f, p.y - fold) : 1 - 0.55f * smooth(-0.10f, 0, p.y - fold);
    *colour = scaled(times(wool, sum), (0.45f + 0.55f * stitch) * fuzz * under);
    return TRUE;
}

/* Cloth hangs in few long soft folds. */
static float
folds(float x, float y, guint32 seed)
{
    return fbm(x * 1.1f + y * 0.25f, y * 0.45f, 2, seed) +
           0.35f * ridges(x * 0.8f - y * 0.3f, y * 0.5f, 2, seed + 9) + 0.05f * noise(x * 7, y * 3, seed + 5);
}

static Light
cloth_light(float x, float y, float round, Light cloth, guint32 seed)
{
    const float step = 0.03f;
    float here = folds(x, y, seed);
    float dx = (folds(x + step, y, seed) - here) / step, dy = (folds(x, y + step, seed) - here) / step;
    Vec normal = unit((Vec){round - dx * 0.32f, -0.25f - dy * 0.32f, 1});
    Light sum = added(scaled(light(1.6f, 1.4f, 1.2f), saturate(dot(normal, key) + 0.05f)),
                      light(0.14f, 0.17f, 0.23f));
    return scaled(times(cloth, sum), 1 + 0.08f * noise(x * 90, y * 90, seed + 3));
}

/* Neck warmer and jacket. */
static gboolean
clothes_at(Spot p, Light *colour)
{
    float buff = 0.78f + 0.06f * (p.y - 1.2f), round = 1 - p.x * p.x / (buff * buff);
    float shoulder = 1.62f + 0.42f * powf(fabsf(p.x) / 1.5f, 1.6f);
    if (round > 0 && p.y > 1.14f + 0.10f * sqrtf(round) && p.y < 1.72f + 0.20f * round) {
        *colour = cloth_light(p.x * 0.9f + 4, p.y * 3.2f, p.x * 0.9f, light(0.030f, 0.175f, 0.185f), 51);
        return TRUE;
    }
    if (p.y < shoulder || fabsf(p.x) > 2.35f + 0.35f * (p.y - 2))
        return FALSE;
    Light shell = light(0.60f, 0.085f, 0.022f);
    float seam = fabsf(fabsf(p.x) - (0.80f + 0.18f * (p.y - 1.6f)));
    *colour = cloth_light(p.x, p.y, p.x * 0.33f, shell, 61);
    if (seam < 0.022f)
        *colour = scaled(*colour, 0.45f);
    float zip = fabsf(p.x - 0.03f * sinf(p.y * 3));
    if (zip < 0.035f)
        *colour = scaled(light(0.05f, 0.05f, 0.055f), 0.8f + 0.7f * fabsf(sinf(p.y * 130)));
    float edge = smooth(0, 0.10f, p.y - shoulder);
    *colour = scaled(*colour, 0.55f + 0.45f * edge);
    return TRUE;
}

static gboolean
face_at(Spot p, Light *colour)
{
    float side = fabsf(p.x), ear = powf((side - 1.0f) / 0.12f, 2) + powf((p.y - 0.10f) / 0.27f, 2);
    if (side > half_width(p.y) && ear < 1) {
        Vec normal = unit((Vec){p.x < 0 ? -0.3f : 0.5f, 0.1f, 0.9f});
        *colour = scaled(skin_light(normal, light(0.52f, 0.26f, 0.18f)), 0.45f + 0.5f * ear);
        return TRUE;
    }
    if (p.y < 1.40f && side <= half_width(p.y)) {
        *colour = skin_light(slope_at(p), skin_at(p));
        float hat = smooth(-0.12f, -0.38f, p.y - 0.16f * p.x * p.x),
              glasses = bump((Spot){side, p.y}, 0.45f, 0.24f, 0.34f, 0.07f);
        *colour = scaled(*colour, (1 - 0.55f * hat) * (1 - 0.30f * glasses));
        return TRUE;
    }
    /* The neck lies in the shadow of the chin. */
    if (side < 0.62f && p.y >= 0.9f && p.y < 1.75f) {
        *colour = scaled(skin_light(unit((Vec){p.x * 1.2f, 0.3f, 0.8f}), light(0.50f, 0.27f, 0.19f)), 0.45f);
        return TRUE;
    }
    return FALSE;
}

static gboolean
person_at(Spot p, Light *colour)
{
    return lens_at(p, colour) || hat_at(p, colour) ||
           (p.y > 1.28f - 0.5f * p.x * p.x && clothes_at(p, colour)) || face_at(p, colour) ||
           clothes_at(p, colour);
}

void
draw_mountaineer(Canvas *canvas)
{
    float middle_x = (float)canvas->width * 0.54f, middle_y = (float)canvas->height * 0.43f,
          unit_px = (float)canvas->width * 0.205f;
    const float tilt = -0.07f;
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++) {
            Light sum = {0};
            float cover = 0;
            /* Four looks at each pixel soften every edge. */
            for (int i = 0; i < 4; i++) {
                float u = ((float)x + 0.25f + 0.5f * (float)(i & 1) - middle_x) / unit_px;
                float v = ((float)y + 0.25f + 0.5f * (float)(i >> 1) - middle_y) / unit_px;
                Light colour;
                float turned = v > 1.2f ? tilt * (1.2f / v) : tilt;
                if (person_at((Spot){u + v * turned, v - u * turned * (v > 1.2f ? 0.0f : 1.0f)}, &colour)) {
                    sum = added(sum, colour);
                    cover += 0.25f;
                }
            }
            if (cover > 0) {
                put(canvas, x, y, scaled(sum, 0.25f / cover), cover);
                canvas->depth[(gsize)y * (gsize)canvas->width + (gsize)x] = 1;
            }
        }
}
