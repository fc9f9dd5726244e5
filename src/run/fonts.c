/* fonts.c: in the typesetter: what the fonts of a profile are, and which there are. */
#include "run/run_private.h"

GPtrArray *
fg_fonts_lists(const FgProfile *profile)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *lists = g_ptr_array_new();
    for (guint i = 0; i < profile->marks->len; i++) {
        const FgMarkSpec *spec = profile->marks->pdata[i];
        if (spec->text && spec->fonts && g_hash_table_add(known, g_strjoinv("\n", spec->fonts)))
            g_ptr_array_add(lists, spec->fonts);
    }
    return lists;
}

void
fg_fonts_identify(const FgProfile *profile, GByteArray *answer)
{
    g_autoptr(GPtrArray) lists = fg_fonts_lists(profile);
    g_autoptr(GPtrArray) identities = g_ptr_array_new_null_terminated(lists->len, g_free, TRUE);
    for (guint i = 0; i < lists->len; i++)
        g_ptr_array_add(identities, fg_fonts_identity(lists->pdata[i]));
    fg_ipc_put_texts(answer, (const char *const *)identities->pdata);
}

/* A name may be in any encoding; those that are not UTF-8 can't be typed into a profile. */
void
fg_fonts_name_all(GByteArray *answer)
{
    g_auto(GStrv) names = fg_fonts_names();
    g_autoptr(GPtrArray) sound = g_ptr_array_new();
    for (char **name = names; *name; name++)
        if (g_utf8_validate(*name, -1, NULL))
            g_ptr_array_add(sound, *name);
    g_ptr_array_add(sound, NULL);
    fg_ipc_put_texts(answer, (const char *const *)sound->pdata);
}
