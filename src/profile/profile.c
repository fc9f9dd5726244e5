/* profile.c: the life of a profile, and what upper floors ask of it. */
#include <string.h>

#include "profile/profile_private.h"

FgProfile *
fg_profile_new(const char *name)
{
    FgProfile *profile = g_new0(FgProfile, 1);
    profile->refs = 1;
    profile->name = g_strdup(name);
    profile->rights = fg_rights_new();
    profile->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    profile->marks = g_ptr_array_new_with_free_func((GDestroyNotify)fg_mark_spec_free);
    profile->recipes = g_ptr_array_new_with_free_func((GDestroyNotify)fg_recipe_free);
    return profile;
}

/* Counting references is all that ever changes in a loaded profile. */
FgProfile *
fg_profile_ref(const FgProfile *profile)
{
    FgProfile *same = (FgProfile *)profile;
    g_atomic_int_inc(&same->refs);
    return same;
}

void
fg_profile_unref(FgProfile *profile)
{
    if (!profile || !g_atomic_int_dec_and_test(&profile->refs))
        return;
    g_free(profile->name);
    fg_rights_free(profile->rights);
    g_ptr_array_unref(profile->marks);
    g_ptr_array_unref(profile->recipes);
    g_free(profile->output_name);
    g_strfreev(profile->idle_marks);
    g_hash_table_unref(profile->places);
    g_free(profile);
}

const char *
fg_profile_name(const FgProfile *profile)
{
    return profile->name;
}

const FgRights *
fg_profile_rights(const FgProfile *profile)
{
    return profile->rights;
}

gboolean
fg_profile_is_assumed(const FgProfile *profile)
{
    return profile->assumed;
}

const char *
fg_profile_place(const FgProfile *profile, const char *path)
{
    return g_hash_table_lookup(profile->places, path);
}

const FgMarkSpec *
fg_profile_mark(const FgProfile *profile, const char *name)
{
    for (guint i = 0; i < profile->marks->len; i++) {
        const FgMarkSpec *mark = profile->marks->pdata[i];
        if (strcmp(mark->name, name) == 0)
            return mark;
    }
    return NULL;
}

FgEncoding
fg_profile_encoding(const FgProfile *profile, FgFormat format)
{
    const FgQuality *quality = &profile->quality;
    FgEncoding encoding = {.format = format, .quality = 100, .effort = -1, .chroma = quality->chroma};
    switch (format) {
    case FG_FORMAT_JPEG:
        encoding.quality = quality->jpeg;
        encoding.effort = quality->jpeg_effort;
        encoding.progressive = quality->progressive;
        break;
    case FG_FORMAT_WEBP:
        encoding.quality = quality->webp;
        encoding.effort = quality->webp_effort;
        encoding.chroma = FG_CHROMA_420;
        break;
    case FG_FORMAT_AVIF:
        encoding.quality = quality->avif;
        encoding.effort = quality->avif_effort;
        break;
    default: /* PNG has no quality */
        break;
    }
    return encoding;
}

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
