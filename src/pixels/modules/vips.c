#include "pixels/modules/modules.h"

extern FG_MODULE_EXPORT const FgVipsModule fg_module;
const FgVipsModule fg_module = {
    {FG_VERSION, fg_vips_start}, fg_vips_version, fg_vips_press_profile, &fg_vips_decoder};
