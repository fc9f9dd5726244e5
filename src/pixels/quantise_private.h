/* quantise_private.h: JPEG's coefficients, and how few bits can say them.
 *
 * libjpeg rounds each coefficient by itself. Here a block is rounded as a whole: every level costs the bits
 * that its code takes in this picture, every change of a coefficient costs what the eye sees of it, and the
 * cheapest way through the block is taken. Integers throughout, so that every processor agrees.
 *
 *     plane -> coefficients -> counts of codes when rounded plainly -> prices of codes -> levels */
#ifndef FG_QUANTISE_PRIVATE_H
#define FG_QUANTISE_PRIVATE_H

#include "pixels/pixels.h"

#define FG_BLOCK 64 /* coefficients of 8x8 samples, row by row; ITU-T T.81, A.3.3 */

/* ---- coefficients.c ---- */

/* A coefficient is held in sixteenths of T.81's. */
#define FG_COEFFICIENT_ONE 16

/* Blocks that so many samples need along one side. */
int fg_plane_blocks(int samples);

/* The `row`th row of blocks of a plane, a raster of one band. What is missing at the edges repeats the last
 * sample. `blocks` has room for fg_plane_blocks(plane->width). */
void fg_coefficients(const FgRaster *plane, int row, gint16 blocks[][FG_BLOCK]);

/* ---- quantise_steps.c ---- */

typedef struct {
    guint8 step[FG_BLOCK];        /* what goes into the file's table */
    guint32 reciprocal[FG_BLOCK]; /* turns a coefficient into 64ths of a step, 15 bits after the point */
} FgSteps;

/* Steps that at this quality, 1..100, look as good as libjpeg's do at the same. */
void fg_steps(FgSteps *steps, int quality, gboolean chroma);

/* ---- quantise.c ---- */

/* How often each code of T.81 F.1.2.2 came: zeros before a level * 16 + bits of the level, 0 for the end of a
 * block, 0xF0 for 16 zeros. */
typedef struct {
    guint64 codes[256];
} FgCounts;

/* What codes cost with the bits that follow them, in 2^-20 bits. */
typedef struct {
    gint64 level[16]
                [FG_BLOCK]; /* a level of so many bits after so many zeros, the codes of 16 zeros included */
    gint64 end;             /* of a block */
} FgPrices;

/* Counts the codes of a block of coefficients when each is rounded to its nearest level. */
void fg_quantise_count(FgCounts *counts, const gint16 block[FG_BLOCK], const FgSteps *steps);

/* What codes cost when an optimal code is made for these counts. */
void fg_quantise_price(FgPrices *prices, const FgCounts *counts);

/* Turns the coefficients of a block into levels, in place. */
void fg_quantise(gint16 block[FG_BLOCK], const FgSteps *steps, const FgPrices *prices);

#endif
