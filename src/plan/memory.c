/* memory.c: what it takes to make a photo's files, so that not too many are made at once. An estimate: what a
 * process may really take is the profile's limit. */
#include "plan/plan_private.h"

#define PROCESS (40 * 1024 * 1024) /* libraries, and the lines that a pipeline has in hand */

/* Bytes a pixel while decoding: some formats are read row by row, others only whole. */
static guint64
decoding(const FgPhoto *photo, const FgSize *wanted)
{
    guint64 pixels = (guint64)photo->width * photo->height;
    const guint8 bytes = fg_format_traits(photo->format)->decoding;
    if (photo->format != FG_FORMAT_JPEG)
        return pixels * (bytes > 0 ? bytes : 4);
    if (photo->progressive)
        return pixels * 6; /* all coefficients, 2 bytes each */
    for (guint shrink = 8; shrink > 1; shrink /= 2)
        if (photo->width / shrink >= (guint32)wanted->width &&
            photo->height / shrink >= (guint32)wanted->height)
            return pixels * 3 / (shrink * shrink);
    return pixels * 3;
}

/* Bytes that the hungriest encoder of one size builds, beside the raster. */
static guint64
encoding(const FgDerivative *derivative)
{
    guint64 pixels = (guint64)derivative->size.width * (guint64)derivative->size.height;
    guint64 most = 0;
    for (guint i = 0; i < derivative->outputs->len; i++) {
        FgFormat format = ((const FgOutput *)derivative->outputs->pdata[i])->format;
        const guint8 bytes = fg_format_traits(format)->encoding;
        most = MAX(most, pixels * (bytes > 0 ? bytes : 4));
    }
    return most;
}

guint64
fg_plan_memory(const FgPlanned *planned)
{
    const FgPhoto *photo = planned->photo;
    guint64 bytes = PROCESS + (guint64)MAX(photo->size, 0), most = 0;
    FgSize wanted = {1, 1, FG_CROP_NONE};
    for (guint i = 0; i < planned->derivatives->len; i++) {
        const FgDerivative *derivative = planned->derivatives->pdata[i];
        wanted.width = MAX(wanted.width, derivative->size.width);
        wanted.height = MAX(wanted.height, derivative->size.height);
        most = MAX(most, encoding(derivative));
        /* All sizes are there before the first is encoded; four bytes a pixel, since a mark needs some. */
        bytes += (guint64)derivative->size.width * (guint64)derivative->size.height * 4;
    }
    return bytes + decoding(photo, &wanted) + most;
}
