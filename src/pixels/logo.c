#include "pixels/logo_private.h"
#include "pixels/pixels_private.h"

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

#define MOST_SIDE 4096 /* of what is drawn */
#define MOST_ASPECT 64.0

/* The logo's own shape: its size, or that of its view box. */
static gboolean
shape_of(RsvgHandle *handle, double *width, double *height)
{
    if (rsvg_handle_get_intrinsic_size_in_pixels(handle, width, height) && *width > 0 && *height > 0)
        return TRUE;
    gboolean boxed;
    RsvgRectangle box;
    rsvg_handle_get_intrinsic_dimensions(handle, NULL, NULL, NULL, NULL, &boxed, &box);
    *width = box.width;
    *height = box.height;
    return boxed && *width > 0 && *height > 0;
}

/* From cairo's premultiplied words to straight bytes. */
static void
unpack(cairo_surface_t *surface, FgRaster *raster)
{
    cairo_surface_flush(surface);
    const guint8 *row = cairo_image_surface_get_data(surface);
    gsize stride = (gsize)cairo_image_surface_get_stride(surface);
    for (int y = 0; y < raster->height; y++, row += stride)
        for (int x = 0; x < raster->width; x++) {
            guint32 word;
            memcpy(&word, row + (gsize)x * 4, sizeof word);
            guint alpha = word >> 24;
            guint8 *to = raster->data + (gsize)y * raster->stride + (gsize)x * 4;
            for (int k = 0; k < 3; k++) {
                guint value = word >> (16 - 8 * k) & 255;
                to[k] = (guint8)(alpha ? MIN((value * 255 + alpha / 2) / alpha, 255u) : 0);
            }
            to[3] = (guint8)alpha;
        }
}

static FgRaster *
render(RsvgHandle *handle, int width, int height, GError **error)
{
    g_autoptr(FgRaster) raster = NULL;
    g_autoptr(GError) detail = NULL;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *cairo = cairo_create(surface);
    RsvgRectangle viewport = {0, 0, width, height};
    if (rsvg_handle_render_document(handle, cairo, &viewport, &detail) &&
        cairo_status(cairo) == CAIRO_STATUS_SUCCESS) {
        raster = fg_raster_new(width, height, 4);
        unpack(surface, raster);
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    if (!raster)
        return fg_throw_null(error, FG_ERROR_LOGO, "the SVG can't be drawn: %s",
                             detail ? detail->message : "cairo failed");
    return g_steal_pointer(&raster);
}

static FgRaster *
draw_handle(RsvgHandle *handle, int side, GError **error)
{
    rsvg_handle_set_dpi(handle, 96);
    double width, height;
    if (!shape_of(handle, &width, &height))
        return fg_throw_null(error, FG_ERROR_LOGO, "the SVG says neither its size nor a view box");
    if (!(width / height <= MOST_ASPECT && height / width <= MOST_ASPECT))
        return fg_throw_null(error, FG_ERROR_LOGO, "the SVG is more than 64 times as long as wide");
    double factor = side / MAX(width, height);
    return render(handle, MAX(1, (int)(width * factor + 0.5)), MAX(1, (int)(height * factor + 0.5)), error);
}

/* No base address is set, so that librsvg itself would refuse every file as well. */
static FgRaster *
draw_svg(GBytes *file, int side, GError **error)
{
    if (!fg_svg_check(file, error) || !fg_svg_check_fonts(file, error))
        return NULL;
    gsize length;
    const guint8 *data = g_bytes_get_data(file, &length);
    g_autoptr(GError) detail = NULL;
    RsvgHandle *handle = rsvg_handle_new_from_data(data, length, &detail);
    if (!handle)
        return fg_throw_null(error, FG_ERROR_LOGO, "the SVG can't be read: %s", detail->message);
    FgRaster *raster = draw_handle(handle, side, error);
    g_object_unref(handle);
    return raster;
}

static gboolean
has_ink(const FgRaster *raster)
{
    for (int y = 0; y < raster->height; y++)
        for (int x = 0; x < raster->width; x++)
            if (raster->data[(gsize)y * raster->stride + (gsize)x * 4 + 3] >= 128)
                return TRUE;
    return FALSE;
}

/* An SVG may begin with a byte order mark, space, comments: whatever begins with '<' is tried as one. */
static gboolean
looks_like_svg(const guint8 *data, gsize length)
{
    gsize at = length >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < length && g_ascii_isspace((char)data[at]))
        at++;
    return at < length && data[at] == '<';
}

FgRaster *
fg_logo_draw(GBytes *file, int side, GError **error)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(file, &length);
    int longest = CLAMP(side, 1, MOST_SIDE);
    g_autoptr(FgRaster) raster = NULL;
    if (length >= 8 && memcmp(data, "\x89PNG\r\n\x1a\n", 8) == 0)
        raster = fg_logo_png(file, longest, error);
    else if (looks_like_svg(data, length))
        raster = draw_svg(file, longest, error);
    else
        return fg_throw_null(error, FG_ERROR_LOGO,
                             "the logo is neither PNG nor SVG (a compressed SVG must be unpacked)");
    if (raster && !has_ink(raster))
        return fg_throw_null(error, FG_ERROR_LOGO, "the logo is empty, or all of it is nearly transparent");
    return g_steal_pointer(&raster);
}

const char *
fg_rsvg_version(void)
{
    return LIBRSVG_VERSION;
}
