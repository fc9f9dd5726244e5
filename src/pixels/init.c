/* init.c: starts libvips as a tool for untrusted files, and tells what everything here stands on. */
#include "pixels/pixels_private.h"

#include <stdio.h>

#include <cairo.h>
#include <jpeglib.h>
#include <lcms2.h>
#include <libheif/heif.h>
#include <librsvg/rsvg.h>
#include <pango/pango.h>
#include <png.h>
#include <vips/vips.h>
#include <webp/encode.h>

#include <vips/vector.h> /* after vips.h, which it needs */

gboolean
fg_pixels_init(GError **error)
{
    if (VIPS_INIT("filigrane") != 0) {
        g_autofree char *text = vips_error_buffer_copy();
        return fg_throw(error, FG_ERROR_INTERNAL, "libvips does not start: %s", text);
    }
    /* Only the loaders that we call by name are left. */
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    vips_operation_block_set("VipsForeignLoadPng", FALSE);
    vips_operation_block_set("VipsForeignLoadTiff", FALSE);
    vips_operation_block_set("VipsForeignLoadWebp", FALSE);
    vips_cache_set_max(0);
    vips_concurrency_set(1);
    vips_vector_set_enabled(FALSE);
    return TRUE;
}

#define TEXT_OF(number) #number
#define VERSION_OF(number) TEXT_OF(number)
static GStrv
list_versions(void)
{
    int webp = WebPGetEncoderVersion(), lcms = cmsGetEncodedCMMversion();
    g_autoptr(GStrvBuilder) list = g_strv_builder_new();
    g_autofree char *webp_text = g_strdup_printf("%d.%d.%d", webp >> 16, webp >> 8 & 0xFF, webp & 0xFF);
    g_autofree char *rsvg =
        g_strdup_printf("%d.%d.%d", LIBRSVG_MAJOR_VERSION, LIBRSVG_MINOR_VERSION, LIBRSVG_MICRO_VERSION);
    g_autofree char *lcms_text = g_strdup_printf("%d.%d", lcms / 1000, lcms / 10 % 100);
    g_strv_builder_add_many(list, "libvips", vips_version_string(), "libjpeg-turbo",
                            VERSION_OF(LIBJPEG_TURBO_VERSION), "libpng", png_get_libpng_ver(NULL), "libwebp",
                            webp_text, "libheif", heif_get_version(), "lcms2", lcms_text, "pango",
                            pango_version_string(), "cairo", cairo_version_string(), "librsvg", rsvg, NULL);
    return g_strv_builder_end(list);
}

const char *const *
fg_pixels_versions(void)
{
    static gsize versions; /* set once, lives as long as the process */
    if (g_once_init_enter(&versions))
        g_once_init_leave(&versions, GPOINTER_TO_SIZE(list_versions()));
    return GSIZE_TO_POINTER(versions);
}
