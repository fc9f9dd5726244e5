/* scale.c: separable Lanczos-3 in fixed point, fed with rows from top to bottom.
 *
 * Rows are first weighed against each other over their whole width; what comes of it, mostly far fewer rows,
 * is then filtered along itself. Each product is rounded. So that these errors stay too small to be seen, no
 * result has many taps: what is to become much smaller is averaged over boxes first. */
#include "pixels/pixels_private.h"
#include "pixels/scale_private.h"

#include <string.h>

#define MOST_BOX 256 /* samples of as many rows add up in 16 bits, fine ones of as many columns in 32 */

/* Samples a result that boxes leave at least. */
#define LEAST_SHARP 2
#define LEAST_SOFT 1

/* Along one axis: `box` source samples are averaged to one, and `length` of these are weighed. */
typedef struct {
    int box, length;
    FgKernel kernel;
} Axis;

struct FgScaler {
    int width, height, bands;
    gboolean alpha;
    Axis across, down;
    gint16 *ring;        /* the last rows of fine samples, averaged over boxes */
    gsize stride;        /* from row to row of it */
    int kept;            /* how many it holds */
    guint16 *box;        /* the sums of a box's rows so far */
    guint8 *weighted;    /* a row, its colours times its alpha */
    int rows_in;         /* as pushed */
    int rows_kept;       /* in the ring, ever */
    int rows_out;        /* made */
    FgGroup group;       /* the rows to be made next */
    const gint16 **rows; /* of the ring, those of the group */
    gint16 *columns;     /* between the two steps */
    FgRaster *out;
};

/* ---- Making ---- */

/* Boxes leave the kernel `least` samples a result, so that it decides how sharp that is. */
static void
axis_init(Axis *axis, int from, double span, int to, int least)
{
    axis->box = CLAMP((int)(span / to / least), 1, MOST_BOX);
    axis->length = (from + axis->box - 1) / axis->box;
    fg_kernel_init(&axis->kernel, axis->length, span / axis->box, to);
}

/* The group of result rows that begins with `row`. */
static void
set_group(FgScaler *scaler, int row)
{
    const FgKernel *kernel = &scaler->down.kernel;
    FgGroup *group = &scaler->group;
    group->start = G_MAXINT;
    group->end = 0;
    for (int lane = 0; lane < FG_LANES; lane++) {
        int at = group->lanes[lane] = MIN(row + lane, scaler->out->height - 1);
        group->start = MIN(group->start, kernel->first[at]);
        group->end = MAX(group->end, kernel->first[at] + kernel->count[at]);
    }
}

static void
make_room(FgScaler *scaler)
{
    const gsize bands = (gsize)scaler->bands, samples = (gsize)scaler->width * bands;
    const gsize line = 64 / sizeof(gint16), lines = ((gsize)scaler->across.length * bands + line - 1) / line;
    /* An odd number of cache lines, so that the rows of the ring do not all contend for the same ones. */
    scaler->stride = (lines | 1) * line;
    for (int row = 0, end = 0; row < scaler->out->height; row += FG_LANES) {
        set_group(scaler, row);
        end = MAX(end, scaler->group.end);
        scaler->kept = MAX(scaler->kept, end - scaler->group.start);
    }
    scaler->ring = g_new0(gint16, (gsize)scaler->kept * scaler->stride);
    scaler->rows = g_new0(const gint16 *, (gsize)scaler->kept + FG_TAPS_AT_ONCE);
    scaler->columns = g_new0(gint16, FG_LANES * (scaler->stride + (gsize)scaler->across.kernel.most * bands));
    if (scaler->across.box > 1 || scaler->down.box > 1)
        scaler->box = g_new0(guint16, samples);
    if (scaler->alpha)
        scaler->weighted = g_new(guint8, samples);
}

static FgScaler *
new_scaler(const FgScaler *model, double across, double down, int out_width, int out_height, int least)
{
    FgScaler *scaler = g_memdup2(model, sizeof *model);
    scaler->out = fg_raster_bare(out_width, out_height, scaler->bands);
    axis_init(&scaler->across, scaler->width, across, out_width, least);
    axis_init(&scaler->down, scaler->height, down, out_height, least);
    make_room(scaler);
    scaler->group.rows = scaler->rows;
    scaler->group.length = scaler->stride;
    set_group(scaler, 0);
    return scaler;
}

FgScaler *
fg_scaler_new(int width, int height, int bands, gboolean alpha, int out_width, int out_height)
{
    const FgScaler model = {.width = width, .height = height, .bands = bands, .alpha = alpha};
    return new_scaler(&model, width, height, out_width, out_height, LEAST_SHARP);
}

FgScaler *
fg_scaler_new_plane(int width, int height, double across, double down, int out_width, int out_height,
                    gboolean soft)
{
    const FgScaler model = {.width = width, .height = height, .bands = 1};
    return new_scaler(&model, across, down, out_width, out_height, soft ? LEAST_SOFT : LEAST_SHARP);
}

void
fg_scaler_free(FgScaler *scaler)
{
    if (!scaler)
        return;
    fg_kernel_clear(&scaler->across.kernel);
    fg_kernel_clear(&scaler->down.kernel);
    g_free(scaler->ring);
    g_free(scaler->rows);
    g_free(scaler->box);
    g_free(scaler->weighted);
    g_free(scaler->columns);
    fg_raster_free(scaler->out);
    g_free(scaler);
}

/* ---- Alpha ---- */

/* Colours times alpha, so that they weigh what they show. */
static void
premultiply(guint8 *to, const guint8 *from, int width, int bands)
{
    for (int x = 0; x < width; x++, from += bands, to += bands) {
        unsigned alpha = from[bands - 1];
        for (int band = 0; band < bands - 1; band++)
            to[band] = (guint8)((from[band] * alpha + 127u) / 255u);
        to[bands - 1] = (guint8)alpha;
    }
}

static void
unpremultiply(guint8 *row, int width, int bands)
{
    for (int x = 0; x < width; x++, row += bands) {
        unsigned alpha = row[bands - 1];
        for (int band = 0; band < bands - 1; band++)
            row[band] = (guint8)(alpha ? MIN(255u, (row[band] * 255u + alpha / 2) / alpha) : 0);
    }
}

/* ---- Rows in, rows out ---- */

static void
emit_group(FgScaler *scaler)
{
    FgRaster *out = scaler->out;
    const int row = scaler->rows_out, end = MIN(row + FG_LANES, out->height);
    for (int i = 0; i < scaler->kept + FG_TAPS_AT_ONCE; i++) {
        int at = (scaler->group.start + i) % scaler->kept;
        scaler->rows[i] = scaler->ring + (gsize)at * scaler->stride;
    }
    fg_weigh_rows(&scaler->down.kernel, &scaler->group, scaler->columns);
    fg_weigh_columns(&scaler->across.kernel, scaler->columns, out->bands, out->width, end - row,
                     out->data + (gsize)row * out->stride, out->stride);
    for (int at = row; scaler->alpha && at < end; at++)
        unpremultiply(out->data + (gsize)at * out->stride, out->width, out->bands);
    scaler->rows_out = end;
    if (end < out->height)
        set_group(scaler, end);
}

WIDE static void
widen(const guint8 *restrict row, gsize samples, gint16 *restrict fine)
{
    for (gsize i = 0; i < samples; i++)
        fine[i] = (gint16)(row[i] << FG_FINE_BITS);
}

WIDE static void
add_to_box(const guint8 *restrict row, gsize samples, guint16 *restrict box)
{
    for (gsize i = 0; i < samples; i++)
        box[i] = (guint16)(box[i] + row[i]);
}

/* The mean of each `across` sums, times a reciprocal: no vector divides. */
INLINE void
average_few(const guint16 *restrict sums, int length, int across, guint32 count, gint16 *restrict fine)
{
    const guint32 share = (1u << (16 + FG_FINE_BITS)) / (count * (guint32)across);
    for (int x = 0; x < length; x++) {
        guint32 sum = 0;
        for (int i = 0; i < across; i++)
            sum += sums[x * across + i];
        fine[x] = (gint16)((sum * share + (1 << 15)) >> 16);
    }
}

WIDE static void
average_ones(const guint16 *sums, int length, guint32 count, gint16 *fine)
{
    average_few(sums, length, 1, count, fine);
}

WIDE static void
average_pairs(const guint16 *sums, int length, guint32 count, gint16 *fine)
{
    average_few(sums, length, 2, count, fine);
}

/* Averages the sums of `count` rows along themselves, from a pixel on. */
static void
average_from(const FgScaler *scaler, int x, guint32 count, gint16 *fine)
{
    const int box = scaler->across.box, bands = scaler->bands;
    const guint16 *sums = scaler->box + (gsize)x * (gsize)bands;
    for (; x < scaler->width; x += box) {
        const int across = MIN(box, scaler->width - x);
        const guint32 all = count * (guint32)across;
        for (int band = 0; band < bands; band++) {
            guint32 sum = 0;
            for (int i = 0; i < across; i++)
                sum += sums[i * bands + band];
            *fine++ = (gint16)(((sum << FG_FINE_BITS) + all / 2) / all);
        }
        sums += across * bands;
    }
}

static void
average(const FgScaler *scaler, guint32 count, gint16 *fine)
{
    const int box = scaler->across.box, whole = scaler->bands == 1 && box <= 2 ? scaler->width / box : 0;
    if (box == 1)
        average_ones(scaler->box, whole, count, fine);
    else if (box == 2)
        average_pairs(scaler->box, whole, count, fine);
    average_from(scaler, whole * box, count, fine + whole);
}

/* Puts a row into the ring, or into its box; tells whether the ring has one more. */
static gboolean
keep_row(FgScaler *scaler, const guint8 *row)
{
    const gsize samples = (gsize)scaler->width * (gsize)scaler->bands;
    gint16 *fine = scaler->ring + (gsize)(scaler->rows_kept % scaler->kept) * scaler->stride;
    if (!scaler->box) {
        widen(row, samples, fine);
        return TRUE;
    }
    int count = (scaler->rows_in - 1) % scaler->down.box + 1;
    add_to_box(row, samples, scaler->box);
    if (count < scaler->down.box && scaler->rows_in < scaler->height)
        return FALSE;
    average(scaler, (guint32)count, fine);
    memset(scaler->box, 0, samples * sizeof *scaler->box);
    return TRUE;
}

void
fg_scaler_push(FgScaler *scaler, const guint8 *row)
{
    g_assert(scaler->rows_in < scaler->height);
    scaler->rows_in++;
    if (scaler->alpha) {
        premultiply(scaler->weighted, row, scaler->width, scaler->bands);
        row = scaler->weighted;
    }
    if (!keep_row(scaler, row))
        return;
    scaler->rows_kept++;
    while (scaler->rows_out < scaler->out->height && scaler->group.end <= scaler->rows_kept)
        emit_group(scaler);
}

FgRaster *
fg_scaler_take(FgScaler *scaler)
{
    g_assert(scaler->rows_in == scaler->height && scaler->rows_out == scaler->out->height);
    return g_steal_pointer(&scaler->out);
}

static FgRaster *
push_all(FgScaler *scaler, const FgRaster *raster)
{
    for (int y = 0; y < raster->height; y++)
        fg_scaler_push(scaler, raster->data + (gsize)y * raster->stride);
    return fg_scaler_take(scaler);
}

FgRaster *
fg_scale(const FgRaster *raster, gboolean alpha, int width, int height)
{
    if (width == raster->width && height == raster->height)
        return fg_raster_dup(raster);
    g_autoptr(FgScaler) scaler =
        fg_scaler_new(raster->width, raster->height, raster->bands, alpha, width, height);
    return push_all(scaler, raster);
}

FgRaster *
fg_scale_plane(const FgRaster *plane, double across, double down, int width, int height)
{
    g_autoptr(FgScaler) scaler =
        fg_scaler_new_plane(plane->width, plane->height, across, down, width, height, FALSE);
    return push_all(scaler, plane);
}
