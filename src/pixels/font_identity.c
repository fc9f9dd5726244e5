/* font_identity.c: which font files a text is set in, so that a run notices when they change. */
#include "pixels/pixels.h"

#include <string.h>

#include <fontconfig/fontconfig.h>

/* The file that fontconfig picks for a name in a weight; NULL for none. The caller frees. */
static char *
matched_file(const char *name, int weight)
{
    FcPattern *pattern = FcNameParse((const FcChar8 *)name);
    if (!pattern)
        return NULL;
    FcPatternAddInteger(pattern, FC_WEIGHT, weight);
    FcConfigSubstitute(NULL, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result;
    FcPattern *match = FcFontMatch(NULL, pattern, &result);
    FcChar8 *file = NULL;
    char *path = NULL;
    if (match && FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch)
        path = g_strdup((const char *)file);
    if (match)
        FcPatternDestroy(match);
    FcPatternDestroy(pattern);
    return path;
}

static void
add_file(GChecksum *sum, const char *path)
{
    g_autoptr(GMappedFile) file = path ? g_mapped_file_new(path, FALSE, NULL) : NULL;
    if (file)
        g_checksum_update(sum, (const guchar *)g_mapped_file_get_contents(file),
                          (gssize)g_mapped_file_get_length(file));
    else
        g_checksum_update(sum, (const guchar *)"none", 4);
}

char *
fg_fonts_identity(const char *const *fonts)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (const char *const *name = fonts; name && *name; name++) {
        g_checksum_update(sum, (const guchar *)*name, (gssize)strlen(*name) + 1);
        if (strchr(*name, '/')) {
            add_file(sum, *name);
            continue;
        }
        g_autofree char *regular = matched_file(*name, FC_WEIGHT_REGULAR);
        g_autofree char *bold = matched_file(*name, FC_WEIGHT_BOLD);
        add_file(sum, regular);
        if (g_strcmp0(regular, bold) != 0)
            add_file(sum, bold);
    }
    return g_strdup(g_checksum_get_string(sum));
}
