/* jxl_private.h: what the files on JPEG XL (ISO/IEC 18181-2) share. */
#ifndef FG_JXL_PRIVATE_H
#define FG_JXL_PRIVATE_H

#include "container/bmff_private.h"

#define JXL_EXIF FG_FOURCC('E', 'x', 'i', 'f')
#define JXL_XML FG_FOURCC('x', 'm', 'l', ' ')
#define JXL_JBRD FG_FOURCC('j', 'b', 'r', 'd')
#define JXL_BROB FG_FOURCC('b', 'r', 'o', 'b')
#define JXL_JXLC FG_FOURCC('j', 'x', 'l', 'c')
#define JXL_JXLP FG_FOURCC('j', 'x', 'l', 'p')

/* What all compressed boxes of a file may come to once they are opened, in bytes. */
#define JXL_OPENED_CEILING ((gsize)16 << 20)

extern const guint8 fg_jxl_signature[12];

/* ---- Numbers of any count of bits, the lowest of each byte first (jxl_bits.c; ISO/IEC 18181-1 §B.2) ---- */

typedef struct {
    FgCursor at;
    guint64 held;
    guint count;   /* of bits that are held */
    gboolean over; /* more was asked for than there is, and zeros were given */
} JxlBits;

guint32 fg_jxl_bits(JxlBits *bits, guint wanted); /* 0..32 */

/* One of four: so many bits, and what is added to their number. */
typedef struct {
    guint8 bits[4];
    guint32 offset[4];
} JxlChoice;

guint32 fg_jxl_choice(JxlBits *bits, const JxlChoice *choice);

/* ---- Compressed boxes (jxl_brob.c; ISO/IEC 18181-2 §9.4) ---- */

/* Opens one: what kind of box it stands for, and its body. *opened is what the file's came to so far. Fails
 * for what can't be opened: a leak in it would not be seen, and a right in it would be lost. */
GBytes *fg_jxl_brob_open(const FgBox *box, guint32 *type, gsize *opened, GError **error);

/* What kind of box a box is or stands for. */
guint32 fg_jxl_true_type(const FgBox *box);

/* Writes a box of a block, Exif or XMP, compressed or not. */
void fg_jxl_put_block(GByteArray *out, guint32 type, gboolean packed, GBytes *block);

/* ---- What a JPEG is put together from (jxl_jbrd.c; ISO/IEC 18181-2 §9.6, annex A) ---- */

/* A JPEG file of the segments that the box holds, APPn and COM, and of what stood between and behind them,
 * without a picture. *opened as above. NULL, without an error, for what can't be understood. */
GBytes *fg_jxl_jbrd_open(const FgBox *box, gsize *opened);

#endif
