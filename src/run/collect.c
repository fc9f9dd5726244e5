#include "run/run_private.h"

#include <math.h>
#include <string.h>

/* The parent's side of a worker's answer. A worker has read a hostile file: nothing that it says is taken for
 * true but what was checked here, by code that decodes no pixel. */

#define LARGEST_PLACEHOLDER 4096
#define PLACEHOLDER_PREFIX "data:image/webp;base64,"

static gboolean
is_hex(const char *text, gsize length)
{
    return strlen(text) == length && strspn(text, "0123456789abcdef") == length;
}

static gboolean
is_placeholder(const char *text)
{
    if (!g_str_has_prefix(text, PLACEHOLDER_PREFIX) || strlen(text) > LARGEST_PLACEHOLDER)
        return FALSE;
    const char *data = text + strlen(PLACEHOLDER_PREFIX);
    return data[strspn(data, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")] == '\0';
}

static gboolean
was_drawn(const FgOutcome *outcome, const FgDerivative *derivative, const FgPlannedMark *mark)
{
    for (guint i = 0; i < outcome->measures->len; i++) {
        const FgMeasure *measure = outcome->measures->pdata[i];
        if (g_str_equal(measure->name, mark->spec->name) &&
            g_str_equal(measure->derivative, derivative->recipe->name))
            return TRUE;
    }
    return FALSE;
}

static gboolean
take_measure(const FgPlanned *planned, FgCursor *at, FgOutcome *outcome)
{
    guint32 d, m, tone;
    double visibility, worst;
    if (!fg_ipc_get_choice(at, planned->derivatives->len, &d) || !fg_cursor_u32(at, &m) ||
        !fg_ipc_get_choice(at, FG_TONE_DARK + 1, &tone) || !fg_cursor_double(at, &visibility) ||
        !fg_cursor_double(at, &worst) || !isfinite(visibility) || !isfinite(worst))
        return FALSE;
    const FgDerivative *derivative = planned->derivatives->pdata[d];
    if (m >= derivative->marks->len || was_drawn(outcome, derivative, derivative->marks->pdata[m]))
        return FALSE;
    FgMeasure *measure = g_new0(FgMeasure, 1);
    measure->name = g_strdup(((const FgPlannedMark *)derivative->marks->pdata[m])->spec->name);
    measure->derivative = g_strdup(derivative->recipe->name);
    measure->visibility = visibility;
    measure->worst_glyph = worst;
    measure->tone = (FgTone)tone;
    g_ptr_array_add(outcome->measures, measure);
    return TRUE;
}

/* No picture goes out without a mark that was asked for, and nobody told. */
static void
warn_of_missing(const FgPlanned *planned, FgOutcome *outcome)
{
    for (guint i = 0; i < planned->derivatives->len; i++) {
        const FgDerivative *derivative = planned->derivatives->pdata[i];
        for (guint j = 0; j < derivative->marks->len; j++) {
            const FgPlannedMark *mark = derivative->marks->pdata[j];
            if (!was_drawn(outcome, derivative, mark))
                g_ptr_array_add(outcome->warnings,
                                g_strdup_printf("no mark %s on “%s”: there is no room for it at %d × %d",
                                                mark->spec->name, derivative->recipe->name,
                                                derivative->size.width, derivative->size.height));
        }
    }
}

static gboolean
take_record(const FgPlanned *planned, FgCursor at, FgOutcome *outcome, GError **error)
{
    g_autofree char *sha256 = NULL, *colour = NULL, *placeholder = NULL;
    gboolean fine = fg_ipc_get_some_text(&at, &sha256) && fg_ipc_get_some_text(&at, &colour) &&
                    fg_ipc_get_some_text(&at, &placeholder) && is_hex(sha256, 2 * FG_SHA256_SIZE) &&
                    colour[0] == '#' && is_hex(colour + 1, 6) && is_placeholder(placeholder);
    while (fine && fg_cursor_left(&at) > 0)
        fine = take_measure(planned, &at, outcome);
    if (!fine)
        return fg_throw_no_answer(error);
    warn_of_missing(planned, outcome);
    outcome->sha256 = g_steal_pointer(&sha256);
    outcome->colour = g_steal_pointer(&colour);
    outcome->placeholder = g_steal_pointer(&placeholder);
    return TRUE;
}

static FgProduct *
describe(const FgDerivative *derivative, const FgOutput *output, GBytes *file, const FgOutcome *outcome)
{
    FgProduct *product = g_new0(FgProduct, 1);
    product->name = g_strdup(derivative->recipe->name);
    product->path = g_strdup(output->path);
    product->format = output->format;
    product->twin = output->twin;
    product->width = derivative->size.width;
    product->height = derivative->size.height;
    product->bytes = g_bytes_get_size(file);
    product->sha256 = fg_sha256_hex(g_bytes_get_data(file, NULL), g_bytes_get_size(file));
    product->marks = g_new0(char *, derivative->marks->len + 1);
    for (guint i = 0, n = 0; i < derivative->marks->len; i++) {
        const FgPlannedMark *mark = derivative->marks->pdata[i];
        if (was_drawn(outcome, derivative, mark))
            product->marks[n++] = g_strdup(mark->spec->name);
    }
    return product;
}

/* Calls `act` for each file of the plan with its bytes. */
typedef gboolean (*FileAct)(const FgPlanned *planned, const FgDerivative *derivative, const FgOutput *output,
                            GBytes *file, gpointer data, GError **error);

static gboolean
each_file(const FgPlanned *planned, GPtrArray *blobs, FileAct act, gpointer data, GError **error)
{
    guint next = 0;
    for (guint i = 0; i < planned->derivatives->len; i++) {
        const FgDerivative *derivative = planned->derivatives->pdata[i];
        for (guint j = 0; j < derivative->outputs->len; j++) {
            if (next >= blobs->len)
                return fg_throw(error, FG_ERROR_WORKER, "the process handed back too few files");
            if (!act(planned, derivative, derivative->outputs->pdata[j], blobs->pdata[next++], data, error))
                return FALSE;
        }
    }
    return next == blobs->len || fg_throw(error, FG_ERROR_WORKER, "the process handed back too many files");
}

static gboolean
audit_file(const FgPlanned *planned, const FgDerivative *derivative, const FgOutput *output, GBytes *file,
           gpointer data, GError **error)
{
    FgOutcome *outcome = data;
    const FgStatement statement = {.rights = planned->rights,
                                   .facts = planned->kept,
                                   .width = (guint32)derivative->size.width,
                                   .height = (guint32)derivative->size.height,
                                   .format = output->format,
                                   .srgb = TRUE,
                                   .resolved = TRUE,
                                   .twin = output->twin};
    if (!fg_metadata_audit(file, &statement, error)) {
        g_prefix_error(error, "%s: ", output->path);
        return FALSE;
    }
    g_ptr_array_add(outcome->products, describe(derivative, output, file, outcome));
    return TRUE;
}

/* The files of one photo, on their way to their names. */
typedef struct {
    const FgRunOptions *options;
    GHashTable *folders; /* that got a new name */
} Writing;

static gboolean
throw_stranger(GError **error)
{
    return fg_throw(
        error, FG_ERROR_CLASH,
        "a file that publish did not make has come to stand there: move it, or choose another -o");
}

/* May the file have its name? *fresh: nothing has it yet. What is no file can't be replaced by one, and says
 * so. */
static gboolean
check_place(const FgRunOptions *options, const FgOutput *output, gboolean *fresh, GError **error)
{
    g_autofree char *path = g_build_filename(options->out, output->path, NULL);
    struct stat there;
    *fresh = lstat(path, &there) != 0;
    return *fresh || S_ISDIR(there.st_mode) || !options->may_replace ||
           options->may_replace(output->path, &there, options->data) || throw_stranger(error);
}

static gboolean
look_at_place(const FgPlanned *planned, const FgDerivative *derivative, const FgOutput *output, GBytes *file,
              gpointer data, GError **error)
{
    (void)planned;
    (void)derivative;
    (void)file;
    gboolean fresh;
    return check_place(((const Writing *)data)->options, output, &fresh, error) ||
           (g_prefix_error(error, "%s: ", output->path), FALSE);
}

static gboolean
write_file(const FgPlanned *planned, const FgDerivative *derivative, const FgOutput *output, GBytes *file,
           gpointer data, GError **error)
{
    (void)planned;
    (void)derivative;
    const Writing *writing = data;
    g_autofree char *path = g_build_filename(writing->options->out, output->path, NULL);
    char *folder = g_path_get_dirname(path);
    g_hash_table_add(writing->folders, folder);
    gboolean fresh;
    g_autoptr(GError) cause = NULL;
    if (fg_folder_make(folder, &cause) && check_place(writing->options, output, &fresh, &cause) &&
        (fresh ? fg_file_place_new : fg_file_place)(path, file, 0644, &cause))
        return TRUE;
    if (g_error_matches(cause, FG_ERROR, FG_ERROR_CLASH)) {
        g_clear_error(&cause);
        throw_stranger(&cause);
    }
    g_propagate_prefixed_error(error, g_steal_pointer(&cause), "%s: ", output->path);
    return FALSE;
}

/* All files get their names, and each folder, mostly one, is synced once; only then the photo is done. */
static gboolean
write_files(const FgPlanned *planned, GPtrArray *blobs, const FgOutcome *outcome, const FgRunOptions *options,
            GError **error)
{
    g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Writing writing = {.options = options, .folders = folders};
    g_autoptr(GError) missing = NULL;
    if (!fg_folder_make(options->out, &missing)) /* Without it no photo can have its files. */
        return fg_throw(error,
                        missing->code == FG_ERROR_TARGET ? FG_ERROR_OUTPUT : (FgErrorCode)missing->code, "%s",
                        missing->message);
    if (!each_file(planned, blobs, look_at_place, &writing, error) ||
        (options->announce && !options->announce(outcome->products, options->data, error)) ||
        !each_file(planned, blobs, write_file, &writing, error))
        return FALSE;
    GHashTableIter iter;
    gpointer folder;
    g_hash_table_iter_init(&iter, folders);
    while (g_hash_table_iter_next(&iter, &folder, NULL))
        if (!fg_folder_sync(folder, error)) {
            g_prefix_error(error, "%s: ", (const char *)folder);
            return FALSE;
        }
    return TRUE;
}

/* The worker's own words about why it failed. */
static gboolean
take_failure(const FgMessage *received, gsize ceiling, const char **stage, GError **error)
{
    g_auto(FgPayload) failure = {0};
    if (!fg_payload_open(received->fds[0], ceiling, &failure, error))
        return FALSE;
    FgCursor at = fg_payload_record(&failure);
    g_autofree char *name = NULL;
    if (!fg_ipc_get_some_text(&at, &name))
        return fg_throw_no_answer(error);
    const char *known = fg_stage_intern(name);
    *stage = known ? known : "worker";
    g_propagate_error(error, fg_get_error(&at));
    return FALSE;
}

gboolean
fg_collect(const FgPlanned *planned, const FgRunOptions *options, gsize ceiling, const FgMessage *received,
           FgOutcome *outcome, const char **stage, GError **error)
{
    *stage = "worker";
    if (received->n_fds != 1 ||
        (received->head.kind != FG_MSG_RESPONSE && received->head.kind != FG_MSG_ERROR))
        return fg_throw_no_answer(error);
    if (received->head.kind == FG_MSG_ERROR)
        return take_failure(received, ceiling, stage, error);
    g_auto(FgPayload) product = {0};
    if (!fg_payload_open(received->fds[0], ceiling, &product, error) ||
        !take_record(planned, fg_payload_record(&product), outcome, error))
        return FALSE;
    *stage = "audit";
    if (!each_file(planned, product.blobs, audit_file, outcome, error))
        return FALSE;
    *stage = "write";
    return write_files(planned, product.blobs, outcome, options, error);
}
