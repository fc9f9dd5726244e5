/* scale_private.h: what the files of the scaler share.
 *
 * Result rows are made FG_LANES at a time. After the first step they stand side by side, as columns: one
 * vector holds a sample of each, so that a tap of the second step is one product and one sum for all. */
#ifndef FG_SCALE_PRIVATE_H
#define FG_SCALE_PRIVATE_H

#include "pixels/fixed_private.h"

#define FG_LANES 16
#define FG_TAPS_AT_ONCE 4

/* Which source samples make a result sample, and how much of each. */
typedef struct {
    int reach;       /* room for weights of each result sample, a multiple of FG_TAPS_AT_ONCE */
    int most;        /* source samples that any of them has */
    int *first;      /* first source sample */
    int *count;      /* source samples, 1..most */
    gint16 *weights; /* `reach` for each, adding up to FG_WEIGHT_ONE, zero from `count` on */
} FgKernel;

/* Lanczos-3 from `from` samples to `to`. The picture covers `span` samples, at most `from`: the last one may
 * reach over its border. */
void fg_kernel_init(FgKernel *kernel, int from, double span, int to);
void fg_kernel_clear(FgKernel *kernel);

/* A group of result rows, and the rows of fine samples that it is made of. */
typedef struct {
    int lanes[FG_LANES];       /* result rows; the last one fills lanes that are left over */
    int start, end;            /* of the rows that they need */
    const gint16 *const *rows; /* from `start` on, FG_TAPS_AT_ONCE more than any group needs */
    gsize length;              /* samples in each, a multiple of FG_LANES */
} FgGroup;

/* The first step: the rows of a group weighed against each other, `length` columns of FG_LANES samples. */
void fg_weigh_rows(const FgKernel *kernel, const FgGroup *group, gint16 *columns);

/* The second: `width` pixels of the first `lanes` rows, each `stride` bytes from the next. The columns go on
 * for as many pixels as a result has taps. */
void fg_weigh_columns(const FgKernel *kernel, const gint16 *columns, int bands, int width, int lanes,
                      guint8 *rows, gsize stride);

#endif
