/* vips_start.c: starts libvips as a tool for untrusted files, and the press profile that it brings along. */
#include "pixels/pixels_private.h"

#include <vips/vips.h>

#include <vips/vector.h> /* after vips.h, which it needs */

gboolean
fg_vips_start(GError **error)
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

const char *
fg_vips_version(void)
{
    return vips_version_string();
}

GBytes *
fg_vips_press_profile(void)
{
    VipsBlob *blob = NULL;
    if (vips_profile_load("cmyk", &blob, NULL) != 0 || !blob)
        return NULL;
    gsize length;
    const void *data = vips_blob_get(blob, &length);
    GBytes *profile = g_bytes_new(data, length);
    vips_area_unref((VipsArea *)blob);
    return profile;
}
