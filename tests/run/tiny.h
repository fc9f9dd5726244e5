/* tiny.h: small photos and plans for the tests of run, made by hand so that each test says what it wants. */
#ifndef FG_TINY_H
#define FG_TINY_H

#include "run/run_private.h"
#include "support/fixtures.h"

/* A picture that no two numbers share: a slope of colours with a grain, so that it also needs some bytes. */
static inline GBytes *
tiny_picture(int width, int height, guint32 number)
{
    g_autoptr(FgRaster) raster = fg_raster_new(width, height, 3);
    guint32 seed = number + 1;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            guint8 *at = raster->data + (gsize)y * raster->stride + (gsize)x * 3;
            seed = seed * 1664525u + 1013904223u;
            guint grain = seed >> 28;
            at[0] = (guint8)(80 + 60 * x / width + (int)grain);
            at[1] = (guint8)(90 + 60 * y / height + (int)grain);
            at[2] = (guint8)(120 + (int)grain);
        }
    const FgEncoding encoding = {.format = FG_FORMAT_JPEG, .quality = 90, .effort = -1};
    g_autoptr(GError) error = NULL;
    GBytes *bytes = fg_encode(raster, &encoding, &error);
    assert_non_null(bytes);
    return bytes;
}

static inline const FgLimits *
tiny_limits(void)
{
    static const FgLimits limits = {
        .pixels = 10000000, .bytes = 1 << 24, .memory = G_GUINT64_CONSTANT(1) << 30, .seconds = 60};
    return &limits;
}

/* A photo in `folder`, not probed yet. */
static inline FgPhoto *
tiny_photo(const char *folder, const char *name, GBytes *taken)
{
    g_autoptr(GBytes) bytes = taken;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    fg_spill(path, bytes);
    return fg_photo_new(path, name);
}

static inline FgRecipe *
tiny_recipe(const char *name, int long_edge)
{
    FgRecipe *recipe = g_new0(FgRecipe, 1);
    recipe->name = g_strdup(name);
    recipe->long_edge = long_edge;
    return recipe;
}

/* ---- A plan of photos, each in the same sizes, as JPEG and WebP ---- */

typedef struct {
    FgProfile profile;
    FgPlan plan;
    GPtrArray *photos; /* of FgPhoto */
    gboolean *wanted;
    FgRecipe *recipes[2];
    FgMarkSpec *spec;
} Tiny;

static inline void
tiny_output_free(FgOutput *output)
{
    g_free(output->path);
    g_free(output);
}

static inline void
tiny_mark_free(FgPlannedMark *mark)
{
    g_free(mark->text);
    g_free(mark);
}

static inline void
tiny_derivative_free(FgDerivative *derivative)
{
    g_ptr_array_unref(derivative->marks);
    g_ptr_array_unref(derivative->outputs);
    g_free(derivative);
}

static inline void
tiny_planned_free(FgPlanned *planned)
{
    fg_rights_free(planned->rights);
    fg_facts_free(planned->kept);
    g_bytes_unref(planned->id);
    g_clear_error(&planned->error);
    g_ptr_array_unref(planned->derivatives);
    g_ptr_array_unref(planned->warnings);
    g_free(planned);
}

static inline FgDerivative *
tiny_derivative(const Tiny *tiny, const FgPhoto *photo, const FgRecipe *recipe)
{
    static const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_WEBP};
    FgDerivative *derivative = g_new0(FgDerivative, 1);
    derivative->recipe = recipe;
    double scale = (double)recipe->long_edge / MAX(photo->width, photo->height);
    derivative->size =
        (FgSize){.width = (int)(photo->width * scale + 0.5), .height = (int)(photo->height * scale + 0.5)};
    derivative->marks = g_ptr_array_new_with_free_func((GDestroyNotify)tiny_mark_free);
    FgPlannedMark *mark = g_new0(FgPlannedMark, 1);
    mark->spec = tiny->spec;
    mark->text = g_strdup("© Jane");
    if (tiny->spec && fg_mark_fit(tiny->spec, derivative->size.width, derivative->size.height, &mark->fitted))
        g_ptr_array_add(derivative->marks, mark);
    else
        tiny_mark_free(mark);
    derivative->outputs = g_ptr_array_new_with_free_func((GDestroyNotify)tiny_output_free);
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        FgOutput *output = g_new0(FgOutput, 1);
        output->format = formats[i];
        output->path =
            g_strdup_printf("sub/%s-%s.%s", photo->source, recipe->name, fg_format_extension(formats[i]));
        g_ptr_array_add(derivative->outputs, output);
    }
    return derivative;
}

static inline FgPlanned *
tiny_planned(const Tiny *tiny, const FgPhoto *photo)
{
    FgPlanned *planned = g_new0(FgPlanned, 1);
    planned->photo = photo;
    planned->rights = fg_rights_dup(tiny->profile.rights);
    planned->kept = fg_facts_new();
    fg_resolve(planned->rights, planned->kept);
    planned->id = g_bytes_new(photo->source, strlen(photo->source) + 1);
    planned->memory = 1 << 20;
    planned->warnings = g_ptr_array_new_with_free_func(g_free);
    planned->derivatives = g_ptr_array_new_with_free_func((GDestroyNotify)tiny_derivative_free);
    if (photo->error) {
        planned->error = g_error_copy(photo->error);
        planned->stage = photo->stage;
        return planned;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(tiny->recipes); i++)
        g_ptr_array_add(planned->derivatives, tiny_derivative(tiny, photo, tiny->recipes[i]));
    return planned;
}

static inline FgRights *
tiny_rights(void)
{
    FgRights *rights = fg_rights_new();
    rights->creators = g_strdupv((char *[]){(char *)"Jane", NULL});
    rights->owner = g_strdup("Jane");
    rights->copyright = g_strdup("© 2026 Jane");
    return rights;
}

/* Probes the photos (taken) and plans them; sizes of 400 and 200 px. `font` NULL: no mark. */
static inline Tiny *
tiny_new(GPtrArray *photos, const char *font)
{
    Tiny *tiny = g_new0(Tiny, 1);
    tiny->photos = photos;
    tiny->recipes[0] = tiny_recipe("large", 400);
    tiny->recipes[1] = tiny_recipe("small", 200);
    tiny->profile = (FgProfile){.refs = 1, .limits = *tiny_limits()};
    tiny->profile.rights = tiny_rights();
    tiny->profile.quality =
        (FgQuality){.level = {[FG_FORMAT_JPEG] = 82, [FG_FORMAT_WEBP] = 80, [FG_FORMAT_AVIF] = 65},
                    .effort = {[FG_FORMAT_AVIF] = 1}};
    if (font) {
        tiny->spec = g_new0(FgMarkSpec, 1);
        *tiny->spec = (FgMarkSpec){.name = g_strdup("signature"),
                                   .text = g_strdup("© Jane"),
                                   .place = FG_PLACE_BOTTOM_RIGHT,
                                   .size = 0.27,
                                   .margin = 0.025,
                                   .visibility = 18};
        tiny->spec->fonts = g_strdupv((char *[]){(char *)(guintptr)font, NULL});
    }
    g_autoptr(GError) error = NULL;
    assert_true(fg_probe(photos, tiny_limits(), NULL, NULL, &error));
    tiny->plan = (FgPlan){.profile = &tiny->profile};
    tiny->plan.photos = g_ptr_array_new_with_free_func((GDestroyNotify)tiny_planned_free);
    tiny->wanted = g_new0(gboolean, photos->len);
    for (guint i = 0; i < photos->len; i++) {
        g_ptr_array_add(tiny->plan.photos, tiny_planned(tiny, photos->pdata[i]));
        tiny->wanted[i] = TRUE;
    }
    return tiny;
}

static inline void
tiny_free(Tiny *tiny)
{
    g_ptr_array_unref(tiny->plan.photos);
    g_ptr_array_unref(tiny->photos);
    for (gsize i = 0; i < G_N_ELEMENTS(tiny->recipes); i++) {
        g_free(tiny->recipes[i]->name);
        g_free(tiny->recipes[i]);
    }
    if (tiny->spec)
        fg_mark_spec_free(tiny->spec);
    fg_rights_free(tiny->profile.rights);
    g_free(tiny->wanted);
    g_free(tiny);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tiny, tiny_free)

static inline GPtrArray *
tiny_photos(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)fg_photo_free);
}

#endif
