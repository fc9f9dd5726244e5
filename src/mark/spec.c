#include "mark/mark_private.h"

#include <string.h>

#define SMALL_SIZE 0.55
#define SMALL_VISIBILITY 12
#define LEAST_STROKE 1.2    /* px: a thinner one takes the bold face */
#define STROKE_OF_EM 0.09   /* of an ordinary text face */
#define ADVANCE_OF_EM 0.57  /* of an ordinary text */
#define FIELD_CHARACTERS 16 /* that a {field} stands for, about */
#define LETTERING_OVER 2.6  /* lettering px a px of the picture, at least */
#define LOGO_OVER 1.5

FgMarkSpec *
fg_mark_spec_dup(const FgMarkSpec *spec)
{
    FgMarkSpec *copy = g_new(FgMarkSpec, 1);
    *copy = *spec;
    copy->name = g_strdup(spec->name);
    copy->text = g_strdup(spec->text);
    copy->logo = g_strdup(spec->logo);
    copy->fonts = g_strdupv(spec->fonts);
    return copy;
}

void
fg_mark_spec_free(FgMarkSpec *spec)
{
    if (!spec)
        return;
    g_free(spec->name);
    g_free(spec->text);
    g_free(spec->logo);
    g_strfreev(spec->fonts);
    g_free(spec);
}

/* The characters of the longest line; a field counts as what it usually gives. */
static double
longest_line(const char *text)
{
    double longest = 1, line = 0;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const char *end = *at == '{' && at[1] != '{' ? strchr(at, '}') : NULL;
        if (*at == '\n') {
            line = 0;
        } else if (end) {
            line += FIELD_CHARACTERS;
            at = end;
        } else {
            line++;
        }
        longest = MAX(longest, line);
    }
    return longest;
}

/* Px an em of the text as it will be drawn, before any font is known. */
static double
expected_em(const FgMarkSpec *spec, int width, int height)
{
    FgShape shape = {.width = ADVANCE_OF_EM * longest_line(spec->text), .height = 1, .cap = 0.73};
    double scale = fg_place_scale(spec, &shape, width, height);
    return scale > 0 ? scale : 9 / shape.cap;
}

double
fg_mark_cap(const FgMarkSpec *spec, const FgLettering *lettering, int width, int height)
{
    const FgShape shape = fg_text_shape(lettering);
    return fg_place_scale(spec, &shape, width, height) * shape.cap;
}

gboolean
fg_mark_fit(const FgMarkSpec *spec, int width, int height, FgMarkSpec *fitted)
{
    int long_edge = MAX(width, height);
    *fitted = *spec;
    if (long_edge < FG_MARK_LEAST_LONG_EDGE)
        return FALSE;
    if (long_edge < FG_SMALL_LONG_EDGE) {
        if (fg_place_traits(spec->place)->large)
            return FALSE;
        fitted->visibility = SMALL_VISIBILITY;
        if (spec->text) {
            fitted->size = SMALL_SIZE;
            fitted->place = FG_PLACE_LOWER_THIRD;
        }
    }
    if (spec->text && expected_em(fitted, width, height) * STROKE_OF_EM < LEAST_STROKE)
        fitted->bold = TRUE;
    return TRUE;
}

/* Few sizes, so that the drawings of one photo serve the next, and all sizes of a photo if they are near. */
double
fg_mark_lettering_em(const FgMarkSpec *spec, int width, int height)
{
    static const double ems[] = {48, 64, 96, 128, 192, 256};
    double wanted = spec->text ? LETTERING_OVER * expected_em(spec, width, height) : 0;
    for (gsize i = 0; i < G_N_ELEMENTS(ems); i++)
        if (ems[i] >= wanted)
            return ems[i];
    return 384;
}

int
fg_mark_logo_side(const FgMarkSpec *spec, int width, int height)
{
    /* A logo four times as wide as high has a longer side twice that of the square of its area. */
    double wanted = spec->size * MIN(width, height) * LOGO_OVER * 2;
    int side = 64;
    while (side < wanted && side < 4096)
        side *= 2;
    return side;
}
