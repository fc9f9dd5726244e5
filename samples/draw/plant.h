/* plant.h: what is planted into a sample: everything that a real photo carries and a published one must not.
 */
#ifndef PLANT_H
#define PLANT_H

#include "ifd.h"

typedef struct {
    const char *name; /* of the file */
    const char *title, *caption, *city, *keyword;
    const char *date; /* "2026:02:14 12:06:31" */
    double latitude, longitude;
    int altitude;
    const char *artist, *copyright; /* NULL: none */
    const char *make, *model, *lens, *body_serial, *lens_serial, *owner;
    guint32 exposure[2], aperture[2], focal[2];
    guint16 iso;
    guint16 orientation;
    const char *person;                    /* whose face is marked, or NULL */
    double face_x, face_y, face_w, face_h; /* shares of the stored picture */
} Plant;

/* EXIF with GPS, serial numbers, owner, maker note and a thumbnail in IFD1, as a TIFF stream. */
GBytes *plant_exif(const Plant *plant, int width, int height, GBytes *thumbnail);

/* Adds the same tags, but those of the thumbnail, to the first directory of a TIFF file. */
void plant_into(Ifd *ifd, const Plant *plant, int width, int height);

/* An XMP packet with face regions and creator's words. */
char *plant_xmp(const Plant *plant, int width, int height);

/* IPTC-IIM with the city, bare, and wrapped as Photoshop resources. */
GBytes *plant_iim(const Plant *plant);
GBytes *plant_irb(const Plant *plant);

#endif
