/* versions.c: what everything here stands on. */
#include "pixels/pixels_private.h"

#include <stdio.h>

#include <jpeglib.h>
#include <lcms2.h>
#include <png.h>
#include <webp/encode.h>

#define TEXT_OF(number) #number
#define VERSION_OF(number) TEXT_OF(number)

GStrv
fg_linked_versions(void)
{
    int webp = WebPGetEncoderVersion(), lcms = cmsGetEncodedCMMversion();
    g_autofree char *webp_text = g_strdup_printf("%d.%d.%d", webp >> 16, webp >> 8 & 0xFF, webp & 0xFF);
    g_autofree char *lcms_text = g_strdup_printf("%d.%d", lcms / 1000, lcms / 10 % 100);
    g_autoptr(GStrvBuilder) list = g_strv_builder_new();
    g_strv_builder_add_many(list, "libjpeg-turbo", VERSION_OF(LIBJPEG_TURBO_VERSION), "libpng",
                            png_get_libpng_ver(NULL), "libwebp", webp_text, "lcms2", lcms_text, NULL);
    return g_strv_builder_end(list);
}

static GStrv
list_all(void)
{
    g_auto(GStrv) linked = fg_linked_versions();
    g_autoptr(GStrvBuilder) list = g_strv_builder_new();
    g_strv_builder_addv(list, (const char **)linked);
    g_strv_builder_add_many(list, "libvips", fg_vips_version(), "libheif", fg_heif_version(), "libjxl",
                            fg_jxl_version(), "pango", fg_pango_version(), "cairo", fg_cairo_version(),
                            "librsvg", fg_rsvg_version(), NULL);
    return g_strv_builder_end(list);
}

const char *const *
fg_pixels_versions(void)
{
    static gsize versions; /* set once, lives as long as the process */
    if (g_once_init_enter(&versions))
        g_once_init_leave(&versions, GPOINTER_TO_SIZE(list_all()));
    return GSIZE_TO_POINTER(versions);
}
