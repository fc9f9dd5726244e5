#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* The layout, all numbers 64-bit little-endian: the count of blobs, the length of the record, the length of
 * each blob; then the record and each blob, every one from a multiple of 16 on. */
#define ALIGNMENT 16
#define MOST_BLOBS 4096

FgPayload
fg_payload(GByteArray *record)
{
    return (FgPayload){.record = record ? g_byte_array_free_to_bytes(record) : g_bytes_new(NULL, 0),
                       .blobs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref)};
}

void
fg_payload_clear(FgPayload *payload)
{
    g_clear_pointer(&payload->record, g_bytes_unref);
    g_clear_pointer(&payload->blobs, g_ptr_array_unref);
}

FgCursor
fg_payload_record(const FgPayload *payload)
{
    return fg_cursor_bytes(payload->record, FG_LITTLE_ENDIAN);
}

gboolean
fg_throw_no_answer(GError **error)
{
    return fg_throw(error, FG_ERROR_WORKER, "the process said something else than an answer");
}

gboolean
fg_write_all(int fd, const void *data, gsize length, GError **error)
{
    const guint8 *bytes = data;
    for (gsize done = 0; done < length;) {
        ssize_t count = write(fd, bytes + done, length - done);
        if (count < 0 && errno != EINTR)
            return fg_throw_errno(error, FG_ERROR_MEMORY, errno, "can't fill a payload");
        done += count > 0 ? (gsize)count : 0;
    }
    return TRUE;
}

static gboolean
write_aligned(int fd, GBytes *bytes, GError **error)
{
    static const guint8 zeros[ALIGNMENT];
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    off_t at = lseek(fd, 0, SEEK_CUR);
    if (at < 0)
        return fg_throw_errno(error, FG_ERROR_INTERNAL, errno, "can't fill a payload");
    gsize over = (gsize)at % ALIGNMENT;
    return fg_write_all(fd, zeros, over ? ALIGNMENT - over : 0, error) &&
           fg_write_all(fd, data, length, error);
}

static gboolean
write_payload(int fd, const FgPayload *payload, GError **error)
{
    g_autoptr(GArray) table = g_array_new(FALSE, FALSE, sizeof(guint64));
    guint64 number = GUINT64_TO_LE((guint64)payload->blobs->len);
    g_array_append_val(table, number);
    number = GUINT64_TO_LE((guint64)g_bytes_get_size(payload->record));
    g_array_append_val(table, number);
    for (guint i = 0; i < payload->blobs->len; i++) {
        number = GUINT64_TO_LE((guint64)g_bytes_get_size(payload->blobs->pdata[i]));
        g_array_append_val(table, number);
    }
    if (!fg_write_all(fd, table->data, table->len * sizeof number, error) ||
        !write_aligned(fd, payload->record, error))
        return FALSE;
    for (guint i = 0; i < payload->blobs->len; i++)
        if (!write_aligned(fd, payload->blobs->pdata[i], error))
            return FALSE;
    return TRUE;
}

int
fg_payload_seal(const FgPayload *payload, GError **error)
{
    g_auto(FgFd) fd = memfd_create("filigrane", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) {
        fg_throw_errno(error, FG_ERROR_INTERNAL, errno, "can't make a payload");
        return -1;
    }
    if (!write_payload(fd, payload, error))
        return -1;
    if (fcntl(fd, F_ADD_SEALS, FG_SEALS) != 0) {
        fg_throw_errno(error, FG_ERROR_INTERNAL, errno, "can't seal a payload");
        return -1;
    }
    int sealed = fd;
    fd = -1;
    return sealed;
}

/* The next `length` bytes from an aligned place on. */
static gboolean
take_aligned(FgCursor *at, guint64 length, GBytes *whole, GBytes **taken)
{
    gsize over = at->offset % ALIGNMENT;
    FgCursor part;
    if (!fg_cursor_skip(at, over ? ALIGNMENT - over : 0) || !fg_cursor_take(at, length, &part))
        return FALSE;
    *taken = fg_cursor_slice(&part, whole);
    return TRUE;
}

static gboolean
unpack(GBytes *whole, FgPayload *payload)
{
    FgCursor at = fg_cursor_bytes(whole, FG_LITTLE_ENDIAN), table;
    guint64 n_blobs, record_length, length;
    if (!fg_cursor_u64(&at, &n_blobs) || n_blobs > MOST_BLOBS || !fg_cursor_u64(&at, &record_length) ||
        !fg_cursor_take(&at, n_blobs * sizeof(guint64), &table))
        return FALSE;
    if (!take_aligned(&at, record_length, whole, &payload->record))
        return FALSE;
    payload->blobs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    while (fg_cursor_u64(&table, &length)) {
        GBytes *blob;
        if (!take_aligned(&at, length, whole, &blob))
            return FALSE;
        g_ptr_array_add(payload->blobs, blob);
    }
    return TRUE;
}

gboolean
fg_payload_open(int fd, gsize ceiling, FgPayload *payload, GError **error)
{
    *payload = (FgPayload){0};
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || fcntl(fd, F_GET_SEALS) != FG_SEALS)
        return fg_throw(error, FG_ERROR_WORKER, "a payload is not sealed");
    if (info.st_size <= 0 || (guint64)info.st_size > ceiling)
        return fg_throw(error, FG_ERROR_WORKER,
                        "a payload has %" G_GINT64_FORMAT " bytes, %" G_GSIZE_FORMAT " are allowed",
                        (gint64)info.st_size, ceiling);
    g_autoptr(GMappedFile) map = g_mapped_file_new_from_fd(fd, FALSE, NULL);
    if (!map)
        return fg_throw(error, FG_ERROR_MEMORY, "a payload can't be mapped");
    g_autoptr(GBytes) whole = g_mapped_file_get_bytes(map);
    if (!unpack(whole, payload)) {
        fg_payload_clear(payload);
        return fg_throw(error, FG_ERROR_WORKER, "a payload is not what it should be");
    }
    return TRUE;
}
