/* fuzz_amend.c: any file scrubbed and tagged; doing either twice must change nothing, and nothing may crash.
 * room: amend */
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

static gboolean
scrub(GBytes *file, const FgAmendOptions *options, FgRemade *made)
{
    return fg_scrub_remake(file, options, made, NULL);
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
