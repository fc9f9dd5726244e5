/* compound.c: the types of settings that hold other settings: sections, languages, licensors, marks,
 * derivatives. */
#include <string.h>

#include "profile/profile_private.h"

static gboolean
throw_expected(const FgRead *at, const FgNode *node, const char *expected, GError **error)
{
    g_autofree char *found = fg_node_describe(node);
    return fg_node_throw(node, at->path, error, "expected %s, not %s", expected, found);
}

static char *
print_nothing(const FgRow *row G_GNUC_UNUSED, const void *field G_GNUC_UNUSED)
{
    return NULL;
}

/* ---- extends: the merge has obeyed it before any row is read. ---- */

static gboolean
read_extends(const FgRead *at G_GNUC_UNUSED, FgNode *node G_GNUC_UNUSED, void *field G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
    return TRUE;
}

const FgType fg_type_extends = {.read = read_extends, .print = print_nothing};

/* ---- Sections: a map whose rows lie in the struct at the field. ---- */

static gboolean
read_section(const FgRead *at, FgNode *node, void *field, GError **error)
{
    return fg_map_read(at->profile, at->row->help->key, at->path, node, field, error);
}

const FgType fg_type_section = {.read = read_section, .print = print_nothing, .parent = TRUE};
const FgType fg_type_contact = {.read = read_section, .print = print_nothing, .parent = TRUE, .whole = TRUE};

static gboolean
read_rights(const FgRead *at, FgNode *node, void *field, GError **error)
{
    return read_section(at, node, *(FgRights **)field, error);
}

const FgType fg_type_rights = {.read = read_rights, .print = print_nothing, .parent = TRUE};

/* ---- languages: { fr: "…", en: "…" } ---- */

/* The shape of BCP 47: subtags of one to eight letters and digits, the first a language of two or three
 * letters (or four to eight for what is registered). */
static gboolean
is_language(const char *tag)
{
    g_auto(GStrv) subtags = g_strsplit(tag, "-", -1);
    for (guint i = 0; subtags[i]; i++) {
        gsize length = strlen(subtags[i]);
        if (length < (i == 0 ? 2 : 1) || length > 8)
            return FALSE;
        for (const char *c = subtags[i]; *c; c++)
            if (i == 0 ? !g_ascii_isalpha(*c) : !g_ascii_isalnum(*c))
                return FALSE;
    }
    return subtags[0] != NULL;
}

static gboolean
read_languages(const FgRead *at, FgNode *node, void *field, GError **error)
{
    if (node->kind != FG_NODE_MAP)
        return throw_expected(at, node, "a map of languages to texts, such as {en: \"All rights reserved.\"}",
                              error);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func((GDestroyNotify)fg_lang_text_free);
    for (guint i = 0; i < node->keys->len; i++) {
        const FgNode *key = node->keys->pdata[i];
        g_autofree char *path = g_strconcat(at->path, ".", key->text, NULL);
        const FgRead below = {at->profile, at->row, path};
        if (fg_node_is_null(node->items->pdata[i]))
            continue;
        if (!is_language(key->text)) {
            g_autofree char *shown = fg_show(key->text);
            return fg_node_throw(key, at->path, error, "expected a language tag, such as fr or en-GB, not %s",
                                 shown);
        }
        for (guint j = 0; j < texts->len; j++)
            if (g_ascii_strcasecmp(((FgLangText *)texts->pdata[j])->lang, key->text) == 0)
                return fg_node_throw(key, at->path, error, "the language %s stands here twice", key->text);
        g_autofree char *text = fg_text_read(&below, node->items->pdata[i], error);
        if (!text)
            return FALSE;
        g_ptr_array_add(texts, fg_lang_text_new(key->text, text));
    }
    g_ptr_array_unref(*(GPtrArray **)field); /* a list is there from the start, and empty */
    *(GPtrArray **)field = g_steal_pointer(&texts);
    return TRUE;
}

static char *
print_languages(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    const GPtrArray *texts = *(GPtrArray *const *)field;
    if (texts->len == 0)
        return NULL;
    g_autoptr(GString) map = g_string_new("{");
    for (guint i = 0; i < texts->len; i++) {
        const FgLangText *text = texts->pdata[i];
        g_autofree char *quoted = fg_quote(text->text);
        g_string_append_printf(map, "%s%s: %s", i > 0 ? ", " : "", text->lang, quoted);
    }
    return g_strdup(g_string_append_c(map, '}')->str);
}

const FgType fg_type_languages = {.read = read_languages, .print = print_languages, .whole = TRUE};

/* ---- licensors: a map, or a list of up to three. ---- */

static gboolean
read_licensor(const FgRead *at, const char *path, FgNode *node, GPtrArray *licensors, GError **error)
{
    FgLicensor *licensor = g_new0(FgLicensor, 1);
    g_ptr_array_add(licensors, licensor);
    if (!fg_map_read(at->profile, at->row->help->key, path, node, licensor, error))
        return FALSE;
    if (!licensor->name && !licensor->url && !licensor->email && !licensor->id)
        return fg_node_throw(node, path, error, "expected a name, url, email or id");
    return TRUE;
}

static gboolean
read_licensors(const FgRead *at, FgNode *node, void *field, GError **error)
{
    g_autoptr(GPtrArray) licensors = g_ptr_array_new_with_free_func((GDestroyNotify)fg_licensor_free);
    if (node->kind == FG_NODE_SCALAR)
        return throw_expected(at, node, "a map, or a list of up to three", error);
    if (node->kind == FG_NODE_MAP && !read_licensor(at, at->path, node, licensors, error))
        return FALSE;
    if (node->kind == FG_NODE_LIST && node->items->len > 3)
        return fg_node_throw(node, at->path, error, "expected up to three licensors, not %u",
                             node->items->len);
    GError *mistakes = NULL, *mistake = NULL;
    for (guint i = 0; node->kind == FG_NODE_LIST && i < node->items->len; i++) {
        g_autofree char *path = g_strdup_printf("%s[%u]", at->path, i);
        if (!read_licensor(at, path, node->items->pdata[i], licensors, &mistake))
            fg_mistakes_add(&mistakes, g_steal_pointer(&mistake));
    }
    if (mistakes)
        return g_propagate_error(error, mistakes), FALSE;
    g_ptr_array_unref(*(GPtrArray **)field); /* a list is there from the start, and empty */
    *(GPtrArray **)field = g_steal_pointer(&licensors);
    return TRUE;
}

static char *
print_licensors(const FgRow *row, const void *field)
{
    const GPtrArray *licensors = *(GPtrArray *const *)field;
    if (licensors->len == 0)
        return NULL;
    g_autoptr(GString) list = g_string_new("[");
    for (guint i = 0; i < licensors->len; i++) {
        g_autofree char *licensor = fg_flow_print(row->help->key, licensors->pdata[i], FALSE);
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", licensor);
    }
    return g_strdup(g_string_append_c(list, ']')->str);
}

const FgType fg_type_licensors = {.read = read_licensors, .print = print_licensors, .whole = TRUE};

/* ---- marks: each under its name. ---- */

/* The one that was there before may come from a profile that is extended. */
static gboolean
throw_both(const FgNode *node, const char *path, GError **error)
{
    const FgNode *text = fg_node_get(node, "text"), *logo = fg_node_get(node, "logo");
    if (strcmp(text->file, logo->file) == 0)
        return fg_node_throw(logo, path, error, "expected a text or a logo, not both");
    gboolean older = strcmp(node->file, logo->file) == 0;
    const FgNode *given = older ? logo : text, *inherited = older ? text : logo;
    g_autofree char *there = fg_place(inherited->file, inherited->line, inherited->column);
    return fg_node_throw(
        given, path, error,
        "expected a text or a logo, not both, and the mark has its %s from %s; drop that with \"%s: null\"",
        older ? "text" : "logo", there, older ? "text" : "logo");
}

static gboolean
read_mark(const FgRead *at, const FgNode *key, FgNode *node, GPtrArray *marks, GError **error)
{
    g_autofree char *path = g_strconcat(at->path, ".", key->text, NULL);
    const FgRead here = {at->profile, at->row, path};
    /* A key is a text whatever it looks like: a mark may be called 1, or no. */
    g_autoptr(FgNode) name = fg_node_like(FG_NODE_SCALAR, key);
    name->text = g_strdup(key->text);
    char *called = NULL;
    if (!fg_type_name.read(&here, name, &called, error))
        return FALSE;
    /* A mark with a mistake is there all the same, for the derivatives that name it. */
    FgMarkSpec *mark = g_new0(FgMarkSpec, 1);
    mark->name = called;
    g_ptr_array_add(marks, mark);
    if (!fg_map_read(at->profile, "marks.*", path, node, mark, error))
        return FALSE;
    if (mark->text && mark->logo)
        return throw_both(node, path, error);
    if (!mark->text && !mark->logo)
        return fg_node_throw(node, path, error, "expected a text or a logo");
    return TRUE;
}

static gboolean
read_marks(const FgRead *at, FgNode *node, void *field, GError **error)
{
    GPtrArray *marks = *(GPtrArray **)field;
    if (node && node->kind != FG_NODE_MAP)
        return throw_expected(at, node, "a map of marks, each under its name", error);
    GError *mistakes = NULL, *mistake = NULL;
    for (guint i = 0; node && i < node->keys->len; i++)
        if (!fg_node_is_null(node->items->pdata[i]) &&
            !read_mark(at, node->keys->pdata[i], node->items->pdata[i], marks, &mistake))
            fg_mistakes_add(&mistakes, g_steal_pointer(&mistake));
    if (mistakes)
        g_propagate_error(error, mistakes);
    return mistakes == NULL;
}

const FgType fg_type_marks = {.read = read_marks, .print = print_nothing, .parent = TRUE};

/* ---- names: the marks that a derivative wants, which must be there. ---- */

static gboolean
read_names(const FgRead *at, FgNode *node, void *field, GError **error)
{
    g_auto(GStrv) names = NULL;
    if (node->kind != FG_NODE_LIST)
        return throw_expected(at, node, "a list of marks, such as [signature], or [] for none", error);
    if (!fg_texts_read(at, node, &names, error))
        return FALSE;
    for (guint i = 0; names[i]; i++) {
        const FgNode *item = node->items->pdata[i];
        if (fg_profile_mark(at->profile, names[i])) {
            for (guint j = 0; j < i; j++)
                if (strcmp(names[i], names[j]) == 0)
                    return fg_node_throw(item, at->path, error, "the mark %s stands here twice", names[i]);
            continue;
        }
        g_autoptr(GString) known = g_string_new(NULL);
        for (guint j = 0; j < at->profile->marks->len; j++)
            g_string_append_printf(known, "%s%s", j > 0 ? "|" : "",
                                   ((const FgMarkSpec *)at->profile->marks->pdata[j])->name);
        g_autofree char *nearest = fg_nearest(names[i], known->str);
        g_autofree char *shown = fg_show(names[i]);
        if (nearest)
            return fg_node_throw(item, at->path, error, "there is no mark %s; did you mean \"%s\"?", shown,
                                 nearest);
        g_string_replace(known, "|", ", ", 0);
        return fg_node_throw(item, at->path, error, "there is no mark %s; the profile has %s", shown,
                             known->len > 0 ? known->str : "none");
    }
    *(char ***)field = g_steal_pointer(&names);
    return TRUE;
}

static char *
print_names(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    return fg_texts_print(*(char **const *)field);
}

const FgType fg_type_names = {.read = read_names, .print = print_names};

/* ---- derivatives: a list of recipes. ---- */

static gboolean
check_recipe(const FgRecipe *recipe, const char *path, const FgNode *node, const GPtrArray *others,
             GError **error)
{
    if (!recipe->name)
        return fg_node_throw(node, path, error, "expected a name");
    for (guint i = 0; i < others->len; i++)
        if (strcmp(((const FgRecipe *)others->pdata[i])->name, recipe->name) == 0)
            return fg_node_throw(fg_node_get(node, "name"), path, error,
                                 "the name %s is taken by another derivative", recipe->name);
    gboolean boxed = recipe->width > 0 || recipe->height > 0;
    if (recipe->long_edge == 0 && !boxed)
        return fg_node_throw(node, path, error, "expected a size: long_edge, or width, height or both");
    if (recipe->long_edge > 0 && boxed)
        return fg_node_throw(node, path, error, "expected long_edge, or width and height, not both");
    if (recipe->crop != FG_CROP_NONE && (recipe->width == 0 || recipe->height == 0))
        return fg_node_throw(fg_node_get(node, "crop"), path, error, "crop needs a box: width and height");
    const int longest = MAX(recipe->long_edge, MAX(recipe->width, recipe->height));
    for (guint i = 0; i < recipe->formats->len; i++) {
        const FgFormatTraits *format = fg_format_traits(g_array_index(recipe->formats, FgFormat, i));
        if (format->largest_side > 0 && longest > (int)format->largest_side)
            return fg_node_throw(node, path, error, "%s ends at %u pixels", format->name,
                                 format->largest_side);
    }
    return TRUE;
}

static gboolean
read_derivatives(const FgRead *at, FgNode *node, void *field, GError **error)
{
    GPtrArray *recipes = *(GPtrArray **)field;
    if (node && node->kind != FG_NODE_LIST)
        return throw_expected(at, node, "a list of at least one derivative", error);
    GError *mistakes = NULL, *mistake = NULL;
    for (guint i = 0; node && i < node->items->len; i++) {
        FgNode *item = node->items->pdata[i];
        g_autofree char *path = g_strdup_printf("%s[%u]", at->path, i);
        FgRecipe *recipe = g_new0(FgRecipe, 1);
        if (fg_map_read(at->profile, "derivatives[]", path, item, recipe, &mistake) &&
            check_recipe(recipe, path, item, recipes, &mistake)) {
            g_ptr_array_add(recipes, recipe);
            continue;
        }
        fg_recipe_free(recipe);
        fg_mistakes_add(&mistakes, g_steal_pointer(&mistake));
    }
    if (mistakes)
        g_propagate_error(error, mistakes);
    return mistakes == NULL;
}

const FgType fg_type_derivatives = {.read = read_derivatives, .print = print_nothing, .parent = TRUE};
