/* figures.c: the photos of the shoot that are no landscapes. */
#include "scenes.h"

Canvas *
paint_forest(int width)
{
    Canvas *canvas = canvas_new(width, width * 2 / 3);
    draw_forest(canvas, 301);
    bloom(canvas, 0.9f, (float)width / 60, 0.35f);
    blur(canvas, (float)width / 6000);
    Grade grade = {.exposure = 0.25f,
                   .contrast = 1.2f,
                   .saturation = 1.0f,
                   .warmth = {1.02f, 1, 0.95f},
                   .vignette = 0.7f,
                   .grain = 1.5f,
                   .seed = 71};
    develop(canvas, &grade);
    return canvas;
}

/* What stands behind the mountaineer, far out of focus. */
static void
draw_background(Canvas *canvas)
{
    Sky sky = {.sun = unit((Vec){-0.70f, -0.25f, 0.45f}),
               .zenith = {0.08f, 0.18f, 0.42f},
               .horizon = {0.55f, 0.70f, 0.90f},
               .glow = {0.6f, 0.6f, 0.6f},
               .seed = 5};
    Relief relief = {.base = 20,
                     .relief = 55,
                     .cliff = 0.8f,
                     .valley = 12,
                     .peak_x = 480,
                     .peak_y = 260,
                     .peak_height = 80,
                     .peak_width = 110,
                     .foreground = 18,
                     .seed = 19};
    Weather weather = {.sun = {1.5f, 1.4f, 1.25f},
                       .sky_light = {0.22f, 0.30f, 0.42f},
                       .bounce = {0.16f, 0.16f, 0.18f},
                       .haze = {0.52f, 0.66f, 0.86f},
                       .haze_distance = 600,
                       .snow = 0.8f,
                       .tree_line = 44,
                       .tree_near = 25,
                       .tree_snow = 0.3f,
                       .grass = {0.10f, 0.12f, 0.04f},
                       .rock = {0.30f, 0.28f, 0.27f},
                       .tree = {0.026f, 0.044f, 0.030f},
                       .water = -10000.0f};
    g_autoptr(Terrain) terrain = terrain_new(&relief, sky.sun);
    Camera camera = {.eye = {520, 30, 0}, .yaw = -0.08f, .horizon = 0.55f, .field = 0.62f};
    camera.eye.z = terrain_height(terrain, 520, 30) + 12;
    draw_landscape(canvas, terrain, &camera, &sky, &weather);
    blur(canvas, (float)canvas->width / 70);
}

Canvas *
paint_portrait(int width)
{
    Canvas *canvas = canvas_new(width, width * 4 / 3);
    draw_background(canvas);
    draw_mountaineer(canvas);
    bloom(canvas, 0.9f, (float)width / 90, 0.15f);
    blur(canvas, (float)width / 4000);
    Grade grade = {.exposure = -0.1f,
                   .contrast = 1.15f,
                   .saturation = 1.05f,
                   .warmth = {1.02f, 1, 0.98f},
                   .vignette = 0.5f,
                   .grain = 1.5f,
                   .seed = 81};
    develop(canvas, &grade);
    return canvas;
}

Canvas *
paint_edelweiss(int width)
{
    Canvas *canvas = canvas_new(width, width);
    draw_edelweiss(canvas, 501);
    Grade grade = {.exposure = 0.1f, .contrast = 1.1f, .saturation = 1.1f, .warmth = {1, 1, 1}, .seed = 91};
    develop(canvas, &grade);
    return canvas;
}
