/* fuzz_payload.c: whatever a hijacked process hands back: it is refused, or says only what its readers know.
 * room: run */
#include "run/run_private.h"

#include <fcntl.h>
#include <stdint.h>
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

/* What is read of facts and rights is sent on as it was understood. */
static void
read_texts(GVariant *wire)
{
    g_autoptr(FgFacts) facts = fg_wire_facts_read(wire);
    g_autoptr(GVariant) told = g_variant_ref_sink(fg_wire_facts(facts));
    g_autoptr(FgFacts) facts_again = fg_wire_facts_read(told);
    g_autoptr(GVariant) told_again = g_variant_ref_sink(fg_wire_facts(facts_again));
    g_assert(g_variant_n_children(told) == g_variant_n_children(told_again));

    g_autoptr(FgRights) rights = fg_wire_rights_read(wire);
    g_autoptr(GVariant) stated = g_variant_ref_sink(fg_wire_rights(rights));
    g_autoptr(FgRights) rights_again = fg_wire_rights_read(stated);
    g_assert(!g_strcmp0(rights->copyright, rights_again->copyright));
    g_assert(rights->licensors->len == rights_again->licensors->len);
}

static void
read_blobs(const GPtrArray *blobs)
{
    for (guint i = 0; i < blobs->len; i++) {
        FgRaster raster;
        FgLettering lettering;
        guint64 sum = 0;
        if (fg_wire_raster_view(blobs->pdata[i], &raster, NULL))
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
    static const char *const types[] = {FG_PAYLOAD_ERROR, FG_WIRE_FACTS, FG_WIRE_PRODUCT, FG_WIRE_FAILURE,
                                        "()"};
    g_auto(FgFd) fd = sealed(data, size);
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        g_auto(FgPayload) payload = {0};
        g_autoptr(GError) error = NULL;
        if (!fg_payload_open(fd, types[i], 1 << 20, &payload, &error)) {
            g_assert(error);
            continue;
        }
        if (i == 0) {
            g_autoptr(GError) told = fg_payload_error_read(payload.header);
            g_assert(told->domain == FG_ERROR && g_utf8_validate(told->message, -1, NULL));
        } else if (i == 1) {
            read_texts(payload.header);
        }
        read_blobs(payload.blobs);
    }
    return 0;
}
