/* draw-samples: paints the shoot of samples/ anew, the same each time.
 *
 *     draw-samples FOLDER [NAME]... */
#include "scenes.h"
#include "write.h"

#include <stdio.h>
#include <string.h>

#include <vips/vips.h>

typedef enum { AS_JPEG, AS_P3, AS_CMYK, AS_GREY, AS_TURNED, AS_PNG, AS_TIFF, AS_HEIC, AS_CUT } Kind;

typedef struct {
    Plant plant;
    Canvas *(*paint)(int width);
    int width; /* as painted, upright */
    Kind kind;
    int quality;
} Sample;

#define ALPENGLOW .make = "Alpenglow", .owner = "Christian Allegret", .orientation = 1
#define BODY_A ALPENGLOW, .model = "Alpenglow A7 II", .body_serial = "AG7-0042317"
#define BODY_B ALPENGLOW, .model = "Alpenglow Grandes Jorasses", .body_serial = "AGJ-118205"
#define WIDE .lens = "Alpenglow 24-70mm F2.8", .lens_serial = "L2470-55081"
#define LONG .lens = "Alpenglow 85mm F1.8", .lens_serial = "L85-10934"
#define OURS .artist = "Christian Allegret", .copyright = "© 2026 Christian Allegret"

static const Sample samples[] = {
    {{.name = "dent-de-crolles-neige.jpg",
      .title = "Dent de Crolles en neige",
      .caption = "La Dent de Crolles à midi, après la chute de neige.",
      .city = "Saint-Hilaire",
      .keyword = "neige",
      .date = "2026:02:14 12:06:31",
      .latitude = 45.3081,
      .longitude = 5.8556,
      .altitude = 1620,
      OURS,
      BODY_A,
      WIDE,
      .exposure = {1, 1000},
      .aperture = {8, 1},
      .focal = {35, 1},
      .iso = 100},
     paint_snow,
     6000,
     AS_JPEG,
     84},
    {{.name = "nuit-au-refuge.jpg",
      .title = "Nuit au refuge",
      .caption = "Une fenêtre allumée sous la Voie lactée.",
      .city = "Saint-Pierre-de-Chartreuse",
      .keyword = "nuit",
      .date = "2026:01:18 19:42:05",
      .latitude = 45.3412,
      .longitude = 5.8127,
      .altitude = 1410,
      .artist = "Photo Allegret",
      .copyright = "© Photo Allegret",
      BODY_A,
      WIDE,
      .exposure = {20, 1},
      .aperture = {28, 10},
      .focal = {24, 1},
      .iso = 3200},
     paint_night,
     4000,
     AS_JPEG,
     86},
    {{.name = "foret-de-hetres.jpg",
      .title = "Forêt de hêtres",
      .caption = "Les hêtres de la Grande Chartreuse, un matin de mai.",
      .city = "Saint-Laurent-du-Pont",
      .keyword = "forêt",
      .date = "2026:05:09 07:15:48",
      .latitude = 45.3689,
      .longitude = 5.7893,
      .altitude = 870,
      OURS,
      BODY_B,
      WIDE,
      .exposure = {1, 60},
      .aperture = {56, 10},
      .focal = {50, 1},
      .iso = 400},
     paint_forest,
     3000,
     AS_JPEG,
     84},
    {{.name = "lac-au-petit-matin.jpg",
      .title = "Lac au petit matin",
      .caption = "Pas un souffle sur le lac.",
      .city = "Entre-deux-Guiers",
      .keyword = "lac",
      .date = "2026:06:21 05:58:12",
      .latitude = 45.4301,
      .longitude = 5.7554,
      .altitude = 390,
      OURS,
      BODY_B,
      WIDE,
      .exposure = {1, 125},
      .aperture = {11, 1},
      .focal = {28, 1},
      .iso = 100},
     paint_lake,
     4000,
     AS_P3,
     86},
    {{.name = "portrait-au-col.jpg",
      .title = "Portrait au col",
      .caption = "Léo Moulin, guide, au col de la Ruchère.",
      .city = "Saint-Christophe-sur-Guiers",
      .keyword = "portrait",
      .date = "2026:03:07 10:31:20",
      .latitude = 45.3964,
      .longitude = 5.8011,
      .altitude = 1407,
      OURS,
      BODY_B,
      LONG,
      .exposure = {1, 640},
      .aperture = {2, 1},
      .focal = {85, 1},
      .iso = 100,
      .person = "Léo Moulin",
      .face_x = 0.45,
      .face_y = 0.46,
      .face_w = 0.42,
      .face_h = 0.44},
     paint_portrait,
     2400,
     AS_TURNED,
     86},
    {{.name = "soir-d-octobre-cmjn.jpg",
      .title = "Soir d'octobre",
      .caption = "Les crêtes l'une derrière l'autre, pour l'affiche.",
      .city = "Le Sappey-en-Chartreuse",
      .keyword = "affiche",
      .date = "2025:10:19 18:22:40",
      .latitude = 45.2632,
      .longitude = 5.7790,
      .altitude = 1370,
      .artist = "Christian Allegret",
      .copyright = "© 2025 Christian Allegret",
      BODY_A,
      WIDE,
      .exposure = {1, 250},
      .aperture = {9, 1},
      .focal = {70, 1},
      .iso = 100},
     paint_sunset,
     2400,
     AS_CMYK,
     86},
    {{.name = "mer-de-nuages.tif",
      .title = "Mer de nuages",
      .caption = "Au-dessus de l'inversion, numérisé d'un plan-film.",
      .city = "Saint-Pierre-d'Entremont",
      .keyword = "nuages",
      .date = "2026:01:03 09:04:55",
      .latitude = 45.4193,
      .longitude = 5.8572,
      .altitude = 1810,
      OURS,
      BODY_B,
      WIDE,
      .exposure = {1, 400},
      .aperture = {8, 1},
      .focal = {40, 1},
      .iso = 100},
     paint_cloud_sea,
     2000,
     AS_TIFF,
     0},
    {{.name = "cretes-dans-la-brume.jpg",
      .title = "Crêtes dans la brume",
      .caption = "Noir et blanc, novembre.",
      .city = "Quaix-en-Chartreuse",
      .keyword = "brume",
      .date = "2025:11:11 08:47:03",
      .latitude = 45.2549,
      .longitude = 5.7213,
      .altitude = 990,
      .artist = "Photo Allegret",
      BODY_A,
      LONG,
      .exposure = {1, 200},
      .aperture = {4, 1},
      .focal = {85, 1},
      .iso = 800},
     paint_mist,
     3000,
     AS_GREY,
     84},
    {{.name = "edelweiss-detoure.png",
      .title = "Edelweiss",
      .caption = "Détouré, pour la couverture du calendrier.",
      .city = "Saint-Laurent-du-Pont",
      .keyword = "fleur",
      .date = "2026:07:16 11:20:00",
      .latitude = 45.3870,
      .longitude = 5.7380,
      .altitude = 420,
      OURS,
      BODY_A,
      LONG,
      .exposure = {1, 160},
      .aperture = {11, 1},
      .focal = {85, 1},
      .iso = 100},
     paint_edelweiss,
     2000,
     AS_PNG,
     0},
    {{.name = "sentier-du-col.heic",
      .title = "Sentier du col",
      .caption = "Au téléphone, à la pause.",
      .city = "Saint-Pierre-de-Chartreuse",
      .keyword = "sentier",
      .date = "2026:08:02 13:40:27",
      .latitude = 45.3330,
      .longitude = 5.8420,
      .altitude = 1330,
      ALPENGLOW,
      .model = "Alpenglow Phone 6",
      .body_serial = "F2LX90Q7N4",
      .lens = "Alpenglow Phone 6 back camera 5.7mm f/1.8",
      .lens_serial = "0000",
      .exposure = {1, 1600},
      .aperture = {18, 10},
      .focal = {57, 10},
      .iso = 50},
     paint_path,
     4032,
     AS_HEIC,
     42},
    {{.name = "grand-som-coupee.jpg",
      .title = "Grand Som",
      .caption = "La carte mémoire a lâché.",
      .city = "Saint-Pierre-de-Chartreuse",
      .keyword = "sentier",
      .date = "2026:08:02 14:02:10",
      .latitude = 45.3652,
      .longitude = 5.8135,
      .altitude = 1540,
      OURS,
      BODY_A,
      WIDE,
      .exposure = {1, 500},
      .aperture = {8, 1},
      .focal = {35, 1},
      .iso = 100},
     paint_path,
     2000,
     AS_CUT,
     82},
};

/* A camera held upright stores what its sensor saw: turned, with a note to turn it back. */
static Canvas *
as_the_sensor_saw(const Canvas *upright)
{
    Canvas *stored = canvas_new(upright->height, upright->width);
    for (int y = 0; y < stored->height; y++)
        for (int x = 0; x < stored->width; x++)
            *at(stored, x, y) =
                upright->pixels[(gsize)x * (gsize)upright->width + (gsize)(upright->width - 1 - y)];
    return stored;
}

static GBytes *
write_sample(const Sample *sample, const Canvas *canvas)
{
    switch (sample->kind) {
    case AS_P3:
        return write_jpeg(canvas, &sample->plant, JPEG_P3, sample->quality);
    case AS_CMYK:
        return write_jpeg(canvas, &sample->plant, JPEG_CMYK, sample->quality);
    case AS_GREY:
        return write_jpeg(canvas, &sample->plant, JPEG_GREY, sample->quality);
    case AS_TURNED: {
        g_autoptr(Canvas) stored = as_the_sensor_saw(canvas);
        Plant turned = sample->plant;
        turned.orientation = 6;
        return write_jpeg(stored, &turned, JPEG_RGB, sample->quality);
    }
    case AS_PNG:
        return write_png(canvas, &sample->plant);
    case AS_TIFF:
        return write_tiff(canvas, &sample->plant);
    case AS_HEIC:
        return write_heic(canvas, &sample->plant, sample->quality);
    case AS_CUT: {
        g_autoptr(GBytes) whole = write_jpeg(canvas, &sample->plant, JPEG_RGB, sample->quality);
        return g_bytes_new_from_bytes(whole, 0, g_bytes_get_size(whole) * 6 / 10);
    }
    default:
        return write_jpeg(canvas, &sample->plant, JPEG_RGB, sample->quality);
    }
}

static gboolean
make(const Sample *sample, const char *folder)
{
    g_autoptr(Canvas) canvas = sample->paint(sample->width);
    g_autoptr(GBytes) bytes = write_sample(sample, canvas);
    g_autofree char *path = g_build_filename(folder, sample->plant.name, NULL);
    g_autoptr(GError) error = NULL;
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    if (!g_file_set_contents(path, data, (gssize)length, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return FALSE;
    }
    printf("%-28s %8zu bytes\n", sample->plant.name, length);
    return TRUE;
}

int
main(int argc, char **argv)
{
    if (argc < 2 || VIPS_INIT(argv[0]) != 0) {
        fprintf(stderr, "usage: draw-samples FOLDER [NAME]...\n");
        return 2;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        gboolean wanted = argc == 2;
        for (int word = 2; word < argc; word++)
            wanted |= strcmp(argv[word], samples[i].plant.name) == 0;
        if (wanted && !make(&samples[i], argv[1]))
            return 1;
    }
    return 0;
}
