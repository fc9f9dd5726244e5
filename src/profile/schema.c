/* schema.c: the table of settings, and how a map is read and printed by its rows. */
#include <string.h>

#include "profile/profile_private.h"

/* The table's two views: what people read, and what readers do. Both end with a row without a key. */
#define ROW(KEY, TYPE, PLACE, RANGE, STANDARD, HELP) {KEY, #TYPE, RANGE, STANDARD, HELP},
static const FgSettingHelp settings[] = {
#include "profile/settings.def"
    {NULL, NULL, NULL, NULL, NULL}};
#undef ROW

#define IN(STRUCT, MEMBER) offsetof(STRUCT, MEMBER)
#define HERE 0
#define ROW(KEY, TYPE, PLACE, RANGE, STANDARD, HELP) {&settings[__COUNTER__ - first], &fg_type_##TYPE, PLACE},
enum { first = __COUNTER__ + 1 };
static const FgRow rows[] = {
#include "profile/settings.def"
    {NULL, NULL, 0}};
#undef ROW

const FgSettingHelp *
fg_profile_settings(void)
{
    return settings;
}

const char *
fg_row_leaf(const FgRow *row)
{
    const char *dot = strrchr(row->help->key, '.');
    return dot ? dot + 1 : row->help->key;
}

const FgRow *
fg_row_below(const char *prefix, const FgRow *previous)
{
    gsize length = strlen(prefix);
    for (const FgRow *row = previous ? previous + 1 : rows; row->help; row++) {
        const char *key = row->help->key;
        if (strncmp(key, prefix, length) != 0 || (length > 0 && key[length] != '.'))
            continue;
        if (!strchr(key + length + (length > 0), '.'))
            return row;
    }
    return NULL;
}

const FgRow *
fg_row_of(const char *path)
{
    for (const FgRow *row = rows; row->help; row++) {
        g_autoptr(GString) pattern = g_string_new(row->help->key);
        g_string_replace(pattern, "[]", "[*]", 0);
        gsize dots = 0, found = 0;
        for (const char *at = pattern->str; *at; at++)
            dots += *at == '.';
        for (const char *at = path; *at; at++)
            found += *at == '.';
        if (dots == found && g_pattern_match_simple(pattern->str, path))
            return row;
    }
    return NULL;
}

/* What a mark's size and visibility are when it does not say: a tile wants to be fainter than a signature. */
const char *
fg_row_standard(const FgRow *row, const void *base)
{
    if (!g_str_has_prefix(row->help->key, "marks.*."))
        return row->help->standard;
    const FgMarkSpec *mark = base;
    const char *leaf = fg_row_leaf(row);
    const FgPlaceTraits *place = fg_place_traits(mark->place);
    if (strcmp(leaf, "size") == 0 && (place->size || mark->logo))
        return place->size ? place->size : "10%";
    if (strcmp(leaf, "visibility") == 0 && place->visibility)
        return place->visibility;
    return row->help->standard;
}

/* The names right below a prefix, separated by '|'. */
static char *
names_below(const char *prefix)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (const FgRow *row = NULL; (row = fg_row_below(prefix, row));)
        g_string_append_printf(names, "%s|", fg_row_leaf(row));
    return g_strndup(names->str, names->len - 1);
}

/* The section that a key belongs to which stands at the margin, or NULL. */
static const char *
section_of(const char *name)
{
    for (const FgRow *row = NULL; (row = fg_row_below("", row));)
        for (const FgRow *child = NULL; (child = fg_row_below(row->help->key, child));)
            if (strcmp(fg_row_leaf(child), name) == 0)
                return row->help->key;
    return NULL;
}

static gboolean
throw_unknown(const char *prefix, const char *path, const FgNode *key, GError **error)
{
    g_autofree char *full = g_strconcat(path, *path ? "." : "", key->text, NULL);
    g_autofree char *names = names_below(prefix);
    g_autofree char *nearest = fg_nearest(key->text, names);
    const char *home = *path ? NULL : section_of(key->text);
    if (home)
        return fg_node_throw(key, full, error, "unknown key here; indent it below \"%s:\"", home);
    if (nearest)
        return fg_node_throw(key, full, error, "unknown key; did you mean \"%s\"?", nearest);
    g_auto(GStrv) words = g_strsplit(names, "|", -1);
    g_autofree char *list = g_strjoinv(", ", words);
    return fg_node_throw(key, full, error, "unknown key; expected one of %s", list);
}

static gboolean
is_known(const char *prefix, const char *name)
{
    for (const FgRow *row = NULL; (row = fg_row_below(prefix, row));)
        if (strcmp(fg_row_leaf(row), name) == 0)
            return TRUE;
    return FALSE;
}

/* Reads one row of a map: what it says, else the default, else (for a section) the defaults below it. */
static gboolean
read_row(FgProfile *profile, const FgRow *row, const char *path, FgNode *map, void *base, GError **error)
{
    g_autofree char *full = g_strconcat(path, *path ? "." : "", fg_row_leaf(row), NULL);
    FgRead at = {profile, row, full};
    void *field = (guint8 *)base + row->offset;
    FgNode *node = fg_node_get(map, fg_row_leaf(row));
    if (node && !fg_node_is_null(node))
        return row->type->read(&at, node, field, error);
    if (row->type->parent)
        return row->type->read(&at, NULL, field, error);
    const char *standard = fg_row_standard(row, base);
    if (!standard)
        return TRUE;
    g_autoptr(FgNode) tree = fg_tree_parse(FG_STANDARD, NULL, standard, strlen(standard), error);
    return tree && row->type->read(&at, tree, field, error);
}

void
fg_mistakes_add(GError **mistakes, GError *mistake)
{
    enum { SCREENFUL = 20 };
    if (!*mistakes) {
        *mistakes = mistake;
        return;
    }
    guint lines = 1;
    for (const char *at = (*mistakes)->message; (at = strchr(at, '\n')); at++)
        lines++;
    if (lines < SCREENFUL) {
        char *both = g_strconcat((*mistakes)->message, "\n", mistake->message, NULL);
        g_free((*mistakes)->message);
        (*mistakes)->message = both;
    }
    g_error_free(mistake);
}

gboolean
fg_map_read(FgProfile *profile, const char *prefix, const char *path, FgNode *map, void *base, GError **error)
{
    if (map && map->kind != FG_NODE_MAP) {
        g_autofree char *found = fg_node_describe(map);
        return fg_node_throw(map, path, error, "expected a map of settings, not %s", found);
    }
    GError *mistakes = NULL, *mistake = NULL;
    for (guint i = 0; map && i < map->keys->len; i++) {
        const FgNode *key = map->keys->pdata[i];
        if (!is_known(prefix, key->text) && !throw_unknown(prefix, path, key, &mistake))
            fg_mistakes_add(&mistakes, g_steal_pointer(&mistake));
    }
    for (const FgRow *row = NULL; (row = fg_row_below(prefix, row));)
        if (!read_row(profile, row, path, map, base, &mistake))
            fg_mistakes_add(&mistakes, g_steal_pointer(&mistake));
    if (mistakes)
        g_propagate_error(error, mistakes);
    return mistakes == NULL;
}

/* What follows from the creator when the profile leaves it out. */
static void
complete_rights(FgRights *rights)
{
    if (!rights->creators)
        return;
    if (!rights->owner)
        rights->owner = g_strdup(rights->creators[0]);
    if (!rights->copyright)
        rights->copyright = g_strdup("© {year} {owner}");
}

/* A twin is made of a JPEG, and of what that states. */
static gboolean
check_twins(const FgProfile *profile, const FgNode *tree, GError **error)
{
    if (profile->quality.level[FG_FORMAT_JXL] != FG_QUALITY_TWIN)
        return TRUE;
    for (guint i = 0; i < profile->recipes->len; i++) {
        const FgRecipe *recipe = profile->recipes->pdata[i];
        if (!fg_recipe_makes(recipe, FG_FORMAT_JXL) || fg_recipe_makes(recipe, FG_FORMAT_JPEG))
            continue;
        const FgNode *node = fg_node_get(fg_node_get(tree, "quality"), "jxl");
        return fg_node_throw(node ? node : tree, "quality.jxl", error,
                             "a twin is made of the JPEG of the same size, and %s has none: add jpeg to its "
                             "formats, or give a quality in 1..100",
                             recipe->name);
    }
    return TRUE;
}

FgProfile *
fg_schema_read(FgNode *tree, const char *name, GError **error)
{
    g_autoptr(FgProfile) profile = fg_profile_new(name);
    if (!fg_map_read(profile, "", "", tree, profile, error))
        return NULL;
    if (profile->recipes->len == 0) {
        FgNode *node = fg_node_get(tree, "derivatives");
        return fg_node_throw(node ? node : tree, "derivatives", error,
                             "expected a list of at least one derivative"),
               NULL;
    }
    FgRights *rights = profile->rights;
    complete_rights(rights);
    if (g_strcmp0(rights->data_mining, "prohibited-seeconstraint") == 0 &&
        rights->other_constraints->len == 0) {
        const FgNode *node = fg_node_get(fg_node_get(tree, "rights"), "data_mining");
        return fg_node_throw(
                   node, "rights.data_mining", error,
                   "prohibited-seeconstraint needs rights.other_constraints, which says what is allowed"),
               NULL;
    }
    return check_twins(profile, tree, error) ? g_steal_pointer(&profile) : NULL;
}

/* A file by what is in it, so that the digest is the same wherever the profile lies. */
static char *
content_of(const char *path)
{
    g_autoptr(GBytes) bytes = fg_file_read(path, 0, NULL);
    gsize length;
    const void *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    return bytes ? fg_sha256_hex(data, length) : g_path_get_basename(path);
}

char *
fg_row_print(const FgRow *row, const void *field, gboolean by_content)
{
    if (by_content && row->type == &fg_type_path) {
        const char *path = *(char *const *)field;
        return path ? content_of(path) : NULL;
    }
    if (by_content && row->type == &fg_type_fonts) {
        g_autoptr(GString) fonts = g_string_new(NULL);
        for (char *const *font = *(char **const *)field; *font; font++) {
            g_autofree char *content = g_path_is_absolute(*font) ? content_of(*font) : fg_quote(*font);
            g_string_append_printf(fonts, "%s ", content);
        }
        return g_strdup(fonts->str);
    }
    return row->type->print(row, field);
}

char *
fg_flow_print(const char *prefix, const void *base, gboolean content)
{
    g_autoptr(GString) map = g_string_new("{");
    for (const FgRow *row = NULL; (row = fg_row_below(prefix, row));) {
        const void *field = (const guint8 *)base + row->offset;
        g_autofree char *value = fg_row_print(row, field, content);
        if (value)
            g_string_append_printf(map, "%s%s: %s", map->len > 1 ? ", " : "", fg_row_leaf(row), value);
    }
    return g_strdup(g_string_append_c(map, '}')->str);
}
