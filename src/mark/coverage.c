/* Lettering to coverage. Every pixel is taken back into the drawing (through the frame, the warp, and the
 * turn of its letter) and asks the letter's distance field how far inside the stroke it lies: half a pixel
 * inside is full, half a pixel outside nothing. Moving that threshold is what spreading ink does. */
#include "mark/mark_private.h"

#include <math.h>

/* Amounts for letters of one em, where an em of 32 px is what a signature has on a short edge of 1360. Chosen
 * by eye among those that a registering removal attack does not undo: it is the weight of the strokes and
 * their grain that resist, more than the warp. */
const FgVariation fg_variation_single = {.glyph = 0.5, .warp = 0.7 / 32, .ink = 0.25 / 32};
const FgVariation fg_variation_tile = {.glyph = 0.6};
const FgVariation fg_variation_none = {0};

#define TRACKING 0.02  /* ems between clusters */
#define WARP_REACH 0.7 /* ems */
#define INK_REACH 0.5
#define LOGO_WARP_REACH 1.5 /* the straight lines of a logo bear long waves only */
#define LEAST_STROKE 1.2    /* px: thinner ones are spread to it */
#define STRAY 0.1           /* ems that jitter may carry a letter out of the drawing's box */

FgMask *
fg_mask_new(FgRect rect, gboolean coloured)
{
    FgMask *mask = g_new0(FgMask, 1);
    gsize size = (gsize)rect.width * (gsize)rect.height;
    mask->rect = rect;
    mask->cover = g_new0(float, size);
    mask->cluster = g_new0(guint16, size);
    mask->colour = coloured ? g_new0(float, size * 3) : NULL;
    return mask;
}

void
fg_mask_free(FgMask *mask)
{
    if (!mask)
        return;
    g_free(mask->cover);
    g_free(mask->cluster);
    g_free(mask->colour);
    g_free(mask);
}

/* The most clusters of one line, less one: the gaps that tracking widens. */
static guint
most_gaps(const FgLettering *lettering)
{
    guint most = 0, first = 0;
    for (guint i = 0; i < lettering->n_glyphs; i++) {
        const FgGlyph *glyph = &lettering->glyphs[i];
        if (i > 0 && glyph->line != glyph[-1].line)
            first = glyph->cluster;
        most = MAX(most, glyph->cluster - first);
    }
    return most;
}

FgShape
fg_text_shape(const FgLettering *lettering)
{
    double em = (double)lettering->em;
    return (FgShape){.width = (double)lettering->width / em + TRACKING * most_gaps(lettering),
                     .height = (double)lettering->height / em,
                     .cap = (double)lettering->cap_height / em};
}

/* How the letters of one cluster stand: turned and scaled about their centre, which is moved. */
typedef struct {
    double x, y;       /* centre as laid out, ems from the ink box's corner */
    double to_x, to_y; /* as drawn */
    double cos, sin;   /* turn times scale */
} Pose;

static void
place_clusters(const FgDrawing *drawing, Pose *poses)
{
    const FgLettering *lettering = drawing->lettering;
    FgRandom random = fg_random(drawing->secret, drawing->name, "glyph", drawing->n);
    double em = (double)lettering->em, g = drawing->variation->glyph, shift = 0;
    for (guint i = 0, end; i < lettering->n_glyphs; i = end) {
        const FgGlyph *glyph = &lettering->glyphs[i];
        double left = G_MAXDOUBLE, right = -G_MAXDOUBLE, top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
        for (end = i; end < lettering->n_glyphs && lettering->glyphs[end].cluster == glyph->cluster; end++) {
            const FgGlyph *part = &lettering->glyphs[end];
            left = MIN(left, (double)part->x);
            right = MAX(right, (double)part->x + part->width);
            top = MIN(top, (double)part->y);
            bottom = MAX(bottom, (double)part->y + part->height);
        }
        double size = 1 + 0.03 * g * fg_random_uniform(&random), turn = 1.2 * g * fg_random_uniform(&random);
        double dy = 0.015 * g * fg_random_uniform(&random), dx = 0.03 * g * fg_random_uniform(&random);
        double gap = TRACKING * (1 + 0.5 * g * fg_random_uniform(&random));
        if (i == 0 || glyph->line != glyph[-1].line)
            shift = 0;
        else
            shift += gap;
        Pose *pose = &poses[glyph->cluster];
        pose->x = ((left + right) / 2 - (double)lettering->left) / em;
        pose->y = ((top + bottom) / 2 + (double)lettering->ascent) / em;
        pose->to_x = pose->x + shift + dx;
        pose->to_y = pose->y + dy;
        fg_turn(turn, &pose->cos, &pose->sin);
        pose->cos *= size;
        pose->sin *= size;
    }
}

/* Where a glyph's field lies in the drawing, ems. */
static FgBox
glyph_box(const FgLettering *lettering, const FgGlyph *glyph, const Pose *pose)
{
    double em = (double)lettering->em;
    FgFrame turn = {pose->to_x, pose->to_y, pose->cos, pose->sin};
    double x = ((double)glyph->x - (double)lettering->left) / em - pose->x;
    double y = ((double)glyph->y + (double)lettering->ascent) / em - pose->y;
    double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
    for (int corner = 0; corner < 4; corner++) {
        double qx, qy;
        fg_frame_out(&turn, corner & 1 ? x + glyph->width / em : x, corner & 2 ? y + glyph->height / em : y,
                     &qx, &qy);
        left = MIN(left, qx);
        right = MAX(right, qx);
        top = MIN(top, qy);
        bottom = MAX(bottom, qy);
    }
    return (FgBox){left, top, right - left, bottom - top};
}

/* The distance field at a point in its samples, -1..1 of the spread; outside it the stroke is far. */
static float
field_at(const guint8 *field, int width, int height, double x, double y)
{
    if (!(x >= 0 && y >= 0 && x < width - 1 && y < height - 1))
        return -1;
    int i = (int)x, j = (int)y;
    float u = (float)(x - i), v = (float)(y - j);
    const guint8 *at = field + (gsize)j * (gsize)width + i, *below = at + width;
    float upper = (float)at[0] + u * (float)(at[1] - at[0]);
    float lower = (float)below[0] + u * (float)(below[1] - below[0]);
    return (upper + v * (lower - upper) - 128) / 127;
}

/* A picture's pixel to a sample of a glyph's field: both maps in one, since there are many pixels. */
typedef struct {
    double x, y;               /* the sample of the picture's corner */
    double cos, sin;           /* samples a px */
    double bend_cos, bend_sin; /* samples an em of bend */
} Route;

static Route
route_to(const FgLettering *lettering, const FgGlyph *glyph, const Pose *pose, const FgFrame *frame)
{
    double em = (double)lettering->em;
    FgFrame turn = {pose->to_x, pose->to_y, pose->cos, pose->sin};
    double pixel[2][2],
        bend[2]; /* the first pixel's middle and that of the next to its right; one em to the right */
    for (int i = 0; i < 2; i++) {
        double qx, qy;
        fg_frame_in(frame, i + 0.5, 0.5, &qx, &qy);
        fg_frame_in(&turn, qx, qy, &pixel[i][0], &pixel[i][1]);
    }
    fg_frame_in(&turn, pose->to_x + 1, pose->to_y, &bend[0], &bend[1]);
    double left = (double)glyph->x - (double)lettering->left,
           top = (double)glyph->y + (double)lettering->ascent;
    return (Route){.x = (pixel[0][0] + pose->x) * em - left - 0.5,
                   .y = (pixel[0][1] + pose->y) * em - top - 0.5,
                   .cos = (pixel[1][0] - pixel[0][0]) * em,
                   .sin = (pixel[1][1] - pixel[0][1]) * em,
                   .bend_cos = bend[0] * em,
                   .bend_sin = bend[1] * em};
}

static void
cover_glyph(FgMask *mask, const FgLettering *lettering, const FgGlyph *glyph, const Pose *pose,
            const FgFrame *frame, const float *bend, double bolder)
{
    double scale = fg_frame_scale(frame), size = sqrt(pose->cos * pose->cos + pose->sin * pose->sin);
    float spread = (float)((double)(lettering->spread / lettering->em) * size * scale); /* px */
    FgRect all = mask->rect;
    FgRect rect = fg_frame_rect(frame, glyph_box(lettering, glyph, pose), bend ? scale * STRAY / 2 : 1,
                                all.x + all.width, all.y + all.height);
    Route route = route_to(lettering, glyph, pose, frame);
    for (int y = MAX(rect.y, all.y); y < rect.y + rect.height; y++)
        for (int x = MAX(rect.x, all.x); x < rect.x + rect.width; x++) {
            gsize at = (gsize)(y - all.y) * (gsize)all.width + (gsize)(x - all.x);
            double tx = route.x + x * route.cos - y * route.sin, ty = route.y + x * route.sin + y * route.cos;
            double spreading = bolder;
            if (bend) {
                double bx = (double)bend[3 * at], by = (double)bend[3 * at + 1];
                tx += bx * route.bend_cos - by * route.bend_sin;
                ty += bx * route.bend_sin + by * route.bend_cos;
                spreading += (double)bend[3 * at + 2];
            }
            float d = field_at(lettering->distance + glyph->offset, glyph->width, glyph->height, tx, ty);
            float cover = 0.5f + d * spread + (float)(spreading * scale);
            if (d > -1 && cover > mask->cover[at]) {
                mask->cover[at] = MIN(cover, 1.0f);
                mask->cluster[at] = glyph->cluster;
            }
        }
}

void
fg_cover_text(FgMask *mask, const FgDrawing *drawing, const FgFrame *frame, const float *bend)
{
    const FgLettering *lettering = drawing->lettering;
    double scale = fg_frame_scale(frame), stroke = (double)(lettering->stroke / lettering->em) * scale;
    double bolder = MAX(LEAST_STROKE - stroke, 0.0) / 2 / scale;
    g_autofree Pose *poses = g_new0(Pose, lettering->n_clusters);
    place_clusters(drawing, poses);
    for (guint i = 0; i < lettering->n_glyphs; i++)
        cover_glyph(mask, lettering, &lettering->glyphs[i], &poses[lettering->glyphs[i].cluster], frame, bend,
                    bolder);
}

/* The pixels of a mask in a drawing that stands upright. */
static FgGrid
grid_of(const FgMask *mask, const FgFrame *frame)
{
    g_assert(frame->sin == 0);
    FgGrid grid = {.step = 1 / frame->cos, .width = mask->rect.width, .height = mask->rect.height};
    fg_frame_in(frame, mask->rect.x + 0.5, mask->rect.y + 0.5, &grid.left, &grid.top);
    return grid;
}

/* Displacement in x and y and spreading of ink at each pixel of the mask, in ems: three numbers a pixel. */
static float *
bend_of(const FgMask *mask, const FgDrawing *drawing, const FgFrame *frame)
{
    const FgVariation *amount = drawing->variation;
    const FgShape *shape = &drawing->shape;
    const FgGrid grid = grid_of(mask, frame);
    const double reach = drawing->logo ? LOGO_WARP_REACH : WARP_REACH;
    const struct {
        const char *label;
        guint64 number;
        double reach, share; /* noise ends at 2 */
    } fields[3] = {{"warp", 0, reach, amount->warp / 2},
                   {"warp", 1, reach, amount->warp / 2},
                   {"ink", 0, INK_REACH, amount->ink * 0.6}};
    const gsize pixels = (gsize)grid.width * (gsize)grid.height;
    FgRandom weight = fg_random(drawing->secret, drawing->name, "ink", 1);
    const float all_over = (float)fg_random_normal(&weight);
    float *bend = g_new(float, pixels * 3);
    for (int i = 0; i < 3; i++) {
        FgRandom random = fg_random(drawing->secret, drawing->name, fields[i].label, fields[i].number);
        g_autoptr(FgNoise) noise = fg_noise_new(random, shape->width, shape->height, fields[i].reach);
        fg_noise_grid(noise, &grid, bend + i, 3);
        for (gsize at = 0; at < pixels; at++)
            bend[3 * at + (gsize)i] =
                (float)fields[i].share * (bend[3 * at + (gsize)i] + (i == 2 ? all_over : 0));
    }
    return bend;
}

FgRect
fg_cover_reach(const FgShape *shape, const FgVariation *variation, const FgFrame *frame, int width,
               int height)
{
    double around = 1 + (variation->glyph > 0 ? STRAY * fg_frame_scale(frame) : 0);
    return fg_frame_rect(frame, (FgBox){0, 0, shape->width, shape->height}, around, width, height);
}

FgMask *
fg_cover(const FgDrawing *drawing, const FgFrame *frame, int width, int height)
{
    FgRect rect = fg_cover_reach(&drawing->shape, drawing->variation, frame, width, height);
    if (rect.width <= 0 || rect.height <= 0)
        return NULL;
    FgMask *mask = fg_mask_new(rect, drawing->logo && drawing->logo->coloured);
    g_autofree float *bend = drawing->variation->warp > 0 ? bend_of(mask, drawing, frame) : NULL;
    if (drawing->logo)
        fg_cover_logo(mask, drawing, frame, bend);
    else
        fg_cover_text(mask, drawing, frame, bend);
    return mask;
}
