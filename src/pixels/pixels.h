/* pixels: decodes, sizes and encodes; draws letters and logos as coverage. Metadata never passes here.
 *
 *     file -> FgImage (header read) -> FgPixels (sRGB, sized) -> FgPixels (smaller) -> naked JPEG, WebP,
 * AVIF, PNG
 *
 * fg_modules_load comes before any other function that takes or gives an FgImage; never fork after an image
 * was rendered. Rasters, and encoders but for AVIF's, need nothing loaded. The same input gives the same
 * bytes on every processor of one architecture. */
#ifndef FG_PIXELS_H
#define FG_PIXELS_H

#include "base/base.h"
#include "container/container.h"

/* What stands on a large foreign library is a module of its own, which a process loads when it needs it and
 * before its walls go up; all other functions are there from the start. */
typedef enum {
    FG_MODULES_NONE = 0,
    FG_MODULE_VIPS = 1 << 0,    /* reads PNG, TIFF, WebP, and JPEG in CMYK without a profile */
    FG_MODULE_HEIF = 1 << 1,    /* reads HEIC and AVIF, writes AVIF */
    FG_MODULE_LETTERS = 1 << 2, /* fg_lettering_set, and fonts */
    FG_MODULE_LOGOS = 1 << 3,   /* fg_logo_draw */
    FG_MODULE_JXL = 1 << 4,     /* reads and writes JPEG XL */
    FG_MODULES_OF_PHOTOS = FG_MODULE_VIPS | FG_MODULE_HEIF | FG_MODULE_JXL,
} FgModules;

/* What it takes to read a photo of this format and so many bands (0: unknown), and to write a format. */
FgModules fg_modules_to_read(FgFormat format, guint bands);
FgModules fg_modules_to_write(FgFormat format);

/* Loads modules and starts what is in them; those that are there already are left as they are. It is a
 * programming mistake to call for what was not loaded. FG_ERROR_INTERNAL. */
gboolean fg_modules_load(FgModules modules, GError **error);

/* Loads all that any photo can need. */
static inline gboolean
fg_pixels_init(GError **error)
{
    return fg_modules_load(FG_MODULES_OF_PHOTOS, error);
}

/* "libvips 8.14.1, libjpeg-turbo 2.1.5, …" for --version: NULL-terminated list of name, version, name,
 * version. Loads all modules to ask them. */
const char *const *fg_pixels_versions(void);

/* Counts up whenever the same photo comes to give other bytes, so that those made before are made again. */
#define FG_PIXELS_REVISION 3

/* What differs when a version does, told without loading a module. The caller frees. */
char *fg_modules_identity(void);

/* 8-bit interleaved samples, top down; 3 bands sRGB, or 4 with straight alpha last. */
typedef struct {
    int width, height, bands;
    gsize stride; /* bytes from row to row, >= width * bands */
    guint8 *data;
} FgRaster;

FgRaster *fg_raster_new(int width, int height, int bands);
FgRaster *fg_raster_dup(const FgRaster *raster);
void fg_raster_free(FgRaster *raster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgRaster, fg_raster_free)

typedef struct {
    int x, y, width, height; /* whole px */
} FgRect;

/* How a picture is fitted: scaled to fill `width` x `height` exactly after cutting what is over. */
typedef enum { FG_CROP_NONE, FG_CROP_CENTRE, FG_CROP_ATTENTION } FgCrop;

typedef struct {
    int width, height; /* of the result, already decided by the plan, >= 1 */
    FgCrop crop;       /* FG_CROP_NONE: the whole picture is scaled to width x height */
} FgSize;

typedef struct FgImage FgImage;

/* Opens a photo of one of the input formats for rendering; reads its header only. `orientation` is the
 * EXIF number to bake in (HEIF, AVIF and JPEG XL are turned by their decoders: pass 1). `wanted` is the
 * largest size that will be rendered (NULL: its own), so that a JPEG is decoded at a half, quarter or eighth
 * when that is enough. A damaged picture, or one about which the decoder only warns, is FG_ERROR_MALFORMED.
 * Only the first page or frame is taken. Colours are converted to sRGB (untagged is sRGB; CMYK, grey, Lab,
 * 16-bit, float), alpha is kept. */
FgImage *fg_image_open(GBytes *file, FgFormat format, int orientation, const FgSize *wanted, GError **error);
/* For a photo of which EXIF says Adobe RGB (1998) as DCF has it: where the file states its colours in no
 * other way, they are that instead of sRGB. */
void fg_image_assume_adobe_rgb(FgImage *image);

void fg_image_free(FgImage *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgImage, fg_image_free)

/* Size after orientation, as decoded (it may be a fraction of the stored one). */
int fg_image_width(const FgImage *image);
int fg_image_height(const FgImage *image);

/* Decodes, scales and crops in one pass. */
FgRaster *fg_image_render(FgImage *image, const FgSize *size, GError **error);

/* Scales (never up) and crops a raster, in the same way. */
FgRaster *fg_raster_size(const FgRaster *raster, const FgSize *size, GError **error);

/* Alpha flattened on white; a copy when there is none. */
FgRaster *fg_raster_flatten(const FgRaster *raster);

typedef enum { FG_CHROMA_AUTO, FG_CHROMA_420, FG_CHROMA_444 } FgChroma;

typedef struct {
    FgFormat format;
    int quality; /* 1..100 */
    int effort; /* WebP method 0..6; AVIF 0..9; JPEG XL 1..9; JPEG 0 or 1; higher is slower; -1 the default */
    FgChroma chroma;
    gboolean progressive; /* JPEG */
} FgEncoding;

/* Encodes with no metadata at all (JPEG: JFIF 72 dpi and nothing else; AVIF: nclx 1/13/6 full range). Alpha
 * is flattened for JPEG. Deterministic, one thread. FG_ERROR_ENCODE. */
GBytes *fg_encode(const FgRaster *raster, const FgEncoding *encoding, GError **error);

/* A JPEG without loss as a JPEG XL, its metadata in boxes of their own, from which the very JPEG can be had
 * back. FG_ERROR_ENCODE. */
GBytes *fg_jxl_twin(GBytes *jpeg, int effort, GError **error);

/* ---- A picture on its way from a photo to its files. A whole JPEG whose colours are sRGB stays in its luma
 * and two colour differences, which most formats want again; all others are RGB. ---- */

typedef struct FgPixels FgPixels;

void fg_pixels_free(FgPixels *pixels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgPixels, fg_pixels_free)

int fg_pixels_width(const FgPixels *pixels);
int fg_pixels_height(const FgPixels *pixels);

/* Like fg_image_render and fg_raster_size. With `halved`, one sample of colour for 2x2 pixels is enough: all
 * that will be made of it is 4:2:0. */
FgPixels *fg_image_pixels(FgImage *image, const FgSize *size, gboolean halved, GError **error);
FgPixels *fg_pixels_size(const FgPixels *pixels, const FgSize *size, GError **error);

/* Lends a raster of the picture's size to be drawn on, of which only the pixels of `window` need be there,
 * and takes it back: pixels that were not changed stay what they were. The raster is the picture's. */
FgRaster *fg_pixels_lend(FgPixels *pixels, FgRect window);
void fg_pixels_take_back(FgPixels *pixels);

/* Like fg_encode. */
GBytes *fg_pixels_encode(const FgPixels *pixels, const FgEncoding *encoding, GError **error);

/* The mean colour "#rrggbb", and a data: URI of a tiny WebP for placeholders. The caller frees. */
char *fg_pixels_mean_colour(const FgPixels *pixels);
char *fg_pixels_placeholder(const FgPixels *pixels, GError **error);

/* ---- Letters. Opened fonts and Pango live in one process (the typesetter); what it hands out is plain
 * memory. ---- */

/* One glyph's shape as a field of signed distances, 8 bits a sample: 128 on the outline, 128 + 127 d / spread
 * at d px inside it (negative d: outside), clipped. Such a field can be drawn at any smaller size, turned,
 * and made bolder or lighter by a fraction of a pixel, with clean edges. */
typedef struct {
    float x, y; /* where the field's top left stands, in px from the pen origin of the first line; y down from
                   its baseline */
    float advance; /* px */
    guint16 width, height;
    guint32 offset;  /* into FgLettering.distance */
    guint16 line;    /* 0-based */
    guint16 cluster; /* ascending; glyphs of one cluster move as one: a letter and its accents, a joined
                        Arabic word */
} FgGlyph;

/* A laid-out text. A flat block of memory, so that it can be handed over as shared memory. */
typedef struct {
    guint32 n_glyphs, n_lines, n_clusters;
    float em;              /* px an em */
    float cap_height;      /* px above the baseline */
    float ascent, descent; /* of the ink over all lines, px from the first baseline, both positive outwards */
    float width, height;   /* of the ink box, px */
    float left;            /* of the ink box, px from the pen origin */
    float stroke;          /* width of a typical stem, px */
    float spread;          /* px: the farthest distance that the fields hold */
    const FgGlyph *glyphs;
    const guint8 *distance;
    gsize distance_length;
} FgLettering;

/* Lays out plain text (never markup; "\n" breaks lines) in the first of `fonts` (names or files,
 * NULL-terminated) that has all its glyphs; no silent fallback to another. A name is a family, or a family
 * and a style ("DejaVu Sans Oblique"); with a '/' in it, or ending in .ttf, .otf, .ttc or .otc, it is a file.
 * `em` in px, 8 to 1024. `bold` asks for the bold face. The result is one GBytes that fg_lettering_view
 * opens. FG_ERROR_FONT when no such font is installed, FG_ERROR_GLYPH naming the character that is missing
 * (in the first font that there is), or a text without any ink. Not thread-safe. */
GBytes *fg_lettering_set(const char *text, const char *const *fonts, gboolean bold, double em,
                         GError **error);

/* Views a block made by fg_lettering_set; checks every offset, size and number, since the block crossed a
 * process border. The view borrows the block, whose data must lie at an 8-byte boundary. FG_ERROR_INTERNAL.
 */
gboolean fg_lettering_view(GBytes *block, FgLettering *view, GError **error);

/* SHA-256 hex over the files that these fonts (names or files, NULL-terminated) are found in, regular and
 * bold: another value when a text could look another way. The caller frees. */
char *fg_fonts_identity(const char *const *fonts);

/* The families of all installed fonts, in order, each once. The caller frees the vector. */
char **fg_fonts_names(void);

/* All that fontconfig reads to find and open an installed font: files and folders, some of which need not be
 * there. Fontconfig knows its fonts then, and has written what caches of theirs were missing, for which it
 * must open them. The caller frees the vector. */
char **fg_fonts_places(void);

/* Draws a logo: PNG, or SVG (UTF-8, not compressed) without any outside reference, script or document type.
 * The longer side of the result is at most `side` px; an SVG fills it, a PNG is never enlarged. 4 bands,
 * straight alpha. FG_ERROR_LOGO. */
FgRaster *fg_logo_draw(GBytes *file, int side, GError **error);

#endif
