/* font_places.c: where fontconfig reads, so that whoever lays out text need not be able to read anything
 * else. */
#include "pixels/pixels.h"

#include <fontconfig/fontconfig.h>

static void
take_all(GPtrArray *places, FcStrList *list)
{
    const FcChar8 *path;
    while (list && (path = FcStrListNext(list)))
        g_ptr_array_add(places, g_strdup((const char *)path));
    if (list)
        FcStrListDone(list);
}

char **
fg_fonts_places(void)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);
    FcConfig *config = FcInit() ? FcConfigGetCurrent() : NULL;
    if (config) {
        take_all(places, FcConfigGetConfigFiles(config));
        take_all(places, FcConfigGetFontDirs(config));
        take_all(places, FcConfigGetCacheDirs(config));
    }
    g_ptr_array_add(places, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&places), FALSE);
}
