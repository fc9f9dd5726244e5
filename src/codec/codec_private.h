/* codec_private.h: what the walkers share. */
#ifndef FG_CODEC_PRIVATE_H
#define FG_CODEC_PRIVATE_H

#include "codec/codec.h"

/* Counts a flaw of a kind, which is a member of `flaws`, and keeps where the first of all stands. */
void fg_flaw(FgFlaws *flaws, guint *kind, guint64 where);

#endif
