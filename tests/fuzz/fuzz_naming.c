/* fuzz_naming.c: any recipe for any photo: nothing is enlarged, and no name leads out of its folder.
 * room: plan */
#include "plan/plan_private.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean
read_size(FgCursor *at, FgRecipe *recipe, guint16 *width, guint16 *height)
{
    guint16 edge, box_width, box_height;
    guint8 crop;
    if (!fg_cursor_u16(at, width) || !fg_cursor_u16(at, height) || !fg_cursor_u16(at, &edge) ||
        !fg_cursor_u16(at, &box_width) || !fg_cursor_u16(at, &box_height) || !fg_cursor_u8(at, &crop) ||
        !*width || !*height || !(edge || box_width || box_height))
        return FALSE;
    recipe->long_edge = edge;
    recipe->width = edge ? 0 : box_width;
    recipe->height = edge ? 0 : box_height;
    recipe->crop = recipe->width && recipe->height ? crop % 3 : FG_CROP_NONE;
    return TRUE;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FgCursor at = fg_cursor(data, size, FG_BIG_ENDIAN);
    FgRecipe recipe = {.name = (char *)"web"};
    guint16 width, height;
    if (!read_size(&at, &recipe, &width, &height))
        return 0;
    FgSize made = {0};
    if (fg_plan_size(&recipe, width, height, &made))
        g_assert(made.width >= 1 && made.height >= 1 && made.width <= width && made.height <= height);

    /* A name as a folder holds it: no NUL, no slash, neither "." nor "..". */
    g_autofree char *name = g_strndup((const char *)at.data + at.offset, fg_cursor_left(&at));
    g_strdelimit(name, "/", '_');
    if (!*name || g_str_equal(name, ".") || g_str_equal(name, ".."))
        return 0;
    g_autofree char *source = g_strconcat("shoot/", name, NULL);
    g_autofree char *stem = fg_photo_stem(source);
    g_autofree char *file = fg_plan_output_name("{stem}-{width}.{ext}", stem, "web", &made, FG_FORMAT_JPEG);
    g_autofree char *path = fg_plan_output_path(source, file);
    g_assert(g_utf8_validate(path, -1, NULL) && g_str_has_prefix(path, "shoot/"));
    g_assert(!strchr(path + strlen("shoot/"), '/'));
    FgPhoto photo = {.source = source};
    g_autoptr(GBytes) id = fg_plan_id(&photo);
    g_assert(g_bytes_get_size(id) > 0);
    return 0;
}
