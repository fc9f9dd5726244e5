/* reach.c: which part of a picture its marks have to do with. */
#include "mark/mark_private.h"

static gboolean
is_empty(FgRect rect)
{
    return rect.width <= 0 || rect.height <= 0;
}

/* The smallest rectangle around both. */
static FgRect
join(FgRect a, FgRect b)
{
    if (is_empty(a) || is_empty(b))
        return is_empty(a) ? b : a;
    int left = MIN(a.x, b.x), right = MAX(a.x + a.width, b.x + b.width);
    int top = MIN(a.y, b.y), bottom = MAX(a.y + a.height, b.y + b.height);
    return (FgRect){left, top, right - left, bottom - top};
}

/* Of a mark at one place: what it covers, and the ground below and around its box. */
static FgRect
reach_at(const FgMarkSpec *spec, FgPlace place, const FgShape *shape, double scale, int width, int height)
{
    const FgVariation *variation = spec->vary ? &fg_variation_single : &fg_variation_none;
    double margin = spec->margin * MIN(width, height);
    FgBox box = fg_place_box(place, margin, shape->width * scale, shape->height * scale, width, height);
    FgFrame frame = fg_frame_new(box.x, box.y, scale, 0);
    return join(fg_cover_reach(shape, variation, &frame, width, height),
                fg_ground_reach(fg_box_rect(box, 0, width, height), width, height));
}

FgRect
fg_mark_reach(const FgMark *marks, gsize n, int width, int height)
{
    FgRect reach = {0};
    for (gsize i = 0; i < n; i++) {
        const FgMarkSpec *spec = marks[i].spec;
        const FgPlaceTraits *place = fg_place_traits(spec->place);
        if (place->tiles)
            return (FgRect){0, 0, width, height};
        FgShape shape = marks[i].lettering ? fg_text_shape(marks[i].lettering) : fg_logo_shape(marks[i].logo);
        double scale = fg_place_scale(spec, &shape, width, height);
        if (scale <= 0)
            continue;
        reach = join(reach, reach_at(spec, spec->place, &shape, scale, width, height));
        if (place->calmer)
            reach = join(reach, reach_at(spec, FG_PLACE_BOTTOM_LEFT, &shape, scale, width, height));
    }
    return reach;
}
