#include "pixels/modules/modules.h"

extern FG_MODULE_EXPORT const FgHeifModule fg_module;
const FgHeifModule fg_module = {
    {FG_VERSION, fg_heif_start}, fg_heif_version, &fg_heif_decoder, fg_encode_avif};
