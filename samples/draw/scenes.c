/* scenes.c: the landscapes of the shoot: where the photographer stood, and what the light was. */
#include "scenes.h"

#define NO_WATER (-10000.0f)

static Camera
stand(const Terrain *terrain, float x, float y, float over_ground, float yaw, float horizon, float field)
{
    Camera camera = {.eye = {x, y, 0}, .yaw = yaw, .horizon = horizon, .field = field};
    camera.eye.z = terrain_height(terrain, x, y) + over_ground;
    return camera;
}

/* Noon in February: the hard case for a light mark. */
Canvas *
paint_snow(int width)
{
    Sky sky = {.sun = unit((Vec){-0.70f, 0.30f, 0.50f}),
               .zenith = {0.06f, 0.16f, 0.46f},
               .horizon = {0.55f, 0.74f, 0.98f},
               .glow = {1.1f, 1.0f, 0.9f},
               .cirrus = 0.35f,
               .cloud_light = {1.1f, 1.1f, 1.1f},
               .seed = 5};
    Relief relief = {.base = 20,
                     .relief = 55,
                     .cliff = 0.9f,
                     .valley = 10,
                     .peak_x = 575,
                     .peak_y = 330,
                     .peak_height = 88,
                     .peak_width = 120,
                     .foreground = 30,
                     .seed = 11};
    Weather weather = {.sun = {2.7f, 2.5f, 2.2f},
                       .sky_light = {0.30f, 0.42f, 0.62f},
                       .bounce = {0.30f, 0.31f, 0.34f},
                       .haze = {0.58f, 0.72f, 0.95f},
                       .haze_distance = 1300,
                       .snow = 1.0f,
                       .tree_line = 30,
                       .tree_near = 60,
                       .tree_snow = 0.6f,
                       .grass = {0.10f, 0.12f, 0.04f},
                       .rock = {0.34f, 0.32f, 0.30f},
                       .tree = {0.030f, 0.050f, 0.034f},
                       .water = NO_WATER};
    g_autoptr(Terrain) terrain = terrain_new(&relief, sky.sun);
    Canvas *canvas = canvas_new(width, width * 2 / 3);
    Camera camera = stand(terrain, 470, 40, 3.0f, 0.26f, 0.44f, 0.95f);
    draw_landscape(canvas, terrain, &camera, &sky, &weather);
    weather.tree_line = 200;
    plant_spruces(canvas, terrain, &camera, &sky, &weather, 9, 80, 150, 1207);
    blur(canvas, (float)width / 6000);
    Grade grade = {.exposure = -0.45f,
                   .contrast = 1.05f,
                   .saturation = 1.05f,
                   .warmth = {1, 1, 1},
                   .vignette = 0.25f,
                   .grain = 1.0f,
                   .seed = 3};
    develop(canvas, &grade);
    return canvas;
}

/* A bank of snow before the photographer's feet, where a hut can stand. */
static void
draw_bank(Canvas *canvas, Light snow)
{
    float width = (float)canvas->width, height = (float)canvas->height;
    for (int x = 0; x < canvas->width; x++) {
        float u = (float)x / width;
        float top = height *
                    (0.84f - 0.035f * expf(-powf((u - 0.66f) / 0.20f, 2)) + 0.05f * fbm(u * 2.5f, 1, 4, 551));
        for (int y = (int)top; y < canvas->height; y++) {
            float v = ((float)y - top) / height, depth = 1 / (v + 0.05f),
                  drift = fbm((u - 0.5f) * depth * 5, depth * 4, 5, 552) * 0.5f +
                          fbm(u * 4, v * 9, 3, 553) * 0.35f;
            put(canvas, x, y, scaled(snow, 0.85f + drift + 0.5f * expf(-v * 30)),
                saturate((float)y - top + 0.5f));
            canvas->depth[(gsize)y * (gsize)canvas->width + (gsize)x] = 10;
        }
    }
}

/* Two hours after sunset, thirty seconds, a hut below the stars. */
Canvas *
paint_night(int width)
{
    Sky sky = {.sun = unit((Vec){0.55f, -0.35f, 0.35f}),
               .zenith = {0.0010f, 0.0015f, 0.0034f},
               .horizon = {0.0065f, 0.0078f, 0.0130f},
               .glow = {0, 0, 0},
               .night = TRUE,
               .seed = 21};
    Relief relief = {.base = 20,
                     .relief = 60,
                     .cliff = 0.8f,
                     .valley = 20,
                     .peak_x = 430,
                     .peak_y = 420,
                     .peak_height = 80,
                     .peak_width = 130,
                     .foreground = 16,
                     .seed = 33};
    Weather weather = {.sun = {0.030f, 0.036f, 0.052f},
                       .sky_light = {0.006f, 0.008f, 0.014f},
                       .bounce = {0.002f, 0.002f, 0.004f},
                       .haze = {0.0050f, 0.0062f, 0.0105f},
                       .haze_distance = 900,
                       .snow = 0.9f,
                       .tree_line = 45,
                       .tree_near = 45,
                       .tree_snow = 0.25f,
                       .grass = {0.1f, 0.1f, 0.05f},
                       .rock = {0.30f, 0.29f, 0.28f},
                       .tree = {0.020f, 0.030f, 0.026f},
                       .water = NO_WATER};
    g_autoptr(Terrain) terrain = terrain_new(&relief, sky.sun);
    Canvas *canvas = canvas_new(width, width * 2 / 3);
    Camera camera = stand(terrain, 560, 40, 3.0f, -0.25f, 0.70f, 1.25f);
    draw_landscape(canvas, terrain, &camera, &sky, &weather);
    draw_stars(canvas, 9000, 77);
    weather.tree_line = 200;
    plant_spruces(canvas, terrain, &camera, &sky, &weather, 14, 60, 120, 1301);
    draw_bank(canvas, light(0.013f, 0.0165f, 0.028f));
    draw_hut(canvas, (float)width * 0.66f, (float)canvas->height * 0.845f, (float)width * 0.11f);
    bloom(canvas, 0.35f, (float)width / 160, 0.5f);
    bloom(canvas, 0.35f, (float)width / 40, 0.35f);
    blur(canvas, (float)width / 5000);
    Grade grade = {.exposure = 1.2f,
                   .contrast = 1.1f,
                   .saturation = 1.15f,
                   .warmth = {1, 1, 1.02f},
                   .vignette = 1.0f,
                   .grain = 3.0f,
                   .seed = 13};
    develop(canvas, &grade);
    return canvas;
}

/* A morning without wind: half the picture is sky, the other half its mirror. */
Canvas *
paint_lake(int width)
{
    Sky sky = {.sun = unit((Vec){0.80f, 0.45f, 0.22f}),
               .zenith = {0.10f, 0.20f, 0.44f},
               .horizon = {0.95f, 0.74f, 0.60f},
               .glow = {1.1f, 0.75f, 0.45f},
               .cirrus = 0.25f,
               .cloud_light = {1.2f, 1.0f, 0.9f},
               .seed = 45};
    Relief relief = {.base = 8,
                     .relief = 60,
                     .cliff = 0.7f,
                     .valley = 45,
                     .peak_x = 600,
                     .peak_y = 640,
                     .peak_height = 60,
                     .peak_width = 130,
                     .seed = 52};
    Weather weather = {.sun = {1.9f, 1.35f, 0.85f},
                       .sky_light = {0.24f, 0.28f, 0.38f},
                       .bounce = {0.08f, 0.08f, 0.07f},
                       .haze = {0.80f, 0.70f, 0.66f},
                       .haze_distance = 620,
                       .snow = 0.0f,
                       .tree_line = 48,
                       .tree_near = 20,
                       .grass = {0.09f, 0.11f, 0.03f},
                       .rock = {0.34f, 0.30f, 0.26f},
                       .tree = {0.022f, 0.042f, 0.020f},
                       .water = 12};
    g_autoptr(Terrain) terrain = terrain_new(&relief, sky.sun);
    Canvas *canvas = canvas_new(width, width * 2 / 3);
    Camera camera = {.eye = {512, 40, 13.4f}, .yaw = 0, .horizon = 0.52f, .field = 0.9f};
    draw_landscape(canvas, terrain, &camera, &sky, &weather);
    blur(canvas, (float)width / 5000);
    Grade grade = {.exposure = 0.0f,
                   .contrast = 1.15f,
                   .saturation = 1.2f,
                   .warmth = {1.02f, 1, 0.97f},
                   .vignette = 0.5f,
                   .grain = 1.0f,
                   .seed = 23};
    develop(canvas, &grade);
    return canvas;
}

/* The last light of October, for a poster that goes to print. */
Canvas *
paint_sunset(int width)
{
    Sky sky = {.sun = unit((Vec){0.16f, 0.97f, 0.16f}),
               .zenith = {0.12f, 0.13f, 0.30f},
               .horizon = {1.15f, 0.52f, 0.22f},
               .glow = {2.0f, 1.0f, 0.35f},
               .cirrus = 0.5f,
               .cumulus = 0.36f,
               .cloud_light = {1.5f, 0.75f, 0.42f},
               .cloud_shade = {0.32f, 0.22f, 0.30f},
               .seed = 61};
    Relief relief = {.base = 15,
                     .relief = 70,
                     .cliff = 0.6f,
                     .valley = 30,
                     .peak_x = 420,
                     .peak_y = 520,
                     .peak_height = 60,
                     .peak_width = 110,
                     .foreground = 20,
                     .seed = 64};
    Weather weather = {.sun = {2.2f, 1.1f, 0.45f},
                       .sky_light = {0.20f, 0.17f, 0.24f},
                       .bounce = {0.10f, 0.06f, 0.05f},
                       .haze = {0.95f, 0.46f, 0.26f},
                       .haze_distance = 620,
                       .tree_line = 70,
                       .tree_near = 45,
                       .grass = {0.20f, 0.13f, 0.04f},
                       .rock = {0.30f, 0.26f, 0.24f},
                       .tree = {0.050f, 0.040f, 0.016f},
                       .water = NO_WATER};
    g_autoptr(Terrain) terrain = terrain_new(&relief, sky.sun);
    Canvas *canvas = canvas_new(width, width * 2 / 3);
    Camera camera = stand(terrain, 512, 20, 34, 0.0f, 0.46f, 0.85f);
    draw_landscape(canvas, terrain, &camera, &sky, &weather);
    bloom(canvas, 1.2f, (float)width / 30, 0.4f);
    blur(canvas, (float)width / 4000);
    Grade grade = {.exposure = -0.2f,
                   .contrast = 1.2f,
                   .saturation = 1.05f,
                   .warmth = {1, 1, 1},
                   .vignette = 0.6f,
                   .grain = 1.2f,
                   .seed = 31};
    develop(canvas, &grade);
    return canvas;
}

/* Above the inversion; no grain, for it is scanned from large film. */
Canvas *
paint_cloud_sea(int width)
{
    Sky sky = {.sun = unit((Vec){-0.85f, 0.35f, 0.20f}),
               .zenith = {0.10f, 0.20f, 0.46f},
               .horizon = {1.0f, 0.80f, 0.66f},
               .glow = {1.2f, 0.8f, 0.5f},
               .seed = 71};
    Relief relief = {.base = 12,
                     .relief = 62,
                     .cliff = 0.8f,
                     .valley = 26,
                     .peak_x = 620,
                     .peak_y = 420,
                     .peak_height = 62,
                     .peak_width = 100,
                     .foreground = 46,
                     .seed = 78};
    Weather weather = {.sun = {1.9f, 1.3f, 0.85f},
                       .sky_light = {0.30f, 0.36f, 0.50f},
                       .bounce = {0.20f, 0.19f, 0.2f},
                       .haze = {0.88f, 0.74f, 0.68f},
                       .haze_distance = 900,
                       .snow = 0.25f,
                       .tree_line = 46,
                       .tree_near = 30,
                       .tree_snow = 0.1f,
                       .grass = {0.12f, 0.11f, 0.04f},
                       .rock = {0.32f, 0.29f, 0.27f},
                       .tree = {0.024f, 0.040f, 0.026f},
                       .fog_height = 44,
                       .fog_density = 0.95f,
                       .fog_colour = {0.80f, 0.80f, 0.82f},
                       .water = NO_WATER};
    g_autoptr(Terrain) terrain = terrain_new(&relief, sky.sun);
    Canvas *canvas = canvas_new(width, width * 9 / 16);
    Camera camera = {.eye = {500, 20, 66}, .yaw = 0.08f, .horizon = 0.40f, .field = 0.95f};
    draw_landscape(canvas, terrain, &camera, &sky, &weather);
    blur(canvas, 0.8f);
    Grade grade = {.exposure = -0.1f,
                   .contrast = 1.1f,
                   .saturation = 1.05f,
                   .warmth = {1, 1, 1},
                   .vignette = 0.3f,
                   .seed = 41};
    develop(canvas, &grade);
    return canvas;
}

/* Ridges one behind the other, each paler: in black and white. */
Canvas *
paint_mist(int width)
{
    Sky sky = {.sun = unit((Vec){0.4f, 0.8f, 0.4f}),
               .zenith = {0.70f, 0.70f, 0.70f},
               .horizon = {1.0f, 1.0f, 1.0f},
               .glow = {0.3f, 0.3f, 0.3f},
               .seed = 81};
    Relief relief = {.base = 10,
                     .relief = 75,
                     .cliff = 0.4f,
                     .valley = 30,
                     .peak_x = 512,
                     .peak_y = 600,
                     .peak_height = 40,
                     .peak_width = 160,
                     .foreground = 24,
                     .seed = 84};
    Weather weather = {.sun = {0.5f, 0.5f, 0.5f},
                       .sky_light = {0.55f, 0.55f, 0.55f},
                       .bounce = {0.1f, 0.1f, 0.1f},
                       .haze = {0.84f, 0.84f, 0.84f},
                       .haze_distance = 400,
                       .tree_line = 120,
                       .tree_near = 70,
                       .grass = {0.08f, 0.08f, 0.08f},
                       .rock = {0.2f, 0.2f, 0.2f},
                       .tree = {0.030f, 0.030f, 0.030f},
                       .water = NO_WATER};
    g_autoptr(Terrain) terrain = terrain_new(&relief, sky.sun);
    Canvas *canvas = canvas_new(width, width * 2 / 3);
    Camera camera = stand(terrain, 480, 20, 58, 0.0f, 0.30f, 0.6f);
    draw_landscape(canvas, terrain, &camera, &sky, &weather);
    blur(canvas, (float)width / 3500);
    Grade grade = {.exposure = 0.1f,
                   .contrast = 1.25f,
                   .saturation = 0,
                   .warmth = {1, 1, 1},
                   .vignette = 0.7f,
                   .grain = 3.5f,
                   .seed = 51};
    develop(canvas, &grade);
    return canvas;
}

/* A summer noon, taken with a telephone. */
Canvas *
paint_path(int width)
{
    Sky sky = {.sun = unit((Vec){-0.5f, -0.3f, 0.8f}),
               .zenith = {0.10f, 0.24f, 0.58f},
               .horizon = {0.55f, 0.70f, 0.92f},
               .glow = {0.5f, 0.5f, 0.5f},
               .cumulus = 0.52f,
               .cloud_light = {1.25f, 1.24f, 1.22f},
               .cloud_shade = {0.62f, 0.66f, 0.74f},
               .seed = 93};
    Relief relief = {.base = 18,
                     .relief = 50,
                     .cliff = 1.0f,
                     .valley = 8,
                     .peak_x = 560,
                     .peak_y = 300,
                     .peak_height = 66,
                     .peak_width = 120,
                     .foreground = 22,
                     .seed = 97};
    Weather weather = {.sun = {2.2f, 2.1f, 1.9f},
                       .sky_light = {0.30f, 0.38f, 0.50f},
                       .bounce = {0.10f, 0.12f, 0.07f},
                       .haze = {0.55f, 0.68f, 0.88f},
                       .haze_distance = 1000,
                       .tree_line = 46,
                       .tree_near = 60,
                       .grass = {0.10f, 0.16f, 0.030f},
                       .rock = {0.42f, 0.39f, 0.36f},
                       .tree = {0.028f, 0.060f, 0.022f},
                       .water = NO_WATER};
    g_autoptr(Terrain) terrain = terrain_new(&relief, sky.sun);
    Canvas *canvas = canvas_new(width, width * 3 / 4);
    Camera camera = stand(terrain, 500, 30, 2.0f, 0.15f, 0.50f, 1.3f);
    draw_landscape(canvas, terrain, &camera, &sky, &weather);
    weather.tree_line = 200;
    plant_spruces(canvas, terrain, &camera, &sky, &weather, 12, 95, 260, 1913);
    blur(canvas, (float)width / 6000);
    Grade grade = {.exposure = -0.1f,
                   .contrast = 1.25f,
                   .saturation = 1.25f,
                   .warmth = {1.02f, 1, 0.97f},
                   .vignette = 0.2f,
                   .grain = 1.2f,
                   .seed = 61};
    develop(canvas, &grade);
    return canvas;
}
