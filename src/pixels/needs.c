/* needs.c: which modules it takes to read a photo. */
#include "pixels/pixels.h"

#define BANDS_OF_CMYK 4

FgModules
fg_modules_to_read(FgFormat format, guint bands)
{
    switch (format) {
    case FG_FORMAT_JPEG:
        return bands >= BANDS_OF_CMYK ? FG_MODULE_VIPS : FG_MODULES_NONE;
    case FG_FORMAT_HEIC:
    case FG_FORMAT_AVIF:
        return FG_MODULE_HEIF;
    case FG_FORMAT_JXL:
        return FG_MODULE_JXL;
    default:
        return FG_MODULE_VIPS;
    }
}
