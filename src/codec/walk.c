/* walk.c: what all walkers share: where they stand, and what they met. */
#include "codec/codec_private.h"

gboolean
fg_is_sound(const FgFlaws *flaws)
{
    return !flaws->strays && !flaws->cut && !flaws->outside && !flaws->unknown && !flaws->beyond;
}

void
fg_flaw(FgFlaws *flaws, guint *kind, guint64 where)
{
    if (fg_is_sound(flaws))
        flaws->first = where;
    if (*kind < G_MAXUINT)
        (*kind)++;
}

FgWalk
fg_walk_over(FgCursor block)
{
    block.endian = FG_BIG_ENDIAN;
    return (FgWalk){.at = block};
}

FgWalk
fg_walk(GBytes *block)
{
    return block ? fg_walk_over(fg_cursor_bytes(block, FG_BIG_ENDIAN)) : (FgWalk){0};
}
