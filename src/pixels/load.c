/* load.c: where the modules are linked in, as they are with a room's own tests, there is little to do. The
 * library has modules/doors.c in the place of this file and of all that is in modules. */
#include "pixels/pixels_private.h"

gboolean
fg_modules_load(FgModules modules, GError **error)
{
    return (!(modules & FG_MODULE_VIPS) || fg_vips_start(error)) &&
           (!(modules & FG_MODULE_HEIF) || fg_heif_start(error));
}

char *
fg_modules_identity(void)
{
    return g_strjoinv("\n", (char **)(guintptr)fg_pixels_versions());
}
