#include "pixels/modules/modules.h"

extern FG_MODULE_EXPORT const FgLogosModule fg_module;
const FgLogosModule fg_module = {{FG_VERSION, NULL}, fg_rsvg_version, fg_logo_draw};
