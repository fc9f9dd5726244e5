/* container: boxes in, boxes out; never a pixel.
 *
 * A file is read into an ordered list of parts: what the picture needs, and everything else, each with its
 * place. The same list serves three callers: a reader of metadata looks at the payloads, `dress` writes a
 * naked picture with our own blocks, and `rewrite` copies an original with some parts left out or replaced.
 * Payloads are slices of the input where the format allows it (an extended XMP or a split Photoshop block is
 * put together anew). Compressed picture data is copied byte for byte, always.
 *
 * Every length is checked against what is left. A file that is damaged but whose start is sound yields the
 * parts that were found and a list of faults; only a file that can't be understood at all is an error. */
#ifndef FG_CONTAINER_H
#define FG_CONTAINER_H

#include "base/base.h"

typedef enum {
    FG_FORMAT_UNKNOWN,
#define WRITTEN(id, ...) FG_FORMAT_##id,
#define READ(id, ...) FG_FORMAT_##id,
#define KNOWN(id, ...) FG_FORMAT_##id,
#define SIGNATURE(...)
#include "container/formats.def"
    FG_N_FORMATS
} FgFormat;

/* What the rows of formats.def say of a format. */
typedef struct {
    const char *name, *title, *extension; /* "jpeg", "JPEG" as a person writes it, "jpg" */
    const char *endings;                  /* others that its files go by, with blanks between; or NULL */
    const char *pattern;    /* its endings on a site as a regular expression; NULL: the extension */
    const char *mime;       /* NULL for what no site serves */
    gboolean photo;         /* an input of publish */
    gboolean read;          /* fg_container_read takes it */
    gboolean written;       /* derivatives can be of it */
    gboolean lossy;         /* has a quality and an effort in the profile */
    gboolean progressive;   /* can be written in several scans */
    gboolean halves_colour; /* always keeps one sample of colour for 2x2 pixels */
    gboolean centred;       /* which lies amid them (YCbCrPositioning of EXIF) */
    gboolean
        boxed; /* the file itself turns its picture and declares its colours (ISO/IEC 23008-12, 18181-1) */
    gboolean iptc;                  /* photos in it have an IPTC block as a matter of course */
    gboolean irb;                   /* holds Photoshop resources, and so IPTC */
    gboolean texts;                 /* holds the texts of PNG */
    guint largest_side;             /* px; 0: larger than any photo */
    guint8 decoding, encoding;      /* bytes a pixel that decoder and encoder take; 0: 4 */
    guint8 source, fallback, shown; /* from 1 on, best first: for <source>, for <img>, for a proof; 0: last */
} FgFormatTraits;

const FgFormatTraits *fg_format_traits(FgFormat format);

/* The names of all that is written, with '|' between. An address that is known when a table is compiled. */
extern const char fg_format_words[]; /* each name behind a '|' */
#define FG_FORMAT_NAMES_WRITTEN (fg_format_words + 1)

/* What the first bytes say; 64 bytes are enough for all but TIFF-like raw files, which want the whole head (4
 * KiB). */
FgFormat fg_sniff(const void *data, gsize length);

/* Whether a file is to be taken for a photo: its first bytes are one's, or its name says that it is one and
 * they are of no known kind, or of another kind than a photo's. The latter fails by name where it is read, so
 * that a pointer, a page or a copy that failed is not passed over in silence. */
gboolean fg_sniff_photo(const char *path, const void *data, gsize length);

/* Why a file of this kind, none that is read, can't be: FG_ERROR_UNSUPPORTED with the cause, of which three
 * have words of their own. Returns FALSE. */
gboolean fg_throw_no_photo(const void *data, gsize length, FgFormat format, GError **error);

const char *
fg_format_name(FgFormat format); /* "jpeg", "png", "webp", "avif", "heic", "tiff", "jxl", "gif", … */
const char *fg_format_title(FgFormat format);     /* "JPEG", "RAW", as a person writes it */
const char *fg_format_extension(FgFormat format); /* "jpg", "png", … */
FgFormat fg_format_from_name(const char *name);   /* FG_FORMAT_UNKNOWN for none */
gboolean fg_format_is_photo(FgFormat format);     /* an input of publish */

typedef enum {
    FG_PART_PICTURE,      /* what a decoder needs; bytes is NULL */
    FG_PART_EXIF,         /* a TIFF stream, without Exif\0\0 or offset prefix */
    FG_PART_XMP,          /* the main packet */
    FG_PART_XMP_EXTENDED, /* put together; name is its GUID */
    FG_PART_IRB,          /* Photoshop resources, put together, from the first 8BIM on */
    FG_PART_IIM,          /* bare IPTC-IIM (TIFF 33723, PNG raw profile) */
    FG_PART_ICC,          /* a colour profile, put together */
    FG_PART_TEXT,      /* PNG text: name is the keyword, bytes its value; `latin1` as the chunk kind says */
    FG_PART_COMMENT,   /* JPEG COM */
    FG_PART_THUMBNAIL, /* a second, small picture of its own: JFXX, JFIF, HEIF thmb */
    FG_PART_AUXILIARY, /* MPF, depth, gain map, second pages */
    FG_PART_C2PA,      /* a JUMBF box that holds a C2PA manifest */
    FG_PART_TIME,      /* PNG tIME; bytes is the payload */
    FG_PART_TRAILER,   /* bytes after the end of the picture */
    FG_PART_PRIVATE,   /* anything else; name says what is known ("APP12 Ducky", "chunk mkBF") */
} FgPartKind;

typedef struct {
    FgPartKind kind;
    char *where;      /* its place for a person: "APP1[2]", "eXIf", "item 4" */
    char *name;       /* see the kind, or NULL */
    GBytes *bytes;    /* the payload, or NULL */
    guint64 offset;   /* of the (first) box in the file */
    guint64 length;   /* of the box or boxes, headers included; 0 for what stands in another part (JPEG XL) */
    gboolean latin1;  /* FG_PART_TEXT: the chunk kind is Latin-1 by its standard */
    gboolean late;    /* stands after the pixel data */
    gboolean further; /* FG_PART_EXIF: not the first in the file, and stands there as it is */
    gboolean unusual; /* in a form that some readers miss: compressed XMP, raw profile, Exif\0\0 prefix in
                         WebP or PNG */
    gboolean packed;  /* JPEG XL: in a box that is compressed, as a whole */
} FgPart;

/* How a file is brighter than the white of a screen. A gain map stands beside a picture that is not; PQ and
 * HLG (ITU-R BT.2100) are the curves of its own samples. */
typedef enum { FG_HDR_NONE, FG_HDR_GAIN_MAP, FG_HDR_PQ, FG_HDR_HLG, FG_N_HDR } FgHdr;

const char *fg_hdr_name(FgHdr hdr);       /* "gain-map", "pq", "hlg"; NULL for none */
FgHdr fg_hdr_from_name(const char *name); /* FG_HDR_NONE for any other, and for NULL */

typedef struct {
    FgHdr hdr;
    guint8 primaries; /* of PQ and HLG, by ITU-T H.273 */
    guint32 peak; /* cd/m²: MaxCLL (CTA-861.3), else what the mastering display reached (SMPTE ST 2086); 0:
                     not said */
} FgBrightness;

typedef struct {
    FgFormat format;
    GBytes *file;          /* the whole */
    guint32 width, height; /* as stored, before orientation, HEIF and AVIF after clap; 0 when the header does
                              not say */
    guint8 bands;          /* samples a pixel as the header says, 0 unknown */
    guint8 depth;          /* bits a sample, 0 unknown */
    gboolean progressive;  /* JPEG with several scans, interlaced PNG */
    gboolean endless;   /* the picture has data and no end mark: whether all of it is there its decoder alone
                           can tell */
    gboolean complete;  /* the picture's end was found where it should be (EOI, IEND, RIFF and box sizes) */
    guint8 orientation; /* HEIF and AVIF: irot and imir as the EXIF number 1..8; JPEG XL: as its codestream
                           has it; TIFF whose picture is not its first page: that page's tag; elsewhere 0 */
    GPtrArray *parts;   /* of FgPart, in the order of the file */
    FgBrightness light; /* of HEIF and AVIF, by the code points of the picture; see fg_container_light */
    GPtrArray *faults;  /* of char *: "segment 4 claims 70000 bytes, 312 are left" */
    GArray *boxes;      /* this room's own: how the parts lie in the file; may be NULL */
} FgContainer;

/* Reads a file of any of the seven photo formats. The container holds a reference to `file`.
 * FG_ERROR_UNSUPPORTED for another kind, FG_ERROR_MALFORMED when nothing can be made of it, FG_ERROR_LIMIT
 * for metadata blocks past the caps (64 MiB a block here; callers may ask less). */
FgContainer *fg_container_read(GBytes *file, GError **error);
void fg_container_free(FgContainer *container);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgContainer, fg_container_free)

/* The first part of a kind, or NULL; borrowed. */
const FgPart *fg_container_find(const FgContainer *container, FgPartKind kind);

/* Walks what a decoder may forgive: PNG CRCs of the critical chunks and IEND, JPEG's EOI, RIFF and box sizes.
 * FG_ERROR_MALFORMED says where a photo is cut or damaged. */
gboolean fg_container_verify(const FgContainer *container, GError **error);

/* An endless file as its decoder is to have it: a JPEG without what stands behind its last scan, a PNG with
 * an end mark; any other file as it is. The caller frees. */
GBytes *fg_container_for_decoder(const FgContainer *container);

/* How a PNG says what its samples mean, as its chunks have it (PNG 3rd edition, 4.3): cICP goes before iCCP,
 * that before sRGB, that before gAMA and cHRM. */
typedef struct {
    gboolean grey;
    gboolean has_cicp, has_icc, has_srgb, has_gamma, has_primaries;
    guint8 primaries, transfer; /* cICP, by ITU-T H.273 */
    gboolean narrow;            /* cICP: not the full range */
    guint32 gamma;              /* gAMA, in 1/100000, not 0 */
    guint32 chromaticities[8];  /* cHRM, in 1/100000: x and y of white, red, green, blue */
} FgPngColour;

/* FALSE when it is no PNG. */
gboolean fg_png_colour(GBytes *file, FgPngColour *colour);

/* By boxes, chunks and segments; what XMP says of gain maps is the matter of metadata. */
FgBrightness fg_container_light(const FgContainer *container);

/* PQ and HLG of a PNG by its chunks alone; FG_HDR_NONE for any other file. */
FgBrightness fg_png_light(GBytes *file);

/* The page of a TIFF that is its picture: the first that is not said to be a smaller version of another (TIFF
 * 6.0, NewSubfileType), or the first of all. */
typedef struct {
    guint number; /* of the page, from 0 */
    guint32 width, height;
    guint16 bits, format; /* of the first sample; 1 unsigned, 2 signed, 3 IEEE floating point */
    guint16 compression;
    guint samples, extra; /* a pixel, and how many of these are no colour */
    int alpha;            /* which of the samples is alpha, -1 for none */
} FgTiffPage;

/* FALSE when there is no readable directory. */
gboolean fg_tiff_page(GBytes *file, FgTiffPage *page);

/* Our blocks, to be written into a file. NULL: none. All are whole payloads as FgPart has them. */
typedef struct {
    GBytes *exif; /* a TIFF stream */
    GBytes *xmp;  /* a packet with its xpacket lines; in HEIF these two lines are left out */
    GBytes *irb;  /* JPEG and TIFF: Photoshop resources; a rewrite of PNG puts them into a raw profile */
    GBytes *icc;  /* JPEG, PNG, WebP; in HEIF the encoder has written nclx already */
    const char *const *texts; /* PNG iTXt: keyword, value, keyword, value, NULL */
    gboolean same_colours;    /* `icc` is the file's own: what else states colours in a PNG stays */
    gboolean beside_further;  /* a rewrite replaces no further EXIF block: `exif` is for the first */
} FgDress;

/* Writes a naked picture (JPEG, PNG, WebP, AVIF as our encoders make them) in the canonical order of
 * docs/spec/metadata.md §2, keeping only what a decoder needs and our blocks. FG_ERROR_OVERSIZE when a block
 * exceeds what the container can hold (65,533 bytes a JPEG segment; XMP over that is not split). */
GBytes *fg_container_dress(GBytes *naked, FgFormat format, const FgDress *dress, GError **error);

/* For each part that is not FG_PART_PICTURE: is it to stay? */
typedef gboolean (*FgKeepPart)(const FgPart *part, gpointer data);

/* Copies a file of any of JPEG, PNG, WebP, AVIF, HEIC, TIFF or boxed JPEG XL without the parts that `keep`
 * refuses, with those blocks of `dress` that are not NULL in place of the file's own of that kind. Picture
 * data is copied byte for byte; a rewrite that changes nothing gives back the same bytes. FG_ERROR_OVERSIZE,
 * FG_ERROR_UNSUPPORTED (a form that can't be rewritten without harm). */
GBytes *fg_container_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data,
                             const FgDress *dress, GError **error);

/* A tag of one-byte units (BYTE, ASCII, UNDEFINED) of a TIFF stream's first directory; value NULL: it goes.
 */
typedef struct {
    guint16 tag, type;
    GBytes *value;
} FgTiffTag;

/* A TIFF stream with these tags in its first directory, which is appended anew while nothing else moves, so
 * that maker notes stay readable; the former values are blanked. NULL for a stream: a new one. The same bytes
 * when it has these tags already. FG_ERROR_MALFORMED, FG_ERROR_UNSUPPORTED (BigTIFF, past 4 GiB). */
GBytes *fg_tiff_amend(GBytes *stream, const FgTiffTag *tags, guint n_tags, GError **error);

/* The file without these tags in each further EXIF block, and in a TIFF in all directories but the first, and
 * of a TIFF whose picture is not its first page without the XMP, IPTC and Photoshop blocks of that page:
 * their entries go and their values are blanked, and all else stays where it is. The same bytes when there
 * are none. */
GBytes *fg_container_without_tags(const FgContainer *container, const guint16 *tags, guint n_tags);

/* The same of one EXIF block: without these tags in its Exif directory, in SubIFDs and behind the first
 * directory, which keeps them. */
GBytes *fg_exif_without_tags(GBytes *tiff, const guint16 *tags, guint n_tags);

/* A colour profile in the place of a part's, or NULL: it stays. The caller frees. */
typedef GBytes *(*FgIccFor)(const FgPart *part);

/* The file, whose boxes have a fixed size (AVIF, HEIC), with such profiles in the place of its own, filled up
 * with zeros. The same bytes when there is none. */
GBytes *fg_container_with_icc(const FgContainer *container, FgIccFor icc_for);

/* A digest over nothing but the compressed picture data, for tests and for `tag`: SHA-256 hex, the caller
 * frees. */
char *fg_container_picture_digest(const FgContainer *container);

#endif
