#include "run/run_private.h"

#include <math.h>

/* What is in hand while the files of one photo are made. */
typedef struct {
    const FgProfile *profile;
    const FgPlanned *planned;
    const FgPayload *job;
    const guint8 *secret; /* FG_PHOTO_SECRET_SIZE bytes */
    FgCursor drawings;    /* in the job's record */
    FgPayload *product;
    GByteArray *measures;
    char *colour, *placeholder;
    const char *stage;
} Work;

/* ---- One size ---- */

/* What was drawn for a mark, from the job; NULL never, since the parent drew all. */
static GBytes *
find_drawing(const Work *work, guint derivative, guint mark)
{
    FgCursor at = work->drawings;
    guint32 d, m, blob;
    while (fg_cursor_u32(&at, &d) && fg_cursor_u32(&at, &m) && fg_cursor_u32(&at, &blob))
        if (d == derivative && m == mark && blob < work->job->blobs->len)
            return work->job->blobs->pdata[blob];
    return NULL;
}

static void
put_measure(GByteArray *measures, guint derivative, guint mark, const FgMarkReport *report)
{
    fg_put_le32(measures, derivative);
    fg_put_le32(measures, mark);
    fg_put_le32(measures, report->tone);
    fg_ipc_put_double(measures, report->visibility);
    fg_ipc_put_double(measures, report->worst_glyph);
}

static gboolean
draw_marks(Work *work, guint number, FgPixels *picture, GError **error)
{
    work->stage = "mark";
    const FgDerivative *derivative = work->planned->derivatives->pdata[number];
    guint n = derivative->marks->len;
    g_autofree FgMark *marks = g_new0(FgMark, MAX(n, 1));
    g_autofree FgLettering *letterings = g_new0(FgLettering, MAX(n, 1));
    g_autofree FgRaster *logos = g_new0(FgRaster, MAX(n, 1));
    g_autofree FgMarkReport *reports = g_new0(FgMarkReport, MAX(n, 1));
    for (guint i = 0; i < n; i++) {
        const FgPlannedMark *planned = derivative->marks->pdata[i];
        GBytes *drawing = find_drawing(work, number, i);
        if (!drawing)
            return fg_throw(error, FG_ERROR_INTERNAL, "nothing was drawn for mark %s", planned->spec->name);
        marks[i].spec = &planned->fitted;
        if (!(planned->text ? fg_lettering_view(drawing, &letterings[i], error)
                            : fg_raster_unpack(drawing, &logos[i], error)))
            return FALSE;
        marks[i].lettering = planned->text ? &letterings[i] : NULL;
        marks[i].logo = planned->text ? NULL : &logos[i];
    }
    const FgRect reach = fg_mark_reach(marks, n, fg_pixels_width(picture), fg_pixels_height(picture));
    if (!fg_mark_draw(fg_pixels_lend(picture, reach), marks, n, work->secret, reports, error))
        return FALSE;
    fg_pixels_take_back(picture);
    /* A mark that the picture has no room for is left out, and the parent says so; but one must stand. */
    guint drawn = 0;
    for (guint i = 0; i < n; i++) {
        drawn += reports[i].drawn ? 1 : 0;
        if (reports[i].drawn)
            put_measure(work->measures, number, i, &reports[i]);
    }
    return drawn > 0 || fg_throw(error, FG_ERROR_UNMARKED,
                                 "“%s” would go out without a mark, since there is no room for it at %d × "
                                 "%d: a shorter text, or "
                                 "`marks: []` there, publishes it",
                                 derivative->recipe->name, derivative->size.width, derivative->size.height);
}

static GBytes *
dress(Work *work, GBytes *naked, const FgStatement *statement, GError **error)
{
    work->stage = "dress";
    g_autoptr(FgOwnedDress) dress = fg_metadata_dress(statement, error);
    if (!dress)
        return NULL;
    return fg_container_dress(naked, statement->format, &dress->dress, error);
}

/* From pixels, or for a twin from the JPEG that was made of them, to one finished file. */
static GBytes *
make_file(Work *work, const FgPixels *picture, FgFormat format, GBytes *jpeg, GError **error)
{
    work->stage = "encode";
    const FgEncoding encoding = fg_profile_encoding(work->profile, format);
    g_autoptr(GBytes) naked =
        jpeg ? fg_jxl_twin(jpeg, encoding.effort, error) : fg_pixels_encode(picture, &encoding, error);
    if (!naked)
        return NULL;
    const FgStatement statement = {.rights = work->planned->rights,
                                   .facts = work->planned->kept,
                                   .width = (guint32)fg_pixels_width(picture),
                                   .height = (guint32)fg_pixels_height(picture),
                                   .format = format,
                                   .srgb = TRUE,
                                   .resolved = TRUE,
                                   .twin = jpeg != NULL};
    g_autoptr(GBytes) file = jpeg ? g_bytes_ref(naked) : dress(work, naked, &statement, error);
    if (!file)
        return NULL;
    work->stage = "audit";
    return fg_metadata_audit(file, &statement, error) ? g_steal_pointer(&file) : NULL;
}

static gboolean
has_twin(const FgDerivative *derivative)
{
    for (guint i = 0; i < derivative->outputs->len; i++)
        if (((const FgOutput *)derivative->outputs->pdata[i])->twin)
            return TRUE;
    return FALSE;
}

/* The files of a picture in their order; a twin may stand before the JPEG that it is made of. */
static gboolean
make_files(Work *work, const FgDerivative *derivative, const FgPixels *picture, GError **error)
{
    g_autoptr(GBytes) jpeg = NULL;
    if (has_twin(derivative) && !(jpeg = make_file(work, picture, FG_FORMAT_JPEG, NULL, error)))
        return FALSE;
    for (guint i = 0; i < derivative->outputs->len; i++) {
        const FgOutput *output = derivative->outputs->pdata[i];
        GBytes *file = jpeg && output->format == FG_FORMAT_JPEG
                           ? g_bytes_ref(jpeg)
                           : make_file(work, picture, output->format, output->twin ? jpeg : NULL, error);
        if (!file)
            return FALSE;
        g_ptr_array_add(work->product->blobs, file);
    }
    return TRUE;
}

/* Marks a picture and makes all its files. */
static gboolean
make_derivative(Work *work, guint number, FgPixels *picture, GError **error)
{
    const FgDerivative *derivative = work->planned->derivatives->pdata[number];
    if (derivative->marks->len > 0 && !draw_marks(work, number, picture, error))
        return FALSE;
    return make_files(work, derivative, picture, error);
}

/* ---- All sizes ---- */

/* The smallest whole picture from which every size can be made without enlarging: the photo is decoded and
 * scaled to this once. It is the largest size that is no crop, unless a crop asks for more. */
static FgSize
master_size(const FgPlanned *planned)
{
    double width = planned->photo->width, height = planned->photo->height, scale = 0;
    FgSize master = {.width = 1, .height = 1};
    for (guint i = 0; i < planned->derivatives->len; i++) {
        const FgSize *size = &((const FgDerivative *)planned->derivatives->pdata[i])->size;
        if (size->crop == FG_CROP_NONE) {
            master.width = MAX(master.width, size->width);
            master.height = MAX(master.height, size->height);
        } else {
            scale = MAX(scale, MIN(MAX(size->width / width, size->height / height), 1));
        }
    }
    master.width = MAX(master.width, (int)ceil(width * scale));
    master.height = MAX(master.height, (int)ceil(height * scale));
    return master;
}

static gboolean
covers(const FgPixels *picture, const FgSize *size)
{
    return fg_pixels_width(picture) >= size->width && fg_pixels_height(picture) >= size->height;
}

/* Whether no file keeps more than one sample of colour for 2x2 pixels, and no crop begins between them. */
static gboolean
halves_are_enough(const Work *work)
{
    for (guint i = 0; i < work->planned->derivatives->len; i++) {
        const FgDerivative *derivative = work->planned->derivatives->pdata[i];
        if (derivative->size.crop != FG_CROP_NONE)
            return FALSE;
        for (guint j = 0; j < derivative->outputs->len; j++) {
            FgFormat format = ((const FgOutput *)derivative->outputs->pdata[j])->format;
            if (!fg_format_traits(format)->lossy ||
                fg_profile_encoding(work->profile, format).chroma != FG_CHROMA_420)
                return FALSE;
        }
    }
    return TRUE;
}

/* The photo as an unmarked picture of the master's size; everything that can be wrong with its picture shows
 * here. */
static FgPixels *
decode(Work *work, GBytes *file, const FgSize *size, GError **error)
{
    work->stage = "decode";
    const FgPhoto *photo = work->planned->photo;
    g_autoptr(FgContainer) container = fg_container_read(file, error);
    g_autoptr(GBytes) whole = container ? fg_container_for_decoder(container) : NULL;
    /* Whether a JPEG without an end mark is whole, its decoder tells. */
    g_autoptr(FgContainer) ended = whole && whole != file ? fg_container_read(whole, error) : NULL;
    const FgContainer *judged = ended ? ended : container;
    if (!container || (whole != file && !ended) || (!judged->endless && !fg_container_verify(judged, error)))
        return NULL;
    if (container->format != photo->format)
        return fg_throw_null(error, FG_ERROR_MALFORMED, "was %s when its header was read",
                             fg_format_title(photo->format));
    g_autoptr(FgImage) image = fg_image_open(whole, photo->format, photo->orientation, size, error);
    if (image && photo->adobe_rgb)
        fg_image_assume_adobe_rgb(image);
    return image ? fg_image_pixels(image, size, halves_are_enough(work), error) : NULL;
}

/* All sizes, unmarked: each from the one before it, as long as that is a whole picture and large enough. They
 * are made before the first is marked, so that none is copied to be marked; the last whole one gives the
 * colour and the placeholder. */
static GPtrArray *
make_sizes(Work *work, FgPixels *master_taken, GError **error)
{
    g_autoptr(FgPixels) owned = master_taken; /* until it is one of the sizes itself */
    g_autoptr(GPtrArray) sizes = g_ptr_array_new_with_free_func((GDestroyNotify)fg_pixels_free);
    const FgPixels *master = owned, *last = NULL;
    work->stage = "size";
    for (guint i = 0; i < work->planned->derivatives->len; i++) {
        const FgSize *size = &((const FgDerivative *)work->planned->derivatives->pdata[i])->size;
        gboolean whole = size->crop == FG_CROP_NONE;
        gboolean same =
            whole && fg_pixels_width(master) == size->width && fg_pixels_height(master) == size->height;
        const FgPixels *from = last && covers(last, size) ? last : master;
        FgPixels *sized = same && owned ? g_steal_pointer(&owned) : fg_pixels_size(from, size, error);
        if (!sized)
            return NULL;
        g_ptr_array_add(sizes, sized);
        last = whole ? sized : last;
    }
    work->stage = "encode";
    work->colour = fg_pixels_mean_colour(last ? last : master);
    work->placeholder = fg_pixels_placeholder(last ? last : master, error);
    return work->placeholder ? g_steal_pointer(&sizes) : NULL;
}

/* What is not needed any more is freed at once: the next thing lies in its pages, which need not be cleared.
 */
static gboolean
make_all(Work *work, GBytes *file_taken, GError **error)
{
    g_autoptr(GBytes) file = file_taken;
    g_autofree char *sha256 = fg_sha256_hex(g_bytes_get_data(file, NULL), g_bytes_get_size(file));
    const FgSize size = master_size(work->planned);
    FgPixels *master = decode(work, file, &size, error);
    g_clear_pointer(&file, g_bytes_unref);
    g_autoptr(GPtrArray) sizes = master ? make_sizes(work, master, error) : NULL;
    for (guint i = 0; sizes && i < sizes->len; i++) {
        if (!make_derivative(work, i, sizes->pdata[i], error))
            return FALSE;
        fg_pixels_free(g_steal_pointer(&sizes->pdata[i]));
    }
    if (!sizes)
        return FALSE;
    GByteArray *record = g_byte_array_new();
    fg_ipc_put_text(record, sha256);
    fg_ipc_put_text(record, work->colour);
    fg_ipc_put_text(record, work->placeholder);
    g_byte_array_append(record, work->measures->data, work->measures->len);
    g_bytes_unref(work->product->record);
    work->product->record = g_byte_array_free_to_bytes(record);
    return TRUE;
}

gboolean
fg_photo_make(const FgPlan *plan, const FgPlanned *planned, int photo, const FgPayload *job,
              FgPayload *product, const char **stage, GError **error)
{
    g_autoptr(GByteArray) measures = g_byte_array_new();
    Work work = {.profile = plan->profile,
                 .planned = planned,
                 .job = job,
                 .drawings = fg_payload_record(job),
                 .product = product,
                 .measures = measures,
                 .stage = "read"};
    *product = fg_payload(NULL);
    FgCursor secret;
    gboolean whole = fg_cursor_take(&work.drawings, FG_PHOTO_SECRET_SIZE, &secret);
    g_assert(whole);
    work.secret = secret.data;
    GBytes *file = fg_file_read_fd(photo, error);
    gboolean made = file && make_all(&work, file, error);
    g_free(work.colour);
    g_free(work.placeholder);
    *stage = work.stage;
    return made;
}
