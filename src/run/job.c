#include "run/run_private.h"

#include <string.h>

#define LONGEST_NAME 255 /* bytes, of a file on any file system in use */

gboolean
fg_job_check_names(const FgPlanned *planned, GError **error)
{
    for (guint i = 0; i < planned->derivatives->len; i++) {
        const FgDerivative *derivative = planned->derivatives->pdata[i];
        for (guint j = 0; j < derivative->outputs->len; j++) {
            g_autofree char *name =
                g_path_get_basename(((const FgOutput *)derivative->outputs->pdata[j])->path);
            if (strlen(name) > LONGEST_NAME)
                return fg_throw(error, FG_ERROR_PATH,
                                "a derivative's name would have %" G_GSIZE_FORMAT " bytes, %d are possible",
                                strlen(name), LONGEST_NAME);
        }
    }
    return TRUE;
}

int
fg_job_open_photo(const FgPhoto *photo, const FgLimits *limits, GError **error)
{
    struct stat info;
    g_auto(FgFd) fd = fg_file_open(photo->path, limits->bytes, &info, error);
    if (fd < 0)
        return -1;
    gint64 mtime = (gint64)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    if (info.st_size != photo->size || mtime != photo->mtime_ns || info.st_ino != photo->inode) {
        fg_throw(error, FG_ERROR_UNREADABLE, "has changed since its header was read");
        return -1;
    }
    int opened = fd;
    fd = -1;
    return opened;
}

static gboolean
add_drawings(FgDrawings *drawings, const FgDerivative *derivative, guint number, GByteArray *record,
             GPtrArray *blobs, GError **error)
{
    for (guint i = 0; i < derivative->marks->len; i++) {
        const FgPlannedMark *mark = derivative->marks->pdata[i];
        g_autoptr(GBytes) drawing = fg_drawings_get(drawings, &mark->fitted, mark->text,
                                                    derivative->size.width, derivative->size.height, error);
        if (!drawing)
            return g_prefix_error(error, "mark %s: ", mark->spec->name), FALSE;
        guint place;
        if (!g_ptr_array_find(blobs, drawing, &place)) {
            place = blobs->len;
            g_ptr_array_add(blobs, g_bytes_ref(drawing));
        }
        fg_put_le32(record, number);
        fg_put_le32(record, i);
        fg_put_le32(record, place);
    }
    return TRUE;
}

/* All that a worker may know beside the plan and the photo: this photo's secret, never the key, and its
 * drawings. */
int
fg_job_pack(FgDrawings *drawings, const FgRunOptions *options, const FgPlanned *planned, GError **error)
{
    guint8 secret[FG_PHOTO_SECRET_SIZE];
    fg_hmac_sha256(options->key, options->key_length, g_bytes_get_data(planned->id, NULL),
                   g_bytes_get_size(planned->id), secret);
    g_autoptr(GByteArray) record = g_byte_array_new();
    g_autoptr(GPtrArray) blobs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_byte_array_append(record, secret, sizeof secret);
    for (guint i = 0; i < planned->derivatives->len; i++)
        if (!add_drawings(drawings, planned->derivatives->pdata[i], i, record, blobs, error))
            return -1;
    g_auto(FgPayload) payload = fg_payload(g_steal_pointer(&record));
    g_clear_pointer(&payload.blobs, g_ptr_array_unref);
    payload.blobs = g_steal_pointer(&blobs);
    return fg_payload_seal(&payload, error);
}
