/* things.c: what stands in a landscape: spruces, a hut, the stars over it. */
#include "draw.h"

static gboolean
is_hidden(const Canvas *canvas, int x, int y, float depth)
{
    return x < 0 || y < 0 || x >= canvas->width || y >= canvas->height ||
           canvas->depth[(gsize)y * (gsize)canvas->width + (gsize)x] < depth * 0.97f;
}

/* One pixel of a spruce: `u` across (-1..1 of its greatest width), `v` from its top (0..1). Whorls of
 * branches droop outwards, each as long as chance has it, darker below and white above. */
static float
spruce_at(const Spruce *spruce, float u, float v, Light *colour)
{
    if (v <= 0)
        return 0;
    float whorls = 17 + 9 * chance(1, 0, spruce->seed);
    float row = powf(v, 0.85f) * whorls - fabsf(u) * 1.8f + noise(u * 5, v * 12, spruce->seed + 7) * 0.6f +
                noise(u * 26, v * 60, spruce->seed + 8) * 0.35f;
    int whorl = (int)floorf(row);
    float within = row - (float)whorl, side = u < 0 ? 0.0f : 1.0f;
    float reach = (0.05f + 0.95f * v) * (0.66f + 0.34f * chance(whorl, (int)side, spruce->seed + 1));
    float fringe =
        noise(u * 22, v * 70, spruce->seed + 2) * 0.22f + noise(u * 60, v * 160, spruce->seed + 3) * 0.12f;
    float inside = reach * (1.0f - 0.38f * within) - fabsf(u) + fringe * reach;
    if (v > 0.97f)
        inside = 0.045f - fabsf(u);
    float cover = smooth(-0.01f, 0.05f, inside) * smooth(0, 0.02f, v);
    if (cover <= 0)
        return 0;
    float turned = smooth(-0.8f, 0.8f, u * spruce->side + noise(u * 9, v * 30, spruce->seed + 4) * 0.7f);
    float depth = 0.30f + 0.70f * smooth(1.0f, 0.1f, within);
    *colour = scaled(mixed(spruce->shade, spruce->lit, turned),
                     depth * (0.75f + 0.5f * noise(u * 40, v * 90, spruce->seed + 5)));
    float lying =
        smooth(0.55f, 0.05f, within + noise(u * 16, v * 44, spruce->seed + 6) * 0.5f) * spruce->snow;
    *colour = mixed(
        *colour, scaled(mixed(spruce->white, scaled(spruce->shade, 6), 1 - turned), 0.35f + 0.65f * turned),
        lying);
    return cover;
}

void
draw_spruce(Canvas *canvas, const Spruce *spruce)
{
    float half = spruce->height * (0.17f + 0.07f * chance(2, 0, spruce->seed));
    for (int y = (int)(spruce->y - spruce->height); y <= (int)spruce->y; y++)
        for (int x = (int)(spruce->x - half * 1.2f); x <= (int)(spruce->x + half * 1.2f); x++) {
            if (is_hidden(canvas, x, y, spruce->depth))
                continue;
            Light colour;
            float cover = spruce_at(spruce, ((float)x - spruce->x) / half,
                                    1 - (spruce->y - (float)y) / spruce->height, &colour);
            put(canvas, x, y, colour, cover);
            if (cover > 0.5f)
                canvas->depth[(gsize)y * (gsize)canvas->width + (gsize)x] = spruce->depth;
        }
}

/* The dent that shade makes in the snow around a tree. */
static void
ground_shade(Canvas *canvas, const Spruce *spruce, Light shade)
{
    float wide = spruce->height * 0.30f, tall = spruce->height * 0.045f;
    for (int y = (int)(spruce->y - tall); y <= (int)(spruce->y + tall * 2); y++)
        for (int x = (int)(spruce->x - wide * 2.5f); x <= (int)(spruce->x + wide * 2.5f); x++) {
            float dx = ((float)x - spruce->x + spruce->side * wide * 0.9f) / (wide * 1.5f),
                  dy = ((float)y - spruce->y) / tall;
            float share = expf(-dx * dx - dy * dy) * 0.75f;
            if (!is_hidden(canvas, x, y, spruce->depth * 0.8f) && share > 0.02f)
                *at(canvas, x, y) = mixed(*at(canvas, x, y), times(*at(canvas, x, y), shade), share);
        }
}

void
plant_spruces(Canvas *canvas, const Terrain *terrain, const Camera *camera, const Sky *sky,
              const Weather *weather, float near, float far, int count, guint32 seed)
{
    float focal = (float)canvas->width / camera->field;
    for (int i = 0; i < count; i++) {
        /* From the farthest to the nearest, so that the near ones hide the others. */
        float distance = near + (far - near) * powf(1 - (float)i / (float)count, 1.6f);
        float aside = (chance(i, 1, seed) - 0.5f) * camera->field * 1.1f * distance;
        Vec place = {camera->eye.x + sinf(camera->yaw) * distance + cosf(camera->yaw) * aside,
                     camera->eye.y + cosf(camera->yaw) * distance - sinf(camera->yaw) * aside, 0};
        place.z = terrain_height(terrain, place.x, place.y) - 0.05f;
        if (place.z > weather->tree_line || place.z < weather->water + 0.3f ||
            fbm(place.x / 10, place.y / 10, 3, seed + 9) < -0.05f)
            continue;
        float x, y, depth;
        if (!project(canvas, camera, place, &x, &y, &depth))
            continue;
        float sun = 0.35f + 0.65f * chance(i, 3, seed);
        Spruce spruce = {.x = x,
                         .y = y,
                         .depth = depth,
                         .height = focal / depth * (1.5f + 1.4f * chance(i, 2, seed)),
                         .snow = weather->tree_snow,
                         .side = sky->sun.x < 0 ? -1.0f : 1.0f,
                         .seed = seed + 100 + (guint32)i};
        spruce.lit = times(weather->tree, added(scaled(weather->sun, 0.8f * sun), weather->sky_light));
        spruce.shade = times(weather->tree, added(weather->sky_light, scaled(weather->bounce, 0.5f)));
        spruce.white =
            times(light(0.85f, 0.87f, 0.9f), added(scaled(weather->sun, 0.7f * sun), weather->sky_light));
        float haze = 1 - expf(-depth / weather->haze_distance);
        spruce.lit = mixed(spruce.lit, weather->haze, haze);
        spruce.shade = mixed(spruce.shade, weather->haze, haze);
        ground_shade(canvas, &spruce, light(0.35f, 0.42f, 0.6f));
        draw_spruce(canvas, &spruce);
    }
}

/* A filled shape whose edge runs left and right by rows. */
static void
fill_row(Canvas *canvas, float left, float right, int y, Light colour)
{
    for (int x = (int)left; x <= (int)right; x++)
        put(canvas, x, y, colour, MIN(saturate((float)x + 1 - left), saturate(right - (float)x)));
}

static void
draw_window(Canvas *canvas, float x, float y, float side)
{
    for (int py = (int)(y - side * 0.6f); py <= (int)(y + side * 0.6f); py++)
        for (int px = (int)(x - side / 2); px <= (int)(x + side / 2); px++) {
            float u = ((float)px - x) / side, v = ((float)py - y) / side;
            gboolean bar = fabsf(u) < 0.05f || fabsf(v) < 0.05f || fabsf(u) > 0.44f || fabsf(v) > 0.54f;
            Light glow =
                scaled(light(1.6f, 0.78f, 0.24f), 0.7f + 0.5f * noise(u * 3, v * 3, 8) + (0.3f - v * 0.5f));
            put(canvas, px, py, bar ? light(0.05f, 0.025f, 0.01f) : glow, 1);
        }
}

void
draw_hut(Canvas *canvas, float x, float y, float width)
{
    float wall = width * 0.30f, roof = width * 0.42f;
    Light wood = light(0.020f, 0.012f, 0.008f), snow = light(0.034f, 0.042f, 0.066f);
    for (int py = (int)(y - wall); py <= (int)y; py++) {
        float plank = 0.7f + 0.5f * noise(0, (float)py / width * 60, 4);
        float warm = smooth(0.9f, 0.1f, (y - (float)py) / wall);
        fill_row(canvas, x - width * 0.42f, x + width * 0.42f, py,
                 added(scaled(wood, plank), scaled(light(0.02f, 0.009f, 0.002f), warm)));
    }
    for (int py = (int)(y - wall - roof); py <= (int)(y - wall * 0.9f); py++) {
        float down = ((float)py - (y - wall - roof)) / (roof + wall * 0.1f),
              half = width * (0.10f + 0.50f * down);
        float drift = fbm((float)py / width * 8, 3, 3, 5) * 0.2f;
        fill_row(canvas, x - half, x + half, py, scaled(snow, 0.85f + drift + 0.3f * down));
    }
    for (int py = (int)(y - wall - roof * 1.15f); py < (int)(y - wall - roof * 0.55f); py++)
        fill_row(canvas, x + width * 0.20f, x + width * 0.28f, py, scaled(wood, 1.4f));
    draw_window(canvas, x - width * 0.24f, y - wall * 0.52f, width * 0.13f);
    draw_window(canvas, x + width * 0.25f, y - wall * 0.52f, width * 0.13f);
    for (int py = (int)(y - wall * 0.75f); py <= (int)y; py++)
        fill_row(canvas, x - width * 0.06f, x + width * 0.06f, py, light(0.24f, 0.10f, 0.03f));
    /* What comes out of the windows lies on the snow before the house. */
    for (int py = (int)y; py < (int)(y + width * 0.55f); py++)
        for (int px = (int)(x - width); px < (int)(x + width); px++) {
            float v = ((float)py - y) / width, spread = 0.10f + v * 0.55f, share = 0;
            const float doors[] = {-0.24f, 0.0f, 0.25f};
            for (int i = 0; i < 3; i++) {
                float u = (((float)px - x) / width - doors[i] * (1 + v * 0.6f)) / spread;
                share += expf(-u * u * 3) * (i == 1 ? 0.6f : 1.0f);
            }
            if (px >= 0 && py >= 0 && px < canvas->width && py < canvas->height)
                *at(canvas, px, py) =
                    added(*at(canvas, px, py), scaled(light(0.20f, 0.085f, 0.022f), share * expf(-v * 7)));
        }
}

void
draw_stars(Canvas *canvas, int count, guint32 seed)
{
    float scale = (float)canvas->width / 4000;
    for (int i = 0; i < count; i++) {
        float x = chance(i, 1, seed) * (float)canvas->width, y = chance(i, 2, seed) * (float)canvas->height;
        if (is_hidden(canvas, (int)x, (int)y, G_MAXFLOAT / 2))
            continue;
        float rank = chance(i, 3, seed), power = 0.020f / (rank + 0.003f) * 0.55f;
        float warmth = chance(i, 4, seed), radius = scale * (1.0f + MIN(power, 1.0f) * 1.3f);
        Light colour = mixed(light(0.75f, 0.85f, 1.15f), light(1.15f, 0.95f, 0.7f), warmth * warmth);
        int reach = (int)(radius * 3) + 1;
        for (int dy = -reach; dy <= reach; dy++)
            for (int dx = -reach; dx <= reach; dx++) {
                int px = (int)x + dx, py = (int)y + dy;
                float far_x = (float)px + 0.5f - x, far_y = (float)py + 0.5f - y;
                if (!is_hidden(canvas, px, py, G_MAXFLOAT / 2))
                    *at(canvas, px, py) = added(
                        *at(canvas, px, py),
                        scaled(colour, power * expf(-(far_x * far_x + far_y * far_y) / (radius * radius))));
            }
    }
}
