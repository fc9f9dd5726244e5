/* profile.c: a profile loaded by name, with what is set over it. */
#include <string.h>

#include "profile/profile_private.h"

static gboolean
is_beside_own(const char *path)
{
    g_autofree char *taken = g_canonicalize_filename(path, NULL);
    g_autofree char *own = g_canonicalize_filename(FG_OWN_PROFILE, NULL);
    return !g_str_equal(taken, own) && g_file_test(own, G_FILE_TEST_EXISTS);
}

static gboolean
is_carried(const FgProfile *profile, const char *mark)
{
    for (guint i = 0; i < profile->recipes->len; i++) {
        const FgRecipe *recipe = profile->recipes->pdata[i];
        if (!recipe->marks || g_strv_contains((const char *const *)recipe->marks, mark))
            return TRUE;
    }
    return FALSE;
}

/* A mark that somebody wrote down is meant to be seen; one that comes with an extended profile may be left
 * over. */
static char **
idle_marks(const FgProfile *profile, const FgNode *tree, const FgSource *source)
{
    const FgNode *marks = fg_node_get(tree, "marks");
    g_autofree char *own = fg_text_printable(source->path);
    g_autoptr(GStrvBuilder) idle = g_strv_builder_new();
    guint count = 0;
    for (guint i = 0; marks && i < marks->keys->len; i++) {
        const FgNode *key = marks->keys->pdata[i], *mark = marks->items->pdata[i];
        gboolean stated = strcmp(mark->file, own) == 0 || g_str_has_prefix(mark->file, FG_OVERRIDE);
        if (!stated || fg_node_is_null(mark) || is_carried(profile, key->text))
            continue;
        g_strv_builder_add(idle, key->text);
        count++;
    }
    return count > 0 ? g_strv_builder_end(idle) : NULL;
}

FgProfile *
fg_profile_load(const char *name, const char *const *overrides, GError **error)
{
    g_autoptr(FgSource) source = fg_source_find(name, NULL, error);
    g_autoptr(FgNode) tree = source ? fg_source_tree(source, error) : NULL;
    if (!tree)
        return NULL;
    for (; overrides && *overrides; overrides++) {
        g_autoptr(FgNode) over = fg_override_parse(*overrides, error);
        if (!over)
            return NULL;
        FgNode *merged = fg_merge(tree, over, "");
        fg_node_unref(tree);
        tree = merged;
    }
    FgProfile *profile = fg_schema_read(tree, source->name, error);
    if (profile)
        profile->idle_marks = idle_marks(profile, tree, source);
    if (profile)
        profile->assumed = !name && strcmp(source->path, FG_OWN_PROFILE) != 0;
    if (profile)
        profile->beside = name && !profile->rights->creators && is_beside_own(source->path);
    return profile;
}
