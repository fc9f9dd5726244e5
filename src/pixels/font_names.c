/* font_names.c: what fonts there are, for one who asked for another. */
#include "pixels/pixels.h"

#include <string.h>

#include <fontconfig/fontconfig.h>

static gint
compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **
fg_fonts_names(void)
{
    FcPattern *any = FcPatternCreate();
    FcObjectSet *wanted = FcObjectSetBuild(FC_FAMILY, (char *)NULL);
    FcFontSet *found = FcFontList(NULL, any, wanted);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (int i = 0; found && i < found->nfont; i++) {
        FcChar8 *name = NULL;
        if (FcPatternGetString(found->fonts[i], FC_FAMILY, 0, &name) == FcResultMatch &&
            g_hash_table_add(known, name))
            g_ptr_array_add(names, g_strdup((const char *)name));
    }
    if (found)
        FcFontSetDestroy(found);
    FcObjectSetDestroy(wanted);
    FcPatternDestroy(any);
    g_ptr_array_sort(names, compare);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}
