/* draw.h: paints the sample shoot: landscapes of noise and light, a forest, a flower and a portrait.
 *
 * All light is linear; a picture is exposed, graded and rounded to samples at the very end, as a camera does
 * it. Randomness is a hash of place and seed, so that the same program paints the same shoot. */
#ifndef DRAW_H
#define DRAW_H

#include <glib.h>
#include <math.h>

typedef struct {
    float r, g, b;
} Light;

typedef struct {
    float x, y, z; /* east, north, up */
} Vec;

static inline Light
light(float r, float g, float b)
{
    return (Light){r, g, b};
}

static inline Light
scaled(Light a, float s)
{
    return light(a.r * s, a.g * s, a.b * s);
}

static inline Light
added(Light a, Light b)
{
    return light(a.r + b.r, a.g + b.g, a.b + b.b);
}

static inline Light
times(Light a, Light b)
{
    return light(a.r * b.r, a.g * b.g, a.b * b.b);
}

static inline Light
mixed(Light a, Light b, float t)
{
    return light(a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t);
}

static inline float
dot(Vec a, Vec b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline Vec
unit(Vec a)
{
    float length = sqrtf(dot(a, a)) + 1e-9f;
    return (Vec){a.x / length, a.y / length, a.z / length};
}

static inline float
saturate(float x)
{
    return CLAMP(x, 0.0f, 1.0f);
}

/* 0 below `low`, 1 above `high`, smooth between; `low` may be the greater. */
static inline float
smooth(float low, float high, float x)
{
    float t = saturate((x - low) / (high - low));
    return t * t * (3 - 2 * t);
}

static inline float
blend(float a, float b, float t)
{
    return a + (b - a) * t;
}

/* ---- noise.c ---- */

guint32 hash2(int x, int y, guint32 seed);
float chance(int x, int y, guint32 seed);    /* 0..1, one for each cell */
float noise(float x, float y, guint32 seed); /* about -0.7..0.7, wavelength about 1 */
float fbm(float x, float y, int octaves,
          guint32 seed); /* sums of noise, each twice as fine and half as strong */
float ridges(float x, float y, int octaves, guint32 seed); /* 0..1, sharp crests */

/* ---- canvas.c ---- */

typedef struct {
    int width, height;
    Light *pixels;
    float *alpha; /* NULL: opaque everywhere */
    float *depth; /* distance, for haze and blur; G_MAXFLOAT is the sky */
} Canvas;

Canvas *canvas_new(int width, int height);
void canvas_free(Canvas *canvas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Canvas, canvas_free)

static inline Light *
at(Canvas *canvas, int x, int y)
{
    return canvas->pixels + (gsize)y * (gsize)canvas->width + (gsize)x;
}

/* Mixes a colour in; out of bounds is ignored. */
void put(Canvas *canvas, int x, int y, Light colour, float share);

/* A Gaussian blur of this radius in px, of the whole or of the rows from..to. */
void blur(Canvas *canvas, float radius);
void blur_rows(Canvas *canvas, int from, int to, float radius);

/* A soft glow around what is brighter than `threshold`. */
void bloom(Canvas *canvas, float threshold, float radius, float strength);

/* Blur that grows with the distance from the plane of focus, as of a lens: `strength` px for what is far
 * behind. */
void defocus(Canvas *canvas, float focus, float strength);

typedef struct {
    float exposure;   /* stops */
    float contrast;   /* 1: none added */
    float saturation; /* 1: as it is */
    Light warmth;     /* multiplies */
    float vignette;   /* darkening of the corners, in stops */
    float grain;      /* standard deviation in 8-bit steps at middle grey */
    guint32 seed;
} Grade;

/* What the camera makes of the light: encoded for display, 0..1, by sRGB's curve. */
void develop(Canvas *canvas, const Grade *grade);

/* Rounds developed light to samples, dithered: 8 or 16 bits, 3 or 4 bands. The caller frees. */
guint8 *samples8(const Canvas *canvas, int bands);
guint16 *samples16(const Canvas *canvas);

/* ---- sky.c ---- */

typedef struct {
    Vec sun; /* towards it */
    Light zenith, horizon, glow;
    float cirrus, cumulus; /* 0..1, how much of each */
    Light cloud_light, cloud_shade;
    gboolean night;
    guint32 seed;
} Sky;

Light sky_colour(const Sky *sky, Vec direction);

/* ---- terrain.c ---- */

typedef struct Terrain Terrain;

typedef struct {
    float base, relief; /* heights, in cells of the grid (about 10 m) */
    float cliff;        /* 0..1, how much limestone walls break the slopes */
    float valley;       /* a trough along the view, its depth */
    float peak_x, peak_y, peak_height, peak_width;
    float foreground; /* a shoulder in front of the camera, its height above the valley */
    guint32 seed;
} Relief;

Terrain *terrain_new(const Relief *relief, Vec sun);
void terrain_free(Terrain *terrain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Terrain, terrain_free)
float terrain_height(const Terrain *terrain, float x, float y);

typedef struct {
    Vec eye;
    float yaw;     /* radians, 0 looks north */
    float horizon; /* share of the height at which the horizon lies */
    float field;   /* width of the view divided by its distance */
} Camera;

typedef struct {
    Light sun, sky_light, bounce;
    Light haze;
    float haze_distance;
    float snow;      /* 0: none, 1: deep down to the valley */
    float tree_line; /* trees stand below this height */
    float tree_near; /* and no nearer than this */
    float tree_snow; /* share of snow on them */
    Light grass, rock, tree;
    float fog_height, fog_density; /* a sea of clouds below; 0: none */
    Light fog_colour;
    float water; /* level of a lake; far below everything: none */
} Weather;

void draw_landscape(Canvas *canvas, const Terrain *terrain, const Camera *camera, const Sky *sky,
                    const Weather *weather);

/* Where a place of the world stands in the picture; FALSE behind the eye. */
gboolean project(const Canvas *canvas, const Camera *camera, Vec place, float *x, float *y, float *distance);

/* ---- things.c ---- */

/* A spruce whose foot stands at x, y, `height` px tall; it hides what is further than `depth`. */
typedef struct {
    float x, y, height, depth;
    float snow;
    Light lit, shade, white;
    float side; /* -1: light comes from the left, 1: from the right */
    guint32 seed;
} Spruce;

void draw_spruce(Canvas *canvas, const Spruce *spruce);

/* Spruces on the ground within these distances of the eye, `count` tries, lit as the weather has it. */
void plant_spruces(Canvas *canvas, const Terrain *terrain, const Camera *camera, const Sky *sky,
                   const Weather *weather, float near, float far, int count, guint32 seed);

/* A small house with lit windows, `width` px wide, the middle of its floor at x, y. */
void draw_hut(Canvas *canvas, float x, float y, float width);

/* `count` stars on what is sky. */
void draw_stars(Canvas *canvas, int count, guint32 seed);

/* ---- forest.c, portrait.c, flower.c ---- */

void draw_forest(Canvas *canvas, guint32 seed);
void draw_mountaineer(Canvas *canvas);
void draw_edelweiss(Canvas *canvas, guint32 seed);

#endif
