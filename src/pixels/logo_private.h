/* logo_private.h: logos of pixels, and the guard at the door of the SVG renderer. */
#ifndef FG_LOGO_PRIVATE_H
#define FG_LOGO_PRIVATE_H

#include "pixels/pixels.h"

/* Reads an SVG as text, without believing it, and refuses what a logo has no need of: another encoding than
 * UTF-8, a document type or entities, scripts and event handlers, style sheets from elsewhere, references
 * that leave the file, and references that would draw more than FG_SVG_MAX_WORK elements in all.
 * FG_ERROR_LOGO. */
gboolean fg_svg_check(GBytes *file, GError **error);

/* Whether one of the fonts is installed that each text names; generic ones always are. The SVG must have been
 * checked. FG_ERROR_LOGO naming the font. */
gboolean fg_svg_check_fonts(GBytes *file, GError **error);

/* A PNG in sRGB, RGBA, at most `side` pixels long. FG_ERROR_LOGO. */
FgRaster *fg_logo_png(GBytes *file, int side, GError **error);

#define FG_SVG_MAX_BYTES (4 * 1024 * 1024)
#define FG_SVG_MAX_ELEMENTS 20000
#define FG_SVG_MAX_DEPTH 128
#define FG_SVG_MAX_WORK 100000

#endif
