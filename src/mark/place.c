#include "mark/mark_private.h"

#include <math.h>
#include <string.h>

#define WIDEST 0.45  /* of the picture's width */
#define HIGHEST 0.45 /* of its height */

static const FgPlaceTraits places[FG_N_PLACES] = {
#define PLACE(id, ...) [FG_PLACE_##id] = {__VA_ARGS__},
#include "mark/places.def"
};

const char fg_place_words[] =
#define PLACE(id, name, ...) "|" name
#include "mark/places.def"
    ;

const FgPlaceTraits *
fg_place_traits(FgPlace place)
{
    g_assert((guint)place < FG_N_PLACES);
    return &places[place];
}

const char *
fg_place_name(FgPlace place)
{
    return fg_place_traits(place)->name;
}

gboolean
fg_place_from_name(const char *name, FgPlace *place)
{
    for (guint i = 0; i < FG_N_PLACES; i++)
        if (strcmp(name, places[i].name) == 0) {
            *place = (FgPlace)i;
            return TRUE;
        }
    return FALSE;
}

/* By their series, after bringing the angle into a quarter turn. */
void
fg_turn(double degrees, double *cosine, double *sine)
{
    double quarters = floor(degrees / 90 + 0.5);
    double x = (degrees - quarters * 90) * (G_PI / 180), x2 = x * x;
    double c = 1, s = x, c_term = 1, s_term = x;
    for (int n = 1; n <= 9; n++) {
        c_term *= -x2 / ((2 * n - 1) * (2 * n));
        s_term *= -x2 / ((2 * n) * (2 * n + 1));
        c += c_term;
        s += s_term;
    }
    switch ((int)(quarters - 4 * floor(quarters / 4))) {
    case 0:
        *cosine = c, *sine = s;
        break;
    case 1:
        *cosine = -s, *sine = c;
        break;
    case 2:
        *cosine = -c, *sine = -s;
        break;
    default:
        *cosine = s, *sine = -c;
        break;
    }
}

FgFrame
fg_frame_new(double left, double top, double scale, double degrees)
{
    FgFrame frame = {.left = left, .top = top};
    fg_turn(degrees, &frame.cos, &frame.sin);
    frame.cos *= scale;
    frame.sin *= scale;
    return frame;
}

double
fg_frame_scale(const FgFrame *frame)
{
    return sqrt(frame->cos * frame->cos + frame->sin * frame->sin);
}

void
fg_frame_out(const FgFrame *frame, double x, double y, double *px, double *py)
{
    *px = frame->left + frame->cos * x - frame->sin * y;
    *py = frame->top + frame->sin * x + frame->cos * y;
}

void
fg_frame_in(const FgFrame *frame, double px, double py, double *x, double *y)
{
    double square = frame->cos * frame->cos + frame->sin * frame->sin;
    double dx = px - frame->left, dy = py - frame->top;
    *x = (frame->cos * dx + frame->sin * dy) / square;
    *y = (frame->cos * dy - frame->sin * dx) / square;
}

FgRect
fg_box_rect(FgBox box, double around, int width, int height)
{
    int left = (int)CLAMP(floor(box.x - around), 0, width);
    int top = (int)CLAMP(floor(box.y - around), 0, height);
    int right = (int)CLAMP(ceil(box.x + box.width + around), left, width);
    int bottom = (int)CLAMP(ceil(box.y + box.height + around), top, height);
    return (FgRect){left, top, right - left, bottom - top};
}

FgRect
fg_frame_rect(const FgFrame *frame, FgBox ems, double around, int width, int height)
{
    double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
    for (int corner = 0; corner < 4; corner++) {
        double x, y;
        fg_frame_out(frame, ems.x + (corner & 1 ? ems.width : 0), ems.y + (corner & 2 ? ems.height : 0), &x,
                     &y);
        left = MIN(left, x);
        right = MAX(right, x);
        top = MIN(top, y);
        bottom = MAX(bottom, y);
    }
    return fg_box_rect((FgBox){left, top, right - left, bottom - top}, around, width, height);
}

gboolean
fg_rects_meet(FgRect a, FgRect b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/* Letters that would come out too small to read grow as far as the picture's width allows. */
double
fg_place_scale(const FgMarkSpec *spec, const FgShape *shape, int width, int height)
{
    double wanted = spec->size * MIN(width, height);
    double scale = wanted / (shape->cap > 0 ? shape->width : FG_LOGO_EMS);
    const FgPlaceTraits *place = fg_place_traits(spec->place);
    double widest = place->widest > 0 ? place->widest : WIDEST;
    double most = MIN(widest * width / shape->width, HIGHEST * height / shape->height);
    if (shape->cap > 0)
        scale = MAX(scale, FG_MARK_LEAST_CAP / shape->cap);
    scale = MIN(scale, most);
    gboolean readable =
        scale * shape->cap >= FG_MARK_LEAST_CAP * 0.999 || MAX(width, height) < FG_SMALL_LONG_EDGE;
    return shape->cap > 0 && !readable ? 0 : scale;
}

FgBox
fg_place_box(FgPlace place, double margin, double box_width, double box_height, int width, int height)
{
    double room_x = MAX(width - box_width - 2 * margin, 0.0),
           room_y = MAX(height - box_height - 2 * margin, 0.0);
    const FgPlaceTraits *traits = fg_place_traits(place);
    FgBox box = {0, 0, box_width, box_height};
    box.x = (width - box_width - room_x) / 2 + traits->across * room_x;
    box.y = (height - box_height - room_y) / 2 + traits->down * room_y;
    if (traits->begins > 0)
        box.y = MIN(traits->begins * height, height - box_height - MIN(margin, (height - box_height) / 2));
    return box;
}

/* Whether a line may end before the second of two signs: at a blank, which then goes, or among ideographs and
 * the like. */
static gboolean
may_break(gunichar before, gunichar after)
{
    return before == ' ' ||
           (g_unichar_iswide(before) && g_unichar_iswide(after) && !g_unichar_ispunct(after));
}

char *
fg_mark_two_lines(const char *text)
{
    if (strchr(text, '\n'))
        return NULL;
    const glong length = g_utf8_strlen(text, -1);
    const char *best = NULL;
    glong at = 1, nearest = G_MAXLONG;
    for (const char *before = text; *before && *g_utf8_next_char(before);
         before = g_utf8_next_char(before), at++) {
        const char *after = g_utf8_next_char(before);
        const glong miss = ABS(2 * at - length);
        if (may_break(g_utf8_get_char(before), g_utf8_get_char(after)) && miss < nearest) {
            best = after;
            nearest = miss;
        }
    }
    if (!best)
        return NULL;
    g_autofree char *upper = g_strndup(text, (gsize)(best - text));
    g_strchomp(upper);
    return *upper ? g_strconcat(upper, "\n", best + strspn(best, " "), NULL) : NULL;
}
