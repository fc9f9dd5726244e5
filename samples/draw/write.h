/* write.h: puts a developed canvas and what is planted with it into a file of each format. Programs that fail
 * here abort: this is a tool of the house, not of its guests. */
#ifndef WRITE_H
#define WRITE_H

#include "draw.h"
#include "plant.h"

typedef enum { JPEG_RGB, JPEG_P3, JPEG_CMYK, JPEG_GREY } JpegKind;

GBytes *write_jpeg(const Canvas *canvas, const Plant *plant, JpegKind kind, int quality);
GBytes *write_png(const Canvas *canvas, const Plant *plant);
GBytes *write_tiff(const Canvas *canvas, const Plant *plant);
GBytes *write_heic(const Canvas *canvas, const Plant *plant, int quality);

/* A picture of 160 px, as cameras hide it in EXIF. */
GBytes *thumbnail_of(const Canvas *canvas);

/* Display P3, made from its primaries. */
GBytes *display_p3(void);

/* 8-bit sRGB to the inks of libvips' press profile, inverted as Adobe writes them. The caller frees. */
guint8 *press_inks(const guint8 *rgb, gsize count);

#endif
