/* mark_sheet: draws marks on pictures, to look at and to measure.
 *
 *     vips copy photo.jpg in.ppm && mark_sheet --place auto --tiles in.ppm out.ppm
 *
 * Pictures are binary PPM (P6, 8 bits). One line of figures a mark goes to standard output. */
#include "mark/mark.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static char *text = NULL, *font = NULL, *place = NULL, *logo = NULL, *tone = NULL;
static double size = 0.27, visibility = 18, tile_visibility = 5, opacity = 0;
static int secret_number = 1, rounds = 1;
static gboolean tiles, plain, bold, even, own_secret;

static const GOptionEntry options[] = {
    {"text", 0, 0, G_OPTION_ARG_FILENAME, &text, "what the mark says", "TEXT"},
    {"font", 0, 0, G_OPTION_ARG_FILENAME, &font, "in which font", "NAME"},
    {"logo", 0, 0, G_OPTION_ARG_FILENAME, &logo, "a logo in its stead", "FILE"},
    {"place", 0, 0, G_OPTION_ARG_STRING, &place, "where it stands", "PLACE"},
    {"tone", 0, 0, G_OPTION_ARG_STRING, &tone, "auto, light or dark", "TONE"},
    {"size", 0, 0, G_OPTION_ARG_DOUBLE, &size, "share of the short edge", "SHARE"},
    {"visibility", 0, 0, G_OPTION_ARG_DOUBLE, &visibility, "L*", "STEP"},
    {"tile-visibility", 0, 0, G_OPTION_ARG_DOUBLE, &tile_visibility, "L*", "STEP"},
    {"secret", 0, 0, G_OPTION_ARG_INT, &secret_number, "which key", "N"},
    {"own-secret", 0, 0, G_OPTION_ARG_NONE, &own_secret, "a photo's own variation from its name", NULL},
    {"rounds", 0, 0, G_OPTION_ARG_INT, &rounds, "draw so many times and tell the time", "N"},
    {"opacity", 0, 0, G_OPTION_ARG_DOUBLE, &opacity, "the control: constant white of this opacity", "SHARE"},
    {"tiles", 0, 0, G_OPTION_ARG_NONE, &tiles, "tiles too", NULL},
    {"plain", 0, 0, G_OPTION_ARG_NONE, &plain, "no signature", NULL},
    {"bold", 0, 0, G_OPTION_ARG_NONE, &bold, "the bold face", NULL},
    {"even", 0, 0, G_OPTION_ARG_NONE, &even, "no variation", NULL},
    {NULL, 0, 0, 0, NULL, NULL, NULL}};

static FgRaster *
read_ppm(const char *path)
{
    g_autofree char *data = NULL;
    gsize length = 0;
    int width = 0, height = 0, most = 0, head = 0;
    if (!g_file_get_contents(path, &data, &length, NULL) ||
        sscanf(data, "P6 %d %d %d%n", &width, &height, &most, &head) != 3 || most != 255 || width < 1 ||
        height < 1 || length < (gsize)head + 1 + (gsize)width * (gsize)height * 3)
        g_error("%s is no binary PPM", path);
    FgRaster *raster = g_new0(FgRaster, 1);
    *raster = (FgRaster){width, height, 3, (gsize)width * 3, NULL};
    raster->data = g_memdup2(data + head + 1, raster->stride * (gsize)height);
    return raster;
}

static void
write_ppm(const char *path, const FgRaster *raster)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree char *head = g_strdup_printf("P6\n%d %d\n255\n", raster->width, raster->height);
    g_byte_array_append(bytes, (const guint8 *)head, (guint)strlen(head));
    for (int y = 0; y < raster->height; y++)
        g_byte_array_append(bytes, raster->data + (gsize)y * raster->stride, (guint)raster->width * 3);
    if (!g_file_set_contents(path, (const char *)bytes->data, (gssize)bytes->len, NULL))
        g_error("can't write %s", path);
}

/* The mark that the removal test must defeat: the same shape drawn over black gives the coverage, then white
 * at a constant opacity in encoded values. */
static void
draw_constant(FgRaster *raster, const FgMark *mark, const guint8 *secret)
{
    g_autofree guint8 *black = g_malloc0(raster->stride * (gsize)raster->height);
    FgRaster shape = {raster->width, raster->height, 3, raster->stride, black};
    FgMarkReport report;
    g_autoptr(GError) error = NULL;
    if (!fg_mark_draw(&shape, mark, 1, secret, &report, &error))
        g_error("%s", error->message);
    guint8 strongest = 1;
    for (gsize i = 0; i < raster->stride * (gsize)raster->height; i++)
        strongest = MAX(strongest, black[i]);
    for (gsize i = 0; i < raster->stride * (gsize)raster->height; i++) {
        double share = opacity * black[i] / strongest;
        raster->data[i] = (guint8)lrint(raster->data[i] * (1 - share) + 255 * share);
    }
}

typedef struct {
    FgMarkSpec stated, fitted;
    GBytes *block;
    FgLettering lettering;
    FgRaster *logo;
    FgMark mark;
} Sheet;

static void
prepare(Sheet *sheet, int width, int height)
{
    g_autoptr(GError) error = NULL;
    if (!fg_mark_fit(&sheet->stated, width, height, &sheet->fitted))
        return;
    sheet->mark.spec = &sheet->fitted;
    if (sheet->stated.logo) {
        g_autoptr(GBytes) file = fg_file_read(sheet->stated.logo, 0, &error);
        sheet->logo =
            file ? fg_logo_draw(file, fg_mark_logo_side(&sheet->fitted, width, height), &error) : NULL;
        sheet->mark.logo = sheet->logo;
    } else {
        sheet->block =
            fg_lettering_set(sheet->stated.text, (const char *const *)sheet->stated.fonts, sheet->fitted.bold,
                             fg_mark_lettering_em(&sheet->fitted, width, height), &error);
        if (sheet->block && fg_lettering_view(sheet->block, &sheet->lettering, &error))
            sheet->mark.lettering = &sheet->lettering;
    }
    if (error)
        g_error("%s", error->message);
}

static void
show(const char *path, const Sheet *sheet, const FgMarkReport *report)
{
    printf("%s %s drawn %d visibility %.2f worst %.2f tone %s at %d,%d,%d,%d\n", path, sheet->fitted.name,
           report->drawn, report->visibility, report->worst_glyph,
           report->tone == FG_TONE_DARK ? "dark" : "light", report->x, report->y, report->width,
           report->height);
}

static void
draw(const char *in, const char *out)
{
    char *fonts[] = {font ? font : (char *)"DejaVu Sans", NULL};
    FgTone wanted = g_strcmp0(tone, "light") == 0  ? FG_TONE_LIGHT
                    : g_strcmp0(tone, "dark") == 0 ? FG_TONE_DARK
                                                   : FG_TONE_AUTO;
    Sheet sheets[2] = {{.stated = {.name = (char *)"signature",
                                   .text = text,
                                   .logo = logo,
                                   .fonts = fonts,
                                   .size = size,
                                   .margin = 0.025,
                                   .visibility = visibility,
                                   .tone = wanted,
                                   .vary = !even,
                                   .bold = bold}},
                       {.stated = {.name = (char *)"veil",
                                   .text = text,
                                   .logo = logo,
                                   .fonts = fonts,
                                   .place = FG_PLACE_TILED,
                                   .size = 0.22,
                                   .angle = 24,
                                   .visibility = tile_visibility,
                                   .vary = !even}}};
    if (!fg_place_from_name(place ? place : "auto", &sheets[0].stated.place))
        g_error("there is no place %s", place);
    g_autoptr(FgRaster) raster = read_ppm(in);
    g_autofree char *stem = g_path_get_basename(in);
    g_autofree char *seed = g_strdup_printf("%d/%s", secret_number, own_secret ? stem : "");
    guint8 secret[FG_PHOTO_SECRET_SIZE];
    fg_sha256(seed, strlen(seed), secret);

    FgMark marks[2];
    const Sheet *of[2];
    gsize n = 0;
    for (int i = plain ? 1 : 0; i <= (tiles ? 1 : 0); i++) {
        prepare(&sheets[i], raster->width, raster->height);
        if (sheets[i].mark.spec) {
            of[n] = &sheets[i];
            marks[n++] = sheets[i].mark;
        }
    }
    FgMarkReport reports[2] = {{0}};
    g_autoptr(GError) error = NULL;
    clock_t spent = 0;
    if (opacity > 0) {
        draw_constant(raster, marks, secret);
    } else {
        g_autofree guint8 *clean = g_memdup2(raster->data, raster->stride * (gsize)raster->height);
        for (int round = 0; round < rounds && !error; round++) {
            memcpy(raster->data, clean, raster->stride * (gsize)raster->height);
            clock_t start = clock();
            fg_mark_draw(raster, marks, n, secret, reports, &error);
            spent += clock() - start;
        }
    }
    for (gsize i = 0; i < n; i++)
        show(in, of[i], &reports[i]);
    if (error)
        printf("%s FAILED %s\n", in, error->message);
    if (rounds > 1)
        printf("%s %.2f ms a picture\n", in, (double)spent * 1000 / CLOCKS_PER_SEC / rounds);
    write_ppm(out, raster);
    for (int i = 0; i < 2; i++) {
        g_clear_pointer(&sheets[i].block, g_bytes_unref);
        g_clear_pointer(&sheets[i].logo, fg_raster_free);
    }
}

int
main(int argc, char **argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new("IN.ppm OUT.ppm ...");
    g_option_context_add_main_entries(context, options, NULL);
    g_autoptr(GError) error = NULL;
    if (!g_option_context_parse(context, &argc, &argv, &error) || argc < 3 || argc % 2 == 0) {
        fprintf(stderr, "mark_sheet: %s\n", error ? error->message : "give pairs of IN.ppm OUT.ppm");
        return 2;
    }
    if (!text && !logo)
        text = g_strdup("© Christian Allegret");
    for (int i = 1; i + 1 < argc; i += 2)
        draw(argv[i], argv[i + 1]);
    return 0;
}
