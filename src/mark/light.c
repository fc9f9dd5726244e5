#include "mark/mark_private.h"

#include <string.h>

/* The n-th root of x > 0 by Newton's method from a guess that is not below it: only +, * and /, so the same
 * everywhere. */
static double
root(double x, int n, double guess)
{
    for (int round = 0; round < 80; round++) {
        double power = 1;
        for (int i = 1; i < n; i++)
            power *= guess;
        double next = ((n - 1) * guess + x / power) / n;
        if (next >= guess)
            break;
        guess = next;
    }
    return guess;
}

/* The sRGB curve from 0..1 to linear light: v^2.4 is v^2 times the fifth root of v^2. */
static double
decode(double value)
{
    if (value <= 0.04045)
        return value / 12.92;
    double v = (value + 0.055) / 1.055;
    return v * v * root(v * v, 5, 1);
}

FgLight *
fg_light_new(void)
{
    FgLight *light = g_new(FgLight, 1);
    for (int i = 0; i < 256; i++)
        light->linear[i] = (float)decode(i / 255.0);
    light->threshold[0] = -1;
    for (int i = 1; i < 256; i++)
        light->threshold[i] = (float)decode((i - 0.5) / 255.0);
    light->threshold[256] = 2;
    int level = 0;
    for (int i = 0; i <= 4096; i++) {
        while (light->threshold[level + 1] <= (float)i / 4096)
            level++;
        light->level[i] = (guint8)level;
    }
    double guess = 1;
    for (int i = 1024; i >= 0; i--) {
        double y = i / 1024.0;
        if (y > 216.0 / 24389)
            light->lightness[i] = (float)(116 * (guess = root(y, 3, guess)) - 16);
        else
            light->lightness[i] = (float)(y * 24389 / 27);
    }
    light->lightness[1025] = light->lightness[1024];
    return light;
}

float
fg_lightness(const FgLight *light, float luminance)
{
    float at = CLAMP(luminance, 0.0f, 1.0f) * 1024;
    int n = (int)at;
    return light->lightness[n] + (at - (float)n) * (light->lightness[n + 1] - light->lightness[n]);
}

float
fg_luminance(float lightness)
{
    if (lightness <= 8)
        return lightness * 27 / 24389;
    float f = (lightness + 16) / 116;
    return f * f * f;
}

guint8
fg_light_encode(const FgLight *light, float linear)
{
    float value = CLAMP(linear, 0.0f, 1.0f);
    guint level = light->level[(int)(value * 4096)];
    while (light->threshold[level + 1] <= value)
        level++;
    return (guint8)level;
}

void
fg_pixel_over_white(const guint8 *pixel, int bands, guint8 over[3])
{
    guint alpha = bands == 4 ? pixel[3] : 255;
    if (alpha == 255) {
        memcpy(over, pixel, 3);
        return;
    }
    for (int i = 0; i < 3; i++)
        over[i] = (guint8)((pixel[i] * alpha + 255 * (255 - alpha) + 127) / 255);
}
