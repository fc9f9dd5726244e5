/* ifd.h: writes TIFF directories, for EXIF blocks and for TIFF files (TIFF 6.0, little-endian). */
#ifndef IFD_H
#define IFD_H

#include <glib.h>

typedef struct Ifd Ifd;

Ifd *ifd_new(void);
void ifd_free(Ifd *ifd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ifd, ifd_free)

/* Entries may be added in any order; they are written sorted. NULL texts are left out. */
void ifd_text(Ifd *ifd, guint16 tag, const char *text);
void ifd_byte(Ifd *ifd, guint16 tag, guint8 value);
void ifd_short(Ifd *ifd, guint16 tag, guint16 value);
void ifd_shorts(Ifd *ifd, guint16 tag, const guint16 *values, guint count);
void ifd_long(Ifd *ifd, guint16 tag, guint32 value);
void ifd_rationals(Ifd *ifd, guint16 tag, const guint32 *pairs, guint count); /* count pairs */
void ifd_bytes(Ifd *ifd, guint16 tag, guint16 type, const void *data, gsize length);

/* Data that lies outside of the directory, pointed to by one tag and measured by another. */
void ifd_data(Ifd *ifd, guint16 offset_tag, guint16 length_tag, GBytes *data);

/* A directory below this one. Takes it. */
void ifd_child(Ifd *ifd, guint16 tag, Ifd *taken);

/* A whole TIFF stream: `first`, and `next` (may be NULL) chained to it. */
GBytes *ifd_stream(const Ifd *first, const Ifd *next);

#endif
