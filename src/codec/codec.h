/* codec.h: bytes to records and back: the directories of TIFF and EXIF, the resources of Photoshop, the
 * datasets of IPTC, the boxes of ISO files and of JUMBF, the items of CBOR. No meaning, no files.
 *
 * All that read such bytes (check, tag, scrub, publish) read them with the walkers here, so that none
 * overlooks what another sees. A walker goes as far as it can. What a sound block has not, it hands out as
 * data, and its caller decides: a reader of rights and personal data notes it and reads on, a writer refuses
 * what it could not write again. All bytes are untrusted; nothing here is global. */
#ifndef FG_CODEC_H
#define FG_CODEC_H

#include "base/base.h"
#include "base/writer.h"

/* What a walk met that a sound block has not. */
typedef struct {
    guint strays;  /* bytes other than zeros that belong to no record */
    guint cut;     /* records, or tables of them, that claim more bytes than there are */
    guint outside; /* values that lie outside of the stream */
    guint unknown; /* values of a type that nobody knows */
    guint beyond;  /* tables with more entries than are walked */
    guint64 first; /* where the first of all these stands, from the start of what is walked */
} FgFlaws;

gboolean fg_is_sound(const FgFlaws *flaws);

/* ---- Directories: TIFF 6.0 §2, BigTIFF, Exif 3.0 §4.5 (tiff_ifd.c, tiff_ifd_write.c) ---- */

#define FG_IFD_CEILING 4096u /* entries of one directory that are walked (docs/spec/metadata.md §4.5) */

enum {
    FG_TIFF_BYTE = 1,
    FG_TIFF_ASCII = 2,
    FG_TIFF_SHORT = 3,
    FG_TIFF_LONG = 4,
    FG_TIFF_RATIONAL = 5,
    FG_TIFF_UNDEFINED = 7,
    FG_TIFF_SBYTE = 6,
    FG_TIFF_SSHORT = 8,
    FG_TIFF_SLONG = 9,
    FG_TIFF_SRATIONAL = 10,
    FG_TIFF_FLOAT = 11,
    FG_TIFF_DOUBLE = 12,
    FG_TIFF_SLONG8 = 17,
    FG_TIFF_UTF8 = 129, /* Exif 3.0 */
};

typedef struct {
    FgCursor whole; /* its byte order is the stream's */
    gboolean big;   /* BigTIFF: counts and offsets of 64 bits */
    guint16 magic;  /* 42, 43 for BigTIFF; cameras have numbers of their own over the same structure */
    gint64 bias;    /* added to the offsets of values, where a maker note was moved without them */
    guint64 first;  /* offset of the first directory */
} FgTiff;

/* Reads the header; FALSE when it is none. */
gboolean fg_tiff_open(FgCursor stream, FgTiff *tiff);

/* The same of a stream that programs other than its camera's can rewrite: 42 or 43. */
gboolean fg_tiff_open_plain(GBytes *stream, FgTiff *tiff);

/* A stream whose directories have no header of their own, as in maker notes. */
FgTiff fg_tiff_frame(FgCursor stream, FgEndian endian);

typedef enum {
    FG_IFD_SOUND,
    FG_IFD_PADDING, /* type 0: the table was made longer than it needs to be; no fault */
    FG_IFD_UNKNOWN, /* a type that neither TIFF nor BigTIFF nor Exif has */
    FG_IFD_OUTSIDE, /* the value lies outside of the stream */
} FgIfdFlaw;

typedef struct {
    guint16 tag, type;
    guint64 count;
    guint64 offset, size; /* of the value, as the entry tells; size G_MAXUINT64: it can't be told */
    gboolean apart;       /* the value does not stand in the entry */
    FgIfdFlaw flaw;
    FgCursor entry; /* the entry itself: 12 bytes, in BigTIFF 20 */
    FgCursor field; /* its last 4 bytes, in BigTIFF 8: the value, or the value's offset */
    FgCursor value; /* all bytes of the value and no more; none with a flaw */
} FgIfdEntry;

/* A walk over one directory:
 *
 *     if (fg_ifd_begin(&tiff, tiff.first, &walk))
 *         while (fg_ifd_next(&walk, &entry))
 *             …
 *     following = fg_ifd_following(&walk);
 *
 * Entries with a flaw are handed out too. */
typedef struct {
    const FgTiff *tiff;
    FgCursor at;
    guint64 offset;  /* of the table */
    guint64 width;   /* bytes of an entry */
    guint64 claimed; /* entries that the table says it has */
    guint64 left;    /* of them, to be walked */
    FgFlaws flaws;
} FgIfdWalk;

/* FALSE when there is no directory at `offset`. */
gboolean fg_ifd_begin(const FgTiff *tiff, guint64 offset, FgIfdWalk *walk);
gboolean fg_ifd_next(FgIfdWalk *walk, FgIfdEntry *entry);

/* The offset of the directory behind one that was walked to its end; 0 for none, and behind a table that is
 * cut or beyond the ceiling. */
guint64 fg_ifd_following(const FgIfdWalk *walk);

/* The first sound entry of a tag in a directory; FALSE for none. */
gboolean fg_ifd_find(const FgTiff *tiff, guint64 offset, guint16 tag, FgIfdEntry *entry);

/* Whether a directory may stand at `offset` of bytes of which nothing tells that one does: a small count and
 * a type that exists. */
gboolean fg_ifd_is_likely(const FgTiff *tiff, guint64 offset);

/* How far the values of the directory at `offset` were left behind when it was moved: they should all lie in
 * the bytes from `start` to `end`, the first right after the directory. 0 when they do. */
gint64 fg_ifd_bias(const FgTiff *tiff, guint64 offset, guint64 start, guint64 end);

/* One number of a value of an integer type. */
gboolean fg_ifd_number(const FgIfdEntry *entry, guint64 index, guint64 *number);

/* One RATIONAL or SRATIONAL, as numerator and denominator. */
gboolean fg_ifd_rational(const FgIfdEntry *entry, guint64 index, guint32 *numerator, guint32 *denominator);

/* One number of a value of any numeric type, FLOAT and DOUBLE among them; FALSE for one that is none, as of
 * denominator 0. */
gboolean fg_ifd_real(const FgIfdEntry *entry, guint64 index, double *value);

/* A directory as a list, for those who look its tags up. */
typedef struct {
    guint64 offset, length; /* of the table */
    guint64 next;
    FgFlaws flaws;
    GArray *entries; /* of FgIfdEntry: the sound ones; they borrow the stream */
} FgIfdTable;

/* NULL when there is no directory, or when it is cut or beyond the ceiling, so that it could not be written
 * again. */
FgIfdTable *fg_ifd_table(const FgTiff *tiff, guint64 offset);
void fg_ifd_table_free(FgIfdTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgIfdTable, fg_ifd_table_free)

/* NULL for none, and for no table. */
const FgIfdEntry *fg_ifd_look_up(const FgIfdTable *table, guint tag);

/* The first number of a tag, or the fallback. */
guint64 fg_ifd_first(const FgIfdTable *table, guint tag, guint64 fallback);

/* The value's bytes, a slice of the stream that was walked. */
GBytes *fg_ifd_bytes(const FgIfdEntry *entry, GBytes *stream);

/* A value with its numbers in another byte order. */
GBytes *fg_ifd_value_in(const FgIfdEntry *entry, FgEndian endian);

/* The rows of a directory to be written in a classic stream; a value is in the stream's byte order. */
GArray *fg_ifd_rows_new(void);

/* Adds a row, unless there is one of the tag. */
void fg_ifd_add(GArray *rows, guint tag, guint type, guint64 count, GBytes *taken_value);

/* Adds the entry as it stands, for a directory in the same stream; it is borrowed. */
void fg_ifd_add_entry(GArray *rows, const FgIfdEntry *entry);

/* Appends a directory at an even offset, sorted by tag with the entries that
 * have a flaw at its end, and its values behind it. Gives where it lies, and
 * where the offset of the directory behind it (`next`) stands. */
guint32 fg_ifd_put(GByteArray *out, FgEndian endian, GArray *rows, guint32 next, guint *link);

/* Takes entries out of the directory at `offset` where it stands, in `bytes`, which are those of the stream:
 * the entries that stay, and the offset of the next directory, move up. Returns how many entries are left. */
typedef gboolean (*FgIfdGoes)(const FgIfdEntry *entry, gpointer data);
guint fg_ifd_thin(const FgTiff *tiff, guint8 *bytes, guint64 offset, FgIfdGoes goes, gpointer data);

/* ---- Runs of records (irb.c, iim.c, raw_profile.c) ---- */

/* A walk over the records of a block:
 *
 *     FgWalk walk = fg_walk(irb);
 *     while (fg_irb_next(&walk, &resource))
 *         …
 */
typedef struct {
    FgCursor at;
    FgFlaws flaws;
} FgWalk;

FgWalk fg_walk(GBytes *block); /* NULL: an empty one */
FgWalk fg_walk_over(FgCursor block);

/* Photoshop image resources (Adobe, Photoshop File Formats; docs/spec/metadata.md §2.1.1): a signature, a
 * number, a name, a length, data; name and data are padded to even. */
enum {
    FG_IRB_IIM = 0x0404,
    FG_IRB_FLAG = 0x040A, /* of copyright */
    FG_IRB_URL = 0x040B,  /* of copyright */
    FG_IRB_DIGEST = 0x0425,
};

typedef struct {
    FgCursor head; /* signature, number and name, as they are */
    guint16 id;
    FgCursor value; /* as much as there is */
} FgIrbResource;

gboolean fg_irb_next(FgWalk *walk, FgIrbResource *resource);

/* The first resource of a number; `irb` may be NULL. */
gboolean fg_irb_find(GBytes *irb, guint16 id, FgIrbResource *resource);

/* Appends a resource without a name, or one with signature and name as it has them. */
void fg_irb_put(GByteArray *out, guint16 id, const void *data, gsize length);
void fg_irb_put_as_is(GByteArray *out, const FgIrbResource *resource);

/* IPTC datasets (IIM 4.2 §1.5): a marker, record and number, a length, data. */
#define FG_IIM_LONGEST 32767u /* beyond it lengths are extended, which many readers refuse */

typedef struct {
    guint8 record, number;
    FgCursor value; /* as much as there is */
} FgIimSet;

gboolean fg_iim_next(FgWalk *walk, FgIimSet *set);

/* Whether there is any dataset. */
gboolean fg_iim_has_any(FgCursor iim);

/* Appends a dataset of at most FG_IIM_LONGEST bytes. */
void fg_iim_put(GByteArray *out, guint8 record, guint8 number, const void *data, gsize length);

/* Some TIFF writers declare the block as LONGs and swap the bytes of each: the block in its right order. */
GBytes *fg_iim_unswapped(GBytes *iim);

/* What dataset 1:90 declares by ISO 2022 escapes. FG_IIM_OTHER: a set that can't be converted. */
typedef enum {
    FG_IIM_UNDECLARED,
    FG_IIM_UTF8,
    FG_IIM_LATIN1,
    FG_IIM_UTF16,
    FG_IIM_UTF32,
    FG_IIM_JIS,
    FG_IIM_OTHER,
} FgIimCharset;
FgIimCharset fg_iim_charset(FgCursor iim);

/* The text of a dataset as UTF-8. Whatever an 8-bit set declares, what is UTF-8 is taken for it, as writers
 * forget to declare it; *utf8 (may be NULL) says so. What no set fits is taken as Windows-1252. The caller
 * frees. */
char *fg_iim_text(const FgIimSet *set, FgIimCharset charset, gboolean *utf8);

/* The bytes of a PNG text that holds a block in hexadecimal: a name, a count of bytes, then digits with white
 * space between. What else stands among the digits is skipped, since some writers leave a rest behind the
 * last, and an odd digit is none. NULL when it is no such text. The caller frees. */
GBytes *fg_raw_profile(GBytes *text);

/* The text of a raw profile of that name, lines of 72 digits; *length is without the NUL. The caller frees.
 */
char *fg_raw_profile_text(const char *name, GBytes *block, gsize *length);

/* ---- Boxes: ISO/IEC 14496-12 §4.2, and JUMBF (ISO/IEC 19566-5), which is made of them (bmff.c) ---- */

#define FG_FOURCC(a, b, c, d) ((guint32)(a) << 24 | (guint32)(b) << 16 | (guint32)(c) << 8 | (guint32)(d))

/* A stretch of bytes. */
typedef struct {
    guint64 offset, length;
} FgSpan;

typedef struct {
    guint32 type;
    FgSpan span;   /* header included */
    FgCursor body; /* after the header; it walks the same bytes with its end moved in */
} FgBox;

/* The next box, the cursor moves past it. FALSE at the end, and also when what is left is no box: then bytes
 * are left at the cursor. */
gboolean fg_box_next(FgCursor *at, FgBox *box);

/* The same of a box that may be cut: its body ends where the bytes do. */
gboolean fg_box_open(FgCursor *at, FgBox *box);

/* Version and flags at the start of a full box. */
gboolean fg_box_full(FgCursor *body, guint8 *version, guint32 *flags);

/* "mpvd", with what is not printable as '?'. The caller frees. */
char *fg_box_name(guint32 type);

/* Starts a box whose size is not known yet, and fills the size in; full boxes take version and flags. */
guint fg_box_begin(GByteArray *out, guint32 type);
guint fg_box_begin_full(GByteArray *out, guint32 type, guint version, guint32 flags);
void fg_box_end(GByteArray *out, guint begun);

/* A superbox: its description, and where the boxes begin that it speaks of (jumbf.c). */
typedef struct {
    guint32
        kind; /* the four letters of its content type, as FG_FOURCC('c', 'b', 'o', 'r'); 0: another UUID */
    FgCursor label;   /* without its zero; empty when it has none */
    FgCursor content; /* the boxes behind the description */
} FgJumbf;

/* `body` is that of a box of the type jumb. FALSE when it does not begin with a whole description. */
gboolean fg_jumbf_open(FgCursor body, FgJumbf *super);

/* TRUE for a label, and for one of several of its name, which end with "__1", "__2" (C2PA 2.2 §6.4). */
gboolean fg_jumbf_is(const FgJumbf *super, const char *label);

/* ---- Data items: CBOR (RFC 8949), read alone (cbor.c) ---- */

#define FG_CBOR_DEPTH 64u /* items in items that are walked */

typedef enum { /* the major types */
               FG_CBOR_UNSIGNED,
               FG_CBOR_NEGATIVE,
               FG_CBOR_BYTES,
               FG_CBOR_TEXT,
               FG_CBOR_ARRAY,
               FG_CBOR_MAP,
               FG_CBOR_TAG,
               FG_CBOR_SIMPLE, /* false, true, null and floating point */
} FgCborKind;

typedef struct {
    FgCborKind kind;
    gboolean open; /* of no stated length: ended by a break, which is not in the body */
    guint64
        number; /* the argument: the value, bytes of a string, items of an array, pairs of a map, the tag */
    FgCursor body; /* the bytes of a string, the items of the others; an open string's are its pieces */
} FgCbor;

/* The next item with all that it holds; the cursor moves past it. FALSE at the end, and also when what is
 * left is no item that ends within it: then the cursor stays. To walk what an array, map or tag holds, walk a
 * copy of its body; keys and values of a map take turns. */
gboolean fg_cbor_next(FgCursor *at, FgCbor *item);

/* TRUE for a text of these very bytes. */
gboolean fg_cbor_is(const FgCbor *item, const char *text);

/* The text of an item, tagged or not, of `most` bytes at most; NULL when it is none or no UTF-8. The caller
 * frees. */
char *fg_cbor_text(const FgCbor *item, gsize most);

#endif
