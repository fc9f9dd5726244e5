/* lettering_private.h: what the files of lettering share. */
#ifndef FG_LETTERING_PRIVATE_H
#define FG_LETTERING_PRIVATE_H

#include "pixels/pixels.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

/* A font that was found: a context that draws in it alone. While a font from a file is open, it is
 * fontconfig's only one. */
typedef struct {
    PangoFontMap *map;
    PangoContext *context;
    PangoFontDescription *description;
    FcConfig *restored; /* fontconfig's own configuration, put back on closing; NULL for an installed font */
} FgFont;

/* Opens a font by name or file at `em` px. FG_ERROR_FONT. */
FgFont *fg_font_open(const char *name, gboolean bold, double em, GError **error);
void fg_font_close(FgFont *font);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgFont, fg_font_close)

/* A layout of `text` in this font alone, so that what it lacks shows as unknown glyphs. */
PangoLayout *fg_font_layout(const FgFont *font, const char *text);

#define FG_LETTERING_MAX_GLYPHS 4096
#define FG_LETTERING_MAX_EM 1024.0

/* Collects glyphs; fg_lettering_builder_end makes the flat block. */
typedef struct {
    GArray *glyphs; /* of FgGlyph */
    GByteArray *distance;
    FgLettering head;                /* all but the counts and pointers, filled in by the caller */
    double area, outline;            /* of the ink, px² and px: their ratio is the stroke's half width */
    double left, top, right, bottom; /* of the ink */
} FgLetteringBuilder;

FgLetteringBuilder *fg_lettering_builder_new(double em);
void fg_lettering_builder_free(FgLetteringBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgLetteringBuilder, fg_lettering_builder_free)

/* Empty samples that a glyph's coverage needs around its ink, so that distances fade out inside the field. */
int fg_lettering_builder_pad(const FgLetteringBuilder *builder);

/* Adds a glyph from its coverage (8 bits a pixel, already padded); `glyph` gives all but the offset. */
void fg_lettering_builder_add(FgLetteringBuilder *builder, FgGlyph glyph, const guint8 *coverage,
                              gsize stride);

GBytes *fg_lettering_builder_end(FgLetteringBuilder *builder);

/* The signed distance field of an antialiased shape (lettering_distance.c). `distance` has width * height
 * samples. */
void fg_distance_field(const guint8 *coverage, int width, int height, gsize stride, double spread,
                       guint8 *distance);

#endif
