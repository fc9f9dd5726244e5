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
add_file(GString *all, const char *path)
{
    g_autoptr(GMappedFile) file = path ? g_mapped_file_new(path, FALSE, NULL) : NULL;
    g_autofree char *digest =
        file ? fg_sha256_hex(g_mapped_file_get_contents(file), g_mapped_file_get_length(file)) : NULL;
    g_string_append_printf(all, "%s\n", digest ? digest : "none");
}

char *
fg_fonts_identity(const char *const *fonts)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (const char *const *name = fonts; name && *name; name++) {
        g_string_append_printf(all, "%s\n", *name);
        if (strchr(*name, '/')) {
            add_file(all, *name);
            continue;
        }
        g_autofree char *regular = matched_file(*name, FC_WEIGHT_REGULAR);
        g_autofree char *bold = matched_file(*name, FC_WEIGHT_BOLD);
        add_file(all, regular);
        if (g_strcmp0(regular, bold) != 0)
            add_file(all, bold);
    }
    return fg_sha256_hex(all->str, all->len);
}
