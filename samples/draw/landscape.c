/* landscape.c: looks at a terrain: each column of the picture walks away from the eye and fills what rises
 * into view. */
#include "draw.h"

#include "terrain.h"

typedef struct {
    Canvas *canvas;
    const Terrain *terrain;
    const Camera *camera;
    const Sky *sky;
    const Weather *weather;
    float focal, horizon; /* px */
} View;

/* Spruces on far slopes: a cone in each cell of a jittered net. Gives its height over the ground, and its
 * slope. */
static float
tree_height(const Weather *weather, float x, float y, float ground, float distance, float *slope_x,
            float *slope_y)
{
    *slope_x = *slope_y = 0;
    float room = smooth(weather->tree_line, weather->tree_line - 6, ground + fbm(x / 14, y / 14, 3, 901) * 9);
    room *= smooth(weather->tree_near, weather->tree_near * 1.6f + 1, distance);
    if (room <= 0)
        return 0;
    const float cell = 1.1f;
    float u = x / cell, v = y / cell, best = 0;
    int ix = (int)floorf(u), iy = (int)floorf(v);
    for (int cy = iy - 1; cy <= iy + 1; cy++)
        for (int cx = ix - 1; cx <= ix + 1; cx++) {
            if (chance(cx, cy, 902) > room * 0.97f)
                continue;
            float dx = (u - (float)cx - chance(cx, cy, 903)) * cell,
                  dy = (v - (float)cy - chance(cx, cy, 904)) * cell;
            float tall = 1.4f + 1.3f * chance(cx, cy, 905), apart = sqrtf(dx * dx + dy * dy);
            float height = tall * (1 - apart / 0.75f);
            if (height > best) {
                best = height;
                *slope_x = -dx / (apart + 0.05f);
                *slope_y = -dy / (apart + 0.05f);
            }
        }
    return best;
}

static float
fog_top(const Weather *weather, float x, float y)
{
    return weather->fog_height + fbm(x / 46, y / 46, 5, 911) * 5 + ridges(x / 30, y / 30, 4, 912) * 2.2f;
}

typedef struct {
    float height; /* what is seen: ground, tree or cloud */
    float ground;
    float slope_x, slope_y; /* of a tree */
    float tree;
    gboolean cloud;
} Place;

static Place
place_at(const View *view, float x, float y, float distance)
{
    const Weather *weather = view->weather;
    Place place = {.ground = terrain_height(view->terrain, x, y)};
    if (distance < 60)
        place.ground += fbm(x * 0.9f, y * 0.9f, 4, 921) * 0.10f;
    place.height = place.ground;
    if (place.ground < weather->tree_line + 5 && place.ground > weather->water + 0.4f) {
        place.tree = tree_height(weather, x, y, place.ground, distance, &place.slope_x, &place.slope_y);
        place.height += place.tree;
    }
    if (weather->fog_density > 0) {
        float top = fog_top(weather, x, y);
        if (top > place.height) {
            place.height = top;
            place.cloud = TRUE;
        }
    }
    return place;
}

/* The slope of the ground, coarse from the grid, fine from noise down to what a pixel can show. */
static Vec
normal_at(const View *view, float x, float y, float distance, float roughness)
{
    const float *heights = view->terrain->heights;
    float dx = (grid_value(heights, x + 0.7f, y) - grid_value(heights, x - 0.7f, y)) / 1.4f;
    float dy = (grid_value(heights, x, y + 0.7f) - grid_value(heights, x, y - 0.7f)) / 1.4f;
    float scale = MAX(0.35f, distance / view->focal * 5), step = scale * 0.2f, strength = roughness * 0.55f;
    float here = fbm(x / scale, y / scale, 4, 931);
    dx += (fbm((x + step) / scale, y / scale, 4, 931) - here) / step * scale * strength;
    dy += (fbm(x / scale, (y + step) / scale, 4, 931) - here) / step * scale * strength;
    return unit((Vec){-dx, -dy, 1});
}

/* The part of the light that a surface of this slope gets. */
static Light
lit(const View *view, Vec normal, float sun)
{
    const Weather *weather = view->weather;
    float facing = MAX(dot(normal, view->sky->sun), 0.0f);
    Light sum = scaled(weather->sun, facing * sun);
    sum = added(sum, scaled(weather->sky_light, 0.55f + 0.45f * normal.z));
    return added(sum, scaled(weather->bounce, 0.5f - 0.5f * normal.z + 0.12f * sun));
}

static Light
ground_colour(const View *view, float x, float y, float distance, float sun)
{
    const Weather *weather = view->weather;
    Vec coarse = normal_at(view, x, y, distance, 0.15f);
    float patch = fbm(x / 6, y / 6, 4, 941);
    float steep = smooth(0.80f, 0.55f, coarse.z + patch * 0.12f);
    float level = terrain_height(view->terrain, x, y);
    float strata = 0.5f + fbm(level * 0.45f, (x + y) * 0.02f, 4, 945) +
                   0.5f * fbm(x * 0.6f + level * 0.1f, y * 0.6f, 4, 946);
    Light rock = scaled(weather->rock, 0.65f + 0.35f * strata + 0.4f * fbm(x * 1.7f, y * 1.7f, 4, 942));
    Light grass = scaled(weather->grass, 0.85f + 0.7f * fbm(x * 0.8f, y * 0.8f, 5, 943));
    Light bare =
        times(mixed(grass, rock, steep), lit(view, normal_at(view, x, y, distance, 0.3f + steep), sun));

    float hold = smooth(0.50f, 0.72f, coarse.z + fbm(x / 3, y / 3, 4, 944) * 0.22f);
    float cover = saturate(hold * smooth(0.0f, 0.25f, weather->snow + patch * (1 - weather->snow)));
    if (weather->snow <= 0)
        return bare;
    Vec soft = normal_at(view, x, y, distance, 0.10f);
    Light snow = times(light(0.90f, 0.91f, 0.93f), lit(view, soft, sun));
    return mixed(bare, snow, cover);
}

static Light
tree_colour(const View *view, const Place *place, float x, float y, float sun)
{
    const Weather *weather = view->weather;
    Vec normal = unit((Vec){-place->slope_x * -1.2f, -place->slope_y * -1.2f, 0.8f});
    float variety = 0.7f + 0.6f * chance((int)floorf(x / 1.1f), (int)floorf(y / 1.1f), 951);
    float inner = 0.35f + 0.65f * smooth(0.0f, 1.4f, place->tree);
    Light needles = scaled(weather->tree, variety);
    float white = weather->tree_snow * smooth(-0.2f, 0.35f, fbm(x * 3, y * 3, 3, 952));
    return scaled(times(mixed(needles, light(0.85f, 0.87f, 0.9f), white), lit(view, normal, sun)), inner);
}

static Light
fog_light(const View *view, float x, float y)
{
    const float step = 1.5f;
    float here = fog_top(view->weather, x, y);
    float dx = (fog_top(view->weather, x + step, y) - here) / step,
          dy = (fog_top(view->weather, x, y + step) - here) / step;
    Vec normal = unit((Vec){-dx, -dy, 0.8f});
    float facing = 0.35f + 0.65f * saturate(dot(normal, view->sky->sun) + 0.15f);
    Light sum = added(scaled(view->weather->sun, facing * 0.8f), scaled(view->weather->sky_light, 0.9f));
    return times(view->weather->fog_colour, sum);
}

static Light
seen(const View *view, const Place *place, float x, float y, float distance)
{
    const Weather *weather = view->weather;
    float sun = grid_value(view->terrain->sun, x, y);
    Light colour = place->cloud      ? fog_light(view, x, y)
                   : place->tree > 0 ? tree_colour(view, place, x, y, sun)
                                     : ground_colour(view, x, y, distance, sun);
    if (weather->fog_density > 0 && !place->cloud) {
        float below = fog_top(weather, x, y) + 1.5f - place->height;
        colour = mixed(colour, fog_light(view, x, y), smooth(-2.5f, 0.5f, below) * weather->fog_density);
    }
    float low = expf(-MAX(place->height - 20, 0.0f) / 60);
    return mixed(colour, weather->haze, 1 - expf(-distance / weather->haze_distance * (0.4f + 0.6f * low)));
}

static void
draw_sky_column(View *view, int x, Vec forward, Vec right)
{
    float aside = ((float)x - (float)view->canvas->width / 2) / view->focal;
    for (int y = 0; y < view->canvas->height; y++) {
        float up = (view->horizon - (float)y) / view->focal;
        Vec direction = unit((Vec){forward.x + right.x * aside, forward.y + right.y * aside, up});
        *at(view->canvas, x, y) = sky_colour(view->sky, direction);
    }
}

/* Fills the rows that come into view between two steps of the walk, each at its own place. */
static void
fill(View *view, int x, Vec ray, int from, int to, float before, float distance)
{
    for (int y = from; y < to; y++) {
        float share = (float)(y - from) / (float)MAX(to - from, 1);
        float here = blend(distance, before, share);
        float px = view->camera->eye.x + ray.x * here, py = view->camera->eye.y + ray.y * here;
        Place place = place_at(view, px, py, here);
        *at(view->canvas, x, y) = seen(view, &place, px, py, here);
        view->canvas->depth[(gsize)y * (gsize)view->canvas->width + (gsize)x] = here;
    }
}

static void
draw_ground_column(View *view, int x, Vec forward, Vec right)
{
    float aside = ((float)x - (float)view->canvas->width / 2) / view->focal;
    Vec ray = {forward.x + right.x * aside, forward.y + right.y * aside, 0};
    int top = view->canvas->height;
    float before = 0.5f;
    for (float distance = 0.6f; distance < GRID && top > 0;) {
        float px = view->camera->eye.x + ray.x * distance, py = view->camera->eye.y + ray.y * distance;
        if (px < 1 || py < 1 || px > GRID - 2 || py > GRID - 2)
            break;
        Place place = place_at(view, px, py, distance);
        float height = MAX(place.height, view->weather->water);
        int y = (int)(view->horizon - view->focal * (height - view->camera->eye.z) / distance);
        if (y < top) {
            y = MAX(y, 0);
            fill(view, x, ray, y, top, before, distance);
            top = y;
        }
        before = distance;
        distance += MAX(0.04f, distance * 0.0022f);
    }
}

/* A lake mirrors what stands over its far shore, drawn out and broken by ripples that are finer further away.
 */
static void
draw_water(View *view)
{
    Canvas *canvas = view->canvas;
    float drop = view->camera->eye.z - view->weather->water;
    for (int y = canvas->height - 1; y > (int)view->horizon; y--) {
        float distance = drop * view->focal / ((float)y - view->horizon);
        for (int x = 0; x < canvas->width; x++) {
            float aside = ((float)x - (float)canvas->width / 2) / view->focal;
            float px = view->camera->eye.x + aside * distance, py = view->camera->eye.y + distance;
            if (px < 1 || py < 1 || px > GRID - 2 || py > GRID - 2 ||
                terrain_height(view->terrain, px, py) > view->weather->water)
                continue;
            float depth = canvas->depth[(gsize)y * (gsize)canvas->width + (gsize)x];
            if (depth < distance * 0.9f)
                continue;
            float breeze = 0.25f + smooth(-0.1f, 0.4f, fbm(px / 30, py / 9, 3, 961)) * 1.6f;
            float ripple = fbm(px * 2.2f, py * 5.0f, 3, 962) * breeze;
            int from = (int)(2 * view->horizon - (float)y + ripple * view->focal * 0.012f);
            int to_side = x + (int)(fbm(px * 3, py * 4, 2, 963) * breeze * view->focal * 0.004f);
            Light mirror =
                *at(canvas, CLAMP(to_side, 0, canvas->width - 1), CLAMP(from, 0, canvas->height - 1));
            float grazing = drop / sqrtf(drop * drop + distance * distance);
            float share = 0.12f + 0.88f * powf(1 - grazing, 3.5f);
            *at(canvas, x, y) = mixed(light(0.010f, 0.030f, 0.038f), mirror, share);
        }
    }
}

void
draw_landscape(Canvas *canvas, const Terrain *terrain, const Camera *camera, const Sky *sky,
               const Weather *weather)
{
    View view = {canvas,
                 terrain,
                 camera,
                 sky,
                 weather,
                 (float)canvas->width / camera->field,
                 camera->horizon * (float)canvas->height};
    Vec forward = {sinf(camera->yaw), cosf(camera->yaw), 0},
        right = {cosf(camera->yaw), -sinf(camera->yaw), 0};
    for (int x = 0; x < canvas->width; x++) {
        draw_sky_column(&view, x, forward, right);
        draw_ground_column(&view, x, forward, right);
    }
    if (weather->water > -1000)
        draw_water(&view);
}

gboolean
project(const Canvas *canvas, const Camera *camera, Vec place, float *x, float *y, float *distance)
{
    float dx = place.x - camera->eye.x, dy = place.y - camera->eye.y,
          focal = (float)canvas->width / camera->field;
    *distance = dx * sinf(camera->yaw) + dy * cosf(camera->yaw);
    if (*distance < 0.5f)
        return FALSE;
    *x = (float)canvas->width / 2 + focal * (dx * cosf(camera->yaw) - dy * sinf(camera->yaw)) / *distance;
    *y = camera->horizon * (float)canvas->height - focal * (place.z - camera->eye.z) / *distance;
    return TRUE;
}
