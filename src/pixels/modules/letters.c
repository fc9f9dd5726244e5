#include "pixels/modules/modules.h"

extern FG_MODULE_EXPORT const FgLettersModule fg_module;
const FgLettersModule fg_module = {{FG_VERSION, NULL}, fg_pango_version, fg_cairo_version, fg_lettering_set,
                                   fg_fonts_identity,  fg_fonts_names,   fg_fonts_places};
