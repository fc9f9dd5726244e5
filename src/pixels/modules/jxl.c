#include "pixels/modules/modules.h"

extern FG_MODULE_EXPORT const FgJxlModule fg_module;
const FgJxlModule fg_module = {
    {FG_VERSION, NULL}, fg_jxl_version, &fg_jxl_decoder, fg_encode_jxl, fg_jxl_twin};
