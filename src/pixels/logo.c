#include "pixels/pixels.h"
FgRaster *fg_logo_draw(GBytes *file, int side, GError **error) { (void)file; (void)side; return fg_throw_null(error, FG_ERROR_LOGO, "a logo can't be drawn"); }
