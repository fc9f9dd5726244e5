/* fixed_private.h: arithmetic in 16-bit fixed point, whose bytes are the same on every processor. */
#ifndef FG_FIXED_PRIVATE_H
#define FG_FIXED_PRIVATE_H

#include <glib.h>

/* Compiled twice where the processor may know wider vectors. */
#if defined(__x86_64__) && defined(__ELF__) && !defined(FG_SANITIZED)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif
#define INLINE static inline __attribute__((always_inline))

/* Samples have these bits after the point, before and after they are weighed; weights have 14. */
#define FG_FINE_BITS 7
#define FG_RESULT_BITS 6
#define FG_WHITE (255 << FG_RESULT_BITS)
#define FG_WEIGHT_BITS 14
#define FG_WEIGHT_ONE (1 << FG_WEIGHT_BITS)

/* A fine sample times a weight, rounded. Written as compilers know it: one instruction does it. */
INLINE gint16
fg_share(gint16 fine, gint16 weight)
{
    const int excess = FG_FINE_BITS + FG_WEIGHT_BITS - FG_RESULT_BITS;
    return (gint16)(((fine * weight >> (excess - 1)) + 1) >> 1);
}

/* A sum of such shares as a sample. */
INLINE guint8
fg_sample(gint16 sum)
{
    gint16 bounded = MIN(MAX(sum, 0), FG_WHITE);
    return (guint8)((guint16)(bounded + (1 << (FG_RESULT_BITS - 1))) >> FG_RESULT_BITS);
}

#endif
