/* A hostile profile is refused with its place, or reloads from its explanation. */
/* room: profile */
#include <stdint.h>
#include <string.h>

#include "profile/profile_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FgProfile *
read_profile(const char *text, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FgNode) tree = fg_tree_parse("fuzz.yaml", NULL, text, size, &error);
    FgProfile *profile = tree ? fg_schema_read(tree, "fuzz", &error) : NULL;
    g_assert((profile == NULL) == (error != NULL));
    g_assert(!error || g_str_has_prefix(error->message, "fuzz.yaml:"));
    return profile;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 16 * 1024)
        return 0;
    g_autoptr(FgProfile) profile = read_profile((const char *)data, size);
    if (!profile)
        return 0;
    const FgFields fields = {.creator = "Jane", .stem = "x", .width = 7};
    for (guint i = 0; i < profile->marks->len; i++) {
        const FgMarkSpec *mark = profile->marks->pdata[i];
        g_autofree char *text = mark->text ? fg_fields_expand(mark->text, &fields) : NULL;
        g_assert(!text || g_utf8_validate(text, -1, NULL));
    }
    g_autofree char *yaml = fg_profile_explain(profile);
    g_autoptr(FgProfile) again = read_profile(yaml, strlen(yaml));
    g_assert(again);
    g_autofree char *yaml_again = fg_profile_explain(again);
    g_assert(strcmp(yaml, yaml_again) == 0);
    return 0;
}
