/* planes.c: a picture in luma and two colour differences: made, scaled and turned. */
#include "pixels/pixels_private.h"

static gboolean
is_halved(const FgPlanes *planes, int number)
{
    return number > 0 && planes->halved;
}

int
fg_plane_samples(int pixels, gboolean halved)
{
    return halved ? (pixels + 1) / 2 : pixels;
}

/* Two pixels a sample, half of a pair being missing when their number is odd. */
double
fg_plane_reach(int pixels, gboolean halved)
{
    return halved ? 2.0 * fg_plane_samples(pixels, TRUE) / pixels : 1;
}

FgPlanes *
fg_planes_new(int width, int height, gboolean halved)
{
    FgPlanes *planes = g_new(FgPlanes, 1);
    *planes = (FgPlanes){.width = width, .height = height, .halved = halved};
    for (int i = 0; i < 3; i++)
        planes->plane[i] = fg_raster_bare(fg_plane_samples(width, is_halved(planes, i)),
                                          fg_plane_samples(height, is_halved(planes, i)), 1);
    return planes;
}

void
fg_planes_free(FgPlanes *planes)
{
    if (!planes)
        return;
    for (int i = 0; i < 3; i++)
        fg_raster_free(planes->plane[i]);
    g_free(planes);
}

FgPlanes *
fg_planes_scale(const FgPlanes *planes, int width, int height, gboolean halved)
{
    FgPlanes *scaled = g_new(FgPlanes, 1);
    *scaled = (FgPlanes){.width = width, .height = height, .halved = halved};
    for (int i = 0; i < 3; i++) {
        const gboolean few = is_halved(scaled, i);
        const int density = is_halved(planes, i) ? 2 : 1;
        scaled->plane[i] =
            fg_scale_plane(planes->plane[i], fg_plane_reach(width, few) * planes->width / density,
                           fg_plane_reach(height, few) * planes->height / density,
                           fg_plane_samples(width, few), fg_plane_samples(height, few));
    }
    return scaled;
}

/* Only whole pairs of pixels stay pairs when a picture is mirrored. */
gboolean
fg_planes_may_turn(int width, int height, int orientation)
{
    return orientation == 1 || (width % 2 == 0 && height % 2 == 0);
}

FgPlanes *
fg_planes_turn(FgPlanes *taken, int orientation)
{
    g_assert(!taken->halved || fg_planes_may_turn(taken->width, taken->height, orientation));
    for (int i = 0; i < 3; i++)
        taken->plane[i] = fg_raster_turn(taken->plane[i], orientation);
    taken->width = taken->plane[0]->width;
    taken->height = taken->plane[0]->height;
    return taken;
}
