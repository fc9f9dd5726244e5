/* doors.c: what the library has in the place of all that is in modules: the same functions, which ask the
 * module for them.
 *
 * Modules lie beside the library and are found by its place alone, also when that is a link. */
#include "pixels/modules/modules.h"

#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

typedef enum { VIPS, HEIF, LETTERS, LOGOS, JXL, N_MODULES } Module;
static const char *const names[N_MODULES] = {"vips", "heif", "letters", "logos", "jxl"};

static gconstpointer tables[N_MODULES]; /* each is set once and lives as long as the process */

/* ---- Loading ---- */

/* The loader has no name for the program itself, of which the library may be a part; what the program was
 * called by would be anybody's. */
static char *
path_of(Module module)
{
    Dl_info library;
    struct link_map *map;
    if (!dladdr1(names, &library, (void **)&map, RTLD_DL_LINKMAP))
        return NULL;
    char *real = realpath(*map->l_name ? map->l_name : "/proc/self/exe", NULL);
    if (!real)
        return NULL;
    g_autofree char *folder = g_path_get_dirname(real), *file = g_strconcat(names[module], ".so", NULL);
    free(real);
    return g_build_filename(folder, FG_MODULES_FOLDER, file, NULL);
}

/* What a module stands on is found by it alone: the names of a hundred libraries need not be searched for
 * every name that is looked up elsewhere. It stays, since no library here can be unloaded. */
static const FgModuleHead *
load(Module module, GError **error)
{
    g_autofree char *path = path_of(module);
    void *handle = path ? dlopen(path, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE) : NULL;
    const FgModuleHead *head = handle ? dlsym(handle, FG_MODULE_TABLE) : NULL;
    if (!head) {
        const char *reason = dlerror(); /* NULL when there is no path */
        return fg_throw_null(error, FG_ERROR_MODULE, "a part of filigrane can't be loaded: %s",
                             reason ? reason : names[module]);
    }
    if (!g_str_equal(head->version, FG_VERSION))
        return fg_throw_null(error, FG_ERROR_MODULE, "%s is of filigrane %s", path, head->version);
    return head;
}

static gconstpointer
table_of(Module module, GError **error)
{
    gconstpointer table = g_atomic_pointer_get(&tables[module]);
    if (!table && (table = load(module, error)))
        g_atomic_pointer_set(&tables[module], table);
    return table;
}

gboolean
fg_modules_load(FgModules modules, GError **error)
{
    for (Module module = 0; module < N_MODULES; module++) {
        if (!(modules & 1U << module))
            continue;
        const FgModuleHead *head = table_of(module, error);
        if (!head || (head->start && !head->start(error)))
            return FALSE;
    }
    return TRUE;
}

/* The table of a module that was loaded. */
static gconstpointer
loaded(Module module)
{
    g_assert(tables[module]);
    return tables[module];
}

/* ---- Versions ---- */

#define MISSING "not found"

const char *
fg_vips_version(void)
{
    const FgVipsModule *vips = table_of(VIPS, NULL);
    return vips ? vips->version() : MISSING;
}

const char *
fg_heif_version(void)
{
    const FgHeifModule *heif = table_of(HEIF, NULL);
    return heif ? heif->version() : MISSING;
}

const char *
fg_pango_version(void)
{
    const FgLettersModule *letters = table_of(LETTERS, NULL);
    return letters ? letters->pango_version() : MISSING;
}

const char *
fg_cairo_version(void)
{
    const FgLettersModule *letters = table_of(LETTERS, NULL);
    return letters ? letters->cairo_version() : MISSING;
}

const char *
fg_rsvg_version(void)
{
    const FgLogosModule *logos = table_of(LOGOS, NULL);
    return logos ? logos->version() : MISSING;
}

const char *
fg_jxl_version(void)
{
    const FgJxlModule *jxl = table_of(JXL, NULL);
    return jxl ? jxl->version() : MISSING;
}

static Dl_serinfo *
search_list(void)
{
    Dl_serinfo size;
    void *program = dlopen(NULL, RTLD_LAZY);
    if (!program || dlinfo(program, RTLD_DI_SERINFOSIZE, &size) != 0)
        return NULL;
    g_autofree Dl_serinfo *list = g_malloc0(size.dls_size);
    *list = size;
    if (dlinfo(program, RTLD_DI_SERINFOSIZE, list) != 0 || dlinfo(program, RTLD_DI_SERINFO, list) != 0)
        return NULL;
    return g_steal_pointer(&list);
}

/* libvips.so.42 is a link to libvips.so.42.16.1: the name of the file that the loader would take has the
 * version in it. NULL when it has not, or is found in another way. */
static char *
file_of(const Dl_serinfo *list, const char *soname)
{
    for (guint i = 0; list && i < list->dls_cnt; i++) {
        g_autofree char *link = g_build_filename(list->dls_serpath[i].dls_name, soname, NULL);
        g_autofree char *file = g_canonicalize_filename(link, NULL);
        char *real = realpath(file, NULL);
        if (!real)
            continue;
        g_autofree char *name = g_path_get_basename(real);
        free(real);
        return g_str_equal(name, soname) ? NULL : g_steal_pointer(&name);
    }
    return NULL;
}

char *
fg_modules_identity(void)
{
    static const char *const sonames[] = {FG_MODULE_SONAMES};
    g_autofree Dl_serinfo *list = search_list();
    g_auto(GStrv) linked = fg_linked_versions();
    g_autofree char *beginning = g_strjoinv("\n", linked);
    g_autoptr(GString) all = g_string_new(beginning);
    for (gsize i = 0; i < G_N_ELEMENTS(sonames); i++) {
        g_autofree char *file = file_of(list, sonames[i]);
        if (!file)
            return g_strjoinv("\n", (char **)(guintptr)fg_pixels_versions());
        g_string_append_printf(all, "\n%s", file);
    }
    return g_string_free(g_steal_pointer(&all), FALSE);
}

/* ---- vips ---- */

GBytes *
fg_vips_press_profile(void)
{
    const FgVipsModule *vips = tables[VIPS];
    return vips ? vips->press_profile() : NULL;
}

static gboolean
vips_head(GBytes *file, FgHead *head, GError **error)
{
    const FgVipsModule *vips = loaded(VIPS);
    return vips->decoder->head(file, head, error);
}

static FgRaster *
vips_render(GBytes *file, const FgHead *head, int shrink, int width, int height, GError **error)
{
    const FgVipsModule *vips = loaded(VIPS);
    return vips->decoder->render(file, head, shrink, width, height, error);
}

const FgDecoder fg_vips_decoder = {vips_head, vips_render};

/* ---- heif ---- */

static gboolean
heif_head(GBytes *file, FgHead *head, GError **error)
{
    const FgHeifModule *heif = loaded(HEIF);
    return heif->decoder->head(file, head, error);
}

static FgRaster *
heif_render(GBytes *file, const FgHead *head, int shrink, int width, int height, GError **error)
{
    const FgHeifModule *heif = loaded(HEIF);
    return heif->decoder->render(file, head, shrink, width, height, error);
}

const FgDecoder fg_heif_decoder = {heif_head, heif_render};

GBytes *
fg_encode_avif(const FgPlanes *planes, const FgRaster *rgba, int quality, int effort, GError **error)
{
    const FgHeifModule *heif = loaded(HEIF);
    return heif->encode_avif(planes, rgba, quality, effort, error);
}

/* ---- jxl ---- */

static gboolean
jxl_head(GBytes *file, FgHead *head, GError **error)
{
    const FgJxlModule *jxl = loaded(JXL);
    return jxl->decoder->head(file, head, error);
}

static FgRaster *
jxl_render(GBytes *file, const FgHead *head, int shrink, int width, int height, GError **error)
{
    const FgJxlModule *jxl = loaded(JXL);
    return jxl->decoder->render(file, head, shrink, width, height, error);
}

const FgDecoder fg_jxl_decoder = {jxl_head, jxl_render};

GBytes *
fg_encode_jxl(const FgRaster *raster, int quality, int effort, GError **error)
{
    const FgJxlModule *jxl = loaded(JXL);
    return jxl->encode_jxl(raster, quality, effort, error);
}

GBytes *
fg_jxl_twin(GBytes *jpeg, int effort, GError **error)
{
    const FgJxlModule *jxl = loaded(JXL);
    return jxl->twin(jpeg, effort, error);
}

/* ---- letters ---- */

GBytes *
fg_lettering_set(const char *text, const char *const *fonts, gboolean bold, double em, GError **error)
{
    const FgLettersModule *letters = loaded(LETTERS);
    return letters->set(text, fonts, bold, em, error);
}

char *
fg_fonts_identity(const char *const *fonts)
{
    const FgLettersModule *letters = loaded(LETTERS);
    return letters->identity(fonts);
}

char **
fg_fonts_names(void)
{
    const FgLettersModule *letters = loaded(LETTERS);
    return letters->names();
}

char **
fg_fonts_places(void)
{
    const FgLettersModule *letters = loaded(LETTERS);
    return letters->places();
}

/* ---- logos ---- */

FgRaster *
fg_logo_draw(GBytes *file, int side, GError **error)
{
    const FgLogosModule *logos = loaded(LOGOS);
    return logos->draw(file, side, error);
}
