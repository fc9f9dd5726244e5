/* sky.c: the light of the sky in a direction: gradient, the sun's glow, clouds on two layers, the Milky Way.
 */
#include "draw.h"

/* Where a ray meets a layer of cloud at this height over the eye. */
static void
on_layer(Vec direction, float height, float *x, float *y)
{
    float distance = height / MAX(direction.z + 0.04f, 0.02f);
    *x = direction.x * distance;
    *y = direction.y * distance;
}

static Light
with_clouds(const Sky *sky, Vec direction, Light colour)
{
    float x, y, fade = smooth(0.0f, 0.12f, direction.z);
    if (sky->cirrus > 0) {
        on_layer(direction, 3, &x, &y);
        float bend = fbm(x * 0.2f, y * 0.2f, 3, sky->seed + 20);
        float veil = fbm(x * 0.25f + bend * 0.6f, y * 0.8f + bend, 7, sky->seed + 30);
        veil += fbm(x * 0.12f, y * 0.12f, 2, sky->seed + 35) * 0.8f;
        colour = mixed(colour, sky->cloud_light, fade * sky->cirrus * smooth(-0.1f, 1.1f, veil));
    }
    if (sky->cumulus > 0) {
        on_layer(direction, 1.2f, &x, &y);
        float cover = fbm(x * 0.8f, y * 0.8f, 7, sky->seed + 40) + (sky->cumulus - 0.5f) * 0.9f;
        float towards =
            fbm((x + sky->sun.x * 0.25f) * 0.8f, (y + sky->sun.y * 0.25f) * 0.8f, 5, sky->seed + 40) +
            (sky->cumulus - 0.5f) * 0.9f;
        float body = smooth(0.0f, 0.35f, cover);
        float lit = saturate(0.75f - towards * 0.9f);
        colour = mixed(colour, mixed(sky->cloud_shade, sky->cloud_light, lit), body * fade * 0.95f);
    }
    return colour;
}

/* A band of light with dust in it. */
static Light
milky_way(const Sky *sky, Vec direction, Light colour)
{
    Vec along = unit((Vec){0.55f, 0.25f, 0.8f});
    float across = dot(direction, along);
    float u = atan2f(direction.x, direction.y) * 8, v = direction.z * 9;
    float dust = fbm(u * 0.5f + 3, v * 0.5f, 6, sky->seed + 60);
    float band = expf(-across * across * 18) * saturate(0.65f + dust * 0.9f);
    band *= 1 - 0.75f * smooth(0.05f, 0.45f, fbm(u * 0.8f, v * 0.8f + 9, 6, sky->seed + 70)) *
                    expf(-across * across * 60);
    float fade = smooth(0.0f, 0.25f, direction.z);
    colour = added(colour, scaled(light(0.019f, 0.019f, 0.024f), band * fade));
    return colour;
}

Light
sky_colour(const Sky *sky, Vec direction)
{
    float up = saturate(direction.z);
    Light colour = mixed(sky->horizon, sky->zenith, 1 - powf(1 - up, 3.2f));
    float towards = saturate(dot(direction, sky->sun));
    colour = added(colour, scaled(sky->glow, powf(towards, 6) * 0.22f + powf(towards, 48) * 0.5f));
    if (sky->night)
        return milky_way(sky, direction, colour);
    colour = added(colour, scaled(sky->glow, 40 * smooth(0.99988f, 0.99994f, towards)));
    return with_clouds(sky, direction, colour);
}
