/* vips_private.h: what the files share that stand on libvips. */
#ifndef FG_VIPS_PRIVATE_H
#define FG_VIPS_PRIVATE_H

#include "pixels/pixels_private.h"

#include <vips/vips.h>

typedef VipsImage Pipeline;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pipeline, g_object_unref)

/* The last line of libvips' error, which is taken. */
gboolean fg_vips_throw(GError **error, FgErrorCode code);

/* Each of these may put another image in the place of the one that it is given. FG_ERROR_COLOUR. */

/* Only the colours, and the alpha where there is one, of samples that may be more. */
gboolean fg_vips_drop_others(Pipeline **image, const FgTiffPage *page, GError **error);

/* Samples of 16 bits of PQ or HLG, as their chunks say, to ones by sRGB's curve in the same primaries, with
 * what is brighter than white brought down to it; alpha stays (roll_off_vips.c). */
gboolean fg_vips_roll_off(Pipeline **image, const FgPngColour *colour, const FgBrightness *light,
                          GError **error);

/* Leaves the one profile that speaks of these samples, or none; sets head->stated. */
gboolean fg_vips_settle_profile(Pipeline **image, GBytes *file, FgHead *head, GError **error);

/* Brings deep, float or Lab pixels, and more bands than a picture has, to 8-bit sRGB of 3 or 4 bands. */
gboolean fg_vips_convert(Pipeline **image, GError **error);

#endif
