/* life.c: the life of a profile, and what is asked of it. */
#include <string.h>

#include "profile/profile_private.h"

void
fg_recipe_free(FgRecipe *recipe)
{
    g_free(recipe->name);
    g_clear_pointer(&recipe->formats, g_array_unref);
    g_strfreev(recipe->marks);
    g_free(recipe);
}

gboolean
fg_recipe_makes(const FgRecipe *recipe, FgFormat format)
{
    for (guint i = 0; i < recipe->formats->len; i++)
        if (g_array_index(recipe->formats, FgFormat, i) == format)
            return TRUE;
    return FALSE;
}

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
    const FgFormatTraits *traits = fg_format_traits(format);
    return (FgEncoding){
        .format = format,
        .quality = traits->lossy ? quality->level[format] : 100,
        .effort = traits->lossy ? quality->effort[format] : -1,
        .chroma = traits->halves_colour ? FG_CHROMA_420 : quality->chroma,
        .progressive = traits->progressive && quality->progressive,
    };
}
