/* terrain.c: mountains as a field of heights on a grid, and how much sun reaches each place. */
#include "draw.h"

#include "terrain.h"

/* Limestone comes in walls: between two heights the ground rises far faster than around them. */
static float
with_cliffs(float height, float low, float high, float share)
{
    float walled = height < low    ? height * 0.82f
                   : height > high ? low * 0.82f + (high - low) * 2.1f + (height - high) * 0.7f
                                   : low * 0.82f + (high - low) * 2.1f * smooth(low, high, height);
    return blend(height, walled, share);
}

static float
shape(const Relief *relief, float x, float y)
{
    float u = x / 300, v = y / 300;
    float bend_x = fbm(u * 1.3f, v * 1.3f, 4, relief->seed + 1) * 0.35f;
    float bend_y = fbm(u * 1.3f + 7, v * 1.3f, 4, relief->seed + 2) * 0.35f;
    float crest = ridges(u + bend_x, v + bend_y, 7, relief->seed + 3);
    float hills = fbm(u * 0.7f, v * 0.7f, 5, relief->seed + 4);
    float height = relief->base + relief->relief * (crest * 0.9f + hills * 0.45f);

    float dx = (x - relief->peak_x) / relief->peak_width, dy = (y - relief->peak_y) / relief->peak_width;
    float distance = sqrtf(dx * dx + dy * dy);
    float arm = 0.75f + 0.5f * ridges(u * 1.1f + 3, v * 1.1f, 5, relief->seed + 5);
    height += relief->peak_height * expf(-distance * 1.7f) * arm;

    float middle = (float)GRID / 2;
    float aside = (x - middle + fbm(0, v * 2, 3, relief->seed + 6) * 60) / 110;
    height -= relief->valley * expf(-aside * aside);
    height =
        with_cliffs(height, relief->base + relief->relief * 0.55f, relief->base + relief->relief * 0.72f,
                    relief->cliff * smooth(-0.25f, 0.35f, fbm(u * 0.9f, v * 0.9f + 5, 3, relief->seed + 7)));
    float near = smooth(120, 0, y) * relief->foreground;
    return height + near + fbm(x / 9, y / 9, 3, relief->seed + 8) * 0.7f;
}

/* Walks from every place towards the sun; ground that stands in the way shades it, softly near its edge. */
static float
sun_at(const Terrain *terrain, Vec sun, int x, int y)
{
    float level = sqrtf(sun.x * sun.x + sun.y * sun.y), rise = sun.z / level;
    float start = terrain->heights[y * GRID + x] + 0.1f, open = 1;
    for (float way = 1.5f; way < 260 && open > 0; way *= 1.09f) {
        float px = (float)x + sun.x / level * way, py = (float)y + sun.y / level * way;
        if (px < 0 || py < 0 || px >= GRID - 1 || py >= GRID - 1)
            break;
        float clearance = start + rise * way - terrain->heights[(int)py * GRID + (int)px];
        open = MIN(open, saturate(0.5f + clearance / way * 14));
    }
    return open;
}

Terrain *
terrain_new(const Relief *relief, Vec sun)
{
    Terrain *terrain = g_new0(Terrain, 1);
    terrain->heights = g_new(float, GRID *GRID);
    terrain->sun = g_new(float, GRID *GRID);
    for (int y = 0; y < GRID; y++)
        for (int x = 0; x < GRID; x++)
            terrain->heights[y * GRID + x] = shape(relief, (float)x, (float)y);
    for (int y = 0; y < GRID; y++)
        for (int x = 0; x < GRID; x++)
            terrain->sun[y * GRID + x] = sun_at(terrain, sun, x, y);
    return terrain;
}

void
terrain_free(Terrain *terrain)
{
    if (!terrain)
        return;
    g_free(terrain->heights);
    g_free(terrain->sun);
    g_free(terrain);
}

float
grid_value(const float *grid, float x, float y)
{
    x = CLAMP(x, 0.0f, GRID - 1.01f);
    y = CLAMP(y, 0.0f, GRID - 1.01f);
    int ix = (int)x, iy = (int)y;
    const float *cell = grid + iy * GRID + ix;
    float u = x - (float)ix, v = y - (float)iy;
    return blend(blend(cell[0], cell[1], u), blend(cell[GRID], cell[GRID + 1], u), v);
}

float
terrain_height(const Terrain *terrain, float x, float y)
{
    return grid_value(terrain->heights, x, y);
}
