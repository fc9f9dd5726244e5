/* fuzz_amend.c: any file scrubbed and tagged: both read again, doing either twice changes nothing, and what
 * is scrubbed tells no place. room: amend */
#include "amend/amend_private.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The pieces, as they come over the border, must make the very file. */
static void
check_pieces(GBytes *before, const FgRemade *made)
{
    g_auto(FgPieces) pieces = fg_pieces_of(before, made), taken = {0};
    g_autoptr(GBytes) wire = fg_pieces_pack(&pieces, g_byte_array_new());
    FgCursor at = fg_cursor_bytes(wire, FG_LITTLE_ENDIAN);
    if (!fg_pieces_unpack(&at, wire, g_bytes_get_size(before), &taken))
        abort();
    gsize done = 0, size;
    const guint8 *file = g_bytes_get_data(made->file, &size);
    const guint8 *old = g_bytes_get_data(before, NULL), *fresh = g_bytes_get_data(taken.fresh, NULL);
    for (guint i = 0; i < taken.pieces->len; i++) {
        const FgPiece *piece = &g_array_index(taken.pieces, FgPiece, i);
        if (piece->length > size - done ||
            memcmp(file + done, (piece->old ? old : fresh) + piece->from, piece->length) != 0)
            abort();
        done += piece->length;
    }
    if (done != size)
        abort();
}

static void
remake_twice(GBytes *file, gboolean (*remake)(GBytes *file, const FgAmendOptions *options, FgRemade *made),
             const FgAmendOptions *options)
{
    g_auto(FgRemade) made = {0}, again = {0};
    if (!remake(file, options, &made))
        return;
    check_pieces(file, &made);
    if (!remake(made.file, options, &again) || !g_bytes_equal(made.file, again.file))
        abort();
}

/* Whatever is in it, a scrubbed file is read again and tells no place. */
static void
check_no_place(GBytes *file)
{
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    if (!container)
        abort();
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    for (guint i = 0; i < metadata->findings->len; i++)
        if (g_str_has_prefix(((const FgFinding *)metadata->findings->pdata[i])->id, "location."))
            abort();
    for (guint i = 0; i < metadata->personal->len; i++)
        if (g_str_has_prefix(((const FgPersonal *)metadata->personal->pdata[i])->id, "location."))
            abort();
}

static gboolean
scrub(GBytes *file, const FgAmendOptions *options, FgRemade *made)
{
    if (!fg_scrub_remake(file, options, made, NULL))
        return FALSE;
    check_no_place(made->file);
    return TRUE;
}

static gboolean
tag(GBytes *file, const FgAmendOptions *options, FgRemade *made)
{
    return fg_tag_remake(file, "x.jpg", options, made, NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) file = g_bytes_new(data, size);
    char *creators[] = {(char *)"Ariane", NULL};
    g_autoptr(FgRights) rights = fg_rights_new();
    rights->creators = g_strdupv(creators);
    FgProfile profile = {.rights = rights};
    const FgAmendOptions bare = {0}, rightful = {.profile = &profile, .force_rights = TRUE};
    remake_twice(file, scrub, &bare);
    remake_twice(file, tag, &rightful);
    return 0;
}
