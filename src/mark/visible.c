#include "mark/mark_private.h"

#include <math.h>

#define SINGLE_TINT 0.5
#define TILE_TINT 0.6
#define GRAIN 0.17
#define LOGO_GRAIN 0.05 /* broad areas show it more than strokes do */
#define CALMER 0.75     /* of the unrest of the right corner, that the left one must have to be taken */

/* What stays the same for all marks of a picture. */
typedef struct {
    FgRaster *raster;
    const guint8 *secret;
    FgLight *light;
    FgRect *taken; /* by the marks drawn so far */
    gsize n_taken;
} Picture;

/* One mark on it. */
typedef struct {
    Picture *picture;
    const FgMarkSpec *spec;
    FgDrawing drawing;
    FgToning toning;
    FgGround *ground;
    FgMeasured total;
} Job;

static void
add(FgMeasured *total, const FgMeasured *part)
{
    total->sum += part->sum;
    total->count += part->count;
    total->light += part->light;
    total->worst_glyph = MIN(total->worst_glyph, part->worst_glyph);
}

/* Draws what a frame holds; a rectangle of which nothing is in the picture counts for nothing. */
static void
draw_frame(const FgFrame *frame, guint64 n, gpointer data)
{
    Job *job = data;
    FgRaster *raster = job->picture->raster;
    job->drawing.n = n;
    g_autoptr(FgMask) mask = fg_cover(&job->drawing, frame, raster->width, raster->height);
    if (!mask)
        return;
    FgMeasured part =
        fg_tone(raster, mask, job->ground, job->picture->light, &job->drawing, frame, &job->toning);
    add(&job->total, &part);
}

/* Where a mark that stands once stands: `auto` is the right corner unless the left one is clearly calmer. */
static FgBox
stand(const Job *job, double box_width, double box_height)
{
    const FgRaster *raster = job->picture->raster;
    const FgMarkSpec *spec = job->spec;
    double margin = spec->margin * MIN(raster->width, raster->height);
    FgBox box = fg_place_box(spec->place, margin, box_width, box_height, raster->width, raster->height);
    if (!fg_place_traits(spec->place)->calmer)
        return box;
    FgBox other =
        fg_place_box(FG_PLACE_BOTTOM_LEFT, margin, box_width, box_height, raster->width, raster->height);
    double unrest[2];
    for (int i = 0; i < 2; i++) {
        FgRect rect = fg_box_rect(i ? other : box, 0, raster->width, raster->height);
        g_autoptr(FgGround) ground = fg_ground_new(raster, job->picture->light, rect);
        unrest[i] = fg_ground_unrest(ground, rect, spec->visibility);
    }
    return unrest[1] < CALMER * unrest[0] - 0.5 ? other : box;
}

static gboolean
draw_once(Job *job, double scale, FgMarkReport *report)
{
    Picture *picture = job->picture;
    int width = picture->raster->width, height = picture->raster->height;
    FgBox box = stand(job, job->drawing.shape.width * scale, job->drawing.shape.height * scale);
    FgRect rect = fg_box_rect(box, 0, width, height);
    for (gsize i = 0; i < picture->n_taken && MAX(width, height) < FG_SMALL_LONG_EDGE; i++)
        if (fg_rects_meet(rect, picture->taken[i]))
            return FALSE;
    FgFrame frame = fg_frame_new(box.x, box.y, scale, 0);
    g_autoptr(FgGround) ground = fg_ground_new(picture->raster, picture->light, rect);
    job->ground = ground;
    draw_frame(&frame, 0, job);
    job->ground = NULL;
    picture->taken[picture->n_taken++] = rect;
    report->x = rect.x;
    report->y = rect.y;
    report->width = rect.width;
    report->height = rect.height;
    return TRUE;
}

static gboolean
draw_tiles(Job *job, double scale, FgMarkReport *report)
{
    Picture *picture = job->picture;
    int width = picture->raster->width, height = picture->raster->height;
    FgRect all = {0, 0, width, height};
    g_autoptr(FgGround) ground = fg_ground_new(picture->raster, picture->light, all);
    job->ground = ground;
    fg_tiles(job->spec, &job->drawing.shape, scale, picture->secret, width, height, picture->taken,
             picture->n_taken, draw_frame, job);
    job->ground = NULL;
    report->width = width;
    report->height = height;
    return TRUE;
}

/* docs/spec/contract.md §8.3 promises: within 0.67..1.5 of what was asked. */
static gboolean
judge(const Job *job, FgMarkReport *report, GError **error)
{
    const FgMeasured *total = &job->total;
    double asked = job->spec->visibility;
    report->visibility = total->sum / total->count;
    report->worst_glyph = total->worst_glyph < G_MAXDOUBLE ? total->worst_glyph : report->visibility;
    report->tone = total->light * 2 >= total->count ? FG_TONE_LIGHT : FG_TONE_DARK;
    if (report->visibility < 0.67 * asked || report->visibility > 1.5 * asked) {
        char got[G_ASCII_DTOSTR_BUF_SIZE], wanted[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(got, sizeof got, "%.1f", report->visibility);
        g_ascii_formatd(wanted, sizeof wanted, "%.4g", asked);
        return fg_throw(error, FG_ERROR_MARK, "the mark “%s” would have a visibility of %s where %s is asked",
                        job->spec->name, got, wanted);
    }
    return TRUE;
}

static gboolean
draw_mark(Picture *picture, const FgMark *mark, FgMarkReport *report, GError **error)
{
    const FgMarkSpec *spec = mark->spec;
    gboolean tiled = fg_place_traits(spec->place)->tiles;
    FgShape shape = mark->lettering ? fg_text_shape(mark->lettering) : fg_logo_shape(mark->logo);
    double scale = fg_place_scale(spec, &shape, picture->raster->width, picture->raster->height);
    if (scale <= 0)
        return TRUE; /* too small to read: the report says so */
    g_autoptr(FgLogo) logo = mark->lettering ? NULL : fg_logo_new(mark->logo, picture->light, scale);
    Job job = {
        .picture = picture,
        .spec = spec,
        .drawing = {.lettering = mark->lettering,
                    .logo = logo,
                    .shape = shape,
                    .name = spec->name,
                    .secret = picture->secret,
                    .variation = !spec->vary ? &fg_variation_none
                                 : tiled     ? &fg_variation_tile
                                             : &fg_variation_single},
        .toning = {.visibility = spec->visibility,
                   .tone = spec->tone,
                   .tint = tiled ? TILE_TINT : SINGLE_TINT,
                   .grain = !spec->vary ? 0
                            : logo      ? LOGO_GRAIN
                                        : GRAIN},
        .total = {.worst_glyph = G_MAXDOUBLE},
    };
    report->drawn = tiled ? draw_tiles(&job, scale, report) : draw_once(&job, scale, report);
    if (job.total.count == 0)
        *report = (FgMarkReport){0};
    return !report->drawn || judge(&job, report, error);
}

gboolean
fg_mark_draw(FgRaster *raster, const FgMark *marks, gsize n, const guint8 secret[FG_PHOTO_SECRET_SIZE],
             FgMarkReport *reports, GError **error)
{
    g_assert(raster->bands == 3 || raster->bands == 4);
    g_autofree FgLight *light = fg_light_new();
    g_autofree FgRect *taken = g_new(FgRect, n + 1);
    Picture picture = {.raster = raster, .secret = secret, .light = light, .taken = taken};
    for (int tiles = 0; tiles <= 1; tiles++)
        for (gsize i = 0; i < n; i++) {
            if (fg_place_traits(marks[i].spec->place)->tiles != tiles)
                continue;
            reports[i] = (FgMarkReport){0};
            if (!draw_mark(&picture, &marks[i], &reports[i], error))
                return FALSE;
        }
    return TRUE;
}
