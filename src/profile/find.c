/* find.c: where profiles lie, and how `extends` leads from one to the next. */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "profile/profile_private.h"

#define SIZE_MAX_PROFILE (1024 * 1024)
#define CHAIN_MAX 16

void
fg_source_free(FgSource *source)
{
    if (!source)
        return;
    g_free(source->name);
    g_free(source->path);
    g_free(source->identity);
    g_free(source->folder);
    g_bytes_unref(source->text);
    g_free(source);
}

static gboolean
is_file_name(const char *name)
{
    return strchr(name, '/') || g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml");
}

static char *
stem_of(const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    char *dot = strrchr(base, '.');
    if (dot && dot > base)
        *dot = '\0';
    g_autofree char *valid = fg_text_utf8(base, -1, NULL);
    return fg_text_nfc(valid);
}

static FgSource *
open_file(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) text = fg_file_read(path, SIZE_MAX_PROFILE, &cause);
    if (!text) {
        g_autofree char *shown = fg_show(path);
        g_autofree char *what = g_strdup_printf(N_("the profile %s"), shown);
        FgErrorCode code = cause->code == FG_ERROR_MEMORY ? FG_ERROR_MEMORY : FG_ERROR_PATH;
        return fg_throw_null(error, code, "%s: %s", what, cause->message);
    }
    FgSource *source = g_new0(FgSource, 1);
    source->name = stem_of(path);
    source->path = g_strdup(path);
    source->folder = g_path_get_dirname(path);
    char *real = realpath(path, NULL);
    source->identity = g_strdup(real ? real : path);
    free(real); /* by the C library, not by GLib */
    source->text = g_steal_pointer(&text);
    return source;
}

static FgSource *
open_builtin(const FgBuiltin *builtin)
{
    FgSource *source = g_new0(FgSource, 1);
    source->name = g_strdup(builtin->name);
    source->path = g_strdup_printf("built-in %s", builtin->name);
    source->identity = g_strdup(source->path);
    source->text = g_bytes_new_static(builtin->text, builtin->length);
    return source;
}

/* The profiles that came with the program lie beside the library, wherever both were put. */
static char *
installed_folder(void)
{
    Dl_info library;
    if (!dladdr(fg_builtins, &library) || !library.dli_fname)
        return NULL;
    g_autofree char *folder = g_path_get_dirname(library.dli_fname);
    return g_build_filename(folder, FG_DATADIR_FROM_LIBRARY, "profiles", NULL);
}

/* The folders that hold profiles, first wins: the project's, the user's, then those that came with the
 * program. */
static char **
folders(gboolean own)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    if (own) {
        g_autofree char *user = g_build_filename(g_get_user_config_dir(), "filigrane", "profiles", NULL);
        g_strv_builder_add(builder, "profiles");
        g_strv_builder_add(builder, user);
    }
    const char *extra = g_getenv("FILIGRANE_PROFILES");
    if (extra && *extra)
        g_strv_builder_add(builder, extra);
    g_autofree char *installed = installed_folder();
    if (installed)
        g_strv_builder_add(builder, installed);
    return g_strv_builder_end(builder);
}

static FgSource *
find_named(const char *name, gboolean own, GError **error)
{
    g_auto(GStrv) places = folders(own);
    for (char **place = places; *name && *place; place++) {
        g_autofree char *file = g_strconcat(name, ".yaml", NULL);
        g_autofree char *path = g_build_filename(*place, file, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return open_file(path, error);
    }
    for (const FgBuiltin *builtin = fg_builtins; builtin->name; builtin++)
        if (strcmp(builtin->name, name) == 0)
            return open_builtin(builtin);
    g_autoptr(GString) known = g_string_new(NULL);
    g_autoptr(GPtrArray) entries = fg_profile_list();
    for (guint i = 0; i < entries->len; i++)
        g_string_append_printf(known, "%s%s", i > 0 ? "|" : "", ((FgProfileEntry *)entries->pdata[i])->name);
    g_autofree char *nearest = fg_nearest(name, known->str);
    g_autofree char *shown = fg_show(name);
    g_string_replace(known, "|", ", ", 0);
    if (nearest)
        return fg_throw_null(error, FG_ERROR_PATH,
                             "there is no profile %s; did you mean \"%s\"? There are %s", shown, nearest,
                             known->str);
    return fg_throw_null(error, FG_ERROR_PATH, "there is no profile %s; there are %s", shown, known->str);
}

FgSource *
fg_source_find(const char *name, const char *folder, GError **error)
{
    if (!name)
        return g_file_test(FG_OWN_PROFILE, G_FILE_TEST_EXISTS) ? open_file(FG_OWN_PROFILE, error)
                                                               : find_named("gallery", FALSE, error);
    if (!is_file_name(name))
        return find_named(name, TRUE, error);
    gboolean as_it_is = g_path_is_absolute(name) || !folder || strcmp(folder, ".") == 0;
    g_autofree char *path = as_it_is ? g_strdup(name) : g_build_filename(folder, name, NULL);
    return open_file(path, error);
}

/* ---- extends ---- */

static gboolean
throw_cycle(const FgNode *node, const GPtrArray *chain, const FgSource *source, GError **error)
{
    g_autoptr(GString) way = g_string_new(NULL);
    for (guint i = 0; i < chain->len; i++)
        g_string_append_printf(way, "%s -> ", ((const FgSource *)chain->pdata[i])->path);
    g_string_append(way, source->path);
    g_autofree char *shown = fg_text_printable(way->str);
    return fg_node_throw(node, "extends", error, "goes round in a circle: %s", shown);
}

static FgNode *follow(FgSource *source, GPtrArray *chain, GError **error);

/* The tree of what `node` names. */
static FgNode *
follow_extends(const FgNode *node, FgSource *source, GPtrArray *chain, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (node->kind != FG_NODE_SCALAR) {
        g_autofree char *found = fg_node_describe(node);
        return fg_node_throw(node, "extends", error, "expected the name or file of a profile, not %s", found),
               NULL;
    }
    g_autoptr(FgSource) base = fg_source_find(node->text, source->folder, &cause);
    if (!base)
        return fg_node_throw(node, "extends", error, "%s", cause->message), NULL;
    for (guint i = 0; i < chain->len; i++)
        if (strcmp(((const FgSource *)chain->pdata[i])->identity, base->identity) == 0)
            return throw_cycle(node, chain, base, error), NULL;
    if (chain->len >= CHAIN_MAX)
        return fg_node_throw(node, "extends", error, "a chain of more than %d profiles", CHAIN_MAX), NULL;
    return follow(base, chain, error);
}

static FgNode *
follow(FgSource *source, GPtrArray *chain, GError **error)
{
    gsize length;
    const char *text = g_bytes_get_data(source->text, &length);
    g_autoptr(FgNode) tree = fg_tree_parse(source->path, source->folder, text, length, error);
    if (!tree)
        return NULL;
    if (fg_node_is_null(tree))
        return fg_node_throw(tree, NULL, error, "the profile is empty"), NULL;
    FgNode *node = fg_node_get(tree, "extends");
    if (!node || fg_node_is_null(node))
        return g_steal_pointer(&tree);
    g_ptr_array_add(chain, source);
    g_autoptr(FgNode) base = follow_extends(node, source, chain, error);
    return base ? fg_merge(base, tree, "") : NULL;
}

FgNode *
fg_source_tree(FgSource *source, GError **error)
{
    g_autoptr(GPtrArray) chain = g_ptr_array_new();
    return follow(source, chain, error);
}

/* ---- The list of all that -p finds. ---- */

static void
entry_free(gpointer data)
{
    FgProfileEntry *entry = data;
    g_free(entry->name);
    g_free(entry->path);
    g_free(entry->summary);
    g_free(entry);
}

static gint
compare_entries(gconstpointer a, gconstpointer b)
{
    const FgProfileEntry *left = *(FgProfileEntry *const *)a, *right = *(FgProfileEntry *const *)b;
    return strcmp(left->name, right->name);
}

/* The first comment line, without its sign. */
static char *
summary_of(GBytes *text)
{
    gsize length;
    const char *data = g_bytes_get_data(text, &length);
    g_autofree char *copy = g_strndup(data, length);
    g_auto(GStrv) lines = g_strsplit(copy, "\n", 2);
    const char *line = lines[0] && *lines[0] == '#' ? lines[0] + 1 : "";
    g_autofree char *tidy = fg_text_tidy(line);
    return fg_text_printable(tidy);
}

static void
add_entry(GPtrArray *entries, const FgSource *source)
{
    for (guint i = 0; i < entries->len; i++)
        if (strcmp(((const FgProfileEntry *)entries->pdata[i])->name, source->name) == 0)
            return;
    FgProfileEntry *entry = g_new0(FgProfileEntry, 1);
    entry->name = g_strdup(source->name);
    entry->path = g_strdup(source->path);
    entry->summary = summary_of(source->text);
    g_ptr_array_add(entries, entry);
}

GPtrArray *
fg_profile_list(void)
{
    GPtrArray *entries = g_ptr_array_new_with_free_func(entry_free);
    g_auto(GStrv) places = folders(TRUE);
    for (char **place = places; *place; place++) {
        g_autoptr(GDir) folder = g_dir_open(*place, 0, NULL);
        const char *name;
        while (folder && (name = g_dir_read_name(folder))) {
            g_autofree char *path = g_build_filename(*place, name, NULL);
            g_autoptr(FgSource) source = NULL;
            if (*name != '.' && g_str_has_suffix(name, ".yaml") && (source = open_file(path, NULL)))
                add_entry(entries, source);
        }
    }
    for (const FgBuiltin *builtin = fg_builtins; builtin->name; builtin++) {
        g_autoptr(FgSource) source = open_builtin(builtin);
        add_entry(entries, source);
    }
    g_ptr_array_sort(entries, compare_entries);
    return entries;
}
