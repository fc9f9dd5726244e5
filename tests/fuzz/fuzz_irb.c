/* fuzz_irb.c: Photoshop resources and the datasets in them: written as they were read, both read the same,
 * and without a flaw.
 * room: codec */
#include "codec/codec.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The datasets of a block, those of the extended form left out. */
static GByteArray *
datasets(FgCursor block, FgFlaws *flaws)
{
    GByteArray *out = g_byte_array_new();
    FgWalk walk = fg_walk_over(block);
    FgIimSet set;
    const FgIimCharset charset = fg_iim_charset(block);
    while (fg_iim_next(&walk, &set)) {
        g_autofree char *text = fg_iim_text(&set, charset, NULL);
        g_assert(g_utf8_validate(text, -1, NULL));
        if (set.value.length <= FG_IIM_LONGEST)
            fg_iim_put(out, set.record, set.number, set.value.data, set.value.length);
    }
    *flaws = walk.flaws;
    return out;
}

static void
check_datasets(FgCursor block)
{
    FgFlaws flaws;
    g_autoptr(GByteArray) once = datasets(block, &flaws);
    g_autoptr(GByteArray) twice = datasets(fg_cursor(once->data, once->len, FG_BIG_ENDIAN), &flaws);
    g_assert(fg_is_sound(&flaws));
    g_autoptr(GBytes) left = g_bytes_new(once->data, once->len), right = g_bytes_new(twice->data, twice->len);
    g_assert(g_bytes_equal(left, right));
}

static GBytes *
resources(GBytes *irb, FgFlaws *flaws)
{
    GByteArray *out = g_byte_array_new();
    FgWalk walk = fg_walk(irb);
    FgIrbResource resource;
    while (fg_irb_next(&walk, &resource)) {
        fg_irb_put_as_is(out, &resource);
        if (resource.id == FG_IRB_IIM)
            check_datasets(resource.value);
    }
    *flaws = walk.flaws;
    return g_byte_array_free_to_bytes(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) irb = g_bytes_new(data, size);
    FgFlaws flaws;
    g_autoptr(GBytes) once = resources(irb, &flaws);
    g_autoptr(GBytes) twice = resources(once, &flaws);
    g_assert(fg_is_sound(&flaws) && g_bytes_equal(once, twice));
    g_autoptr(GBytes) iim = fg_iim_unswapped(irb);
    check_datasets(fg_cursor_bytes(iim, FG_BIG_ENDIAN));
    return 0;
}
