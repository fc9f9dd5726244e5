/* fuzz_payload.c: whatever a hijacked process hands back: it is refused, or says only what its readers know.
 * room: run */
#include "run/run_private.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
sealed(const uint8_t *data, size_t size)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    g_assert(fd >= 0 && fg_write_all(fd, data, size, NULL));
    g_assert(fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0);
    return fd;
}

/* What is read is sent on as it was understood. */
static void
read_facts(FgCursor at)
{
    g_autoptr(FgFacts) facts = fg_facts_unpack(&at);
    if (!facts)
        return;
    g_autoptr(GByteArray) told = g_byte_array_new(), told_again = g_byte_array_new();
    fg_facts_pack(told, facts);
    FgCursor back = fg_cursor(told->data, told->len, FG_LITTLE_ENDIAN);
    g_autoptr(FgFacts) again = fg_facts_unpack(&back);
    g_assert(again && fg_cursor_left(&back) == 0);
    fg_facts_pack(told_again, again);
    g_assert(told->len == told_again->len && memcmp(told->data, told_again->data, told->len) == 0);
}

static void
read_rights(FgCursor at)
{
    g_autoptr(FgRights) rights = fg_rights_unpack(&at);
    if (!rights)
        return;
    g_autoptr(GByteArray) told = g_byte_array_new(), told_again = g_byte_array_new();
    fg_rights_pack(told, rights);
    FgCursor back = fg_cursor(told->data, told->len, FG_LITTLE_ENDIAN);
    g_autoptr(FgRights) again = fg_rights_unpack(&back);
    g_assert(again && fg_cursor_left(&back) == 0);
    fg_rights_pack(told_again, again);
    g_assert(told->len == told_again->len && memcmp(told->data, told_again->data, told->len) == 0);
}

static void
read_blobs(const GPtrArray *blobs)
{
    for (guint i = 0; i < blobs->len; i++) {
        FgRaster raster;
        FgLettering lettering;
        guint64 sum = 0;
        if (fg_raster_unpack(blobs->pdata[i], &raster, NULL))
            for (int y = 0; y < raster.height; y++)
                for (int x = 0; x < raster.width * raster.bands; x++)
                    sum += raster.data[(gsize)y * raster.stride + (gsize)x];
        fg_lettering_view(blobs->pdata[i], &lettering, NULL);
        g_assert(sum != G_MAXUINT64);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_auto(FgFd) fd = sealed(data, size);
    g_auto(FgPayload) payload = {0};
    g_autoptr(GError) refusal = NULL;
    if (!fg_payload_open(fd, 1 << 20, &payload, &refusal)) {
        g_assert(refusal);
        return 0;
    }
    FgCursor at = fg_payload_record(&payload);
    g_autoptr(GError) told = fg_get_error(&at);
    g_assert(told->domain == FG_ERROR && g_utf8_validate(told->message, -1, NULL));
    read_facts(fg_payload_record(&payload));
    read_rights(fg_payload_record(&payload));
    read_blobs(payload.blobs);
    return 0;
}
