/* size.c: how large a derivative is. Nothing is ever enlarged. */
#include "plan/plan_private.h"

/* length * part / whole, half up, at least 1. */
static int
scale(guint64 length, guint64 part, guint64 whole)
{
    return (int)MAX(1, (2 * length * part + whole) / (2 * whole));
}

/* The box itself, or the largest one of its shape that the photo holds. */
static FgSize
crop_size(const FgRecipe *recipe, guint32 width, guint32 height)
{
    guint64 box_width = (guint64)recipe->width, box_height = (guint64)recipe->height;
    FgSize size = {recipe->width, recipe->height, recipe->crop};
    if (box_width <= width && box_height <= height)
        return size;
    if (width * box_height <= height * box_width) {
        size.width = (int)width;
        size.height = scale(width, box_height, box_width);
    } else {
        size.width = scale(height, box_width, box_height);
        size.height = (int)height;
    }
    return size;
}

/* The side that decides, asked for and as it is: their ratio is the scale. */
static void
deciding_side(const FgRecipe *recipe, guint32 width, guint32 height, guint64 *asked, guint64 *real)
{
    gboolean by_width = recipe->height == 0;
    if (recipe->long_edge > 0) {
        by_width = width >= height;
        *asked = (guint64)recipe->long_edge;
    } else {
        if (recipe->width > 0 && recipe->height > 0)
            by_width = (guint64)recipe->width * height <= (guint64)recipe->height * width;
        *asked = (guint64)(by_width ? recipe->width : recipe->height);
    }
    *real = by_width ? width : height;
}

gboolean
fg_plan_size(const FgRecipe *recipe, guint32 width, guint32 height, FgSize *size)
{
    g_assert(width > 0 && height > 0);
    if (recipe->crop != FG_CROP_NONE) {
        *size = crop_size(recipe, width, height);
        return TRUE;
    }
    guint64 asked, real;
    deciding_side(recipe, width, height, &asked, &real);
    if (asked > real)
        return FALSE;
    *size = (FgSize){scale(width, asked, real), scale(height, asked, real), FG_CROP_NONE};
    return TRUE;
}

/* The smallest of the recipes that are larger than the photo, NULL when there is none. */
static const FgRecipe *
smallest_left_out(const FgProfile *profile, guint32 width, guint32 height)
{
    const FgRecipe *smallest = NULL;
    double least = 0;
    for (guint i = 0; i < profile->recipes->len; i++) {
        const FgRecipe *recipe = profile->recipes->pdata[i];
        FgSize size;
        guint64 asked, real;
        if (fg_plan_size(recipe, width, height, &size))
            continue;
        deciding_side(recipe, width, height, &asked, &real);
        double factor = (double)asked / (double)real;
        if (!smallest || factor < least) {
            smallest = recipe;
            least = factor;
        }
    }
    return smallest;
}

GArray *
fg_plan_sizes(const FgProfile *profile, guint32 width, guint32 height)
{
    GArray *sizes = g_array_new(FALSE, FALSE, sizeof(FgSizedRecipe));
    const FgRecipe *whole = smallest_left_out(profile, width, height);
    for (guint i = 0; whole && i < profile->recipes->len; i++) {
        FgSize size;
        if (fg_plan_size(profile->recipes->pdata[i], width, height, &size) && size.width == (int)width)
            whole = NULL; /* that width is there already */
    }
    for (guint i = 0; i < profile->recipes->len; i++) {
        FgSizedRecipe sized = {.recipe = profile->recipes->pdata[i]};
        if (sized.recipe == whole)
            sized.size = (FgSize){(int)width, (int)height, FG_CROP_NONE};
        else if (!fg_plan_size(sized.recipe, width, height, &sized.size))
            continue;
        g_array_append_val(sizes, sized);
    }
    return sizes;
}
